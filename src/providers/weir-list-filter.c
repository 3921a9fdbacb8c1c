/* weir-list-filter.c: what a list is narrowed to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-ask.h"

static gboolean
is_same (const char *wanted, const char *has)
{
  return wanted == NULL || g_strcmp0 (wanted, has) == 0;
}

/**
 * weir_list_filter_copy:
 * @filter: (nullable): a filter
 *
 * Returns: (transfer full): the same with its own strings; an empty filter for %NULL
 */
WeirListFilter *
weir_list_filter_copy (const WeirListFilter *filter)
{
  WeirListFilter *copy = g_new0 (WeirListFilter, 1);

  if (filter == NULL)
    return copy;
  copy->subscription = g_strdup (filter->subscription);
  copy->connection = g_strdup (filter->connection);
  copy->integration = g_strdup (filter->integration);
  copy->collection = g_strdup (filter->collection);
  copy->status = g_strdup (filter->status);
  copy->tenant = g_strdup (filter->tenant);
  copy->since = filter->since;
  copy->limit = filter->limit;
  return copy;
}

/**
 * weir_list_filter_free:
 * @filter: (transfer full): what weir_list_filter_copy() gave
 */
void
weir_list_filter_free (WeirListFilter *filter)
{
  g_free ((char *) filter->subscription);
  g_free ((char *) filter->connection);
  g_free ((char *) filter->integration);
  g_free ((char *) filter->collection);
  g_free ((char *) filter->status);
  g_free ((char *) filter->tenant);
  g_free (filter);
}

/**
 * weir_list_filter_matches:
 * @filter: a filter
 * @record: a record of the list
 *
 * What a server was not asked, or did not keep to. The tenant is not looked at: a token may name it otherwise than the
 * records do (api/membrane.md §3).
 *
 * Returns: whether the record is one the filter lets through
 */
gboolean
weir_list_filter_matches (const WeirListFilter *filter, WeirRecord *record)
{
  WeirListFilter has = { NULL };

  if (WEIR_IS_SUBSCRIPTION (record))
    {
      WeirSubscription *it = WEIR_SUBSCRIPTION (record);

      has.subscription = weir_record_get_id (record);
      has.connection = it->connection;
      has.integration = it->integration;
      has.collection = it->collection;
      has.status = it->status;
    }
  else if (WEIR_IS_PULL_RUN (record))
    {
      WeirPullRun *it = WEIR_PULL_RUN (record);

      has.subscription = it->subscription;
      has.connection = it->connection;
      has.integration = it->integration;
      has.collection = filter->collection; /* a run does not say */
      has.status = it->status;
      /* Whether the server looks at the run's start or at its end is not documented. */
      has.since = weir_pull_run_get_time (it);
    }
  else if (WEIR_IS_EVENT (record))
    {
      WeirEvent *it = WEIR_EVENT (record);

      has.subscription = it->subscription;
      has.connection = it->connection;
      has.integration = filter->integration; /* an event does not say */
      has.collection = it->collection;
      has.status = it->status;
      has.since = it->time_source == WEIR_TIME_FROM_SIGHT ? 0 : it->occurred_at;
    }
  else
    return TRUE;
  return is_same (filter->subscription, has.subscription)
         && is_same (filter->connection, has.connection)
         && is_same (filter->integration, has.integration)
         && is_same (filter->collection, has.collection)
         && (filter->status == NULL
             || (has.status != NULL && g_ascii_strcasecmp (filter->status, has.status) == 0))
         && (filter->since == 0 || has.since == 0 || has.since >= filter->since);
}
