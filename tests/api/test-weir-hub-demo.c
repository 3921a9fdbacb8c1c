/* test-weir-hub-demo.c: the demo is there at once, lives, and is the same for the same seed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-oracle-client.h"

#define PATIENCE 1000 /* times 10 ms */

static void
start (WeirHubFixture *fixture, guint32 seed, double rate)
{
  WeirHubOptions options = { .path = fixture->path,
                             .host = "127.0.0.1",
                             .demo = TRUE,
                             .seeded = TRUE,
                             .seed = seed,
                             .rate = rate };
  g_autoptr (GError) error = NULL;

  fixture->hub = weir_hub_new (&options, &error);
  g_assert_no_error (error);
  weir_hub_start (fixture->hub, &error);
  g_assert_no_error (error);
}

static void
set_up (WeirHubFixture *fixture, gconstpointer unused)
{
  weir_hub_fixture_set_up (fixture, unused);
  weir_hub_fixture_stop (fixture);
}

static guint
count_elements (WeirHubFixture *fixture, const char *type, const char *member, const char *value)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (type);
  g_autoptr (GPtrArray) list = NULL;

  if (member != NULL)
    weir_hub_query_add_equal (query, member, value);
  list = weir_hub_store_list (weir_hub_get_store (fixture->hub), query);
  return list->len;
}

/* "name=id of record…" of everything there is, without its times. */
static char *
summarize (WeirHubFixture *fixture)
{
  static const char *const types[] = { WEIR_HUB_CONNECTION, WEIR_HUB_EVENT_SUBSCRIPTION,
                                       WEIR_HUB_EVENT_PULL, WEIR_HUB_EVENT_LOG,
                                       WEIR_HUB_APP_EVENT_SUBSCRIPTION };
  GString *text = g_string_new (NULL);
  WeirHubChangeQuery changes = { .kind = -1 };
  g_autoptr (GPtrArray) logged = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (WeirHubQuery) query = weir_hub_query_new (types[i]);
      g_autoptr (GPtrArray) list = NULL;

      weir_hub_query_set_ascending (query, TRUE);
      list = weir_hub_store_list (weir_hub_get_store (fixture->hub), query);
      for (guint j = 0; j < list->len; j++)
        {
          WeirHubDocument *document = list->pdata[j];
          g_autofree char *name = weir_hub_fixture_dup (document, "/name");
          g_autofree char *status = weir_hub_fixture_dup (document, "/status");
          g_autofree char *record = weir_hub_fixture_dup (document, "/payload/record/id");

          g_string_append_printf (text, "%s %s %s %s\n", types[i], name, status, record);
        }
    }
  logged = weir_hub_store_list_changes (weir_hub_get_store (fixture->hub), &changes);
  for (guint i = 0; i < logged->len; i++)
    {
      const WeirHubChange *change = logged->pdata[i];

      g_string_append_printf (text, "%d %s %s\n", (int) change->kind, change->source,
                              change->record);
    }
  return g_string_free (text, FALSE);
}

static void
assert_no_retry_is_over (WeirHubFixture *fixture)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_CONNECTION);
  g_autoptr (GPtrArray) list = NULL;

  weir_hub_query_add_present (query, "nextRetryTimestamp");
  list = weir_hub_store_list (weir_hub_get_store (fixture->hub), query);
  g_assert_cmpuint (list->len, >=, 3);
  for (guint i = 0; i < list->len; i++)
    {
      WeirHubDocument *connection = list->pdata[i];
      WeirJson next = weir_json_get (connection->json, "nextRetryTimestamp");

      g_assert_cmpint (weir_json_get_time (next), >, g_get_real_time ());
    }
}

static void
test_start (WeirHubFixture *fixture, gconstpointer unused)
{
  gint64 before = g_get_monotonic_time ();
  g_autoptr (WeirHubDocument) oracle = NULL;

  start (fixture, 1, 0);
  /* a fraction of a second; but much more under valgrind */
  g_assert_cmpint (g_get_monotonic_time () - before, <, 90 * G_USEC_PER_SEC);
  g_test_message ("started after %d ms", (int) ((g_get_monotonic_time () - before) / 1000));

  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, NULL, NULL), ==, 40);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_CONNECTION, NULL, NULL), ==, 8);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_INTEGRATION, NULL, NULL), ==, 4);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_CUSTOMER, NULL, NULL), ==, 3);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_APP_EVENT_TYPE, NULL, NULL), ==, 3);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_APP_EVENT_SUBSCRIPTION, NULL, NULL), ==, 4);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_LOG, NULL, NULL), >, 200);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_PULL, "status", "success"), >, 300);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_PULL, "status", "error"), >, 10);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_PULL, "status", "running"), ==, 0);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, "status", "error"), >=,
                    6);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, "status", "unsubscribed"),
                    ==, 1);
  g_assert_cmpuint (
      count_elements (fixture, WEIR_HUB_CONNECTION, "state", "CLIENT_ACTION_REQUIRED"), ==, 1);
  assert_no_retry_is_over (fixture);
  oracle = weir_hub_oracle_client_ask (
      fixture, "GET", WEIR_HUB_ORACLE_LIST "?totalResults=true&limit=1", NULL, 200);
  weir_hub_fixture_assert (oracle, "/totalResults", "8");
}

static char *
summarize_seed (guint32 seed)
{
  WeirHubFixture fixture = { 0 };
  char *summary;

  set_up (&fixture, NULL);
  start (&fixture, seed, 0);
  summary = summarize (&fixture);
  weir_hub_fixture_tear_down (&fixture, NULL);
  return summary;
}

static void
test_seed (void)
{
  g_autofree char *first = summarize_seed (7);
  g_autofree char *second = summarize_seed (7);
  g_autofree char *other = summarize_seed (8);

  g_assert_cmpuint (strlen (first), >, 10000);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
}

static void
wait_for_more (WeirHubFixture *fixture, const char *type, const char *status, guint than)
{
  for (guint i = 0; i < PATIENCE; i++)
    {
      if (count_elements (fixture, type, status != NULL ? "status" : NULL, status) > than)
        return;
      weir_hub_fixture_wait (10);
    }
  g_assert_not_reached ();
}

static void
test_life (WeirHubFixture *fixture, gconstpointer unused)
{
  guint pulls, events;

  start (fixture, 1, 50);
  pulls = count_elements (fixture, WEIR_HUB_EVENT_PULL, "status", "success");
  events = count_elements (fixture, WEIR_HUB_EVENT_LOG, NULL, NULL);
  wait_for_more (fixture, WEIR_HUB_EVENT_PULL, "success", pulls + 3);
  wait_for_more (fixture, WEIR_HUB_EVENT_LOG, NULL, events + 3);
  wait_for_more (fixture, WEIR_HUB_WEBHOOK, "success", 0);
  wait_for_more (fixture, WEIR_HUB_APP_EVENT, NULL, 0);
  g_assert_cmpuint (
      count_elements (fixture, WEIR_HUB_APP_EVENT_SUBSCRIPTION, "state", "SETUP_FAILED"), ==, 1);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, NULL, NULL), ==, 40);
}

/* The one that waits for a person is well again when the person has been there, and stays so. */
static void
test_reconnect (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_CONNECTION);
  g_autoptr (WeirHubDocument) connection = NULL;
  g_autoptr (WeirHubDocument) sent = NULL;
  g_autoptr (WeirHubDocument) page = NULL;
  g_autofree char *where = NULL;
  g_autofree char *address = NULL;
  guint status;
  guint sick;

  start (fixture, 1, 0.1);
  weir_hub_query_add_equal (query, "state", "CLIENT_ACTION_REQUIRED");
  connection = weir_hub_store_find (weir_hub_get_store (fixture->hub), query);
  g_assert_nonnull (connection);
  sick = count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, "status", "error");
  where = g_strconcat ("/connections/", connection->id, NULL);
  sent = weir_hub_fixture_ask (fixture, "GET", where, NULL, 200);
  address = weir_hub_fixture_dup (sent, "/clientAction/uiUrl");
  page = weir_hub_fixture_send (fixture, "POST", address, NULL, "do=connect", &status);
  g_assert_cmpuint (status, ==, 200);
  for (guint i = 0; i < PATIENCE; i++)
    {
      if (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, "status", "error") + 3 <= sick)
        break;
      weir_hub_fixture_wait (10);
    }
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, "status", "error") + 3,
                    <=, sick);

  weir_hub_fixture_stop (fixture);
  start (fixture, 1, 0.1);
  weir_hub_fixture_wait (1500);
  g_assert_cmpuint (
      count_elements (fixture, WEIR_HUB_CONNECTION, "state", "CLIENT_ACTION_REQUIRED"), ==, 0);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_EVENT_SUBSCRIPTION, NULL, NULL), ==, 40);
  g_assert_cmpuint (count_elements (fixture, WEIR_HUB_CONNECTION, NULL, NULL), ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/demo/start", WeirHubFixture, NULL, set_up, test_start,
              weir_hub_fixture_tear_down);
  g_test_add_func ("/hub/demo/seed", test_seed);
  g_test_add ("/hub/demo/life", WeirHubFixture, NULL, set_up, test_life,
              weir_hub_fixture_tear_down);
  g_test_add ("/hub/demo/reconnect", WeirHubFixture, NULL, set_up, test_reconnect,
              weir_hub_fixture_tear_down);
  return g_test_run ();
}
