/* weir-state-bar.h: the lasting trouble of an account, with its remedy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_STATE_BAR (weir_state_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirStateBar, weir_state_bar, WEIR, STATE_BAR, AdwBin)

void weir_state_bar_set_monitor (WeirStateBar *self, WeirMonitor *monitor);

G_END_DECLS
