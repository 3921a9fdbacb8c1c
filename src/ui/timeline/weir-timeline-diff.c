/* weir-timeline-diff.c: what came between two looks at the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-diff.h"

/* With more the view is told faster that all has changed. */
#define MAX_RUNS 64

/* Oldest first, as the index has them. */
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

/**
 * weir_timeline_diff:
 * @before: (nullable): an answer
 * @after: a later answer to the same question
 * @added: (out) (optional): the number of rows that are new
 *
 * Walks both from the newest event on.
 *
 * Returns: (transfer full) (nullable) (element-type WeirTimelineRun): the rows that are new; %NULL if @after is not
 *   @before and some runs more
 */
GArray *
weir_timeline_diff (WeirHistoryIndex *before, WeirHistoryIndex *after, guint *added)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (WeirTimelineRun));
  guint i = before != NULL ? weir_history_index_get_length (before) : 0;
  guint n = weir_history_index_get_length (after);
  guint j = n;
  guint total = 0;
  gboolean gone = FALSE;

  while (j > 0)
    {
      int order = i > 0 ? compare (before, i - 1, after, j - 1) : -1;

      if (order > 0)
        {
          gone = TRUE;
          i--;
          continue;
        }
      j--;
      if (order == 0)
        {
          i--;
          continue;
        }

      total++;
      if (runs->len > 0)
        {
          WeirTimelineRun *last = &g_array_index (runs, WeirTimelineRun, runs->len - 1);

          if (last->position + last->count == n - 1 - j)
            {
              last->count++;
              continue;
            }
        }
      if (runs->len <= MAX_RUNS)
        {
          WeirTimelineRun run = { n - 1 - j, 1 };

          g_array_append_val (runs, run);
        }
    }

  if (added != NULL)
    *added = total;
  if (gone || i > 0 || runs->len > MAX_RUNS)
    return NULL;

  return g_steal_pointer (&runs);
}
