/* weir-error-ledger.h: the errors that are known now, by cause, and what was decided about them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-error-group.h"
#include "weir-error-lifecycle.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

/* A GListModel of WeirErrorGroup over the subscriptions, pulls and connections of the monitor; a group that has changed is
 * another object at the same place. Signals: "changed": groups or their states are new; "reveal" (WeirErrorGroup *):
 * somebody wants to see it. */
#define WEIR_TYPE_ERROR_LEDGER (weir_error_ledger_get_type ())
G_DECLARE_FINAL_TYPE (WeirErrorLedger, weir_error_ledger, WEIR, ERROR_LEDGER, GObject)

WeirErrorLedger *weir_error_ledger_get (WeirMonitor *monitor); /* transfer full: one a monitor */
WeirErrorLifecycle weir_error_ledger_get_lifecycle (WeirErrorLedger *self, WeirErrorGroup *group);
void weir_error_ledger_set_lifecycle (WeirErrorLedger *self,
                                      WeirErrorGroup *group,
                                      WeirErrorLifecycle lifecycle);
guint weir_error_ledger_count (WeirErrorLedger *self, WeirErrorLifecycle lifecycle);
void weir_error_ledger_reveal (WeirErrorLedger *self, WeirErrorGroup *group);

G_END_DECLS
