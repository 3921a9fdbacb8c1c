/* test-ui-error-list.c: the page of errors while there is news
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-error-row.h"
#include "weir-errors-page.h"
#include "weir-history-fixture.h"
#include "weir-pull-run.h"
#include "weir-test-loop.h"
#include "weir-time.h"

#include <locale.h>
#include <string.h>

/* of weir-resources.h, which is made while Weir is built */
GResource *weir_get_resource (void);

#define N_GROUPS 150u

typedef struct
{
  HistoryFixture history;
  WeirMonitor *monitor;
  GtkWidget *page;
  GtkWindow *window;
  GtkAdjustment *adjustment;
} Fixture;

/* Numbers do not tell causes apart. */
static void
put (Fixture *fixture, guint group, guint second)
{
  g_autofree char *end = weir_time_to_iso (HISTORY_TIME + second * G_TIME_SPAN_SECOND);
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"p%u\",\"endDatetime\":\"%s\",\"error\":{\"message\":\"Cause %c%c\"}}", group, end,
      'A' + group / 26, 'A' + group % 26);
  g_autoptr (WeirPullRun) pull = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  pull = weir_pull_run_new (fixture->history.account, json, NULL);
  g_assert_nonnull (pull);
  weir_record_set_put (weir_monitor_get_records (fixture->monitor, WEIR_RECORD_PULL),
                       WEIR_RECORD (pull));
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

static GtkWidget *
find_list (Fixture *fixture)
{
  return gtk_widget_get_ancestor (find (fixture->page, WEIR_TYPE_ERROR_ROW), GTK_TYPE_LIST_VIEW);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccountStore) store = weir_account_store_new ("/nowhere/accounts.json", NULL);

  history_fixture_set_up (&fixture->history, NULL);
  fixture->monitor = weir_monitor_new (store, fixture->history.history);
  for (guint i = 0; i < N_GROUPS; i++)
    put (fixture, i, N_GROUPS - i);
  fixture->page = g_object_new (WEIR_TYPE_ERRORS_PAGE, "monitor", fixture->monitor, NULL);
  weir_page_build (WEIR_PAGE (fixture->page));
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_set_default_size (fixture->window, 900, 600);
  gtk_window_present (fixture->window);
  WEIR_TEST_WAIT_UNTIL (find (fixture->page, WEIR_TYPE_ERROR_ROW) != NULL);
  weir_test_run_for (1000);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (
      gtk_widget_get_ancestor (find_list (fixture), GTK_TYPE_SCROLLED_WINDOW)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->monitor);
  WEIR_TEST_WAIT_UNTIL (G_OBJECT (fixture->history.history)->ref_count == 1);
  history_fixture_tear_down (&fixture->history, NULL);
}

/* What is said of the row that is on top, and where it begins. */
static const char *
find_top (Fixture *fixture, double *place)
{
  GtkWidget *list = find_list (fixture);

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_get_child_visible (child) || !gtk_widget_compute_bounds (child, list, &bounds)
          || bounds.origin.y + bounds.size.height <= 1)
        continue;
      *place = bounds.origin.y;
      return gtk_label_get_label (GTK_LABEL (find (child, GTK_TYPE_LABEL)));
    }
  g_assert_not_reached ();
}

/* A cause that comes to the top of the list moves nothing of what is read. */
static void
test_place (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment = fixture->adjustment;
  double height = gtk_adjustment_get_upper (adjustment) / N_GROUPS;
  g_autofree char *before = NULL;
  double place = 0;
  double place_after = 0;

  gtk_adjustment_set_value (adjustment, 70 * height + 20);
  weir_test_run_for (300);
  before = g_strdup (find_top (fixture, &place));
  g_assert_cmpstr (before, ==, "Cause CS");

  put (fixture, 140, N_GROUPS + 1);
  weir_test_run_for (1500);
  g_assert_cmpstr (find_top (fixture, &place_after), ==, before);
  g_assert_cmpfloat_with_epsilon (place_after, place, 1);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), 71 * height + 20, 1);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  weir_get_resource ();
  g_test_add ("/ui/error-list/place", Fixture, NULL, set_up, test_place, tear_down);

  return g_test_run ();
}
