/* test-ui-row-focus.c: the keyboard stays at its row, whatever becomes of the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-accessible.h"
#include "weir-record-set.h"
#include "weir-row-focus.h"
#include "weir-table.h"
#include "weir-test-loop.h"

#include <adwaita.h>
#include <locale.h>
#include <string.h>

typedef struct
{
  WeirAccount *account;
  WeirRecordSet *set;
  WeirRecordList *list;
  GtkWindow *window;
  GtkWidget *button; /* what GTK would give the focus to */
  WeirTable *table;
  GtkWidget *view; /* the list inside it */
  const char *hidden;
  guint n_moves; /* of the focus */
} Fixture;

static WeirRecord *
find_record (Fixture *fixture, const char *id)
{
  return weir_record_set_find (fixture->set, fixture->account, id);
}

static void
put (Fixture *fixture, const char *id, const char *name)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\"}", id, name);
  g_autoptr (WeirRecord) record = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  record = weir_record_new (WEIR_RECORD_TENANT, fixture->account, id, name, json);
  weir_record_set_put (fixture->set, record);
}

static char *
dup_name (gpointer item, gpointer user_data)
{
  return g_strdup (weir_record_get_name (item));
}

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->hidden == NULL || strstr (weir_record_get_name (item), fixture->hidden) == NULL;
}

static const WeirColumn columns[] = {
  { .id = "name", .title = "Name", .flags = WEIR_COLUMN_MAIN, .min_chars = 10, .text = dup_name },
  { .id = "again", .title = "Again", .min_chars = 10, .text = dup_name },
};

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_INSCRIPTION (widget)
      && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;

  return FALSE;
}

static gboolean
has_focus (Fixture *fixture, const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, fixture->view) && has_label (focus, name);
}

/* A busy machine is no failure. */
static void
assert_focus (Fixture *fixture, const char *name)
{
  weir_test_run_for (100);
  for (guint i = 0; i < 50 && !has_focus (fixture, name); i++)
    weir_test_run_for (100);
  g_assert_true (has_focus (fixture, name));
}

static void
focus_cb (Fixture *fixture)
{
  fixture->n_moves++;
}

/* On the row "c" of a to f. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->account = weir_account_new (NULL, "A", "membrane", "http://127.0.0.1:1", WEIR_AUTH_TOKEN,
                                       NULL, NULL, NULL, FALSE);
  fixture->set = weir_record_set_new ();
  for (const char *name = "abcdef"; name[0] != '\0'; name++)
    {
      const char id[] = { name[0], '\0' };

      put (fixture, id, id);
    }
  fixture->list = weir_record_list_new (G_LIST_MODEL (fixture->set));
  fixture->table = weir_table_new (fixture->list, columns, G_N_ELEMENTS (columns), NULL, "Letters");
  weir_table_sort_by (fixture->table, "name", GTK_SORT_ASCENDING);
  weir_record_list_set_filter (fixture->list, filter_item, fixture);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->table), TRUE);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 500, 400);
  fixture->button = gtk_button_new_with_label ("Before");
  gtk_box_append (GTK_BOX (box), fixture->button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->table));
  gtk_window_set_child (fixture->window, box);
  gtk_window_present (fixture->window);
  weir_test_run_for (300);

  /* no row had it yet */
  gtk_widget_grab_focus (GTK_WIDGET (fixture->table));
  fixture->view =
      gtk_widget_get_ancestor (gtk_window_get_focus (fixture->window), GTK_TYPE_LIST_VIEW);
  g_assert_nonnull (fixture->view);
  assert_focus (fixture, "a");
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 2, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->table));
  assert_focus (fixture, "c");
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (fixture->list));
  gtk_widget_grab_focus (fixture->button);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->table));
  assert_focus (fixture, "c");
  g_signal_connect_swapped (fixture->window, "notify::focus-widget", G_CALLBACK (focus_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  weir_record_list_set_filter (fixture->list, NULL, NULL);
  gtk_window_destroy (fixture->window);
  weir_test_run_for (20);
  g_assert_finalize_object (fixture->list);
  g_object_unref (fixture->set);
  g_object_unref (fixture->account);
}

/* News of the row, and of others, does not move it: a screen reader would read the row again. */
static void
test_news (Fixture *fixture, gconstpointer unused)
{
  put (fixture, "c", "cc");
  assert_focus (fixture, "cc");
  put (fixture, "a", "aa");
  put (fixture, "g", "g");
  put (fixture, "0", "0");
  assert_focus (fixture, "cc");
  weir_record_set_remove (fixture->set, find_record (fixture, "b"));
  assert_focus (fixture, "cc");
  g_assert_cmpuint (fixture->n_moves, ==, 0);
}

/* Its row goes elsewhere. */
static void
test_order (Fixture *fixture, gconstpointer unused)
{
  put (fixture, "c", "x");
  assert_focus (fixture, "x");
  weir_table_sort_by (fixture->table, "name", GTK_SORT_DESCENDING);
  assert_focus (fixture, "x");
  weir_table_sort_by (fixture->table, "again", GTK_SORT_ASCENDING);
  assert_focus (fixture, "x");
}

/* It goes away: the next one has its place, or the last. */
static void
test_gone (Fixture *fixture, gconstpointer unused)
{
  weir_record_set_remove (fixture->set, find_record (fixture, "c"));
  assert_focus (fixture, "d");
  fixture->hidden = "d";
  weir_record_list_refilter (fixture->list);
  assert_focus (fixture, "e");
  weir_record_set_remove (fixture->set, find_record (fixture, "f"));
  weir_record_set_remove (fixture->set, find_record (fixture, "e"));
  assert_focus (fixture, "b");
}

/* It goes beyond the rows that have widgets. */
static void
test_far (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("d%u", i);

      put (fixture, name, name);
    }
  assert_focus (fixture, "c");
  put (fixture, "c", "z");
  assert_focus (fixture, "z");
  put (fixture, "c", "0");
  assert_focus (fixture, "0");
}

/* It is out of sight, and its row goes elsewhere: what is read stays where it is. */
static void
test_out_of_sight (Fixture *fixture, gconstpointer unused)
{
  GtkAdjustment *adjustment = weir_table_get_vadjustment (fixture->table);
  double before;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("d%u", i);

      put (fixture, name, name);
    }
  assert_focus (fixture, "c");
  /* the top is kept while the rows are new */
  before = gtk_adjustment_get_upper (adjustment) / 2;
  for (guint i = 0; i < 20 && ABS (gtk_adjustment_get_value (adjustment) - before) > 1; i++)
    {
      gtk_adjustment_set_value (adjustment, before);
      weir_test_run_for (200);
    }
  put (fixture, "c", "z");
  weir_test_run_for (300);
  g_assert_cmpfloat (ABS (gtk_adjustment_get_value (adjustment) - before), <, 80);
  put (fixture, "c", "0");
  weir_test_run_for (300);
  g_assert_cmpfloat (ABS (gtk_adjustment_get_value (adjustment) - before), <, 80);
}

/* All rows go, and come again; who went elsewhere meanwhile stays there. */
static void
test_none (Fixture *fixture, gconstpointer unused)
{
  fixture->hidden = "";
  weir_record_list_refilter (fixture->list);
  weir_test_run_for (100);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  fixture->hidden = "f";
  weir_record_list_refilter (fixture->list);
  assert_focus (fixture, "c");

  fixture->hidden = "";
  weir_record_list_refilter (fixture->list);
  gtk_widget_grab_focus (fixture->button);
  fixture->hidden = NULL;
  weir_record_list_refilter (fixture->list);
  weir_test_run_for (100);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->button);
}

static double
get_y (GtkWidget *widget, GtkWidget *of)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, of, &bounds));

  return bounds.origin.y;
}

static GtkWidget *
find_row (Fixture *fixture, const char *name)
{
  for (GtkWidget *row = gtk_widget_get_first_child (fixture->view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (has_label (row, name))
      return row;

  return NULL;
}

/* The focus comes to a page that is shown for the first time, and so do new rows. */
static void
test_first_page (Fixture *fixture, gconstpointer unused)
{
  WeirTable *table =
      weir_table_new (fixture->list, columns, G_N_ELEMENTS (columns), NULL, "Letters again");
  GtkStack *pages = GTK_STACK (gtk_stack_new ());
  GtkWidget *row;

  gtk_stack_add_named (pages, gtk_button_new (), "button");
  gtk_stack_add_named (pages, GTK_WIDGET (table), "table");
  gtk_window_set_child (fixture->window, GTK_WIDGET (pages));
  weir_test_run_for (100);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("d%u", i);

      put (fixture, name, name);
    }
  weir_test_run_for (100);

  weir_table_sort_by (table, "name", GTK_SORT_ASCENDING);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 2, TRUE);
  gtk_stack_set_visible_child (pages, GTK_WIDGET (table));
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (table)));
  put (fixture, "0", "0");
  put (fixture, "1", "1");
  weir_record_list_flush (fixture->list);
  weir_test_run_for (200);

  fixture->view =
      gtk_widget_get_ancestor (gtk_window_get_focus (fixture->window), GTK_TYPE_LIST_VIEW);
  assert_focus (fixture, "c");
  row = find_row (fixture, "0");
  g_assert_nonnull (row);
  g_assert_cmpfloat (get_y (row, fixture->view), ==, 0);
}

static void
put_before (Fixture *fixture)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("0%u", i);

      put (fixture, name, name);
    }
  weir_record_list_flush (fixture->list);
  weir_test_run_for (200);
}

/* Who does not see it hears of it only when it is shown, too. */
static void
assert_shown_focus (Fixture *fixture, const char *name)
{
  GtkWidget *row;
  double y;

  assert_focus (fixture, name);
  row = find_row (fixture, name);
  g_assert_true (gtk_widget_get_mapped (row));
  y = get_y (row, fixture->view);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (y + gtk_widget_get_height (row), <=, gtk_widget_get_height (fixture->view));
}

static void
go_away (Fixture *fixture, double share)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));

  gtk_widget_grab_focus (fixture->button);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * share);
  weir_test_run_for (200);
}

/* Back to the row that had it, which was scrolled away. */
static void
test_scrolled (Fixture *fixture, gconstpointer unused)
{
  put_before (fixture);
  go_away (fixture, 0);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->table));
  assert_shown_focus (fixture, "c");
  go_away (fixture, 0.5);
  gtk_widget_child_focus (GTK_WIDGET (fixture->table), GTK_DIR_TAB_BACKWARD);
  assert_shown_focus (fixture, "c");

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 502, TRUE);
  go_away (fixture, 0);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->table));
  assert_shown_focus (fixture, "c");
}

/* Tab comes back to the row, from either side. It goes along all rows of GTK 4.8, and of a later one out of the list. */
static void
test_tab (Fixture *fixture, gconstpointer unused)
{
  gboolean later =
      g_object_class_find_property (G_OBJECT_GET_CLASS (fixture->view), "tab-behavior") != NULL;

  for (guint i = 0; later && i < 3; i++)
    gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD);
  g_assert_true (later
                 != gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), fixture->view));

  gtk_widget_grab_focus (fixture->button);
  gtk_widget_child_focus (GTK_WIDGET (fixture->table), GTK_DIR_TAB_BACKWARD);
  assert_shown_focus (fixture, "c");
  gtk_widget_grab_focus (fixture->button);
  gtk_widget_child_focus (fixture->view, GTK_DIR_TAB_FORWARD);
  assert_shown_focus (fixture, "c");
}

static void
come (Fixture *fixture, GtkDirectionType direction)
{
  gtk_widget_grab_focus (fixture->button);
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), direction);
}

/* An arrow key leads into the list as Tab does, and never to what is around the rows. */
static void
test_arrow (Fixture *fixture, gconstpointer unused)
{
  come (fixture, GTK_DIR_DOWN);
  assert_shown_focus (fixture, "c");
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->list), 4, TRUE);
  come (fixture, GTK_DIR_DOWN);
  assert_shown_focus (fixture, "e");
  come (fixture, GTK_DIR_TAB_BACKWARD);
  assert_shown_focus (fixture, "e");

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (fixture->list));
  put_before (fixture);
  go_away (fixture, 0.5);
  come (fixture, GTK_DIR_DOWN);
  assert_shown_focus (fixture, "e");

  /* without rows it is the list, which is named, and Tab goes on from there */
  gtk_widget_grab_focus (fixture->button);
  fixture->hidden = "";
  weir_record_list_refilter (fixture->list);
  weir_test_run_for (100);
  come (fixture, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (fixture->window) == fixture->view);
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (fixture->window) != fixture->view);
}

/* By one that had the focus in no row yet. */
static void
renew_table (Fixture *fixture)
{
  GtkBox *box = GTK_BOX (gtk_widget_get_parent (fixture->button));

  gtk_widget_grab_focus (fixture->button);
  gtk_box_remove (box, GTK_WIDGET (fixture->table));
  fixture->table =
      weir_table_new (fixture->list, columns, G_N_ELEMENTS (columns), NULL, "Letters again");
  weir_table_sort_by (fixture->table, "name", GTK_SORT_ASCENDING);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->table), TRUE);
  gtk_box_append (box, GTK_WIDGET (fixture->table));
  weir_test_run_for (200);
}

/* The first that a list had is not the first any more when the focus comes, though it is in sight. */
static void
test_second_row (Fixture *fixture, gconstpointer by_tab)
{
  renew_table (fixture);
  put (fixture, "0", "0");
  weir_record_list_flush (fixture->list);
  weir_test_run_for (200);

  gtk_widget_child_focus (GTK_WIDGET (fixture->table),
                          by_tab != NULL ? GTK_DIR_TAB_BACKWARD : GTK_DIR_DOWN);
  fixture->view =
      gtk_widget_get_ancestor (gtk_window_get_focus (fixture->window), GTK_TYPE_LIST_VIEW);
  g_assert_nonnull (fixture->view);
  assert_shown_focus (fixture, "0");
}

/* The same, and far away. */
static void
test_first_row (Fixture *fixture, gconstpointer by_tab)
{
  renew_table (fixture);
  put_before (fixture);

  if (by_tab != NULL)
    gtk_widget_child_focus (GTK_WIDGET (fixture->table), GTK_DIR_TAB_BACKWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (fixture->table));
  fixture->view =
      gtk_widget_get_ancestor (gtk_window_get_focus (fixture->window), GTK_TYPE_LIST_VIEW);
  assert_shown_focus (fixture, "00");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  weir_accessible_init ();
  g_test_add ("/ui/row-focus/news", Fixture, NULL, set_up, test_news, tear_down);
  g_test_add ("/ui/row-focus/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/ui/row-focus/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/ui/row-focus/far", Fixture, NULL, set_up, test_far, tear_down);
  g_test_add ("/ui/row-focus/out-of-sight", Fixture, NULL, set_up, test_out_of_sight, tear_down);
  g_test_add ("/ui/row-focus/none", Fixture, NULL, set_up, test_none, tear_down);
  g_test_add ("/ui/row-focus/first-page", Fixture, NULL, set_up, test_first_page, tear_down);
  g_test_add ("/ui/row-focus/scrolled", Fixture, NULL, set_up, test_scrolled, tear_down);
  g_test_add ("/ui/row-focus/tab", Fixture, NULL, set_up, test_tab, tear_down);
  g_test_add ("/ui/row-focus/arrow", Fixture, NULL, set_up, test_arrow, tear_down);
  g_test_add ("/ui/row-focus/second-row", Fixture, NULL, set_up, test_second_row, tear_down);
  g_test_add ("/ui/row-focus/second-row-by-tab", Fixture, "tab", set_up, test_second_row,
              tear_down);
  g_test_add ("/ui/row-focus/first-row", Fixture, NULL, set_up, test_first_row, tear_down);
  g_test_add ("/ui/row-focus/first-row-by-tab", Fixture, "tab", set_up, test_first_row, tear_down);

  return g_test_run ();
}
