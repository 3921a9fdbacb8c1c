/* weir-subscription-columns.h: what the subscriptions' table shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-activity-cache.h"
#include "weir-pull-index.h"
#include "weir-table.h"

G_BEGIN_DECLS

/* The table's user data. */
typedef struct
{
  WeirMonitor *monitor;
  WeirActivityCache *activity;
  WeirPullIndex *pulls;
} WeirSubscriptionContext;

const WeirColumn *weir_subscription_columns (guint *n_columns);
char *weir_subscription_dup_delivery (WeirSubscription *self); /* "Every 5 min" */
char *weir_subscription_dup_kind (WeirSubscription *self);
const char *weir_subscription_get_folded (WeirSubscription *self); /* for searching */

G_END_DECLS
