/* weir-history-states.h: what subscriptions, pull runs and connections were, and since when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-state-change.h"

G_BEGIN_DECLS

#define WEIR_STATES_KEPT 200 /* of one record */
#define WEIR_STATES_DAYS 400 /* but the last of a record stays */

/* states: (element-type WeirStateChange) made by weir_state_change_new(); what is no news is not kept. Returns how many were,
 * plus 1 (0: an error). */
guint weir_history_put_states (WeirHistory *self, GPtrArray *states, GError **error);
void weir_history_put_states_async (WeirHistory *self,
                                    GPtrArray *states,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean weir_history_put_states_finish (WeirHistory *self,
                                         GAsyncResult *result,
                                         guint *added,
                                         GError **error);

/* (element-type WeirStateChange), newest first. account, id: nullable; kind: a WeirRecordKind or -1; since: µs, 0 all; limit: 0 all.
 * Without an id what was seen for the first time is left out: it is no change. */
GPtrArray *weir_history_list_state_changes (WeirHistory *self,
                                            WeirAccount *account,
                                            int kind,
                                            const char *id,
                                            gint64 since,
                                            guint limit,
                                            GError **error);
void weir_history_list_state_changes_async (WeirHistory *self,
                                            WeirAccount *account,
                                            int kind,
                                            const char *id,
                                            gint64 since,
                                            guint limit,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* what changed around it on what it belongs to, and what belongs to that: from span µs before to a minute after */
void weir_history_list_changes_before_async (WeirHistory *self,
                                             WeirStateChange *change,
                                             gint64 span,
                                             guint limit,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* of either */
GPtrArray *
weir_history_list_state_changes_finish (WeirHistory *self, GAsyncResult *result, GError **error);

/* What records of a kind were called last: id → name, of all accounts. */
void weir_history_list_names_async (WeirHistory *self,
                                    WeirRecordKind kind,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GHashTable *
weir_history_list_names_finish (WeirHistory *self, GAsyncResult *result, GError **error);

G_END_DECLS
