/* weir-reconnect.h: lets the user sign in to a connection's application again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_RECONNECT (weir_reconnect_get_type ())
G_DECLARE_FINAL_TYPE (WeirReconnect, weir_reconnect, WEIR, RECONNECT, GObject)

void weir_reconnect_run (GtkWidget *from, WeirMonitor *monitor, WeirConnection *connection);

G_END_DECLS
