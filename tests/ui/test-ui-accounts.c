/* test-ui-accounts.c: the first run, and accounts added and removed by dialog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include <string.h>

/* GNOME's keyring runs only under `headless --keyring`. */
static gboolean
has_keyring (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  gboolean has = FALSE;

  g_assert_nonnull (bus);
  answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", "org.freedesktop.secrets"), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answer);
  g_variant_get (answer, "(b)", &has);
  return has;
}

static void
test_first_run (WeirUi *ui, gconstpointer unused)
{
  static const char *const pages[] = { "Subscriptions", "Pull Runs", "Timeline", "Connections" };

  weir_ui_start (ui);
  weir_ui_see (ui, "label", "Welcome to Weir");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      weir_ui_page (ui, pages[i]);
      weir_ui_see (ui, "label", "No Accounts Yet");
    }
  weir_ui_click (ui, "Add Account…");
  weir_ui_see (ui, "text", "Account Name");
  weir_ui_click (ui, "Cancel");
  weir_ui_see_gone (ui, "text", "Account Name");
}

static void
fill_in (WeirUi *ui, const char *name, const char *uri)
{
  weir_ui_type (ui, "Account Name", name);
  weir_ui_type (ui, "Address", uri);
}

/* Refused first, then right; afterwards it is online. */
static void
try_and_save (WeirUi *ui, const char *entry, const char *secret, const char *name)
{
  g_autofree char *row = g_strdup_printf ("%s, Online*", name);

  weir_ui_type (ui, entry, "certainly-wrong");
  weir_ui_click (ui, "Test Connection");
  weir_ui_see (ui, "label", "*refused*");
  weir_ui_type (ui, entry, secret);
  weir_ui_click (ui, "Test Connection");
  weir_ui_see (ui, "label", "Connected to * ms");
  weir_ui_click (ui, "Save");
  weir_ui_see_gone (ui, "text", "Account Name");
  weir_ui_see (ui, "list item", row);
}

static void
test_membrane (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *wrong = g_strconcat (ui->hub->membrane_uri, "/elsewhere", NULL);

  weir_ui_start (ui);
  weir_ui_click (ui, "Add Account…");
  fill_in (ui, "Acme", wrong);
  weir_ui_see (ui, "label", "Still to be filled in: Token");
  weir_ui_type (ui, "Token", ui->hub->membrane_token);
  weir_ui_click (ui, "Test Connection");
  weir_ui_see (ui, "label", "There is no such API at this address*");
  fill_in (ui, "Acme", ui->hub->membrane_uri);
  try_and_save (ui, "Token", ui->hub->membrane_token, "Acme");
  if (!has_keyring ())
    weir_ui_see (ui, "label", "*its token was not kept. There is no keyring*");
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Subscribed");
}

static void
test_sequin (WeirUi *ui, gconstpointer unused)
{
  weir_ui_start (ui);
  weir_ui_click (ui, "Add Account…");
  weir_ui_click (ui, "Sequin");
  fill_in (ui, "Streams", ui->hub->sequin_uri);
  try_and_save (ui, "Token", ui->hub->sequin_token, "Streams");
}

static void
test_oracle (WeirUi *ui, gconstpointer unused)
{
  weir_ui_start (ui);
  weir_ui_click (ui, "Add Account…");
  weir_ui_click (ui, "Oracle B2C Service");
  fill_in (ui, "Service", ui->hub->oracle_uri);
  weir_ui_type (ui, "Username", ui->hub->oracle_username);
  try_and_save (ui, "Password", ui->hub->oracle_password, "Service");
}

/* With a keyring the account is there and online when Weir is started again, and the token is in no file. */
static void
test_kept (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *out = NULL;
  const char *argv[] = { "grep", "-r", "-F", "-l", ui->hub->membrane_token, ui->folder, NULL };
  g_autoptr (GSubprocess) grep = NULL;

  weir_ui_start (ui);
  weir_ui_click (ui, "Add Account…");
  fill_in (ui, "membrane", ui->hub->membrane_uri);
  try_and_save (ui, "Token", ui->hub->membrane_token, "membrane");
  weir_ui_stop (ui);

  grep = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_assert_nonnull (grep);
  g_subprocess_communicate_utf8 (grep, NULL, NULL, &out, NULL, NULL);
  g_assert_cmpstr (out, ==, "");

  weir_ui_start_as (ui, has_keyring () ? "Online" : "Keyring not available");
}

static void
test_remove (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *list = NULL;

  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_click (ui, "Menu for sequin");
  weir_ui_click (ui, "Remove…");
  weir_ui_see (ui, NULL, "Remove “sequin”?");
  weir_ui_click (ui, "Remove");
  weir_ui_see_gone (ui, "list item", "sequin, *");
  list = weir_ui_weirctl (ui, NULL, "account list");
  g_assert_cmpstr (list, ==, "");
  weir_ui_page (ui, "Overview");
  weir_ui_see (ui, "label", "Welcome to Weir");
}

/* It is started again where its end is told. */
static void
test_hub_ends (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *kill = g_strdup_printf ("pkill -KILL -f 'weir-hub.*%s'", ui->folder);

  weir_ui_start (ui);
  weir_ui_click (ui, "Try the Built-in Hub");
  weir_ui_see (ui, "list item", "Demo Membrane, Online*");
  g_assert_true (g_spawn_command_line_sync (kill, NULL, NULL, NULL, NULL));
  weir_ui_see (ui, "label", "The built-in hub has ended");
  weir_ui_see (ui, "label", "What was last known is shown meanwhile.");
  weir_ui_click (ui, "Start Again");
  weir_ui_see (ui, "list item", "Demo Membrane, Online*");
  weir_ui_see_gone (ui, "label", "What was last known is shown meanwhile.");
}

/* Whoever has tried the hub gets rid of it, and of its events. */
static void
test_leave_demo (WeirUi *ui, gconstpointer unused)
{
  static const char *const names[] = { "Demo Membrane", "Demo Sequin", "Demo Oracle" };
  g_autofree char *list = NULL;

  weir_ui_start (ui);
  weir_ui_click (ui, "Try the Built-in Hub");
  weir_ui_see (ui, "list item", "Demo Oracle, Online*");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *menu = g_strconcat ("Menu for ", names[i], NULL);
      g_autofree char *row = g_strconcat (names[i], ", *", NULL);

      weir_ui_click (ui, menu);
      weir_ui_click (ui, "Remove…");
      weir_ui_see (ui, NULL, "Remove “Demo *");
      weir_ui_click (ui, "Remove");
      weir_ui_see_gone (ui, "list item", row);
    }
  for (guint i = 0; i < 100; i++)
    {
      g_free (list);
      list = weir_ui_weirctl (ui, NULL, "history");
      if (strstr (list, "Demo") == NULL)
        break;
      weir_driver_settle (ui->driver, 100);
    }
  g_assert_null (strstr (list, "Demo"));
  weir_ui_page (ui, "Timeline");
  weir_ui_see (ui, "label", "No Accounts Yet");
  weir_ui_click (ui, "Try the Built-in Hub");
  weir_ui_see (ui, "list item", "Demo Membrane, Online*");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/accounts/first-run", test_first_run);
  weir_ui_add ("/ui/accounts/membrane", test_membrane);
  weir_ui_add ("/ui/accounts/sequin", test_sequin);
  weir_ui_add ("/ui/accounts/oracle", test_oracle);
  weir_ui_add ("/ui/accounts/kept", test_kept);
  weir_ui_add ("/ui/accounts/remove", test_remove);
  weir_ui_add ("/ui/accounts/hub-ends", test_hub_ends);
  weir_ui_add ("/ui/accounts/leave-demo", test_leave_demo);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
