/* weir-history-search.h: queries put to a history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-index-private.h"

G_BEGIN_DECLS

WeirHistoryIndex *weir_history_search (WeirMemory *memory,
                                       WeirDatabase *db,
                                       WeirQuestion *question,
                                       GCancellable *cancellable,
                                       GError **error);
/* runs: (element-type WeirHistoryRun), NULL: all is new */
WeirHistoryIndex *weir_history_search_again (WeirMemory *memory,
                                             WeirDatabase *db,
                                             WeirHistoryIndex *index,
                                             GArray **runs,
                                             GCancellable *cancellable,
                                             GError **error);
GArray *weir_history_search_new (WeirMemory *memory,
                                 WeirDatabase *db,
                                 WeirQuery *query,
                                 gint64 *last_id,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
