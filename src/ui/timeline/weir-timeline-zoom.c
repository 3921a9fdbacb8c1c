/* weir-timeline-zoom.c: a span of time, as a part of a query's text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-zoom.h"

#include "weir-clock.h"
#include "weir-query-edit.h"
#include "weir-query-match.h"
#include "weir-zone.h"

/* In the zone that was chosen, and as short as it can be read back. */
static char *
dup_time (gint64 time)
{
  static const char *const formats[] = { "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S" };
  g_autoptr (GDateTime) local = weir_zone_to_date (time);
  g_autofree char *seconds = NULL;
  g_autofree char *zone = NULL;
  gint64 read;

  if (local == NULL)
    return g_strdup ("1970-01-01");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = g_date_time_format (local, formats[i]);

      if (weir_query_parse_time (text, time, NULL, &read) && read == time)
        return g_steal_pointer (&text);
    }

  /* an hour that the local clock has twice, or a fraction */
  seconds = g_date_time_format (local, "%Y-%m-%dT%H:%M:%S");
  zone = g_date_time_format (local, "%:z");

  return g_strdup_printf ("%s.%06d%s", seconds, (int) (time % G_USEC_PER_SEC), zone);
}

/**
 * weir_timeline_zoom_dup_text:
 * @text: a query's text
 * @start: the first time asked for, µs
 * @end: the first time no longer asked for, µs
 *
 * Returns: (transfer full): the same query of that span
 */
char *
weir_timeline_zoom_dup_text (const char *text, gint64 start, gint64 end)
{
  g_autofree char *rest = NULL;
  g_autofree char *after = NULL;
  g_autofree char *before = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  rest = weir_timeline_zoom_dup_whole (text);
  after = dup_time (start);
  before = dup_time (end);

  return g_strdup_printf ("%s%safter:%s before:%s", rest, rest[0] != '\0' ? " " : "", after,
                          before);
}

/**
 * weir_timeline_zoom_dup_whole:
 * @text: a query's text
 *
 * Returns: (transfer full): the same query of all times
 */
char *
weir_timeline_zoom_dup_whole (const char *text)
{
  g_autofree char *rest = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  rest = weir_query_edit_remove_field (text, "after");

  return g_strstrip (weir_query_edit_remove_field (rest, "before"));
}

/**
 * weir_timeline_zoom_get_span:
 * @query: (nullable): a query
 * @start: (out): the first time it asks for, µs
 * @end: (out): the first time it no longer asks for, µs
 *
 * Returns: whether it has a bound
 */
gboolean
weir_timeline_zoom_get_span (WeirQuery *query, gint64 *start, gint64 *end)
{
  g_autoptr (WeirQueryMatch) match = weir_query_match_new (query, weir_clock_now ());

  weir_query_match_get_span (match, start, end);

  return *start != G_MININT64 || *end != G_MAXINT64;
}

/**
 * weir_timeline_zoom_moves:
 * @query: (nullable): a query
 *
 * Returns: whether the times that it asks for are others when it is asked later: “after:1h”
 */
gboolean
weir_timeline_zoom_moves (WeirQuery *query)
{
  guint n_terms = 0;
  const WeirQueryTerm *terms = query != NULL ? weir_query_get_terms (query, &n_terms) : NULL;
  gint64 now = weir_clock_now ();

  for (guint i = 0; i < n_terms; i++)
    {
      gint64 time = 0;
      gint64 later = 0;

      if ((terms[i].field == WEIR_QUERY_AFTER || terms[i].field == WEIR_QUERY_BEFORE)
          && weir_query_parse_time (terms[i].value, now, NULL, &time)
          && weir_query_parse_time (terms[i].value, now + 2 * G_TIME_SPAN_DAY, NULL, &later)
          && time != later)
        return TRUE;
    }

  return FALSE;
}
