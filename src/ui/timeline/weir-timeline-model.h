/* weir-timeline-model.h: the events of all accounts as rows, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"

G_BEGIN_DECLS

/* A GListModel of WeirRow, each with a WeirTimelineItem, over an answer of the history. A row that is asked for is a
 * placeholder until a worker has loaded its event; no more than some rows are kept.
 *
 * Signals: "about-to-update" and "updated" around each change of the rows; "changed": one of the getters has news. */
#define WEIR_TYPE_TIMELINE_MODEL (weir_timeline_model_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineModel, weir_timeline_model, WEIR, TIMELINE_MODEL, GObject)

WeirTimelineModel *weir_timeline_model_new (WeirHistory *history);
/* query (nullable): everything */
void weir_timeline_model_set_query (WeirTimelineModel *self, WeirQuery *query);
WeirQuery *weir_timeline_model_get_query (WeirTimelineModel *self); /* nullable */
/* FALSE: nobody looks, so the history is not asked */
void weir_timeline_model_set_active (WeirTimelineModel *self, gboolean active);
/* FALSE: what comes is held back */
void weir_timeline_model_set_following (WeirTimelineModel *self, gboolean following);
gboolean weir_timeline_model_get_following (WeirTimelineModel *self);
void weir_timeline_model_bring_in (WeirTimelineModel *self); /* what is held back */

WeirHistoryIndex *weir_timeline_model_get_index (WeirTimelineModel *self); /* nullable: the rows */
guint weir_timeline_model_get_held (WeirTimelineModel *self);
guint
weir_timeline_model_get_total (WeirTimelineModel *self); /* in the history, whatever the query */
const GError *weir_timeline_model_get_error (WeirTimelineModel *self); /* nullable */
gboolean weir_timeline_model_is_loading (WeirTimelineModel *self); /* the first answer to a query */

/* positions of rows; G_MAXUINT: there is none */
guint weir_timeline_model_find (WeirTimelineModel *self, gint64 time, gint64 id);
guint weir_timeline_model_find_time (WeirTimelineModel *self,
                                     gint64 time); /* the newest before it */
gint64 weir_timeline_model_get_time (WeirTimelineModel *self, guint position);
gint64 weir_timeline_model_get_id (WeirTimelineModel *self, guint position);

G_END_DECLS
