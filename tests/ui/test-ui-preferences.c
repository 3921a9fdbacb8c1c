/* test-ui-preferences.c: what is chosen is done, at once and after a restart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include <string.h>

static gint64
read_int (const char *line, const char *member)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", member);
  const char *found = strstr (line, key);

  g_assert_nonnull (found);
  return g_ascii_strtoll (found + strlen (key), NULL, 10);
}

/* ISO times compare as texts do. */
static char *
read_oldest (const char *line)
{
  const char *found = strstr (line, "\"oldest\":\"");

  g_assert_nonnull (found);
  return g_strndup (found + strlen ("\"oldest\":\""), strlen ("2026-01-31T18:00:00"));
}

static void
uncheck (WeirUi *ui, const char *name)
{
  g_autoptr (WeirThing) window = weir_driver_wait (ui->driver, NULL, "frame", "Columns");
  g_autoptr (WeirThing) box = weir_driver_wait (ui->driver, window, "check box", name);

  g_assert_nonnull (box);
  g_assert_true (box->checked);
  g_assert_true (weir_driver_press (ui->driver, box));
}

static void
test_delete (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (ui->folder, "preferences.json", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *gaps = NULL;
  g_autofree char *oldest_before = NULL;
  g_autofree char *oldest_after = NULL;

  weir_ui_add_account (ui, "sequin");
  g_free (weir_ui_weirctl (ui, NULL, "sync"));
  before = weir_ui_weirctl (ui, NULL, "history --account sequin");
  g_assert_cmpint (read_int (before, "events"), >, 0);
  g_assert_nonnull (strstr (before, "\"limit_days\":null"));

  g_assert_true (g_file_set_contents (
      path, "{\"version\":1,\"historyLimits\":{\"default\":{\"days\":1}}}", -1, NULL));
  weir_ui_start (ui);
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_click (ui, "History");
  weir_ui_see (ui, NULL, "*Keep of Each Account*");
  weir_ui_see (ui, "label", "* events, *, since *");
  weir_ui_click (ui, "Delete Older Now…");
  weir_ui_see (ui, "label", "Delete Older Events?");
  weir_ui_click (ui, "Delete");
  weir_ui_see (ui, "label", "* events deleted");

  after = weir_ui_weirctl (ui, NULL, "history --account sequin");
  oldest_before = read_oldest (before);
  oldest_after = read_oldest (after);
  g_assert_cmpstr (oldest_after, >, oldest_before);
  g_assert_cmpint (read_int (after, "limit_days"), ==, 1);
  gaps = weir_ui_weirctl (ui, NULL, "gaps");
  g_assert_nonnull (strstr (gaps, "\"deleted\""));
}

static void
go_to (WeirUi *ui, const char *name)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (WeirThing) focus = weir_driver_find_focus (ui->driver);

      if (focus != NULL && g_str_equal (focus->name, name))
        return;
      weir_driver_key (ui->driver, "Tab");
      weir_driver_settle (ui->driver, 300);
    }
  g_error ("Tab does not come to “%s”", name);
}

/* What was kept of an account that is gone can be deleted, whenever and however it went. */
static void
test_removed (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (WeirThing) focus = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  g_free (weir_ui_weirctl (ui, NULL, "sync"));
  g_free (weir_ui_weirctl (ui, NULL, "account remove sequin"));
  before = weir_ui_weirctl (ui, NULL, "history");
  g_assert_nonnull (strstr (before, "sequin"));

  weir_ui_start (ui);
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_click (ui, "History");
  weir_ui_see (ui, "label", "Removed Accounts");
  go_to (ui, "Delete…");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "label", "Delete the History of “sequin”?");
  weir_ui_click (ui, "Delete");
  weir_ui_see (ui, "label", "The history of “sequin” is deleted");
  weir_ui_see_gone (ui, "label", "Removed Accounts");
  weir_driver_settle (ui->driver, 500);
  focus = weir_driver_find_focus (ui->driver);
  g_assert_nonnull (focus);
  g_assert_cmpstr (focus->name, ==, "Delete Older Now…");

  after = weir_ui_weirctl (ui, NULL, "history");
  g_assert_null (strstr (after, "sequin"));
  g_assert_nonnull (strstr (after, "membrane"));
}

/* The proxy's field is the last of the page. Later libadwaita goes to the window's buttons first, and says when a field has
 * the focus. */
static void
go_to_proxy (WeirUi *ui)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (WeirThing) focus = NULL;

      weir_driver_key (ui->driver, "shift+Tab");
      weir_driver_settle (ui->driver, 300);
      focus = weir_driver_find_focus (ui->driver);
      if (focus == NULL || g_str_has_prefix (focus->name, "Proxy Address"))
        return;
    }
}

/* Chosen by its city, seen at once wherever a time is shown, and there again after a restart. */
static void
test_zone (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *chosen = NULL;

  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_titles (ui, "*Time (UTC)*");
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_click (ui, "Change Time Zone");
  weir_ui_see (ui, NULL, "Search time zones");
  weir_driver_write (ui->driver, "tokyo");
  weir_ui_see (ui, "list item", "Asia/Tokyo, *");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see_gone (ui, NULL, "Search time zones");
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_titles (ui, "*Time (JST)*");
  weir_ui_see (ui, "label", "Times in Asia/Tokyo");
  chosen = weir_ui_weirctl (ui, NULL, "preferences");
  g_assert_nonnull (strstr (chosen, "\"time_zone\":\"Asia/Tokyo\""));

  weir_ui_stop (ui);
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_titles (ui, "*Time (JST)*");
}

/* What a screen reader says of a field after its name. */
static void
see_spoken (WeirUi *ui, const char *name, const char *part)
{
  g_autoptr (WeirThing) field = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_clear_pointer (&field, weir_thing_free);
      field = weir_driver_find (ui->driver, NULL, "text", name);
      if (field != NULL && g_pattern_match_simple (part, field->description))
        return;
      weir_driver_settle (ui->driver, 100);
    }
  g_error ("“%s” is not said of “%s” but “%s”", part, name,
           field != NULL ? field->description : "");
}

/* A proxy that cannot be one is told why not, and the one there was is used on. */
static void
test_proxy (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *refused = NULL;

  weir_ui_add_account (ui, "sequin");
  g_free (weir_ui_weirctl (ui, NULL, "preferences --proxy http://127.0.0.1:9"));
  weir_ui_start (ui);
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_see (ui, NULL, "Proxy Address");
  go_to_proxy (ui);
  weir_ui_type (ui, "Proxy Address", "http://me:secret@proxy:3128");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "label", "The address must not contain a user name or password*");
  see_spoken (ui, "Proxy Address", "The address must not contain a user name or password*");
  refused = weir_ui_weirctl (ui, NULL, "preferences");
  g_assert_nonnull (strstr (refused, "\"proxy\":\"http://127.0.0.1:9\""));
  weir_ui_type (ui, "Proxy Address", "http://127.0.0.1:10");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see_gone (ui, "label", "The address must not contain a user name or password*");
  see_spoken (ui, "Proxy Address", "");
}

/* All by keyboard; there again after a restart. */
static void
test_columns (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) focus = NULL;

  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_titles (ui, "Name*Account*Status*Delivery*");
  weir_driver_key (ui->driver, "ctrl+shift+k");
  weir_ui_see (ui, "push button", "Move Account Down");
  weir_ui_insensitive (ui, "Move Name Up", "*");
  /* beyond Kind, for which there is no room, and Status */
  for (guint i = 0; i < 2; i++)
    {
      weir_ui_click (ui, "Move Account Down");
      /* a button acts a while after it was pressed */
      weir_driver_settle (ui->driver, 3000);
    }
  focus = weir_driver_find_focus (ui->driver);
  g_assert_nonnull (focus);
  g_assert_cmpstr (focus->name, ==, "Move Account Down");
  weir_ui_see_titles (ui, "Name*Status*Account*Delivery*");
  uncheck (ui, "Delivery");
  weir_ui_see_titles (ui, "Name*Status*Account · Next Pull*");
  weir_driver_key (ui->driver, "Escape");
  /* the window's settings are written a while later */
  weir_driver_settle (ui->driver, 4000);

  weir_ui_stop (ui);
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_titles (ui, "Name*Status*Account · Next Pull*");
  weir_driver_key (ui->driver, "ctrl+shift+k");
  weir_ui_click (ui, "Reset");
  weir_ui_see_titles (ui, "Name*Account*Status*Delivery*");
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

/* Filters, selection and query of the last time. */
static void
test_back (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *name = NULL;
  g_autoptr (WeirThing) facet = NULL;
  guint n_found;

  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_type (ui, "Search subscriptions", "invoice");
  name = weir_ui_select (ui, "Subscriptions", NULL, "nvoice");
  n_found = weir_ui_count (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_type (ui, "Query", "kind:updated");
  weir_driver_settle (ui->driver, 1000);
  /* a window that is closed, not a program that is killed */
  weir_driver_key (ui->driver, "ctrl+q");
  weir_driver_settle (ui->driver, 1500);
  g_clear_pointer (&ui->driver, weir_driver_stop);

  weir_ui_start (ui);
  weir_ui_see_titles (ui, "*Time (UTC)*");
  facet = weir_driver_wait (ui->driver, NULL, "check box", "Updated*");
  g_assert_nonnull (facet);
  g_assert_true (facet->checked);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_selected (ui, "Subscriptions", "nvoice");
  g_assert_cmpuint (weir_ui_count (ui), ==, n_found);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/preferences/delete", test_delete);
  weir_ui_add ("/ui/preferences/removed", test_removed);
  weir_ui_add ("/ui/preferences/zone", test_zone);
  weir_ui_add ("/ui/preferences/proxy", test_proxy);
  weir_ui_add ("/ui/preferences/columns", test_columns);
  weir_ui_add ("/ui/preferences/back", test_back);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
