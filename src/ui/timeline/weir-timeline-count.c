/* weir-timeline-count.c: an answer of the history, counted by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-count.h"

#include "weir-event-summary.h"
#include "weir-legend.h"

#include <glib/gi18n-lib.h>

/* Each group has a colour of its own, the one for all others too. */
#define MAX_KINDS (WEIR_PALETTE_SIZE - 1)

typedef struct
{
  gint64 start;
  gint64 length;
  guint n_bins;
  char **uuids; /* (nullable) */
  char **names; /* (nullable) in: of the accounts; out: of the groups */
} Count;

static void
count_free (Count *count)
{
  g_strfreev (count->uuids);
  g_strfreev (count->names);
  g_free (count);
}

/* One label and how often it was seen. */
typedef struct
{
  char *label;
  guint64 n;
} Kind;

static void
kind_free (Kind *kind)
{
  g_free (kind->label);
  g_free (kind);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Kind *one = *(Kind *const *) a;
  const Kind *other = *(Kind *const *) b;

  return one->n != other->n ? (one->n < other->n ? 1 : -1) : g_strcmp0 (one->label, other->label);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(Kind *const *) a)->label, (*(Kind *const *) b)->label);
}

/* Those seen most have groups, in an order that does not depend on how often: a kind keeps its colour. */
static char **
list_kinds (GArray *counts)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func ((GDestroyNotify) kind_free);
  g_autoptr (GHashTable) by_label = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  /* there may be as many facets as events, and each of a kind of its own */
  for (guint i = 0; i < counts->len; i++)
    {
      WeirFacetCount *count = &g_array_index (counts, WeirFacetCount, i);
      g_autofree char *label = weir_event_dup_kind_label (count->facet->kind);
      Kind *kind = g_hash_table_lookup (by_label, label);

      if (kind == NULL)
        {
          kind = g_new0 (Kind, 1);
          kind->label = g_steal_pointer (&label);
          g_ptr_array_add (kinds, kind);
          g_hash_table_insert (by_label, kind->label, kind);
        }
      kind->n += count->count;
    }
  g_ptr_array_sort (kinds, compare_numbers);
  if (kinds->len > MAX_KINDS)
    g_ptr_array_set_size (kinds, MAX_KINDS);
  g_ptr_array_sort (kinds, compare_labels);
  for (guint i = 0; i < kinds->len; i++)
    g_strv_builder_add (names, ((Kind *) g_ptr_array_index (kinds, i))->label);
  g_strv_builder_add (names, _ ("Other Kinds"));

  return g_strv_builder_end (names);
}

static guint
find_group (Count *count, const WeirFacet *facet)
{
  guint n = g_strv_length (count->names) - 1;
  g_autofree char *label = NULL;

  if (count->uuids == NULL)
    label = weir_event_dup_kind_label (facet->kind);
  for (guint i = 0; i < n; i++)
    {
      if (label != NULL ? g_str_equal (count->names[i], label)
                        : g_str_equal (count->uuids[i], facet->account->uuid))
        return i;
    }

  return n;
}

static void
count_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WeirHistoryIndex *index = source;
  Count *count = task_data;
  guint from = weir_history_index_find_time (index, count->start);
  guint end =
      weir_history_index_find_time (index, count->start + count->length * (gint64) count->n_bins);
  /* a facet's number → group + 1 */
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);
  WeirHistogram *histogram;

  if (count->uuids == NULL)
    {
      g_autoptr (GArray) all = weir_history_index_count_facets (index, from, MAX (from, end));

      count->names = list_kinds (all);
    }
  histogram =
      weir_histogram_new (count->start, count->length, count->n_bins, g_strv_length (count->names));
  for (guint bin = 0; bin < count->n_bins && from < end; bin++)
    {
      gint64 start = count->start + count->length * (gint64) bin;
      guint to = weir_history_index_find_time (index, start + count->length);
      g_autoptr (GArray) counts = NULL;

      if (to <= from)
        continue;
      counts = weir_history_index_count_facets (index, from, to);
      from = to;
      for (guint i = 0; i < counts->len; i++)
        {
          WeirFacetCount *one = &g_array_index (counts, WeirFacetCount, i);
          gpointer number = GUINT_TO_POINTER (one->facet->number);
          guint group = GPOINTER_TO_UINT (g_hash_table_lookup (groups, number));

          if (group == 0)
            {
              group = find_group (count, one->facet) + 1;
              g_hash_table_insert (groups, number, GUINT_TO_POINTER (group));
            }
          weir_histogram_add (histogram, start, group - 1, one->count);
        }
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }
  g_task_return_pointer (task, histogram, g_object_unref);
}

/**
 * weir_timeline_count_async:
 * @index: an answer of the history
 * @question: when, and what is told apart
 * @cancellable: (nullable): to give up with
 * @callback: gets the result
 * @user_data: for @callback
 */
void
weir_timeline_count_async (WeirHistoryIndex *index,
                           const WeirTimelineQuestion *question,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Count *count;

  g_return_if_fail (WEIR_IS_HISTORY_INDEX (index));
  g_return_if_fail (question->length > 0 && question->n_bins > 0);
  g_return_if_fail (question->uuids == NULL
                    || g_strv_length ((char **) question->names)
                           == g_strv_length ((char **) question->uuids) + 1);

  count = g_new0 (Count, 1);
  count->start = question->start;
  count->length = question->length;
  count->n_bins = question->n_bins;
  if (question->uuids != NULL)
    {
      count->uuids = g_strdupv ((char **) question->uuids);
      count->names = g_strdupv ((char **) question->names);
    }
  task = g_task_new (index, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_timeline_count_async);
  g_task_set_task_data (task, count, (GDestroyNotify) count_free);
  g_task_run_in_thread (task, count_in_thread);
}

/**
 * weir_timeline_count_finish:
 * @result: what the callback got
 * @names: (out) (transfer full) (array zero-terminated=1): of the groups
 * @error: only %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the counts; %NULL with an error
 */
WeirHistogram *
weir_timeline_count_finish (GAsyncResult *result, char ***names, GError **error)
{
  WeirHistogram *histogram;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  histogram = g_task_propagate_pointer (G_TASK (result), error);
  if (histogram != NULL)
    {
      Count *count = g_task_get_task_data (G_TASK (result));

      *names = g_steal_pointer (&count->names);
    }

  return histogram;
}
