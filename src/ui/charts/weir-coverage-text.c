/* weir-coverage-text.c: a subscription's coverage in words and in pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-coverage-text.h"

#include "weir-format.h"
#include "weir-time-scale.h"

#include <glib/gi18n-lib.h>

#define MIN_SEEN 3 /* px: the shortest hole is seen */
#define NOTHING (-1)

static const WeirCoverageSpan *
get_span (GArray *spans, guint i)
{
  return &g_array_index (spans, WeirCoverageSpan, i);
}

/**
 * weir_coverage_get_range:
 * @spans: (element-type WeirCoverageSpan): all that is known
 * @range: how far back to look
 * @now: µs
 * @from: (out): where it begins, µs
 * @to: (out): where it ends, µs
 *
 * Returns: whether it shows something, and not all there is, unless that was asked for
 */
gboolean
weir_coverage_get_range (GArray *spans,
                         WeirCoverageRange range,
                         gint64 now,
                         gint64 *from,
                         gint64 *to)
{
  static const gint64 LENGTHS[] = { [WEIR_COVERAGE_DAY] = G_TIME_SPAN_DAY,
                                    [WEIR_COVERAGE_WEEK] = 7 * G_TIME_SPAN_DAY,
                                    [WEIR_COVERAGE_ALL] = 0 };
  gint64 first;
  gint64 last;

  if (spans->len == 0)
    return FALSE;

  first = get_span (spans, 0)->from;
  last = get_span (spans, spans->len - 1)->to;
  *from = LENGTHS[range] > 0 ? now - LENGTHS[range] : first;
  *to = LENGTHS[range] > 0 ? MAX (now, last) : last;

  return range == WEIR_COVERAGE_ALL || (first < *from && last > *from);
}

/**
 * weir_coverage_clip:
 * @spans: (element-type WeirCoverageSpan): what is known
 * @from: µs
 * @to: µs
 *
 * Returns: (transfer full) (element-type WeirCoverageSpan): the part of it between the two
 */
GArray *
weir_coverage_clip (GArray *spans, gint64 from, gint64 to)
{
  GArray *clipped = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));

  for (guint i = 0; i < spans->len; i++)
    {
      WeirCoverageSpan span = *get_span (spans, i);

      span.from = MAX (span.from, from);
      span.to = MIN (span.to, to);
      if (span.from < span.to)
        g_array_append_val (clipped, span);
    }

  return clipped;
}

/* What must not be overlooked covers what is all right. */
static int
get_urgency (int kind)
{
  static const int URGENCIES[] = { [WEIR_COVERAGE_COVERED] = 1,
                                   [WEIR_COVERAGE_RUNNING] = 2,
                                   [WEIR_COVERAGE_HOLE] = 3,
                                   [WEIR_COVERAGE_FAILED] = 4 };

  return kind == NOTHING ? 0 : URGENCIES[kind];
}

/**
 * weir_coverage_bin:
 * @spans: (element-type WeirCoverageSpan): what is between @from and @to
 * @from: the time at the first pixel's start, µs
 * @to: the time at the last pixel's end, µs
 * @width: px
 *
 * Returns: (transfer full) (element-type WeirCoveragePiece): what to draw, at most @width
 */
GArray *
weir_coverage_bin (GArray *spans, gint64 from, gint64 to, guint width)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (WeirCoveragePiece));
  g_autofree gint8 *columns = g_malloc (MAX (width, 1));
  double scale = to > from ? (double) width / (double) (to - from) : 0;

  memset (columns, NOTHING, MAX (width, 1));
  for (guint i = 0; i < spans->len && scale > 0; i++)
    {
      const WeirCoverageSpan *span = get_span (spans, i);
      guint least = MIN (weir_coverage_is_missing (span) ? MIN_SEEN : 1, width);
      double left = (double) (span->from - from) * scale;
      double right = (double) (span->to - from) * scale;
      guint x = (guint) CLAMP (left, 0, width - least);
      guint end = (guint) CLAMP (right + 0.999, x + least, width);

      for (; x < end; x++)
        if (get_urgency ((int) span->kind) > get_urgency (columns[x]))
          columns[x] = (gint8) span->kind;
    }

  for (guint x = 0; x < width; x++)
    {
      WeirCoveragePiece piece = { (WeirCoverageKind) columns[x], x, 1 };

      if (columns[x] == NOTHING)
        continue;
      if (x > 0 && columns[x - 1] == columns[x])
        g_array_index (pieces, WeirCoveragePiece, pieces->len - 1).width++;
      else
        g_array_append_val (pieces, piece);
    }

  return pieces;
}

/**
 * weir_coverage_find_pulls:
 * @pulls: (element-type WeirPullRun): all known runs of one subscription
 * @span: a part of its coverage
 *
 * Returns: (transfer full) (element-type WeirPullRun): those that made it what it is
 */
GPtrArray *
weir_coverage_find_pulls (GPtrArray *pulls, const WeirCoverageSpan *span)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < pulls->len; i++)
    {
      WeirPullRun *pull = g_ptr_array_index (pulls, i);
      gboolean inside = pull->start_at == pull->end_at
                            ? pull->start_at >= span->from && pull->end_at <= span->to
                            : pull->start_at < span->to && pull->end_at > span->from;

      if (pull->start_at > 0 && inside && weir_coverage_get_kind (pull) == span->kind)
        g_ptr_array_add (found, g_object_ref (pull));
    }

  return found;
}

static gint64
get_distance (WeirPullRun *pull, gint64 time)
{
  if (time < pull->start_at)
    return pull->start_at - time;

  return time > pull->end_at ? time - pull->end_at : 0;
}

/* Those that try again what has failed begin at the same time. */
static gboolean
is_later (WeirPullRun *pull, WeirPullRun *other)
{
  return pull->start_at != other->start_at ? pull->start_at > other->start_at
                                           : pull->end_at > other->end_at;
}

/**
 * weir_coverage_pick_pull:
 * @pulls: (element-type WeirPullRun): some
 * @time: µs, 0 for the latest
 *
 * Returns: (transfer none) (nullable): the one that was for that time, or nearly
 */
WeirPullRun *
weir_coverage_pick_pull (GPtrArray *pulls, gint64 time)
{
  WeirPullRun *best = NULL;

  for (guint i = 0; i < pulls->len; i++)
    {
      WeirPullRun *pull = g_ptr_array_index (pulls, i);

      if (best == NULL
          || (time == 0 ? is_later (pull, best)
                        : get_distance (pull, time) < get_distance (best, time)))
        best = pull;
    }

  return best;
}

/**
 * weir_coverage_is_missing:
 * @span: a part of a coverage
 *
 * Returns: whether nothing was collected for it, and nothing is about to be
 */
gboolean
weir_coverage_is_missing (const WeirCoverageSpan *span)
{
  return span->kind == WEIR_COVERAGE_FAILED || span->kind == WEIR_COVERAGE_HOLE;
}

/* Beyond some minutes nobody minds the seconds. */
static gint64
get_step (gint64 length)
{
  return length < 10 * G_TIME_SPAN_MINUTE ? G_TIME_SPAN_SECOND : G_TIME_SPAN_MINUTE;
}

static char *
dup_length (gint64 length)
{
  gint64 step = get_step (length);

  return weir_format_interval (MAX (length / step * step / G_USEC_PER_SEC, 1));
}

/* Both are taken over. */
static char *
add (char *list, char *item)
{
  char *longer = weir_format_list_add (list, item);

  g_free (list);
  g_free (item);

  return longer;
}

/**
 * weir_coverage_dup_summary:
 * @spans: (element-type WeirCoverageSpan): a coverage, or a part
 *
 * Returns: (transfer full): the whole of it in a sentence
 */
char *
weir_coverage_dup_summary (GArray *spans)
{
  gint64 sums[] = { [WEIR_COVERAGE_COVERED] = 0,
                    [WEIR_COVERAGE_FAILED] = 0,
                    [WEIR_COVERAGE_RUNNING] = 0,
                    [WEIR_COVERAGE_HOLE] = 0 };
  guint counts[G_N_ELEMENTS (sums)] = { 0 };
  gint64 longest = 0;
  gint64 missing;
  gint64 end = 0;
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;
  g_autofree char *share = NULL;
  char *text;

  if (spans->len == 0)
    return g_strdup (_ ("No pull run is known yet"));

  for (guint i = 0; i < spans->len; i++)
    {
      const WeirCoverageSpan *span = get_span (spans, i);

      sums[span->kind] += span->to - span->from;
      counts[span->kind]++;
      if (span->kind != WEIR_COVERAGE_RUNNING)
        end = MAX (end, span->to);
      if (weir_coverage_is_missing (span))
        longest = MAX (longest, span->to - span->from);
    }

  missing = sums[WEIR_COVERAGE_FAILED] + sums[WEIR_COVERAGE_HOLE];
  since = weir_format_clock (get_span (spans, 0)->from);
  until = weir_format_clock (end);
  if (missing == 0 && sums[WEIR_COVERAGE_COVERED] == 0)
    /* Translators: %s is a time */
    text = g_strdup_printf (_ ("Nothing is pulled yet since %s"), since);
  else if (missing == 0)
    /* Translators: two times; what came after the second is not known yet */
    text = g_strdup_printf (_ ("Covered without a hole from %s to %s"), since, until);
  else
    {
      share =
          weir_format_percent ((int) (sums[WEIR_COVERAGE_COVERED]
                                      / (double) (sums[WEIR_COVERAGE_COVERED] + missing) * 100));
      /* Translators: a share such as “98%”, rounded down, then two times */
      text = g_strdup_printf (_ ("Covered %s from %s to %s"), share, since, until);
    }
  if (counts[WEIR_COVERAGE_HOLE] > 0)
    text = add (text, g_strdup_printf (ngettext ("%u hole", "%u holes", counts[WEIR_COVERAGE_HOLE]),
                                       counts[WEIR_COVERAGE_HOLE]));
  if (counts[WEIR_COVERAGE_FAILED] > 0)
    text = add (text,
                /* Translators: spans of time whose pull runs failed */
                g_strdup_printf (
                    ngettext ("%u failed span", "%u failed spans", counts[WEIR_COVERAGE_FAILED]),
                    counts[WEIR_COVERAGE_FAILED]));
  if (missing > 0)
    {
      g_autofree char *length = dup_length (longest);

      /* Translators: of the holes; %s is a duration such as “18 min” or “2 days” */
      text = add (text, g_strdup_printf (_ ("longest %s"), length));
    }
  if (counts[WEIR_COVERAGE_RUNNING] > 0)
    text = add (text, g_strdup (C_ ("coverage", "being pulled now")));

  return text;
}

/**
 * weir_coverage_dup_line:
 * @span: a part of a coverage
 *
 * Returns: (transfer full): what it is, from when to when and how long
 */
char *
weir_coverage_dup_line (const WeirCoverageSpan *span)
{
  gint64 length = span->to - span->from;
  g_autofree char *when = weir_time_scale_dup_span (span->from, span->to, get_step (length));
  g_autofree char *duration = dup_length (length);

  switch (span->kind)
    {
    case WEIR_COVERAGE_COVERED:
      /* Translators: a span of time, then how long that is */
      return g_strdup_printf (_ ("Pulled %s (%s)"), when, duration);

    case WEIR_COVERAGE_RUNNING:
      /* Translators: a span of time, then how long that is */
      return g_strdup_printf (_ ("Being pulled %s (%s)"), when, duration);

    case WEIR_COVERAGE_FAILED:
    case WEIR_COVERAGE_HOLE:
    default:
      /* Translators: a span of time, then how long that is */
      return g_strdup_printf (_ ("Not pulled %s (%s)"), when, duration);
    }
}

static char *
dup_run (WeirPullRun *pull)
{
  g_autofree char *window = weir_format_window (pull->start_at, pull->end_at);
  g_autofree char *number = NULL;

  switch (weir_coverage_get_kind (pull))
    {
    case WEIR_COVERAGE_FAILED:
      if (pull->error == NULL)
        /* Translators: %s is a span of time */
        return g_strdup_printf (_ ("The pull run %s failed"), window);
      /* Translators: a span of time, then what went wrong */
      return g_strdup_printf (_ ("The pull run %s failed: %s"), window,
                              weir_error_data_get_leaf (pull->error)->message);

    case WEIR_COVERAGE_RUNNING:
      /* Translators: %s is a span of time */
      return g_strdup_printf (_ ("The pull run %s has not ended"), window);

    case WEIR_COVERAGE_COVERED:
    case WEIR_COVERAGE_HOLE:
    default:
      number = weir_format_number (pull->collected);
      /* Translators: a span of time, then a number */
      return g_strdup_printf (ngettext ("The pull run %s collected %s event",
                                        "The pull run %s collected %s events", pull->collected),
                              window, number);
    }
}

/**
 * weir_coverage_dup_cause:
 * @span: a part of a coverage
 * @pulls: (element-type WeirPullRun): those that made it so
 * @time: the time whose run is told; 0 for the latest
 *
 * Returns: (transfer full): why it is what it is
 */
char *
weir_coverage_dup_cause (const WeirCoverageSpan *span, GPtrArray *pulls, gint64 time)
{
  WeirPullRun *pull = weir_coverage_pick_pull (pulls, time);
  g_autofree char *run = pull != NULL ? dup_run (pull) : NULL;
  g_autofree char *number = NULL;
  g_autofree char *count = NULL;

  if (pull == NULL)
    return g_strdup (span->kind == WEIR_COVERAGE_HOLE ? _ ("No known pull run was for it") : "");
  if (pulls->len == 1)
    return g_steal_pointer (&run);

  number = weir_format_number (pulls->len);
  count = g_strdup_printf (ngettext ("%s pull run", "%s pull runs", pulls->len), number);

  return g_strdup_printf ("%s\n%s", count, run);
}
