/* test-weirctl.c: weirctl's command line, accounts, and servers that are not there or talk nonsense
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ctl-fixture.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#define ORACLE_PATH "/services/rest/connect/v1.4/eventSubscriptions"
#define SYNC "11111111-2222-4333-8444-555555555555"

static const char oracle_one[] =
    "{\"id\":10004,\"lookupName\":\"Contacts\",\"name\":\"Contacts\",\"class\":\"Contact\","
    "\"endPoint\":\"https://example.com/in\",\"eventType\":{\"id\":1,\"lookupName\":\"Create\"},"
    "\"status\":{\"id\":1,\"lookupName\":\"Active\"}}";

static void
test_misuse (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const wrong[] = {
    "",
    "bogus",
    "bogus --help",
    "account",
    "account bogus",
    "subscription",
    "oracle",
    "--bogus",
    "subscriptions --bogus",
    "subscriptions extra",
    "subscriptions --limit 3",
    "subscriptions --account",
    "subscription show",
    "subscription show a b",
    "subscribe",
    "unsubscribe",
    "resubscribe",
    "pull",
    "pull x --timeout 3",
    "pull x --wait --timeout soon",
    "pull x --wait --timeout -1",
    "pull x --wait --timeout 3s",
    "pull x --wait --timeout nan",
    "connection test",
    "connections --status x",
    "events --limit many",
    "events --limit -1",
    "events --limit 1.5",
    "events --account x",
    "errors x",
    "sync x",
    "account list x",
    "account check",
    "account check a b",
    "account remove",
    "account edit",
    "account edit a",
    "account edit a --ca f --no-ca",
    "preferences x",
    "preferences --time-zone",
    "account add",
    "account add a --provider sequin --token-stdin",
    "account add a --uri http://h --token-stdin",
    "account add a --provider nothing --uri http://h --token-stdin",
    "account add a --provider sequin --uri http://h",
    "account add a --provider sequin --uri http://h --token-stdin --password-stdin",
    "account add a --provider sequin --uri http://h --username u --password-stdin",
    "account add a --provider sequin --uri http://h --workspace-key k --secret-stdin",
    "account add a --provider membrane --uri http://h --secret-stdin",
    "account add a --provider membrane --uri http://h --workspace-key k --token-stdin",
    "account add a --provider membrane --uri http://h --tenant t --token-stdin",
    "account add a --provider oracle --uri http://h --password-stdin",
    "account add a --provider oracle --uri http://h --username u --token-stdin",
    "oracle create",
    "oracle create x --account a",
    "oracle update",
    "oracle pause a b",
    "oracle delete",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      weir_ctl_fixture_run (f, 2, "secret\n", wrong[i]);
      g_assert_cmpstr (f->out, ==, "");
      g_assert_null (strstr (f->err, " \n"));
    }
}

static void
test_help (WeirCtlFixture *f, gconstpointer data)
{
  static const char *const commands[] = {
    "account add",   "account list",
    "account check", "account remove",
    "subscriptions", "subscribe",
    "unsubscribe",   "resubscribe",
    "pull",          "subscription show",
    "pulls",         "connections",
    "errors",        "connection test",
    "sync",          "oracle create",
    "events",        "oracle update",
    "oracle delete", "oracle pause",
    "export",        "gaps",
  };

  weir_ctl_fixture_run (f, 0, NULL, "--help");
  g_assert_cmpstr (f->err, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *words = g_strconcat ("--help ", commands[i], NULL);
      g_autofree char *name = g_strconcat ("weirctl ", commands[i], NULL);

      weir_ctl_fixture_run (f, 0, NULL, "--help");
      g_assert_nonnull (strstr (f->out, name));
      weir_ctl_fixture_run (f, 0, NULL, words);
      g_assert_nonnull (strstr (f->out, name));
    }
  weir_ctl_fixture_run (f, 0, NULL, "account -h");
  g_assert_nonnull (strstr (f->out, "weirctl account remove"));
  weir_ctl_fixture_run (f, 0, NULL, "--version");
  g_assert_true (g_str_has_prefix (f->out, "weirctl "));
}

static void
test_accounts (WeirCtlFixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->folder, "ctl", "accounts.json", NULL);
  g_autofree char *contents = NULL;

  weir_ctl_fixture_run (f, 0, NULL, "account list --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);

  /* no secret service: it is added all the same */
  weir_ctl_fixture_run (f, 0, "pat-very-secret\n",
                        "--json account add Ac-me --provider membrane --uri http://h/p/ "
                        "--token-stdin --read-only");
  weir_ctl_fixture_assert (f, 0, "/name", "Ac-me");
  weir_ctl_assert_says (f, "WEIR_TOKEN_AC_ME");
  g_assert_null (strstr (f->err, "very-secret"));
  g_assert_null (strstr (f->out, "very-secret"));
  weir_ctl_fixture_run (f, 0, "s\r\n",
                        "account add w --provider membrane --uri http://h --workspace-key k "
                        "--tenant t --secret-stdin");
  weir_ctl_fixture_run (f, 0, "p",
                        "account add o --provider oracle --uri http://h --username u "
                        "--password-stdin");
  weir_ctl_fixture_run (f, 0, "t\nnot this",
                        "account add ob --provider oracle --uri http://h --token-stdin");

  weir_ctl_fixture_run (f, 0, NULL, "account list --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 4);
  weir_ctl_fixture_assert (f, 0, "/uri", "http://h/p");
  weir_ctl_fixture_assert (f, 0, "/read_only", "true");
  weir_ctl_fixture_assert (f, 1, "/auth", "workspace-key");
  weir_ctl_fixture_assert (f, 1, "/tenant", "t");
  weir_ctl_fixture_assert (f, 2, "/auth", "password");
  weir_ctl_fixture_assert (f, 2, "/username", "u");
  weir_ctl_fixture_assert (f, 3, "/auth", "token");
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_null (strstr (contents, "very-secret"));

  /* what is refused is 1, and changes nothing */
  weir_ctl_fixture_run (f, 1, "x", "account add w --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, "x",
                        "account add a/b --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, "x", "account add '' --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, "x", "account add z --provider sequin --uri ftp://h --token-stdin");
  weir_ctl_fixture_run (f, 1, "x", "account add z --provider sequin --uri h --token-stdin");
  weir_ctl_fixture_run (f, 1, "", "account add z --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, "\nx",
                        "account add z --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, "a\tb",
                        "account add z --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, NULL, "account remove nobody");
  weir_ctl_fixture_run (f, 1, NULL, "subscriptions --account nobody");
  weir_ctl_fixture_run (f, 1, NULL, "sync --account nobody");
  weir_ctl_fixture_run (f, 0, NULL, "account list --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 4);

  weir_ctl_fixture_run (f, 0, NULL, "account remove w");
  weir_ctl_fixture_run (f, 0, NULL, "account remove o --history");
  weir_ctl_fixture_run (f, 0, NULL, "account list");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 3);
  g_assert_true (g_str_has_prefix (f->lines[0], "NAME   PROVIDER  URI"));
  g_assert_true (g_str_has_prefix (f->lines[1], "Ac-me  membrane  http://h/p"));
  g_assert_true (g_str_has_prefix (f->lines[2], "ob     oracle    http://h"));
}

static void
test_not_stored (WeirCtlFixture *f, gconstpointer data)
{
  weir_ctl_fixture_run (f, 0, "t", "account add a --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, NULL, "account check a --json");
  weir_ctl_fixture_assert (f, 0, "/account", "a");
  weir_ctl_fixture_assert (f, 0, "/state", "unknown");
  weir_ctl_fixture_assert (f, 0, "/latency_ms", "null");
  weir_ctl_assert_says (f, "WEIR_TOKEN_A");
  weir_ctl_fixture_run (f, 1, NULL, "subscriptions --json");
  weir_ctl_assert_says (f, "WEIR_TOKEN_A");
  weir_ctl_fixture_run (f, 1, NULL, "account check nobody --json");
  weir_ctl_fixture_assert (f, 0, "/account", "nobody");
  weir_ctl_fixture_assert (f, 0, "/state", "unknown");
}

/* A bus that takes connections and says nothing is given up after 5 s. */
static void
test_silent_keyring (WeirCtlFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "bus", NULL);
  g_autofree char *bus = g_strconcat ("unix:path=", path, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  gint64 started = g_get_monotonic_time ();

  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  weir_ctl_fixture_setenv (f, "DBUS_SESSION_BUS_ADDRESS", bus);
  weir_ctl_fixture_run (f, 0, "t", "account add a --provider sequin --uri http://h --token-stdin");
  weir_ctl_assert_says (f, "not kept");
  g_assert_cmpint (g_get_monotonic_time () - started, <, 10 * G_TIME_SPAN_SECOND);
}

static void
test_damaged_accounts (WeirCtlFixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->folder, "ctl", "accounts.json", NULL);
  g_autofree char *contents = NULL;

  weir_ctl_fixture_run (f, 0, NULL, "account list");
  g_assert_true (g_file_set_contents (file, "{nonsense", -1, NULL));
  weir_ctl_fixture_run (f, 1, NULL, "account list");
  weir_ctl_fixture_run (f, 1, NULL, "subscriptions");
  weir_ctl_fixture_run (f, 1, "x", "account add a --provider sequin --uri http://h --token-stdin");
  weir_ctl_fixture_run (f, 1, NULL, "account check a --json");
  weir_ctl_fixture_assert (f, 0, "/state", "unknown");
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "{nonsense");
}

static void
check_state (WeirCtlFixture *f, guint status, const char *body, const char *state)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  weir_fault_server_add (server, "/v1/events", status != 0 ? WEIR_FAULT_NONE : WEIR_FAULT_GARBAGE,
                         status, "Content-Type: application/json\r\n", body, -1);
  weir_ctl_fixture_add_account (f, "x", "sequin", uri);
  weir_ctl_fixture_run (f, g_str_equal (state, "online") ? 0 : 1, NULL, "account check x --json");
  weir_ctl_fixture_assert (f, 0, "/state", state);
  g_assert_null (strstr (f->out, "secret-token"));
  g_assert_null (strstr (f->err, "secret-token"));
  weir_ctl_fixture_run (f, 0, NULL, "account remove x");
}

static void
test_check (WeirCtlFixture *f, gconstpointer data)
{
  check_state (f, 200, "{\"events\":[],\"cursor\":\"c\"}", "online");
  check_state (f, 401, "{\"error\":\"Bad token secret-token\"}", "unauthorized");
  check_state (f, 403, "{}", "forbidden");
  check_state (f, 429, "{}", "throttled");
  check_state (f, 502, "<html>", "unreachable");
  check_state (f, 200, "<html>", "invalid-answer");
  check_state (f, 200, "[1,", "invalid-answer");
  check_state (f, 200, "{}", "invalid-answer");
  check_state (f, 200, "null", "invalid-answer");
  check_state (f, 200, "{\"events\":{}}", "invalid-answer");
  check_state (f, 0, "not HTTP at all", "unreachable");
}

static void
test_proxy (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) proxy = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (proxy, "");

  weir_fault_server_add (proxy, "http://stream.example.test/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"events\":[],\"cursor\":\"c\"}",
                         -1);
  weir_ctl_fixture_add_account (f, "x", "sequin", "http://stream.example.test");
  weir_ctl_fixture_setenv (f, "http_proxy", uri);
  weir_ctl_fixture_run (f, 0, NULL, "account check x --json");
  weir_ctl_fixture_assert (f, 0, "/state", "online");
}

/* The one that was chosen for Weir, which needs no environment. */
static void
test_preferences (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) proxy = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (proxy, "");

  weir_fault_server_add (proxy, "http://stream.example.test/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"events\":[],\"cursor\":\"c\"}",
                         -1);
  weir_ctl_fixture_add_account (f, "x", "sequin", "http://stream.example.test");
  weir_ctl_fixture_run (f, 0, NULL, "preferences --json");
  weir_ctl_fixture_assert (f, 0, "/time_zone", "local");
  weir_ctl_fixture_assert (f, 0, "/proxy", "system");
  weir_ctl_fixture_runf (f, 0, "preferences --proxy %s --time-zone Asia/Tokyo --json", uri);
  weir_ctl_fixture_assert (f, 0, "/proxy", uri);
  weir_ctl_fixture_assert (f, 0, "/time_zone", "Asia/Tokyo");
  weir_ctl_fixture_run (f, 0, NULL, "account check x --json");
  weir_ctl_fixture_assert (f, 0, "/state", "online");
  weir_ctl_fixture_run (f, 1, NULL, "preferences --proxy http://me:secret@proxy:1");
  weir_ctl_assert_says (f, "must not contain a user name or password");
  weir_ctl_fixture_run (f, 1, NULL, "preferences --time-zone Nowhere/Land");
  weir_ctl_assert_says (f, "Nowhere/Land");
  weir_ctl_fixture_run (f, 0, NULL, "preferences --json");
  weir_ctl_fixture_assert (f, 0, "/proxy", uri);
}

/* Serves while the test waits for weirctl. */
static gpointer
serve (gpointer data)
{
  g_main_context_push_thread_default (g_main_loop_get_context (data));
  g_main_loop_run (data);
  return NULL;
}

static void
handle_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  static const char answer[] = "{\"events\":[],\"cursor\":\"c\"}";

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, answer,
                                    strlen (answer));
}

static char *
find_certificate (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "lib", "certificates", name, NULL);
}

/* A server whose certificate is signed by an authority that this machine does not know. */
static void
test_authority (WeirCtlFixture *f, gconstpointer data)
{
  g_autofree char *chain = find_certificate ("server.pem");
  g_autofree char *key = find_certificate ("server.key");
  g_autofree char *ca = find_certificate ("ca.pem");
  g_autofree char *other = find_certificate ("other.pem");
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (chain, key, NULL);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GThread *thread;
  GSList *uris;

  g_main_context_push_thread_default (context);
  server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, handle_cb, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  uri = g_strdup_printf ("https://localhost:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (context);
  thread = g_thread_new ("server", serve, loop);

  weir_ctl_fixture_add_account (f, "x", "sequin", uri);
  weir_ctl_fixture_run (f, 1, NULL, "account check x --json");
  weir_ctl_fixture_assert (f, 0, "/state", "unreachable");
  weir_ctl_assert_says (f, "unknown authority");
  weir_ctl_assert_says (f, "account edit NAME --ca FILE");
  weir_ctl_fixture_runf (f, 0, "account edit x --ca %s", other);
  weir_ctl_fixture_run (f, 1, NULL, "account check x --json");
  weir_ctl_fixture_runf (f, 0, "account edit x --ca %s", ca);
  weir_ctl_fixture_run (f, 0, NULL, "account check x --json");
  weir_ctl_fixture_assert (f, 0, "/state", "online");
  /* what is no certificate changes nothing */
  weir_ctl_fixture_runf (f, 1, "account edit x --ca %s", key);
  weir_ctl_fixture_run (f, 1, NULL, "account edit x --ca /nonexistent");
  weir_ctl_fixture_run (f, 1, NULL, "account edit nobody --no-ca");
  weir_ctl_fixture_run (f, 0, NULL, "account check x --json");
  weir_ctl_fixture_run (f, 0, NULL, "account edit x --no-ca");
  weir_ctl_fixture_run (f, 1, NULL, "account check x --json");

  g_main_loop_quit (loop);
  g_thread_join (thread);
  g_main_context_push_thread_default (context);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (context);
}

/* Its events are all there is to know of its syncs. */
static void
test_sequin_seen (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  for (guint i = 0; i < 2; i++)
    weir_fault_server_add (
        server, "/v1/events", WEIR_FAULT_NONE, 200, "Content-Type: application/json\r\n",
        "{\"events\":[{\"event_id\":\"e1\",\"event\":\"created\",\"sync_id\":\"" SYNC
        "\",\"collection_id\":\"crm:contact\",\"upstream_id\":\"u1\","
        "\"upstream_updated_at\":\"2024-01-02T03:04:05Z\",\"data\":{\"n\":9007199254740993}}],"
        "\"cursor\":\"c\"}",
        -1);
  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"events\":[],\"cursor\":\"c\"}",
                         -1);
  weir_ctl_fixture_add_account (f, "s", "sequin", uri);
  /* never followed: the beginning of the stream is looked at, and kept for the sync */
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
  weir_ctl_fixture_assert (f, 0, "/account", "s");
  weir_ctl_fixture_assert (f, 0, "/stream", "events");
  weir_ctl_fixture_assert (f, 0, "/added", "1");
  weir_ctl_fixture_assert (f, 0, "/error", "null");
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  weir_ctl_fixture_assert (f, 0, "/payload/n", "9007199254740993");
  weir_ctl_fixture_assert (f, 0, "/occurred_at", "2024-01-02T03:04:05.000Z");
  weir_ctl_fixture_assert (f, 0, "/kind", "created");

  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/id", SYNC "/crm:contact");
  /* an id with a slash of its own */
  weir_ctl_fixture_run (f, 0, NULL, "subscription show --json " SYNC "/crm:contact");
  weir_ctl_fixture_assert (f, 0, "/id", SYNC "/crm:contact");
  weir_ctl_fixture_run (f, 0, NULL, "subscription show --json s/" SYNC "/crm:contact");
  weir_ctl_fixture_run (f, 1, NULL, "subscription show --json s/" SYNC "/crm:other");
  weir_ctl_fixture_run (f, 1, NULL, "subscribe s/" SYNC "/crm:contact");

  /* no such thing here: nothing over all accounts, an error where it is asked of this one */
  weir_ctl_fixture_run (f, 0, NULL, "pulls --json");
  weir_ctl_fixture_run (f, 0, NULL, "connections --json");
  weir_ctl_fixture_run (f, 1, NULL, "connections --account s");
  weir_ctl_fixture_run (f, 1, NULL, "pulls --subscription s/" SYNC "/crm:contact");

  weir_ctl_fixture_run (f, 0, NULL, "account remove s --history");
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
}

/* What cannot be read is an object like the others, flagged and with what came, and the stream goes on. */
static void
test_unreadable (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  weir_fault_server_add (
      server, "/v1/events", WEIR_FAULT_NONE, 200, "Content-Type: application/json\r\n",
      "{\"events\":[{\"event_id\":9223372036854775807,\"event\":\"created\",\"sync_id\":\"" SYNC
      "\",\"collection_id\":\"crm:contact\",\"upstream_id\":9007199254740993,"
      "\"upstream_updated_at\":\"2024-01-02T03:04:05Z\",\"data\":{\"n\":83.630}},"
      "{\"data\":9007199254740993}],\"cursor\":\"c\"}",
      -1);
  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"events\":[],\"cursor\":\"c\"}",
                         -1);
  weir_ctl_fixture_add_account (f, "s", "sequin", uri);
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
  weir_ctl_fixture_assert (f, 0, "/added", "2");
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  weir_ctl_fixture_assert (f, 0, "/id", "9223372036854775807");
  weir_ctl_fixture_assert (f, 0, "/record", "9007199254740993");
  weir_ctl_fixture_assert (f, 0, "/unreadable", "false");
  weir_ctl_fixture_assert (f, 0, "/error", "null");
  weir_ctl_fixture_assert (f, 0, "/payload/n", "83.630");
  weir_ctl_fixture_assert (f, 1, "/unreadable", "true");
  weir_ctl_fixture_assert (f, 1, "/error/type", "unreadable");
  weir_ctl_fixture_assert (f, 1, "/payload/data", "9007199254740993");
  weir_ctl_fixture_assert (f, 1, "/kind", "null");
}

/* A server may know events and nothing of application events; one that knows neither is no Membrane. */
static void
test_sync_without_app_events (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  weir_fault_server_add (server, "/external-event-log-records", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"items\":[]}", -1);
  weir_fault_server_add (server, "/app-events", WEIR_FAULT_NONE, 404, NULL, "", -1);
  weir_ctl_fixture_add_account (f, "m", "membrane", uri);
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  weir_ctl_fixture_assert (f, 0, "/error", "null");
  weir_ctl_fixture_assert (f, 1, "/stream", "app-events");
  weir_ctl_assert_says (f, "404");

  weir_fault_server_add (server, "/external-event-log-records", WEIR_FAULT_NONE, 404, NULL, "", -1);
  weir_ctl_fixture_run (f, 1, NULL, "sync --json");
}

#define GAP_EVENT(n, time)                                                                         \
  "{\"event_id\":\"e" n "\",\"event\":\"created\",\"sync_id\":\"" SYNC "\",\"collection_id\":"     \
  "\"crm:contact\",\"upstream_id\":\"r\",\"upstream_updated_at\":\"" time                          \
  "\",\"event_inserted_at\":\"" time "\",\"data\":{}}"

static void
add_events (WeirFaultServer *server, const char *events, const char *cursor)
{
  g_autofree char *body = g_strdup_printf ("{\"events\":[%s],\"cursor\":\"%s\"}", events, cursor);

  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", body, -1);
}

/* The log begins later than where the last sync had come to; then it is whole again. */
static void
test_gaps (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  static const char first[] = GAP_EVENT ("1", "2024-01-02T03:04:05Z");
  static const char lost[] = GAP_EVENT ("2", "2024-01-02T03:04:06Z");
  static const char third[] = GAP_EVENT ("3", "2099-01-02T03:04:05Z");

  weir_ctl_fixture_run (f, 0, NULL, "gaps --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);

  add_events (server, first, "a");
  add_events (server, "", "a");
  weir_ctl_fixture_add_account (f, "s", "sequin", uri);
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
  weir_ctl_fixture_run (f, 0, NULL, "gaps --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);

  add_events (server, third, "c");
  add_events (server, third, "c"); /* how far back does the log reach? */
  add_events (server, "", "c");
  weir_ctl_fixture_run (f, 0, NULL, "sync --json");
  weir_ctl_fixture_run (f, 0, NULL, "gaps --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/account", "s");
  weir_ctl_fixture_assert (f, 0, "/stream", "events");
  weir_ctl_fixture_assert (f, 0, "/subscription", "null");
  weir_ctl_fixture_assert (f, 0, "/cause", "off");
  weir_ctl_fixture_assert (f, 0, "/to", "2099-01-02T03:04:05.000Z");
  weir_ctl_fixture_assert (f, 0, "/filled", "false");
  weir_ctl_fixture_run (f, 0, NULL, "gaps");
  g_assert_nonnull (strstr (f->out, "off"));
  weir_ctl_fixture_run (f, 0, NULL, "gaps --json --account other");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);

  /* it does not reach back further */
  add_events (server, third, "c");
  weir_ctl_fixture_run (f, 1, NULL, "gaps --fill --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_assert_says (f, "2099");

  /* nor is it asked without a token */
  weir_ctl_fixture_setenv (f, "WEIR_TOKEN_S", "");
  weir_ctl_fixture_run (f, 1, NULL, "gaps --fill --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_setenv (f, "WEIR_TOKEN_S", "secret-token");

  add_events (server, first, "a");
  add_events (server, first, "a");
  add_events (server, lost, "b");
  add_events (server, third, "c");
  add_events (server, "", "c");
  weir_ctl_fixture_run (f, 0, NULL, "gaps --fill --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
  weir_ctl_fixture_run (f, 0, NULL, "gaps --all --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/filled", "true");
  weir_ctl_fixture_run (f, 0, NULL, "events --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 3);
  weir_ctl_fixture_run (f, 2, NULL, "gaps now");
}

static void
test_oracle (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  WeirFaultRequest *request;

  weir_fault_server_add (server, ORACLE_PATH "/10004", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", oracle_one, -1);
  weir_fault_server_add (server, ORACLE_PATH, WEIR_FAULT_NONE, 201,
                         "Content-Type: application/json\r\n", oracle_one, -1);
  weir_ctl_fixture_add_account (f, "o", "oracle", uri);

  weir_ctl_fixture_run (f, 0, NULL, "subscription show 10004 --json");
  weir_ctl_fixture_assert (f, 0, "/id", "10004");
  weir_ctl_fixture_assert (f, 0, "/kind", "Contact");
  weir_ctl_fixture_assert (f, 0, "/status", "active");
  weir_ctl_fixture_assert (f, 0, "/raw/eventType/id", "1");
  weir_ctl_fixture_run (f, 0, NULL, "oracle pause 10004 --json");
  weir_ctl_fixture_run (f, 0, NULL, "oracle pause o/10004 --json");
  weir_ctl_fixture_run (f, 0, NULL, "oracle pause --account o 10004 --json");
  weir_ctl_fixture_run (f, 0, "{\"name\":\"Contacts\"}", "oracle update 10004 --json --account o");
  weir_ctl_fixture_assert (f, 0, "/account", "o");
  weir_ctl_fixture_run (f, 0, NULL, "oracle delete 10004 --json");
  weir_ctl_fixture_assert (f, 0, "/id", "10004");
  request = weir_fault_server_get_request (
      server, ORACLE_PATH "/10004", weir_fault_server_count (server, ORACLE_PATH "/10004") - 1);
  g_assert_cmpstr (request->method, ==, "DELETE");

  weir_ctl_fixture_run (f, 1, "no JSON", "oracle create --account o");
  weir_ctl_fixture_run (f, 1, "", "oracle create --account o");
  weir_ctl_fixture_run (f, 1, "{}", "oracle create --account nobody");
  g_assert_cmpuint (weir_fault_server_count (server, ORACLE_PATH), ==, 0);
  weir_ctl_fixture_run (f, 0,
                        "{\"name\":\"Contacts\",\"class\":\"Contact\",\"endPoint\":"
                        "\"https://example.com/in\",\"eventType\":{\"id\":1},\"integrationUser\":"
                        "{\"id\":1},\"objectShapeXml\":\"<a/>\",\"objectVersion\":{\"id\":100300},"
                        "\"status\":{\"id\":1}}",
                        "oracle create --account o --json");
  weir_ctl_fixture_assert (f, 0, "/id", "10004");

  weir_ctl_fixture_run (f, 1, NULL, "oracle delete 10005");
  weir_ctl_fixture_run (f, 1, NULL, "oracle delete nobody/10005");
  weir_ctl_fixture_run (f, 1, NULL, "connections --account o");
  weir_ctl_fixture_run (f, 1, NULL, "sync --account o");
  weir_ctl_fixture_run (f, 1, NULL, "pull o/10004");
  weir_ctl_fixture_run (f, 0, NULL, "pulls");
  weir_ctl_fixture_run (f, 0, NULL, "sync");
  g_assert_cmpstr (f->out, ==, "");
}

/* What one account says against it is no reason to hold back what the others have. */
static void
test_gone (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  weir_fault_server_add (server, ORACLE_PATH, WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"items\":[],\"hasMore\":false}",
                         -1);
  weir_fault_server_add (server, ORACLE_PATH "/10004", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", oracle_one, -1);
  weir_fault_server_add (
      server, "/v1/syncs", WEIR_FAULT_NONE, 200, "Content-Type: application/json\r\n",
      "{\"data\":[{\"id\":\"" SYNC "\",\"name\":\"x\\u001b[31m\\ny\",\"status\":\"active\"}]}", -1);
  weir_ctl_fixture_add_account (f, "gone", "sequin", "http://127.0.0.1:1");
  weir_ctl_fixture_add_account (f, "here", "sequin", uri);
  weir_ctl_fixture_add_account (f, "o", "oracle", uri);
  weir_ctl_fixture_run (f, 1, NULL, "subscriptions --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_assert (f, 0, "/account", "here");
  weir_ctl_assert_says (f, "gone: ");

  /* found in one, and the other cannot say no: told, and done */
  weir_ctl_fixture_run (f, 0, NULL, "subscription show 10004 --json");
  weir_ctl_assert_says (f, "gone: ");
  weir_ctl_fixture_run (f, 1, NULL, "subscription show gone/10004");
  weir_ctl_fixture_run (f, 1, NULL, "errors --json");
  weir_ctl_fixture_run (f, 1, NULL, "sync --account gone --json");
  weir_ctl_fixture_assert (f, 0, "/added", "0");

  /* nothing of a stranger's reaches the terminal as a command */
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --account here");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 2);
  g_assert_null (strchr (f->out, '\033'));
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --account here --status ACTIVE --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 1);
  weir_ctl_fixture_run (f, 0, NULL, "subscriptions --account here --status paused --json");
  g_assert_cmpuint (weir_ctl_fixture_count (f), ==, 0);
}

static void
test_garbage (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");

  weir_fault_server_add (server, "/external-event-subscriptions", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", "{\"items\":{\"a\":[1,2}", -1);
  weir_fault_server_add (server, "/external-event-subscriptions/x", WEIR_FAULT_NONE, 200,
                         "Content-Type: text/html\r\n", "<html>secret-token</html>", -1);
  weir_ctl_fixture_add_account (f, "m", "membrane", uri);
  weir_ctl_fixture_run (f, 1, NULL, "subscriptions --json");
  g_assert_cmpstr (f->out, ==, "");
  weir_ctl_fixture_run (f, 1, NULL, "subscription show x");
  g_assert_null (strstr (f->err, "secret-token"));
  weir_ctl_fixture_run (f, 1, NULL, "subscribe x");
}

static void
test_events_refused (WeirCtlFixture *f, gconstpointer data)
{
  weir_ctl_fixture_run (f, 0, NULL, "events");
  weir_ctl_fixture_run (f, 0, NULL, "events --limit 0 --json");
  weir_ctl_fixture_run (f, 1, NULL, "events --query nosuchfield:x");
  weir_ctl_fixture_run (f, 1, NULL, "events --query \"open");
}

static void
test_interrupted (WeirCtlFixture *f, gconstpointer data)
{
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autoptr (GSubprocess) process = NULL;

  weir_fault_server_add (server, "/v1/syncs", WEIR_FAULT_SILENCE, 200, NULL, "", -1);
  weir_ctl_fixture_add_account (f, "s", "sequin", uri);
  process = weir_ctl_fixture_start (f, "subscriptions");
  while (weir_fault_server_count (server, "/v1/syncs") == 0)
    g_usleep (10000);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (WeirCtlFixture *f, gconstpointer data);
  } tests[] = {
    { "/weirctl/misuse", test_misuse },
    { "/weirctl/help", test_help },
    { "/weirctl/accounts", test_accounts },
    { "/weirctl/not-stored", test_not_stored },
    { "/weirctl/silent-keyring", test_silent_keyring },
    { "/weirctl/damaged-accounts", test_damaged_accounts },
    { "/weirctl/check", test_check },
    { "/weirctl/proxy", test_proxy },
    { "/weirctl/preferences", test_preferences },
    { "/weirctl/authority", test_authority },
    { "/weirctl/sequin-seen", test_sequin_seen },
    { "/weirctl/unreadable", test_unreadable },
    { "/weirctl/sync-without-app-events", test_sync_without_app_events },
    { "/weirctl/oracle", test_oracle },
    { "/weirctl/gone", test_gone },
    { "/weirctl/garbage", test_garbage },
    { "/weirctl/events-refused", test_events_refused },
    { "/weirctl/gaps", test_gaps },
    { "/weirctl/interrupted", test_interrupted },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirCtlFixture, NULL, weir_ctl_fixture_set_up, tests[i].test,
                weir_ctl_fixture_tear_down);
  return g_test_run ();
}
