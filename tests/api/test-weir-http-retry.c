/* test-weir-http-retry.c: what the client repeats and follows, and what it never does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-http-fixture.h"

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
  static const char *const values[] = { "soon", "-5", "", "0", "Sun, 06 Nov 1994 08:49:37 GMT" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strdup_printf ("/odd/%u", i);
      g_autofree char *headers = g_strdup_printf ("Retry-After: %s\r\n", values[i]);

      add (f, path, WEIR_FAULT_NONE, 503, headers);
      add (f, path, WEIR_FAULT_NONE, 200, NULL);
      get (f, path);
      assert_answer (f, 200, BODY);
    }

  /* Whoever asks for that long does not want to be asked again in a second. */
  add (f, "/ages", WEIR_FAULT_NONE, 503, "Retry-After: 99999999999999999999\r\n");
  get (f, "/ages");
  assert_answer (f, 503, BODY);
  g_assert_cmpint (f->response->retry_after, ==, (gint64) G_MAXINT32 * G_USEC_PER_SEC);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/ages"), ==, 1);
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
  static const guint statuses[] = { 408, 429, 500, 502, 503, 504, 520 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/forever/%u", statuses[i]);

      add (f, path, WEIR_FAULT_NONE, statuses[i], NULL);
      get (f, path);
      assert_answer (f, statuses[i], BODY);
      g_assert_cmpuint (weir_fault_server_count (f->server, path), ==, 4);
    }

  add (f, "/never", WEIR_FAULT_NONE, 501, NULL);
  get (f, "/never");
  assert_answer (f, 501, BODY);
  g_assert_cmpuint (weir_fault_server_count (f->server, "/never"), ==, 1);

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
                  { "https://127.0.0.1:1/", "redirects to https://127.0.0.1:1" },
                  { "https://127.0.0.1/", "redirects to https://127.0.0.1" },
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
  assert_redirect_error (f, "redirects too often");
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/http-retry/retry-after", test_retry_after);
  ADD ("/http-retry/retry-after-waits", test_retry_after_waits);
  ADD ("/http-retry/retry-after-too-long", test_retry_after_too_long);
  ADD ("/http-retry/retry-after-odd", test_retry_after_odd);
  ADD ("/http-retry/background", test_background);
  ADD ("/http-retry/recovers", test_recovers);
  ADD ("/http-retry/gives-up", test_gives_up);
  ADD ("/http-retry/changes-are-sent-once", test_changes_are_sent_once);
  ADD ("/http-retry/get-on-dying-connection", test_get_on_dying_connection);
  ADD ("/http-retry/redirect", test_redirect);
  ADD ("/http-retry/redirect-elsewhere", test_redirect_elsewhere);
  ADD ("/http-retry/redirect-upgrade", test_redirect_upgrade);
  ADD ("/http-retry/redirect-loop", test_redirect_loop);
  ADD ("/http-retry/redirect-post", test_redirect_post);

  return g_test_run ();
}
