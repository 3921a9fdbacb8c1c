/* weir-hub-oracle-client.c: a plain client of the hub's Oracle face
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-oracle-client.h"

/**
 * weir_hub_oracle_client_new:
 * @fixture: a fixture with a hub
 * @method: HTTP method
 * @rest: what follows /services/rest/connect
 *
 * Returns: (transfer full): a request
 */
SoupMessage *
weir_hub_oracle_client_new (WeirHubFixture *fixture, const char *method, const char *rest)
{
  g_autofree char *password =
      weir_hub_store_dup_setting (weir_hub_get_store (fixture->hub), WEIR_HUB_ORACLE_PASSWORD);
  g_autofree char *where = g_strconcat ("/oracle/services/rest/connect", rest, NULL);
  g_autofree char *pair = g_strconcat (WEIR_HUB_ORACLE_USER, ":", password, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);
  SoupMessage *message = weir_hub_fixture_new_message (fixture, method, where);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Authorization", value);
  soup_message_headers_replace (headers, "OSvC-CREST-Application-Context", "A test");
  return message;
}

/**
 * weir_hub_oracle_client_ask:
 * @fixture: a fixture with a hub
 * @method: HTTP method
 * @rest: what follows /services/rest/connect
 * @body: (nullable): JSON
 * @expected: HTTP status
 *
 * Returns: (transfer full): the answer
 */
WeirHubDocument *
weir_hub_oracle_client_ask (WeirHubFixture *fixture,
                            const char *method,
                            const char *rest,
                            const char *body,
                            guint expected)
{
  g_autoptr (SoupMessage) message = weir_hub_oracle_client_new (fixture, method, rest);
  g_autoptr (WeirHubDocument) answer = weir_hub_fixture_exchange (fixture, message, body);

  if (soup_message_get_status (message) != expected)
    g_test_message ("%s %s: %s", method, rest, answer->text);
  g_assert_cmpuint (soup_message_get_status (message), ==, expected);
  return g_steal_pointer (&answer);
}

/**
 * weir_hub_oracle_client_dup_body:
 * @name: name of a subscription
 * @patch: (nullable): members that are to be others, as JSON; null leaves one out
 *
 * Returns: (transfer full): a body that makes a subscription
 */
char *
weir_hub_oracle_client_dup_body (const char *name, const char *patch)
{
  g_autofree char *base = g_strdup_printf (
      "{\"class\":\"Contact\",\"endPoint\":\"https://example.com/hook\",\"eventType\":{\"id\":1},"
      "\"integrationUser\":{\"id\":1},\"name\":\"%s\",\"objectShapeXml\":\"<a><Name/></a>\","
      "\"objectVersion\":{\"lookupName\":\"v1.4\"}}",
      name);

  return weir_hub_json_merge (weir_hub_json_view (base),
                              weir_hub_json_view (patch != NULL ? patch : "{}"));
}

/**
 * weir_hub_oracle_client_make:
 * @fixture: a fixture with a hub
 * @name: name of a subscription
 * @patch: (nullable): members that are to be others, as JSON
 *
 * Returns: (transfer full): its id
 */
char *
weir_hub_oracle_client_make (WeirHubFixture *fixture, const char *name, const char *patch)
{
  g_autofree char *body = weir_hub_oracle_client_dup_body (name, patch);
  g_autoptr (WeirHubDocument) made =
      weir_hub_oracle_client_ask (fixture, "POST", WEIR_HUB_ORACLE_LIST, body, 201);

  return weir_hub_fixture_dup (made, "/id");
}
