/* weir-history-reader.c: what asks the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-reader.h"

/**
 * weir_history_reader_rebuild_account:
 * @row: a row "number, uuid, name, provider, json" of accounts
 *
 * An account as it was described when events of it came in, or was last renamed. One that is gone
 * from the accounts, or whose description cannot be read any more, still has a name and a provider.
 *
 * Returns: (transfer full): the account
 */
WeirAccount *
weir_history_reader_rebuild_account (WeirStatement *row)
{
  g_autofree char *uuid = weir_statement_dup_text (row, 1);
  g_autofree char *name = weir_statement_dup_text (row, 2);
  g_autofree char *provider = weir_statement_dup_text (row, 3);
  g_autofree char *json = weir_statement_dup_text (row, 4);
  WeirJson object;
  WeirAccount *account = NULL;

  if (weir_json_parse_text (json, -1, &object, NULL))
    account = weir_account_new_from_json (object, NULL);
  if (account == NULL)
    account = weir_account_new (uuid, name, provider, "", WEIR_AUTH_TOKEN, NULL, NULL, NULL, TRUE);

  return account;
}

/**
 * weir_history_reader_list_accounts:
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type guint WeirAccount): all accounts by number, of which there
 *   are few; or %NULL
 */
GHashTable *
weir_history_reader_list_accounts (WeirDatabase *db, GError **error)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  statement = weir_database_prepare (db, error,
                                     "SELECT number, uuid, name, provider, json FROM accounts", "");
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      guint number = (guint) weir_statement_get_int (statement, 0);

      g_hash_table_insert (accounts, GUINT_TO_POINTER (number),
                           weir_history_reader_rebuild_account (statement));
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&accounts);
}

/* The event of a row "account, stream, observed, reason, raw". What was readable once stays shown
 * even if this version cannot read it. */
static WeirEvent *
rebuild_event (WeirStatement *row, GHashTable *accounts)
{
  WeirAccount *account =
      g_hash_table_lookup (accounts, GUINT_TO_POINTER (weir_statement_get_int (row, 0)));
  g_autofree char *stream = weir_statement_dup_text (row, 1);
  gint64 observed = weir_statement_get_int (row, 2);
  g_autofree char *reason = weir_statement_dup_text (row, 3);
  g_autoptr (GBytes) raw = weir_statement_dup_bytes (row, 4);
  g_autoptr (GError) error = NULL;
  WeirEvent *event = NULL;
  WeirJson json;

  if (account == NULL)
    return NULL;

  if (reason == NULL && weir_json_parse (raw, &json, &error))
    event = weir_event_new (account, stream, json, observed, &error);
  if (event == NULL)
    event = weir_event_new_unreadable (account, stream, raw,
                                       reason != NULL ? reason : error->message, observed);

  return event;
}

/* Steps a "account, stream, observed, reason, raw" statement once and keeps the event, if any. */
static gboolean
take_event (WeirStatement *statement, GHashTable *accounts, GPtrArray *events, GError **error)
{
  GError *local_error = NULL;

  if (weir_statement_step (statement, &local_error))
    {
      WeirEvent *event = rebuild_event (statement, accounts);

      if (event != NULL)
        g_ptr_array_add (events, event);
    }

  sqlite3_reset (statement);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

/**
 * weir_history_reader_load:
 * @db: a connection
 * @ids: (element-type gint64): row ids
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type WeirEvent): the events in the order asked, without those
 *   that are gone; or %NULL
 */
GPtrArray *
weir_history_reader_load (WeirDatabase *db, GArray *ids, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) accounts = weir_history_reader_list_accounts (db, error);
  g_autoptr (WeirStatement) statement = NULL;

  if (accounts == NULL)
    return NULL;

  statement = weir_database_prepare (
      db, error, "SELECT account, stream, observed, reason, raw FROM events WHERE id = ?", NULL);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      if (!weir_statement_bind (statement, error, "i", g_array_index (ids, gint64, i))
          || !take_event (statement, accounts, events, error))
        return NULL;
    }

  return g_steal_pointer (&events);
}

/**
 * weir_history_reader_find:
 * @db: a connection
 * @account: whose events
 * @event_ids: (nullable): the provider's ids of events
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type WeirEvent): those that are known, in the order asked; or %NULL
 */
GPtrArray *
weir_history_reader_find (WeirDatabase *db,
                          WeirAccount *account,
                          const char *const *event_ids,
                          GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) accounts = weir_history_reader_list_accounts (db, error);
  g_autoptr (WeirStatement) statement = NULL;

  if (accounts == NULL)
    return NULL;

  statement = weir_database_prepare (
      db, error,
      "SELECT account, stream, observed, reason, raw FROM events"
      " WHERE account = (SELECT number FROM accounts WHERE uuid = ?) AND event_id = ?",
      NULL);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; event_ids != NULL && event_ids[i] != NULL; i++)
    {
      if (!weir_statement_bind (statement, error, "ss", account->uuid, event_ids[i])
          || !take_event (statement, accounts, events, error))
        return NULL;
    }

  return g_steal_pointer (&events);
}

/**
 * weir_history_reader_get_cursor:
 * @db: a connection
 * @account: whose
 * @stream: which stream
 * @cursor: (out) (nullable) (transfer full): the cursor, %NULL if the stream was never followed
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
weir_history_reader_get_cursor (WeirDatabase *db,
                                WeirAccount *account,
                                const char *stream,
                                char **cursor,
                                GError **error)
{
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  *cursor = NULL;
  statement = weir_database_prepare (
      db, error,
      "SELECT cursor FROM cursors JOIN accounts ON number = account WHERE uuid = ? AND stream = ?",
      "ss", account->uuid, stream);
  if (statement == NULL)
    return FALSE;

  if (weir_statement_step (statement, &local_error))
    *cursor = weir_statement_dup_text (statement, 0);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

/**
 * weir_error_mark_free:
 * @self: (transfer full): a mark
 */
void
weir_error_mark_free (WeirErrorMark *self)
{
  g_free (self->state);
  g_free (self);
}

/**
 * weir_history_reader_list_error_states:
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type utf8 WeirErrorMark): by key text of an error group; or %NULL
 */
GHashTable *
weir_history_reader_list_error_states (WeirDatabase *db, GError **error)
{
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) weir_error_mark_free);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  statement =
      weir_database_prepare (db, error, "SELECT error_group, state, seen FROM error_states", "");
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      WeirErrorMark *mark = g_new0 (WeirErrorMark, 1);

      mark->state = weir_statement_dup_text (statement, 1);
      mark->seen_at = weir_statement_get_int (statement, 2);
      g_hash_table_insert (states, weir_statement_dup_text (statement, 0), mark);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&states);
}
