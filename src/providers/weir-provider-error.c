/* weir-provider-error.c: what went wrong at a provider, and what the server said about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-provider.h"

#include "weir-ask.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WeirErrorData *data;
  gint64 retry_after;
  guint status; /* 0: no answer */
} WeirProviderErrorPrivate;

static void
weir_provider_error_private_init (WeirProviderErrorPrivate *priv)
{
}

static void
weir_provider_error_private_copy (const WeirProviderErrorPrivate *source,
                                  WeirProviderErrorPrivate *copy)
{
  g_set_object (&copy->data, source->data);
  copy->retry_after = source->retry_after;
  copy->status = source->status;
}

static void
weir_provider_error_private_clear (WeirProviderErrorPrivate *priv)
{
  g_clear_object (&priv->data);
}

G_DEFINE_EXTENDED_ERROR (WeirProviderError, weir_provider_error)

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

/* What the body says, -1 where it says nothing that is known. Membrane: api/membrane.md §5, where "access_token_expired"
 * and the like are about the connection to the outside application and not about this account, so that they are a
 * refusal whatever the HTTP status. Oracle: api/sequin-and-oracle.md B7. */
static int
code_from_data (WeirErrorData *data, guint status)
{
  static const char *const refusals[] = {
    "connection",      "configuration",         "dependency_error",
    "flow_run",        "flow_instance_setup",   "action_run",
    "unit_run",        "action_instance_setup", "custom_code",
    "concurrency",     "insufficient_credit",   "openrouter_not_configured",
    "OSC-CREST-00002", "OSC-CREST-00003",       "OSC-CREST-00006",
    "OSC-CREST-00007", "OSC-CREST-00009",       "OSC-CREST-00010",
    "OSC-CREST-00011", "OSC-CREST-00012",       "OSC-CREST-00016",
    "OSC-CREST-00017", "OSC-CREST-00018",       NULL
  };
  const char *type = data->type;
  const char *key = data->key;

  if (is_one_of (type, refusals) || is_one_of (key, refusals))
    return WEIR_PROVIDER_ERROR_REFUSED;
  if (g_strcmp0 (type, "internal") == 0 || g_strcmp0 (key, "OSC-CREST-00008") == 0)
    return WEIR_PROVIDER_ERROR_SERVER;
  if (g_strcmp0 (key, "not_authenticated") == 0)
    return WEIR_PROVIDER_ERROR_UNAUTHORIZED;
  if (g_strcmp0 (key, "access_denied") == 0 || g_strcmp0 (key, "OSC-CREST-00005") == 0
      || g_strcmp0 (key, "OSC-CREST-00015") == 0)
    return WEIR_PROVIDER_ERROR_FORBIDDEN;
  if (g_strcmp0 (key, "OSC-CREST-00014") == 0)
    return status == 403 ? WEIR_PROVIDER_ERROR_FORBIDDEN : WEIR_PROVIDER_ERROR_UNAUTHORIZED;
  if (g_strcmp0 (key, "not_found") == 0 || g_strcmp0 (key, "OSC-CREST-00013") == 0)
    return WEIR_PROVIDER_ERROR_NOT_FOUND;
  if (g_strcmp0 (key, "already_exists") == 0)
    return WEIR_PROVIDER_ERROR_REFUSED;
  if (g_strcmp0 (key, "rate_limit_exceeded") == 0 || g_strcmp0 (key, "OSC-CREST-00035") == 0)
    return WEIR_PROVIDER_ERROR_THROTTLED;
  return -1;
}

static WeirProviderError
code_from_status (guint status)
{
  switch (status)
    {
    case 401:
      return WEIR_PROVIDER_ERROR_UNAUTHORIZED;
    case 403:
      return WEIR_PROVIDER_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return WEIR_PROVIDER_ERROR_NOT_FOUND;
    case 429:
      return WEIR_PROVIDER_ERROR_THROTTLED;
    case 407: /* a proxy in between */
    case 408:
    case 502:
    case 503:
    case 504:
      return WEIR_PROVIDER_ERROR_UNREACHABLE;
    default:
      if (status >= 500)
        return WEIR_PROVIDER_ERROR_SERVER;
      return status >= 400 ? WEIR_PROVIDER_ERROR_REFUSED : WEIR_PROVIDER_ERROR_INVALID_ANSWER;
    }
}

static char *
describe (WeirErrorData *data, WeirHttpResponse *response)
{
  WeirErrorData *leaf = weir_error_data_get_leaf (data);
  g_autofree char *words = NULL;

  if (*data->message == '\0' && *leaf->message == '\0')
    return g_strdup_printf (_ ("The server answered %u %s."), response->status,
                            response->reason != NULL ? response->reason : "");
  if (leaf == data || *leaf->message == '\0' || g_str_equal (leaf->message, data->message))
    words = g_strdup (data->message);
  else
    words = g_strdup_printf (_ ("%s: %s"), data->message, leaf->message);
  /* Where the body said little the status is in there already. */
  if (g_str_has_prefix (words, "HTTP "))
    return g_steal_pointer (&words);
  return g_strdup_printf (_ ("%s (HTTP %u)"), words, response->status);
}

/**
 * weir_provider_error_new:
 * @format: printf form of a translated sentence
 *
 * Returns: (transfer full): an error of this domain with no data of a server
 */
GError *
weir_provider_error_new (WeirProviderError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return g_error_new_literal (WEIR_PROVIDER_ERROR, (int) code, message);
}

/**
 * weir_provider_error_new_from_data:
 * @data: (nullable): what a server said inside an answer that was a success as such
 *
 * Returns: (transfer full): an error of this domain that carries it
 */
GError *
weir_provider_error_new_from_data (WeirProviderError code, WeirErrorData *data, const char *message)
{
  GError *error = g_error_new_literal (WEIR_PROVIDER_ERROR, (int) code, message);

  g_set_object (&weir_provider_error_get_private (error)->data, data);
  return error;
}

/**
 * weir_provider_error_new_from_response:
 * @response: an answer whose status is no success
 *
 * Reads any envelope, and none; the body decides by its type and key before the status does (api/membrane.md §5).
 *
 * Returns: (transfer full): the error, with all that the server said
 */
GError *
weir_provider_error_new_from_response (WeirHttpResponse *response)
{
  g_autoptr (WeirErrorData) data = NULL;
  g_autofree char *message = NULL;
  WeirProviderErrorPrivate *priv;
  GError *error;
  int code;

  g_return_val_if_fail (response != NULL, NULL);

  data = weir_error_data_new_from_answer (response->status, response->reason,
                                          weir_http_response_get_content_type (response),
                                          response->body);
  code = code_from_data (data, response->status);
  if (code < 0)
    code = (int) code_from_status (response->status);
  message = describe (data, response);
  error = g_error_new_literal (WEIR_PROVIDER_ERROR, code, message);
  priv = weir_provider_error_get_private (error);
  priv->data = g_steal_pointer (&data);
  priv->retry_after = response->retry_after;
  priv->status = response->status;
  return error;
}

/**
 * weir_provider_error_new_from_local:
 * @error: of %WEIR_HTTP_ERROR, or any other
 *
 * Returns: (transfer full): the same in this domain; a cancellation and an error of this domain are only copied
 */
GError *
weir_provider_error_new_from_local (const GError *error)
{
  WeirProviderError code = WEIR_PROVIDER_ERROR_UNREACHABLE;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == WEIR_PROVIDER_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE)
      || g_error_matches (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT))
    code = WEIR_PROVIDER_ERROR_INVALID_ANSWER;
  else if (g_error_matches (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED))
    code = WEIR_PROVIDER_ERROR_UNTRUSTED;
  return g_error_new_literal (WEIR_PROVIDER_ERROR, (int) code, error->message);
}

/**
 * weir_provider_error_get_data:
 * @error: any error
 *
 * Returns: (transfer none) (nullable): what the server said; %NULL for errors of other domains too
 */
WeirErrorData *
weir_provider_error_get_data (const GError *error)
{
  WeirProviderErrorPrivate *priv;

  if (error == NULL || error->domain != WEIR_PROVIDER_ERROR)
    return NULL;
  priv = weir_provider_error_get_private (error);
  return priv->data;
}

/**
 * weir_provider_error_get_retry_after:
 * @error: any error
 *
 * Returns: µs from the time of the answer until the server wants to be asked again; 0 if it did not say
 */
gint64
weir_provider_error_get_retry_after (const GError *error)
{
  if (error == NULL || error->domain != WEIR_PROVIDER_ERROR)
    return 0;
  return weir_provider_error_get_private (error)->retry_after;
}

/**
 * weir_provider_error_set_retry_after:
 * @error: an error of this domain
 * @retry_after: µs from now
 */
void
weir_provider_error_set_retry_after (GError *error, gint64 retry_after)
{
  g_return_if_fail (error != NULL && error->domain == WEIR_PROVIDER_ERROR);
  weir_provider_error_get_private (error)->retry_after = retry_after;
}

/**
 * weir_provider_error_get_status:
 * @error: any error
 *
 * Returns: the HTTP status it was made from; 0 if there was none
 */
guint
weir_provider_error_get_status (const GError *error)
{
  if (error == NULL || error->domain != WEIR_PROVIDER_ERROR)
    return 0;
  return weir_provider_error_get_private (error)->status;
}
