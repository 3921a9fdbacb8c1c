/* weir-http-soup.c: libsoup as Weir uses it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-http-soup.h"

#include "weir-clock.h"
#include "weir-http-proxy.h"
#include "weir-http-trust.h"

#include <glib/gi18n-lib.h>

/* A stream of events holds one of a host's connections for good, and what waits in libsoup's queue
 * for a free one is seen by no timeout but the whole one. */
#define MAX_CONNECTIONS 64
#define MAX_CONNECTIONS_PER_HOST 8

#define LONGEST_WAIT (G_TIME_SPAN_DAY / 1000) /* ms */

/* One message under way, with a cancellable of its own. */
typedef struct
{
  SoupMessage *message;
  GCancellable *cancellable; /* libsoup's */
  gulong cancelled_id;
  gulong headers_id;
  gboolean answered;
} Send;

static void
send_free (Send *send)
{
  g_object_unref (send->message);
  g_object_unref (send->cancellable);
  g_free (send);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Send *send = user_data;

  if (!send->answered)
    g_cancellable_cancel (send->cancellable);
}

static void
got_headers_cb (SoupMessage *message, gpointer user_data)
{
  Send *send = user_data;

  send->answered = TRUE;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream = NULL;
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;

  g_cancellable_disconnect (g_task_get_cancellable (task), send->cancelled_id);
  g_signal_handler_disconnect (send->message, send->headers_id);

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (stream != NULL)
    g_task_return_pointer (task, g_steal_pointer (&stream), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * weir_http_session_new:
 *
 * The proxy is the one that was chosen, the HTTP version libsoup's; the system's certificate authorities
 * are trusted, and those of weir_http_trust_give(). There are no cookies (libsoup has none unless asked); timeouts and decompressing are the try's.
 *
 * Returns: (transfer full): a session for tries and event streams
 */
SoupSession *
weir_http_session_new (void)
{
  SoupSession *session = soup_session_new_with_options (
      "user-agent", "Weir/" WEIR_VERSION, "timeout", 0, "max-conns", MAX_CONNECTIONS,
      "max-conns-per-host", MAX_CONNECTIONS_PER_HOST, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  weir_http_proxy_give (session);
  return session;
}

/**
 * weir_http_message_new:
 * @method: the method
 * @uri: an address that weir_http_parse_address() gave
 *
 * Returns: (transfer full): a message that libsoup neither redirects, nor answers a 401 for, nor
 *   sends twice unless it is a GET
 */
SoupMessage *
weir_http_message_new (const char *method, GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (method, uri);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* libsoup sends DELETE and PUT again when a kept connection turns out to be dead; on a fresh one
   * it sends nothing twice. Never for POST, but the rule is easier without exceptions. */
  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  /* Switched off, not taken out of the session: without the feature libsoup 3.2 expects that it
   * will send again after a 401 and reads the answer into memory without bounds. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  return message;
}

/**
 * weir_http_parse_address:
 * @base: (nullable): what a relative @text is relative to
 * @text: an address as a person or a server gave it
 * @error: return location for a #GError, %WEIR_HTTP_ERROR_ADDRESS
 *
 * Returns: (transfer full) (nullable): an absolute http or https address with a host
 */
GUri *
weir_http_parse_address (GUri *base, const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  gboolean clean = TRUE;
  const char *scheme, *host;

  /* GUri is lenient with blanks; a request line is not. */
  for (const char *p = text; *p != '\0' && clean; p++)
    clean = !g_ascii_isspace (*p) && !g_ascii_iscntrl (*p);

  if (clean && g_utf8_validate (text, -1, NULL))
    uri = g_uri_parse_relative (base, text, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri ? g_uri_get_scheme (uri) : NULL;
  host = uri ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0'
      || (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")))
    {
      g_autofree char *masked = weir_mask_uri (text);
      g_autofree char *valid = g_utf8_make_valid (masked, -1);

      g_set_error (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_ADDRESS,
                   _ ("“%s” is not an http or https address"), valid);
      return NULL;
    }
  return g_steal_pointer (&uri);
}

/**
 * weir_http_send_async:
 * @session: a session
 * @message: what to send
 * @cancellable: a cancellable, which may be cancelled from the session's own thread only
 * @callback: called when the headers of the answer are there
 * @user_data: for @callback
 *
 * libsoup 3.6 crashes if it is cancelled when its answer is already on the way to the callback: from
 * the headers on it is not told, and the finish says that it was cancelled.
 */
void
weir_http_send_async (SoupSession *session,
                      SoupMessage *message,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Send *send = g_new0 (Send, 1);

  g_task_set_source_tag (task, weir_http_send_async);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  send->message = g_object_ref (message);
  send->cancellable = g_cancellable_new ();
  send->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), send, NULL);
  weir_http_trust_watch (session, message);
  send->headers_id = g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), send);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, send->cancellable, sent_cb, task);
}

/**
 * weir_http_send_finish:
 * @session: the session
 * @result: what the callback was given
 * @error: return location for an error of libsoup's, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): where to read the body
 */
GInputStream *
weir_http_send_finish (SoupSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_http_read_retry_after:
 * @headers: the headers of an answer
 *
 * Retry-After is seconds or a date (RFC 9110 §10.2.3). What cannot be read or is over counts as
 * not asked; a number too large to count with is still a wish to be left alone.
 *
 * Returns: µs from now; 0 if the server did not ask to wait
 */
gint64
weir_http_read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GError) error = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, &error))
    return (gint64) seconds * G_USEC_PER_SEC;
  if (g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return (gint64) G_MAXINT32 * G_USEC_PER_SEC;

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;
  return MAX (0, g_date_time_to_unix (date) * G_USEC_PER_SEC - weir_clock_now ());
}

/**
 * weir_http_read_milliseconds:
 * @headers: the headers of an answer
 * @name: (nullable): of the one that is read
 *
 * Returns: µs, at most those of a day; 0 if it is not there or cannot be read
 */
gint64
weir_http_read_milliseconds (SoupMessageHeaders *headers, const char *name)
{
  const char *text = name != NULL ? soup_message_headers_get_one (headers, name) : NULL;
  guint64 milliseconds;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &milliseconds, NULL))
    return 0;
  return (gint64) MIN (milliseconds, (guint64) LONGEST_WAIT) * 1000;
}

/**
 * weir_http_clear_source:
 * @source: (inout) (nullable): a source, attached or not
 *
 * Takes a source out of its main loop and lets go of it.
 */
void
weir_http_clear_source (GSource **source)
{
  g_return_if_fail (source != NULL);

  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
