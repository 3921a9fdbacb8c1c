/* weir-timeline-view.c: the timeline's rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-view.h"

#include "weir-accessible.h"
#include "weir-appearance.h"
#include "weir-cell.h"
#include "weir-column-layout.h"
#include "weir-column-titles.h"
#include "weir-columns-dialog.h"
#include "weir-keys.h"
#include "weir-panes.h"
#include "weir-row-focus.h"
#include "weir-scroll-proxy.h"
#include "weir-timeline-columns.h"
#include "weir-timeline-item.h"
#include "weir-timeline-menu.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH 320

struct _WeirTimelineView
{
  AdwBin parent_instance;

  WeirTimelineModel *model;
  WeirMonitor *monitor;
  const WeirColumn *columns;
  guint n_columns;
  GtkSingleSelection *selection;
  GPtrArray *views; /* (element-type GtkColumnViewColumn) in the order of columns */
  WeirColumnLayout *layout;
  WeirRowFocus *focus;
  WeirRow *selected_row; /* (nullable) */
  gulong row_changed_id;
  gboolean updating;
  gboolean was_at_top;

  /* from before an update until it has been laid out: what was on top and what was selected */
  gboolean has_top;
  gboolean near_top; /* the question is the same: without its row, what is next to it */
  gint64 top_time;
  gint64 top_id;
  double top_offset;
  double row_height;
  gboolean had_selected;
  gint64 selected_time;
  gint64 selected_id;
  WeirGap *selected_gap; /* (nullable) */
  guint scroll_id;
  int frames_left;
  gboolean restoring; /* the two are those of the last time, until the rows are all there */

  GtkColumnView *view;
  GtkScrolledWindow *scroller;
  GtkWidget *menu; /* (nullable) of a row */
};

enum
{
  SELECTED,
  ACTIVATE,
  SCROLLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirTimelineView, weir_timeline_view, ADW_TYPE_BIN)

static GtkAdjustment *
get_adjustment (WeirTimelineView *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

static guint
get_n_rows (WeirTimelineView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* All rows have one height, so this is exact. */
static double
get_row_height (WeirTimelineView *self)
{
  guint n = get_n_rows (self);

  return n > 0 ? gtk_adjustment_get_upper (get_adjustment (self)) / n : 0;
}

static void
setup_cb (WeirTimelineView *self, GtkListItem *list_item, GtkSignalListItemFactory *factory)
{
  const WeirColumn *column = g_object_get_data (G_OBJECT (factory), "weir-column");

  gtk_list_item_set_child (
      list_item,
      weir_cell_new (weir_column_layout_get_fit (self->layout, column), self->monitor, list_item));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  weir_cell_set_row (WEIR_CELL (gtk_list_item_get_child (list_item)),
                     gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  weir_cell_set_row (WEIR_CELL (gtk_list_item_get_child (list_item)), NULL);
}

/* An event that is not loaded yet is said when it is. */
static void
row_changed_cb (WeirTimelineView *self, WeirRow *row)
{
  WeirTimelineItem *item = weir_row_get_item (row);

  if (item->event != NULL)
    g_signal_emit (self, signals[SELECTED], 0, item->event);
  else if (item->gap != NULL)
    g_signal_emit (self, signals[SELECTED], 0, item);
}

static void
selected_cb (WeirTimelineView *self)
{
  WeirRow *row = gtk_single_selection_get_selected_item (self->selection);

  /* the same one will be selected again */
  if (self->updating || row == self->selected_row)
    return;

  if (self->selected_row != NULL)
    g_clear_signal_handler (&self->row_changed_id, self->selected_row);
  g_set_object (&self->selected_row, row);
  if (row != NULL)
    {
      self->row_changed_id =
          g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed_cb), self);
      row_changed_cb (self, row);
    }
  else
    {
      g_signal_emit (self, signals[SELECTED], 0, NULL);
    }
}

/* What somebody selects is not what was selected the last time. */
static void
chosen_cb (WeirTimelineView *self)
{
  if (!self->updating)
    self->restoring = FALSE;
  selected_cb (self);
}

static void
activate_cb (WeirTimelineView *self, guint position)
{
  g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  WeirTimelineItem *item = row != NULL ? weir_row_get_item (row) : NULL;

  if (item != NULL && item->event != NULL)
    {
      /* Enter does not select */
      gtk_single_selection_set_selected (self->selection, position);
      g_signal_emit (self, signals[ACTIVATE], 0, item->event);
    }
  else if (item != NULL && item->gap != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.fill-gap", "x", item->gap->id);
}

static guint
find_row (WeirRow *row, gpointer user_data)
{
  WeirTimelineView *self = user_data;
  WeirTimelineItem *item = weir_row_get_item (row);

  return item->gap != NULL ? weir_timeline_model_find_gap_version (self->model, item->gap)
                           : weir_timeline_model_find (self->model, item->time, item->id);
}

/* Before layout the list takes this as the place it is at. */
static void
keep_at_top (WeirTimelineView *self)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));
  gboolean focused = weir_row_focus_get_position (self->focus) != G_MAXUINT;

  gtk_widget_activate_action (list, "list.scroll-to-item", "u", 0);
  if (focused)
    weir_row_focus_move (self->focus, 0);
}

/* Who goes along the rows reads them. */
static gboolean
is_reading (WeirTimelineView *self)
{
  guint focused = weir_row_focus_get_position (self->focus);

  return focused != G_MAXUINT
         && (focused > 0 || gtk_single_selection_get_selected (self->selection) == focused);
}

static void
about_to_update_cb (WeirTimelineView *self, gboolean replaced)
{
  double value = gtk_adjustment_get_value (get_adjustment (self));
  WeirTimelineItem *item =
      self->selected_row != NULL ? weir_row_get_item (self->selected_row) : NULL;
  guint selected = gtk_single_selection_get_selected (self->selection);
  WeirGap *gap = item != NULL ? item->gap : NULL;
  guint top;

  self->was_at_top = weir_timeline_view_is_at_top (self) && !is_reading (self);
  g_set_object (&self->selected_gap, gap);
  if (!replaced)
    {
      /* one that grows goes and comes again */
      self->updating = self->selected_gap != NULL;
      return;
    }
  if (self->restoring)
    {
      self->updating = TRUE;
      return;
    }

  self->updating = TRUE;
  self->had_selected = selected != GTK_INVALID_LIST_POSITION
                       && weir_timeline_model_get_mark (self->model, selected, &self->selected_time,
                                                        &self->selected_id);

  /* the last update has not been laid out yet */
  if (self->scroll_id != 0)
    return;

  self->near_top = !weir_timeline_model_is_loading (self->model);
  self->row_height = get_row_height (self);
  self->has_top = value > 0 && self->row_height > 0;
  if (self->has_top)
    {
      top = MIN ((guint) (value / self->row_height), get_n_rows (self) - 1);
      self->top_offset = value - top * self->row_height;
      self->has_top =
          weir_timeline_model_get_mark (self->model, top, &self->top_time, &self->top_id);
    }
}

static guint
get_position (GtkWidget *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *cell = gtk_widget_get_first_child (child);

      if (WEIR_IS_CELL (cell))
        return gtk_list_item_get_position (weir_cell_get_list_item (WEIR_CELL (cell)));
    }

  return GTK_INVALID_LIST_POSITION;
}

/* GTK 4.8 has one item for all rows between two widgets. Told that rows go which begin within it and end beyond it, it takes
 * the item from its start; so those before the next widget go first. */
static guint
find_end (guint first, guint end, gpointer user_data)
{
  WeirTimelineView *self = user_data;
  guint next = end;

  if (first == 0)
    return end;

  for (GtkWidget *row =
           gtk_widget_get_first_child (gtk_widget_get_last_child (GTK_WIDGET (self->view)));
       row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      guint position = get_position (row);

      if (position == first || position + 1 == first)
        return end;
      if (position > first)
        next = MIN (next, position);
    }

  return next;
}

static gboolean
scroll_back_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WeirTimelineView *self = WEIR_TIMELINE_VIEW (widget);
  guint position = 0;

  /* only after the list was laid out the adjustment has room for the new rows */
  if (self->frames_left-- > 0)
    return G_SOURCE_CONTINUE;

  self->scroll_id = 0;
  if (self->row_height <= 0)
    self->row_height = get_row_height (self);
  weir_row_focus_restore (self->focus);
  if (self->has_top)
    position = weir_timeline_model_find (self->model, self->top_time, self->top_id);
  if (position == G_MAXUINT && self->near_top)
    position = MIN (weir_timeline_model_find_time (self->model, self->top_time + 1),
                    MAX (get_n_rows (self), 1) - 1);
  if (position == G_MAXUINT)
    position = 0;
  gtk_adjustment_set_value (get_adjustment (self),
                            self->has_top ? position * self->row_height + self->top_offset : 0);

  return G_SOURCE_REMOVE;
}

static void
select_again (WeirTimelineView *self, guint position)
{
  gtk_single_selection_set_selected (self->selection,
                                     position != G_MAXUINT ? position : GTK_INVALID_LIST_POSITION);
  self->updating = FALSE;
  selected_cb (self);
}

static void
updated_cb (WeirTimelineView *self, gboolean replaced)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->selected_gap != NULL)
    position = weir_timeline_model_find_gap_version (self->model, self->selected_gap);

  /* rows that come above what is read move nothing; at the top the newest is what is read */
  if (!replaced)
    {
      if (self->updating)
        select_again (self, position);
      if (self->was_at_top && get_n_rows (self) > 0)
        keep_at_top (self);
      weir_row_focus_restore (self->focus);
      return;
    }

  if (self->had_selected && self->selected_gap == NULL)
    position = weir_timeline_model_find (self->model, self->selected_time, self->selected_id);
  select_again (self, position);
  weir_row_focus_restore (self->focus);
  if (self->restoring)
    self->restoring = weir_timeline_model_is_loading (self->model)
                      || weir_timeline_model_is_partial (self->model);

  self->frames_left = 1;
  if (self->scroll_id == 0)
    self->scroll_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_back_cb, NULL, NULL);
}

static void
scrolled_cb (WeirTimelineView *self)
{
  if (self->scroll_id == 0)
    g_signal_emit (self, signals[SCROLLED], 0);
}

static void
width_changed_cb (WeirTimelineView *self, int width)
{
  weir_column_layout_set_width (self->layout, width);
}

static void
update_cells (GtkWidget *widget)
{
  if (WEIR_IS_CELL (widget))
    {
      weir_cell_update (WEIR_CELL (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    update_cells (child);
}

static void
appearance_changed_cb (WeirTimelineView *self)
{
  if (self->scroller == NULL)
    return;

  weir_column_set_titles (self->columns, self->views);
  update_cells (GTK_WIDGET (self->view));
}

static void
columns_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_timeline_view_choose_columns (WEIR_TIMELINE_VIEW (widget));
}

/* @at: (nullable): where it was clicked; %NULL: the keyboard asks */
static void
popup_menu (WeirTimelineView *self, guint position, const GdkRectangle *at)
{
  g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  g_autofree char *fill = NULL;

  if (row == NULL)
    return;

  gtk_single_selection_set_selected (self->selection, position);
  fill = weir_timeline_columns_dup_fill (weir_row_get_item (row), self->monitor);
  /* the last one was needed for longer than it was seen */
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = GTK_WIDGET (weir_timeline_menu_new (weir_row_get_item (row), fill));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  if (at != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  else
    weir_popover_point_at_row (GTK_POPOVER (self->menu), GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (WeirTimelineView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  WeirCell *cell = weir_cell_pick (GTK_WIDGET (self), x, y);

  if (cell == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, gtk_list_item_get_position (weir_cell_get_list_item (cell)),
              &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirTimelineView *self = WEIR_TIMELINE_VIEW (widget);
  guint position = weir_row_focus_get_position (self->focus);

  if (position == G_MAXUINT)
    position = gtk_single_selection_get_selected (self->selection);
  popup_menu (self, position, NULL);
}

static gboolean
weir_timeline_view_grab_focus (GtkWidget *widget)
{
  WeirTimelineView *self = WEIR_TIMELINE_VIEW (widget);

  return weir_row_focus_grab (self->focus, GTK_SELECTION_MODEL (self->selection));
}

static void
weir_timeline_view_dispose (GObject *object)
{
  WeirTimelineView *self = WEIR_TIMELINE_VIEW (object);

  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      weir_timeline_model_set_find_end (self->model, NULL, NULL);
    }
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->selected_row != NULL)
    g_clear_signal_handler (&self->row_changed_id, self->selected_row);
  g_clear_object (&self->selected_row);
  g_clear_object (&self->selected_gap);
  if (self->scroller != NULL)
    g_signal_handlers_disconnect_by_data (get_adjustment (self), self);
  self->scroller = NULL;
  if (self->layout != NULL)
    g_object_run_dispose (G_OBJECT (self->layout));
  g_clear_object (&self->layout);
  g_clear_pointer (&self->focus, weir_row_focus_free);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_timeline_view_parent_class)->dispose (object);
}

static void
weir_timeline_view_finalize (GObject *object)
{
  g_ptr_array_unref (WEIR_TIMELINE_VIEW (object)->views);

  G_OBJECT_CLASS (weir_timeline_view_parent_class)->finalize (object);
}

static void
weir_timeline_view_class_init (WeirTimelineViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_timeline_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_timeline_view_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = weir_timeline_view_grab_focus;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "table.columns", NULL,
                                   columns_action_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "table.menu", NULL, menu_action_cb);
  weir_keys_bind (GTK_WIDGET_CLASS (klass), "table.");

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, WEIR_TYPE_EVENT);
  signals[SCROLLED] = g_signal_new ("scrolled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_timeline_view_init (WeirTimelineView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
add_column (WeirTimelineView *self, const WeirColumn *column, GMenuModel *header_menu)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view = gtk_column_view_column_new (_ (column->title), factory);

  g_object_set_data (G_OBJECT (factory), "weir-column", (gpointer) column);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_column_view_column_set_expand (view, (column->flags & WEIR_COLUMN_EXPAND) != 0);
  gtk_column_view_column_set_resizable (view, TRUE);
  gtk_column_view_column_set_header_menu (view, header_menu);
  gtk_column_view_append_column (self->view, view);
  g_ptr_array_add (self->views, view);
}

/**
 * weir_timeline_view_new:
 * @model: the rows
 * @monitor: knows whether a gap can be filled
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
weir_timeline_view_new (WeirTimelineModel *model, WeirMonitor *monitor)
{
  WeirTimelineView *self;
  g_autoptr (GMenuModel) header_menu = weir_column_create_menu ();
  GtkWidget *bin;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (model), NULL);

  self = g_object_new (WEIR_TYPE_TIMELINE_VIEW, NULL);
  self->model = g_object_ref (model);
  self->monitor = g_object_ref (monitor);
  self->columns = weir_timeline_columns_get (&self->n_columns);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->focus = weir_row_focus_new (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                    G_LIST_MODEL (model), find_row, self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (model));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (chosen_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "weir-table");
  for (guint i = 0; i < self->n_columns; i++)
    add_column (self, &self->columns[i], header_menu);
  weir_column_set_titles (self->columns, self->views);
  self->layout = weir_column_layout_new (self->view, self->columns, self->views);
  weir_column_layout_set_id (self->layout, "timeline");
  weir_column_layout_set_accounts (self->layout, weir_monitor_get_sessions (monitor));
  weir_appearance_connect (self, G_CALLBACK (appearance_changed_cb));
  weir_accessible_name_table (self->view, _ ("Events"));
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (model, "about-to-update", G_CALLBACK (about_to_update_cb), self);
  g_signal_connect_swapped (model, "updated", G_CALLBACK (updated_cb), self);

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  weir_scroll_proxy_fill (self->scroller, GTK_WIDGET (self->view));
  g_signal_connect_swapped (get_adjustment (self), "value-changed", G_CALLBACK (scrolled_cb), self);
  bin = weir_width_bin_new (GTK_WIDGET (self->scroller), MIN_WIDTH);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (width_changed_cb), self);
  adw_bin_set_child (ADW_BIN (self), bin);
  weir_timeline_model_set_pacer (model, GTK_WIDGET (self));
  weir_timeline_model_set_find_end (model, find_end, self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  return GTK_WIDGET (self);
}

/**
 * weir_timeline_view_save:
 * @self: the view
 * @state: a dictionary
 *
 * Puts what is selected and what is on top into @state.
 */
void
weir_timeline_view_save (WeirTimelineView *self, GVariantDict *state)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  double value = gtk_adjustment_get_value (get_adjustment (self));
  double height = get_row_height (self);
  gint64 time;
  gint64 id;

  g_return_if_fail (WEIR_IS_TIMELINE_VIEW (self));

  if (selected != GTK_INVALID_LIST_POSITION
      && weir_timeline_model_get_mark (self->model, selected, &time, &id))
    g_variant_dict_insert (state, "selected", "(xx)", time, id);
  if (value > 0 && height > 0
      && weir_timeline_model_get_mark (
          self->model, MIN ((guint) (value / height), get_n_rows (self) - 1), &time, &id))
    g_variant_dict_insert (state, "top", "(xx)", time, id);
}

/**
 * weir_timeline_view_restore:
 * @self: a view that has no rows yet
 * @state: of weir_timeline_view_save()
 */
void
weir_timeline_view_restore (WeirTimelineView *self, GVariantDict *state)
{
  g_return_if_fail (WEIR_IS_TIMELINE_VIEW (self));

  self->had_selected =
      g_variant_dict_lookup (state, "selected", "(xx)", &self->selected_time, &self->selected_id);
  self->has_top = g_variant_dict_lookup (state, "top", "(xx)", &self->top_time, &self->top_id);
  self->top_offset = 0;
  self->row_height = 0;
  self->restoring = self->had_selected || self->has_top;
}

/**
 * weir_timeline_view_expect_width:
 * @self: the view
 * @width: what it will have once it is laid out, px
 *
 * Has the columns that there will be room for.
 */
void
weir_timeline_view_expect_width (WeirTimelineView *self, int width)
{
  g_return_if_fail (WEIR_IS_TIMELINE_VIEW (self));

  width_changed_cb (self, width);
}

/**
 * weir_timeline_view_choose_columns:
 * @self: the view, in a window
 *
 * Asks which columns are to be shown, in which order.
 */
void
weir_timeline_view_choose_columns (WeirTimelineView *self)
{
  g_return_if_fail (WEIR_IS_TIMELINE_VIEW (self));

  weir_columns_dialog_present (GTK_WIDGET (self), self->layout);
}

/**
 * weir_timeline_view_scroll_to:
 * @self: the view
 * @position: a row's position
 * @select: whether to select it too
 *
 * Scrolls so that the row is at the top.
 */
void
weir_timeline_view_scroll_to (WeirTimelineView *self, guint position, gboolean select)
{
  g_return_if_fail (WEIR_IS_TIMELINE_VIEW (self));

  if (position >= get_n_rows (self))
    return;

  if (select)
    gtk_single_selection_set_selected (self->selection, position);
  gtk_adjustment_set_value (get_adjustment (self), position * get_row_height (self));
}

/**
 * weir_timeline_view_is_at_top:
 * @self: the view
 *
 * Returns: whether the newest row is seen
 */
gboolean
weir_timeline_view_is_at_top (WeirTimelineView *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_VIEW (self), FALSE);

  return gtk_adjustment_get_value (get_adjustment (self)) < 1;
}

/**
 * weir_timeline_view_is_at_end:
 * @self: the view
 *
 * Returns: whether the oldest row is seen, at the end of more than there is room for
 */
gboolean
weir_timeline_view_is_at_end (WeirTimelineView *self)
{
  GtkAdjustment *adjustment;
  double value;

  g_return_val_if_fail (WEIR_IS_TIMELINE_VIEW (self), FALSE);

  adjustment = get_adjustment (self);
  value = gtk_adjustment_get_value (adjustment);

  return value >= 1
         && value + gtk_adjustment_get_page_size (adjustment) + 1
                >= gtk_adjustment_get_upper (adjustment);
}

/**
 * weir_timeline_view_goes_on:
 * @self: the view
 *
 * Returns: whether it showed the newest rows, with nobody reading among them, when rows came last
 */
gboolean
weir_timeline_view_goes_on (WeirTimelineView *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_VIEW (self), FALSE);

  return self->was_at_top;
}

/**
 * weir_timeline_view_scroll_to_top:
 * @self: the view
 */
void
weir_timeline_view_scroll_to_top (WeirTimelineView *self)
{
  g_return_if_fail (WEIR_IS_TIMELINE_VIEW (self));

  if (weir_row_focus_get_position (self->focus) != G_MAXUINT && get_n_rows (self) > 0)
    keep_at_top (self);
  gtk_adjustment_set_value (get_adjustment (self), 0);
}
