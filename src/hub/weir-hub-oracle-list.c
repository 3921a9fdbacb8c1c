/* weir-hub-oracle-list.c: event subscriptions as they are sent, one or a page of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

/* api/sequin-and-oracle.md §B6 */
#define DEFAULT_LIMIT 1000
#define MAX_LIMIT 20000

typedef struct
{
  char *field;
  gboolean descending;
} Order;

typedef struct
{
  char **fields; /* NULL: the short form */
  GArray *orders;
  guint64 limit;
  guint64 offset;
  gboolean total;
} Wish;

static void
clear_order (gpointer data)
{
  g_free (((Order *) data)->field);
}

static void
clear_wish (Wish *wish)
{
  g_strfreev (wish->fields);
  g_array_unref (wish->orders);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, clear_wish)

static const char *
get_version (WeirHubContext *context)
{
  return strstr (context->path, "/connect/v1.4/") != NULL ? "v1.4" : "latest";
}

static char *
dup_item_href (WeirHubContext *context, const char *id)
{
  g_autofree char *rest = g_strdup_printf ("/%s/eventSubscriptions%s%s", get_version (context),
                                           id != NULL ? "/" : "", id != NULL ? id : "");

  return weir_hub_oracle_dup_href (context, rest);
}

static void
write_link (WeirJsonWriter *writer, const char *rel, const char *href, const char *media_type)
{
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "rel", rel);
  weir_json_writer_add_string (writer, "href", href);
  if (media_type != NULL)
    weir_json_writer_add_string (writer, "mediaType", media_type);
  weir_json_writer_end_object (writer);
}

static void
write_described_by (WeirHubContext *context, WeirJsonWriter *writer)
{
  g_autofree char *rest =
      g_strdup_printf ("/%s/metadata-catalog/eventSubscriptions", get_version (context));
  g_autofree char *href = weir_hub_oracle_dup_href (context, rest);

  write_link (writer, "describedby", href, "application/schema+json");
}

/* "status.lookupName" of several such fields makes one object. */
static void
write_parts (WeirJsonWriter *writer, const char *name, WeirJson value, const char *const *fields)
{
  gsize length = strlen (name);
  gboolean begun = FALSE;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (strncmp (fields[i], name, length) != 0 || fields[i][length] != '.')
        continue;
      if (!begun)
        weir_json_writer_begin_object (writer, name);
      begun = TRUE;
      weir_json_writer_add_raw (writer, fields[i] + length + 1,
                                weir_json_get (value, fields[i] + length + 1));
    }
  if (begun)
    weir_json_writer_end_object (writer);
}

static void
write_members (WeirJsonWriter *writer, WeirJson subscription, const char *const *fields)
{
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_iter_init (&iter, subscription);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (fields == NULL || g_strv_contains (fields, name))
        weir_json_writer_add_raw (writer, name, value);
      else
        write_parts (writer, name, value, fields);
    }
}

static gboolean
parse_number (WeirHubContext *context,
              const char *name,
              guint64 least,
              guint64 most,
              guint64 *number,
              WeirHubOracleError *error)
{
  const char *text = weir_hub_context_get_query (context, name);

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, least, most, number, NULL))
    return TRUE;
  weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_PARAMETER,
                             "%s must be a whole number from %" G_GUINT64_FORMAT
                             " to %" G_GUINT64_FORMAT,
                             name, least, most);
  return FALSE;
}

static gboolean
parse_orders (WeirHubContext *context, Wish *wish, WeirHubOracleError *error)
{
  const char *text = weir_hub_context_get_query (context, "orderBy");
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (g_strstrip (parts[i]), ':');
      Order order = { NULL, colon != NULL && g_ascii_strcasecmp (colon, ":desc") == 0 };

      if (colon != NULL && !order.descending && g_ascii_strcasecmp (colon, ":asc") != 0)
        {
          weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_PARAMETER,
                                     "orderBy: a direction is asc or desc");
          return FALSE;
        }
      if (colon != NULL)
        *colon = '\0';
      if (!weir_hub_oracle_is_field (parts[i]) || strchr (parts[i], '.') != NULL)
        {
          weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_PARAMETER,
                                     "orderBy: no such attribute: “%s”", parts[i]);
          return FALSE;
        }
      order.field = g_strdup (parts[i]);
      g_array_append_val (wish->orders, order);
    }
  return TRUE;
}

static gboolean
parse_wish (WeirHubContext *context, Wish *wish, WeirHubOracleError *error)
{
  const char *total = weir_hub_context_get_query (context, "totalResults");

  wish->fields = weir_hub_oracle_parse_fields (context, FALSE, error);
  if (error->code != 0 || !parse_number (context, "limit", 1, MAX_LIMIT, &wish->limit, error)
      || !parse_number (context, "offset", 0, G_MAXINT32, &wish->offset, error)
      || !parse_orders (context, wish, error))
    return FALSE;
  wish->total = g_strcmp0 (total, "true") == 0;
  if (total == NULL || wish->total || strcmp (total, "false") == 0)
    return TRUE;
  weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_PARAMETER,
                             "totalResults must be true or false");
  return FALSE;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WeirHubDocument *one = *(WeirHubDocument *const *) a;
  WeirHubDocument *other = *(WeirHubDocument *const *) b;
  GArray *orders = user_data;

  for (guint i = 0; i < orders->len; i++)
    {
      const Order *order = &g_array_index (orders, Order, i);
      int result = weir_hub_oracle_compare (weir_json_get (one->json, order->field),
                                            weir_json_get (other->json, order->field));

      if (result != 0)
        return order->descending ? -result : result;
    }
  return one->sequence < other->sequence ? -1 : one->sequence > other->sequence;
}

static GPtrArray *
find_items (WeirHubOracle *self, WeirHubContext *context, Wish *wish, WeirHubOracleError *error)
{
  const char *condition = weir_hub_context_get_query (context, "q");
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_ORACLE_SUBSCRIPTION);
  g_autoptr (GPtrArray) items = NULL;
  gboolean matches = TRUE;

  /* a condition is wrong also where nothing is there to be tried */
  if (condition != NULL
      && !weir_hub_oracle_roql_match (condition, (WeirJson){ NULL, 0 }, &matches, error))
    return NULL;
  weir_hub_query_set_ascending (query, TRUE);
  items = weir_hub_store_list (self->store, query);
  for (guint i = items->len; condition != NULL && i > 0; i--)
    {
      WeirHubDocument *item = items->pdata[i - 1];

      if (!weir_hub_oracle_roql_match (condition, item->json, &matches, error))
        return NULL;
      if (!matches)
        g_ptr_array_remove_index (items, i - 1);
    }
  g_ptr_array_sort_with_data (items, compare_items, wish->orders);
  return g_steal_pointer (&items);
}

/* The same list from another place on; what else was asked for stays. */
static char *
dup_page_href (WeirHubContext *context, guint64 offset)
{
  g_autofree char *list = dup_item_href (context, NULL);
  g_autoptr (GList) names = g_hash_table_get_keys (context->query);
  GString *href = g_string_new (list);

  names = g_list_sort (names, (GCompareFunc) strcmp);
  g_string_append_printf (href, "?offset=%" G_GUINT64_FORMAT, offset);
  for (GList *link = names; link != NULL; link = link->next)
    {
      g_autofree char *name = g_uri_escape_string (link->data, NULL, FALSE);
      g_autofree char *value =
          g_uri_escape_string (g_hash_table_lookup (context->query, link->data), NULL, FALSE);

      if (strcmp (link->data, "offset") != 0)
        g_string_append_printf (href, "&%s=%s", name, value);
    }
  return g_string_free (href, FALSE);
}

static void
write_page_link (WeirHubContext *context, WeirJsonWriter *writer, const char *rel, guint64 offset)
{
  g_autofree char *href = dup_page_href (context, offset);

  write_link (writer, rel, href, NULL);
}

static void
write_list_links (WeirHubContext *context, WeirJsonWriter *writer, const Wish *wish, gboolean more)
{
  g_autofree char *href = dup_item_href (context, NULL);

  weir_json_writer_begin_array (writer, "links");
  write_page_link (context, writer, "self", wish->offset);
  write_link (writer, "canonical", href, NULL);
  write_described_by (context, writer);
  if (more)
    write_page_link (context, writer, "next", wish->offset + wish->limit);
  if (wish->offset > 0)
    write_page_link (context, writer, "prev", wish->offset - MIN (wish->offset, wish->limit));
  weir_json_writer_end_array (writer);
}

static void
write_item (WeirHubContext *context, WeirJsonWriter *writer, WeirHubDocument *item, Wish *wish)
{
  static const char *const short_form[] = { "id", "lookupName", "createdTime", "updatedTime",
                                            NULL };
  g_autofree char *href = dup_item_href (context, item->id);

  weir_json_writer_begin_object (writer, NULL);
  write_members (writer, item->json,
                 wish->fields != NULL ? (const char *const *) wish->fields : short_form);
  weir_json_writer_begin_array (writer, "links");
  write_link (writer, "canonical", href, NULL);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
}

/**
 * weir_hub_oracle_parse_fields:
 * @context: a request
 * @dotted: whether attributes of attributes may be asked for, as of single resources (§B6)
 * @error: set if there is no such attribute
 *
 * Returns: (transfer full) (nullable): the attributes that are asked for, and always the id and
 *   the lookupName; %NULL for all, or on error
 */
char **
weir_hub_oracle_parse_fields (WeirHubContext *context, gboolean dotted, WeirHubOracleError *error)
{
  const char *text = weir_hub_context_get_query (context, "fields");
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (text == NULL)
    return NULL;
  parts = g_strsplit (text, ",", -1);
  builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, "id", "lookupName", NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *name = g_strstrip (parts[i]);

      if (!weir_hub_oracle_is_field (name) || (!dotted && strchr (name, '.') != NULL))
        {
          weir_hub_oracle_error_set (error, WEIR_HUB_ORACLE_BAD_PARAMETER,
                                     "fields: no such attribute: “%s”", name);
          return NULL;
        }
      g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

/**
 * weir_hub_oracle_write_subscription:
 * @context: a request
 * @writer: at the root
 * @subscription: a subscription
 * @fields: (nullable): what is asked for; %NULL for all
 *
 * The object of the reference page. It has no null members, so that the header
 * "prefer: exclude-null-properties" leaves it as it is.
 */
void
weir_hub_oracle_write_subscription (WeirHubContext *context,
                                    WeirJsonWriter *writer,
                                    WeirHubDocument *subscription,
                                    const char *const *fields)
{
  g_autofree char *href = dup_item_href (context, subscription->id);

  weir_json_writer_begin_object (writer, NULL);
  write_members (writer, subscription->json, fields);
  weir_json_writer_begin_array (writer, "links");
  write_link (writer, "self", href, NULL);
  write_link (writer, "canonical", href, NULL);
  write_described_by (context, writer);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
}

/**
 * weir_hub_oracle_reply_list:
 * @self: the face
 * @context: GET of the collection
 */
void
weir_hub_oracle_reply_list (WeirHubOracle *self, WeirHubContext *context)
{
  g_auto (WeirHubOracleError) error = { 0 };
  g_auto (Wish) wish = { .limit = DEFAULT_LIMIT };
  g_autoptr (GPtrArray) items = NULL;
  WeirJsonWriter *writer;
  guint64 end;

  wish.orders = g_array_new (FALSE, FALSE, sizeof (Order));
  g_array_set_clear_func (wish.orders, clear_order);
  if (parse_wish (context, &wish, &error))
    items = find_items (self, context, &wish, &error);
  if (items == NULL)
    {
      weir_hub_oracle_refuse (context, error.code, error.detail);
      return;
    }
  end = MIN (wish.offset + wish.limit, items->len);
  writer = weir_hub_json_begin ();
  weir_json_writer_begin_array (writer, "items");
  for (guint64 i = wish.offset; i < end; i++)
    write_item (context, writer, items->pdata[i], &wish);
  weir_json_writer_end_array (writer);
  weir_json_writer_add_boolean (writer, "hasMore", end < items->len);
  if (wish.total)
    weir_json_writer_add_int (writer, "totalResults", items->len);
  write_list_links (context, writer, &wish, end < items->len);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}
