/* weir-history-known.c: the table of known events made from the file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-blob.h"
#include "weir-history-memory-private.h"

#include <string.h>

static gboolean
get_key (WeirMemory *self, const guint8 *hashes, guint slot, guint32 number, guint64 *key)
{
  const WeirFacet *facet =
      weir_facets_get (self->facets, weir_columns_get_facet (self->columns, number));
  guint64 id_hash;

  if (facet == NULL)
    return FALSE;

  memcpy (&id_hash, hashes + slot * sizeof id_hash, sizeof id_hash);
  *key = weir_dedupe_make_key (facet->account_number, facet->stream, GUINT64_FROM_LE (id_hash));
  return TRUE;
}

static void
add_events (WeirMemory *self,
            const guint8 *hashes,
            guint32 first,
            const guint32 *numbers,
            guint n_numbers)
{
  g_autofree guint64 *keys = g_new (guint64, n_numbers);
  guint n_keys = 0;

  for (guint i = 0; i < n_numbers; i++)
    if (get_key (self, hashes, numbers[i] - first, numbers[i], &keys[n_keys]))
      weir_dedupe_prefetch (self->dedupe, keys[n_keys++]);
  for (guint i = 0; i < n_keys; i++)
    weir_dedupe_add (self->dedupe, keys[i]);
}

/**
 * weir_memory_add_known:
 * @self: a memory whose update lock is held
 * @select_details: gives a page's details by its first number
 * @page: the page
 * @numbers: (array length=n_numbers): events of it
 * @n_numbers: how many
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Adds events to the table of what is known. Those of a page whose details are damaged are not.
 *
 * Returns: whether the file could be read
 */
gboolean
weir_memory_add_known (WeirMemory *self,
                       WeirStatement *select_details,
                       const WeirPageInfo *page,
                       const guint32 *numbers,
                       guint n_numbers,
                       GError **error)
{
  GError *local_error = NULL;
  const guint8 *hashes;

  if (!weir_statement_bind (select_details, error, "i", (gint64) page->first))
    return FALSE;

  if (weir_statement_step (select_details, &local_error))
    {
      hashes = weir_blob_get_hashes (sqlite3_column_blob (select_details, 0),
                                     (gsize) sqlite3_column_bytes (select_details, 0), page->count);
      if (hashes != NULL)
        add_events (self, hashes, page->first, numbers, n_numbers);
    }
  sqlite3_reset (select_details);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

/**
 * weir_memory_make_dedupe:
 * @self: a memory whose update lock is held
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Makes the table of all events that are in memory.
 *
 * Returns: whether it could be made
 */
gboolean
weir_memory_make_dedupe (WeirMemory *self, WeirDatabase *db, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "SELECT first, blob FROM details ORDER BY first", "");
  GError *local_error = NULL;
  guint at = 0;

  if (statement == NULL)
    return FALSE;

  self->dedupe = weir_dedupe_new (weir_numbers_get_length (self->order));
  while (weir_statement_step (statement, &local_error))
    {
      gint64 first = weir_statement_get_int (statement, 0);
      const WeirPageInfo *info;
      const guint8 *hashes;

      /* pages is only changed by who holds the update lock, as we do */
      while (at < self->pages->len
             && g_array_index (self->pages, WeirMemoryPage, at).info.first < first)
        at++;
      if (at == self->pages->len)
        break;
      info = &g_array_index (self->pages, WeirMemoryPage, at).info;
      if (info->first != first)
        continue;

      hashes = weir_blob_get_hashes (sqlite3_column_blob (statement, 1),
                                     (gsize) sqlite3_column_bytes (statement, 1), info->count);
      for (guint i = 0; hashes != NULL && i < info->count; i++)
        {
          guint64 key;

          if (get_key (self, hashes, i, info->first + i, &key))
            weir_dedupe_add (self->dedupe, key);
        }
    }
  sqlite3_reset (statement);

  if (local_error != NULL)
    {
      g_clear_pointer (&self->dedupe, weir_dedupe_free);
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}
