/* weir-row-focus.h: the keyboard stays at its row while a list's rows are replaced
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A view whose row with the focus goes away hands that on to whatever is next in the window. */
typedef struct _WeirRowFocus WeirRowFocus;

/* where the row is now; G_MAXUINT: it is gone */
typedef guint (*WeirRowFind) (WeirRow *row, gpointer user_data);

WeirRowFocus *
weir_row_focus_new (GtkWidget *list, GListModel *rows, WeirRowFind find, gpointer user_data);
void weir_row_focus_free (WeirRowFocus *self);
void weir_row_focus_mark (GtkWidget *child, GtkListItem *list_item); /* what the item shows */
guint weir_row_focus_get_position (WeirRowFocus *self);              /* G_MAXUINT: not in a row */
gboolean weir_row_focus_is_seen (WeirRowFocus *self);
void weir_row_focus_move (WeirRowFocus *self, guint position);
void weir_row_focus_restore (WeirRowFocus *self); /* once the rows are new */
gboolean weir_row_focus_grab (WeirRowFocus *self, GtkSelectionModel *selected);
void weir_row_focus_cell_changed (GtkWidget *row, gboolean news);
gboolean weir_row_focus_enter (GtkWidget *view); /* for what has the list in it */

G_END_DECLS
