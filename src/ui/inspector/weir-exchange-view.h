/* weir-exchange-view.h: what was asked of an account's server, and what it answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-exchange.h"

G_BEGIN_DECLS

#define WEIR_TYPE_EXCHANGE_VIEW (weir_exchange_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirExchangeView, weir_exchange_view, WEIR, EXCHANGE_VIEW, AdwBin)

GtkWidget *weir_exchange_view_new (void);
void weir_exchange_view_set_log (WeirExchangeView *self, WeirExchangeLog *log); /* (nullable) */

G_END_DECLS
