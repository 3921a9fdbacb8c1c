/* weir-history-memory.c: what a history keeps in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-memory-private.h"

/* A page of few events is none the less long if they are. */
#define MAX_SMALL_SIZE (64 * 1024)

/**
 * weir_memory_new:
 *
 * Returns: (transfer full): of no event; weir_memory_refresh() fills it
 */
WeirMemory *
weir_memory_new (void)
{
  WeirMemory *self = g_new0 (WeirMemory, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->update_lock);
  g_mutex_init (&self->lock);
  self->columns = weir_columns_new ();
  self->facets = weir_facets_new ();
  self->account_texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->counts = g_array_new (FALSE, TRUE, sizeof (guint));
  self->newest = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->noted = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->emptied = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->holders = g_array_new (FALSE, FALSE, sizeof (WeirMemoryHolders));
  self->order = weir_numbers_new (NULL, 0);
  self->pages = g_array_new (FALSE, FALSE, sizeof (WeirMemoryPage));
  self->changes = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

/**
 * weir_memory_ref:
 * @self: a memory
 *
 * Returns: (transfer full): the same
 */
WeirMemory *
weir_memory_ref (WeirMemory *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * weir_memory_unref:
 * @self: (transfer full): a memory
 */
void
weir_memory_unref (WeirMemory *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  weir_columns_unref (self->columns);
  weir_facets_free (self->facets);
  g_hash_table_unref (self->account_texts);
  g_array_unref (self->counts);
  g_array_unref (self->newest);
  g_array_unref (self->noted);
  g_clear_pointer (&self->dedupe, weir_dedupe_free);
  g_array_unref (self->emptied);
  g_array_unref (self->holders);
  weir_numbers_unref (self->order);
  g_array_unref (self->pages);
  g_array_unref (self->changes);
  g_free (self->damage);
  g_mutex_clear (&self->update_lock);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * weir_memory_get_columns:
 * @self: a memory
 *
 * Returns: (transfer none): the times and facets
 */
WeirColumns *
weir_memory_get_columns (WeirMemory *self)
{
  return self->columns;
}

/**
 * weir_memory_get_facets:
 * @self: a memory
 *
 * Returns: (transfer none): the facets
 */
WeirFacets *
weir_memory_get_facets (WeirMemory *self)
{
  return self->facets;
}

/**
 * weir_memory_get_n_events:
 * @self: a memory
 *
 * Returns: how many events there are
 */
guint64
weir_memory_get_n_events (WeirMemory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return weir_numbers_get_length (self->order);
}

static void
hold_locked (WeirMemory *self, guint64 generation)
{
  WeirMemoryHolders added = { generation, 1 };
  guint at = self->holders->len;

  for (; at > 0; at--)
    {
      WeirMemoryHolders *holders = &g_array_index (self->holders, WeirMemoryHolders, at - 1);

      if (holders->generation == generation)
        {
          holders->n++;
          return;
        }
      if (holders->generation < generation)
        break;
    }
  g_array_insert_val (self->holders, at, added);
}

/**
 * weir_memory_hold:
 * @self: a memory
 * @generation: of a view that is not cleared yet
 *
 * Keeps what the view's numbers are about, until weir_memory_let_go().
 */
void
weir_memory_hold (WeirMemory *self, guint64 generation)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  hold_locked (self, generation);
}

/**
 * weir_memory_let_go:
 * @self: a memory
 * @generation: as it was held
 */
void
weir_memory_let_go (WeirMemory *self, guint64 generation)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->holders->len; i++)
    {
      WeirMemoryHolders *holders = &g_array_index (self->holders, WeirMemoryHolders, i);

      if (holders->generation != generation)
        continue;
      if (--holders->n == 0)
        g_array_remove_index (self->holders, i);
      return;
    }
}

/* Nobody new can have older numbers. */
static gboolean
is_held (WeirMemory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->holders->len > 0
         && g_array_index (self->holders, WeirMemoryHolders, 0).generation < self->generation;
}

/**
 * weir_memory_give_back:
 * @self: a memory
 *
 * Gives back what is known of events that are gone, unless an answer of before they went is still there: then another
 * time.
 */
void
weir_memory_give_back (WeirMemory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->update_lock);

  if (self->emptied->len == 0 || is_held (self))
    return;
  for (guint i = 0; i < self->emptied->len; i++)
    weir_columns_empty (self->columns, g_array_index (self->emptied, guint32, i));
  g_array_set_size (self->emptied, 0);
}

/**
 * weir_memory_take_view:
 * @self: a memory
 * @view: (out caller-allocates): what there is now; weir_memory_view_clear()
 */
void
weir_memory_take_view (WeirMemory *self, WeirMemoryView *view)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  view->order = weir_numbers_ref (self->order);
  view->n_events = weir_numbers_get_length (self->order);
  view->last_number = self->last_number;
  view->generation = self->generation;
  view->n_changes = self->n_changes;
  view->memory = self;
  hold_locked (self, self->generation);
}

/**
 * weir_memory_view_clear:
 * @view: a view
 */
void
weir_memory_view_clear (WeirMemoryView *view)
{
  g_clear_pointer (&view->order, weir_numbers_unref);
  if (view->memory != NULL)
    weir_memory_let_go (view->memory, view->generation);
  view->memory = NULL;
}

/**
 * weir_memory_find_page:
 * @pages: (element-type WeirMemoryPage): pages by first
 * @number: a number
 *
 * Returns: the place of the first page that ends behind @number
 */
guint
weir_memory_find_page (GArray *pages, guint32 number)
{
  guint low = 0, high = pages->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const WeirPageInfo *info = &g_array_index (pages, WeirMemoryPage, middle).info;

      if (info->first + info->count <= number)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * weir_memory_list_pages:
 * @self: a memory
 *
 * Returns: (transfer full) (element-type WeirPageInfo): all pages by first
 */
GArray *
weir_memory_list_pages (WeirMemory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GArray *pages = g_array_sized_new (FALSE, FALSE, sizeof (WeirPageInfo), self->pages->len);

  for (guint i = 0; i < self->pages->len; i++)
    g_array_append_val (pages, g_array_index (self->pages, WeirMemoryPage, i).info);
  return pages;
}

/**
 * weir_memory_list_unclean_pages:
 * @self: a memory
 * @max: so many at most
 *
 * Returns: (transfer full) (element-type guint32): the first numbers of pages that hold events that are gone
 */
GArray *
weir_memory_list_unclean_pages (WeirMemory *self, guint max)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GArray *firsts = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < self->pages->len && firsts->len < max; i++)
    {
      const WeirMemoryPage *page = &g_array_index (self->pages, WeirMemoryPage, i);

      if (page->unclean)
        g_array_append_val (firsts, page->info.first);
    }
  return firsts;
}

/**
 * weir_memory_leave_unclean:
 * @self: a memory
 * @first: the first number of a page
 *
 * It cannot be cleaned: it is not listed as unclean any more, until it is written anew.
 */
void
weir_memory_leave_unclean (WeirMemory *self, guint32 first)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint at = weir_memory_find_page (self->pages, first);

  if (at < self->pages->len && g_array_index (self->pages, WeirMemoryPage, at).info.first == first)
    g_array_index (self->pages, WeirMemoryPage, at).unclean = FALSE;
}

/**
 * weir_memory_get_small_tail:
 * @self: a memory
 * @small: what has fewer events is a small page
 * @max: so many events at most
 * @first: (out): the first number of the first of them
 *
 * Returns: how many small pages lie side by side at the end
 */
guint
weir_memory_get_small_tail (WeirMemory *self, guint small, guint max, guint32 *first)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint n_pages = 0, n_events = 0;

  for (guint i = self->pages->len; i > 0; i--)
    {
      const WeirPageInfo *info = &g_array_index (self->pages, WeirMemoryPage, i - 1).info;

      if (info->count >= small || info->size > MAX_SMALL_SIZE || n_events + info->count > max
          || (n_pages > 0 && info->first + info->count != *first))
        break;
      *first = info->first;
      n_events += info->count;
      n_pages++;
    }
  return n_pages;
}

/**
 * weir_memory_list_changes:
 * @self: a memory
 * @since: what a view had as the number of changes
 *
 * Returns: (transfer full) (nullable) (element-type guint32): the events that changed in their place since, some
 *   perhaps more than once; %NULL if there were too many to be remembered
 */
GArray *
weir_memory_list_changes (WeirMemory *self, guint64 since)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint64 n = self->n_changes - since;
  GArray *changes;

  if (n > self->changes->len)
    return NULL;

  changes = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (n > 0)
    g_array_append_vals (changes,
                         &g_array_index (self->changes, guint32, self->changes->len - (guint) n),
                         (guint) n);
  return changes;
}

/**
 * weir_memory_note_changes:
 * @self: a memory
 * @numbers: (element-type guint32): events whose bytes were changed in the file
 *
 * The next refresh tells of them.
 */
void
weir_memory_note_changes (WeirMemory *self, GArray *numbers)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->update_lock);

  g_array_append_vals (self->noted, numbers->data, numbers->len);
}

/**
 * weir_memory_count_facets:
 * @self: a memory
 * @n_facets: (out): how many, from 0 on
 *
 * Waits for a refresh: not for the main loop.
 *
 * Returns: (transfer full) (array length=n_facets): the number of events of each facet
 */
guint *
weir_memory_count_facets (WeirMemory *self, guint *n_facets)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->update_lock);

  *n_facets = self->counts->len;
  return g_memdup2 (self->counts->data, self->counts->len * sizeof (guint));
}

/**
 * weir_memory_get_stream_newest:
 * @self: a memory
 * @account_number: an account's number
 * @stream: one of its streams
 *
 * Waits for a refresh: not for the main loop.
 *
 * Returns: the newest time of all its events there ever were here, µs; %G_MININT64 if there were none
 */
gint64
weir_memory_get_stream_newest (WeirMemory *self, guint account_number, const char *stream)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->update_lock);
  gint64 newest = G_MININT64;

  for (guint i = 1; i < self->newest->len; i++)
    {
      const WeirFacet *facet = weir_facets_get (self->facets, i);
      gint64 of_facet = g_array_index (self->newest, gint64, i);

      if (of_facet != 0 && of_facet > newest && facet != NULL
          && facet->account_number == account_number && g_str_equal (facet->stream, stream))
        newest = of_facet;
    }
  return newest;
}

/**
 * weir_memory_dup_damage:
 * @self: a memory
 *
 * Returns: (transfer full) (nullable): which page could not be read, if there is one
 */
char *
weir_memory_dup_damage (WeirMemory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (self->damage);
}

/**
 * weir_memory_lock_dedupe:
 * @self: a memory
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Makes the table of what is known when it is asked for the first time: who only reads does without.
 *
 * Returns: (transfer none) (nullable): the table, until weir_memory_unlock_dedupe(); or %NULL and nothing is locked
 */
WeirDedupe *
weir_memory_lock_dedupe (WeirMemory *self, WeirDatabase *db, GError **error)
{
  g_mutex_lock (&self->update_lock);
  if (self->dedupe == NULL && !weir_memory_make_dedupe (self, db, error))
    {
      g_mutex_unlock (&self->update_lock);
      return NULL;
    }

  return self->dedupe;
}

/**
 * weir_memory_unlock_dedupe:
 * @self: a memory
 */
void
weir_memory_unlock_dedupe (WeirMemory *self)
{
  g_mutex_unlock (&self->update_lock);
}

/**
 * weir_memory_forget_known:
 * @self: a memory
 * @keys: (element-type guint64): of events that are gone from the file
 *
 * So that they are new ones if they come again, and the table does not grow without end.
 */
void
weir_memory_forget_known (WeirMemory *self, GArray *keys)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->update_lock);

  for (guint i = 0; self->dedupe != NULL && i < keys->len; i++)
    weir_dedupe_remove (self->dedupe, g_array_index (keys, guint64, i));
}

/**
 * weir_memory_find_account:
 * @self: a memory
 * @uuid: an account's
 *
 * Returns: its number, or 0
 */
guint
weir_memory_find_account (WeirMemory *self, const char *uuid)
{
  for (guint i = 1; i < weir_facets_get_accounts_end (self->facets); i++)
    {
      WeirAccount *account = weir_facets_get_account (self->facets, i);

      if (account != NULL && !weir_facets_is_account_gone (self->facets, i)
          && g_str_equal (account->uuid, uuid))
        return i;
    }
  return 0;
}
