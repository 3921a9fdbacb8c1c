/* weir-alerts.h: watches all accounts for what is worth a notification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-damper.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

/* Hands what it sees to a damper, whose signals say what to tell. */
#define WEIR_TYPE_ALERTS (weir_alerts_get_type ())
G_DECLARE_FINAL_TYPE (WeirAlerts, weir_alerts, WEIR, ALERTS, GObject)

WeirAlerts *weir_alerts_new (WeirMonitor *monitor);
WeirDamper *weir_alerts_get_damper (WeirAlerts *self); /* transfer none */

G_END_DECLS
