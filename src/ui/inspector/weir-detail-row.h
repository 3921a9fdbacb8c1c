/* weir-detail-row.h: a label and a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-details.h"

G_BEGIN_DECLS

#define WEIR_TYPE_DETAIL_ROW (weir_detail_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirDetailRow, weir_detail_row, WEIR, DETAIL_ROW, GtkListBoxRow)

/* detail: lives until the next weir_detail_row_set_detail() */
GtkWidget *weir_detail_row_new (const WeirDetail *detail);
const WeirDetail *weir_detail_row_get_detail (WeirDetailRow *self);
void weir_detail_row_set_detail (WeirDetailRow *self, const WeirDetail *detail);
void weir_detail_row_set_busy (WeirDetailRow *self, gboolean busy);

G_END_DECLS
