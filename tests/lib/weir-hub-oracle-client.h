/* weir-hub-oracle-client.h: a plain client of the hub's Oracle face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-hub-fixture.h"

G_BEGIN_DECLS

#define WEIR_HUB_ORACLE_LIST "/v1.4/eventSubscriptions"

/* A request below /services/rest/connect with all that is a must. */
SoupMessage *
weir_hub_oracle_client_new (WeirHubFixture *fixture, const char *method, const char *rest);
WeirHubDocument *weir_hub_oracle_client_ask (WeirHubFixture *fixture,
                                             const char *method,
                                             const char *rest,
                                             const char *body,
                                             guint expected);
/* A good body with members of `patch` (JSON) instead. */
char *weir_hub_oracle_client_dup_body (const char *name, const char *patch);
/* id of a new one */
char *weir_hub_oracle_client_make (WeirHubFixture *fixture, const char *name, const char *patch);

G_END_DECLS
