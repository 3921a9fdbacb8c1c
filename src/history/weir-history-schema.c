/* weir-history-schema.c: the history's tables, and connections to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-schema.h"

/* Never edit a migration that was released: append one.
 *
 * Absent texts are ''. */
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
  "  start INTEGER NOT NULL," /* µs: weir_pull_run_get_time() */
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
  /* A row a page of events. What is asked of all events stands apart from what is read of a few, so that
   * it lies together in the file. The rows of the old table are made into pages by weir-history-migrate. */
  "CREATE TABLE state ("
  "  id INTEGER PRIMARY KEY CHECK (id = 0),"
  "  revision INTEGER NOT NULL," /* grows with each change of what follows, or of accounts */
  "  removals INTEGER NOT NULL," /* grows when pages go */
  "  next INTEGER NOT NULL"      /* the next event's number: none is used twice */
  ") STRICT;"
  "INSERT INTO state SELECT 0, 1, 0, 1 + coalesce ("
  "  (SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0);"
  "CREATE TABLE facets ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,"
  "  stream TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  collection TEXT NOT NULL,"
  "  subscription TEXT NOT NULL,"
  "  status TEXT NOT NULL,"
  "  connection TEXT NOT NULL,"
  "  tenant TEXT NOT NULL,"
  "  flags INTEGER NOT NULL,"
  "  time_source INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX facets_by_account ON facets (account);"
  "CREATE TABLE pages ("
  "  first INTEGER PRIMARY KEY,"
  "  count INTEGER NOT NULL,"
  "  revision INTEGER NOT NULL,"
  "  oldest INTEGER NOT NULL," /* µs */
  "  newest INTEGER NOT NULL," /* µs */
  "  size INTEGER NOT NULL,"
  "  columns BLOB NOT NULL"
  ") STRICT;"
  "CREATE INDEX pages_by_revision ON pages (revision);"
  "CREATE TABLE details (first INTEGER PRIMARY KEY, blob BLOB NOT NULL) STRICT;"
  "CREATE TABLE raws (first INTEGER PRIMARY KEY, raw BLOB NOT NULL) STRICT;"
  "CREATE TABLE words (first INTEGER PRIMARY KEY, filter BLOB NOT NULL) STRICT;"
  "DROP INDEX events_by_time;"
  "DROP INDEX events_by_subscription;"
  "ALTER TABLE events RENAME TO old_events;",
  /* What Weir changed at providers. Rows are only ever added: an account that is removed, and the budget, leave
   * them alone, so that they name the account rather than refer to it. */
  "CREATE TABLE journal ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  begun INTEGER NOT NULL," /* µs */
  "  process INTEGER NOT NULL,"
  "  program TEXT NOT NULL,"
  "  uuid TEXT NOT NULL,"
  "  account TEXT NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  operation TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  record TEXT,"
  "  name TEXT,"
  "  method TEXT NOT NULL,"
  "  uri TEXT NOT NULL,"
  "  body TEXT,"
  "  size INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX journal_by_record ON journal (uuid, kind, record, number);"
  "CREATE TABLE journal_outcomes ("
  "  entry INTEGER NOT NULL REFERENCES journal (number),"
  "  step INTEGER NOT NULL," /* WeirJournalStep */
  "  at INTEGER NOT NULL,"   /* µs */
  "  state TEXT NOT NULL,"
  "  status INTEGER NOT NULL,"
  "  message TEXT,"
  "  body TEXT,"
  "  size INTEGER NOT NULL,"
  "  PRIMARY KEY (entry, step)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TRIGGER journal_stays BEFORE DELETE ON journal"
  " BEGIN SELECT raise (ABORT, 'The journal only grows'); END;"
  "CREATE TRIGGER journal_stays_so BEFORE UPDATE ON journal"
  " BEGIN SELECT raise (ABORT, 'The journal only grows'); END;"
  "CREATE TRIGGER journal_outcomes_stay BEFORE DELETE ON journal_outcomes"
  " BEGIN SELECT raise (ABORT, 'The journal only grows'); END;"
  "CREATE TRIGGER journal_outcomes_stay_so BEFORE UPDATE ON journal_outcomes"
  " BEGIN SELECT raise (ABORT, 'The journal only grows'); END;",
  NULL,
};

/**
 * weir_history_schema_open:
 * @path: the file
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Opens a connection, creating or migrating the tables first where they are not as they should be. A file that
 * cannot be written to is opened to be read, if that can be: sqlite3_db_readonly() tells.
 *
 * Returns: (transfer full): the connection, or %NULL
 */
WeirDatabase *
weir_history_schema_open (const char *path, GError **error)
{
  GError *local_error = NULL;
  WeirDatabase *db = weir_database_open (path, MIGRATIONS, &local_error);

  if (db == NULL
      && (g_error_matches (local_error, WEIR_SQLITE_ERROR, SQLITE_READONLY)
          || g_error_matches (local_error, WEIR_SQLITE_ERROR, SQLITE_CANTOPEN)))
    db = weir_database_open_to_read (path, MIGRATIONS, NULL);
  if (db != NULL)
    g_clear_error (&local_error);
  else
    g_propagate_error (error, local_error);
  return db;
}
