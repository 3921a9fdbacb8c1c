/* weir-account-dialog.h: adds and edits an account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ACCOUNT_DIALOG (weir_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirAccountDialog, weir_account_dialog, WEIR, ACCOUNT_DIALOG, AdwWindow)

void weir_account_dialog_install_actions (GtkWidgetClass *window_class);
/* account NULL: a new one */
void weir_account_dialog_present (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account);
/* asks whether to, and whether to delete its history as well */
void weir_account_dialog_remove (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account);
/* without a dialog: says so in a toast */
void weir_account_dialog_set_read_only (GtkWindow *parent,
                                        WeirMonitor *monitor,
                                        WeirAccount *account,
                                        gboolean read_only);

G_END_DECLS
