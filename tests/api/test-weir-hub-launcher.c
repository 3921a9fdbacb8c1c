/* test-weir-hub-launcher.c: the hub's program, started, stopped and lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-launcher.h"
#include "weir-paths.h"
#include "weir-test-loop.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* What stands in for the hub. It says where it is, though nobody is there, and lives until its standard
 * input ends. Its number goes into the file "pid" beside it. */
#define GREETING                                                                                   \
  "echo '{\"uri\":\"http://127.0.0.1:1\","                                                         \
  "\"membrane\":{\"uri\":\"http://127.0.0.1:1\",\"token\":\"pat-1\"},"                             \
  "\"sequin\":{\"uri\":\"http://127.0.0.1:1\",\"token\":\"two\"},"                                 \
  "\"oracle\":{\"uri\":\"http://127.0.0.1:1\",\"username\":\"admin\",\"password\":\"three\"}}'\n"
#define HEAD "#!/bin/sh\necho $$ >\"${0%/*}/pid\"\necho \"$*\" >\"${0%/*}/arguments\"\n"
#define GOOD HEAD GREETING "exec cat >/dev/null\n"

typedef struct
{
  char *folder;
  char *program;
  WeirAccountStore *store;
  WeirHistory *history;
  WeirMonitor *monitor;
  WeirHubLauncher *launcher;
  guint n_exited;
} Fixture;

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_program (Fixture *fixture, const char *script)
{
  g_assert_true (g_file_set_contents_full (fixture->program, script, -1, G_FILE_SET_CONTENTS_NONE,
                                           0700, NULL));
}

static void
exited_cb (WeirHubLauncher *launcher, guint *n_exited)
{
  (*n_exited)++;
}

static void
make_launcher (Fixture *fixture)
{
  g_clear_object (&fixture->launcher);
  fixture->launcher = weir_hub_launcher_new (fixture->monitor);
  weir_hub_launcher_set_program (fixture->launcher, fixture->program);
  g_signal_connect (fixture->launcher, "exited", G_CALLBACK (exited_cb), &fixture->n_exited);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *accounts = NULL;
  g_autofree char *history = NULL;

  fixture->folder = g_dir_make_tmp ("weir-launcher-XXXXXX", NULL);
  weir_paths_set_state_dir (fixture->folder);
  accounts = dup_path (fixture, "accounts.json");
  history = dup_path (fixture, "history.db");
  fixture->program = dup_path (fixture, "program");
  fixture->store = weir_account_store_new (accounts, NULL);
  fixture->history = weir_history_new (history, NULL);
  fixture->monitor = weir_monitor_new (fixture->store, fixture->history);
  write_program (fixture, GOOD);
  make_launcher (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hub = dup_path (fixture, "hub");

  g_assert_finalize_object (g_steal_pointer (&fixture->launcher));
  g_assert_finalize_object (g_steal_pointer (&fixture->monitor));
  weir_test_run_for (50);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->history);
  weir_test_remove_folder (hub);
  weir_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->program);
}

static gboolean
start (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_hub_launcher_start_async (fixture->launcher, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  return weir_hub_launcher_start_finish (fixture->launcher, result, error);
}

static pid_t
read_pid (Fixture *fixture)
{
  g_autofree char *path = dup_path (fixture, "pid");
  g_autofree char *text = NULL;

  /* The program writes it before it says anything, or somewhat later. */
  for (guint i = 0; i < 500 && (text == NULL || *text == '\0'); i++)
    {
      g_clear_pointer (&text, g_free);
      g_file_get_contents (path, &text, NULL, NULL);
      weir_test_run_for (10);
    }
  g_assert_nonnull (text);
  return atoi (text);
}

static guint
count_accounts (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static char *
lookup (WeirAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_secrets_lookup_async (account, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  return weir_secrets_lookup_finish (result, NULL);
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *arguments_path = dup_path (fixture, "arguments");
  g_autofree char *accounts_path = dup_path (fixture, "accounts.json");
  g_autofree char *arguments = NULL;
  g_autofree char *uuid = NULL;
  g_autoptr (GError) error = NULL;
  WeirAccount *account;
  char *secret;
  pid_t pid;

  g_assert_false (weir_hub_launcher_is_running (fixture->launcher));
  g_assert_true (start (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (weir_hub_launcher_is_running (fixture->launcher));
  g_assert_true (start (fixture, &error)); /* already */
  g_assert_cmpuint (count_accounts (fixture), ==, 3);

  account = weir_account_store_find (fixture->store, "Demo Membrane", &error);
  g_assert_no_error (error);
  g_assert_true (account->ephemeral);
  g_assert_cmpstr (account->provider, ==, "membrane");
  uuid = g_strdup (account->uuid);
  account = weir_account_store_find (fixture->store, "Demo Oracle", &error);
  g_assert_cmpstr (account->username, ==, "admin");
  g_assert_cmpint (account->auth, ==, WEIR_AUTH_PASSWORD);
  secret = lookup (account);
  g_assert_cmpstr (secret, ==, "three");
  weir_secrets_free (secret);
  g_assert_nonnull (weir_account_store_find (fixture->store, "Demo Sequin", &error));

  /* a secret is in no file and in no argument */
  g_assert_true (g_file_get_contents (arguments_path, &arguments, NULL, NULL));
  g_assert_nonnull (strstr (arguments, "--with-parent"));
  g_assert_null (strstr (arguments, "pat-1"));
  g_assert_false (g_file_test (accounts_path, G_FILE_TEST_EXISTS));

  pid = read_pid (fixture);
  weir_hub_launcher_stop (fixture->launcher);
  g_assert_false (weir_hub_launcher_is_running (fixture->launcher));
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
  WEIR_TEST_WAIT_UNTIL (kill (pid, 0) != 0);
  g_assert_cmpuint (fixture->n_exited, ==, 0);

  /* once more: the same accounts, so that their history goes on */
  g_assert_true (start (fixture, &error));
  g_assert_nonnull (weir_account_store_find_uuid (fixture->store, uuid));
}

static void
test_names_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) own =
      weir_account_new (NULL, "Demo Sequin", "sequin", "http://127.0.0.1:1", WEIR_AUTH_TOKEN, NULL,
                        NULL, NULL, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_account_store_add (fixture->store, own, NULL));
  g_assert_true (start (fixture, &error));
  g_assert_no_error (error);
  g_assert_nonnull (weir_account_store_find (fixture->store, "Demo Sequin 2", NULL));
  weir_hub_launcher_stop (fixture->launcher);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *script;
    const char *said; /* in the error */
  } CASES[] = {
    { "#!/bin/sh\necho 'weir-hub: the disk is full' >&2\nexit 1\n", "the disk is full" },
    { "#!/bin/sh\nexit 0\n", "" },
    { HEAD "echo nonsense\nexec cat >/dev/null\n", "" },
    { HEAD "echo '{}'\nexec cat >/dev/null\n", "" },
    { HEAD "echo '{\"membrane\":{\"uri\":\"http://h\",\"token\":\"t\"}}'\nexec cat >/dev/null\n",
      "" },
    /* more than a pipe holds */
    { "#!/bin/sh\nseq 1 100000 >&2\necho 'the last word' >&2\nexit 3\n", "the last word" },
    /* cut within a character, at both ends */
    { "#!/bin/sh\nyes '\303\251' | tr -d '\\n' | head -c 3001 >&2\nexit 3\n", "\303\251" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      write_program (fixture, CASES[i].script);
      g_assert_false (start (fixture, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, CASES[i].said));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (strlen (error->message), <, 2500);
      g_assert_false (weir_hub_launcher_is_running (fixture->launcher));
      g_assert_cmpuint (count_accounts (fixture), ==, 0);
    }

  weir_hub_launcher_set_program (fixture->launcher, "/nonexistent/weir-hub");
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (start (fixture, &error));
    g_assert_nonnull (error);
  }
  g_assert_cmpuint (fixture->n_exited, ==, 0);
}

static void
test_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uuid = NULL;

  g_assert_true (start (fixture, NULL));
  uuid = g_strdup (weir_account_store_find (fixture->store, "Demo Membrane", NULL)->uuid);
  kill (read_pid (fixture), SIGKILL);
  WEIR_TEST_WAIT_UNTIL (fixture->n_exited == 1);
  g_assert_false (weir_hub_launcher_is_running (fixture->launcher));
  /* they can still be looked at, and are the same when it is back */
  g_assert_cmpuint (count_accounts (fixture), ==, 3);
  g_assert_true (start (fixture, NULL));
  g_assert_cmpuint (count_accounts (fixture), ==, 3);
  g_assert_cmpstr (weir_account_store_find (fixture->store, "Demo Membrane", NULL)->uuid, ==, uuid);
  weir_hub_launcher_stop (fixture->launcher);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
}

/* Without any of its accounts it is of no use, and can be started again. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Demo Membrane", "Demo Sequin", "Demo Oracle" };

  g_assert_true (start (fixture, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      WeirAccount *account = weir_account_store_find (fixture->store, names[i], NULL);

      g_assert_true (weir_hub_launcher_is_running (fixture->launcher));
      g_assert_true (weir_account_store_remove (fixture->store, account, NULL));
    }
  g_assert_false (weir_hub_launcher_is_running (fixture->launcher));
  g_assert_cmpuint (fixture->n_exited, ==, 1);
  g_assert_true (start (fixture, NULL));
  g_assert_cmpuint (count_accounts (fixture), ==, 3);
  weir_hub_launcher_stop (fixture->launcher);
  g_assert_cmpuint (fixture->n_exited, ==, 1);
}

static void
test_stop_early (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  pid_t pid;

  write_program (fixture, HEAD "exec cat >/dev/null\n");
  weir_hub_launcher_start_async (fixture->launcher, NULL, weir_test_keep_result_cb, &result);
  weir_hub_launcher_start_async (fixture->launcher, NULL, weir_test_keep_result_cb, &second);
  WEIR_TEST_WAIT_UNTIL (second != NULL);
  g_assert_false (weir_hub_launcher_start_finish (fixture->launcher, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);

  pid = read_pid (fixture);
  weir_hub_launcher_stop (fixture->launcher);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_false (weir_hub_launcher_start_finish (fixture->launcher, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  WEIR_TEST_WAIT_UNTIL (kill (pid, 0) != 0);
}

/* Gone with whoever started it. */
static void
test_dispose (Fixture *fixture, gconstpointer data)
{
  pid_t pid;

  g_assert_true (start (fixture, NULL));
  pid = read_pid (fixture);
  make_launcher (fixture);
  WEIR_TEST_WAIT_UNTIL (kill (pid, 0) != 0);
  g_assert_cmpuint (fixture->n_exited, ==, 0);
}

static WeirSession *
find_session (Fixture *fixture, const char *name)
{
  return weir_monitor_find_session (fixture->monitor,
                                    weir_account_store_find (fixture->store, name, NULL));
}

/* The real one, which answers. */
static void
test_real (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = weir_paths_dup_program ("weir-hub");
  g_autoptr (GError) error = NULL;
  WeirSession *session;

  if (program == NULL)
    {
      g_test_skip ("weir-hub is not built");
      return;
    }

  weir_hub_launcher_set_program (fixture->launcher, program);
  g_assert_true (start (fixture, &error));
  g_assert_no_error (error);
  session = find_session (fixture, "Demo Membrane");
  WEIR_TEST_WAIT_UNTIL (weir_session_get_state (session) == WEIR_ACCOUNT_ONLINE
                        && weir_session_is_loaded (session, WEIR_RECORD_SUBSCRIPTION)
                        && weir_session_is_loaded (session, WEIR_RECORD_PULL)
                        && weir_session_is_loaded (session, WEIR_RECORD_CONNECTION));

  /* a second one on the same file says why it does not */
  {
    g_autoptr (WeirHubLauncher) second = weir_hub_launcher_new (fixture->monitor);
    g_autoptr (GAsyncResult) result = NULL;

    weir_hub_launcher_set_program (second, program);
    weir_hub_launcher_start_async (second, NULL, weir_test_keep_result_cb, &result);
    WEIR_TEST_WAIT_UNTIL (result != NULL);
    g_assert_false (weir_hub_launcher_start_finish (second, result, &error));
    g_assert_nonnull (strstr (error->message, "running"));
  }
  g_assert_nonnull (weir_account_store_find (fixture->store, "Demo Membrane", NULL));

  weir_hub_launcher_stop (fixture->launcher);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
  weir_test_run_for (500); /* it closes its file */
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("/hub-launcher/start", test_start);
  ADD ("/hub-launcher/names-taken", test_names_taken);
  ADD ("/hub-launcher/fails", test_fails);
  ADD ("/hub-launcher/lost", test_lost);
  ADD ("/hub-launcher/removed", test_removed);
  ADD ("/hub-launcher/stop-early", test_stop_early);
  ADD ("/hub-launcher/dispose", test_dispose);
  ADD ("/hub-launcher/real", test_real);

  return g_test_run ();
}
