/* weir-timeline-count.h: an answer of the history, counted by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-histogram.h"
#include "weir-history-index.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is stacked: each account known by its uuid is a group, in this order; a last one is for all others. Immutable. */
typedef struct _WeirTimelineGroups WeirTimelineGroups;

WeirTimelineGroups *weir_timeline_groups_new (const char *const *uuids, const char *const *names);
WeirTimelineGroups *weir_timeline_groups_ref (WeirTimelineGroups *self);
void weir_timeline_groups_unref (WeirTimelineGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirTimelineGroups, weir_timeline_groups_unref)
const char *const *weir_timeline_groups_get_names (WeirTimelineGroups *self);
gboolean weir_timeline_groups_equal (WeirTimelineGroups *a, WeirTimelineGroups *b);

/* on a worker: the index may have millions of events */
void weir_timeline_count_async (WeirHistoryIndex *index,
                                WeirTimelineGroups *groups,
                                gint64 start,
                                gint64 length, /* of a bin, µs */
                                guint n_bins,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
WeirHistogram *weir_timeline_count_finish (GAsyncResult *result, GError **error);

G_END_DECLS
