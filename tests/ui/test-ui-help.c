/* test-ui-help.c: the help shows what it is asked for, in wide windows and in narrow ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-help-text.h"
#include "weir-help.h"
#include "weir-test-loop.h"

#include <adwaita.h>
#include <locale.h>

#define WIDE 860
#define NARROW 360

static GtkWindow *parent;

static GtkWidget *
find (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static GtkWindow *
open_help (const char *topic, int width)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  GtkWindow *help = NULL;
  AdwLeaflet *leaflet;

  weir_help_present (parent, topic);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) one = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (one) == parent)
        help = one;
    }
  g_assert_nonnull (help);
  gtk_window_set_default_size (help, width, 600);
  leaflet = ADW_LEAFLET (find (GTK_WIDGET (help), ADW_TYPE_LEAFLET));
  for (guint i = 0; i < 50; i++)
    {
      if (adw_leaflet_get_folded (leaflet) == (width == NARROW) && gtk_window_is_active (help))
        break;
      weir_test_run_for (20);
    }
  g_assert_cmpint (adw_leaflet_get_folded (leaflet), ==, width == NARROW);
  /* until it has come to rest */
  weir_test_run_for (500);

  return help;
}

static void
close_help (GtkWindow *help)
{
  gtk_window_destroy (help);
  weir_test_run_for (50);
}

static void
check_topic (GtkWindow *help, const WeirHelpTopic *topic)
{
  GtkWidget *list = find (GTK_WIDGET (help), GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));
  GtkWidget *leaflet = find (GTK_WIDGET (help), ADW_TYPE_LEAFLET);
  GtkWidget *content = adw_leaflet_get_visible_child (ADW_LEAFLET (leaflet));
  AdwWindowTitle *title = ADW_WINDOW_TITLE (find (content, ADW_TYPE_WINDOW_TITLE));

  g_assert_cmpstr (adw_window_title_get_subtitle (title), ==, topic->title);
  g_assert_cmpuint (gtk_list_box_row_get_index (row), ==, weir_help_find (topic->id));
}

/* Whatever is asked for first, and whatever then. */
static void
test_topics (gconstpointer width)
{
  guint n_topics;
  const WeirHelpTopic *topics = weir_help_topics (&n_topics);

  for (guint i = 0; i < n_topics; i++)
    {
      GtkWindow *help = open_help (topics[i].id, GPOINTER_TO_INT (width));

      check_topic (help, &topics[i]);
      weir_help_present (parent, topics[(i + 3) % n_topics].id);
      weir_test_run_for (50);
      check_topic (help, &topics[(i + 3) % n_topics]);
      close_help (help);
    }
}

/* Nor when it is made narrow later. */
static void
test_folding (void)
{
  const WeirHelpTopic *topic = &weir_help_topics (&(guint){ 0 })[2];
  GtkWindow *help = open_help (topic->id, WIDE);
  GtkWidget *list = find (GTK_WIDGET (help), GTK_TYPE_LIST_BOX);

  g_assert_true (gtk_window_get_focus (help)
                 == GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list))));
  gtk_window_set_default_size (help, NARROW, 600);
  weir_test_run_for (500);
  g_assert_true (adw_leaflet_get_folded (ADW_LEAFLET (find (GTK_WIDGET (help), ADW_TYPE_LEAFLET))));
  check_topic (help, topic);
  close_help (help);
}

/* From the text to the topic, and into the text again. */
static void
test_focus (void)
{
  const WeirHelpTopic *topic = &weir_help_topics (&(guint){ 0 })[2];
  GtkWindow *help = open_help (topic->id, NARROW);
  GtkWidget *list = find (GTK_WIDGET (help), GTK_TYPE_LIST_BOX);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)));

  g_assert_true (GTK_IS_LABEL (gtk_window_get_focus (help)));
  g_assert_false (
      gtk_label_get_selection_bounds (GTK_LABEL (gtk_window_get_focus (help)), NULL, NULL));

  adw_leaflet_navigate (ADW_LEAFLET (find (GTK_WIDGET (help), ADW_TYPE_LEAFLET)),
                        ADW_NAVIGATION_DIRECTION_BACK);
  weir_test_run_for (500);
  g_assert_true (gtk_window_get_focus (help) == row);

  gtk_widget_activate (row);
  weir_test_run_for (500);
  check_topic (help, topic);
  g_assert_true (GTK_IS_LABEL (gtk_window_get_focus (help)));
  close_help (help);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  parent = GTK_WINDOW (gtk_window_new ());
  gtk_window_present (parent);
  weir_test_run_for (200);

  g_test_add_data_func ("/ui/help/wide", GINT_TO_POINTER (WIDE), test_topics);
  g_test_add_data_func ("/ui/help/narrow", GINT_TO_POINTER (NARROW), test_topics);
  g_test_add_func ("/ui/help/folding", test_folding);
  g_test_add_func ("/ui/help/focus", test_focus);
  status = g_test_run ();

  gtk_window_destroy (parent);
  weir_test_run_for (50);

  return status;
}
