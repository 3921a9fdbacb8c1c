/* weir-http-client.c: one polite HTTP exchange
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-http-client.h"

#include "weir-http-trust.h"
#include "weir-http-try.h"

#include <glib/gi18n-lib.h>

#define FOREGROUND_TRIES 4
#define FOREGROUND_WAIT 20 /* s, in all */
#define BACKGROUND_TRIES 8
#define BACKGROUND_WAIT 60 /* s, a single one */
#define MAX_REDIRECTS 5

struct _WeirHttpClient
{
  GObject parent_instance;

  SoupSession *session;
  WeirAuth *auth; /* (nullable) */
  WeirExchangeLog *log;
  WeirQuota *quota;
  WeirHttpLimits limits;
  guint retry_unit;   /* ms */
  GPtrArray *pending; /* GTask, not owned: each removes itself before it returns */
};

enum
{
  PROP_0,
  PROP_CONNECT_TIMEOUT,
  PROP_IDLE_TIMEOUT,
  PROP_TOTAL_TIMEOUT,
  N_PROPS,
};

enum
{
  SENT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_QUARK (weir_http_error, weir_http_error)
G_DEFINE_FINAL_TYPE (WeirHttpClient, weir_http_client, G_TYPE_OBJECT)

/* What one weir_http_client_send_async() goes through: tries, redirections and waits. */
typedef struct
{
  WeirHttpRequest *request;
  GUri *uri; /* where the next try goes */
  guint tries;
  guint redirects;
  guint exchanges;
  double waited; /* s, in all */
  gboolean cancelled;
  GCancellable *current; /* of the try under way; NULL while waiting */
  GSource *cancel_source;
  GSource *wait_source;
} Sending;

static void start_try (GTask *task);

static void
sending_free (Sending *sending)
{
  weir_http_clear_source (&sending->cancel_source);
  weir_http_clear_source (&sending->wait_source);
  g_clear_object (&sending->current);
  g_clear_pointer (&sending->request, weir_http_request_free);
  g_clear_pointer (&sending->uri, g_uri_unref);
  g_free (sending);
}

/* Takes the reference that the sending holds on its task, and the answer or the error. */
static void
end (GTask *task, WeirHttpResponse *response, GError *error)
{
  WeirHttpClient *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  weir_http_clear_source (&sending->cancel_source);
  weir_http_clear_source (&sending->wait_source);
  g_ptr_array_remove_fast (self->pending, task);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, response, (GDestroyNotify) weir_http_response_free);
  g_object_unref (task);
}

static void
cancel (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  sending->cancelled = TRUE;
  if (sending->current != NULL)
    g_cancellable_cancel (sending->current);
  else
    end (task, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

/* Only a question is asked twice. */
static gboolean
is_question (const char *method)
{
  return g_str_equal (method, "GET") || g_str_equal (method, "HEAD");
}

/* What a server does not have it will not have in a second either. */
static gboolean
is_temporary (guint status)
{
  if (status == SOUP_STATUS_NOT_IMPLEMENTED || status == SOUP_STATUS_HTTP_VERSION_NOT_SUPPORTED)
    return FALSE;
  return status == SOUP_STATUS_REQUEST_TIMEOUT
         || status == 429 /* Too Many Requests (RFC 6585 §4) */ || status >= 500;
}

static gboolean
is_redirect (WeirHttpResponse *response)
{
  return (response->status == SOUP_STATUS_MOVED_PERMANENTLY || response->status == SOUP_STATUS_FOUND
          || response->status == SOUP_STATUS_SEE_OTHER
          || response->status == SOUP_STATUS_TEMPORARY_REDIRECT
          || response->status == SOUP_STATUS_PERMANENT_REDIRECT)
         && weir_http_response_get_header (response, "Location") != NULL;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);

  weir_http_clear_source (&sending->wait_source);
  start_try (task);
  return G_SOURCE_REMOVE;
}

/* Waits, then tries again, if the rules allow it. `asked` is what Retry-After said, µs, or 0. */
static gboolean
try_again_later (GTask *task, gint64 asked)
{
  WeirHttpClient *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  WeirHttpRequest *request = sending->request;
  double wait;

  if (sending->cancelled || request->once || !is_question (request->method)
      || sending->tries >= (request->background ? BACKGROUND_TRIES : FOREGROUND_TRIES))
    return FALSE;

  /* Between half and all of 1, 2, 4… s, so that clients refused together do not return together. */
  if (asked > 0)
    wait = (double) asked / G_USEC_PER_SEC;
  else
    wait = MIN (1u << (sending->tries - 1), BACKGROUND_WAIT) * g_random_double_range (0.5, 1.0);

  if (request->background ? wait > BACKGROUND_WAIT : sending->waited + wait > FOREGROUND_WAIT)
    return FALSE;

  sending->waited += wait;
  sending->wait_source = g_timeout_source_new ((guint) (wait * self->retry_unit + 1));
  g_source_set_callback (sending->wait_source, wait_over_cb, task, NULL);
  g_source_attach (sending->wait_source, g_task_get_context (task));
  return TRUE;
}

static int
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/* The same origin, or the same server over TLS; the token must not go anywhere else. */
static gboolean
may_follow (GUri *from, GUri *to)
{
  int port = get_port (from);

  if (g_ascii_strcasecmp (g_uri_get_host (from), g_uri_get_host (to)) != 0)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (from), g_uri_get_scheme (to)))
    return port == get_port (to);
  return g_str_equal (g_uri_get_scheme (to), "https")
         && (port == get_port (to) || (port == 80 && get_port (to) == 443));
}

static gboolean
follow_redirect (Sending *sending, WeirHttpResponse *response, GError **error)
{
  const char *location = weir_http_response_get_header (response, "Location");
  g_autoptr (GUri) target = NULL;

  target = weir_http_parse_address (sending->uri, location, NULL);
  if (target == NULL)
    {
      g_set_error_literal (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT,
                           _ ("The server redirects to an invalid address"));
      return FALSE;
    }

  if (!is_question (sending->request->method) || !may_follow (sending->uri, target))
    {
      g_autofree char *origin =
          g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (target), NULL, g_uri_get_host (target),
                      g_uri_get_port (target), "", NULL, NULL);

      g_set_error (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT,
                   _ ("The server redirects to %s"), origin);
      return FALSE;
    }

  if (++sending->redirects > MAX_REDIRECTS)
    {
      g_set_error_literal (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT,
                           _ ("The server redirects too often"));
      return FALSE;
    }

  g_clear_pointer (&sending->uri, g_uri_unref);
  sending->uri = g_steal_pointer (&target);
  return TRUE;
}

static void
take_response (GTask *task, WeirHttpResponse *response)
{
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  if (is_redirect (response))
    {
      if (follow_redirect (sending, response, &error))
        {
          /* What follows is the same try, elsewhere. */
          sending->tries--;
          start_try (task);
        }
      else
        end (task, NULL, error);
      weir_http_response_free (response);
    }
  else if (is_temporary (response->status) && try_again_later (task, response->retry_after))
    weir_http_response_free (response);
  else
    end (task, response, NULL);
}

/* A connection that cannot be made is broken transport too. A server that is only silent is not: it
 * may be at work on the answer, and asking it twice gives it more to do. */
static void
take_error (GTask *task, GError *error, gint64 lost)
{
  Sending *sending = g_task_get_task_data (task);
  gboolean broken = g_error_matches (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE)
                    || g_error_matches (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);

  /* For whoever waits, time lost on a connection is waiting as well. */
  sending->waited += (double) lost / 1000;
  if (broken && try_again_later (task, 0))
    g_error_free (error);
  else
    end (task, NULL, error);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WeirHttpClient *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (WeirExchange) exchange = NULL;
  GError *error = NULL;
  WeirHttpResponse *response = weir_http_try_finish (result, &exchange, &error);

  exchange->attempt = ++sending->exchanges;
  weir_exchange_log_add (self->log, exchange);
  weir_quota_note (self->quota, exchange->status, response != NULL ? response->headers : NULL,
                   response != NULL ? response->retry_after : 0);
  g_signal_emit (self, signals[SENT], 0, exchange);

  g_clear_object (&sending->current);
  if (sending->cancelled)
    {
      g_clear_pointer (&response, weir_http_response_free);
      g_clear_error (&error);
      cancel (task);
    }
  else if (response != NULL)
    take_response (task, response);
  else
    take_error (task, error, exchange->duration);
}

static void
start_try (GTask *task)
{
  WeirHttpClient *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  sending->tries++;
  sending->current = g_cancellable_new ();
  weir_http_try_async (self->session, self->auth, &self->limits, sending->request, sending->uri,
                       sending->current, tried_cb, task);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
weir_http_client_dispose (GObject *object)
{
  WeirHttpClient *self = WEIR_HTTP_CLIENT (object);
  g_autoptr (GPtrArray) pending = g_ptr_array_copy (self->pending, NULL, NULL);

  /* Each holds a reference on the client, so that this is only ever g_object_run_dispose(). */
  for (guint i = 0; i < pending->len; i++)
    cancel (g_ptr_array_index (pending, i));

  G_OBJECT_CLASS (weir_http_client_parent_class)->dispose (object);
}

static void
weir_http_client_finalize (GObject *object)
{
  WeirHttpClient *self = WEIR_HTTP_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->auth);
  g_clear_object (&self->log);
  g_clear_object (&self->quota);
  g_clear_pointer (&self->pending, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_http_client_parent_class)->finalize (object);
}

static guint *
get_limit (WeirHttpClient *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_CONNECT_TIMEOUT:
      return &self->limits.connect;
    case PROP_IDLE_TIMEOUT:
      return &self->limits.idle;
    case PROP_TOTAL_TIMEOUT:
      return &self->limits.total;
    default:
      return NULL;
    }
}

static void
weir_http_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  guint *limit = get_limit (WEIR_HTTP_CLIENT (object), prop_id);

  if (limit != NULL)
    g_value_set_uint (value, *limit);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
weir_http_client_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  guint *limit = get_limit (WEIR_HTTP_CLIENT (object), prop_id);

  if (limit != NULL)
    *limit = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
weir_http_client_class_init (WeirHttpClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_http_client_dispose;
  object_class->finalize = weir_http_client_finalize;
  object_class->get_property = weir_http_client_get_property;
  object_class->set_property = weir_http_client_set_property;

  /* s; 0 = no limit */
  properties[PROP_CONNECT_TIMEOUT] =
      g_param_spec_uint ("connect-timeout", NULL, NULL, 0, G_MAXUINT / 1000, 10,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  properties[PROP_IDLE_TIMEOUT] =
      g_param_spec_uint ("idle-timeout", NULL, NULL, 0, G_MAXUINT / 1000, 30,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOTAL_TIMEOUT] =
      g_param_spec_uint ("total-timeout", NULL, NULL, 0, G_MAXUINT / 1000, 120,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * WeirHttpClient::sent:
   * @exchange: the #WeirExchange that is over, with or without an answer
   */
  signals[SENT] = g_signal_new ("sent", WEIR_TYPE_HTTP_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, WEIR_TYPE_EXCHANGE);
}

static void
weir_http_client_init (WeirHttpClient *self)
{
  self->session = weir_http_session_new ();
  self->log = weir_exchange_log_new ();
  self->quota = weir_quota_new ();
  self->retry_unit = 1000;
  self->pending = g_ptr_array_new ();
}

/**
 * weir_http_client_new:
 * @auth: (nullable) (transfer none): who asks
 *
 * Returns: (transfer full): a client with connections and a log of its own, for the thread that
 *   makes it
 */
WeirHttpClient *
weir_http_client_new (WeirAuth *auth)
{
  WeirHttpClient *self;

  g_return_val_if_fail (auth == NULL || WEIR_IS_AUTH (auth), NULL);

  self = g_object_new (WEIR_TYPE_HTTP_CLIENT, NULL);
  g_set_object (&self->auth, auth);
  return self;
}

/**
 * weir_http_client_get_log:
 * @self: a client
 *
 * Returns: (transfer none): every exchange of @self, each try and each redirection by itself
 */
WeirExchangeLog *
weir_http_client_get_log (WeirHttpClient *self)
{
  g_return_val_if_fail (WEIR_IS_HTTP_CLIENT (self), NULL);

  return self->log;
}

/**
 * weir_http_client_get_latency:
 * @self: a client
 *
 * Returns: how long its last exchange took, ms; -1 if there was none
 */
gint64
weir_http_client_get_latency (WeirHttpClient *self)
{
  g_autoptr (WeirExchange) last = NULL;
  GListModel *log;
  guint n_exchanges;

  g_return_val_if_fail (WEIR_IS_HTTP_CLIENT (self), -1);

  log = G_LIST_MODEL (self->log);
  n_exchanges = g_list_model_get_n_items (log);
  if (n_exchanges == 0)
    return -1;
  last = g_list_model_get_item (log, n_exchanges - 1);

  return last->duration;
}

/**
 * weir_http_client_set_quota:
 * @self: a client
 * @quota: what its requests are counted in; it has one of its own until then
 */
void
weir_http_client_set_quota (WeirHttpClient *self, WeirQuota *quota)
{
  g_return_if_fail (WEIR_IS_HTTP_CLIENT (self));
  g_return_if_fail (WEIR_IS_QUOTA (quota));

  g_set_object (&self->quota, quota);
}

/**
 * weir_http_client_get_quota:
 * @self: a client
 *
 * Returns: (transfer none): what its requests are counted in
 */
WeirQuota *
weir_http_client_get_quota (WeirHttpClient *self)
{
  g_return_val_if_fail (WEIR_IS_HTTP_CLIENT (self), NULL);

  return self->quota;
}

/**
 * weir_http_client_get_auth:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): who asks
 */
WeirAuth *
weir_http_client_get_auth (WeirHttpClient *self)
{
  g_return_val_if_fail (WEIR_IS_HTTP_CLIENT (self), NULL);

  return self->auth;
}

/**
 * weir_http_client_get_session:
 * @self: a client
 *
 * Returns: (transfer none): the session, for #WeirSse alone
 */
SoupSession *
weir_http_client_get_session (WeirHttpClient *self)
{
  g_return_val_if_fail (WEIR_IS_HTTP_CLIENT (self), NULL);

  return self->session;
}

/**
 * weir_http_client_set_authorities:
 * @self: a client that has not asked yet
 * @authorities: (nullable) (element-type GTlsCertificate): whose signatures count as the system's do
 */
void
weir_http_client_set_authorities (WeirHttpClient *self, GPtrArray *authorities)
{
  g_return_if_fail (WEIR_IS_HTTP_CLIENT (self));

  weir_http_trust_give (self->session, authorities);
}

/**
 * weir_http_client_set_timeouts:
 * @self: a client
 * @connect: s until connected
 * @idle: s without a byte
 * @total: s for a whole try
 *
 * Sets the limits of the tries that start from now on; 0 means none.
 */
void
weir_http_client_set_timeouts (WeirHttpClient *self, guint connect, guint idle, guint total)
{
  g_return_if_fail (WEIR_IS_HTTP_CLIENT (self));

  g_object_set (self, "connect-timeout", connect, "idle-timeout", idle, "total-timeout", total,
                NULL);
}

/**
 * weir_http_client_set_retry_unit:
 * @self: a client
 * @milliseconds: what a second of waiting between tries takes, Retry-After included
 *
 * Lets tests wait as often as in life, but not as long.
 */
void
weir_http_client_set_retry_unit (WeirHttpClient *self, guint milliseconds)
{
  g_return_if_fail (WEIR_IS_HTTP_CLIENT (self));

  self->retry_unit = milliseconds;
}

/**
 * weir_http_client_send_async:
 * @self: a client
 * @request: (transfer full): what to send
 * @cancellable: (nullable): a cancellable
 * @callback: called in the thread's default context
 * @user_data: for @callback
 *
 * Sends @request and reads the whole answer. A GET is repeated when no connection comes about or it
 * breaks, and after 408, 429 and 5xx (but 501 and 505), obeying Retry-After, and follows
 * redirections within its origin; nothing else is ever sent twice.
 */
void
weir_http_client_send_async (WeirHttpClient *self,
                             WeirHttpRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Sending *sending;
  GTask *task;
  GError *error = NULL;

  g_return_if_fail (WEIR_IS_HTTP_CLIENT (self));
  g_return_if_fail (request != NULL);

  sending = g_new0 (Sending, 1);
  sending->request = request;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_http_client_send_async);
  g_task_set_task_data (task, sending, (GDestroyNotify) sending_free);
  g_ptr_array_add (self->pending, task);

  sending->uri = weir_http_parse_address (NULL, request->uri, &error);
  if (sending->uri == NULL)
    {
      end (task, NULL, error);
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      cancel (task);
      return;
    }

  if (cancellable != NULL)
    {
      sending->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (sending->cancel_source, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (sending->cancel_source, g_task_get_context (task));
    }
  start_try (task);
}

/**
 * weir_http_client_send_finish:
 * @self: a client
 * @result: the result
 * @error: return location for a #GError: of %WEIR_HTTP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status; %NULL if there is none
 */
WeirHttpResponse *
weir_http_client_send_finish (WeirHttpClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
