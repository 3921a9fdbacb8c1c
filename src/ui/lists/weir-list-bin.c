/* weir-list-bin.c: around a list box that is one stop for Tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tab goes from row to row of a GtkListBox, and selects each: who only passes a list of pages would see them all. Later
 * GTK has its property “tab-behavior” for that.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-list-bin.h"

struct _WeirListBin
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirListBin, weir_list_bin, ADW_TYPE_BIN)

/* From its row Tab leads through what is in the row, and then out. */
static gboolean
weir_list_bin_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *list = adw_bin_get_child (ADW_BIN (widget));
  GtkWidget *row = list != NULL ? gtk_widget_get_focus_child (list) : NULL;

  if (row != NULL && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return gtk_widget_child_focus (row, direction);

  return GTK_WIDGET_CLASS (weir_list_bin_parent_class)->focus (widget, direction);
}

static void
weir_list_bin_class_init (WeirListBinClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = weir_list_bin_focus;
}

static void
weir_list_bin_init (WeirListBin *self)
{
}

/**
 * weir_list_bin_new:
 * @list: (transfer floating): a list whose rows are gone along by arrow keys
 *
 * Returns: (transfer floating): what to put in place of @list
 */
GtkWidget *
weir_list_bin_new (GtkListBox *list)
{
  g_return_val_if_fail (GTK_IS_LIST_BOX (list), NULL);

  return g_object_new (WEIR_TYPE_LIST_BIN, "child", list, NULL);
}
