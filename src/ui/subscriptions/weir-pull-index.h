/* weir-pull-index.h: which subscriptions are being pulled now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Signal "changed": shortly after pulls came, went or ended. */
#define WEIR_TYPE_PULL_INDEX (weir_pull_index_get_type ())
G_DECLARE_FINAL_TYPE (WeirPullIndex, weir_pull_index, WEIR, PULL_INDEX, GObject)

WeirPullIndex *weir_pull_index_new (WeirMonitor *monitor);
/* (transfer none) (nullable): its queued or running pull */
WeirPullRun *weir_pull_index_get_active (WeirPullIndex *self, WeirRecord *subscription);

G_END_DECLS
