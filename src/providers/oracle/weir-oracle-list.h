/* weir-oracle-list.h: Oracle's event subscriptions over all their pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-walk.h"

G_BEGIN_DECLS

#define WEIR_ORACLE_ROOT "services/rest/connect/v1.4/eventSubscriptions"

void weir_oracle_list_async (WeirProvider *provider,
                             const WeirListFilter *filter,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void weir_oracle_check (WeirProvider *provider, GTask *task);
/* a WeirReadFunc that makes a WeirSubscription */
gpointer weir_oracle_read_one (WeirAccount *account,
                               WeirHttpResponse *response,
                               gpointer data,
                               GError **error);

G_END_DECLS
