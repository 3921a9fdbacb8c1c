/* weir-history-state-list.c: the questions about what changed, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-private.h"
#include "weir-history-reader.h"
#include "weir-history-states.h"

/* A connection may be looked at later than what fails because of it. */
#define AFTERWARDS G_TIME_SPAN_MINUTE

typedef struct
{
  char *uuid; /* (nullable) */
  int kind;
  char *id; /* (nullable) */
  gint64 since;
  guint limit;
  WeirStateChange *around; /* (nullable): then what has to do with it */
} ListArguments;

static void
list_arguments_free (ListArguments *arguments)
{
  g_free (arguments->uuid);
  g_free (arguments->id);
  g_clear_object (&arguments->around);
  g_free (arguments);
}

static int
find_kind (const char *word)
{
  for (int kind = WEIR_RECORD_SUBSCRIPTION; kind <= WEIR_RECORD_CONNECTION; kind++)
    if (g_strcmp0 (weir_record_kind_to_string (kind), word) == 0)
      return kind;

  return WEIR_RECORD_SUBSCRIPTION;
}

static WeirStateChange *
read_change (WeirStatement *statement, GHashTable *accounts)
{
  WeirStateChange *change = g_object_new (WEIR_TYPE_STATE_CHANGE, NULL);
  g_autofree char *kind = weir_statement_dup_text (statement, 2);
  gpointer account = GUINT_TO_POINTER ((guint) weir_statement_get_int (statement, 1));

  change->number = weir_statement_get_int (statement, 0);
  change->account = g_object_ref (g_hash_table_lookup (accounts, account));
  change->kind = (WeirRecordKind) find_kind (kind);
  change->id = weir_statement_dup_text (statement, 3);
  change->name = weir_statement_dup_text (statement, 4);
  change->subscription = weir_statement_dup_text (statement, 5);
  change->connection = weir_statement_dup_text (statement, 6);
  change->integration = weir_statement_dup_text (statement, 7);
  change->before = weir_statement_dup_text (statement, 8);
  change->after = weir_statement_dup_text (statement, 9);
  change->error = weir_statement_dup_text (statement, 10);
  change->at = weir_statement_get_int (statement, 11);
  change->noticed_at = weir_statement_get_int (statement, 12);
  change->uncertain = weir_statement_get_int (statement, 13) != 0;

  return change;
}

#define COLUMNS                                                                                    \
  "SELECT number, account, kind, id, name, subscription, connection, integration, before, after,"  \
  " error, at, noticed, uncertain FROM state_changes WHERE "
#define OF_ACCOUNT "account = (SELECT number FROM accounts WHERE uuid = ?1)"

static WeirStatement *
prepare_list (WeirDatabase *db, ListArguments *arguments, GError **error)
{
  const char *kind = arguments->kind >= 0 ? weir_record_kind_to_string (arguments->kind) : NULL;
  gint64 limit = arguments->limit > 0 ? (gint64) arguments->limit : -1;

  if (arguments->uuid != NULL && kind != NULL && arguments->id != NULL)
    return weir_database_prepare (db, error,
                                  COLUMNS OF_ACCOUNT " AND kind = ?2 AND id = ?3 AND at >= ?4"
                                                     " ORDER BY number DESC LIMIT ?5",
                                  "sssii", arguments->uuid, kind, arguments->id, arguments->since,
                                  limit);

  return weir_database_prepare (db, error,
                                COLUMNS "(?1 IS NULL OR " OF_ACCOUNT ")"
                                        " AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR id = ?3)"
                                        " AND at >= ?4 AND (before IS NOT NULL OR ?3 IS NOT NULL)"
                                        " ORDER BY at DESC, number DESC LIMIT ?5",
                                "sssii", arguments->uuid, kind, arguments->id, arguments->since,
                                limit);
}

/* The connection and what is on it, the integration and what is of it, the subscription and its
 * pulls; whatever is not known is no link. */
static WeirStatement *
prepare_around (WeirDatabase *db, ListArguments *arguments, GError **error)
{
  WeirStateChange *around = arguments->around;
  const char *connection = around->kind == WEIR_RECORD_CONNECTION ? around->id : around->connection;
  const char *subscription =
      around->kind == WEIR_RECORD_SUBSCRIPTION ? around->id : around->subscription;

  return weir_database_prepare (
      db, error,
      COLUMNS OF_ACCOUNT " AND at BETWEEN ?2 AND ?3 AND before IS NOT NULL"
                         " AND NOT (kind = ?4 AND id = ?5) AND ("
                         " (?6 <> '' AND (connection = ?6 OR (kind = 'connection' AND id = ?6)))"
                         " OR (?7 <> '' AND integration = ?7)"
                         " OR (?8 <> '' AND (subscription = ?8"
                         "  OR (kind = 'subscription' AND id = ?8))))"
                         " ORDER BY at DESC, number DESC LIMIT ?9",
      "siisssssi", arguments->uuid, arguments->since, around->at + AFTERWARDS,
      weir_record_kind_to_string (around->kind), around->id, connection, around->integration,
      subscription, arguments->limit > 0 ? (gint64) arguments->limit : (gint64) -1);
}

static gpointer
list_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  ListArguments *arguments = data;
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) accounts = weir_history_reader_list_accounts (db, error);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  if (accounts == NULL)
    return NULL;
  statement = arguments->around != NULL ? prepare_around (db, arguments, error)
                                        : prepare_list (db, arguments, error);
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      gpointer number = GUINT_TO_POINTER ((guint) weir_statement_get_int (statement, 1));

      /* one that came between the two questions is told of next time */
      if (g_hash_table_contains (accounts, number))
        g_ptr_array_add (changes, read_change (statement, accounts));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&changes);
}

/**
 * weir_history_list_state_changes:
 * @self: a history
 * @account: (nullable): whose; %NULL of all
 * @kind: a #WeirRecordKind, or -1 for all
 * @id: (nullable): of one record; %NULL of all
 * @since: µs, 0 for all
 * @limit: the newest so many, 0 for all
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirStateChange): newest first; without an @id what was seen
 *   for the first time is left out, since that is no change
 */
GPtrArray *
weir_history_list_state_changes (WeirHistory *self,
                                 WeirAccount *account,
                                 int kind,
                                 const char *id,
                                 gint64 since,
                                 guint limit,
                                 GError **error)
{
  ListArguments arguments = {
    account != NULL ? account->uuid : NULL, kind, (char *) id, since, limit, NULL
  };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, list_job, &arguments, error);
}

static void
push_list (WeirHistory *self,
           ListArguments *arguments,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, weir_history_list_state_changes_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) list_arguments_free);
  weir_history_push (self, WEIR_LANE_LOAD, list_job, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_list_state_changes_async:
 * @self: a history
 * @account: (nullable): whose
 * @kind: a #WeirRecordKind, or -1
 * @id: (nullable): of one record
 * @since: µs, 0 for all
 * @limit: the newest so many, 0 for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_list_state_changes().
 */
void
weir_history_list_state_changes_async (WeirHistory *self,
                                       WeirAccount *account,
                                       int kind,
                                       const char *id,
                                       gint64 since,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  ListArguments *arguments;

  g_return_if_fail (WEIR_IS_HISTORY (self));

  arguments = g_new0 (ListArguments, 1);
  arguments->uuid = account != NULL ? g_strdup (account->uuid) : NULL;
  arguments->kind = kind;
  arguments->id = g_strdup (id);
  arguments->since = since;
  arguments->limit = limit;
  push_list (self, arguments, cancellable, callback, user_data);
}

/**
 * weir_history_list_changes_before_async:
 * @self: a history
 * @change: a change
 * @span: how long before it, µs
 * @limit: the newest so many, 0 for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks what changed shortly before on the connection, the integration and the subscription that its
 * record has to do with. What was noticed up to a minute later counts too, since not all records are
 * looked at at the same time.
 */
void
weir_history_list_changes_before_async (WeirHistory *self,
                                        WeirStateChange *change,
                                        gint64 span,
                                        guint limit,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  ListArguments *arguments;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_STATE_CHANGE (change));

  arguments = g_new0 (ListArguments, 1);
  arguments->uuid = g_strdup (change->account->uuid);
  arguments->since = change->at - span;
  arguments->limit = limit;
  arguments->around = g_object_ref (change);
  push_list (self, arguments, cancellable, callback, user_data);
}

/**
 * weir_history_list_state_changes_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirStateChange): newest first; or %NULL
 */
GPtrArray *
weir_history_list_state_changes_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
names_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  /* of a group SQLite takes the other columns from the row with the greatest number */
  statement = weir_database_prepare (db, error,
                                     "SELECT id, name, max (number) FROM state_changes"
                                     " WHERE kind = ? AND name <> '' GROUP BY id",
                                     "s", weir_record_kind_to_string (GPOINTER_TO_INT (data)));
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    g_hash_table_insert (names, weir_statement_dup_text (statement, 0),
                         weir_statement_dup_text (statement, 1));
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&names);
}

/**
 * weir_history_list_names_async:
 * @self: a history
 * @kind: what they are: subscriptions or connections
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks what records were called when they last were news, for while their server cannot be asked.
 */
void
weir_history_list_names_async (WeirHistory *self,
                               WeirRecordKind kind,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_list_names_async);
  g_task_set_task_data (task, GINT_TO_POINTER (kind), NULL);
  weir_history_push (self, WEIR_LANE_LOAD, names_job, task, (GDestroyNotify) g_hash_table_unref);
}

/**
 * weir_history_list_names_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): id → name; or %NULL
 */
GHashTable *
weir_history_list_names_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
