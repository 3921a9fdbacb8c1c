/* weir-width-bin.h: lets its child choose another shape when there is less room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for min_width however much the child wants. Signal "width-changed" (int width): soon after it was given another
 * width, outside of the layout, so that the child may be rearranged. */
#define WEIR_TYPE_WIDTH_BIN (weir_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (WeirWidthBin, weir_width_bin, WEIR, WIDTH_BIN, GtkWidget)

/* Properties "child", "min-width" and "natural-width", for templates. */
GtkWidget *weir_width_bin_new (GtkWidget *child, int min_width);
/* what it asks for where there is room; at first as little as possible */
void weir_width_bin_set_natural_width (WeirWidthBin *self, int width);
/* TRUE: the child is higher where it is narrower */
void weir_width_bin_set_wraps (WeirWidthBin *self, gboolean wraps);

/* What decides how much is shown are widths for texts of the usual size; "width-changed" has them, too. */
int weir_width_for_text (int width);
int weir_width_from_text (int width);
gboolean weir_text_is_large (void);
void weir_width_fit_line (GtkBox *line, int width, int least);

G_END_DECLS
