/* weir-query-popover.c: the list of what may come next in a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-query-popover.h"

#include "weir-format.h"

#include <glib/gi18n-lib.h>

/* In px. */
#define WIDTH 380
#define MAX_HEIGHT 300

struct _WeirQueryPopover
{
  GtkPopover parent_instance;

  GPtrArray *candidates; /* (nullable) */
  GtkListBox *list;
  GtkScrolledWindow *scroller;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirQueryPopover, weir_query_popover, GTK_TYPE_POPOVER)

static GtkWidget *
create_row (const WeirQueryCandidate *candidate)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (candidate->title);
  GtkWidget *detail = gtk_label_new (candidate->detail);
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), title);

  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (detail, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "caption");
  gtk_box_append (GTK_BOX (box), detail);

  if (candidate->number >= 0)
    {
      GtkWidget *label;

      number = weir_format_number ((guint64) candidate->number);
      label = gtk_label_new (number);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
      gtk_box_append (GTK_BOX (box), label);
    }

  if (number != NULL)
    /* Translators: a value, and a number */
    name = g_strdup_printf (ngettext ("%s, %s event", "%s, %s events", (gulong) candidate->number),
                            candidate->title, number);
  else if (candidate->detail != NULL)
    name = weir_format_list (candidate->title, candidate->detail, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : candidate->title, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_can_focus (row, FALSE);

  return row;
}

static void
row_activated_cb (WeirQueryPopover *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* The list itself never has the focus, which is what would scroll it. */
static void
scroll_to (WeirQueryPopover *self, GtkWidget *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
weir_query_popover_dispose (GObject *object)
{
  g_clear_pointer (&WEIR_QUERY_POPOVER (object)->candidates, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_query_popover_parent_class)->dispose (object);
}

static void
weir_query_popover_class_init (WeirQueryPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_query_popover_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_query_popover_init (WeirQueryPopover *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "weir-candidates");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Completions"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (self->scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (self->scroller, MAX_HEIGHT);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->list));
  gtk_widget_set_size_request (GTK_WIDGET (self->scroller), WIDTH, -1);

  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->scroller));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
}

/**
 * weir_query_popover_new:
 *
 * Returns: (transfer floating): a popover, hidden
 */
GtkWidget *
weir_query_popover_new (void)
{
  return g_object_new (WEIR_TYPE_QUERY_POPOVER, NULL);
}

/**
 * weir_query_popover_set_candidates:
 * @self: the popover
 * @candidates: (element-type WeirQueryCandidate): what may be chosen; none of them hides it
 * @place: where the word is that is completed, in the parent
 */
void
weir_query_popover_set_candidates (WeirQueryPopover *self,
                                   GPtrArray *candidates,
                                   const GdkRectangle *place)
{
  GtkListBoxRow *row;

  g_return_if_fail (WEIR_IS_QUERY_POPOVER (self));

  g_ptr_array_ref (candidates);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->candidates = candidates;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (candidates->len == 0)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }

  for (guint i = 0; i < candidates->len; i++)
    gtk_list_box_append (self->list, create_row (candidates->pdata[i]));
  gtk_list_box_unselect_all (self->list);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
}

/**
 * weir_query_popover_get_selected:
 * @self: the popover
 *
 * Returns: (transfer none) (nullable): what the selected row stands for
 */
const WeirQueryCandidate *
weir_query_popover_get_selected (WeirQueryPopover *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (WEIR_IS_QUERY_POPOVER (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? self->candidates->pdata[gtk_list_box_row_get_index (row)] : NULL;
}

/**
 * weir_query_popover_get_first:
 * @self: the popover
 *
 * Returns: (transfer none) (nullable): what the first row stands for
 */
const WeirQueryCandidate *
weir_query_popover_get_first (WeirQueryPopover *self)
{
  g_return_val_if_fail (WEIR_IS_QUERY_POPOVER (self), NULL);

  return self->candidates != NULL && self->candidates->len > 0 ? self->candidates->pdata[0] : NULL;
}

/**
 * weir_query_popover_move:
 * @self: the popover
 * @step: how many rows down, negative up; beyond an end it goes on at the other
 */
void
weir_query_popover_move (WeirQueryPopover *self, int step)
{
  GtkListBoxRow *row;
  int n;
  int position;

  g_return_if_fail (WEIR_IS_QUERY_POPOVER (self));

  n = self->candidates != NULL ? (int) self->candidates->len : 0;
  if (n == 0)
    return;

  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    position = (gtk_list_box_row_get_index (row) + step + n) % n;
  else
    position = step > 0 ? 0 : n - 1;
  row = gtk_list_box_get_row_at_index (self->list, position);
  gtk_list_box_select_row (self->list, row);
  scroll_to (self, GTK_WIDGET (row));
}

/**
 * weir_query_popover_get_row:
 * @self: the popover
 *
 * Returns: (transfer none) (nullable): the selected row
 */
GtkWidget *
weir_query_popover_get_row (WeirQueryPopover *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (WEIR_IS_QUERY_POPOVER (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? GTK_WIDGET (row) : NULL;
}
