/* test-weir-hub-life.c: streams, restarts, sources that come and go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-fixture.h"

typedef struct
{
  GString *text;
  GCancellable *cancellable;
  char buffer[4096];
  gboolean ended;
} Listening;

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Listening *listening = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  if (n <= 0)
    {
      listening->ended = TRUE;
      return;
    }
  g_string_append_len (listening->text, listening->buffer, n);
  g_input_stream_read_async (G_INPUT_STREAM (object), listening->buffer, sizeof listening->buffer,
                             0, listening->cancellable, read_cb, listening);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Listening *listening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (object), result, &error);

  g_assert_no_error (error);
  g_input_stream_read_async (stream, listening->buffer, sizeof listening->buffer, 0,
                             listening->cancellable, read_cb, listening);
}

static void
test_stream (WeirHubFixture *fixture, gconstpointer unused)
{
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  g_autofree char *token = weir_hub_store_dup_setting (store, WEIR_HUB_MEMBRANE_TOKEN);
  g_autofree char *uri =
      g_strdup_printf ("%s/membrane/sse/workspace?token=%s",
                       weir_hub_server_get_uri (weir_hub_get_server (fixture->hub)), token);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  Listening listening = { g_string_new (NULL), g_cancellable_new () };

  soup_session_send_async (fixture->session, message, 0, NULL, opened_cb, &listening);
  weir_hub_fixture_wait (100);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_true (g_str_has_prefix (listening.text->str, "data: {\"type\":\"connected\""));

  weir_hub_fixture_add_source (fixture, "people", 3600);
  weir_hub_fixture_wait (200);
  g_assert_nonnull (strstr (listening.text->str, "\"elementType\":\"connection\""));
  g_assert_nonnull (
      strstr (listening.text->str, "\"elementType\":\"external-event-subscription\""));
  g_assert_null (strstr (listening.text->str, "\"elementType\":\"source\""));

  g_cancellable_cancel (listening.cancellable);
  while (!listening.ended)
    g_main_context_iteration (NULL, TRUE);
  /* The hub goes on when a listener has left. */
  weir_hub_source_remove (store, "people", NULL);
  weir_hub_fixture_wait (100);
  g_string_free (listening.text, TRUE);
  g_object_unref (listening.cancellable);
}

static void
test_foreign (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubStore) other = weir_hub_store_new (fixture->path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHubDocument) list = NULL;
  g_autoptr (WeirHubDocument) archived = NULL;
  WeirHubSourceSpec spec = {
    .name = "far", .url = fixture->app_uri, .items = "", .id = "/id", .interval = 60
  };

  weir_hub_source_add (other, &spec, &error);
  g_assert_no_error (error);
  g_assert_false (weir_hub_source_add (other, &spec, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  weir_hub_fixture_wait (1100);
  list = weir_hub_fixture_ask (fixture, "GET", "/external-event-subscriptions", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (list->json, "items")), ==, 3);
  g_clear_pointer (&list, weir_hub_document_unref);

  weir_hub_source_remove (other, "far", &error);
  g_assert_no_error (error);
  weir_hub_fixture_wait (1100);
  list = weir_hub_fixture_ask (fixture, "GET", "/external-event-subscriptions", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (list->json, "items")), ==, 0);
  archived = weir_hub_fixture_ask (fixture, "GET",
                                   "/external-event-subscriptions?includeArchived=true", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (archived->json, "items")), ==, 3);
  weir_hub_fixture_assert (archived, "/items/0/status", "unsubscribed");
}

/* A pull that was running is said to be cut off; one that waited still has its turn. */
static void
test_restart (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = NULL;
  g_autofree char *where = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (WeirHubDocument) running = NULL;
  g_autoptr (WeirHubDocument) waiting = NULL;
  g_autoptr (WeirHubDocument) cut = NULL;
  g_autoptr (WeirHubDocument) done = NULL;
  g_autoptr (WeirHubDocument) list = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  created = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  where = g_strdup_printf ("/external-event-subscriptions/%s/pull-events", created);
  fixture->hold = TRUE;
  running = weir_hub_fixture_ask (fixture, "POST", where, NULL, 200);
  waiting = weir_hub_fixture_ask (fixture, "POST", where, NULL, 200);
  first = weir_hub_fixture_dup (running, "/id");
  second = weir_hub_fixture_dup (waiting, "/id");
  weir_hub_fixture_wait (100);
  g_assert_cmpuint (fixture->held->len, ==, 1);

  weir_hub_fixture_stop (fixture);
  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":1}]}");
  weir_hub_fixture_release (fixture);
  weir_hub_fixture_start (fixture);
  cut = weir_hub_fixture_wait_for_pull (fixture, first);
  weir_hub_fixture_assert (cut, "/status", "error");
  done = weir_hub_fixture_wait_for_pull (fixture, second);
  weir_hub_fixture_assert (done, "/status", "success");
  g_assert_cmpuint (weir_json_count (weir_json_get (done->json, "collectedEventIds")), ==, 1);
  list = weir_hub_fixture_ask (fixture, "GET", "/external-event-subscriptions", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (list->json, "items")), ==, 3);
}

/* A source that goes away while it is read. */
static void
test_removed (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = NULL;
  g_autofree char *where = NULL;
  g_autofree char *id = NULL;
  g_autoptr (WeirHubDocument) pull = NULL;
  g_autoptr (WeirHubDocument) ended = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  created = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  where = g_strdup_printf ("/external-event-subscriptions/%s/pull-events", created);
  fixture->hold = TRUE;
  pull = weir_hub_fixture_ask (fixture, "POST", where, NULL, 200);
  id = weir_hub_fixture_dup (pull, "/id");
  weir_hub_fixture_wait (100);
  weir_hub_source_remove (weir_hub_get_store (fixture->hub), "people", NULL);
  weir_hub_fixture_release (fixture);
  ended = weir_hub_fixture_wait_for_pull (fixture, id);
  weir_hub_fixture_assert (ended, "/status", "error");
}

/* The interval drives pulls by itself, and the faces beside Membrane's have theirs. */
static void
test_schedule (WeirHubFixture *fixture, gconstpointer unused)
{
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  WeirHubChangeQuery query = { .source = "stream", .kind = -1 };
  WeirHubSourceSpec spec = { .name = "stream",
                             .face = "sequin",
                             .url = fixture->app_uri,
                             .items = "/items",
                             .id = "/id",
                             .interval = 1 };
  g_autoptr (WeirHubDocument) list = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  WeirHubChange *change;

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":1}]}");
  weir_hub_source_add (store, &spec, NULL);
  weir_hub_fixture_add_source (fixture, "people", 1);
  weir_hub_fixture_wait (900);
  weir_hub_fixture_answer (fixture, 200, "{\"items\":[]}");
  weir_hub_fixture_wait (2000);

  list = weir_hub_fixture_ask (fixture, "GET", "/external-event-pulls?status=success", NULL, 200);
  g_assert_cmpuint (weir_json_count (weir_json_get (list->json, "items")), >=, 3);
  changes = weir_hub_store_list_changes (store, &query);
  g_assert_cmpuint (changes->len, ==, 2);
  change = changes->pdata[0];
  g_assert_cmpint (change->kind, ==, WEIR_HUB_CREATED);
  g_assert_cmpstr (change->face, ==, "sequin");
  change = changes->pdata[1];
  g_assert_cmpint (change->kind, ==, WEIR_HUB_DELETED);
  g_assert_cmpstr (change->body, ==, "{\"id\":1}");
}

static void
test_seed (WeirHubFixture *fixture, gconstpointer unused)
{
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  g_autofree char *id = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *same_id = NULL;
  g_autofree char *same_uuid = NULL;

  weir_hub_store_set_seed (store, 7);
  id = weir_hub_store_new_id (store, 0);
  uuid = weir_hub_store_new_uuid (store);
  weir_hub_store_set_seed (store, 7);
  same_id = weir_hub_store_new_id (store, 0);
  same_uuid = weir_hub_store_new_uuid (store);
  g_assert_cmpstr (id, ==, same_id);
  g_assert_cmpstr (uuid, ==, same_uuid);
  g_assert_true (g_uuid_string_is_valid (uuid));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/life/stream", test_stream },     { "/hub/life/foreign", test_foreign },
    { "/hub/life/restart", test_restart },   { "/hub/life/removed", test_removed },
    { "/hub/life/schedule", test_schedule }, { "/hub/life/seed", test_seed },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, weir_hub_fixture_set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  return g_test_run ();
}
