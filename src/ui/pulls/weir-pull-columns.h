/* weir-pull-columns.h: what the pull runs' table shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"
#include "weir-table.h"

G_BEGIN_DECLS

const WeirColumn *weir_pull_columns (guint *n_columns);   /* user data: WeirMonitor */
const char *weir_pull_run_get_folded (WeirPullRun *self); /* for searching */
gint64 weir_pull_run_get_started (WeirPullRun *self);

G_END_DECLS
