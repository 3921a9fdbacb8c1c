/* test-weir-hub-membrane.c: the hub's Membrane face, asked by a plain client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-hub-fixture.h"
#include "weir-jwt.h"

#define CREATED "data-record-created"
#define UPDATED "data-record-updated"
#define DELETED "data-record-deleted"

static void
assert_status (WeirHubFixture *fixture, const char *token, const char *where, guint expected)
{
  guint status;
  g_autoptr (WeirHubDocument) answer =
      weir_hub_fixture_send (fixture, "GET", where, token, NULL, &status);

  g_assert_cmpuint (status, ==, expected);
  if (expected == 401)
    {
      weir_hub_fixture_assert (answer, "/type", "bad_request");
      weir_hub_fixture_assert (answer, "/key", "not_authenticated");
    }
}

static char *
sign (WeirHubFixture *fixture, const char *algorithm, const char *claims, const char *secret)
{
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  g_autofree char *key = weir_hub_store_dup_setting (store, WEIR_HUB_WORKSPACE_KEY);
  g_autofree char *own_secret = weir_hub_store_dup_setting (store, WEIR_HUB_WORKSPACE_SECRET);
  g_autofree char *payload = g_strdup_printf ("{\"exp\":%" G_GINT64_FORMAT ",%s\"iss\":\"%s\"}",
                                              weir_clock_now () / G_USEC_PER_SEC + 60, claims, key);
  g_autoptr (GError) error = NULL;
  char *token = weir_jwt_sign (algorithm, payload, secret != NULL ? secret : own_secret, &error);

  g_assert_no_error (error);
  return token;
}

static void
test_tokens (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *admin = sign (fixture, "HS256", "\"isAdmin\":true,", NULL);
  g_autofree char *tenant = sign (fixture, "HS512", "\"id\":\"acme\",", NULL);
  g_autofree char *forged = sign (fixture, "HS256", "\"isAdmin\":true,", "another secret");
  g_autofree char *foreign = sign (fixture, "HS256", "\"workspaceKey\":\"other\",", NULL);
  g_autofree char *in_query = g_strconcat ("/membrane/self?token=", admin, NULL);
  guint status;
  g_autoptr (WeirHubDocument) self = NULL;
  g_autoptr (WeirHubDocument) mine = NULL;
  g_autoptr (WeirHubDocument) all = NULL;

  assert_status (fixture, NULL, "/membrane/self", 401);
  assert_status (fixture, "pat-wrong", "/membrane/self", 401);
  assert_status (fixture, "no.jwt.this", "/membrane/self", 401);
  assert_status (fixture, forged, "/membrane/self", 401);
  assert_status (fixture, foreign, "/membrane/self", 401);
  assert_status (fixture, NULL, in_query, 401);
  assert_status (fixture, admin, "/membrane/self", 200);

  self = weir_hub_fixture_send (fixture, "GET", "/membrane/self", tenant, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  weir_hub_fixture_assert (self, "/internalId", "acme");

  weir_hub_fixture_add_source (fixture, "people", 3600);
  mine = weir_hub_fixture_send (fixture, "GET", "/membrane/external-event-subscriptions", tenant,
                                NULL, &status);
  g_assert_cmpuint (weir_json_count (weir_json_get (mine->json, "items")), ==, 0);
  all = weir_hub_fixture_ask (fixture, "GET", "/external-event-subscriptions", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (all->json, "items")), ==, 3);
}

static void
test_pulls (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = NULL;
  g_autofree char *updated = NULL;
  g_autofree char *deleted = NULL;
  g_autoptr (WeirHubDocument) first = NULL;
  g_autoptr (WeirHubDocument) second = NULL;
  g_autoptr (WeirHubDocument) third = NULL;
  g_autoptr (WeirHubDocument) none = NULL;
  g_autoptr (WeirHubDocument) gone = NULL;
  g_autoptr (WeirHubDocument) events = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  created = weir_hub_fixture_find_subscription (fixture, CREATED);
  updated = weir_hub_fixture_find_subscription (fixture, UPDATED);
  deleted = weir_hub_fixture_find_subscription (fixture, DELETED);

  weir_hub_fixture_answer (fixture, 200,
                           "{\"items\":[{\"id\":9007199254740993,\"name\":\"Ann\",\"p\":83.63},"
                           "{\"id\":\"b\"},{\"id\":\"c\"}]}");
  first = weir_hub_fixture_pull (fixture, created);
  weir_hub_fixture_assert (first, "/status", "success");
  weir_hub_fixture_assert (first, "/isFullScan", "false");
  g_assert_cmpuint (weir_json_count (weir_json_get (first->json, "collectedEventIds")), ==, 3);

  weir_hub_fixture_answer (fixture, 200,
                           "{\"items\":[{\"id\":9007199254740993,\"name\":\"Ann\",\"p\":83.64},"
                           "{\"id\":\"b\"},{\"id\":\"d\"}]}");
  second = weir_hub_fixture_pull (fixture, updated);
  g_assert_cmpuint (weir_json_count (weir_json_get (second->json, "collectedEventIds")), ==, 1);
  third = weir_hub_fixture_pull (fixture, created);
  g_assert_cmpuint (weir_json_count (weir_json_get (third->json, "collectedEventIds")), ==, 1);
  none = weir_hub_fixture_pull (fixture, updated);
  g_assert_cmpuint (weir_json_count (weir_json_get (none->json, "collectedEventIds")), ==, 0);
  gone = weir_hub_fixture_pull (fixture, deleted);
  weir_hub_fixture_assert (gone, "/isFullScan", "true");
  g_assert_cmpuint (weir_json_count (weir_json_get (gone->json, "collectedEventIds")), ==, 1);

  events = weir_hub_fixture_ask (fixture, "GET", "/external-event-log-records", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (events->json, "items")), ==, 6);
  weir_hub_fixture_assert (events, "/items/0/payload/type", "deleted");
  weir_hub_fixture_assert (events, "/items/0/payload/record/id", "c");
  weir_hub_fixture_assert (events, "/items/1/payload/record/id", "d");
  weir_hub_fixture_assert (events, "/items/2/payload/type", "updated");
  weir_hub_fixture_assert (events, "/items/2/payload/record/fields/p", "83.64");
  weir_hub_fixture_assert (events, "/items/2/payload/record/fields/id", "9007199254740993");
  weir_hub_fixture_assert (events, "/items/2/payload/record/name", "Ann");
}

/* How deep the chain of causes goes, and what stands at its end. */
static void
assert_leaf (WeirHubDocument *document, guint depth, const char *member, const char *expected)
{
  g_autoptr (GString) pointer = g_string_new ("/error");

  for (guint i = 0; i < depth; i++)
    g_string_append (pointer, "/causedByError");
  {
    g_autofree char *deeper = g_strconcat (pointer->str, "/causedByError/message", NULL);

    weir_hub_fixture_assert (document, deeper, "");
  }
  g_string_append (pointer, member);
  weir_hub_fixture_assert (document, pointer->str, expected);
}

static void
test_failures (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = NULL;
  g_autofree char *page = NULL;
  g_autofree char *where = NULL;
  g_autofree char *uri = NULL;
  guint status;
  g_autoptr (WeirHubDocument) pull = NULL;
  g_autoptr (WeirHubDocument) subscription = NULL;
  g_autoptr (WeirHubDocument) connections = NULL;
  g_autoptr (WeirHubDocument) answer = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  created = weir_hub_fixture_find_subscription (fixture, CREATED);

  weir_hub_fixture_answer (fixture, 200, "<html>");
  pull = weir_hub_fixture_pull (fixture, created);
  weir_hub_fixture_assert (pull, "/status", "error");
  weir_hub_fixture_assert (pull, "/error/causedByError/causedByError/data/response/data", "<html>");
  assert_leaf (pull, 3, "/type", "connection");
  g_clear_pointer (&pull, weir_hub_document_unref);

  weir_hub_fixture_answer (fixture, 200, "{\"other\":1}");
  pull = weir_hub_fixture_pull (fixture, created);
  assert_leaf (pull, 3, "/message", "There is nothing at “/items” in the answer");
  g_clear_pointer (&pull, weir_hub_document_unref);

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":1},{\"name\":2}]}");
  pull = weir_hub_fixture_pull (fixture, created);
  assert_leaf (pull, 3, "/message", "Record 2 has no string or number at “/id”");
  g_clear_pointer (&pull, weir_hub_document_unref);

  weir_hub_fixture_answer (fixture, 401, "{\"why\":\"token\"}");
  pull = weir_hub_fixture_pull (fixture, created);
  assert_leaf (pull, 2, "/data/response/status", "401");
  assert_leaf (pull, 2, "/data/response/data/why", "token");
  assert_leaf (pull, 2, "/data/request/method", "GET");
  assert_leaf (pull, 2, "/key", "access_token_expired");

  where = g_strconcat ("/external-event-subscriptions/", created, NULL);
  subscription = weir_hub_fixture_ask (fixture, "GET", where, NULL, 200);
  weir_hub_fixture_assert (subscription, "/status", "error");
  weir_hub_fixture_assert (subscription, "/connection/state", "CLIENT_ACTION_REQUIRED");
  weir_hub_fixture_assert (subscription, "/connection/retryAttempts", "4");
  g_clear_pointer (&subscription, weir_hub_document_unref);

  /* A person connects: the connection is well, and what was in error is pulled by itself. */
  connections = weir_hub_fixture_ask (fixture, "GET", "/connections?connected=false", NULL, 200);
  uri = weir_hub_fixture_dup (connections, "/items/0/clientAction/uiUrl");
  answer = weir_hub_fixture_send (fixture, "GET", uri, NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (answer->text, "<button"));
  g_clear_pointer (&answer, weir_hub_document_unref);
  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":1}]}");
  answer = weir_hub_fixture_send (fixture, "POST", uri, NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  weir_hub_fixture_wait (800);
  subscription = weir_hub_fixture_ask (fixture, "GET", where, NULL, 200);
  weir_hub_fixture_assert (subscription, "/status", "subscribed");
  weir_hub_fixture_assert (subscription, "/error", "");
  weir_hub_fixture_assert (subscription, "/connection/state", "READY");
  weir_hub_fixture_assert (subscription, "/connection/clientAction", "");
}

static char *
start_pull (WeirHubFixture *fixture, const char *subscription)
{
  g_autofree char *where =
      g_strdup_printf ("/external-event-subscriptions/%s/pull-events", subscription);
  g_autoptr (WeirHubDocument) pull = weir_hub_fixture_ask (fixture, "POST", where, NULL, 200);

  weir_hub_fixture_assert (pull, "/status", "queued");
  return weir_hub_fixture_dup (pull, "/id");
}

static void
assert_pull (WeirHubFixture *fixture, const char *id, const char *expected)
{
  g_autofree char *where = g_strconcat ("/external-event-pulls/", id, NULL);
  g_autoptr (WeirHubDocument) pull = weir_hub_fixture_ask (fixture, "GET", where, NULL, 200);

  weir_hub_fixture_assert (pull, "/status", expected);
}

static void
test_queue (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = NULL;
  g_autofree char *updated = NULL;
  g_autofree char *deleted = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  g_autofree char *full = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  created = weir_hub_fixture_find_subscription (fixture, CREATED);
  updated = weir_hub_fixture_find_subscription (fixture, UPDATED);
  deleted = weir_hub_fixture_find_subscription (fixture, DELETED);

  fixture->hold = TRUE;
  one = start_pull (fixture, created);
  two = start_pull (fixture, updated);
  three = start_pull (fixture, created);
  full = start_pull (fixture, deleted);
  weir_hub_fixture_wait (100);
  assert_pull (fixture, one, "running");
  assert_pull (fixture, two, "queued");
  assert_pull (fixture, three, "queued");
  assert_pull (fixture, full, "running");

  weir_hub_fixture_release (fixture);
  {
    g_autoptr (WeirHubDocument) last = weir_hub_fixture_wait_for_pull (fixture, three);

    weir_hub_fixture_assert (last, "/status", "success");
  }
  assert_pull (fixture, one, "success");
  assert_pull (fixture, two, "success");
}

static void
test_webhooks (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = NULL;
  g_autofree char *where = NULL;
  g_autofree char *unsubscribe = NULL;
  g_autofree char *uri = NULL;
  guint status;
  g_autoptr (WeirHubDocument) subscription = NULL;
  g_autoptr (WeirHubDocument) answer = NULL;
  g_autoptr (WeirHubDocument) events = NULL;
  g_autoptr (WeirHubDocument) webhooks = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  created = weir_hub_fixture_find_subscription (fixture, CREATED);
  where = g_strconcat ("/external-event-subscriptions/", created, NULL);
  subscription = weir_hub_fixture_ask (fixture, "GET", where, NULL, 200);
  uri = weir_hub_fixture_dup (subscription, "/webhookUri");

  answer = weir_hub_fixture_send (fixture, "PUT", uri, NULL, "[{\"a\":1e400},{\"a\":2}]", &status);
  g_assert_cmpuint (status, ==, 200);
  events = weir_hub_fixture_ask (fixture, "GET", "/external-event-log-records", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (events->json, "items")), ==, 2);
  weir_hub_fixture_assert (events, "/items/1/payload/a", "1e400");

  unsubscribe = g_strconcat (where, "/unsubscribe", NULL);
  weir_hub_document_unref (weir_hub_fixture_ask (fixture, "POST", unsubscribe, NULL, 200));
  weir_hub_document_unref (weir_hub_fixture_send (fixture, "POST", uri, NULL, "{}", &status));
  webhooks = weir_hub_fixture_ask (fixture, "GET", "/incoming-webhooks", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (webhooks->json, "items")), ==, 2);
  weir_hub_fixture_assert (webhooks, "/items/0/status", "error");
  weir_hub_fixture_assert (webhooks, "/items/1/status", "success");
  g_assert_cmpuint (
      weir_json_count (weir_json_pointer (webhooks->json, "/items/1/collectedEventIds", NULL)), ==,
      2);

  uri[strlen (uri) - 1] = 'x';
  weir_hub_document_unref (weir_hub_fixture_send (fixture, "POST", uri, NULL, "{}", &status));
  g_assert_cmpuint (status, ==, 404);
}

/* Of a large post all is taken or nothing, though it is written in steps. */
static void
test_many_app_events (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubDocument) type = weir_hub_fixture_ask (
      fixture, "POST", "/app-event-types",
      "{\"key\":\"order\",\"name\":\"Order\",\"tenantIdFormula\":{\"$var\":\"$.shop\"}}", 200);
  g_autofree char *global = weir_hub_fixture_dup (type, "/globalWebhookUri");
  g_autoptr (GString) many = g_string_new ("[");
  g_autoptr (WeirHubDocument) refused = NULL;
  g_autoptr (WeirHubDocument) taken = NULL;
  g_autoptr (WeirHubDocument) none = NULL;
  g_autoptr (WeirHubDocument) all = NULL;
  guint status;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (many, "{\"shop\":\"s\",\"n\":%u},", i);
  g_string_append (many, "{\"n\":400}]");
  refused = weir_hub_fixture_send (fixture, "POST", global, NULL, many->str, &status);
  g_assert_cmpuint (status, ==, 400);
  none = weir_hub_fixture_ask (fixture, "GET", "/app-events?limit=1000", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (none->json, "items")), ==, 0);

  g_string_truncate (many, many->len - strlen (",{\"n\":400}]"));
  g_string_append_c (many, ']');
  taken = weir_hub_fixture_send (fixture, "POST", global, NULL, many->str, &status);
  g_assert_cmpuint (status, ==, 200);
  all = weir_hub_fixture_ask (fixture, "GET", "/app-events?limit=1000", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (all->json, "items")), ==, 400);
}

static void
test_app_events (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *body = g_strdup_printf (
      "{\"key\":\"order\",\"name\":\"Order\",\"tenantIdFormula\":{\"$var\":\"$.shop\"},"
      "\"subscribeRequest\":{\"uri\":\"%s/hook\",\"method\":\"POST\",\"query\":{\"q\":\"a b\"},"
      "\"body\":{\"url\":{\"$var\":\"$.webhookUri\"},\"who\":\"{{user.internalId}}!\"}}}",
      fixture->app_uri);
  g_autoptr (WeirHubDocument) type =
      weir_hub_fixture_ask (fixture, "POST", "/app-event-types", body, 200);
  g_autoptr (WeirHubDocument) again =
      weir_hub_fixture_ask (fixture, "POST", "/app-event-types", body, 409);
  g_autoptr (WeirHubDocument) made = NULL;
  g_autoptr (WeirHubDocument) subscribed = NULL;
  g_autoptr (WeirHubDocument) refused = NULL;
  g_autoptr (WeirHubDocument) events = NULL;
  g_autofree char *where = NULL;
  g_autofree char *singular = NULL;
  g_autofree char *id = NULL;
  g_autofree char *webhook = NULL;
  g_autofree char *global = NULL;
  g_autofree char *expected = NULL;
  guint status;

  weir_hub_fixture_assert (again, "/key", "already_exists");
  made = weir_hub_fixture_ask (
      fixture, "GET", "/app-event-subscription?appEventTypeKey=order&autoCreate=true", NULL, 200);
  weir_hub_fixture_assert (made, "/isSubscribed", "false");
  id = weir_hub_fixture_dup (made, "/id");
  webhook = weir_hub_fixture_dup (made, "/webhookUri");

  weir_hub_fixture_answer (fixture, 201, "{\"subscription\":7}");
  where = g_strdup_printf ("/app-event-subscriptions/%s/subscribe", id);
  subscribed = weir_hub_fixture_ask (fixture, "POST", where, NULL, 200);
  weir_hub_fixture_assert (subscribed, "/isSubscribed", "true");
  weir_hub_fixture_assert (subscribed, "/subscriptionResponse/status", "201");
  weir_hub_fixture_assert (subscribed, "/subscriptionResponse/data/subscription", "7");
  weir_hub_fixture_assert (subscribed, "/appEventType/key", "order");
  expected = g_strdup_printf ("POST /hook?q=a%%20b {\"url\":\"%s\",\"who\":\"local!\"}", webhook);
  g_assert_cmpuint (fixture->posted->len, ==, 1);
  g_assert_cmpstr (fixture->posted->pdata[0], ==, expected);

  weir_hub_fixture_answer (fixture, 422, "{}");
  singular = g_strdup_printf ("/app-event-subscription/subscribe?id=%s", id);
  refused = weir_hub_fixture_ask (fixture, "POST", singular, NULL, 400);
  weir_hub_fixture_assert (refused, "/type", "connection");
  weir_hub_fixture_assert (refused, "/causedByError/data/response/status", "422");

  global = weir_hub_fixture_dup (type, "/globalWebhookUri");
  weir_hub_document_unref (weir_hub_fixture_send (fixture, "POST", global, NULL,
                                                  "[{\"shop\":\"north\"},{\"shop\":12}]", &status));
  g_assert_cmpuint (status, ==, 200);
  weir_hub_document_unref (
      weir_hub_fixture_send (fixture, "POST", global, NULL, "{\"other\":1}", &status));
  g_assert_cmpuint (status, ==, 400);
  weir_hub_document_unref (
      weir_hub_fixture_send (fixture, "POST", webhook, NULL, "{\"n\":1}", &status));
  g_assert_cmpuint (status, ==, 200);
  events = weir_hub_fixture_ask (fixture, "GET", "/app-events", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (events->json, "items")), ==, 3);
  weir_hub_fixture_assert (events, "/items/0/event/n", "1");
  weir_hub_fixture_assert (events, "/items/0/user/internalId", "local");
  weir_hub_fixture_assert (events, "/items/1/user/internalId", "12");
}

static void
test_lists (WeirHubFixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = { "limit=0", "limit=1001", "limit=x", "cursor=x", "from=soon" };
  g_autoptr (WeirHubDocument) page = NULL;
  g_autoptr (WeirHubDocument) rest = NULL;
  g_autoptr (WeirHubDocument) none = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *next = NULL;
  g_autoptr (WeirHubDocument) missing = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *where = g_strconcat ("/external-event-subscriptions?", bad[i], NULL);
      g_autoptr (WeirHubDocument) answer = weir_hub_fixture_ask (fixture, "GET", where, NULL, 400);

      weir_hub_fixture_assert (answer, "/type", "bad_request");
    }
  page = weir_hub_fixture_ask (
      fixture, "GET", "/external-event-subscriptions?limit=2&cursor=0&hash=-77&userId=", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (page->json, "items")), ==, 2);
  cursor = weir_hub_fixture_dup (page, "/cursor");
  next = g_strdup_printf ("/external-event-subscriptions?limit=2&cursor=%s", cursor);
  rest = weir_hub_fixture_ask (fixture, "GET", next, NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (rest->json, "items")), ==, 1);
  weir_hub_fixture_assert (rest, "/cursor", "");
  weir_hub_fixture_assert (rest, "/items/0/config/type", CREATED);
  none = weir_hub_fixture_ask (fixture, "GET", "/external-event-subscriptions?status=error", NULL,
                               200);
  g_assert_cmpuint (weir_json_count (weir_json_get (none->json, "items")), ==, 0);
  missing = weir_hub_fixture_ask (fixture, "POST", "/external-event-subscriptions/nope/subscribe",
                                  NULL, 404);
  weir_hub_fixture_assert (missing, "/key", "not_found");
}

static void
test_edits (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubDocument) connections = NULL;
  g_autoptr (WeirHubDocument) renamed = NULL;
  g_autoptr (WeirHubDocument) type = NULL;
  g_autoptr (WeirHubDocument) changed = NULL;
  g_autoptr (WeirHubDocument) archived = NULL;
  g_autoptr (WeirHubDocument) restored = NULL;
  g_autoptr (WeirHubDocument) none = NULL;
  g_autofree char *id = NULL;
  g_autofree char *where = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  connections = weir_hub_fixture_ask (fixture, "GET", "/connections", NULL, 200);
  id = weir_hub_fixture_dup (connections, "/items/0/id");
  where = g_strconcat ("/connections/", id, NULL);
  renamed = weir_hub_fixture_ask (fixture, "PATCH", where,
                                  "{\"name\":\"New\",\"meta\":{\"n\":1.50},\"state\":\"X\"}", 200);
  weir_hub_fixture_assert (renamed, "/name", "New");
  weir_hub_fixture_assert (renamed, "/meta/n", "1.50");
  weir_hub_fixture_assert (renamed, "/state", "READY");
  weir_hub_document_unref (weir_hub_fixture_ask (fixture, "PATCH", where, "{\"name\":null}", 400));

  weir_hub_document_unref (weir_hub_fixture_ask (fixture, "DELETE", where, NULL, 200));
  weir_hub_document_unref (weir_hub_fixture_ask (fixture, "PATCH", where, "{}", 400));
  none = weir_hub_fixture_ask (fixture, "GET", "/external-event-subscriptions", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (none->json, "items")), ==, 0);

  type = weir_hub_fixture_ask (fixture, "POST", "/app-event-types",
                               "{\"key\":\"k\",\"name\":\"K\"}", 200);
  changed = weir_hub_fixture_ask (fixture, "PUT", "/app-event-types/k", "{\"name\":\"L\"}", 200);
  weir_hub_fixture_assert (changed, "/name", "L");
  weir_hub_fixture_assert (changed, "/key", "k");
  g_free (id);
  g_free (where);
  id = weir_hub_fixture_dup (type, "/id");
  where = g_strconcat ("/app-event-types/", id, NULL);
  archived = weir_hub_fixture_ask (fixture, "DELETE", where, NULL, 200);
  g_assert_true (weir_hub_document_has (archived, "archivedAt"));
  {
    g_autofree char *restore = g_strconcat (where, "/restore", NULL);

    restored = weir_hub_fixture_ask (fixture, "POST", restore, NULL, 200);
    g_assert_false (weir_hub_document_has (restored, "archivedAt"));
  }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/membrane/tokens", test_tokens },
    { "/hub/membrane/pulls", test_pulls },
    { "/hub/membrane/failures", test_failures },
    { "/hub/membrane/queue", test_queue },
    { "/hub/membrane/webhooks", test_webhooks },
    { "/hub/membrane/app-events", test_app_events },
    { "/hub/membrane/many-app-events", test_many_app_events },
    { "/hub/membrane/lists", test_lists },
    { "/hub/membrane/edits", test_edits },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, weir_hub_fixture_set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  return g_test_run ();
}
