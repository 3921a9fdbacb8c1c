/* weir-exchange-view.c: what was asked of an account's server, and what it answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-exchange-view.h"

#include "weir-exchange-row.h"

#include <glib/gi18n-lib.h>

struct _WeirExchangeView
{
  AdwBin parent_instance;

  WeirExchangeLog *log;    /* (nullable) what the rows show */
  WeirExchangeLog *wanted; /* (nullable) what they are to show once somebody looks */
  GtkListBoxRow *anchor;   /* (nullable) not owned: on top while rows come in above */
  double anchor_offset;
  guint tick_id;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WeirExchangeView, weir_exchange_view, ADW_TYPE_BIN)

static GtkAdjustment *
get_adjustment (WeirExchangeView *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

static gboolean
get_row_y (WeirExchangeView *self, GtkListBoxRow *row, double *y)
{
  graphene_rect_t bounds;

  if (gtk_widget_get_parent (GTK_WIDGET (row)) != GTK_WIDGET (self->list)
      || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    return FALSE;
  *y = bounds.origin.y;

  return TRUE;
}

static gboolean
scroll_back_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WeirExchangeView *self = WEIR_EXCHANGE_VIEW (widget);
  double y;

  self->tick_id = 0;
  if (self->anchor != NULL && get_row_y (self, self->anchor, &y))
    gtk_adjustment_set_value (get_adjustment (self), y + self->anchor_offset);
  g_clear_weak_pointer (&self->anchor);

  return G_SOURCE_REMOVE;
}

/* Who has scrolled down reads something: it stays where it is while newer requests come in above. */
static void
keep_place (WeirExchangeView *self)
{
  double value = gtk_adjustment_get_value (get_adjustment (self));
  GtkListBoxRow *row;
  double y;

  if (value <= 0 || self->tick_id != 0)
    return;

  row = gtk_list_box_get_row_at_y (self->list, (int) value);
  if (row == NULL || !get_row_y (self, row, &y))
    return;

  g_set_weak_pointer (&self->anchor, row);
  self->anchor_offset = value - y;
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_back_cb, NULL, NULL);
}

static void
log_changed_cb (WeirExchangeView *self, guint position, guint removed, guint added, GListModel *log)
{
  guint n_items = g_list_model_get_n_items (log);

  keep_place (self);
  /* the newest is on top: the list is the log turned round */
  for (guint i = 0; i < removed; i++)
    {
      GtkListBoxRow *row =
          gtk_list_box_get_row_at_index (self->list, (int) (n_items - added - position));

      if (row != NULL)
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (WeirExchange) exchange = g_list_model_get_item (log, position + i);

      gtk_list_box_insert (self->list, weir_exchange_row_new (exchange),
                           (int) (n_items - added - position));
    }
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "empty");
}

static void
show_log (WeirExchangeView *self)
{
  GtkListBoxRow *row;

  if (self->log == self->wanted)
    return;

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  g_set_object (&self->log, self->wanted);
  if (self->log != NULL)
    {
      g_signal_connect_swapped (self->log, "items-changed", G_CALLBACK (log_changed_cb), self);
      log_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (self->log)),
                      G_LIST_MODEL (self->log));
    }
}

static void
row_activated_cb (WeirExchangeView *self, GtkListBoxRow *row)
{
  weir_fold_row_toggle (WEIR_FOLD_ROW (row));
}

static void
weir_exchange_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_exchange_view_parent_class)->map (widget);
  show_log (WEIR_EXCHANGE_VIEW (widget));
}

static void
weir_exchange_view_dispose (GObject *object)
{
  WeirExchangeView *self = WEIR_EXCHANGE_VIEW (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_weak_pointer (&self->anchor);
  g_clear_object (&self->log);
  g_clear_object (&self->wanted);

  G_OBJECT_CLASS (weir_exchange_view_parent_class)->dispose (object);
}

static void
weir_exchange_view_class_init (WeirExchangeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_exchange_view_dispose;
  GTK_WIDGET_CLASS (klass)->map = weir_exchange_view_map;
}

static void
weir_exchange_view_init (WeirExchangeView *self)
{
  GtkWidget *empty = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Requests"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_widget_add_css_class (box, "weir-details");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, box);

  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("No Requests Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("What Weir asks of this account’s server is listed here."));
  gtk_widget_add_css_class (empty, "compact");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->scroller), "list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * weir_exchange_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_exchange_view_new (void)
{
  return g_object_new (WEIR_TYPE_EXCHANGE_VIEW, NULL);
}

/**
 * weir_exchange_view_set_log:
 * @self: the view
 * @log: (nullable): an account's requests
 *
 * Follows the log, from when the view is first seen with it.
 */
void
weir_exchange_view_set_log (WeirExchangeView *self, WeirExchangeLog *log)
{
  g_return_if_fail (WEIR_IS_EXCHANGE_VIEW (self));

  g_set_object (&self->wanted, log);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_log (self);
}
