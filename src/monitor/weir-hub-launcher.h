/* weir-hub-launcher.h: starts the hub's program and stops it with this one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_HUB_LAUNCHER (weir_hub_launcher_get_type ())
G_DECLARE_FINAL_TYPE (WeirHubLauncher, weir_hub_launcher, WEIR, HUB_LAUNCHER, GObject)

/* Runs `weir-hub --with-parent --demo --listen 127.0.0.1:0 --state-dir …`, reads its line and adds three ephemeral accounts
 * ("Demo Membrane", "Demo Sequin", "Demo Oracle") to the store. Signal "exited" when it ends unasked. Property-like getters below. */
WeirHubLauncher *weir_hub_launcher_new (WeirMonitor *monitor);
void weir_hub_launcher_set_program (WeirHubLauncher *self, const char *path); /* for tests */
void weir_hub_launcher_start_async (WeirHubLauncher *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
weir_hub_launcher_start_finish (WeirHubLauncher *self, GAsyncResult *result, GError **error);
gboolean weir_hub_launcher_is_running (WeirHubLauncher *self);
void weir_hub_launcher_stop (WeirHubLauncher *self); /* and removes the accounts */

G_END_DECLS
