/* test-ui-offline.c: the server is lost and comes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-fault-server.h"
#include "weir-ui-fixture.h"

static void
test_lost (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *before = NULL;
  guint n_before;

  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see_row (ui, "Subscriptions", NULL, "Subscribed");
  before = weir_ui_select (ui, "Subscriptions", NULL, "Subscribed");
  n_before = weir_ui_count (ui);
  g_assert_cmpuint (n_before, >, 30);

  weir_hub_process_kill (ui->hub);
  weir_ui_see (ui, "list item", "membrane, Not reachable*");
  weir_ui_see (ui, "list item", "sequin, Not reachable*");
  /* which account, why, and what can be done */
  weir_ui_see (ui, "label", "*The server cannot be reached*");
  weir_ui_see (ui, "push button", "Retry Now");
  /* what was last known is still there, and can be looked at */
  g_assert_cmpuint (weir_ui_count (ui), ==, n_before);
  weir_ui_see_row (ui, "Subscriptions", before, "Subscribed");
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  /* what is asked of it now is said to have failed, and changes nothing */
  weir_ui_page (ui, "Subscriptions");
  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see (ui, "label", "Unsubscribe “*” failed*");
  weir_ui_see_row (ui, "Subscriptions", before, "Subscribed");

  weir_hub_process_start (ui->hub);
  weir_ui_see (ui, "list item", "membrane, Online*");
  weir_ui_see (ui, "list item", "sequin, Online*");
  weir_ui_see_gone (ui, "label", "*The server cannot be reached*");
  g_assert_cmpuint (weir_ui_count (ui), ==, n_before);
  /* and what is asked now is done */
  weir_ui_click (ui, "Unsubscribe");
  weir_ui_see_selected (ui, "Subscriptions", "Unsubscribed");
}

/* Weir is started while there is no server, with what it has kept. */
static void
test_started_without (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) retry = NULL;

  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  weir_ui_stop (ui);
  weir_hub_process_kill (ui->hub);

  weir_ui_start_as (ui, "Not reachable");
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, NULL);
  weir_ui_page (ui, "Subscriptions");
  weir_ui_see (ui, "label", "Nothing Could Be Loaded");
  weir_ui_see (ui, "push button", "Retry Now");
  weir_hub_process_start (ui->hub);
  /* unless Weir itself was the faster */
  retry = weir_driver_find (ui->driver, NULL, "push button", "Retry Now");
  weir_driver_press (ui->driver, retry);
  weir_ui_see_row (ui, "Subscriptions", NULL, "Active");
}

/* What subscriptions are called is known from before. */
static void
test_names (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (WeirThing) facet = NULL;

  weir_ui_add_account (ui, "membrane");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see (ui, "check box", "Stock level updated, *");
  weir_ui_stop (ui);
  weir_hub_process_kill (ui->hub);

  weir_ui_start_as (ui, "Not reachable");
  weir_ui_page (ui, "Timeline");
  facet = weir_driver_wait (ui->driver, NULL, "check box", "Stock level updated, *");
  g_assert_nonnull (facet);
  g_assert_true (weir_driver_press (ui->driver, facet));
  weir_driver_key (ui->driver, "ctrl+shift+e");
  weir_ui_see (ui, "label", "How the Query Is Read");
  weir_ui_see (ui, "label", "*“Stock level updated”*");
}

/* A token that may see subscriptions but no connections: the page says so, and does not wait for ever. */
static void
test_refused_list (WeirUi *ui, gconstpointer unused)
{
  static const char none[] = "{\"items\":[]}";
  static const char type[] = "Content-Type: application/json\r\n";
  g_autoptr (WeirFaultServer) server = weir_fault_server_new ();
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autofree char *words =
      g_strdup_printf ("account add membrane --provider membrane --uri %s --token-stdin", uri);
  g_autofree char *other = NULL;

  weir_fault_server_add (server, "/external-event-subscriptions", WEIR_FAULT_NONE, 200, type, none,
                         -1);
  weir_fault_server_add (server, "/app-event-subscriptions", WEIR_FAULT_NONE, 200, type, none, -1);
  weir_fault_server_add (server, "/connections", WEIR_FAULT_NONE, 403, type,
                         "{\"message\":\"Tenants only\"}", -1);
  g_free (weir_ui_weirctl (ui, "t", words));
  g_setenv ("WEIR_TOKEN_MEMBRANE", "t", TRUE);
  weir_ui_start (ui);
  weir_ui_page (ui, "Connections");
  weir_ui_see (ui, "label", "Nothing Could Be Loaded");
  weir_ui_see (ui, "label", "membrane*Tenants only*");

  /* among the connections of another account */
  weir_ui_stop (ui);
  other = g_strdup_printf ("account add other --provider membrane --uri %s --token-stdin",
                           ui->hub->membrane_uri);
  g_free (weir_ui_weirctl (ui, ui->hub->membrane_token, other));
  g_setenv ("WEIR_TOKEN_OTHER", ui->hub->membrane_token, TRUE);
  weir_ui_start (ui);
  weir_ui_page (ui, "Connections");
  weir_ui_see_row (ui, "Connections", NULL, "Connected");
  weir_ui_see (ui, "label", "membrane: *Tenants only*");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/offline/refused-list", test_refused_list);
  weir_ui_add ("/ui/offline/lost", test_lost);
  weir_ui_add ("/ui/offline/started-without", test_started_without);
  weir_ui_add ("/ui/offline/names", test_names);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
