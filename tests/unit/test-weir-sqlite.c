/* test-weir-sqlite.c: opening, migrating and asking SQLite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-sqlite.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static const char *const one_step[] = {
  "CREATE TABLE event (id INTEGER PRIMARY KEY, name TEXT, size REAL, raw BLOB);",
  NULL,
};

static const char *const two_steps[] = {
  "CREATE TABLE event (id INTEGER PRIMARY KEY, name TEXT, size REAL, raw BLOB);",
  "ALTER TABLE event ADD COLUMN kind TEXT NOT NULL DEFAULT 'old';"
  "CREATE TABLE child (event INTEGER NOT NULL REFERENCES event (id));",
  NULL,
};

static const char *const broken_step[] = {
  "CREATE TABLE event (id INTEGER PRIMARY KEY, name TEXT, size REAL, raw BLOB);",
  "CREATE TABLE half (id INTEGER); CREATE TABLE event (id INTEGER);",
  NULL,
};

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("weir-sqlite-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_unlink (path);
      g_rmdir (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static WeirDatabase *
open_database (const char *path, const char *const *migrations)
{
  g_autoptr (GError) error = NULL;
  WeirDatabase *db = weir_database_open (path, migrations, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

static void
assert_not_opened (const char *path, const char *const *migrations, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (weir_database_open (path, migrations, &error));
  g_assert_error (error, WEIR_SQLITE_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
run (WeirDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  weir_database_exec (db, sql, &error);
  g_assert_no_error (error);
}

static char *
ask (WeirDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirStatement) statement = weir_database_prepare (db, &error, sql, "");
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (weir_statement_step (statement, &error));
  text = weir_statement_dup_text (statement, 0);
  g_assert_false (weir_statement_step (statement, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&text);
}

static void
assert_answer (WeirDatabase *db, const char *sql, const char *expected)
{
  g_autofree char *answer = ask (db, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "a", "b", NULL);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (WeirDatabase) db = NULL;
  GStatBuf info;

  umask (0022);
  db = open_database (path, one_step);
  run (db, "INSERT INTO event (id) VALUES (1)");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (wal, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  assert_answer (db, "PRAGMA journal_mode", "wal");
  assert_answer (db, "PRAGMA synchronous", "2");
  assert_answer (db, "PRAGMA foreign_keys", "1");
  assert_answer (db, "PRAGMA busy_timeout", "5000");
  assert_answer (db, "PRAGMA user_version", "1");

  g_clear_pointer (&db, weir_database_close);
  g_unlink (path);
  g_rmdir (folder);
  g_rmdir (parent);
}

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (":memory:", two_steps);

  assert_answer (db, "PRAGMA user_version", "2");
  g_assert_false (g_file_test (":memory:", G_FILE_TEST_EXISTS));
}

static void
test_made_private (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = NULL;
  GStatBuf info;

  g_assert_true (
      g_file_set_contents_full (fixture->path, "", 0, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  db = open_database (fixture->path, one_step);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_migrate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (fixture->path, one_step);

  run (db, "INSERT INTO event (id, name) VALUES (7, 'kept')");
  g_clear_pointer (&db, weir_database_close);

  for (int i = 0; i < 2; i++)
    {
      db = open_database (fixture->path, two_steps);
      assert_answer (db, "PRAGMA user_version", "2");
      assert_answer (db, "SELECT name || kind FROM event WHERE id = 7", "keptold");
      g_clear_pointer (&db, weir_database_close);
    }

  db = open_database (fixture->path, NULL);
  assert_answer (db, "PRAGMA user_version", "2");
}

/* A step that fails half way leaves nothing behind, and the step before it stays. */
static void
test_migrate_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = NULL;

  assert_not_opened (fixture->path, broken_step, SQLITE_ERROR);
  db = open_database (fixture->path, one_step);
  assert_answer (db, "PRAGMA user_version", "1");
  assert_answer (db, "SELECT count(*) FROM sqlite_master WHERE name = 'half'", "0");
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (fixture->path, two_steps);
  g_autoptr (GError) error = NULL;

  run (db, "INSERT INTO event (id) VALUES (7)");
  g_clear_pointer (&db, weir_database_close);

  assert_not_opened (fixture->path, one_step, SQLITE_SCHEMA);
  g_assert_null (weir_database_open (fixture->path, one_step, &error));
  g_assert_nonnull (strstr (error->message, "newer"));
  g_assert_nonnull (strstr (error->message, "Update Weir"));

  db = open_database (fixture->path, two_steps);
  assert_answer (db, "SELECT count(*) FROM event", "1");
}

static gpointer
open_in_thread (gpointer path)
{
  g_autoptr (WeirDatabase) db = open_database (path, two_steps);
  g_autoptr (GError) error = NULL;

  weir_database_run (db, &error, "INSERT INTO event (name) VALUES (?)", "s", "thread");
  g_assert_no_error (error);
  return NULL;
}

static void
test_opened_at_once (Fixture *fixture, gconstpointer data)
{
  GThread *threads[8];
  g_autoptr (WeirDatabase) db = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_in_thread, fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  db = open_database (fixture->path, two_steps);
  assert_answer (db, "SELECT count(*) FROM event", "8");
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_not_opened (fixture->path, one_step, SQLITE_NOTADB);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (fixture->path, one_step);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  for (int i = 0; i < 500; i++)
    run (db, "INSERT INTO event (name) VALUES ('a name long enough to fill some pages')");
  g_clear_pointer (&db, weir_database_close);

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 8192);
  memset (bytes + 4096, 0x5a, size - 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));

  /* The schema on the first page is whole: the damage shows once a row is asked for. */
  db = open_database (fixture->path, one_step);
  g_assert_false (weir_database_run (db, &error, "SELECT * FROM event", ""));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_CORRUPT);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (fixture->path, "file", "test.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_not_opened (fixture->path, one_step, SQLITE_CANTOPEN);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);

  g_assert_true (g_file_set_contents (fixture->path, "x", 1, NULL));
  g_assert_null (weir_database_open (inside, one_step, &error));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_CANTOPEN);
}

/* Root may write everything, so the test steps down for a moment. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (fixture->path, one_step);
  uid_t user = geteuid ();

  g_clear_pointer (&db, weir_database_close);
  if (user == 0)
    {
      g_assert_cmpint (chown (fixture->folder, NOBODY, (gid_t) -1), ==, 0);
      g_assert_cmpint (chown (fixture->path, NOBODY, (gid_t) -1), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  if (user == 0 && seteuid (NOBODY) != 0)
    {
      g_test_skip ("root cannot step down");
      return;
    }
  assert_not_opened (fixture->path, one_step, SQLITE_READONLY);
  g_assert_cmpint (g_chmod (fixture->path, 0), ==, 0);
  assert_not_opened (fixture->path, one_step, SQLITE_CANTOPEN);
  g_assert_cmpint (seteuid (user), ==, 0);
}

/* Opening a file a second time leaves the locks of the first opening in place: another process
 * still has to wait. */
static void
test_opened_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) first = open_database (fixture->path, one_step);
  g_autoptr (WeirDatabase) second = NULL;
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  pid_t child;
  int status;

  run (first, "BEGIN; SELECT * FROM event");
  second = open_database (fixture->path, one_step);

  /* Locks are not inherited, so the child sees its parent's. */
  child = fork ();
  if (child == 0)
    {
      int fd = open (fixture->path, O_RDWR | O_CLOEXEC);

      _exit (fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (":memory:", one_step);
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GBytes) raw = g_bytes_new ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) read_raw = NULL;
  g_autoptr (GBytes) read_empty = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  const char *insert = "INSERT INTO event (id, name, raw) VALUES (?, ?, ?)";

  g_assert_true (weir_database_run (db, &error, insert, "isb", G_MAXINT64, "it's ë", raw));
  g_assert_true (weir_database_run (db, &error, insert, "isb", G_MININT64, NULL, empty));
  g_assert_true (weir_database_run (db, &error, insert, "isb", (gint64) 0, "", NULL));
  g_assert_no_error (error);

  statement = weir_database_prepare (
      db, &error, "SELECT id, name, raw FROM event WHERE id <> ? ORDER BY id DESC", "i",
      (gint64) 7);
  g_assert_true (weir_statement_step (statement, &error));
  g_assert_cmpint (weir_statement_get_int (statement, 0), ==, G_MAXINT64);
  name = weir_statement_dup_text (statement, 1);
  g_assert_cmpstr (name, ==, "it's ë");
  read_raw = weir_statement_dup_bytes (statement, 2);
  g_assert_true (g_bytes_equal (read_raw, raw));

  g_assert_true (weir_statement_step (statement, &error));
  g_assert_null (weir_statement_dup_bytes (statement, 2));

  g_assert_true (weir_statement_step (statement, &error));
  g_assert_cmpint (weir_statement_get_int (statement, 0), ==, G_MININT64);
  g_assert_null (weir_statement_dup_text (statement, 1));
  read_empty = weir_statement_dup_bytes (statement, 2);
  g_assert_nonnull (read_empty);
  g_assert_cmpuint (g_bytes_get_size (read_empty), ==, 0);

  g_assert_false (weir_statement_step (statement, &error));
  g_assert_no_error (error);
}

static void
test_bind_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (":memory:", one_step);
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  statement = weir_database_prepare (db, &error, "INSERT INTO event (id, name) VALUES (?, ?)", "is",
                                     (gint64) 1, "a");
  g_assert_no_error (error);
  g_assert_false (weir_statement_step (statement, &error));
  g_assert_no_error (error);
  g_assert_true (weir_statement_bind (statement, &error, "is", (gint64) 2, NULL));
  g_assert_false (weir_statement_step (statement, &error));
  g_assert_no_error (error);
  assert_answer (db, "SELECT group_concat(id || coalesce(name, '-')) FROM event", "1a,2-");

  g_assert_false (weir_statement_bind (statement, &error, "i", (gint64) 3));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_RANGE);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (":memory:", two_steps);
  g_autoptr (GError) error = NULL;

  g_assert_false (weir_database_exec (db, "CREATE NONSENSE", &error));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_ERROR);
  g_clear_error (&error);

  g_assert_null (weir_database_prepare (db, &error, "SELECT none FROM event", ""));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_ERROR);
  g_assert_nonnull (strstr (error->message, "none"));
  g_clear_error (&error);

  g_assert_false (weir_database_run (db, &error, "SELECT ?", ""));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_RANGE);
  g_clear_error (&error);

  run (db, "INSERT INTO event (id) VALUES (1)");
  g_assert_false (
      weir_database_run (db, &error, "INSERT INTO event (id) VALUES (?)", "i", (gint64) 1));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_CONSTRAINT);
  g_clear_error (&error);

  g_assert_false (weir_database_run (db, &error, "INSERT INTO child VALUES (?)", "i", (gint64) 7));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_CONSTRAINT);
}

/* The one that is given back comes again, as new; never one that is in use. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirDatabase) db = open_database (":memory:", two_steps);
  const char *sql = "SELECT id FROM event WHERE id >= ? ORDER BY id";
  g_autoptr (GError) error = NULL;
  WeirStatement *one, *other;

  run (db, "INSERT INTO event (id) VALUES (1), (2), (3)");
  weir_database_keep_statements (db);

  one = weir_database_prepare (db, &error, sql, "i", (gint64) 2);
  g_assert_no_error (error);
  g_assert_true (weir_statement_step (one, &error));
  other = weir_database_prepare (db, &error, sql, "i", (gint64) 1);
  g_assert_true (other != one);
  g_assert_true (weir_statement_step (other, &error));
  g_assert_cmpint (weir_statement_get_int (one, 0), ==, 2);
  g_assert_cmpint (weir_statement_get_int (other, 0), ==, 1);
  weir_statement_finalize (other);
  weir_statement_finalize (one);

  /* in the middle of its rows and with a value, when it was given back */
  one = weir_database_prepare (db, &error, sql, NULL);
  g_assert_true (one == other);
  g_assert_false (weir_statement_step (one, &error));
  g_assert_no_error (error);
  weir_statement_finalize (one);

  /* nothing of it stands in the way of what comes */
  g_assert_null (weir_database_prepare (db, &error, sql, "ii", (gint64) 1, (gint64) 2));
  g_assert_error (error, WEIR_SQLITE_ERROR, SQLITE_RANGE);
  g_clear_error (&error);
  run (db, "DROP TABLE child");
  run (db, "ALTER TABLE event ADD COLUMN more INTEGER");
  assert_answer (db, "SELECT count(*) FROM event", "3");
  run (db, "DELETE FROM event");
  assert_answer (db, "SELECT count(*) FROM event", "0");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/weir-sqlite/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("open", test_open);
  ADD ("memory", test_memory);
  ADD ("made-private", test_made_private);
  ADD ("migrate", test_migrate);
  ADD ("migrate-broken", test_migrate_broken);
  ADD ("newer", test_newer);
  ADD ("opened-at-once", test_opened_at_once);
  ADD ("no-database", test_no_database);
  ADD ("damaged", test_damaged);
  ADD ("folder", test_folder);
  ADD ("read-only", test_read_only);
  ADD ("opened-twice", test_opened_twice);
  ADD ("values", test_values);
  ADD ("bind-again", test_bind_again);
  ADD ("errors", test_errors);
  ADD ("kept", test_kept);
  return g_test_run ();
}
