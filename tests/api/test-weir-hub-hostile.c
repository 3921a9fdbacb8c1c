/* test-weir-hub-hostile.c: bodies, writes and listeners that mean the hub no good
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-fixture.h"

#include "weir-hub-changes.h"

static char *
repeat (const char *text, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static char *
nest (guint depth)
{
  g_autofree char *left = repeat ("[", depth);
  g_autofree char *right = repeat ("]", depth);

  return g_strconcat (left, right, NULL);
}

static guint
count_at (WeirHubDocument *document, const char *pointer)
{
  return weir_json_count (weir_json_pointer (document->json, pointer, NULL));
}

static char *
dup_webhook (WeirHubFixture *fixture, const char *subscription)
{
  g_autofree char *path = g_strconcat ("/external-event-subscriptions/", subscription, NULL);
  g_autoptr (WeirHubDocument) document = weir_hub_fixture_ask (fixture, "GET", path, NULL, 200);

  return weir_hub_fixture_dup (document, "/webhookUri");
}

static void
test_bodies (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *deep = nest (400);
  g_autofree char *example =
      g_strdup_printf ("{\"key\":\"k\",\"name\":\"n\",\"example\":%s}", deep);
  const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } cases[] = {
    { "POST", "/app-event-types", "[]" },
    { "POST", "/app-event-types", "{\"key\":5,\"name\":\"n\"}" },
    { "POST", "/app-event-types", "{\"key\":\"k\",\"name\":null}" },
    { "POST", "/app-event-types", "{\"key\":\"k\",\"name\":\"n\",\"meta\":5}" },
    { "POST", "/app-event-types", "{\"key\":\"k\",\"name\":\"n\",\"subscribeRequest\":\"x\"}" },
    { "POST", "/app-event-types", example },
    { "POST", "/app-event-types", deep },
    { "PATCH", "/connections/any", "{\"name\":{}}" },
    { "PATCH", "/app-event-subscription?id=any", "{\"subscriptionRequest\":null}" },
    { "POST", "/customers", "{\"name\":[]}" },
    { "POST", "/connection-requests", "5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirHubDocument) answer =
          weir_hub_fixture_ask (fixture, cases[i].method, cases[i].path, cases[i].body, 400);

      weir_hub_fixture_assert (answer, "/type", "bad_request");
    }
}

/* What a webhook brings is an event, however it looks, and the list of events can be read. */
static void
test_webhooks (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *deep = nest (500);
  g_autofree char *too_deep = nest (5000);
  g_autofree char *ones = repeat ("1,", 100000);
  g_autofree char *too_many = g_strdup_printf ("[%s1]", ones);
  g_autofree char *some = repeat ("{\"a\":1},", 499);
  g_autofree char *many = g_strdup_printf ("[%s{}]", some);
  const struct
  {
    const char *body;
    guint status;
    guint n_events;
  } cases[] = {
    { deep, 200, 1 }, { too_deep, 200, 1 }, { "{\"a\":", 200, 1 },
    { "[]", 200, 0 }, { many, 200, 500 },   { too_many, 413, 0 },
  };
  g_autofree char *subscription = NULL;
  g_autofree char *webhook = NULL;
  g_autoptr (WeirHubDocument) list = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  webhook = dup_webhook (fixture, subscription);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status;
      g_autoptr (WeirHubDocument) answer =
          weir_hub_fixture_send (fixture, "POST", webhook, NULL, cases[i].body, &status);

      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_cmpuint (count_at (answer, "/eventIds"), ==, cases[i].n_events);
    }
  list = weir_hub_fixture_ask (fixture, "GET", "/external-event-log-records?limit=1000", NULL, 200);
  g_assert_cmpuint (count_at (list, "/items"), ==, 503);
}

static void
test_deep_record (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *deep = nest (300);
  g_autofree char *answer = g_strdup_printf ("{\"items\":[{\"id\":1,\"tree\":%s}]}", deep);
  g_autofree char *subscription = NULL;
  g_autoptr (WeirHubDocument) pull = NULL;

  weir_hub_fixture_answer (fixture, 200, answer);
  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  pull = weir_hub_fixture_pull (fixture, subscription);
  weir_hub_fixture_assert (pull, "/status", "error");
  weir_hub_fixture_assert (pull, "/error/causedByError/causedByError/causedByError/message",
                           "Record 1 is nested deeper than 256 levels");
}

/* A pull that waits for its turn ends when nobody wants it any more, and asks nobody. */
static void
test_unwanted (WeirHubFixture *fixture, gconstpointer unused)
{
  static const char *const requests[] = { "POST", "/unsubscribe", "DELETE", "" };
  g_autofree char *subscription = NULL;
  g_autofree char *running = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  for (guint i = 0; i < G_N_ELEMENTS (requests); i += 2)
    {
      g_autofree char *base = g_strconcat ("/external-event-subscriptions/", subscription, NULL);
      g_autofree char *pull_path = g_strconcat (base, "/pull-events", NULL);
      g_autofree char *subscribe_path = g_strconcat (base, "/subscribe", NULL);
      g_autofree char *path = g_strconcat (base, requests[i + 1], NULL);
      g_autoptr (WeirHubDocument) subscribed =
          weir_hub_fixture_ask (fixture, "POST", subscribe_path, NULL, 200);
      g_autoptr (WeirHubDocument) first = NULL;
      g_autoptr (WeirHubDocument) second = NULL;
      g_autoptr (WeirHubDocument) answer = NULL;
      g_autoptr (WeirHubDocument) ended = NULL;
      guint asked = fixture->asked;

      fixture->hold = TRUE;
      first = weir_hub_fixture_ask (fixture, "POST", pull_path, NULL, 200);
      while (fixture->asked == asked)
        g_main_context_iteration (NULL, TRUE);
      second = weir_hub_fixture_ask (fixture, "POST", pull_path, NULL, 200);
      weir_hub_fixture_assert (second, "/status", "queued");
      answer = weir_hub_fixture_ask (fixture, requests[i], path, NULL, 200);
      fixture->hold = FALSE;
      weir_hub_fixture_wait (50);
      weir_hub_fixture_release (fixture);
      g_free (running);
      running = weir_hub_fixture_dup (second, "/id");
      ended = weir_hub_fixture_wait_for_pull (fixture, running);
      weir_hub_fixture_assert (ended, "/status", "error");
      weir_hub_fixture_assert (ended, "/error/causedByError/message",
                               "The subscription is not subscribed any more");
      g_assert_cmpuint (fixture->asked, ==, asked + 1);
    }
}

/* Nothing is said to be done that is not on the disk, and nothing is done by halves. */
static void
test_disk_full (WeirHubFixture *fixture, gconstpointer unused)
{
  WeirDatabase *db = weir_hub_store_get_database (weir_hub_get_store (fixture->hub));
  g_autofree char *subscription = NULL;
  g_autofree char *webhook = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autoptr (WeirHubDocument) started = NULL;
  g_autofree char *padding = repeat ("0123456789", 20000);
  g_autofree char *events = g_strdup_printf ("[{\"a\":1},\"%s\",{\"a\":2}]", padding);
  g_autofree char *type = g_strdup_printf ("{\"key\":\"k\",\"name\":\"%s\"}", padding);
  g_autofree char *records =
      g_strdup_printf ("{\"items\":[{\"id\":1},{\"id\":2,\"a\":\"%s\"}]}", padding);
  g_autoptr (WeirHubDocument) answer = NULL;
  g_autoptr (WeirHubDocument) list = NULL;
  g_autoptr (WeirHubDocument) pull = NULL;
  guint status;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  webhook = dup_webhook (fixture, subscription);
  /* SQLite makes it no smaller than it is: every page that is not there yet is refused. */
  g_assert_true (weir_database_exec (db, "PRAGMA max_page_count = 1", NULL));

  answer = weir_hub_fixture_send (fixture, "POST", webhook, NULL, events, &status);
  g_assert_cmpuint (status, ==, 500);
  g_clear_pointer (&answer, weir_hub_document_unref);
  answer = weir_hub_fixture_ask (fixture, "POST", "/app-event-types", type, 500);
  weir_hub_fixture_assert (answer, "/type", "internal");
  weir_hub_fixture_answer (fixture, 200, records);
  path = g_strdup_printf ("/external-event-subscriptions/%s/pull-events", subscription);
  started = weir_hub_fixture_ask (fixture, "POST", path, NULL, 200);
  weir_hub_fixture_wait (300);

  g_assert_true (weir_database_exec (db, "PRAGMA max_page_count = 1000000", NULL));
  id = weir_hub_fixture_dup (started, "/id");
  pull = weir_hub_fixture_wait_for_pull (fixture, id);
  weir_hub_fixture_assert (pull, "/status", "error");
  list = weir_hub_fixture_ask (fixture, "GET", "/external-event-log-records", NULL, 200);
  g_assert_cmpuint (count_at (list, "/items"), ==, 0);
  g_clear_pointer (&pull, weir_hub_document_unref);
  pull = weir_hub_fixture_pull (fixture, subscription);
  weir_hub_fixture_assert (pull, "/status", "success");
  g_assert_cmpuint (count_at (pull, "/collectedEventIds"), ==, 2);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GInputStream **stream = user_data;

  *stream = soup_session_send_finish (SOUP_SESSION (object), result, NULL);
}

/* Who listens and does not read must not make the hub keep everything for him. */
static void
test_slow_listener (WeirHubFixture *fixture, gconstpointer unused)
{
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  g_autofree char *token = weir_hub_store_dup_setting (store, WEIR_HUB_MEMBRANE_TOKEN);
  g_autofree char *uri =
      g_strdup_printf ("%s/membrane/sse/workspace?token=%s",
                       weir_hub_server_get_uri (weir_hub_get_server (fixture->hub)), token);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = g_malloc (1 << 20);
  gsize total = 0;
  gssize n;

  soup_session_send_async (fixture->session, message, 0, NULL, opened_cb, &stream);
  while (stream == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 60; i++)
    {
      weir_hub_store_begin (store);
      for (guint j = 0; j < 2000; j++)
        {
          g_autofree char *id = g_strdup_printf ("%0200u", i * 2000 + j);

          weir_hub_store_put (store, WEIR_HUB_EVENT_LOG, id, "{}", 0, NULL);
        }
      weir_hub_store_commit (store, NULL);
      weir_hub_fixture_wait (60);
    }
  /* 34 MB were to be told; what went out before he was let go is there. */
  while ((n = g_input_stream_read (stream, buffer, 1 << 20, NULL, &error)) > 0)
    total += (gsize) n;
  g_test_message ("%" G_GSIZE_FORMAT " bytes came", total);
  g_assert_cmpuint (total, <, 20 * 1024 * 1024);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/hostile/bodies", test_bodies },
    { "/hub/hostile/webhooks", test_webhooks },
    { "/hub/hostile/deep-record", test_deep_record },
    { "/hub/hostile/unwanted", test_unwanted },
    { "/hub/hostile/disk-full", test_disk_full },
    { "/hub/hostile/slow-listener", test_slow_listener },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, weir_hub_fixture_set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  return g_test_run ();
}
