/* weir-membrane-samples.h: what Membrane's servers say, in the tests of its provider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "membrane/weir-membrane-provider.h"
#include "weir-provider-fixture.h"

#define EXTERNAL "/external-event-subscriptions"
#define APP "/app-event-subscriptions"
#define SINGULAR "/app-event-subscription"
#define PULLS "/external-event-pulls"
#define CONNECTIONS "/connections"
#define JSON_HEADER "Content-Type: application/json\r\n"
#define SUBSCRIPTION(id, status)                                                                   \
  "{\"id\":\"" id "\",\"userId\":\"u\",\"connectionId\":\"c\",\"integrationId\":\"i\","            \
  "\"status\":\"" status "\",\"requiresPull\":true}"
#define APP_SUBSCRIPTION(id, subscribed)                                                           \
  "{\"id\":\"" id "\",\"name\":\"n\",\"userId\":\"u\",\"appEventTypeId\":\"t\","                   \
  "\"isSubscribed\":" subscribed ",\"webhookUri\":\"http://x\",\"subscriptionRequest\":{}}"
#define PULL(id, status, start)                                                                    \
  "{\"id\":\"" id "\",\"externalEventSubscriptionId\":\"s1\",\"connectionId\":\"c\",\"status\":"   \
  "\"" status "\",\"startDatetime\":\"" start "\",\"collectedEventIds\":[]}"
#define CONNECTION(id, more) "{\"id\":\"" id "\",\"name\":\"Shop\",\"connected\":true" more "}"
#define ERROR(key) "{\"type\":\"bad_request\",\"key\":\"" key "\",\"message\":\"m\"}"
#define UNKNOWN_ROUTE "{\"statusCode\":404,\"message\":\"Cannot POST\",\"error\":\"Not Found\"}"

static inline WeirProviderFixture *
create (void)
{
  return weir_provider_fixture_new ("membrane", weir_membrane_provider_new, FALSE);
}

static inline WeirRecord *
make (WeirProviderFixture *f,
      gpointer (*constructor) (WeirAccount *account, WeirJson json, GError **error),
      const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirRecord *record;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  record = constructor (f->account, json, &error);
  g_assert_no_error (error);
  return record;
}

#define make_external(f, text) make (f, (gpointer) weir_subscription_new_external, text)
#define make_app(f, text) make (f, (gpointer) weir_subscription_new_app_event, text)
#define make_connection(f, text) make (f, (gpointer) weir_connection_new, text)
