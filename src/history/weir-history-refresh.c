/* weir-history-refresh.c: what is newer in the file is taken into memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-blob.h"
#include "weir-history-memory-private.h"
#include "weir-history-reader.h"

#include <glib/gi18n-lib.h>

#define MAX_CHANGES 65536u

typedef struct
{
  guint32 number;
  guint32 facet;
  gint64 time;
} Move;

/* The new ones of a page, as they stand in Update.added. */
typedef struct
{
  WeirPageInfo page;
  guint from;
  guint to;
} Arrival;

/* What is to be done to memory. The columns of new events are written as they are read, since nobody
 * can see them yet; all else only when everything was read. */
typedef struct
{
  WeirMemory *memory;
  gint64 revision;
  gint64 removals;
  gint64 next;
  GArray *added;        /* guint32 */
  GArray *removed;      /* guint32 */
  GArray *moved;        /* Move: another time */
  GArray *changed;      /* Move: another facet */
  GArray *pages;        /* WeirMemoryPage: what was read */
  GArray *arrivals;     /* Arrival: for the table of known events */
  GHashTable *accounts; /* numbers of those there are */
  GHashTable *firsts;   /* (nullable): of all pages there are, where some went */
  char *damage;
} Update;

static void
update_clear (Update *update)
{
  g_array_unref (update->added);
  g_array_unref (update->removed);
  g_array_unref (update->moved);
  g_array_unref (update->changed);
  g_array_unref (update->pages);
  g_array_unref (update->arrivals);
  g_hash_table_unref (update->accounts);
  g_clear_pointer (&update->firsts, g_hash_table_unref);
  g_free (update->damage);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Update, update_clear)

static gboolean
read_state (WeirDatabase *db, Update *update, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "SELECT revision, removals, next FROM state", "");

  if (statement == NULL || !weir_statement_step (statement, error))
    {
      if (statement != NULL && error != NULL && *error == NULL)
        g_set_error_literal (error, WEIR_SQLITE_ERROR, SQLITE_CORRUPT,
                             _ ("The history's state is missing"));
      return FALSE;
    }

  update->revision = weir_statement_get_int (statement, 0);
  update->removals = weir_statement_get_int (statement, 1);
  update->next = weir_statement_get_int (statement, 2);
  return TRUE;
}

/* @described: set where an account is described otherwise than before */
static gboolean
read_accounts (WeirDatabase *db, Update *update, gboolean *described, GError **error)
{
  WeirMemory *memory = update->memory;
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error, "SELECT number, uuid, name, provider, json FROM accounts", "");
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (weir_statement_step (statement, &local_error))
    {
      guint number = (guint) weir_statement_get_int (statement, 0);
      g_autofree char *json = weir_statement_dup_text (statement, 4);
      const char *known = g_hash_table_lookup (memory->account_texts, GUINT_TO_POINTER (number));
      g_autoptr (WeirAccount) account = NULL;

      g_hash_table_add (update->accounts, GUINT_TO_POINTER (number));
      if (g_strcmp0 (known, json) == 0)
        continue;

      account = weir_history_reader_rebuild_account (statement);
      if (weir_facets_put_account (memory->facets, number, account))
        {
          *described |= known != NULL;
          g_hash_table_insert (memory->account_texts, GUINT_TO_POINTER (number),
                               g_steal_pointer (&json));
        }
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_facets (WeirDatabase *db, WeirMemory *memory, GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error,
      "SELECT number, account, stream, kind, collection, subscription, status, connection, tenant,"
      " flags, time_source FROM facets WHERE number >= ? ORDER BY number",
      "i", (gint64) weir_facets_get_end (memory->facets));
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (weir_statement_step (statement, &local_error))
    {
      WeirFacet facet = {
        .number = (guint) weir_statement_get_int (statement, 0),
        .account_number = (guint) weir_statement_get_int (statement, 1),
        .stream = (const char *) sqlite3_column_text (statement, 2),
        .kind = (const char *) sqlite3_column_text (statement, 3),
        .collection = (const char *) sqlite3_column_text (statement, 4),
        .subscription = (const char *) sqlite3_column_text (statement, 5),
        .status = (const char *) sqlite3_column_text (statement, 6),
        .connection = (const char *) sqlite3_column_text (statement, 7),
        .tenant = (const char *) sqlite3_column_text (statement, 8),
        .flags = (WeirFacetFlags) weir_statement_get_int (statement, 9),
        .time_source = (WeirTimeSource) weir_statement_get_int (statement, 10),
      };

      weir_facets_put (memory->facets, &facet);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (memory->counts->len < weir_facets_get_end (memory->facets))
    {
      g_array_set_size (memory->counts, weir_facets_get_end (memory->facets));
      g_array_set_size (memory->newest, weir_facets_get_end (memory->facets));
    }
  return TRUE;
}

static void
note_damage (Update *update, guint32 first, guint count)
{
  if (update->damage == NULL)
    update->damage = g_strdup_printf (
        _ ("Page %u of the history, with %u events, is damaged and was left out"), first, count);
}

/* One event as a page has it, held against what memory has. */
static gboolean
take_column (Update *update, guint32 number, WeirPageColumn column)
{
  WeirMemory *memory = update->memory;
  const WeirFacet *facet = weir_facets_get (memory->facets, column.facet);
  guint32 known = weir_columns_get_facet (memory->columns, number);
  gboolean there = facet != NULL && column.facet < memory->counts->len
                   && !weir_facets_is_account_gone (memory->facets, facet->account_number);
  gboolean was_there = known != 0 && (known & WEIR_COLUMNS_GONE) == 0;
  Move move = { number, column.facet, column.time };

  if (there && !was_there)
    {
      weir_columns_put (memory->columns, number, column.time, column.facet);
      g_array_append_val (update->added, number);
    }
  else if (!there && was_there)
    g_array_append_val (update->removed, number);
  else if (there && weir_columns_get_time (memory->columns, number) != column.time)
    g_array_append_val (update->moved, move);
  else if (there && known != column.facet)
    g_array_append_val (update->changed, move);

  return there || column.facet == 0;
}

static guint
count_differences (const Update *update)
{
  return update->added->len + update->removed->len + update->moved->len + update->changed->len;
}

/* A page was written once more and stands as it stood: then events have other bytes. Which ones, only the process knows
 * that wrote it. */
static void
note_rewritten (Update *update, const WeirPageInfo *info)
{
  WeirMemory *memory = update->memory;
  guint at = weir_memory_find_page (memory->pages, info->first);
  const WeirPageInfo *known =
      at < memory->pages->len ? &g_array_index (memory->pages, WeirMemoryPage, at).info : NULL;

  if (known == NULL || known->first != info->first || known->count != info->count)
    return;
  for (guint i = 0; i < memory->noted->len; i++)
    {
      guint32 number = g_array_index (memory->noted, guint32, i);

      if (number >= info->first && number - info->first < info->count)
        return;
    }
  for (guint32 number = info->first; number < info->first + info->count; number++)
    g_array_append_val (memory->noted, number);
}

static void
take_page (Update *update, WeirStatement *row, GArray *columns)
{
  gint64 first = weir_statement_get_int (row, 0);
  gint64 count = weir_statement_get_int (row, 1);
  WeirMemoryPage page = { { 0 } };
  Arrival arrival = { .from = update->added->len };
  guint n_differences = count_differences (update);

  if (first < 1 || count < 1 || count > WEIR_PAGE_MAX_COUNT
      || first + count - 1 > WEIR_COLUMNS_MAX_NUMBER)
    {
      note_damage (update, (guint32) CLAMP (first, 0, G_MAXUINT32), 0);
      return;
    }

  page.info.first = (guint32) first;
  page.info.count = (guint32) count;
  page.info.oldest = weir_statement_get_int (row, 2);
  page.info.newest = weir_statement_get_int (row, 3);
  page.info.size = weir_statement_get_int (row, 4);

  g_array_set_size (columns, page.info.count);
  if (weir_blob_unpack_columns (sqlite3_column_blob (row, 5), (gsize) sqlite3_column_bytes (row, 5),
                                page.info.count, &g_array_index (columns, WeirPageColumn, 0)))
    {
      for (guint i = 0; i < page.info.count; i++)
        page.unclean |=
            !take_column (update, page.info.first + i, g_array_index (columns, WeirPageColumn, i));
    }
  else
    note_damage (update, page.info.first, page.info.count);

  if (count_differences (update) == n_differences)
    note_rewritten (update, &page.info);
  g_array_append_val (update->pages, page);
  arrival.page = page.info;
  arrival.to = update->added->len;
  if (update->memory->dedupe != NULL && arrival.to > arrival.from)
    g_array_append_val (update->arrivals, arrival);
}

#define PAGE_COLUMNS "SELECT first, count, oldest, newest, size, columns FROM pages"

static gboolean
read_pages (WeirDatabase *db, Update *update, GError **error)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (WeirPageColumn));
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  if (update->memory->revision == 0)
    statement = weir_database_prepare (db, error, PAGE_COLUMNS " NOT INDEXED ORDER BY first", "");
  else
    /* by itself SQLite would go through all pages, for their order */
    statement = weir_database_prepare (
        db, error, PAGE_COLUMNS " INDEXED BY pages_by_revision WHERE revision > ? ORDER BY first",
        "i", update->memory->revision);
  if (statement == NULL)
    return FALSE;

  while (weir_statement_step (statement, &local_error))
    take_page (update, statement, columns);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_firsts (WeirDatabase *db, Update *update, GError **error)
{
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  if (update->removals == update->memory->removals || update->memory->revision == 0)
    return TRUE;

  statement = weir_database_prepare (db, error, "SELECT first FROM pages", "");
  if (statement == NULL)
    return FALSE;

  update->firsts = g_hash_table_new (NULL, NULL);
  while (weir_statement_step (statement, &local_error))
    g_hash_table_add (update->firsts,
                      GUINT_TO_POINTER ((guint) weir_statement_get_int (statement, 0)));

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_known (WeirDatabase *db, Update *update, GError **error)
{
  g_autoptr (WeirStatement) statement = NULL;

  if (update->arrivals->len == 0)
    return TRUE;

  statement = weir_database_prepare (db, error, "SELECT blob FROM details WHERE first = ?", NULL);
  for (guint i = 0; statement != NULL && i < update->arrivals->len; i++)
    {
      const Arrival *arrival = &g_array_index (update->arrivals, Arrival, i);

      if (!weir_memory_add_known (update->memory, statement, &arrival->page,
                                  &g_array_index (update->added, guint32, arrival->from),
                                  arrival->to - arrival->from, error))
        return FALSE;
    }
  return statement != NULL;
}

static gboolean
read_update (WeirDatabase *db, Update *update, gboolean *described, GError **error)
{
  return read_accounts (db, update, described, error) && read_facets (db, update->memory, error)
         && read_pages (db, update, error) && read_firsts (db, update, error)
         && add_known (db, update, error);
}

/* Puts a page in the place of those whose events it has. */
static void
put_page (GArray *pages, const WeirMemoryPage *page)
{
  guint at = weir_memory_find_page (pages, page->info.first);
  guint end = at;

  while (end < pages->len
         && g_array_index (pages, WeirMemoryPage, end).info.first
                < page->info.first + page->info.count)
    end++;

  if (end == at + 1)
    g_array_index (pages, WeirMemoryPage, at) = *page;
  else
    {
      if (end > at)
        g_array_remove_range (pages, at, end - at);
      g_array_insert_val (pages, at, *page);
    }
}

static void
remove_account (Update *update, guint account_number)
{
  WeirMemory *memory = update->memory;
  guint n_events = weir_numbers_get_length (memory->order);

  weir_facets_remove_account (memory->facets, account_number);
  g_hash_table_remove (memory->account_texts, GUINT_TO_POINTER (account_number));

  for (guint at = 0; at < n_events;)
    {
      guint n;
      const guint32 *numbers = weir_numbers_get_piece (memory->order, at, &n);

      for (guint i = 0; i < n; i++)
        {
          const WeirFacet *facet = weir_facets_get (
              memory->facets, weir_columns_get_facet (memory->columns, numbers[i]));

          if (facet != NULL && facet->account_number == account_number)
            g_array_append_val (update->removed, numbers[i]);
        }
      at += n;
    }
}

static void
remove_accounts (Update *update)
{
  WeirMemory *memory = update->memory;

  for (guint number = 1; number < weir_facets_get_accounts_end (memory->facets); number++)
    {
      gpointer key = GUINT_TO_POINTER (number);

      if (g_hash_table_contains (memory->account_texts, key)
          && !g_hash_table_contains (update->accounts, key))
        remove_account (update, number);
    }
}

/* Whatever is in pages that are not there any more is gone. */
static void
drop_pages (Update *update, GArray *pages)
{
  guint kept = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      WeirMemoryPage *page = &g_array_index (pages, WeirMemoryPage, i);

      if (g_hash_table_contains (update->firsts, GUINT_TO_POINTER (page->info.first)))
        {
          g_array_index (pages, WeirMemoryPage, kept++) = *page;
          continue;
        }
      for (guint32 number = page->info.first; number < page->info.first + page->info.count;
           number++)
        {
          guint32 facet = weir_columns_get_facet (update->memory->columns, number);

          if (facet != 0 && (facet & WEIR_COLUMNS_GONE) == 0)
            g_array_append_val (update->removed, number);
        }
    }
  g_array_set_size (pages, kept);
}

static void
count_event (WeirMemory *memory, guint32 number, int step)
{
  guint32 facet = weir_columns_get_facet (memory->columns, number) & ~WEIR_COLUMNS_GONE;
  gint64 *newest = &g_array_index (memory->newest, gint64, facet);

  g_array_index (memory->counts, guint, facet) += (guint) step;
  if (step > 0)
    *newest = MAX (*newest, weir_columns_get_time (memory->columns, number));
}

/* The order without what went or has another time; the columns are then as the file has them. */
static WeirNumbers *
remove_events (Update *update)
{
  WeirMemory *memory = update->memory;
  g_autoptr (GArray) leaving = g_array_copy (update->removed);
  WeirNumbers *order;

  for (guint i = 0; i < update->moved->len; i++)
    g_array_append_val (leaving, g_array_index (update->moved, Move, i).number);
  if (leaving->len == 0)
    return weir_numbers_ref (memory->order);

  weir_numbers_sort (weir_numbers_of_array (leaving), leaving->len, memory->columns);
  order = weir_numbers_remove (memory->order, memory->columns, weir_numbers_of_array (leaving),
                               leaving->len);

  for (guint i = 0; i < leaving->len; i++)
    count_event (memory, weir_numbers_of_array (leaving)[i], -1);
  for (guint i = 0; i < update->removed->len; i++)
    {
      guint32 number = weir_numbers_of_array (update->removed)[i];

      weir_columns_put (memory->columns, number, weir_columns_get_time (memory->columns, number),
                        weir_columns_get_facet (memory->columns, number) | WEIR_COLUMNS_GONE);
    }
  return order;
}

/* Events that stand in the same place but are others now. */
static void
change_events (Update *update)
{
  WeirMemory *memory = update->memory;

  for (guint i = 0; i < update->changed->len; i++)
    {
      const Move *move = &g_array_index (update->changed, Move, i);

      count_event (memory, move->number, -1);
      weir_columns_put (memory->columns, move->number, move->time, move->facet);
      count_event (memory, move->number, 1);
      g_array_append_val (memory->noted, move->number);
    }
  for (guint i = 0; i < update->moved->len; i++)
    {
      const Move *move = &g_array_index (update->moved, Move, i);

      weir_columns_put (memory->columns, move->number, move->time, move->facet);
      g_array_append_val (update->added, move->number);
    }
}

static void
keep_changes (WeirMemory *memory)
{
  g_array_append_vals (memory->changes, memory->noted->data, memory->noted->len);
  memory->n_changes += memory->noted->len;
  g_array_set_size (memory->noted, 0);
  if (memory->changes->len > 2 * MAX_CHANGES)
    g_array_remove_range (memory->changes, 0, memory->changes->len - MAX_CHANGES);
}

static void
mark_unclean (WeirMemory *memory, GArray *removed)
{
  for (guint i = 0; i < removed->len; i++)
    {
      guint32 number = weir_numbers_of_array (removed)[i];
      guint at = weir_memory_find_page (memory->pages, number);

      if (at < memory->pages->len
          && g_array_index (memory->pages, WeirMemoryPage, at).info.first <= number)
        g_array_index (memory->pages, WeirMemoryPage, at).unclean = TRUE;
    }
}

/* Once nobody has their numbers any more, their memory is not needed. */
static void
note_emptied (WeirMemory *memory, GArray *removed)
{
  for (guint i = 0; i < removed->len; i++)
    {
      guint32 block = weir_numbers_of_array (removed)[i] / WEIR_COLUMNS_BLOCK;

      if (memory->emptied->len == 0
          || g_array_index (memory->emptied, guint32, memory->emptied->len - 1) != block)
        g_array_append_val (memory->emptied, block);
    }
}

static gboolean
apply (Update *update, gboolean described)
{
  WeirMemory *memory = update->memory;
  g_autoptr (WeirNumbers) rest = NULL;
  g_autoptr (WeirNumbers) before = NULL;
  gboolean anew = described;

  g_mutex_lock (&memory->lock);
  if (update->firsts != NULL)
    drop_pages (update, memory->pages);
  for (guint i = 0; i < update->pages->len; i++)
    put_page (memory->pages, &g_array_index (update->pages, WeirMemoryPage, i));
  g_mutex_unlock (&memory->lock);

  remove_accounts (update);
  rest = remove_events (update);
  change_events (update);
  weir_numbers_sort (weir_numbers_of_array (update->added), update->added->len, memory->columns);
  for (guint i = 0; i < update->added->len; i++)
    {
      count_event (memory, weir_numbers_of_array (update->added)[i], 1);
      anew |= weir_numbers_of_array (update->added)[i] <= memory->last_number;
    }
  anew |= update->removed->len > 0;

  g_mutex_lock (&memory->lock);
  before = memory->order;
  memory->order = weir_numbers_merge (rest, memory->columns, weir_numbers_of_array (update->added),
                                      update->added->len, NULL);
  mark_unclean (memory, update->removed);
  keep_changes (memory);
  memory->last_number = update->next - 1;
  if (anew)
    memory->generation++;
  if (update->damage != NULL)
    {
      g_free (memory->damage);
      memory->damage = g_steal_pointer (&update->damage);
    }
  g_mutex_unlock (&memory->lock);

  note_emptied (memory, update->removed);
  memory->revision = update->revision;
  memory->removals = update->removals;
  return anew || update->added->len > 0 || update->changed->len > 0;
}

/* Nobody has seen them, and the next attempt finds them new again. */
static void
forget_added (Update *update)
{
  for (guint i = 0; i < update->added->len; i++)
    weir_columns_put (update->memory->columns, weir_numbers_of_array (update->added)[i], 0, 0);
}

static gboolean
refresh_locked (WeirMemory *self, WeirDatabase *db, gboolean *changed, GError **error)
{
  g_auto (Update) update = { self };
  gboolean described = FALSE;

  update.accounts = g_hash_table_new (NULL, NULL);
  update.added = g_array_new (FALSE, FALSE, sizeof (guint32));
  update.removed = g_array_new (FALSE, FALSE, sizeof (guint32));
  update.moved = g_array_new (FALSE, FALSE, sizeof (Move));
  update.changed = g_array_new (FALSE, FALSE, sizeof (Move));
  update.pages = g_array_new (FALSE, FALSE, sizeof (WeirMemoryPage));
  update.arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));

  if (!read_state (db, &update, error))
    return FALSE;
  if (update.revision <= self->revision)
    return TRUE;

  if (!read_update (db, &update, &described, error))
    {
      forget_added (&update);
      return FALSE;
    }
  *changed = apply (&update, described);
  return TRUE;
}

/**
 * weir_memory_refresh:
 * @self: a memory
 * @db: a connection; what it sees in the transaction it is in, if it is in one
 * @changed: (out) (optional): whether events came, changed or went, or an account has another name
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Reads what this or another process has written since: pages of a newer revision, and the rest only
 * if anything is new at all. On an error memory stays as it was.
 *
 * Returns: whether memory is now as the file is
 */
gboolean
weir_memory_refresh (WeirMemory *self, WeirDatabase *db, gboolean *changed, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->update_lock);
  gboolean own_transaction = sqlite3_get_autocommit (db) != 0;
  gboolean unused, refreshed;

  if (changed == NULL)
    changed = &unused;
  *changed = FALSE;

  if (own_transaction && !weir_database_exec (db, "BEGIN", error))
    return FALSE;
  refreshed = refresh_locked (self, db, changed, error);
  if (own_transaction)
    weir_database_exec (db, "ROLLBACK", NULL);
  return refreshed;
}
