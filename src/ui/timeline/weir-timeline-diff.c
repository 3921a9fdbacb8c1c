/* weir-timeline-diff.c: what came and went between two answers of the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-diff.h"

/* With more the view is told faster that all has changed. */
#define MAX_RUNS 200

static int
compare (WeirHistoryIndex *a, guint i, WeirHistoryIndex *b, guint j)
{
  gint64 one = weir_history_index_get_time (a, i);
  gint64 other = weir_history_index_get_time (b, j);

  if (one == other)
    {
      one = weir_history_index_get_id (a, i);
      other = weir_history_index_get_id (b, j);
    }

  return (one > other) - (one < other);
}

static void
add_to_run (GArray *runs, guint position)
{
  WeirHistoryRun run = { position, 1 };
  WeirHistoryRun *last =
      runs->len > 0 ? &g_array_index (runs, WeirHistoryRun, runs->len - 1) : NULL;

  if (last != NULL && last->position + last->count == position)
    last->count++;
  else
    g_array_append_val (runs, run);
}

/**
 * weir_timeline_diff:
 * @before: (nullable): an answer
 * @after: a later answer to the same question
 * @added: (out) (transfer full) (element-type WeirHistoryRun): what is new, by places in @after
 * @removed: (out) (transfer full) (element-type WeirHistoryRun): what is gone, by places in @before
 *
 * Returns: whether both lists are whole; else there is too much to tell one by one
 */
gboolean
weir_timeline_diff (WeirHistoryIndex *before,
                    WeirHistoryIndex *after,
                    GArray **added,
                    GArray **removed)
{
  guint n_before = before != NULL ? weir_history_index_get_length (before) : 0;
  guint n_after = weir_history_index_get_length (after);
  guint i = 0;
  guint j = 0;

  *added = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  *removed = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  while (i < n_before || j < n_after)
    {
      int order;

      if (i == n_before)
        order = 1;
      else if (j == n_after)
        order = -1;
      else
        order = compare (before, i, after, j);

      if (order > 0)
        add_to_run (*added, j);
      else if (order < 0)
        add_to_run (*removed, i);
      if (order >= 0)
        j++;
      if (order <= 0)
        i++;
      if ((*added)->len > MAX_RUNS || (*removed)->len > MAX_RUNS)
        return FALSE;
    }

  return TRUE;
}
