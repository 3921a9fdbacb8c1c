/* weir-history-pulls.c: pull runs, also those that their server does not list any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-pulls.h"

#include "weir-clock.h"
#include "weir-history-private.h"
#include "weir-history-states-private.h"
#include "weir-history-writer.h"

typedef struct
{
  GPtrArray *pulls;
  gboolean uncertain;
} PutArguments;

typedef struct
{
  WeirAccount *account;
  char *subscription; /* (nullable) */
  gint64 before;
  guint limit;
} ListArguments;

static void
put_arguments_free (PutArguments *arguments)
{
  g_ptr_array_unref (arguments->pulls);
  g_free (arguments);
}

static void
list_arguments_free (ListArguments *arguments)
{
  g_object_unref (arguments->account);
  g_free (arguments->subscription);
  g_free (arguments);
}

/* What was known of a pull. */
typedef struct
{
  gboolean found;
  gboolean same; /* in every byte */
  char *status;
  char *error;
} Known;

static void
known_clear (Known *known)
{
  g_free (known->status);
  g_free (known->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static gboolean
find_known (WeirStatement *find, gint64 account, WeirRecord *pull, Known *known, GError **error)
{
  GError *local_error = NULL;

  if (!weir_statement_bind (find, error, "isb", account, weir_record_get_id (pull),
                            weir_record_get_raw (pull)))
    return FALSE;

  known->found = weir_statement_step (find, &local_error);
  if (known->found)
    {
      known->status = weir_statement_dup_text (find, 0);
      known->error = weir_statement_dup_text (find, 1);
      known->same = weir_statement_get_int (find, 2) != 0;
    }
  sqlite3_reset (find);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

/* Where a run was seen the first time there is no change to keep. */
static gboolean
put_change (WeirDatabase *db,
            gint64 account,
            WeirPullRun *pull,
            gboolean uncertain,
            const Known *known,
            GError **error)
{
  g_autoptr (WeirStateChange) state = NULL;

  if (!known->found)
    return TRUE;
  state = weir_state_change_new (WEIR_RECORD (pull), weir_clock_now (), uncertain);
  if (g_str_equal (known->status, state->after)
      && weir_history_states_same_error (known->error, state->error))
    return TRUE;

  return weir_history_states_insert (db, account, state, known->status, 0, error);
}

static gboolean
put_pull (WeirDatabase *db,
          WeirStatement *find,
          gint64 account,
          WeirPullRun *pull,
          gboolean uncertain,
          GError **error)
{
  WeirRecord *record = WEIR_RECORD (pull);
  g_auto (Known) known = { 0 };
  const char *leaf = pull->error != NULL ? weir_error_data_get_leaf (pull->error)->message : NULL;

  if (!find_known (find, account, record, &known, error))
    return FALSE;
  if (known.same)
    return TRUE;

  return put_change (db, account, pull, uncertain, &known, error)
         && weir_database_run (
             db, error,
             "INSERT INTO pulls (account, id, subscription, start, status, error, active, raw)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
             " ON CONFLICT (account, id) DO UPDATE SET subscription = ?3, start = ?4, status = ?5,"
             " error = ?6, active = ?7, raw = ?8",
             "ississib", account, weir_record_get_id (record),
             pull->subscription != NULL ? pull->subscription : "", weir_pull_run_get_time (pull),
             pull->status, leaf, (gint64) weir_pull_run_is_active (pull),
             weir_record_get_raw (record));
}

/* The oldest go, with what is known of their states. */
static gboolean
prune (WeirDatabase *db, gint64 account, GError **error)
{
  static const char OLD[] = "(SELECT id FROM pulls WHERE account = ?1"
                            " ORDER BY start DESC, number DESC LIMIT -1 OFFSET ?2)";
  g_autofree char *states = g_strconcat (
      "DELETE FROM state_changes WHERE account = ?1 AND kind = 'pull' AND id IN ", OLD, NULL);
  g_autofree char *pulls =
      g_strconcat ("DELETE FROM pulls WHERE account = ?1 AND id IN ", OLD, NULL);
  const gint64 kept = WEIR_PULLS_KEPT;

  return weir_database_run (db, error, states, "ii", account, kept)
         && weir_database_run (db, error, pulls, "ii", account, kept);
}

static gboolean
put_pulls (WeirDatabase *db, PutArguments *arguments, GError **error)
{
  g_autoptr (WeirStatement) find = weir_database_prepare (
      db, error, "SELECT status, error, raw = ?3 FROM pulls WHERE account = ?1 AND id = ?2", NULL);
  WeirAccount *known = NULL;
  gint64 account = 0;

  if (find == NULL)
    return FALSE;

  for (guint i = 0; i < arguments->pulls->len; i++)
    {
      WeirPullRun *pull = g_ptr_array_index (arguments->pulls, i);
      WeirAccount *own = weir_record_get_account (WEIR_RECORD (pull));

      if (own != known
          && ((known != NULL && !prune (db, account, error))
              || !weir_history_writer_put_account (db, own, &account, error)))
        return FALSE;
      known = own;
      if (!put_pull (db, find, account, pull, arguments->uncertain, error))
        return FALSE;
    }

  return known == NULL || prune (db, account, error);
}

static gpointer
put_pulls_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;

  if (!put_pulls (db, data, error) || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return NULL;
    }

  return GINT_TO_POINTER (TRUE);
}

static gpointer
list_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  ListArguments *arguments = data;
  g_autoptr (GPtrArray) pulls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;
  const gint64 before = arguments->before > 0 ? arguments->before : G_MAXINT64;
  const gint64 limit = arguments->limit > 0 ? (gint64) arguments->limit : -1;

  statement = weir_database_prepare (
      db, error,
      arguments->subscription != NULL
          ? "SELECT raw FROM pulls WHERE account = (SELECT number FROM accounts WHERE uuid = ?1)"
            " AND subscription = ?4 AND start < ?2 ORDER BY start DESC, number DESC LIMIT ?3"
          : "SELECT raw FROM pulls WHERE account = (SELECT number FROM accounts WHERE uuid = ?1)"
            " AND start < ?2 AND ?4 IS NULL ORDER BY start DESC, number DESC LIMIT ?3",
      "siis", arguments->account->uuid, before, limit, arguments->subscription);
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      g_autoptr (GBytes) raw = weir_statement_dup_bytes (statement, 0);
      WeirPullRun *pull = NULL;
      WeirJson json;

      if (weir_json_parse (raw, &json, NULL))
        pull = weir_pull_run_new (arguments->account, json, NULL);
      if (pull != NULL)
        g_ptr_array_add (pulls, pull);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&pulls);
}

static gpointer
copy_object (gconstpointer object, gpointer user_data)
{
  return g_object_ref ((gpointer) object);
}

/**
 * weir_history_put_pulls:
 * @self: a history
 * @pulls: (element-type WeirPullRun): pull runs as their servers have them now
 * @uncertain: whether they were not looked at shortly before
 * @error: return location for a #WeirHistoryError
 *
 * Keeps each as it is now, and what has changed of its state; the newest %WEIR_PULLS_KEPT of an
 * account stay. All or nothing.
 *
 * Returns: whether they were kept
 */
gboolean
weir_history_put_pulls (WeirHistory *self, GPtrArray *pulls, gboolean uncertain, GError **error)
{
  PutArguments arguments = { pulls, uncertain };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (pulls != NULL, FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, put_pulls_job, &arguments, error) != NULL;
}

/**
 * weir_history_put_pulls_async:
 * @self: a history
 * @pulls: (element-type WeirPullRun): copied
 * @uncertain: whether they were not looked at shortly before
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_put_pulls().
 */
void
weir_history_put_pulls_async (WeirHistory *self,
                              GPtrArray *pulls,
                              gboolean uncertain,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  PutArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (pulls != NULL);

  arguments = g_new0 (PutArguments, 1);
  arguments->pulls = g_ptr_array_copy (pulls, copy_object, NULL);
  g_ptr_array_set_free_func (arguments->pulls, g_object_unref);
  arguments->uncertain = uncertain;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_put_pulls_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) put_arguments_free);
  weir_history_push (self, WEIR_LANE_WRITE, put_pulls_job, task, NULL);
}

/**
 * weir_history_put_pulls_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they were kept
 */
gboolean
weir_history_put_pulls_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * weir_history_list_pulls:
 * @self: a history
 * @account: whose
 * @subscription: (nullable): of one subscription's id
 * @before: those that ran before this, µs; 0 for all
 * @limit: so many, 0 for all
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirPullRun): the latest first; or %NULL
 */
GPtrArray *
weir_history_list_pulls (WeirHistory *self,
                         WeirAccount *account,
                         const char *subscription,
                         gint64 before,
                         guint limit,
                         GError **error)
{
  ListArguments arguments = { account, (char *) subscription, before, limit };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, list_job, &arguments, error);
}

/**
 * weir_history_list_pulls_async:
 * @self: a history
 * @account: whose
 * @subscription: (nullable): of one subscription's id
 * @before: those that ran before this, µs; 0 for all
 * @limit: so many, 0 for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_list_pulls().
 */
void
weir_history_list_pulls_async (WeirHistory *self,
                               WeirAccount *account,
                               const char *subscription,
                               gint64 before,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ListArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  arguments = g_new0 (ListArguments, 1);
  arguments->account = g_object_ref (account);
  arguments->subscription = g_strdup (subscription);
  arguments->before = before;
  arguments->limit = limit;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_list_pulls_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) list_arguments_free);
  weir_history_push (self, WEIR_LANE_LOAD, list_job, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_list_pulls_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirPullRun): the latest first; or %NULL
 */
GPtrArray *
weir_history_list_pulls_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
