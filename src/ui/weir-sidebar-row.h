/* weir-sidebar-row.h: a row of the sidebar that a screen reader can press
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_TYPE_SIDEBAR_ROW (weir_sidebar_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (WeirSidebarRow, weir_sidebar_row, WEIR, SIDEBAR_ROW, GtkListBoxRow)

struct _WeirSidebarRowClass
{
  GtkListBoxRowClass parent_class;
};

GtkWidget *weir_sidebar_row_new (const char *name);
/* for subclasses, at the end of their class_init: what is installed last is the action that is pressed */
void weir_sidebar_row_class_install_press (WeirSidebarRowClass *klass);

G_END_DECLS
