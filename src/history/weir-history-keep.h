/* weir-history-keep.h: the pages kept tidy, a few at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-memory.h"
#include "weir-history.h"

G_BEGIN_DECLS

/* Each is one short transaction on the writing connection; did: (out) whether there was something to do. */
gboolean
weir_history_migrate_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error);
gboolean
weir_history_clean_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error);
gboolean weir_history_shrink_step (WeirDatabase *db, gboolean *did, GError **error);
gboolean
weir_history_merge_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error);

/* The oldest pages of [.., before) of an account, 0 for all; adds to trimmed. */
gboolean weir_history_trim_step (WeirMemory *memory,
                                 WeirDatabase *db,
                                 guint account_number,
                                 gint64 before,
                                 WeirTrimResult *trimmed,
                                 gboolean *did,
                                 GError **error);
/* the time before which events must go; G_MININT64: none */
gint64 weir_history_find_cut (WeirMemory *memory,
                              guint account_number,
                              gint64 older_than,
                              guint64 max_bytes);
GArray *weir_history_count (WeirMemory *memory); /* WeirHistoryStats */

G_END_DECLS
