/* weir-history-intern.c: the facets of events found, or kept where they are new
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-intern.h"

#include "weir-text.h"

static void
free_facet (gpointer data)
{
  WeirFacet *facet = data;

  g_free ((char *) facet->stream);
  g_free ((char *) facet->kind);
  g_free ((char *) facet->collection);
  g_free ((char *) facet->subscription);
  g_free ((char *) facet->status);
  g_free ((char *) facet->connection);
  g_free ((char *) facet->tenant);
  g_free (facet);
}

static WeirFacet *
copy_facet (const WeirFacet *facet)
{
  WeirFacet *copy = g_memdup2 (facet, sizeof *facet);

  copy->stream = g_strdup (facet->stream);
  copy->kind = g_strdup (facet->kind);
  copy->collection = g_strdup (facet->collection);
  copy->subscription = g_strdup (facet->subscription);
  copy->status = g_strdup (facet->status);
  copy->connection = g_strdup (facet->connection);
  copy->tenant = g_strdup (facet->tenant);
  return copy;
}

/**
 * weir_intern_init:
 * @self: (out caller-allocates): facets of a transaction
 * @memory: as the file was when the transaction began
 * @db: a connection that is in the transaction
 */
void
weir_intern_init (WeirIntern *self, WeirMemory *memory, WeirDatabase *db)
{
  self->memory = memory;
  self->db = db;
  self->added = g_hash_table_new_full (weir_facet_hash, weir_facet_equal, free_facet, NULL);
}

/**
 * weir_intern_clear:
 * @self: facets of a transaction
 */
void
weir_intern_clear (WeirIntern *self)
{
  g_clear_pointer (&self->added, g_hash_table_unref);
}

/**
 * weir_intern_find:
 * @self: facets of a transaction
 * @event: an event
 * @account_number: whose it is
 * @late: %WEIR_FACET_LATE or nothing
 * @number: (out): its facet's number, a new one where there is none like it
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Nobody else writes facets while the transaction lasts, so they are looked up without a lock.
 *
 * Returns: whether there is one now
 */
gboolean
weir_intern_find (WeirIntern *self,
                  const WeirEventRow *event,
                  guint account_number,
                  WeirFacetFlags late,
                  guint32 *number,
                  GError **error)
{
  WeirFacet facet = {
    .account_number = account_number,
    .stream = event->stream,
    .kind = weir_text_or_empty (event->kind),
    .collection = weir_text_or_empty (event->collection),
    .subscription = weir_text_or_empty (event->subscription),
    .status = weir_text_or_empty (event->status),
    .connection = weir_text_or_empty (event->connection),
    .tenant = weir_text_or_empty (event->tenant),
    .flags = late | (event->unreadable ? WEIR_FACET_UNREADABLE : 0),
    .time_source = event->time_source,
  };
  WeirFacet *added;

  *number = weir_facets_find (weir_memory_get_facets (self->memory), &facet);
  if (*number != 0)
    return TRUE;

  added = g_hash_table_lookup (self->added, &facet);
  if (added == NULL)
    {
      if (!weir_database_run (
              self->db, error,
              "INSERT INTO facets (account, stream, kind, collection, subscription, status,"
              " connection, tenant, flags, time_source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              "isssssssii", (gint64) facet.account_number, facet.stream, facet.kind,
              facet.collection, facet.subscription, facet.status, facet.connection, facet.tenant,
              (gint64) facet.flags, (gint64) facet.time_source))
        return FALSE;

      added = copy_facet (&facet);
      added->number = (guint) sqlite3_last_insert_rowid (self->db);
      g_hash_table_add (self->added, added);
    }

  *number = added->number;
  return TRUE;
}
