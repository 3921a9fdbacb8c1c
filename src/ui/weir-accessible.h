/* weir-accessible.h: what GTK 4.8 forgets to tell assistive technology
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void weir_accessible_init (void);
/* the list's, and the button's in it that has the focus; the button's tells what is chosen, too */
void weir_accessible_name_drop_down (GtkDropDown *drop_down, const char *name);

/* whatever it would be called otherwise */
void weir_accessible_set_name (GtkWidget *widget, const char *name);

/* text: (nullable) what is to be said of an entry or a row, such as what is wrong in it */
void weir_accessible_set_note (GtkWidget *widget, const char *text, gboolean is_error);

/* the view, the parts it is made of, and its columns' titles */
void weir_accessible_name_table (GtkColumnView *view, const char *name);

/* the row of a list view that the child of one of its items is in: while it is bound */
void weir_accessible_name_row (GtkWidget *child, const char *name);

G_END_DECLS
