/* weir-history-search.c: a query put to the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-reader.h"

/* A condition under construction: SQL with a "?" for each of the values. */
typedef struct
{
  GString *sql;
  GPtrArray *values;
} Condition;

/* @values: as many as @sql has "?" */
static void
add_condition (Condition *condition, const char *sql, const char *const *values, guint n_values)
{
  g_string_append (condition->sql, sql);
  for (guint i = 0; i < n_values; i++)
    g_ptr_array_add (condition->values, g_strdup (values[i]));
}

#define ACCOUNT_NAMED "account IN (SELECT number FROM accounts WHERE name = ? COLLATE folded)"

/* `sub:` takes ID and ACCOUNT/ID, and an ID may itself be SUBSCRIPTION/COLLECTION: so is what stands
 * for a subscription named where the provider lists none. */
static void
add_subscription (Condition *condition, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "/", 2);
  g_auto (GStrv) rest = parts[1] != NULL ? g_strsplit (parts[1], "/", 2) : NULL;

  add_condition (condition, "(subscription = ?", (const char *[]){ value }, 1);
  if (parts[1] != NULL)
    {
      add_condition (condition, " OR (subscription = ? AND collection = ?)",
                     (const char *[]){ parts[0], parts[1] }, 2);
      add_condition (condition, " OR (" ACCOUNT_NAMED " AND (subscription = ?",
                     (const char *[]){ parts[0], parts[1] }, 2);
      if (rest[1] != NULL)
        add_condition (condition, " OR (subscription = ? AND collection = ?)",
                       (const char *[]){ rest[0], rest[1] }, 2);
      g_string_append (condition->sql, "))");
    }
  g_string_append (condition->sql, ")");
}

static void
add_term (Condition *condition, const WeirQueryTerm *term)
{
  const char *values[] = { term->value, term->value };

  switch (term->field)
    {
    case WEIR_QUERY_ACCOUNT:
      add_condition (condition, ACCOUNT_NAMED, values, 1);
      break;
    case WEIR_QUERY_PROVIDER:
      add_condition (condition,
                     "account IN (SELECT number FROM accounts WHERE provider = ? COLLATE folded)",
                     values, 1);
      break;
    case WEIR_QUERY_KIND:
      add_condition (condition, "kind = ? COLLATE folded", values, 1);
      break;
    case WEIR_QUERY_COLLECTION:
      add_condition (condition, "collection = ? COLLATE folded", values, 1);
      break;
    case WEIR_QUERY_SUBSCRIPTION:
      add_subscription (condition, term->value);
      break;
    case WEIR_QUERY_WORD:
    default:
      add_condition (condition,
                     "(text_contains (?, kind, collection, record)"
                     " OR json_contains (?, raw, payload_start, payload_length))",
                     values, 2);
      break;
    }
}

/* Fields are joined by AND and the terms of one by OR, but each word must be found. */
static void
add_query (Condition *condition, WeirQuery *query)
{
  guint n_terms = 0;
  const WeirQueryTerm *terms = query != NULL ? weir_query_get_terms (query, &n_terms) : NULL;

  g_string_append (condition->sql, "TRUE");
  for (WeirQueryField field = WEIR_QUERY_ACCOUNT; field <= WEIR_QUERY_WORD; field++)
    {
      const char *joint = NULL;

      for (guint i = 0; i < n_terms; i++)
        {
          if (terms[i].field != field)
            continue;

          if (joint == NULL)
            g_string_append (condition->sql, " AND (");
          else
            g_string_append (condition->sql, joint);
          add_term (condition, &terms[i]);
          joint = field == WEIR_QUERY_WORD ? " AND " : " OR ";
        }

      if (joint != NULL)
        g_string_append (condition->sql, ")");
    }
}

/* @select: up to its WHERE and what it begins with; @order: what follows the condition */
static WeirStatement *
prepare_query (WeirDatabase *db,
               const char *select,
               WeirQuery *query,
               const char *order,
               GError **error)
{
  g_autoptr (GString) sql = g_string_new (select);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WeirStatement) statement = NULL;
  Condition condition = { sql, values };

  add_query (&condition, query);
  g_string_append (sql, order);

  statement = weir_database_prepare (db, error, sql->str, NULL);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < values->len; i++)
    {
      if (sqlite3_bind_text (statement, (int) i + 1, g_ptr_array_index (values, i), -1,
                             SQLITE_TRANSIENT)
          != SQLITE_OK)
        {
          g_set_error_literal (error, WEIR_SQLITE_ERROR, sqlite3_errcode (db), sqlite3_errmsg (db));
          return NULL;
        }
    }

  return g_steal_pointer (&statement);
}

static void
reverse (GArray *entries)
{
  WeirHistoryEntry *first = &g_array_index (entries, WeirHistoryEntry, 0);

  for (guint i = 0, j = entries->len; i + 1 < j; i++)
    {
      WeirHistoryEntry entry = first[i];

      j--;
      first[i] = first[j];
      first[j] = entry;
    }
}

static WeirHistoryIndex *
collect_index (WeirDatabase *db, WeirQuery *query, guint limit, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WeirHistoryEntry));
  g_autofree char *order =
      limit > 0 ? g_strdup_printf (" ORDER BY occurred DESC, id DESC LIMIT %u", limit)
                : g_strdup (" ORDER BY occurred, id");
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GHashTable) accounts = NULL;
  GError *local_error = NULL;

  /* This index has the order that is asked for, and all columns but those that words need. */
  statement = prepare_query (
      db, "SELECT occurred, id, account FROM events INDEXED BY events_by_time WHERE ", query, order,
      error);
  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      WeirHistoryEntry entry = {
        .time = weir_statement_get_int (statement, 0),
        .id = weir_statement_get_int (statement, 1),
        .group = (guint) weir_statement_get_int (statement, 2),
      };

      g_array_append_val (entries, entry);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  if (limit > 0 && entries->len > 0)
    reverse (entries);

  accounts = weir_history_reader_list_accounts (db, error);
  if (accounts == NULL)
    return NULL;

  return weir_history_index_new (g_steal_pointer (&entries), g_steal_pointer (&accounts));
}

/**
 * weir_history_reader_query:
 * @db: a connection
 * @query: (nullable): what to ask; %NULL for everything
 * @limit: the newest so many, 0 for all
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full): the answer, or %NULL
 */
WeirHistoryIndex *
weir_history_reader_query (WeirDatabase *db, WeirQuery *query, guint limit, GError **error)
{
  g_autoptr (WeirHistoryIndex) index = NULL;

  /* One transaction, so that every entry's account is among the accounts. */
  if (!weir_database_exec (db, "BEGIN", error))
    return NULL;

  index = collect_index (db, query, limit, error);
  weir_database_exec (db, "ROLLBACK", NULL);

  return g_steal_pointer (&index);
}

static gboolean
read_last_id (WeirDatabase *db, gint64 *last_id, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "SELECT coalesce(max(id), 0) FROM events", "");

  if (statement == NULL || !weir_statement_step (statement, error))
    return FALSE;
  *last_id = weir_statement_get_int (statement, 0);
  return TRUE;
}

static GArray *
collect_new (WeirDatabase *db, WeirQuery *query, gint64 *last_id, GError **error)
{
  g_autofree char *select = g_strdup_printf (
      "SELECT id FROM events NOT INDEXED WHERE id > %" G_GINT64_FORMAT " AND ", *last_id);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (WeirStatement) statement = NULL;
  GError *local_error = NULL;
  gint64 newest = 0;

  if (!read_last_id (db, &newest, error))
    return NULL;

  if (*last_id >= 0)
    {
      statement = prepare_query (db, select, query, " ORDER BY id", error);
      if (statement == NULL)
        return NULL;
      while (weir_statement_step (statement, &local_error))
        {
          gint64 id = weir_statement_get_int (statement, 0);

          g_array_append_val (ids, id);
        }
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  *last_id = MAX (*last_id, newest);
  return g_steal_pointer (&ids);
}

/**
 * weir_history_reader_list_new:
 * @db: a connection
 * @query: (nullable): what to ask; %NULL for everything
 * @last_id: (inout): row id of the newest event that was there before; negative: only sets it
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type gint64): row ids in the order of arrival, or %NULL
 */
GArray *
weir_history_reader_list_new (WeirDatabase *db, WeirQuery *query, gint64 *last_id, GError **error)
{
  g_autoptr (GArray) ids = NULL;

  /* One transaction, so that nothing comes between the events and the newest of them. */
  if (!weir_database_exec (db, "BEGIN", error))
    return NULL;

  ids = collect_new (db, query, last_id, error);
  weir_database_exec (db, "ROLLBACK", NULL);

  return g_steal_pointer (&ids);
}
