/* weir-history-activity.c: what subscriptions have events, and how many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-reader.h"

#include "weir-clock.h"
#include "weir-subscription.h"

/**
 * weir_history_reader_list_seen:
 * @db: a connection
 * @account: whose events
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Each pair is found by one step into the index, so the time depends on the number of pairs, not of
 * events.
 *
 * Returns: (transfer full) (element-type WeirSubscription): what stands for each pair of sync and
 *   collection seen, sorted; or %NULL
 */
GPtrArray *
weir_history_reader_list_seen (WeirDatabase *db, WeirAccount *account, GError **error)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WeirStatement) statement = NULL;
  g_autofree char *subscription = g_strdup ("");
  g_autofree char *collection = g_strdup ("");
  GError *local_error = NULL;
  gboolean found;

  statement =
      weir_database_prepare (db, error,
                             "SELECT subscription, collection FROM events"
                             " WHERE account = (SELECT number FROM accounts WHERE uuid = ?1)"
                             " AND subscription <> '' AND (subscription, collection) > (?2, ?3)"
                             " ORDER BY subscription, collection LIMIT 1",
                             NULL);
  if (statement == NULL)
    return NULL;

  do
    {
      if (!weir_statement_bind (statement, error, "sss", account->uuid, subscription, collection))
        return NULL;

      found = weir_statement_step (statement, &local_error);
      if (found)
        {
          g_free (subscription);
          g_free (collection);
          subscription = weir_statement_dup_text (statement, 0);
          collection = weir_statement_dup_text (statement, 1);
          g_ptr_array_add (seen, weir_subscription_new_seen (account, subscription, collection));
        }
      sqlite3_reset (statement);
    }
  while (found);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&seen);
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
count_activity (WeirActivity *activity, guint hour, gint64 count, gint64 last_at)
{
  activity->last_at = MAX (activity->last_at, last_at);
  activity->total = (guint) MIN (activity->total + count, G_MAXUINT);
  if (hour < G_N_ELEMENTS (activity->hours))
    activity->hours[hour] = (guint16) MIN (activity->hours[hour] + count, G_MAXUINT16);
}

/**
 * weir_history_reader_get_activity:
 * @db: a connection
 * @account: whose events
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * The hours are those of the clock (UTC). An event is counted for its subscription, and for
 * "SUBSCRIPTION/COLLECTION", the id of what stands for one where the provider lists none.
 *
 * Returns: (transfer full) (element-type utf8 WeirActivity): by subscription id; or %NULL
 */
GHashTable *
weir_history_reader_get_activity (WeirDatabase *db, WeirAccount *account, GError **error)
{
  g_autoptr (GHashTable) activities =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (WeirStatement) statement = NULL;
  gint64 first_hour = weir_clock_now () / G_TIME_SPAN_HOUR - 23;
  GError *local_error = NULL;

  /* Whatever is older than the 24 hours goes to hour -1. */
  statement = weir_database_prepare (
      db, error,
      "SELECT subscription, collection, max (occurred / ?2 - ?3, -1) AS hour, count (*),"
      " max (occurred) FROM events"
      " WHERE account = (SELECT number FROM accounts WHERE uuid = ?1) AND subscription <> ''"
      " GROUP BY subscription, collection, hour",
      "sii", account->uuid, (gint64) G_TIME_SPAN_HOUR, first_hour);
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      g_autofree char *subscription = weir_statement_dup_text (statement, 0);
      g_autofree char *collection = weir_statement_dup_text (statement, 1);
      g_autofree char *pair = g_strconcat (subscription, "/", collection, NULL);
      guint hour = (guint) CLAMP (weir_statement_get_int (statement, 2), -1, 24);
      gint64 count = weir_statement_get_int (statement, 3);
      gint64 last_at = weir_statement_get_int (statement, 4);

      count_activity (get_activity (activities, subscription), hour, count, last_at);
      if (collection[0] != '\0')
        count_activity (get_activity (activities, pair), hour, count, last_at);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&activities);
}
