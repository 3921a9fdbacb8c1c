/* main.c: the application's program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-application.h"
#include "weir-heap.h"
#include "weir-i18n.h"

/* Without a graphics card GL is done in software. GTK 4.8 loads all of that before the first frame, a third of the
 * memory, and Cairo draws the same. What the user has set stays; newer versions of GTK see to it themselves. */
static void
choose_drawing (void)
{
  static const char *const devices[] = { "/dev/dri", "/dev/nvidiactl", "/dev/dxg" };

  if (gtk_get_minor_version () >= 14)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      if (g_file_test (devices[i], G_FILE_TEST_EXISTS))
        return;
    }
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

int
main (int argc, char *argv[])
{
  g_autoptr (WeirApplication) application = NULL;

  weir_heap_set_up ();
  weir_i18n_init ();
  choose_drawing ();
  /* the locale is set already, and the history's threads read it when GTK starts */
  gtk_disable_setlocale ();
  application = weir_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
