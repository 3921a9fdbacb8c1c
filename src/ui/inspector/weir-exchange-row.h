/* weir-exchange-row.h: one request and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-exchange.h"
#include "weir-fold-row.h"

G_BEGIN_DECLS

#define WEIR_TYPE_EXCHANGE_ROW (weir_exchange_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirExchangeRow, weir_exchange_row, WEIR, EXCHANGE_ROW, WeirFoldRow)

GtkWidget *weir_exchange_row_new (WeirExchange *exchange);

G_END_DECLS
