/* test-weir-session.c: one account, kept fresh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-monitor-fixture.h"
#include "weir-session-private.h"
#include "weir-wake-watch.h"

#include <string.h>

static WeirQuota *
get_quota (WeirSession *session)
{
  return weir_http_client_get_quota (
      weir_provider_get_client (weir_session_get_provider (session)));
}

static void
test_online (MonitorFixture *fixture, gconstpointer data)
{
  WeirSession *session;
  GPtrArray *followers;

  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  g_assert_nonnull (session);
  g_assert_cmpint (monitor_fixture_get_state (fixture), ==, WEIR_ACCOUNT_UNKNOWN);
  g_assert_cmpint (weir_session_get_latency (session), ==, -1);

  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  g_assert_null (weir_session_get_error (session));
  g_assert_cmpint (weir_session_get_next_try (session), ==, 0);
  g_assert_cmpint (weir_session_get_since (session), >, 0);
  g_assert_cmpint (weir_session_get_latency (session), >=, 0);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s2"));
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_CONNECTION, "c1"));
  g_assert_cmpuint (fixture->n_changed, ==, 3);

  followers = weir_session_get_followers (session);
  g_assert_cmpuint (followers->len, ==, 2);
  for (guint i = 0; i < followers->len; i++)
    WEIR_TEST_WAIT_UNTIL (weir_follower_get_state (followers->pdata[i]) == WEIR_FOLLOWER_FOLLOWING);

  /* a list with nothing new tells nobody */
  weir_session_refresh (session, WEIR_RECORD_SUBSCRIPTION);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_count (fixture, "GET /external-event-subscriptions") >= 2);
  weir_test_run_for (100);
  g_assert_cmpuint (fixture->n_changed, ==, 3);
}

static void
test_no_token (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *reason = NULL;
  WeirSession *session;
  WeirJson json;

  weir_secrets_remember (fixture->account, NULL);
  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  WEIR_TEST_WAIT_UNTIL (weir_session_get_error (session) != NULL);
  g_assert_cmpint (monitor_fixture_get_state (fixture), ==, WEIR_ACCOUNT_UNKNOWN);
  g_assert_error (weir_session_get_error (session), WEIR_SECRETS_ERROR,
                  WEIR_SECRETS_ERROR_UNAVAILABLE);
  g_assert_null (weir_session_get_provider (session));

  g_assert_true (weir_json_parse_text ("{}", -1, &json, NULL));
  record = weir_record_new (WEIR_RECORD_SUBSCRIPTION, fixture->account, "s1", NULL, json);
  g_assert_false (weir_monitor_can (fixture->monitor, WEIR_ACTION_PULL, record, &reason));
  g_assert_nonnull (reason);
  weir_monitor_act_async (fixture->monitor, WEIR_ACTION_PULL, record, NULL,
                          weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_monitor_act_finish (fixture->monitor, result, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (monitor_fixture_count_all (fixture), ==, 0);

  weir_secrets_remember (fixture->account, "pat-1");
  weir_session_retry (session);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  g_assert_null (weir_session_get_error (session));
}

static void
test_unauthorized (MonitorFixture *fixture, gconstpointer data)
{
  WeirSession *session;
  guint n_requests;
  gint64 wait;

  fixture->server.status = 401;
  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_get_state (fixture) == WEIR_ACCOUNT_UNAUTHORIZED);
  g_assert_error (weir_session_get_error (session), WEIR_PROVIDER_ERROR,
                  WEIR_PROVIDER_ERROR_UNAUTHORIZED);
  wait = weir_session_get_next_try (session) - weir_clock_now ();
  g_assert_cmpint (wait, >, 40 * G_TIME_SPAN_SECOND); /* a minute, give or take a fifth */

  /* nobody hammers */
  weir_test_run_for (300);
  n_requests = monitor_fixture_count_all (fixture);
  weir_test_run_for (2500);
  g_assert_cmpuint (monitor_fixture_count_all (fixture), ==, n_requests);

  fixture->server.status = 0;
  weir_session_retry (session);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
}

static void
test_throttled (MonitorFixture *fixture, gconstpointer data)
{
  WeirSession *session;
  WeirQuotaState quota;
  guint n_requests;
  gint64 wait;

  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));

  fixture->server.status = 429;
  fixture->server.retry_after = "3600";
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_get_state (fixture) == WEIR_ACCOUNT_THROTTLED);
  wait = weir_session_get_next_try (session) - weir_clock_now ();
  g_assert_cmpint (wait, >, 3590 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (wait, <, 3610 * G_TIME_SPAN_SECOND);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"));
  weir_quota_get_state (get_quota (session), &quota);
  g_assert_cmpuint (quota.limited, >, 0);
  g_assert_cmpuint (quota.requests, >, quota.limited);
  g_assert_cmpint (quota.limited_until, >, weir_clock_now () + 3590 * G_TIME_SPAN_SECOND);

  weir_test_run_for (300);
  n_requests = monitor_fixture_count_all (fixture);
  weir_session_refresh (session, WEIR_RECORD_SUBSCRIPTION);
  weir_session_refresh (session, WEIR_RECORD_CONNECTION);
  weir_test_run_for (2500);
  g_assert_cmpuint (monitor_fixture_count_all (fixture), ==, n_requests);

  /* sleep is no reason to ask sooner, but counts */
  g_signal_emit_by_name (weir_wake_watch_get_default (), "woke", WEIR_WAKE_SLEEP);
  weir_test_run_for (500);
  g_assert_cmpuint (monitor_fixture_count_all (fixture), ==, n_requests);
  g_assert_cmpint (monitor_fixture_get_state (fixture), ==, WEIR_ACCOUNT_THROTTLED);
  weir_clock_set_fake (weir_session_get_next_try (session) + 1);
  g_signal_emit_by_name (weir_wake_watch_get_default (), "woke", WEIR_WAKE_SLEEP);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_count_all (fixture) > n_requests);
  WEIR_TEST_WAIT_UNTIL (weir_session_get_next_try (session) > weir_clock_now ());
  weir_clock_set_fake (0);

  fixture->server.status = 0;
  weir_session_retry (session);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  for (guint i = 0; i < 2; i++)
    WEIR_TEST_WAIT_UNTIL (weir_follower_get_state (weir_session_get_followers (session)->pdata[i])
                          == WEIR_FOLLOWER_FOLLOWING);
}

static void
test_lost (MonitorFixture *fixture, gconstpointer data)
{
  const WeirRefresh rarely = { 3600, 3600 };
  WeirSession *session;

  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  weir_http_client_set_retry_unit (weir_provider_get_client (weir_session_get_provider (session)),
                                   1);

  for (guint i = 0; i < 2; i++)
    WEIR_TEST_WAIT_UNTIL (weir_follower_get_state (weir_session_get_followers (session)->pdata[i])
                          == WEIR_FOLLOWER_FOLLOWING);

  /* who follows the events notices, long before the next list is due */
  weir_session_set_watched (session, TRUE, &rarely);
  fixture->server.status = 503;
  g_signal_emit_by_name (weir_session_get_provider (session), "hint", WEIR_RECORD_EVENT, NULL);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_get_state (fixture) == WEIR_ACCOUNT_UNREACHABLE);
  g_assert_cmpint (weir_session_get_next_try (session), >, weir_clock_now ());
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "s1"));
  g_assert_true (weir_session_is_loaded (session, WEIR_RECORD_SUBSCRIPTION));

  /* by itself */
  fixture->server.status = 0;
  fixture->server.n_events = 2;
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_get_state (fixture) == WEIR_ACCOUNT_ONLINE);
  WEIR_TEST_WAIT_UNTIL (fixture->appended == 2);
}

/* A server that is no Oracle, and kinds of records that Oracle does not have. */
static void
test_no_api (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) account =
      monitor_fixture_make_account (NULL, "Oracle", "oracle", fixture->uri, FALSE);
  WeirSession *session;

  weir_secrets_remember (account, "t");
  weir_account_store_add (fixture->store, account, NULL);
  session = weir_monitor_find_session (fixture->monitor, account);

  /* no Oracle here: found nothing */
  WEIR_TEST_WAIT_UNTIL (weir_session_get_state (session) == WEIR_ACCOUNT_INVALID_ANSWER);
  g_assert_nonnull (weir_session_get_list_error (session, WEIR_RECORD_SUBSCRIPTION));
  g_assert_cmpint (weir_session_get_next_try (session), >, weir_clock_now ());
  /* what Oracle does not have is not waited for */
  g_assert_true (weir_session_is_loaded (session, WEIR_RECORD_PULL));
  g_assert_true (weir_session_is_loaded (session, WEIR_RECORD_CONNECTION));
  g_assert_false (weir_session_is_loaded (session, WEIR_RECORD_SUBSCRIPTION));
  g_assert_cmpuint (weir_session_get_followers (session)->len, ==, 0);
}

static void
seen_cb (SoupServer *soup,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  if (!g_str_equal (path, "/v1/events"))
    small_membrane_answer (message, 404, "{\"summary\":\"no\"}");
  else if (query != NULL && g_hash_table_contains (query, "after_cursor"))
    small_membrane_answer (message, 200, "{\"events\":[],\"cursor\":\"x\"}");
  else
    small_membrane_answer (
        message, 200,
        "{\"events\":[{\"event_id\":\"e1\",\"sync_id\":\"y1\",\"collection_id\":\"a:b\"},"
        "{\"event_id\":\"e2\",\"sync_id\":\"y1\",\"collection_id\":\"a:c\"}],"
        "\"cursor\":\"x\"}");
}

/* A Sequin that has no syncs: its subscriptions are what its events tell of. */
static void
test_seen (MonitorFixture *fixture, gconstpointer data)
{
  g_autoptr (SoupServer) soup = soup_server_new (NULL, NULL);
  g_autofree char *uri = NULL;
  WeirRecordSet *set = weir_monitor_get_records (fixture->monitor, WEIR_RECORD_SUBSCRIPTION);

  soup_server_add_handler (soup, NULL, seen_cb, NULL, NULL);
  soup_server_listen_local (soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uri = monitor_fixture_dup_uri (soup);
  g_clear_object (&fixture->account);
  fixture->account = monitor_fixture_make_account (NULL, "Seq", "sequin", uri, FALSE);
  weir_secrets_remember (fixture->account, "t");
  monitor_fixture_add (fixture);

  WEIR_TEST_WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (set)) == 2);
  g_assert_cmpint (monitor_fixture_get_state (fixture), ==, WEIR_ACCOUNT_ONLINE);
  g_assert_nonnull (monitor_fixture_find (fixture, WEIR_RECORD_SUBSCRIPTION, "y1/a:b"));
  g_assert_true (monitor_fixture_is_loaded (fixture));
  g_assert_true (weir_account_store_remove (fixture->store, fixture->account, NULL));
}

#define ADD(name, test)                                                                            \
  g_test_add (name, MonitorFixture, NULL, monitor_fixture_set_up, test, monitor_fixture_tear_down)

/* Where a server allows little, what somebody looks at is asked as before, and the rest is not. */
static void
test_scarce (MonitorFixture *fixture, gconstpointer data)
{
  static const char pulls[] = "GET /external-event-pulls";
  static const char subscriptions[] = "GET /external-event-subscriptions";
  WeirRecordSet *set = weir_monitor_get_records (fixture->monitor, WEIR_RECORD_PULL);
  WeirRefresh often = { 1, 60 };
  WeirSession *session;
  guint n_pulls, n_subscriptions;

  monitor_fixture_add (fixture);
  session = monitor_fixture_get_session (fixture);
  WEIR_TEST_WAIT_UNTIL (monitor_fixture_is_loaded (fixture));
  WEIR_TEST_WAIT_UNTIL (weir_session_is_loaded (session, WEIR_RECORD_PULL));

  weir_quota_note (get_quota (session), 429, NULL, 0);
  weir_record_set_set_watched (set, FALSE);
  weir_session_set_watched (session, TRUE, &often);
  n_pulls = monitor_fixture_count (fixture, pulls);
  n_subscriptions = monitor_fixture_count (fixture, subscriptions);
  weir_test_run_for (3500);
  g_assert_cmpuint (monitor_fixture_count (fixture, pulls), ==, n_pulls);
  g_assert_cmpuint (monitor_fixture_count (fixture, subscriptions), >=, n_subscriptions + 2);

  /* who comes to look does not wait as long */
  weir_record_set_set_watched (set, TRUE);
  weir_test_run_for (1800);
  g_assert_cmpuint (monitor_fixture_count (fixture, pulls), >, n_pulls);
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("/session/online", test_online);
  ADD ("/session/no-token", test_no_token);
  ADD ("/session/unauthorized", test_unauthorized);
  ADD ("/session/throttled", test_throttled);
  ADD ("/session/scarce", test_scarce);
  ADD ("/session/lost", test_lost);
  ADD ("/session/no-api", test_no_api);
  ADD ("/session/seen", test_seen);

  return g_test_run ();
}
