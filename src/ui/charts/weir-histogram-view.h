/* weir-histogram-view.h: a histogram, drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-histogram.h"

G_BEGIN_DECLS

/* A span of time that is not completely known: hatched. */
typedef struct
{
  gint64 start; /* µs */
  gint64 end;   /* after start */
} WeirHatch;

/* Bars with the groups on top of each other, in weir-legend.h's colours. A bar says its time and counts when the pointer or
 * the arrow keys are on it. A span is chosen by dragging, or with Shift and the arrow keys and then Enter.
 * Signals: "bins-changed" (guint n): there is room for so many bars, give it a histogram of no more; "activated" (gint64
 * start, gint64 end): a bar was clicked, or Enter pressed on it; "zoomed" (gint64 start, gint64 end): a span was chosen;
 * "zoom-out": Escape, while weir_histogram_view_set_zoomed(). */
#define WEIR_TYPE_HISTOGRAM_VIEW (weir_histogram_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirHistogramView, weir_histogram_view, WEIR, HISTOGRAM_VIEW, GtkWidget)

GtkWidget *weir_histogram_view_new (int height, const char *accessible_name);
guint weir_histogram_view_get_bins (WeirHistogramView *self); /* 0: not laid out yet */
/* histogram (nullable); names: of its groups. Also when the histogram was counted on. */
void weir_histogram_view_set_histogram (WeirHistogramView *self,
                                        WeirHistogram *histogram,
                                        const char *const *names);
void weir_histogram_view_set_hatches (WeirHistogramView *self, GArray *hatches); /* nullable */
void weir_histogram_view_set_zoomed (WeirHistogramView *self, gboolean zoomed);
char *weir_histogram_view_dup_text (WeirHistogramView *self, guint bin); /* what a bar says */

G_END_DECLS
