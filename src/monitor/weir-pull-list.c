/* weir-pull-list.c: which of an account's pulls are known, asked for and looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-pull-list.h"

#define OVERLAP (5 * G_TIME_SPAN_MINUTE)

static GPtrArray *
list_of_account (WeirRecordSet *set, WeirAccount *account)
{
  g_autoptr (GPtrArray) all = weir_record_set_list (set);
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (weir_record_get_account (all->pdata[i])->uuid, account->uuid))
      g_ptr_array_add (own, g_object_ref (all->pdata[i]));

  return own;
}

/* One that runs, or has no time as it has just been asked for, is the newest. */
static gint64
get_age_key (WeirPullRun *pull)
{
  gint64 time = weir_pull_run_get_time (pull);

  return time > 0 && !weir_pull_run_is_active (pull) ? time : G_MAXINT64;
}

static int
compare_newest_first (gconstpointer one, gconstpointer other)
{
  gint64 a = get_age_key (*(WeirPullRun *const *) one);
  gint64 b = get_age_key (*(WeirPullRun *const *) other);

  return a > b ? -1 : a < b;
}

static GQuark
get_kept_quark (void)
{
  return g_quark_from_static_string ("weir-pull-list-kept");
}

static guint
get_kept (WeirRecordSet *known)
{
  guint kept = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (known), get_kept_quark ()));

  return MAX (kept, WEIR_PULL_LIST_KEPT);
}

/**
 * weir_pull_list_keep_more:
 * @known: the set of pulls
 *
 * Returns: whether there may be more of them now than before
 */
gboolean
weir_pull_list_keep_more (WeirRecordSet *known)
{
  guint kept = get_kept (known) + WEIR_PULL_LIST_KEPT;

  if (kept > WEIR_PULL_LIST_KEPT_MOST)
    return FALSE;
  g_object_set_qdata (G_OBJECT (known), get_kept_quark (), GUINT_TO_POINTER (kept));

  return TRUE;
}

/**
 * weir_pull_list_find_oldest:
 * @known: the set of pulls
 * @account: whose
 *
 * Returns: when the oldest of the account that is known ran, µs; 0 if none is
 */
gint64
weir_pull_list_find_oldest (WeirRecordSet *known, WeirAccount *account)
{
  g_autoptr (GPtrArray) own = list_of_account (known, account);
  gint64 oldest = 0;

  for (guint i = 0; i < own->len; i++)
    {
      gint64 time = weir_pull_run_get_time (own->pdata[i]);

      if (time > 0 && (oldest == 0 || time < oldest))
        oldest = time;
    }

  return oldest;
}

/**
 * weir_pull_list_merge:
 * @listed: (element-type WeirPullRun) (inout): what the server has listed, or the history
 * @complete: whether the server has no others
 *
 * Adds the pulls of @account in @known to @listed, and leaves the newest thousand, or as
 * many as are asked for. One that is active
 * cannot be missing from a complete list.
 */
void
weir_pull_list_merge (WeirRecordSet *known,
                      WeirAccount *account,
                      GPtrArray *listed,
                      gboolean complete)
{
  g_autoptr (GPtrArray) own = list_of_account (known, account);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < listed->len; i++)
    g_hash_table_add (ids, (char *) weir_record_get_id (listed->pdata[i]));
  for (guint i = 0; i < own->len; i++)
    if (!g_hash_table_contains (ids, weir_record_get_id (own->pdata[i]))
        && !(complete && weir_pull_run_is_active (own->pdata[i])))
      g_ptr_array_add (listed, g_object_ref (own->pdata[i]));

  g_ptr_array_sort (listed, compare_newest_first);
  if (listed->len > get_kept (known))
    g_ptr_array_remove_range (listed, get_kept (known), listed->len - get_kept (known));
}

/**
 * weir_pull_list_add_kept:
 * @known: the set of pulls
 * @account: whose
 * @kept: (element-type WeirPullRun) (inout): what the history has of them
 *
 * Puts into the set what the history knows and the server has not told of. What was active then is
 * left to the server.
 */
void
weir_pull_list_add_kept (WeirRecordSet *known, WeirAccount *account, GPtrArray *kept)
{
  for (guint i = kept->len; i > 0; i--)
    if (weir_pull_run_is_active (kept->pdata[i - 1])
        || weir_record_set_find (known, account, weir_record_get_id (kept->pdata[i - 1])) != NULL)
      g_ptr_array_remove_index_fast (kept, i - 1);

  if (kept->len == 0)
    return;
  weir_pull_list_merge (known, account, kept, FALSE);
  weir_record_set_refresh (known, account, kept);
}

/**
 * weir_pull_list_find_since:
 *
 * Returns: from when on pulls are to be asked for: a little before the newest that is known, or the
 *   oldest that is active
 */
gint64
weir_pull_list_find_since (WeirRecordSet *known, WeirAccount *account)
{
  g_autoptr (GPtrArray) own = list_of_account (known, account);
  gint64 newest = 0, oldest_active = G_MAXINT64;

  for (guint i = 0; i < own->len; i++)
    {
      WeirPullRun *pull = own->pdata[i];

      newest = MAX (newest, pull->start_at);
      if (pull->start_at > 0 && weir_pull_run_is_active (pull))
        oldest_active = MIN (oldest_active, pull->start_at);
    }

  return newest > 0 ? MAX (MIN (newest, oldest_active) - OVERLAP, 1) : 0;
}

/**
 * weir_pull_list_find_active:
 *
 * Returns: (transfer full) (element-type WeirPullRun): those queued or running
 */
GPtrArray *
weir_pull_list_find_active (WeirRecordSet *known, WeirAccount *account)
{
  GPtrArray *own = list_of_account (known, account);

  for (guint i = own->len; i > 0; i--)
    if (!weir_pull_run_is_active (own->pdata[i - 1]))
      g_ptr_array_remove_index_fast (own, i - 1);

  return own;
}

/**
 * weir_pull_list_get_interval:
 * @active: (element-type WeirPullRun): active pulls
 * @first_looks: id → when it was first seen active, monotonic µs; kept from call to call
 *
 * Returns: in how many ms they are to be looked at: one that runs for long changes less often
 */
guint
weir_pull_list_get_interval (GPtrArray *active, GHashTable *first_looks)
{
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 now = g_get_monotonic_time ();
  gint64 youngest = G_MAXINT64;
  GHashTableIter iter;
  gpointer id, time;

  /* Those that have ended are forgotten. */
  g_hash_table_iter_init (&iter, first_looks);
  while (g_hash_table_iter_next (&iter, &id, &time))
    {
      g_hash_table_insert (before, id, time);
      g_hash_table_iter_steal (&iter);
    }

  for (guint i = 0; i < active->len; i++)
    {
      const char *pull = weir_record_get_id (active->pdata[i]);
      const gint64 *known = g_hash_table_lookup (before, pull);
      gint64 *first = g_new (gint64, 1);

      *first = known != NULL ? *known : now;
      youngest = MIN (youngest, now - *first);
      g_hash_table_replace (first_looks, g_strdup (pull), first);
    }

  if (youngest < 2 * G_TIME_SPAN_MINUTE)
    return 1000;
  return youngest < G_TIME_SPAN_HOUR ? 5000 : 30000;
}
