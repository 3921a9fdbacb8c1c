/* weir-column-titles.c: what stands above the columns of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-column-titles.h"

#include "weir-appearance.h"

#include <glib/gi18n-lib.h>

/* px around a title */
#define TITLE_PADDING 16

/**
 * weir_column_set_titles:
 * @columns: columns
 * @views: (element-type GtkColumnViewColumn): the same in the same order
 */
void
weir_column_set_titles (const WeirColumn *columns, GPtrArray *views)
{
  for (guint i = 0; i < views->len; i++)
    {
      const char *title = _ (columns[i].title);
      g_autofree char *zoned = columns[i].flags & WEIR_COLUMN_CLOCK
                                   ? weir_appearance_dup_zone_title (title)
                                   : g_strdup (title);

      if (g_strcmp0 (zoned, gtk_column_view_column_get_title (views->pdata[i])) != 0)
        gtk_column_view_column_set_title (views->pdata[i], zoned);
    }
}

/**
 * weir_column_create_menu:
 *
 * Returns: (transfer full): what a click of the second button on a column's title opens
 */
GMenuModel *
weir_column_create_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("Columns…"), "table.columns");

  return G_MENU_MODEL (menu);
}

/**
 * weir_column_title_measure:
 * @title: shows the title of @view
 * @view: a column
 *
 * Returns: how wide the title is at least, in px; one that is not shown has no size and is reckoned
 */
int
weir_column_title_measure (GtkWidget *title, GtkColumnViewColumn *view)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (GTK_IS_WIDGET (title), 0);

  if (gtk_widget_get_visible (title))
    {
      gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      return width;
    }

  layout = gtk_widget_create_pango_layout (title, gtk_column_view_column_get_title (view));
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width + TITLE_PADDING;
}
