/* test-weir-hub-sequin.c: the hub's Sequin face, asked by a plain client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-fixture.h"

#define PATIENCE 500 /* times 10 ms */

static WeirHubDocument *
ask (WeirHubFixture *fixture,
     const char *method,
     const char *rest,
     const char *body,
     guint expected)
{
  g_autofree char *token =
      weir_hub_store_dup_setting (weir_hub_get_store (fixture->hub), WEIR_HUB_SEQUIN_TOKEN);
  g_autofree char *where = g_strconcat ("/sequin", rest, NULL);
  guint status;
  g_autoptr (WeirHubDocument) answer =
      weir_hub_fixture_send (fixture, method, where, token, body, &status);

  if (status != expected)
    g_test_message ("%s %s: %s", method, rest, answer->text);
  g_assert_cmpuint (status, ==, expected);
  return g_steal_pointer (&answer);
}

static WeirHubDocument *
get (WeirHubFixture *fixture, const char *rest)
{
  return ask (fixture, "GET", rest, NULL, 200);
}

static guint
count (WeirHubDocument *answer, const char *member)
{
  return weir_json_count (weir_json_get (answer->json, member));
}

static void
add_source (WeirHubFixture *fixture, const char *name, const char *meta)
{
  g_autoptr (GError) error = NULL;
  WeirHubSourceSpec spec = { .name = name,
                             .face = "sequin",
                             .url = fixture->app_uri,
                             .items = "/items",
                             .id = "/id",
                             .updated = "/at",
                             .meta = meta,
                             .interval = 1 };

  weir_hub_source_add (weir_hub_get_store (fixture->hub), &spec, &error);
  g_assert_no_error (error);
}

static void
wait_for_changes (WeirHubFixture *fixture, guint n)
{
  WeirHubChangeQuery query = { .face = "sequin", .kind = -1 };

  for (guint i = 0; i < PATIENCE; i++)
    {
      g_autoptr (GPtrArray) changes =
          weir_hub_store_list_changes (weir_hub_get_store (fixture->hub), &query);

      if (changes->len >= n)
        {
          g_assert_cmpuint (changes->len, ==, n);
          return;
        }
      weir_hub_fixture_wait (10);
    }
  g_assert_not_reached ();
}

static void
answer_with (WeirHubFixture *fixture, guint n)
{
  g_autoptr (GString) text = g_string_new ("{\"items\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\":\"r%u\",\"at\":\"2026-01-01T00:00:00Z\"}",
                            i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  weir_hub_fixture_answer (fixture, 200, text->str);
}

/* §A2's four, by their different summaries. */
static void
test_tokens (WeirHubFixture *fixture, gconstpointer unused)
{
  static const char *const headers[][2] = {
    { NULL, NULL }, { "Bearer wrong", NULL }, { "wrong", NULL }, { "Bearer a", "Bearer b" }
  };
  g_autoptr (GHashTable) summaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (SoupMessage) message =
          weir_hub_fixture_new_message (fixture, "GET", "/sequin/v1/events");
      g_autoptr (WeirHubDocument) answer = NULL;

      for (guint j = 0; j < 2 && headers[i][j] != NULL; j++)
        soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                     headers[i][j]);
      answer = weir_hub_fixture_exchange (fixture, message, NULL);
      g_assert_cmpuint (soup_message_get_status (message), ==, 401);
      g_assert_true (weir_hub_document_has (answer, "summary"));
      g_hash_table_add (summaries, weir_hub_fixture_dup (answer, "/summary"));
    }
  g_assert_cmpuint (g_hash_table_size (summaries), ==, 4);
}

static void
test_refusals (WeirHubFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *query;
    const char *pointer;
  } values[] = {
    { "limit=0", "/validation_errors/limit/0" },
    { "limit=501", "/validation_errors/limit/0" },
    { "limit=1.5", "/validation_errors/limit/0" },
    { "limit=-1", "/validation_errors/limit/0" },
    { "after_cursor=%21%21", "/validation_errors/after_cursor/0" },
    { "after_cursor=Zm9v", "/validation_errors/after_cursor/0" },
    { "sync_id=nothing", "/validation_errors/sync_id/0" },
  };
  g_autoptr (WeirHubDocument) unknown = ask (fixture, "GET", "/v1/nothing", NULL, 404);
  g_autoptr (WeirHubDocument) method = ask (fixture, "DELETE", "/v1/events", NULL, 405);
  g_autoptr (WeirHubDocument) sync = ask (fixture, "GET", "/v1/syncs/none", NULL, 404);

  weir_hub_fixture_assert (unknown, "/errors/detail", "Not Found");
  g_assert_true (weir_hub_document_has (method, "summary"));
  g_assert_true (weir_hub_document_has (sync, "summary"));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *rest = g_strconcat ("/v1/events?", values[i].query, NULL);
      g_autoptr (WeirHubDocument) answer = ask (fixture, "GET", rest, NULL, 422);
      g_autofree char *reason = weir_hub_fixture_dup (answer, values[i].pointer);

      g_assert_true (weir_hub_document_has (answer, "summary"));
      g_assert_cmpstr (reason, !=, "");
    }
}

/* Nobody misses one, nobody gets one twice, whatever the number. */
static void
read_all (WeirHubFixture *fixture, const char *parameters, guint expected)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = g_strdup ("");

  for (;;)
    {
      g_autofree char *escaped = g_uri_escape_string (cursor, NULL, FALSE);
      g_autofree char *rest =
          g_strdup_printf ("/v1/events?%s&after_cursor=%s", parameters, escaped);
      g_autoptr (WeirHubDocument) page = get (fixture, rest);
      g_autofree char *next = weir_hub_fixture_dup (page, "/cursor");
      WeirJsonIter iter;
      WeirJson event;

      if (count (page, "events") == 0)
        {
          if (*cursor != '\0')
            g_assert_cmpstr (next, ==, cursor);
          break;
        }
      weir_json_iter_init (&iter, weir_json_get (page->json, "events"));
      while (weir_json_iter_next (&iter, NULL, &event))
        g_assert_true (
            g_hash_table_add (seen, weir_json_dup_string (weir_json_get (event, "event_id"))));
      g_free (cursor);
      cursor = g_steal_pointer (&next);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, expected);
}

static void
test_pages (WeirHubFixture *fixture, gconstpointer unused)
{
  static const guint sizes[] = { 1, 99, 100, 101, 500, 501 };
  g_autoptr (WeirHubDocument) empty = get (fixture, "/v1/events");
  g_autoptr (WeirHubDocument) first = NULL;
  g_autoptr (WeirHubDocument) most = NULL;

  g_assert_cmpuint (count (empty, "events"), ==, 0);
  weir_hub_fixture_assert (empty, "/cursor", "MA==");
  add_source (fixture, "people", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      answer_with (fixture, sizes[i]);
      wait_for_changes (fixture, sizes[i]);
      read_all (fixture, "limit=100", sizes[i]);
    }
  read_all (fixture, "limit=7&sync_id=", 501);
  first = get (fixture, "/v1/events");
  g_assert_cmpuint (count (first, "events"), ==, 100);
  most = get (fixture, "/v1/events?limit=500");
  g_assert_cmpuint (count (most, "events"), ==, 500);
}

static void
test_events (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubDocument) first = NULL;
  g_autoptr (WeirHubDocument) again = NULL;
  g_autoptr (WeirHubDocument) rest = NULL;
  g_autoptr (WeirHubDocument) records = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *id = NULL;
  g_autofree char *id_again = NULL;
  g_autofree char *where = NULL;
  g_autofree char *cursor = NULL;

  add_source (fixture, "deals", "{\"provider\":\"crm\",\"collection\":\"crm:deal\"}");
  weir_hub_fixture_answer (fixture, 200,
                           "{\"items\":[{\"id\":9007199254740993,\"at\":\"2026-03-01T10:00:00.5Z\","
                           "\"n\":83.630,\"x\":null,\"t\":\"\\ud83d\\ude00 ü\"},"
                           "{\"id\":\"b\",\"at\":\"2026-02-01 09:00:00\"}]}");
  wait_for_changes (fixture, 2);
  first = get (fixture, "/v1/events");
  weir_hub_fixture_assert (first, "/events/0/upstream_id", "b");
  weir_hub_fixture_assert (first, "/events/0/upstream_updated_at", "2026-02-01T09:00:00.000000Z");
  weir_hub_fixture_assert (first, "/events/1/upstream_id", "9007199254740993");
  weir_hub_fixture_assert (first, "/events/1/upstream_updated_at", "2026-03-01T10:00:00.500000Z");
  weir_hub_fixture_assert (first, "/events/1/collection_id", "crm:deal");
  weir_hub_fixture_assert (first, "/events/1/event", "created");
  raw = weir_json_dup_raw (weir_json_pointer (first->json, "/events/1/data", NULL));
  g_assert_cmpstr (raw, ==,
                   "{\"id\":9007199254740993,\"at\":\"2026-03-01T10:00:00.5Z\",\"n\":83.630,"
                   "\"x\":null,\"t\":\"\\ud83d\\ude00 ü\"}");

  /* older than all that was seen, and yet it comes after the cursor */
  weir_hub_fixture_answer (fixture, 200,
                           "{\"items\":[{\"id\":\"b\",\"at\":\"2026-04-01T00:00:00Z\"},"
                           "{\"id\":\"late\",\"at\":\"2020-01-01T00:00:00Z\"}]}");
  wait_for_changes (fixture, 5);
  cursor = weir_hub_fixture_dup (first, "/cursor");
  where = g_strdup_printf ("/v1/events?after_cursor=%s", cursor);
  rest = get (fixture, where);
  g_assert_cmpuint (count (rest, "events"), ==, 3);
  weir_hub_fixture_assert (rest, "/events/0/upstream_id", "late");
  weir_hub_fixture_assert (rest, "/events/1/event", "updated");
  weir_hub_fixture_assert (rest, "/events/2/event", "deleted");

  again = get (fixture, "/v1/events?limit=2");
  id = weir_hub_fixture_dup (first, "/events/0/event_id");
  id_again = weir_hub_fixture_dup (again, "/events/0/event_id");
  g_assert_cmpstr (id, ==, id_again);
  g_assert_true (g_uuid_string_is_valid (id));

  records = get (fixture, "/v1/records");
  g_assert_cmpuint (count (records, "records"), ==, 3);
}

static void
test_filters (WeirHubFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *query;
    guint n;
  } filters[] = {
    { "provider=crm", 4 },
    { "collection=crm:deal", 2 },
    { "collection_id=crm:person", 2 },
    { "provider=shop", 2 },
    { "provider=nobody", 0 },
    { "provider=shop&collection=crm:deal", 0 },
    { "sync_id=00000000-0000-4000-8000-000000000000", 0 },
  };
  g_autoptr (WeirHubDocument) syncs = NULL;
  g_autoptr (WeirHubDocument) shop = NULL;
  g_autofree char *sync = NULL;
  g_autofree char *of_sync = NULL;

  answer_with (fixture, 2);
  add_source (fixture, "deals",
              "{\"sync\":\"CRM\",\"provider\":\"crm\",\"collection\":\"crm:deal\"}");
  add_source (fixture, "people",
              "{\"sync\":\"CRM\",\"provider\":\"crm\",\"collection\":\"crm:person\"}");
  add_source (fixture, "orders", "{\"provider\":\"shop\"}");
  wait_for_changes (fixture, 6);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *rest = g_strconcat ("/v1/events?", filters[i].query, NULL);
      g_autoptr (WeirHubDocument) page = get (fixture, rest);

      g_assert_cmpuint (count (page, "events"), ==, filters[i].n);
    }
  syncs = get (fixture, "/v1/syncs");
  g_assert_cmpuint (count (syncs, "data"), ==, 2);
  weir_hub_fixture_assert (syncs, "/data/0/name", "CRM");
  weir_hub_fixture_assert (syncs, "/data/0/status", "active");
  weir_hub_fixture_assert (syncs, "/data/0/health/status", "healthy");
  weir_hub_fixture_assert (syncs, "/data/0/collection_ids/1", "crm:person");
  sync = weir_hub_fixture_dup (syncs, "/data/0/id");
  of_sync = g_strconcat ("sync_id=", sync, NULL);
  read_all (fixture, of_sync, 4);
  shop = get (fixture, "/v1/syncs?provider=shop");
  g_assert_cmpuint (count (shop, "data"), ==, 1);
}

static void
test_disabled (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubDocument) syncs = NULL;
  g_autoptr (WeirHubDocument) disabled = NULL;
  g_autoptr (WeirHubDocument) wrong = NULL;
  g_autoptr (WeirHubDocument) fixed = NULL;
  g_autoptr (WeirHubDocument) broken = NULL;
  g_autoptr (WeirHubDocument) active = NULL;
  g_autoptr (WeirHubDocument) sick = NULL;
  g_autofree char *id = NULL;
  g_autofree char *where = NULL;

  answer_with (fixture, 1);
  add_source (fixture, "people", NULL);
  wait_for_changes (fixture, 1);
  syncs = get (fixture, "/v1/syncs");
  id = weir_hub_fixture_dup (syncs, "/data/0/id");
  where = g_strconcat ("/v1/syncs/", id, NULL);

  wrong = ask (fixture, "PATCH", where, "{\"status\":\"asleep\"}", 422);
  fixed = ask (fixture, "PATCH", where, "{\"provider\":\"other\"}", 422);
  broken = ask (fixture, "PATCH", where, "{", 400);
  disabled = ask (fixture, "PATCH", where, "{\"status\":\"disabled\",\"name\":\"Asleep\"}", 200);
  weir_hub_fixture_assert (disabled, "/status", "disabled");
  weir_hub_fixture_assert (disabled, "/name", "Asleep");
  answer_with (fixture, 2);
  weir_hub_fixture_wait (1800);
  wait_for_changes (fixture, 1);

  /* also after a restart */
  weir_hub_fixture_stop (fixture);
  weir_hub_fixture_start (fixture);
  weir_hub_fixture_wait (1200);
  wait_for_changes (fixture, 1);

  active = ask (fixture, "PATCH", where, "{\"status\":\"active\"}", 200);
  wait_for_changes (fixture, 2);
  weir_hub_fixture_answer (fixture, 503, "{}");
  weir_hub_fixture_wait (1800);
  sick = get (fixture, where);
  weir_hub_fixture_assert (sick, "/health/status", "error");
}

/* What a source has told stays, also when the source is gone. */
static void
test_removed (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubDocument) syncs = NULL;
  g_autoptr (WeirHubDocument) events = NULL;
  g_autoptr (GError) error = NULL;

  answer_with (fixture, 3);
  add_source (fixture, "people", "{\"provider\":\"crm\"}");
  wait_for_changes (fixture, 3);
  weir_hub_source_remove (weir_hub_get_store (fixture->hub), "people", &error);
  g_assert_no_error (error);
  weir_hub_fixture_stop (fixture);
  weir_hub_fixture_start (fixture);
  syncs = get (fixture, "/v1/syncs");
  g_assert_cmpuint (count (syncs, "data"), ==, 0);
  events = get (fixture, "/v1/events?provider=crm");
  g_assert_cmpuint (count (events, "events"), ==, 3);
  weir_hub_fixture_assert (events, "/events/0/collection_id", "crm:people");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/sequin/tokens", test_tokens },   { "/hub/sequin/refusals", test_refusals },
    { "/hub/sequin/pages", test_pages },     { "/hub/sequin/events", test_events },
    { "/hub/sequin/filters", test_filters }, { "/hub/sequin/disabled", test_disabled },
    { "/hub/sequin/removed", test_removed },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, weir_hub_fixture_set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  return g_test_run ();
}
