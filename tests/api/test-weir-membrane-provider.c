/* test-weir-membrane-provider.c: Membrane's lists and records on the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-membrane-samples.h"

#include <string.h>

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
  g_test_add_func ("/weir-membrane-provider/hints", test_hints);
  g_test_add_func ("/weir-membrane-provider/faults", test_faults);
  g_test_add_func ("/weir-membrane-provider/cancel", test_cancel);
  return g_test_run ();
}
