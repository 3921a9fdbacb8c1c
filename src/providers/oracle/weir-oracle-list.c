/* weir-oracle-list.c: Oracle's event subscriptions over all their pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-oracle-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A plain list has ids and names alone: api/sequin-and-oracle.md B6. The shape may be large and is left for one record. */
#define FIELDS                                                                                     \
  "class,endPoint,eventType,integrationUser,objectVersion,name,status,updatedTime,createdTime"
#define PAGE 1000
#define MAX_PAGES 100

typedef struct
{
  GPtrArray *records;
  guint n_items;
  guint n_unreadable;
  gboolean has_more;
  char *next; /* (nullable) the server's own address of the next page */
} Page;

static void
page_free (Page *page)
{
  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_free (page->next);
  g_free (page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

typedef struct
{
  WeirListFilter *filter;
  GPtrArray *records;
  GHashTable *ids;
  guint64 offset;
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

static char *
find_next (WeirJson root)
{
  WeirJsonIter iter;
  WeirJson link;

  weir_json_iter_init (&iter, weir_json_get (root, "links"));
  while (weir_json_iter_next (&iter, NULL, &link))
    {
      g_autofree char *rel = weir_json_dup_string (weir_json_get (link, "rel"));

      if (g_strcmp0 (rel, "next") == 0)
        {
          char *href = weir_json_dup_string (weir_json_get (link, "href"));

          return href != NULL ? g_strstrip (href) : NULL;
        }
    }
  return NULL;
}

static gpointer
read_page (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const char *expected = _ ("a list of event subscriptions");
  g_autoptr (Page) page = g_new0 (Page, 1);
  WeirJson root, items, item;
  WeirJsonIter iter;

  if (!weir_read_json (response, expected, &root, error))
    return NULL;
  items = weir_json_get (root, "items");
  if (weir_json_get_type (items) != WEIR_JSON_ARRAY)
    {
      weir_read_refuse (response, expected, error);
      return NULL;
    }
  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  page->has_more = weir_json_get_boolean (weir_json_get (root, "hasMore"));
  page->next = find_next (root);
  weir_json_iter_init (&iter, items);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      WeirSubscription *record = weir_subscription_new_oracle (account, item, NULL);

      page->n_items++;
      if (record != NULL)
        g_ptr_array_add (page->records, record);
      else
        page->n_unreadable++;
    }
  return g_steal_pointer (&page);
}

static gboolean
take_page (Walk *walk, Page *page)
{
  gboolean any_new = page->n_unreadable > 0;

  for (guint i = 0; i < page->records->len; i++)
    {
      WeirSubscription *record = page->records->pdata[i];
      const char *status = walk->filter->status;

      if (!g_hash_table_add (walk->ids, g_strdup (weir_record_get_id (WEIR_RECORD (record)))))
        continue;
      any_new = TRUE;
      if ((status == NULL || g_ascii_strcasecmp (status, record->status) == 0)
          && (walk->filter->limit == 0 || walk->records->len < walk->filter->limit))
        g_ptr_array_add (walk->records, g_object_ref (record));
    }
  walk->n_unreadable += page->n_unreadable;
  walk->offset += page->n_items;
  walk->n_pages++;
  return any_new;
}

static char *
page_path (guint limit, guint64 offset)
{
  return g_strdup_printf (
      "/" WEIR_ORACLE_ROOT "?fields=" FIELDS "&limit=%u&offset=%" G_GUINT64_FORMAT, limit, offset);
}

/* The server's own link, from the account's address on; NULL if it leads anywhere else than to this list. */
static char *
follow_link (WeirAccount *account, const char *next)
{
  g_autofree char *list = g_strconcat (account->uri, "/" WEIR_ORACLE_ROOT, NULL);
  g_autofree char *resolved =
      next != NULL ? g_uri_resolve_relative (list, next, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (resolved == NULL || !g_str_has_prefix (resolved, list) || resolved[strlen (list)] != '?'
      || strchr (resolved, '#') != NULL)
    return NULL;
  return g_strdup (resolved + strlen (account->uri));
}

static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_page (GTask *task, const char *path)
{
  WeirProvider *provider = g_task_get_source_object (task);

  weir_ask_async (provider, weir_request_new (provider, "GET", path), read_page, NULL, NULL,
                  (GDestroyNotify) page_free, g_task_get_cancellable (task), page_cb, task);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  g_autoptr (Page) page = NULL;
  GError *error = NULL;
  gboolean any_new;

  page = weir_ask_finish (result, &error);
  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  any_new = take_page (walk, page);
  if (page->has_more && (walk->filter->limit == 0 || walk->records->len < walk->filter->limit))
    {
      if (any_new && walk->n_pages < MAX_PAGES)
        {
          g_autofree char *path =
              follow_link (weir_provider_get_account (WEIR_PROVIDER (source)), page->next);

          if (path == NULL)
            path = page_path (PAGE, walk->offset);
          ask_page (g_steal_pointer (&task), path);
          return;
        }
      walk->broken_off = TRUE;
    }
  if (walk->n_unreadable > 0)
    weir_provider_task_set_warning (
        task, g_strdup_printf (ngettext ("%u item of the list cannot be read and is left out.",
                                         "%u items of the list cannot be read and are left out.",
                                         walk->n_unreadable),
                               walk->n_unreadable));
  else if (walk->broken_off)
    weir_provider_task_set_warning (
        task, g_strdup (_ ("The server's list goes on and on; the rest of it was left out.")));
  g_task_return_pointer (task, g_steal_pointer (&walk->records),
                         (GDestroyNotify) g_ptr_array_unref);
}

static gpointer
read_check (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  g_autoptr (Page) page = read_page (account, response, data, error);
  g_autoptr (GUri) uri = NULL;

  if (page == NULL)
    return NULL;
  if (account->username != NULL && *account->username != '\0')
    return g_strdup (account->username);
  uri = g_uri_parse (account->uri, G_URI_FLAGS_NONE, NULL);
  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "Oracle");
}

/**
 * weir_oracle_list:
 * @filter: (nullable): what of it applies is narrowed here, the page has no such parameters
 * @task: (transfer full): returns a GPtrArray of WeirSubscription, without their shapes
 *
 * Reads the list to its end: by the server's link to the next page where that leads to this same list, else by counting.
 */
void
weir_oracle_list (WeirProvider *provider, const WeirListFilter *filter, GTask *task)
{
  Walk *walk = g_new0 (Walk, 1);
  g_autofree char *path = page_path (PAGE, 0);

  walk->filter = weir_list_filter_copy (filter);
  walk->records = g_ptr_array_new_with_free_func (g_object_unref);
  walk->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  ask_page (task, path);
}

/**
 * weir_oracle_check:
 * @task: (transfer full): returns a char *: the user's name, or with a token the site's
 *
 * The shortest list there is, asked for once.
 */
void
weir_oracle_check (WeirProvider *provider, GTask *task)
{
  g_autofree char *path = page_path (1, 0);
  WeirHttpRequest *request = weir_request_new (provider, "GET", path);

  request->once = TRUE;
  weir_ask_into (task, request, read_check, NULL, NULL, g_free);
}

/**
 * weir_oracle_read_one:
 *
 * Returns: (transfer full): a WeirSubscription; %NULL and %WEIR_PROVIDER_ERROR_INVALID_ANSWER
 */
gpointer
weir_oracle_read_one (WeirAccount *account,
                      WeirHttpResponse *response,
                      gpointer data,
                      GError **error)
{
  const char *expected = _ ("an event subscription");
  WeirSubscription *record;
  WeirJson root;

  if (!weir_read_json (response, expected, &root, error))
    return NULL;
  record = weir_json_get_type (root) == WEIR_JSON_OBJECT
               ? weir_subscription_new_oracle (account, root, NULL)
               : NULL;
  if (record == NULL)
    weir_read_refuse (response, expected, error);
  return record;
}
