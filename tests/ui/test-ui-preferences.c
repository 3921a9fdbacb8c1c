/* test-ui-preferences.c: what is beyond the limits of the history is deleted on demand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include <string.h>

static gint64
read_int (const char *line, const char *member)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", member);
  const char *found = strstr (line, key);

  g_assert_nonnull (found);
  return g_ascii_strtoll (found + strlen (key), NULL, 10);
}

/* ISO times compare as texts do. */
static char *
read_oldest (const char *line)
{
  const char *found = strstr (line, "\"oldest\":\"");

  g_assert_nonnull (found);
  return g_strndup (found + strlen ("\"oldest\":\""), strlen ("2026-01-31T18:00:00"));
}

static void
test_delete (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (ui->folder, "preferences.json", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *gaps = NULL;
  g_autofree char *oldest_before = NULL;
  g_autofree char *oldest_after = NULL;

  weir_ui_add_account (ui, "sequin");
  g_free (weir_ui_weirctl (ui, NULL, "sync"));
  before = weir_ui_weirctl (ui, NULL, "history --account sequin");
  g_assert_cmpint (read_int (before, "events"), >, 0);
  g_assert_nonnull (strstr (before, "\"limit_days\":null"));

  g_assert_true (g_file_set_contents (
      path, "{\"version\":1,\"historyLimits\":{\"default\":{\"days\":1}}}", -1, NULL));
  weir_ui_start (ui);
  weir_driver_key (ui->driver, "ctrl+comma");
  weir_ui_see (ui, NULL, "*Keep of Each Account*");
  weir_ui_see (ui, "label", "* events, *, since *");
  weir_ui_click (ui, "Delete Older Now…");
  weir_ui_see (ui, "label", "Delete Older Events?");
  weir_ui_click (ui, "Delete");
  weir_ui_see (ui, "label", "* events deleted");

  after = weir_ui_weirctl (ui, NULL, "history --account sequin");
  oldest_before = read_oldest (before);
  oldest_after = read_oldest (after);
  g_assert_cmpstr (oldest_after, >, oldest_before);
  g_assert_cmpint (read_int (after, "limit_days"), ==, 1);
  gaps = weir_ui_weirctl (ui, NULL, "gaps");
  g_assert_nonnull (strstr (gaps, "\"deleted\""));
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/preferences/delete", test_delete);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
