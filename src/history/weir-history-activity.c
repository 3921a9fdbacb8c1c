/* weir-history-activity.c: what subscriptions have events, and how many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-reader.h"

#include "weir-clock.h"
#include "weir-subscription.h"

#include <string.h>

/* By what is seen: subscription first, then collection. */
static int
compare_facets (gconstpointer a, gconstpointer b)
{
  const WeirFacet *one = *(WeirFacet *const *) a;
  const WeirFacet *other = *(WeirFacet *const *) b;
  int order = strcmp (one->subscription, other->subscription);

  return order != 0 ? order : strcmp (one->collection, other->collection);
}

static gboolean
is_of (const WeirFacet *facet, WeirAccount *account)
{
  return facet != NULL && facet->subscription[0] != '\0'
         && g_str_equal (facet->account->uuid, account->uuid);
}

/**
 * weir_history_reader_list_seen:
 * @memory: what is known
 * @account: whose events
 *
 * The time it takes depends on the number of facets, not of events.
 *
 * Returns: (transfer full) (element-type WeirSubscription): what stands for each pair of sync and
 *   collection seen, sorted
 */
GPtrArray *
weir_history_reader_list_seen (WeirMemory *memory, WeirAccount *account)
{
  GPtrArray *seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) facets = g_ptr_array_new ();
  guint n_facets;
  g_autofree guint *counts = weir_memory_count_facets (memory, &n_facets);

  for (guint i = 1; i < n_facets; i++)
    {
      const WeirFacet *facet = weir_facets_get (weir_memory_get_facets (memory), i);

      if (counts[i] > 0 && is_of (facet, account))
        g_ptr_array_add (facets, (gpointer) facet);
    }

  g_ptr_array_sort (facets, compare_facets);
  for (guint i = 0; i < facets->len; i++)
    {
      const WeirFacet *facet = facets->pdata[i];

      if (i == 0 || compare_facets (&facets->pdata[i - 1], &facets->pdata[i]) != 0)
        g_ptr_array_add (
            seen, weir_subscription_new_seen (account, facet->subscription, facet->collection));
    }
  return seen;
}

static WeirActivity *
get_activity (GHashTable *activities, const char *id)
{
  WeirActivity *activity = g_hash_table_lookup (activities, id);

  if (activity == NULL)
    {
      activity = g_new0 (WeirActivity, 1);
      g_hash_table_insert (activities, g_strdup (id), activity);
    }
  return activity;
}

static void
count_event (WeirActivity *activity, gint64 hour, gint64 time)
{
  activity->last_at = MAX (activity->last_at, time);
  activity->total++;
  if (hour >= 0 && hour < (gint64) G_N_ELEMENTS (activity->hours))
    activity->hours[hour] = (guint16) MIN (activity->hours[hour] + 1, G_MAXUINT16);
}

static void
add_activity (WeirActivity *sum, const WeirActivity *activity)
{
  sum->last_at = MAX (sum->last_at, activity->last_at);
  sum->total += activity->total;
  for (guint i = 0; i < G_N_ELEMENTS (sum->hours); i++)
    sum->hours[i] = (guint16) MIN (sum->hours[i] + activity->hours[i], G_MAXUINT16);
}

/**
 * weir_history_reader_get_activity:
 * @memory: what is known
 * @account: whose events
 *
 * The hours are those of the clock (UTC). An event is counted for its subscription, and for
 * "SUBSCRIPTION/COLLECTION", the id of what stands for one where the provider lists none.
 *
 * Returns: (transfer full) (element-type utf8 WeirActivity): by subscription id
 */
GHashTable *
weir_history_reader_get_activity (WeirMemory *memory, WeirAccount *account)
{
  GHashTable *activities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const WeirColumns *columns = weir_memory_get_columns (memory);
  gint64 first_hour = weir_clock_now () / G_TIME_SPAN_HOUR - 23;
  g_autofree WeirActivity *by_facet = NULL;
  g_auto (WeirMemoryView) view = { 0 };
  guint n_facets;

  weir_memory_take_view (memory, &view);
  n_facets = weir_facets_get_end (weir_memory_get_facets (memory));
  by_facet = g_new0 (WeirActivity, n_facets);

  for (guint at = 0, n; at < weir_numbers_get_length (view.order); at += n)
    {
      const guint32 *numbers = weir_numbers_get_piece (view.order, at, &n);

      for (guint i = 0; i < n; i++)
        {
          guint32 facet = weir_columns_get_facet (columns, numbers[i]);
          gint64 time = weir_columns_get_time (columns, numbers[i]);

          if (facet < n_facets)
            count_event (&by_facet[facet], time >= 0 ? time / G_TIME_SPAN_HOUR - first_hour : -1,
                         time);
        }
    }

  for (guint i = 1; i < n_facets; i++)
    {
      const WeirFacet *facet = weir_facets_get (weir_memory_get_facets (memory), i);

      if (by_facet[i].total == 0 || !is_of (facet, account))
        continue;
      add_activity (get_activity (activities, facet->subscription), &by_facet[i]);
      if (facet->collection[0] != '\0')
        {
          g_autofree char *pair = g_strconcat (facet->subscription, "/", facet->collection, NULL);

          add_activity (get_activity (activities, pair), &by_facet[i]);
        }
    }
  return activities;
}
