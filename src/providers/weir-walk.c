/* weir-walk.c: a list of records over all its pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-walk.h"

#include <glib/gi18n-lib.h>

/* A longer list is none that a person administers, but may be one that never ends. Some servers give few items a page. */
#define MAX_ITEMS 100000
#define MAX_PAGES 2000

typedef struct
{
  const WeirWalkKind *kind;
  gconstpointer list;
  WeirListFilter *filter;
  GPtrArray *records;
  GHashTable *ids; /* of all that came, kept or not */
  guint n_items;
  guint n_pages;
  guint n_unreadable;
  gboolean broken_off;
} Walk;

static void
walk_free (Walk *walk)
{
  weir_list_filter_free (walk->filter);
  g_hash_table_unref (walk->ids);
  g_clear_pointer (&walk->records, g_ptr_array_unref);
  g_free (walk);
}

static gboolean
is_full (const Walk *walk)
{
  return walk->filter->limit != 0 && walk->records->len >= walk->filter->limit;
}

/* Takes over what the page brought. Returns whether there was anything not known before. */
static gboolean
take_page (Walk *walk, WeirWalkPage *page)
{
  gboolean any_new = page->n_unreadable > 0;

  for (guint i = 0; i < page->records->len; i++)
    {
      WeirRecord *record = page->records->pdata[i];

      if (!g_hash_table_add (walk->ids, g_strdup (weir_record_get_id (record))))
        continue;
      any_new = TRUE;
      if (!is_full (walk) && weir_list_filter_matches (walk->filter, record))
        g_ptr_array_add (walk->records, g_object_ref (record));
    }
  walk->n_unreadable += page->n_unreadable;
  walk->n_items += page->records->len + page->n_unreadable;
  walk->n_pages++;
  return any_new;
}

static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* Takes the task over. */
static void
ask_page (GTask *task, const WeirWalkPage *last)
{
  WeirProvider *provider = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  g_autofree char *path = walk->kind->make_path (weir_provider_get_account (provider), walk->list,
                                                 walk->filter, last, walk->n_items);

  weir_ask_async (provider, weir_request_new (provider, "GET", path), walk->kind->read,
                  (gpointer) walk->list, NULL, (GDestroyNotify) weir_walk_page_free,
                  g_task_get_cancellable (task), page_cb, task);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  g_autoptr (WeirWalkPage) page = NULL;
  GError *error = NULL;
  gboolean any_new;

  page = weir_ask_finish (result, &error);
  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  any_new = take_page (walk, page);
  if (page->has_more && !is_full (walk))
    {
      /* A list that repeats itself is left at the first page that brought nothing. */
      if (any_new && walk->n_pages < MAX_PAGES && walk->n_items < MAX_ITEMS)
        {
          ask_page (g_steal_pointer (&task), page);
          return;
        }
      walk->broken_off = TRUE;
    }
  g_task_return_pointer (task, g_steal_pointer (&walk->records),
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_walk_page_new:
 *
 * Returns: (transfer full): a page with nothing in it, and nothing after it
 */
WeirWalkPage *
weir_walk_page_new (void)
{
  WeirWalkPage *page = g_new0 (WeirWalkPage, 1);

  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  return page;
}

/**
 * weir_walk_page_free:
 * @page: (transfer full): a page
 */
void
weir_walk_page_free (WeirWalkPage *page)
{
  g_ptr_array_unref (page->records);
  g_free (page->next);
  g_free (page);
}

/**
 * weir_walk_async:
 * @filter: (nullable): what the server can narrow, it does; the rest is narrowed here
 *
 * Reads a list to its end.
 */
void
weir_walk_async (WeirProvider *provider,
                 const WeirWalkKind *kind,
                 gconstpointer list,
                 const WeirListFilter *filter,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);

  g_task_set_source_tag (task, weir_walk_async);
  walk->kind = kind;
  walk->list = list;
  walk->filter = weir_list_filter_copy (filter);
  walk->records = g_ptr_array_new_with_free_func (g_object_unref);
  walk->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  ask_page (task, NULL);
}

/**
 * weir_walk_finish:
 * @warning: (out) (optional) (transfer full) (nullable): what was survived
 *
 * Returns: (transfer container) (element-type WeirRecord): the records, each id once
 */
GPtrArray *
weir_walk_finish (GAsyncResult *result, char **warning, GError **error)
{
  Walk *walk = g_task_get_task_data (G_TASK (result));
  GPtrArray *records = g_task_propagate_pointer (G_TASK (result), error);

  if (warning == NULL)
    return records;
  *warning = NULL;
  if (records != NULL && walk->n_unreadable > 0)
    *warning = g_strdup_printf (ngettext ("%u item of the list cannot be read and is left out.",
                                          "%u items of the list cannot be read and are left out.",
                                          walk->n_unreadable),
                                walk->n_unreadable);
  else if (records != NULL && walk->broken_off)
    *warning = g_strdup (_ ("The server's list goes on and on; the rest of it was left out."));
  return records;
}
