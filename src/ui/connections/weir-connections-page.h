/* weir-connections-page.h: who needs a hand?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-list-page.h"

G_BEGIN_DECLS

#define WEIR_TYPE_CONNECTIONS_PAGE (weir_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirConnectionsPage,
                      weir_connections_page,
                      WEIR,
                      CONNECTIONS_PAGE,
                      WeirListPage)

G_END_DECLS
