/* weir-history-renew.c: an answer brought up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-private.h"
#include "weir-history-search.h"

typedef struct
{
  WeirHistoryIndex *index;
  GArray *runs;
} Renewed;

static void
renewed_free (Renewed *renewed)
{
  g_clear_object (&renewed->index);
  g_clear_pointer (&renewed->runs, g_array_unref);
  g_free (renewed);
}

static gpointer
renew (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);
  WeirHistoryIndex *index;
  Renewed *renewed;
  GArray *runs = NULL;

  if (memory == NULL)
    return NULL;
  index = weir_history_search_again (memory, db, data, &runs, g_cancellable_get_current (), error);
  if (index == NULL)
    return NULL;

  renewed = g_new0 (Renewed, 1);
  renewed->index = index;
  renewed->runs = runs;
  return renewed;
}

/**
 * weir_history_renew_async:
 * @self: a history
 * @index: an answer of it
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks for the answer to the same question now. Relative times in it are still seen from when it was
 * asked first: to have them move on, ask anew.
 */
void
weir_history_renew_async (WeirHistory *self,
                          WeirHistoryIndex *index,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_HISTORY_INDEX (index));
  g_return_if_fail (weir_history_index_get_question (index) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_renew_async);
  g_task_set_task_data (task, g_object_ref (index), g_object_unref);
  weir_history_push (self, WEIR_LANE_SCAN, renew, task, (GDestroyNotify) renewed_free);
}

/**
 * weir_history_renew_finish:
 * @self: a history
 * @result: what the callback was given
 * @runs: (out) (optional) (nullable) (transfer full) (element-type WeirHistoryRun): what the newer answer has that
 *   the older has not, by position in the newer, oldest first; %NULL if rows went or changed place
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the answer, the same object if nothing changed; or %NULL
 */
WeirHistoryIndex *
weir_history_renew_finish (WeirHistory *self, GAsyncResult *result, GArray **runs, GError **error)
{
  Renewed *renewed;
  WeirHistoryIndex *index;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  renewed = g_task_propagate_pointer (G_TASK (result), error);
  if (runs != NULL)
    *runs = renewed != NULL ? g_steal_pointer (&renewed->runs) : NULL;
  if (renewed == NULL)
    return NULL;

  index = g_steal_pointer (&renewed->index);
  renewed_free (renewed);
  return index;
}
