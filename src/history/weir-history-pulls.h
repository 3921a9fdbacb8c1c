/* weir-history-pulls.h: pull runs, also those that their server does not list any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-pull-run.h"

G_BEGIN_DECLS

#define WEIR_PULLS_KEPT 20000 /* of one account */

/* A pull run as its server has it, in full; a change of its status is kept too (weir-history-states.h).
 * pulls: (element-type WeirPullRun); uncertain: they were not looked at for a while */
gboolean
weir_history_put_pulls (WeirHistory *self, GPtrArray *pulls, gboolean uncertain, GError **error);
void weir_history_put_pulls_async (WeirHistory *self,
                                   GPtrArray *pulls,
                                   gboolean uncertain,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean weir_history_put_pulls_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* (element-type WeirPullRun), the latest first. subscription: nullable; before: those that ran before it, µs, 0 all;
 * limit: 0 all */
GPtrArray *weir_history_list_pulls (WeirHistory *self,
                                    WeirAccount *account,
                                    const char *subscription,
                                    gint64 before,
                                    guint limit,
                                    GError **error);
void weir_history_list_pulls_async (WeirHistory *self,
                                    WeirAccount *account,
                                    const char *subscription,
                                    gint64 before,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *weir_history_list_pulls_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS
