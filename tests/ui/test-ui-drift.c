/* test-ui-drift.c: a field that has changed, from the overview to Accept as Normal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include "weir-sqlite.h"

/* As if the first field of the collection that is known best had come with the last events only. */
static const char DRIFT[] =
    "CREATE TEMP TABLE chosen AS SELECT number, last_number FROM shapes ORDER BY base DESC LIMIT 1;"
    "UPDATE shapes SET since = 20 WHERE number = (SELECT number FROM chosen);"
    "UPDATE shape_fields SET since = 20, first = 1, last = 20, first_at = last_at,"
    " first_number = last_number, before_number = (SELECT last_number FROM chosen)"
    " WHERE shape = (SELECT number FROM chosen);"
    "UPDATE shape_fields SET base = 0 WHERE number = (SELECT min (number) FROM shape_fields"
    " WHERE shape = (SELECT number FROM chosen));";

static WeirDatabase *
open_history (WeirUi *ui)
{
  g_autofree char *plain = g_build_filename (ui->folder, "history.db", NULL);
  g_autofree char *below = g_build_filename (ui->folder, "data", "history.db", NULL);
  g_autoptr (GError) error = NULL;
  WeirDatabase *db =
      weir_database_open (g_file_test (plain, G_FILE_TEST_EXISTS) ? plain : below, NULL, &error);

  g_assert_no_error (error);
  return db;
}

static gboolean
has_learned (WeirDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, &error, "SELECT count (*) FROM shapes WHERE base >= 30", "");

  g_assert_no_error (error);
  g_assert_true (weir_statement_step (statement, &error));
  return weir_statement_get_int (statement, 0) > 0;
}

static void
take_picture (WeirUi *ui, const char *name)
{
  const char *folder = g_getenv ("WEIR_DRIVER_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  weir_driver_settle (ui->driver, 500);
  weir_driver_picture (ui->driver, path);
}

static void
test_accept (WeirUi *ui, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  WeirDatabase *db;
  guint patience = 60;

  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_click (ui, "Main Menu");
  weir_ui_click (ui, "Schema Drift");
  weir_ui_see (ui, "label", "No Schema Drift");
  db = open_history (ui);
  while (!has_learned (db))
    {
      g_assert_cmpuint (patience--, >, 0);
      g_usleep (G_USEC_PER_SEC / 2);
    }
  weir_ui_stop (ui);
  weir_database_exec (db, DRIFT, &error);
  g_assert_no_error (error);
  weir_database_close (db);

  weir_ui_start (ui);
  weir_ui_page (ui, "Overview");
  weir_ui_see (ui, "label", "1 field of sequin*s events is not what it was");
  take_picture (ui, "drift-overview.png");
  weir_ui_click (ui, "Main Menu");
  weir_ui_click (ui, "Schema Drift");
  weir_ui_see (ui, "list item", "*: Appeared, as *");
  weir_ui_see (ui, "label", "An Event Before");
  weir_ui_see (ui, "label", "An Event After");
  take_picture (ui, "drift.png");

  weir_ui_click (ui, "Accept as Normal");
  weir_ui_see (ui, "label", "No Schema Drift");
  take_picture (ui, "drift-none.png");
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "label", "1 field of sequin*s events is not what it was");
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/drift/accept", test_accept);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
