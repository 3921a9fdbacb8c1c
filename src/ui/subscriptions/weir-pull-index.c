/* weir-pull-index.c: which subscriptions are being pulled now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-pull-index.h"

#define DELAY_MS 100

struct _WeirPullIndex
{
  GObject parent_instance;

  GListModel *pulls;
  GHashTable *active; /* "uuid/subscription" → WeirPullRun */
  guint delay_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirPullIndex, weir_pull_index, G_TYPE_OBJECT)

static void
rebuild (WeirPullIndex *self)
{
  guint n = g_list_model_get_n_items (self->pulls);

  g_hash_table_remove_all (self->active);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirPullRun) pull = g_list_model_get_item (self->pulls, i);
      WeirAccount *account = weir_record_get_account (WEIR_RECORD (pull));
      char *key;
      WeirPullRun *other;

      if (pull->subscription == NULL || !weir_pull_run_is_active (pull))
        continue;

      /* what runs says more than what waits behind it */
      key = g_strconcat (account->uuid, "/", pull->subscription, NULL);
      other = g_hash_table_lookup (self->active, key);
      if (other != NULL && g_str_equal (other->status, "running"))
        g_free (key);
      else
        g_hash_table_replace (self->active, key, g_object_ref (pull));
    }
}

static gboolean
delay_cb (gpointer user_data)
{
  WeirPullIndex *self = user_data;

  self->delay_id = 0;
  rebuild (self);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
items_changed_cb (WeirPullIndex *self)
{
  if (self->delay_id == 0)
    self->delay_id = g_timeout_add (DELAY_MS, delay_cb, self);
}

static void
weir_pull_index_dispose (GObject *object)
{
  WeirPullIndex *self = WEIR_PULL_INDEX (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_object (&self->pulls);

  G_OBJECT_CLASS (weir_pull_index_parent_class)->dispose (object);
}

static void
weir_pull_index_finalize (GObject *object)
{
  g_hash_table_unref (WEIR_PULL_INDEX (object)->active);

  G_OBJECT_CLASS (weir_pull_index_parent_class)->finalize (object);
}

static void
weir_pull_index_class_init (WeirPullIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_pull_index_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_pull_index_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_pull_index_init (WeirPullIndex *self)
{
  self->active = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * weir_pull_index_new:
 * @monitor: has the pulls
 *
 * Returns: (transfer full): the index
 */
WeirPullIndex *
weir_pull_index_new (WeirMonitor *monitor)
{
  WeirPullIndex *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_PULL_INDEX, NULL);
  self->pulls = g_object_ref (G_LIST_MODEL (weir_monitor_get_records (monitor, WEIR_RECORD_PULL)));
  g_signal_connect_object (self->pulls, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);

  return self;
}

/**
 * weir_pull_index_get_active:
 * @self: the index
 * @subscription: a subscription
 *
 * Returns: (transfer none) (nullable): its pull that is running, else the one that is queued
 */
WeirPullRun *
weir_pull_index_get_active (WeirPullIndex *self, WeirRecord *subscription)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (WEIR_IS_PULL_INDEX (self), NULL);

  if (g_hash_table_size (self->active) == 0)
    return NULL;
  key = g_strconcat (weir_record_get_account (subscription)->uuid, "/",
                     weir_record_get_id (subscription), NULL);

  return g_hash_table_lookup (self->active, key);
}
