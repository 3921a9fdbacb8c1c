/* weir-membrane-list.c: the lists Membrane has, and how to walk them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-membrane-list.h"

#include "weir-clock.h"
#include "weir-time.h"

#include <glib/gi18n-lib.h>

/* Longer than a hundred thousand is no list that a person administers, but may be one that never ends. */
#define MAX_PAGES 100

static WeirRecord *
make_external (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  return (WeirRecord *) weir_subscription_new_external (account, json, error);
}

static WeirRecord *
make_app_subscription (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  return (WeirRecord *) weir_subscription_new_app_event (account, json, error);
}

static WeirRecord *
make_pull (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  return (WeirRecord *) weir_pull_new (account, json, error);
}

static WeirRecord *
make_log_record (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  return (WeirRecord *) weir_event_new_log_record (account, json, weir_clock_now (), error);
}

static WeirRecord *
make_app_event (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  return (WeirRecord *) weir_event_new_app_event (account, json, weir_clock_now (), error);
}

static WeirRecord *
make_connection (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  return (WeirRecord *) weir_connection_new (account, json, error);
}

/* Records with no class of their own. An integration in a list may lack its id (api/membrane.md §2.8): its key does. */
static WeirRecord *
make_plain (WeirAccount *account, WeirRecordKind kind, WeirJson json, GError **error)
{
  g_autofree char *id = weir_json_dup_text (weir_json_get (json, "id"));
  g_autofree char *name = weir_json_dup_string (weir_json_get (json, "name"));

  if (id == NULL && kind == WEIR_RECORD_INTEGRATION)
    id = weir_json_dup_text (weir_json_get (json, "key"));
  if (id == NULL || *id == '\0')
    {
      g_propagate_error (error, weir_provider_error_new (WEIR_PROVIDER_ERROR_INVALID_ANSWER, "%s",
                                                         _ ("An item has no id.")));
      return NULL;
    }
  return weir_record_new (kind, account, id, name, json);
}

/* Paths and parameters: api/membrane.md §2. What has no parameter for a filter is narrowed in matches(). */
const WeirMembraneList weir_membrane_external_subscriptions = { .kind = WEIR_RECORD_SUBSCRIPTION,
                                                                .path =
                                                                    "external-event-subscriptions",
                                                                .connection = "connectionId",
                                                                .status = "status",
                                                                .tenant = "tenantId",
                                                                .make = make_external };
const WeirMembraneList weir_membrane_app_subscriptions = { .kind = WEIR_RECORD_SUBSCRIPTION,
                                                           .path = "app-event-subscriptions",
                                                           .tenant = "tenantId",
                                                           .make = make_app_subscription };
const WeirMembraneList weir_membrane_pulls = { .kind = WEIR_RECORD_PULL,
                                               .path = "external-event-pulls",
                                               .subscription = "externalEventSubscriptionId",
                                               .connection = "connectionId",
                                               .status = "status",
                                               .tenant = "tenantId",
                                               .since = "from",
                                               .make = make_pull };
const WeirMembraneList weir_membrane_log_records = { .kind = WEIR_RECORD_EVENT,
                                                     .path = "external-event-log-records",
                                                     .subscription = "externalEventSubscriptionId",
                                                     .connection = "connectionId",
                                                     .status = "status",
                                                     .tenant = "tenantId",
                                                     .since = "from",
                                                     .make = make_log_record };
const WeirMembraneList weir_membrane_app_events = { .kind = WEIR_RECORD_EVENT,
                                                    .path = "app-events",
                                                    .tenant = "tenantId",
                                                    .since = "from",
                                                    .make = make_app_event };
const WeirMembraneList weir_membrane_connections = { .kind = WEIR_RECORD_CONNECTION,
                                                     .path = "connections",
                                                     .tenant = "tenantId",
                                                     .make = make_connection };
static const WeirMembraneList integrations = { .kind = WEIR_RECORD_INTEGRATION,
                                               .path = "integrations",
                                               .make = make_plain };
static const WeirMembraneList app_event_types = { .kind = WEIR_RECORD_APP_EVENT_TYPE,
                                                  .path = "app-event-types",
                                                  .make = make_plain };
static const WeirMembraneList incoming_webhooks = { .kind = WEIR_RECORD_INCOMING_WEBHOOK,
                                                    .path = "incoming-webhooks",
                                                    .connection = "connectionId",
                                                    .status = "status",
                                                    .tenant = "tenantId",
                                                    .since = "from",
                                                    .make = make_plain };
static const WeirMembraneList flow_runs = { .kind = WEIR_RECORD_FLOW_RUN,
                                            .path = "flow-runs",
                                            .connection = "connectionId",
                                            .status = "state",
                                            .tenant = "tenantId",
                                            .since = "from",
                                            .make = make_plain };
static const WeirMembraneList tenants = { .kind = WEIR_RECORD_TENANT,
                                          .path = "customers",
                                          .make = make_plain };

static const WeirMembraneList *const lists[] = {
  &weir_membrane_external_subscriptions,
  &weir_membrane_app_subscriptions,
  &weir_membrane_pulls,
  &weir_membrane_log_records,
  &weir_membrane_app_events,
  &weir_membrane_connections,
  &integrations,
  &app_event_types,
  &incoming_webhooks,
  &flow_runs,
  &tenants,
};

/* What one page became. */
typedef struct
{
  GPtrArray *records;
  char *cursor;
  guint n_unreadable;
} Page;

static void
page_free (Page *page)
{
  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_free (page->cursor);
  g_free (page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

typedef struct
{
  const WeirMembraneList *list;
  WeirListFilter *filter;
  GPtrArray *records;
  GHashTable *ids; /* of what is in records: borrowed from there */
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

/**
 * weir_membrane_list_find:
 * @nth: 0 or 1: subscriptions and events are two lists each
 *
 * Returns: (transfer none) (nullable): the list
 */
const WeirMembraneList *
weir_membrane_list_find (WeirRecordKind kind, guint nth)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i]->kind == kind && nth-- == 0)
      return lists[i];
  return NULL;
}

/**
 * weir_membrane_read_items:
 * @items: (out): the array
 * @cursor: (out) (transfer full) (nullable): of the next page; %NULL at the end (api/membrane.md §3)
 *
 * Returns: whether the answer is a page of a list; else %WEIR_PROVIDER_ERROR_INVALID_ANSWER
 */
gboolean
weir_membrane_read_items (WeirHttpResponse *response,
                          WeirJson *items,
                          char **cursor,
                          GError **error)
{
  const char *expected = _ ("a list of items");
  WeirJson root;

  if (!weir_read_json (response, expected, &root, error))
    return FALSE;
  *items = weir_json_get (root, "items");
  if (weir_json_get_type (*items) != WEIR_JSON_ARRAY)
    {
      weir_read_refuse (response, expected, error);
      return FALSE;
    }
  *cursor = weir_json_is_set (weir_json_get (root, "cursor"))
                ? weir_json_dup_text (weir_json_get (root, "cursor"))
                : NULL;
  if (*cursor != NULL && **cursor == '\0')
    g_clear_pointer (cursor, g_free);
  return TRUE;
}

static gpointer
read_page (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const WeirMembraneList *list = data;
  g_autoptr (Page) page = g_new0 (Page, 1);
  WeirJsonIter iter;
  WeirJson items, item;

  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  if (!weir_membrane_read_items (response, &items, &page->cursor, error))
    return NULL;
  weir_json_iter_init (&iter, items);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      WeirRecord *record = list->make (account, list->kind, item, NULL);

      if (record != NULL)
        g_ptr_array_add (page->records, record);
      else
        page->n_unreadable++;
    }
  return g_steal_pointer (&page);
}

static gboolean
matches (WeirRecord *record, const WeirListFilter *filter)
{
  const char *subscription = NULL, *connection = NULL, *status = NULL;
  gint64 time = 0;

  if (WEIR_IS_SUBSCRIPTION (record))
    {
      WeirSubscription *it = WEIR_SUBSCRIPTION (record);

      subscription = weir_record_get_id (record);
      connection = it->connection;
      status = it->status;
    }
  else if (WEIR_IS_PULL (record))
    {
      WeirPull *it = WEIR_PULL (record);

      subscription = it->subscription;
      connection = it->connection;
      status = it->status;
      /* Whether "from" looks at the run's start or at its end is not documented. */
      time = MAX (it->start_at, it->end_at);
    }
  else if (WEIR_IS_EVENT (record))
    {
      WeirEvent *it = WEIR_EVENT (record);

      subscription = it->subscription;
      connection = it->connection;
      status = it->status;
      time = it->time_source == WEIR_TIME_FROM_SIGHT ? 0 : it->occurred_at;
    }
  else
    return TRUE;
  return (filter->subscription == NULL || g_strcmp0 (filter->subscription, subscription) == 0)
         && (filter->connection == NULL || g_strcmp0 (filter->connection, connection) == 0)
         && (filter->status == NULL
             || (status != NULL && g_ascii_strcasecmp (filter->status, status) == 0))
         && (filter->since == 0 || time == 0 || time >= filter->since);
}

/* Takes over what the page brought. Returns whether there was anything not known before. */
static gboolean
take_page (Walk *walk, Page *page)
{
  gboolean any_new = page->n_unreadable > 0;

  for (guint i = 0; i < page->records->len; i++)
    {
      WeirRecord *record = page->records->pdata[i];

      if (g_hash_table_contains (walk->ids, weir_record_get_id (record)))
        continue;
      any_new = TRUE;
      g_hash_table_add (walk->ids, g_strdup (weir_record_get_id (record)));
      if (matches (record, walk->filter)
          && (walk->filter->limit == 0 || walk->records->len < walk->filter->limit))
        g_ptr_array_add (walk->records, g_object_ref (record));
    }
  walk->n_unreadable += page->n_unreadable;
  return any_new;
}

static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_page (GTask *task, const char *cursor)
{
  WeirProvider *provider = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  const WeirMembraneList *list = walk->list;
  const WeirListFilter *filter = walk->filter;
  g_autoptr (GString) path = g_string_new ("/");
  g_autofree char *since = filter->since != 0 ? weir_time_to_iso (filter->since) : NULL;
  guint limit = filter->limit != 0 ? MIN (filter->limit, WEIR_MEMBRANE_PAGE) : WEIR_MEMBRANE_PAGE;

  g_string_append_printf (path, "%s?limit=%u", list->path, limit);
  weir_request_add_query (path, list->subscription, filter->subscription);
  weir_request_add_query (path, list->connection, filter->connection);
  weir_request_add_query (path, list->status, filter->status);
  weir_request_add_query (path, list->tenant, filter->tenant);
  weir_request_add_query (path, list->since, since);
  weir_request_add_query (path, "cursor", cursor);
  weir_ask_async (provider, weir_request_new (provider, "GET", path->str), read_page,
                  (gpointer) list, NULL, (GDestroyNotify) page_free, g_task_get_cancellable (task),
                  page_cb, task);
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
  walk->n_pages++;
  if (page->cursor != NULL
      && (walk->filter->limit == 0 || walk->records->len < walk->filter->limit))
    {
      /* A list that repeats itself, or goes on and on with nothing, is left at the first page that brought nothing. */
      if (any_new && walk->n_pages < MAX_PAGES)
        {
          ask_page (g_steal_pointer (&task), page->cursor);
          return;
        }
      walk->broken_off = TRUE;
    }
  g_task_return_pointer (task, g_steal_pointer (&walk->records),
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_membrane_walk_async:
 * @filter: (nullable): what the server can narrow, it does; the rest is narrowed here
 *
 * Reads one list to its end.
 */
void
weir_membrane_walk_async (WeirProvider *provider,
                          const WeirMembraneList *list,
                          const WeirListFilter *filter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);

  g_task_set_source_tag (task, weir_membrane_walk_async);
  walk->list = list;
  walk->filter = weir_list_filter_copy (filter);
  walk->records = g_ptr_array_new_with_free_func (g_object_unref);
  walk->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  ask_page (task, NULL);
}

/**
 * weir_membrane_walk_finish:
 * @warning: (out) (optional) (transfer full) (nullable): what was survived
 *
 * Returns: (transfer container) (element-type WeirRecord): the records, each id once
 */
GPtrArray *
weir_membrane_walk_finish (GAsyncResult *result, char **warning, GError **error)
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

typedef struct
{
  WeirRecordKind kind;
  WeirListFilter *filter;
  guint nth;
  GPtrArray *records; /* (nullable) of the lists that could be read */
  GError *refused;    /* (nullable) of the first that could not */
  char *warning;
} Lists;

static void
lists_free (Lists *data)
{
  weir_list_filter_free (data->filter);
  g_clear_pointer (&data->records, g_ptr_array_unref);
  g_clear_error (&data->refused);
  g_free (data->warning);
  g_free (data);
}

static void walk_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
finish_lists (GTask *task)
{
  Lists *data = g_task_get_task_data (task);

  if (data->records == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&data->refused));
      return;
    }
  if (data->refused != NULL && data->warning == NULL)
    data->warning =
        g_strdup_printf (_ ("A part of the list is not to be had: %s"), data->refused->message);
  weir_provider_task_set_warning (task, g_steal_pointer (&data->warning));
  g_task_return_pointer (task, g_steal_pointer (&data->records),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* Takes the task over. */
static void
walk_next (GTask *task)
{
  Lists *data = g_task_get_task_data (task);
  const WeirMembraneList *list = weir_membrane_list_find (data->kind, data->nth);

  /* What belongs to no connection is not in a list of one connection's things. */
  while (list != NULL && data->nth > 0 && data->filter->connection != NULL
         && list->connection == NULL)
    list = weir_membrane_list_find (data->kind, ++data->nth);
  if (list == NULL)
    {
      finish_lists (task);
      g_object_unref (task);
      return;
    }
  weir_membrane_walk_async (g_task_get_source_object (task), list, data->filter,
                            g_task_get_cancellable (task), walk_cb, task);
}

static void
walk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Lists *data = g_task_get_task_data (task);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  records = weir_membrane_walk_finish (result, &warning, &error);
  if (records == NULL
      && !g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_FORBIDDEN)
      && !g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (records == NULL && data->refused == NULL)
    data->refused = g_steal_pointer (&error);
  if (records != NULL && data->records == NULL)
    data->records = g_steal_pointer (&records);
  else if (records != NULL)
    g_ptr_array_extend_and_steal (data->records, g_steal_pointer (&records));
  if (data->warning == NULL)
    data->warning = g_steal_pointer (&warning);
  data->nth++;
  walk_next (g_steal_pointer (&task));
}

/**
 * weir_membrane_list:
 * @task: (transfer full): returns a GPtrArray of WeirRecord
 *
 * Subscriptions and events are two lists each. If one of them is not there or not allowed (403, 404), the other is
 * shown all the same, with a warning.
 */
void
weir_membrane_list (WeirProvider *provider,
                    WeirRecordKind kind,
                    const WeirListFilter *filter,
                    GTask *task)
{
  Lists *data = g_new0 (Lists, 1);

  data->kind = kind;
  data->filter = weir_list_filter_copy (filter);
  g_task_set_task_data (task, data, (GDestroyNotify) lists_free);
  walk_next (task);
}

static gpointer
read_one (WeirAccount *account, WeirHttpResponse *response, gpointer data, GError **error)
{
  const WeirMembraneList *list = data;
  const char *expected = _ ("one record");
  WeirRecord *record;
  WeirJson root;

  if (!weir_read_json (response, expected, &root, error))
    return NULL;
  record = weir_json_get_type (root) == WEIR_JSON_OBJECT
               ? list->make (account, list->kind, root, NULL)
               : NULL;
  if (record == NULL)
    weir_read_refuse (response, expected, error);
  return record;
}

static void
forward_record (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (record != NULL)
    g_task_return_pointer (task, record, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
singular_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  forward_record (task, result);
}

/* The page family of the reference has the id in the path; the SDK has the singular with a selector (api/membrane.md §2.5). */
static void
one_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirProvider *provider = WEIR_PROVIDER (source);
  const char *id = g_task_get_task_data (task);
  GError *error = NULL;
  WeirRecord *record = weir_ask_finish (result, &error);

  if (record != NULL)
    g_task_return_pointer (task, record, g_object_unref);
  else if (id != NULL
           && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    {
      g_autoptr (GString) path = g_string_new ("/app-event-subscription");

      g_clear_error (&error);
      weir_request_add_query (path, "id", id);
      weir_ask_async (provider, weir_request_new (provider, "GET", path->str), read_one,
                      (gpointer) &weir_membrane_app_subscriptions, NULL, g_object_unref,
                      g_task_get_cancellable (task), singular_cb, g_object_ref (task));
    }
  else
    g_task_return_error (task, error);
}

/**
 * weir_membrane_get_one_async:
 *
 * Asks for one record of one list.
 */
void
weir_membrane_get_one_async (WeirProvider *provider,
                             const WeirMembraneList *list,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, weir_membrane_get_one_async);
  path = weir_request_path (list->path, id, NULL, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (list == &weir_membrane_app_subscriptions)
    g_task_set_task_data (task, g_strdup (id), g_free);
  if (list == &weir_membrane_connections)
    {
      g_autofree char *plain = g_steal_pointer (&path);

      path = g_strconcat (plain, "?includeSecrets=false", NULL);
    }
  weir_ask_async (provider, weir_request_new (provider, "GET", path), read_one, (gpointer) list,
                  NULL, g_object_unref, cancellable, one_cb, task);
}

/**
 * weir_membrane_get_one_finish:
 *
 * Returns: (transfer full): the record
 */
WeirRecord *
weir_membrane_get_one_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  WeirRecordKind kind;
  char *id;
  guint nth;
  GError *first;
} Get;

static void
get_free (Get *get)
{
  g_free (get->id);
  g_clear_error (&get->first);
  g_free (get);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  WeirRecord *record = weir_membrane_get_one_finish (result, &error);
  const WeirMembraneList *next;

  if (record != NULL)
    {
      g_task_return_pointer (task, record, g_object_unref);
      return;
    }
  next = weir_membrane_list_find (get->kind, ++get->nth);
  if (next != NULL && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    {
      get->first = g_steal_pointer (&error);
      weir_membrane_get_one_async (WEIR_PROVIDER (source), next, get->id,
                                   g_task_get_cancellable (task), get_cb, g_object_ref (task));
      return;
    }
  /* Where it is in neither, what the first list said of it is the clearer answer. */
  if (get->first != NULL
      && g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&get->first));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * weir_membrane_get:
 * @task: (transfer full): returns a WeirRecord
 *
 * Subscriptions are looked for among the external ones first, then among those of app events.
 */
void
weir_membrane_get (WeirProvider *provider, WeirRecordKind kind, const char *id, GTask *task)
{
  Get *get = g_new0 (Get, 1);

  get->kind = kind;
  get->id = g_strdup (id);
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);
  weir_membrane_get_one_async (provider, weir_membrane_list_find (kind, 0), id,
                               g_task_get_cancellable (task), get_cb, task);
}
