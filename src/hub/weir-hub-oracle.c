/* weir-hub-oracle.c: the Oracle face (api/sequin-and-oracle.md, part B)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#include "weir-clock.h"

#define CONTEXT_HEADER "OSvC-CREST-Application-Context"
#define TOKEN_HEADER "osvc-crest-api-access-token"
#define NEXT_HEADER "osvc-crest-next-request-after"
#define MAX_CONTEXT 40 /* characters */
/* From so many requests in a second the client is asked to wait. */
#define MANY_REQUESTS 100
#define WAIT_MS 250

/* §B2: Basic, or as a bearer the same secret. */
static gboolean
is_authorized (WeirHubOracle *self, WeirHubContext *context)
{
  const char *header = weir_hub_context_get_header (context, "Authorization");
  g_autofree char *expected = NULL;
  g_autofree guchar *decoded = NULL;
  g_autofree char *given = NULL;
  gsize length;

  if (header == NULL)
    return FALSE;
  if (g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return strcmp (header + 7, self->password) == 0;
  if (g_ascii_strncasecmp (header, "Basic ", 6) != 0)
    return FALSE;
  expected = g_strconcat (WEIR_HUB_ORACLE_USER, ":", self->password, NULL);
  decoded = g_base64_decode (header + 6, &length);
  given = g_strndup ((const char *) decoded, length);
  return strcmp (given, expected) == 0;
}

static guint
count_request (WeirHubOracle *self)
{
  gint64 second = weir_clock_now () / G_USEC_PER_SEC;

  if (self->second != second)
    self->in_second = 0;
  self->second = second;
  return ++self->in_second;
}

/* §B1: the header that is a must from v1.4 on, and the token that goes to and fro. */
static gboolean
check_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubOracle *self = user_data;
  const char *application = weir_hub_context_get_header (context, CONTEXT_HEADER);
  const char *token = weir_hub_context_get_header (context, TOKEN_HEADER);

  if (!is_authorized (self, context))
    {
      weir_hub_context_set_header (context, "WWW-Authenticate", "Basic realm=\"weir-hub\"");
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_NOT_AUTHORIZED,
                              "The user name, password or token is wrong or missing");
      return FALSE;
    }
  weir_hub_context_set_header (context, TOKEN_HEADER, self->access_token);
  weir_hub_context_set_header (context, NEXT_HEADER,
                               count_request (self) > MANY_REQUESTS ? G_STRINGIFY (WAIT_MS) : "0");
  if (application == NULL || *application == '\0')
    {
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_UNSUPPORTED,
                              "The header " CONTEXT_HEADER " is missing");
      return FALSE;
    }
  if (g_utf8_strlen (application, -1) > MAX_CONTEXT)
    {
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_UNSUPPORTED,
                              "The header " CONTEXT_HEADER " is longer than 40 characters");
      return FALSE;
    }
  if (token != NULL && strcmp (token, self->access_token) != 0)
    {
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_UNSUPPORTED,
                              "The header " TOKEN_HEADER " is not as it was given");
      return FALSE;
    }
  return TRUE;
}

static void
fail_cb (WeirHubContext *context, guint status, const char *message, gpointer user_data)
{
  switch (status)
    {
    case SOUP_STATUS_NOT_FOUND:
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_NOT_FOUND, message);
      break;
    case SOUP_STATUS_METHOD_NOT_ALLOWED:
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_METHOD, message);
      break;
    default:
      weir_hub_oracle_refuse (context, WEIR_HUB_ORACLE_BAD_WRITE, message);
    }
}

static void
oracle_free (gpointer data)
{
  WeirHubOracle *self = data;

  weir_hub_deliverer_free (self->deliverer);
  g_object_unref (self->server);
  g_object_unref (self->sources);
  g_object_unref (self->store);
  g_free (self->password);
  g_free (self->access_token);
  g_free (self);
}

/**
 * weir_hub_oracle_face_add:
 * @self: a hub
 *
 * Adds the Oracle face at /oracle: event subscriptions, and their deliveries.
 */
void
weir_hub_oracle_face_add (WeirHub *self)
{
  WeirHubOracle *face;

  g_return_if_fail (WEIR_IS_HUB (self));

  face = g_new0 (WeirHubOracle, 1);
  face->store = g_object_ref (weir_hub_get_store (self));
  face->sources = g_object_ref (weir_hub_get_sources (self));
  face->server = g_object_ref (weir_hub_get_server (self));
  face->password = weir_hub_dup_secret (self, WEIR_HUB_ORACLE_PASSWORD);
  face->access_token = weir_hub_store_dup_secret (face->store, "oracle-access-token", "");
  face->face = (WeirHubFace){ "/oracle", check_cb, fail_cb, face };
  g_object_set_data_full (G_OBJECT (self), "oracle", face, oracle_free);

  weir_hub_server_add_face (face->server, &face->face);
  weir_hub_oracle_add_exceptions (face);
  weir_hub_oracle_add_schema (face);
  weir_hub_oracle_add_subscriptions (face);
  face->deliverer = weir_hub_deliverer_new (face);
}
