/* weir-history-writer.c: what changes the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-writer.h"

#include "weir-history-append.h"
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

/* Who looks for news looks at the revision only. */
static gboolean
tell_of_accounts (WeirDatabase *db, GError **error)
{
  return weir_database_exec (db, "UPDATE state SET revision = revision + 1", error);
}

static gboolean
update_account (WeirDatabase *db, WeirAccount *account, GError **error)
{
  g_autofree char *json = describe_account (account);

  return weir_database_run (db, error,
                            "UPDATE accounts SET name = ?2, provider = ?3, json = ?4"
                            " WHERE uuid = ?1 AND json <> ?4",
                            "ssss", account->uuid, account->name, account->provider, json)
         && (sqlite3_changes (db) == 0 || tell_of_accounts (db, error));
}

static gboolean
append_page (WeirDatabase *db,
             WeirMemory *memory,
             WeirAccount *account,
             const WeirHistoryPage *page,
             WeirAppendResult *result,
             GArray *changed,
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
      || !weir_history_append_events (memory, db, (guint) number, page, result, changed, error)
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

/* Whether what is committed next is on the disk when the commit is done, or some pages later. What a power cut takes
 * with a page it takes with its cursor, so that the page is asked for again; a program that is killed loses nothing
 * either way. So while the follower catches up it need not wait for the disk: SQLite syncs every forty pages or so,
 * and the page that brings nothing more is the end, where the rest is made safe. */
static gboolean
set_synchronous (WeirDatabase *db, gboolean synchronous, GError **error)
{
  return weir_database_exec (
      db, synchronous ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", error);
}

/* Another lane may look at the file right after the commit: it must find the changes noted. Those of a commit that
 * fails are looked at once more in vain. */
static gboolean
note_and_commit (WeirMemory *memory, WeirDatabase *db, GArray *changed, GError **error)
{
  weir_memory_note_changes (memory, changed);
  return weir_database_exec (db, "COMMIT", error);
}

static void
clear_result (WeirAppendResult *result)
{
  g_clear_pointer (&result->cursor, g_free);
  *result = (WeirAppendResult){ 0 };
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
 * @memory: what is in memory; afterwards it is as the file is
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
                            WeirMemory *memory,
                            WeirAccount *account,
                            const WeirHistoryPage *page,
                            WeirAppendResult *result,
                            GError **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint32));

  *result = (WeirAppendResult){ 0 };

  /* IMMEDIATE: what is read inside cannot be changed by another process before the commit. */
  if (!set_synchronous (db, page->live, error)
      || !weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (!weir_memory_refresh (memory, db, NULL, error)
      || !append_page (db, memory, account, page, result, changed, error)
      || !note_and_commit (memory, db, changed, error))
    {
      clear_result (result);
      weir_database_exec (db, "ROLLBACK", NULL);
      set_synchronous (db, TRUE, NULL);
      return FALSE;
    }
  set_synchronous (db, TRUE, NULL);
  if (result->added == 0 && result->changed == 0)
    weir_database_exec (db, "PRAGMA wal_checkpoint(PASSIVE)", NULL);

  /* It is kept, whatever becomes of this: the next look at the file finds it. */
  weir_memory_refresh (memory, db, NULL, NULL);
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
  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (update_account (db, account, error) && weir_database_exec (db, "COMMIT", error))
    return TRUE;

  weir_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * weir_history_writer_remove_account:
 * @db: a connection
 * @uuid: the account's
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Its cursors and facets go with it, and so its events are there no more; weir_history_clean_step() makes
 * the room free that they take.
 *
 * Returns: whether they are gone
 */
gboolean
weir_history_writer_remove_account (WeirDatabase *db, const char *uuid, GError **error)
{
  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (weir_database_run (db, error, "DELETE FROM accounts WHERE uuid = ?", "s", uuid)
      && (sqlite3_changes (db) == 0 || tell_of_accounts (db, error))
      && weir_database_exec (db, "COMMIT", error))
    return TRUE;

  weir_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
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
