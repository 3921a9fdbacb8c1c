/* weir-timeline-gap-filter.c: which gaps matter to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-gap-filter.h"

#include "weir-clock.h"
#include "weir-query-match.h"

/* Of what is missing only the account, the stream, the time and at times the subscription are known; an event of any kind and
 * content may be there. So of a query only the terms about those count. */
static WeirQueryMatch *
create_match (WeirQuery *query, gboolean with_subscription, gint64 now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WeirQuery) rest = NULL;
  const WeirQueryTerm *terms;
  guint n_terms;

  terms = weir_query_get_terms (query, &n_terms);
  for (guint i = 0; i < n_terms; i++)
    {
      switch ((int) terms[i].field)
        {
        case WEIR_QUERY_SUBSCRIPTION:
          if (!with_subscription)
            break;
          /* fallthrough */
        case WEIR_QUERY_ACCOUNT:
        case WEIR_QUERY_PROVIDER:
        case WEIR_QUERY_STREAM:
        case WEIR_QUERY_AFTER:
        case WEIR_QUERY_BEFORE:
          g_string_append_len (text, weir_query_get_text (query) + terms[i].position,
                               (gssize) terms[i].length);
          g_string_append_c (text, ' ');
          break;

        default:
          break;
        }
    }
  rest = weir_query_new (text->str, NULL);

  return weir_query_match_new (rest, now);
}

static gboolean
matches (WeirGap *gap, const WeirQueryMatch *match)
{
  WeirFacet facet = { .account = gap->account,
                      .stream = gap->stream,
                      .kind = "",
                      .collection = "",
                      .subscription = gap->subscription != NULL ? gap->subscription : "",
                      .status = "",
                      .connection = "",
                      .tenant = "" };
  gint64 from;
  gint64 to;

  weir_query_match_get_span (match, &from, &to);

  return (gap->to == 0 || gap->to > from) && (gap->from == 0 || gap->from < to)
         && weir_query_match_facet (match, &facet);
}

/**
 * weir_timeline_filter_gaps:
 * @gaps: (element-type WeirGap): gaps
 * @query: (nullable): what is asked for; %NULL everything
 *
 * Takes those away in which nothing can be missing that @query asks for.
 */
void
weir_timeline_filter_gaps (GPtrArray *gaps, WeirQuery *query)
{
  g_autoptr (WeirQueryMatch) with_subscription = NULL;
  g_autoptr (WeirQueryMatch) without = NULL;
  gint64 now = weir_clock_now ();

  g_return_if_fail (gaps != NULL);

  if (query == NULL || gaps->len == 0)
    return;

  with_subscription = create_match (query, TRUE, now);
  without = create_match (query, FALSE, now);
  for (guint i = gaps->len; i-- > 0;)
    {
      WeirGap *gap = g_ptr_array_index (gaps, i);

      if (!matches (gap, gap->subscription != NULL ? with_subscription : without))
        g_ptr_array_remove_index (gaps, i);
    }
}
