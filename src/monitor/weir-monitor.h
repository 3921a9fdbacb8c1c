/* weir-monitor.h: all accounts, kept fresh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account-store.h"
#include "weir-preferences.h"
#include "weir-recorder.h"
#include "weir-secrets.h"
#include "weir-session.h"
#include "weir-shape-learner.h"
#include "weir-silence.h"

G_BEGIN_DECLS

#define WEIR_TYPE_MONITOR (weir_monitor_get_type ())
G_DECLARE_FINAL_TYPE (WeirMonitor, weir_monitor, WEIR, MONITOR, GObject)

/* Signals: "record-changed" (WeirRecord *) whenever a subscription, pull or connection is new or different;
 * "busy-changed" (WeirRecord *); "appended" (WeirAccount *, guint added): events came into the history. */
WeirMonitor *
weir_monitor_new (WeirAccountStore *store,
                  WeirHistory *history); /* one session an account of the store, as it changes */
WeirAccountStore *weir_monitor_get_store (WeirMonitor *self);
WeirHistory *weir_monitor_get_history (WeirMonitor *self);
WeirRecorder *weir_monitor_get_recorder (WeirMonitor *self);       /* transfer none */
WeirPreferences *weir_monitor_get_preferences (WeirMonitor *self); /* transfer none */
WeirShapeLearner *weir_monitor_get_learner (WeirMonitor *self);    /* transfer none */
WeirSilence *weir_monitor_get_silence (WeirMonitor *self);         /* transfer none */
GListModel *weir_monitor_get_sessions (WeirMonitor *self);         /* WeirSession; transfer none */
WeirSession *weir_monitor_find_session (WeirMonitor *self,
                                        WeirAccount *account); /* transfer none, nullable */
WeirRecordSet *
weir_monitor_get_records (WeirMonitor *self,
                          WeirRecordKind kind); /* SUBSCRIPTION, PULL, CONNECTION; transfer none */
/* also those that a server lists no more, a portion before those in the set */
void weir_monitor_load_older_pulls (WeirMonitor *self);
/* FALSE while no window is open: everything is then asked less often */
void weir_monitor_set_watched (WeirMonitor *self, gboolean watched);
/* what a question of the caller's own has brought: a record written, a connection read again */
void weir_monitor_put (WeirMonitor *self, WeirRecord *record);

/* Does it and puts what came back into the record sets; a pull is then followed to its end. While it runs the record is
 * busy. Nothing is ever repeated by itself. */
gboolean
weir_monitor_can (WeirMonitor *self, WeirAction action, WeirRecord *record, const char **reason);
void weir_monitor_act_async (WeirMonitor *self,
                             WeirAction action,
                             WeirRecord *record,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* weir_provider_result_get_warning() has more on a result that was not all well */
WeirRecord *weir_monitor_act_finish (WeirMonitor *self, GAsyncResult *result, GError **error);
gboolean weir_monitor_is_busy (WeirMonitor *self, WeirRecord *record);

/* a new or edited account: secret NULL keeps the stored one. The account is kept even when the secret cannot be:
 * then the finish returns TRUE and sets *not_kept; *not_removed likewise. */
void weir_monitor_save_account_async (WeirMonitor *self,
                                      WeirAccount *account,
                                      const char *secret,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean weir_monitor_save_account_finish (WeirMonitor *self,
                                           GAsyncResult *result,
                                           GError **not_kept,
                                           GError **error);
void weir_monitor_remove_account_async (WeirMonitor *self,
                                        WeirAccount *account,
                                        gboolean with_history,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean weir_monitor_remove_account_finish (WeirMonitor *self,
                                             GAsyncResult *result,
                                             GError **not_removed,
                                             GError **error);

G_END_DECLS
