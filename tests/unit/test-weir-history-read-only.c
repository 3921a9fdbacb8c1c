/* test-weir-history-read-only.c: a history whose file cannot be written to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

/* The folder as on a CD; FALSE where that cannot be had here. */
static gboolean
make_read_only (HistoryFixture *fixture)
{
  if (geteuid () == 0)
    return unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
           && mount (fixture->folder, fixture->folder, NULL, MS_BIND, NULL) == 0
           && mount (NULL, fixture->folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) == 0;
  /* unprivileged: a file system of one's own is to be had where the system lets one have a user's name space */
  if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount (fixture->folder, fixture->folder, NULL, MS_BIND, NULL) == 0
         && mount (NULL, fixture->folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

static void
make_writable (HistoryFixture *fixture)
{
  umount2 (fixture->folder, MNT_DETACH);
}

static void
check_readable (HistoryFixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (WeirQuery) query = weir_query_new ("stripe", NULL);
  g_autoptr (WeirHistoryIndex) found = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GArray) stats = NULL;
  gint64 id;

  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (weir_history_is_read_only (fixture->history));

  index = weir_history_query (fixture->history, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, n);
  found = weir_history_query (fixture->history, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_history_index_get_length (found), ==, n);
  id = weir_history_index_get_id (index, n - 1);
  events = weir_history_load (fixture->history, &id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  stats = weir_history_get_stats (fixture->history, &error);
  g_assert_no_error (error);
}

static void
check_not_writable (HistoryFixture *fixture)
{
  g_autoptr (GPtrArray) events = history_make_events (fixture->account, 5000, 3);
  g_autoptr (WeirEventRows) rows = weir_event_rows_new_of (events);
  const WeirHistoryPage page = { "events", "A", rows, "B", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (weir_history_append (fixture->history, fixture->account, &page, NULL, &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (weir_history_trim (fixture->history, NULL, G_MAXINT64, 0, NULL, &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
}

static void
test_read_only (HistoryFixture *fixture, gconstpointer data)
{
  g_assert_false (weir_history_is_read_only (fixture->history));
  g_free (history_append (fixture->history, fixture->account, NULL,
                          history_make_events (fixture->account, 0, 700), "A", NULL)
              .cursor);
  g_assert_finalize_object (g_steal_pointer (&fixture->history));
  if (make_read_only (fixture))
    {
      check_readable (fixture, 700);
      check_not_writable (fixture);
      g_assert_finalize_object (g_steal_pointer (&fixture->history));
      make_writable (fixture);
    }
  else
    g_test_skip ("no file system can be mounted here");
  fixture->history = weir_history_new (fixture->path, NULL);
  g_assert_false (weir_history_is_read_only (fixture->history));
}

/* There is nothing to read, and none can be made. */
static void
test_missing (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other.db", NULL);
  g_autoptr (GError) error = NULL;

  if (make_read_only (fixture))
    {
      g_assert_null (weir_history_new (other, &error));
      g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_OPEN);
      make_writable (fixture);
    }
  else
    g_test_skip ("no file system can be mounted here");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/history-read-only/read", HistoryFixture, NULL, history_fixture_set_up,
              test_read_only, history_fixture_tear_down);
  g_test_add ("/history-read-only/missing", HistoryFixture, NULL, history_fixture_set_up,
              test_missing, history_fixture_tear_down);

  return g_test_run ();
}
