/* weir-sidebar-row.c: a row of the sidebar that a screen reader can press
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-sidebar-row.h"

G_DEFINE_TYPE (WeirSidebarRow, weir_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
press_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
weir_sidebar_row_class_init (WeirSidebarRowClass *klass)
{
  weir_sidebar_row_class_install_press (klass);
}

static void
weir_sidebar_row_init (WeirSidebarRow *self)
{
}

/**
 * weir_sidebar_row_new:
 * @name: what it is called
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
weir_sidebar_row_new (const char *name)
{
  GtkWidget *row;

  g_return_val_if_fail (name != NULL, NULL);

  row = g_object_new (WEIR_TYPE_SIDEBAR_ROW, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/**
 * weir_sidebar_row_class_install_press:
 * @klass: the class of the rows
 *
 * Rows of a list box have no action of their own in the accessibility tree of GTK 4.8. Actions of a
 * widget's class are there, the one installed last as the first, and the first is what assistive
 * technology takes for a press: a subclass with actions of its own calls this after installing them.
 */
void
weir_sidebar_row_class_install_press (WeirSidebarRowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "row.press", NULL, press_cb);
}
