/* weir-settings.c: what the window remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-settings.h"

#define SCHEMA_ID "io.github.weirhq.Weir"

/* The schema compiled beside the program that runs, so that a build needs no installing. */
static GSettingsSchema *
lookup_in_build_tree (GSettingsSchemaSource *parent)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *build = NULL;
  g_autofree char *data = NULL;
  g_autofree char *compiled = NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;

  if (program == NULL)
    return NULL;

  folder = g_path_get_dirname (program);
  build = g_path_get_dirname (folder);
  data = g_build_filename (build, "data", NULL);
  compiled = g_build_filename (data, "gschemas.compiled", NULL);
  if (!g_file_test (compiled, G_FILE_TEST_IS_REGULAR))
    return NULL;

  source = g_settings_schema_source_new_from_directory (data, parent, FALSE, NULL);
  if (source == NULL)
    return NULL;

  return g_settings_schema_source_lookup (source, SCHEMA_ID, FALSE);
}

/**
 * weir_settings_get:
 *
 * Returns: (transfer none) (nullable): the settings of the window, or %NULL where no schema is
 *   installed; then the window has its usual size and remembers nothing
 */
GSettings *
weir_settings_get (void)
{
  static GSettings *settings;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = lookup_in_build_tree (installed);

      if (schema == NULL && installed != NULL)
        schema = g_settings_schema_source_lookup (installed, SCHEMA_ID, TRUE);
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&once, 1);
    }

  return settings;
}
