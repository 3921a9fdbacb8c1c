/* weir-timeline-diff.h: what came between two looks at the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-index.h"

G_BEGIN_DECLS

/* A run of rows that are new, by their place in the newer answer, the newest event first. */
typedef struct
{
  guint position;
  guint count;
} WeirTimelineRun;

/* (element-type WeirTimelineRun) in the order of positions; NULL if rows are gone or there are too many runs: then all is
 * to be replaced. added (optional): how many rows the newer answer has that the older has not, in any case. Any thread. */
GArray *weir_timeline_diff (WeirHistoryIndex *before, WeirHistoryIndex *after, guint *added);

G_END_DECLS
