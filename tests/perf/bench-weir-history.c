/* bench-weir-history.c: appending and asking, beside what SQLite alone needs for the same bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-sqlite.h"

#define N_EVENTS 100000u
#define PAGE 500u

static GPtrArray *
make_page (WeirAccount *account, guint first)
{
  static const char *const KINDS[] = { "created", "updated", "deleted" };
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *filler = g_strnfill (600, 'x');

  for (guint i = first; i < first + PAGE; i++)
    {
      g_autofree char *id = g_compute_checksum_for_data (G_CHECKSUM_MD5, (guchar *) &i, sizeof i);
      g_autofree char *sync = g_strdup_printf ("sync-%u", i % 40);
      g_autofree char *data = g_strdup_printf ("{\"number\":%u,\"filler\":\"%s\"}", i, filler);

      g_ptr_array_add (events, history_make_event (account, id, KINDS[i % 3], sync,
                                                   "stripe:customer", (int) i, data));
    }

  return events;
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
report (const char *what, double seconds, double plain)
{
  g_print ("%-28s %8.1f ms   SQLite alone %8.1f ms   ratio %.2f\n", what, seconds * 1000,
           plain * 1000, seconds / plain);
}

static double
run_plain (WeirDatabase *db, const char *sql)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  statement = weir_database_prepare (db, &error, sql, NULL);
  g_assert_no_error (error);
  while (weir_statement_step (statement, &error))
    ;
  g_assert_no_error (error);
  return seconds_since (start);
}

static double
run_query (WeirHistory *history, const char *text)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, query, 0, NULL);

  g_assert_nonnull (index);
  return seconds_since (start);
}

static void
append_plain (WeirDatabase *db, GPtrArray *events)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, NULL, "INSERT INTO events (raw) VALUES (?)", NULL);

  g_assert_true (weir_database_exec (db, "BEGIN", NULL));
  for (guint i = 0; i < events->len; i++)
    {
      weir_statement_bind (statement, NULL, "b",
                           weir_record_get_raw (g_ptr_array_index (events, i)));
      weir_statement_step (statement, NULL);
    }
  g_assert_true (weir_database_exec (db, "COMMIT", NULL));
}

int
main (int argc, char *argv[])
{
  static const char *const MIGRATIONS[] = {
    "CREATE TABLE events (id INTEGER PRIMARY KEY, raw BLOB)", NULL
  };
  HistoryFixture fixture;
  g_autofree char *plain_path = NULL;
  g_autofree char *cursor = NULL;
  WeirDatabase *db;
  double seconds = 0, plain = 0;

  history_fixture_set_up (&fixture, NULL);
  plain_path = g_build_filename (fixture.folder, "plain.db", NULL);
  db = weir_database_open (plain_path, MIGRATIONS, NULL);

  for (guint first = 0; first < N_EVENTS; first += PAGE)
    {
      g_autoptr (GPtrArray) events = make_page (fixture.account, first);
      g_autofree char *next = g_strdup_printf ("%u", first + PAGE);
      gint64 start = g_get_monotonic_time ();
      WeirAppendResult result = history_append (fixture.history, fixture.account, cursor,
                                                g_ptr_array_ref (events), next, NULL);

      seconds += seconds_since (start);
      g_free (cursor);
      cursor = result.cursor;

      start = g_get_monotonic_time ();
      append_plain (db, events);
      plain += seconds_since (start);
    }

  report ("append 100,000", seconds, plain);
  plain = run_plain (db, "SELECT id FROM events");
  report ("query everything", run_query (fixture.history, NULL), plain);
  report ("query kind:created", run_query (fixture.history, "kind:created"), plain);
  report ("query sub:sync-7", run_query (fixture.history, "sub:sync-7"), plain);
  plain = run_plain (db, "SELECT id FROM events WHERE raw LIKE '%number\":4711,%'");
  report ("query a word", run_query (fixture.history, "\"number\\\":4711,\""), plain);

  weir_database_close (db);
  history_fixture_tear_down (&fixture, NULL);
  return 0;
}
