/* weir-monitor-pulls.h: pull runs that only the history has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

/* the latest, as an account comes */
void weir_monitor_load_kept_pulls (WeirMonitor *self, WeirAccount *account);

G_END_DECLS
