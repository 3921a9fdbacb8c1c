/* weir-sqlite.c: opening, migrating and asking SQLite with GError
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-sqlite.h"

#include "weir-i18n.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <string.h>

#define BUSY_TIMEOUT 5000 /* ms */
#define MAX_KEPT 64       /* statements of a connection */

G_DEFINE_QUARK (weir_sqlite_error, weir_sqlite_error)

/* WeirDatabase → GHashTable: SQL → WeirStatement that nobody uses now. Only of databases that keep them. */
static GHashTable *kept;
static GMutex kept_lock;

static gboolean
set_error (sqlite3 *db, GError **error)
{
  g_set_error_literal (error, WEIR_SQLITE_ERROR, sqlite3_errcode (db), sqlite3_errmsg (db));
  return FALSE;
}

static gboolean
set_errno (int saved_errno, GError **error)
{
  g_set_error_literal (error, WEIR_SQLITE_ERROR, SQLITE_CANTOPEN, g_strerror (saved_errno));
  return FALSE;
}

/* Made before SQLite sees it, because SQLite would make it readable by others; its companion files
 * get the permissions of the first. The file is never opened here: closing it again would drop the
 * locks of every connection that this process has to it. */
static gboolean
make_private_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return set_errno (errno, error);
  if (mknod (path, S_IFREG | 0600, 0) != 0 && errno != EEXIST)
    return set_errno (errno, error);
  if (stat (path, &info) == 0 && S_ISREG (info.st_mode) && (info.st_mode & 0077) != 0
      && chmod (path, 0600) != 0)
    return set_errno (errno, error);
  return TRUE;
}

/* SQLite says no more than that it cannot open a file; the system knows why. */
static gboolean
open_file (const char *path, WeirDatabase **db, GError **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;

  if (!g_str_equal (path, ":memory:") && !make_private_file (path, error))
    return FALSE;
  if (sqlite3_open_v2 (path, db, flags, NULL) == SQLITE_OK)
    return TRUE;
  if (sqlite3_system_errno (*db) != 0)
    return set_errno (sqlite3_system_errno (*db), error);
  return set_error (*db, error);
}

static gboolean
get_version (WeirDatabase *db, gint64 *version, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "PRAGMA user_version", "");

  if (statement == NULL)
    return FALSE;
  if (!weir_statement_step (statement, error))
    return FALSE;
  *version = weir_statement_get_int (statement, 0);
  return TRUE;
}

/* The first of two programs that open a new database at once turns WAL on; SQLite answers the other
 * with SQLITE_BUSY without waiting. */
static gboolean
turn_wal_on (WeirDatabase *db, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + BUSY_TIMEOUT * 1000;
  g_autoptr (GError) local_error = NULL;

  while (!weir_database_exec (db, "PRAGMA journal_mode=WAL", &local_error))
    {
      if (!g_error_matches (local_error, WEIR_SQLITE_ERROR, SQLITE_BUSY)
          || g_get_monotonic_time () > deadline)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_clear_error (&local_error);
      g_usleep (10000);
    }
  return TRUE;
}

/* One step up in a transaction of its own. The version is read again inside it: another program
 * may have taken the same step meanwhile. */
static gboolean
take_step (WeirDatabase *db, const char *const *migrations, gint64 version, GError **error)
{
  g_autofree char *set_version = NULL;
  gint64 current;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  set_version = g_strdup_printf ("PRAGMA user_version=%" G_GINT64_FORMAT, version + 1);
  if (get_version (db, &current, error)
      && (current != version
          || (weir_database_exec (db, migrations[version], error)
              && weir_database_exec (db, set_version, error)))
      && weir_database_exec (db, "COMMIT", error))
    return TRUE;

  weir_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
migrate (WeirDatabase *db, const char *const *migrations, GError **error)
{
  gint64 newest = 0;
  gint64 version;

  if (migrations == NULL)
    return TRUE;
  while (migrations[newest] != NULL)
    newest++;

  for (;;)
    {
      if (!get_version (db, &version, error))
        return FALSE;
      if (version < 0 || version > newest)
        {
          g_set_error (error, WEIR_SQLITE_ERROR, SQLITE_SCHEMA,
                       _ ("It was written by a newer version of Weir (format %d, this version "
                          "knows %d). Update Weir, or move the file away to begin with an empty "
                          "one."),
                       (int) version, (int) newest);
          return FALSE;
        }
      if (version == newest)
        return TRUE;
      if (!take_step (db, migrations, version, error))
        return FALSE;
    }
}

static gboolean
set_up (WeirDatabase *db, const char *const *migrations, GError **error)
{
  gint64 version;

  sqlite3_busy_timeout (db, BUSY_TIMEOUT);

  /* Reading first tells a file that is no database before anything is written to it. */
  if (!get_version (db, &version, error))
    return FALSE;
  if (sqlite3_db_readonly (db, "main") == 1)
    {
      g_set_error_literal (error, WEIR_SQLITE_ERROR, SQLITE_READONLY,
                           _ ("It cannot be written to"));
      return FALSE;
    }
  /* Before there are tables. Who deletes much can then give back the room a little at a time. Where another program is
   * faster, it has done so. */
  if (version == 0)
    weir_database_exec (db, "PRAGMA auto_vacuum=INCREMENTAL", NULL);
  return turn_wal_on (db, error)
         && weir_database_exec (db, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON", error)
         && migrate (db, migrations, error);
}

static gboolean
bind_text (WeirStatement *statement, int index, const char *text)
{
  return sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* Bytes of no length are not the same as no bytes. */
static gboolean
bind_bytes (WeirStatement *statement, int index, GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    return sqlite3_bind_null (statement, index) == SQLITE_OK;
  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return sqlite3_bind_zeroblob (statement, index, 0) == SQLITE_OK;
  return sqlite3_bind_blob64 (statement, index, data, size, SQLITE_TRANSIENT) == SQLITE_OK;
}

static gboolean
bind (WeirStatement *statement, const char *types, va_list arguments, GError **error)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  if ((int) strlen (types) != sqlite3_bind_parameter_count (statement))
    {
      g_set_error (error, WEIR_SQLITE_ERROR, SQLITE_RANGE,
                   "%d values for the parameters “%s” of: %s",
                   sqlite3_bind_parameter_count (statement), types, sqlite3_sql (statement));
      return FALSE;
    }

  for (int i = 0; types[i] != '\0'; i++)
    {
      gboolean bound = FALSE;

      switch (types[i])
        {
        case 'i':
          bound = sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64)) == SQLITE_OK;
          break;
        case 's':
          bound = bind_text (statement, i + 1, va_arg (arguments, const char *));
          break;
        case 'b':
          bound = bind_bytes (statement, i + 1, va_arg (arguments, GBytes *));
          break;
        default:
          g_assert_not_reached ();
        }
      if (!bound)
        return set_error (sqlite3_db_handle (statement), error);
    }
  return TRUE;
}

static WeirStatement *
take_kept (WeirDatabase *db, const char *sql)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&kept_lock);
  GHashTable *statements = kept != NULL ? g_hash_table_lookup (kept, db) : NULL;
  gpointer statement = NULL;

  if (statements != NULL)
    g_hash_table_steal_extended (statements, sql, NULL, &statement);
  return statement;
}

/* Whoever has it, nobody else has: a statement that is asked for while it is in use is made once more. */
static gboolean
keep (WeirStatement *statement)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&kept_lock);
  GHashTable *statements =
      kept != NULL ? g_hash_table_lookup (kept, sqlite3_db_handle (statement)) : NULL;
  const char *sql = sqlite3_sql (statement);

  if (statements == NULL || g_hash_table_size (statements) >= MAX_KEPT
      || g_hash_table_contains (statements, sql))
    return FALSE;
  g_hash_table_insert (statements, (char *) sql, statement);
  return TRUE;
}

static void
forget_kept (WeirDatabase *db)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&kept_lock);

  if (kept != NULL)
    g_hash_table_remove (kept, db);
}

static WeirStatement *
prepare (WeirDatabase *db, GError **error, const char *sql, const char *types, va_list arguments)
{
  g_autoptr (WeirStatement) statement = take_kept (db, sql);

  if (statement == NULL && sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      set_error (db, error);
      return NULL;
    }
  if (types != NULL && !bind (statement, types, arguments, error))
    return NULL;
  return g_steal_pointer (&statement);
}

/**
 * weir_database_close:
 * @db: (transfer full) (nullable): a database
 *
 * Closes @db as soon as the last of its statements is finalized.
 */
void
weir_database_close (WeirDatabase *db)
{
  forget_kept (db);
  sqlite3_close_v2 (db);
}

/**
 * weir_database_keep_statements:
 * @db: a database
 *
 * From now on statements of @db that are finalized are kept, and used again by whoever prepares the same SQL: that
 * is a good part of the time of many short ones. They hold no locks meanwhile, and go when @db is closed.
 */
void
weir_database_keep_statements (WeirDatabase *db)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&kept_lock);

  g_return_if_fail (db != NULL);

  if (kept == NULL)
    kept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  if (!g_hash_table_contains (kept, db))
    g_hash_table_insert (
        kept, db,
        g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sqlite3_finalize));
}

/**
 * weir_statement_finalize:
 * @statement: (transfer full) (nullable): a statement
 */
void
weir_statement_finalize (WeirStatement *statement)
{
  if (statement == NULL)
    return;

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (!keep (statement))
    sqlite3_finalize (statement);
}

/**
 * weir_database_open:
 * @path: a file, made with its folders if it is missing, or `:memory:`
 * @migrations: (array zero-terminated=1) (nullable): SQL that leads from each version of the
 *   database to the next; %NULL takes the database as it is
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR that names @path
 *
 * Opens a database in WAL mode, in a file that only its owner reads, with every commit synchronous,
 * foreign keys on and 5 s of patience with another program, and brings it to the newest version,
 * each step in a transaction of its own. The database of a newer Weir is refused with
 * %SQLITE_SCHEMA, a file that is no database with %SQLITE_NOTADB, one that cannot be written with
 * %SQLITE_READONLY or %SQLITE_CANTOPEN.
 *
 * This waits for the disk: not for the main loop.
 *
 * Returns: (transfer full) (nullable): the database, or %NULL with @error set
 */
WeirDatabase *
weir_database_open (const char *path, const char *const *migrations, GError **error)
{
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (open_file (path, &db, &local_error) && set_up (db, migrations, &local_error))
    return g_steal_pointer (&db);

  /* Translators: the name of a file, the reason */
  weir_i18n_reword (local_error,
                    g_strdup_printf (_ ("Cannot open “%s”: %s"), path, local_error->message));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* As SQLite takes it. @immutable: nobody writes to it, and so no companion files are needed */
static char *
make_uri (const char *path, gboolean immutable)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);

  return g_strdup_printf ("file:%s?mode=ro%s", escaped, immutable ? "&immutable=1" : "");
}

/* What another program left in the companion file must be read, too. */
static gboolean
is_whole (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (log, &info) != 0 || info.st_size == 0;
}

static gboolean
open_to_read (const char *path,
              gboolean immutable,
              WeirDatabase **db,
              gint64 *version,
              GError **error)
{
  g_autofree char *uri = make_uri (path, immutable);

  if (sqlite3_open_v2 (uri, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_URI,
                       NULL)
      != SQLITE_OK)
    return set_error (*db, error);
  sqlite3_busy_timeout (*db, BUSY_TIMEOUT);
  return get_version (*db, version, error);
}

/**
 * weir_database_open_to_read:
 * @path: a file that is there
 * @migrations: (array zero-terminated=1): as of weir_database_open(); the database must be of the newest version
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR
 *
 * Opens a database that cannot be written to, such as one on a file system that is mounted read-only.
 *
 * Returns: (transfer full) (nullable): the database, or %NULL with @error set
 */
WeirDatabase *
weir_database_open_to_read (const char *path, const char *const *migrations, GError **error)
{
  g_autoptr (WeirDatabase) db = NULL;
  struct statvfs system;
  gint64 version = 0;

  g_return_val_if_fail (path != NULL, NULL);

  if (!open_to_read (path, FALSE, &db, &version, NULL))
    {
      g_clear_pointer (&db, weir_database_close);
      /* only where really nobody can write is it sure that it stays as it is */
      if (statvfs (path, &system) != 0)
        {
          set_errno (errno, error);
          return NULL;
        }
      if ((system.f_flag & ST_RDONLY) == 0 || !is_whole (path))
        {
          set_errno (EACCES, error);
          return NULL;
        }
      if (!open_to_read (path, TRUE, &db, &version, error))
        return NULL;
    }
  if (version != (gint64) g_strv_length ((char **) migrations))
    {
      g_set_error_literal (error, WEIR_SQLITE_ERROR, SQLITE_SCHEMA,
                           _ ("It was written by another version of Weir, and cannot be changed"));
      return NULL;
    }
  return g_steal_pointer (&db);
}

/**
 * weir_database_exec:
 * @db: a database
 * @sql: one or more statements without parameters
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR
 *
 * Runs @sql; rows are thrown away.
 *
 * Returns: whether all of it ran
 */
gboolean
weir_database_exec (WeirDatabase *db, const char *sql, GError **error)
{
  g_return_val_if_fail (db != NULL && sql != NULL, FALSE);

  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return set_error (db, error);
  return TRUE;
}

/**
 * weir_database_prepare:
 * @db: a database
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR
 * @sql: one statement
 * @types: (nullable): a letter a parameter: `i` #gint64, `s` a string, `b` a #GBytes;
 *   the last two may be %NULL, which is null. %NULL: weir_statement_bind() follows
 * @...: the parameters; they are copied. A literal number for `i` needs a cast to #gint64.
 *
 * Returns: (transfer full) (nullable): the statement, or %NULL with @error set
 */
WeirStatement *
weir_database_prepare (WeirDatabase *db, GError **error, const char *sql, const char *types, ...)
{
  WeirStatement *statement;
  va_list arguments;

  g_return_val_if_fail (db != NULL && sql != NULL, NULL);

  va_start (arguments, types);
  statement = prepare (db, error, sql, types, arguments);
  va_end (arguments);
  return statement;
}

/**
 * weir_database_run:
 * @db: a database
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR
 * @sql: one statement
 * @types: as in weir_database_prepare()
 * @...: the parameters
 *
 * Runs a statement to its end; rows are thrown away.
 *
 * Returns: whether it ran
 */
gboolean
weir_database_run (WeirDatabase *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  va_list arguments;

  g_return_val_if_fail (db != NULL && sql != NULL && types != NULL, FALSE);

  va_start (arguments, types);
  statement = prepare (db, error, sql, types, arguments);
  va_end (arguments);
  if (statement == NULL)
    return FALSE;

  while (weir_statement_step (statement, &local_error))
    ;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * weir_statement_bind:
 * @statement: a statement
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR
 * @types: as in weir_database_prepare()
 * @...: the parameters
 *
 * Puts @statement back to its beginning, with other parameters.
 *
 * Returns: whether they fit
 */
gboolean
weir_statement_bind (WeirStatement *statement, GError **error, const char *types, ...)
{
  gboolean bound;
  va_list arguments;

  g_return_val_if_fail (statement != NULL && types != NULL, FALSE);

  va_start (arguments, types);
  bound = bind (statement, types, arguments, error);
  va_end (arguments);
  return bound;
}

/**
 * weir_statement_step:
 * @statement: a statement
 * @error: a #GError of the domain %WEIR_SQLITE_ERROR
 *
 * Goes to the next row. At the end the statement lets go of its locks and stands at its beginning
 * again.
 *
 * Returns: %TRUE while there is a row; at the end %FALSE with no error
 */
gboolean
weir_statement_step (WeirStatement *statement, GError **error)
{
  int result;

  g_return_val_if_fail (statement != NULL, FALSE);

  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    set_error (sqlite3_db_handle (statement), error);
  sqlite3_reset (statement);
  return FALSE;
}

/**
 * weir_statement_dup_text:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: (transfer full) (nullable): the column's text, or %NULL if it is null
 */
char *
weir_statement_dup_text (WeirStatement *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

/**
 * weir_statement_dup_bytes:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: (transfer full) (nullable): the column's bytes, or %NULL if it is null
 */
GBytes *
weir_statement_dup_bytes (WeirStatement *statement, int column)
{
  gconstpointer data;

  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (statement, column);
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

/**
 * weir_statement_get_int:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: the column's number, or 0 if it is null
 */
gint64
weir_statement_get_int (WeirStatement *statement, int column)
{
  return sqlite3_column_int64 (statement, column);
}
