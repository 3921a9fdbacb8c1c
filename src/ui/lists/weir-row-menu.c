/* weir-row-menu.c: what can be done with a table's rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-row-menu.h"

#include <glib/gi18n-lib.h>

/* What cannot be done with the rows is left out: there are platforms that can hardly anything. */
static void
append_possible (GMenu *menu, GMenuModel *section)
{
  g_autoptr (GMenu) possible = g_menu_new ();

  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (section, i);

      g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
      g_menu_append_item (possible, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (possible));
}

/**
 * weir_row_menu_new:
 * @columns: (array length=n_columns): the table's columns
 * @n_columns: their number
 * @model: sections of what can be done
 * @last: (nullable): what cannot be undone, at the end
 *
 * Has besides what a pointer does with the titles of the columns.
 *
 * Returns: (transfer floating): the menu
 */
GtkWidget *
weir_row_menu_new (const WeirColumn *columns, guint n_columns, GMenuModel *model, GMenuModel *last)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (columns[i].title), NULL);

      g_menu_item_set_action_and_target (item, "table.sort", "s", columns[i].id);
      g_menu_append_item (sort, item);
    }
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuModel) part = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);

      append_possible (menu, part);
    }
  g_menu_append_submenu (section, _ ("Sort By"), G_MENU_MODEL (sort));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  if (last != NULL)
    append_possible (menu, last);

  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}
