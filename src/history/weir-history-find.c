/* weir-history-find.c: events looked up by the provider's id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-find.h"

#include <string.h>

#define FILTER_BITS 65536u

/* A bit for the low half of each wanted hash: most hashes of a page are passed over by it. */
typedef struct
{
  WeirMemory *memory;
  GArray *wanted;
  WeirFoundFunc found;
  gpointer data;
  guint n_left;
  guint8 filter[FILTER_BITS / 8];
  GHashTable *by_hash; /* guint64 → place in wanted + 1, of the first with that hash */
  guint *next;         /* of each, the next with the same hash + 1 */
  WeirPageReader *reader;
  WeirStatement *statement;
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->by_hash, g_hash_table_unref);
  g_clear_pointer (&search->reader, weir_page_reader_free);
  g_clear_pointer (&search->statement, weir_statement_finalize);
  g_free (search->next);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
prepare (Search *search)
{
  search->by_hash = g_hash_table_new (g_int64_hash, g_int64_equal);
  search->next = g_new0 (guint, search->wanted->len + 1);
  search->n_left = search->wanted->len;

  for (guint i = 0; i < search->wanted->len; i++)
    {
      WeirWanted *wanted = &g_array_index (search->wanted, WeirWanted, i);
      guint bit = wanted->id_hash % FILTER_BITS;

      search->filter[bit / 8] |= (guint8) (1u << (bit % 8));
      search->next[i] = GPOINTER_TO_UINT (g_hash_table_lookup (search->by_hash, &wanted->id_hash));
      g_hash_table_replace (search->by_hash, &wanted->id_hash, GUINT_TO_POINTER (i + 1));
    }
}

static gboolean
verify (Search *search, guint32 number, guint64 id_hash, GError **error)
{
  guint32 facet_number = weir_columns_get_facet (weir_memory_get_columns (search->memory), number);
  const WeirFacet *facet = weir_facets_get (weir_memory_get_facets (search->memory), facet_number);
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (search->by_hash, &id_hash));

  for (; facet != NULL && at > 0; at = search->next[at - 1])
    {
      WeirWanted *wanted = &g_array_index (search->wanted, WeirWanted, at - 1);
      g_autoptr (GError) local_error = NULL;
      const WeirPage *page;

      if (wanted->number != 0 || wanted->account_number != facet->account_number
          || (wanted->stream != NULL && !g_str_equal (wanted->stream, facet->stream)))
        continue;
      if (!weir_page_reader_read (search->reader, number, &page, &local_error)
          && !g_error_matches (local_error, WEIR_SQLITE_ERROR, SQLITE_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if ((page != NULL || local_error != NULL)
          && search->found (at - 1, page, number - (page != NULL ? page->first : number),
                            search->data))
        {
          wanted->number = number;
          search->n_left--;
        }
    }
  return TRUE;
}

static gboolean
search_page (Search *search, const WeirPageInfo *info, GError **error)
{
  GError *local_error = NULL;
  const guint8 *hashes;
  gboolean searched = TRUE;

  if (!weir_statement_bind (search->statement, error, "i", (gint64) info->first))
    return FALSE;

  if (weir_statement_step (search->statement, &local_error))
    {
      hashes =
          weir_blob_get_hashes (sqlite3_column_blob (search->statement, 0),
                                (gsize) sqlite3_column_bytes (search->statement, 0), info->count);
      for (guint i = 0; searched && hashes != NULL && i < info->count; i++)
        {
          guint64 hash;
          guint bit;

          memcpy (&hash, hashes + i * sizeof hash, sizeof hash);
          hash = GUINT64_FROM_LE (hash);
          bit = hash % FILTER_BITS;
          if ((search->filter[bit / 8] & (1u << (bit % 8))) != 0
              && g_hash_table_contains (search->by_hash, &hash))
            searched = verify (search, info->first + i, hash, error);
        }
    }
  sqlite3_reset (search->statement);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return searched;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* Whether a page's time span has one of the times, which are sorted. */
static gboolean
spans (const WeirPageInfo *info, GArray *times)
{
  guint low = 0, high = times->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (times, gint64, middle) < info->oldest)
        low = middle + 1;
      else
        high = middle;
    }
  return low < times->len && g_array_index (times, gint64, low) <= info->newest;
}

/**
 * weir_history_find_wanted:
 * @memory: what is known
 * @db: a connection
 * @wanted: (inout) (element-type WeirWanted): what is looked for; the number is set where it is found
 * @found: tells whether an event is the one
 * @data: for @found
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Looks into the pages from the newest on, at first into those of the time: an event that comes
 * once more mostly has the time it had. Only the ids' hashes are read until one is equal.
 *
 * Returns: whether the file could be read
 */
gboolean
weir_history_find_wanted (WeirMemory *memory,
                          WeirDatabase *db,
                          GArray *wanted,
                          WeirFoundFunc found,
                          gpointer data,
                          GError **error)
{
  g_auto (Search) search = { memory, wanted, found, data };
  g_autoptr (GArray) pages = weir_memory_list_pages (memory);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  prepare (&search);
  for (guint i = 0; i < wanted->len; i++)
    g_array_append_val (times, g_array_index (wanted, WeirWanted, i).time);
  g_array_sort (times, compare_times);

  search.reader = weir_page_reader_new (db, error);
  search.statement = weir_database_prepare (db, search.reader != NULL ? error : NULL,
                                            "SELECT blob FROM details WHERE first = ?", NULL);
  if (search.reader == NULL || search.statement == NULL)
    return FALSE;

  for (guint round = 0; round < 2; round++)
    for (guint i = pages->len; i > 0 && search.n_left > 0; i--)
      {
        const WeirPageInfo *info = &g_array_index (pages, WeirPageInfo, i - 1);

        if (spans (info, times) == (round == 0) && !search_page (&search, info, error))
          return FALSE;
      }
  return TRUE;
}
