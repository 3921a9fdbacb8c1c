/* weir-timeline-status.h: why there are no rows in the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"
#include "weir-timeline-model.h"

G_BEGIN_DECLS

#define WEIR_TYPE_TIMELINE_STATUS (weir_timeline_status_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineStatus, weir_timeline_status, WEIR, TIMELINE_STATUS, AdwBin)

GtkWidget *weir_timeline_status_new (WeirMonitor *monitor, WeirTimelineModel *model);
void weir_timeline_status_update (WeirTimelineStatus *self);

G_END_DECLS
