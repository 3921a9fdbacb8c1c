/* weir-timeline-diff.h: what came and went between two answers of the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-timeline-rows.h"

G_BEGIN_DECLS

/* Any thread. Walks both: for when the history does not know what was removed. FALSE: there are too many runs. */
gboolean weir_timeline_diff (WeirHistoryIndex *before /* nullable */,
                             WeirHistoryIndex *after,
                             GArray **added /* (element-type WeirHistoryRun) of after */,
                             GArray **removed /* (element-type WeirHistoryRun) of before */);

G_END_DECLS
