/* weir-hub-error.c: ErrorData, the form in which the hub says what went wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-error.h"

#include <string.h>

/* An error quotes so much of a text answer; what is JSON is quoted whole up to as many bytes. */
#define MAX_QUOTE 16384

static void
add_header (const char *name, const char *value, gpointer user_data)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  weir_json_writer_add_string (user_data, lower, value);
}

static void
add_body (WeirJsonWriter *writer, GBytes *body)
{
  WeirJson root;
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = NULL;

  if (size == 0)
    return;
  if (size <= MAX_QUOTE && weir_json_parse (body, &root, NULL) && !weir_hub_json_is_deep (root))
    {
      weir_json_writer_add_raw (writer, "data", root);
      return;
    }
  text = g_utf8_make_valid (data, (gssize) MIN (size, MAX_QUOTE));
  weir_json_writer_add_string (writer, "data", text);
}

/**
 * weir_hub_error_new:
 * @type: (nullable): one of Membrane's error types
 * @key: (nullable): one of its keys
 * @message: what went wrong
 * @data: (nullable): JSON text
 * @cause: (nullable): the ErrorData that caused this one, as JSON text
 *
 * Returns: (transfer full): an ErrorData object (api/membrane.md §5) as JSON text
 */
char *
weir_hub_error_new (const char *type,
                    const char *key,
                    const char *message,
                    const char *data,
                    const char *cause)
{
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "message", message);
  if (type != NULL)
    weir_json_writer_add_string (writer, "type", type);
  if (key != NULL)
    weir_json_writer_add_string (writer, "key", key);
  weir_hub_json_add_text (writer, "data", data);
  weir_hub_json_add_text (writer, "causedByError", cause);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/**
 * weir_hub_error_describe_exchange:
 * @method: what was asked
 * @uri: of whom; without a secret
 * @response: (nullable): the answer
 *
 * Returns: (transfer full): JSON text
 */
char *
weir_hub_error_describe_exchange (const char *method, const char *uri, WeirHttpResponse *response)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *masked = weir_mask_uri (uri);

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_begin_object (writer, "request");
  weir_json_writer_add_string (writer, "url", masked);
  weir_json_writer_add_string (writer, "method", method);
  weir_json_writer_end_object (writer);
  if (response != NULL)
    {
      weir_json_writer_begin_object (writer, "response");
      weir_json_writer_add_int (writer, "status", response->status);
      weir_json_writer_begin_object (writer, "headers");
      soup_message_headers_foreach (response->headers, add_header, writer);
      weir_json_writer_end_object (writer);
      add_body (writer, response->body);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/**
 * weir_hub_error_from_exchange:
 * @method: what was asked
 * @uri: of whom
 * @response: (nullable): the answer
 * @failure: (nullable): why there is no answer
 *
 * Returns: (transfer full) (nullable): an ErrorData object as JSON text; %NULL if the answer is 2xx
 */
char *
weir_hub_error_from_exchange (const char *method,
                              const char *uri,
                              WeirHttpResponse *response,
                              const GError *failure)
{
  g_autofree char *data = NULL;
  g_autofree char *message = NULL;
  const char *key = NULL;

  g_return_val_if_fail (response != NULL || failure != NULL, NULL);

  if (response != NULL && response->status >= 200 && response->status < 300)
    return NULL;

  data = weir_hub_error_describe_exchange (method, uri, response);
  if (response == NULL)
    return weir_hub_error_new ("connection", NULL, failure->message, data, NULL);

  if (response->status == 401)
    key = "access_token_expired";
  else if (response->status == 429)
    key = "rate_limit_exceeded";
  message = g_strdup_printf ("Request failed with status %u%s%s", response->status,
                             response->reason != NULL && *response->reason != '\0' ? " " : "",
                             response->reason != NULL ? response->reason : "");
  return weir_hub_error_new ("connection", key, message, data, NULL);
}
