/* weir-tiles.c: the numbers that sum everything up, beside each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-tiles.h"

#include <glib/gi18n-lib.h>

struct _WeirTiles
{
  AdwBin parent_instance;

  GtkGrid *grid;
  WeirTile *tiles[WEIR_N_TILES];
};

G_DEFINE_FINAL_TYPE (WeirTiles, weir_tiles, ADW_TYPE_BIN)

/* To the first of them: before they are laid out, GTK does not know which one that is. */
static gboolean
weir_tiles_grab_focus (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget)
         && gtk_widget_grab_focus (GTK_WIDGET (WEIR_TILES (widget)->tiles[0]));
}

static void
weir_tiles_class_init (WeirTilesClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = weir_tiles_grab_focus;
}

static void
weir_tiles_init (WeirTiles *self)
{
  static const struct
  {
    const char *title;
    const char *icon_name;
    const char *page;
  } table[WEIR_N_TILES] = {
    [WEIR_TILE_SUBSCRIPTIONS] = { N_ ("Subscriptions"), "weir-subscriptions-symbolic",
                                  "subscriptions" },
    [WEIR_TILE_PULLS] = { N_ ("Pull Runs"), "weir-pulls-symbolic", "pulls" },
    [WEIR_TILE_EVENTS] = { N_ ("Events"), "weir-timeline-symbolic", "timeline" },
    [WEIR_TILE_CONNECTIONS] = { N_ ("Connections"), "weir-connections-symbolic", "connections" },
  };

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 12);
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  /* the bin around them cuts their shadows off otherwise */
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "weir-tiles");
  for (guint i = 0; i < WEIR_N_TILES; i++)
    {
      self->tiles[i] =
          WEIR_TILE (weir_tile_new (_ (table[i].title), table[i].icon_name, table[i].page));
      gtk_grid_attach (self->grid, GTK_WIDGET (self->tiles[i]), (int) i, 0, 1, 1);
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

/**
 * weir_tiles_new:
 *
 * Returns: (transfer floating): all tiles, in one row
 */
GtkWidget *
weir_tiles_new (void)
{
  return g_object_new (WEIR_TYPE_TILES, NULL);
}

/**
 * weir_tiles_get:
 * @self: the tiles
 * @kind: which one
 *
 * Returns: (transfer none): that tile
 */
WeirTile *
weir_tiles_get (WeirTiles *self, WeirTileKind kind)
{
  g_return_val_if_fail (WEIR_IS_TILES (self), NULL);
  g_return_val_if_fail (kind < WEIR_N_TILES, NULL);

  return self->tiles[kind];
}

/**
 * weir_tiles_set_columns:
 * @self: the tiles
 * @columns: how many stand beside each other
 */
void
weir_tiles_set_columns (WeirTiles *self, int columns)
{
  GtkLayoutManager *layout;

  g_return_if_fail (WEIR_IS_TILES (self));
  g_return_if_fail (columns > 0);

  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->grid));
  for (int i = 0; i < WEIR_N_TILES; i++)
    g_object_set (gtk_layout_manager_get_layout_child (layout, GTK_WIDGET (self->tiles[i])),
                  "column", i % columns, "row", i / columns, NULL);
}
