/* weir-http-message.c: a request and its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-http-client.h"

/**
 * weir_http_request_new:
 * @method: "GET", "POST"…
 * @uri: an absolute http or https address; a wrong one becomes %WEIR_HTTP_ERROR_ADDRESS when sent
 *
 * Returns: (transfer full): a request without headers and body
 */
WeirHttpRequest *
weir_http_request_new (const char *method, const char *uri)
{
  WeirHttpRequest *self;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  self = g_new0 (WeirHttpRequest, 1);
  self->method = g_strdup (method);
  self->uri = g_strdup (uri);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * weir_http_request_add_header:
 * @self: a request
 * @name: a header's name
 * @value: its value; a line end in it becomes a blank, so that it cannot make further headers
 *
 * Adds a header; it takes the place of one that the client would add itself.
 */
void
weir_http_request_add_header (WeirHttpRequest *self, const char *name, const char *value)
{
  char *clean;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (value != NULL);

  clean = g_strdup (value);
  g_strdelimit (clean, "\r\n", ' ');
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, clean);
}

/**
 * weir_http_request_set_json:
 * @self: a request
 * @json: (transfer none): a JSON text
 *
 * Makes @json the body.
 */
void
weir_http_request_set_json (WeirHttpRequest *self, GBytes *json)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (json != NULL);

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  self->body = g_bytes_ref (json);
  self->content_type = g_strdup ("application/json");
}

/**
 * weir_http_request_free:
 * @self: (nullable) (transfer full): a request
 */
void
weir_http_request_free (WeirHttpRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->method);
  g_free (self->uri);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

/**
 * weir_http_response_free:
 * @self: (transfer full): an answer
 */
void
weir_http_response_free (WeirHttpResponse *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->reason);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * weir_http_response_get_header:
 * @self: an answer
 * @name: a header's name
 *
 * Returns: (transfer none) (nullable): its value, the last one if there are more
 */
const char *
weir_http_response_get_header (WeirHttpResponse *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return soup_message_headers_get_one (self->headers, name);
}

/**
 * weir_http_response_get_content_type:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): the media type without parameters
 */
const char *
weir_http_response_get_content_type (WeirHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return soup_message_headers_get_content_type (self->headers, NULL);
}
