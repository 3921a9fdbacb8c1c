/* weir-history-shrink.c: room in the file that is free, given back a little at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-keep.h"

/* Pages of the file, mostly of 4 kB. What is kept is used by what comes next. */
#define STEP 512
#define KEPT 256
#define KEPT_SHARE 16

#define INCREMENTAL 2 /* as SQLite has it */

static gboolean
get_number (WeirDatabase *db, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (db, error, sql, "");

  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  *number = weir_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * weir_history_shrink_step:
 * @db: the writing connection, in no transaction
 * @did: (out): whether there was something to do, and so perhaps more
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Makes the file shorter by some MB at most, where much of it is free. One that an older Weir made cannot be made so a
 * little at a time: it is written anew, once, when more than half of it is free. Whoever reads is not in the way.
 *
 * Returns: whether it went well
 */
gboolean
weir_history_shrink_step (WeirDatabase *db, gboolean *did, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n_free, n_pages, mode, n;

  *did = FALSE;
  if (!get_number (db, "PRAGMA freelist_count", &n_free, error)
      || !get_number (db, "PRAGMA page_count", &n_pages, error)
      || !get_number (db, "PRAGMA auto_vacuum", &mode, error))
    return FALSE;

  n = n_free - KEPT - (n_pages - n_free) / KEPT_SHARE;
  if (n > 0 && mode != INCREMENTAL && n_free > n_pages / 2
      && (!weir_database_exec (db, "PRAGMA auto_vacuum=INCREMENTAL", error)
          || !weir_database_exec (db, "VACUUM", error)))
    return FALSE;
  /* only then is the file itself shorter; who reads may put it off */
  if (n <= 0 || mode != INCREMENTAL)
    return weir_database_exec (db, "PRAGMA wal_checkpoint(PASSIVE)", error);

  sql = g_strdup_printf ("PRAGMA incremental_vacuum(%d)", (int) MIN (n, STEP));
  *did = weir_database_exec (db, sql, error);
  return *did;
}
