/* weir-hub-sequin.c: the Sequin face (api/sequin-and-oracle.md, part A)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-sequin.h"

#include <string.h>

/* §A2: the four ways to be refused. */
static const char *
check_header (WeirHubSequin *self, WeirHubContext *context)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (context->message);
  const char *value = soup_message_headers_get_list (headers, "Authorization");

  if (value == NULL)
    return "The API token is missing: send it as “Authorization: Bearer <token>”";
  if (strchr (value, ',') != NULL)
    return "More than one Authorization header was sent";
  if (!g_str_has_prefix (value, "Bearer "))
    return "The Authorization header must start with “Bearer ”";
  if (strcmp (value + strlen ("Bearer "), self->token) != 0)
    return "The API token is invalid or has expired";
  return NULL;
}

static gboolean
check_cb (WeirHubContext *context, gpointer user_data)
{
  const char *reason = check_header (user_data, context);

  if (reason == NULL)
    return TRUE;
  weir_hub_sequin_refuse (context, SOUP_STATUS_UNAUTHORIZED, reason);
  return FALSE;
}

/* A path that does not exist has the framework's own answer (§A2). */
static void
fail_cb (WeirHubContext *context, guint status, const char *message, gpointer user_data)
{
  if (status == SOUP_STATUS_NOT_FOUND)
    weir_hub_context_reply_json (context, status,
                                 g_strdup ("{\"errors\":{\"detail\":\"Not Found\"}}"));
  else
    weir_hub_sequin_refuse (context, status, message);
}

static void
sequin_free (gpointer data)
{
  WeirHubSequin *self = data;

  g_signal_handlers_disconnect_by_data (self->sources, self);
  g_hash_table_unref (self->feeds);
  g_object_unref (self->server);
  g_object_unref (self->sources);
  g_object_unref (self->store);
  g_free (self->token);
  g_free (self);
}

/**
 * weir_hub_sequin_refuse:
 * @context: a request without an answer yet
 * @status: HTTP status
 * @summary: what is wrong
 */
void
weir_hub_sequin_refuse (WeirHubContext *context, guint status, const char *summary)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "summary", summary);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, status, weir_json_writer_end (writer));
}

/**
 * weir_hub_sequin_refuse_value:
 * @context: a request without an answer yet
 * @name: name of a parameter or member
 * @reason: what is wrong with its value
 *
 * Answers 422 with "validation_errors" (§A2).
 */
void
weir_hub_sequin_refuse_value (WeirHubContext *context, const char *name, const char *reason)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "summary", "Validation failed");
  weir_json_writer_begin_object (writer, "validation_errors");
  weir_json_writer_begin_array (writer, name);
  weir_json_writer_add_string (writer, NULL, reason);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_UNPROCESSABLE_ENTITY,
                               weir_json_writer_end (writer));
}

/**
 * weir_hub_sequin_face_add:
 * @self: a hub
 *
 * Adds the Sequin face at /sequin: /v1/events, /v1/records and /v1/syncs.
 */
void
weir_hub_sequin_face_add (WeirHub *self)
{
  WeirHubSequin *face;

  g_return_if_fail (WEIR_IS_HUB (self));

  face = g_new0 (WeirHubSequin, 1);
  face->store = g_object_ref (weir_hub_get_store (self));
  face->sources = g_object_ref (weir_hub_get_sources (self));
  face->server = g_object_ref (weir_hub_get_server (self));
  face->token = weir_hub_dup_secret (self, WEIR_HUB_SEQUIN_TOKEN);
  face->feeds =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) weir_hub_feed_free);
  face->face = (WeirHubFace){ "/sequin", check_cb, fail_cb, face };
  g_object_set_data_full (G_OBJECT (self), "sequin", face, sequin_free);

  weir_hub_server_add_face (face->server, &face->face);
  weir_hub_sequin_add_events (face);
  weir_hub_sequin_add_syncs (face);
}
