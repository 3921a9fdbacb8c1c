/* weir-timeline-ask.h: the history's next answer to a query, and what is new in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-timeline-rows.h"

G_BEGIN_DECLS

typedef struct
{
  WeirHistoryIndex *index;
  /* against the answer before; added NULL: all may be different */
  GArray *added;    /* (nullable) (element-type WeirHistoryRun) by places in index */
  GArray *removed;  /* (nullable) (element-type WeirHistoryRun) by places in the answer before */
  guint64 received; /* how many events were asked: those of the history then */
} WeirTimelineAnswer;

void weir_timeline_answer_free (WeirTimelineAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirTimelineAnswer, weir_timeline_answer_free)

/* before: NULL for a first answer; limit: only the newest so many, 0 all; renew: before was all of it */
gboolean weir_timeline_ask_is_slow (WeirQuery *query); /* nullable */
void weir_timeline_ask_async (WeirHistory *history,
                              WeirQuery *query, /* nullable */
                              WeirHistoryIndex *before,
                              guint limit,
                              gboolean renew,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
WeirTimelineAnswer *
weir_timeline_ask_finish (WeirHistory *history, GAsyncResult *result, GError **error);

G_END_DECLS
