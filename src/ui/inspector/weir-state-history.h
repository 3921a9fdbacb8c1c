/* weir-state-history.h: what a record was, since when, and what changed just before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Of a subscription, a pull run or a connection; hidden for anything else. Signal "open" (GObject *). */
#define WEIR_TYPE_STATE_HISTORY (weir_state_history_get_type ())
G_DECLARE_FINAL_TYPE (WeirStateHistory, weir_state_history, WEIR, STATE_HISTORY, AdwBin)

GtkWidget *weir_state_history_new (WeirMonitor *monitor);
void weir_state_history_set_object (WeirStateHistory *self, gpointer object);

G_END_DECLS
