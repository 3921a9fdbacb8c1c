/* weir-cell.h: one cell of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-column-fit.h"

G_BEGIN_DECLS

#define WEIR_TYPE_CELL (weir_cell_get_type ())
G_DECLARE_FINAL_TYPE (WeirCell, weir_cell, WEIR, CELL, GtkWidget)

GtkWidget *weir_cell_new (WeirColumnFit *fit, gpointer user_data, GtkListItem *list_item);
const WeirColumn *weir_cell_get_column (WeirCell *self);
GtkListItem *weir_cell_get_list_item (WeirCell *self);
WeirCell *weir_cell_pick (GtkWidget *view, double x, double y); /* nullable */
void weir_cell_set_row (WeirCell *self, WeirRow *row);          /* NULL: unbound */
void weir_cell_update (WeirCell *self);
void weir_cell_fit (WeirCell *self, gboolean again);     /* has the size that its column asks for */
void weir_cells_fit (GtkWidget *widget, gboolean again); /* all there are in it */
/* FALSE: a row without cells, or with nothing in them */
gboolean weir_cell_describe_row (GtkWidget *row);

G_END_DECLS
