/* test-weir-sse.c: an event stream that reconnects, against a server with faults
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "weir-fault-server.h"
#include "weir-sse.h"

#define STREAM "Content-Type: text/event-stream; charset=utf-8\r\n"

typedef struct
{
  WeirFaultServer *server;
  WeirHttpClient *client;
  WeirSse *sse;
  GString *seen;
  guint opened;
  guint closed;
} Fixture;

static void
message_cb (WeirSse *sse, const char *event, const char *data, gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append_printf (f->seen, "[%s|%s]", event, data);
}

static void
opened_cb (WeirSse *sse, gpointer user_data)
{
  Fixture *f = user_data;

  f->opened++;
}

static void
closed_cb (WeirSse *sse, GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_true (error->domain == WEIR_HTTP_ERROR);
  f->closed++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_bearer ("the/token");
  g_autofree char *uri = NULL;

  f->server = weir_fault_server_new ();
  f->client = weir_http_client_new (auth);
  f->seen = g_string_new (NULL);
  uri = weir_fault_server_dup_uri (f->server, "/sse?a=1");
  f->sse = weir_sse_new (f->client, uri);
  weir_sse_set_unit (f->sse, 10);
  g_signal_connect (f->sse, "message", G_CALLBACK (message_cb), f);
  g_signal_connect (f->sse, "opened", G_CALLBACK (opened_cb), f);
  g_signal_connect (f->sse, "closed", G_CALLBACK (closed_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->sse);
  g_clear_object (&f->client);
  weir_fault_server_free (f->server);
  g_string_free (f->seen, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
add (Fixture *f, WeirFault fault, guint status, const char *headers, const char *body)
{
  weir_fault_server_add (f->server, "/sse", fault, status, headers, body, -1);
}

static guint
count (Fixture *f)
{
  return weir_fault_server_count (f->server, "/sse");
}

#define wait_until(condition)                                                                      \
  while (!(condition))                                                                             \
  g_main_context_iteration (NULL, TRUE)

static void
test_stream (Fixture *f, gconstpointer data)
{
  WeirFaultRequest *request;
  g_autofree char *accept = NULL;
  g_autofree char *authorization = NULL;
  g_autoptr (WeirExchange) exchange = NULL;

  weir_sse_set_unit (f->sse, 1000);
  add (f, WEIR_FAULT_HOLD, 200, STREAM, "data: a\n\nevent: x\ndata: b\n\ndata: c");
  weir_sse_start (f->sse);
  weir_sse_start (f->sse);
  g_assert_cmpuint (f->opened, ==, 0);
  wait_until (f->seen->len > 0);
  g_assert_cmpstr (f->seen->str, ==, "[message|a][x|b]");
  g_assert_cmpuint (f->opened, ==, 1);
  g_assert_cmpuint (count (f), ==, 1);

  request = weir_fault_server_get_request (f->server, "/sse", 0);
  accept = weir_fault_request_dup_header (request, "Accept");
  authorization = weir_fault_request_dup_header (request, "Authorization");
  g_assert_cmpstr (request->path, ==, "/sse?a=1&token=the%2Ftoken");
  g_assert_cmpstr (accept, ==, "text/event-stream");
  g_assert_null (authorization);

  exchange = g_list_model_get_item (G_LIST_MODEL (weir_http_client_get_log (f->client)), 0);
  g_assert_cmpuint (exchange->status, ==, 200);
  g_assert_null (strstr (exchange->uri, "the"));

  weir_sse_stop (f->sse);
  g_assert_cmpuint (f->closed, ==, 0);
}

static void
test_reconnects (Fixture *f, gconstpointer data)
{
  g_autofree char *last_id = NULL;

  add (f, WEIR_FAULT_UNTIL_CLOSE, 200, STREAM, "retry: 5\nid: 7\ndata: a\n\ndata: lost");
  add (f, WEIR_FAULT_CLOSE, 200, NULL, "");
  add (f, WEIR_FAULT_NONE, 503, NULL, "{}");
  add (f, WEIR_FAULT_RESET, 200, STREAM, "data: b\n\n");
  add (f, WEIR_FAULT_UNTIL_CLOSE, 200, STREAM, "data: c\n\n");
  weir_sse_start (f->sse);
  wait_until (strstr (f->seen->str, "[message|c]") != NULL);
  g_assert_cmpstr (f->seen->str, ==, "[message|a][message|c]");
  g_assert_cmpuint (f->opened, >=, 2);
  g_assert_cmpuint (f->closed, >=, 3);
  last_id = weir_fault_request_dup_header (weir_fault_server_get_request (f->server, "/sse", 4),
                                           "Last-Event-ID");
  g_assert_cmpstr (last_id, ==, "7");
}

static void
test_silence (Fixture *f, gconstpointer data)
{
  /* 90 s are 900 ms here; silence before the headers and inside the stream */
  add (f, WEIR_FAULT_SILENCE, 200, STREAM, "");
  add (f, WEIR_FAULT_HOLD, 200, STREAM, "data: a\n\n");
  add (f, WEIR_FAULT_HOLD, 200, STREAM, "data: b\n\n");
  weir_sse_start (f->sse);
  wait_until (strstr (f->seen->str, "[message|b]") != NULL);
  g_assert_cmpstr (f->seen->str, ==, "[message|a][message|b]");
  g_assert_cmpuint (f->closed, ==, 2);
}

static void
assert_refused (Fixture *f)
{
  guint before = count (f);

  /* Ten minutes are 10 minutes × 60 units × 20 ms = 12 s: nothing may come in the next 200 ms, when
   * the usual wait would be over eight times. */
  weir_sse_set_unit (f->sse, 20);
  weir_sse_start (f->sse);
  wait_until (f->closed > 0);
  for (gint64 end = g_get_monotonic_time () + 200 * 1000; g_get_monotonic_time () < end;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (count (f), ==, before + 1);
  g_assert_cmpuint (f->opened, ==, 0);
  weir_sse_stop (f->sse);
  f->closed = 0;
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  add (f, WEIR_FAULT_NONE, 404, NULL, "");
  add (f, WEIR_FAULT_NONE, 401, "WWW-Authenticate: Basic realm=\"x\"\r\n", "");
  add (f, WEIR_FAULT_ENDLESS, 403, NULL, "more");
  add (f, WEIR_FAULT_NONE, 204, NULL, "");
  add (f, WEIR_FAULT_NONE, 200, "Content-Type: text/html\r\n", "<html>");
  for (guint i = 0; i < 5; i++)
    assert_refused (f);
}

static void
stop_cb (WeirSse *sse, const char *event, const char *data, gpointer user_data)
{
  weir_sse_stop (sse);
}

static void
test_stop_in_message (Fixture *f, gconstpointer data)
{
  add (f, WEIR_FAULT_HOLD, 200, STREAM, "data: a\n\ndata: b\n\n");
  g_signal_connect (f->sse, "message", G_CALLBACK (stop_cb), NULL);
  weir_sse_start (f->sse);
  wait_until (f->seen->len > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (f->seen->str, ==, "[message|a]");
  g_assert_cmpuint (f->closed, ==, 0);

  /* and again */
  weir_sse_start (f->sse);
  wait_until (count (f) == 2 && f->opened == 2);
}

static void
unref_cb (WeirSse *sse, const char *event, const char *data, gpointer user_data)
{
  Fixture *f = user_data;

  g_clear_object (&f->sse);
}

static void
test_unref_in_message (Fixture *f, gconstpointer data)
{
  WeirSse *sse = f->sse;

  add (f, WEIR_FAULT_HOLD, 200, STREAM, "data: a\n\ndata: b\n\n");
  g_object_add_weak_pointer (G_OBJECT (sse), (gpointer *) &sse);
  g_signal_connect (f->sse, "message", G_CALLBACK (unref_cb), f);
  weir_sse_start (f->sse);
  wait_until (sse == NULL);
}

static void
test_stop_early (Fixture *f, gconstpointer data)
{
  WeirSse *sse = f->sse;

  add (f, WEIR_FAULT_SILENCE, 200, NULL, "");
  weir_sse_stop (f->sse);
  weir_sse_start (f->sse);
  weir_sse_stop (f->sse);
  weir_sse_start (f->sse);
  while (count (f) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_object_add_weak_pointer (G_OBJECT (sse), (gpointer *) &sse);
  g_clear_object (&f->sse);
  g_assert_null (sse);
  g_assert_cmpuint (f->closed, ==, 0);
}

static void
test_address (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirSse) sse = weir_sse_new (f->client, "nonsense");

  g_signal_connect (sse, "closed", G_CALLBACK (closed_cb), f);
  weir_sse_start (sse);
  g_assert_cmpuint (f->closed, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/sse/stream", test_stream);
  ADD ("/sse/reconnects", test_reconnects);
  ADD ("/sse/silence", test_silence);
  ADD ("/sse/refused", test_refused);
  ADD ("/sse/stop-in-message", test_stop_in_message);
  ADD ("/sse/unref-in-message", test_unref_in_message);
  ADD ("/sse/stop-early", test_stop_early);
  ADD ("/sse/address", test_address);

  return g_test_run ();
}
