/* weir-history-append.h: a page of events taken in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-memory.h"
#include "weir-history.h"

G_BEGIN_DECLS

/* In the transaction that @db is in: known events are found, the others become pages. Memory is as the file is before,
 * and is refreshed by the caller after the commit. changed: (element-type guint32) events whose bytes changed. */
gboolean weir_history_append_events (WeirMemory *memory,
                                     WeirDatabase *db,
                                     guint account_number,
                                     const WeirHistoryPage *page,
                                     WeirAppendResult *result,
                                     GArray *changed,
                                     GError **error);

G_END_DECLS
