/* weir-timeline-view.h: the timeline's rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"
#include "weir-timeline-model.h"

G_BEGIN_DECLS

/* A column view that stays where it is while rows come in; at the top it shows what is new. Signals: "selected"
 * (GObject *, nullable): a WeirEvent, also when it is loaded, or the WeirTimelineItem of a gap; "activate" (WeirEvent *);
 * "scrolled": at-top may be another. */
#define WEIR_TYPE_TIMELINE_VIEW (weir_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineView, weir_timeline_view, WEIR, TIMELINE_VIEW, AdwBin)

GtkWidget *weir_timeline_view_new (WeirTimelineModel *model, WeirMonitor *monitor);
/* what is selected and what is on top, from one start to the next */
void weir_timeline_view_save (WeirTimelineView *self, GVariantDict *state);
void weir_timeline_view_restore (WeirTimelineView *self, GVariantDict *state);
void weir_timeline_view_choose_columns (WeirTimelineView *self); /* asks in a dialog */
/* what it will have once it is laid out */
void weir_timeline_view_expect_width (WeirTimelineView *self, int width);
void weir_timeline_view_scroll_to (WeirTimelineView *self, guint position, gboolean select);
gboolean weir_timeline_view_is_at_top (WeirTimelineView *self);
gboolean weir_timeline_view_is_at_end (WeirTimelineView *self);
gboolean weir_timeline_view_goes_on (WeirTimelineView *self); /* as rows come on top */
void weir_timeline_view_scroll_to_top (WeirTimelineView *self);

G_END_DECLS
