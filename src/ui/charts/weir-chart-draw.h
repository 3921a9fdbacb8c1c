/* weir-chart-draw.h: what all drawn charts have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* what the labels of an axis need, px, and what a line above the chart does: more with large texts */
int weir_chart_get_axis (void);
int weir_chart_get_top (void);
/* A widget's colours, with so much of their own alpha. */
void weir_chart_get_color (GtkWidget *widget, float alpha, GdkRGBA *color);
void weir_chart_get_named_color (GtkWidget *widget, const char *name, float alpha, GdkRGBA *color);
/* where a time stands, px; right to left where the language goes so */
double weir_chart_get_x (GtkWidget *widget, gint64 time, gint64 start, gint64 end);
void weir_chart_append_text (GtkWidget *widget,
                             GtkSnapshot *snapshot,
                             const char *text,
                             double x,
                             double y,
                             double align,
                             float alpha);
/* at the widget's foot, with ticks from top on */
void weir_chart_append_axis (GtkWidget *widget,
                             GtkSnapshot *snapshot,
                             gint64 start,
                             gint64 end,
                             int top);
/* which zone the axis is in, at the end of the first line */
void weir_chart_append_zone (GtkWidget *widget, GtkSnapshot *snapshot, gint64 time);
/* stripes from edge to edge, of one slope whatever the area; back: the other way */
void weir_chart_append_stripes (GtkSnapshot *snapshot,
                                const graphene_rect_t *area,
                                const GdkRGBA *stripe,
                                const GdkRGBA *ground,
                                gboolean back);

G_END_DECLS
