/* test-ui-timeline.c: follow and pause, and the query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

static char *
read_first (WeirUi *ui)
{
  g_autoptr (WeirThing) row = weir_driver_wait_row (ui->driver, "Events", NULL, NULL);

  g_assert_nonnull (row);
  return weir_driver_read (ui->driver, row);
}

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_ui_add_account (ui, "oracle");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "membrane");
  weir_ui_see_row (ui, "Events", NULL, "sequin");
}

static void
test_follow (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *paused = NULL;
  g_autofree char *later = NULL;
  g_autoptr (WeirThing) held = NULL;
  gboolean changed = FALSE;

  open_page (ui);
  /* who has no events says so where they would stand */
  weir_ui_see (ui, "label", "No event feed");

  first = read_first (ui);
  for (guint i = 0; i < 300 && !changed; i++)
    {
      g_autofree char *text = read_first (ui);

      changed = !g_str_equal (text, first);
      weir_driver_settle (ui->driver, 100);
    }
  g_assert_true (changed);

  /* what comes now is counted, and not shown */
  weir_ui_click (ui, "Pause");
  paused = read_first (ui);
  held = weir_driver_wait (ui->driver, NULL, "push button", "* new event* held back");
  g_assert_nonnull (held);
  later = read_first (ui);
  g_assert_cmpstr (later, ==, paused);

  weir_ui_click (ui, "Follow");
  weir_ui_see_gone (ui, "push button", "* new event* held back");
  g_free (later);
  later = read_first (ui);
  g_assert_cmpstr (later, !=, paused);
}

static void
test_query (WeirUi *ui, gconstpointer unused)
{
  guint n_all;

  open_page (ui);
  weir_ui_click (ui, "Pause");
  n_all = weir_ui_count (ui);
  weir_ui_type (ui, "Query", "account:sequin");
  weir_driver_key (ui->driver, "Return");
  for (guint i = 0; i < 100 && weir_ui_count (ui) >= n_all; i++)
    weir_driver_settle (ui->driver, 100);
  g_assert_cmpuint (weir_ui_count (ui), >, 0);
  g_assert_cmpuint (weir_ui_count (ui), <, n_all);
  g_assert_null (weir_driver_find_row (ui->driver, "Events", NULL, "membrane"));

  /* what is no query says what is wrong with it, and changes nothing */
  weir_ui_type (ui, "Query", "\"no end");
  weir_ui_see (ui, "label", "*quot*");
  weir_ui_see_row (ui, "Events", NULL, "sequin");

  weir_ui_type (ui, "Query", "zzzzzzzzzz");
  weir_ui_see (ui, "label", "No Events Found");
  weir_ui_click (ui, "Clear the Query");
  weir_ui_see_row (ui, "Events", NULL, "membrane");
}

/* An event's payload, as a tree and as it came. */
static void
test_payload (WeirUi *ui, gconstpointer unused)
{
  open_page (ui);
  weir_ui_click (ui, "Pause");
  g_free (weir_ui_select (ui, "Events", NULL, "sequin"));
  weir_ui_see (ui, "label", "Event · sequin");
  weir_ui_click (ui, "Payload");
  weir_ui_click (ui, "Requests");
  weir_ui_see (ui, "label", "*/v1/events*");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/timeline/follow", test_follow);
  weir_ui_add ("/ui/timeline/query", test_query);
  weir_ui_add ("/ui/timeline/payload", test_payload);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
