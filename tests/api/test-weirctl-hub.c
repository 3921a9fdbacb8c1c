/* test-weirctl-hub.c: weirctl with a hub that pulls, from the account to the event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"

#include <signal.h>
#include <string.h>

#define JSON "Content-Type: application/json\r\n"

/* A hub with a source that answers, one that does not, and an account. */
typedef struct
{
  WeirCtlFixture ctl;
  WeirFaultServer *sources;
  char *good; /* id of a subscription: records created at the good source */
  char *bad;
  char *good_connection;
} Fixture;

static char *
dup_id (WeirCtlFixture *f, const char *name)
{
  return weir_ctl_fixture_dup (f, weir_ctl_fixture_find (f, "/name", name), "/id");
}

static void
add_source (Fixture *fixture, const char *name, const char *path)
{
  g_autofree char *url = weir_fault_server_dup_uri (fixture->sources, path);

  weir_ctl_fixture_add_source (&fixture->ctl, name, url);
}

static void
add_account (WeirCtlFixture *f, const char *name, const char *variable, const char *more)
{
  g_autofree char *words = g_strdup_printf (
      "account add %s --provider membrane --uri %s --token-stdin %s", name, f->uri, more);

  weir_ctl_fixture_run (f, 0, f->token, words);
  weir_ctl_fixture_setenv (f, variable, f->token);
}

/* The hub takes up a new source within a second. */
static void
wait_for_subscriptions (WeirCtlFixture *f, guint n)
{
  for (guint i = 0; i < 100; i++)
    {
      weir_ctl_fixture_run (f, 0, NULL, "subscriptions --json");
      if (weir_ctl_fixture_count (f) == n)
        return;
      g_usleep (100000);
    }
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;

  weir_ctl_fixture_set_up (f, NULL);
  fixture->sources = weir_fault_server_new ();
  weir_fault_server_add (fixture->sources, "/good", WEIR_FAULT_NONE, 200, JSON,
                         "[{\"id\":\"a\",\"n\":9007199254740993},{\"id\":\"b\",\"v\":1.10}]", -1);
  weir_fault_server_add (fixture->sources, "/bad", WEIR_FAULT_NONE, 503, JSON,
                         "{\"error\":\"down\"}", -1);
  weir_fault_server_add (fixture->sources, "/silent", WEIR_FAULT_SILENCE, 200, JSON, "[]", -1);
  weir_ctl_fixture_start_hub (f);
  add_source (fixture, "good", "/good");
  add_source (fixture, "bad", "/bad");
  add_source (fixture, "silent", "/silent");
  add_account (f, "acme", "WEIR_TOKEN_ACME", "");
  wait_for_subscriptions (f, 9);
  fixture->good = dup_id (f, "good created");
  fixture->bad = dup_id (f, "bad created");
  weir_ctl_fixture_run (f, 0, NULL, "connections --json");
  fixture->good_connection = dup_id (f, "good");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  weir_ctl_fixture_tear_down (&fixture->ctl, NULL);
  weir_fault_server_free (fixture->sources);
  g_free (fixture->good);
  g_free (fixture->bad);
  g_free (fixture->good_connection);
}

static void
assert_members (WeirCtlFixture *f, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, " ", -1);

  g_assert_cmpuint (weir_ctl_fixture_count (f), >, 0);
  for (guint i = 0; i < weir_ctl_fixture_count (f); i++)
    for (guint j = 0; parts[j] != NULL; j++)
      {
        g_autofree char *pointer = g_strconcat ("/", parts[j], NULL);
        g_autofree char *value = weir_ctl_fixture_dup (f, i, pointer);

        g_assert_nonnull (value);
      }
}

static void
test_shapes (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;

  weir_ctl_fixture_run (f, 0, NULL, "account check acme --json");
  assert_members (f, "account state detail latency_ms");
  weir_ctl_fixture_assert (f, 0, "/state", "online");

  weir_ctl_fixture_run (f, 0, NULL, "--json subscriptions --account acme");
  assert_members (f, "id account provider name kind status delivery connection error");
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --status subscribed --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 9);
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --status unsubscribed --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_runf (f, 0, "subscription show %s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/raw/id", fixture->good);
  weir_ctl_fixture_runf (f, 0, "subscription show %s", fixture->good);
  g_assert_nonnull (strstr (f->out, "\nraw\n  {\n"));

  g_assert_nonnull (strstr (f->out, "\nhistory\n  20"));

  weir_ctl_fixture_run (f, 0, NULL, "connections --json");
  assert_members (f, "id account provider name state error retry_attempts next_retry next_refresh");

  weir_ctl_fixture_run (f, 0, NULL, "pulls --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_runf (f, 1, "pull %s %s --wait --json", fixture->good, fixture->bad);
  assert_members (f, "id account subscription status start end full_scan collected error");
  weir_ctl_fixture_run (f, 0, NULL, "pulls --json");
  assert_members (f, "id account subscription status start end full_scan collected error");

  weir_ctl_fixture_run (f, 0, NULL, "errors --json");
  assert_members (f, "message type key count subjects");
  weir_ctl_fixture_assert (f, 0, "/subjects/0/account", "acme");

  weir_ctl_fixture_run (f, 0, NULL, "sync --account acme --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  assert_members (f, "account stream added error");
  weir_ctl_fixture_assert (f, weir_ctl_fixture_find (f, "/stream", "events"), "/added", "2");
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  assert_members (f, "id account provider kind collection record occurred_at observed_at "
                     "subscription payload");
  weir_ctl_fixture_assert (f, weir_ctl_fixture_find (f, "/record", "a"), "/payload/record/fields/n",
                           "9007199254740993");
  weir_ctl_fixture_assert (f, weir_ctl_fixture_find (f, "/record", "b"), "/payload/record/fields/v",
                           "1.10");
  weir_ctl_fixture_run (f, 0, NULL, "events --json --limit 1");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_run (f, 0, NULL, "events --json --query account:acme --limit=5");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  weir_ctl_fixture_run (f, 0, NULL, "events --json --query kind:deleted");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
  weir_ctl_fixture_assert (f, weir_ctl_fixture_find (f, "/stream", "events"), "/added", "0");
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;

  /* one that is not there is no reason to leave out the others */
  weir_ctl_fixture_runf (f, 1, "unsubscribe nobody %s acme/nothing acme/%s --json", fixture->good,
                         fixture->bad);
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  weir_ctl_fixture_assert (f, 0, "/id", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/status", "unsubscribed");
  weir_ctl_fixture_assert (f, 1, "/id", fixture->bad);
  weir_ctl_assert_says (f, "nobody");
  weir_ctl_assert_says (f, "nothing");

  /* what was seen of it is its history, the newest first */
  weir_ctl_fixture_runf (f, 0, "subscription show %s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/history/0/after", "unsubscribed");
  weir_ctl_fixture_assert (f, 0, "/history/0/before", "null");
  weir_ctl_fixture_runf (f, 0, "subscribe %s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/status", "subscribed");
  weir_ctl_fixture_runf (f, 0, "subscription show %s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/history/0/before", "unsubscribed");
  weir_ctl_fixture_assert (f, 0, "/history/0/after", "subscribed");
  weir_ctl_fixture_assert (f, 0, "/history/0/error", "null");
  weir_ctl_fixture_assert (f, 0, "/history/1/after", "unsubscribed");
  weir_ctl_fixture_runf (f, 0, "resubscribe %s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/status", "subscribed");

  /* each is in the journal, the newest last */
  weir_ctl_fixture_run (f, 0, NULL, "journal --account acme --limit 2 --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  weir_ctl_fixture_assert (f, 0, "/operation", "subscribe");
  weir_ctl_fixture_assert (f, 0, "/name", "good created");
  weir_ctl_fixture_assert (f, 0, "/method", "POST");
  weir_ctl_fixture_assert (f, 1, "/operation", "resubscribe");
  weir_ctl_fixture_assert (f, 1, "/record", fixture->good);
  weir_ctl_fixture_assert (f, 1, "/state", "done");
  g_assert_null (strstr (f->out, f->token));
  weir_ctl_fixture_run (f, 0, NULL, "account check acme --json");
  weir_ctl_fixture_assert (f, 0, "/requests_left", "null");
  weir_ctl_fixture_assert (f, 0, "/limited_until", "null");
  weir_ctl_fixture_run (f, 0, NULL, "journal --account nobody --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_run (f, 2, NULL, "journal --limit few");

  weir_ctl_fixture_runf (f, 0, "connection test %s --json", fixture->good_connection);
  weir_ctl_fixture_assert (f, 0, "/id", fixture->good_connection);
  weir_ctl_fixture_run (f, 1, NULL, "connection test nobody");
  weir_ctl_fixture_runf (f, 1, "oracle pause acme/%s", fixture->good);
  weir_ctl_fixture_runf (f, 1, "oracle delete %s", fixture->good);
  weir_ctl_fixture_run (f, 1, "{}", "oracle create --account acme");
}

static void
test_pull (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;
  g_autofree char *silent = NULL;
  gint64 started;

  weir_ctl_fixture_runf (f, 0, "pull %s --wait --timeout 20 --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/status", "success");
  weir_ctl_fixture_assert (f, 0, "/collected", "2");
  weir_ctl_fixture_assert (f, 0, "/subscription", fixture->good);

  weir_ctl_fixture_runf (f, 1, "pull acme/%s --wait --json", fixture->bad);
  weir_ctl_fixture_assert (f, 0, "/status", "error");

  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --json");
  silent = dup_id (f, "silent created");
  started = g_get_monotonic_time ();
  weir_ctl_fixture_runf (f, 1, "pull %s --wait --timeout 1.5 --json", silent);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 5 * G_TIME_SPAN_SECOND);
  weir_ctl_fixture_assert (f, 0, "/status", "running");
  weir_ctl_assert_says (f, "still runs");

  weir_ctl_fixture_runf (f, 0, "pulls --subscription %s --json", fixture->good);
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_runf (f, 0, "pulls --subscription acme/%s --status success --json",
                         fixture->good);
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_run (f, 0, NULL, "pulls --status error --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_run (f, 1, NULL, "pulls --subscription nobody");
}

static void
test_two_accounts (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;

  add_account (f, "twin", "WEIR_TOKEN_TWIN", "--read-only");
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 18);
  weir_ctl_fixture_runf (f, 1, "subscription show %s --json", fixture->good);
  weir_ctl_assert_says (f, "acme");
  weir_ctl_assert_says (f, "twin");
  g_assert_cmpstr (f->out, ==, "");
  weir_ctl_fixture_runf (f, 1, "unsubscribe %s --json", fixture->good);
  weir_ctl_fixture_runf (f, 1, "pulls --subscription %s", fixture->good);
  weir_ctl_fixture_runf (f, 1, "connection test %s", fixture->good_connection);
  weir_ctl_fixture_runf (f, 0, "subscription show twin/%s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/account", "twin");
  weir_ctl_fixture_assert (f, 0, "/status", "subscribed");

  /* read-only: nothing is sent */
  weir_ctl_fixture_runf (f, 1, "unsubscribe twin/%s", fixture->good);
  weir_ctl_fixture_runf (f, 1, "pull twin/%s", fixture->good);
  weir_ctl_fixture_runf (f, 1, "connection test twin/%s", fixture->good_connection);
  weir_ctl_fixture_runf (f, 0, "subscription show acme/%s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/status", "subscribed");

  /* a wrong token is the one account's matter */
  weir_ctl_fixture_setenv (f, "WEIR_TOKEN_TWIN", "pat-wrong");
  weir_ctl_fixture_run (f, 1, NULL, "account check twin --json");
  weir_ctl_fixture_assert (f, 0, "/state", "unauthorized");
  weir_ctl_fixture_run (f, 1, NULL, "subscriptions --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 9);
  weir_ctl_assert_says (f, "twin: ");
  weir_ctl_fixture_runf (f, 0, "subscription show %s --json", fixture->good);
  weir_ctl_fixture_assert (f, 0, "/account", "acme");
}

static char *
read_line (GDataInputStream *stream)
{
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);

  g_assert_nonnull (line);
  return line;
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;
  g_autoptr (GSubprocess) follower = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *rest = NULL;

  weir_ctl_fixture_runf (f, 0, "pull %s --wait", fixture->good);
  weir_ctl_fixture_run (f, 0, NULL, "sync");

  /* the newest one first, then what comes; until SIGINT, which is how it is meant to end */
  follower = weir_ctl_fixture_start (f, "events --follow --limit 1 --json");
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (follower));
  first = read_line (out);
  weir_fault_server_add (fixture->sources, "/good", WEIR_FAULT_NONE, 200, JSON,
                         "[{\"id\":\"c\"},{\"id\":\"d\"}]", -1);
  /* the first answer is given once more */
  weir_ctl_fixture_runf (f, 0, "pull %s --wait", fixture->good);
  weir_ctl_fixture_runf (f, 0, "pull %s --wait", fixture->good);
  second = read_line (out);
  third = read_line (out);
  g_assert_nonnull (strstr (second, "\"kind\":\"created\""));
  g_assert_cmpstr (second, !=, third);
  g_assert_cmpstr (first, !=, second);
  g_subprocess_send_signal (follower, SIGINT);
  g_assert_true (g_subprocess_wait (follower, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (follower));
  g_assert_cmpint (g_subprocess_get_exit_status (follower), ==, 0);
  rest = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_assert_null (rest);
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 4);
}

/* Whoever reads may stop reading, whether something comes or not. */
static void
test_reader_gone (Fixture *fixture, gconstpointer data)
{
  WeirCtlFixture *f = &fixture->ctl;
  g_autoptr (GSubprocess) follower = weir_ctl_fixture_start (f, "events --follow --limit 0");

  g_usleep (500000);
  g_assert_true (g_input_stream_close (g_subprocess_get_stdout_pipe (follower), NULL, NULL));
  g_assert_true (g_subprocess_wait (follower, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (follower));
  g_assert_cmpint (g_subprocess_get_exit_status (follower), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/weirctl-hub/shapes", test_shapes }, { "/weirctl-hub/actions", test_actions },
    { "/weirctl-hub/pull", test_pull },     { "/weirctl-hub/two-accounts", test_two_accounts },
    { "/weirctl-hub/follow", test_follow }, { "/weirctl-hub/reader-gone", test_reader_gone },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
