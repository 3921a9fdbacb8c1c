/* weir-fold-row.h: a row of a list box that opens to show the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_TYPE_FOLD_ROW (weir_fold_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (WeirFoldRow, weir_fold_row, WEIR, FOLD_ROW, GtkListBoxRow)

/**
 * WeirFoldRowClass:
 * @fill: puts what the row shows into @body when it is opened for the first time
 */
struct _WeirFoldRowClass
{
  GtkListBoxRowClass parent_class;

  void (*fill) (WeirFoldRow *self, GtkBox *body);
};

void weir_fold_row_set_head (WeirFoldRow *self, GtkWidget *head, const char *name);
gboolean weir_fold_row_is_open (WeirFoldRow *self);
void weir_fold_row_toggle (WeirFoldRow *self);
void weir_fold_row_add_text (GtkBox *body, const char *title, const char *text, gboolean code);

G_END_DECLS
