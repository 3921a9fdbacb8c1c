/* weir-balance-popover.c: what the numbers of the balance stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-balance-popover.h"

#include "weir-format.h"
#include "weir-panes.h"
#include "weir-text-attributes.h"

#include <glib/gi18n-lib.h>

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

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static GtkWidget *
popup (GtkWidget *button, const char *title, GtkWidget **box)
{
  GtkWidget *popover = gtk_popover_new ();

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (*box, "weir-balance-details");
  add_label (*box, title, "heading");
  gtk_popover_set_child (GTK_POPOVER (popover), *box);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  gtk_widget_set_parent (popover, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);

  return popover;
}

typedef struct
{
  WeirAccount *account; /* (nullable) */
  guint count;
  gint64 oldest;
} Share;

typedef struct
{
  GArray *shares; /* (element-type Share) */
} Shares;

static void
shares_free (Shares *self)
{
  for (guint i = 0; i < self->shares->len; i++)
    g_clear_object (&g_array_index (self->shares, Share, i).account);
  g_array_unref (self->shares);
  g_free (self);
}

static void
count_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WeirHistoryIndex *index = task_data;
  guint n = weir_history_index_get_length (index);
  Shares *shares = g_new0 (Shares, 1);

  shares->shares = g_array_new (FALSE, TRUE, sizeof (Share));
  for (guint i = 0; i < n; i++)
    {
      guint group = weir_history_index_get_group (index, i);
      Share *share;

      if (group >= shares->shares->len)
        g_array_set_size (shares->shares, group + 1);
      share = &g_array_index (shares->shares, Share, group);
      if (share->count++ == 0)
        {
          share->oldest = weir_history_index_get_time (index, i);
          g_set_object (&share->account, weir_history_index_get_account (index, group));
        }
    }
  g_task_return_pointer (task, shares, (GDestroyNotify) shares_free);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget *popover = GTK_WIDGET (source);
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (popover));
  Shares *shares = g_task_propagate_pointer (G_TASK (result), NULL);
  GtkWidget *grid = gtk_grid_new ();
  gint64 oldest = 0;
  int row = 0;

  g_object_ref_sink (grid);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < shares->shares->len; i++)
    {
      Share *share = &g_array_index (shares->shares, Share, i);
      g_autofree char *number = NULL;
      g_autofree char *since = NULL;
      g_autofree char *text = NULL;
      GtkWidget *label;

      if (share->count == 0)
        continue;
      if (oldest == 0 || share->oldest < oldest)
        oldest = share->oldest;
      label =
          gtk_label_new (share->account != NULL ? share->account->name : _ ("Removed Accounts"));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
      number = weir_format_number (share->count);
      label = gtk_label_new (number);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_add_css_class (label, "numeric");
      gtk_grid_attach (GTK_GRID (grid), label, 1, row, 1, 1);
      since = weir_format_clock (share->oldest);
      /* Translators: %s is the time of the oldest event */
      text = g_strdup_printf (_ ("since %s"), since);
      label = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_grid_attach (GTK_GRID (grid), label, 2, row++, 1, 1);
    }
  if (row > 0)
    {
      g_autofree char *time = weir_format_absolute (oldest);
      /* Translators: %s is a date and time */
      g_autofree char *text = g_strdup_printf (_ ("The oldest event kept is from %s."), time);

      add_label (box, text, "dim-label");
      gtk_box_append (GTK_BOX (box), grid);
    }
  else
    {
      add_label (box, _ ("Nothing was received yet."), NULL);
    }
  g_object_unref (grid);
  shares_free (shares);
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_popover_popup (GTK_POPOVER (popover));
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) popover = user_data;
  g_autoptr (GTask) task = NULL;
  WeirHistoryIndex *index = weir_history_query_finish (WEIR_HISTORY (source), result, NULL);

  if (index == NULL)
    {
      if (gtk_widget_get_parent (popover) != NULL)
        gtk_widget_unparent (popover);
      return;
    }

  task = g_task_new (popover, NULL, counted_cb, NULL);
  g_task_set_source_tag (task, queried_cb);
  g_task_set_task_data (task, index, g_object_unref);
  g_task_run_in_thread (task, count_in_thread);
}

/**
 * weir_balance_popover_received:
 * @button: what was clicked
 * @monitor: has the history
 *
 * Says how much of what is received is of which account, and since when.
 */
void
weir_balance_popover_received (GtkWidget *button, WeirMonitor *monitor)
{
  GtkWidget *box;
  GtkWidget *popover;

  g_return_if_fail (GTK_IS_WIDGET (button));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  if (weir_popover_close (button))
    return;

  popover = popup (button, _ ("Received and Kept"), &box);
  weir_history_query_async (weir_monitor_get_history (monitor), NULL, 0, NULL, queried_cb,
                            g_object_ref (popover));
}

/**
 * weir_balance_popover_filtered:
 * @button: what was clicked
 * @query: what is asked for; empty for everything
 *
 * Shows the query that leaves events out, with a way to drop it.
 */
void
weir_balance_popover_filtered (GtkWidget *button, const char *query)
{
  GtkWidget *box;
  GtkWidget *popover;

  g_return_if_fail (GTK_IS_WIDGET (button));
  g_return_if_fail (query != NULL);

  if (weir_popover_close (button))
    return;

  popover = popup (button, _ ("Filtered Out"), &box);
  if (query[0] != '\0')
    {
      GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *edit = gtk_button_new_with_mnemonic (_ ("_Edit the Query"));
      GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("_Clear the Query"));

      add_label (box, _ ("They do not match this query:"), "dim-label");
      weir_text_set_code (add_label (box, query, "monospace"), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "page.edit-query");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "page.clear-filters");
      g_signal_connect_swapped (edit, "clicked", G_CALLBACK (gtk_popover_popdown), popover);
      g_signal_connect_swapped (clear, "clicked", G_CALLBACK (gtk_popover_popdown), popover);
      gtk_box_append (GTK_BOX (buttons), edit);
      gtk_box_append (GTK_BOX (buttons), clear);
      gtk_widget_set_margin_top (buttons, 6);
      gtk_box_append (GTK_BOX (box), buttons);
    }
  else
    {
      add_label (box, _ ("There is no query: nothing is left out."), NULL);
    }
  gtk_popover_popup (GTK_POPOVER (popover));
}
