/* test-weir-membrane-provider.c: Membrane's lists, subscriptions and connections on the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "membrane/weir-membrane-provider.h"
#include "weir-clock.h"
#include "weir-provider-fixture.h"
#include "weir-time.h"

#include <string.h>

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

static WeirProviderFixture *
create (void)
{
  return weir_provider_fixture_new ("membrane", weir_membrane_provider_new, FALSE);
}

static WeirRecord *
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

static void
ask_check (WeirProviderFixture *f)
{
  weir_provider_fixture_check (f);
}

static void
ask_subscriptions (WeirProviderFixture *f)
{
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
}

static void
ask_pulls (WeirProviderFixture *f)
{
  weir_provider_fixture_list (f, WEIR_RECORD_PULL, NULL);
}

static void
ask_connection (WeirProviderFixture *f)
{
  weir_provider_fixture_get (f, WEIR_RECORD_CONNECTION, "c1");
}

static void
ask_subscription (WeirProviderFixture *f)
{
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "s1");
}

static void
test_faults (void)
{
  static const struct
  {
    const char *path;
    WeirProviderAsk ask;
  } questions[] = {
    { "/self", ask_check },
    { EXTERNAL, ask_subscriptions },
    { PULLS, ask_pulls },
    { EXTERNAL "/s1", ask_subscription },
    { CONNECTIONS "/c1", ask_connection },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    weir_provider_fixture_test_faults ("membrane", weir_membrane_provider_new, questions[i].path,
                                       TRUE, questions[i].ask);
}

static void
test_cancel (void)
{
  weir_provider_fixture_test_cancel ("membrane", weir_membrane_provider_new, "/self", ask_check);
  weir_provider_fixture_test_cancel ("membrane", weir_membrane_provider_new, EXTERNAL,
                                     ask_subscriptions);
  weir_provider_fixture_test_cancel ("membrane", weir_membrane_provider_new, EXTERNAL "/s1",
                                     ask_subscription);
}

static void
test_check (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, "/self", 200, "{\"id\":\"u1\",\"name\":\"Ada\"}");
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->text, ==, "Ada");
  weir_provider_fixture_assert_request (f, "/self", 0, "GET", "/self", NULL);
  weir_provider_fixture_assert_header (f, "/self", 0, "membrane-api-version", "2025-10-21");
}

/* A token of the whole workspace has no tenant to be. */
static void
test_check_of_workspace (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, "/self", 404, ERROR ("not_found"));
  weir_provider_fixture_answer (f, EXTERNAL, 200, "{\"items\":[]}");
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, EXTERNAL, 0, "GET", EXTERNAL "?limit=1", NULL);
}

static void
test_once (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, "/self", 503, "");
  weir_provider_fixture_check (f);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNREACHABLE);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/self"), ==, 1);
}

/* Two lists are one, page after page; what cannot be read is counted, what comes twice is there once. */
static void
test_list (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (
      f, EXTERNAL, 200,
      "{\"items\":[" SUBSCRIPTION ("s1", "subscribed") ",null,{}],"
                                                       "\"cursor\":\"a b+\"}");
  weir_provider_fixture_answer (f, EXTERNAL, 200,
                                "{\"items\":[" SUBSCRIPTION ("s1", "error") "," SUBSCRIPTION (
                                    "s2", "unsubscribed") "],\"cursor\":\"\"}");
  weir_provider_fixture_answer (f, APP, 200,
                                "{\"items\":[" APP_SUBSCRIPTION ("a1", "true") "],"
                                                                               "\"cursor\":null}");
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, EXTERNAL, 0, "GET", EXTERNAL "?limit=1000", NULL);
  weir_provider_fixture_assert_request (f, EXTERNAL, 1, "GET",
                                        EXTERNAL "?limit=1000&cursor=a%20b%2B", NULL);
  weir_provider_fixture_assert_request (f, APP, 0, "GET", APP "?limit=1000", NULL);
  g_assert_cmpuint (f->records->len, ==, 3);
  g_assert_cmpstr (weir_record_get_id (f->records->pdata[0]), ==, "s1");
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->records->pdata[2])->kind, ==, "app-event");
  g_assert_nonnull (f->warning);
  g_assert_nonnull (strchr (f->warning, '2'));
}

static void
test_filters (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  WeirListFilter pulls = { .subscription = "s1",
                           .connection = "c",
                           .status = "error",
                           .tenant = "t&1",
                           .since = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC,
                           .limit = 2 };
  WeirListFilter subscriptions = { .connection = "c", .integration = "i", .status = "Error" };

  /* This server keeps to none of it. */
  weir_provider_fixture_answer (
      f, PULLS, 200,
      "{\"items\":[" PULL ("p1", "success", "2023-11-15T00:00:00Z") "," PULL ("p2", "error", "2023-11-15T00:00:00Z") "," PULL (
          "p3", "error",
          "2023-11-14T00:00:00Z") "," PULL ("p4", "error",
                                            "2023-11-16T00:00:00Z") "," PULL ("p5", "error",
                                                                              "2023-11-17T00:00:00Z") "],"
                                                                                                      "\"cursor\":"
                                                                                                      "\"x\"}");
  weir_provider_fixture_list (f, WEIR_RECORD_PULL, &pulls);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (
      f, PULLS, 0, "GET",
      PULLS "?limit=2&externalEventSubscriptionId=s1&connectionId=c&status=error&tenantId=t%261"
            "&from=2023-11-14T22%3A13%3A20.000Z",
      NULL);
  g_assert_cmpuint (weir_fault_server_count (f->server, PULLS), ==, 1);
  g_assert_cmpuint (f->records->len, ==, 2);
  g_assert_cmpstr (weir_record_get_id (f->records->pdata[0]), ==, "p2");
  g_assert_cmpstr (weir_record_get_id (f->records->pdata[1]), ==, "p4");

  /* App event subscriptions have no connection: they are not asked for. */
  weir_provider_fixture_answer (
      f, EXTERNAL, 200,
      "{\"items\":[" SUBSCRIPTION ("s1", "subscribed") "," SUBSCRIPTION ("s2", "error") "]}");
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, &subscriptions);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (
      f, EXTERNAL, 0, "GET", EXTERNAL "?limit=1000&connectionId=c&integrationId=i&status=Error",
      NULL);
  g_assert_cmpuint (f->records->len, ==, 1);
  g_assert_cmpuint (weir_fault_server_count (f->server, APP), ==, 0);

  subscriptions.integration = "another";
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, &subscriptions);
  g_assert_cmpuint (f->records->len, ==, 0);
}

static void
test_half_a_list (void)
{
  static const guint refusals[] = { 403, 404 };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirProviderFixture) g = create ();

      weir_provider_fixture_answer (f, EXTERNAL, refusals[i], "");
      weir_provider_fixture_answer (f, APP, 200,
                                    "{\"items\":[" APP_SUBSCRIPTION ("a1", "true") "]}");
      weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
      g_assert_no_error (f->error);
      g_assert_cmpuint (f->records->len, ==, 1);
      g_assert_nonnull (f->warning);

      weir_provider_fixture_answer (g, EXTERNAL, 200, "{\"items\":[]}");
      weir_provider_fixture_answer (g, APP, refusals[i], "");
      weir_provider_fixture_list (g, WEIR_RECORD_SUBSCRIPTION, NULL);
      g_assert_no_error (g->error);
      g_assert_cmpuint (g->records->len, ==, 0);
      g_assert_nonnull (g->warning);
    }
}

static void
test_half_a_list_failed (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EXTERNAL, 200, "{\"items\":[]}");
  weir_provider_fixture_answer (f, APP, 501, "");
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_SERVER);
}

static void
test_endless_list (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, CONNECTIONS, 200,
                                "{\"items\":[" CONNECTION ("c1", "") "],\"cursor\":\"more\"}");
  weir_provider_fixture_list (f, WEIR_RECORD_CONNECTION, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->records->len, ==, 1);
  g_assert_nonnull (f->warning);
  g_assert_cmpuint (weir_fault_server_count (f->server, CONNECTIONS), ==, 2);
}

static void
test_large_list (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (body, "%s{\"id\":\"c%u\",\"name\":\"Shop %u\"}", i > 0 ? "," : "", i,
                            i);
  g_string_append (body, "]}");
  weir_provider_fixture_answer (f, CONNECTIONS, 200, body->str);
  weir_provider_fixture_list (f, WEIR_RECORD_CONNECTION, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->records->len, ==, 1000);
}

static void
test_plain_records (void)
{
  static const struct
  {
    WeirRecordKind kind;
    const char *path;
  } kinds[] = {
    { WEIR_RECORD_INTEGRATION, "/integrations" },
    { WEIR_RECORD_APP_EVENT_TYPE, "/app-event-types" },
    { WEIR_RECORD_INCOMING_WEBHOOK, "/incoming-webhooks" },
    { WEIR_RECORD_FLOW_RUN, "/flow-runs" },
    { WEIR_RECORD_TENANT, "/customers" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autofree char *one = g_strconcat (kinds[i].path, "/x%2F1", NULL);

      weir_provider_fixture_answer (
          f, kinds[i].path, 200, "{\"items\":[{\"id\":\"1\",\"name\":\"One\"},{\"key\":\"k\"}]}");
      weir_provider_fixture_answer (f, one, 200, "{\"id\":\"x/1\"}");
      weir_provider_fixture_list (f, kinds[i].kind, NULL);
      g_assert_no_error (f->error);
      /* Integrations that were made automatically have a key and no id. */
      g_assert_cmpuint (f->records->len, ==, kinds[i].kind == WEIR_RECORD_INTEGRATION ? 2 : 1);
      g_assert_cmpstr (weir_record_get_name (f->records->pdata[0]), ==, "One");
      weir_provider_fixture_get (f, kinds[i].kind, "x/1");
      g_assert_no_error (f->error);
      g_assert_cmpstr (weir_record_get_id (f->record), ==, "x/1");
      weir_provider_fixture_assert_request (f, one, 0, "GET", one, NULL);
    }
}

static void
test_get (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EXTERNAL "/s1", 200, SUBSCRIPTION ("s1", "error"));
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "s1");
  g_assert_no_error (f->error);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "error");

  weir_provider_fixture_answer (f, APP "/a1", 200, APP_SUBSCRIPTION ("a1", "false"));
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "a1");
  g_assert_no_error (f->error);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "unsubscribed");
  weir_provider_fixture_assert_request (f, EXTERNAL "/a1", 0, "GET", EXTERNAL "/a1", NULL);
  weir_provider_fixture_assert_request (f, APP "/a1", 0, "GET", APP "/a1", NULL);

  weir_provider_fixture_answer (f, SINGULAR, 200, APP_SUBSCRIPTION ("a 2", "true"));
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "a 2");
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, SINGULAR, 0, "GET", SINGULAR "?id=a%202", NULL);

  weir_provider_fixture_answer (f, CONNECTIONS "/c1", 200, CONNECTION ("c1", ""));
  weir_provider_fixture_get (f, WEIR_RECORD_CONNECTION, "c1");
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, CONNECTIONS "/c1", 0, "GET",
                                        CONNECTIONS "/c1?includeSecrets=false", NULL);
}

static void
test_get_nothing (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EXTERNAL "/x", 404, ERROR ("not_found"));
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "x");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
  g_assert_cmpstr (weir_provider_error_get_data (f->error)->key, ==, "not_found");
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "..");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
  g_assert_cmpuint (weir_fault_server_count (f->server, EXTERNAL "/.."), ==, 0);
}

static void
test_external_actions (void)
{
  static const struct
  {
    WeirAction action;
    const char *path;
  } actions[] = {
    { WEIR_ACTION_SUBSCRIBE, EXTERNAL "/s1/subscribe" },
    { WEIR_ACTION_UNSUBSCRIBE, EXTERNAL "/s1/unsubscribe" },
    { WEIR_ACTION_RESUBSCRIBE, EXTERNAL "/s1/resubscribe" },
    { WEIR_ACTION_SETUP, EXTERNAL "/s1/setup" },
    { WEIR_ACTION_REFRESH_WEBHOOK, EXTERNAL "/s1/refresh-webhook" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));

      weir_provider_fixture_answer (f, actions[i].path, 201, SUBSCRIPTION ("s1", "subscribed"));
      weir_provider_fixture_answer (f, EXTERNAL "/s1", 200, SUBSCRIPTION ("s1", "error"));
      weir_provider_fixture_act (f, actions[i].action, record);
      g_assert_no_error (f->error);
      g_assert_null (f->warning);
      weir_provider_fixture_assert_request (f, actions[i].path, 0, "POST", actions[i].path, NULL);
      weir_provider_fixture_assert_header (f, actions[i].path, 0, "membrane-api-version",
                                           "2025-10-21");
      /* What refresh-webhook answers is not documented: that one is read back. */
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==,
                       actions[i].action == WEIR_ACTION_REFRESH_WEBHOOK ? "error" : "subscribed");
    }
}

/* Whatever else a 2xx holds, the record is read back. */
static void
test_read_back (void)
{
  static const char *const answers[] = {
    "",
    "{}",
    "null",
    "[]",
    "{\"id\":\"s1\",\"success\":true}",
    SUBSCRIPTION ("another", "error"),
    "{\"id\":\"s1\",\"status\":\"subs",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));

      weir_provider_fixture_answer (f, EXTERNAL "/s1/subscribe", 200, answers[i]);
      weir_provider_fixture_answer (f, EXTERNAL "/s1", 200, SUBSCRIPTION ("s1", "subscribed"));
      weir_provider_fixture_answer (f, EXTERNAL "/s1", 403, ERROR ("access_denied"));
      weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
      g_assert_no_error (f->error);
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "subscribed");

      /* Done all the same, if that fails. */
      weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
      g_assert_no_error (f->error);
      g_assert_true (f->record == record);
      g_assert_nonnull (f->warning);
      g_assert_cmpuint (weir_fault_server_count (f->server, EXTERNAL "/s1/subscribe"), ==, 2);
    }
}

/* Never twice, whatever the answer. */
static void
test_no_repetition (void)
{
  static const struct
  {
    WeirFault fault;
    guint status;
    const char *body;
    WeirProviderError expected;
  } faults[] = {
    { WEIR_FAULT_NONE, 404, ERROR ("not_found"), WEIR_PROVIDER_ERROR_NOT_FOUND },
    { WEIR_FAULT_NONE, 409, ERROR ("already_exists"), WEIR_PROVIDER_ERROR_REFUSED },
    { WEIR_FAULT_NONE, 429, "{}", WEIR_PROVIDER_ERROR_THROTTLED },
    { WEIR_FAULT_NONE, 500, "{\"type\":\"internal\",\"message\":\"m\"}",
      WEIR_PROVIDER_ERROR_SERVER },
    { WEIR_FAULT_NONE, 503, "", WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_NONE, 200, "<!doctype html>", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_CLOSE, 200, "", WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_TRUNCATE, 200, SUBSCRIPTION ("s1", "error"), WEIR_PROVIDER_ERROR_UNREACHABLE },
  };
  static const WeirAction actions[] = { WEIR_ACTION_SUBSCRIBE, WEIR_ACTION_PULL };
  static const char *const paths[] = { EXTERNAL "/s1/subscribe", EXTERNAL "/s1/pull-events" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint j = 0; j < G_N_ELEMENTS (actions); j++)
      {
        g_autoptr (WeirProviderFixture) f = create ();
        g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));

        weir_fault_server_add (f->server, paths[j], faults[i].fault, faults[i].status, JSON_HEADER,
                               faults[i].body, -1);
        weir_provider_fixture_act (f, actions[j], record);
        weir_assert_provider_error (f, faults[i].expected);
        g_assert_cmpuint (weir_fault_server_count (f->server, paths[j]), ==, 1);
        /* It may have been carried out, and that is said. */
        if (faults[i].fault == WEIR_FAULT_TRUNCATE)
          g_assert_nonnull (strstr (f->error->message, "may or may not"));
        g_assert_cmpuint (weir_fault_server_count (f->server, EXTERNAL "/s1"), ==, 0);
      }
}

static void
test_chain (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));

  weir_provider_fixture_answer (f, EXTERNAL "/s1/subscribe", 400,
                                "{\"type\":\"dependency_error\",\"message\":\"outer\","
                                "\"causedByError\":{\"message\":\"leaf\"}}");
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_REFUSED);
  g_assert_nonnull (strstr (f->error->message, "leaf"));
  g_assert_cmpuint (weir_error_data_get_depth (weir_provider_error_get_data (f->error)), ==, 2);
}

static void
test_app_subscribe (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_app (f, APP_SUBSCRIPTION ("a1", "false"));

  weir_provider_fixture_answer (f, APP "/a1/subscribe", 200, APP_SUBSCRIPTION ("a1", "true"));
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
  g_assert_no_error (f->error);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "subscribed");
  weir_provider_fixture_assert_request (f, APP "/a1/subscribe", 0, "POST", APP "/a1/subscribe",
                                        NULL);
}

/* Only a route that is not there is asked for in its other form. */
static void
test_app_subscribe_fallback (void)
{
  static const struct
  {
    guint status;
    const char *body;
    gboolean falls_back;
  } answers[] = {
    { 404, UNKNOWN_ROUTE, TRUE },
    { 404, "<html>404</html>", TRUE },
    { 404, "", TRUE },
    { 404, ERROR ("not_found"), FALSE },
    { 500, "", FALSE },
    { 400, UNKNOWN_ROUTE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_app (f, APP_SUBSCRIPTION ("a 1", "false"));

      weir_provider_fixture_answer (f, APP "/a%201/subscribe", answers[i].status, answers[i].body);
      weir_provider_fixture_answer (f, SINGULAR "/subscribe", 201, "");
      weir_provider_fixture_answer (f, SINGULAR, 200, APP_SUBSCRIPTION ("a 1", "true"));
      weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
      g_assert_cmpuint (weir_fault_server_count (f->server, SINGULAR "/subscribe"), ==,
                        answers[i].falls_back);
      g_assert_true ((f->error == NULL) == answers[i].falls_back);
      if (!answers[i].falls_back)
        continue;
      weir_provider_fixture_assert_request (f, SINGULAR "/subscribe", 0, "POST",
                                            SINGULAR "/subscribe?id=a%201", NULL);
      weir_provider_fixture_assert_request (f, SINGULAR, 0, "GET", SINGULAR "?id=a%201", NULL);
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "subscribed");
    }
}

static void
test_pull (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "subscribed"));

  weir_provider_fixture_answer (f, EXTERNAL "/s1/pull-events", 200,
                                PULL ("p1", "queued", "2026-01-01T00:00:00Z"));
  weir_provider_fixture_act (f, WEIR_ACTION_PULL, record);
  g_assert_no_error (f->error);
  g_assert_true (WEIR_IS_PULL (f->record));
  g_assert_cmpstr (weir_record_get_id (f->record), ==, "p1");
  weir_provider_fixture_assert_request (f, EXTERNAL "/s1/pull-events", 0, "POST",
                                        EXTERNAL "/s1/pull-events", NULL);
  g_assert_cmpuint (weir_fault_server_count (f->server, PULLS), ==, 0);
}

/* Old servers answer with the subscription: the newest run of it is looked for, for a while. */
static void
test_pull_of_old_server (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "subscribed"));
  const char *old = "{\"items\":[" PULL ("p1", "success", "2026-01-01T11:55:00Z") "]}";

  weir_fault_server_add (f->server, EXTERNAL "/s1/pull-events", WEIR_FAULT_NONE, 201,
                         JSON_HEADER "Date: Thu, 01 Jan 2026 12:00:00 GMT\r\n",
                         SUBSCRIPTION ("s1", "subscribed"), -1);
  weir_provider_fixture_answer (f, PULLS, 200, old);
  weir_provider_fixture_answer (
      f, PULLS, 200,
      "{\"items\":[" PULL ("p1", "success", "2026-01-01T11:55:00Z") "," PULL (
          "p2", "success", "2026-01-01T12:00:00Z") "]}");
  weir_provider_fixture_answer (f, PULLS, 200, old);
  weir_provider_fixture_act (f, WEIR_ACTION_PULL, record);
  g_assert_no_error (f->error);
  g_assert_cmpstr (weir_record_get_id (f->record), ==, "p2");
  g_assert_null (f->warning);
  weir_provider_fixture_assert_request (
      f, PULLS, 0, "GET",
      PULLS "?limit=1000&externalEventSubscriptionId=s1&from=2026-01-01T11%3A50%3A00.000Z", NULL);

  /* None of its own comes. */
  weir_provider_fixture_act (f, WEIR_ACTION_PULL, record);
  g_assert_no_error (f->error);
  g_assert_cmpstr (weir_record_get_id (f->record), ==, "p1");
  g_assert_nonnull (f->warning);
  g_assert_cmpuint (weir_fault_server_count (f->server, EXTERNAL "/s1/pull-events"), ==, 2);
}

static void
test_pull_unconfirmed (void)
{
  static const struct
  {
    guint status;
    const char *body;
  } answers[] = { { 403, "" }, { 200, "{\"items\":[]}" }, { 200, "{\"items\":" } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "subscribed"));

      weir_provider_fixture_answer (f, EXTERNAL "/s1/pull-events", 200, "");
      weir_provider_fixture_answer (f, PULLS, answers[i].status, answers[i].body);
      weir_provider_fixture_act (f, WEIR_ACTION_PULL, record);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNCONFIRMED);
      g_assert_cmpuint (weir_fault_server_count (f->server, EXTERNAL "/s1/pull-events"), ==, 1);
    }
}

static void
test_can (void)
{
  static const struct
  {
    const char *json;
    gboolean is_app;
    WeirAction action;
    gboolean can;
  } cases[] = {
    { "{\"id\":\"1\",\"requiresPull\":true}", FALSE, WEIR_ACTION_PULL, TRUE },
    { "{\"id\":\"1\",\"requiresFullSync\":true}", FALSE, WEIR_ACTION_PULL, TRUE },
    { "{\"id\":\"1\",\"isRealTime\":true,\"requiresPull\":false}", FALSE, WEIR_ACTION_PULL, FALSE },
    { "{\"id\":\"1\",\"isRealTime\":true}", FALSE, WEIR_ACTION_PULL, FALSE },
    { "{\"id\":\"1\",\"requiresPull\":false}", FALSE, WEIR_ACTION_PULL, FALSE },
    { "{\"id\":\"1\"}", FALSE, WEIR_ACTION_PULL, TRUE },
    { "{\"id\":\"1\",\"archivedAt\":\"2026-01-01T00:00:00Z\"}", FALSE, WEIR_ACTION_UNSUBSCRIBE,
      FALSE },
    { "{\"id\":\"1\",\"isDeactivated\":true}", FALSE, WEIR_ACTION_SUBSCRIBE, FALSE },
    { "{\"id\":\"1\",\"isDeactivated\":true}", FALSE, WEIR_ACTION_UNSUBSCRIBE, TRUE },
    { "{\"id\":\"1\"}", FALSE, WEIR_ACTION_PAUSE, FALSE },
    { "{\"id\":\"1\"}", FALSE, WEIR_ACTION_DELETE, FALSE },
    { "{\"id\":\"1\"}", FALSE, WEIR_ACTION_TEST, FALSE },
    { "{\"id\":\"1\"}", TRUE, WEIR_ACTION_SUBSCRIBE, TRUE },
    { "{\"id\":\"1\"}", TRUE, WEIR_ACTION_UNSUBSCRIBE, FALSE },
    { "{\"id\":\"1\"}", TRUE, WEIR_ACTION_PULL, FALSE },
    { "{\"id\":\"1\"}", TRUE, WEIR_ACTION_RESUBSCRIBE, FALSE },
  };
  g_autoptr (WeirProviderFixture) f = create ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirRecord) record =
          cases[i].is_app ? make_app (f, cases[i].json) : make_external (f, cases[i].json);
      const char *reason = NULL;

      g_test_message ("%s %s", weir_action_to_string (cases[i].action), cases[i].json);
      g_assert_true (weir_provider_can (f->provider, cases[i].action, record, &reason)
                     == cases[i].can);
      g_assert_true ((reason == NULL) == cases[i].can);
      if (cases[i].can)
        continue;
      weir_provider_fixture_act (f, cases[i].action, record);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
      g_assert_cmpstr (f->error->message, ==, reason);
    }
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
  g_assert_true (weir_provider_can (f->provider, WEIR_ACTION_PULL, NULL, NULL));
  g_assert_false (weir_provider_can (f->provider, WEIR_ACTION_PAUSE, NULL, NULL));
}

static void
test_can_connections (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) plain = make_connection (f, CONNECTION ("1", ""));
  g_autoptr (WeirRecord) neither =
      make_connection (f, CONNECTION ("1", ",\"canTest\":false,\"canRefreshCredentials\":false"));
  g_autoptr (WeirRecord) archived =
      make_connection (f, CONNECTION ("1", ",\"archivedAt\":\"2026-01-01T00:00:00Z\""));

  g_assert_true (weir_provider_can (f->provider, WEIR_ACTION_TEST, plain, NULL));
  g_assert_true (weir_provider_can (f->provider, WEIR_ACTION_REFRESH_CREDENTIALS, plain, NULL));
  g_assert_true (weir_provider_can (f->provider, WEIR_ACTION_RECONNECT, plain, NULL));
  g_assert_false (weir_provider_can (f->provider, WEIR_ACTION_SUBSCRIBE, plain, NULL));
  g_assert_false (weir_provider_can (f->provider, WEIR_ACTION_TEST, neither, NULL));
  g_assert_false (weir_provider_can (f->provider, WEIR_ACTION_REFRESH_CREDENTIALS, neither, NULL));
  g_assert_true (weir_provider_can (f->provider, WEIR_ACTION_RECONNECT, neither, NULL));
  g_assert_false (weir_provider_can (f->provider, WEIR_ACTION_RECONNECT, archived, NULL));
}

static void
test_read_only (void)
{
  g_autoptr (WeirProviderFixture) f =
      weir_provider_fixture_new ("membrane", weir_membrane_provider_new, TRUE);
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "subscribed"));
  g_autoptr (WeirRecord) connection = make_connection (f, CONNECTION ("c1", ""));

  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  weir_provider_fixture_act (f, WEIR_ACTION_TEST, connection);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  weir_provider_fixture_reconnect (f, WEIR_CONNECTION (connection));
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
}

static void
test_connection_test (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_connection (f, CONNECTION ("c1", ""));
  const char *path = CONNECTIONS "/c1/test";

  weir_provider_fixture_answer (f, path, 201, "{\"success\":true}");
  weir_provider_fixture_answer (f, path, 201, "{\"success\":false}");
  weir_provider_fixture_answer (f, path, 201, "{\"ok\":1}");
  weir_provider_fixture_answer (f, CONNECTIONS "/c1", 200, CONNECTION ("c1", ",\"isTest\":true"));
  weir_provider_fixture_answer (
      f, CONNECTIONS "/c1", 200,
      CONNECTION ("c1", ",\"requestError\":{\"message\":\"outer\",\"causedByError\":"
                        "{\"message\":\"no such shop\"}}"));

  weir_provider_fixture_act (f, WEIR_ACTION_TEST, record);
  g_assert_no_error (f->error);
  g_assert_true (WEIR_IS_CONNECTION (f->record));
  g_assert_true (f->record != record);
  weir_provider_fixture_assert_request (f, path, 0, "POST", path, NULL);

  weir_provider_fixture_act (f, WEIR_ACTION_TEST, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_REFUSED);
  g_assert_nonnull (strstr (f->error->message, "no such shop"));
  g_assert_nonnull (weir_provider_error_get_data (f->error));

  weir_provider_fixture_act (f, WEIR_ACTION_TEST, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
}

static void
test_refresh_credentials (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_connection (f, CONNECTION ("c1", ""));
  const char *path = CONNECTIONS "/c1/refresh-credentials";

  weir_provider_fixture_answer (f, path, 201, CONNECTION ("c1", ""));
  weir_provider_fixture_answer (f, CONNECTIONS "/c1", 200,
                                CONNECTION ("c1", ",\"state\":\"READY\""));
  weir_provider_fixture_act (f, WEIR_ACTION_REFRESH_CREDENTIALS, record);
  g_assert_no_error (f->error);
  g_assert_cmpstr (WEIR_CONNECTION (f->record)->state, ==, "READY");
  weir_provider_fixture_assert_request (f, path, 0, "POST", path, NULL);
}

static void
test_reconnect (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) asking = make_connection (
      f, CONNECTION ("c1", ",\"clientAction\":{\"type\":\"connect\",\"description\":\"d\","
                           "\"uiUrl\":\"https://ui.example.com/c1\"}"));
  g_autoptr (WeirRecord) plain =
      make_connection (f, CONNECTION ("c1", ",\"integrationId\":\"i\\\"1\""));
  g_autoptr (WeirRecord) evil = make_connection (
      f, CONNECTION ("c1", ",\"clientAction\":{\"type\":\"connect\",\"description\":\"d\","
                           "\"uiUrl\":\"file:///etc/passwd\"}"));

  weir_provider_fixture_reconnect (f, WEIR_CONNECTION (asking));
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->text, ==, "https://ui.example.com/c1");
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);

  weir_provider_fixture_answer (f, "/connection-requests", 201,
                                "{\"requestId\":\"r\",\"url\":\"https://ui.example.com/r\"}");
  weir_provider_fixture_answer (f, "/connection-requests", 201,
                                "{\"url\":\"javascript:alert(1)\"}");
  weir_provider_fixture_reconnect (f, WEIR_CONNECTION (plain));
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->text, ==, "https://ui.example.com/r");
  weir_provider_fixture_assert_request (f, "/connection-requests", 0, "POST",
                                        "/connection-requests",
                                        "{\"connectionId\":\"c1\",\"integrationId\":\"i\\\"1\"}");

  /* Nothing but a web address is ever opened. */
  weir_provider_fixture_reconnect (f, WEIR_CONNECTION (evil));
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
}

typedef struct
{
  GString *seen;
  guint n_hints;
} Hints;

static void
hint_cb (WeirProvider *provider, int kind, const char *id, gpointer user_data)
{
  Hints *hints = user_data;

  g_string_append_printf (hints->seen, "%s:%s ", weir_record_kind_to_string ((WeirRecordKind) kind),
                          id != NULL ? id : "-");
  hints->n_hints++;
}

static void
test_hints (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autofree char *expected = NULL;
  Hints hints = { g_string_new (NULL), 0 };
  WeirFaultRequest *request;

  weir_fault_server_add (
      f->server, "/sse/workspace", WEIR_FAULT_HOLD, 200, "Content-Type: text/event-stream\r\n",
      "data: {\"type\":\"connected\",\"message\":\"hello\"}\n\n"
      "data: no json\n\n"
      "data: {\"type\":\"element-update\",\"elementType\":\"screen\",\"elementId\":\"x\"}\n\n"
      "data: {\"type\":\"element-update\",\"elementType\":7}\n\n"
      "data: {\"type\":\"element-update\",\"elementType\":\"external-event-pull\",\"elementId\":\"p1\"}"
      "\n\n"
      "data: {\"type\":\"element-update\",\"elementType\":\"app-event-log-record\"}\n\n",
      -1);
  g_signal_connect (f->provider, "hint", G_CALLBACK (hint_cb), &hints);
  weir_provider_set_live (f->provider, TRUE);
  weir_provider_set_live (f->provider, TRUE);
  while (hints.n_hints < 2)
    g_main_context_iteration (NULL, TRUE);
  expected = g_strdup_printf ("%s:p1 %s:- ", weir_record_kind_to_string (WEIR_RECORD_PULL),
                              weir_record_kind_to_string (WEIR_RECORD_EVENT));
  g_assert_cmpstr (hints.seen->str, ==, expected);
  request = weir_fault_server_get_request (f->server, "/sse/workspace", 0);
  g_assert_true (g_str_has_prefix (request->path, "/sse/workspace?token=pat-"));
  weir_provider_set_live (f->provider, FALSE);
  g_string_free (hints.seen, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weir-membrane-provider/check", test_check);
  g_test_add_func ("/weir-membrane-provider/check-of-workspace", test_check_of_workspace);
  g_test_add_func ("/weir-membrane-provider/once", test_once);
  g_test_add_func ("/weir-membrane-provider/list", test_list);
  g_test_add_func ("/weir-membrane-provider/filters", test_filters);
  g_test_add_func ("/weir-membrane-provider/half-a-list", test_half_a_list);
  g_test_add_func ("/weir-membrane-provider/half-a-list-failed", test_half_a_list_failed);
  g_test_add_func ("/weir-membrane-provider/endless-list", test_endless_list);
  g_test_add_func ("/weir-membrane-provider/large-list", test_large_list);
  g_test_add_func ("/weir-membrane-provider/plain-records", test_plain_records);
  g_test_add_func ("/weir-membrane-provider/get", test_get);
  g_test_add_func ("/weir-membrane-provider/get-nothing", test_get_nothing);
  g_test_add_func ("/weir-membrane-provider/external-actions", test_external_actions);
  g_test_add_func ("/weir-membrane-provider/read-back", test_read_back);
  g_test_add_func ("/weir-membrane-provider/no-repetition", test_no_repetition);
  g_test_add_func ("/weir-membrane-provider/chain", test_chain);
  g_test_add_func ("/weir-membrane-provider/app-subscribe", test_app_subscribe);
  g_test_add_func ("/weir-membrane-provider/app-subscribe-fallback", test_app_subscribe_fallback);
  g_test_add_func ("/weir-membrane-provider/pull", test_pull);
  g_test_add_func ("/weir-membrane-provider/pull-of-old-server", test_pull_of_old_server);
  g_test_add_func ("/weir-membrane-provider/pull-unconfirmed", test_pull_unconfirmed);
  g_test_add_func ("/weir-membrane-provider/can", test_can);
  g_test_add_func ("/weir-membrane-provider/can-connections", test_can_connections);
  g_test_add_func ("/weir-membrane-provider/read-only", test_read_only);
  g_test_add_func ("/weir-membrane-provider/connection-test", test_connection_test);
  g_test_add_func ("/weir-membrane-provider/refresh-credentials", test_refresh_credentials);
  g_test_add_func ("/weir-membrane-provider/reconnect", test_reconnect);
  g_test_add_func ("/weir-membrane-provider/hints", test_hints);
  g_test_add_func ("/weir-membrane-provider/faults", test_faults);
  g_test_add_func ("/weir-membrane-provider/cancel", test_cancel);
  return g_test_run ();
}
