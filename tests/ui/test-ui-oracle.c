/* test-ui-oracle.c: Oracle's subscriptions: made in a dialog, paused, subscribed again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "oracle");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Active");
}

static void
choose_from_menu (WeirUi *ui, const char *item)
{
  weir_ui_click (ui, "More Actions");
  weir_ui_click (ui, item);
}

static void
test_pause (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *name = NULL;
  g_autofree char *list = NULL;

  open_page (ui);
  name = weir_ui_select (ui, "Subscriptions", NULL, "Active");
  /* pausing is not unsubscribing: Oracle drops what it pauses */
  choose_from_menu (ui, "Pause Delivery");
  weir_ui_see_selected (ui, "Subscriptions", "Paused");
  list = weir_ui_weirctl (ui, NULL, "subscriptions --status paused");
  g_assert_nonnull (strstr (list, name));
  weir_ui_click (ui, "More Actions");
  weir_ui_insensitive (ui, "Pause Delivery", "*");
  weir_driver_key (ui->driver, "Escape");
  weir_ui_click (ui, "Subscribe");
  weir_ui_see_selected (ui, "Subscriptions", "Active");
  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see_selected (ui, "Subscriptions", "Inactive");
}

static void
test_create (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *list = NULL;

  open_page (ui);
  choose_from_menu (ui, "New Oracle Subscription…");
  weir_ui_see (ui, "text", "Name");
  /* Enter says what is missing, below each of them */
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "label", "Must not be empty");
  weir_ui_type (ui, "Name", "MadeByHand");
  weir_ui_type (ui, "Event Type", "Create");
  weir_ui_type (ui, "Integration User", "nobody");
  weir_ui_type (ui, "Endpoint", "https://hooks.example.com/oracle");
  /* what is missing is said before anything is sent */
  weir_ui_click (ui, "Create");
  weir_ui_see (ui, "label", "Must not be empty");
  weir_ui_click (ui, "Use Template");
  weir_ui_click (ui, "Create");
  /* and what the server says against it as well */
  weir_ui_see (ui, "label", "The server refused*nobody*");
  weir_ui_type (ui, "Integration User", "ICS Integration");
  weir_ui_click (ui, "Create");
  weir_ui_see_gone (ui, "text", "Integration User");
  weir_ui_type (ui, "Search subscriptions", "MadeByHand");
  weir_ui_see_row (ui, "Subscriptions", "MadeByHand", NULL);
  list = weir_ui_weirctl (ui, NULL, "subscriptions");
  g_assert_nonnull (strstr (list, "MadeByHand"));
  g_clear_pointer (&list, g_free);
  list = weir_ui_weirctl (ui, NULL, "journal --json");
  g_assert_nonnull (strstr (list, "\"name\":\"MadeByHand\""));

  g_free (weir_ui_select (ui, "Subscriptions", "MadeByHand", NULL));
  weir_ui_see (ui, NULL, "Create · *");
  choose_from_menu (ui, "Delete…");
  weir_ui_see (ui, NULL, "Delete “MadeByHand”?");
  weir_ui_click (ui, "Delete");
  weir_ui_see (ui, "label", "No Results");
}

/* Deleting several is not one Enter away, and says that it cannot be undone. */
static void
test_delete_many (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *first = NULL;
  g_autoptr (WeirThing) second = NULL;
  g_autoptr (WeirThing) focus = NULL;

  open_page (ui);
  before = weir_ui_weirctl (ui, NULL, "subscriptions");
  first = weir_ui_select (ui, "Subscriptions", NULL, "Inactive");
  second = weir_driver_wait_row (ui->driver, "Subscriptions", NULL, "Active");
  g_assert_true (weir_driver_select (ui->driver, second, TRUE));

  choose_from_menu (ui, "Delete…");
  weir_ui_see (ui, "push button", "Delete 2");
  weir_ui_see (ui, "label", "*This cannot be undone.");
  focus = weir_driver_find_focus (ui->driver);
  g_assert_nonnull (focus);
  g_assert_cmpstr (focus->name, ==, "Cancel");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see_gone (ui, "push button", "Delete 2");
  weir_ui_see_row (ui, "Subscriptions", first, "Inactive");
  after = weir_ui_weirctl (ui, NULL, "subscriptions");
  g_assert_cmpstr (after, ==, before);

  choose_from_menu (ui, "Delete…");
  weir_ui_click (ui, "Delete 2");
  weir_ui_see (ui, "label", "Done");
  weir_ui_click (ui, "Close");
  g_free (g_steal_pointer (&after));
  after = weir_ui_weirctl (ui, NULL, "subscriptions");
  g_assert_null (strstr (after, first));
}

/* It has no events, and says so. */
static void
test_timeline (WeirUi *ui, gconstpointer unused)
{
  open_page (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see (ui, "label", "No Event Feed");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/oracle/pause", test_pause);
  weir_ui_add ("/ui/oracle/create", test_create);
  weir_ui_add ("/ui/oracle/delete-many", test_delete_many);
  weir_ui_add ("/ui/oracle/timeline", test_timeline);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
