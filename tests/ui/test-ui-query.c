/* test-ui-query.c: the query bar, facets, saved views and export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-ui-fixture.h"

#include <string.h>

static void
open_page (WeirUi *ui)
{
  weir_ui_add_account (ui, "membrane");
  weir_ui_add_account (ui, "sequin");
  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "membrane");
  /* its events need not be in view, but they are counted */
  weir_ui_see (ui, "check box", "sequin, *");
  weir_ui_click (ui, "Pause");
  weir_driver_settle (ui->driver, 1500); /* what was on its way */
}

/* Until the count is as it should be. */
static guint
wait_count (WeirUi *ui, guint from, guint to)
{
  guint count = 0;

  for (guint i = 0; i < 100; i++)
    {
      count = weir_ui_count (ui);
      if (count >= from && count <= to)
        return count;
      weir_driver_settle (ui->driver, 100);
    }
  g_error ("%u rows are shown, not %u to %u", count, from, to);
}

/* By the keyboard alone: a field, a value of it, and the answer. */
static void
test_completion (WeirUi *ui, gconstpointer unused)
{
  guint n_all;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_driver_key (ui->driver, "ctrl+f");
  weir_driver_write (ui->driver, "ki");
  weir_ui_see (ui, "list item", "kind:, *");
  weir_driver_key (ui->driver, "Tab");
  weir_ui_see (ui, "list item", "created, *");
  weir_driver_write (ui->driver, "cr");
  weir_ui_see_gone (ui, "list item", "updated, *");
  weir_driver_key (ui->driver, "Down");
  weir_driver_key (ui->driver, "Return");
  wait_count (ui, 1, n_all - 1);
  weir_ui_see_gone (ui, "list item", "created, *");
  weir_ui_see_row (ui, "Events", NULL, "Created");
  g_assert_null (weir_driver_find_row (ui->driver, "Events", NULL, "Updated"));

  /* a path from the payloads; Escape closes the list and then takes the query away */
  weir_driver_write (ui->driver, "data.na");
  weir_ui_see (ui, "list item", "data.*name:*");
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "list item", "data.*name:*");
  weir_driver_key (ui->driver, "Escape");
  wait_count (ui, n_all, G_MAXUINT);

  weir_driver_write (ui->driver, "status:success ");
  weir_driver_key (ui->driver, "ctrl+shift+e");
  weir_ui_see (ui, "label", "How the Query Is Read");
  weir_ui_see (ui, "label", "*status*success*");
  weir_ui_see (ui, "label", "* events, answered in *");
}

/* What a screen reader says of the query after its name. */
static void
see_spoken (WeirUi *ui, const char *part)
{
  g_autoptr (WeirThing) focus = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_clear_pointer (&focus, weir_thing_free);
      focus = weir_driver_find_focus (ui->driver);
      if (focus != NULL && g_str_equal (focus->name, "Query")
          && g_pattern_match_simple (part, focus->description))
        return;
      weir_driver_settle (ui->driver, 100);
    }
  g_error ("“%s” is not said of “%s” but “%s”", part, focus != NULL ? focus->name : "",
           focus != NULL ? focus->description : "");
}

/* Later GTK announces how many there are, and then nothing is said of the query. */
static void
see_right (WeirUi *ui)
{
  g_autoptr (WeirThing) query = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_clear_pointer (&query, weir_thing_free);
      query = weir_driver_find (ui->driver, NULL, "text", "Query");
      if (query != NULL
          && (query->description[0] == '\0'
              || g_pattern_match_simple ("* events", query->description)))
        return;
      weir_driver_settle (ui->driver, 100);
    }
  g_error ("“%s” is still said of the query", query != NULL ? query->description : "");
}

/* The word is named, with a remedy, and one may go on typing. */
static void
test_problem (WeirUi *ui, gconstpointer unused)
{
  guint n_all;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_driver_key (ui->driver, "ctrl+l");
  weir_ui_type (ui, "Query", "acount:sequin ");
  weir_ui_see (ui, "label", "*“acount”*account:*");
  weir_ui_see (ui, "label", "The rows are still those of the query before.");
  see_spoken (ui, "*“acount”*account:*");
  wait_count (ui, n_all, n_all);
  /* how it is read is not how the one before it is */
  weir_driver_key (ui->driver, "ctrl+shift+e");
  weir_ui_see (ui, "label", "How the Query Is Read");
  g_assert_null (weir_driver_find (ui->driver, NULL, "label", "* of * events*"));
  weir_driver_key (ui->driver, "Escape");
  weir_ui_see_gone (ui, "label", "How the Query Is Read");
  weir_driver_key (ui->driver, "ctrl+l");
  weir_driver_key (ui->driver, "ctrl+a");
  weir_driver_write (ui->driver, "account:sequin ");
  weir_ui_see_gone (ui, "label", "*“acount”*");
  weir_ui_see_gone (ui, "label", "The rows are still those of the query before.");
  see_right (ui);
  wait_count (ui, 1, n_all - 1);
}

/* What is a query but reads like one in another language: seen, said, and still answered. */
static void
test_hint (WeirUi *ui, gconstpointer unused)
{
  guint n_all;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_driver_key (ui->driver, "ctrl+l");
  weir_driver_write (ui->driver, "kind:updated OR kind:created ");
  weir_ui_see (ui, "label", "“OR” is looked for as a word.*kind:created kind:updated.*");
  g_assert_null (weir_driver_find (ui->driver, NULL, "label",
                                   "The rows are still those of the query before."));
  see_spoken (ui, "*“OR” is looked for as a word.*");
  wait_count (ui, 0, n_all - 1);
  weir_driver_key (ui->driver, "ctrl+shift+e");
  weir_ui_see (ui, "label", "*a word begins with “OR”*“OR” is looked for as a word.*");
  weir_driver_key (ui->driver, "Escape");
  weir_driver_key (ui->driver, "ctrl+l");
  weir_driver_key (ui->driver, "ctrl+a");
  weir_driver_write (ui->driver, "kind:updated kind:created ");
  weir_ui_see_gone (ui, "label", "“OR” is looked for as a word.*");
  see_right (ui);

  /* a value that is written wrong; and one that is not, but not of such events */
  weir_driver_key (ui->driver, "ctrl+a");
  weir_driver_write (ui->driver, "account:SEQUIN kind:updatet ");
  weir_ui_see (ui, "label", "None of*matches the query.*No event has the kind “updatet”.*");
  weir_driver_key (ui->driver, "ctrl+a");
  weir_driver_write (ui->driver, "kind:updated nothing-is-called-so ");
  weir_ui_see_gone (ui, "label", "*No event has the kind*");
  weir_ui_see (ui, "label", "None of*matches the query.*");
}

static guint
read_number (WeirUi *ui, const char *role, const char *name)
{
  g_autoptr (WeirThing) thing = weir_driver_wait (ui->driver, NULL, role, name);

  g_assert_nonnull (thing);
  return (guint) g_ascii_strtoull (strstr (thing->name, ", ") + 2, NULL, 10);
}

static void
toggle (WeirUi *ui, const char *name)
{
  g_autoptr (WeirThing) thing = weir_driver_wait (ui->driver, NULL, "check box", name);

  g_assert_nonnull (thing);
  g_assert_true (weir_driver_press (ui->driver, thing));
}

static void
test_facets (WeirUi *ui, gconstpointer unused)
{
  guint n_all;
  guint n_created;
  guint n_updated;

  open_page (ui);
  n_all = weir_ui_count (ui);
  n_created = read_number (ui, "check box", "Created, * events");
  n_updated = read_number (ui, "check box", "Updated, * events");
  g_assert_cmpuint (n_created + n_updated, <, n_all);

  /* values of one field: either */
  toggle (ui, "Created, *");
  wait_count (ui, n_created, n_created + 20);
  toggle (ui, "Updated, *");
  wait_count (ui, n_created + n_updated, n_created + n_updated + 40);
  toggle (ui, "Created, *");
  wait_count (ui, n_updated, n_updated + 20);
  /* and another field as well */
  toggle (ui, "Sequin, *");
  wait_count (ui, 1, n_updated + 20);
  weir_driver_key (ui->driver, "ctrl+shift+l");
  wait_count (ui, n_all, G_MAXUINT);
}

static void
test_views (WeirUi *ui, gconstpointer unused)
{
  guint n_all;
  guint n_created;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_ui_type (ui, "Query", "kind:created");
  n_created = wait_count (ui, 1, n_all - 1);
  weir_driver_key (ui->driver, "ctrl+d");
  weir_ui_type (ui, "Name of the view", "New ones");
  weir_ui_click (ui, "*Save"); /* GTK 4.8 calls the button “Save Save” */
  weir_ui_see (ui, "label", "“New ones” is saved");
  weir_ui_stop (ui);

  weir_ui_start (ui);
  weir_ui_page (ui, "Timeline");
  weir_ui_see_row (ui, "Events", NULL, "Updated");
  weir_ui_click (ui, "Saved Views and*");
  weir_ui_see (ui, "list item", "New ones");
  weir_ui_click (ui, "Rename “New ones”");
  weir_ui_type (ui, "Name of the view", "Created");
  weir_ui_click (ui, "*Rename");
  weir_ui_click (ui, "Saved Views and*");
  weir_ui_see (ui, "list item", "Created");
  weir_driver_key (ui->driver, "Return");
  wait_count (ui, n_created, n_created + 200);
  g_assert_null (weir_driver_find_row (ui->driver, "Events", NULL, "Updated"));

  weir_ui_click (ui, "Saved Views and*");
  weir_ui_click (ui, "Remove “Created”");
  weir_ui_see (ui, "label", "“Created” is removed");
  weir_ui_click (ui, "Undo");
  weir_ui_click (ui, "Saved Views and*");
  weir_ui_see (ui, "list item", "Created");
}

static GHashTable *
read_lines (const char *text)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0')
        g_hash_table_add (lines, g_strdup (parts[i]));
    }

  return lines;
}

/* What is in the file is what weirctl exports, which may have found newer ones. */
static void
test_export (WeirUi *ui, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (ui->folder, "out.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer line;
  guint n_all;
  guint count;

  open_page (ui);
  n_all = weir_ui_count (ui);
  weir_ui_type (ui, "Query", "kind:created");
  count = wait_count (ui, 1, n_all - 1);
  weir_driver_key (ui->driver, "ctrl+shift+x");
  weir_ui_see (ui, "label", "* events: exactly what the timeline shows*");
  weir_ui_click (ui, "Export…");
  weir_driver_settle (ui->driver, 1000);
  weir_driver_key (ui->driver, "ctrl+a");
  weir_driver_write (ui->driver, path);
  weir_driver_key (ui->driver, "Return");
  weir_ui_see (ui, "label", "* exported to “out.jsonl”");

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = read_lines (text);
  g_assert_cmpuint (g_hash_table_size (lines), ==, count);
  weir_driver_key (ui->driver, "ctrl+d");
  weir_ui_type (ui, "Name of the view", "created");
  weir_ui_click (ui, "*Save");
  weir_ui_see (ui, "label", "“created” is saved");
  all = weir_ui_weirctl (ui, NULL, "export --query @created --format jsonl");
  known = read_lines (all);
  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    g_assert_true (g_hash_table_contains (known, line));
}

static void
add_tests (void)
{
  weir_ui_add ("/ui/query/completion", test_completion);
  weir_ui_add ("/ui/query/problem", test_problem);
  weir_ui_add ("/ui/query/hint", test_hint);
  weir_ui_add ("/ui/query/facets", test_facets);
  weir_ui_add ("/ui/query/views", test_views);
  weir_ui_add ("/ui/query/export", test_export);
}

int
main (int argc, char **argv)
{
  return weir_ui_run (argc, argv, add_tests);
}
