/* weir-hub-membrane-connect.c: how a person connects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"

static const char page_head[] =
    "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>Connect</title>"
    "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:26em;margin:15vh auto;padding:0 1em;"
    "color-scheme:light dark}button{font:inherit;padding:.4em 1.2em;margin-right:.6em}</style>";

static void
reply_page (WeirHubContext *context, const char *title, const char *text, gboolean ask)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text, -1);
  char *html = g_strdup_printf (
      "%s<h1>%s</h1><p>%s</p>%s</html>\n", page_head, safe_title, safe_text,
      ask ? "<form method=\"post\"><button name=\"do\" value=\"connect\">Connect</button>"
            "<button name=\"do\" value=\"cancel\">Cancel</button></form>"
          : "");

  weir_hub_context_set_header (context, "Cache-Control", "no-store");
  weir_hub_context_reply (context, SOUP_STATUS_OK, "text/html; charset=utf-8", html);
}

static char *
dup_what (WeirHubMembrane *self, WeirHubDocument *request)
{
  static const struct
  {
    const char *member;
    const char *type;
  } places[] = {
    { "connectionId", WEIR_HUB_CONNECTION },
    { "integrationId", WEIR_HUB_INTEGRATION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *id = weir_hub_document_dup_string (request, places[i].member);
      g_autoptr (WeirHubDocument) element = weir_hub_store_get (self->store, places[i].type, id);

      if (element != NULL)
        return weir_hub_document_dup_string (element, "name");
    }
  return g_strdup ("the application");
}

static gboolean
is_pending (WeirHubDocument *request)
{
  g_autofree char *status = weir_hub_document_dup_string (request, "status");

  return g_strcmp0 (status, "pending") == 0;
}

static void
page_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) request =
      weir_hub_store_get (self->store, WEIR_HUB_CONNECTION_REQUEST, context->ids[0]);
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;

  if (request == NULL)
    {
      weir_hub_membrane_refuse_not_found (context, "Connection request");
      return;
    }
  what = dup_what (self, request);
  title = g_strdup_printf ("Connect %s", what);
  if (is_pending (request))
    reply_page (context, title, "This hub asks for the right to read its records.", TRUE);
  else
    reply_page (context, title, "This request has been answered. You can close this page.", FALSE);
}

/* Heals the connection the request is for, or makes one. */
static char *
connect_now (WeirHubMembrane *self, WeirHubDocument *request)
{
  g_autofree char *connection = weir_hub_document_dup_string (request, "connectionId");
  g_autofree char *integration = weir_hub_document_dup_string (request, "integrationId");
  g_autofree char *customer = weir_hub_document_dup_string (request, "tenantId");
  g_autofree char *name = weir_hub_document_dup_string (request, "name");
  g_autofree char *key = weir_hub_document_dup_string (request, "connectionKey");

  if (connection != NULL)
    {
      weir_hub_membrane_heal (self, connection);
      return g_steal_pointer (&connection);
    }
  if (name == NULL)
    name = dup_what (self, request);
  return weir_hub_membrane_make_connection (self->store, customer, integration, key, name);
}

static gboolean
finish_request (WeirHubMembrane *self, WeirHubDocument *request, gboolean connected)
{
  g_autofree char *patch = NULL;
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_hub_store_begin (self->store);
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "status", connected ? "success" : "cancelled");
  if (connected)
    {
      g_autofree char *connection = connect_now (self, request);

      weir_json_writer_add_string (writer, "resultConnectionId", connection);
    }
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  weir_hub_store_merge (self->store, WEIR_HUB_CONNECTION_REQUEST, request->id, patch, NULL);
  return weir_hub_store_commit (self->store, NULL);
}

static void
answered_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) request =
      weir_hub_store_get (self->store, WEIR_HUB_CONNECTION_REQUEST, context->ids[0]);
  gsize size;
  const char *data = g_bytes_get_data (context->body, &size);
  g_autofree char *body = g_strndup (data != NULL ? data : "", size);
  gboolean connected = strstr (body, "do=cancel") == NULL;
  g_autofree char *redirect = NULL;

  if (request == NULL)
    {
      weir_hub_membrane_refuse_not_found (context, "Connection request");
      return;
    }
  if (is_pending (request) && !finish_request (self, request, connected))
    {
      weir_hub_membrane_refuse (context, SOUP_STATUS_INTERNAL_SERVER_ERROR, "internal", NULL,
                                "The answer could not be kept");
      return;
    }
  redirect = weir_hub_document_dup_string (request, "redirectUri");
  if (redirect != NULL
      && (g_str_has_prefix (redirect, "http://") || g_str_has_prefix (redirect, "https://")))
    {
      weir_hub_context_set_header (context, "Location", redirect);
      weir_hub_context_reply (context, SOUP_STATUS_SEE_OTHER, NULL, NULL);
    }
  else
    reply_page (context, connected ? "Connected" : "Cancelled", "You can close this page.", FALSE);
}

static void
reply_request (WeirHubMembrane *self, WeirHubContext *context, const char *id)
{
  g_autoptr (WeirHubDocument) request =
      weir_hub_store_get (self->store, WEIR_HUB_CONNECTION_REQUEST, id);
  g_autofree char *lost = weir_hub_store_steal_lost (self->store);
  g_autofree char *url = weir_hub_membrane_dup_connect_uri (self, id);
  g_autofree char *patch = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "url", url);
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  if (lost != NULL || request == NULL)
    {
      weir_hub_membrane_refuse (context, SOUP_STATUS_INTERNAL_SERVER_ERROR, "internal", NULL,
                                lost != NULL ? lost : "The request is gone");
      return;
    }
  weir_hub_context_reply_json (context, SOUP_STATUS_OK,
                               weir_hub_json_merge (request->json, weir_hub_json_view (patch)));
}

static char *
find_id (WeirHubMembrane *self,
         WeirHubContext *context,
         WeirJson body,
         const char *type,
         const char *id_member,
         const char *key_member)
{
  g_autofree char *value = weir_json_dup_string (weir_json_get (body, id_member));
  g_autoptr (WeirHubDocument) element = NULL;

  if (value == NULL)
    value = weir_json_dup_string (weir_json_get (body, key_member));
  if (value == NULL)
    return NULL;
  element = weir_hub_membrane_get (self, context, type, value);
  return element != NULL ? g_strdup (element->id) : NULL;
}

static void
create_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  WeirJson body;
  g_autofree char *connection = NULL;
  g_autofree char *integration = NULL;
  g_autofree char *customer = g_strdup (context->tenant);
  g_autofree char *wish = NULL;
  g_autofree char *id = NULL;
  WeirJsonWriter *writer;

  if (!weir_hub_context_get_json (context, &body))
    return;
  connection = find_id (self, context, body, WEIR_HUB_CONNECTION, "connectionId", "");
  if (!context->answered && connection == NULL)
    integration =
        find_id (self, context, body, WEIR_HUB_INTEGRATION, "integrationId", "integrationKey");
  if (context->answered)
    return;
  if (connection == NULL && integration == NULL)
    {
      weir_hub_membrane_refuse_request (context, "A connectionId or an integration is required");
      return;
    }
  if (customer == NULL && connection != NULL)
    {
      g_autoptr (WeirHubDocument) document =
          weir_hub_store_get (self->store, WEIR_HUB_CONNECTION, connection);

      customer = weir_hub_document_dup_string (document, "userId");
    }
  if (customer == NULL)
    customer = weir_hub_membrane_ensure_customer (self->store, WEIR_HUB_DEFAULT_TENANT, NULL);

  writer = weir_hub_json_begin ();

  if (integration != NULL)
    weir_json_writer_add_string (writer, "integrationId", integration);
  weir_json_writer_end_object (writer);
  {
    g_autofree char *found = weir_json_writer_end (writer);

    wish = weir_hub_json_merge (body, weir_hub_json_view (found));
  }
  id = weir_hub_membrane_make_request (self, customer, connection, weir_hub_json_view (wish));
  reply_request (self, context, id);
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) request =
      weir_hub_store_get (self->store, WEIR_HUB_CONNECTION_REQUEST, context->ids[0]);
  g_autofree char *tenant =
      request != NULL ? weir_hub_document_dup_string (request, "tenantId") : NULL;

  if (request == NULL || (context->tenant != NULL && g_strcmp0 (tenant, context->tenant) != 0))
    weir_hub_membrane_refuse_not_found (context, "Connection request");
  else
    reply_request (self, context, request->id);
}

/**
 * weir_hub_membrane_make_request:
 * @self: the face
 * @tenant: id of the customer who is to connect
 * @connection: (nullable): the connection to connect again; %NULL for a new one
 * @wish: (nullable): what the caller said about it, or absent
 *
 * Returns: (transfer full): id of a connection request that waits for a person
 */
char *
weir_hub_membrane_make_request (WeirHubMembrane *self,
                                const char *tenant,
                                const char *connection,
                                WeirJson wish)
{
  static const char *const wishes[] = { "integrationId", "integrationKey", "connectionKey",
                                        "name",          "redirectUri",    "prompt" };
  char *id = weir_hub_store_new_uuid (self->store);
  g_autofree char *text = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "requestId", id);
  weir_json_writer_add_string (writer, "tenantId", tenant);
  weir_json_writer_add_string (writer, "status", "pending");
  if (connection != NULL)
    weir_json_writer_add_string (writer, "connectionId", connection);
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      WeirJson value = weir_json_get (wish, wishes[i]);

      if (weir_json_get_type (value) == WEIR_JSON_STRING)
        weir_json_writer_add_raw (writer, wishes[i], value);
    }
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (self->store, WEIR_HUB_CONNECTION_REQUEST, id, text, 0, NULL);
  return id;
}

/**
 * weir_hub_membrane_dup_connect_uri:
 * @self: the face
 * @request: id of a connection request
 *
 * Returns: (transfer full): address of the page on which a person connects
 */
char *
weir_hub_membrane_dup_connect_uri (WeirHubMembrane *self, const char *request)
{
  return g_strdup_printf ("%s%s/connect/%s", weir_hub_server_get_uri (self->server),
                          self->face.prefix, request);
}

/**
 * weir_hub_membrane_add_connect:
 * @self: the face
 *
 * Adds connection requests (api/membrane.md §2.7) and the page that completes one.
 */
void
weir_hub_membrane_add_connect (WeirHubMembrane *self)
{
  weir_hub_membrane_route (self, "POST", "/connection-requests", create_cb);
  weir_hub_membrane_route (self, "GET", "/connection-requests/{id}", get_cb);
  weir_hub_server_add_open (self->server, &self->face, "GET", "/connect/{id}", page_cb, self);
  weir_hub_server_add_open (self->server, &self->face, "POST", "/connect/{id}", answered_cb, self);
}
