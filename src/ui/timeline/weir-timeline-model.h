/* weir-timeline-model.h: the events of all accounts as rows, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-balance-bar.h"
#include "weir-history.h"
#include "weir-timeline-item.h"

G_BEGIN_DECLS

/* A GListModel of WeirRow, each with a WeirTimelineItem, over an answer of the history, and the gaps at their places in time. A
 * row that is asked for is a placeholder until a worker has loaded its event; no more than some rows are kept.
 *
 * Signals: "about-to-update" (gboolean replaced) and "updated" (gboolean replaced) around each change of the rows: replaced
 * means that no row is the same; "changed": one of the getters has news; "gaps-changed". */
#define WEIR_TYPE_TIMELINE_MODEL (weir_timeline_model_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineModel, weir_timeline_model, WEIR, TIMELINE_MODEL, GObject)

WeirTimelineModel *weir_timeline_model_new (WeirHistory *history);
/* the rows change in this one's frames, at most once in each, while it is seen; not owned */
void weir_timeline_model_set_pacer (WeirTimelineModel *self, GtkWidget *widget);
/* a view's: where those of the rows [first, end) end that it can be told of at once when they go */
typedef guint (*WeirTimelineFindEnd) (guint first, guint end, gpointer user_data);
void weir_timeline_model_set_find_end (WeirTimelineModel *self,
                                       WeirTimelineFindEnd find_end,
                                       gpointer user_data);
/* query (nullable): everything */
void weir_timeline_model_set_query (WeirTimelineModel *self, WeirQuery *query);
WeirQuery *weir_timeline_model_get_query (WeirTimelineModel *self); /* nullable */
void weir_timeline_model_retry (WeirTimelineModel *self);           /* after an error */
/* FALSE: nobody looks, so the history is not asked */
void weir_timeline_model_set_active (WeirTimelineModel *self, gboolean active);
/* FALSE: what comes is held back */
void weir_timeline_model_set_following (WeirTimelineModel *self, gboolean following);
gboolean weir_timeline_model_get_following (WeirTimelineModel *self);
void weir_timeline_model_bring_in (WeirTimelineModel *self); /* what is held back */

/* nullable: what the query finds, also what is held back */
WeirHistoryIndex *weir_timeline_model_get_index (WeirTimelineModel *self);
/* the same without what is held back (transfer full), once there is an index */
void weir_timeline_model_dup_shown_async (WeirTimelineModel *self,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
WeirHistoryIndex *weir_timeline_model_dup_shown_finish (WeirTimelineModel *self,
                                                        GAsyncResult *result);
void weir_timeline_model_get_balance (WeirTimelineModel *self, WeirBalance *balance);
guint64
weir_timeline_model_get_total (WeirTimelineModel *self); /* in the history, whatever the query */
const GError *weir_timeline_model_get_error (WeirTimelineModel *self); /* nullable */
gboolean weir_timeline_model_is_loading (WeirTimelineModel *self); /* the first answer to a query */
gboolean weir_timeline_model_is_partial (WeirTimelineModel *self); /* there will be more rows */

GPtrArray *weir_timeline_model_get_gaps (WeirTimelineModel *self); /* WeirGap, those with a row */
WeirGap *weir_timeline_model_find_gap (WeirTimelineModel *self, gint64 id); /* nullable */
guint weir_timeline_model_find_gap_row (WeirTimelineModel *self, gint64 id);
guint weir_timeline_model_find_gap_version (WeirTimelineModel *self, WeirGap *gap); /* its row */
void weir_timeline_model_renew_gap (WeirTimelineModel *self, gint64 id);
void weir_timeline_model_set_filling (WeirTimelineModel *self, gint64 id, gboolean filling);

/* positions of rows; G_MAXUINT: there is none */
guint weir_timeline_model_find (WeirTimelineModel *self, gint64 time, gint64 id);
guint weir_timeline_model_find_time (WeirTimelineModel *self,
                                     gint64 time); /* the newest before it */
/* what weir_timeline_model_find() finds again: the row's, or for a gap that of the next event */
gboolean
weir_timeline_model_get_mark (WeirTimelineModel *self, guint position, gint64 *time, gint64 *id);

G_END_DECLS
