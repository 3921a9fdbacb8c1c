/* weir-column-layout.h: which columns a table shows, in which order, and how wide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-column-fit.h"

G_BEGIN_DECLS

/* Kept under an id and there again after a restart. Signal "changed": a column was moved, shown or hidden by somebody. */
#define WEIR_TYPE_COLUMN_LAYOUT (weir_column_layout_get_type ())
G_DECLARE_FINAL_TYPE (WeirColumnLayout, weir_column_layout, WEIR, COLUMN_LAYOUT, GObject)

/* columns: array that lives as long as the program; views: (element-type GtkColumnViewColumn) theirs, in the same order */
WeirColumnLayout *
weir_column_layout_new (GtkColumnView *view, const WeirColumn *columns, GPtrArray *views);
void weir_column_layout_set_id (WeirColumnLayout *self, const char *id); /* restores it */
void weir_column_layout_set_width (WeirColumnLayout *self, int width);   /* px there are */
void weir_column_layout_set_accounts (WeirColumnLayout *self, GListModel *accounts);
void weir_column_layout_refit (WeirColumnLayout *self); /* other rows were asked for */
/* what the column's cells have to know; transfer none */
WeirColumnFit *weir_column_layout_get_fit (WeirColumnLayout *self, const WeirColumn *column);

guint weir_column_layout_get_n_columns (WeirColumnLayout *self);
const WeirColumn *weir_column_layout_get_column (WeirColumnLayout *self, guint position);
gboolean weir_column_layout_get_shown (WeirColumnLayout *self, guint position);
void weir_column_layout_set_shown (WeirColumnLayout *self, guint position, gboolean shown);
void weir_column_layout_move (WeirColumnLayout *self, guint from, guint to);
void weir_column_layout_reset (WeirColumnLayout *self);

/* (nullable) by which column it was sorted last */
const char *weir_column_layout_get_sort (WeirColumnLayout *self, gboolean *descending);
void weir_column_layout_keep_sort (WeirColumnLayout *self, const char *column, gboolean descending);

G_END_DECLS
