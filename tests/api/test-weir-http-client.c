/* test-weir-http-client.c: the client against a server with faults
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sys/socket.h>

#include "weir-http-fixture.h"

/* Answers */

static void
test_ok (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = make_request (f, "GET", "/ok?x=1&token=in-the-query");
  WeirFaultRequest *seen;
  WeirExchange *exchange;

  add (f, "/ok", WEIR_FAULT_NONE, 200,
       "Content-Type: application/json; charset=utf-8\r\nSet-Cookie: sid=cookie-secret\r\n"
       "X-Echo: Bearer not-for-your-eyes\r\n");
  weir_http_request_add_header (request, "X-Injected", "a\r\nX-Other: b");
  weir_http_request_add_header (request, "osvc-crest-api-access-token", "access-secret");
  ask (f, request);

  assert_answer (f, 200, BODY);
  g_assert_cmpstr (f->response->reason, ==, "Told So");
  g_assert_cmpstr (weir_http_response_get_content_type (f->response), ==, "application/json");
  g_assert_cmpint (f->response->retry_after, ==, 0);

  seen = weir_fault_server_get_request (f->server, "/ok", 0);
  g_assert_cmpstr (seen->path, ==, "/ok?x=1&token=in-the-query");
  assert_header (seen, "Authorization", "Bearer not-for-your-eyes");
  assert_header (seen, "Accept", "application/json");
  assert_header (seen, "User-Agent", "Weir/0.1.0");
  assert_header (seen, "X-Other", NULL);

  g_assert_cmpuint (count_exchanges (f), ==, 1);
  exchange = get_exchange (f, 0);
  g_assert_cmpuint (exchange->status, ==, 200);
  g_assert_cmpuint (exchange->attempt, ==, 1);
  g_assert_cmpuint (exchange->received, ==, strlen (BODY));
  g_assert_nonnull (strstr (exchange->uri, "/ok?x=1&token=" WEIR_MASK));
  g_assert_nonnull (strstr (exchange->request_headers, "Authorization: Bearer " WEIR_MASK));
  g_assert_null (strstr (exchange->request_headers, "access-secret"));
  g_assert_null (strstr (exchange->response_headers, "cookie-secret"));
  g_assert_null (strstr (exchange->response_headers, "not-for-your-eyes"));
}

/* What a refusal says is shown to people and kept by scripts. */
static void
test_echoed_secret (Fixture *f, gconstpointer data)
{
  static const char echo[] = "{\"message\":\"no such token: not-for-your-eyes\"}";
  static const char latin[] = "not found: \xe9";

  weir_fault_server_add (f->server, "/echo", WEIR_FAULT_NONE, 401, NULL, echo, -1);
  get (f, "/echo");
  assert_answer (f, 401, "{\"message\":\"no such token: " WEIR_MASK "\"}");

  /* Nothing to hide: as it came. */
  weir_fault_server_add (f->server, "/latin", WEIR_FAULT_NONE, 404, NULL, latin, -1);
  get (f, "/latin");
  assert_answer (f, 404, latin);
  weir_fault_server_add (f->server, "/data", WEIR_FAULT_NONE, 200, NULL, echo, -1);
  get (f, "/data");
  assert_answer (f, 200, echo);
}

static void
test_own_headers (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = make_request (f, "GET", "/own");
  WeirFaultRequest *seen;

  add (f, "/own", WEIR_FAULT_NONE, 200, NULL);
  weir_http_request_add_header (request, "Accept", "text/plain");
  weir_http_request_add_header (request, "Authorization", "Token mine");
  ask (f, request);

  assert_answer (f, 200, BODY);
  seen = weir_fault_server_get_request (f->server, "/own", 0);
  assert_header (seen, "Accept", "text/plain");
  assert_header (seen, "Authorization", "Token mine");
}

static void
test_statuses (Fixture *f, gconstpointer data)
{
  static const guint statuses[] = { 201, 400, 401, 403, 404, 407, 409, 421, 501 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/status/%u", statuses[i]);

      add (f, path, WEIR_FAULT_NONE, statuses[i], "WWW-Authenticate: Basic realm=\"x\"\r\n");
      get (f, path);
      /* 421 is cut off at its headers. */
      assert_answer (f, statuses[i], statuses[i] == 421 ? "" : BODY);
      g_assert_cmpuint (weir_fault_server_count (f->server, path), ==, 1);
    }
}

static void
test_html (Fixture *f, gconstpointer data)
{
  weir_fault_server_add (f->server, "/html", WEIR_FAULT_NONE, 200, "Content-Type: text/html\r\n",
                         "<html>", -1);
  get (f, "/html");
  assert_answer (f, 200, "<html>");
  g_assert_cmpstr (weir_http_response_get_content_type (f->response), ==, "text/html");
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  weir_fault_server_add (f->server, "/empty", WEIR_FAULT_NONE, 200, "Content-Encoding: gzip\r\n",
                         NULL, 0);
  get (f, "/empty");
  assert_answer (f, 200, "");
  g_assert_null (weir_http_response_get_content_type (f->response));

  weir_fault_server_add (f->server, "/204", WEIR_FAULT_NONE, 204, NULL, NULL, 0);
  get (f, "/204");
  assert_answer (f, 204, "");
}

static void
test_head (Fixture *f, gconstpointer data)
{
  add (f, "/head", WEIR_FAULT_NONE, 200, NULL);
  ask (f, make_request (f, "HEAD", "/head"));
  assert_answer (f, 200, "");
}

static void
test_bodies (Fixture *f, gconstpointer data)
{
  add (f, "/chunked", WEIR_FAULT_CHUNKED, 200, NULL);
  get (f, "/chunked");
  assert_answer (f, 200, BODY);

  add (f, "/until-close", WEIR_FAULT_UNTIL_CLOSE, 200, NULL);
  get (f, "/until-close");
  assert_answer (f, 200, BODY);
}

static void
test_post (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = make_request (f, "POST", "/post");
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"b\":2}", 7);
  WeirFaultRequest *seen;

  add (f, "/post", WEIR_FAULT_NONE, 201, NULL);
  weir_http_request_set_json (request, json);
  ask (f, request);
  assert_answer (f, 201, BODY);
  seen = weir_fault_server_get_request (f->server, "/post", 0);
  g_assert_true (g_bytes_equal (seen->body, json));
  assert_header (seen, "Content-Type", "application/json");
  g_assert_cmpuint (get_exchange (f, 0)->sent, ==, 7);

  add (f, "/bare", WEIR_FAULT_NONE, 200, NULL);
  ask (f, make_request (f, "POST", "/bare"));
  assert_answer (f, 200, BODY);
  assert_header (weir_fault_server_get_request (f->server, "/bare", 0), "Content-Length", "0");
}

static GBytes *
compress (const char *data, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GInputStream) plain =
      g_memory_input_stream_new_from_data (data, (gssize) length, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (compressor));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (memory, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_gzip (Fixture *f, const char *path, WeirFault fault, GBytes *packed, gsize length)
{
  weir_fault_server_add (f->server, path, fault, 200, "Content-Encoding: gzip\r\n",
                         g_bytes_get_data (packed, NULL), (gssize) length);
}

static void
test_gzip (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) packed = compress (BODY, strlen (BODY));
  gsize length = g_bytes_get_size (packed);

  add_gzip (f, "/gzip", WEIR_FAULT_NONE, packed, length);
  get (f, "/gzip");
  assert_answer (f, 200, BODY);
  assert_header (weir_fault_server_get_request (f->server, "/gzip", 0), "Accept-Encoding", "gzip");

  add_gzip (f, "/gzip-chunked", WEIR_FAULT_CHUNKED, packed, length);
  get (f, "/gzip-chunked");
  assert_answer (f, 200, BODY);

  /* Whole by its length, cut by its content. */
  add_gzip (f, "/gzip-cut", WEIR_FAULT_NONE, packed, length - 12);
  get_once (f, "/gzip-cut");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);

  add_gzip (f, "/gzip-cut-close", WEIR_FAULT_UNTIL_CLOSE, packed, length - 12);
  get_once (f, "/gzip-cut-close");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);

  weir_fault_server_add (f->server, "/gzip-no", WEIR_FAULT_NONE, 200, "Content-Encoding: gzip\r\n",
                         BODY, -1);
  get_once (f, "/gzip-no");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);
}

/* Limits of size */

static void
test_gzip_bomb (Fixture *f, gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (4 * 1024 * 1024);
  g_autoptr (GBytes) packed = compress (zeros, 4 * 1024 * 1024);
  WeirHttpRequest *request = make_request (f, "GET", "/bomb");

  g_assert_cmpuint (g_bytes_get_size (packed), <, 100 * 1024);
  add_gzip (f, "/bomb", WEIR_FAULT_NONE, packed, g_bytes_get_size (packed));
  request->max_size = 1024 * 1024;
  ask (f, request);
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE);
  g_assert_cmpuint (get_exchange (f, 0)->received, <=, 1024 * 1024);
}

static void
test_endless (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = make_request (f, "GET", "/endless");

  add (f, "/endless", WEIR_FAULT_ENDLESS, 200, NULL);
  request->max_size = 256 * 1024;
  ask (f, request);
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/endless"), ==, 1);

  /* libsoup would read these into memory for itself. */
  add (f, "/endless-401", WEIR_FAULT_ENDLESS, 401, "WWW-Authenticate: Basic realm=\"x\"\r\n");
  request = make_request (f, "GET", "/endless-401");
  request->max_size = 256 * 1024;
  ask (f, request);
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE);

  add (f, "/endless-421", WEIR_FAULT_ENDLESS, 421, NULL);
  get (f, "/endless-421");
  assert_answer (f, 421, "");
}

static void
test_told_too_large (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = make_request (f, "GET", "/large");

  add (f, "/large", WEIR_FAULT_STALL, 200, "Content-Length: 1000001\r\n");
  request->max_size = 1000000;
  ask (f, request);
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TOO_LARGE);

  /* Exactly the limit is allowed. */
  add (f, "/fits", WEIR_FAULT_NONE, 200, NULL);
  request = make_request (f, "GET", "/fits");
  request->max_size = strlen (BODY);
  ask (f, request);
  assert_answer (f, 200, BODY);
}

static void
test_endless_head (Fixture *f, gconstpointer data)
{
  add (f, "/endless-head", WEIR_FAULT_ENDLESS_HEAD, 200, NULL);
  get_once (f, "/endless-head");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);
}

/* Broken transport */

static void
test_cut (Fixture *f, gconstpointer data)
{
  static const WeirFault faults[] = { WEIR_FAULT_TRUNCATE, WEIR_FAULT_RESET,
                                      WEIR_FAULT_CUT_CHUNKED };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cut/%u", i);

      add (f, path, faults[i], 200, NULL);
      get (f, path);
      g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);
      g_assert_cmpuint (weir_fault_server_count (f->server, path), ==, 4);
    }
  g_assert_cmpuint (get_exchange (f, 0)->status, ==, 0);
  g_assert_nonnull (get_exchange (f, 0)->outcome);
}

static void
test_no_answer (Fixture *f, gconstpointer data)
{
  add (f, "/close", WEIR_FAULT_CLOSE, 200, NULL);
  get (f, "/close");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);

  weir_fault_server_add (f->server, "/garbage", WEIR_FAULT_GARBAGE, 0, NULL,
                         "220 mail.example.com ESMTP\r\n\r\n", -1);
  get_once (f, "/garbage");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);
}

/* A port where nobody listens, or, with a full queue, where nobody accepts. */
static GSocket *
open_port (gboolean listening, guint16 *port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  if (listening)
    g_assert_cmpint (listen (g_socket_get_fd (socket), 0), ==, 0);
  bound = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  guint16 port;
  g_autoptr (GSocket) socket = open_port (FALSE, &port);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);

  ask (f, weir_http_request_new ("GET", uri));
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
  g_assert_cmpuint (count_exchanges (f), ==, 4);
}

static void
test_unknown_host (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = weir_http_request_new ("GET", "http://weir.invalid/");

  request->once = TRUE;
  ask (f, request);
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
}

static void
test_no_tls (Fixture *f, gconstpointer data)
{
  g_autofree char *uri = weir_fault_server_dup_uri (f->server, "/");
  g_autofree char *secure = g_strconcat ("https", uri + strlen ("http"), NULL);
  WeirHttpRequest *request = weir_http_request_new ("GET", secure);

  /* The server waits for the end of a line, and the client for its certificate. */
  weir_http_client_set_timeouts (f->client, 1, 60, 60);
  request->once = TRUE;
  ask (f, request);
  g_assert_nonnull (f->error);
  g_assert_true (f->error->domain == WEIR_HTTP_ERROR);
}

static void
test_address (Fixture *f, gconstpointer data)
{
  static const char *const uris[] = { "",
                                      "weir",
                                      "/path",
                                      "ftp://example.com/",
                                      "http://",
                                      "http:///x",
                                      "http://a b/",
                                      "http://h/a\r\nb",
                                      "http://h:99999/",
                                      "https://[::/",
                                      "http://h/ ",
                                      "file:///etc/passwd",
                                      "http://h/\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      ask (f, weir_http_request_new ("GET", uris[i]));
      g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_ADDRESS);
      g_assert_true (g_utf8_validate (f->error->message, -1, NULL));
    }
  g_assert_cmpuint (count_exchanges (f), ==, 0);
}

/* Timeouts */

static void
test_connect_timeout (Fixture *f, gconstpointer data)
{
  guint16 port;
  g_autoptr (GSocket) full = open_port (TRUE, &port);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 4; i++)
    {
      GSocket *socket =
          g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, address, NULL, NULL);
      g_ptr_array_add (waiting, socket);
    }

  weir_http_client_set_timeouts (f->client, 1, 60, 60);
  ask (f, weir_http_request_new ("GET", uri));
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
  g_assert_cmpstr (f->error->message, ==, "No connection within 1 s");
  g_assert_cmpuint (count_exchanges (f), ==, 4);

  ask (f, weir_http_request_new ("POST", uri));
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
  g_assert_cmpuint (count_exchanges (f), ==, 5);
}

static void
test_idle_timeout (Fixture *f, gconstpointer data)
{
  weir_http_client_set_timeouts (f->client, 60, 1, 60);

  add (f, "/silence", WEIR_FAULT_SILENCE, 200, NULL);
  get (f, "/silence");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT);
  g_assert_cmpstr (f->error->message, ==, "No answer within 1 s");

  /* Bytes come, but no whole headers. */
  add (f, "/slow-head", WEIR_FAULT_SLOW_HEAD, 200,
       "X-Long: 0123456789012345678901234567890123456789\r\n");
  get (f, "/slow-head");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT);
  g_assert_cmpstr (f->error->message, ==, "No answer within 1 s");

  add (f, "/stall", WEIR_FAULT_STALL, 200, NULL);
  get (f, "/stall");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT);
  g_assert_cmpstr (f->error->message, ==, "No more data within 1 s");
}

static void
test_total_timeout (Fixture *f, gconstpointer data)
{
  g_autofree char *body = g_strnfill (1000, 'x');

  /* A byte each 20 ms is never idle. */
  weir_http_client_set_timeouts (f->client, 60, 60, 1);
  weir_fault_server_add (f->server, "/slow-body", WEIR_FAULT_SLOW_BODY, 200, NULL, body, -1);
  get (f, "/slow-body");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT);
  g_assert_cmpstr (f->error->message, ==, "No complete answer within 1 s");
  g_assert_cmpuint (weir_fault_server_count (f->server, "/slow-body"), ==, 1);
}

static void
test_slow_is_no_fault (Fixture *f, gconstpointer data)
{
  weir_http_client_set_timeouts (f->client, 60, 60, 60);
  add (f, "/slow", WEIR_FAULT_SLOW_HEAD, 200, NULL);
  get (f, "/slow");
  assert_answer (f, 200, BODY);
}

/* Cancelling */

static void
iterate_until_seen (Fixture *f, const char *path)
{
  while (weir_fault_server_count (f->server, path) == 0)
    g_main_context_iteration (NULL, FALSE);
}

static void
iterate_until_logged (Fixture *f, guint count)
{
  while (count_exchanges (f) < count)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_cancelled (Fixture *f)
{
  g_cancellable_cancel (f->cancellable);
  wait_until_done (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&f->cancellable);
  f->cancellable = g_cancellable_new ();
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request;

  add (f, "/ok", WEIR_FAULT_NONE, 200, NULL);
  add (f, "/silence", WEIR_FAULT_SILENCE, 200, NULL);
  add (f, "/stall", WEIR_FAULT_STALL, 200, NULL);
  add (f, "/busy", WEIR_FAULT_NONE, 503, NULL);

  /* before */
  g_cancellable_cancel (f->cancellable);
  get (f, "/ok");
  assert_cancelled (f);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/ok"), ==, 0);

  /* at once after */
  start (f, make_request (f, "GET", "/ok"));
  assert_cancelled (f);

  /* while waiting for the headers */
  start (f, make_request (f, "GET", "/silence"));
  iterate_until_seen (f, "/silence");
  assert_cancelled (f);

  /* inside the body; the twenty milliseconds let the first half arrive, but need not */
  start (f, make_request (f, "GET", "/stall"));
  iterate_until_seen (f, "/stall");
  for (gint64 end = g_get_monotonic_time () + 20000; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  assert_cancelled (f);

  /* between two tries; half an hour of waiting is not waited for */
  weir_http_client_set_retry_unit (f->client, 1800 * 1000);
  request = make_request (f, "GET", "/busy");
  start (f, request);
  iterate_until_logged (f, count_exchanges (f) + 1);
  assert_cancelled (f);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/busy"), ==, 1);

  /* and the client goes on */
  get (f, "/ok");
  assert_answer (f, 200, BODY);
}

static void
test_cancel_connecting (Fixture *f, gconstpointer data)
{
  guint16 port;
  g_autoptr (GSocket) full = open_port (TRUE, &port);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) first =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  start (f, weir_http_request_new ("GET", uri));
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
  assert_cancelled (f);
}

static void
test_unref_while_pending (Fixture *f, gconstpointer data)
{
  WeirHttpClient *client = f->client;

  /* The request keeps its client. */
  add (f, "/ok", WEIR_FAULT_NONE, 200, NULL);
  start (f, make_request (f, "GET", "/ok"));
  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);
  g_clear_object (&f->client);
  g_assert_nonnull (client);
  wait_until_done (f);
  assert_answer (f, 200, BODY);
  while (client != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_dispose_while_pending (Fixture *f, gconstpointer data)
{
  add (f, "/silence", WEIR_FAULT_SILENCE, 200, NULL);
  start (f, make_request (f, "GET", "/silence"));
  iterate_until_seen (f, "/silence");
  g_object_run_dispose (G_OBJECT (f->client));
  wait_until_done (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  add (f, "/busy", WEIR_FAULT_NONE, 503, NULL);
  weir_http_client_set_retry_unit (f->client, 1800 * 1000);
  start (f, make_request (f, "GET", "/busy"));
  iterate_until_logged (f, 2);
  g_object_run_dispose (G_OBJECT (f->client));
  wait_until_done (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
count_cb (WeirHttpClient *client, WeirExchange *exchange, gpointer user_data)
{
  guint *count = user_data;

  g_assert_true (WEIR_IS_EXCHANGE (exchange));
  (*count)++;
}

static void
test_sent_signal (Fixture *f, gconstpointer data)
{
  guint count = 0;

  g_signal_connect (f->client, "sent", G_CALLBACK (count_cb), &count);
  add (f, "/busy", WEIR_FAULT_NONE, 503, NULL);
  get (f, "/busy");
  g_assert_cmpuint (count, ==, 4);
}

static void
test_keeps_connection (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) packed = compress (BODY, strlen (BODY));

  /* Also behind compressed data the end must be read, or each answer costs a connection. */
  add (f, "/plain", WEIR_FAULT_NONE, 200, NULL);
  add_gzip (f, "/gzip", WEIR_FAULT_CHUNKED, packed, g_bytes_get_size (packed));
  for (guint i = 0; i < 3; i++)
    {
      get (f, "/gzip");
      assert_answer (f, 200, BODY);
      get (f, "/plain");
      assert_answer (f, 200, BODY);
    }
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/http-client/ok", test_ok);
  ADD ("/http-client/echoed-secret", test_echoed_secret);
  ADD ("/http-client/own-headers", test_own_headers);
  ADD ("/http-client/statuses", test_statuses);
  ADD ("/http-client/html", test_html);
  ADD ("/http-client/empty", test_empty);
  ADD ("/http-client/head", test_head);
  ADD ("/http-client/bodies", test_bodies);
  ADD ("/http-client/post", test_post);
  ADD ("/http-client/gzip", test_gzip);
  ADD ("/http-client/gzip-bomb", test_gzip_bomb);
  ADD ("/http-client/endless", test_endless);
  ADD ("/http-client/told-too-large", test_told_too_large);
  ADD ("/http-client/endless-head", test_endless_head);
  ADD ("/http-client/cut", test_cut);
  ADD ("/http-client/no-answer", test_no_answer);
  ADD ("/http-client/refused", test_refused);
  ADD ("/http-client/unknown-host", test_unknown_host);
  ADD ("/http-client/no-tls", test_no_tls);
  ADD ("/http-client/address", test_address);
  ADD ("/http-client/connect-timeout", test_connect_timeout);
  ADD ("/http-client/idle-timeout", test_idle_timeout);
  ADD ("/http-client/total-timeout", test_total_timeout);
  ADD ("/http-client/slow-is-no-fault", test_slow_is_no_fault);
  ADD ("/http-client/cancel", test_cancel);
  ADD ("/http-client/cancel-connecting", test_cancel_connecting);
  ADD ("/http-client/unref-while-pending", test_unref_while_pending);
  ADD ("/http-client/dispose-while-pending", test_dispose_while_pending);
  ADD ("/http-client/sent-signal", test_sent_signal);
  ADD ("/http-client/keeps-connection", test_keeps_connection);

  return g_test_run ();
}
