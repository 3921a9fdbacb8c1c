/* test-weir-hub-size.c: large sources, long logs, and what is kept of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-fixture.h"

#include "weir-clock.h"
#include "weir-hub-changes.h"
#include "weir-hub-retention.h"

#define MANY 20000
#define PATIENCE 100000 /* ms */

static char *
make_records (guint n, guint version)
{
  GString *text = g_string_new ("{\"items\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\":%u,\"name\":\"Record %u\",\"version\":%u}",
                            i > 0 ? "," : "", i, i, version);
  return g_string_free (g_string_append (text, "]}"), FALSE);
}

static guint
count_at (WeirHubDocument *document, const char *pointer)
{
  return weir_json_count (weir_json_pointer (document->json, pointer, NULL));
}

static char *
start_pull (WeirHubFixture *fixture, const char *subscription)
{
  g_autofree char *path =
      g_strdup_printf ("/external-event-subscriptions/%s/pull-events", subscription);
  g_autoptr (WeirHubDocument) pull = weir_hub_fixture_ask (fixture, "POST", path, NULL, 200);

  return weir_hub_fixture_dup (pull, "/id");
}

/* Number of events in the log of a subscription, each there once. */
static guint
count_events (WeirHubFixture *fixture, const char *subscription)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_LOG);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  weir_hub_query_add_equal (query, "externalEventSubscriptionId", subscription);
  events = weir_hub_store_list (weir_hub_get_store (fixture->hub), query);
  for (guint i = 0; i < events->len; i++)
    g_assert_true (
        g_hash_table_add (records, weir_hub_fixture_dup (events->pdata[i], "/payload/record/id")));
  return events->len;
}

typedef struct
{
  gint64 last, longest; /* µs */
} Pulse;

static gboolean
pulse_cb (gpointer user_data)
{
  Pulse *pulse = user_data;
  gint64 now = g_get_monotonic_time ();

  if (pulse->last != 0)
    pulse->longest = MAX (pulse->longest, now - pulse->last);
  pulse->last = now;
  return G_SOURCE_CONTINUE;
}

/* The longest that the main loop did nothing else must not grow with the number of records; it
 * was seconds for this many. */
static void
test_large_source (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *records = make_records (MANY, 0);
  g_autofree char *subscription = NULL;
  g_autofree char *pull = NULL;
  g_autofree char *path = NULL;
  g_autofree char *status = NULL;
  g_autoptr (WeirHubDocument) ended = NULL;
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  Pulse pulse = { 0 };
  guint source;

  weir_hub_fixture_answer (fixture, 200, records);
  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  pull = start_pull (fixture, subscription);
  source = g_timeout_add (1, pulse_cb, &pulse);
  for (guint i = 0; i < PATIENCE / 50; i++)
    {
      weir_hub_fixture_wait (50);
      g_clear_pointer (&ended, weir_hub_document_unref);
      g_free (status);
      ended = weir_hub_store_get (store, WEIR_HUB_EVENT_PULL, pull);
      status = weir_hub_fixture_dup (ended, "/status");
      if (!g_str_equal (status, "running") && !g_str_equal (status, "queued"))
        break;
    }
  g_source_remove (source);
  g_assert_cmpstr (status, ==, "success");
  g_assert_cmpuint (count_at (ended, "/collectedEventIds"), ==, MANY);
  g_assert_cmpuint (count_events (fixture, subscription), ==, MANY);
  g_test_message ("longest pause: %" G_GINT64_FORMAT " ms", pulse.longest / 1000);
  g_assert_cmpint (pulse.longest, <, 600 * G_TIME_SPAN_MILLISECOND);

  path = g_strconcat ("/external-event-pulls/", pull, "/logs", NULL);
  g_clear_pointer (&ended, weir_hub_document_unref);
  ended = weir_hub_fixture_ask (fixture, "GET", path, NULL, 200);
  weir_hub_fixture_assert (
      ended, "/logs/1/message",
      "20000 records: 20000 new, 0 changed, 0 gone since the source was last read");
}

/* Ended by SIGKILL or not: what was collected stays, belongs to its pull, and comes once. */
static void
test_cut_off (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *records = make_records (MANY, 0);
  g_autofree char *subscription = NULL;
  g_autofree char *pull = NULL;
  g_autofree char *next = NULL;
  g_autoptr (WeirHubDocument) cut = NULL;
  g_autoptr (WeirHubDocument) ended = NULL;
  guint n = 0;

  weir_hub_fixture_answer (fixture, 200, records);
  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  pull = start_pull (fixture, subscription);
  for (guint i = 0; i < PATIENCE / 50 && n == 0; i++)
    {
      weir_hub_fixture_wait (50);
      n = count_events (fixture, subscription);
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, MANY);
  weir_hub_fixture_stop (fixture);

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[]}");
  weir_hub_fixture_start (fixture);
  n = count_events (fixture, subscription);
  cut = weir_hub_store_get (weir_hub_get_store (fixture->hub), WEIR_HUB_EVENT_PULL, pull);
  weir_hub_fixture_assert (cut, "/status", "error");
  g_assert_cmpuint (count_at (cut, "/collectedEventIds"), ==, n);

  next = start_pull (fixture, subscription);
  for (guint i = 0; i < PATIENCE / 50 && count_events (fixture, subscription) < MANY; i++)
    weir_hub_fixture_wait (50);
  ended = weir_hub_fixture_wait_for_pull (fixture, next);
  weir_hub_fixture_assert (ended, "/status", "success");
  g_assert_cmpuint (count_at (ended, "/collectedEventIds"), ==, MANY - n);
}

static void
test_unsubscribed (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *records = make_records (MANY, 0);
  g_autofree char *subscription = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pull = NULL;
  g_autoptr (WeirHubDocument) answer = NULL;
  g_autoptr (WeirHubDocument) ended = NULL;
  guint n = 0;

  weir_hub_fixture_answer (fixture, 200, records);
  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  pull = start_pull (fixture, subscription);
  for (guint i = 0; i < PATIENCE / 50 && n == 0; i++)
    {
      weir_hub_fixture_wait (50);
      n = count_events (fixture, subscription);
    }
  path = g_strdup_printf ("/external-event-subscriptions/%s/unsubscribe", subscription);
  answer = weir_hub_fixture_ask (fixture, "POST", path, NULL, 200);
  n = count_events (fixture, subscription);
  ended = weir_hub_fixture_wait_for_pull (fixture, pull);
  weir_hub_fixture_assert (ended, "/status", "success");
  g_assert_cmpuint (count_at (ended, "/collectedEventIds"), ==, n);
  g_assert_cmpuint (count_events (fixture, subscription), ==, n);
  g_assert_cmpuint (n, <, MANY);
}

/* A source taken away while it is compared or applied. */
static void
test_removed (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *records = make_records (MANY, 0);
  g_autofree char *subscription = NULL;
  g_autofree char *pull = NULL;
  g_autoptr (WeirHubDocument) ended = NULL;
  WeirHubStore *store = weir_hub_get_store (fixture->hub);

  weir_hub_fixture_answer (fixture, 200, records);
  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  pull = start_pull (fixture, subscription);
  for (guint i = 0; i < PATIENCE / 10 && weir_hub_store_get_last_change (store, "people") == 0; i++)
    weir_hub_fixture_wait (10);
  weir_hub_source_remove (store, "people", NULL);
  ended = weir_hub_fixture_wait_for_pull (fixture, pull);
  weir_hub_fixture_assert (ended, "/status", "error");
  weir_hub_fixture_assert (ended, "/error/causedByError/message", "The source “people” is gone");
  g_assert_cmpint (weir_hub_store_get_last_change (store, "people"), <, MANY);
}

static void
test_ids (WeirHubFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *items;
    const char *message; /* NULL: accepted */
    guint n_events;
  } cases[] = {
    { "[{\"id\":null}]", "Record 1 has no string or number at “/id”", 0 },
    { "[{\"id\":\"a\"},{\"id\":{}}]", "Record 2 has no string or number at “/id”", 0 },
    { "[1]", "Record 1 has no string or number at “/id”", 0 },
    { "[null]", "Record 1 has no string or number at “/id”", 0 },
    { "[[]]", "Record 1 has no string or number at “/id”", 0 },
    { "[{\"id\":9007199254740993},{\"id\":\"ü\"},{\"id\":\"\"}]", NULL, 3 },
    { "[{\"id\":1,\"v\":1},{\"id\":1,\"v\":2},{\"id\":\"1\",\"v\":3}]", NULL, 1 },
    { "[{\"id\":1,\"v\":1},{\"id\":1,\"v\":2},{\"id\":\"1\",\"v\":3}]", NULL, 0 },
  };
  g_autofree char *subscription = NULL;
  g_autofree char *updated = NULL;
  g_autoptr (WeirHubDocument) pull = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-created");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = g_strdup_printf ("{\"items\":%s}", cases[i].items);

      g_clear_pointer (&pull, weir_hub_document_unref);
      weir_hub_fixture_answer (fixture, 200, answer);
      pull = weir_hub_fixture_pull (fixture, subscription);
      weir_hub_fixture_assert (pull, "/status", cases[i].message != NULL ? "error" : "success");
      if (cases[i].message != NULL)
        weir_hub_fixture_assert (pull, "/error/causedByError/causedByError/causedByError/message",
                                 cases[i].message);
      g_assert_cmpuint (count_at (pull, "/collectedEventIds"), ==, cases[i].n_events);
    }
  /* The same id twice is no change of a record, however often it is read. */
  updated = weir_hub_fixture_find_subscription (fixture, "data-record-updated");
  g_clear_pointer (&pull, weir_hub_document_unref);
  pull = weir_hub_fixture_pull (fixture, updated);
  g_assert_cmpuint (count_at (pull, "/collectedEventIds"), ==, 0);
}

static guint
count_elements (WeirHubStore *store, const char *type)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (type);
  g_autoptr (GPtrArray) elements = weir_hub_store_list (store, query);

  return elements->len;
}

static void
put_many (WeirHubStore *store, const char *type, guint n, const char *body, gint64 time)
{
  weir_hub_store_begin (store);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = weir_hub_store_new_id (store, 0);

      g_assert_true (weir_hub_store_put (store, type, id, body, time, NULL));
    }
  g_assert_true (weir_hub_store_commit (store, NULL));
}

static void
test_trim (WeirHubFixture *fixture, gconstpointer unused)
{
  const WeirHubKeep keep = { 30, 250, 10 };
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  gint64 old = weir_clock_now () - 31 * G_TIME_SPAN_DAY;

  put_many (store, WEIR_HUB_EVENT_LOG, 150, "{}", old);
  put_many (store, WEIR_HUB_EVENT_LOG, 100, "{}", 0);
  put_many (store, WEIR_HUB_WEBHOOK, 777, "{}", 0);
  put_many (store, WEIR_HUB_EVENT_PULL, 5, "{\"status\":\"queued\"}", old);
  put_many (store, WEIR_HUB_EVENT_PULL, 25, "{\"status\":\"success\"}", 0);
  put_many (store, WEIR_HUB_CUSTOMER, 300, "{}", old);
  weir_hub_store_trim (store, &keep);
  weir_hub_fixture_wait (200);
  g_assert_cmpuint (count_elements (store, WEIR_HUB_EVENT_LOG), ==, 100);
  g_assert_cmpuint (count_elements (store, WEIR_HUB_WEBHOOK), ==, 250);
  g_assert_cmpuint (count_elements (store, WEIR_HUB_EVENT_PULL), ==, 15);
  g_assert_cmpuint (count_elements (store, WEIR_HUB_CUSTOMER), >=, 300);
}

/* What is left of the change log still serves who stands before it. */
static void
test_trim_changes (WeirHubFixture *fixture, gconstpointer unused)
{
  const WeirHubKeep keep = { 30, 4, 10 };
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  g_autofree char *items = g_strconcat (fixture->app_uri, "/items", NULL);
  const WeirHubSourceSpec spec = {
    .name = "rows", .face = "sequin", .url = items, .items = "/items", .id = "/id", .interval = 1
  };
  const WeirHubChangeQuery all = { .kind = -1 };
  const WeirHubChangeQuery latest = { .kind = -1, .latest = TRUE };
  g_autofree char *subscription = NULL;
  g_autoptr (WeirHubDocument) pull = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  weir_hub_fixture_add_source (fixture, "people", 3600);
  subscription = weir_hub_fixture_find_subscription (fixture, "data-record-updated");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *records = make_records (3, i);

      g_clear_pointer (&pull, weir_hub_document_unref);
      weir_hub_fixture_answer (fixture, 200, records);
      pull = weir_hub_fixture_pull (fixture, subscription);
      weir_hub_fixture_assert (pull, "/status", "success");
    }
  weir_hub_store_trim (store, &keep);
  weir_hub_fixture_wait (100);
  changes = weir_hub_store_list_changes (store, &all);
  g_assert_cmpuint (changes->len, ==, 4);
  g_assert_cmpint (((WeirHubChange *) changes->pdata[0])->sequence, ==, 9);

  /* The newest change of a record that is there stays, for /v1/records. */
  weir_hub_source_remove (store, "people", NULL);
  weir_hub_source_add (store, &spec, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 40 && weir_hub_store_get_last_change (store, "rows") < 15; i++)
    weir_hub_fixture_wait (100);
  weir_clock_set_fake (g_get_real_time () + 31 * G_TIME_SPAN_DAY);
  weir_hub_store_trim (store, &keep);
  weir_hub_fixture_wait (100);
  weir_clock_set_fake (0);
  g_clear_pointer (&changes, g_ptr_array_unref);
  changes = weir_hub_store_list_changes (store, &latest);
  g_assert_cmpuint (changes->len, ==, 3);
}

/* Pages of a long log follow each other without loss, and none is larger than an answer may be. */
static void
test_pages (WeirHubFixture *fixture, gconstpointer unused)
{
  WeirHubStore *store = weir_hub_get_store (fixture->hub);
  g_autofree char *cursor = g_strdup ("0");
  g_autofree char *padding = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *large = g_strdup_printf ("{\"payload\":\"%s\"}", padding);
  guint n = 0, n_pages = 0;

  put_many (store, WEIR_HUB_EVENT_LOG, 2500, "{}", 0);
  put_many (store, WEIR_HUB_EVENT_LOG, 7, large, 0);
  while (*cursor != '\0')
    {
      g_autofree char *path =
          g_strdup_printf ("/external-event-log-records?limit=1000&cursor=%s", cursor);
      g_autoptr (WeirHubDocument) page = weir_hub_fixture_ask (fixture, "GET", path, NULL, 200);

      n += count_at (page, "/items");
      n_pages++;
      g_assert_cmpuint (strlen (page->text), <, 15 * 1024 * 1024);
      g_free (cursor);
      cursor = weir_hub_fixture_dup (page, "/cursor");
    }
  g_assert_cmpuint (n, ==, 2507);
  g_assert_cmpuint (n_pages, ==, 4);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/size/large-source", test_large_source },
    { "/hub/size/cut-off", test_cut_off },
    { "/hub/size/unsubscribed", test_unsubscribed },
    { "/hub/size/removed", test_removed },
    { "/hub/size/ids", test_ids },
    { "/hub/size/trim", test_trim },
    { "/hub/size/trim-changes", test_trim_changes },
    { "/hub/size/pages", test_pages },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, weir_hub_fixture_set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  return g_test_run ();
}
