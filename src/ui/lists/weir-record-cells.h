/* weir-record-cells.h: cells that tables of all kinds of records have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-table.h"

G_BEGIN_DECLS

/* Functions for a WeirColumn; the user data is not looked at. */
char *weir_record_cell_account (gpointer item, gpointer user_data);
char *weir_record_cell_error (gpointer item, gpointer user_data);         /* the leaf cause */
char *weir_record_cell_error_tooltip (gpointer item, gpointer user_data); /* the whole chain */
void weir_record_cell_error_look (gpointer item, gpointer user_data, WeirCellLook *look);

G_END_DECLS
