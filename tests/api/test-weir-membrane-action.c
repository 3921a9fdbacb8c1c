/* test-weir-membrane-action.c: what is done to Membrane's subscriptions and connections, on the wire
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-membrane-samples.h"

#include <string.h>

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
        if (faults[i].fault != WEIR_FAULT_NONE)
          g_assert_nonnull (strstr (f->error->message, "may or may not"));
        g_assert_cmpuint (weir_fault_server_count (f->server, EXTERNAL "/s1"), ==, 0);
      }
}

/* "See Other" is what a server says that has done it. */
static void
test_redirected (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));

  weir_fault_server_add (f->server, EXTERNAL "/s1/subscribe", WEIR_FAULT_NONE, 303,
                         "Location: /elsewhere\r\n", "", -1);
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
  g_assert_nonnull (strstr (f->error->message, "may or may not"));
  g_assert_cmpuint (weir_fault_server_count (f->server, "/elsewhere"), ==, 0);
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
  g_assert_true (WEIR_IS_PULL_RUN (f->record));
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

      g_test_message ("%d %s", (int) cases[i].action, cases[i].json);
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

/* What became of it, by how the connection ended. */
static void
test_journal (void)
{
  static const struct
  {
    WeirFault fault;
    guint status;
    const char *body;
    WeirJournalState state;
    guint told; /* status */
  } faults[] = {
    { WEIR_FAULT_NONE, 201, SUBSCRIPTION ("s1", "subscribed"), WEIR_JOURNAL_DONE, 201 },
    { WEIR_FAULT_NONE, 409, ERROR ("already_exists"), WEIR_JOURNAL_FAILED, 409 },
    { WEIR_FAULT_NONE, 504, "", WEIR_JOURNAL_UNKNOWN, 504 },
    { WEIR_FAULT_NONE, 200, "<!doctype html>", WEIR_JOURNAL_UNKNOWN, 200 },
    { WEIR_FAULT_CLOSE, 200, "", WEIR_JOURNAL_UNKNOWN, 0 },
    { WEIR_FAULT_TRUNCATE, 200, SUBSCRIPTION ("s1", "error"), WEIR_JOURNAL_UNKNOWN, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));
      WeirJournalEntry *entry;

      weir_fault_server_add (f->server, EXTERNAL "/s1/subscribe", faults[i].fault, faults[i].status,
                             JSON_HEADER, faults[i].body, -1);
      weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
      g_assert_cmpuint (f->journal->entries->len, ==, 1);
      entry = f->journal->entries->pdata[0];
      g_assert_cmpint (weir_journal_entry_get_state (entry), ==, faults[i].state);
      g_assert_cmpuint (entry->outcomes[WEIR_JOURNAL_ANSWER].status, ==, faults[i].told);
      g_assert_cmpstr (entry->method, ==, "POST");
      g_assert_true (g_str_has_suffix (entry->uri, EXTERNAL "/s1/subscribe"));
      g_assert_true (f->error == NULL || weir_journal_entry_get_message (entry) != NULL);
    }
}

/* It was sent, and whoever waited gave up. */
static void
test_journal_cancelled (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));
  WeirJournalEntry *entry;

  weir_fault_server_add (f->server, EXTERNAL "/s1/subscribe", WEIR_FAULT_SILENCE, 200, NULL, "",
                         -1);
  g_timeout_add_once (100, (GSourceOnceFunc) g_cancellable_cancel, f->cancellable);
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->journal->entries->len, ==, 1);
  entry = f->journal->entries->pdata[0];
  g_assert_cmpint (entry->outcomes[WEIR_JOURNAL_ANSWER].at, !=, 0);
  g_assert_cmpint (weir_journal_entry_get_state (entry), ==, WEIR_JOURNAL_UNKNOWN);
}

/* What a server repeats of the token, and what it calls a secret, is not kept. */
static void
test_journal_secrets (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_external (f, SUBSCRIPTION ("s1", "unsubscribed"));
  g_autofree char *json = NULL;

  weir_provider_fixture_answer (
      f, EXTERNAL "/s1/subscribe", 200,
      "{\"id\":\"s1\",\"status\":\"subscribed\",\"note\":\"pat-not-for-your-eyes\","
      "\"credentials\":{\"a\":[\"very-hidden\"]},\"clientSecret\":\"hush-hush\","
      "\"uri\":\"https://u:pass-word@example.com/?token=also-hidden\",\"key\":\"shown\"}");
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
  g_assert_no_error (f->error);
  json = weir_journal_entry_to_json (f->journal->entries->pdata[0]);
  g_assert_null (strstr (json, "not-for-your-eyes"));
  g_assert_null (strstr (json, "very-hidden"));
  g_assert_null (strstr (json, "hush-hush"));
  g_assert_null (strstr (json, "pass-word"));
  g_assert_null (strstr (json, "also-hidden"));
  g_assert_nonnull (strstr (json, "\"key\":\"shown\""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weir-membrane-action/external-actions", test_external_actions);
  g_test_add_func ("/weir-membrane-action/read-back", test_read_back);
  g_test_add_func ("/weir-membrane-action/no-repetition", test_no_repetition);
  g_test_add_func ("/weir-membrane-action/journal", test_journal);
  g_test_add_func ("/weir-membrane-action/journal-cancelled", test_journal_cancelled);
  g_test_add_func ("/weir-membrane-action/journal-secrets", test_journal_secrets);
  g_test_add_func ("/weir-membrane-action/redirected", test_redirected);
  g_test_add_func ("/weir-membrane-action/chain", test_chain);
  g_test_add_func ("/weir-membrane-action/app-subscribe", test_app_subscribe);
  g_test_add_func ("/weir-membrane-action/app-subscribe-fallback", test_app_subscribe_fallback);
  g_test_add_func ("/weir-membrane-action/pull", test_pull);
  g_test_add_func ("/weir-membrane-action/pull-of-old-server", test_pull_of_old_server);
  g_test_add_func ("/weir-membrane-action/pull-unconfirmed", test_pull_unconfirmed);
  g_test_add_func ("/weir-membrane-action/can", test_can);
  g_test_add_func ("/weir-membrane-action/can-connections", test_can_connections);
  g_test_add_func ("/weir-membrane-action/read-only", test_read_only);
  g_test_add_func ("/weir-membrane-action/connection-test", test_connection_test);
  g_test_add_func ("/weir-membrane-action/refresh-credentials", test_refresh_credentials);
  g_test_add_func ("/weir-membrane-action/reconnect", test_reconnect);
  return g_test_run ();
}
