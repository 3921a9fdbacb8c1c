/* test-ui-alert.c: dialogs that ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-alert.h"

#include <locale.h>

/* a narrow dialog's content, which every language and address has to do with */
#define NARROW 250

static void
assert_narrow (GtkWidget *widget, int *n_labels)
{
  if (GTK_IS_LABEL (widget))
    {
      int minimum;

      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, NARROW);
      (*n_labels)++;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_narrow (child, n_labels);
}

static gboolean
tick_cb (gpointer user_data)
{
  int *ticks = user_data;

  return --*ticks > 0;
}

/* A warning of GTK, as of a label that gets less than it needs, ends the test. */
static void
test_narrow (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *dialog = weir_alert_new (
      "Der Test wurde leider ganz und gar nicht bestanden",
      "hxxp://averylonghostnamethatnobodycanbreakanywhere.example.org:12345678/api", "_Back");
  g_autoptr (GtkWidget) content = NULL;
  int n_labels = 0;
  int ticks = 20;

  weir_alert_add_response (dialog, "save", "Save _Anyway", ADW_RESPONSE_DEFAULT);
  g_object_get (dialog, "child", &content, NULL);
  assert_narrow (content, &n_labels);
  g_assert_cmpint (n_labels, >=, 4); /* heading, body, two buttons */

  gtk_window_present (GTK_WINDOW (window));
  weir_alert_present (dialog, window);
  g_timeout_add (20, tick_cb, &ticks);
  while (ticks > 0)
    g_main_context_iteration (NULL, TRUE);

  if (GTK_IS_WINDOW (dialog))
    gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  adw_init ();

  g_test_add_func ("/ui/alert/narrow", test_narrow);

  return g_test_run ();
}
