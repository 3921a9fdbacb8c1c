/* test-weir-follower-gaps.c: what a follower may have missed is known, exactly, and nothing else is said to be missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-follower.h"
#include "weir-gap-filler.h"
#include "weir-history-gaps.h"
#include "weir-log-server.h"
#include "weir-registry.h"
#include "weir-test-loop.h"
#include "weir-time.h"

typedef struct
{
  char *folder;
  char *path;
  char *uri;
  WeirLogServer log;
  WeirAccount *account;
  WeirProvider *provider;
  WeirHistory *history;
  WeirFollower *follower;
} Fixture;

/* As after a start of the program. */
static void
start_anew (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->follower);
  g_clear_object (&fixture->provider);
  weir_test_drain ();
  fixture->provider = weir_registry_create (fixture->account, "pat-token", &error);
  g_assert_no_error (error);
  weir_http_client_set_retry_unit (weir_provider_get_client (fixture->provider), 1);
  fixture->follower = weir_follower_new (fixture->provider, fixture->history, "events");
  weir_follower_set_interval (fixture->follower, 20);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("weir-gaps-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "history.db", NULL);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);

  fixture->log.is_membrane = data != NULL;
  /* whole seconds; a log that is asked by time must have what is new at a time that is new */
  fixture->log.begin = g_get_real_time () / G_TIME_SPAN_SECOND * G_TIME_SPAN_SECOND
                       - (data != NULL ? 5 * G_TIME_SPAN_MINUTE : 10 * G_TIME_SPAN_DAY);
  weir_log_server_start (&fixture->log);
  fixture->uri = g_strdup (fixture->log.uri);
  fixture->account = weir_account_new ("uuid-1", "Acme", data != NULL ? "membrane" : "sequin",
                                       fixture->uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  start_anew (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  weir_follower_stop (fixture->follower);
  g_clear_object (&fixture->follower);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->account);
  weir_log_server_stop (&fixture->log);
  weir_test_drain ();
  g_clear_object (&fixture->history);
  weir_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->uri);
}

static void
sync_all (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  weir_follower_sync_async (fixture->follower, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  weir_follower_sync_finish (fixture->follower, result, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_gap (Fixture *fixture)
{
  g_autoptr (GPtrArray) gaps = weir_history_list_gaps (fixture->history, NULL, TRUE, NULL);

  return gaps->len > 0;
}

static WeirGap *
find_gap (Fixture *fixture)
{
  g_autoptr (GPtrArray) gaps = weir_history_list_gaps (fixture->history, NULL, TRUE, NULL);

  g_assert_cmpuint (gaps->len, ==, 1);
  return g_object_ref (gaps->pdata[0]);
}

static void
check_no_gap (Fixture *fixture)
{
  g_autoptr (GPtrArray) gaps = weir_history_list_gaps (fixture->history, NULL, TRUE, NULL);

  g_assert_cmpuint (gaps->len, ==, 0);
}

/* from: between the two; to: just that (0: open) */
static void
check_gap (Fixture *fixture, WeirGapCause cause, gint64 earliest, gint64 latest, gint64 to)
{
  g_autoptr (WeirGap) gap = find_gap (fixture);

  g_assert_cmpint (gap->cause, ==, cause);
  g_assert_cmpstr (gap->stream, ==, "events");
  g_assert_cmpint (gap->from, >=, earliest);
  g_assert_cmpint (gap->from, <=, latest);
  g_assert_cmpint (gap->to, ==, to);
}

static guint
count_events (Fixture *fixture)
{
  g_autoptr (WeirHistoryIndex) index = weir_history_query (fixture->history, NULL, 0, NULL);

  return weir_history_index_get_length (index);
}

static gboolean
is_following (Fixture *fixture)
{
  return weir_follower_get_state (fixture->follower) == WEIR_FOLLOWER_FOLLOWING;
}

static gboolean
is_waiting (Fixture *fixture)
{
  return weir_follower_get_state (fixture->follower) == WEIR_FOLLOWER_WAITING;
}

/* Nothing is missing in ordinary life: empty at first, many pages, stopped and started, quiet, busy. */
static void
test_ordinary (Fixture *fixture, gconstpointer data)
{
  sync_all (fixture);
  start_anew (fixture);
  sync_all (fixture);
  fixture->log.total = 3;
  start_anew (fixture);
  sync_all (fixture);
  check_no_gap (fixture);

  fixture->log.total = 2300;
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture) && count_events (fixture) == 2300);
  for (guint i = 0; i < 5; i++)
    {
      fixture->log.total += 1 + i * 500;
      WEIR_TEST_WAIT_UNTIL (count_events (fixture) == fixture->log.total);
    }
  weir_follower_stop (fixture->follower);
  start_anew (fixture);
  sync_all (fixture);
  fixture->log.total += 7;
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, fixture->log.total);
  check_no_gap (fixture);
}

/* A log that begins later than the stream did is no gap at the first look, nor is what it loses of the known. */
static void
test_loses_known (Fixture *fixture, gconstpointer data)
{
  fixture->log.first = 100;
  fixture->log.total = 200;
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 100);
  check_no_gap (fixture);

  fixture->log.first = 199;
  fixture->log.total = 260;
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 160);
  check_no_gap (fixture);
}

/* The log does not reach back to where we were. */
static void
test_off (Fixture *fixture, gconstpointer data)
{
  gint64 before = g_get_real_time ();
  gint64 after;

  fixture->log.total = 20;
  sync_all (fixture);
  after = g_get_real_time ();
  if (fixture->log.is_membrane)
    before = before / G_TIME_SPAN_SECOND * G_TIME_SPAN_SECOND; /* as the server says it */

  /* what came since came later than that */
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 40;
  fixture->log.total = 1700;
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 20 + 1660);
  check_gap (fixture, WEIR_GAP_OFF, before, after, weir_log_server_get_time (&fixture->log, 40));

  /* noticed once */
  start_anew (fixture);
  sync_all (fixture);
  fixture->log.total += 1;
  start_anew (fixture);
  sync_all (fixture);
  check_gap (fixture, WEIR_GAP_OFF, before, after, weir_log_server_get_time (&fixture->log, 40));
}

/* Killed half-way through catching up, it is known all the same. */
static void
test_off_interrupted (Fixture *fixture, gconstpointer data)
{
  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 40;
  fixture->log.total = 3000;
  for (guint i = 0; i < 40; i++)
    {
      start_anew (fixture);
      weir_follower_start (fixture->follower);
      weir_test_run_for (i);
    }
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 20 + 2960);
  check_gap (fixture, WEIR_GAP_OFF, 0, G_MAXINT64, weir_log_server_get_time (&fixture->log, 40));
}

static void
test_cannot_tell (Fixture *fixture, gconstpointer data)
{
  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 40;
  fixture->log.total = 60;
  fixture->log.refuses_reach = TRUE;
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (fixture->log.n_reaches, >, 0);
  g_assert_cmpuint (count_events (fixture), ==, 40);
  check_no_gap (fixture);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  gint64 before = g_get_real_time ();

  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.refuses_cursor = TRUE;
  start_anew (fixture);
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  WEIR_TEST_WAIT_UNTIL (has_gap (fixture));
  check_gap (fixture, WEIR_GAP_CURSOR_REFUSED, before, g_get_real_time (), 0);

  /* begun again, the log has all */
  fixture->log.total = 30;
  weir_follower_restart (fixture->follower);
  fixture->log.refuses_cursor = FALSE;
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_cmpuint (count_events (fixture), ==, 30);
  check_no_gap (fixture);
}

static void
test_refused_and_lost (Fixture *fixture, gconstpointer data)
{
  gint64 before = g_get_real_time ();

  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.refuses_cursor = TRUE;
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 50;
  fixture->log.total = 70;
  fixture->log.late = 50; /* its own time does not make the log reach back */
  start_anew (fixture);
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  weir_follower_restart (fixture->follower);
  fixture->log.refuses_cursor = FALSE;
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_cmpuint (count_events (fixture), ==, 40);
  check_gap (fixture, WEIR_GAP_CURSOR_REFUSED, before, g_get_real_time (),
             weir_log_server_get_time (&fixture->log, 50));
}

static void
test_jumped (Fixture *fixture, gconstpointer data)
{
  gint64 before = g_get_real_time ();
  g_autoptr (WeirGap) gap = NULL;

  fixture->log.total = 20;
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  check_no_gap (fixture);
  fixture->log.jumps = TRUE;
  WEIR_TEST_WAIT_UNTIL (!fixture->log.jumps);
  weir_test_run_for (100);
  gap = find_gap (fixture);
  g_assert_cmpint (gap->cause, ==, WEIR_GAP_CURSOR_JUMPED);
  g_assert_cmpint (gap->from, >=, before);
  g_assert_cmpint (gap->to, >=, gap->from);
  g_assert_cmpint (gap->to, <=, g_get_real_time ());
}

static gboolean
fill (Fixture *fixture, guint64 *added, GError **error)
{
  g_autoptr (WeirGap) gap = find_gap (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  weir_gap_filler_fill_async (fixture->provider, fixture->history, gap, NULL,
                              weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  return weir_gap_filler_fill_finish (fixture->provider, result, added, error);
}

/* What the log has again is taken in, and the gap shrinks or closes; the follower's place stays. */
static void
test_fill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *cursor_then = NULL;
  guint64 added = 99;

  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 640;
  fixture->log.total = 700;
  start_anew (fixture);
  sync_all (fixture);
  weir_history_get_cursor (fixture->history, fixture->account, "events", &cursor, NULL);

  g_assert_false (fill (fixture, &added, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND);
  g_assert_cmpuint (added, ==, 0);
  g_clear_error (&error);
  check_gap (fixture, WEIR_GAP_OFF, 0, G_MAXINT64, weir_log_server_get_time (&fixture->log, 640));

  fixture->log.first = 30;
  g_assert_false (fill (fixture, &added, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND);
  g_assert_cmpuint (added, ==, 610);
  g_clear_error (&error);
  check_gap (fixture, WEIR_GAP_OFF, 0, G_MAXINT64, weir_log_server_get_time (&fixture->log, 30));

  fixture->log.begin -= 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 0;
  g_assert_true (fill (fixture, &added, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, 10);
  check_no_gap (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 700);

  weir_history_get_cursor (fixture->history, fixture->account, "events", &cursor_then, NULL);
  g_assert_cmpstr (cursor_then, ==, cursor);
}

/* What becomes a part of another meanwhile is open as long as that is. */
static void
test_fill_grown (Fixture *fixture, gconstpointer data)
{
  static const gint64 SPANS[][2] = { { 0, 10 }, { 30, 40 }, { 5, 35 } };
  g_autoptr (WeirGap) second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->log.total = 20;
  sync_all (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (SPANS); i++)
    {
      gint64 begin = weir_log_server_get_time (&fixture->log, 0);
      g_autoptr (WeirGap) gap = weir_gap_new (fixture->account, "events", NULL, WEIR_GAP_OFF,
                                              begin + SPANS[i][0] * G_TIME_SPAN_SECOND,
                                              begin + SPANS[i][1] * G_TIME_SPAN_SECOND, NULL);
      g_autoptr (GPtrArray) gaps = NULL;

      g_assert_true (weir_history_add_gap (fixture->history, gap, NULL));
      gaps = weir_history_list_gaps (fixture->history, fixture->account, TRUE, NULL);
      if (i == 1)
        second = g_object_ref (gaps->pdata[1]);
    }

  weir_gap_filler_fill_async (fixture->provider, fixture->history, second, NULL,
                              weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_false (weir_gap_filler_fill_finish (fixture->provider, result, NULL, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  g_assert_true (fill (fixture, NULL, &error));
  g_assert_no_error (error);
  check_no_gap (fixture);
}

/* The log's first event has no time: that does not say that it reaches back for ever. */
static void
test_fill_timeless (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 640;
  fixture->log.total = 700;
  start_anew (fixture);
  sync_all (fixture);

  fixture->log.timeless = 640;
  g_assert_false (fill (fixture, NULL, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND);
  check_gap (fixture, WEIR_GAP_OFF, 0, G_MAXINT64, weir_log_server_get_time (&fixture->log, 640));
}

static void
test_fill_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WeirGap) gap = NULL;
  g_autoptr (GError) error = NULL;

  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.first = 40;
  fixture->log.total = 70;
  start_anew (fixture);
  sync_all (fixture);
  gap = find_gap (fixture);

  weir_gap_filler_fill_async (fixture->provider, fixture->history, gap, cancellable,
                              weir_test_keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_false (weir_gap_filler_fill_finish (fixture->provider, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  soup_server_disconnect (fixture->log.soup);
  g_assert_false (fill (fixture, NULL, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNREACHABLE);
  g_clear_object (&gap);
  gap = find_gap (fixture);
}

/* As if the last walk was so long ago. */
static void
set_last_walk (Fixture *fixture, gint64 age)
{
  g_autofree char *from = weir_time_to_iso (g_get_real_time () - age);
  g_autofree char *cursor = g_strdup_printf ("{\"from\":\"%s\"}", from);
  g_autofree char *stored = NULL;
  WeirHistoryPage page = { .stream = "events", .next_cursor = cursor };

  weir_history_get_cursor (fixture->history, fixture->account, "events", &stored, NULL);
  page.asked_with = stored;
  g_assert_true (weir_history_append (fixture->history, fixture->account, &page, NULL, NULL));
}

/* Membrane: a list that has nothing at all of a long absence has lost it, if it has lost what was before. */
static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirGap) gap = NULL;

  fixture->log.begin -= 10 * G_TIME_SPAN_DAY;
  fixture->log.total = 20;
  sync_all (fixture);
  set_last_walk (fixture, 5 * G_TIME_SPAN_HOUR);
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (fixture->log.n_reaches, ==, 1);
  check_no_gap (fixture);

  fixture->log.first = 20;
  start_anew (fixture);
  sync_all (fixture); /* but a moment is not worth a question */
  g_assert_cmpuint (fixture->log.n_reaches, ==, 1);
  check_no_gap (fixture);

  set_last_walk (fixture, 5 * G_TIME_SPAN_HOUR);
  start_anew (fixture);
  sync_all (fixture);
  gap = find_gap (fixture);
  g_assert_cmpint (gap->cause, ==, WEIR_GAP_OFF);
  g_assert_cmpint (gap->to - gap->from, >, 4 * G_TIME_SPAN_HOUR);
}

/* Membrane: a full page without a cursor, and nothing known in it. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  fixture->log.total = 20;
  sync_all (fixture);
  fixture->log.begin += 11 * G_TIME_SPAN_DAY;
  fixture->log.has_no_cursor = TRUE;
  fixture->log.total = 620;
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 20 + 100);
  check_gap (fixture, WEIR_GAP_NO_OVERLAP, 0, G_MAXINT64,
             weir_log_server_get_time (&fixture->log, 520));
}

/* Known in the same page, a full one says nothing. */
static void
test_full_but_known (Fixture *fixture, gconstpointer data)
{
  fixture->log.begin = g_get_real_time () - 110 * G_TIME_SPAN_SECOND;
  fixture->log.total = 60;
  sync_all (fixture);
  fixture->log.has_no_cursor = TRUE;
  fixture->log.total = 100;
  start_anew (fixture);
  sync_all (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 100);
  check_no_gap (fixture);
}

static void
test_wakes (Fixture *fixture, gconstpointer data)
{
  guint n_requests;

  weir_follower_set_interval (fixture->follower, 60000);
  fixture->log.total = 20;
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_cmpint (weir_follower_get_note (fixture->follower), ==, WEIR_FOLLOWER_NOTE_NONE);

  /* it would look again in a minute */
  fixture->log.total = 25;
  n_requests = fixture->log.n_requests;
  weir_follower_wake (fixture->follower, WEIR_FOLLOWER_NOTE_SLEEP);
  g_assert_cmpint (weir_follower_get_state (fixture->follower), ==, WEIR_FOLLOWER_CATCHING_UP);
  g_assert_cmpint (weir_follower_get_note (fixture->follower), ==, WEIR_FOLLOWER_NOTE_SLEEP);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_cmpint (weir_follower_get_note (fixture->follower), ==, WEIR_FOLLOWER_NOTE_NONE);
  g_assert_cmpuint (fixture->log.n_requests, >, n_requests);
  g_assert_cmpuint (count_events (fixture), ==, 25);
  check_no_gap (fixture);
}

/* The clock that counts sleep runs ahead. */
static void
test_sleeps (Fixture *fixture, gconstpointer data)
{
  weir_follower_set_interval (fixture->follower, 60000);
  fixture->log.total = 20;
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  fixture->log.total = 25;
  weir_test_run_for (2500);
  g_assert_cmpuint (count_events (fixture), ==, 20);
  weir_clock_add_fake_sleep (3 * G_TIME_SPAN_HOUR);
  WEIR_TEST_WAIT_UNTIL (weir_follower_get_note (fixture->follower) == WEIR_FOLLOWER_NOTE_SLEEP);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_cmpuint (count_events (fixture), ==, 25);
  check_no_gap (fixture);
}

static const char membrane[] = "membrane";

#define SEQUIN(name, test)                                                                         \
  g_test_add ("/follower/gaps/sequin/" name, Fixture, NULL, set_up, test, tear_down)
#define MEMBRANE(name, test)                                                                       \
  g_test_add ("/follower/gaps/membrane/" name, Fixture, membrane, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  SEQUIN ("ordinary", test_ordinary);
  SEQUIN ("loses-known", test_loses_known);
  SEQUIN ("off", test_off);
  SEQUIN ("off-interrupted", test_off_interrupted);
  SEQUIN ("cannot-tell", test_cannot_tell);
  SEQUIN ("refused", test_refused);
  SEQUIN ("refused-and-lost", test_refused_and_lost);
  SEQUIN ("jumped", test_jumped);
  SEQUIN ("fill", test_fill);
  SEQUIN ("fill-grown", test_fill_grown);
  SEQUIN ("fill-fails", test_fill_fails);
  SEQUIN ("fill-timeless", test_fill_timeless);
  SEQUIN ("wakes", test_wakes);
  SEQUIN ("sleeps", test_sleeps);
  MEMBRANE ("ordinary", test_ordinary);
  MEMBRANE ("loses-known", test_loses_known);
  MEMBRANE ("off", test_off);
  MEMBRANE ("off-interrupted", test_off_interrupted);
  MEMBRANE ("cannot-tell", test_cannot_tell);
  MEMBRANE ("quiet", test_quiet);
  MEMBRANE ("cut", test_cut);
  MEMBRANE ("full-but-known", test_full_but_known);
  MEMBRANE ("fill", test_fill);
  MEMBRANE ("fill-fails", test_fill_fails);
  MEMBRANE ("wakes", test_wakes);

  return g_test_run ();
}
