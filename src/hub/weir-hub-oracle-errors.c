/* weir-hub-oracle-errors.c: how Oracle says no
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#define ROOT "/services/rest/connect"

/* api/sequin-and-oracle.md §B7; those the hub can give. */
static const struct
{
  guint code;
  guint status;
  const char *title;
} exceptions[] = {
  { 1, SOUP_STATUS_NOT_FOUND, "Unknown exception code" },
  { WEIR_HUB_ORACLE_BAD_METHOD, SOUP_STATUS_BAD_REQUEST, "Unsupported HTTP method" },
  { WEIR_HUB_ORACLE_BAD_VERSION, SOUP_STATUS_BAD_REQUEST, "Unsupported API version" },
  { WEIR_HUB_ORACLE_BAD_WRITE, SOUP_STATUS_BAD_REQUEST, "Resource could not be written" },
  { WEIR_HUB_ORACLE_BAD_PARAMETER, SOUP_STATUS_BAD_REQUEST, "Invalid query parameter" },
  { WEIR_HUB_ORACLE_INTERNAL, SOUP_STATUS_INTERNAL_SERVER_ERROR, "Internal error" },
  { WEIR_HUB_ORACLE_NO_BODY, SOUP_STATUS_BAD_REQUEST, "No data was posted" },
  { WEIR_HUB_ORACLE_BAD_JSON, SOUP_STATUS_BAD_REQUEST, "Invalid JSON" },
  { WEIR_HUB_ORACLE_NOT_CREATED, SOUP_STATUS_BAD_REQUEST, "Resource could not be created" },
  { WEIR_HUB_ORACLE_NOT_FOUND, SOUP_STATUS_NOT_FOUND, "Unrecognized resource" },
  { WEIR_HUB_ORACLE_NOT_AUTHORIZED, SOUP_STATUS_UNAUTHORIZED, "Not authorized" },
  { WEIR_HUB_ORACLE_UNSUPPORTED, SOUP_STATUS_BAD_REQUEST, "Unsupported request" },
};

static guint
find_exception (guint code)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (exceptions[i].code == code)
      return i;
  g_return_val_if_reached (0);
}

static char *
dup_exception_href (WeirHubContext *context, guint code)
{
  g_autofree char *rest = g_strdup_printf ("/exceptions/OSC-CREST-%05u", code);

  return weir_hub_oracle_dup_href (context, rest);
}

/* status: HTTP, or 200 where the exception itself is what was asked for (§B7) */
static char *
make_envelope (WeirHubContext *context, guint code, guint status, const char *detail)
{
  const char *title = exceptions[find_exception (code)].title;
  g_autofree char *type = dup_exception_href (context, code);
  g_autofree char *error_code = g_strdup_printf ("OSC-CREST-%05u", code);
  const char *query = g_uri_get_query (soup_server_message_get_uri (context->message));
  g_autofree char *instance = g_strconcat (weir_hub_server_get_uri (context->server),
                                           context->face != NULL ? context->face->prefix : "",
                                           context->path, query != NULL ? "?" : NULL, query, NULL);
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "type", type);
  weir_json_writer_add_string (writer, "title", title);
  weir_json_writer_add_int (writer, "status", status);
  weir_json_writer_add_string (writer, "detail", detail != NULL ? detail : title);
  weir_json_writer_add_string (writer, "instance", instance);
  weir_json_writer_add_string (writer, "o:errorCode", error_code);
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  WeirJsonWriter *writer;

  if (strcmp (context->method, "GET") != 0)
    {
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_METHOD, NULL);
      return;
    }
  writer = weir_hub_json_begin ();
  weir_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    {
      g_autofree char *href = dup_exception_href (context, exceptions[i].code);

      weir_json_writer_begin_object (writer, NULL);
      weir_json_writer_add_string (writer, "rel", "canonical");
      weir_json_writer_add_string (writer, "href", href);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_array (writer);
  weir_json_writer_end_object (writer);
  weir_hub_context_reply_json (context, SOUP_STATUS_OK, weir_json_writer_end (writer));
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  const char *id = context->ids[g_strv_length (context->ids) - 1];
  const char *prefix = "OSC-CREST-";
  guint64 code;

  if (strcmp (context->method, "GET") != 0)
    {
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_METHOD, NULL);
      return;
    }
  if (g_str_has_prefix (id, prefix)
      && g_ascii_string_to_unsigned (id + strlen (prefix), 10, 1, 99999, &code, NULL))
    for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
      if (exceptions[i].code == code)
        {
          weir_hub_context_reply_json (context, SOUP_STATUS_OK,
                                       make_envelope (context, (guint) code, SOUP_STATUS_OK, NULL));
          return;
        }
  weir_hub_oracle_refuse (context, 1, NULL);
}

/**
 * weir_hub_oracle_error_clear:
 * @self: an error
 */
void
weir_hub_oracle_error_clear (WeirHubOracleError *self)
{
  self->code = 0;
  g_clear_pointer (&self->detail, g_free);
}

/**
 * weir_hub_oracle_error_set:
 * @self: an error; the first one set stays
 * @code: the digits of its code
 * @format: what is wrong, like printf
 * @...: for @format
 */
void
weir_hub_oracle_error_set (WeirHubOracleError *self, guint code, const char *format, ...)
{
  va_list arguments;

  if (self->code != 0)
    return;
  self->code = code;
  va_start (arguments, format);
  self->detail = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/**
 * weir_hub_oracle_refuse:
 * @context: a request without an answer yet
 * @code: the digits of Oracle's code
 * @detail: (nullable): what is wrong
 */
void
weir_hub_oracle_refuse (WeirHubContext *context, guint code, const char *detail)
{
  guint status = exceptions[find_exception (code)].status;

  weir_hub_context_reply_json (context, status, make_envelope (context, code, status, detail));
}

/**
 * weir_hub_oracle_dup_href:
 * @context: a request
 * @rest: what follows /services/rest/connect
 *
 * Returns: (transfer full): an absolute address
 */
char *
weir_hub_oracle_dup_href (WeirHubContext *context, const char *rest)
{
  return g_strconcat (weir_hub_server_get_uri (context->server), "/oracle" ROOT, rest, NULL);
}

/**
 * weir_hub_oracle_route:
 * @self: the face
 * @pattern: what follows the version
 * @handler: answers, whatever the method; the version is the first of context->ids, or "latest"
 *   is meant if there is none
 */
void
weir_hub_oracle_route (WeirHubOracle *self, const char *pattern, WeirHubHandler handler)
{
  g_autofree char *plain = g_strconcat (ROOT, pattern, NULL);
  g_autofree char *versioned = g_strconcat (ROOT, "/{version}", pattern, NULL);

  weir_hub_server_add (self->server, &self->face, NULL, plain, handler, self);
  weir_hub_server_add (self->server, &self->face, NULL, versioned, handler, self);
}

/**
 * weir_hub_oracle_add_exceptions:
 * @self: the face
 *
 * Adds the list of the codes the hub can give.
 */
void
weir_hub_oracle_add_exceptions (WeirHubOracle *self)
{
  weir_hub_oracle_route (self, "/exceptions", list_cb);
  weir_hub_oracle_route (self, "/exceptions/{code}", get_cb);
}
