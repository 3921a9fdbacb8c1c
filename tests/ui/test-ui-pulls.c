/* test-ui-pulls.c: Pull Now, from the button to the events in the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

/* A subscription with something to pull for, seldom enough that no other pull gets in between. */
static void
test_pull (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *query = NULL;
  g_auto (GStrv) cells = NULL;
  g_autoptr (WeirThing) row = NULL;
  g_autoptr (WeirThing) facet = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_type (ui, "Search subscriptions", "stock level updated");
  name = weir_ui_select (ui, "Subscriptions", "Stock level updated", "Subscribed*in ");

  weir_ui_click (ui, "Pull Now");
  weir_ui_see (ui, "label", "Pulling “Stock level updated”");
  /* to the very run, which goes on to its end by itself */
  weir_ui_click (ui, "Show");
  weir_ui_see (ui, "frame", "Pull Runs*");
  row = weir_driver_wait_selected (ui->driver, "Pull Runs", "Success");
  g_assert_nonnull (row);
  g_assert_cmpstr (row->name, ==, name);
  text = weir_driver_read (ui->driver, row);
  cells = g_strsplit (text, " · ", -1);
  /* how many it collected is said; in a demo that lives for hours there is something */
  g_assert_cmpint (g_ascii_strtoll (cells[g_strv_length (cells) - 1], NULL, 10), >=, 0);
  /* the inspector follows the run, too */
  weir_ui_see (ui, "label", "Events Collected");
  weir_ui_see_gone (ui, "label", "Queued");
  weir_ui_see_gone (ui, "label", "Running");

  weir_ui_page (ui, "Timeline");
  /* beside the facets and the inspector there is no room for the column: the facet tells the subscription */
  facet = weir_driver_wait (ui->driver, NULL, "check box", "Stock level updated, *");
  g_assert_nonnull (facet);
  g_assert_true (weir_driver_press (ui->driver, facet));
  weir_ui_see_row (ui, "Events", NULL, NULL);
}

/* What cannot be pulled cannot be asked to be. */
static void
test_reasons (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_insensitive (ui, "Pull Now", "Nothing is selected");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Active"));
  weir_ui_insensitive (ui, "Pull Now", "?*");
  weir_ui_page (ui, "Pull Runs");
  weir_ui_see (ui, "label", "No Pull Runs");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/pulls/pull", test_pull);
  weir_ui_add ("/ui/pulls/reasons", test_reasons);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
