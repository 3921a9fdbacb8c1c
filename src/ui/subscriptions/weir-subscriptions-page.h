/* weir-subscriptions-page.h: which are alive, which are sick?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-list-page.h"

G_BEGIN_DECLS

#define WEIR_TYPE_SUBSCRIPTIONS_PAGE (weir_subscriptions_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirSubscriptionsPage,
                      weir_subscriptions_page,
                      WEIR,
                      SUBSCRIPTIONS_PAGE,
                      WeirListPage)

G_END_DECLS
