/* weir-activity-cache.h: what each subscription did in the last day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Asked of the history for every account, again when events came in and each minute. Signal "changed". */
#define WEIR_TYPE_ACTIVITY_CACHE (weir_activity_cache_get_type ())
G_DECLARE_FINAL_TYPE (WeirActivityCache, weir_activity_cache, WEIR, ACTIVITY_CACHE, GObject)

WeirActivityCache *weir_activity_cache_new (WeirMonitor *monitor);
void weir_activity_cache_set_active (WeirActivityCache *self, gboolean active);
/* (nullable) */
const WeirActivity *weir_activity_cache_get (WeirActivityCache *self, WeirRecord *subscription);
/* all of an account together, by hour; FALSE: not known yet */
gboolean weir_activity_cache_sum (WeirActivityCache *self, WeirAccount *account, guint hours[24]);

G_END_DECLS
