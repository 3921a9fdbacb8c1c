/* weir-hub-membrane.c: the Membrane face: who asks, and how it says no
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-error.h"
#include "weir-jwt.h"

static gboolean
claim_contradicts (WeirJson claims, const char *name, const char *expected, gboolean *found)
{
  g_autofree char *value = weir_json_dup_string (weir_json_get (claims, name));

  if (value == NULL)
    return FALSE;
  *found = TRUE;
  return strcmp (value, expected) != 0;
}

/* The claims of three generations (api/membrane.md §1): workspaceKey or iss; tenantKey or id. */
static gboolean
check_claims (WeirHubMembrane *self, const char *payload, char **tenant)
{
  WeirJson claims = weir_hub_json_view (payload);
  g_autofree char *key = NULL;
  g_autofree char *name = NULL;
  gboolean found = FALSE;

  if (claim_contradicts (claims, "iss", self->key, &found)
      || claim_contradicts (claims, "workspaceKey", self->key, &found) || !found)
    return FALSE;
  if (weir_json_get_boolean (weir_json_get (claims, "isAdmin")))
    return TRUE;
  key = weir_json_dup_text (weir_json_get (claims, "tenantKey"));
  if (key == NULL)
    key = weir_json_dup_text (weir_json_get (claims, "id"));
  if (key == NULL || *key == '\0')
    return TRUE;
  name = weir_json_dup_string (weir_json_get (claims, "name"));
  *tenant = weir_hub_membrane_ensure_customer (self->store, key, name);
  return TRUE;
}

/**
 * weir_hub_membrane_check_token:
 * @self: the face
 * @token: (nullable): what came as a bearer
 * @tenant: (out) (nullable): the customer whose elements alone it shows; %NULL for all
 *
 * Returns: whether the token is good
 */
gboolean
weir_hub_membrane_check_token (WeirHubMembrane *self, const char *token, char **tenant)
{
  g_autofree char *payload = NULL;

  *tenant = NULL;
  if (token == NULL)
    return FALSE;
  if (g_str_has_prefix (token, "pat-"))
    return strcmp (token, self->token) == 0;
  payload = weir_jwt_verify (token, self->secret, weir_clock_now (), NULL);
  return payload != NULL && check_claims (self, payload, tenant);
}

static gboolean
check_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  const char *header = weir_hub_context_get_header (context, "Authorization");
  const char *token = NULL;

  g_free (weir_hub_store_steal_lost (self->store)); /* of an earlier request */
  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    token = header + 7;
  else if (g_str_has_prefix (context->path, "/sse/"))
    token = weir_hub_context_get_query (context, "token");

  g_clear_pointer (&context->tenant, g_free);
  if (weir_hub_membrane_check_token (self, token, &context->tenant))
    return TRUE;
  weir_hub_membrane_refuse (context, SOUP_STATUS_UNAUTHORIZED, "bad_request", "not_authenticated",
                            token == NULL ? "No access token was sent"
                                          : "The access token is not valid");
  return FALSE;
}

/* The router's refusals. A path that does not exist has no ErrorData in NestJS (§5). */
static void
fail_cb (WeirHubContext *context, guint status, const char *message, gpointer user_data)
{
  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    {
      WeirJsonWriter *writer = weir_hub_json_begin ();
      weir_json_writer_add_int (writer, "statusCode", SOUP_STATUS_NOT_FOUND);
      weir_json_writer_add_string (writer, "message", message);
      weir_json_writer_add_string (writer, "error", "Not Found");
      weir_json_writer_end_object (writer);
      weir_hub_context_reply_json (context, SOUP_STATUS_NOT_FOUND, weir_json_writer_end (writer));
    }
  else
    weir_hub_membrane_refuse (context, status, "bad_request", NULL, message);
}

static void
membrane_free (gpointer data)
{
  WeirHubMembrane *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  weir_hub_puller_free (self->puller);
  weir_hub_streams_free (self->streams);
  g_signal_handlers_disconnect_by_data (self->sources, self);
  g_object_unref (self->server);
  g_object_unref (self->sources);
  g_object_unref (self->store);
  g_free (self->token);
  g_free (self->key);
  g_free (self->secret);
  g_free (self);
}

/**
 * weir_hub_membrane_refuse:
 * @context: a request without an answer yet
 * @status: HTTP status
 * @type: Membrane's error type
 * @key: (nullable): its key
 * @message: what is wrong
 */
void
weir_hub_membrane_refuse (WeirHubContext *context,
                          guint status,
                          const char *type,
                          const char *key,
                          const char *message)
{
  weir_hub_context_reply_json (context, status,
                               weir_hub_error_new (type, key, message, NULL, NULL));
}

/**
 * weir_hub_membrane_refuse_not_found:
 * @context: a request without an answer yet
 * @what: what is not there
 */
void
weir_hub_membrane_refuse_not_found (WeirHubContext *context, const char *what)
{
  g_autofree char *message = g_strdup_printf ("%s not found", what);

  weir_hub_membrane_refuse (context, SOUP_STATUS_NOT_FOUND, "bad_request", "not_found", message);
}

/**
 * weir_hub_membrane_refuse_request:
 * @context: a request without an answer yet
 * @message: what is wrong with it
 */
void
weir_hub_membrane_refuse_request (WeirHubContext *context, const char *message)
{
  weir_hub_membrane_refuse (context, SOUP_STATUS_BAD_REQUEST, "bad_request", NULL, message);
}

/**
 * weir_hub_membrane_face_add:
 * @self: a hub
 *
 * Adds the Membrane face at /membrane.
 */
void
weir_hub_membrane_face_add (WeirHub *self)
{
  WeirHubMembrane *face;

  g_return_if_fail (WEIR_IS_HUB (self));

  face = g_new0 (WeirHubMembrane, 1);
  face->store = g_object_ref (weir_hub_get_store (self));
  face->sources = g_object_ref (weir_hub_get_sources (self));
  face->server = g_object_ref (weir_hub_get_server (self));
  face->token = weir_hub_dup_secret (self, WEIR_HUB_MEMBRANE_TOKEN);
  face->key = weir_hub_store_dup_setting (face->store, WEIR_HUB_WORKSPACE_KEY);
  face->secret = weir_hub_store_dup_setting (face->store, WEIR_HUB_WORKSPACE_SECRET);
  face->cancellable = g_cancellable_new ();
  face->face = (WeirHubFace){ "/membrane", check_cb, fail_cb, face };
  g_object_set_data_full (G_OBJECT (self), "membrane", face, membrane_free);

  weir_hub_server_add_face (face->server, &face->face);
  face->puller = weir_hub_puller_new (face);
  face->streams = weir_hub_streams_new (face);
  weir_hub_membrane_add_subscriptions (face);
  weir_hub_membrane_add_logs (face);
  weir_hub_membrane_add_app_types (face);
  weir_hub_membrane_add_app_subscriptions (face);
  weir_hub_membrane_add_webhooks (face);
  weir_hub_membrane_add_connections (face);
  weir_hub_membrane_add_connect (face);
  weir_hub_membrane_add_workspace (face);
  weir_hub_membrane_setup_start (face);
}
