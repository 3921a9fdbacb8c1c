/* weir-look-locale.c: the language that the window is looked at in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-look"

#include "weir-look-locale.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <pango/pangocairo.h>

/**
 * weir_look_make_locale:
 * @locale: such as “de_DE”
 *
 * Has this process use the locale. A machine has those that somebody chose when it was installed, so this one is made.
 *
 * Returns: (transfer full) (nullable): why it cannot be
 */
char *
weir_look_make_locale (const char *locale)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "locale", NULL);
  g_autofree char *name = g_strconcat (locale, ".UTF-8", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      const char *argv[] = { "localedef", "-i", locale, "-f", "UTF-8", path, NULL };
      int status;

      g_mkdir_with_parents (folder, 0755);
      if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                         &status, &error)
          || !g_spawn_check_wait_status (status, &error))
        return g_strdup_printf (
            "the locale %s cannot be made: localedef: %s; Debian’s package is locales", name,
            error->message);
    }
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LC_ALL", name, TRUE);
  g_unsetenv ("LANGUAGE");
  if (setlocale (LC_ALL, "") == NULL)
    g_error ("The C library does not take the locale %s", name);
  bindtextdomain (GETTEXT_PACKAGE, WEIR_PO_FOLDER);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return NULL;
}

/**
 * weir_look_has_font:
 *
 * Returns: whether the name of a day can be written
 */
gboolean
weir_look_has_font (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  g_object_unref (context);
  pango_layout_set_text (layout, nl_langinfo (DAY_1), -1);

  return pango_layout_get_unknown_glyphs_count (layout) == 0;
}
