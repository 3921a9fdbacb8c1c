/* test-weir-history-shrink.c: what trimming gives back of the disk and of memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-history-memory.h"
#include "weir-history-schema.h"

#include <glib/gstdio.h>

#define N_PAGES 40u
#define PAGE 400u
#define N_EVENTS (N_PAGES * PAGE)
#define KEPT_FROM (HISTORY_TIME + N_EVENTS / 10 * 9 * G_TIME_SPAN_SECOND)

/* As an older Weir made it: room in it cannot be given back bit by bit. */
static void
set_up_old (HistoryFixture *fixture, gconstpointer data)
{
  sqlite3 *db;

  history_fixture_set_up (fixture, data);
  g_clear_object (&fixture->history);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "PRAGMA journal_mode=DELETE; PRAGMA auto_vacuum=NONE; VACUUM;"
                                 "PRAGMA journal_mode=WAL",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  fixture->history = weir_history_new (fixture->path, NULL);
  g_assert_nonnull (fixture->history);
}

/* An event a second, of bytes that cannot be made smaller. */
static void
fill (HistoryFixture *fixture)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint page = 0; page < N_PAGES; page++)
    {
      GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *cursor = page > 0 ? g_strdup_printf ("c%u", page) : NULL;
      g_autofree char *next = g_strdup_printf ("c%u", page + 1);

      for (guint i = page * PAGE; i < (page + 1) * PAGE; i++)
        {
          g_autofree char *id = g_strdup_printf ("e%u", i);
          g_autoptr (GString) data = g_string_new ("{\"a\":\"");

          for (guint j = 0; j < 80; j++)
            g_string_append_printf (data, "%08x", g_rand_int (random));
          g_string_append (data, "\"}");
          g_ptr_array_add (events, history_make_event (fixture->account, id, "created", "s1",
                                                       "stripe:customer", (int) i, data->str));
        }
      g_free (
          history_append (fixture->history, fixture->account, cursor, events, next, NULL).cursor);
    }
}

static gint64
get_size (HistoryFixture *fixture)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  return info.st_size;
}

static void
check_integrity (HistoryFixture *fixture)
{
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
trim (HistoryFixture *fixture, guint64 expected)
{
  WeirTrimResult trimmed = { 0 };
  g_autoptr (GError) error = NULL;

  weir_history_trim (fixture->history, NULL, KEPT_FROM, 0, &trimmed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trimmed.n_events, ==, expected);
}

/* Nine of ten events go, and so does their room in the file. What is left is all there, and what comes is taken in. */
static void
test_file (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistoryIndex) index = NULL;
  gint64 before;

  fill (fixture);
  /* with nothing to delete nothing is written anew */
  weir_history_trim (fixture->history, NULL, 1, 0, NULL, NULL);
  before = get_size (fixture);
  g_assert_cmpint (before, >, N_EVENTS * 300);

  trim (fixture, N_EVENTS / 10 * 9);
  g_assert_cmpint (get_size (fixture), <, before / 3);
  check_integrity (fixture);

  g_free (history_append (fixture->history, fixture->account, "c40",
                          history_make_events (fixture->account, N_EVENTS, 100), "c41", NULL)
              .cursor);
  index = weir_history_query (fixture->history, NULL, 0, NULL);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, N_EVENTS / 10 + 100);
}

static void
test_account (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before;

  fill (fixture);
  weir_history_trim (fixture->history, NULL, 1, 0, NULL, NULL);
  before = get_size (fixture);
  weir_history_remove_account (fixture->history, fixture->account->uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_size (fixture), <, before / 4);
  check_integrity (fixture);
}

/* Of events that are gone nothing is kept, once nobody has an answer any more that they are in. */
static void
test_memory (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirMemory) memory = weir_memory_new ();
  g_autoptr (WeirDatabase) db = weir_history_schema_open (fixture->path, NULL);
  const WeirColumns *columns = weir_memory_get_columns (memory);
  WeirMemoryView view;

  fill (fixture);
  g_assert_true (weir_memory_refresh (memory, db, NULL, NULL));
  weir_memory_take_view (memory, &view);
  trim (fixture, N_EVENTS / 10 * 9);
  g_assert_true (weir_memory_refresh (memory, db, NULL, NULL));

  weir_memory_give_back (memory);
  for (guint i = 1; i <= N_EVENTS; i++)
    g_assert_cmpint (weir_columns_get_time (columns, i), ==,
                     HISTORY_TIME + (i - 1) * G_TIME_SPAN_SECOND);

  weir_memory_view_clear (&view);
  weir_memory_give_back (memory);
  for (guint i = 1; i < 3 * WEIR_COLUMNS_BLOCK; i++)
    {
      g_assert_cmpint (weir_columns_get_time (columns, i), ==, 0);
      g_assert_cmphex (weir_columns_get_facet (columns, i), ==, 0);
    }
  for (guint i = N_EVENTS / 10 * 9 + 1; i <= N_EVENTS; i++)
    g_assert_cmpint (weir_columns_get_time (columns, i), ==,
                     HISTORY_TIME + (i - 1) * G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, set_up, test)                                                                    \
  g_test_add (path, HistoryFixture, NULL, set_up, test, history_fixture_tear_down)
  ADD ("/history-shrink/file", history_fixture_set_up, test_file);
  ADD ("/history-shrink/old-file", set_up_old, test_file);
  ADD ("/history-shrink/account", history_fixture_set_up, test_account);
  ADD ("/history-shrink/memory", history_fixture_set_up, test_memory);

  return g_test_run ();
}
