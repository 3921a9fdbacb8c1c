/* test-ui-timeline-rows.c: the timeline's view shows the rows that there are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-cell.h"
#include "weir-history-fixture.h"
#include "weir-row.h"
#include "weir-test-loop.h"
#include "weir-timeline-item.h"
#include "weir-timeline-view.h"

#include <locale.h>

/* Events of one account, then of one that goes, then of the first again: the oldest first. */
typedef struct
{
  guint before;
  guint going;
  guint after;
} Kind;

typedef struct
{
  HistoryFixture history;
  WeirTimelineModel *model;
  WeirMonitor *monitor;
  GtkWidget *view;
  GtkWindow *window;
  GtkAdjustment *adjustment;
} Fixture;

static void
append (Fixture *fixture,
        WeirAccount *account,
        const char *cursor,
        const char *next,
        guint first,
        guint n)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_ptr_array_add (events,
                       history_make_event (account, id, "created", "s1", "c", (int) i, "{}"));
    }
  g_free (history_append (fixture->history.history, account, cursor, events, next, NULL).cursor);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (WeirAccount) other = history_make_account ("uuid-2", "Other");
  g_autoptr (WeirAccountStore) store = weir_account_store_new ("/nowhere/accounts.json", NULL);

  history_fixture_set_up (&fixture->history, NULL);
  if (kind->before > 0)
    append (fixture, fixture->history.account, NULL, "c1", 0, kind->before);
  append (fixture, other, NULL, "x1", kind->before, kind->going);
  append (fixture, fixture->history.account, kind->before > 0 ? "c1" : NULL, "c2",
          kind->before + kind->going, kind->after);
  fixture->model = weir_timeline_model_new (fixture->history.history);
  fixture->monitor = weir_monitor_new (store, fixture->history.history);
  fixture->view = weir_timeline_view_new (fixture->model, fixture->monitor);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->view);
  gtk_window_set_default_size (fixture->window, 900, 400);
  gtk_window_present (fixture->window);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (find (fixture->view, GTK_TYPE_SCROLLED_WINDOW)));
  weir_timeline_model_set_active (fixture->model, TRUE);
  WEIR_TEST_WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->model))
                        == kind->before + kind->going + kind->after);
  weir_test_run_for (600);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_object_run_dispose (G_OBJECT (fixture->model));
  g_clear_object (&fixture->model);
  g_clear_object (&fixture->monitor);
  WEIR_TEST_WAIT_UNTIL (G_OBJECT (fixture->history.history)->ref_count == 1);
  history_fixture_tear_down (&fixture->history, NULL);
}

/* Each cell shows what there is at its place. */
static void
check_cells (Fixture *fixture, GtkWidget *widget, GHashTable *seen)
{
  if (WEIR_IS_CELL (widget))
    {
      GtkListItem *list_item = weir_cell_get_list_item (WEIR_CELL (widget));
      guint position = gtk_list_item_get_position (list_item);
      g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), position);

      g_assert_nonnull (row);
      g_assert_cmpint (
          WEIR_TIMELINE_ITEM (weir_row_get_item (gtk_list_item_get_item (list_item)))->id, ==,
          WEIR_TIMELINE_ITEM (weir_row_get_item (row))->id);
      if (gtk_widget_get_child_visible (gtk_widget_get_parent (gtk_widget_get_parent (widget))))
        g_hash_table_add (seen, GUINT_TO_POINTER (position));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_cells (fixture, child, seen);
}

static void
check (Fixture *fixture)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  check_cells (fixture, fixture->view, seen);
  g_assert_cmpuint (g_hash_table_size (seen), >=, 8);
}

/* GTK has widgets for what is selected and what is seen, and none for the rows between, where those begin that go. */
static void
test_removal (Fixture *fixture, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (GError) error = NULL;

  weir_timeline_view_scroll_to (WEIR_TIMELINE_VIEW (fixture->view), 0, TRUE);
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_upper (fixture->adjustment));
  weir_test_run_for (300);
  check (fixture);

  g_assert_true (weir_history_remove_account (fixture->history.history, "uuid-2", &error));
  g_assert_no_error (error);
  WEIR_TEST_WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->model))
                        == kind->before + kind->after);
  weir_test_run_for (600);
  check (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), >,
                     gtk_adjustment_get_upper (fixture->adjustment) / 2);
  gtk_adjustment_set_value (fixture->adjustment, 0);
  weir_test_run_for (300);
  check (fixture);
}

int
main (int argc, char **argv)
{
  static const Kind kinds[] = { { 0, 300, 300 }, { 200, 150, 500 } };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/timeline-rows/oldest", Fixture, &kinds[0], set_up, test_removal, tear_down);
  g_test_add ("/ui/timeline-rows/between", Fixture, &kinds[1], set_up, test_removal, tear_down);

  return g_test_run ();
}
