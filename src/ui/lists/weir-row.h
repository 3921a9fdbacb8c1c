/* weir-row.h: a place in a list whose record may be replaced by a newer one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Records are immutable, so news is another object. A view that was given a new object at a position throws away its row,
 * and with it the focus; so views are given rows, which stay. Signal "changed": the item is another one. */
#define WEIR_TYPE_ROW (weir_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirRow, weir_row, WEIR, ROW, GObject)

WeirRow *weir_row_new (gpointer item);
gpointer weir_row_get_item (WeirRow *self);
void weir_row_set_item (WeirRow *self, gpointer item);

guint weir_item_hash (gconstpointer item);
gboolean weir_item_same (gconstpointer a, gconstpointer b);

G_END_DECLS
