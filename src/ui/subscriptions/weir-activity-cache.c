/* weir-activity-cache.c: what each subscription did in the last day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-activity-cache.h"

/* Events come many a second; the picture of a day does not need to. */
#define DELAY_MS 1500
#define INTERVAL_S 60

struct _WeirActivityCache
{
  GObject parent_instance;

  WeirMonitor *monitor;
  GHashTable *accounts; /* uuid → GHashTable of subscription id → WeirActivity */
  GHashTable *stale;    /* uuid of accounts to be asked for */
  GCancellable *cancellable;
  gboolean active;
  guint delay_id;
  guint interval_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirActivityCache, weir_activity_cache, G_TYPE_OBJECT)

typedef struct
{
  WeirActivityCache *cache; /* owned */
  char *uuid;
} Question;

static void
free_question (Question *question)
{
  g_object_unref (question->cache);
  g_free (question->uuid);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, free_question)

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  GHashTable *activity = weir_history_activity_finish (WEIR_HISTORY (source), result, &error);

  if (activity == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("no activity: %s", error->message);
      return;
    }
  g_hash_table_replace (question->cache->accounts, g_steal_pointer (&question->uuid), activity);
  g_signal_emit (question->cache, signals[CHANGED], 0);
}

static gboolean
ask_cb (gpointer user_data)
{
  WeirActivityCache *self = user_data;
  WeirAccountStore *store = weir_monitor_get_store (self->monitor);
  GHashTableIter iter;
  gpointer uuid;

  self->delay_id = 0;
  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    {
      WeirAccount *account = weir_account_store_find_uuid (store, uuid);
      Question *question;

      if (account == NULL)
        continue;
      question = g_new0 (Question, 1);
      question->cache = g_object_ref (self);
      question->uuid = g_strdup (uuid);
      weir_history_activity_async (weir_monitor_get_history (self->monitor), account,
                                   self->cancellable, answered_cb, question);
    }
  g_hash_table_remove_all (self->stale);

  return G_SOURCE_REMOVE;
}

static void
schedule (WeirActivityCache *self)
{
  if (self->active && self->delay_id == 0 && g_hash_table_size (self->stale) > 0)
    self->delay_id = g_timeout_add (DELAY_MS, ask_cb, self);
}

static void
add_all (WeirActivityCache *self)
{
  GListModel *accounts = G_LIST_MODEL (weir_monitor_get_store (self->monitor));
  guint n = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (accounts, i);

      g_hash_table_add (self->stale, g_strdup (account->uuid));
    }
  schedule (self);
}

/* The hours move on though nothing comes in. */
static gboolean
interval_cb (gpointer user_data)
{
  add_all (user_data);

  return G_SOURCE_CONTINUE;
}

static void
appended_cb (WeirActivityCache *self, WeirAccount *account, guint added)
{
  g_hash_table_add (self->stale, g_strdup (account->uuid));
  schedule (self);
}

static void
weir_activity_cache_dispose (GObject *object)
{
  WeirActivityCache *self = WEIR_ACTIVITY_CACHE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_handle_id (&self->interval_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_activity_cache_parent_class)->dispose (object);
}

static void
weir_activity_cache_finalize (GObject *object)
{
  WeirActivityCache *self = WEIR_ACTIVITY_CACHE (object);

  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->stale);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (weir_activity_cache_parent_class)->finalize (object);
}

static void
weir_activity_cache_class_init (WeirActivityCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_activity_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_activity_cache_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_activity_cache_init (WeirActivityCache *self)
{
  self->cancellable = g_cancellable_new ();
  self->accounts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * weir_activity_cache_new:
 * @monitor: has the accounts and the history
 *
 * Returns: (transfer full): a cache that asks nothing before it is active
 */
WeirActivityCache *
weir_activity_cache_new (WeirMonitor *monitor)
{
  WeirActivityCache *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_ACTIVITY_CACHE, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (monitor, "appended", G_CALLBACK (appended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (weir_monitor_get_store (monitor), "items-changed", G_CALLBACK (add_all),
                           self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * weir_activity_cache_set_active:
 * @self: the cache
 * @active: whether somebody looks
 */
void
weir_activity_cache_set_active (WeirActivityCache *self, gboolean active)
{
  g_return_if_fail (WEIR_IS_ACTIVITY_CACHE (self));

  if (self->active == !!active)
    return;

  self->active = !!active;
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_handle_id (&self->interval_id, g_source_remove);
  if (active)
    {
      self->interval_id = g_timeout_add_seconds (INTERVAL_S, interval_cb, self);
      add_all (self);
      /* the first time at once */
      g_clear_handle_id (&self->delay_id, g_source_remove);
      ask_cb (self);
    }
}

/**
 * weir_activity_cache_get:
 * @self: the cache
 * @subscription: a subscription
 *
 * Returns: (transfer none) (nullable): what it did, if that is known; valid until "changed"
 */
const WeirActivity *
weir_activity_cache_get (WeirActivityCache *self, WeirRecord *subscription)
{
  GHashTable *activity;

  g_return_val_if_fail (WEIR_IS_ACTIVITY_CACHE (self), NULL);

  activity = g_hash_table_lookup (self->accounts, weir_record_get_account (subscription)->uuid);

  return activity != NULL ? g_hash_table_lookup (activity, weir_record_get_id (subscription))
                          : NULL;
}

/**
 * weir_activity_cache_sum:
 * @self: the cache
 * @account: an account
 * @hours: (out caller-allocates): how many events all its subscriptions had in each of the last hours, the last one
 *   is the hour we are in
 *
 * Returns: whether that is known
 */
gboolean
weir_activity_cache_sum (WeirActivityCache *self, WeirAccount *account, guint hours[24])
{
  GHashTable *activity;
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (WEIR_IS_ACTIVITY_CACHE (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);

  memset (hours, 0, 24 * sizeof *hours);
  activity = g_hash_table_lookup (self->accounts, account->uuid);
  if (activity == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, activity);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      for (guint i = 0; i < 24; i++)
        hours[i] += ((WeirActivity *) value)->hours[i];
    }

  return TRUE;
}
