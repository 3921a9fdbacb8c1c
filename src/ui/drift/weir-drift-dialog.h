/* weir-drift-dialog.h: what has become of the fields of events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_DRIFT_DIALOG (weir_drift_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirDriftDialog, weir_drift_dialog, WEIR, DRIFT_DIALOG, AdwWindow)

/* "win.schema-drift" of a window's class */
void weir_drift_dialog_install_action (GtkWidgetClass *window_class);
/* account (nullable): whose is shown first */
void weir_drift_dialog_present (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account);

G_END_DECLS
