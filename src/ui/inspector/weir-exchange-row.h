/* weir-exchange-row.h: one request and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-exchange.h"

G_BEGIN_DECLS

#define WEIR_TYPE_EXCHANGE_ROW (weir_exchange_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirExchangeRow, weir_exchange_row, WEIR, EXCHANGE_ROW, GtkListBoxRow)

GtkWidget *weir_exchange_row_new (WeirExchange *exchange);
void weir_exchange_row_toggle (WeirExchangeRow *self); /* its headers */

G_END_DECLS
