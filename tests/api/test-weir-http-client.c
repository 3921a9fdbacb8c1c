/* test-weir-http-client.c: the client against a server with faults
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <sys/socket.h>

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

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (WeirAuth) auth = weir_auth_new_bearer ("not-for-your-eyes");

  f->server = weir_fault_server_new ();
  f->client = weir_http_client_new (auth);
  f->cancellable = g_cancellable_new ();
  weir_http_client_set_retry_unit (f->client, 1);
}

static void
forget_result (Fixture *f)
{
  g_clear_pointer (&f->response, weir_http_response_unref);
  g_clear_error (&f->error);
  f->done = FALSE;
}

static void
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

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_false (f->done);
  f->response = weir_http_client_send_finish (WEIR_HTTP_CLIENT (source), result, &f->error);
  g_assert_true ((f->response == NULL) == (f->error != NULL));
  f->done = TRUE;
}

static void
start (Fixture *f, WeirHttpRequest *request)
{
  forget_result (f);
  weir_http_client_send_async (f->client, request, f->cancellable, sent_cb, f);
  g_assert_false (f->done);
}

static void
wait_until_done (Fixture *f)
{
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture *f, WeirHttpRequest *request)
{
  start (f, request);
  wait_until_done (f);
}

static WeirHttpRequest *
make_request (Fixture *f, const char *method, const char *path)
{
  g_autofree char *uri = weir_fault_server_dup_uri (f->server, path);

  return weir_http_request_new (method, uri);
}

static void
get (Fixture *f, const char *path)
{
  ask (f, make_request (f, "GET", path));
}

static void
get_once (Fixture *f, const char *path)
{
  WeirHttpRequest *request = make_request (f, "GET", path);

  request->once = TRUE;
  ask (f, request);
}

static void
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

static WeirExchange *
get_exchange (Fixture *f, guint number)
{
  GListModel *log = G_LIST_MODEL (weir_http_client_get_log (f->client));
  g_autoptr (WeirExchange) exchange = g_list_model_get_item (log, number);

  g_assert_nonnull (exchange);
  return exchange;
}

static guint
count_exchanges (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (weir_http_client_get_log (f->client)));
}

static void
assert_header (WeirFaultRequest *request, const char *name, const char *expected)
{
  g_autofree char *value = weir_fault_request_dup_header (request, name);

  g_assert_cmpstr (value, ==, expected);
}

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
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
}

/* Repeating */

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  add (f, "/seconds", WEIR_FAULT_NONE, 429, "Retry-After: 3\r\n");
  add (f, "/seconds", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/seconds");
  assert_answer (f, 200, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/seconds"), ==, 2);
  g_assert_cmpuint (count_exchanges (f), ==, 2);
  g_assert_cmpuint (get_exchange (f, 0)->status, ==, 429);
  g_assert_cmpuint (get_exchange (f, 1)->attempt, ==, 2);

  weir_clock_set_fake (784111767 * G_GINT64_CONSTANT (1000000));
  add (f, "/date", WEIR_FAULT_NONE, 503, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
  add (f, "/date", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/date");
  assert_answer (f, 200, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/date"), ==, 2);
}

static void
test_retry_after_waits (Fixture *f, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  weir_http_client_set_retry_unit (f->client, 20);
  add (f, "/wait", WEIR_FAULT_NONE, 429, "Retry-After: 10\r\n");
  add (f, "/wait", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/wait");
  assert_answer (f, 200, BODY);
  /* A lower bound only: the machine may be slow, but not fast. */
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 200 * 1000);
}

static void
test_retry_after_too_long (Fixture *f, gconstpointer data)
{
  add (f, "/long", WEIR_FAULT_NONE, 429, "Retry-After: 21\r\n");
  get (f, "/long");
  assert_answer (f, 429, BODY);
  g_assert_cmpint (f->response->retry_after, ==, 21 * G_USEC_PER_SEC);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/long"), ==, 1);

  /* The second wait no longer fits into the whole. */
  add (f, "/sum", WEIR_FAULT_NONE, 429, "Retry-After: 11\r\n");
  get (f, "/sum");
  assert_answer (f, 429, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/sum"), ==, 2);

  weir_clock_set_fake (784111777 * G_GINT64_CONSTANT (1000000) - 60 * G_USEC_PER_SEC);
  add (f, "/date", WEIR_FAULT_NONE, 429, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
  get (f, "/date");
  assert_answer (f, 429, BODY);
  g_assert_cmpint (f->response->retry_after, ==, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/date"), ==, 1);
}

static void
test_retry_after_odd (Fixture *f, gconstpointer data)
{
  static const char *const values[] = { "soon", "-5", "", "99999999999999999999",
                                        "Sun, 06 Nov 1994 08:49:37 GMT" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strdup_printf ("/odd/%u", i);
      g_autofree char *headers = g_strdup_printf ("Retry-After: %s\r\n", values[i]);

      add (f, path, WEIR_FAULT_NONE, 503, headers);
      add (f, path, WEIR_FAULT_NONE, 200, NULL);
      get (f, path);
      assert_answer (f, 200, BODY);
    }
}

static void
test_background (Fixture *f, gconstpointer data)
{
  WeirHttpRequest *request = make_request (f, "GET", "/background");

  add (f, "/background", WEIR_FAULT_NONE, 503, NULL);
  request->background = TRUE;
  ask (f, request);
  assert_answer (f, 503, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/background"), ==, 8);

  add (f, "/minute", WEIR_FAULT_NONE, 429, "Retry-After: 60\r\n");
  add (f, "/minute", WEIR_FAULT_NONE, 429, "Retry-After: 61\r\n");
  request = make_request (f, "GET", "/minute");
  request->background = TRUE;
  ask (f, request);
  assert_answer (f, 429, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/minute"), ==, 2);
}

static void
test_recovers (Fixture *f, gconstpointer data)
{
  add (f, "/twice", WEIR_FAULT_NONE, 500, NULL);
  add (f, "/twice", WEIR_FAULT_NONE, 500, NULL);
  add (f, "/twice", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/twice");
  assert_answer (f, 200, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/twice"), ==, 3);

  add (f, "/broken", WEIR_FAULT_TRUNCATE, 200, NULL);
  add (f, "/broken", WEIR_FAULT_RESET, 200, NULL);
  add (f, "/broken", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/broken");
  assert_answer (f, 200, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/broken"), ==, 3);
}

static void
test_gives_up (Fixture *f, gconstpointer data)
{
  static const guint statuses[] = { 408, 429, 500, 502, 503, 504 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/forever/%u", statuses[i]);

      add (f, path, WEIR_FAULT_NONE, statuses[i], NULL);
      get (f, path);
      assert_answer (f, statuses[i], BODY);
      g_assert_cmpuint (weir_fault_server_count (f->server, path), ==, 4);
    }

  add (f, "/once", WEIR_FAULT_NONE, 503, NULL);
  get_once (f, "/once");
  assert_answer (f, 503, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/once"), ==, 1);
}

/* Whatever happens, a change is sent once. The kept connection from the GET is the trap. */
static void
test_changes_are_sent_once (Fixture *f, gconstpointer data)
{
  static const char *const methods[] = { "POST", "PATCH", "DELETE", "PUT" };
  static const struct
  {
    WeirFault fault;
    guint status;
  } answers[] = { { WEIR_FAULT_NONE, 500 },     { WEIR_FAULT_NONE, 503 }, { WEIR_FAULT_NONE, 429 },
                  { WEIR_FAULT_NONE, 421 },     { WEIR_FAULT_NONE, 401 }, { WEIR_FAULT_CLOSE, 200 },
                  { WEIR_FAULT_TRUNCATE, 200 }, { WEIR_FAULT_RESET, 200 } };

  add (f, "/alive", WEIR_FAULT_NONE, 200, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    for (guint j = 0; j < G_N_ELEMENTS (answers); j++)
      {
        g_autofree char *path = g_strdup_printf ("/change/%u/%u", i, j);

        add (f, path, answers[j].fault, answers[j].status, NULL);
        add (f, path, WEIR_FAULT_NONE, 200, NULL);
        get (f, "/alive");
        ask (f, make_request (f, methods[i], path));
        g_assert_cmpuint (weir_fault_server_count (f->server, path), ==, 1);
        if (f->response != NULL)
          g_assert_cmpuint (f->response->status, ==, answers[j].status);
      }
}

static void
test_get_on_dying_connection (Fixture *f, gconstpointer data)
{
  add (f, "/alive", WEIR_FAULT_NONE, 200, NULL);
  add (f, "/dying", WEIR_FAULT_CLOSE, 200, NULL);
  add (f, "/dying", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/alive");
  get (f, "/dying");
  assert_answer (f, 200, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/dying"), ==, 2);
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
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);

  weir_fault_server_add (f->server, "/garbage", WEIR_FAULT_GARBAGE, 0, NULL,
                         "220 mail.example.com ESMTP\r\n\r\n", -1);
  get_once (f, "/garbage");
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
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
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_TIMEOUT);
  g_assert_cmpstr (f->error->message, ==, "No connection within 1 s");
  g_assert_cmpuint (count_exchanges (f), ==, 1);
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

/* Redirection */

static void
test_redirect (Fixture *f, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  add (f, "/target", WEIR_FAULT_NONE, 200, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/from/%u", statuses[i]);

      add (f, path, WEIR_FAULT_NONE, statuses[i], "Location: /target?q=1\r\n");
      get (f, path);
      assert_answer (f, 200, BODY);
      g_assert_cmpstr (weir_fault_server_get_request (f->server, "/target", i)->path, ==,
                       "/target?q=1");
    }
  g_assert_cmpuint (count_exchanges (f), ==, 2 * G_N_ELEMENTS (statuses));

  add (f, "/nowhere", WEIR_FAULT_NONE, 302, NULL);
  get (f, "/nowhere");
  assert_answer (f, 302, BODY);
}

static void
assert_redirect_error (Fixture *f, const char *words)
{
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT);
  g_assert_nonnull (strstr (f->error->message, words));
}

static void
test_redirect_elsewhere (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *location;
    const char *words;
  } targets[] = { { "http://example.com:81/x?token=abcdef", "redirects to http://example.com:81" },
                  { "http://127.0.0.1:1/", "redirects to http://127.0.0.1:1" },
                  { "//localhost/", "redirects to http://localhost" },
                  { "https://example.com/", "redirects to https://example.com" },
                  { "ftp://127.0.0.1/", "invalid address" },
                  { "file:///etc/passwd", "invalid address" },
                  { "http://a b/", "invalid address" } };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/elsewhere/%u", i);
      g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", targets[i].location);

      add (f, path, WEIR_FAULT_NONE, 302, headers);
      get (f, path);
      assert_redirect_error (f, targets[i].words);
      g_assert_null (strstr (f->error->message, "abcdef"));
      g_assert_cmpuint (weir_fault_server_count (f->server, path), ==, 1);
    }
}

static void
test_redirect_upgrade (Fixture *f, gconstpointer data)
{
  g_autofree char *uri = weir_fault_server_dup_uri (f->server, "/");
  g_autofree char *headers = g_strdup_printf ("Location: https%s\r\n", uri + strlen ("http"));

  weir_http_client_set_timeouts (f->client, 1, 60, 60);
  add (f, "/upgrade", WEIR_FAULT_NONE, 301, headers);
  get_once (f, "/upgrade");
  /* It was followed, to a port that speaks no TLS. */
  g_assert_cmpuint (count_exchanges (f), ==, 2);
  g_assert_nonnull (f->error);
  g_assert_false (g_error_matches (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_REDIRECT));
}

static void
test_redirect_loop (Fixture *f, gconstpointer data)
{
  add (f, "/loop", WEIR_FAULT_NONE, 302, "Location: /loop\r\n");
  get (f, "/loop");
  assert_redirect_error (f, "more than 5 times");
  g_assert_cmpuint (weir_fault_server_count (f->server, "/loop"), ==, 6);
}

static void
test_redirect_post (Fixture *f, gconstpointer data)
{
  add (f, "/post", WEIR_FAULT_NONE, 307, "Location: /target\r\n");
  add (f, "/target", WEIR_FAULT_NONE, 200, NULL);
  ask (f, make_request (f, "POST", "/post"));
  assert_redirect_error (f, "redirects to http://127.0.0.1");
  g_assert_cmpuint (weir_fault_server_count (f->server, "/post"), ==, 1);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/target"), ==, 0);
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
  ADD ("/http-client/retry-after", test_retry_after);
  ADD ("/http-client/retry-after-waits", test_retry_after_waits);
  ADD ("/http-client/retry-after-too-long", test_retry_after_too_long);
  ADD ("/http-client/retry-after-odd", test_retry_after_odd);
  ADD ("/http-client/background", test_background);
  ADD ("/http-client/recovers", test_recovers);
  ADD ("/http-client/gives-up", test_gives_up);
  ADD ("/http-client/changes-are-sent-once", test_changes_are_sent_once);
  ADD ("/http-client/get-on-dying-connection", test_get_on_dying_connection);
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
  ADD ("/http-client/redirect", test_redirect);
  ADD ("/http-client/redirect-elsewhere", test_redirect_elsewhere);
  ADD ("/http-client/redirect-upgrade", test_redirect_upgrade);
  ADD ("/http-client/redirect-loop", test_redirect_loop);
  ADD ("/http-client/redirect-post", test_redirect_post);
  ADD ("/http-client/cancel", test_cancel);
  ADD ("/http-client/cancel-connecting", test_cancel_connecting);
  ADD ("/http-client/unref-while-pending", test_unref_while_pending);
  ADD ("/http-client/dispose-while-pending", test_dispose_while_pending);
  ADD ("/http-client/sent-signal", test_sent_signal);
  ADD ("/http-client/keeps-connection", test_keeps_connection);

  return g_test_run ();
}
