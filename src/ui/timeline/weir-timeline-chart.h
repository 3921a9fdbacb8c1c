/* weir-timeline-chart.h: how many events there were when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* A histogram of the timeline's rows with its legend and its span of time. Signal "activated" (gint64 start, gint64 end). */
#define WEIR_TYPE_TIMELINE_CHART (weir_timeline_chart_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineChart, weir_timeline_chart, WEIR, TIMELINE_CHART, AdwBin)

GtkWidget *weir_timeline_chart_new (WeirMonitor *monitor);
void weir_timeline_chart_set_index (WeirTimelineChart *self,
                                    WeirHistoryIndex *index); /* nullable */

G_END_DECLS
