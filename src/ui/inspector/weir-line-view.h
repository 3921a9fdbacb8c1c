/* weir-line-view.h: JSON of any length as lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-json-lines.h"

G_BEGIN_DECLS

#define WEIR_TYPE_LINE_VIEW (weir_line_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirLineView, weir_line_view, WEIR, LINE_VIEW, AdwBin)

GtkWidget *weir_line_view_new (void);
void weir_line_view_set_lines (WeirLineView *self, WeirJsonLines *lines /* nullable */);
guint weir_line_view_get_line (WeirLineView *self); /* the selected one; G_MAXUINT: none */
void weir_line_view_show_line (WeirLineView *self, guint line);

G_END_DECLS
