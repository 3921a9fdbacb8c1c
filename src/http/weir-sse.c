/* weir-sse.c: a server-sent event stream that reconnects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-sse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-clock.h"
#include "weir-http-soup.h"
#include "weir-sse-parser.h"

#define FIRST_WAIT 1.0 /* s */
#define LONGEST_WAIT 60.0
#define REFUSED_WAIT 600.0
#define SILENCE 90.0
#define CHUNK_SIZE 8192

/* One connection. It outlives its stream until its last call has returned: `sse` is NULL then. */
typedef struct
{
  WeirSse *sse; /* (nullable) not owned */
  GCancellable *cancellable;
  SoupMessage *message;
  GInputStream *stream;
  WeirSseParser *parser;
  guint status;
  gboolean refused; /* there is no such stream here, or not for this token */
  gboolean silent;
  gint64 started_at;
  gint64 began;
  char chunk[CHUNK_SIZE];
} Attempt;

struct _WeirSse
{
  GObject parent_instance;

  WeirHttpClient *client;
  char *uri;
  guint unit; /* ms of a second */

  gboolean started;
  gboolean open;
  Attempt *attempt; /* (nullable) */
  GSource *timer;   /* of the silence, or of the wait between connections */
  guint failures;   /* since the last message */
  guint attempts;
  char *last_id; /* (nullable) */
  gint64 retry;  /* ms, 0 = not told */
};

enum
{
  MESSAGE,
  OPENED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirSse, weir_sse, G_TYPE_OBJECT)

static void start_attempt (WeirSse *self);
static void read_more (Attempt *attempt);

static void
attempt_free (Attempt *attempt)
{
  if (attempt->stream != NULL)
    g_input_stream_close_async (attempt->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_data (attempt->message, attempt);
  g_clear_object (&attempt->stream);
  g_clear_object (&attempt->message);
  g_clear_object (&attempt->cancellable);
  g_clear_pointer (&attempt->parser, weir_sse_parser_free);
  g_free (attempt);
}

static void
set_timer (WeirSse *self, double seconds, GSourceFunc callback)
{
  weir_http_clear_source (&self->timer);
  self->timer = g_timeout_source_new ((guint) (seconds * self->unit) + 1);
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static gboolean
silence_cb (gpointer user_data)
{
  WeirSse *self = user_data;

  weir_http_clear_source (&self->timer);
  self->attempt->silent = TRUE;
  g_cancellable_cancel (self->attempt->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  WeirSse *self = user_data;

  weir_http_clear_source (&self->timer);
  start_attempt (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_refusal (guint status)
{
  return status == SOUP_STATUS_NO_CONTENT || status == SOUP_STATUS_UNAUTHORIZED
         || status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_NOT_FOUND
         || status == SOUP_STATUS_METHOD_NOT_ALLOWED || status == SOUP_STATUS_GONE
         || status == SOUP_STATUS_NOT_IMPLEMENTED;
}

/* s */
static double
get_wait (WeirSse *self, Attempt *attempt)
{
  double asked = 0, first = self->retry > 0 ? (double) self->retry / 1000 : FIRST_WAIT;

  if (attempt->refused)
    return REFUSED_WAIT;

  if (attempt->status != 0)
    asked =
        (double) weir_http_read_retry_after (soup_message_get_response_headers (attempt->message))
        / G_USEC_PER_SEC;
  first *= 1u << MIN (self->failures, 10);
  first *= g_random_double_range (1.0, 1.25);
  return MIN (MAX (MIN (first, LONGEST_WAIT), asked), REFUSED_WAIT);
}

static void
remember (WeirSse *self, Attempt *attempt, const char *outcome)
{
  WeirAuth *auth = weir_http_client_get_auth (self->client);
  g_autoptr (WeirExchange) exchange = g_object_new (WEIR_TYPE_EXCHANGE, NULL);
  g_autofree char *masked = weir_mask_uri (self->uri);

  exchange->started_at = attempt->started_at;
  exchange->method = g_strdup ("GET");
  exchange->uri = auth ? weir_auth_mask (auth, masked) : g_strdup (masked);
  exchange->status = attempt->status;
  exchange->outcome = auth ? weir_auth_mask (auth, outcome) : g_strdup (outcome);
  exchange->attempt = self->attempts;
  exchange->duration = (g_get_monotonic_time () - attempt->began) / 1000;
  exchange->request_headers = g_strdup ("Accept: text/event-stream\n");
  exchange->response_headers = g_strdup ("");
  weir_exchange_log_add (weir_http_client_get_log (self->client), exchange);
}

/* The connection is over or never was: says so and waits for the next. Takes the attempt. */
static void
lose (Attempt *attempt, const char *why)
{
  WeirSse *self = g_object_ref (attempt->sse);
  g_autoptr (GError) error = NULL;

  if (attempt->silent)
    why = _ ("The server is silent");
  error = g_error_new_literal (WEIR_HTTP_ERROR,
                               self->open ? WEIR_HTTP_ERROR_CUT : WEIR_HTTP_ERROR_UNREACHABLE, why);
  if (!self->open)
    remember (self, attempt, attempt->status == 0 ? why : NULL);

  set_timer (self, get_wait (self, attempt), wait_over_cb);
  self->failures++;
  self->open = FALSE;
  self->attempt = NULL;
  attempt_free (attempt);

  g_signal_emit (self, signals[CLOSED], 0, error);
  g_object_unref (self);
}

static void
message_cb (const char *event, const char *data, gpointer user_data)
{
  Attempt *attempt = user_data;
  WeirSse *self = attempt->sse;
  const char *last_id = weir_sse_parser_get_last_id (attempt->parser);

  /* A handler of the message before has stopped the stream. */
  if (self == NULL)
    return;

  self->failures = 0;
  if (g_strcmp0 (self->last_id, last_id) != 0)
    {
      g_free (self->last_id);
      self->last_id = g_strdup (last_id);
    }
  g_signal_emit (self, signals[MESSAGE], 0, event, data);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (WeirSse) self = NULL;
  g_autoptr (GError) error = NULL;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (attempt->sse == NULL)
    {
      attempt_free (attempt);
      return;
    }
  if (size <= 0)
    {
      lose (attempt, size < 0 ? error->message : _ ("The server ended the stream"));
      return;
    }

  self = g_object_ref (attempt->sse);
  set_timer (self, SILENCE, silence_cb);
  weir_sse_parser_feed (attempt->parser, attempt->chunk, (gsize) size);
  if (attempt->sse == NULL)
    {
      attempt_free (attempt);
      return;
    }
  if (weir_sse_parser_get_retry (attempt->parser) > 0)
    self->retry = weir_sse_parser_get_retry (attempt->parser);
  read_more (attempt);
}

static void
read_more (Attempt *attempt)
{
  g_input_stream_read_async (attempt->stream, attempt->chunk, CHUNK_SIZE, G_PRIORITY_DEFAULT,
                             attempt->cancellable, read_cb, attempt);
}

static void
got_headers_cb (SoupMessage *message, gpointer user_data)
{
  Attempt *attempt = user_data;
  const char *type =
      soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  attempt->status = soup_message_get_status (message);
  attempt->refused = is_refusal (attempt->status);
  /* A page of HTML with status 200 is not the stream either. */
  if (attempt->status == SOUP_STATUS_OK
      && (type == NULL || g_ascii_strcasecmp (type, "text/event-stream") != 0))
    attempt->refused = TRUE;
  if (attempt->refused || attempt->status != SOUP_STATUS_OK)
    g_cancellable_cancel (attempt->cancellable);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;
  WeirSse *self = attempt->sse;
  g_autoptr (GError) error = NULL;

  attempt->stream = weir_http_send_finish (SOUP_SESSION (source), result, &error);
  if (self == NULL)
    attempt_free (attempt);
  else if (attempt->refused || (attempt->status != 0 && attempt->status != SOUP_STATUS_OK))
    lose (attempt, _ ("The server has no such stream"));
  else if (attempt->stream == NULL)
    lose (attempt, error->message);
  else
    {
      remember (self, attempt, NULL);
      self->open = TRUE;
      read_more (attempt);
      g_signal_emit (self, signals[OPENED], 0);
    }
}

/* (nullable): the address with the token in its query (api/membrane.md §2.12) */
static GUri *
make_address (WeirSse *self, const char *token)
{
  g_autofree char *escaped = NULL;
  g_autofree char *text = NULL;

  if (token == NULL)
    return weir_http_parse_address (NULL, self->uri, NULL);

  escaped = g_uri_escape_string (token, NULL, FALSE);
  text = g_strconcat (self->uri, strchr (self->uri, '?') ? "&" : "?", "token=", escaped, NULL);
  return weir_http_parse_address (NULL, text, NULL);
}

static void
start_attempt (WeirSse *self)
{
  WeirAuth *auth = weir_http_client_get_auth (self->client);
  g_autofree char *token = auth ? weir_auth_dup_token (auth) : NULL;
  g_autoptr (GUri) uri = make_address (self, token);
  SoupMessageHeaders *headers;
  Attempt *attempt;

  /* That cannot get better by waiting. */
  if (uri == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_ADDRESS,
                                                      _ ("The stream has no valid address"));
      g_signal_emit (self, signals[CLOSED], 0, error);
      return;
    }

  attempt = g_new0 (Attempt, 1);
  attempt->sse = self;
  attempt->cancellable = g_cancellable_new ();
  attempt->parser = weir_sse_parser_new (self->last_id, message_cb, attempt);
  attempt->started_at = weir_clock_now ();
  attempt->began = g_get_monotonic_time ();
  attempt->message = weir_http_message_new ("GET", uri);
  g_signal_connect (attempt->message, "got-headers", G_CALLBACK (got_headers_cb), attempt);

  headers = soup_message_get_request_headers (attempt->message);
  soup_message_headers_replace (headers, "Accept", "text/event-stream");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (self->last_id != NULL && *self->last_id != '\0')
    soup_message_headers_replace (headers, "Last-Event-ID", self->last_id);
  if (auth != NULL && token == NULL)
    {
      g_autofree char *authorization = weir_auth_dup_header (auth);

      if (authorization != NULL)
        soup_message_headers_replace (headers, "Authorization", authorization);
    }

  self->attempt = attempt;
  self->attempts++;
  set_timer (self, SILENCE, silence_cb);
  weir_http_send_async (weir_http_client_get_session (self->client), attempt->message,
                        attempt->cancellable, sent_cb, attempt);
}

static void
weir_sse_dispose (GObject *object)
{
  WeirSse *self = WEIR_SSE (object);

  weir_sse_stop (self);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (weir_sse_parent_class)->dispose (object);
}

static void
weir_sse_finalize (GObject *object)
{
  WeirSse *self = WEIR_SSE (object);

  g_free (self->uri);
  g_free (self->last_id);

  G_OBJECT_CLASS (weir_sse_parent_class)->finalize (object);
}

static void
weir_sse_class_init (WeirSseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_sse_dispose;
  object_class->finalize = weir_sse_finalize;

  /**
   * WeirSse::message:
   * @event: the message's type, "message" if it has none
   * @data: its text, valid UTF-8
   */
  signals[MESSAGE] = g_signal_new ("message", WEIR_TYPE_SSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * WeirSse::opened:
   *
   * The server has begun to stream.
   */
  signals[OPENED] = g_signal_new ("opened", WEIR_TYPE_SSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * WeirSse::closed:
   * @error: why, of %WEIR_HTTP_ERROR
   *
   * A connection ended or could not be made; the next one follows by itself. Not emitted by
   * weir_sse_stop().
   */
  signals[CLOSED] = g_signal_new ("closed", WEIR_TYPE_SSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
weir_sse_init (WeirSse *self)
{
  self->unit = 1000;
}

/**
 * weir_sse_new:
 * @client: (transfer none): whose connections, authorization and log are used
 * @uri: the stream's address, without token
 *
 * Returns: (transfer full): a stream that is not started
 */
WeirSse *
weir_sse_new (WeirHttpClient *client, const char *uri)
{
  WeirSse *self;

  g_return_val_if_fail (WEIR_IS_HTTP_CLIENT (client), NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (WEIR_TYPE_SSE, NULL);
  self->client = g_object_ref (client);
  self->uri = g_strdup (uri);
  return self;
}

/**
 * weir_sse_start:
 * @self: a stream
 *
 * Connects, again and again until weir_sse_stop(). A stream that is started stays as it is.
 */
void
weir_sse_start (WeirSse *self)
{
  g_return_if_fail (WEIR_IS_SSE (self));

  if (self->started)
    return;
  self->started = TRUE;
  self->failures = 0;
  start_attempt (self);
}

/**
 * weir_sse_stop:
 * @self: a stream
 *
 * Disconnects. No signal is emitted from now on.
 */
void
weir_sse_stop (WeirSse *self)
{
  Attempt *attempt;

  g_return_if_fail (WEIR_IS_SSE (self));

  attempt = g_steal_pointer (&self->attempt);
  self->started = FALSE;
  self->open = FALSE;
  weir_http_clear_source (&self->timer);
  if (attempt != NULL)
    {
      /* Its pending call still comes back, and frees it. */
      attempt->sse = NULL;
      g_cancellable_cancel (attempt->cancellable);
    }
}

/**
 * weir_sse_set_unit:
 * @self: a stream
 * @milliseconds: what a second of waiting or silence takes
 *
 * For tests.
 */
void
weir_sse_set_unit (WeirSse *self, guint milliseconds)
{
  g_return_if_fail (WEIR_IS_SSE (self));

  self->unit = milliseconds;
}
