/* test-weir-follower.c: a stream into the history, whatever the server does; nothing lost, nothing twice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-fault-server.h"
#include "weir-follower.h"
#include "weir-registry.h"
#include "weir-test-loop.h"

#include <stdlib.h>
#include <string.h>

/* A Sequin with a stream of `total` events "e0", "e1"…; its cursor is a number. */
typedef struct
{
  SoupServer *soup;
  guint total;
  guint overlap; /* each page begins with so many of the page before */
  int broken;    /* this one is no JSON; -1: none */
  int odd;       /* this one is JSON, but no event; -1: none */
  guint status;  /* not 200: the answer to everything */
  const char *headers_name, *headers_value, *body;
  gboolean refuses_cursor;
  guint n_requests;
  guint n_from_start; /* but for the question how far back the log reaches */
  guint n_reaches;
  GString *limits; /* "500 250 " */
} Stream;

typedef struct
{
  char *folder;
  char *path;
  Stream stream;
  WeirAccount *account;
  WeirProvider *provider;
  WeirHistory *history;
  WeirFollower *follower;
  guint appended;
} Fixture;

static void
append_event (GString *body, Stream *stream, guint i)
{
  if ((int) i == stream->odd)
    g_string_append (body, "{\"colour\":\"blue\"}");
  else
    g_string_append_printf (body,
                            "{\"event_id\":\"e%u\",\"sync_id\":\"s\",\"collection_id\":\"c\","
                            "\"event\":\"created\",\"upstream_updated_at\":"
                            "\"2024-11-10T18:%02u:%02uZ\",\"data\":{\"n\":%s}}",
                            i, i / 60 % 60, i % 60, (int) i == stream->broken ? "oops" : "1");
}

static void
stream_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Stream *stream = user_data;
  const char *cursor = query != NULL ? g_hash_table_lookup (query, "after_cursor") : NULL;
  const char *limit_text = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;
  guint limit = limit_text != NULL ? (guint) atoi (limit_text) : 100;
  guint from = cursor != NULL ? (guint) atoi (cursor) : 0;
  guint end = MIN (from + limit, stream->total);
  g_autoptr (GString) body = g_string_new ("{\"events\":[");

  stream->n_requests++;
  g_string_append_printf (stream->limits, "%u ", limit);
  if (cursor == NULL && limit == 1)
    stream->n_reaches++;
  else if (cursor == NULL)
    stream->n_from_start++;

  if (stream->status != 0)
    {
      soup_server_message_set_status (message, stream->status, NULL);
      if (stream->headers_name != NULL)
        soup_message_headers_append (soup_server_message_get_response_headers (message),
                                     stream->headers_name, stream->headers_value);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, stream->body,
                                        strlen (stream->body));
      return;
    }
  if (cursor != NULL && stream->refuses_cursor)
    {
      static const char refusal[] = "{\"summary\":\"Invalid request\",\"validation_errors\":"
                                    "{\"after_cursor\":[\"is invalid\"]}}";

      soup_server_message_set_status (message, 422, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, refusal,
                                        strlen (refusal));
      return;
    }

  for (guint i = from > stream->overlap && from < end ? from - stream->overlap : from; i < end; i++)
    {
      if (body->str[body->len - 1] != '[')
        g_string_append_c (body, ',');
      append_event (body, stream, i);
    }
  g_string_append_printf (body, "],\"cursor\":\"%u\"}", end);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body->str,
                                    body->len);
}

static void
appended_cb (WeirFollower *follower, guint added, guint *appended)
{
  *appended += added;
}

static void
connect_to (Fixture *fixture, const char *uri)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->follower);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->account);
  fixture->account =
      weir_account_new ("uuid-1", "Acme", "sequin", uri, WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  fixture->provider = weir_registry_create (fixture->account, "token", &error);
  g_assert_no_error (error);
  weir_http_client_set_retry_unit (weir_provider_get_client (fixture->provider), 1);
  fixture->follower = weir_follower_new (fixture->provider, fixture->history, "events");
  weir_follower_set_interval (fixture->follower, 20);
  g_signal_connect (fixture->follower, "appended", G_CALLBACK (appended_cb), &fixture->appended);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GSList *uris;

  fixture->folder = g_dir_make_tmp ("weir-follower-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "history.db", NULL);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);

  fixture->stream.broken = fixture->stream.odd = -1;
  fixture->stream.limits = g_string_new (NULL);
  fixture->stream.soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->stream.soup, "/v1/events", stream_cb, &fixture->stream, NULL);
  soup_server_listen_local (fixture->stream.soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->stream.soup);
  uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  connect_to (fixture, uri);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  weir_follower_stop (fixture->follower);
  g_clear_object (&fixture->follower);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->stream.soup);
  g_string_free (fixture->stream.limits, TRUE);
  weir_test_drain ();
  g_clear_object (&fixture->history);

  weir_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
is_following (Fixture *fixture)
{
  return weir_follower_get_state (fixture->follower) == WEIR_FOLLOWER_FOLLOWING;
}

static gboolean
is_waiting (Fixture *fixture)
{
  return weir_follower_get_state (fixture->follower) == WEIR_FOLLOWER_WAITING;
}

static gboolean
sync_all (Fixture *fixture, guint64 *added, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_follower_sync_async (fixture->follower, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  return weir_follower_sync_finish (fixture->follower, result, added, error);
}

/* Exactly e0 to e(n-1), of which so many could not be read. */
static void
check_history (Fixture *fixture, guint n, guint n_unreadable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index = weir_history_query (fixture->history, NULL, 0, &error);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint found_unreadable = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < weir_history_index_get_length (index); i++)
    {
      gint64 row = weir_history_index_get_id (index, i);

      g_array_append_val (rows, row);
    }
  events = weir_history_load (fixture->history, (const gint64 *) (gpointer) rows->data, rows->len,
                              &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, n);

  for (guint i = 0; i < n; i++)
    {
      WeirEvent *event = events->pdata[i];

      if (event->unreadable)
        found_unreadable++;
      else
        g_assert_true (g_hash_table_add (ids, (char *) weir_record_get_id (WEIR_RECORD (event))));
    }
  g_assert_cmpuint (found_unreadable, ==, n_unreadable);
  for (guint i = 0; i < n && n_unreadable == 0; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_assert_true (g_hash_table_contains (ids, id));
    }
}

static void
test_sync (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 added = 0;

  fixture->stream.total = 1203;
  fixture->stream.overlap = 3;
  g_assert_true (sync_all (fixture, &added, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, 1203);
  g_assert_cmpuint (fixture->appended, ==, 1203);
  g_assert_cmpstr (fixture->stream.limits->str, ==, "500 500 500 500 ");
  g_assert_cmpint (weir_follower_get_state (fixture->follower), ==, WEIR_FOLLOWER_STOPPED);
  check_history (fixture, 1203, 0);

  /* from where it was, not from the start */
  fixture->stream.total = 1205;
  g_assert_true (sync_all (fixture, &added, &error));
  g_assert_cmpuint (added, ==, 2);
  g_assert_cmpuint (fixture->stream.n_from_start, ==, 1);
  check_history (fixture, 1205, 0);
}

static void
test_sync_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint64 added;

  fixture->stream.status = 401;
  fixture->stream.body = "{\"summary\":\"no\"}";
  g_assert_false (sync_all (fixture, &added, &error));
  g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_cmpint (weir_follower_get_state (fixture->follower), ==, WEIR_FOLLOWER_STOPPED);

  weir_follower_start (fixture->follower);
  g_assert_false (sync_all (fixture, &added, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  weir_follower_stop (fixture->follower);

  fixture->stream.status = 0;
  fixture->stream.total = 10;
  weir_follower_sync_async (fixture->follower, cancellable, weir_test_keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_false (weir_follower_sync_finish (fixture->follower, result, &added, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (weir_follower_get_state (fixture->follower), ==, WEIR_FOLLOWER_STOPPED);

  g_assert_true (sync_all (fixture, &added, NULL));
  g_assert_cmpuint (added, ==, 10);
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 added;

  fixture->stream.total = 8;
  fixture->stream.broken = 5;
  g_assert_true (sync_all (fixture, &added, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, 8);
  check_history (fixture, 8, 1);
  g_assert_true (g_str_has_prefix (fixture->stream.limits->str, "500 250 125 62 31 15 7 3 "));

  /* JSON, but no event: flagged too, and no reason to ask again */
  fixture->stream.total = 12;
  fixture->stream.odd = 10;
  g_string_truncate (fixture->stream.limits, 0);
  g_assert_true (sync_all (fixture, &added, &error));
  g_assert_cmpuint (added, ==, 4);
  g_assert_cmpstr (fixture->stream.limits->str, ==, "500 1 500 "); /* 1: how far back is the log? */
  check_history (fixture, 12, 2);
}

/* After what cannot be read it goes on with larger pages again. */
static void
test_grows (Fixture *fixture, gconstpointer data)
{
  guint64 added;

  fixture->stream.total = 4000;
  fixture->stream.broken = 700;
  g_assert_true (sync_all (fixture, &added, NULL));
  g_assert_cmpuint (added, ==, 4000);
  check_history (fixture, 4000, 1);
  g_assert_true (g_str_has_suffix (fixture->stream.limits->str, "500 500 "));
  g_assert_cmpuint (fixture->stream.n_requests, <, 50);
}

static void
test_hopeless (Fixture *fixture, gconstpointer data)
{
  fixture->stream.status = 200;
  fixture->stream.body = "<html>Welcome to the hotel network</html>";
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  g_assert_error (weir_follower_get_error (fixture->follower), WEIR_PROVIDER_ERROR,
                  WEIR_PROVIDER_ERROR_INVALID_ANSWER);
  g_assert_cmpstr (fixture->stream.limits->str, ==, "500 250 125 62 31 15 7 3 1 ");
  g_assert_cmpint (weir_follower_get_next_try (fixture->follower), >, weir_clock_now ());

  fixture->stream.status = 0;
  fixture->stream.total = 5;
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_null (weir_follower_get_error (fixture->follower));
  check_history (fixture, 5, 0);
}

static void
test_cursor_refused (Fixture *fixture, gconstpointer data)
{
  guint64 added;

  fixture->stream.total = 7;
  g_assert_true (sync_all (fixture, &added, NULL));

  fixture->stream.refuses_cursor = TRUE;
  fixture->stream.total = 9;
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  g_assert_error (weir_follower_get_error (fixture->follower), WEIR_PROVIDER_ERROR,
                  WEIR_PROVIDER_ERROR_REFUSED);
  g_assert_nonnull (strstr (weir_follower_get_error (fixture->follower)->message, "start again"));
  g_assert_nonnull (weir_provider_error_get_data (weir_follower_get_error (fixture->follower)));
  g_assert_cmpint (weir_follower_get_next_try (fixture->follower) - weir_clock_now (), >,
                   30 * G_TIME_SPAN_SECOND);
  weir_follower_retry (fixture->follower);
  weir_test_run_for (200);
  g_assert_true (is_waiting (fixture));
  g_assert_cmpuint (fixture->stream.n_from_start, ==, 1);
  check_history (fixture, 7, 0);

  /* only when told to */
  g_assert_true (weir_follower_is_place_lost (fixture->follower));
  weir_follower_restart (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (fixture->stream.n_from_start == 2);
  fixture->stream.refuses_cursor = FALSE;
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  check_history (fixture, 9, 0);
}

/* Told so while it tries the old place once more, it begins again when that is refused too. */
static void
test_restart_while_trying (Fixture *fixture, gconstpointer data)
{
  guint64 added;
  guint n_requests;

  fixture->stream.total = 7;
  g_assert_true (sync_all (fixture, &added, NULL));

  fixture->stream.refuses_cursor = TRUE;
  fixture->stream.total = 9;
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  n_requests = fixture->stream.n_requests;
  weir_follower_retry (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (fixture->stream.n_requests > n_requests);
  weir_follower_restart (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (fixture->stream.n_from_start == 2);
  fixture->stream.refuses_cursor = FALSE;
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  check_history (fixture, 9, 0);
}

static void
test_throttled (Fixture *fixture, gconstpointer data)
{
  gint64 wait;
  guint n_requests;

  fixture->stream.total = 3;
  fixture->stream.status = 429;
  fixture->stream.headers_name = "Retry-After";
  fixture->stream.headers_value = "3600";
  fixture->stream.body = "slowly";
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  g_assert_error (weir_follower_get_error (fixture->follower), WEIR_PROVIDER_ERROR,
                  WEIR_PROVIDER_ERROR_THROTTLED);
  wait = weir_follower_get_next_try (fixture->follower) - weir_clock_now ();
  g_assert_cmpint (wait, >, 3590 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (wait, <, 3610 * G_TIME_SPAN_SECOND);

  /* a hint is no reason to ask all the same */
  n_requests = fixture->stream.n_requests;
  weir_follower_poke (fixture->follower);
  weir_test_run_for (400);
  g_assert_cmpuint (fixture->stream.n_requests, ==, n_requests);

  /* nor is sleep, unless it lasted longer */
  weir_follower_wake (fixture->follower, WEIR_FOLLOWER_NOTE_SLEEP);
  weir_test_run_for (400);
  g_assert_cmpuint (fixture->stream.n_requests, ==, n_requests);
  g_assert_true (is_waiting (fixture));
  weir_clock_set_fake (weir_follower_get_next_try (fixture->follower) + 1);
  weir_follower_wake (fixture->follower, WEIR_FOLLOWER_NOTE_SLEEP);
  WEIR_TEST_WAIT_UNTIL (fixture->stream.n_requests > n_requests);
  weir_clock_set_fake (0);

  fixture->stream.status = 0;
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  weir_follower_retry (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  check_history (fixture, 3, 0);
}

static void
test_unauthorized (Fixture *fixture, gconstpointer data)
{
  fixture->stream.status = 401;
  fixture->stream.body = "no";
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  g_assert_cmpint (weir_follower_get_next_try (fixture->follower) - weir_clock_now (), >,
                   45 * G_TIME_SPAN_SECOND);
}

static void
test_poke (Fixture *fixture, gconstpointer data)
{
  guint n_requests;

  weir_follower_set_interval (fixture->follower, 60000);
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  g_assert_cmpuint (fixture->stream.n_requests, ==, 2); /* the second says that it is the end */

  fixture->stream.total = 2;
  weir_follower_poke (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (fixture->appended == 2);
  g_assert_true (is_following (fixture)); /* two events are no catching up */
  check_history (fixture, 2, 0);

  weir_test_run_for (300);
  n_requests = fixture->stream.n_requests;
  for (guint i = 0; i < 100; i++)
    {
      weir_follower_poke (fixture->follower);
      weir_test_run_for (10);
    }
  g_assert_cmpuint (fixture->stream.n_requests - n_requests, >=, 3);
  g_assert_cmpuint (fixture->stream.n_requests - n_requests, <=, 6);
}

/* Stopped wherever it is, again and again. */
static void
test_stops (Fixture *fixture, gconstpointer data)
{
  guint n_stops = 0;

  fixture->stream.total = 20000;
  fixture->stream.overlap = 1;
  while (n_stops < 200)
    {
      weir_follower_start (fixture->follower);
      /* the first stops come before a fast machine could be at the end */
      weir_test_run_for ((guint) g_test_rand_int_range (0, n_stops < 10 ? 4 : 25));
      if (is_following (fixture))
        break;
      weir_follower_stop (fixture->follower);
      g_assert_cmpint (weir_follower_get_state (fixture->follower), ==, WEIR_FOLLOWER_STOPPED);
      n_stops++;
    }
  g_test_message ("stopped %u times", n_stops);
  g_assert_cmpuint (n_stops, >, 3);
  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  check_history (fixture, 20000, 0);
}

static void
test_dispose (Fixture *fixture, gconstpointer data)
{
  fixture->stream.total = 3000;
  for (guint i = 0; i < 20; i++)
    {
      WeirFollower *follower = weir_follower_new (fixture->provider, fixture->history, "events");

      weir_follower_start (follower);
      weir_test_run_for (i);
      g_assert_finalize_object (follower);
    }
  weir_test_run_for (50);
}

/* Two programs on one history: each page is kept once. */
static void
test_two (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistory) history = weir_history_new (fixture->path, NULL);
  g_autoptr (WeirProvider) provider = weir_registry_create (fixture->account, "token", NULL);
  g_autoptr (WeirFollower) other = weir_follower_new (provider, history, "events");
  guint other_appended = 0;

  fixture->stream.total = 10000;
  weir_follower_set_interval (other, 20);
  g_signal_connect (other, "appended", G_CALLBACK (appended_cb), &other_appended);
  weir_follower_start (fixture->follower);
  weir_follower_start (other);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture)
                        && weir_follower_get_state (other) == WEIR_FOLLOWER_FOLLOWING);
  fixture->stream.total = 10100;
  WEIR_TEST_WAIT_UNTIL (fixture->appended + other_appended == 10100);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture)
                        && weir_follower_get_state (other) == WEIR_FOLLOWER_FOLLOWING);
  check_history (fixture, 10100, 0);
  weir_follower_stop (other);
}

static void
add_page (WeirFaultServer *server, WeirFault fault, guint status, guint from, guint to)
{
  g_autoptr (GString) body = g_string_new ("{\"events\":[");
  Stream stream = { .broken = -1, .odd = -1 };

  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append_c (body, ',');
      append_event (body, &stream, i);
    }
  g_string_append_printf (body, "],\"cursor\":\"%u\"}", to);
  weir_fault_server_add (server, "/v1/events", fault, status, "Content-Type: application/json\r\n",
                         body->str, -1);
}

/* Every way to break an answer, more of them in a row than the HTTP client tries again. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  static const WeirFault FAULTS[] = { WEIR_FAULT_TRUNCATE, WEIR_FAULT_RESET, WEIR_FAULT_CUT_CHUNKED,
                                      WEIR_FAULT_CLOSE, WEIR_FAULT_GARBAGE };

  connect_to (fixture, uri);
  add_page (server, WEIR_FAULT_NONE, 200, 0, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    add_page (server, FAULTS[i], 200, 4, 8);
  add_page (server, WEIR_FAULT_NONE, 500, 4, 8);
  add_page (server, WEIR_FAULT_NONE, 503, 4, 8);
  add_page (server, WEIR_FAULT_CHUNKED, 200, 4, 8);
  add_page (server, WEIR_FAULT_NONE, 502, 8, 9);
  add_page (server, WEIR_FAULT_UNTIL_CLOSE, 200, 8, 9);
  add_page (server, WEIR_FAULT_NONE, 200, 9, 9);

  weir_follower_start (fixture->follower);
  WEIR_TEST_WAIT_UNTIL (is_waiting (fixture));
  check_history (fixture, 4, 0);
  WEIR_TEST_WAIT_UNTIL (is_following (fixture));
  check_history (fixture, 9, 0);
  g_assert_cmpuint (weir_follower_get_received (fixture->follower), ==, 9);
  weir_follower_stop (fixture->follower);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/follower/sync", test_sync);
  ADD ("/follower/sync-fails", test_sync_fails);
  ADD ("/follower/broken", test_broken);
  ADD ("/follower/grows", test_grows);
  ADD ("/follower/hopeless", test_hopeless);
  ADD ("/follower/cursor-refused", test_cursor_refused);
  ADD ("/follower/restart-while-trying", test_restart_while_trying);
  ADD ("/follower/throttled", test_throttled);
  ADD ("/follower/unauthorized", test_unauthorized);
  ADD ("/follower/poke", test_poke);
  ADD ("/follower/stops", test_stops);
  ADD ("/follower/dispose", test_dispose);
  ADD ("/follower/two", test_two);
  ADD ("/follower/faults", test_faults);

  return g_test_run ();
}
