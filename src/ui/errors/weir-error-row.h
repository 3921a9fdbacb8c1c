/* weir-error-row.h: an error group in the list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-error-ledger.h"
#include "weir-row.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ERROR_ROW (weir_error_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirErrorRow, weir_error_row, WEIR, ERROR_ROW, AdwBin)

GtkWidget *weir_error_row_new (WeirErrorLedger *ledger);
void weir_error_row_set_row (WeirErrorRow *self, WeirRow *row); /* NULL: unbound */
char *weir_error_row_dup_where (WeirErrorGroup *group);

G_END_DECLS
