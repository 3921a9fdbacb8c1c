/* test-ui-tokens.c: tokens that end soon, a keyring that is locked, an authority of one's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-desktop.h"
#include "weir-fault-server.h"
#include "weir-ui-fixture.h"

#include <string.h>

#define ANSWER "{\"events\":[],\"cursor\":\"c\"}"

static char *
encode (const char *json)
{
  g_autofree char *text = g_base64_encode ((const guchar *) json, strlen (json));
  char *end;

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  end = strchr (text, '=');
  if (end != NULL)
    *end = '\0';
  return g_steal_pointer (&text);
}

/* A token that says when it ends; nobody here looks at its signature. */
static char *
make_token (gint64 seconds_left)
{
  g_autofree char *payload = g_strdup_printf ("{\"exp\":%" G_GINT64_FORMAT "}",
                                              g_get_real_time () / G_USEC_PER_SEC + seconds_left);
  g_autofree char *head = encode ("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
  g_autofree char *body = encode (payload);

  return g_strdup_printf ("%s.%s.c2lnbmF0dXJl", head, body);
}

static WeirFaultServer *
start_server (void)
{
  WeirFaultServer *server = weir_fault_server_new ();

  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n", ANSWER, -1);
  return server;
}

static void
add_account (WeirUi *ui, WeirFaultServer *server, const char *token, const char *more)
{
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autofree char *words =
      g_strdup_printf ("account add sequin --provider sequin --uri %s --token-stdin%s", uri, more);

  g_free (weir_ui_weirctl (ui, token, words));
}

/* On the account's row, in the overview, in its dialog; and one notification, however often Weir is started. */
static void
test_expiry (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirFaultServer) server = start_server ();
  g_autofree char *token = make_token (3 * 86400 - 60);
  g_autofree char *next = make_token (30 * 86400);
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();

  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  add_account (ui, server, token, "");
  g_setenv ("WEIR_TOKEN_SEQUIN", token, TRUE);
  weir_ui_start_as (ui, "Token expires in 2 days");
  weir_ui_see (ui, "list item", "sequin, Token expires in 2 days");
  weir_ui_page (ui, "Overview");
  weir_ui_see (ui, NULL, "The token of sequin expires*");
  weir_ui_click (ui, "Menu for sequin");
  weir_ui_click (ui, "Edit…");
  weir_ui_see (ui, "label", "This token expires in 2 days, on *");
  weir_ui_type (ui, "Token", next);
  weir_ui_see (ui, "label", "This token expires in 29 days, on *");
  weir_driver_key (ui->driver, "Escape");
  weir_driver_settle (ui->driver, 3000);
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 1);

  weir_ui_stop (ui);
  weir_ui_start_as (ui, "Token expires in 2 days");
  weir_ui_see (ui, "list item", "sequin, Token expires in 2 days");
  weir_driver_settle (ui->driver, 2000);
  g_assert_cmpuint (weir_desktop_count (desktop), ==, 1);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_unsetenv ("WEIR_TOKEN_SEQUIN");
}

static void
enter_token (WeirUi *ui, const char *token)
{
  weir_ui_click (ui, "Menu for sequin");
  weir_ui_click (ui, "Edit…");
  weir_ui_type (ui, "Token", token);
  weir_ui_click (ui, "Save");
  weir_ui_see (ui, "label", "*as its token was not kept*");
}

/* The notification goes with the token, or with the account. */
static void
test_withdrawn (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirFaultServer) server = start_server ();
  g_autofree char *token = make_token (3 * 86400 - 60);
  g_autofree char *next = make_token (5 * 86400 - 60);
  g_autoptr (WeirDesktop) desktop = weir_desktop_new ();
  const WeirDesktopNote *note;

  add_account (ui, server, token, "");
  weir_ui_start_as (ui, "Keyring not available");
  enter_token (ui, token);
  note = weir_desktop_wait (desktop, "The token of sequin expires in 2 days", 10);
  g_assert_nonnull (note);
  g_assert_nonnull (weir_desktop_find_action (note, "Edit Account"));
  g_assert_false (weir_desktop_wait_closed (desktop, note, 2));

  enter_token (ui, next);
  weir_ui_see (ui, "list item", "sequin, Token expires in 4 days");
  g_assert_true (weir_desktop_wait_closed (desktop, note, 10));
  note = weir_desktop_wait (desktop, "The token of sequin expires in 4 days", 10);
  g_assert_nonnull (note);

  g_free (weir_ui_weirctl (ui, NULL, "account remove sequin"));
  g_assert_true (weir_desktop_wait_closed (desktop, note, 10));
}

/* Whose certificates an account trusts is told by name, and can be taken back. */
static void
test_authority (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirFaultServer) server = start_server ();
  g_autofree char *file =
      g_test_build_filename (G_TEST_DIST, "lib", "certificates", "ca.pem", NULL);
  g_autofree char *more = g_strconcat (" --ca ", file, NULL);
  g_autofree char *list = NULL;

  add_account (ui, server, "token", more);
  g_setenv ("WEIR_TOKEN_SEQUIN", "token", TRUE);
  list = weir_ui_weirctl (ui, NULL, "account list");
  g_assert_nonnull (strstr (list, "BEGIN CERTIFICATE"));
  g_clear_pointer (&list, g_free);
  weir_ui_start (ui);
  weir_ui_see (ui, "list item", "sequin, Online");
  weir_ui_click (ui, "Menu for sequin");
  weir_ui_click (ui, "Edit…");
  weir_ui_see (ui, "label", "CN=Weir Test Authority");
  weir_ui_click (ui, "Remove Certificate Authority");
  weir_ui_see (ui, "label", "Only those of the system are trusted");
  weir_ui_click (ui, "Save");
  weir_ui_see (ui, NULL, "Saved “sequin”*");
  list = weir_ui_weirctl (ui, NULL, "account list");
  g_assert_null (strstr (list, "BEGIN CERTIFICATE"));
  g_unsetenv ("WEIR_TOKEN_SEQUIN");
}

static void
lock_keyring (void)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) alias = NULL;
  g_autoptr (GVariant) locked = NULL;
  g_autoptr (GError) error = NULL;
  const char *paths[2] = { NULL };

  alias = g_dbus_connection_call_sync (connection, "org.freedesktop.secrets",
                                       "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
                                       "ReadAlias", g_variant_new ("(s)", "default"), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (alias, "(&o)", &paths[0]);
  locked = g_dbus_connection_call_sync (
      connection, "org.freedesktop.secrets", "/org/freedesktop/secrets",
      "org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", paths), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* Needs build-aux/headless --keyring. A locked one is not taken for an empty one, and nothing is written elsewhere. */
static void
test_locked (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirFaultServer) server = start_server ();
  g_autofree char *grep = NULL;
  g_autofree char *found = NULL;

  add_account (ui, server, "t0ken-in-the-keyring", "");
  lock_keyring ();
  weir_ui_start_as (ui, "Keyring locked");
  weir_ui_see (ui, "list item", "sequin, Keyring locked");
  weir_ui_click (ui, "Menu for sequin");
  weir_ui_click (ui, "Edit…");
  weir_ui_see (ui, "label", "The keyring is locked");
  weir_ui_see (ui, "label", "*asked for the keyring’s password*");
  /* for as long as Weir runs */
  weir_ui_type (ui, "Token", "t0ken-in-the-keyring");
  weir_ui_click (ui, "Save");
  weir_ui_see (ui, "label", "*as its token was not kept. The keyring is locked.*");
  weir_ui_see (ui, "list item", "sequin, Online");

  grep = g_strdup_printf ("grep -r t0ken-in-the-keyring %s", ui->folder);
  g_assert_true (g_spawn_command_line_sync (grep, &found, NULL, NULL, NULL));
  g_assert_cmpstr (found, ==, "");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/tokens/expiry", test_expiry);
  weir_ui_add ("/ui/tokens/withdrawn", test_withdrawn);
  weir_ui_add ("/ui/tokens/authority", test_authority);
  if (g_getenv ("WEIR_TEST_KEYRING") != NULL)
    weir_ui_add ("/ui/tokens/locked", test_locked);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
