/* test-ui-inspector.c: what an event changed, what happened to its record, and its payload
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "sequin");
  weir_ui_click (ui, "Pause");
  weir_ui_type (ui, "Query", "kind:updated");
  weir_driver_key (ui->driver, "Return");
  g_free (weir_ui_select (ui, "Events", NULL, "Updated"));
}

static void
test_changes (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *picture =
      g_build_filename (g_getenv ("WEIR_DRIVER_PICTURES"), "changes.png", NULL);

  open_page (ui);
  weir_ui_click (ui, "Changes");
  weir_ui_see (ui, "label", "*field* changed*");
  weir_ui_see (ui, "label", "Since the record’s previous event*");
  weir_ui_see (ui, NULL, "Changed: $.*→*");
  g_assert_true (weir_driver_picture (ui->driver, picture));

  /* with another event than the one before */
  weir_ui_insensitive (ui, "Compare With Pinned", "*No event is pinned*");
  weir_ui_click (ui, "Pin for Comparison");
  weir_ui_see (ui, NULL, "Unpin");
  weir_ui_click (ui, "Compare With Pinned");
  weir_ui_see (ui, "label", "This Is the Pinned Event");
  weir_ui_type (ui, "Query", "kind:created");
  weir_driver_key (ui->driver, "Return");
  g_free (weir_ui_select (ui, "Events", NULL, "Created"));
  weir_ui_see (ui, "label", "Against the pinned event*");
  weir_ui_see (ui, "label", "*field* changed*");
  weir_ui_click (ui, "Compare With Pinned");
  weir_ui_see (ui, "label", "No Earlier Event");
}

static void
test_life (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) list = NULL;
  g_autoptr (WeirThing) row = NULL;

  open_page (ui);
  list = weir_driver_wait (ui->driver, NULL, "list", "Life of the Record");
  g_assert_nonnull (list);
  weir_ui_see (ui, "label", "Shown");
  row = weir_driver_wait (ui->driver, list, "list item", "created, *");
  g_assert_nonnull (row);
  g_assert_true (weir_driver_press (ui->driver, row));
  weir_ui_see (ui, NULL, "Back");
  weir_ui_see (ui, "label", "created*");
}

static void
test_filter (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *picture =
      g_build_filename (g_getenv ("WEIR_DRIVER_PICTURES"), "payload.png", NULL);
  g_autoptr (WeirThing) row = NULL;
  guint n_all;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_ui_click (ui, "Payload");
  row = weir_driver_wait_row (ui->driver, "Attributes", NULL, NULL);
  g_assert_nonnull (row);
  g_assert_true (weir_driver_select (ui->driver, row, FALSE));
  weir_ui_see (ui, "label", "$.*");
  g_assert_true (weir_driver_picture (ui->driver, picture));
  weir_ui_click (ui, "Copy Path");
  weir_ui_see (ui, "label", "Copied the path");
  weir_ui_click (ui, "Filter");
  /* by the value of that field, and what it was narrowed to before */
  for (guint i = 0; i < 100 && weir_ui_count (ui) >= n_all; i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_cmpuint (weir_ui_count (ui), >, 0);
  g_assert_cmpuint (weir_ui_count (ui), <, n_all);
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/inspector/changes", test_changes);
  weir_ui_add ("/ui/inspector/life", test_life);
  weir_ui_add ("/ui/inspector/filter", test_filter);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
