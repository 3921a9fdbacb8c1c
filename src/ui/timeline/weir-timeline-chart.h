/* weir-timeline-chart.h: how many events there were when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* A histogram of the timeline's rows with its legend and its span of time. Signals: "activated" (gint64 start, gint64 end): a
 * bar; "zoomed" (gint64 start, gint64 end): a span was chosen; "zoom-out". */
#define WEIR_TYPE_TIMELINE_CHART (weir_timeline_chart_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineChart, weir_timeline_chart, WEIR, TIMELINE_CHART, AdwBin)

GtkWidget *weir_timeline_chart_new (WeirMonitor *monitor);
void weir_timeline_chart_set_index (WeirTimelineChart *self,
                                    WeirHistoryIndex *index); /* nullable */
/* what the query asks for, µs: G_MININT64 and G_MAXINT64 where it has no bound; both: no zoom */
void weir_timeline_chart_set_zoom (WeirTimelineChart *self, gint64 start, gint64 end);
/* what the bars are made of: "account" or "kind" */
const char *weir_timeline_chart_get_stack (WeirTimelineChart *self);
void weir_timeline_chart_set_stack (WeirTimelineChart *self, const char *stack);
void weir_timeline_chart_set_hatches (WeirTimelineChart *self, GArray *hatches); /* WeirHatch */
void weir_timeline_chart_set_gaps (WeirTimelineChart *self, GPtrArray *gaps);
void weir_timeline_chart_set_width (WeirTimelineChart *self, int width);

G_END_DECLS
