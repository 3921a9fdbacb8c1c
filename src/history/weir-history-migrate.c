/* weir-history-migrate.c: the rows of an older Weir made into pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-hash.h"
#include "weir-history-intern.h"
#include "weir-history-keep.h"
#include "weir-history-pages.h"

/* A longer stretch of numbers that are not used ends a page. */
#define MAX_HOLE 16

typedef struct
{
  WeirIntern intern;
  gint64 revision;
  WeirPage *page; /* (nullable) */
  gint64 last;    /* number of the last row */
} Migration;

static void
migration_clear (Migration *self)
{
  weir_intern_clear (&self->intern);
  g_clear_pointer (&self->page, weir_page_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Migration, migration_clear)

static gboolean
has_old_events (WeirDatabase *db, gboolean *has, GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error, "SELECT count (*) FROM sqlite_master WHERE name = 'old_events'", "");

  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  *has = weir_statement_get_int (statement, 0) > 0;
  return TRUE;
}

static WeirEvent *
make_event (WeirStatement *row, WeirAccount *account)
{
  g_autofree char *stream = weir_statement_dup_text (row, 2);
  g_autofree char *reason = weir_statement_dup_text (row, 5);
  g_autoptr (GBytes) raw = weir_statement_dup_bytes (row, 6);
  gint64 observed_at = weir_statement_get_int (row, 4);
  g_autoptr (GError) error = NULL;
  WeirEvent *event = NULL;
  WeirJson json;

  if (reason == NULL && weir_json_parse (raw, &json, &error))
    event = weir_event_new (account, stream, json, observed_at, &error);
  if (event == NULL)
    event = weir_event_new_unreadable (account, stream, raw,
                                       reason != NULL ? reason : error->message, observed_at);
  return event;
}

static gboolean
end_page (Migration *self, GError **error)
{
  gboolean written =
      self->page == NULL || weir_page_write (self->page, self->intern.db, self->revision, error);

  g_clear_pointer (&self->page, weir_page_free);
  return written;
}

/* A row "id, account, stream, occurred, observed, reason, raw, event_id"; its number stays its id. */
static gboolean
take_row (Migration *self, WeirStatement *row, GError **error)
{
  gint64 number = weir_statement_get_int (row, 0);
  guint account_number = (guint) weir_statement_get_int (row, 1);
  WeirAccount *account =
      weir_facets_get_account (weir_memory_get_facets (self->intern.memory), account_number);
  g_autofree char *id = weir_statement_dup_text (row, 7);
  WeirPageColumn column = { weir_statement_get_int (row, 3), 0 };
  g_autoptr (WeirEvent) event = NULL;
  WeirEventRow kept;

  self->last = number;
  if (account == NULL || number < 1 || number > WEIR_COLUMNS_MAX_NUMBER)
    return TRUE;

  event = make_event (row, account);
  weir_event_get_row (event, &kept);
  if (!weir_intern_find (&self->intern, &kept, account_number, 0, &column.facet, error))
    return FALSE;

  if (self->page != NULL
      && (number - (self->page->first + self->page->columns->len) > MAX_HOLE
          || self->page->columns->len >= WEIR_PAGE_MAX_EVENTS
          || self->page->raw_length >= WEIR_PAGE_MAX_BYTES)
      && !end_page (self, error))
    return FALSE;

  if (self->page == NULL)
    self->page = weir_page_new ((guint32) number);
  while (self->page->first + self->page->columns->len < number)
    weir_page_add_gone (self->page);
  weir_page_add_event (self->page, column, weir_hash_text (id), &kept);
  return TRUE;
}

static gboolean
take_rows (Migration *self, GError **error)
{
  WeirDatabase *db = self->intern.db;
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error,
      "SELECT id, account, stream, occurred, observed, reason, raw, event_id FROM old_events"
      " ORDER BY id LIMIT ?",
      "i", (gint64) WEIR_PAGE_MAX_EVENTS);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (weir_statement_step (statement, &local_error))
    {
      if (!take_row (self, statement, &local_error))
        break;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  sqlite3_reset (statement);

  if (self->last == 0)
    return weir_database_exec (db, "DROP TABLE old_events", error);
  return end_page (self, error)
         && weir_database_run (db, error, "DELETE FROM old_events WHERE id <= ?", "i", self->last)
         && weir_database_run (db, error, "UPDATE state SET revision = ?", "i", self->revision);
}

static gboolean
migrate (WeirMemory *memory, WeirDatabase *db, GError **error)
{
  g_auto (Migration) self = { { 0 } };
  gboolean has;

  /* another process may have come to the end meanwhile */
  if (!weir_memory_refresh (memory, db, NULL, error) || !has_old_events (db, &has, error))
    return FALSE;
  if (!has)
    return TRUE;

  if (!weir_page_get_next_revision (db, &self.revision, error))
    return FALSE;

  weir_intern_init (&self.intern, memory, db);
  return take_rows (&self, error);
}

/**
 * weir_history_migrate_step:
 * @memory: what is known
 * @db: the writing connection
 * @did: (out): whether there were rows
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Makes the oldest rows that an older Weir left into a page. Killed at any time, an event is in the one
 * table or in the other.
 *
 * Returns: whether it went well
 */
gboolean
weir_history_migrate_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error)
{
  *did = FALSE;
  if (!has_old_events (db, did, error))
    return FALSE;
  if (!*did)
    return TRUE;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!migrate (memory, db, error) || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }
  return weir_memory_refresh (memory, db, NULL, error);
}
