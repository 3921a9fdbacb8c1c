/* weir-history-reader.h: what asks the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-memory.h"
#include "weir-history.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

WeirAccount *weir_history_reader_rebuild_account (WeirStatement *row);
GHashTable *weir_history_reader_list_accounts (WeirDatabase *db, GError **error);
GPtrArray *
weir_history_reader_load (WeirMemory *memory, WeirDatabase *db, GArray *ids, GError **error);
GPtrArray *weir_history_reader_find (WeirMemory *memory,
                                     WeirDatabase *db,
                                     WeirAccount *account,
                                     const char *const *event_ids,
                                     GError **error);
gboolean weir_history_reader_get_cursor (WeirDatabase *db,
                                         WeirAccount *account,
                                         const char *stream,
                                         char **cursor,
                                         GError **error);
GPtrArray *weir_history_reader_list_seen (WeirMemory *memory, WeirAccount *account);
GHashTable *weir_history_reader_get_activity (WeirMemory *memory, WeirAccount *account);
GHashTable *weir_history_reader_list_error_states (WeirDatabase *db, GError **error);

G_END_DECLS
