/* weir-ui-fixture.c: a hub, a state folder, and Weir's window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include "weir-paths.h"

#include <locale.h>
#include <stdlib.h>

/* Those of this build, or others that do the same: of an installed Flatpak. */
static char *
dup_program (const char *name)
{
  const char *folder = g_getenv ("WEIR_UI_PROGRAMS");

  return folder != NULL ? g_build_filename (folder, name, NULL) : weir_paths_dup_program (name);
}

/**
 * weir_ui_set_up:
 * @self: a fixture
 * @unused: nothing
 */
void
weir_ui_set_up (WeirUi *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("weir-ui-XXXXXX", &error);
  g_assert_no_error (error);
  self->hub = weir_hub_process_new (TRUE);
}

/**
 * weir_ui_tear_down:
 * @self: a fixture
 * @unused: nothing
 */
void
weir_ui_tear_down (WeirUi *self, gconstpointer unused)
{
  weir_ui_stop (self);
  weir_hub_process_free (self->hub);
  weir_hub_process_remove_tree (self->folder);
  g_free (self->folder);
  g_unsetenv ("WEIR_TOKEN_MEMBRANE");
  g_unsetenv ("WEIR_TOKEN_SEQUIN");
  g_unsetenv ("WEIR_TOKEN_ORACLE");
}

/**
 * weir_ui_weirctl:
 * @self: a fixture
 * @input: (nullable): standard input
 * @words: arguments, separated by blanks
 *
 * Returns: (transfer full): what it printed
 */
char *
weir_ui_weirctl (WeirUi *self, const char *input, const char *words)
{
  g_autofree char *program = dup_program ("weirctl");
  g_autofree char *line =
      g_strdup_printf ("%s --json --state-dir %s %s", program, self->folder, words);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) argv,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != 0)
    g_error ("weirctl %s: %s", words, out);
  return out;
}

/**
 * weir_ui_add_account:
 * @self: a fixture
 * @provider: a provider's id; the account is called so
 */
void
weir_ui_add_account (WeirUi *self, const char *provider)
{
  WeirHubProcess *hub = self->hub;
  gboolean membrane = g_str_equal (provider, "membrane");
  gboolean oracle = g_str_equal (provider, "oracle");
  const char *secret = membrane ? hub->membrane_token
                       : oracle ? hub->oracle_password
                                : hub->sequin_token;
  const char *uri = membrane ? hub->membrane_uri : oracle ? hub->oracle_uri : hub->sequin_uri;
  g_autofree char *sign_in =
      oracle ? g_strdup_printf ("--username %s --password-stdin", hub->oracle_username)
             : g_strdup ("--token-stdin");
  g_autofree char *words = g_strdup_printf ("account add %s --provider %s --uri %s %s", provider,
                                            provider, uri, sign_in);
  g_autofree char *upper = g_ascii_strup (provider, -1);
  g_autofree char *variable = g_strconcat ("WEIR_TOKEN_", upper, NULL);
  g_autofree char *out = weir_ui_weirctl (self, secret, words);

  g_setenv (variable, secret, TRUE);
}

/**
 * weir_ui_start:
 * @self: a fixture
 *
 * Starts Weir and waits until the accounts there are by now are online.
 */
void
weir_ui_start (WeirUi *self)
{
  weir_ui_start_as (self, "Online");
}

/**
 * weir_ui_start_as:
 * @self: a fixture
 * @state: the words for an account's state
 *
 * Starts Weir and waits until the accounts there are by now have that state.
 */
void
weir_ui_start_as (WeirUi *self, const char *state)
{
  static const char *const accounts[] = { "membrane", "sequin", "oracle" };
  g_autofree char *program = dup_program ("weir");
  const char *argv[] = { program, "--state-dir", self->folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *list = weir_ui_weirctl (self, NULL, "account list");

  self->driver = weir_driver_start (argv, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s, %s*", accounts[i], state);

      if (strstr (list, accounts[i]) != NULL)
        weir_ui_see (self, "list item", name);
    }
}

/**
 * weir_ui_stop:
 * @self: a fixture
 *
 * Ends Weir, which must still be there.
 */
void
weir_ui_stop (WeirUi *self)
{
  if (self->driver == NULL)
    return;
  g_assert_true (weir_driver_is_alive (self->driver));
  g_clear_pointer (&self->driver, weir_driver_stop);
}

/**
 * weir_ui_see:
 * @self: a fixture
 * @role: (nullable): a role
 * @name: a name
 */
void
weir_ui_see (WeirUi *self, const char *role, const char *name)
{
  g_autoptr (WeirThing) thing = weir_driver_wait (self->driver, NULL, role, name);

  if (thing == NULL)
    g_error ("There is no %s “%s”", role != NULL ? role : "thing", name);
}

/**
 * weir_ui_see_gone:
 * @self: a fixture
 * @role: (nullable): a role
 * @name: a name
 */
void
weir_ui_see_gone (WeirUi *self, const char *role, const char *name)
{
  if (!weir_driver_wait_gone (self->driver, NULL, role, name))
    g_error ("There is still a %s “%s”", role != NULL ? role : "thing", name);
}

/**
 * weir_ui_see_row:
 * @self: a fixture
 * @table: a table's name
 * @name: (nullable): the row's name
 * @text: (nullable): what is written in it
 */
void
weir_ui_see_row (WeirUi *self, const char *table, const char *name, const char *text)
{
  g_autoptr (WeirThing) row = weir_driver_wait_row (self->driver, table, name, text);

  if (row == NULL)
    g_error ("There is no row “%s” with “%s”", name, text);
}

/**
 * weir_ui_see_selected:
 * @self: a fixture
 * @table: a table's name
 * @text: (nullable): what is written in it
 */
void
weir_ui_see_selected (WeirUi *self, const char *table, const char *text)
{
  g_autoptr (WeirThing) row = weir_driver_wait_selected (self->driver, table, text);

  if (row == NULL)
    g_error ("The selected row does not say “%s”", text);
}

/**
 * weir_ui_page:
 * @self: a fixture
 * @page: a page's name
 */
void
weir_ui_page (WeirUi *self, const char *page)
{
  if (!weir_driver_page (self->driver, page))
    g_error ("There is no page “%s”", page);
}

/**
 * weir_ui_click:
 * @self: a fixture
 * @name: a button's name
 */
void
weir_ui_click (WeirUi *self, const char *name)
{
  if (!weir_driver_click (self->driver, name))
    g_error ("“%s” cannot be pressed", name);
}

/**
 * weir_ui_type:
 * @self: a fixture
 * @name: an entry's name
 * @text: what is to stand in it
 */
void
weir_ui_type (WeirUi *self, const char *name, const char *text)
{
  if (!weir_driver_type (self->driver, name, text))
    g_error ("There is no entry “%s”", name);
}

/**
 * weir_ui_select:
 * @self: a fixture
 * @table: a table's name
 * @name: (nullable): the row's name
 * @text: (nullable): what is written in it
 *
 * Returns: (transfer full): the row's name
 */
char *
weir_ui_select (WeirUi *self, const char *table, const char *name, const char *text)
{
  /* the list may change between the look and the hand */
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (WeirThing) row = weir_driver_wait_row (self->driver, table, name, text);
      g_autoptr (WeirThing) selected = NULL;

      if (weir_driver_select (self->driver, row, FALSE))
        selected = weir_driver_wait_selected (self->driver, table, NULL);
      if (selected != NULL && g_str_equal (selected->name, row->name))
        return g_strdup (row->name);
    }
  g_error ("No row “%s” with “%s” can be selected", name, text);
}

/**
 * weir_ui_insensitive:
 * @self: a fixture
 * @button: the name of a button, of any kind
 * @reason: what its description says
 */
void
weir_ui_insensitive (WeirUi *self, const char *button, const char *reason)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (WeirThing) thing = weir_driver_find (self->driver, NULL, NULL, button);

      if (thing != NULL && !thing->sensitive && g_pattern_match_simple (reason, thing->description))
        return;
      weir_driver_settle (self->driver, 100);
    }
  g_error ("“%s” is not insensitive because of “%s”", button, reason);
}

/**
 * weir_ui_count:
 * @self: a fixture
 *
 * Returns: how many rows are shown, as the page says
 */
guint
weir_ui_count (WeirUi *self)
{
  g_autoptr (WeirThing) label = weir_driver_wait (self->driver, NULL, "label", "* of *");

  g_assert_nonnull (label);
  return (guint) atoi (label->name);
}

/**
 * weir_ui_run:
 * @argc: number of arguments
 * @argv: arguments
 * @add: adds the tests
 *
 * Returns: exit status
 */
int
weir_ui_run (int argc, char **argv, void (*add) (void))
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add ();
  return g_test_run ();
}

/**
 * weir_ui_see_titles:
 * @self: the fixture
 * @pattern: the titles of the columns that a table shows, in their order: “*Account*Status*”
 *
 * Waits until it is so.
 */
void
weir_ui_see_titles (WeirUi *self, const char *pattern)
{
  g_autofree char *titles = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (WeirThing) row =
          weir_driver_wait (self->driver, NULL, "table row", "Column Titles");

      g_assert_nonnull (row);
      g_free (titles);
      titles = weir_driver_read (self->driver, row);
      if (g_pattern_match_simple (pattern, titles))
        return;
      weir_driver_settle (self->driver, 100);
    }
  g_error ("The titles are “%s”, not “%s”", titles, pattern);
}
