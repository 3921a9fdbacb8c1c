/* weir-timeline-count.c: an answer of the history, counted by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-count.h"

struct _WeirTimelineGroups
{
  gatomicrefcount ref_count;
  char **uuids;
  char **names; /* one more than uuids: the others */
};

typedef struct
{
  WeirTimelineGroups *groups;
  gint64 start;
  gint64 length;
  guint n_bins;
} Question;

static void
question_free (Question *question)
{
  weir_timeline_groups_unref (question->groups);
  g_free (question);
}

static guint
find_group (WeirTimelineGroups *groups, WeirAccount *account)
{
  guint i;

  for (i = 0; groups->uuids[i] != NULL; i++)
    {
      if (account != NULL && g_str_equal (groups->uuids[i], account->uuid))
        break;
    }

  return i;
}

static void
count_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WeirHistoryIndex *index = source;
  Question *question = task_data;
  WeirHistogram *histogram = weir_histogram_new (
      question->start, question->length, question->n_bins, g_strv_length (question->groups->names));
  guint n = weir_history_index_find_time (index, weir_histogram_get_end (histogram));
  /* the history's number of an account → group + 1 */
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = weir_history_index_find_time (index, question->start); i < n; i++)
    {
      guint number = weir_history_index_get_group (index, i);
      guint group = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (number + 1)));

      if (group == 0)
        {
          group = find_group (question->groups, weir_history_index_get_account (index, number)) + 1;
          g_hash_table_insert (numbers, GUINT_TO_POINTER (number + 1), GUINT_TO_POINTER (group));
        }
      weir_histogram_add (histogram, weir_history_index_get_time (index, i), group - 1, 1);
      if (i % 65536 == 0 && g_cancellable_is_cancelled (cancellable))
        break;
    }
  g_task_return_pointer (task, histogram, g_object_unref);
}

/**
 * weir_timeline_groups_new:
 * @uuids: (array zero-terminated=1): of the accounts
 * @names: (array zero-terminated=1): of the accounts, and one more for what belongs to none of them
 *
 * Returns: (transfer full): the groups
 */
WeirTimelineGroups *
weir_timeline_groups_new (const char *const *uuids, const char *const *names)
{
  WeirTimelineGroups *self;

  g_return_val_if_fail (g_strv_length ((char **) names) == g_strv_length ((char **) uuids) + 1,
                        NULL);

  self = g_new0 (WeirTimelineGroups, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->uuids = g_strdupv ((char **) uuids);
  self->names = g_strdupv ((char **) names);

  return self;
}

/**
 * weir_timeline_groups_ref:
 * @self: groups
 *
 * Returns: (transfer full): @self
 */
WeirTimelineGroups *
weir_timeline_groups_ref (WeirTimelineGroups *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * weir_timeline_groups_unref:
 * @self: (transfer full): groups
 */
void
weir_timeline_groups_unref (WeirTimelineGroups *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_strfreev (self->uuids);
  g_strfreev (self->names);
  g_free (self);
}

/**
 * weir_timeline_groups_get_names:
 * @self: groups
 *
 * Returns: (transfer none) (array zero-terminated=1): their names
 */
const char *const *
weir_timeline_groups_get_names (WeirTimelineGroups *self)
{
  return (const char *const *) self->names;
}

/**
 * weir_timeline_groups_equal:
 * @a: (nullable): groups
 * @b: (nullable): others
 *
 * Returns: whether both are the same, names included
 */
gboolean
weir_timeline_groups_equal (WeirTimelineGroups *a, WeirTimelineGroups *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal ((const char *const *) a->uuids, (const char *const *) b->uuids)
         && g_strv_equal ((const char *const *) a->names, (const char *const *) b->names);
}

/**
 * weir_timeline_count_async:
 * @index: an answer of the history
 * @groups: what is told apart
 * @start: where the first bin begins, µs
 * @length: of a bin, µs
 * @n_bins: how many
 * @cancellable: (nullable): to give up with
 * @callback: gets the result
 * @user_data: for @callback
 */
void
weir_timeline_count_async (WeirHistoryIndex *index,
                           WeirTimelineGroups *groups,
                           gint64 start,
                           gint64 length,
                           guint n_bins,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  g_return_if_fail (WEIR_IS_HISTORY_INDEX (index));
  g_return_if_fail (groups != NULL && length > 0 && n_bins > 0);

  question = g_new0 (Question, 1);
  question->groups = weir_timeline_groups_ref (groups);
  question->start = start;
  question->length = length;
  question->n_bins = n_bins;
  task = g_task_new (index, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_timeline_count_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, count_in_thread);
}

/**
 * weir_timeline_count_finish:
 * @result: what the callback got
 * @error: only %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the counts; %NULL with an error
 */
WeirHistogram *
weir_timeline_count_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
