/* weir-account-card.h: how an account is doing, in one row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-activity-cache.h"

G_BEGIN_DECLS

#define WEIR_TYPE_ACCOUNT_CARD (weir_account_card_get_type ())
G_DECLARE_FINAL_TYPE (WeirAccountCard, weir_account_card, WEIR, ACCOUNT_CARD, AdwActionRow)

GtkWidget *weir_account_card_new (WeirSession *session, WeirActivityCache *activity);
WeirSession *weir_account_card_get_session (WeirAccountCard *self);

G_END_DECLS
