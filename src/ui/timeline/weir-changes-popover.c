/* weir-changes-popover.c: the changes of states in a span of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-changes-popover.h"

#include "weir-format.h"
#include "weir-history-states.h"
#include "weir-navigate.h"
#include "weir-panes.h"
#include "weir-status-look.h"

#include <glib/gi18n-lib.h>

/* More are not read in a popover. */
#define MOST 100
#define HEIGHT 320 /* px */

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

/* Not while it still closes. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static char *
dup_words (WeirStateChange *change)
{
  g_autofree char *before =
      change->before != NULL ? weir_status_dup_label (change->kind, change->before) : g_strdup ("");
  g_autofree char *after = weir_status_dup_label (change->kind, change->after);
  g_autofree char *when = weir_format_clock (change->at);
  /* Translators: from one state to another: “Subscribed → Error” */
  g_autofree char *what = g_strdup_printf (_ ("%s → %s"), before, after);

  return weir_format_line (when, what, change->error != NULL ? change->error : "", NULL);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, GtkWidget *popover)
{
  WeirStateChange *change = g_object_get_data (G_OBJECT (row), "weir-change");

  weir_navigate_to_id (popover, change->kind, change->account, change->id);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
create_row (WeirStateChange *change)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name =
      gtk_label_new (change->name != NULL && change->name[0] != '\0' ? change->name : change->id);
  g_autofree char *text = dup_words (change);
  GtkWidget *words = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 48);
  gtk_widget_set_tooltip_text (words, text);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (row, "weir-detail");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "weir-change", g_object_ref (change), g_object_unref);

  return row;
}

/* What is not shown is told. */
static GtkWidget *
create_rest (guint n)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *shown = weir_format_number (MOST);
  g_autofree char *all = weir_format_number (n);
  /* Translators: %s are numbers */
  g_autofree char *text = g_strdup_printf (_ ("%s of %s are shown here."), shown, all);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (row, "weir-detail");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  return row;
}

typedef struct
{
  GtkWidget *popover;
  gint64 to;
} Question;

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GtkWidget) popover = question->popover;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes =
      weir_history_list_state_changes_finish (WEIR_HISTORY (source), result, &error);
  GtkWidget *list = gtk_scrolled_window_get_child (
      GTK_SCROLLED_WINDOW (gtk_popover_get_child (GTK_POPOVER (popover))));
  guint n = 0;

  /* the window has gone meanwhile */
  if (gtk_widget_get_parent (popover) == NULL)
    return;
  if (changes == NULL)
    {
      weir_toast_error (popover, _ ("The state changes are not known"), error);
      gtk_widget_unparent (popover);
      return;
    }

  list = GTK_IS_VIEWPORT (list) ? gtk_viewport_get_child (GTK_VIEWPORT (list)) : list;
  for (guint i = 0; i < changes->len; i++)
    {
      WeirStateChange *change = g_ptr_array_index (changes, i);

      if (change->at >= question->to)
        continue;
      if (n++ < MOST)
        gtk_list_box_append (GTK_LIST_BOX (list), create_row (change));
    }
  if (n > MOST)
    gtk_list_box_append (GTK_LIST_BOX (list), create_rest (n));
  gtk_popover_popup (GTK_POPOVER (popover));
}

/**
 * weir_changes_popover_show:
 * @button: what was clicked
 * @history: knows the changes
 * @from: the first time, µs
 * @to: the first time no longer meant, µs
 */
void
weir_changes_popover_show (GtkWidget *button, WeirHistory *history, gint64 from, gint64 to)
{
  GtkWidget *popover;
  GtkWidget *scroller;
  GtkWidget *list;
  Question *question;

  if (weir_popover_close (button))
    return;

  popover = gtk_popover_new ();
  scroller = gtk_scrolled_window_new ();
  list = gtk_list_box_new ();
  question = g_new0 (Question, 1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  g_signal_connect (list, "row-activated", G_CALLBACK (activated_cb), popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("State Changes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_set_parent (popover, button);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);

  question->popover = g_object_ref (popover);
  question->to = to;
  weir_history_list_state_changes_async (history, NULL, -1, NULL, from, 0, NULL, listed_cb,
                                         question);
}
