/* weir-budget.h: keeps the history within its limits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history.h"
#include "weir-limits.h"

G_BEGIN_DECLS

#define WEIR_TYPE_BUDGET (weir_budget_get_type ())
G_DECLARE_FINAL_TYPE (WeirBudget, weir_budget, WEIR, BUDGET, GObject)

/* Once started it looks by itself, soon after a start or a change of the limits and then now and again. What goes is the oldest, a
 * few pages at a time; a gap says where the history of an account begins from then on. */
WeirBudget *weir_budget_new (WeirHistory *history, WeirPreferences *preferences);
void weir_budget_start (WeirBudget *self);
/* now, for all accounts; n_events: (out) that went, also on an error */
void weir_budget_enforce_async (WeirBudget *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean weir_budget_enforce_finish (WeirBudget *self,
                                     GAsyncResult *result,
                                     guint64 *n_events,
                                     GError **error);

G_END_DECLS
