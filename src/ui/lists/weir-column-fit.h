/* weir-column-fit.h: how much room a column's texts need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-table.h"

G_BEGIN_DECLS

/* What has to be whole if it can be. */
typedef enum
{
  WEIR_FIT_NOTHING, /* each has what its column asks for at least */
  WEIR_FIT_SHORT,   /* times, of which the end is not the least */
  WEIR_FIT_MAIN,    /* and what the rows are of */
  WEIR_FIT_ALL,     /* every text, but of a column that takes all room that is left */
} WeirFitLevel;

/* Signal "changed": its texts need more than before. */
#define WEIR_TYPE_COLUMN_FIT (weir_column_fit_get_type ())
G_DECLARE_FINAL_TYPE (WeirColumnFit, weir_column_fit, WEIR, COLUMN_FIT, GObject)

WeirColumnFit *weir_column_fit_new (const WeirColumn *column); /* which outlives it */
const WeirColumn *weir_column_fit_get_column (WeirColumnFit *self);

/* a text of the column, as widget shows it */
void weir_column_fit_see (WeirColumnFit *self, GtkWidget *widget, const char *text);
void weir_column_fit_see_icon (WeirColumnFit *self);
void weir_column_fit_forget (WeirColumnFit *self); /* all it has seen */
void weir_column_fit_set_apart (WeirColumnFit *self,
                                gboolean apart); /* needed to tell rows apart */
/* whether that changes what follows */
gboolean weir_column_fit_set_level (WeirColumnFit *self, WeirFitLevel level);
guint weir_column_fit_get_min_chars (WeirColumnFit *self);
guint weir_column_fit_get_nat_chars (WeirColumnFit *self);
/* px of a cell, about; widget has the texts' font */
int weir_column_fit_measure (WeirColumnFit *self, WeirFitLevel level, GtkWidget *widget);

guint weir_text_count_chars (GtkWidget *widget, const char *text); /* as GtkInscription counts */

G_END_DECLS
