/* weir-history-writer.h: what changes the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-memory.h"
#include "weir-history.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

gboolean weir_history_writer_append (WeirDatabase *db,
                                     WeirMemory *memory,
                                     WeirAccount *account,
                                     const WeirHistoryPage *page,
                                     WeirAppendResult *result,
                                     GError **error);
gboolean weir_history_writer_put_account (WeirDatabase *db,
                                          WeirAccount *account,
                                          gint64 *number,
                                          GError **error);
gboolean
weir_history_writer_rename_account (WeirDatabase *db, WeirAccount *account, GError **error);
gboolean weir_history_writer_remove_account (WeirDatabase *db, const char *uuid, GError **error);
gboolean weir_history_writer_set_error_state (WeirDatabase *db,
                                              const char *group,
                                              const char *state,
                                              gint64 seen_at,
                                              GError **error);

G_END_DECLS
