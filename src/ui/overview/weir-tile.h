/* weir-tile.h: one number that sums something up, and leads to its page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_TYPE_TILE (weir_tile_get_type ())
G_DECLARE_FINAL_TYPE (WeirTile, weir_tile, WEIR, TILE, GtkButton)

GtkWidget *weir_tile_new (const char *title, const char *icon_name, const char *page);
void weir_tile_set (WeirTile *self, const char *number, const char *detail, const char *css);
void weir_tile_set_hours (WeirTile *self, const guint hours[24]);

G_END_DECLS
