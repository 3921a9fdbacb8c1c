/* test-weir-account-store.c: the accounts' file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-account-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  WeirAccountStore *store;
  GString *changes; /* of the list: "position-removed+added " */
} Fixture;

static WeirAccount *
make_account (const char *uuid, const char *name)
{
  return weir_account_new (uuid, name, "sequin", "http://127.0.0.1:1", WEIR_AUTH_TOKEN, NULL, NULL,
                           NULL, FALSE);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->store);
  fixture->store = weir_account_store_new (fixture->path, &error);
  g_assert_no_error (error);
  g_string_truncate (fixture->changes, 0);
  g_signal_connect (fixture->store, "items-changed", G_CALLBACK (changed_cb), fixture->changes);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("weir-accounts-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "deep", "accounts.json", NULL);
  fixture->changes = g_string_new (NULL);
  open_store (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autofree char *deep = g_path_get_dirname (fixture->path);

  g_clear_object (&fixture->store);
  g_unlink (fixture->path);
  g_unlink (lock);
  g_rmdir (deep);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_string_free (fixture->changes, TRUE);
}

static void
add (WeirAccountStore *store, const char *uuid, const char *name, gboolean ephemeral)
{
  g_autoptr (WeirAccount) account = make_account (uuid, name);
  g_autoptr (GError) error = NULL;

  account->ephemeral = ephemeral;
  weir_account_store_add (store, account, &error);
  g_assert_no_error (error);
}

static char *
dup_names (WeirAccountStore *store)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", account->name);
    }

  return g_string_free (names, FALSE);
}

static void
check_names (WeirAccountStore *store, const char *expected)
{
  g_autofree char *names = dup_names (store);

  g_assert_cmpstr (names, ==, expected);
}

static char *
read_file (Fixture *fixture)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  return text;
}

static void
test_lasts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) full =
      weir_account_new ("u1", "Acme EU", "membrane", "https://m.test/v9/", WEIR_AUTH_WORKSPACE_KEY,
                        NULL, "key", "tenant", TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  WeirAccount *account;
  GStatBuf status;

  g_assert_true (weir_account_store_add (fixture->store, full, &error));
  add (fixture->store, "u2", "Zweiter", FALSE);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  open_store (fixture);
  check_names (fixture->store, "Acme EU Zweiter");
  account = weir_account_store_find (fixture->store, "Acme EU", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->uuid, ==, "u1");
  g_assert_cmpstr (account->uri, ==, "https://m.test/v9");
  g_assert_cmpstr (account->workspace_key, ==, "key");
  g_assert_cmpstr (account->tenant, ==, "tenant");
  g_assert_cmpint (account->auth, ==, WEIR_AUTH_WORKSPACE_KEY);
  g_assert_true (account->read_only);
  g_assert_true (weir_account_store_find_uuid (fixture->store, "u1") == account);
  g_assert_null (weir_account_store_find_uuid (fixture->store, "u3"));

  g_assert_true (weir_account_store_remove (fixture->store, account, &error));
  open_store (fixture);
  check_names (fixture->store, "Zweiter");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const WRONG[] = { "", "-x", "a/b", " a", "a\n", "a " };
  g_autoptr (WeirAccount) twin = make_account ("u9", "one");
  g_autoptr (WeirAccount) renamed = make_account ("u2", "one");
  g_autoptr (WeirAccount) unknown = make_account ("u8", "eight");
  g_autoptr (GError) error = NULL;

  add (fixture->store, "u1", "one", FALSE);
  add (fixture->store, "u2", "two", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (WeirAccount) account = make_account (NULL, WRONG[i]);

      g_assert_false (weir_account_store_add (fixture->store, account, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }

  g_assert_false (weir_account_store_add (fixture->store, twin, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (weir_account_store_replace (fixture->store, renamed, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (weir_account_store_replace (fixture->store, unknown, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (weir_account_store_remove (fixture->store, unknown, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (weir_account_store_find (fixture->store, "One", &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_MISSING);

  check_names (fixture->store, "one two");
}

static void
test_ephemeral (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add (fixture->store, "d1", "Demo", TRUE);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  add (fixture->store, "u1", "one", FALSE);
  check_names (fixture->store, "one Demo");
  g_assert_cmpstr (fixture->changes->str, ==, "0-0+1 0-0+1 ");
  text = read_file (fixture);
  g_assert_null (strstr (text, "Demo"));

  /* Another process's change leaves them. */
  {
    g_autoptr (WeirAccountStore) other = weir_account_store_new (fixture->path, NULL);

    check_names (other, "one");
    add (other, "u2", "two", FALSE);
  }
  add (fixture->store, "u3", "three", FALSE);
  check_names (fixture->store, "one two three Demo");
}

/* A damaged file is told of, and left as it is. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  static const char *const DAMAGED[] = {
    "",
    "{\"version\":1,\"accounts\":[",
    "[]",
    "{\"version\":1}",
    "{\"version\":1,\"accounts\":[{\"name\":\"x\"}]}",
    "{\"version\":1,\"accounts\":[{\"uuid\":\"a\",\"name\":\"x\",\"provider\":\"sequin\",\"uri\":"
    "\"http://h\"},{\"uuid\":\"b\",\"name\":\"x\",\"provider\":\"sequin\",\"uri\":\"http://h\"}]}",
    "{\"version\":2,\"accounts\":[]}",
  };

  add (fixture->store, "u1", "one", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGED); i++)
    {
      g_autoptr (WeirAccount) account = make_account (NULL, "new");
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (g_file_set_contents (fixture->path, DAMAGED[i], -1, NULL));
      g_assert_null (weir_account_store_new (fixture->path, &error));
      g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_FILE);
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_clear_error (&error);

      g_assert_false (weir_account_store_add (fixture->store, account, &error));
      g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_FILE);
      check_names (fixture->store, "one");
      text = read_file (fixture);
      g_assert_cmpstr (text, ==, DAMAGED[i]);
    }
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  /* A folder in the file's place cannot be read by anybody, root included. */
  g_assert_cmpint (g_mkdir_with_parents (fixture->path, 0700), ==, 0);
  g_assert_null (weir_account_store_new (fixture->path, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_FILE);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
}

static void
test_minimal_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccountStore) other = NULL;
  g_autoptr (WeirAccount) second = make_account ("u2", "second");
  g_autoptr (WeirAccount) first = NULL;
  g_autoptr (WeirAccount) third = NULL;

  add (fixture->store, "u1", "one", FALSE);
  add (fixture->store, "u2", "two", FALSE);
  add (fixture->store, "u3", "three", FALSE);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->store), 0);
  third = g_list_model_get_item (G_LIST_MODEL (fixture->store), 2);
  g_string_truncate (fixture->changes, 0);

  other = weir_account_store_new (fixture->path, NULL);
  g_assert_true (weir_account_store_replace (other, second, NULL));

  /* Seen without being asked: the file is watched. */
  for (guint i = 0; i < 400 && fixture->changes->len == 0; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpstr (fixture->changes->str, ==, "1-1+1 ");
  check_names (fixture->store, "one second three");
  g_assert_true (weir_account_store_find (fixture->store, "one", NULL) == first);
  g_assert_true (weir_account_store_find (fixture->store, "three", NULL) == third);
}

/* Several processes add at once: none undoes what another has done. */
static void
test_writers (Fixture *fixture, gconstpointer data)
{
  GPid children[4];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        {
          g_autoptr (WeirAccountStore) store = weir_account_store_new (fixture->path, NULL);

          for (guint j = 0; j < 10; j++)
            {
              g_autofree char *name = g_strdup_printf ("a%u-%u", i, j);
              g_autoptr (WeirAccount) account = make_account (name, name);
              g_autoptr (GError) error = NULL;

              if (!weir_account_store_add (store, account, &error))
                {
                  g_printerr ("%s\n", error->message);
                  _exit (1);
                }
            }
          _exit (0);
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = 0;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }

  open_store (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 40);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
change (WeirAccountStore *store, WeirAccountStoreChange what, WeirAccount *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  weir_account_store_change_async (store, what, account, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return weir_account_store_change_finish (store, result, error);
}

/* By a worker: the list has it when the change is known to be made, and a failure leaves it as it was. */
static void
test_worker (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) one = make_account ("u1", "one");
  g_autoptr (WeirAccount) twin = make_account ("u2", "one");
  g_autoptr (WeirAccount) renamed = make_account ("u1", "first");
  g_autoptr (WeirAccountStore) other = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *list;

  open_store (fixture);
  list = G_LIST_MODEL (fixture->store);
  g_assert_true (change (fixture->store, WEIR_ACCOUNT_STORE_ADD, one, &error));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_assert_false (change (fixture->store, WEIR_ACCOUNT_STORE_ADD, twin, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_true (change (fixture->store, WEIR_ACCOUNT_STORE_REPLACE, renamed, &error));
  g_assert_true (weir_account_store_find (fixture->store, "first", NULL) == renamed);
  other = weir_account_store_new (fixture->path, &error);
  g_assert_nonnull (weir_account_store_find (other, "first", NULL));

  g_assert_true (change (fixture->store, WEIR_ACCOUNT_STORE_REMOVE, renamed, &error));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_false (change (fixture->store, WEIR_ACCOUNT_STORE_REMOVE, renamed, &error));
  g_assert_error (error, WEIR_ACCOUNT_STORE_ERROR, WEIR_ACCOUNT_STORE_ERROR_MISSING);
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* first: it forks, and no thread may run yet */
  ADD ("/account-store/writers", test_writers);
  ADD ("/account-store/lasts", test_lasts);
  ADD ("/account-store/worker", test_worker);
  ADD ("/account-store/names", test_names);
  ADD ("/account-store/ephemeral", test_ephemeral);
  ADD ("/account-store/damage", test_damage);
  ADD ("/account-store/unreadable", test_unreadable);
  ADD ("/account-store/minimal-changes", test_minimal_changes);

  return g_test_run ();
}
