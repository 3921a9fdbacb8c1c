/* weir-history-count.c: how much is kept, and how old it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-keep.h"

static const WeirFacet *
get_facet (WeirMemory *memory, guint32 number)
{
  return weir_facets_get (weir_memory_get_facets (memory),
                          weir_columns_get_facet (weir_memory_get_columns (memory), number));
}

static guint
count_there (WeirMemory *memory, const WeirPageInfo *info)
{
  guint n = 0;

  for (guint32 number = info->first; number < info->first + info->count; number++)
    n += get_facet (memory, number) != NULL;
  return n;
}

static void
add_event (WeirHistoryStats *stats, gint64 time)
{
  stats->oldest = stats->n_events == 0 ? time : MIN (stats->oldest, time);
  stats->newest = stats->n_events == 0 ? time : MAX (stats->newest, time);
  stats->n_events++;
}

/* Accounts that share a page share its bytes by the number of their events. */
static void
add_page (WeirMemory *memory, const WeirPageInfo *info, WeirHistoryStats *all, double *bytes)
{
  guint n_there = count_there (memory, info);
  double share = n_there > 0 ? (double) info->size / n_there : 0;

  for (guint32 number = info->first; number < info->first + info->count; number++)
    {
      const WeirFacet *facet = get_facet (memory, number);
      gint64 time = weir_columns_get_time (weir_memory_get_columns (memory), number);

      if (facet == NULL)
        continue;
      add_event (&all[0], time);
      add_event (&all[facet->account_number], time);
      bytes[facet->account_number] += share;
    }
  bytes[0] += (double) info->size;
}

/**
 * weir_history_count:
 * @memory: what is known
 *
 * Looks at each event.
 *
 * Returns: (transfer full) (element-type WeirHistoryStats): all together, then each account that has events
 */
GArray *
weir_history_count (WeirMemory *memory)
{
  GArray *counted = g_array_new (FALSE, FALSE, sizeof (WeirHistoryStats));
  WeirFacets *facets = weir_memory_get_facets (memory);
  /* the pages first: what accounts they have are then known */
  g_autoptr (GArray) pages = weir_memory_list_pages (memory);
  guint n_accounts = weir_facets_get_accounts_end (facets);
  g_autofree WeirHistoryStats *all = g_new0 (WeirHistoryStats, n_accounts);
  g_autofree double *bytes = g_new0 (double, n_accounts);

  for (guint i = 0; i < pages->len; i++)
    add_page (memory, &g_array_index (pages, WeirPageInfo, i), all, bytes);

  for (guint i = 0; i < n_accounts; i++)
    {
      all[i].account = weir_facets_get_account (facets, i);
      all[i].n_bytes = (guint64) bytes[i];
      if (i == 0 || all[i].n_events > 0)
        g_array_append_val (counted, all[i]);
    }
  return counted;
}

/* The events' share of their pages, summed from the newest on: where it passes the bound is the cut. */
static gint64
find_cut_by_bytes (WeirMemory *memory, guint account_number, guint64 max_bytes)
{
  g_autoptr (GArray) pages = weir_memory_list_pages (memory);
  g_autofree float *shares = g_new0 (float, pages->len + 1);
  g_auto (WeirMemoryView) view = { 0 };
  double kept = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      const WeirPageInfo *info = &g_array_index (pages, WeirPageInfo, i);

      shares[i] = (float) info->size / (float) MAX (count_there (memory, info), 1);
    }

  weir_memory_take_view (memory, &view);
  for (guint at = weir_numbers_get_length (view.order), page = 0; at > 0; at--)
    {
      guint32 number = weir_numbers_get (view.order, at - 1);
      const WeirFacet *facet = get_facet (memory, number);

      if (facet == NULL || (account_number != 0 && facet->account_number != account_number))
        continue;

      /* neighbours in time are mostly in one page */
      if (page >= pages->len || number < g_array_index (pages, WeirPageInfo, page).first
          || number >= g_array_index (pages, WeirPageInfo, page).first
                           + g_array_index (pages, WeirPageInfo, page).count)
        for (guint low = 0, high = pages->len; low < high;)
          {
            guint middle = low + (high - low) / 2;

            if (g_array_index (pages, WeirPageInfo, middle).first <= number)
              {
                page = middle;
                low = middle + 1;
              }
            else
              high = middle;
          }
      if (pages->len > 0)
        kept += (double) shares[page];
      if (kept > (double) max_bytes)
        return weir_columns_get_time (weir_memory_get_columns (memory), number) + 1;
    }
  return G_MININT64;
}

/**
 * weir_history_find_cut:
 * @memory: what is known
 * @account_number: whose events; 0: all
 * @older_than: µs, what occurred before must go; 0: no such bound
 * @max_bytes: the oldest beyond so many bytes must go; 0: no such bound
 *
 * Looks at each event.
 *
 * Returns: µs, the time before which events must go; %G_MININT64 if none must
 */
gint64
weir_history_find_cut (WeirMemory *memory,
                       guint account_number,
                       gint64 older_than,
                       guint64 max_bytes)
{
  gint64 cut = older_than != 0 ? older_than : G_MININT64;

  if (max_bytes != 0)
    cut = MAX (cut, find_cut_by_bytes (memory, account_number, max_bytes));
  return cut;
}
