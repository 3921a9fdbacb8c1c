/* weir-journal-dialog.h: all that Weir changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_JOURNAL_DIALOG (weir_journal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirJournalDialog, weir_journal_dialog, WEIR, JOURNAL_DIALOG, AdwWindow)

/* "win.journal" of a window's class */
void weir_journal_dialog_install_action (GtkWidgetClass *window_class);
void weir_journal_dialog_present (GtkWindow *parent, WeirMonitor *monitor);

G_END_DECLS
