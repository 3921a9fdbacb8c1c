/* weir-history-index.c: an answer to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-index.h"

struct _WeirHistoryIndex
{
  GObject parent_instance;

  GArray *entries;      /* WeirHistoryEntry */
  GHashTable *accounts; /* number → WeirAccount */
};

G_DEFINE_FINAL_TYPE (WeirHistoryIndex, weir_history_index, G_TYPE_OBJECT)

static void
weir_history_index_finalize (GObject *object)
{
  WeirHistoryIndex *self = WEIR_HISTORY_INDEX (object);

  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->accounts, g_hash_table_unref);

  G_OBJECT_CLASS (weir_history_index_parent_class)->finalize (object);
}

static void
weir_history_index_class_init (WeirHistoryIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = weir_history_index_finalize;
}

static void
weir_history_index_init (WeirHistoryIndex *self)
{
}

/**
 * weir_history_index_new:
 * @entries: (transfer full) (element-type WeirHistoryEntry): sorted by time, then id
 * @accounts: (transfer full): account number → #WeirAccount
 *
 * Returns: (transfer full): the index
 */
WeirHistoryIndex *
weir_history_index_new (GArray *entries, GHashTable *accounts)
{
  WeirHistoryIndex *self = g_object_new (WEIR_TYPE_HISTORY_INDEX, NULL);

  self->entries = entries;
  self->accounts = accounts;

  return self;
}

/**
 * weir_history_index_get_length:
 * @self: an index
 *
 * Returns: the number of events
 */
guint
weir_history_index_get_length (WeirHistoryIndex *self)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);

  return self->entries->len;
}

/**
 * weir_history_index_get_id:
 * @self: an index
 * @position: less than the length
 *
 * Returns: the event's row id, for weir_history_load(); it grows in the order of arrival
 */
gint64
weir_history_index_get_id (WeirHistoryIndex *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);
  g_return_val_if_fail (position < self->entries->len, 0);

  return g_array_index (self->entries, WeirHistoryEntry, position).id;
}

/**
 * weir_history_index_get_time:
 * @self: an index
 * @position: less than the length
 *
 * Returns: when the event occurred, in µs since 1970
 */
gint64
weir_history_index_get_time (WeirHistoryIndex *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);
  g_return_val_if_fail (position < self->entries->len, 0);

  return g_array_index (self->entries, WeirHistoryEntry, position).time;
}

/**
 * weir_history_index_get_group:
 * @self: an index
 * @position: less than the length
 *
 * Returns: the number of the event's account in this history
 */
guint
weir_history_index_get_group (WeirHistoryIndex *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);
  g_return_val_if_fail (position < self->entries->len, 0);

  return g_array_index (self->entries, WeirHistoryEntry, position).group;
}

/**
 * weir_history_index_get_account:
 * @self: an index
 * @group: what weir_history_index_get_group() gave
 *
 * Returns: (transfer none) (nullable): the account as the history knows it, also one removed since
 */
WeirAccount *
weir_history_index_get_account (WeirHistoryIndex *self, guint group)
{
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), NULL);

  return g_hash_table_lookup (self->accounts, GUINT_TO_POINTER (group));
}

/**
 * weir_history_index_find_time:
 * @self: an index
 * @time: µs since 1970
 *
 * Returns: the first position at or after @time; the length if there is none
 */
guint
weir_history_index_find_time (WeirHistoryIndex *self, gint64 time)
{
  guint low = 0, high;

  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (self), 0);

  high = self->entries->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->entries, WeirHistoryEntry, middle).time < time)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}
