/* weir-timeline-menu.c: what can be done with a row of the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-menu.h"

#include "weir-keys.h"

#include <glib/gi18n-lib.h>

static void
append_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/**
 * weir_timeline_menu_new:
 * @item: a row, which is selected, so that the inspector is about it
 * @fill: (nullable): what filling the gap is called now; %NULL: it cannot be filled
 *
 * Returns: (transfer floating): a menu for it
 */
GtkPopover *
weir_timeline_menu_new (WeirTimelineItem *item, const char *fill)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();
  GtkWidget *popover;

  g_return_val_if_fail (WEIR_IS_TIMELINE_ITEM (item), NULL);

  if (fill != NULL)
    {
      g_autoptr (GMenuItem) entry = g_menu_item_new (fill, NULL);

      g_menu_item_set_action_and_target (entry, "page.fill-gap", "x", item->id);
      g_menu_append_item (first, entry);
    }
  else if (item->gap == NULL)
    {
      weir_keys_append (first, _ ("Pin for Comparison"), "inspector.pin");
      weir_keys_append (copy, _ ("Copy _ID"), "inspector.copy-id");
      weir_keys_append (copy, _ ("Copy as _JSON"), "inspector.copy-json");
      weir_keys_append (copy, _ ("Copy as c_URL"), "inspector.copy-curl");
    }
  append_section (menu, first);
  append_section (menu, copy);
  g_menu_append (last, _ ("Columns…"), "table.columns");
  append_section (menu, last);

  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);

  return GTK_POPOVER (popover);
}
