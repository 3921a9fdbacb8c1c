/* weir-hub-context.c: one request to the hub, and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-context.h"

#include <string.h>

#include "weir-hub-document.h"
#include "weir-hub-server.h"

/**
 * weir_hub_context_ref:
 * @self: a request
 *
 * A handler that answers later keeps a reference; the connection waits.
 *
 * Returns: (transfer full): @self
 */
WeirHubContext *
weir_hub_context_ref (WeirHubContext *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * weir_hub_context_unref:
 * @self: (transfer full): a request
 */
void
weir_hub_context_unref (WeirHubContext *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->path);
  g_free (self->tenant);
  g_strfreev (self->ids);
  g_hash_table_unref (self->query);
  g_bytes_unref (self->body);
  g_object_unref (self->message);
  g_free (self);
}

/**
 * weir_hub_context_get_query:
 * @self: a request
 * @name: name of a query parameter
 *
 * Returns: (transfer none) (nullable): its value; %NULL if it is missing or empty
 */
const char *
weir_hub_context_get_query (WeirHubContext *self, const char *name)
{
  const char *value;

  g_return_val_if_fail (self != NULL, NULL);

  value = g_hash_table_lookup (self->query, name);
  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * weir_hub_context_get_header:
 * @self: a request
 * @name: name of a header
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
weir_hub_context_get_header (WeirHubContext *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

/**
 * weir_hub_context_get_json:
 * @self: a request
 * @json: (out): the body's root value, a view of @self; absent if there is no body
 *
 * Returns: whether to go on; %FALSE after having answered 400 for a body that is not JSON
 */
gboolean
weir_hub_context_get_json (WeirHubContext *self, WeirJson *json)
{
  const char *type;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  *json = (WeirJson){ NULL, 0 };
  type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (self->message), NULL);
  if (g_bytes_get_size (self->body) == 0
      || g_strcmp0 (type, "application/x-www-form-urlencoded") == 0)
    return TRUE;
  if (!weir_json_parse (self->body, json, &error))
    weir_hub_context_fail (self, SOUP_STATUS_BAD_REQUEST, error->message);
  else if (weir_hub_json_is_deep (*json))
    weir_hub_context_fail (self, SOUP_STATUS_BAD_REQUEST, "The body is nested too deeply");
  else
    return TRUE;
  return FALSE;
}

/**
 * weir_hub_context_set_header:
 * @self: a request
 * @name: name of a header of the answer
 * @value: its value
 */
void
weir_hub_context_set_header (WeirHubContext *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name,
                                value);
}

/**
 * weir_hub_context_reply:
 * @self: a request without an answer yet
 * @status: HTTP status
 * @content_type: (nullable): type of @text; %NULL for an answer without a body
 * @text: (transfer full) (nullable): the body
 *
 * Answers, now or after the handler has returned. Once only.
 */
void
weir_hub_context_reply (WeirHubContext *self, guint status, const char *content_type, char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (!self->answered);

  self->answered = TRUE;
  soup_server_message_set_status (self->message, status, NULL);
  if (content_type != NULL && text != NULL)
    soup_server_message_set_response (self->message, content_type, SOUP_MEMORY_TAKE, text,
                                      strlen (text));
  else
    g_free (text);
  if (self->paused)
    soup_server_message_unpause (self->message);
  self->paused = FALSE;
}

/**
 * weir_hub_context_reply_json:
 * @self: a request without an answer yet
 * @status: HTTP status
 * @json: (transfer full): the body
 */
void
weir_hub_context_reply_json (WeirHubContext *self, guint status, char *json)
{
  weir_hub_context_reply (self, status, "application/json; charset=utf-8", json);
}

/**
 * weir_hub_context_fail:
 * @self: a request without an answer yet
 * @status: HTTP status
 * @message: what is wrong, for a person
 *
 * Answers in the words of the face that was asked.
 */
void
weir_hub_context_fail (WeirHubContext *self, guint status, const char *message)
{
  g_return_if_fail (self != NULL);

  if (self->face != NULL && self->face->fail != NULL)
    self->face->fail (self, status, message, self->face->user_data);
  else
    weir_hub_context_reply (self, status, "text/plain; charset=utf-8", g_strdup (message));
}
