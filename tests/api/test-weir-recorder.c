/* test-weir-recorder.c: what becomes of the records is in the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-pulls.h"
#include "weir-history-states.h"
#include "weir-monitor-fixture.h"

static GPtrArray *
list (MonitorFixture *fixture, int kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes =
      weir_history_list_state_changes (fixture->history, fixture->account, kind, id, 0, 0, &error);

  g_assert_no_error (error);
  return changes;
}

static guint
count (MonitorFixture *fixture, int kind, const char *id)
{
  g_autoptr (GPtrArray) changes = list (fixture, kind, id);

  return changes->len;
}

static gboolean
is_kept_as (MonitorFixture *fixture, const char *id, const char *status)
{
  g_autoptr (GPtrArray) pulls =
      weir_history_list_pulls (fixture->history, fixture->account, "s1", 0, 1, NULL);

  return pulls->len == 1 && g_str_equal (weir_record_get_id (pulls->pdata[0]), id)
         && g_str_equal (WEIR_PULL_RUN (pulls->pdata[0])->status, status);
}

/* As if the program had been ended and started again. */
static void
restart (MonitorFixture *fixture)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->monitor));
  weir_test_drain ();
  fixture->monitor = weir_monitor_new (fixture->store, fixture->history);
}

static void
test_change (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WeirRecord) record = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  WeirStateChange *change;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_SUBSCRIPTION, "s1") == 1);
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_CONNECTION, "c1") == 1);
  g_assert_cmpuint (count (fixture, -1, NULL), ==, 0);

  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  record = weir_monitor_act_finish (fixture->monitor, result, NULL);
  g_assert_nonnull (record);
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_SUBSCRIPTION, "s1") == 2);
  changes = list (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  change = changes->pdata[0];
  g_assert_cmpstr (change->before, ==, "unsubscribed");
  g_assert_cmpstr (change->after, ==, "subscribed");
  g_assert_false (change->uncertain);
  g_assert_cmpint (change->at, ==, change->noticed_at);
}

static void
test_off (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = NULL;
  WeirStateChange *change;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_SUBSCRIPTION, "s2") == 1);

  fixture->server.s1_status = "error";
  restart (fixture);
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_SUBSCRIPTION, "s1") == 2);
  changes = list (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  change = changes->pdata[0];
  g_assert_cmpstr (change->after, ==, "error");
  g_assert_true (change->uncertain);
  g_assert_cmpuint (count (fixture, WEIR_RECORD_SUBSCRIPTION, "s2"), ==, 1);
}

/* Pull runs stay when the server lists them no more, and are there before it answers. */
static void
test_pulls (MonitorFixture *fixture, gconstpointer data)
{
  fixture->server.n_pulls = 2;
  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (is_kept_as (fixture, "p2", "success"));
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_PULL, "p2") >= 1);
  g_assert_cmpuint (count (fixture, WEIR_RECORD_PULL, "p1"), ==, 0);

  fixture->server.n_pulls = 1;
  weir_session_refresh (monitor_fixture_get_session (fixture), WEIR_RECORD_PULL);
  weir_test_run_for (500);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "p2"));

  fixture->server.status = 503;
  restart (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "p2") != NULL);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "p1"));
  g_assert_false (monitor_fixture_is_loaded (fixture));
}

/* A run that the server has forgotten does not run for ever. */
static void
test_lost_run (MonitorFixture *fixture, gconstpointer data)
{
  fixture->server.n_pulls = 1;
  fixture->server.n_looks = 0;
  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (is_kept_as (fixture, "p1", "queued")
                        || is_kept_as (fixture, "p1", "running"));
  fixture->server.n_pulls = 0;
  restart (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  g_assert_null (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "p1"));
}

static guint
count_pulls (MonitorFixture *fixture)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (weir_monitor_get_records (fixture->monitor, WEIR_RECORD_PULL)));
}

/* What is older than the latest thousand is there when it is asked for. */
static void
test_older_pulls (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) pulls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2500; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"old%u\",\"externalEventSubscriptionId\":\"s1\",\"startDatetime\":%u000,"
          "\"status\":\"success\",\"collectedEventIds\":[]}",
          i, 1700000000 + i);
      WeirJson json;

      g_assert_true (weir_json_parse_text (text, -1, &json, &error));
      g_ptr_array_add (pulls, weir_pull_run_new (fixture->account, json, &error));
    }
  g_assert_true (weir_history_put_pulls (fixture->history, pulls, TRUE, &error));
  g_assert_no_error (error);

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (count_pulls (fixture) == 1000);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "old2499"));
  weir_monitor_load_older_pulls (fixture->monitor);
  weir_monitor_load_older_pulls (fixture->monitor);
  WEIR_TEST_WAIT_UNTIL (count_pulls (fixture) == 2000);
  weir_monitor_load_older_pulls (fixture->monitor);
  WEIR_TEST_WAIT_UNTIL (count_pulls (fixture) == 2500);
  /* the server's next list leaves them */
  weir_session_refresh (monitor_fixture_get_session (fixture), WEIR_RECORD_PULL);
  weir_test_run_for (500);
  g_assert_cmpuint (count_pulls (fixture), ==, 2500);
}

static void
add_pull (MonitorFixture *fixture,
          GPtrArray *pulls,
          const char *id,
          gint64 from,
          gint64 to,
          gboolean failed)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"externalEventSubscriptionId\":\"s1\",\"startDatetime\":%" G_GINT64_FORMAT
      "000,\"endDatetime\":%" G_GINT64_FORMAT "000,\"status\":\"%s\",\"collectedEventIds\":[]%s}",
      id, from, to, failed ? "error" : "success",
      failed ? ",\"error\":{\"message\":\"out of order\"}" : "");
  g_autoptr (GError) error = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, &error));
  g_ptr_array_add (pulls, weir_pull_run_new (fixture->account, json, &error));
  g_assert_no_error (error);
}

/* The window of a run that fails begins at the last success, long ago: it is one of the latest all the same. */
static void
test_failing_run (MonitorFixture *fixture, gconstpointer data)
{
  const gint64 begin = 1700000000;
  g_autoptr (GPtrArray) pulls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *id = g_strdup_printf ("old%u", i);

      add_pull (fixture, pulls, id, begin + i, begin + i + 1, FALSE);
    }
  add_pull (fixture, pulls, "failing", begin - 7200, begin + 1400, TRUE);
  g_assert_true (weir_history_put_pulls (fixture->history, pulls, TRUE, &error));
  g_assert_no_error (error);

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (count_pulls (fixture) == 1000);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "failing"));
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  weir_session_refresh (monitor_fixture_get_session (fixture), WEIR_RECORD_PULL);
  weir_test_run_for (500);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "failing"));
}

/* An account that goes is no change of what it had. */
static void
test_account_goes (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (count (fixture, WEIR_RECORD_CONNECTION, "c1") == 1);
  g_assert_true (weir_account_store_remove (fixture->store, fixture->account, &error));
  g_assert_no_error (error);
  weir_test_run_for (600);
  g_assert_cmpuint (count (fixture, WEIR_RECORD_CONNECTION, "c1"), ==, 1);
  g_assert_cmpuint (count (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"), ==, 1);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, MonitorFixture, NULL, monitor_fixture_set_up, test, monitor_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/recorder/change", test_change);
  ADD ("/recorder/off", test_off);
  ADD ("/recorder/pulls", test_pulls);
  ADD ("/recorder/older-pulls", test_older_pulls);
  ADD ("/recorder/failing-run", test_failing_run);
  ADD ("/recorder/lost-run", test_lost_run);
  ADD ("/recorder/account-goes", test_account_goes);

  return g_test_run ();
}
