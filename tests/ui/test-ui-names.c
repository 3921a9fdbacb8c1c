/* test-ui-names.c: whatever acts has a name, and nothing is called by the name of its type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include <string.h>

/* What a person with a screen reader acts on, stops at and types into. */
static const char *const acting[] = { "push button", "toggle button", "check box",  "radio button",
                                      "page tab",    "menu item",     "combo box",  "list item",
                                      "table row",   "entry",         "text",       "password text",
                                      "spin button", "switch",        "tree table", "list" };

#define N_LOOKS 5

/* “GtkListItemWidget”: what GTK says where nobody said anything */
static gboolean
is_type_name (const char *name)
{
  static const char *const prefixes[] = { "Gtk", "Adw", "Gdk", "Weir" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize length = strlen (prefixes[i]);

      if (g_str_has_prefix (name, prefixes[i]) && g_ascii_isupper (name[length]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_acting (const char *role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acting); i++)
    {
      if (g_str_equal (role, acting[i]))
        return TRUE;
    }

  return FALSE;
}

/* A line of the dump: role “name” and more; a list without rows or a heading may have no name. */
static void
check_line (const char *line, GString *wrong)
{
  const char *open = strstr (line, "“");
  const char *close = open != NULL ? strstr (open, "”") : NULL;
  g_autofree char *role = NULL;
  g_autofree char *name = NULL;

  if (close == NULL)
    return;

  role = g_strstrip (g_strndup (line, (gsize) (open - line)));
  name = g_strndup (open + strlen ("“"), (gsize) (close - open) - strlen ("“"));
  if (is_acting (role) && is_type_name (name))
    g_string_append_printf (wrong, " a %s is called by its type, %s;", role, name);
  else if (is_acting (role) && name[0] == '\0' && !g_str_equal (role, "list"))
    g_string_append_printf (wrong, " a %s has no name;", role);
}

static char *
dup_wrong (WeirUi *ui)
{
  GString *wrong = g_string_new (NULL);
  g_autofree char *tree = weir_driver_dump (ui->driver);
  g_auto (GStrv) lines = g_strsplit (tree, "\n", -1);
  guint n_acting = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      check_line (lines[i], wrong);
      n_acting += strstr (lines[i], "push button") != NULL;
    }
  /* the tree was really read */
  g_assert_cmpuint (n_acting, >, 3);

  return g_string_free (wrong, FALSE);
}

/* A row that is being made has no name yet, so what is wrong must be so at every look. */
static void
check_names (WeirUi *ui, const char *where)
{
  g_autofree char *wrong = NULL;

  for (int looks = 0; looks < N_LOOKS && (wrong == NULL || wrong[0] != '\0'); looks++)
    {
      g_free (wrong);
      weir_driver_settle (ui->driver, 500);
      wrong = dup_wrong (ui);
    }

  if (wrong[0] != '\0')
    {
      g_test_message ("%s:%s", where, wrong);
      g_test_fail ();
    }
}

static void
test_pages (WeirUi *ui, gconstpointer unused)
{
  static const struct
  {
    const char *page;
    const char *table;
  } pages[] = {
    { "Overview", "Needs Attention" },
    { "Subscriptions", "Subscriptions" },
    { "Pull Runs", "Pull Runs" },
    { "Timeline", "Events" },
    { "Errors", "Errors" },
    { "Connections", "Connections" },
  };

  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "oracle");
  weir_ui_start (ui);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      weir_ui_page (ui, pages[i].page);
      weir_ui_see_row (ui, pages[i].table, NULL, NULL);
      check_names (ui, pages[i].page);
    }
}

static void
test_inspector (WeirUi *ui, gconstpointer unused)
{
  static const char *const parts[] = { "Error", "Attributes", "Requests", "Details" };

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Error*Not valid JSON"));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      weir_ui_click (ui, parts[i]);
      check_names (ui, parts[i]);
    }
}

static void
test_account_dialog (WeirUi *ui, gconstpointer unused)
{
  weir_ui_start (ui);
  weir_ui_click (ui, "Add Account…");
  weir_ui_see (ui, "text", "Account Name");
  check_names (ui, "Add Account");
}

static void
test_account_menu (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_see (ui, "push button", "Menu for membrane");
}

/* A list to choose from is one thing to whoever sees it: the button in it has its name, and says what is chosen; later
 * GTK names the button by what is in it, which is the name while nothing is chosen. */
static void
test_drop_down (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) button = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", NULL, NULL);
  /* what can be chosen is looked at a little after the rows */
  weir_driver_settle (ui->driver, 2000);
  button = weir_driver_find (ui->driver, NULL, "toggle button", "Status");
  if (button != NULL)
    return;
  weir_ui_see (ui, NULL, "Status: Any Status");
  weir_ui_click (ui, "Status: Any Status");
  weir_driver_settle (ui->driver, 500);
  weir_driver_key (ui->driver, "Down");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see_gone (ui, NULL, "Status: Any Status");
  weir_ui_see (ui, NULL, "Status: *");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/names/pages", test_pages);
  weir_ui_add ("/ui/names/inspector", test_inspector);
  weir_ui_add ("/ui/names/account-dialog", test_account_dialog);
  weir_ui_add ("/ui/names/account-menu", test_account_menu);
  weir_ui_add ("/ui/names/drop-down", test_drop_down);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
