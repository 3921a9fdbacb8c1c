/* weir-history-gaps-private.h: the tables of what is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-gaps.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

/* All of them work in the caller's transaction. changed: set to TRUE if something did, else left. */
gboolean weir_history_gaps_keep_page (WeirDatabase *db,
                                      gint64 account,
                                      const WeirHistoryPage *page,
                                      WeirAppendResult *result,
                                      GError **error);
gboolean weir_history_gaps_add (WeirDatabase *db,
                                gint64 account,
                                WeirGap *gap,
                                gboolean *changed,
                                GError **error);
gboolean weir_history_gaps_fill (WeirDatabase *db,
                                 gint64 id,
                                 gint64 from,
                                 gint64 to,
                                 gboolean *changed,
                                 GError **error);
gboolean weir_history_gaps_settle (WeirDatabase *db,
                                   gint64 account,
                                   const char *stream,
                                   const char *subscription,
                                   gint64 since,
                                   GPtrArray *gaps,
                                   gboolean *changed,
                                   GError **error);
GPtrArray *
weir_history_gaps_list (WeirDatabase *db, WeirAccount *account, gboolean open_only, GError **error);
WeirStreamPlace *weir_history_gaps_get_place (WeirDatabase *db,
                                              WeirAccount *account,
                                              const char *stream,
                                              GError **error);

G_END_DECLS
