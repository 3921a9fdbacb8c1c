/* test-weir-history-pages.c: what becomes of pages: of an older Weir's rows, of small ones, of damaged ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-sqlite.h"

#include <string.h>

static WeirDatabase *
open_file (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WeirDatabase *db = weir_database_open (fixture->path, NULL, &error);

  g_assert_no_error (error);
  return db;
}

static void
run_sql (WeirDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  weir_database_exec (db, sql, &error);
  g_assert_no_error (error);
}

static gint64
get_number (WeirDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirStatement) statement = weir_database_prepare (db, &error, sql, "");

  g_assert_no_error (error);
  g_assert_true (weir_statement_step (statement, &error));
  return weir_statement_get_int (statement, 0);
}

static WeirHistoryIndex *
ask (WeirHistory *history, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new (text, &error);
  WeirHistoryIndex *index;

  g_assert_no_error (error);
  index = weir_history_query (history, query, 0, &error);
  g_assert_no_error (error);
  return index;
}

static void
check_count (WeirHistory *history, const char *text, guint n)
{
  g_autoptr (WeirHistoryIndex) index = ask (history, text);

  g_test_message ("%s", text != NULL ? text : "(everything)");
  g_assert_cmpuint (weir_history_index_get_length (index), ==, n);
}

static WeirEvent *
load (WeirHistory *history, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = weir_history_load (history, &id, 1, &error);

  g_assert_no_error (error);
  return events->len > 0 ? g_object_ref (events->pdata[0]) : NULL;
}

static void
reopen (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&fixture->history));
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);
}

/* The file as the version before pages left it, with 1,200 events of which some are gone. */
static void
make_old_file (HistoryFixture *fixture)
{
  g_autoptr (WeirDatabase) db = open_file (fixture);

  run_sql (
      db,
      "DROP TABLE IF EXISTS old_events;"
      "CREATE TABLE old_events (id INTEGER PRIMARY KEY AUTOINCREMENT,"
      " account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
      " stream TEXT NOT NULL, event_id TEXT NOT NULL, kind TEXT NOT NULL,"
      " collection TEXT NOT NULL, record TEXT NOT NULL, subscription TEXT NOT NULL,"
      " occurred INTEGER NOT NULL, observed INTEGER NOT NULL, reason TEXT,"
      " payload_start INTEGER NOT NULL, payload_length INTEGER NOT NULL, raw BLOB NOT NULL,"
      " UNIQUE (account, event_id, stream)) STRICT;"
      "INSERT INTO accounts (number, uuid, name, provider, json)"
      " VALUES (7, 'uuid-1', 'Acme', 'sequin', '{}');"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
      " INSERT INTO old_events SELECT i, 7, 'events', 'e' || i, 'created', 'c', 'r' || i, 's1',"
      " 1731263880000000 + i * 1000000, 1731263950000000,"
      " iif (i = 5, 'It has no id', NULL), 0, 0, CAST (iif (i = 5, '\"what came\"',"
      " '{\"event_id\":\"e' || i || '\",\"event\":\"created\",\"collection_id\":\"c\",\"sync_id\":\"s1\",'"
      " || '\"upstream_updated_at\":\"' || strftime ('%Y-%m-%dT%H:%M:%SZ', 1731263880 + i, 'unixepoch')"
      " || '\",\"data\":{\"n\":\"word' || i || '\"}}') AS BLOB) FROM n;"
      "DELETE FROM old_events WHERE id IN (3, 4) OR id BETWEEN 700 AND 900;"
      "UPDATE state SET next = 1201, revision = revision + 1");
}

static void
test_migrated (HistoryFixture *fixture, gconstpointer data)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (WeirEvent) event = NULL;
  g_autoptr (WeirEvent) unreadable = NULL;
  gint64 last = 0;
  g_autoptr (GArray) ids = NULL;

  make_old_file (fixture);
  reopen (fixture);

  ids = weir_history_list_new (fixture->history, NULL, &last, NULL);
  g_assert_cmpuint (ids->len, ==, 1200 - 2 - 201);
  g_assert_cmpint (last, ==, 1200);
  g_assert_cmpint (g_array_index (ids, gint64, 2), ==, 5); /* numbers stay what they were */
  check_count (fixture->history, NULL, 997);
  check_count (fixture->history, "word699", 1);
  check_count (fixture->history, "is:unreadable", 1);

  event = load (fixture->history, 901);
  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (event)), ==, "e901");
  g_assert_cmpint (event->observed_at, ==, HISTORY_OBSERVED);
  unreadable = load (fixture->history, 5);
  g_assert_true (unreadable->unreadable);
  g_assert_cmpstr (unreadable->error->message, ==, "It has no id");
  g_assert_null (load (fixture->history, 700));

  db = open_file (fixture);
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM sqlite_master WHERE name = 'old_events'"),
                   ==, 0);

  /* what was known still is, and what comes has a number of its own */
  g_ptr_array_add (events,
                   history_make_event (fixture->account, "e901", "created", "s1", "c", 1, "1"));
  g_ptr_array_add (events,
                   history_make_event (fixture->account, "x", "created", "s1", "c", 2, "1"));
  history_check_append (
      history_append (fixture->history, fixture->account, NULL, events, "A", NULL), 1, 1, "A");
  check_count (fixture->history, NULL, 998);
}

/* Followed events come one by one; they lie together soon, and nothing is seen of it. */
static void
test_merged (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistoryIndex) before = NULL;
  g_autoptr (WeirHistory) other = weir_history_new (fixture->path, NULL);
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (WeirEvent) event = NULL;
  g_autoptr (WeirEvent) same = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *asked = i > 0 ? g_strdup_printf ("%u", i) : NULL;
      g_autofree char *next = g_strdup_printf ("%u", i + 1);

      history_check_append (history_append (fixture->history, fixture->account, asked,
                                            history_make_events (fixture->account, i, 1), next,
                                            NULL),
                            1, 0, next);
      if (i == 50)
        before = ask (other, NULL);
    }

  db = open_file (fixture);
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM pages"), <=, 16);
  g_assert_cmpint (get_number (db, "SELECT sum (count) FROM pages"), ==, 100);
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM details"), ==,
                   get_number (db, "SELECT count (*) FROM pages"));
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM raws"), ==,
                   get_number (db, "SELECT count (*) FROM pages"));

  g_assert_cmpuint (weir_history_index_get_length (before), ==, 51);
  event = load (other, weir_history_index_get_id (before, 7));
  same = load (fixture->history, weir_history_index_get_id (before, 7));
  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (event)), ==, "e7");
  g_assert_false (weir_record_changed (WEIR_RECORD (event), WEIR_RECORD (same)));
  check_count (other, NULL, 100);
  check_count (other, "customer", 100);
}

/* One damaged page names itself and takes nothing else with it. */
static void
test_damaged (HistoryFixture *fixture, gconstpointer data)
{
  static const char *const DAMAGES[] = {
    "UPDATE raws SET raw = substr (raw, 1, length (raw) - 1) WHERE first = 513",
    "UPDATE raws SET raw = x'' WHERE first = 513",
    "UPDATE details SET blob = substr (blob, 1, 900) WHERE first = 513",
    "UPDATE details SET blob = zeroblob (length (blob)) WHERE first = 513",
  };
  g_autoptr (WeirDatabase) db = open_file (fixture);

  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 2000), "A", NULL),
                        2000, 0, "A");
  run_sql (db, "CREATE TABLE whole_raws AS SELECT * FROM raws;"
               "CREATE TABLE whole_details AS SELECT * FROM details;");

  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGES); i++)
    {
      g_autoptr (WeirHistoryIndex) index = NULL;
      g_autoptr (WeirEvent) damaged = NULL;
      g_autoptr (WeirEvent) whole = NULL;

      g_test_message ("%s", DAMAGES[i]);
      run_sql (db, DAMAGES[i]);
      index = ask (fixture->history, NULL);
      g_assert_cmpuint (weir_history_index_get_length (index), ==, 2000);
      g_clear_object (&index);

      index = ask (fixture->history, "customer");
      g_assert_cmpuint (weir_history_index_get_length (index), ==, 2000 - 512);
      g_assert_nonnull (strstr (weir_history_index_get_warning (index), "513"));

      whole = load (fixture->history, 512);
      g_assert_false (whole->unreadable);
      damaged = load (fixture->history, 513);
      g_assert_true (damaged->unreadable);
      g_assert_nonnull (strstr (damaged->error->message, "513"));

      /* what comes once more is known all the same, where its id can be read */
      if (i < 2)
        history_check_append (history_append (fixture->history, fixture->account, "A",
                                              history_make_events (fixture->account, 500, 100), "A",
                                              NULL),
                              0, 0, "A");

      run_sql (db, "UPDATE raws SET raw = (SELECT raw FROM whole_raws WHERE first = 513)"
                   " WHERE first = 513;"
                   "UPDATE details SET blob = (SELECT blob FROM whole_details WHERE first = 513)"
                   " WHERE first = 513");
    }
  check_count (fixture->history, "customer", 2000);

  /* without its times a page is left out, and that is said */
  run_sql (db, "UPDATE pages SET columns = zeroblob (length (columns)) WHERE first = 513");
  reopen (fixture);
  {
    g_autoptr (WeirHistoryIndex) index = ask (fixture->history, NULL);

    g_assert_cmpuint (weir_history_index_get_length (index), ==, 2000 - 512);
    g_assert_nonnull (strstr (weir_history_index_get_warning (index), "513"));
  }
}

/* A count that cannot be does not keep a search from coming to its end. */
static void
test_damaged_count (HistoryFixture *fixture, gconstpointer data)
{
  static const char *const DAMAGES[] = {
    "UPDATE pages SET count = 4294967295 WHERE first = 6",
    "UPDATE pages SET count = -1 WHERE first = 6",
  };
  g_autoptr (WeirDatabase) db = open_file (fixture);
  g_autoptr (WeirQuery) query = weir_query_new ("customer", NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *asked = i > 0 ? g_strdup_printf ("%u", i) : NULL;
      g_autofree char *next = g_strdup_printf ("%u", i + 1);

      history_check_append (history_append (fixture->history, fixture->account, asked,
                                            history_make_events (fixture->account, 5 * i, 5), next,
                                            NULL),
                            5, 0, next);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGES); i++)
    {
      g_autoptr (GArray) found = NULL;
      g_autoptr (WeirHistoryIndex) index = NULL;
      gint64 last_id = 0;

      run_sql (db, DAMAGES[i]);
      reopen (fixture);
      found = weir_history_list_new (fixture->history, query, &last_id, NULL);
      g_assert_cmpuint (found->len, ==, 10);
      index = ask (fixture->history, "customer");
      g_assert_cmpuint (weir_history_index_get_length (index), ==, 10);
      g_assert_nonnull (weir_history_index_get_warning (index));
    }
}

static void
append_live (HistoryFixture *fixture, GPtrArray *events)
{
  g_autoptr (WeirEventRows) rows = weir_event_rows_new_of (events);
  WeirHistoryPage page = { "events", NULL, rows, NULL, NULL };
  g_autoptr (GError) error = NULL;

  page.live = TRUE;
  weir_history_append (fixture->history, fixture->account, &page, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (events);
}

/* What comes in its time is not late, nor is what is fetched from the past. */
static void
test_late (HistoryFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *id;
    int second;
    gboolean late;
  } LIVE[] = { { "a", 101, FALSE }, { "b", 95, FALSE }, { "c", 94, TRUE }, { "d", 200, FALSE } };
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (events, history_make_event (fixture->account, "n", "x", "s", "c", 100, "1"));
  g_ptr_array_add (events, history_make_event (fixture->account, "o", "x", "s", "c", 1, "1"));
  history_append (fixture->history, fixture->account, NULL, events, NULL, NULL);
  check_count (fixture->history, "is:late", 0);

  events = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (LIVE); i++)
    g_ptr_array_add (events, history_make_event (fixture->account, LIVE[i].id, "x", "s", "c",
                                                 LIVE[i].second, "1"));
  append_live (fixture, events);
  check_count (fixture->history, "is:late", 1);
  check_count (fixture->history, "is:late id:c", 1);

  /* it stays late when it is brought up to date, in another process too */
  events = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (events, history_make_event (fixture->account, "c", "y", "s", "c", 94, "2"));
  append_live (fixture, events);
  reopen (fixture);
  check_count (fixture->history, "is:late kind:y", 1);
  check_count (fixture->history, "-is:late", 5);
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **stored = data;

  *stored = g_object_ref (result);
}

/* Killed in the middle of a removal, the next process goes on from what is left. */
static void
test_removed (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) other = history_make_account ("uuid-2", "Other");
  g_autoptr (WeirDatabase) db = open_file (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 700), "A", NULL),
                        700, 0, "A");
  history_check_append (
      history_append (fixture->history, other, NULL, history_make_events (other, 0, 5), "A", NULL),
      5, 0, "A");

  run_sql (db, "PRAGMA foreign_keys = ON; DELETE FROM accounts WHERE uuid = 'uuid-1';"
               "UPDATE state SET revision = revision + 1");
  check_count (fixture->history, NULL, 5);
  reopen (fixture);
  check_count (fixture->history, NULL, 5);
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM pages"), ==, 3);

  /* who has a main loop clears it by and by */
  weir_history_get_stats_async (fixture->history, NULL, store_result_cb, &result);
  while (get_number (db, "SELECT count (*) FROM pages") > 1 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM pages"), ==, 1);
  g_assert_cmpint (get_number (db, "SELECT count (*) FROM raws"), ==, 1);
  check_count (fixture->history, NULL, 5);

  /* and the account may come again */
  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 3), "A", NULL),
                        3, 0, "A");
  check_count (fixture->history, NULL, 8);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, function,                        \
              history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/history-pages/migrated", test_migrated);
  ADD ("/history-pages/merged", test_merged);
  ADD ("/history-pages/damaged", test_damaged);
  ADD ("/history-pages/damaged-count", test_damaged_count);
  ADD ("/history-pages/late", test_late);
  ADD ("/history-pages/removed", test_removed);

  return g_test_run ();
}
