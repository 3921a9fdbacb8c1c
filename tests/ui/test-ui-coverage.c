/* test-ui-coverage.c: which times were pulled, and one press for those that were not
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

/* The row is made anew when a run of the schedule comes in between. */
static void
pull_first (WeirUi *ui)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (WeirThing) row =
          weir_driver_wait (ui->driver, NULL, "list item", "Not pulled * (*)");
      g_autoptr (WeirThing) button =
          row != NULL ? weir_driver_find (ui->driver, row, "push button", "Pull Now") : NULL;

      if (button != NULL && button->sensitive && weir_driver_press (ui->driver, button))
        return;
      weir_driver_settle (ui->driver, 200);
    }
  g_assert_not_reached ();
}

/* A source that sends no JSON: its pulls fail, and the row for it has the button. */
static void
test_failed (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) run = NULL;
  g_autofree char *name = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  name = weir_ui_select (ui, "Subscriptions", NULL, "Error*Not valid JSON");
  weir_ui_see (ui, "label", "Covered *% from * to *, * failed span*, longest *");
  weir_ui_see (ui, NULL, "Coverage: Covered *% from * to *");
  weir_ui_see (ui, "list item", "Not pulled * (*)");
  weir_ui_see (ui, "label", "*he pull run * failed: *Not valid JSON*");
  take_picture (ui, "coverage-failed.png");

  pull_first (ui);
  weir_ui_click (ui, "Show");
  weir_ui_see (ui, "frame", "Pull Runs*");
  run = weir_driver_wait_selected (ui->driver, "Pull Runs", "Error");
  g_assert_nonnull (run);
  g_assert_cmpstr (run->name, ==, name);
}

/* The page of pull runs has the strip where it is narrowed to one subscription, and only there. */
static void
test_page (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Pull Runs");
  weir_ui_see_row (ui, "Pull Runs", NULL, NULL);
  weir_ui_see_gone (ui, NULL, "Coverage: *");
  weir_ui_page (ui, "Subscriptions");
  weir_ui_type (ui, "Search subscriptions", "stock level updated");
  g_free (weir_ui_select (ui, "Subscriptions", "Stock level updated", "Subscribed*in "));
  weir_ui_see (ui, NULL, "Coverage: Covered * from * to *");
  take_picture (ui, "coverage-inspector.png");
  weir_ui_click (ui, "More Actions");
  weir_ui_click (ui, "Show Pull Runs");
  weir_ui_see (ui, "frame", "Pull Runs*");
  weir_ui_see (ui, NULL, "Coverage: Covered * from * to *");
  take_picture (ui, "coverage-page.png");
}

/* From the search on, to where the keys are the strip's: it says where in it they are. */
static gboolean
focus_strip (WeirUi *ui)
{
  weir_driver_key (ui->driver, "ctrl+f");
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (WeirThing) strip = NULL;

      weir_driver_key (ui->driver, "Tab");
      weir_driver_key (ui->driver, "End");
      strip = weir_driver_find (ui->driver, NULL, "slider", "Coverage: Not pulled *");
      if (strip != NULL)
        return TRUE;
    }

  return FALSE;
}

/* With the keyboard alone: to the failed span, its run, and the button. */
static void
test_keys (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Error*Not valid JSON"));
  weir_ui_click (ui, "More Actions");
  weir_ui_click (ui, "Show Pull Runs");
  weir_ui_see (ui, "frame", "Pull Runs*");
  weir_ui_see (ui, "list item", "Not pulled * (*)");
  g_assert_true (focus_strip (ui));
  weir_driver_key (ui->driver, "Return");
  weir_ui_see_selected (ui, "Pull Runs", "Error*Not valid JSON");
  take_picture (ui, "coverage-keys.png");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "label", "Pulling *");

  /* what is covered has other runs */
  g_assert_true (focus_strip (ui));
  weir_driver_key (ui->driver, "Home");
  weir_ui_see (ui, "slider", "Coverage: Pulled *");
  weir_driver_key (ui->driver, "Return");
  weir_ui_see_selected (ui, "Pull Runs", "Success");
}

/* What arrives by itself is not pulled. */
static void
test_real_time (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Real time"));
  /* the inspector is there; a column has the title of its row */
  weir_ui_see (ui, "label", "Subscription · membrane");
  weir_driver_settle (ui->driver, 500);
  weir_ui_see_gone (ui, "label", "Coverage");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/coverage/failed", test_failed);
  weir_ui_add ("/ui/coverage/page", test_page);
  weir_ui_add ("/ui/coverage/keys", test_keys);
  weir_ui_add ("/ui/coverage/real-time", test_real_time);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
