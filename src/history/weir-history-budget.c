/* weir-history-budget.c: what the history takes, and what it gives up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-keep.h"
#include "weir-history-private.h"
#include "weir-history-writer.h"

typedef struct
{
  char *uuid; /* (nullable): all accounts; of an account to be removed it is set */
  gint64 older_than;
  guint64 max_bytes;
  gboolean remove;
  gboolean deleted; /* all that must go is gone, but the file is as long as it was */
  gboolean begun;   /* the cut is known, or the account is removed */
  guint account_number;
  gint64 cut;
  WeirTrimResult trimmed;
} Deletion;

static void
deletion_free (Deletion *deletion)
{
  g_free (deletion->uuid);
  g_free (deletion);
}

static gpointer
count (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);
  g_autoptr (WeirStatement) statement = NULL;
  GArray *counted;

  if (memory == NULL)
    return NULL;
  statement = weir_database_prepare (
      db, error, "SELECT coalesce (sum (count), 0) FROM pages JOIN words USING (first)", "");
  if (statement == NULL || !weir_statement_step (statement, error))
    return NULL;

  counted = weir_history_count (memory);
  g_array_index (counted, WeirHistoryStats, 0).n_indexed =
      (guint64) weir_statement_get_int (statement, 0);
  return counted;
}

/* What is to go is settled once: events that come meanwhile stay. */
static gboolean
begin (WeirHistory *self, WeirMemory *memory, WeirDatabase *db, Deletion *deletion, GError **error)
{
  if (deletion->remove)
    {
      if (!weir_history_writer_remove_account (db, deletion->uuid, error)
          || !weir_memory_refresh (memory, db, NULL, error))
        return FALSE;
      weir_history_queue_changed (self, WEIR_HISTORY_EVENTS_CHANGED);
    }
  else
    {
      deletion->account_number =
          deletion->uuid != NULL ? weir_memory_find_account (memory, deletion->uuid) : 0;
      deletion->cut = G_MININT64;
      if (deletion->uuid == NULL || deletion->account_number != 0)
        deletion->cut = weir_history_find_cut (memory, deletion->account_number,
                                               deletion->older_than, deletion->max_bytes);
    }
  deletion->begun = TRUE;
  return TRUE;
}

static gboolean
delete_some (WeirHistory *self,
             WeirMemory *memory,
             WeirDatabase *db,
             Deletion *deletion,
             gboolean *did,
             GError **error)
{
  *did = FALSE;
  if (deletion->remove)
    return weir_history_clean_step (memory, db, did, error);
  if (deletion->cut == G_MININT64)
    return TRUE;
  if (!weir_history_trim_step (memory, db, deletion->account_number, deletion->cut,
                               &deletion->trimmed, did, error))
    return FALSE;
  if (*did)
    weir_history_queue_changed (self, WEIR_HISTORY_EVENTS_CHANGED | WEIR_HISTORY_GAPS_CHANGED);
  return TRUE;
}

/* Returns 1 where there may be more to do, 2 at the end. */
static gpointer
take_step (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirHistory *self = owner;
  Deletion *deletion = data;
  WeirMemory *memory = weir_history_get_settled (self, db, error);
  gboolean did = FALSE;

  if (memory == NULL || (!deletion->begun && !begin (self, memory, db, deletion, error)))
    return NULL;

  if (!deletion->deleted)
    {
      if (!delete_some (self, memory, db, deletion, &did, error))
        return NULL;
      weir_history_note_work (self);
      deletion->deleted = !did;
      return GINT_TO_POINTER (1);
    }
  /* what must go is gone, whatever becomes of this */
  weir_history_shrink_step (db, &did, NULL);
  return GINT_TO_POINTER (did ? 1 : 2);
}

static gboolean
delete_all (WeirHistory *self, Deletion *deletion, GError **error)
{
  int step;

  do
    step = GPOINTER_TO_INT (weir_history_call (self, WEIR_LANE_WRITE, take_step, deletion, error));
  while (step == 1);
  return step == 2;
}

/* Each step waits in the lane's queue: appends go in between. */
static void
step_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WeirHistory *self = WEIR_HISTORY (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  int step =
      result != NULL ? GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), &error)) : 1;
  GTask *inner;

  if (step == 0)
    g_task_return_error (task, error);
  else if (step == 2)
    g_task_return_boolean (task, TRUE);
  else
    {
      inner = g_task_new (self, g_task_get_cancellable (task), step_cb, task);
      g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
      (void) g_steal_pointer (&task);
      weir_history_push (self, WEIR_LANE_WRITE, take_step, inner, NULL);
    }
}

static void
delete_all_async (WeirHistory *self,
                  Deletion *deletion,
                  gpointer tag,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, deletion, (GDestroyNotify) deletion_free);
  step_cb (G_OBJECT (self), NULL, task);
}

/**
 * weir_history_get_stats:
 * @self: a history
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirHistoryStats): what is kept, all together first, then each account
 *   that has events; or %NULL
 */
GArray *
weir_history_get_stats (WeirHistory *self, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);

  return weir_history_call (self, WEIR_LANE_SCAN, count, NULL, error);
}

/**
 * weir_history_get_stats_async:
 * @self: a history
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_get_stats().
 */
void
weir_history_get_stats_async (WeirHistory *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_get_stats_async);
  weir_history_push (self, WEIR_LANE_SCAN, count, task, (GDestroyNotify) g_array_unref);
}

/**
 * weir_history_get_stats_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirHistoryStats): what is kept; or %NULL
 */
GArray *
weir_history_get_stats_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static Deletion *
deletion_new (const char *uuid, gint64 older_than, guint64 max_bytes, gboolean remove)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->uuid = g_strdup (uuid);
  deletion->older_than = older_than;
  deletion->max_bytes = max_bytes;
  deletion->remove = remove;
  return deletion;
}

/**
 * weir_history_trim:
 * @self: a history
 * @account: (nullable): whose events; %NULL for all together
 * @older_than: µs, what occurred before goes; 0: no such bound
 * @max_bytes: the oldest beyond so many bytes go; 0: no such bound
 * @trimmed: (out) (optional): what went, on an error too
 * @error: return location for a #WeirHistoryError
 *
 * Deletes the oldest events, and keeps a gap of %WEIR_GAP_DELETED for them. Bytes are those of pages: the room
 * in the file is used again for what comes.
 *
 * Returns: whether all went that must
 */
gboolean
weir_history_trim (WeirHistory *self,
                   WeirAccount *account,
                   gint64 older_than,
                   guint64 max_bytes,
                   WeirTrimResult *trimmed,
                   GError **error)
{
  Deletion *deletion;
  gboolean deleted;

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (account == NULL || WEIR_IS_ACCOUNT (account), FALSE);

  deletion = deletion_new (account != NULL ? account->uuid : NULL, older_than, max_bytes, FALSE);
  deleted = delete_all (self, deletion, error);
  if (trimmed != NULL)
    *trimmed = deletion->trimmed;
  deletion_free (deletion);
  return deleted;
}

/**
 * weir_history_trim_async:
 * @self: a history
 * @account: (nullable): whose events; %NULL for all together
 * @older_than: µs, what occurred before goes; 0: no such bound
 * @max_bytes: the oldest beyond so many bytes go; 0: no such bound
 * @cancellable: (nullable): ends it between two steps
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_trim().
 */
void
weir_history_trim_async (WeirHistory *self,
                         WeirAccount *account,
                         gint64 older_than,
                         guint64 max_bytes,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (account == NULL || WEIR_IS_ACCOUNT (account));

  delete_all_async (
      self, deletion_new (account != NULL ? account->uuid : NULL, older_than, max_bytes, FALSE),
      weir_history_trim_async, cancellable, callback, user_data);
}

/**
 * weir_history_trim_finish:
 * @self: a history
 * @result: what the callback was given
 * @trimmed: (out) (optional): what went, on an error too
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all went that must
 */
gboolean
weir_history_trim_finish (WeirHistory *self,
                          GAsyncResult *result,
                          WeirTrimResult *trimmed,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (trimmed != NULL)
    *trimmed = ((Deletion *) g_task_get_task_data (G_TASK (result)))->trimmed;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_history_remove_account:
 * @self: a history
 * @uuid: the account's
 * @error: return location for a #WeirHistoryError
 *
 * Removes all events and cursors of an account; without this they outlive the account. Nobody sees them
 * any more from the first step on, the rest makes their room free.
 *
 * Returns: whether they are gone
 */
gboolean
weir_history_remove_account (WeirHistory *self, const char *uuid, GError **error)
{
  Deletion *deletion;
  gboolean deleted;

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  deletion = deletion_new (uuid, 0, 0, TRUE);
  deleted = delete_all (self, deletion, error);
  deletion_free (deletion);
  return deleted;
}

/**
 * weir_history_remove_account_async:
 * @self: a history
 * @uuid: the account's
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_remove_account().
 */
void
weir_history_remove_account_async (WeirHistory *self,
                                   const char *uuid,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (uuid != NULL);

  delete_all_async (self, deletion_new (uuid, 0, 0, TRUE), weir_history_remove_account_async,
                    cancellable, callback, user_data);
}

/**
 * weir_history_remove_account_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they are gone
 */
gboolean
weir_history_remove_account_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
