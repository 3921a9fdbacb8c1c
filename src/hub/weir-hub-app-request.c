/* weir-hub-app-request.c: the request that subscribes at an app
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-app-request.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-error.h"

typedef struct
{
  WeirHubMembrane *membrane;
  WeirHubContext *context;
  char *id; /* of the subscription */
  char *method;
  char *uri;
} Subscribing;

static void
subscribing_free (Subscribing *subscribing)
{
  weir_hub_context_unref (subscribing->context);
  g_free (subscribing->id);
  g_free (subscribing->method);
  g_free (subscribing->uri);
  g_free (subscribing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Subscribing, subscribing_free)

/* What the request's formulas may name: the subscription as it is sent, and its user and type. */
static char *
make_scope (WeirHubMembrane *self, WeirHubDocument *subscription)
{
  g_autoptr (WeirHubExpander) expander = weir_hub_expander_new (self);
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_hub_expander_write (expander, writer, WEIR_HUB_APP_EVENT_SUBSCRIPTION, subscription);
  return weir_json_writer_end (writer);
}

static char *
add_query (const char *uri, WeirJson query)
{
  GString *text = g_string_new (uri);
  char separator = strchr (uri, '?') != NULL ? '&' : '?';
  WeirJsonIter iter;
  WeirJson key, value;

  if (weir_json_get_type (query) == WEIR_JSON_OBJECT)
    {
      weir_json_iter_init (&iter, query);
      while (weir_json_iter_next (&iter, &key, &value))
        {
          g_autofree char *name = weir_json_dup_string (key);
          g_autofree char *content = weir_json_dup_text (value);
          g_autofree char *escaped_name = g_uri_escape_string (name, NULL, FALSE);
          g_autofree char *escaped = g_uri_escape_string (content, NULL, FALSE);

          g_string_append_printf (text, "%c%s=%s", separator, escaped_name, escaped);
          separator = '&';
        }
    }
  return g_string_free (text, FALSE);
}

static WeirHttpRequest *
make_request (Subscribing *subscribing, WeirJson spec)
{
  WeirJson headers = weir_json_get (spec, "headers");
  WeirJson body = weir_json_get (spec, "body");
  WeirHttpRequest *request = weir_http_request_new (subscribing->method, subscribing->uri);
  WeirJsonIter iter;
  WeirJson key, value;

  request->once = TRUE;
  if (weir_json_is_set (body) && strcmp (subscribing->method, "GET") != 0)
    {
      g_autoptr (GBytes) bytes = weir_json_dup_bytes (body);

      weir_http_request_set_json (request, bytes);
    }
  if (weir_json_get_type (headers) != WEIR_JSON_OBJECT)
    return request;
  weir_json_iter_init (&iter, headers);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      g_autofree char *content = weir_json_dup_text (value);

      if (*name != '\0' && strpbrk (name, " \r\n:") == NULL && strpbrk (content, "\r\n") == NULL)
        weir_http_request_add_header (request, name, content);
    }
  return request;
}

/* What the app answered: {"status", "headers", "data"?}. */
static char *
make_response (Subscribing *subscribing, WeirHttpResponse *response)
{
  g_autofree char *exchange =
      weir_hub_error_describe_exchange (subscribing->method, subscribing->uri, response);

  return weir_json_dup_raw (weir_json_get (weir_hub_json_view (exchange), "response"));
}

static void
keep (Subscribing *subscribing, const char *response, const char *error)
{
  WeirHubStore *store = subscribing->membrane->store;
  g_autofree char *revision = weir_hub_store_new_uuid (store);
  g_autofree char *patch = NULL;
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_boolean (writer, "isSubscribed", error == NULL);
  weir_json_writer_add_string (writer, "state", error == NULL ? "READY" : "SETUP_FAILED");
  if (error != NULL)
    {
      weir_json_writer_begin_array (writer, "errors");
      weir_hub_json_add_text (writer, NULL, error);
      weir_json_writer_end_array (writer);
    }
  else
    weir_json_writer_add_null (writer, "errors");
  if (response != NULL)
    weir_hub_json_add_text (writer, "subscriptionResponse", response);
  weir_json_writer_add_string (writer, "revision", revision);
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_json_writer_end_object (writer);
  patch = weir_json_writer_end (writer);
  weir_hub_store_merge (store, WEIR_HUB_APP_EVENT_SUBSCRIPTION, subscribing->id, patch, NULL);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Subscribing) subscribing = user_data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (WeirHttpResponse) response =
      weir_http_client_send_finish (WEIR_HTTP_CLIENT (object), result, &failure);
  g_autofree char *cause = NULL;
  g_autofree char *answer = NULL;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the face is gone */
  cause = weir_hub_error_from_exchange (subscribing->method, subscribing->uri, response, failure);
  answer = response != NULL ? make_response (subscribing, response) : NULL;
  if (cause != NULL)
    {
      g_autofree char *error = weir_hub_error_new (
          "connection", NULL, "The app did not accept the subscription", NULL, cause);

      keep (subscribing, answer, error);
      weir_hub_context_reply_json (subscribing->context, SOUP_STATUS_BAD_REQUEST,
                                   g_steal_pointer (&error));
    }
  else
    {
      keep (subscribing, answer, NULL);
      weir_hub_membrane_reply_element (subscribing->membrane, subscribing->context,
                                       WEIR_HUB_APP_EVENT_SUBSCRIPTION, subscribing->id);
    }
}

/**
 * weir_hub_app_request_send:
 * @self: the face
 * @context: a request without an answer yet
 * @subscription: an app event subscription
 *
 * Really subscribes: sends the subscription request to the app, with its formulas filled in, and
 * answers with the subscription when the app has accepted it, with an ErrorData when not. A type
 * without a request needs none.
 */
void
weir_hub_app_request_send (WeirHubMembrane *self,
                           WeirHubContext *context,
                           WeirHubDocument *subscription)
{
  g_autofree char *scope = make_scope (self, subscription);
  g_autofree char *filled = weir_hub_formula_fill (
      weir_json_get (subscription->json, "subscriptionRequest"), weir_hub_json_view (scope));
  WeirJson spec = weir_hub_json_view (filled);
  g_autofree char *uri = weir_json_dup_string (weir_json_get (spec, "uri"));
  Subscribing *subscribing = g_new0 (Subscribing, 1);

  subscribing->membrane = self;
  subscribing->context = weir_hub_context_ref (context);
  subscribing->id = g_strdup (subscription->id);
  subscribing->method = weir_json_dup_string (weir_json_get (spec, "method"));
  if (subscribing->method == NULL)
    subscribing->method = g_strdup ("POST");
  if (uri == NULL || *uri == '\0')
    {
      keep (subscribing, NULL, NULL);
      weir_hub_membrane_reply_element (self, context, WEIR_HUB_APP_EVENT_SUBSCRIPTION,
                                       subscribing->id);
      subscribing_free (subscribing);
      return;
    }
  subscribing->uri = add_query (uri, weir_json_get (spec, "query"));
  weir_http_client_send_async (weir_hub_sources_get_client (self->sources),
                               make_request (subscribing, spec), self->cancellable, sent_cb,
                               subscribing);
}
