/* weir-drop-down.c: a drop-down that can be narrower than what is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkDropDown's own takes as much room as its text needs, which large texts may not leave.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-drop-down.h"

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (list_item));

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

/**
 * weir_drop_down_new:
 * @strings: (nullable) (transfer full): what can be chosen, a #GtkStringList
 *
 * Returns: (transfer floating): a drop-down that cuts what is chosen where there is no room for it
 */
GtkDropDown *
weir_drop_down_new (GListModel *strings)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (gtk_drop_down_new (strings, NULL));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  /* its list stays as it is */
  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, factory);
  g_object_unref (factory);

  return drop_down;
}
