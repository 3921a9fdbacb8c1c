/* weir-http-fixture.h: a client, a server with faults, and what came of the last request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "weir-clock.h"
#include "weir-fault-server.h"
#include "weir-http-client.h"

#define BODY "{\"a\":\"0123456789\"}"

/* A server, a client that waits a millisecond for a second, and what the last request came to. */
typedef struct
{
  WeirFaultServer *server;
  WeirHttpClient *client;
  GCancellable *cancellable;
  WeirHttpResponse *response;
  GError *error;
  gboolean done;
} Fixture;

static inline void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_bearer ("not-for-your-eyes");

  f->server = weir_fault_server_new ();
  f->client = weir_http_client_new (auth);
  f->cancellable = g_cancellable_new ();
  weir_http_client_set_retry_unit (f->client, 1);
}

static inline void
forget_result (Fixture *f)
{
  g_clear_pointer (&f->response, weir_http_response_free);
  g_clear_error (&f->error);
  f->done = FALSE;
}

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  forget_result (f);
  g_clear_object (&f->client);
  g_clear_object (&f->cancellable);
  weir_fault_server_free (f->server);
  weir_clock_set_fake (0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_false (f->done);
  f->response = weir_http_client_send_finish (WEIR_HTTP_CLIENT (source), result, &f->error);
  g_assert_true ((f->response == NULL) == (f->error != NULL));
  f->done = TRUE;
}

static inline void
start (Fixture *f, WeirHttpRequest *request)
{
  forget_result (f);
  weir_http_client_send_async (f->client, request, f->cancellable, sent_cb, f);
  g_assert_false (f->done);
}

static inline void
wait_until_done (Fixture *f)
{
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
}

static inline void
ask (Fixture *f, WeirHttpRequest *request)
{
  start (f, request);
  wait_until_done (f);
}

static inline WeirHttpRequest *
make_request (Fixture *f, const char *method, const char *path)
{
  g_autofree char *uri = weir_fault_server_dup_uri (f->server, path);

  return weir_http_request_new (method, uri);
}

static inline void
get (Fixture *f, const char *path)
{
  ask (f, make_request (f, "GET", path));
}

static inline void
get_once (Fixture *f, const char *path)
{
  WeirHttpRequest *request = make_request (f, "GET", path);

  request->once = TRUE;
  ask (f, request);
}

static inline void
add (Fixture *f, const char *path, WeirFault fault, guint status, const char *headers)
{
  weir_fault_server_add (f->server, path, fault, status, headers, BODY, -1);
}

#define assert_answer(f, expected_status, expected_body)                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gsize size;                                                                                    \
    const char *body;                                                                              \
    g_assert_no_error ((f)->error);                                                                \
    g_assert_cmpuint ((f)->response->status, ==, (expected_status));                               \
    body = g_bytes_get_data ((f)->response->body, &size);                                          \
    g_assert_cmpmem (body, size, (expected_body), strlen (expected_body));                         \
  }                                                                                                \
  G_STMT_END

static inline WeirExchange *
get_exchange (Fixture *f, guint number)
{
  GListModel *log = G_LIST_MODEL (weir_http_client_get_log (f->client));
  g_autoptr (WeirExchange) exchange = g_list_model_get_item (log, number);

  g_assert_nonnull (exchange);
  return exchange;
}

static inline guint
count_exchanges (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (weir_http_client_get_log (f->client)));
}

static inline void
assert_header (WeirFaultRequest *request, const char *name, const char *expected)
{
  g_autofree char *value = weir_fault_request_dup_header (request, name);

  g_assert_cmpstr (value, ==, expected);
}
