/* weir-sandbox.c: the first start of an installed Weir, what leaves its sandbox, and what wakes it
 *
 *   weir-sandbox PROGRAM FILE-TO-EXPORT-TO PROGRAM-THAT-ASKS-THE-BUS
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-sandbox"

#include "weir-driver.h"

#include <locale.h>

static WeirDriver *driver;
static const char *file;

static gboolean
see (const char *role, const char *name)
{
  g_autoptr (WeirThing) thing = weir_driver_wait (driver, NULL, role, name);

  if (thing != NULL)
    g_print ("  %s\n", thing->name);
  return thing != NULL;
}

static gboolean
try_the_hub (void)
{
  return see ("label", "Welcome to Weir") && weir_driver_click (driver, "Try the Built-in Hub")
         && see ("list item", "Demo Membrane, Online*") && see ("list item", "Demo Sequin, Online*")
         && see ("list item", "Demo Oracle, Online*");
}

/* The portal's dialog belongs to another program: it is worked by the keyboard. */
static gboolean export(void)
{
  g_autoptr (WeirThing) row = NULL;

  if (!weir_driver_page (driver, "Timeline"))
    return FALSE;
  row = weir_driver_wait_row (driver, "Events", NULL, NULL);
  weir_driver_key (driver, "ctrl+shift+x");
  if (row == NULL || !see ("label", "* events: exactly what the timeline shows*")
      || !weir_driver_click (driver, "Export…"))
    return FALSE;
  weir_driver_focus_window (driver, "Export Events");
  weir_driver_key (driver, "ctrl+a");
  weir_driver_write (driver, file);
  weir_driver_key (driver, "Return");
  return see ("label", "* exported to “*”") && g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

static gboolean
quit (void)
{
  weir_driver_focus_window (driver, "Weir|Timeline");
  weir_driver_key (driver, "ctrl+q");
  for (guint i = 0; i < 100 && weir_driver_is_alive (driver); i++)
    weir_driver_settle (driver, 100);
  return !weir_driver_is_alive (driver);
}

/* What the desktop file's action does when Weir does not run. */
static gboolean
open_by_bus (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (WeirThing) row = weir_driver_wait (driver, NULL, "list item", "Timeline");

      if (row == NULL)
        return FALSE;
      if (row->selected)
        {
          g_print ("  The bus has opened the timeline\n");
          return TRUE;
        }
      weir_driver_settle (driver, 100);
    }
  return FALSE;
}

static const struct
{
  const char *what;
  gboolean (*walk) (void);
  int program; /* the argument that is started before */
} steps[] = {
  { "the built-in hub is tried", try_the_hub, 1 },
  { "events are exported by the portal", export, 0 },
  { "the program ends when it is asked to", quit, 0 },
  { "the bus starts it", open_by_bus, 3 },
};

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc != 4)
    {
      g_printerr ("Usage: weir-sandbox PROGRAM FILE PROGRAM-THAT-ASKS-THE-BUS\n");
      return 2;
    }
  file = argv[2];
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;

      if (steps[i].program > 0)
        {
          g_clear_pointer (&driver, weir_driver_stop);
          driver = weir_driver_start ((const char *[]){ argv[steps[i].program], NULL }, &error);
        }
      if (driver == NULL || !steps[i].walk ())
        {
          g_printerr ("Did not work: %s %s\n", steps[i].what, error != NULL ? error->message : "");
          g_clear_pointer (&driver, weir_driver_stop);
          return 1;
        }
    }
  g_clear_pointer (&driver, weir_driver_stop);
  return 0;
}
