/* weir-history-keep.h: the pages kept tidy, a few at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-memory.h"

G_BEGIN_DECLS

/* Each is one short transaction on the writing connection; did: (out) whether there was something to do. */
gboolean
weir_history_migrate_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error);
gboolean
weir_history_clean_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error);
gboolean
weir_history_merge_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error);

G_END_DECLS
