/* weir-bulk-dialog.h: shows what will be done with many records, then how it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-bulk.h"

G_BEGIN_DECLS

#define WEIR_TYPE_BULK_DIALOG (weir_bulk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WeirBulkDialog, weir_bulk_dialog, WEIR, BULK_DIALOG, AdwWindow)

void weir_bulk_dialog_present (GtkWindow *parent, WeirBulk *bulk);

G_END_DECLS
