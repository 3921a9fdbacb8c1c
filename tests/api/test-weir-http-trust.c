/* test-weir-http-trust.c: certificate authorities of one's own, and the way through a proxy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-http-fixture.h"
#include "weir-http-proxy.h"
#include "weir-http-trust.h"

/* A server whose certificate, for "localhost", is signed by certificates/ca.pem. */
typedef struct
{
  guint port;
  Fixture f;
} Secure;

static char *
read_certificate (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "lib", "certificates", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
handle_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, BODY,
                                    strlen (BODY));
}

static void
set_up_secure (Secure *self, gconstpointer data)
{
  static SoupServer *server;
  static guint port;
  g_autofree char *chain =
      g_test_build_filename (G_TEST_DIST, "lib", "certificates", "server.pem", NULL);
  g_autofree char *key =
      g_test_build_filename (G_TEST_DIST, "lib", "certificates", "server.key", NULL);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  set_up (&self->f, data);
  /* one for all tests that is never taken down: libsoup 3.6 crashes when a server goes while a handshake, even one
   * that the client has given up, still runs in a thread */
  self->port = port;
  if (server != NULL)
    return;

  certificate = g_tls_certificate_new_from_files (chain, key, &error);
  g_assert_no_error (error);
  server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, handle_cb, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->port = port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down_secure (Secure *self, gconstpointer data)
{
  tear_down (&self->f, data);
}

static void
trust (Secure *self, const char *name)
{
  g_autofree char *pem = read_certificate (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) authorities = weir_http_trust_read (pem, &error);

  g_assert_no_error (error);
  weir_http_client_set_authorities (self->f.client, authorities);
}

static void
ask_host (Secure *self, const char *host)
{
  g_autofree char *uri = g_strdup_printf ("https://%s:%u/x", host, self->port);
  WeirHttpRequest *request = weir_http_request_new ("GET", uri);

  request->once = TRUE;
  ask (&self->f, request);
}

static void
assert_refused (Secure *self, const char *why)
{
  g_assert_error (self->f.error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED);
  g_assert_nonnull (strstr (self->f.error->message, why));
}

static void
test_unknown (Secure *self, gconstpointer data)
{
  ask_host (self, "localhost");
  assert_refused (self, "unknown authority");
}

static void
test_own (Secure *self, gconstpointer data)
{
  trust (self, "ca.pem");
  ask_host (self, "localhost");
  assert_answer (&self->f, 200, BODY);
}

static void
test_other (Secure *self, gconstpointer data)
{
  trust (self, "other.pem");
  ask_host (self, "localhost");
  assert_refused (self, "unknown authority");
}

/* An authority vouches for a name, not for whoever has a certificate of it. */
static void
test_other_host (Secure *self, gconstpointer data)
{
  trust (self, "ca.pem");
  ask_host (self, "127.0.0.1");
  g_assert_error (self->f.error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED);
}

static void
test_read (void)
{
  g_autofree char *one = read_certificate ("ca.pem");
  g_autofree char *two = read_certificate ("other.pem");
  g_autofree char *both = g_strdup_printf ("# ours\n%s\nof old:\n%s", one, two);
  g_autofree char *cut = g_strndup (one, strlen (one) / 2);
  g_autofree char *key = read_certificate ("server.key");
  const char *wrong[] = { "", "hello", cut, key,
                          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" };
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GError) error = NULL;

  certificates = weir_http_trust_read (both, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (certificates->len, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (weir_http_trust_read (wrong[i], &error));
      g_assert_error (error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNTRUSTED);
      g_clear_error (&error);
    }
}

/* Takes a request over TLS, and then talks nonsense beneath it. */
static gpointer
break_tls (gpointer data)
{
  g_autoptr (GSocketListener) listener = data;
  g_autofree char *chain =
      g_test_build_filename (G_TEST_DIST, "lib", "certificates", "server.pem", NULL);
  g_autofree char *key =
      g_test_build_filename (G_TEST_DIST, "lib", "certificates", "server.key", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (chain, key, NULL);
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  g_autoptr (GIOStream) tls =
      g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  char request[4096];

  g_assert_cmpint (
      g_input_stream_read (g_io_stream_get_input_stream (tls), request, sizeof request, NULL, NULL),
      >, 0);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             "\x17\x03\x03\x00\x14this is no such record", 27, NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

/* What was sent may have been carried out, whatever becomes of the connection. */
static void
test_broken (Secure *self, gconstpointer data)
{
  GSocketListener *listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("https://localhost:%u/x", port);
  GThread *thread = g_thread_new ("broken", break_tls, listener);

  trust (self, "ca.pem");
  ask (&self->f, weir_http_request_new ("POST", uri));
  g_assert_error (self->f.error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_CUT);
  g_thread_join (thread);
}

static void
ask_elsewhere (WeirHttpClient *client, Fixture *f)
{
  WeirHttpRequest *request = weir_http_request_new ("GET", "http://elsewhere.invalid/x");

  g_set_object (&f->client, client);
  request->once = TRUE;
  ask (f, request);
}

/* The server with faults stands for the proxy. */
static void
test_proxy (Fixture *f, gconstpointer data)
{
  g_autofree char *address = weir_fault_server_dup_uri (f->server, "");
  g_autoptr (WeirHttpClient) without = NULL;
  g_autoptr (WeirHttpClient) with = NULL;

  g_assert_true (weir_http_proxy_set (""));
  without = weir_http_client_new (NULL);
  ask_elsewhere (without, f);
  g_assert_error (f->error, WEIR_HTTP_ERROR, WEIR_HTTP_ERROR_UNREACHABLE);
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);

  g_assert_true (weir_http_proxy_check (address, NULL));
  g_assert_true (weir_http_proxy_set (address));
  g_assert_false (weir_http_proxy_set (address));
  with = weir_http_client_new (NULL);
  ask_elsewhere (with, f);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->response->status, ==, 404);
  g_assert_cmpuint (weir_fault_server_count (f->server, "http://elsewhere.invalid/x"), ==, 1);

  /* this machine is asked directly: as the path is, not the whole address */
  add (f, "/near", WEIR_FAULT_NONE, 200, NULL);
  get (f, "/near");
  assert_answer (f, 200, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/near"), ==, 1);
  weir_http_proxy_set (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add_secure(path, function)                                                                 \
  g_test_add ("/http-trust/" path, Secure, NULL, set_up_secure, (function), tear_down_secure)

  add_secure ("unknown", test_unknown);
  add_secure ("own", test_own);
  add_secure ("other", test_other);
  add_secure ("other-host", test_other_host);
  add_secure ("broken", test_broken);
  g_test_add_func ("/http-trust/read", test_read);
  g_test_add ("/http-trust/proxy", Fixture, NULL, set_up, test_proxy, tear_down);

  return g_test_run ();
}
