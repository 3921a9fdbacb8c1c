/* weir-legend.h: the groups of a chart, in colours that are told apart by everybody
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_PALETTE_SIZE 7

/* group: any; they come round again. Readable on a light and on a dark ground. */
void weir_palette_get (guint group, GdkRGBA *color);

#define WEIR_TYPE_LEGEND (weir_legend_get_type ())
G_DECLARE_FINAL_TYPE (WeirLegend, weir_legend, WEIR, LEGEND, GtkWidget)

/* Colour and name of each group, side by side. */
GtkWidget *weir_legend_new (void);
void weir_legend_set_names (WeirLegend *self, const char *const *names);

G_END_DECLS
