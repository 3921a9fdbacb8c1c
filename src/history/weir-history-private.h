/* weir-history-private.h: how the history's questions reach its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-lane.h"
#include "weir-history-memory.h"
#include "weir-history.h"

G_BEGIN_DECLS

/* Each has a connection of its own, so that an append waits for no query, and a row on the screen
 * for no search. */
typedef enum
{
  WEIR_LANE_WRITE,
  WEIR_LANE_SCAN, /* what may look at every event */
  WEIR_LANE_LOAD, /* what looks at a few */
  WEIR_N_LANES,
} WeirLane;

/* what a signal tells of */
typedef enum
{
  WEIR_HISTORY_EVENTS_CHANGED = 1 << 0,
  WEIR_HISTORY_GAPS_CHANGED = 1 << 1,
  WEIR_HISTORY_JOURNAL_CHANGED = 1 << 2,
} WeirHistoryChanges;

void weir_history_queue_changed (WeirHistory *self, WeirHistoryChanges changes);

/* On the writing lane: much was done, so that memory is given back in a moment. */
void weir_history_note_work (WeirHistory *self);

/* For jobs on lanes: what is in memory, as the file is now; NULL with an error. A job's cancellable is the current one. */
WeirMemory *weir_history_get_fresh (WeirHistory *self, WeirDatabase *db, GError **error);
WeirMemory *weir_history_get_settled (WeirHistory *self, WeirDatabase *db, GError **error);
gpointer weir_history_call (WeirHistory *self,
                            WeirLane lane,
                            WeirHistoryJob job,
                            gpointer data,
                            GError **error);
void weir_history_push (WeirHistory *self,
                        WeirLane lane,
                        WeirHistoryJob job,
                        GTask *task, /* transfer full */
                        GDestroyNotify free_result);

G_END_DECLS
