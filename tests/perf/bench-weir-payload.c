/* bench-weir-payload.c: an event of 20 MB in the inspector, beside one of 2 kB
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: build-aux/headless bench-weir-payload. For each view it prints when its first screen was painted and
 * the longest time in which the main loop answered nobody, drawing included: how much of it was this thread's own work
 * counts, for on a machine that others use too the rest is theirs.
 */

#include "weir-history-fixture.h"
#include "weir-inspector.h"
#include "weir-resources.h"

#include <string.h>
#include <time.h>

#define MAX_SCREEN 300.0 /* ms */
#define MAX_BLOCK 16.0
#define PATIENCE (20 * G_USEC_PER_SEC)

static gint64 ticked_at;
static gint64 longest;
static gint64 worked_at; /* this thread's own time: what is left on a machine that others use too */
static gint64 busiest;
static gboolean painted;

static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();
  gint64 worked = get_thread_time ();

  longest = MAX (longest, now - ticked_at);
  busiest = MAX (busiest, worked - worked_at);
  ticked_at = now;
  worked_at = worked;
  return G_SOURCE_CONTINUE;
}

static void
painted_cb (void)
{
  painted = TRUE;
}

static void
run_for (gint64 span)
{
  gint64 end = g_get_monotonic_time () + span;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

/* The first widget below that has the style class, or a stack with a child of that name. */
static GtkWidget *
find (GtkWidget *widget, const char *css, const char *child_name)
{
  if (css != NULL && gtk_widget_has_css_class (widget, css))
    return widget;
  if (child_name != NULL && GTK_IS_STACK (widget)
      && gtk_stack_get_child_by_name (GTK_STACK (widget), child_name) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, css, child_name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
show_page (GtkWidget *inspector, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (find (inspector, NULL, name)), name);
}

static guint
count_rows (GtkWidget *list)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
has_text (GtkWidget *view)
{
  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))) > 0;
}

/* Waits for a frame with something in that list or text. */
static double
wait_for (GtkWidget *inspector, const char *css, gint64 began)
{
  GtkWidget *widget = find (inspector, css, NULL);
  gint64 shown;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - began, <, PATIENCE);
    }
  while (GTK_IS_LIST_VIEW (widget) ? count_rows (widget) == 0 : !has_text (widget));
  painted = FALSE;
  gtk_widget_queue_draw (widget);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  shown = g_get_monotonic_time ();
  run_for (G_USEC_PER_SEC / 2); /* what comes after must not block either */

  return (double) (shown - began) / 1000;
}

static gint64
begin (void)
{
  run_for (G_USEC_PER_SEC / 5);
  longest = busiest = 0;
  worked_at = get_thread_time ();
  return ticked_at = g_get_monotonic_time ();
}

static void
report (const char *what, double screen)
{
  double work = (double) busiest / 1000;

  g_print ("%-28s", what);
  if (screen > 0)
    g_print ("first screen %6.1f ms (limit %.0f)   ", screen, MAX_SCREEN);
  else
    g_print ("%-38s", "");
  g_print ("longest block %5.1f ms (limit %.0f), with what others did %6.1f%s\n", work, MAX_BLOCK,
           (double) longest / 1000, screen > MAX_SCREEN || work > MAX_BLOCK ? "  MISSED" : "");
}

static WeirEvent *
make_event (WeirAccount *account, const char *id, gsize size)
{
  g_autoptr (GString) data = g_string_new ("{\"rows\":[");

  for (guint i = 0; data->len < size; i++)
    g_string_append_printf (data,
                            "%s{\"id\":%u,\"name\":\"customer %u\",\"tags\":[\"one\",\"two\"],"
                            "\"address\":{\"city\":\"Reykjavík\",\"zip\":%u,\"note\":null}}",
                            i > 0 ? "," : "", i, i, i * 7);
  g_string_append (data, "],\"total\":1}");

  return history_make_event (account, id, "updated", "sync-1", "stripe:customer", 1, data->str);
}

static void
open_views (GtkWidget *inspector, WeirEvent *event, const char *size)
{
  g_autofree char *tree = g_strdup_printf ("%s, tree", size);
  g_autofree char *inner = g_strdup_printf ("%s, tree, array opened", size);
  g_autofree char *raw = g_strdup_printf ("%s, text", size);
  g_autofree char *end = g_strdup_printf ("%s, text, its end", size);
  g_autofree char *other = g_strdup_printf ("%s, back to the details", size);
  gboolean large = g_bytes_get_size (weir_record_get_raw (WEIR_RECORD (event))) > 1024 * 1024;
  GtkWidget *list;
  gint64 began;

  show_page (inspector, "data");
  show_page (inspector, "tree");
  began = begin ();
  weir_inspector_set_object (WEIR_INSPECTOR (inspector), event);
  report (tree, wait_for (inspector, "weir-json", began));

  list = find (inspector, "weir-json", NULL);
  began = begin ();
  g_signal_emit_by_name (list, "activate", 0);
  while (count_rows (list) < 10)
    g_main_context_iteration (NULL, TRUE);
  run_for (G_USEC_PER_SEC / 2);
  report (inner, 0);

  began = begin ();
  show_page (inspector, "raw");
  report (raw, wait_for (inspector, large ? "weir-lines" : "weir-raw", began));

  if (large)
    {
      GtkWidget *scroller;

      list = find (inspector, "weir-lines", NULL);
      scroller = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
      begin ();
      gtk_adjustment_set_value (
          gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), 1e9);
      run_for (G_USEC_PER_SEC / 2);
      report (end, 0);
    }

  begin ();
  show_page (inspector, "details");
  run_for (G_USEC_PER_SEC / 2);
  report (other, 0);
}

int
main (int argc, char *argv[])
{
  HistoryFixture fixture;
  g_autoptr (WeirAccountStore) store = NULL;
  g_autoptr (WeirMonitor) monitor = NULL;
  g_autoptr (WeirEvent) small = NULL;
  g_autoptr (WeirEvent) other = NULL;
  g_autoptr (WeirEvent) large = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkCssProvider) css = gtk_css_provider_new ();
  g_autofree char *accounts = NULL;
  GtkWidget *window;
  GtkWidget *inspector;

  if (!gtk_init_check ())
    {
      g_print ("There is no display: run it with build-aux/headless\n");
      return 77;
    }
  adw_init ();
  weir_get_resource ();
  gtk_css_provider_load_from_resource (css, "/io/github/weirhq/Weir/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  history_fixture_set_up (&fixture, NULL);
  accounts = g_build_filename (fixture.folder, "accounts.json", NULL);
  store = weir_account_store_new (accounts, &error);
  g_assert_no_error (error);
  monitor = weir_monitor_new (store, fixture.history);
  small = make_event (fixture.account, "small", 2000);
  other = make_event (fixture.account, "other", 2100);
  large = make_event (fixture.account, "large", 20 * 1024 * 1024);

  window = gtk_window_new ();
  inspector = GTK_WIDGET (weir_inspector_new (monitor));
  gtk_window_set_child (GTK_WINDOW (window), inspector);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 700);
  weir_inspector_set_object (WEIR_INSPECTOR (inspector), small);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    NULL);
  g_timeout_add_full (G_PRIORITY_HIGH, 1, tick_cb, NULL, NULL);
  run_for (G_USEC_PER_SEC);

  begin ();
  weir_inspector_set_object (WEIR_INSPECTOR (inspector), other);
  run_for (G_USEC_PER_SEC / 2);
  report ("2 kB, details", 0);
  open_views (inspector, small, "2 kB");
  open_views (inspector, large, "20 MB");

  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&monitor);
  history_fixture_tear_down (&fixture, NULL);
  return 0;
}
