/* weir-notify-actions.h: what notifications lead to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"
#include "weir-window.h"

G_BEGIN_DECLS

/* Adds "app.show-record" (kind, account, id), "app.pull-now" and "app.reconnect" (account, id). */
void weir_notify_actions_add (GtkApplication *application);
WeirWindow *weir_notify_actions_open_window (GtkApplication *application); /* nullable */

G_END_DECLS
