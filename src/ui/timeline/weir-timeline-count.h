/* weir-timeline-count.h: an answer of the history, counted by time and by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-histogram.h"
#include "weir-history-index.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is counted. */
typedef struct
{
  gint64 start;
  gint64 length; /* of a bin, µs */
  guint n_bins;
  /* by account: uuids, and a name for each; NULL: by kind */
  const char *const *uuids;
  const char *const *names;
} WeirTimelineQuestion;

/* names: of the groups; the last one is for all that is in no other. On a worker: the index may have millions of events. */
void weir_timeline_count_async (WeirHistoryIndex *index,
                                const WeirTimelineQuestion *question, /* copied */
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
WeirHistogram *weir_timeline_count_finish (GAsyncResult *result, char ***names, GError **error);

G_END_DECLS
