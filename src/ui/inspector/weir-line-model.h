/* weir-line-model.h: JSON's lines as a list, with a run of them selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-json-lines.h"

G_BEGIN_DECLS

/* What is longer is cut in the list; it is copied and saved whole. */
#define WEIR_LINE_MAX_BYTES 1000

#define WEIR_TYPE_LINE (weir_line_get_type ())
G_DECLARE_FINAL_TYPE (WeirLine, weir_line, WEIR, LINE, GObject)

const char *weir_line_get_text (WeirLine *self); /* ends in "…" if it is cut */
guint weir_line_get_number (WeirLine *self);     /* from 0 on */

/* A GtkSelectionModel: one row, or all from one to another, however many there are. */
#define WEIR_TYPE_LINE_MODEL (weir_line_model_get_type ())
G_DECLARE_FINAL_TYPE (WeirLineModel, weir_line_model, WEIR, LINE_MODEL, GObject)

WeirLineModel *weir_line_model_new (WeirJsonLines *lines);
WeirJsonLines *weir_line_model_get_lines (WeirLineModel *self);
gboolean weir_line_model_get_selected (WeirLineModel *self, guint *first, guint *count);

G_END_DECLS
