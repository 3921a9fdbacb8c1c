/* test-ui-budget.c: an account's card says how much was asked, and how much the server allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include "weir-fault-server.h"

/* A platform that is never asked enough of: it says how much is left, and then that it was too much. */
static void
test_limited (WeirUi *ui, gconstpointer unused)
{
  static const char told[] = "Content-Type: application/json\r\n"
                             "RateLimit-Policy: \"default\";q=1000;w=3600\r\n"
                             "RateLimit: \"default\";r=842;t=1800\r\n";
  static const char list[] = "{\"data\":[],\"items\":[],\"events\":[],\"cursor\":null}";
  WeirFaultServer *server = weir_fault_server_new ();
  const char *folder = g_getenv ("WEIR_DRIVER_PICTURES");
  g_autofree char *uri = weir_fault_server_dup_uri (server, "");
  g_autofree char *words = NULL;
  g_autofree char *output = NULL;

  weir_fault_server_add (server, "/v1/syncs", WEIR_FAULT_NONE, 200, told, list, -1);
  weir_fault_server_add (server, "/v1/syncs", WEIR_FAULT_NONE, 429,
                         "Content-Type: application/json\r\nRetry-After: 900\r\n", "{}", -1);
  weir_fault_server_add (server, "/v1/events", WEIR_FAULT_NONE, 200, told, list, -1);
  words = g_strdup_printf ("account add sequin --provider sequin --uri %s --token-stdin", uri);
  output = weir_ui_weirctl (ui, "token", words);
  g_setenv ("WEIR_TOKEN_SEQUIN", "token", TRUE);
  weir_ui_start (ui);

  weir_ui_page (ui, "Overview");
  weir_ui_see (ui, "label", "*Online*last hour · 842 of 1*000 left · renewed in *");
  /* the next list is one too many */
  weir_ui_see (ui, "label", "*Weir waits until *last hour*limited 1 time in 24 hours*");
  if (folder != NULL)
    {
      g_autofree char *path = g_build_filename (folder, "budget.png", NULL);

      weir_driver_settle (ui->driver, 500);
      weir_driver_picture (ui->driver, path);
    }
  weir_ui_stop (ui);
  weir_fault_server_free (server);
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/budget/limited", test_limited);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
