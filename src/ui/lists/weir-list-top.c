/* weir-list-top.c: what is read in a list stays where it is while its rows change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-list-top.h"

#include <math.h>

struct _WeirListTop
{
  GtkScrolledWindow *scroller;
  WeirRecordList *list;
  WeirRowFocus *focus;

  /* from before an update until it has been laid out */
  GObject *top_item;    /* (nullable) the row that stays: with the focus, or the one on top */
  double top_offset;    /* of what is on top from that row, px */
  gboolean keeps_focus; /* at the top: the row that has the focus then is to be seen */
  GObject *reveal_item; /* (nullable) the row that is to be seen */
  double row_height;
  guint scroll_id;
  int frames_left;
};

static GtkAdjustment *
get_adjustment (WeirListTop *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

static guint
get_n_rows (WeirListTop *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static void
about_to_update_cb (WeirListTop *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double value = gtk_adjustment_get_value (adjustment);
  guint focused = weir_row_focus_get_position (self->focus);
  gboolean seen = weir_row_focus_is_seen (self->focus);
  guint n = get_n_rows (self);
  guint top;

  /* the last update has not been laid out yet */
  if (self->scroll_id != 0)
    return;

  g_clear_object (&self->top_item);
  /* not one that somebody has scrolled away from */
  self->keeps_focus = seen || focused == G_MAXUINT;
  self->row_height = n > 0 ? gtk_adjustment_get_upper (adjustment) / n : 0;
  if (value <= 0 || self->row_height <= 0)
    return;

  top = seen ? focused : (guint) (value / self->row_height);
  self->top_offset = value - top * self->row_height;
  self->top_item = weir_record_list_get (self->list, top);
  if (self->top_item != NULL)
    g_object_ref (self->top_item);
}

/* The list's own scroll-to-item misplaces the rows of a page that was not laid out yet. */
static void
scroll_to (WeirListTop *self, guint position)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  guint n = get_n_rows (self);
  double height = n > 0 ? gtk_adjustment_get_upper (adjustment) / n : 0;
  double top = position * height;

  if (height <= 0 || position >= n || (top >= value && top + height <= value + page))
    return;

  /* a whole row on top */
  gtk_adjustment_set_value (adjustment, floor (MAX (top - page / 2, 0) / height) * height);
}

static gboolean
scroll_back_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WeirListTop *self = user_data;
  guint position;

  /* only after the list was laid out the adjustment has room for the new rows */
  if (self->frames_left-- > 0)
    return G_SOURCE_CONTINUE;

  self->scroll_id = 0;
  /* the list may have been hidden while it was empty */
  weir_row_focus_restore (self->focus);
  if (self->reveal_item != NULL)
    {
      position = weir_record_list_find (self->list, self->reveal_item);
      g_clear_object (&self->reveal_item);
      g_clear_object (&self->top_item);
      if (position != G_MAXUINT)
        scroll_to (self, position);
      return G_SOURCE_REMOVE;
    }
  if (self->top_item == NULL)
    {
      gtk_adjustment_set_value (get_adjustment (self), 0);
      if (self->keeps_focus)
        scroll_to (self, weir_row_focus_get_position (self->focus));
      return G_SOURCE_REMOVE;
    }

  if (self->row_height <= 0)
    self->row_height =
        gtk_adjustment_get_upper (get_adjustment (self)) / MAX (get_n_rows (self), 1);
  position = weir_record_list_find (self->list, self->top_item);
  if (position != G_MAXUINT)
    gtk_adjustment_set_value (get_adjustment (self),
                              position * self->row_height + self->top_offset);
  g_clear_object (&self->top_item);

  return G_SOURCE_REMOVE;
}

static void
scroll_after_layout (WeirListTop *self)
{
  self->frames_left = 1;
  if (self->scroll_id == 0)
    self->scroll_id =
        gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), scroll_back_cb, self, NULL);
}

/**
 * weir_list_top_new:
 * @scroller: shows the rows of @list; must outlive what is returned, as the others
 * @list: the rows; not yet the model of a view
 * @focus: is restored once new rows are laid out
 *
 * Returns: (transfer full): keeps the row on top where it is
 */
WeirListTop *
weir_list_top_new (GtkScrolledWindow *scroller, WeirRecordList *list, WeirRowFocus *focus)
{
  WeirListTop *self;

  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (list), NULL);

  self = g_new0 (WeirListTop, 1);
  self->scroller = scroller;
  self->list = list;
  self->focus = focus;
  g_signal_connect_swapped (list, "about-to-update", G_CALLBACK (about_to_update_cb), self);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (scroll_after_layout), self);

  return self;
}

/**
 * weir_list_top_free:
 * @self: (transfer full): of weir_list_top_new()
 */
void
weir_list_top_free (WeirListTop *self)
{
  g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->scroll_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->scroller), self->scroll_id);
  g_clear_object (&self->top_item);
  g_clear_object (&self->reveal_item);
  g_free (self);
}

/**
 * weir_list_top_get:
 * @self: of weir_list_top_new()
 *
 * Returns: (transfer none) (nullable): the item whose row is on top, %NULL if the list is not scrolled
 */
gpointer
weir_list_top_get (WeirListTop *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double value = gtk_adjustment_get_value (adjustment);
  guint n = get_n_rows (self);

  if (value <= 0 || n == 0 || gtk_adjustment_get_upper (adjustment) <= 0)
    return NULL;

  return weir_record_list_get (
      self->list, MIN ((guint) (value * n / gtk_adjustment_get_upper (adjustment)), n - 1));
}

/**
 * weir_list_top_put:
 * @self: of weir_list_top_new()
 * @item: any version of an item of its list
 *
 * Scrolls so that the item's row is on top.
 */
void
weir_list_top_put (WeirListTop *self, gpointer item)
{
  g_return_if_fail (G_IS_OBJECT (item));

  g_set_object (&self->top_item, G_OBJECT (item));
  self->top_offset = 0;
  self->row_height = 0;
  scroll_after_layout (self);
}

/**
 * weir_list_top_reveal:
 * @self: of weir_list_top_new()
 * @item: any version of an item of its list
 *
 * Scrolls to the item's row unless all of it is seen.
 */
void
weir_list_top_reveal (WeirListTop *self, gpointer item)
{
  g_return_if_fail (G_IS_OBJECT (item));

  g_set_object (&self->reveal_item, G_OBJECT (item));
  scroll_after_layout (self);
}
