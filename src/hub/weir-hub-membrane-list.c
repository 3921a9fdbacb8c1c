/* weir-hub-membrane-list.c: lists and single elements, seen with the caller's eyes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-time.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 1000
#define MAX_SIZE (10u * 1024u * 1024u) /* the published limit of an answer is 30 MB (§5) */

static gboolean
parse_boolean (const char *text)
{
  return text != NULL && strcmp (text, "0") != 0 && g_ascii_strcasecmp (text, "false") != 0;
}

static gboolean
parse_time (WeirHubContext *context, const char *name, gint64 *time)
{
  const char *text = weir_hub_context_get_query (context, name);
  g_autofree char *message = NULL;

  *time = 0;
  if (text == NULL || weir_time_parse (text, time))
    return TRUE;
  message = g_strdup_printf ("“%s” is not a time", name);
  weir_hub_membrane_refuse_request (context, message);
  return FALSE;
}

/* limit 1 to 1000; the cursor is the sequence of the last element, 0 being the first page (§3). */
static gboolean
read_paging (WeirHubContext *context, guint *limit, gint64 *after)
{
  const char *limit_text = weir_hub_context_get_query (context, "limit");
  const char *cursor = weir_hub_context_get_query (context, "cursor");
  guint64 number = DEFAULT_LIMIT;

  if (limit_text != NULL
      && !g_ascii_string_to_unsigned (limit_text, 10, 1, MAX_LIMIT, &number, NULL))
    {
      weir_hub_membrane_refuse_request (context, "limit must be a whole number from 1 to 1000");
      return FALSE;
    }
  *limit = (guint) number;
  *after = 0;
  if (cursor != NULL && !g_ascii_string_to_signed (cursor, 10, 0, G_MAXINT64, after, NULL))
    {
      weir_hub_membrane_refuse_request (context, "The cursor is not one of this list");
      return FALSE;
    }
  return TRUE;
}

/* tenantId and its older name userId: the customer's id, or its key. */
static char *
find_tenant (WeirHubMembrane *self, WeirHubContext *context)
{
  const char *wanted = weir_hub_context_get_query (context, "tenantId");
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_CUSTOMER);
  g_autoptr (WeirHubDocument) customer = NULL;

  if (wanted == NULL)
    wanted = weir_hub_context_get_query (context, "userId");
  if (wanted == NULL)
    return NULL;
  weir_hub_query_add_equal (query, "internalId", wanted);
  customer = weir_hub_store_find (self->store, query);
  return g_strdup (customer != NULL ? customer->id : wanted);
}

static const char *
get_tenant_member (const char *type)
{
  if (strcmp (type, WEIR_HUB_CUSTOMER) == 0)
    return "id";
  if (strcmp (type, WEIR_HUB_INTEGRATION) == 0 || strcmp (type, WEIR_HUB_APP_EVENT_TYPE) == 0)
    return NULL; /* the workspace's */
  return "userId";
}

static void
add_boolean (WeirHubQuery *query, WeirHubContext *context, const char *name)
{
  const char *text = weir_hub_context_get_query (context, name);

  if (text == NULL)
    return;
  if (parse_boolean (text))
    weir_hub_query_add_present (query, name);
  else
    weir_hub_query_add_absent (query, name);
}

/**
 * weir_hub_membrane_list:
 * @self: the face
 * @context: the request
 * @type: type of the elements
 * @filters: the query parameters that name an exact value
 *
 * Answers with {"items", "cursor"?}, newest first (api/membrane.md §3).
 */
void
weir_hub_membrane_list (WeirHubMembrane *self,
                        WeirHubContext *context,
                        const char *type,
                        const WeirHubFilter *filters)
{
  static const char *const booleans[] = { "connected", "disconnected", "isTest", "isSubscribed",
                                          "isActive" };
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (type);
  g_autoptr (WeirHubExpander) expander = weir_hub_expander_new (self);
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree char *tenant = find_tenant (self, context);
  const char *tenant_member = get_tenant_member (type);
  WeirJsonWriter *writer;
  guint limit, n_items;
  gint64 after, from, to;

  if (!read_paging (context, &limit, &after) || !parse_time (context, "from", &from)
      || !parse_time (context, "to", &to))
    return;
  if (tenant_member != NULL)
    {
      weir_hub_query_add_equal (query, tenant_member, tenant);
      weir_hub_query_add_equal (query, tenant_member, context->tenant);
    }
  for (const WeirHubFilter *filter = filters; filter->query != NULL; filter++)
    weir_hub_query_add_equal (query, filter->member,
                              weir_hub_context_get_query (context, filter->query));
  for (guint i = 0; i < G_N_ELEMENTS (booleans); i++)
    add_boolean (query, context, booleans[i]);
  if (!parse_boolean (weir_hub_context_get_query (context, "includeArchived")))
    weir_hub_query_add_absent (query, "archivedAt");
  weir_hub_query_set_search (query, weir_hub_context_get_query (context, "search"));
  weir_hub_query_set_time (query, from, to);
  weir_hub_query_set_after (query, after);
  weir_hub_query_set_limit (query, limit + 1);
  weir_hub_query_set_max_size (query, MAX_SIZE);
  documents = weir_hub_store_list (self->store, query);
  n_items = MIN (documents->len, limit);

  writer = weir_hub_json_begin ();

  weir_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < n_items; i++)
    weir_hub_expander_write (expander, writer, type, documents->pdata[i]);
  weir_json_writer_end_array (writer);
  if (documents->len > limit || weir_hub_query_was_cut (query))
    {
      WeirHubDocument *last = documents->pdata[n_items - 1];
      g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, last->sequence);

      weir_json_writer_add_string (writer, "cursor", cursor);
    }
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

/**
 * weir_hub_membrane_get:
 * @self: the face
 * @context: the request
 * @type: type of the element
 * @id: its id, or its key where elements of the type have one
 *
 * Returns: (transfer full) (nullable): the element; %NULL after having answered 404, which is also
 *   what a tenant gets for another's
 */
WeirHubDocument *
weir_hub_membrane_get (WeirHubMembrane *self,
                       WeirHubContext *context,
                       const char *type,
                       const char *id)
{
  g_autoptr (WeirHubDocument) document = weir_hub_store_get (self->store, type, id);
  const char *tenant_member = get_tenant_member (type);
  g_autofree char *owner = NULL;

  if (document == NULL && id != NULL)
    {
      g_autoptr (WeirHubQuery) query = weir_hub_query_new (type);

      weir_hub_query_add_equal (query, "key", id);
      weir_hub_query_add_equal (query, "userId", tenant_member != NULL ? context->tenant : NULL);
      weir_hub_query_add_absent (query, "archivedAt");
      document = weir_hub_store_find (self->store, query);
    }
  if (document != NULL && context->tenant != NULL && tenant_member != NULL)
    owner = weir_hub_document_dup_string (document, tenant_member);
  if (document == NULL || (owner != NULL && strcmp (owner, context->tenant) != 0))
    {
      g_autofree char *what = g_strdup_printf ("%s “%s”", type, id != NULL ? id : "");

      weir_hub_membrane_refuse_not_found (context, what);
      return NULL;
    }
  return g_steal_pointer (&document);
}

/**
 * weir_hub_membrane_reply_element:
 * @self: the face
 * @context: the request
 * @type: type of the element
 * @id: its id
 *
 * Answers with the element as it is now, or with 500 if what this request wrote is not kept.
 */
void
weir_hub_membrane_reply_element (WeirHubMembrane *self,
                                 WeirHubContext *context,
                                 const char *type,
                                 const char *id)
{
  g_autoptr (WeirHubDocument) document = weir_hub_store_get (self->store, type, id);
  g_autoptr (WeirHubExpander) expander = weir_hub_expander_new (self);
  g_autofree char *lost = weir_hub_store_steal_lost (self->store);
  WeirJsonWriter *writer;

  if (lost != NULL)
    {
      weir_hub_membrane_refuse (context, SOUP_STATUS_INTERNAL_SERVER_ERROR, "internal", NULL, lost);
      return;
    }
  if (document == NULL)
    {
      weir_hub_membrane_refuse_not_found (context, type);
      return;
    }
  writer = weir_json_writer_new ();
  weir_hub_expander_write (expander, writer, type, document);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

/**
 * weir_hub_membrane_reply_one:
 * @self: the face
 * @context: a request whose path names an element
 * @type: type of the element
 *
 * Answers with the element, or 404.
 */
void
weir_hub_membrane_reply_one (WeirHubMembrane *self, WeirHubContext *context, const char *type)
{
  g_autoptr (WeirHubDocument) document =
      weir_hub_membrane_get (self, context, type, context->ids[0]);

  if (document != NULL)
    weir_hub_membrane_reply_element (self, context, type, document->id);
}
