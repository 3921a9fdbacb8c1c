/* weir-sort-keys.h: what rows are sorted by, collated once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-record-list.h"

G_BEGIN_DECLS

/* Of an item (GObject) its key (GRefString, nullable). To forget all: g_hash_table_remove_all() */
GHashTable *weir_sort_keys_new (void);
/* transfer full, nullable: it has no text */
GRefString *weir_sort_keys_dup (GHashTable *self, const WeirSort *sort, gpointer item);
void weir_sort_keys_limit (GHashTable *self, guint n_items);

G_END_DECLS
