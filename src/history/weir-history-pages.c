/* weir-history-pages.c: pages of events in the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-pages.h"

#include "weir-hash.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WeirPageReader
{
  WeirStatement *statement;
  WeirPage *page; /* (nullable): the last one */
};

/**
 * weir_page_new:
 * @first: its first event's number
 *
 * Returns: (transfer full): a page of no event
 */
WeirPage *
weir_page_new (guint32 first)
{
  WeirPage *self = g_new0 (WeirPage, 1);

  self->first = first;
  self->columns = g_array_new (FALSE, FALSE, sizeof (WeirPageColumn));
  self->details = weir_blob_new_details (0);
  return self;
}

/**
 * weir_page_free:
 * @self: (transfer full): a page
 */
void
weir_page_free (WeirPage *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->details);
  g_free (self->raw);
  g_clear_pointer (&self->packed, g_bytes_unref);
  g_free (self);
}

static void
put_raw (WeirPage *self, const char *raw, gsize length)
{
  if (self->raw_length + length > self->raw_room)
    {
      self->raw_room = MAX (self->raw_length + length, self->raw_room * 2);
      self->raw = g_realloc (self->raw, self->raw_room);
    }
  memcpy (self->raw + self->raw_length, raw, length);
}

/**
 * weir_page_add:
 * @self: a page
 * @column: time and facet
 * @detail: the rest; copied, where its bytes start is set here
 * @raw: its bytes, as long as the detail says
 *
 * Adds an event to the end.
 */
void
weir_page_add (WeirPage *self, WeirPageColumn column, const WeirPageDetail *detail, const char *raw)
{
  WeirPageDetail own = *detail;

  own.start = (guint32) self->raw_length;
  own.reason = g_strdup (detail->reason);
  g_array_append_val (self->columns, column);
  g_array_append_val (self->details, own);

  if (self->packed == NULL && own.length > 0)
    put_raw (self, raw, own.length);
  self->raw_length += own.length;
}

/**
 * weir_page_add_event:
 * @self: a page
 * @column: time and facet
 * @id_hash: of its id
 * @event: the event
 */
void
weir_page_add_event (WeirPage *self,
                     WeirPageColumn column,
                     guint64 id_hash,
                     const WeirEventRow *event)
{
  WeirJson raw = event->raw;
  WeirPageDetail detail = {
    .id_hash = id_hash,
    .record_hash = event->record != NULL ? (guint32) weir_hash_text (event->record) : 0,
    .length = (guint32) raw.length,
    .observed_at = event->observed_at,
  };

  /* where the payload stands, for who looks for words */
  if (event->payload.text != NULL && event->payload.text >= raw.text
      && event->payload.text + event->payload.length <= raw.text + raw.length)
    {
      detail.payload_start = (guint32) (event->payload.text - raw.text);
      detail.payload_length = (guint32) event->payload.length;
    }
  if (event->unreadable)
    detail.reason = (char *) (event->reason != NULL ? event->reason : "");

  weir_page_add (self, column, &detail, raw.text);
}

/**
 * weir_page_add_slot:
 * @self: a page
 * @from: another one
 * @slot: which of its events
 */
void
weir_page_add_slot (WeirPage *self, const WeirPage *from, guint slot)
{
  weir_page_add (self, g_array_index (from->columns, WeirPageColumn, slot),
                 &g_array_index (from->details, WeirPageDetail, slot),
                 weir_page_get_raw (from, slot, NULL));
}

/**
 * weir_page_add_gone:
 * @self: a page
 *
 * Adds the place of an event that is gone.
 */
void
weir_page_add_gone (WeirPage *self)
{
  weir_page_add (self, (WeirPageColumn){ 0 }, &(WeirPageDetail){ 0 }, NULL);
}

/**
 * weir_page_get_raw:
 * @self: a page
 * @slot: which of its events
 * @length: (out) (optional): how long
 *
 * Returns: (transfer none): its bytes
 */
const char *
weir_page_get_raw (const WeirPage *self, guint slot, gsize *length)
{
  const WeirPageDetail *detail = &g_array_index (self->details, WeirPageDetail, slot);

  if (length != NULL)
    *length = detail->length;
  return self->raw + detail->start;
}

/**
 * weir_page_make_event:
 * @self: a page
 * @memory: knows its facets
 * @slot: which of its events
 *
 * What was readable once stays shown even if this version cannot read it.
 *
 * Returns: (transfer full) (nullable): the event; %NULL if it is gone
 */
WeirEvent *
weir_page_make_event (const WeirPage *self, WeirMemory *memory, guint slot)
{
  const WeirPageDetail *detail = &g_array_index (self->details, WeirPageDetail, slot);
  const WeirFacet *facet = weir_facets_get (
      weir_memory_get_facets (memory), g_array_index (self->columns, WeirPageColumn, slot).facet);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WeirEvent *event = NULL;
  const char *raw;
  gsize length;
  WeirJson json;

  if (facet == NULL)
    return NULL;

  raw = weir_page_get_raw (self, slot, &length);
  if (detail->reason == NULL && weir_json_parse_text (raw, (gssize) length, &json, &error))
    event = weir_event_new (facet->account, facet->stream, json, detail->observed_at, &error);
  if (event == NULL)
    {
      bytes = g_bytes_new (raw, length);
      event = weir_event_new_unreadable (facet->account, facet->stream, bytes,
                                         detail->reason != NULL ? detail->reason : error->message,
                                         detail->observed_at);
    }
  return event;
}

static void
get_span (const WeirPage *self, gint64 *oldest, gint64 *newest)
{
  *oldest = G_MAXINT64;
  *newest = G_MININT64;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const WeirPageColumn *column = &g_array_index (self->columns, WeirPageColumn, i);

      if (column->facet != 0)
        {
          *oldest = MIN (*oldest, column->time);
          *newest = MAX (*newest, column->time);
        }
    }
}

/**
 * weir_page_write:
 * @self: a page of one event or more
 * @db: a connection that is in a transaction
 * @revision: that of the transaction
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * In the place of the page that begins with the same event, if there is one. What was made of its
 * words goes, since it may not be true any more.
 *
 * Returns: whether it was written
 */
gboolean
weir_page_write (const WeirPage *self, WeirDatabase *db, gint64 revision, GError **error)
{
  g_autoptr (GBytes) columns = NULL;
  g_autoptr (GBytes) details = weir_blob_pack_details (self->details);
  g_autoptr (GBytes) raw = self->packed != NULL ? g_bytes_ref (self->packed)
                                                : weir_blob_pack_raw (self->raw, self->raw_length);
  gint64 first = self->first;
  gint64 oldest, newest;

  columns = weir_blob_pack_columns (&g_array_index (self->columns, WeirPageColumn, 0),
                                    self->columns->len);
  get_span (self, &oldest, &newest);

  return weir_database_run (
             db, error,
             "INSERT OR REPLACE INTO pages (first, count, revision, oldest, newest, size, columns)"
             " VALUES (?, ?, ?, ?, ?, ?, ?)",
             "iiiiiib", first, (gint64) self->columns->len, revision, oldest, newest,
             (gint64) (g_bytes_get_size (columns) + g_bytes_get_size (details)
                       + g_bytes_get_size (raw)),
             columns)
         && weir_database_run (db, error,
                               "INSERT OR REPLACE INTO details (first, blob) VALUES (?, ?)", "ib",
                               first, details)
         && weir_database_run (db, error, "INSERT OR REPLACE INTO raws (first, raw) VALUES (?, ?)",
                               "ib", first, raw)
         && weir_database_run (db, error, "DELETE FROM words WHERE first = ?", "i", first);
}

/**
 * weir_page_get_next_revision:
 * @db: a connection that is in a transaction
 * @revision: (out): what the transaction writes with
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
weir_page_get_next_revision (WeirDatabase *db, gint64 *revision, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "SELECT revision + 1 FROM state", "");

  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  *revision = weir_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * weir_page_delete:
 * @db: a connection that is in a transaction
 * @first: the page's first number
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it is gone
 */
gboolean
weir_page_delete (WeirDatabase *db, guint32 first, GError **error)
{
  static const char *const TABLES[] = { "pages", "details", "raws", "words" };

  for (gsize i = 0; i < G_N_ELEMENTS (TABLES); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE first = ?", TABLES[i]);

      if (!weir_database_run (db, error, sql, "i", (gint64) first))
        return FALSE;
    }
  return TRUE;
}

/**
 * weir_page_reader_new:
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full): the reader, or %NULL
 */
WeirPageReader *
weir_page_reader_new (WeirDatabase *db, GError **error)
{
  WeirStatement *statement = weir_database_prepare (
      db, error,
      "SELECT pages.first, count, columns, blob, raw FROM pages"
      " JOIN details ON details.first = pages.first JOIN raws ON raws.first = pages.first"
      " WHERE pages.first = (SELECT max (first) FROM pages WHERE first <= ?)",
      NULL);
  WeirPageReader *self;

  if (statement == NULL)
    return NULL;

  self = g_new0 (WeirPageReader, 1);
  self->statement = statement;
  return self;
}

/**
 * weir_page_reader_free:
 * @self: (transfer full): a reader
 */
void
weir_page_reader_free (WeirPageReader *self)
{
  weir_statement_finalize (self->statement);
  g_clear_pointer (&self->page, weir_page_free);
  g_free (self);
}

static gboolean
unpack (WeirPage *page, WeirStatement *row, guint count)
{
  const WeirPageDetail *last;

  g_array_set_size (page->columns, count);
  if (count == 0
      || !weir_blob_unpack_columns (sqlite3_column_blob (row, 2),
                                    (gsize) sqlite3_column_bytes (row, 2), count,
                                    &g_array_index (page->columns, WeirPageColumn, 0)))
    return FALSE;

  g_array_unref (page->details);
  page->details = weir_blob_unpack_details (sqlite3_column_blob (row, 3),
                                            (gsize) sqlite3_column_bytes (row, 3), count);
  if (page->details == NULL)
    {
      page->details = weir_blob_new_details (0);
      return FALSE;
    }

  last = &g_array_index (page->details, WeirPageDetail, count - 1);
  page->raw_length = page->raw_room = (gsize) last->start + last->length;
  page->raw = weir_blob_unpack_raw (sqlite3_column_blob (row, 4),
                                    (gsize) sqlite3_column_bytes (row, 4), page->raw_length);
  return page->raw != NULL;
}

/**
 * weir_page_reader_read:
 * @self: a reader
 * @number: an event's number
 * @page: (out) (nullable) (transfer none): the page it is in, until the next is read
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it could be read; a damaged page is an error that names it
 */
gboolean
weir_page_reader_read (WeirPageReader *self, guint32 number, const WeirPage **page, GError **error)
{
  GError *local_error = NULL;

  *page = NULL;
  if (self->page != NULL && number >= self->page->first
      && number - self->page->first < self->page->columns->len)
    {
      *page = self->page;
      return TRUE;
    }
  g_clear_pointer (&self->page, weir_page_free);

  if (!weir_statement_bind (self->statement, error, "i", (gint64) number))
    return FALSE;

  if (weir_statement_step (self->statement, &local_error))
    {
      gint64 first = weir_statement_get_int (self->statement, 0);
      gint64 count = weir_statement_get_int (self->statement, 1);

      if (number < first + count)
        {
          self->page = weir_page_new ((guint32) first);
          if (!unpack (self->page, self->statement, (guint) CLAMP (count, 0, WEIR_PAGE_MAX_COUNT)))
            {
              g_clear_pointer (&self->page, weir_page_free);
              local_error = g_error_new (WEIR_SQLITE_ERROR, SQLITE_CORRUPT,
                                         /* Translators: the numbers are those of events */
                                         _ ("The page of the events %u to %u is damaged"),
                                         (guint) first, (guint) (first + count - 1));
            }
        }
    }
  sqlite3_reset (self->statement);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  *page = self->page;
  return TRUE;
}
