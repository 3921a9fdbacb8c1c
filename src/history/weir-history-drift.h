/* weir-history-drift.h: what the payloads of each collection look like, and what is new in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-drift.h"
#include "weir-history.h"

G_BEGIN_DECLS

/* Learns from events that came since it was called last, a sample where there are many. Blocks: for a worker thread. Returns how
 * many it looked at, -1 with an error. */
int weir_history_learn_shapes (WeirHistory *self, GCancellable *cancellable, GError **error);

/* (element-type WeirDrift) of all accounts, the latest first */
GPtrArray *weir_history_list_drift (WeirHistory *self, GError **error);
void weir_history_list_drift_async (WeirHistory *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *weir_history_list_drift_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* what it has become is normal from now on; FALSE without an error: there is no such drift (any more) */
gboolean weir_history_accept_drift (WeirHistory *self, gint64 id, GError **error);
void weir_history_accept_drift_async (WeirHistory *self,
                                      gint64 id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean weir_history_accept_drift_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS
