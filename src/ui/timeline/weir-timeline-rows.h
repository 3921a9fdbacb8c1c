/* weir-timeline-rows.h: which event or gap stands in which row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-gap.h"
#include "weir-history-index.h"
#include "weir-history-numbers.h"

G_BEGIN_DECLS

/* The events of an index, but for those that are hidden, and gaps between them: the newest is row 0. A gap stands above what
 * is older than its end. All costs are of the number of gaps and hidden runs, none of the number of events. */
typedef struct _WeirTimelineRows WeirTimelineRows;

WeirTimelineRows *weir_timeline_rows_new (void);
void weir_timeline_rows_free (WeirTimelineRows *self);

/* hidden (nullable) (element-type WeirHistoryRun): in the order of positions, not overlapping */
void weir_timeline_rows_set_index (WeirTimelineRows *self, WeirHistoryIndex *index, GArray *hidden);
void weir_timeline_rows_show (WeirTimelineRows *self, guint place, guint count);
void weir_timeline_rows_hide (WeirTimelineRows *self, guint place, guint count);
/* how many events from a place on are neighbours in rows, too: no gap stands between them */
guint weir_timeline_rows_count_unbroken (WeirTimelineRows *self, guint place, guint count);
void weir_timeline_rows_add_gap (WeirTimelineRows *self, WeirGap *gap);
void weir_timeline_rows_remove_gap (WeirTimelineRows *self, gint64 id);

WeirHistoryIndex *weir_timeline_rows_get_index (WeirTimelineRows *self); /* nullable */
/* returns its events that are not hidden, a WeirHistoryIndex; task: transfer full */
void weir_timeline_rows_dup_shown (WeirTimelineRows *self, GTask *task);
guint weir_timeline_rows_get_length (WeirTimelineRows *self);
guint weir_timeline_rows_get_n_hidden (WeirTimelineRows *self);
GArray *weir_timeline_rows_get_hidden (WeirTimelineRows *self);
GPtrArray *weir_timeline_rows_get_gaps (WeirTimelineRows *self); /* WeirGap, by time */

/* row → gap, or NULL and its event's place in the index */
WeirGap *weir_timeline_rows_get (WeirTimelineRows *self, guint row, guint *place);
/* place → row; that of the next older event that is seen if it is hidden; G_MAXUINT: none */
guint weir_timeline_rows_find (WeirTimelineRows *self, guint place);
guint weir_timeline_rows_find_gap (WeirTimelineRows *self, gint64 id); /* G_MAXUINT: none */

gint64 weir_timeline_gap_get_time (WeirGap *gap); /* by which it is in the order */

/* What was hidden, in a newer index that has the added runs more: those are hidden, too. */
GArray *weir_timeline_runs_merge (GArray *hidden, GArray *added);
/* What was hidden, in a newer index that has the removed runs less. */
GArray *weir_timeline_runs_cut (GArray *hidden, GArray *removed);

G_END_DECLS
