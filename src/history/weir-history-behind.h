/* weir-history-behind.h: what is made of events behind their arrival
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-lane.h"
#include "weir-history-memory.h"

G_BEGIN_DECLS

/* Of each page a filter of its words, so that a search passes over pages without them. In the main context, but for what
 * says otherwise. It works in small steps and keeps nobody alive. */
typedef struct _WeirBehind WeirBehind;

/* reads: a lane of its own; writes: the one that writes; both must outlive it */
WeirBehind *weir_behind_new (WeirMemory *memory,
                             WeirHistoryLane *reads,
                             WeirHistoryLane *writes,
                             GMainContext *context);
void weir_behind_free (WeirBehind *self);
void weir_behind_look (WeirBehind *self); /* goes to work if there is any */
void weir_behind_note_append (
    WeirBehind *self); /* any thread: leaves more time for others for a while */
guint64 weir_behind_get_n_done (WeirBehind *self); /* any thread: events in pages that are done */

G_END_DECLS
