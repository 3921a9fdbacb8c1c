/* weir-notifier.h: desktop notifications of what goes wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-alerts.h"

G_BEGIN_DECLS

#define WEIR_TYPE_NOTIFIER (weir_notifier_get_type ())
G_DECLARE_FINAL_TYPE (WeirNotifier, weir_notifier, WEIR, NOTIFIER, GObject)

WeirNotifier *weir_notifier_new (GApplication *application, WeirMonitor *monitor);
/* when Weir ends: nobody would withdraw them */
void weir_notifier_withdraw_all (WeirNotifier *self);

/* (element-type WeirTrouble) of one kind; (transfer full) title and body */
char *weir_notifier_dup_title (GPtrArray *troubles, gboolean over);
char *weir_notifier_dup_body (GPtrArray *troubles);

G_END_DECLS
