/* weir-tiles.h: the numbers that sum everything up, beside each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-tile.h"

G_BEGIN_DECLS

typedef enum
{
  WEIR_TILE_SUBSCRIPTIONS,
  WEIR_TILE_PULLS,
  WEIR_TILE_EVENTS,
  WEIR_TILE_CONNECTIONS,
  WEIR_N_TILES
} WeirTileKind;

#define WEIR_TYPE_TILES (weir_tiles_get_type ())
G_DECLARE_FINAL_TYPE (WeirTiles, weir_tiles, WEIR, TILES, AdwBin)

GtkWidget *weir_tiles_new (void);
WeirTile *weir_tiles_get (WeirTiles *self, WeirTileKind kind);
void weir_tiles_set_columns (WeirTiles *self, int columns);

G_END_DECLS
