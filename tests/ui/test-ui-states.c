/* test-ui-states.c: since when it is broken, and what changed just before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include "weir-sqlite.h"

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

/* As if it had happened while Weir looked on, some hours ago. */
static void
break_two_hours_ago (WeirUi *ui)
{
  static const char SQL[] =
      "UPDATE state_changes SET before = 'subscribed', uncertain = 0, at = at - 7800000000,"
      " noticed = at - 7800000000 WHERE kind = 'subscription' AND after = 'error';"
      "INSERT INTO state_changes (account, kind, id, name, subscription, connection, integration,"
      " before, after, error, at, noticed, uncertain)"
      " SELECT DISTINCT account, 'connection', connection, 'The connection', '', '', integration,"
      " 'connected', 'disconnected', 'The token was revoked', max (at) - 40000000,"
      " max (at) - 40000000, 0"
      " FROM state_changes WHERE kind = 'subscription' AND after = 'error' GROUP BY connection;";
  g_autofree char *path = g_build_filename (ui->folder, "history.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirDatabase) db = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (path);
      path = g_build_filename (ui->folder, "data", "history.db", NULL);
    }
  db = weir_database_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (weir_database_exec (db, SQL, &error));
  g_assert_no_error (error);
}

static void
test_broken (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) row = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Error*Not valid JSON"));
  /* nobody knows since when */
  weir_ui_see (ui, "label", "Error since * or earlier");
  weir_ui_see (ui, "list item", "First seen: Error*");
  weir_ui_stop (ui);

  break_two_hours_ago (ui);
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  g_free (weir_ui_select (ui, "Subscriptions", NULL, "Error*Not valid JSON"));
  weir_ui_see (ui, "label", "Error since *");
  weir_ui_see (ui, "label", "2 h 1*");
  weir_ui_see (ui, "list item", "Subscribed → Error, *Not valid JSON*");
  weir_ui_see (ui, "list item", "The connection, Connection: Connected → Disconnected, * before*");
  take_picture (ui, "states-broken.png");
  weir_ui_click (ui, "Copy History");
  weir_ui_see (ui, "label", "Copied the History");

  /* to the connection, and back */
  row = weir_driver_wait (ui->driver, NULL, "list item", "The connection, Connection:*");
  g_assert_nonnull (row);
  g_assert_true (weir_driver_press (ui->driver, row));
  weir_ui_see (ui, "list item", "Disconnected → *");
  take_picture (ui, "states-connection.png");
}

static void
test_change (WeirUi *ui, gconstpointer unused)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_type (ui, "Search subscriptions", "stock level updated");
  g_free (weir_ui_select (ui, "Subscriptions", "Stock level updated", "Subscribed*in "));
  weir_ui_see (ui, "list item", "First seen: Subscribed*");
  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see (ui, "label", "Unsubscribed since *");
  weir_ui_see (ui, "list item", "Subscribed → Unsubscribed*");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/states/broken", test_broken);
  weir_ui_add ("/ui/states/change", test_change);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
