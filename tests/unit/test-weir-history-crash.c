/* test-weir-history-crash.c: killed at any time, and two programs at once: nothing lost, nothing double
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"

#include <stdlib.h>
#include <string.h>

#define N_EVENTS 4000u
#define PAGE 10u
#define OVERLAP 3u /* known events that the server sends again with each page */
#define KILLS 20

static const char *program;

/* What the server has after a cursor: the number of events that went before. */
static gboolean
take_page (WeirHistory *history, WeirAccount *account, gboolean *end)
{
  g_autofree char *cursor = NULL;
  g_autofree char *next = NULL;
  g_autoptr (WeirEventRows) events = NULL;
  g_autoptr (GError) error = NULL;
  WeirHistoryPage page = { "events" };
  guint position, first, last;

  if (!weir_history_get_cursor (history, account, "events", &cursor, &error))
    g_error ("%s", error->message);

  position = cursor != NULL ? (guint) atoi (cursor) : 0;
  *end = position == N_EVENTS;
  first = position - MIN (position, OVERLAP);
  last = MIN (position + PAGE, N_EVENTS);
  events = history_make_rows (account, first, last - first);
  next = g_strdup_printf ("%u", last);

  page.asked_with = cursor;
  page.events = events;
  page.next_cursor = next;
  if (weir_history_append (history, account, &page, NULL, &error))
    return TRUE;
  if (g_error_matches (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE))
    return FALSE;
  g_error ("%s", error->message);
}

/* The other program: says that it has begun, and takes page after page. */
static int
run_appender (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistory) history = weir_history_new (path, &error);
  g_autoptr (WeirAccount) account = history_make_account ("uuid-1", "Acme");
  gboolean end = FALSE;

  if (history == NULL)
    g_error ("%s", error->message);

  g_print ("begun\n");
  while (!end)
    take_page (history, account, &end);
  return 0;
}

static GSubprocess *
spawn_appender (const char *path)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--append", path, NULL);
  char byte;

  g_assert_no_error (error);
  g_assert_cmpint (
      g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL, &error), ==, 1);
  return process;
}

static void
check_complete (WeirHistory *history)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, NULL, 0, &error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_no_error (error);
  for (guint i = 0; i < weir_history_index_get_length (index); i++)
    {
      gint64 id = weir_history_index_get_id (index, i);

      g_array_append_val (ids, id);
    }

  events = weir_history_load (history, (const gint64 *) (gpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    g_assert_true (
        g_hash_table_add (seen, g_strdup (weir_record_get_id (g_ptr_array_index (events, i)))));

  g_assert_cmpuint (g_hash_table_size (seen), ==, N_EVENTS);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_assert_true (g_hash_table_contains (seen, id));
    }
}

static void
test_killed (HistoryFixture *fixture, gconstpointer data)
{
  gboolean end = FALSE;

  for (guint i = 0; i < KILLS; i++)
    {
      g_autoptr (GSubprocess) process = spawn_appender (fixture->path);
      g_autoptr (WeirHistoryIndex) index = NULL;
      g_autofree char *cursor = NULL;

      g_usleep ((gulong) g_test_rand_int_range (0, 20000));
      g_subprocess_force_exit (process);
      g_assert_true (g_subprocess_wait (process, NULL, NULL));

      g_assert_true (
          weir_history_get_cursor (fixture->history, fixture->account, "events", &cursor, NULL));
      g_test_message ("killed at %s", cursor);

      /* no page is there without its cursor, or the other way round */
      index = weir_history_query (fixture->history, NULL, 0, NULL);
      g_assert_cmpint (weir_history_index_get_length (index), ==,
                       cursor != NULL ? atoi (cursor) : 0);
    }

  while (!end)
    g_assert_true (take_page (fixture->history, fixture->account, &end));
  check_complete (fixture->history);
}

static void
test_two_programs (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) first = spawn_appender (fixture->path);
  g_autoptr (GSubprocess) second = spawn_appender (fixture->path);
  gboolean end = FALSE;
  guint n_stale = 0;

  while (!end)
    n_stale += !take_page (fixture->history, fixture->account, &end);
  g_test_message ("%u pages came too late", n_stale);

  g_assert_true (g_subprocess_wait_check (first, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (second, NULL, NULL));
  check_complete (fixture->history);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, function,                        \
              history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--append") == 0)
    return run_appender (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  ADD ("/history-crash/killed", test_killed);
  ADD ("/history-crash/two-programs", test_two_programs);

  return g_test_run ();
}
