/* test-weir-hub-delivery.c: changed records reach the end points of event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-oracle-client.h"
#include "weir-hub-oracle.h"

#define PATIENCE 500   /* times 10 ms */
#define MANY_TRIES 900 /* ms; longer than five tries take */

/* Quick tries, and the application as the source of contacts and as the end point. */
static void
set_up (WeirHubFixture *fixture, gconstpointer unused)
{
  weir_hub_fixture_set_up (fixture, unused);
  weir_hub_store_set_setting (weir_hub_get_store (fixture->hub), WEIR_HUB_ORACLE_RETRY, "20");
  weir_hub_fixture_stop (fixture);
  weir_hub_fixture_start (fixture);
}

static void
add_source (WeirHubFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WeirHubSourceSpec spec = { .name = "contacts",
                             .face = "oracle",
                             .url = fixture->app_uri,
                             .items = "/items",
                             .id = "/id",
                             .interval = 1 };

  weir_hub_source_add (weir_hub_get_store (fixture->hub), &spec, &error);
  g_assert_no_error (error);
}

static char *
subscribe (WeirHubFixture *fixture, const char *name, guint event, guint status)
{
  g_autofree char *patch =
      g_strdup_printf ("{\"endPoint\":\"%s/%s\",\"eventType\":{\"id\":%u},\"status\":{\"id\":%u}}",
                       fixture->app_uri, name, event, status);

  return weir_hub_oracle_client_make (fixture, name, patch);
}

static void
wait_for_posts (WeirHubFixture *fixture, guint n)
{
  for (guint i = 0; i < PATIENCE && fixture->posted->len < n; i++)
    weir_hub_fixture_wait (10);
  g_assert_cmpuint (fixture->posted->len, ==, n);
}

static guint
count_queued (WeirHubFixture *fixture)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new ("oracle-delivery");
  g_autoptr (GPtrArray) list = weir_hub_store_list (weir_hub_get_store (fixture->hub), query);

  return list->len;
}

static void
wait_for_queue (WeirHubFixture *fixture, guint n)
{
  for (guint i = 0; i < PATIENCE && count_queued (fixture) != n; i++)
    weir_hub_fixture_wait (10);
  g_assert_cmpuint (count_queued (fixture), ==, n);
}

static void
test_kinds (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *created = subscribe (fixture, "created", 1, 1);
  g_autofree char *updated = subscribe (fixture, "updated", 2, 1);
  g_autofree char *deleted = subscribe (fixture, "deleted", 3, 1);
  g_autofree char *inactive = subscribe (fixture, "inactive", 1, 3);
  const char *post;

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7,\"Name\":\"Ann\"}]}");
  add_source (fixture);
  wait_for_posts (fixture, 1);
  post = fixture->posted->pdata[0];
  g_assert_true (g_str_has_prefix (post, "POST /created? <?xml"));
  g_assert_nonnull (strstr (post, "ID=\"7\""));
  g_assert_nonnull (strstr (post, "<Name>Ann</Name>"));

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7,\"Name\":\"Bo\"}]}");
  wait_for_posts (fixture, 2);
  g_assert_true (g_str_has_prefix (fixture->posted->pdata[1], "POST /updated? "));
  g_assert_nonnull (strstr (fixture->posted->pdata[1], "<Name>Bo</Name>"));

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[]}");
  wait_for_posts (fixture, 3);
  g_assert_true (g_str_has_prefix (fixture->posted->pdata[2], "POST /deleted? "));
  wait_for_queue (fixture, 0);
}

static gboolean
has_queued (WeirHubFixture *fixture)
{
  for (guint i = 0; i < PATIENCE && count_queued (fixture) == 0; i++)
    weir_hub_fixture_wait (10);
  return count_queued (fixture) > 0;
}

/* What is paused is tried without a call, and then it is lost. */
static void
test_paused (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = subscribe (fixture, "paused", 1, 2);
  g_autofree char *where = g_strconcat (WEIR_HUB_ORACLE_LIST "/", id, NULL);

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7}]}");
  add_source (fixture);
  g_assert_true (has_queued (fixture));
  wait_for_queue (fixture, 0);
  weir_hub_document_unref (
      weir_hub_oracle_client_ask (fixture, "PATCH", where, "{\"status\":{\"id\":1}}", 200));
  weir_hub_fixture_wait (MANY_TRIES);
  g_assert_cmpuint (fixture->posted->len, ==, 0);

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7},{\"id\":8}]}");
  wait_for_posts (fixture, 1);
}

static void
test_failing (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = subscribe (fixture, "failing", 1, 1);

  weir_hub_fixture_answer (fixture, 201, "{\"items\":[{\"id\":7}]}");
  add_source (fixture);
  wait_for_posts (fixture, 1);
  wait_for_queue (fixture, 0);

  /* the second record is read, but nobody takes the news of it */
  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7},{\"id\":8}]}");
  for (guint i = 0; i < PATIENCE && fixture->posted->len < 2; i++)
    {
      g_autoptr (GPtrArray) changes = weir_hub_store_list_changes (
          weir_hub_get_store (fixture->hub), &(WeirHubChangeQuery){ .kind = -1 });

      if (changes->len == 2)
        weir_hub_fixture_answer (fixture, 500, "{}");
      weir_hub_fixture_wait (10);
    }
  wait_for_queue (fixture, 0);
  g_assert_cmpuint (fixture->posted->len, >=, 2);
  g_assert_cmpuint (fixture->posted->len, <=, 1 + 5);
}

static void
test_restart (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = subscribe (fixture, "later", 1, 2);
  g_autofree char *where = g_strconcat (WEIR_HUB_ORACLE_LIST "/", id, NULL);

  weir_hub_store_set_setting (weir_hub_get_store (fixture->hub), WEIR_HUB_ORACLE_RETRY, "1000");
  weir_hub_fixture_stop (fixture);
  weir_hub_fixture_start (fixture);
  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7}]}");
  add_source (fixture);
  g_assert_true (has_queued (fixture));
  weir_hub_document_unref (
      weir_hub_oracle_client_ask (fixture, "PATCH", where, "{\"status\":{\"id\":1}}", 200));
  g_assert_true (has_queued (fixture));
  weir_hub_fixture_stop (fixture);
  g_assert_cmpuint (fixture->posted->len, ==, 0);
  weir_hub_fixture_start (fixture);
  wait_for_posts (fixture, 1);
  wait_for_queue (fixture, 0);
}

/* A template that is no XML, and a subscription that goes. */
static void
test_hopeless (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *patch =
      g_strdup_printf ("{\"endPoint\":\"%s/x\",\"objectShapeXml\":\"<a\"}", fixture->app_uri);
  g_autofree char *unreadable = weir_hub_oracle_client_make (fixture, "Unreadable", patch);
  g_autofree char *nowhere =
      weir_hub_oracle_client_make (fixture, "Nowhere", "{\"endPoint\":\"not an address\"}");
  g_autofree char *gone = subscribe (fixture, "gone", 1, 2);
  g_autofree char *where = g_strconcat (WEIR_HUB_ORACLE_LIST "/", gone, NULL);

  weir_hub_fixture_answer (fixture, 200, "{\"items\":[{\"id\":7}]}");
  add_source (fixture);
  g_assert_true (has_queued (fixture));
  weir_hub_document_unref (weir_hub_oracle_client_ask (fixture, "DELETE", where, NULL, 200));
  wait_for_queue (fixture, 0);
  g_assert_cmpuint (fixture->posted->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/delivery/kinds", test_kinds },       { "/hub/delivery/paused", test_paused },
    { "/hub/delivery/failing", test_failing },   { "/hub/delivery/restart", test_restart },
    { "/hub/delivery/hopeless", test_hopeless },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  return g_test_run ();
}
