/* weir-history-trim.c: the oldest events deleted, a few pages at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-gaps-private.h"
#include "weir-history-keep.h"
#include "weir-history-pages.h"

#define TRIM_PAGES 16u
/* No stream of a provider: nothing that is fetched fills what was deleted on purpose. */
#define STREAM "history"

typedef struct
{
  WeirMemory *memory;
  WeirDatabase *db;
  guint account_number;
  gint64 before;
  gint64 revision;
  guint64 n_events;
  gint64 up_to;
  GArray *keys;    /* guint64: of those that went */
  GArray *newests; /* gint64: of each account by its number, the newest time that went, or 0 */
  guint n_pages;
  gboolean deleted; /* a whole page */
} Trim;

static const WeirFacet *
get_facet (WeirMemory *memory, guint32 number)
{
  return weir_facets_get (weir_memory_get_facets (memory),
                          weir_columns_get_facet (weir_memory_get_columns (memory), number));
}

/* A number's facet is %NULL where it is gone, or never was. */
static gboolean
must_go (const Trim *self, guint32 number)
{
  const WeirFacet *facet = get_facet (self->memory, number);

  return facet != NULL
         && (self->account_number == 0 || facet->account_number == self->account_number)
         && weir_columns_get_time (weir_memory_get_columns (self->memory), number) < self->before;
}

static gboolean
any_must_go (const Trim *self, const WeirPageInfo *info, gboolean *all)
{
  gboolean any = FALSE;

  *all = TRUE;
  for (guint32 number = info->first; number < info->first + info->count; number++)
    {
      if (must_go (self, number))
        any = TRUE;
      else if (get_facet (self->memory, number) != NULL)
        *all = FALSE;
    }
  return any;
}

static void
note_gone (Trim *self, guint32 number, guint64 id_hash)
{
  const WeirFacet *facet = get_facet (self->memory, number);
  guint64 key = weir_dedupe_make_key (facet->account_number, facet->stream, id_hash);
  gint64 time = weir_columns_get_time (weir_memory_get_columns (self->memory), number);
  gint64 *newest;

  if (self->newests->len <= facet->account_number)
    g_array_set_size (self->newests, facet->account_number + 1);
  newest = &g_array_index (self->newests, gint64, facet->account_number);
  *newest = MAX (*newest, time);
  self->up_to = MAX (self->up_to, time);
  self->n_events++;
  if (id_hash != 0)
    g_array_append_val (self->keys, key);
}

static gboolean
trim_page (Trim *self, const WeirPageInfo *info, gboolean all, GError **error)
{
  g_autoptr (WeirPageReader) reader = weir_page_reader_new (self->db, error);
  g_autoptr (WeirPage) rest = NULL;
  g_autoptr (GError) damage = NULL;
  const WeirPage *page;

  if (reader == NULL)
    return FALSE;
  if (!weir_page_reader_read (reader, info->first, &page, &damage))
    page = NULL;
  /* a damaged page goes as a whole or stays */
  if (page == NULL && !all)
    return TRUE;

  rest = weir_page_new (info->first);
  for (guint slot = 0; slot < info->count; slot++)
    {
      guint32 number = info->first + slot;

      if (must_go (self, number))
        note_gone (self, number,
                   page != NULL ? g_array_index (page->details, WeirPageDetail, slot).id_hash : 0);
      if (all)
        continue;
      if (get_facet (self->memory, number) != NULL && !must_go (self, number))
        weir_page_add_slot (rest, page, slot);
      else
        weir_page_add_gone (rest);
    }

  self->n_pages++;
  g_clear_pointer (&reader, weir_page_reader_free);
  if (!all)
    return weir_page_write (rest, self->db, self->revision, error);
  self->deleted = TRUE;
  return weir_page_delete (self->db, info->first, error);
}

/* In the same transaction: whoever is ended between two steps has noted what the first one deleted. */
static gboolean
note_gaps (Trim *self, GError **error)
{
  WeirFacets *facets = weir_memory_get_facets (self->memory);
  gboolean changed;

  for (guint i = 1; i < self->newests->len; i++)
    {
      gint64 newest = g_array_index (self->newests, gint64, i);
      g_autoptr (WeirGap) gap = NULL;

      if (newest == 0)
        continue;
      gap = weir_gap_new (weir_facets_get_account (facets, i), STREAM, NULL, WEIR_GAP_DELETED, 0,
                          newest, NULL);
      if (!weir_history_gaps_add (self->db, i, gap, &changed, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
trim (Trim *self, GError **error)
{
  g_autoptr (GArray) pages = NULL;

  if (!weir_memory_refresh (self->memory, self->db, NULL, error)
      || !weir_page_get_next_revision (self->db, &self->revision, error))
    return FALSE;

  pages = weir_memory_list_pages (self->memory);
  for (guint i = 0; i < pages->len && self->n_pages < TRIM_PAGES; i++)
    {
      const WeirPageInfo *info = &g_array_index (pages, WeirPageInfo, i);
      gboolean all;

      if (info->oldest < self->before && any_must_go (self, info, &all)
          && !trim_page (self, info, all, error))
        return FALSE;
    }

  return self->n_pages == 0
         || (note_gaps (self, error)
             && weir_database_run (self->db, error,
                                   "UPDATE state SET revision = ?, removals = removals + ?", "ii",
                                   self->revision, (gint64) self->deleted));
}

/**
 * weir_history_trim_step:
 * @memory: what is known
 * @db: the writing connection
 * @account_number: whose events; 0: all
 * @before: µs; what occurred before it goes
 * @trimmed: (inout): what went is added to it
 * @did: (out): whether there was something to do, and so perhaps more
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Deletes from some pages in one transaction, and notes the gap that it leaves.
 *
 * Returns: whether it went well
 */
gboolean
weir_history_trim_step (WeirMemory *memory,
                        WeirDatabase *db,
                        guint account_number,
                        gint64 before,
                        WeirTrimResult *trimmed,
                        gboolean *did,
                        GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) newests = g_array_new (FALSE, TRUE, sizeof (gint64));
  Trim self = { memory, db, account_number, before };

  *did = FALSE;
  self.keys = keys;
  self.newests = newests;
  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!trim (&self, error) || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }

  /* only now: had they stayed, they would have to be known */
  weir_memory_forget_known (memory, keys);
  trimmed->n_events += self.n_events;
  trimmed->up_to = MAX (trimmed->up_to, self.up_to);
  *did = self.n_pages > 0;
  return weir_memory_refresh (memory, db, NULL, error);
}
