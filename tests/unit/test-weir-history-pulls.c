/* test-weir-history-pulls.c: pull runs that stay known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-history-fixture.h"
#include "weir-history-pulls.h"
#include "weir-history-states.h"

#define NOW HISTORY_OBSERVED

static WeirPullRun *
make_pull (WeirAccount *account, guint number, const char *subscription, const char *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"p%u\",\"externalEventSubscriptionId\":\"%s\",\"connectionId\":\"c1\","
      "\"startDatetime\":%" G_GINT64_FORMAT ",\"status\":\"%s\",\"collectedEventIds\":[\"e%u\"]}",
      number, subscription, HISTORY_TIME / 1000 + number, status, number);
  WeirPullRun *pull;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  pull = weir_pull_run_new (account, json, &error);
  g_assert_no_error (error);

  return pull;
}

static void
put (HistoryFixture *fixture, WeirPullRun *pull)
{
  g_autoptr (GPtrArray) pulls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (pulls, pull);
  g_assert_true (weir_history_put_pulls (fixture->history, pulls, FALSE, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (HistoryFixture *fixture, const char *subscription, gint64 before, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *pulls = weir_history_list_pulls (fixture->history, fixture->account, subscription,
                                              before, limit, &error);

  g_assert_no_error (error);
  return pulls;
}

static void
check_ids (GPtrArray *pulls, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < pulls->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", weir_record_get_id (pulls->pdata[i]));
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_list (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) older = NULL;
  g_autoptr (GPtrArray) few = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, make_pull (fixture->account, 2, "s1", "success"));
  put (fixture, make_pull (fixture->account, 3, "s2", "error"));
  put (fixture, make_pull (fixture->account, 1, "s1", "success"));
  g_assert_finalize_object (fixture->history);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);

  all = list (fixture, NULL, 0, 0);
  check_ids (all, "p3 p2 p1");
  g_assert_cmpuint (WEIR_PULL_RUN (all->pdata[1])->collected, ==, 1);
  g_assert_cmpstr (WEIR_PULL_RUN (all->pdata[1])->collected_ids[0], ==, "e2");
  g_assert_cmpint (WEIR_PULL_RUN (all->pdata[1])->start_at, ==, HISTORY_TIME + 2000);
  own = list (fixture, "s1", 0, 0);
  check_ids (own, "p2 p1");
  older = list (fixture, NULL, HISTORY_TIME + 3000, 0);
  check_ids (older, "p2 p1");
  few = list (fixture, NULL, 0, 2);
  check_ids (few, "p3 p2");
}

static void
test_states (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) pulls = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  WeirStateChange *change;

  weir_clock_set_fake (NOW);
  put (fixture, make_pull (fixture->account, 1, "s1", "queued"));
  put (fixture, make_pull (fixture->account, 1, "s1", "queued"));
  weir_clock_set_fake (NOW + 5);
  put (fixture, make_pull (fixture->account, 1, "s1", "running"));
  weir_clock_set_fake (NOW + 9);
  put (fixture, make_pull (fixture->account, 1, "s1", "success"));

  pulls = list (fixture, NULL, 0, 0);
  check_ids (pulls, "p1");
  g_assert_cmpstr (WEIR_PULL_RUN (pulls->pdata[0])->status, ==, "success");
  changes = weir_history_list_state_changes (fixture->history, fixture->account, WEIR_RECORD_PULL,
                                             "p1", 0, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 2);
  change = changes->pdata[0];
  g_assert_cmpstr (change->before, ==, "running");
  g_assert_cmpstr (change->after, ==, "success");
  g_assert_cmpint (change->at, ==, NOW + 9);
  g_assert_cmpstr (change->subscription, ==, "s1");
  change = changes->pdata[1];
  g_assert_cmpstr (change->before, ==, "queued");
}

/* The oldest go, with their states. */
static void
test_retention (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, make_pull (fixture->account, 0, "s1", "running"));
  put (fixture, make_pull (fixture->account, 0, "s1", "success"));
  for (guint i = 1; i <= WEIR_PULLS_KEPT; i++)
    g_ptr_array_add (many, make_pull (fixture->account, i, "s1", "success"));
  g_assert_true (weir_history_put_pulls (fixture->history, many, FALSE, &error));
  g_assert_no_error (error);

  kept = list (fixture, NULL, HISTORY_TIME + 3000, 0);
  check_ids (kept, "p2 p1");
  changes = weir_history_list_state_changes (fixture->history, fixture->account, WEIR_RECORD_PULL,
                                             "p0", 0, 0, NULL);
  g_assert_cmpuint (changes->len, ==, 0);
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) pulls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GAsyncResult) put_result = NULL;
  g_autoptr (GAsyncResult) list_result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (pulls, make_pull (fixture->account, 1, "s1", "success"));
  weir_history_put_pulls_async (fixture->history, pulls, FALSE, NULL, store_result_cb, &put_result);
  g_ptr_array_set_size (pulls, 0);
  while (put_result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (weir_history_put_pulls_finish (fixture->history, put_result, &error));
  g_assert_no_error (error);

  weir_history_list_pulls_async (fixture->history, fixture->account, "s1", 0, 10, NULL,
                                 store_result_cb, &list_result);
  while (list_result == NULL)
    g_main_context_iteration (NULL, TRUE);
  listed = weir_history_list_pulls_finish (fixture->history, list_result, &error);
  g_assert_no_error (error);
  check_ids (listed, "p1");
}

#define ADD(path, test)                                                                            \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-pulls/list", test_list);
  ADD ("/history-pulls/states", test_states);
  ADD ("/history-pulls/retention", test_retention);
  ADD ("/history-pulls/async", test_async);

  return g_test_run ();
}
