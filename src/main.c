/* main.c: the application's program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-application.h"
#include "weir-i18n.h"

int
main (int argc, char *argv[])
{
  g_autoptr (WeirApplication) application = NULL;

  weir_i18n_init ();
  application = weir_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
