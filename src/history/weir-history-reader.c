/* weir-history-reader.c: what asks the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-reader.h"

#include "weir-hash.h"
#include "weir-history-find.h"

#include <string.h>

/**
 * weir_history_reader_rebuild_account:
 * @row: a row "number, uuid, name, provider, json" of accounts
 *
 * An account as it was described when events of it came in, or was last renamed. One that is gone
 * from the accounts, or whose description cannot be read any more, still has a name and a provider.
 *
 * Returns: (transfer full): the account
 */
WeirAccount *
weir_history_reader_rebuild_account (WeirStatement *row)
{
  g_autofree char *uuid = weir_statement_dup_text (row, 1);
  g_autofree char *name = weir_statement_dup_text (row, 2);
  g_autofree char *provider = weir_statement_dup_text (row, 3);
  g_autofree char *json = weir_statement_dup_text (row, 4);
  WeirJson object;
  WeirAccount *account = NULL;

  if (weir_json_parse_text (json, -1, &object, NULL))
    account = weir_account_new_from_json (object, NULL);
  if (account == NULL)
    account = weir_account_new (uuid, name, provider, "", WEIR_AUTH_TOKEN, NULL, NULL, NULL, TRUE);

  return account;
}

/**
 * weir_history_reader_list_accounts:
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type guint WeirAccount): all accounts by number, of which there
 *   are few; or %NULL
 */
GHashTable *
weir_history_reader_list_accounts (WeirDatabase *db, GError **error)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  statement = weir_database_prepare (db, error,
                                     "SELECT number, uuid, name, provider, json FROM accounts", "");
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      guint number = (guint) weir_statement_get_int (statement, 0);

      g_hash_table_insert (accounts, GUINT_TO_POINTER (number),
                           weir_history_reader_rebuild_account (statement));
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&accounts);
}

typedef struct
{
  guint32 number;
  guint position;
} Asked;

static int
compare_asked (gconstpointer a, gconstpointer b)
{
  const Asked *one = a;
  const Asked *other = b;

  return (one->number > other->number) - (one->number < other->number);
}

static void
unref_event (gpointer event)
{
  g_clear_object (&event);
}

static void
drop_absent (GPtrArray *events)
{
  guint kept = 0;

  for (guint i = 0; i < events->len; i++)
    if (events->pdata[i] != NULL)
      {
        gpointer event = g_steal_pointer (&events->pdata[i]);

        events->pdata[kept++] = event;
      }
  g_ptr_array_set_size (events, (int) kept);
}

/* What stands for an event whose page cannot be read: the others are shown all the same. */
static WeirEvent *
make_substitute (WeirMemory *memory, guint32 number, const char *reason)
{
  const WeirColumns *columns = weir_memory_get_columns (memory);
  const WeirFacet *facet =
      weir_facets_get (weir_memory_get_facets (memory), weir_columns_get_facet (columns, number));
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  if (facet == NULL)
    return NULL;
  return weir_event_new_unreadable (facet->account, facet->stream, bytes, reason,
                                    weir_columns_get_time (columns, number));
}

static gboolean
load_event (WeirMemory *memory,
            WeirPageReader *reader,
            guint32 number,
            gpointer *event,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const WeirPage *page;

  if (!weir_page_reader_read (reader, number, &page, &local_error))
    {
      if (!g_error_matches (local_error, WEIR_SQLITE_ERROR, SQLITE_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      *event = make_substitute (memory, number, local_error->message);
    }
  else if (page != NULL)
    *event = weir_page_make_event (page, memory, number - page->first);
  return TRUE;
}

/**
 * weir_history_reader_load:
 * @memory: what is known
 * @db: a connection
 * @ids: (element-type gint64): numbers of events
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * In the place of an event whose page is damaged there is an unreadable one that says so.
 *
 * Returns: (transfer full) (element-type WeirEvent): the events in the order asked, without those
 *   that are gone; or %NULL
 */
GPtrArray *
weir_history_reader_load (WeirMemory *memory, WeirDatabase *db, GArray *ids, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (unref_event);
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  g_autoptr (WeirPageReader) reader = weir_page_reader_new (db, error);

  if (reader == NULL)
    return NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      Asked one = { (guint32) id, i };
      guint32 facet;

      if (id < 1 || id > WEIR_COLUMNS_MAX_NUMBER)
        continue;
      facet = weir_columns_get_facet (weir_memory_get_columns (memory), one.number);
      if (facet != 0 && (facet & WEIR_COLUMNS_GONE) == 0)
        g_array_append_val (asked, one);
    }

  /* each page is unpacked once */
  g_array_sort (asked, compare_asked);
  g_ptr_array_set_size (events, (int) ids->len);
  for (guint i = 0; i < asked->len; i++)
    {
      const Asked *one = &g_array_index (asked, Asked, i);

      if (!load_event (memory, reader, one->number, &events->pdata[one->position], error))
        return NULL;
    }
  drop_absent (events);
  g_ptr_array_set_free_func (events, g_object_unref);
  return g_steal_pointer (&events);
}

typedef struct
{
  WeirMemory *memory;
  const char *const *event_ids;
  GPtrArray *events; /* as event_ids; NULL where it is not found */
} Finding;

static gboolean
is_found_cb (guint wanted, const WeirPage *page, guint slot, gpointer data)
{
  Finding *finding = data;
  g_autoptr (WeirEvent) event =
      page != NULL ? weir_page_make_event (page, finding->memory, slot) : NULL;

  if (event == NULL
      || !g_str_equal (weir_record_get_id (WEIR_RECORD (event)), finding->event_ids[wanted]))
    return FALSE;
  finding->events->pdata[wanted] = g_steal_pointer (&event);
  return TRUE;
}

/**
 * weir_history_reader_find:
 * @memory: what is known
 * @db: a connection
 * @account: whose events
 * @event_ids: (nullable): the provider's ids of events
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type WeirEvent): those that are known, in the order asked; or %NULL
 */
GPtrArray *
weir_history_reader_find (WeirMemory *memory,
                          WeirDatabase *db,
                          WeirAccount *account,
                          const char *const *event_ids,
                          GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (unref_event);
  g_autoptr (GArray) wanted = g_array_new (FALSE, TRUE, sizeof (WeirWanted));
  guint account_number = weir_memory_find_account (memory, account->uuid);
  Finding finding = { memory, event_ids, events };

  for (guint i = 0; event_ids != NULL && event_ids[i] != NULL; i++)
    {
      WeirWanted one = { weir_hash_text (event_ids[i]), account_number, NULL, G_MAXINT64, 0 };

      g_array_append_val (wanted, one);
    }

  g_ptr_array_set_size (events, (int) wanted->len);
  if (account_number != 0 && wanted->len > 0
      && !weir_history_find_wanted (memory, db, wanted, is_found_cb, &finding, error))
    return NULL;
  drop_absent (events);
  g_ptr_array_set_free_func (events, g_object_unref);
  return g_steal_pointer (&events);
}

/**
 * weir_history_reader_get_cursor:
 * @db: a connection
 * @account: whose
 * @stream: which stream
 * @cursor: (out) (nullable) (transfer full): the cursor, %NULL if the stream was never followed
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
weir_history_reader_get_cursor (WeirDatabase *db,
                                WeirAccount *account,
                                const char *stream,
                                char **cursor,
                                GError **error)
{
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  *cursor = NULL;
  statement = weir_database_prepare (
      db, error,
      "SELECT cursor FROM cursors JOIN accounts ON number = account WHERE uuid = ? AND stream = ?",
      "ss", account->uuid, stream);
  if (statement == NULL)
    return FALSE;

  if (weir_statement_step (statement, &local_error))
    *cursor = weir_statement_dup_text (statement, 0);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

/**
 * weir_error_mark_free:
 * @self: (transfer full): a mark
 */
void
weir_error_mark_free (WeirErrorMark *self)
{
  g_free (self->state);
  g_free (self);
}

/**
 * weir_history_reader_list_error_states:
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type utf8 WeirErrorMark): by key text of an error group; or %NULL
 */
GHashTable *
weir_history_reader_list_error_states (WeirDatabase *db, GError **error)
{
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) weir_error_mark_free);
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;

  statement =
      weir_database_prepare (db, error, "SELECT error_group, state, seen FROM error_states", "");
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      WeirErrorMark *mark = g_new0 (WeirErrorMark, 1);

      mark->state = weir_statement_dup_text (statement, 1);
      mark->seen_at = weir_statement_get_int (statement, 2);
      g_hash_table_insert (states, weir_statement_dup_text (statement, 0), mark);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&states);
}
