/* main.c: the application's program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-application.h"

#include <locale.h>

#include <glib/gi18n.h>

int
main (int argc, char *argv[])
{
  g_autoptr (WeirApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WEIR_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = weir_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
