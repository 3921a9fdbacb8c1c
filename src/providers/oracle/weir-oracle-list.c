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
  g_autoptr (WeirWalkPage) page = weir_walk_page_new ();
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
  page->has_more = weir_json_get_boolean (weir_json_get (root, "hasMore"));
  page->next = find_next (root);
  weir_json_iter_init (&iter, items);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      WeirSubscription *record = weir_subscription_new_oracle (account, item, NULL);

      if (record != NULL)
        g_ptr_array_add (page->records, record);
      else
        page->n_unreadable++;
    }
  return g_steal_pointer (&page);
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

/* By the server's link to the next page where that leads to this same list, else by counting. */
static char *
make_path (WeirAccount *account,
           gconstpointer data,
           const WeirListFilter *filter,
           const WeirWalkPage *last,
           guint n_items)
{
  char *linked = last != NULL ? follow_link (account, last->next) : NULL;

  if (linked != NULL)
    return linked;
  return g_strdup_printf ("/" WEIR_ORACLE_ROOT "?fields=" FIELDS "&limit=%d&offset=%u", PAGE,
                          n_items);
}

static const WeirWalkKind walk_kind = { read_page, make_path };

static gpointer
read_check (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  g_autoptr (WeirWalkPage) page = read_page (account, response, data, error);
  g_autoptr (GUri) uri = NULL;

  if (page == NULL)
    return NULL;
  if (account->username != NULL && *account->username != '\0')
    return g_strdup (account->username);
  uri = g_uri_parse (account->uri, G_URI_FLAGS_NONE, NULL);
  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "Oracle");
}

/**
 * weir_oracle_list_async:
 * @filter: (nullable): what the list is narrowed to, here: the server has no such parameters
 *
 * Reads the list to its end, without the shapes; for weir_walk_finish().
 */
void
weir_oracle_list_async (WeirProvider *provider,
                        const WeirListFilter *filter,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  weir_walk_async (provider, &walk_kind, NULL, filter, cancellable, callback, user_data);
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
  WeirHttpRequest *request = weir_request_new (
      provider, "GET", "/" WEIR_ORACLE_ROOT "?fields=" FIELDS "&limit=1&offset=0");

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
