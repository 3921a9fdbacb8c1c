/* test-weir-secrets.c: tokens, with a keyring, without one, and with one that is silent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-secrets.h"

#include <libsecret/secret.h>
#include <signal.h>

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* As in the program. */
static const SecretSchema schema = {
  "io.github.weirhq.Weir",
  SECRET_SCHEMA_NONE,
  { { "uuid", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static char *
lookup (WeirAccount *account, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_secrets_lookup_async (account, cancellable, keep_result_cb, &result);
  return weir_secrets_lookup_finish (wait_for (&result), error);
}

static gboolean
store (WeirAccount *account, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_secrets_store_async (account, secret, NULL, keep_result_cb, &result);
  return weir_secrets_store_finish (wait_for (&result), error);
}

static gboolean
clear (WeirAccount *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_secrets_clear_async (account, NULL, keep_result_cb, &result);
  return weir_secrets_clear_finish (wait_for (&result), error);
}

static WeirAccount *
make_account (const char *name)
{
  return weir_account_new (NULL, name, "sequin", "http://h", WEIR_AUTH_TOKEN, NULL, NULL, NULL,
                           FALSE);
}

static void
check_lookup (WeirAccount *account, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *secret = lookup (account, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
  weir_secrets_free (secret);
}

static void
test_environment (void)
{
  g_autoptr (WeirAccount) account = make_account ("Acme eu-1");

  weir_secrets_remember (account, "remembered");
  check_lookup (account, "remembered");
  g_setenv ("WEIR_TOKEN_ACME_EU_1", "", TRUE);
  check_lookup (account, "remembered");
  g_setenv ("WEIR_TOKEN_ACME_EU_1", "from-outside", TRUE);
  check_lookup (account, "from-outside");
  g_unsetenv ("WEIR_TOKEN_ACME_EU_1");
  check_lookup (account, "remembered");
  weir_secrets_remember (account, NULL);
}

static void
test_ephemeral (void)
{
  g_autoptr (WeirAccount) account = make_account ("demo");
  g_autoptr (GError) error = NULL;

  account->ephemeral = TRUE;
  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_true (store (account, "s", &error));
  check_lookup (account, "s");
  g_assert_true (clear (account, &error));
  g_assert_null (lookup (account, NULL, NULL));
}

/* Without a keyring an account works as long as the process does. */
static void
test_no_service (void)
{
  g_autoptr (WeirAccount) account = make_account ("none");
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  g_assert_false (store (account, "s3cret", &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  check_lookup (account, "s3cret");

  g_assert_false (clear (account, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_null (lookup (account, NULL, NULL));
}

static void
test_cancel (void)
{
  g_autoptr (WeirAccount) account = make_account ("cancelled");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  weir_secrets_lookup_async (account, cancellable, keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (weir_secrets_lookup_finish (wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_null (lookup (account, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GDBusMessage *
swallow_calls (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_object_unref (message);
  return NULL;
}

static GDBusConnection *
own_service (GTestDBus *bus, GDBusMessageFilterFunction filter)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, filter, NULL, NULL);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 4u), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* A service of that name which never answers: five seconds, and then there is none. */
static void
test_silent_service (void)
{
  g_autoptr (GTestDBus) bus = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (WeirAccount) account = make_account ("silent");
  g_autoptr (GError) error = NULL;
  gint64 start;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  connection = own_service (bus, swallow_calls);

  start = g_get_monotonic_time ();
  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_SILENT);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 4 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_TIME_SPAN_SECOND);
  g_test_dbus_stop (bus);
}

static GDBusMessage *
refuse_calls (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  g_autoptr (GDBusMessage) answer = NULL;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  answer = g_dbus_message_new_method_error (message, "org.freedesktop.DBus.Error.AccessDenied",
                                            "not for you");
  g_dbus_connection_send_message (connection, answer, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (message);
  return NULL;
}

/* A service that lets nobody in, as the portal does whom a person has refused. */
static void
test_refusing_service (void)
{
  g_autoptr (GTestDBus) bus = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (WeirAccount) account = make_account ("refused");
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  connection = own_service (bus, refuse_calls);

  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (store (account, "s3cret", &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_REFUSED);
  g_clear_error (&error);
  /* for as long as this process lives */
  check_lookup (account, "s3cret");
  g_test_dbus_stop (bus);
}

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer appeared)
{
  *(gboolean *) appeared = TRUE;
}

static void
wait_for_name (const char *name)
{
  gboolean appeared = FALSE;
  guint id = g_bus_watch_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                               NULL, &appeared, NULL);

  while (!appeared)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (id);
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r", "--", folder, NULL);

  g_subprocess_wait (process, NULL, NULL);
}

/* As a session does whose screen is locked. Nobody is there to be asked for the password. */
static void
lock_keyring (void)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) alias = NULL;
  g_autoptr (GVariant) locked = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;
  const char *paths[2] = { NULL };

  alias = g_dbus_connection_call_sync (connection, "org.freedesktop.secrets",
                                       "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
                                       "ReadAlias", g_variant_new ("(s)", "default"), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (alias, "(&o)", &path);
  paths[0] = path;
  locked = g_dbus_connection_call_sync (
      connection, "org.freedesktop.secrets", "/org/freedesktop/secrets",
      "org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", paths), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* The service stands still for longer than is waited for it. */
static void
lookup_too_late (GSubprocess *process, WeirAccount *account)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (process, SIGSTOP);
  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_SILENT);
}

/* What it says then is good for one try, and for none once another secret was given. */
static void
check_late (GSubprocess *process, WeirAccount *account)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) changed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store (account, "old", &error));
  lookup_too_late (process, account);
  weir_secrets_store_async (account, "new", NULL, keep_result_cb, &stored);
  g_subprocess_send_signal (process, SIGCONT);
  g_assert_true (weir_secrets_store_finish (wait_for (&stored), &error));
  g_assert_no_error (error);
  check_lookup (account, "new");

  lookup_too_late (process, account);
  g_subprocess_send_signal (process, SIGCONT);
  secret_password_lookup (&schema, NULL, keep_result_cb, &found, "uuid", account->uuid, NULL);
  secret_password_free (secret_password_lookup_finish (wait_for (&found), NULL));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, "x", "newest", NULL, keep_result_cb,
                         &changed, "uuid", account->uuid, NULL);
  g_assert_true (secret_password_store_finish (wait_for (&changed), &error));
  check_lookup (account, "new");
  check_lookup (account, "newest");
}

/* A real keyring on a bus of its own: what was stored is there for the next process. */
static void
test_service (void)
{
  g_autofree char *daemon = g_find_program_in_path ("gnome-keyring-daemon");
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  GTestDBus *bus; /* not freed */
  g_autoptr (WeirAccount) account = make_account ("kept");
  g_autoptr (WeirAccount) other = make_account ("other");
  g_autoptr (WeirAccount) third = make_account ("third");
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  if (daemon == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  folder = g_dir_make_tmp ("weir-keyring-XXXXXX", NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", folder, TRUE);
  /* it warns when there is nobody whom it could ask for a password */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  process = g_subprocess_launcher_spawn (launcher, &error, daemon, "--foreground", "--unlock",
                                         "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (process);
  g_assert_true (g_output_stream_write_all (input, "pw", 2, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (input, NULL, NULL));
  wait_for_name ("org.freedesktop.secrets");

  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING);
  g_clear_error (&error);

  g_assert_true (store (account, "s3cret", &error));
  g_assert_no_error (error);
  g_assert_true (store (other, "another", &error));
  check_lookup (account, "s3cret");
  check_lookup (other, "another");

  g_assert_true (clear (other, &error));
  g_assert_no_error (error);
  g_assert_null (lookup (other, NULL, NULL));

  /* as another program would */
  secret_password_clear (&schema, NULL, keep_result_cb, &cleared, "uuid", account->uuid, NULL);
  g_assert_true (secret_password_clear_finish (wait_for (&cleared), &error));
  g_assert_null (lookup (account, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_true (clear (account, &error)); /* nothing to clear is no failure */

  check_late (process, account);

  /* locked it is not the same as empty */
  g_assert_true (store (third, "locked-in", &error));
  lock_keyring ();
  g_assert_null (lookup (third, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (lookup (other, NULL, &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (store (other, "another", &error));
  g_assert_error (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_LOCKED);
  g_clear_error (&error);

  /* libsecret keeps the connection, and going down would wait for it. */
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_test_dbus_stop (bus);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  remove_tree (folder);
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secrets/environment", test_environment);
  g_test_add_func ("/secrets/ephemeral", test_ephemeral);
  g_test_add_func ("/secrets/no-service", test_no_service);
  g_test_add_func ("/secrets/cancel", test_cancel);
  g_test_add_func ("/secrets/silent-service", test_silent_service);
  g_test_add_func ("/secrets/refusing-service", test_refusing_service);
  g_test_add_func ("/secrets/service", test_service);

  return g_test_run ();
}
