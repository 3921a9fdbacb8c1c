/* weir-history-schema.c: the history's tables, and connections to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-schema.h"

#include "weir-text.h"

#include <string.h>

/* Never edit a migration that was released: append one.
 *
 * An event's columns are what queries ask for, everything else is read from `raw` again. Absent texts
 * are '' so that they can be compared and skipped over in an index. Row ids are never used twice
 * (AUTOINCREMENT): they name events in the indexes of open windows. `raw` stands last so that
 * reading the other columns does not touch a long payload's pages. */
static const char *const MIGRATIONS[] = {
  "CREATE TABLE accounts ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  uuid TEXT NOT NULL UNIQUE,"
  "  name TEXT NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  json TEXT NOT NULL"
  ") STRICT;"
  "CREATE TABLE events ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  stream TEXT NOT NULL,"
  "  event_id TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  collection TEXT NOT NULL,"
  "  record TEXT NOT NULL,"
  "  subscription TEXT NOT NULL,"
  "  occurred INTEGER NOT NULL," /* µs */
  "  observed INTEGER NOT NULL," /* µs */
  "  reason TEXT,"               /* why it is unreadable */
  "  payload_start INTEGER NOT NULL,"
  "  payload_length INTEGER NOT NULL,"
  "  raw BLOB NOT NULL,"
  "  UNIQUE (account, event_id, stream)"
  ") STRICT;"
  "CREATE INDEX events_by_time ON events (occurred, id, account, kind, collection, subscription);"
  "CREATE INDEX events_by_subscription ON events (account, subscription, collection, occurred);"
  "CREATE TABLE cursors ("
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  stream TEXT NOT NULL,"
  "  cursor TEXT NOT NULL,"
  "  PRIMARY KEY (account, stream)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE error_states ("
  "  error_group TEXT PRIMARY KEY,"
  "  state TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;",
  "ALTER TABLE error_states ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;", /* µs */
  /* Of each record the newest row stays: it says what was last known of it and since when. Of a pull
   * that is in `pulls`. */
  "CREATE TABLE state_changes ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  kind TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  subscription TEXT NOT NULL," /* what it belongs to */
  "  connection TEXT NOT NULL,"
  "  integration TEXT NOT NULL,"
  "  before TEXT," /* null: it was not known */
  "  after TEXT NOT NULL,"
  "  error TEXT,"
  "  at INTEGER NOT NULL,"      /* µs */
  "  noticed INTEGER NOT NULL," /* µs */
  "  uncertain INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX state_changes_by_record ON state_changes (account, kind, id, number);"
  "CREATE INDEX state_changes_by_time ON state_changes (at);"
  "CREATE TABLE pulls ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  id TEXT NOT NULL,"
  "  subscription TEXT NOT NULL,"
  "  start INTEGER NOT NULL," /* µs */
  "  status TEXT NOT NULL,"
  "  error TEXT,"
  "  active INTEGER NOT NULL,"
  "  raw BLOB NOT NULL,"
  "  UNIQUE (account, id)"
  ") STRICT;"
  "CREATE INDEX pulls_by_time ON pulls (account, start);"
  "CREATE INDEX pulls_by_subscription ON pulls (account, subscription, start);",
  /* What is known to be missing. A bound of 0 is not known. */
  "CREATE TABLE gaps ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  stream TEXT NOT NULL,"
  "  subscription TEXT NOT NULL,"
  "  cause TEXT NOT NULL,"
  "  from_time INTEGER NOT NULL," /* µs */
  "  to_time INTEGER NOT NULL,"   /* µs */
  "  noticed INTEGER NOT NULL,"   /* µs */
  "  filled INTEGER NOT NULL,"    /* µs; 0: open */
  "  detail TEXT"
  ") STRICT;"
  "CREATE INDEX gaps_by_account ON gaps (account, filled, stream);"
  /* When a stream was last seen to its end: from then on something may be missing. */
  "CREATE TABLE streams ("
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  stream TEXT NOT NULL,"
  "  seen_end INTEGER NOT NULL," /* µs */
  "  newest INTEGER NOT NULL,"   /* µs: time of its newest event */
  "  PRIMARY KEY (account, stream)"
  ") STRICT, WITHOUT ROWID;"
  "INSERT INTO streams SELECT account, stream, 0, max (occurred) FROM events"
  " GROUP BY account, stream;",
  /* What is normal in the payloads of a collection, and what came since (weir-shape-model.h). */
  "CREATE TABLE shapes ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  collection TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  base INTEGER NOT NULL,"
  "  since INTEGER NOT NULL,"
  "  last_number INTEGER NOT NULL,"
  "  last_at INTEGER NOT NULL," /* µs */
  "  UNIQUE (account, collection, kind)"
  ") STRICT;"
  "CREATE TABLE shape_fields ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  shape INTEGER NOT NULL REFERENCES shapes (number) ON DELETE CASCADE,"
  "  path TEXT NOT NULL,"
  "  type TEXT NOT NULL,"
  "  base INTEGER NOT NULL,"
  "  since INTEGER NOT NULL,"
  "  first INTEGER NOT NULL,"
  "  last INTEGER NOT NULL,"
  "  first_at INTEGER NOT NULL," /* µs */
  "  last_at INTEGER NOT NULL,"  /* µs */
  "  first_number INTEGER NOT NULL,"
  "  before_number INTEGER NOT NULL,"
  "  last_number INTEGER NOT NULL,"
  "  UNIQUE (shape, path, type)"
  ") STRICT;"
  "CREATE TABLE shape_state (" /* one row: the event up to which is learned */
  "  learned INTEGER NOT NULL"
  ") STRICT;"
  "INSERT INTO shape_state (learned) VALUES (-1);",
  NULL,
};

/* COLLATE folded: without regard to case, beyond ASCII too. */
static int
compare_folded_cb (gpointer data, int a_length, gconstpointer a, int b_length, gconstpointer b)
{
  return weir_text_compare (a, (gsize) a_length, b, (gsize) b_length);
}

/* text_contains (word, text…): whether one of the texts holds the word. */
static void
text_contains_cb (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *word = (const char *) sqlite3_value_text (values[0]);
  gboolean found = FALSE;

  for (int i = 1; i < n_values && !found && word != NULL; i++)
    {
      const char *text = (const char *) sqlite3_value_text (values[i]);
      gsize length = (gsize) sqlite3_value_bytes (values[i]);

      found = text != NULL && weir_text_contains (text, length, word);
    }

  sqlite3_result_int (context, found);
}

/* json_contains (word, blob, start, length): whether that part of the blob holds the word. */
static void
json_contains_cb (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *word = (const char *) sqlite3_value_text (values[0]);
  const char *blob = sqlite3_value_blob (values[1]);
  gint64 size = sqlite3_value_bytes (values[1]);
  gint64 start = sqlite3_value_int64 (values[2]);
  gint64 length = sqlite3_value_int64 (values[3]);
  gboolean found = FALSE;

  if (word != NULL && blob != NULL && start >= 0 && start <= size && length >= 0
      && length <= size - start)
    found = weir_text_json_contains (blob + start, (gsize) length, word);

  sqlite3_result_int (context, found);
}

/**
 * weir_history_schema_open:
 * @path: the file
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Opens a connection, creating or migrating the tables first where they are not as they should be.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
WeirDatabase *
weir_history_schema_open (const char *path, GError **error)
{
  g_autoptr (WeirDatabase) db = weir_database_open (path, MIGRATIONS, error);
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;

  if (db == NULL)
    return NULL;

  if (sqlite3_create_collation (db, "folded", SQLITE_UTF8, NULL, compare_folded_cb) != SQLITE_OK
      || sqlite3_create_function (db, "text_contains", -1, flags, NULL, text_contains_cb, NULL,
                                  NULL)
             != SQLITE_OK
      || sqlite3_create_function (db, "json_contains", 4, flags, NULL, json_contains_cb, NULL, NULL)
             != SQLITE_OK)
    {
      g_set_error_literal (error, WEIR_SQLITE_ERROR, sqlite3_errcode (db), sqlite3_errmsg (db));
      return NULL;
    }

  return g_steal_pointer (&db);
}
