/* weir-paths.c: where state lives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-paths.h"

#include "weir-config.h"

#include <glib/gstdio.h>

static char *state_dir;

/* Where the programs of a build tree stand, seen from any of them or from a test of theirs. */
static const char *const build_folders[] = {
  "../hub", "../cli",    "../ui",         "hub",           "cli",          "ui",
  "..",     "../../src", "../../src/hub", "../../src/cli", "../../src/ui",
};

/* A folder that cannot be made is told by whoever opens the file in it, with the file's name. */
static char *
make_folder (char *folder)
{
  g_mkdir_with_parents (folder, 0700);
  return folder;
}

static char *
find_program_in (const char *base, const char *folder, const char *name)
{
  g_autofree char *joined = g_build_filename (base, folder, name, NULL);

  if (!g_file_test (joined, G_FILE_TEST_IS_EXECUTABLE)
      || !g_file_test (joined, G_FILE_TEST_IS_REGULAR))
    return NULL;
  return g_canonicalize_filename (joined, NULL);
}

/**
 * weir_paths_set_state_dir:
 * @folder: (nullable): the folder given with `--state-dir`, or %NULL for the XDG folders
 *
 * Puts all of Weir's state under @folder. To be called once, before anything is opened and before
 * any thread exists.
 */
void
weir_paths_set_state_dir (const char *folder)
{
  g_free (state_dir);
  state_dir = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;
}

/**
 * weir_paths_dup_data_dir:
 *
 * The folder of the history and of the embedded hub's file; it is made, for its owner only, when
 * it is missing.
 *
 * Returns: (transfer full): an absolute path
 */
char *
weir_paths_dup_data_dir (void)
{
  if (state_dir != NULL)
    return make_folder (g_strdup (state_dir));
  return make_folder (g_build_filename (g_get_user_data_dir (), "weir", NULL));
}

/**
 * weir_paths_dup_config_dir:
 *
 * The folder of the accounts; it is made, for its owner only, when it is missing.
 *
 * Returns: (transfer full): an absolute path
 */
char *
weir_paths_dup_config_dir (void)
{
  if (state_dir != NULL)
    return make_folder (g_strdup (state_dir));
  return make_folder (g_build_filename (g_get_user_config_dir (), "weir", NULL));
}

/**
 * weir_paths_dup_program:
 * @name: a program of Weir's, such as `weir-hub`
 *
 * Looks beside the running program first, so that a build tree never starts an installed one, then
 * in the PATH.
 *
 * Returns: (transfer full) (nullable): an absolute path, or %NULL if there is none
 */
char *
weir_paths_dup_program (const char *name)
{
  g_autofree char *exe = NULL;
  g_autofree char *folder = NULL;
  char *found;

  g_return_val_if_fail (name != NULL && *name != '\0', NULL);

  exe = g_file_read_link ("/proc/self/exe", NULL);
  if (exe == NULL)
    return g_find_program_in_path (name);

  folder = g_path_get_dirname (exe);
  found = find_program_in (folder, ".", name);
  if (found == NULL && g_strcmp0 (folder, WEIR_BINDIR) != 0)
    for (gsize i = 0; i < G_N_ELEMENTS (build_folders) && found == NULL; i++)
      found = find_program_in (folder, build_folders[i], name);
  return found != NULL ? found : g_find_program_in_path (name);
}
