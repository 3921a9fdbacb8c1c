/* weir-history-writer.c: what changes the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-writer.h"

#include "weir-history-gaps-private.h"
#include "weir-history-reader.h"

#include <glib/gi18n-lib.h>

static char *
describe_account (WeirAccount *account)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  weir_account_write (account, writer);
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

static gboolean
update_account (WeirDatabase *db, WeirAccount *account, GError **error)
{
  g_autofree char *json = describe_account (account);

  return weir_database_run (db, error,
                            "UPDATE accounts SET name = ?2, provider = ?3, json = ?4"
                            " WHERE uuid = ?1 AND json <> ?4",
                            "ssss", account->uuid, account->name, account->provider, json);
}

/* Where the payload stands in the raw bytes, for the search of words. */
static void
locate_payload (WeirEvent *event, gint64 *start, gint64 *length)
{
  gsize size;
  const char *raw = g_bytes_get_data (weir_record_get_raw (WEIR_RECORD (event)), &size);
  const char *payload = event->payload.text;

  *start = 0;
  *length = 0;
  if (payload != NULL && payload >= raw && payload + event->payload.length <= raw + size)
    {
      *start = payload - raw;
      *length = (gint64) event->payload.length;
    }
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* One row an event: a new one, or the known one brought up to date. A time that was only when Weir
 * first saw the event stays that. */
static const char PUT_EVENT[] =
    "INSERT INTO events (account, stream, event_id, kind, collection, record, subscription,"
    " occurred, observed, reason, payload_start, payload_length, raw)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    " ON CONFLICT (account, event_id, stream) DO UPDATE SET kind = ?4, collection = ?5,"
    " record = ?6, subscription = ?7, occurred = iif (?14, occurred, ?8), reason = ?10,"
    " payload_start = ?11, payload_length = ?12, raw = ?13 WHERE raw <> ?13";

static gboolean
put_event (WeirDatabase *db,
           WeirStatement *statement,
           gint64 account,
           WeirEvent *event,
           WeirAppendResult *result,
           GError **error)
{
  WeirRecord *record = WEIR_RECORD (event);
  const char *reason = NULL;
  gint64 start, length;
  GError *local_error = NULL;

  locate_payload (event, &start, &length);
  if (event->unreadable)
    reason = event->error != NULL ? event->error->message : "";

  if (!weir_statement_bind (statement, error, "issssssiisiibi", account, event->stream,
                            weir_record_get_id (record), or_empty (event->kind),
                            or_empty (event->collection), or_empty (event->record),
                            or_empty (event->subscription), event->occurred_at, event->observed_at,
                            reason, start, length, weir_record_get_raw (record),
                            (gint64) (event->time_source == WEIR_TIME_FROM_SIGHT)))
    return FALSE;

  /* An insert sets the row id, an update leaves it: that tells them apart. */
  sqlite3_set_last_insert_rowid (db, 0);
  weir_statement_step (statement, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (sqlite3_last_insert_rowid (db) != 0)
    result->added++;
  else if (sqlite3_changes (db) > 0)
    result->changed++;

  return TRUE;
}

static gboolean
put_events (WeirDatabase *db,
            gint64 account,
            const WeirHistoryPage *page,
            WeirAppendResult *result,
            GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (db, error, PUT_EVENT, NULL);

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; page->events != NULL && i < page->events->len; i++)
    {
      if (!put_event (db, statement, account, g_ptr_array_index (page->events, i), result, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
append_page (WeirDatabase *db,
             WeirAccount *account,
             const WeirHistoryPage *page,
             WeirAppendResult *result,
             GError **error)
{
  g_autofree char *stored = NULL;
  const char *cursor;
  gint64 number;

  if (!weir_history_reader_get_cursor (db, account, page->stream, &stored, error))
    return FALSE;

  if (g_strcmp0 (stored, page->asked_with) != 0)
    {
      g_set_error_literal (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE,
                           _ ("Another program has taken in events of this account meanwhile"));
      return FALSE;
    }

  if (!weir_history_writer_put_account (db, account, &number, error)
      || !put_events (db, number, page, result, error)
      || !weir_history_gaps_keep_page (db, number, page, result, error))
    return FALSE;

  if (result->added == 0 && page->known_cursor != NULL)
    cursor = page->known_cursor;
  else if (page->next_cursor != NULL)
    cursor = page->next_cursor;
  else
    cursor = page->asked_with;

  /* An idle poll brings nothing: then nothing is written. */
  if (g_strcmp0 (cursor, stored) != 0
      && !weir_database_run (db, error,
                             "INSERT INTO cursors (account, stream, cursor) VALUES (?1, ?2, ?3)"
                             " ON CONFLICT (account, stream) DO UPDATE SET cursor = ?3",
                             "iss", number, page->stream, cursor))
    return FALSE;

  result->cursor = g_strdup (cursor);
  return TRUE;
}

static void
clear_result (WeirAppendResult *result)
{
  g_clear_pointer (&result->cursor, g_free);
  result->added = 0;
  result->changed = 0;
}

/**
 * weir_history_writer_put_account:
 * @db: a connection, in a transaction
 * @account: an account
 * @number: (out): its number, a new one where it is not known yet
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it is there
 */
gboolean
weir_history_writer_put_account (WeirDatabase *db,
                                 WeirAccount *account,
                                 gint64 *number,
                                 GError **error)
{
  g_autofree char *json = describe_account (account);
  g_autoptr (WeirStatement) statement = NULL;

  if (!update_account (db, account, error)
      || !weir_database_run (db, error,
                             "INSERT INTO accounts (uuid, name, provider, json) VALUES (?, ?, ?, ?)"
                             " ON CONFLICT (uuid) DO NOTHING",
                             "ssss", account->uuid, account->name, account->provider, json))
    return FALSE;

  statement = weir_database_prepare (db, error, "SELECT number FROM accounts WHERE uuid = ?", "s",
                                     account->uuid);
  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;

  *number = weir_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * weir_history_writer_append:
 * @db: a connection
 * @account: whose events they are
 * @page: the page
 * @result: (out): what it did
 * @error: return location for a #WEIR_SQLITE_ERROR or %WEIR_HISTORY_ERROR_STALE
 *
 * Keeps a page and its cursor in one transaction: all of it or nothing.
 *
 * Returns: whether it was kept
 */
gboolean
weir_history_writer_append (WeirDatabase *db,
                            WeirAccount *account,
                            const WeirHistoryPage *page,
                            WeirAppendResult *result,
                            GError **error)
{
  *result = (WeirAppendResult){ 0 };

  /* IMMEDIATE: the cursor read inside cannot be moved by another process before the commit. */
  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (!append_page (db, account, page, result, error) || !weir_database_exec (db, "COMMIT", error))
    {
      clear_result (result);
      weir_database_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }

  return TRUE;
}

/**
 * weir_history_writer_rename_account:
 * @db: a connection
 * @account: the account as it is now
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * An account without events here is not known and stays so.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_writer_rename_account (WeirDatabase *db, WeirAccount *account, GError **error)
{
  return update_account (db, account, error);
}

/**
 * weir_history_writer_remove_account:
 * @db: a connection
 * @uuid: the account's
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Removes its events and cursors too.
 *
 * Returns: whether they are gone
 */
gboolean
weir_history_writer_remove_account (WeirDatabase *db, const char *uuid, GError **error)
{
  return weir_database_run (db, error, "DELETE FROM accounts WHERE uuid = ?", "s", uuid);
}

/**
 * weir_history_writer_set_error_state:
 * @db: a connection
 * @group: an error group's key text
 * @state: its new state
 * @seen_at: when the newest of its errors was, as far as known now; µs
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
weir_history_writer_set_error_state (WeirDatabase *db,
                                     const char *group,
                                     const char *state,
                                     gint64 seen_at,
                                     GError **error)
{
  return weir_database_run (
      db, error,
      "INSERT INTO error_states (error_group, state, seen) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (error_group) DO UPDATE SET state = ?2, seen = ?3",
      "ssi", group, state, seen_at);
}
