/* test-weir-paths.c: where state lives and programs are found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-paths.h"

#include <glib/gstdio.h>

static void
assert_private_folder (const char *folder)
{
  GStatBuf info;

  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_xdg (void)
{
  g_autofree char *data = weir_paths_dup_data_dir ();
  g_autofree char *config = weir_paths_dup_config_dir ();
  g_autofree char *expected_data = g_build_filename (g_get_user_data_dir (), "weir", NULL);
  g_autofree char *expected_config = g_build_filename (g_get_user_config_dir (), "weir", NULL);

  g_assert_cmpstr (data, ==, expected_data);
  g_assert_cmpstr (config, ==, expected_config);
  assert_private_folder (data);
  assert_private_folder (config);
}

static void
test_state_dir (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "deep", "state", NULL);
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  g_autofree char *relative = NULL;

  weir_paths_set_state_dir (folder);
  data = weir_paths_dup_data_dir ();
  config = weir_paths_dup_config_dir ();
  g_assert_true (g_str_has_prefix (data, folder));
  g_assert_true (g_str_has_prefix (config, folder));
  assert_private_folder (data);
  assert_private_folder (config);

  /* A program that changes its folder later still finds its state. */
  g_assert_cmpint (g_chdir (folder), ==, 0);
  weir_paths_set_state_dir ("here");
  relative = weir_paths_dup_data_dir ();
  g_assert_true (g_path_is_absolute (relative));
  assert_private_folder (relative);
  g_assert_true (g_file_test ("here", G_FILE_TEST_IS_DIR));
  weir_paths_set_state_dir (NULL);
}

static void
test_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own = weir_paths_dup_program ("test-weir-paths");
  g_autofree char *shell = weir_paths_dup_program ("sh");
  g_autofree char *none = weir_paths_dup_program ("weir-no-such-program");
  g_autofree char *folder = weir_paths_dup_program ("test-weir-paths.p");

  g_assert_cmpstr (own, ==, self);
  g_assert_nonnull (shell);
  g_assert_true (g_path_is_absolute (shell));
  g_assert_null (none);
  g_assert_null (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/weir-paths/xdg", test_xdg);
  g_test_add_func ("/weir-paths/state-dir", test_state_dir);
  g_test_add_func ("/weir-paths/program", test_program);
  return g_test_run ();
}
