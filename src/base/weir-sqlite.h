/* weir-sqlite.h: opening, migrating and asking SQLite with GError
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define WEIR_SQLITE_ERROR (weir_sqlite_error_quark ())
GQuark weir_sqlite_error_quark (void);

/* The codes of this domain are SQLite's own result codes. */

typedef sqlite3 WeirDatabase;
typedef sqlite3_stmt WeirStatement;

void weir_database_close (WeirDatabase *db);
void weir_statement_finalize (WeirStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirDatabase, weir_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirStatement, weir_statement_finalize)

/* Opens (creating folders, 0600) in WAL mode with synchronous=FULL so that a committed write survives a kill,
 * foreign keys on, busy timeout 5 s; then runs migrations[user_version…] one transaction each.
 * A database from a newer Weir is refused with a clear error. */
WeirDatabase *weir_database_open (const char *path, const char *const *migrations, GError **error);
WeirDatabase *
weir_database_open_to_read (const char *path, const char *const *migrations, GError **error);
void weir_database_keep_statements (WeirDatabase *db);
gboolean weir_database_exec (WeirDatabase *db, const char *sql, GError **error);

/* types: one letter a parameter: i gint64, s const char* (NULL = null), b GBytes* (NULL = null) */
WeirStatement *
weir_database_prepare (WeirDatabase *db, GError **error, const char *sql, const char *types, ...);
gboolean
weir_database_run (WeirDatabase *db, GError **error, const char *sql, const char *types, ...);
gboolean weir_statement_bind (WeirStatement *statement, GError **error, const char *types, ...);
gboolean weir_statement_step (
    WeirStatement *statement,
    GError **error); /* TRUE while there is a row; at the end FALSE with no error */
char *weir_statement_dup_text (WeirStatement *statement, int column);
GBytes *weir_statement_dup_bytes (WeirStatement *statement, int column);
gint64 weir_statement_get_int (WeirStatement *statement, int column);

G_END_DECLS
