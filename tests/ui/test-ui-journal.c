/* test-ui-journal.c: what was changed, by the window and by weirctl, is in the journal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

static void
take_picture (WeirUi *ui, const char *name)
{
  const char *folder = g_getenv ("WEIR_DRIVER_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  weir_driver_settle (ui->driver, 500);
  weir_driver_picture (ui->driver, path);
}

static void
test_journal (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) row = NULL;
  g_autofree char *name = NULL;
  g_autofree char *listed = NULL;

  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_driver_key (ui->driver, "ctrl+h");
  weir_ui_see (ui, "label", "Nothing Changed Yet");
  take_picture (ui, "journal-empty.png");
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "label", "Nothing Changed Yet");

  weir_ui_page (ui, "Subscriptions");
  name = weir_ui_select (ui, "Subscriptions", NULL, "Active");
  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see (ui, "label", "What Weir Did");

  weir_driver_key (ui->driver, "ctrl+h");
  weir_ui_see (ui, "list item", "Unsubscribe · *, Done, *sequin*");
  weir_ui_type (ui, "Search in the journal", "nobody");
  weir_ui_see (ui, "label", "Nothing Found");
  weir_ui_type (ui, "Search in the journal", "unsub");
  row = weir_driver_wait_row (ui->driver, "Journal", "Unsubscribe · *", NULL);
  g_assert_nonnull (row);
  /* past Clear Filters */
  weir_driver_key (ui->driver, "Tab");
  weir_driver_key (ui->driver, "Tab");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "label", "PATCH http://*/v1/syncs/*");
  weir_ui_see (ui, "label", "{*status*disabled*}");
  weir_ui_see (ui, "label", "HTTP 200");
  weir_ui_see (ui, "push button", "Copy as JSON");
  take_picture (ui, "journal.png");
  weir_driver_key (ui->driver, "Escape");

  listed = weir_ui_weirctl (ui, NULL, "journal --json");
  g_assert_nonnull (strstr (listed, "\"operation\":\"unsubscribe\""));
  g_assert_nonnull (strstr (listed, "\"state\":\"done\""));
  g_assert_nonnull (strstr (listed, "\"program\":\"weir\""));
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/journal/window-and-weirctl", test_journal);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
