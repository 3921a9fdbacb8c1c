/* test-ui-errors.c: from a group of errors to the whole chain of causes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

static void
test_chain (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *errors = NULL;
  g_autofree char *leaf = NULL;
  g_autoptr (WeirThing) row = NULL;
  g_auto (GStrv) cells = NULL;
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Errors");
  row = weir_driver_wait_row (ui->driver, "Errors", NULL, "Not valid JSON*subscription");
  g_assert_nonnull (row);
  text = weir_driver_read (ui->driver, row);
  cells = g_strsplit (text, " · ", 2);
  g_free (weir_ui_select (ui, "Errors", NULL, cells[0]));

  /* the leaf is the heading, and the chain has every level */
  weir_ui_click (ui, "Error");
  weir_ui_see (ui, "label", cells[0]);
  weir_ui_see (ui, "label", "Outermost (1 of *");
  weir_ui_see (ui, "label", "Leaf cause (*");
  weir_ui_see (ui, "label", "Failed to pull events");
  weir_ui_see (ui, "push button", "Copy All");
  weir_ui_see (ui, "push button", "Copy Message");

  /* weirctl tells the same cause */
  errors = weir_ui_weirctl (ui, NULL, "errors");
  g_assert_nonnull (strstr (errors, cells[0]));
}

static void
test_lifecycle (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Errors");
  g_free (weir_ui_select (ui, "Errors", NULL, "Not valid JSON"));
  weir_ui_click (ui, "Acknowledge");
  weir_ui_see_row (ui, "Errors", NULL, "Not valid JSON*Acknowledged");
  weir_ui_stop (ui);

  /* what was decided is kept */
  weir_ui_start (ui);
  weir_ui_page (ui, "Errors");
  weir_ui_see_row (ui, "Errors", NULL, "Not valid JSON*Acknowledged");
}

/* Of several it is said how many they are. */
static void
test_several (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) second = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Errors");
  g_free (weir_ui_select (ui, "Errors", NULL, "Not valid JSON"));
  weir_ui_see (ui, "label", "Last Seen");
  second = weir_driver_wait_row (ui->driver, "Errors", NULL, "No answer within");
  g_assert_true (weir_driver_select (ui->driver, second, TRUE));
  weir_ui_see (ui, NULL, "2 selected");
  weir_ui_see_gone (ui, "label", "Last Seen");

  weir_ui_click (ui, "Acknowledge");
  weir_ui_see_row (ui, "Errors", NULL, "Not valid JSON*Acknowledged");
  weir_ui_see_row (ui, "Errors", NULL, "No answer within*Acknowledged");
  weir_ui_see (ui, NULL, "2 selected");
  g_free (weir_ui_select (ui, "Errors", NULL, "Not valid JSON"));
  weir_ui_see_gone (ui, NULL, "2 selected");
}

/* A subscription that fails says why on its row. */
static void
test_row (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Error*Not valid JSON"));
  weir_ui_click (ui, "Error");
  weir_ui_see (ui, "label", "Chain of Causes");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/errors/chain", test_chain);
  weir_ui_add ("/ui/errors/lifecycle", test_lifecycle);
  weir_ui_add ("/ui/errors/several", test_several);
  weir_ui_add ("/ui/errors/row", test_row);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
