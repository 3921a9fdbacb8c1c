/* bench-weir-history.c: what the history costs: time, memory and room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-load.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PAGE 500u

static guint n_events = 100000;

/* Of all threads: others may be using the machine. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static double
read_resident (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  words = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoull (words[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

/* All but the making of the text is timed. */
static GPtrArray *
make_page (WeirAccount *account, guint first, guint64 *n_bytes, double *seconds)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  double start;

  for (guint i = first; i < first + PAGE; i++)
    {
      GString *text = g_string_new (NULL);

      weir_load_append (text, 1, i, n_events);
      g_ptr_array_add (texts, g_string_free (text, FALSE));
      *n_bytes += strlen (texts->pdata[texts->len - 1]);
    }

  start = now ();
  for (guint i = 0; i < texts->len; i++)
    {
      WeirJson json = { texts->pdata[i], strlen (texts->pdata[i]) };

      g_ptr_array_add (events, weir_event_new_sequin (account, json, HISTORY_OBSERVED, NULL));
    }
  *seconds += now () - start;
  return events;
}

static void
report (const char *what, double seconds)
{
  g_print ("%-44s %9.1f ms %9.1f ns an event\n", what, seconds * 1000, seconds * 1e9 / n_events);
}

static void
run_query (WeirHistory *history, const char *text, guint limit)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  double start = now ();
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, query, limit, NULL);
  g_autofree char *what = NULL;
  double seconds = now () - start;

  g_assert_nonnull (index);
  what = g_strdup_printf ("%s%s: %u", text != NULL ? text : "everything",
                          limit > 0 ? ", newest" : "", weir_history_index_get_length (index));
  report (what, seconds);
}

static void
run_append (HistoryFixture *fixture, guint64 *n_bytes)
{
  g_autofree char *cursor = NULL;
  double making = 0, appending = 0;
  GStatBuf info;
  double before = read_resident ();

  for (guint first = 0; first < n_events; first += PAGE)
    {
      GPtrArray *events = make_page (fixture->account, first, n_bytes, &making);
      g_autofree char *next = g_strdup_printf ("%u", first + PAGE);
      double start = now ();
      WeirAppendResult result =
          history_append (fixture->history, fixture->account, cursor, events, next, NULL);

      appending += now () - start;
      g_assert_cmpuint (result.added, ==, PAGE);
      g_free (cursor);
      cursor = result.cursor;
    }

  report ("events made of JSON", making);
  report ("appended", appending);
  g_print ("%-44s %9.1f MB %9.1f bytes an event\n", "memory while following",
           read_resident () - before, (read_resident () - before) * 1e6 / n_events);
  g_assert_finalize_object (g_steal_pointer (&fixture->history));
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_print ("%-44s %9.1f MB %9.3f of the JSON's %.1f MB, %.0f bytes an event\n", "file",
           (double) info.st_size / 1e6, (double) info.st_size / (double) *n_bytes,
           (double) *n_bytes / 1e6, (double) *n_bytes / n_events);
}

static void
run_reads (HistoryFixture *fixture)
{
  double before, start;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GPtrArray) events = NULL;
  gint64 ids[100];

  /* what was freed is not to be counted as free room */
  malloc_trim (0);
  before = read_resident ();
  start = now ();
  fixture->history = weir_history_new (fixture->path, NULL);
  index = weir_history_query (fixture->history, NULL, 200, NULL);
  report ("opened, newest 200", now () - start);
  g_print ("%-44s %9.1f MB %9.1f bytes an event\n", "memory at rest", read_resident () - before,
           (read_resident () - before) * 1e6 / n_events);

  g_clear_object (&index);
  index = weir_history_query (fixture->history, NULL, 0, NULL);
  start = now ();
  counts = weir_history_index_count_facets (index, 0, weir_history_index_get_length (index));
  report ("facets counted", now () - start);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = weir_history_index_get_id (index, n_events / 2 + i);
  start = now ();
  events = weir_history_load (fixture->history, ids, G_N_ELEMENTS (ids), NULL);
  g_print ("%-44s %9.1f ms\n", "100 rows loaded", (now () - start) * 1000);

  run_query (fixture->history, NULL, 0);
  run_query (fixture->history, "kind:created", 0);
  run_query (fixture->history, "kind:updated -sub:sync_07", 0);
  run_query (fixture->history, "kind:updated after:2024-01-02T00:00 before:2024-01-02T06:00", 0);
  run_query (fixture->history, WEIR_LOAD_RARE_WORD, 200);
  run_query (fixture->history, WEIR_LOAD_RARE_WORD, 0);
  run_query (fixture->history, WEIR_LOAD_FREQUENT_WORD, 0);
  run_query (fixture->history, WEIR_LOAD_UNIQUE_WORD, 0);
  run_query (fixture->history, "data.plan:" WEIR_LOAD_RARE_PLAN, 200);
  run_query (fixture->history, "data.plan:" WEIR_LOAD_RARE_PLAN, 0);
  run_query (fixture->history, "record:rec_00000000", 0);
}

int
main (int argc, char *argv[])
{
  HistoryFixture fixture;
  guint64 n_bytes = 0;

  if (argc > 1)
    n_events = (guint) atoi (argv[1]) / PAGE * PAGE;

  history_fixture_set_up (&fixture, NULL);
  run_append (&fixture, &n_bytes);
  run_reads (&fixture);
  history_fixture_tear_down (&fixture, NULL);
  return 0;
}
