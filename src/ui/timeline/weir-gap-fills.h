/* weir-gap-fills.h: Fill Now, while it runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-monitor.h"
#include "weir-timeline-model.h"

G_BEGIN_DECLS

/* Fills the model's gaps, several at a time if need be, and tells in toasts at the widget what came of it. */
#define WEIR_TYPE_GAP_FILLS (weir_gap_fills_get_type ())
G_DECLARE_FINAL_TYPE (WeirGapFills, weir_gap_fills, WEIR, GAP_FILLS, GObject)

WeirGapFills *
weir_gap_fills_new (WeirMonitor *monitor, WeirTimelineModel *model, GtkWidget *widget);
void weir_gap_fills_toggle (WeirGapFills *self, gint64 id); /* starts; or, while it runs, cancels */
void weir_gap_fills_cancel (WeirGapFills *self);            /* all, in silence */

G_END_DECLS
