/* weir-http-client.h: one polite HTTP exchange
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "weir-auth.h"
#include "weir-exchange.h"
#include "weir-quota.h"

G_BEGIN_DECLS

#define WEIR_HTTP_ERROR (weir_http_error_quark ())
GQuark weir_http_error_quark (void);

/* Only what never became a whole answer; an answer with status 500 is an answer. */
typedef enum
{
  WEIR_HTTP_ERROR_UNREACHABLE, /* no connection: no name, refused, no route, none in time */
  WEIR_HTTP_ERROR_TLS,
  WEIR_HTTP_ERROR_TIMEOUT, /* the request left, the answer did not come in time */
  WEIR_HTTP_ERROR_TOO_LARGE,
  WEIR_HTTP_ERROR_CUT,       /* the request left, and what came back is no whole answer */
  WEIR_HTTP_ERROR_REDIRECT,  /* to another origin, or too many */
  WEIR_HTTP_ERROR_ADDRESS,   /* no valid http or https address */
  WEIR_HTTP_ERROR_UNTRUSTED, /* nobody who is trusted vouches for the server's certificate */
} WeirHttpError;

typedef struct _WeirHttpRequest WeirHttpRequest;
typedef struct _WeirHttpResponse WeirHttpResponse;

struct _WeirHttpRequest
{
  char *method;
  char *uri;
  GPtrArray *headers; /* name, value, name, value…: owned strings */
  GBytes *body;       /* (nullable) */
  char *content_type; /* (nullable) of the body */
  /* waits longer between tries: up to 60 s and 8 tries; else 4 tries and 20 s of waiting in all,
   * for a connection included */
  gboolean background;
  gboolean once;  /* no retry even for GET: tests of a connection, account checks */
  gsize max_size; /* bytes; 0 = 64 MiB */
  const char *
      wait_header; /* (nullable) of an answer, a static string: the milliseconds to wait, besides Retry-After */
};

struct _WeirHttpResponse
{
  guint status;
  char *reason;
  SoupMessageHeaders *headers;
  GBytes *body;       /* never NULL */
  gint64 duration;    /* ms, of the last try */
  gint64 retry_after; /* µs from now as the server asked on the last answer; 0 if it did not */
};

WeirHttpRequest *weir_http_request_new (const char *method, const char *uri);
void weir_http_request_add_header (WeirHttpRequest *self, const char *name, const char *value);
void weir_http_request_set_json (WeirHttpRequest *self, GBytes *json);
void weir_http_request_free (WeirHttpRequest *self);
void weir_http_response_free (WeirHttpResponse *self);
const char *weir_http_response_get_header (WeirHttpResponse *self, const char *name);
const char *
weir_http_response_get_content_type (WeirHttpResponse *self); /* (nullable) without parameters */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHttpRequest, weir_http_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirHttpResponse, weir_http_response_free)

#define WEIR_TYPE_HTTP_CLIENT (weir_http_client_get_type ())
G_DECLARE_FINAL_TYPE (WeirHttpClient, weir_http_client, WEIR, HTTP_CLIENT, GObject)

/* Timeouts in seconds, properties "connect-timeout" (10), "idle-timeout" (30), "total-timeout" (120) with setters for tests.
 * Signals: "sent" after every exchange. HTTP/2 is libsoup's; proxy: weir-http-proxy.h. */
WeirHttpClient *weir_http_client_new (WeirAuth *auth);            /* (nullable) */
WeirExchangeLog *weir_http_client_get_log (WeirHttpClient *self); /* transfer none */
gint64 weir_http_client_get_latency (WeirHttpClient *self);       /* ms, -1 unknown */
void weir_http_client_set_quota (WeirHttpClient *self, WeirQuota *quota);
WeirQuota *weir_http_client_get_quota (WeirHttpClient *self); /* transfer none */
WeirAuth *weir_http_client_get_auth (WeirHttpClient *self);
SoupSession *weir_http_client_get_session (WeirHttpClient *self); /* for WeirSse alone */
/* authorities: (nullable) besides the system's, of weir_http_trust_read() */
void weir_http_client_set_authorities (WeirHttpClient *self, GPtrArray *authorities);
void weir_http_client_set_timeouts (WeirHttpClient *self, guint connect, guint idle, guint total);
void weir_http_client_set_retry_unit (WeirHttpClient *self,
                                      guint milliseconds); /* 1000; tests make it small */
void weir_http_client_send_async (WeirHttpClient *self,
                                  WeirHttpRequest *request /* transfer full */,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
WeirHttpResponse *
weir_http_client_send_finish (WeirHttpClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
