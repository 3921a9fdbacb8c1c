/* weir-columns-dialog.h: which columns a table shows, to be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-column-layout.h"

G_BEGIN_DECLS

#define WEIR_TYPE_COLUMNS_DIALOG (weir_columns_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirColumnsDialog, weir_columns_dialog, WEIR, COLUMNS_DIALOG, AdwWindow)

void weir_columns_dialog_present (GtkWidget *table, WeirColumnLayout *layout);

G_END_DECLS
