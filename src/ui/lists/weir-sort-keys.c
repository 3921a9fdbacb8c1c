/* weir-sort-keys.c: what rows are sorted by, collated once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Collating is what sorting costs, and what changes most is the filter, at each key that is pressed.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-sort-keys.h"

/* Of items that are gone there may be so many keys. */
#define SLACK 64

static void
release_key (gpointer key)
{
  if (key != NULL)
    g_ref_string_release (key);
}

/**
 * weir_sort_keys_new:
 *
 * Returns: (transfer full): no keys
 */
GHashTable *
weir_sort_keys_new (void)
{
  return g_hash_table_new_full (NULL, NULL, g_object_unref, release_key);
}

/**
 * weir_sort_keys_dup:
 * @self: the keys
 * @sort: has a text; always the same until all keys are removed
 * @item: an item
 *
 * Returns: (transfer full) (nullable): its text, collated; %NULL if it has none
 */
GRefString *
weir_sort_keys_dup (GHashTable *self, const WeirSort *sort, gpointer item)
{
  g_autofree char *text = NULL;
  g_autofree char *collated = NULL;
  gpointer key = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sort->text != NULL, NULL);

  if (g_hash_table_lookup_extended (self, item, NULL, &key))
    return key != NULL ? g_ref_string_acquire (key) : NULL;

  text = sort->text (item, sort->user_data);
  if (text != NULL && text[0] != '\0')
    {
      /* as file names: "orders 9" before "orders 10" */
      collated = g_utf8_collate_key_for_filename (text, -1);
      key = g_ref_string_new (collated);
    }
  g_hash_table_insert (self, g_object_ref (item), key);

  return key != NULL ? g_ref_string_acquire (key) : NULL;
}

/**
 * weir_sort_keys_limit:
 * @self: the keys
 * @n_items: how many items there are
 *
 * Forgets all if many are of items that are gone.
 */
void
weir_sort_keys_limit (GHashTable *self, guint n_items)
{
  g_return_if_fail (self != NULL);

  if (g_hash_table_size (self) > 2 * n_items + SLACK)
    g_hash_table_remove_all (self);
}
