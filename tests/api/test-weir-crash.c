/* test-weir-crash.c: killed at any instant, the history has all that was served, once and in order
 *
 * WEIR_CRASH_KILLS: how often it is killed for each platform; 10 times unless it is set. The perf suite does 100, so 200 in all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"
#include "weir-history-gaps.h"
#include "weir-log-server.h"
#include "weir-test-loop.h"

#include <stdlib.h>

#define CHUNK 1000

typedef struct
{
  WeirCtlFixture ctl;
  WeirLogServer log;
  gboolean exited;
} Fixture;

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  fixture->exited = TRUE;
}

static GSubprocess *
start (Fixture *fixture, const char *words)
{
  GSubprocess *process = weir_ctl_fixture_start (&fixture->ctl, words);

  fixture->exited = FALSE;
  g_subprocess_wait_async (process, NULL, exited_cb, fixture);
  return process;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = NULL;

  weir_ctl_fixture_set_up (&fixture->ctl, NULL);
  fixture->log.is_membrane = data != NULL;
  /* a second an event: what is new must not be older than the overlap of Membrane's walks */
  fixture->log.begin =
      g_get_real_time () / G_TIME_SPAN_SECOND * G_TIME_SPAN_SECOND - 5 * G_TIME_SPAN_MINUTE;
  weir_log_server_start (&fixture->log);
  words = g_strdup_printf ("account add x --provider %s --uri %s --token-stdin",
                           data != NULL ? "membrane" : "sequin", fixture->log.uri);
  weir_ctl_fixture_run (&fixture->ctl, 0, "pat-token\n", words);
  weir_ctl_fixture_setenv (&fixture->ctl, "WEIR_TOKEN_X", "pat-token");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  weir_log_server_stop (&fixture->log);
  weir_test_drain ();
  weir_ctl_fixture_tear_down (&fixture->ctl, NULL);
}

/* Returns whether it was killed before it was done. */
static gboolean
run_and_kill (Fixture *fixture, const char *words, guint milliseconds)
{
  g_autoptr (GSubprocess) process = start (fixture, words);
  gint64 end = g_get_monotonic_time () + milliseconds * (gint64) G_TIME_SPAN_MILLISECOND;
  guint tick = g_timeout_add (1, weir_test_tick_cb, NULL);

  while (!fixture->exited && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_test_rand_int_range (0, 20) == 0)
        fixture->log.total += (guint) g_test_rand_int_range (0, 20);
    }
  g_source_remove (tick);
  g_subprocess_force_exit (process); /* SIGKILL */
  WEIR_TEST_WAIT_UNTIL (fixture->exited);

  return g_subprocess_get_if_signaled (process);
}

static void
sync_to_end (Fixture *fixture)
{
  g_autoptr (GSubprocess) process = start (fixture, "sync --json");

  while (!fixture->exited)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static WeirHistory *
open_history (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->ctl.folder, "ctl", "history.db", NULL);
  g_autoptr (GError) error = NULL;
  WeirHistory *history = weir_history_new (path, &error);

  g_assert_no_error (error);
  return history;
}

static guint
count_events (Fixture *fixture)
{
  g_autoptr (WeirHistory) history = open_history (fixture);
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, NULL, 0, NULL);

  return weir_history_index_get_length (index);
}

static void
check_chunk (WeirHistory *history, WeirHistoryIndex *index, guint first, guint end)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  gint64 rows[CHUNK];

  for (guint i = first; i < end; i++)
    rows[i - first] = weir_history_index_get_id (index, i);
  events = weir_history_load (history, rows, end - first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, end - first);
  for (guint i = first; i < end; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_assert_cmpstr (weir_record_get_id (events->pdata[i - first]), ==, id);
      g_assert_false (((WeirEvent *) events->pdata[i - first])->unreadable);
    }
}

/* e0, e1… to the last, each once, in this order; and nothing is said to be missing. */
static void
check_history (Fixture *fixture)
{
  g_autoptr (WeirHistory) history = open_history (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, NULL, 0, &error);
  g_autoptr (GPtrArray) gaps = NULL;
  guint n;

  g_assert_no_error (error);
  n = weir_history_index_get_length (index);
  g_assert_cmpuint (n, ==, fixture->log.total);
  for (guint i = 0; i < n; i += CHUNK)
    check_chunk (history, index, i, MIN (i + CHUNK, n));
  gaps = weir_history_list_gaps (history, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gaps->len, ==, 0);
}

static guint
get_wanted_kills (void)
{
  const char *text = g_getenv ("WEIR_CRASH_KILLS");

  return text != NULL ? (guint) atoi (text) : 10;
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  guint wanted = get_wanted_kills ();
  guint kills = 0, n_fruitful = 0;
  guint known = 0;

  fixture->log.total = 3000;
  while (kills < wanted)
    {
      guint known_then = known;

      /* now with much to catch up with, now with what comes just now */
      if (g_test_rand_int_range (0, 3) != 0)
        fixture->log.total += (guint) g_test_rand_int_range (0, 4000);
      if (run_and_kill (fixture, g_test_rand_bit () ? "sync" : "events --follow --limit 0",
                        (guint) g_test_rand_int_range (0, 500)))
        kills++;
      known = count_events (fixture);
      n_fruitful += known > known_then && known < fixture->log.total;
    }
  /* it was killed at its work, not before or after it */
  g_test_message ("killed %u times, %u of them on the way; %u events", kills, n_fruitful,
                  fixture->log.total);
  g_assert_cmpuint (n_fruitful, >=, wanted / 10);

  sync_to_end (fixture);
  check_history (fixture);
}

static const char membrane[] = "membrane";

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/crash/sequin", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/crash/membrane", Fixture, membrane, set_up, test_killed, tear_down);

  return g_test_run ();
}
