/* weir-query-values.c: which values a field has, and how often
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-query-values.h"

#include "weir-query-edit.h"

#include <string.h>

/* Of a sample: events, steps of a path, paths, values at one, bytes of a value. */
#define MAX_EVENTS 200
#define MAX_DEPTH 6
#define MAX_PATHS 500
#define MAX_VALUES 50
#define MAX_LENGTH 80
/* A payload may be megabytes: so many members of it are looked at. */
#define MAX_LOOKS 400

typedef struct
{
  WeirHistory *history;
  char *text;              /* (nullable) of a sample */
  WeirHistoryIndex *index; /* (nullable) */
  char **fields;
} Ask;

/* An answer, and what it is made of. */
typedef struct
{
  WeirHistoryIndex *index;
  GArray *facets; /* WeirFacetCount */
} Counted;

static const char *const FIELDS[] = {
  "account", "provider", "kind",       "collection", "status", "sub",
  "tenant",  "stream",   "connection", "is",         NULL,
};

static void
ask_free (Ask *self)
{
  g_object_unref (self->history);
  g_clear_object (&self->index);
  g_free (self->text);
  g_strfreev (self->fields);
  g_free (self);
}

static void
counted_free (Counted *self)
{
  g_object_unref (self->index);
  g_array_unref (self->facets);
  g_free (self);
}

static void
value_free (WeirQueryValue *self)
{
  g_free (self->value);
  g_free (self);
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const WeirQueryValue *one = *(WeirQueryValue *const *) a;
  const WeirQueryValue *other = *(WeirQueryValue *const *) b;

  if (one->count != other->count)
    return one->count > other->count ? -1 : 1;

  return g_utf8_collate (one->value, other->value);
}

/* A value that is none has nothing to ask for. */
static void
add_count (GHashTable *counts, const char *value, guint count)
{
  gpointer known;

  if (value == NULL || value[0] == '\0' || count == 0)
    return;

  known = g_hash_table_lookup (counts, value);
  if (known == NULL)
    g_hash_table_insert (counts, g_strdup (value), GUINT_TO_POINTER (count));
  else
    g_hash_table_replace (counts, g_strdup (value),
                          GUINT_TO_POINTER (GPOINTER_TO_UINT (known) + count));
}

static GPtrArray *
sort_counts (GHashTable *counts)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);
  GHashTableIter iter;
  gpointer value;
  gpointer count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &value, &count))
    {
      WeirQueryValue *item = g_new0 (WeirQueryValue, 1);

      item->value = g_strdup (value);
      item->count = GPOINTER_TO_UINT (count);
      g_ptr_array_add (values, item);
    }
  g_ptr_array_sort (values, compare_values);

  return values;
}

static GHashTable *
create_counts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GHashTable *
create_answer (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) g_ptr_array_unref);
}

static void
add_facet (GHashTable *counts,
           const char *field,
           WeirHistoryIndex *index,
           const WeirFacetCount *item)
{
  const WeirFacet *facet = item->facet;
  guint count = item->count;
  WeirAccount *account = weir_history_index_get_account (index, facet->account_number);
  const struct
  {
    const char *field;
    const char *value;
  } plain[] = {
    { "account", account != NULL ? account->name : NULL },
    { "provider", facet->account->provider },
    { "kind", facet->kind },
    { "collection", facet->collection },
    { "status", facet->status },
    { "sub", facet->subscription },
    { "tenant", facet->tenant },
    { "stream", facet->stream },
    { "connection", facet->connection },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      if (g_str_equal (field, plain[i].field))
        add_count (counts, plain[i].value, count);
    }
  if (g_str_equal (field, "is"))
    {
      add_count (counts, "late", facet->flags & WEIR_FACET_LATE ? count : 0);
      add_count (counts, "unreadable", facet->flags & WEIR_FACET_UNREADABLE ? count : 0);
      add_count (counts, "error", g_strcmp0 (facet->status, "error") == 0 ? count : 0);
    }
}

/* The answer to a text, which is the one we have already if it is the same text. */
static WeirHistoryIndex *
ask (Ask *self, const char *text, GError **error)
{
  g_autoptr (WeirQuery) query = NULL;

  if (self->index != NULL && g_str_equal (text, self->text))
    return g_object_ref (self->index);

  query = weir_query_new (text, error);
  return query != NULL ? weir_history_query (self->history, query, 0, error) : NULL;
}

static Counted *
count_facets (Ask *self, const char *text, GError **error)
{
  WeirHistoryIndex *index = ask (self, text, error);
  Counted *counted;

  if (index == NULL)
    return NULL;

  counted = g_new0 (Counted, 1);
  counted->index = index;
  counted->facets =
      weir_history_index_count_facets (index, 0, weir_history_index_get_length (index));

  return counted;
}

static void
count_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Ask *self = task_data;
  g_autoptr (GHashTable) answer = create_answer ();
  g_autoptr (GHashTable) known = /* text → Counted */
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) counted_free);

  for (guint i = 0; self->fields[i] != NULL; i++)
    {
      g_autofree char *text = weir_query_edit_remove_field (self->text, self->fields[i]);
      g_autoptr (GHashTable) counts = create_counts ();
      Counted *counted = g_hash_table_lookup (known, text);
      GError *error = NULL;

      if (g_task_return_error_if_cancelled (task))
        return;
      if (counted == NULL)
        {
          counted = count_facets (self, text, &error);
          if (counted == NULL)
            {
              g_task_return_error (task, error);
              return;
            }
          g_hash_table_insert (known, g_steal_pointer (&text), counted);
        }
      for (guint j = 0; j < counted->facets->len; j++)
        add_facet (counts, self->fields[i], counted->index,
                   &g_array_index (counted->facets, WeirFacetCount, j));
      g_hash_table_insert (answer, g_strdup (self->fields[i]), sort_counts (counts));
    }

  g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_hash_table_unref);
}

static gboolean
is_step (const char *name)
{
  for (const char *at = name; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && *at != '_' && *at != '-' && (guchar) *at < 0x80)
        return FALSE;
    }

  return name[0] != '\0';
}

static void
add_members (GHashTable *paths, const char *path, WeirJson container, guint depth, guint *n_looks)
{
  gboolean is_array = weir_json_get_type (container) == WEIR_JSON_ARRAY;
  WeirJsonIter iter;
  WeirJson key;
  WeirJson value;

  weir_json_iter_init (&iter, container);
  while (*n_looks < MAX_LOOKS && weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = is_array ? NULL : weir_json_dup_string (key);
      g_autofree char *text = NULL;
      g_autofree char *step = NULL;
      WeirJsonType type = weir_json_get_type (value);
      GHashTable *values;

      *n_looks += 1;
      if (!is_array && !is_step (name))
        continue;

      step = is_array ? g_strconcat (path, "[*]", NULL) : g_strconcat (path, ".", name, NULL);
      if (type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY)
        {
          if (depth < MAX_DEPTH)
            add_members (paths, step, value, depth + 1, n_looks);
          continue;
        }

      values = g_hash_table_lookup (paths, step);
      if (values == NULL)
        {
          if (g_hash_table_size (paths) >= MAX_PATHS)
            continue;
          values = create_counts ();
          g_hash_table_insert (paths, g_steal_pointer (&step), values);
        }
      text = value.length <= MAX_LENGTH ? weir_json_dup_text (value) : NULL;
      if (text != NULL && strpbrk (text, "\n\r") == NULL
          && (g_hash_table_size (values) < MAX_VALUES || g_hash_table_contains (values, text)))
        add_count (values, text, 1);
    }
}

static void
sample_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Ask *self = task_data;
  guint length = weir_history_index_get_length (self->index);
  guint n = MIN (length, MAX_EVENTS);
  g_autoptr (GHashTable) paths =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  g_autoptr (GHashTable) answer = create_answer ();
  g_autofree gint64 *ids = g_new (gint64, n + 1);
  g_autoptr (GPtrArray) events = NULL;
  GHashTableIter iter;
  GError *error = NULL;
  gpointer path;
  gpointer values;

  for (guint i = 0; i < n; i++)
    ids[i] = weir_history_index_get_id (self->index, length - 1 - i);
  events = weir_history_load (self->history, ids, n, &error);
  if (events == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < events->len; i++)
    weir_query_values_add_payload (paths, ((WeirEvent *) events->pdata[i])->payload);
  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &path, &values))
    g_hash_table_insert (answer, g_strdup (path), sort_counts (values));

  g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_hash_table_unref);
}

/* The first account's record that has the id. */
static WeirRecord *
find_record (WeirMonitor *monitor, WeirRecordKind kind, const char *id)
{
  WeirAccountStore *store = weir_monitor_get_store (monitor);
  WeirRecord *found = NULL;

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      found = weir_record_set_find (weir_monitor_get_records (monitor, kind), account, id);
    }

  return found;
}

/**
 * weir_query_values_list_fields:
 *
 * Returns: (transfer none): the fields that can be counted, %NULL-terminated
 */
const char *const *
weir_query_values_list_fields (void)
{
  return FIELDS;
}

/**
 * weir_query_values_count_async:
 * @history: the history
 * @text: a query's text
 * @index: (nullable): the answer to it, if it is there
 * @fields: which fields, %NULL-terminated
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Counts the values of each of the fields on a worker, in the answer to @text as it would be without what it asks for in that field.
 */
void
weir_query_values_count_async (WeirHistory *history,
                               const char *text,
                               WeirHistoryIndex *index,
                               const char *const *fields,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (history, cancellable, callback, user_data);
  Ask *self = g_new0 (Ask, 1);

  g_return_if_fail (WEIR_IS_HISTORY (history));
  g_return_if_fail (text != NULL);

  self->history = g_object_ref (history);
  self->text = g_strdup (text);
  g_set_object (&self->index, index);
  self->fields = g_strdupv ((char **) fields);
  g_task_set_source_tag (task, weir_query_values_count_async);
  g_task_set_task_data (task, self, (GDestroyNotify) ask_free);
  g_task_run_in_thread (task, count_worker);
}

/**
 * weir_query_values_count_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): field → values, the most frequent first; or %NULL
 */
GHashTable *
weir_query_values_count_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, weir_query_values_count_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_query_values_sample_async:
 * @history: the history
 * @index: an answer
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks into the payloads of the newest events of the answer, on a worker.
 */
void
weir_query_values_sample_async (WeirHistory *history,
                                WeirHistoryIndex *index,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (history, cancellable, callback, user_data);
  Ask *self = g_new0 (Ask, 1);

  g_return_if_fail (WEIR_IS_HISTORY (history));
  g_return_if_fail (WEIR_IS_HISTORY_INDEX (index));

  self->history = g_object_ref (history);
  self->index = g_object_ref (index);
  g_task_set_source_tag (task, weir_query_values_sample_async);
  g_task_set_task_data (task, self, (GDestroyNotify) ask_free);
  g_task_run_in_thread (task, sample_worker);
}

/**
 * weir_query_values_sample_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full): path → values, the most frequent first; or %NULL
 */
GHashTable *
weir_query_values_sample_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, weir_query_values_sample_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_query_values_dup_label:
 * @field: a field's name
 * @value: a value of it
 * @monitor: the #WeirMonitor that knows the records
 *
 * Returns: (transfer full) (nullable): the name of the subscription or connection that @value is the id of; of a
 *   subscription also where its account cannot be asked
 */
char *
weir_query_values_dup_label (const char *field, const char *value, gpointer monitor)
{
  WeirRecord *record = NULL;
  const char *name = NULL;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  if (g_str_equal (field, "sub"))
    record = find_record (monitor, WEIR_RECORD_SUBSCRIPTION, value);
  else if (g_str_equal (field, "connection"))
    record = find_record (monitor, WEIR_RECORD_CONNECTION, value);
  if (record != NULL)
    name = weir_record_get_name (record);
  else if (g_str_equal (field, "sub"))
    name = weir_recorder_find_name (weir_monitor_get_recorder (monitor), value);

  return name != NULL && name[0] != '\0' && !g_str_equal (name, value) ? g_strdup (name) : NULL;
}

/**
 * weir_query_values_add_payload:
 * @paths: path → (value → count), as g_hash_table_new() for strings with values that are such tables
 * @payload: a payload, maybe absent
 *
 * Adds its plain values at their paths, as they are written in a query: `data.items[*].price`. What could not be written there
 * without quotes is left out, and so is what comes after the first members of a large payload.
 */
void
weir_query_values_add_payload (GHashTable *paths, WeirJson payload)
{
  guint n_looks = 0;

  add_members (paths, "data", payload, 1, &n_looks);
}
