/* weir-membrane-list.c: the lists Membrane has, and how to walk them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-membrane-list.h"

#include "weir-clock.h"
#include "weir-time.h"

#include <glib/gi18n-lib.h>

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
  return (WeirRecord *) weir_pull_run_new (account, json, error);
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
                                                                .integration = "integrationId",
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
                                               .integration = "integrationId",
                                               .status = "status",
                                               .tenant = "tenantId",
                                               .since = "from",
                                               .until = "to",
                                               .make = make_pull };
const WeirMembraneList weir_membrane_log_records = { .kind = WEIR_RECORD_EVENT,
                                                     .path = "external-event-log-records",
                                                     .subscription = "externalEventSubscriptionId",
                                                     .connection = "connectionId",
                                                     .integration = "integrationId",
                                                     .status = "status",
                                                     .tenant = "tenantId",
                                                     .since = "from",
                                                     .until = "to",
                                                     .make = make_log_record };
const WeirMembraneList weir_membrane_app_events = { .kind = WEIR_RECORD_EVENT,
                                                    .path = "app-events",
                                                    .tenant = "tenantId",
                                                    .since = "from",
                                                    .until = "to",
                                                    .make = make_app_event };
const WeirMembraneList weir_membrane_connections = { .kind = WEIR_RECORD_CONNECTION,
                                                     .path = "connections",
                                                     .integration = "integrationId",
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
                                                    .integration = "integrationId",
                                                    .status = "status",
                                                    .tenant = "tenantId",
                                                    .since = "from",
                                                    .until = "to",
                                                    .make = make_plain };
static const WeirMembraneList flow_runs = { .kind = WEIR_RECORD_FLOW_RUN,
                                            .path = "flow-runs",
                                            .connection = "connectionId",
                                            .integration = "integrationId",
                                            .status = "state",
                                            .tenant = "tenantId",
                                            .since = "from",
                                            .until = "to",
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
 * weir_membrane_list_find_record:
 * @record: a record of Membrane's
 *
 * Returns: (transfer none) (nullable): the list that @record stands in
 */
const WeirMembraneList *
weir_membrane_list_find_record (WeirRecord *record)
{
  if (WEIR_IS_SUBSCRIPTION (record)
      && WEIR_SUBSCRIPTION (record)->variant == WEIR_SUBSCRIPTION_APP_EVENT)
    return &weir_membrane_app_subscriptions;
  if (WEIR_IS_EVENT (record) && g_str_equal (WEIR_EVENT (record)->stream, "app-events"))
    return &weir_membrane_app_events;

  return weir_membrane_list_find (weir_record_get_kind (record), 0);
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
  g_autoptr (WeirWalkPage) page = weir_walk_page_new ();
  WeirJsonIter iter;
  WeirJson items, item;

  if (!weir_membrane_read_items (response, &items, &page->next, error))
    return NULL;
  page->has_more = page->next != NULL;
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

static char *
make_path (WeirAccount *account,
           gconstpointer data,
           const WeirListFilter *filter,
           const WeirWalkPage *last,
           guint n_items)
{
  const WeirMembraneList *list = data;
  GString *path = g_string_new ("/");
  g_autofree char *since = filter->since != 0 ? weir_time_to_iso (filter->since) : NULL;
  guint limit = filter->limit != 0 ? MIN (filter->limit, WEIR_MEMBRANE_PAGE) : WEIR_MEMBRANE_PAGE;

  g_string_append_printf (path, "%s?limit=%u", list->path, limit);
  weir_request_add_query (path, list->subscription, filter->subscription);
  weir_request_add_query (path, list->connection, filter->connection);
  weir_request_add_query (path, list->integration, filter->integration);
  weir_request_add_query (path, list->status, filter->status);
  weir_request_add_query (path, list->tenant, filter->tenant);
  weir_request_add_query (path, list->since, since);
  weir_request_add_query (path, "cursor", last != NULL ? last->next : NULL);
  return g_string_free (path, FALSE);
}

static const WeirWalkKind walk_kind = { read_page, make_path };

/**
 * weir_membrane_walk_async:
 * @filter: (nullable): what the list is narrowed to
 *
 * Reads one list to its end; for weir_walk_finish().
 */
void
weir_membrane_walk_async (WeirProvider *provider,
                          const WeirMembraneList *list,
                          const WeirListFilter *filter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  weir_walk_async (provider, &walk_kind, list, filter, cancellable, callback, user_data);
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

  records = weir_walk_finish (result, &warning, &error);
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
