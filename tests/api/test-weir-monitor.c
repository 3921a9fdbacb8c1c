/* test-weir-monitor.c: accounts that come and go, and what is done to their records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-gaps.h"
#include "weir-monitor-fixture.h"
#include "weir-monitor-gaps.h"
#include "weir-session-private.h"

static void
test_subscribe (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) record = NULL;
  g_autoptr (WeirRecord) before = NULL;
  const char *reason = NULL;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  before = g_object_ref (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"));
  g_assert_cmpstr (monitor_fixture_get_s1_status (fixture), ==, "unsubscribed");
  g_assert_true (weir_monitor_can (fixture->monitor, WEIR_ACTION_SUBSCRIBE, before, &reason));

  fixture->server.holds = TRUE;
  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  g_assert_true (weir_monitor_is_busy (fixture->monitor, before));
  g_assert_cmpuint (fixture->n_busy, ==, 1);
  g_assert_false (weir_monitor_can (fixture->monitor, WEIR_ACTION_SUBSCRIBE, before, &reason));
  g_assert_nonnull (reason);
  monitor_fixture_act (fixture, WEIR_ACTION_UNSUBSCRIBE, &second);
  WEIR_TEST_WAIT_UNTIL (second != NULL);
  g_assert_null (weir_monitor_act_finish (fixture->monitor, second, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpuint (
      monitor_fixture_count (fixture, "POST /external-event-subscriptions/s1/unsubscribe"), ==, 0);

  WEIR_TEST_WAIT_UNTIL (fixture->server.held->len > 0);
  small_membrane_let_go (&fixture->server);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  record = weir_monitor_act_finish (fixture->monitor, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (record)->status, ==, "subscribed");
  g_assert_cmpstr (monitor_fixture_get_s1_status (fixture), ==, "subscribed");
  g_assert_false (weir_monitor_is_busy (fixture->monitor, before));
  g_assert_cmpuint (fixture->n_busy, ==, 2);
  g_assert_cmpuint (
      monitor_fixture_count (fixture, "POST /external-event-subscriptions/s1/subscribe"), ==, 1);
}

/* A list that was asked before an action and comes after it is older than what the action brought. */
static void
test_late_list (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WeirRecord) record = NULL;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));

  fixture->server.holds = TRUE;
  weir_session_refresh (monitor_fixture_get_session (fixture), WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (fixture->server.held->len == 1);
  fixture->server.holds = FALSE;
  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  record = weir_monitor_act_finish (fixture->monitor, result, NULL);
  g_assert_cmpstr (monitor_fixture_get_s1_status (fixture), ==, "subscribed");

  small_membrane_let_go (&fixture->server);
  for (guint i = 0; i < 30; i++)
    {
      weir_test_run_for (10);
      g_assert_cmpstr (monitor_fixture_get_s1_status (fixture), ==, "subscribed");
    }
}

static void
test_pull (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) pull = NULL;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  monitor_fixture_act (fixture, WEIR_ACTION_PULL, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  pull = weir_monitor_act_finish (fixture->monitor, result, &error);
  g_assert_no_error (error);
  g_assert_true (WEIR_IS_PULL_RUN (pull));
  g_assert_cmpstr (monitor_fixture_get_pull_status (fixture, "p1"), ==, "queued");

  /* seen running, seen ending, and then its events and the subscription are looked at */
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_pull_status (fixture, "p1"), "running"));
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_pull_status (fixture, "p1"), "success"));
  WEIR_TEST_WAIT_UNTIL (fixture->appended == 3);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_count (fixture, "GET /external-event-subscriptions/s1")
                        >= 2);
  weir_test_run_for (1500);
  g_assert_cmpuint (fixture->server.n_looks, ==, 2);
  g_assert_cmpuint (
      monitor_fixture_count (fixture, "POST /external-event-subscriptions/s1/pull-events"), ==, 1);
}

/* A pull that somebody else has started is found, and followed too. */
static void
test_foreign_pull (MonitorFixture *fixture, gconstpointer data)
{
  fixture->server.n_pulls = 1;
  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_pull_status (fixture, "p1"), "running"));
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_pull_status (fixture, "p1"), "success"));
}

/* That one pull is gone says nothing of the others. */
static void
test_gone_pull (MonitorFixture *fixture, gconstpointer data)
{
  WeirSession *session;

  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  weir_session_read (session, WEIR_RECORD_PULL, "x1");
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_count (fixture, "GET /external-event-pulls/x1") == 1);
  weir_test_run_for (200);
  weir_session_read (session, WEIR_RECORD_PULL, "p1");
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_count (fixture, "GET /external-event-pulls/p1") > 0);
}

static WeirGap *
find_gap (MonitorFixture *fixture)
{
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps (fixture->history, fixture->account, TRUE, NULL);

  g_assert_cmpuint (gaps->len, <=, 1);
  return gaps->len > 0 ? g_object_ref (gaps->pdata[0]) : NULL;
}

/* A first run has failed and left a gap. */
static WeirGap *
make_gap (MonitorFixture *fixture)
{
  WeirGap *gap = NULL;

  fixture->server.n_pulls = 1;
  fixture->server.n_looks = 2;
  fixture->server.n_failed = 1;
  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL ((gap = find_gap (fixture)) != NULL);
  g_assert_cmpint (gap->cause, ==, WEIR_GAP_PULL_FAILED);

  return gap;
}

static gboolean
fill (MonitorFixture *fixture, WeirGap *gap, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 added = 99;
  gboolean closed;

  weir_monitor_fill_gap_async (fixture->monitor, gap, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  closed = weir_monitor_fill_gap_finish (fixture->monitor, result, &added, error);
  g_assert_cmpint (added, ==, -1);

  return closed;
}

/* That a pull was started says nothing: its run fails, too, and the gap is the longer for it. */
static void
test_fill (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirGap) gap = make_gap (fixture);
  g_autoptr (WeirGap) grown = NULL;
  g_autoptr (GError) error = NULL;

  fixture->server.n_failed = 2;
  g_assert_false (fill (fixture, gap, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, "The pull run failed again: out of order");
  grown = find_gap (fixture);
  g_assert_nonnull (grown);
  g_assert_cmpint (grown->to, >, gap->to);
  g_clear_error (&error);

  g_assert_true (fill (fixture, grown, &error));
  g_assert_no_error (error);
  g_assert_null (find_gap (fixture));
}

static void
test_fill_ends (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirGap) gap = make_gap (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) gone = NULL;
  g_autoptr (GError) error = NULL;

  weir_monitor_fill_gap_async (fixture->monitor, gap, cancellable, weir_test_keep_result_cb,
                               &cancelled);
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_pull_status (fixture, "p2"), "running"));
  g_assert_null (cancelled);
  g_cancellable_cancel (cancellable);
  WEIR_TEST_WAIT_UNTIL (cancelled != NULL);
  g_assert_false (weir_monitor_fill_gap_finish (fixture->monitor, cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  weir_monitor_fill_gap_async (fixture->monitor, gap, NULL, weir_test_keep_result_cb, &gone);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_find (fixture, WEIR_RECORD_PULL, "p3") != NULL);
  g_assert_true (weir_account_store_remove (fixture->store, fixture->account, NULL));
  WEIR_TEST_WAIT_UNTIL (gone != NULL);
  g_assert_false (weir_monitor_fill_gap_finish (fixture->monitor, gone, NULL, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED);
}

static void
test_failed_action (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  fixture->server.refuses = TRUE;
  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_monitor_act_finish (fixture->monitor, result, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED);
  g_assert_cmpuint (
      monitor_fixture_count (fixture, "POST /external-event-subscriptions/s1/subscribe"), ==, 1);
  g_assert_false (weir_monitor_is_busy (
      fixture->monitor, monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1")));
  /* what it has left behind is read */
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_s1_status (fixture), "error"));
}

/* The server has done it and nobody heard: it is not done again, but looked at. */
static void
test_lost_answer (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WeirProvider *provider;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  provider = weir_session_get_provider (monitor_fixture_get_session (fixture));
  weir_http_client_set_timeouts (weir_provider_get_client (provider), 10, 1, 10);
  fixture->server.holds = TRUE;
  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  WEIR_TEST_WAIT_UNTIL (fixture->server.held->len == 1);
  fixture->server.holds = FALSE;
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_monitor_act_finish (fixture->monitor, result, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "may or may not"));
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_count (fixture, "GET /external-event-subscriptions/s1")
                        == 1);
  WEIR_TEST_WAIT_UNTIL (g_str_equal (monitor_fixture_get_s1_status (fixture), "subscribed"));
  g_assert_cmpuint (
      monitor_fixture_count (fixture, "POST /external-event-subscriptions/s1/subscribe"), ==, 1);
  small_membrane_let_go (&fixture->server);
}

static void
test_read_only (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) locked =
      monitor_fixture_make_account (fixture->account->uuid, "Acme", "membrane", fixture->uri, TRUE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *reason = NULL;

  g_set_object (&fixture->account, locked);
  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  g_assert_false (weir_monitor_can (fixture->monitor, WEIR_ACTION_SUBSCRIBE,
                                    monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"),
                                    &reason));
  g_assert_nonnull (reason);
  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_monitor_act_finish (fixture->monitor, result, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_READ_ONLY);
  g_assert_cmpuint (
      monitor_fixture_count (fixture, "POST /external-event-subscriptions/s1/subscribe"), ==, 0);
}

static void
test_cancel (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WeirRecord *record;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  record = monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1");
  fixture->server.holds = TRUE;
  weir_monitor_act_async (fixture->monitor, WEIR_ACTION_SUBSCRIBE, record, cancellable,
                          weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (fixture->server.held->len == 1);
  g_cancellable_cancel (cancellable);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_monitor_act_finish (fixture->monitor, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (weir_monitor_is_busy (fixture->monitor, record));
}

static void
save (MonitorFixture *fixture, WeirAccount *account, const char *secret, gboolean kept)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) not_kept = NULL;
  g_autoptr (GError) error = NULL;

  weir_monitor_save_account_async (fixture->monitor, account, secret, NULL,
                                   weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  weir_monitor_save_account_finish (fixture->monitor, result, &not_kept, &error);
  g_assert_no_error (error);
  g_assert_true ((not_kept == NULL) == kept);
}

static void
test_accounts (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) renamed = monitor_fixture_make_account (fixture->account->uuid, "Other",
                                                                  "membrane", fixture->uri, FALSE);
  g_autoptr (WeirAccount) twin =
      monitor_fixture_make_account (NULL, "Other", "membrane", fixture->uri, FALSE);
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) removal = NULL;
  g_autoptr (GError) not_removed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new ("account:Other", NULL);

  /* there is no keyring: it works, and says that the token was not kept */
  weir_secrets_remember (fixture->account, NULL);
  fixture->server.n_events = 5;
  save (fixture, fixture->account, "pat-2", FALSE);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (fixture->appended == 5);

  /* renamed: what is known stays, the token too */
  save (fixture, renamed, NULL, TRUE);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"));
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (
      weir_record_get_account (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"))
      == renamed);
  index = weir_history_query (fixture->history, query, 0, NULL);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (weir_monitor_get_sessions (fixture->monitor)), ==, 1);

  weir_monitor_save_account_async (fixture->monitor, twin, "t", NULL, weir_test_keep_result_cb,
                                   &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_false (weir_monitor_save_account_finish (fixture->monitor, result, NULL, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_TAKEN);
  g_clear_error (&error);

  weir_monitor_remove_account_async (fixture->monitor, renamed, TRUE, NULL,
                                     weir_test_keep_result_cb, &removal);
  WEIR_TEST_WAIT_UNTIL (removal != NULL);
  g_assert_true (
      weir_monitor_remove_account_finish (fixture->monitor, removal, &not_removed, &error));
  g_assert_no_error (error);
  g_assert_no_error (not_removed); /* no keyring, no token in it */
  g_assert_null (weir_monitor_find_session (fixture->monitor, renamed));
  g_assert_null (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"));
  g_assert_null (monitor_fixture_find (fixture, WEIR_RECORD_CONNECTION, "c1"));
  weir_test_run_for (200);
  g_clear_object (&index);
  index = weir_history_query (fixture->history, NULL, 0, NULL);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 0);
}

static void
test_removed_meanwhile (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WeirRecord) record = NULL;

  monitor_fixture_add (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  fixture->server.holds = TRUE;
  monitor_fixture_act (fixture, WEIR_ACTION_SUBSCRIBE, &result);
  WEIR_TEST_WAIT_UNTIL (fixture->server.held->len == 1);
  g_assert_true (weir_account_store_remove (fixture->store, fixture->account, NULL));
  small_membrane_let_go (&fixture->server);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  record = weir_monitor_act_finish (fixture->monitor, result, NULL);
  g_assert_null (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"));
}

static void
remove_cb (WeirSession *session, MonitorFixture *fixture)
{
  weir_account_store_remove (fixture->store, fixture->account, NULL);
}

static void
retry_cb (WeirSession *session, guint *n_retries)
{
  if ((*n_retries)++ < 5)
    weir_session_retry (session);
}

/* Whoever hears of a change may act at once, while the session is still at work. */
static void
test_changed_by_handler (MonitorFixture *fixture, gconstpointer data)
{
  WeirSession *session;
  guint n_retries = 0;

  fixture->server.n_events = 5;
  monitor_fixture_add (fixture);
  session = weir_monitor_find_session (fixture->monitor, fixture->account);
  g_signal_connect (session, "changed", G_CALLBACK (retry_cb), &n_retries);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture) && fixture->appended == 5);
  g_assert_cmpuint (n_retries, >, 5);

  g_signal_connect (session, "changed", G_CALLBACK (remove_cb), fixture);
  weir_session_retry (session);
  WEIR_TEST_WAIT_UNTIL (weir_monitor_find_session (fixture->monitor, fixture->account) == NULL);
  weir_test_run_for (200);
}

/* Finalised in whatever it is doing. */
static void
test_dispose (MonitorFixture *fixture, gconstpointer data)
{
  monitor_fixture_add (fixture);
  for (guint i = 0; i < 30; i++)
    {
      WeirMonitor *monitor = weir_monitor_new (fixture->store, fixture->history);

      weir_test_run_for (i);
      g_object_unref (monitor);
    }
  weir_test_run_for (100);
}

#define ADD(name, test)                                                                            \
  g_test_add (name, MonitorFixture, NULL, monitor_fixture_set_up, test, monitor_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("/monitor/subscribe", test_subscribe);
  ADD ("/monitor/late-list", test_late_list);
  ADD ("/monitor/pull", test_pull);
  ADD ("/monitor/foreign-pull", test_foreign_pull);
  ADD ("/monitor/gone-pull", test_gone_pull);
  ADD ("/monitor/fill", test_fill);
  ADD ("/monitor/fill-ends", test_fill_ends);
  ADD ("/monitor/failed-action", test_failed_action);
  ADD ("/monitor/lost-answer", test_lost_answer);
  ADD ("/monitor/read-only", test_read_only);
  ADD ("/monitor/cancel", test_cancel);
  ADD ("/monitor/accounts", test_accounts);
  ADD ("/monitor/removed-meanwhile", test_removed_meanwhile);
  ADD ("/monitor/changed-by-handler", test_changed_by_handler);
  ADD ("/monitor/dispose", test_dispose);

  return g_test_run ();
}
