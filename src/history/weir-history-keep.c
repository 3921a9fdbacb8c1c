/* weir-history-keep.c: the pages kept tidy, a few at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-keep.h"

#include "weir-history-pages.h"

#define CLEAN_PAGES 16u
/* Followed events come a few at a time: so many pages of fewer events are made into one. */
#define MERGE_PAGES 16u
#define SMALL_PAGE (WEIR_PAGE_MAX_EVENTS / 2)

typedef gboolean (*StepFunc) (WeirMemory *memory,
                              WeirDatabase *db,
                              gint64 revision,
                              gboolean *did,
                              GError **error);

static gboolean
run_in_transaction (WeirMemory *memory,
                    WeirDatabase *db,
                    StepFunc step,
                    gboolean *did,
                    GError **error)
{
  gint64 revision;

  if (!weir_memory_refresh (memory, db, NULL, error)
      || !weir_page_get_next_revision (db, &revision, error))
    return FALSE;

  return step (memory, db, revision, did, error)
         && (!*did
             || weir_database_run (db, error, "UPDATE state SET revision = ?", "i", revision));
}

static gboolean
run_step (WeirMemory *memory, WeirDatabase *db, StepFunc step, gboolean *did, GError **error)
{
  *did = FALSE;
  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!run_in_transaction (memory, db, step, did, error)
      || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }
  return weir_memory_refresh (memory, db, NULL, error);
}

static gboolean
is_there (WeirMemory *memory, guint32 number)
{
  guint32 facet = weir_columns_get_facet (weir_memory_get_columns (memory), number);

  return facet != 0 && (facet & WEIR_COLUMNS_GONE) == 0;
}

/* The page without what is gone, or nothing of it. */
static gboolean
clean_page (WeirMemory *memory,
            WeirDatabase *db,
            const WeirPage *page,
            gint64 revision,
            gboolean *deleted,
            GError **error)
{
  g_autoptr (WeirPage) cleaned = weir_page_new (page->first);
  gboolean any = FALSE;

  for (guint slot = 0; slot < page->columns->len; slot++)
    {
      if (is_there (memory, page->first + slot))
        {
          weir_page_add_slot (cleaned, page, slot);
          any = TRUE;
        }
      else
        weir_page_add_gone (cleaned);
    }

  if (any)
    return weir_page_write (cleaned, db, revision, error);
  *deleted = TRUE;
  return weir_page_delete (db, page->first, error);
}

static gboolean
clean (WeirMemory *memory, WeirDatabase *db, gint64 revision, gboolean *did, GError **error)
{
  g_autoptr (GArray) firsts = weir_memory_list_unclean_pages (memory, CLEAN_PAGES);
  g_autoptr (WeirPageReader) reader = NULL;
  gboolean deleted = FALSE;

  for (guint i = 0; i < firsts->len; i++)
    {
      const WeirPage *page;
      g_autoptr (GError) damage = NULL;

      /* a reader is good while nothing is written */
      g_clear_pointer (&reader, weir_page_reader_free);
      reader = weir_page_reader_new (db, error);
      if (reader == NULL)
        return FALSE;

      /* a damaged one is left as it is, and not in the way of others */
      if (!weir_page_reader_read (reader, g_array_index (firsts, guint32, i), &page, &damage)
          || page == NULL)
        {
          weir_memory_leave_unclean (memory, g_array_index (firsts, guint32, i));
          *did = TRUE;
          continue;
        }
      if (!clean_page (memory, db, page, revision, &deleted, error))
        return FALSE;
      *did = TRUE;
    }

  return !deleted || weir_database_exec (db, "UPDATE state SET removals = removals + 1", error);
}

static gboolean
merge (WeirMemory *memory, WeirDatabase *db, gint64 revision, gboolean *did, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (WeirPageReader) reader = NULL;
  g_autoptr (WeirPage) merged = NULL;
  guint32 number;
  guint n = weir_memory_get_small_tail (memory, SMALL_PAGE, WEIR_PAGE_MAX_EVENTS, &number);

  if (n < MERGE_PAGES)
    return TRUE;

  reader = weir_page_reader_new (db, error);
  if (reader == NULL)
    return FALSE;

  merged = weir_page_new (number);
  for (guint i = 0; i < n; i++)
    {
      const WeirPage *page;

      if (!weir_page_reader_read (reader, number, &page, error))
        return FALSE;
      if (page == NULL || page->first != number)
        return TRUE;
      /* a page that takes little in the file may be long all the same */
      if (i > 0 && merged->raw_length + page->raw_length > WEIR_PAGE_MAX_BYTES)
        break;
      g_array_append_val (parts, number);
      for (guint slot = 0; slot < page->columns->len; slot++)
        weir_page_add_slot (merged, page, slot);
      number += page->columns->len;
    }

  if (parts->len < 2)
    return TRUE;
  for (guint i = 1; i < parts->len; i++)
    {
      if (!weir_page_delete (db, g_array_index (parts, guint32, i), error))
        return FALSE;
    }
  *did = TRUE;
  return weir_page_write (merged, db, revision, error);
}

/**
 * weir_history_clean_step:
 * @memory: what is known
 * @db: the writing connection
 * @did: (out): whether there was something to do, and so perhaps more
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Makes free what some pages hold of events that are gone, because their account is.
 *
 * Returns: whether it went well
 */
gboolean
weir_history_clean_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error)
{
  return run_step (memory, db, clean, did, error);
}

/**
 * weir_history_merge_step:
 * @memory: what is known
 * @db: the writing connection
 * @did: (out): whether there was something to do
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Makes small pages at the end into one, so that what was followed takes no more room than what was
 * caught up with.
 *
 * Returns: whether it went well
 */
gboolean
weir_history_merge_step (WeirMemory *memory, WeirDatabase *db, gboolean *did, GError **error)
{
  guint32 first;

  *did = FALSE;
  if (weir_memory_get_small_tail (memory, SMALL_PAGE, WEIR_PAGE_MAX_EVENTS, &first) < MERGE_PAGES)
    return TRUE;
  return run_step (memory, db, merge, did, error);
}
