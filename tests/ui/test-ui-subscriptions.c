/* test-ui-subscriptions.c: search, filter, subscribe, one and many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Subscribed");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Active");
}

static void
wait_for_count (WeirUi *ui, guint least, guint most)
{
  for (guint i = 0; i < 100; i++)
    {
      guint n = weir_ui_count (ui);

      if (n >= least && n <= most)
        return;
      weir_driver_settle (ui->driver, 100);
    }
  g_error ("%u rows are shown, not %u to %u", weir_ui_count (ui), least, most);
}

static void
test_search (WeirUi *ui, gconstpointer unused)
{
  guint n_all;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_ui_type (ui, "Search subscriptions", "ticket DELETED");
  wait_for_count (ui, 1, n_all / 4);
  weir_ui_see_row (ui, "Subscriptions", "Ticket deleted", NULL);
  g_assert_null (weir_driver_find_row (ui->driver, "Subscriptions", "Ticket updated", NULL));

  weir_ui_type (ui, "Search subscriptions", "nothing is called so");
  weir_ui_see (ui, "label", "No Results");
  weir_ui_click (ui, "Clear Filters");
  wait_for_count (ui, n_all, n_all);
  weir_ui_see_gone (ui, "label", "No Results");
}

/* From an account to its subscriptions: a filter is set by that, and nothing is searched for. */
static void
test_filter (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) account = NULL;
  guint n_all;
  guint n_some;

  open_page (ui);
  n_all = weir_ui_count (ui);
  account = weir_driver_wait (ui->driver, NULL, "list item", "sequin, Online*");
  g_assert_true (weir_driver_press (ui->driver, account));
  wait_for_count (ui, 1, n_all - 1);
  n_some = weir_ui_count (ui);
  weir_ui_see_row (ui, "Subscriptions", NULL, "Stream");
  g_assert_null (weir_driver_find_row (ui->driver, "Subscriptions", NULL, "Every"));
  /* a search is within what is chosen */
  weir_ui_type (ui, "Search subscriptions", "sequin");
  wait_for_count (ui, n_some, n_some);
  weir_ui_click (ui, "Clear Filters");
  wait_for_count (ui, n_all, n_all);
}

static void
test_subscribe (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *name = NULL;
  g_autofree char *list = NULL;
  g_autoptr (WeirThing) row = NULL;

  open_page (ui);
  weir_ui_insensitive (ui, "Subscribe", "Nothing is selected");
  name = weir_ui_select (ui, "Subscriptions", NULL, "Unsubscribed");
  /* the inspector shows what is selected */
  weir_ui_see (ui, "label", "Subscription · membrane");

  /* the answer replaces the row */
  weir_ui_click (ui, "Subscribe");
  weir_ui_see_selected (ui, "Subscriptions", "Subscribed");
  row = weir_driver_wait_selected (ui->driver, "Subscriptions", NULL);
  g_assert_cmpstr (row->name, ==, name);
  /* and the server agrees */
  list = weir_ui_weirctl (ui, NULL, "subscriptions --status unsubscribed");
  g_assert_null (strstr (list, name));

  /* what is so already is not offered again */
  weir_ui_insensitive (ui, "Subscribe", "It is subscribed already.");
  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see_selected (ui, "Subscriptions", "Unsubscribed");
  weir_ui_insensitive (ui, "Unsubscribe", "It is not subscribed.");
}

/* Several at once are asked for before anything is done, and told one by one. */
static void
test_bulk (WeirUi *ui, gconstpointer unused)
{
  static const char *const names[] = { "Contact deleted", "Ticket deleted" };

  open_page (ui);
  weir_ui_type (ui, "Search subscriptions", "deleted");
  wait_for_count (ui, 2, 12);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WeirThing) row =
          weir_driver_wait_row (ui->driver, "Subscriptions", names[i], "Subscribed");

      g_assert_true (weir_driver_select (ui->driver, row, i > 0));
    }

  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see (ui, "push button", "Unsubscribe 2");
  weir_ui_click (ui, "Cancel");
  weir_ui_see_gone (ui, "push button", "Unsubscribe 2");
  weir_ui_see_row (ui, "Subscriptions", names[0], "Subscribed");

  weir_ui_click (ui, "Unsubscribe");
  weir_ui_click (ui, "Unsubscribe 2");
  weir_ui_see (ui, "label", "Done");
  weir_ui_click (ui, "Close");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    weir_ui_see_row (ui, "Subscriptions", names[i], "Unsubscribed");
}

static void
see_titles_beside_inspector (WeirUi *ui, const char *pattern)
{
  g_autoptr (WeirThing) row = NULL;

  weir_ui_see_titles (ui, "*Account*Status*Delivery*Next Pull*Last Event*24 h*Error*");
  row = weir_driver_wait_row (ui->driver, "Subscriptions", NULL, "Subscribed");
  g_assert_true (weir_driver_select (ui->driver, row, FALSE));
  weir_ui_see_titles (ui, pattern);
}

/* Beside the inspector, in a window of the usual size, there is room to see when something came last. */
static void
test_columns (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  see_titles_beside_inspector (ui, "Name*Status*Next Pull*Last Event*Error*");
}

/* With several accounts it is of more use to see whose a row is: two may have one name. */
static void
test_columns_of_accounts (WeirUi *ui, gconstpointer unused)
{
  open_page (ui);
  see_titles_beside_inspector (ui, "Name*Account*Status*Next Pull*Error*");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/subscriptions/search", test_search);
  weir_ui_add ("/ui/subscriptions/filter", test_filter);
  weir_ui_add ("/ui/subscriptions/subscribe", test_subscribe);
  weir_ui_add ("/ui/subscriptions/bulk", test_bulk);
  weir_ui_add ("/ui/subscriptions/columns", test_columns);
  weir_ui_add ("/ui/subscriptions/columns-of-accounts", test_columns_of_accounts);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
