/* weir-hub-membrane-connections.c: connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-error.h"

#define CREDENTIALS_LIFE (3600 * G_TIME_SPAN_SECOND)

static const WeirHubFilter filters[] = {
  { "integrationId", "integrationId" },
  { "connectorId", "connectorId" },
  { "connectorVersion", "connectorVersion" },
  { "externalAppId", "externalAppId" },
  { NULL, NULL },
};

static const char *const settable[] = {
  "name", "key", "meta", "authOptionKey", "connectorParameters", "input", NULL,
};

/* A test under way: the connection's sources, asked one after the other. */
typedef struct
{
  WeirHubMembrane *membrane;
  WeirHubContext *context;
  char *connection;
  GPtrArray *urls;
} Test;

static void
test_free (Test *test)
{
  weir_hub_context_unref (test->context);
  g_free (test->connection);
  g_ptr_array_unref (test->urls);
  g_free (test);
}

static void ask_next (Test *test);

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  const char *key = weir_hub_context_get_query (context, "integrationKey");

  if (key != NULL)
    {
      /* The element holds the id alone. */
      g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_INTEGRATION);
      g_autoptr (WeirHubDocument) integration = NULL;

      weir_hub_query_add_equal (query, "key", key);
      integration = weir_hub_store_find (self->store, query);
      g_hash_table_replace (context->query, g_strdup ("integrationId"),
                            g_strdup (integration != NULL ? integration->id : "none"));
    }
  weir_hub_membrane_list (self, context, WEIR_HUB_CONNECTION, filters);
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, WEIR_HUB_CONNECTION);
}

static void
update_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) connection = NULL;
  WeirJsonWriter *writer;
  WeirJson body;

  if (!weir_hub_context_get_json (context, &body) || !weir_hub_membrane_check_body (context, body))
    return;
  connection = weir_hub_membrane_get (user_data, context, WEIR_HUB_CONNECTION, context->ids[0]);
  if (connection == NULL)
    return;
  if (weir_hub_document_has (connection, "archivedAt"))
    {
      weir_hub_membrane_refuse_request (context, "An archived element cannot be changed");
      return;
    }
  writer = weir_hub_json_begin ();

  weir_hub_membrane_add_settable (writer, body, settable);
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_hub_membrane_merge_and_reply (user_data, context, WEIR_HUB_CONNECTION, connection->id,
                                     writer);
}

static char *
find_integration (WeirHubMembrane *self, WeirJson body)
{
  static const char *const members[] = { "integrationId", "integrationKey" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *value = weir_json_dup_string (weir_json_get (body, members[i]));
      g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_INTEGRATION);
      g_autoptr (WeirHubDocument) integration = NULL;

      if (value == NULL)
        continue;
      weir_hub_query_add_equal (query, i == 0 ? "id" : "key", value);
      integration = weir_hub_store_find (self->store, query);
      if (integration != NULL)
        return g_strdup (integration->id);
    }
  return NULL;
}

static void
create_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  WeirJson body;
  g_autofree char *integration = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;

  if (!weir_hub_context_get_json (context, &body) || !weir_hub_membrane_check_body (context, body))
    return;
  integration = find_integration (self, body);
  if (integration == NULL)
    {
      weir_hub_membrane_refuse_not_found (context, "Integration");
      return;
    }
  name = weir_json_dup_string (weir_json_get (body, "name"));
  key = weir_json_dup_string (weir_json_get (body, "key"));
  customer = context->tenant != NULL
                 ? g_strdup (context->tenant)
                 : weir_hub_membrane_ensure_customer (self->store, WEIR_HUB_DEFAULT_TENANT, NULL);
  id = weir_hub_membrane_make_connection (self->store, customer, integration, key,
                                          name != NULL ? name : "Connection");
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_CONNECTION, id);
}

static GPtrArray *
list_subscriptions (WeirHubMembrane *self, const char *connection)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_EVENT_SUBSCRIPTION);

  weir_hub_query_add_equal (query, "connectionId", connection);
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_list (self->store, query);
}

static void
delete_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) connection =
      weir_hub_membrane_get (self, context, WEIR_HUB_CONNECTION, context->ids[0]);
  g_autoptr (GPtrArray) subscriptions = NULL;

  if (connection == NULL)
    return;
  weir_hub_store_begin (self->store);
  subscriptions = list_subscriptions (self, connection->id);
  for (guint i = 0; i < subscriptions->len; i++)
    {
      WeirHubDocument *subscription = subscriptions->pdata[i];

      weir_hub_membrane_archive_subscription (self, subscription->id);
    }
  weir_hub_membrane_archive_connection (self, connection->id);
  weir_hub_store_commit (self->store, NULL);
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_CONNECTION, connection->id);
}

static void
end_test (Test *test, const char *error)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_boolean (writer, "success", error == NULL);
  weir_hub_json_add_text (writer, "error", error);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (test->context, SOUP_STATUS_OK, weir_json_writer_end (writer));
  test_free (test);
}

static void
asked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Test *test = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (WeirHttpResponse) response =
      weir_http_client_send_finish (WEIR_HTTP_CLIENT (object), result, &failure);
  g_autofree char *error = NULL;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      test_free (test); /* the face is gone */
      return;
    }
  error = weir_hub_error_from_exchange ("GET", g_ptr_array_index (test->urls, test->urls->len - 1),
                                        response, failure);
  if (error == NULL)
    {
      g_ptr_array_set_size (test->urls, (int) test->urls->len - 1);
      ask_next (test);
      return;
    }
  weir_hub_membrane_hurt (test->membrane, test->connection, error,
                          response != NULL ? response->status : 0, 60);
  end_test (test, error);
}

static void
ask_next (Test *test)
{
  WeirHttpRequest *request;

  if (test->urls->len == 0)
    {
      weir_hub_membrane_heal (test->membrane, test->connection);
      end_test (test, NULL);
      return;
    }
  request = weir_http_request_new ("GET", g_ptr_array_index (test->urls, test->urls->len - 1));
  request->once = TRUE;
  weir_http_request_add_header (request, "Accept", "application/json");
  weir_http_client_send_async (weir_hub_sources_get_client (test->membrane->sources), request,
                               test->membrane->cancellable, asked_cb, test);
}

/* Where the connection's subscriptions get their events. */
static GPtrArray *
list_urls (WeirHubMembrane *self, const char *connection)
{
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self, connection);
  GPtrArray *urls = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < subscriptions->len; i++)
    {
      g_autofree char *name = weir_hub_document_dup_string (subscriptions->pdata[i], "_source");
      g_autoptr (WeirHubDocument) source = weir_hub_store_get (self->store, WEIR_HUB_SOURCE, name);
      g_autofree char *url = NULL;

      if (source == NULL)
        continue;
      url = weir_hub_document_dup_string (source, "url");
      if (!g_ptr_array_find_with_equal_func (urls, url, g_str_equal, NULL))
        g_ptr_array_add (urls, g_steal_pointer (&url));
    }
  return urls;
}

static void
test_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) connection =
      weir_hub_membrane_get (self, context, WEIR_HUB_CONNECTION, context->ids[0]);
  Test *test;

  if (connection == NULL)
    return;
  if (weir_hub_document_has (connection, "archivedAt"))
    {
      weir_hub_membrane_refuse_request (context, "The connection is archived");
      return;
    }
  test = g_new0 (Test, 1);
  test->membrane = self;
  test->context = weir_hub_context_ref (context);
  test->connection = g_strdup (connection->id);
  test->urls = list_urls (self, connection->id);
  ask_next (test);
}

static void
refresh_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) connection =
      weir_hub_membrane_get (user_data, context, WEIR_HUB_CONNECTION, context->ids[0]);
  WeirJsonWriter *writer;

  if (connection == NULL)
    return;
  if (weir_hub_document_has (connection, "archivedAt")
      || weir_hub_document_has (connection, "clientAction"))
    {
      weir_hub_membrane_refuse (context, SOUP_STATUS_BAD_REQUEST, "connection",
                                "connection_is_defunct",
                                "The credentials cannot be refreshed; connect again");
      return;
    }
  writer = weir_hub_json_begin ();

  weir_json_writer_add_time (writer, "nextCredentialsRefreshAt",
                             weir_clock_now () + CREDENTIALS_LIFE);
  weir_hub_membrane_merge_and_reply (user_data, context, WEIR_HUB_CONNECTION, connection->id,
                                     writer);
}

/**
 * weir_hub_membrane_add_connections:
 * @self: the face
 *
 * Adds the routes of api/membrane.md §2.7 but those by which a person connects.
 */
void
weir_hub_membrane_add_connections (WeirHubMembrane *self)
{
  weir_hub_membrane_route (self, "GET", "/connections", list_cb);
  weir_hub_membrane_route (self, "POST", "/connections", create_cb);
  weir_hub_membrane_route (self, "GET", "/connections/{id}", get_cb);
  weir_hub_membrane_route (self, "PUT", "/connections/{id}", update_cb);
  weir_hub_membrane_route (self, "PATCH", "/connections/{id}", update_cb);
  weir_hub_membrane_route (self, "DELETE", "/connections/{id}", delete_cb);
  weir_hub_membrane_route (self, "POST", "/connections/{id}/test", test_cb);
  weir_hub_membrane_route (self, "POST", "/connections/{id}/refresh-credentials", refresh_cb);
}
