/* weir-coverage.c: for which spans of time a subscription has been pulled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-coverage.h"

/* api/membrane.md §6: whether a run's start and end are the window of events it was for, or when it ran, is not documented. The
 * runs tell: windows go on where the one before ended, while runs that are over in a moment leave most of their
 * interval out. In the latter case a success is taken for all since the success before it, as the state kept
 * between pulls means. */

#define SLACK G_TIME_SPAN_SECOND
#define SLACK_SHARE 20 /* of the time from one run's start to the next */

static int
compare_by_start (gconstpointer one, gconstpointer other)
{
  const WeirPullRun *a = *(WeirPullRun *const *) one, *b = *(WeirPullRun *const *) other;

  if (a->start_at != b->start_at)
    return a->start_at < b->start_at ? -1 : 1;
  return a->end_at < b->end_at ? -1 : a->end_at > b->end_at;
}

static gboolean
is_failed (WeirPullRun *pull)
{
  return g_str_equal (pull->status, "error");
}

/* Those with a window, by their start. */
static GPtrArray *
sort_pulls (GPtrArray *pulls)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < pulls->len; i++)
    {
      WeirPullRun *pull = pulls->pdata[i];

      if (pull->start_at > 0 && pull->end_at >= pull->start_at)
        g_ptr_array_add (sorted, pull);
    }
  g_ptr_array_sort (sorted, compare_by_start);

  return sorted;
}

/* Whether the starts and ends are those of windows. One run alone is taken at its word. */
static gboolean
are_windows (GPtrArray *sorted)
{
  guint n_pairs = 0, n_chained = 0;

  for (guint i = 1; i < sorted->len; i++)
    {
      WeirPullRun *before = sorted->pdata[i - 1], *pull = sorted->pdata[i];
      gint64 slack = SLACK + (pull->start_at - before->start_at) / SLACK_SHARE;

      n_pairs++;
      if (pull->start_at - before->end_at <= slack)
        n_chained++;
    }

  return 2 * n_chained >= n_pairs;
}

/* What is known of a moment, the more telling the later. */
static int
get_rank (WeirCoverageKind kind)
{
  static const int RANKS[] = { [WEIR_COVERAGE_HOLE] = 0,
                               [WEIR_COVERAGE_RUNNING] = 1,
                               [WEIR_COVERAGE_FAILED] = 2,
                               [WEIR_COVERAGE_COVERED] = 3 };

  return RANKS[kind];
}

static void
add_span (GArray *spans, WeirCoverageKind kind, gint64 from, gint64 to)
{
  const WeirCoverageSpan span = { kind, from, to };

  g_array_append_val (spans, span);
}

/* What each run was for; they may overlap. */
static GArray *
collect_windows (GPtrArray *sorted)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));
  gboolean chained = are_windows (sorted);
  gint64 first = sorted->len > 0 ? ((WeirPullRun *) sorted->pdata[0])->start_at : 0;
  gint64 done = first;

  for (guint i = 0; i < sorted->len; i++)
    {
      WeirPullRun *pull = sorted->pdata[i];
      WeirCoverageKind kind = weir_coverage_get_kind (pull);
      gint64 from = chained ? pull->start_at : MIN (done, pull->start_at);

      /* A full scan looks at all there is. */
      if (pull->full_scan && kind == WEIR_COVERAGE_COVERED)
        from = first;
      add_span (windows, kind, from, pull->end_at);
      if (kind == WEIR_COVERAGE_COVERED)
        done = MAX (done, pull->end_at);
    }

  return windows;
}

static int
compare_times (gconstpointer one, gconstpointer other)
{
  gint64 a = *(const gint64 *) one, b = *(const gint64 *) other;

  return a < b ? -1 : a > b;
}

static GArray *
collect_bounds (GArray *windows)
{
  GArray *bounds = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < windows->len; i++)
    {
      const WeirCoverageSpan *window = &g_array_index (windows, WeirCoverageSpan, i);

      g_array_append_val (bounds, window->from);
      g_array_append_val (bounds, window->to);
    }
  g_array_sort (bounds, compare_times);

  return bounds;
}

/* A neighbour of the same kind goes on; a hole too short to mean anything goes to what is before it. */
static void
append_merged (GArray *spans, WeirCoverageKind kind, gint64 from, gint64 to)
{
  WeirCoverageSpan *last =
      spans->len > 0 ? &g_array_index (spans, WeirCoverageSpan, spans->len - 1) : NULL;

  if (last != NULL && (last->kind == kind || (kind == WEIR_COVERAGE_HOLE && to - from <= SLACK)))
    last->to = to;
  else
    add_span (spans, kind, from, to);
}

/**
 * weir_coverage_get_kind:
 * @pull: a pull run
 *
 * Any status that is not known is none that has failed.
 *
 * Returns: what it makes of the time it was for
 */
WeirCoverageKind
weir_coverage_get_kind (WeirPullRun *pull)
{
  g_return_val_if_fail (WEIR_IS_PULL_RUN (pull), WEIR_COVERAGE_HOLE);

  if (weir_pull_run_is_active (pull))
    return WEIR_COVERAGE_RUNNING;
  return is_failed (pull) ? WEIR_COVERAGE_FAILED : WEIR_COVERAGE_COVERED;
}

/**
 * weir_coverage_compute:
 * @pulls: (element-type WeirPullRun): all known runs of one subscription
 *
 * Returns: (transfer full) (element-type WeirCoverageSpan): what is known of the time from the first
 *   run's window to the last one's, earliest first
 */
GArray *
weir_coverage_compute (GPtrArray *pulls)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (GArray) windows = NULL;
  g_autoptr (GArray) bounds = NULL;
  guint first = 0;

  g_return_val_if_fail (pulls != NULL, spans);

  sorted = sort_pulls (pulls);
  windows = collect_windows (sorted);
  bounds = collect_bounds (windows);

  for (guint i = 1; i < bounds->len; i++)
    {
      gint64 from = g_array_index (bounds, gint64, i - 1);
      gint64 to = g_array_index (bounds, gint64, i);
      WeirCoverageKind kind = WEIR_COVERAGE_HOLE;

      if (from == to)
        continue;
      for (guint j = first; j < windows->len; j++)
        {
          const WeirCoverageSpan *window = &g_array_index (windows, WeirCoverageSpan, j);

          if (window->from <= from && window->to >= to && get_rank (window->kind) > get_rank (kind))
            kind = window->kind;
        }
      while (first < windows->len && g_array_index (windows, WeirCoverageSpan, first).to <= from)
        first++;
      append_merged (spans, kind, from, to);
    }

  return spans;
}
