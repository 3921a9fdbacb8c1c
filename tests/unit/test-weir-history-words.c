/* test-weir-history-words.c: word filters made behind what is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-words.h"

#include "weir-history-fixture.h"
#include "weir-history-schema.h"
#include "weir-query-match.h"
#include "weir-test-loop.h"

#define MANY 3000 /* some pages */

typedef struct
{
  HistoryFixture history;
  WeirDatabase *db; /* the test's own */
  WeirHistoryWords *words;
} Fixture;

static void
append (Fixture *f, guint first, guint n)
{
  for (guint i = 0; i < n; i += 500)
    {
      g_autofree char *before = NULL;

      g_assert_true (weir_history_get_cursor (f->history.history, f->history.account, "events",
                                              &before, NULL));
      g_free (history_append (f->history.history, f->history.account, before,
                              history_make_events (f->history.account, first + i, MIN (500, n - i)),
                              "c", NULL)
                  .cursor);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  history_fixture_set_up (&f->history, data);
  f->db = weir_history_schema_open (f->history.path, &error);
  g_assert_no_error (error);
  f->words = weir_history_words_new (f->history.path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->words, weir_history_words_free);
  g_clear_pointer (&f->db, weir_database_close);
  history_fixture_tear_down (&f->history, data);
}

static gint64
count (Fixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirStatement) statement = weir_database_prepare (f->db, &error, sql, "");

  g_assert_no_error (error);
  g_assert_true (weir_statement_step (statement, &error));
  return weir_statement_get_int (statement, 0);
}

#define N_PAGES "SELECT count (*) FROM pages"
#define N_WITH "SELECT count (*) FROM pages JOIN words ON words.first = pages.first"

static gboolean
keep_until_all (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  guint n_kept;

  g_assert_true (weir_history_words_keep (f->words, f->db, &n_kept, &error));
  g_assert_no_error (error);
  return count (f, N_WITH) == count (f, N_PAGES);
}

static guint
ask (Fixture *f, const char *text)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;

  index = weir_history_query (f->history.history, query, 0, &error);
  g_assert_no_error (error);
  return weir_history_index_get_length (index);
}

/* How many pages a query must look at. */
static guint
count_asked (Fixture *f, const char *text)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  g_autoptr (WeirQueryMatch) match = weir_query_match_new (query, 0);
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (f->db, NULL, "SELECT filter FROM words", "");
  guint n = 0;

  while (weir_statement_step (statement, NULL))
    n += weir_query_match_page (match, sqlite3_column_blob (statement, 0),
                                (gsize) sqlite3_column_bytes (statement, 0));
  return n;
}

static void
test_made (Fixture *f, gconstpointer data)
{
  append (f, 0, MANY);
  g_assert_cmpint (count (f, N_WITH), ==, 0);
  g_assert_cmpint (count (f, N_PAGES), >, 3);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (keep_until_all (f));

  g_assert_cmpuint (ask (f, "rec_e2999"), ==, 1);
  g_assert_cmpuint (ask (f, "e1234"), ==, 1);
  g_assert_cmpuint (ask (f, "nothing-like-this"), ==, 0);
  g_assert_cmpuint (count_asked (f, "e1234"), >=, 1);
  g_assert_cmpuint (count_asked (f, "e1234"), <=, 2);
  g_assert_cmpuint (count_asked (f, "nothing-like-this"), <=, 1);
}

/* New pages get theirs, and a page that changes another one. */
static void
test_more (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);

  append (f, 0, 1000);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (keep_until_all (f));
  append (f, 1000, 1000);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (keep_until_all (f));
  g_assert_cmpuint (ask (f, "e1999"), ==, 1);

  g_ptr_array_add (changed, history_make_event (f->history.account, "e7", "updated", "s1", "c", 3,
                                                "{\"word\":\"xylophone\"}"));
  g_free (history_append (f->history.history, f->history.account, "c", g_steal_pointer (&changed),
                          "d", NULL)
              .cursor);
  g_assert_cmpint (count (f, N_WITH), <, count (f, N_PAGES));
  g_assert_cmpuint (ask (f, "xylophone"), ==, 1);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (keep_until_all (f));
  g_assert_cmpuint (ask (f, "xylophone"), ==, 1);
  g_assert_cmpuint (count_asked (f, "xylophone"), >=, 1);
}

/* How many filters are ready: the file cannot be written to, so they stay. */
static guint
count_ready (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  guint n_ready;

  g_assert_true (weir_database_exec (f->db, "PRAGMA query_only = ON", &error));
  if (!weir_history_words_keep (f->words, f->db, &n_ready, &error))
    g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_READONLY);
  g_assert_true (weir_database_exec (f->db, "PRAGMA query_only = OFF", NULL));
  return n_ready;
}

/* What could not be kept is kept later, though nobody makes it again. */
static void
test_not_kept (Fixture *f, gconstpointer data)
{
  append (f, 0, MANY);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (count_ready (f) == count (f, N_PAGES));
  g_assert_cmpint (count (f, N_WITH), ==, 0);
  g_assert_true (keep_until_all (f));
}

/* A filter of what a page was is not kept. */
static void
test_stale (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_kept;

  append (f, 0, 500);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (count_ready (f) == count (f, N_PAGES));
  /* an older one, which is not looked for: none is made meanwhile */
  g_assert_true (weir_database_exec (f->db, "UPDATE pages SET revision = revision - 100", &error));
  weir_history_words_keep (f->words, f->db, &n_kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_kept, ==, count (f, N_PAGES));
  g_assert_cmpint (count (f, N_WITH), ==, 0);
  g_assert_true (weir_database_exec (f->db, "UPDATE pages SET revision = revision + 200", &error));
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (keep_until_all (f));
}

/* Ended before it began, in the middle, and never woken. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  WeirHistoryWords *nowhere = weir_history_words_new ("/nowhere/history.db");
  guint n_kept = 1;

  append (f, 0, MANY);
  weir_history_words_wake (f->words);
  g_clear_pointer (&f->words, weir_history_words_free);
  g_assert_cmpint (count (f, N_WITH), ==, 0);
  weir_history_words_wake (nowhere);
  g_assert_true (weir_history_words_keep (nowhere, f->db, &n_kept, NULL));
  g_assert_cmpuint (n_kept, ==, 0);
  weir_history_words_free (nowhere);

  /* the next one makes them all */
  f->words = weir_history_words_new (f->history.path);
  weir_history_words_wake (f->words);
  WEIR_TEST_WAIT_UNTIL (keep_until_all (f));
}

/* The history does it by itself, some time after it was first asked. */
static void
test_by_itself (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  append (f, 0, MANY);
  weir_history_query_async (f->history.history, NULL, 1, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_object_unref (weir_history_query_finish (f->history.history, result, NULL));
  WEIR_TEST_WAIT_UNTIL (count (f, N_WITH) == count (f, N_PAGES));
  g_clear_object (&result);
  WEIR_TEST_WAIT_UNTIL (g_atomic_int_get (&G_OBJECT (f->history.history)->ref_count) == 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/history-words/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("made", test_made);
  ADD ("more", test_more);
  ADD ("not-kept", test_not_kept);
  ADD ("stale", test_stale);
  ADD ("stopped", test_stopped);
  ADD ("by-itself", test_by_itself);

  return g_test_run ();
}
