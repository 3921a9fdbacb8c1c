/* weir-hub-query.c: lists of elements, filtered and by pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include <string.h>

#include "weir-hub-store-private.h"

struct _WeirHubQuery
{
  char *type;
  GString *where;
  GPtrArray *values; /* bound to the question marks of `where`, in order */
  gint64 from, to, after;
  guint limit;
  gsize max_size; /* bytes; 0: any */
  gboolean cut;
  gboolean ascending;
};

/* Names of members come from the code, never from a request; still, they become SQL. */
static void
add_condition (WeirHubQuery *self, const char *member, const char *condition)
{
  g_assert (strspn (member, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._")
            == strlen (member));

  g_string_append_printf (self->where, " AND json_extract (body, '$.%s') %s", member, condition);
}

static char *
escape_like (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '%' || *c == '_' || *c == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  return g_string_free (g_string_append_c (pattern, '%'), FALSE);
}

/**
 * weir_hub_query_new:
 * @type: type of the elements
 *
 * Returns: (transfer full): a question for all elements of the type, newest first
 */
WeirHubQuery *
weir_hub_query_new (const char *type)
{
  WeirHubQuery *self = g_new0 (WeirHubQuery, 1);

  self->type = g_strdup (type);
  self->where = g_string_new (NULL);
  self->values = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->values, g_strdup (type));
  return self;
}

/**
 * weir_hub_query_free:
 * @self: (transfer full): a query
 */
void
weir_hub_query_free (WeirHubQuery *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->type);
  g_string_free (self->where, TRUE);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * weir_hub_query_add_equal:
 * @self: a query
 * @member: name of a member, or a path with dots
 * @value: (nullable): the string it must be; %NULL asks for nothing
 */
void
weir_hub_query_add_equal (WeirHubQuery *self, const char *member, const char *value)
{
  g_return_if_fail (self != NULL);

  if (value == NULL)
    return;
  add_condition (self, member, "= ?");
  g_ptr_array_add (self->values, g_strdup (value));
}

/**
 * weir_hub_query_add_absent:
 * @self: a query
 * @member: a member that must be absent, null or false
 */
void
weir_hub_query_add_absent (WeirHubQuery *self, const char *member)
{
  g_return_if_fail (self != NULL);

  /* false is 0 in SQLite's eyes */
  g_string_append_printf (self->where, " AND ifnull (json_extract (body, '$.%s'), 0) = 0", member);
}

/**
 * weir_hub_query_add_present:
 * @self: a query
 * @member: a member that must be there, and be neither null nor false
 */
void
weir_hub_query_add_present (WeirHubQuery *self, const char *member)
{
  g_return_if_fail (self != NULL);

  add_condition (self, member, "IS NOT NULL");
  add_condition (self, member, "IS NOT 0");
}

/**
 * weir_hub_query_set_search:
 * @self: a query
 * @text: (nullable): words to look for in name and key, whatever their case
 */
void
weir_hub_query_set_search (WeirHubQuery *self, const char *text)
{
  g_return_if_fail (self != NULL);

  if (text == NULL)
    return;
  g_string_append (self->where, " AND (json_extract (body, '$.name') LIKE ? ESCAPE '\\'"
                                " OR json_extract (body, '$.key') LIKE ? ESCAPE '\\')");
  g_ptr_array_add (self->values, escape_like (text));
  g_ptr_array_add (self->values, escape_like (text));
}

/**
 * weir_hub_query_set_time:
 * @self: a query
 * @from: µs, elements made then or later; 0 = open
 * @to: µs, elements made then or earlier; 0 = open
 */
void
weir_hub_query_set_time (WeirHubQuery *self, gint64 from, gint64 to)
{
  g_return_if_fail (self != NULL);

  self->from = from;
  self->to = to;
}

/**
 * weir_hub_query_set_after:
 * @self: a query
 * @sequence: the last element of the page before; 0 for the first page
 */
void
weir_hub_query_set_after (WeirHubQuery *self, gint64 sequence)
{
  g_return_if_fail (self != NULL);

  self->after = sequence;
}

/**
 * weir_hub_query_set_ascending:
 * @self: a query
 * @ascending: whether the oldest comes first
 */
void
weir_hub_query_set_ascending (WeirHubQuery *self, gboolean ascending)
{
  g_return_if_fail (self != NULL);

  self->ascending = ascending;
}

/**
 * weir_hub_query_set_limit:
 * @self: a query
 * @limit: number of elements at most; 0 for all
 */
void
weir_hub_query_set_limit (WeirHubQuery *self, guint limit)
{
  g_return_if_fail (self != NULL);

  self->limit = limit;
}

/**
 * weir_hub_query_set_max_size:
 * @self: a query
 * @bytes: how large the documents may be together; 0 for any size
 *
 * The one that goes beyond is the last one.
 */
void
weir_hub_query_set_max_size (WeirHubQuery *self, gsize bytes)
{
  g_return_if_fail (self != NULL);

  self->max_size = bytes;
}

/**
 * weir_hub_query_was_cut:
 * @self: a query that was asked
 *
 * Returns: whether it ended early because of the documents' size, and there may be more
 */
gboolean
weir_hub_query_was_cut (WeirHubQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->cut;
}

/**
 * weir_hub_store_list:
 * @self: a store
 * @query: what is asked
 *
 * Returns: (transfer full) (element-type WeirHubDocument): the elements
 */
GPtrArray *
weir_hub_store_list (WeirHubStore *self, WeirHubQuery *query)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_hub_document_unref);
  g_autoptr (GString) sql = g_string_new ("SELECT sequence, id, body FROM element WHERE type = ?");
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), documents);
  g_return_val_if_fail (query != NULL, documents);

  if (query->after > 0)
    g_string_append_printf (sql, " AND sequence %c %" G_GINT64_FORMAT, query->ascending ? '>' : '<',
                            query->after);
  if (query->from != 0)
    g_string_append_printf (sql, " AND time >= %" G_GINT64_FORMAT, query->from);
  if (query->to != 0)
    g_string_append_printf (sql, " AND time <= %" G_GINT64_FORMAT, query->to);
  /* after what is told without opening the document */
  g_string_append (sql, query->where->str);
  g_string_append (sql, query->ascending ? " ORDER BY sequence" : " ORDER BY sequence DESC");
  if (query->limit != 0)
    g_string_append_printf (sql, " LIMIT %u", query->limit);

  statement = weir_hub_store_prepare (self, sql->str, query->values, &error);
  query->cut = FALSE;
  while (statement != NULL && !query->cut && weir_statement_step (statement, &error))
    {
      g_autofree char *id = weir_statement_dup_text (statement, 1);

      size += (gsize) sqlite3_column_bytes (statement, 2);
      query->cut = query->max_size != 0 && size > query->max_size;
      g_ptr_array_add (documents, weir_hub_document_new (weir_statement_get_int (statement, 0), id,
                                                         weir_statement_dup_text (statement, 2)));
    }
  if (error != NULL)
    g_warning ("Could not list %s: %s", query->type, error->message);
  return documents;
}

/**
 * weir_hub_store_find:
 * @self: a store
 * @query: what is asked
 *
 * Returns: (transfer full) (nullable): the first of weir_hub_store_list()
 */
WeirHubDocument *
weir_hub_store_find (WeirHubStore *self, WeirHubQuery *query)
{
  g_autoptr (GPtrArray) documents = NULL;

  weir_hub_query_set_limit (query, 1);
  documents = weir_hub_store_list (self, query);
  return documents->len > 0 ? weir_hub_document_ref (documents->pdata[0]) : NULL;
}
