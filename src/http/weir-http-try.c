/* weir-http-try.c: one try of a request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-http-try.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-clock.h"
#include "weir-http-trust.h"

#define DEFAULT_MAX_SIZE (64u * 1024u * 1024u)
#define CHUNK_SIZE (256u * 1024u)
#define FORESEEN_SIZE (4u * 1024u * 1024u) /* more than this is not set aside on a server's word */

typedef struct
{
  SoupSession *session;
  WeirAuth *auth; /* (nullable) */
  WeirHttpLimits limits;
  SoupMessage *message;
  GUri *uri;
  GCancellable *cancellable;
  gsize max_size;
  const char *wait_header; /* (nullable) */
  gsize sent;
  GPtrArray *secrets; /* of this request alone; those of auth are its own */

  GSource *connect_timer;
  GSource *idle_timer;
  GSource *total_timer;
  char *expired;      /* (nullable) which limit ran out, in words */
  gboolean started;   /* the request may have left, in part at least */
  gboolean answered;  /* the headers are here */
  gboolean abandoned; /* the headers are enough */

  GInputStream *stream; /* as it came */
  GInputStream *reader; /* what is read: stream itself or its decompressor */
  gboolean draining;    /* behind the end of the compressed data */
  goffset raw;          /* bytes read from `stream` itself */
  GByteArray *body;
  guchar *chunk;

  gint64 started_at; /* wall clock, µs */
  gint64 began;      /* monotonic, µs */
  WeirExchange *exchange;
} Try;

static void read_chunk (GTask *task);

static void
try_free (Try *try)
{
  weir_http_clear_source (&try->connect_timer);
  weir_http_clear_source (&try->idle_timer);
  weir_http_clear_source (&try->total_timer);
  g_clear_object (&try->session);
  g_clear_object (&try->auth);
  g_clear_object (&try->message);
  g_clear_pointer (&try->uri, g_uri_unref);
  g_clear_object (&try->cancellable);
  g_clear_pointer (&try->secrets, g_ptr_array_unref);
  g_free (try->expired);
  g_clear_object (&try->reader);
  g_clear_object (&try->stream);
  g_clear_pointer (&try->body, g_byte_array_unref);
  g_free (try->chunk);
  g_clear_object (&try->exchange);
  g_free (try);
}

/* Every text that is kept passes here: a server may echo what it was sent. */
static char *
mask (Try *try, const char *text)
{
  char *masked = g_utf8_make_valid (text, -1);

  for (guint i = 0; i < try->secrets->len; i++)
    {
      char *previous = masked;

      masked = weir_mask_text (previous, g_ptr_array_index (try->secrets, i));
      g_free (previous);
    }
  if (try->auth != NULL)
    {
      char *previous = masked;

      masked = weir_auth_mask (try->auth, previous);
      g_free (previous);
    }
  return masked;
}

static char *
list_headers (Try *try, SoupMessageHeaders *headers)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      g_autofree char *masked = weir_mask_header (name, value);

      g_string_append_printf (lines, "%s: %s\n", name, masked);
    }
  return mask (try, lines->str);
}

static gint64
get_duration (Try *try)
{
  return (g_get_monotonic_time () - try->began) / 1000;
}

static void
remember (Try *try, guint status, const char *outcome)
{
  WeirExchange *exchange = g_object_new (WEIR_TYPE_EXCHANGE, NULL);
  g_autofree char *uri = g_uri_to_string (try->uri);
  g_autofree char *masked = weir_mask_uri (uri);

  exchange->started_at = try->started_at;
  exchange->method = g_strdup (soup_message_get_method (try->message));
  exchange->uri = mask (try, masked);
  exchange->status = status;
  exchange->outcome = g_strdup (outcome);
  exchange->attempt = 1;
  exchange->duration = get_duration (try);
  exchange->sent = try->sent;
  exchange->received = try->body ? try->body->len : 0;
  exchange->request_headers = list_headers (try, soup_message_get_request_headers (try->message));
  exchange->response_headers = list_headers (try, soup_message_get_response_headers (try->message));
  try->exchange = exchange;
}

/* Both ends of a try come through here. A stream that was not read to its end makes libsoup close
 * the connection; libsoup does not read on. */
static void
stop (Try *try)
{
  weir_http_clear_source (&try->connect_timer);
  weir_http_clear_source (&try->idle_timer);
  weir_http_clear_source (&try->total_timer);
  g_signal_handlers_disconnect_by_data (try->message, try);
  if (try->stream != NULL)
    g_input_stream_close_async (try->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&try->reader);
  g_clear_object (&try->stream);
}

static GError *
translate (Try *try, const GError *error)
{
  WeirHttpError code = WEIR_HTTP_ERROR_UNREACHABLE;
  g_autofree char *message = mask (try, error->message);
  g_autofree char *refusal = weir_http_trust_dup_refusal (try->message);

  if (error->domain == WEIR_HTTP_ERROR)
    return g_error_new_literal (error->domain, error->code, message);
  if (try->expired != NULL)
    return g_error_new_literal (
        WEIR_HTTP_ERROR, try->started ? WEIR_HTTP_ERROR_TIMEOUT : WEIR_HTTP_ERROR_UNREACHABLE,
        try->expired);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (refusal != NULL)
    return g_error_new_literal (WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED, refusal);

  /* Whatever ends it: what has left may have been carried out. */
  if (try->started)
    code = WEIR_HTTP_ERROR_CUT;
  else if (error->domain == G_TLS_ERROR && !g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    code = WEIR_HTTP_ERROR_TLS;
  return g_error_new_literal (WEIR_HTTP_ERROR, code, message);
}

/* Takes the task's reference and the error. */
static void
fail (GTask *task, GError *error)
{
  Try *try = g_task_get_task_data (task);
  g_autoptr (GError) original = error;
  GError *translated = translate (try, error);

  stop (try);
  remember (try, 0, translated->message);
  g_task_return_error (task, translated);
  g_object_unref (task);
}

/* An error is shown, kept and copied, and the server may echo in it what it was sent. */
static GBytes *
take_body (Try *try, guint status)
{
  if (status >= 400 && try->body->len > 0)
    {
      g_autofree char *text = g_utf8_make_valid ((char *) try->body->data, try->body->len);
      g_autofree char *masked = mask (try, text);

      if (!g_str_equal (masked, text))
        {
          gsize length = strlen (masked);

          return g_bytes_new_take (g_steal_pointer (&masked), length);
        }
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&try->body));
}

static void
succeed (GTask *task)
{
  Try *try = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (try->message);
  const char *reason = soup_message_get_reason_phrase (try->message);
  WeirHttpResponse *response = g_new0 (WeirHttpResponse, 1);

  stop (try);
  response->status = soup_message_get_status (try->message);
  response->reason = mask (try, reason ? reason : "");
  response->headers = soup_message_headers_ref (headers);
  response->duration = get_duration (try);
  response->retry_after = MAX (weir_http_read_retry_after (headers),
                               weir_http_read_milliseconds (headers, try->wait_header));
  remember (try, response->status, NULL);
  response->body = take_body (try, response->status);

  g_task_return_pointer (task, response, (GDestroyNotify) weir_http_response_free);
  g_object_unref (task);
}

/* text: taken over */
static void
expire (Try *try, char *text)
{
  if (try->expired == NULL)
    try->expired = text;
  else
    g_free (text);
  g_cancellable_cancel (try->cancellable);
}

static gboolean
connect_expired_cb (gpointer user_data)
{
  Try *try = user_data;

  expire (try, g_strdup_printf (_ ("No connection within %u s"), try->limits.connect));
  return G_SOURCE_REMOVE;
}

static gboolean
idle_expired_cb (gpointer user_data)
{
  Try *try = user_data;

  expire (try, g_strdup_printf (try->answered ? _ ("No more data within %u s")
                                              : _ ("No answer within %u s"),
                                try->limits.idle));
  return G_SOURCE_REMOVE;
}

static gboolean
total_expired_cb (gpointer user_data)
{
  Try *try = user_data;

  expire (try, g_strdup_printf (_ ("No complete answer within %u s"), try->limits.total));
  return G_SOURCE_REMOVE;
}

static void
set_timer (GSource **timer, guint seconds, GSourceFunc callback, Try *try)
{
  weir_http_clear_source (timer);
  if (seconds == 0)
    return;

  *timer = g_timeout_source_new (seconds * 1000);
  g_source_set_callback (*timer, callback, try, NULL);
  g_source_attach (*timer, g_main_context_get_thread_default ());
}

/* Often, while data comes: the timer that runs is set on. */
static void
restart_idle_timer (Try *try)
{
  weir_http_clear_source (&try->connect_timer);
  if (try->idle_timer != NULL)
    g_source_set_ready_time (try->idle_timer,
                             g_get_monotonic_time () + try->limits.idle * G_TIME_SPAN_SECOND);
  else
    set_timer (&try->idle_timer, try->limits.idle, idle_expired_cb, try);
}

static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  Try *try = user_data;

  /* Not earlier: before its first event a message waits for its turn. */
  if (try->connect_timer == NULL)
    set_timer (&try->connect_timer, try->limits.connect, connect_expired_cb, try);
}

static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  Try *try = user_data;

  try->started = TRUE;
  restart_idle_timer (try);
}

static void
wrote_body_data_cb (SoupMessage *message, guint size, gpointer user_data)
{
  restart_idle_timer (user_data);
}

static void
got_headers_cb (SoupMessage *message, gpointer user_data)
{
  Try *try = user_data;

  try->answered = TRUE;
  restart_idle_timer (try);

  /* To this answer libsoup would send again by itself whatever the method, having read the whole
   * body into memory. The headers are enough. */
  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST)
    {
      try->abandoned = TRUE;
      g_cancellable_cancel (try->cancellable);
    }
}

/* FALSE if a whole body must not be expected although a header may speak of one. */
static gboolean
has_body (Try *try)
{
  guint status = soup_message_get_status (try->message);

  return status != SOUP_STATUS_NO_CONTENT && status != SOUP_STATUS_NOT_MODIFIED
         && !g_str_equal (soup_message_get_method (try->message), "HEAD");
}

/* The length of the body as it travels, -1 if it was not told. */
static goffset
get_told_length (Try *try)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (try->message);

  if (!has_body (try))
    return 0;
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return -1;
  return soup_message_headers_get_content_length (headers);
}

static void
set_too_large (Try *try, GError **error)
{
  g_autofree char *size = g_format_size (try->max_size);

  /* Translators: %s is a size such as “64.0 MB” */
  g_set_error (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE,
               _ ("The answer is larger than %s"), size);
}

static gboolean
add_chunk (Try *try, gsize size, GError **error)
{
  if (try->reader == try->stream)
    try->raw += (goffset) size;

  if (try->body->len + size > try->max_size || try->raw > (goffset) try->max_size)
    {
      set_too_large (try, error);
      return FALSE;
    }
  if (!try->draining)
    g_byte_array_append (try->body, try->chunk, (guint) size);
  return TRUE;
}

/* libsoup 3.2 takes a connection that ends between two chunks for the end of the body; newer ones
 * do not. Whether it has seen the last chunk shows in whether it would read on: from a stream that
 * is busy it cannot. Layers that are not there (HTTP/2 has none) have nothing to show. */
static gboolean
has_last_chunk (Try *try)
{
  GInputStream *body, *network;
  char byte;
  gssize size;

  if (soup_message_headers_get_encoding (soup_message_get_response_headers (try->message))
          != SOUP_ENCODING_CHUNKED
      || !G_IS_FILTER_INPUT_STREAM (try->stream))
    return TRUE;
  body = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (try->stream));
  if (!G_IS_FILTER_INPUT_STREAM (body))
    return TRUE;
  network = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (body));

  if (!g_input_stream_set_pending (network, NULL))
    return TRUE;
  size = g_input_stream_read (body, &byte, 1, NULL, NULL);
  g_input_stream_clear_pending (network);
  return size == 0;
}

static void
end_of_stream (GTask *task)
{
  Try *try = g_task_get_task_data (task);
  goffset told = get_told_length (try);

  /* The decompressor stops where the compressed data ends; only what libsoup has seen the end of
   * is known to be whole, and its connection is used again. */
  if (try->reader != try->stream)
    {
      g_set_object (&try->reader, try->stream);
      try->draining = TRUE;
      read_chunk (task);
    }
  else if ((!try->draining && told >= 0 && try->raw != told) || !has_last_chunk (try))
    {
      g_autofree char *size = g_format_size ((guint64) try->raw);

      /* Translators: %s is a size such as “1.3 kB” */
      fail (task, g_error_new (WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT,
                               _ ("The answer ended too early, after %s"), size));
    }
  else
    succeed (task);
}

static void
read_chunk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Try *try = g_task_get_task_data (task);
  GError *error = NULL;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (size < 0)
    fail (task, error);
  else if (size == 0)
    end_of_stream (task);
  else if (!add_chunk (try, (gsize) size, &error))
    fail (task, error);
  else
    {
      restart_idle_timer (try);
      read_chunk (task);
    }
}

static void
read_chunk (GTask *task)
{
  Try *try = g_task_get_task_data (task);

  g_input_stream_read_async (try->reader, try->chunk, CHUNK_SIZE, G_PRIORITY_DEFAULT,
                             try->cancellable, read_chunk_cb, task);
}

/* Decompressing is done here because libsoup's own takes a cut stream for a whole one. */
static GInputStream *
open_reader (Try *try)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (try->message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autoptr (GZlibDecompressor) decompressor = NULL;
  GInputStream *reader;

  if (encoding == NULL || get_told_length (try) == 0
      || (g_ascii_strcasecmp (encoding, "gzip") != 0
          && g_ascii_strcasecmp (encoding, "x-gzip") != 0))
    return g_object_ref (try->stream);

  decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  reader = g_converter_input_stream_new (try->stream, G_CONVERTER (decompressor));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (reader), FALSE);
  return reader;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Try *try = g_task_get_task_data (task);
  GError *error = NULL;
  goffset told;

  try->stream = weir_http_send_finish (SOUP_SESSION (source), result, &error);
  if (try->abandoned)
    {
      g_clear_error (&error);
      succeed (task);
      return;
    }
  if (try->stream == NULL)
    {
      fail (task, error);
      return;
    }
  if (get_told_length (try) > (goffset) try->max_size)
    {
      set_too_large (try, &error);
      fail (task, error);
      return;
    }

  try->reader = open_reader (try);
  try->chunk = g_malloc (CHUNK_SIZE);
  told = get_told_length (try);
  if (told > 0)
    {
      g_byte_array_unref (try->body);
      try->body = g_byte_array_sized_new ((guint) MIN (told, FORESEEN_SIZE));
    }
  read_chunk (task);
}

static void
add_headers (Try *try, WeirHttpRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (try->message);
  g_autofree char *authorization = try->auth ? weir_auth_dup_header (try->auth) : NULL;

  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
  if (authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", authorization);

  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    {
      const char *name = g_ptr_array_index (request->headers, i);
      const char *value = g_ptr_array_index (request->headers, i + 1);
      g_autofree char *masked = weir_mask_header (name, value);

      soup_message_headers_replace (headers, name, value);
      if (!g_str_equal (masked, value))
        {
          const char *space = strchr (value, ' ');

          g_ptr_array_add (try->secrets, g_strdup (value));
          g_ptr_array_add (try->secrets, g_strdup (space ? space + 1 : ""));
        }
    }
}

/**
 * weir_http_try_async:
 * @session: a session of weir_http_session_new()
 * @auth: (nullable): what Authorization is made from, unless @request has the header
 * @limits: the timeouts
 * @request: what to send; only read until this function returns
 * @uri: where to
 * @cancellable: made for this try alone
 * @callback: called in the thread's default context
 * @user_data: for @callback
 *
 * Sends @request to @uri once and reads the whole answer.
 */
void
weir_http_try_async (SoupSession *session,
                     WeirAuth *auth,
                     const WeirHttpLimits *limits,
                     WeirHttpRequest *request,
                     GUri *uri,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autofree char *text = g_uri_to_string (uri);
  Try *try = g_new0 (Try, 1);
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, weir_http_try_async);
  g_task_set_task_data (task, try, (GDestroyNotify) try_free);
  /* A timeout cancels, too, but is an error of its own. */
  g_task_set_check_cancellable (task, FALSE);

  try->session = g_object_ref (session);
  try->auth = auth ? g_object_ref (auth) : NULL;
  try->limits = *limits;
  try->uri = g_uri_ref (uri);
  try->cancellable = g_object_ref (cancellable);
  try->wait_header = request->wait_header;
  try->max_size = MIN (request->max_size ? request->max_size : DEFAULT_MAX_SIZE, G_MAXINT32);
  try->body = g_byte_array_new ();
  try->secrets = weir_mask_find_in_uri (text);
  try->started_at = weir_clock_now ();
  try->began = g_get_monotonic_time ();

  try->message = weir_http_message_new (request->method, uri);
  add_headers (try, request);
  if (request->body != NULL)
    {
      try->sent = g_bytes_get_size (request->body);
      soup_message_set_request_body_from_bytes (try->message, request->content_type, request->body);
    }

  g_signal_connect (try->message, "network-event", G_CALLBACK (network_event_cb), try);
  g_signal_connect (try->message, "starting", G_CALLBACK (starting_cb), try);
  g_signal_connect (try->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), try);
  g_signal_connect (try->message, "got-headers", G_CALLBACK (got_headers_cb), try);
  set_timer (&try->total_timer, limits->total, total_expired_cb, try);

  weir_http_send_async (session, try->message, cancellable, sent_cb, task);
}

/**
 * weir_http_try_finish:
 * @result: the result
 * @exchange: (out) (transfer full): the exchange, masked, also if there is an error
 * @error: return location for a #GError: of %WEIR_HTTP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
WeirHttpResponse *
weir_http_try_finish (GAsyncResult *result, WeirExchange **exchange, GError **error)
{
  Try *try = g_task_get_task_data (G_TASK (result));

  *exchange = g_object_ref (try->exchange);
  return g_task_propagate_pointer (G_TASK (result), error);
}
