/* weir-oracle-dialog.h: makes and changes an Oracle event subscription
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ORACLE_DIALOG (weir_oracle_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirOracleDialog, weir_oracle_dialog, WEIR, ORACLE_DIALOG, AdwWindow)

/* subscription NULL: a new one */
void weir_oracle_dialog_present (GtkWindow *parent,
                                 WeirMonitor *monitor,
                                 WeirSubscription *subscription);

G_END_DECLS
