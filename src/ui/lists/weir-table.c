/* weir-table.c: a column view that stays fast and still
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-table.h"

#include "weir-accessible.h"
#include "weir-appearance.h"
#include "weir-cell.h"
#include "weir-column-layout.h"
#include "weir-column-titles.h"
#include "weir-columns-dialog.h"
#include "weir-keys.h"
#include "weir-list-top.h"
#include "weir-panes.h"
#include "weir-row-focus.h"
#include "weir-row-menu.h"
#include "weir-scroll-proxy.h"
#include "weir-tick.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH 320

struct _WeirTable
{
  AdwBin parent_instance;

  WeirRecordList *list;
  const WeirColumn *columns;
  guint n_columns;
  gpointer user_data;
  GObject *probes[2]; /* by their order the columns' sorters say which of them is asked */
  int sorted_column;  /* the last one that was asked */
  gboolean descending;
  WeirRowFocus *focus;
  GPtrArray *cells; /* (element-type WeirCell) not owned: those that are bound */
  GPtrArray *views; /* (element-type GtkColumnViewColumn) in the order of columns */
  WeirColumnLayout *layout;
  GtkWidget *menu; /* (nullable) */
  WeirListTop *top;

  GtkColumnView *view;
  GtkScrolledWindow *scroller;
};

enum
{
  ACTIVATE,
  CONTEXT_MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirTable, weir_table, ADW_TYPE_BIN)

static GtkAdjustment *
get_adjustment (WeirTable *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scroller);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const WeirColumn *column)
{
  WeirTable *self = g_object_get_data (G_OBJECT (factory), "weir-table");

  gtk_list_item_set_child (list_item,
                           weir_cell_new (weir_column_layout_get_fit (self->layout, column),
                                          self->user_data, list_item));
}

static guint
find_row (WeirRow *row, gpointer user_data)
{
  return weir_record_list_find (WEIR_TABLE (user_data)->list, weir_row_get_item (row));
}

static void
updated_cb (WeirTable *self)
{
  weir_row_focus_restore (self->focus);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const WeirColumn *column)
{
  WeirTable *self = g_object_get_data (G_OBJECT (factory), "weir-table");
  WeirCell *cell = WEIR_CELL (gtk_list_item_get_child (list_item));

  weir_cell_set_row (cell, gtk_list_item_get_item (list_item));
  g_ptr_array_add (self->cells, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const WeirColumn *column)
{
  WeirTable *self = g_object_get_data (G_OBJECT (factory), "weir-table");
  WeirCell *cell = WEIR_CELL (gtk_list_item_get_child (list_item));

  weir_cell_set_row (cell, NULL);
  g_ptr_array_remove_fast (self->cells, cell);
}

/* Rows are made some way beyond what is seen. */
static gboolean
is_seen (WeirTable *self, GtkWidget *cell)
{
  graphene_point_t point;

  return gtk_widget_get_mapped (cell)
         && gtk_widget_compute_point (cell, GTK_WIDGET (self->scroller),
                                      &GRAPHENE_POINT_INIT (0, 0), &point)
         && point.y > -100 && point.y < (float) gtk_widget_get_height (GTK_WIDGET (self)) + 100;
}

static void
tick_cb (WeirTable *self)
{
  if (self->cells == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  for (guint i = 0; i < self->cells->len; i++)
    {
      WeirCell *cell = g_ptr_array_index (self->cells, i);

      if ((weir_cell_get_column (cell)->flags & WEIR_COLUMN_LIVE)
          && is_seen (self, GTK_WIDGET (cell)))
        weir_cell_update (cell);
    }
}

/* A column's sorter does not sort; it only lets itself be recognised (GtkColumnViewSorter is public from 4.10 on). */
static int
probe_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GtkColumnViewColumn *view = user_data;
  WeirTable *self = g_object_get_data (G_OBJECT (view), "weir-table");
  guint index;

  if (g_ptr_array_find (self->views, view, &index))
    self->sorted_column = (int) index;

  return a == self->probes[0] ? -1 : 1;
}

static void
sorter_changed_cb (WeirTable *self, GtkSorterChange change, GtkSorter *sorter)
{
  GtkOrdering order;
  const WeirColumn *column;
  WeirSort sort = { 0 };

  self->sorted_column = -1;
  order = gtk_sorter_compare (sorter, self->probes[0], self->probes[1]);
  if (self->sorted_column < 0)
    {
      weir_column_layout_keep_sort (self->layout, NULL, FALSE);
      weir_record_list_set_sort (self->list, NULL);
      return;
    }

  column = &self->columns[self->sorted_column];
  sort.number = column->sort_number;
  sort.text = column->sort_text != NULL ? column->sort_text : column->text;
  sort.user_data = self->user_data;
  sort.descending = self->descending = order == GTK_ORDERING_LARGER;
  weir_column_layout_keep_sort (self->layout, column->id, sort.descending);
  weir_record_list_set_sort (self->list, &sort);
}

static void
activate_cb (WeirTable *self, guint position)
{
  gpointer item = weir_record_list_get (self->list, position);

  if (item == NULL)
    return;

  /* Enter does not select: what is done next is to be done to this row */
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  g_signal_emit (self, signals[ACTIVATE], 0, item);
}

static GtkWidget *
find_list_view (WeirTable *self)
{
  GtkWidget *child = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_prev_sibling (child);

  return child;
}

static void
width_changed_cb (WeirTable *self, int width)
{
  weir_column_layout_set_width (self->layout, width);
}

static void
appearance_changed_cb (WeirTable *self)
{
  weir_column_set_titles (self->columns, self->views);
  weir_table_refresh (self, NULL);
}

static gboolean
weir_table_grab_focus (GtkWidget *widget)
{
  WeirTable *self = WEIR_TABLE (widget);

  return self->focus != NULL && weir_row_focus_grab (self->focus, GTK_SELECTION_MODEL (self->list));
}

/* @at: (nullable): where it was clicked; %NULL: the keyboard asks */
static void
popup_menu (WeirTable *self, const GdkRectangle *at)
{
  if (self->menu == NULL || weir_record_list_count_selected (self->list) == 0)
    return;

  g_signal_emit (self, signals[CONTEXT_MENU], 0);
  if (at != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  else
    weir_popover_point_at_row (GTK_POPOVER (self->menu), GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (WeirTable *self, int n_press, double x, double y, GtkGesture *gesture)
{
  WeirCell *cell = weir_cell_pick (GTK_WIDGET (self), x, y);
  guint position;

  if (cell == NULL)
    return;

  position = gtk_list_item_get_position (weir_cell_get_list_item (cell));
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
columns_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_table_choose_columns (WEIR_TABLE (widget));
}

static void
menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirTable *self = WEIR_TABLE (widget);
  guint position = weir_row_focus_get_position (self->focus);

  if (position != G_MAXUINT && weir_record_list_count_selected (self->list) == 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  popup_menu (self, NULL);
}

/* As a click on the column's title does: once more turns it round. */
static void
sort_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirTable *self = WEIR_TABLE (widget);
  const char *column = g_variant_get_string (parameter, NULL);
  gboolean again = self->sorted_column >= 0 && !self->descending
                   && g_str_equal (self->columns[self->sorted_column].id, column);

  weir_table_sort_by (self, column, again ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
weir_table_dispose (GObject *object)
{
  WeirTable *self = WEIR_TABLE (object);

  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  /* lets the factories unbind while the table is whole */
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->top, weir_list_top_free);
  g_clear_pointer (&self->focus, weir_row_focus_free);
  if (self->layout != NULL)
    g_object_run_dispose (G_OBJECT (self->layout));
  g_clear_object (&self->layout);
  g_clear_object (&self->list);
  g_clear_object (&self->probes[0]);
  g_clear_object (&self->probes[1]);

  G_OBJECT_CLASS (weir_table_parent_class)->dispose (object);
}

static void
weir_table_finalize (GObject *object)
{
  WeirTable *self = WEIR_TABLE (object);

  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->views);

  G_OBJECT_CLASS (weir_table_parent_class)->finalize (object);
}

static void
weir_table_class_init (WeirTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = weir_table_dispose;
  object_class->finalize = weir_table_finalize;
  widget_class->grab_focus = weir_table_grab_focus;

  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[CONTEXT_MENU] = g_signal_new ("context-menu", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "table.columns", NULL, columns_action_cb);
  gtk_widget_class_install_action (widget_class, "table.sort", "s", sort_action_cb);
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, menu_action_cb);
  weir_keys_bind (widget_class, "table.");
  /* the page's, while a row has the focus: an entry has keys of its own for these */
  weir_keys_bind (widget_class, "page.copy-");
  weir_keys_bind (widget_class, "page.delete");
}

static void
weir_table_init (WeirTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->cells = g_ptr_array_new ();
  self->views = g_ptr_array_new_with_free_func (g_object_unref);
  self->probes[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->probes[1] = g_object_new (G_TYPE_OBJECT, NULL);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* Above numbers the title stands at the end, and the arrow of the sorted column before it. */
static void
align_title (GtkWidget *title)
{
  GtkWidget *box = title != NULL ? gtk_widget_get_first_child (title) : NULL;

  if (!GTK_IS_BOX (box))
    return;

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
}

static void
add_column (WeirTable *self, const WeirColumn *column, GMenuModel *header_menu)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view = gtk_column_view_column_new (_ (column->title), factory);
  g_autoptr (GtkSorter) sorter = NULL;

  g_object_set_data (G_OBJECT (factory), "weir-table", self);
  g_object_set_data (G_OBJECT (view), "weir-table", self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) column);

  sorter = GTK_SORTER (gtk_custom_sorter_new (probe_cb, view, NULL));
  gtk_column_view_column_set_sorter (view, sorter);
  gtk_column_view_column_set_expand (view, (column->flags & WEIR_COLUMN_EXPAND) != 0);
  gtk_column_view_column_set_resizable (view, TRUE);
  gtk_column_view_column_set_header_menu (view, header_menu);
  gtk_column_view_append_column (self->view, view);
  if (column->flags & WEIR_COLUMN_NUMERIC)
    align_title (gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (self->view))));
  g_ptr_array_add (self->views, g_steal_pointer (&view));
}

/**
 * weir_table_new:
 * @list: (transfer none): the rows
 * @columns: (array length=n_columns): the columns, outlive the table
 * @n_columns: their number
 * @user_data: for the columns' functions, outlives the table
 * @accessible_name: what the rows are
 *
 * Returns: (transfer floating): a table, sorted as @list is
 */
WeirTable *
weir_table_new (WeirRecordList *list,
                const WeirColumn *columns,
                guint n_columns,
                gpointer user_data,
                const char *accessible_name)
{
  WeirTable *self;
  g_autoptr (GMenuModel) header_menu = NULL;
  GtkWidget *bin;

  g_return_val_if_fail (WEIR_IS_RECORD_LIST (list), NULL);
  g_return_val_if_fail (columns != NULL, NULL);

  self = g_object_new (WEIR_TYPE_TABLE, NULL);
  self->list = g_object_ref (list);
  self->columns = columns;
  self->n_columns = n_columns;
  self->user_data = user_data;

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "weir-table");
  header_menu = weir_column_create_menu ();
  for (guint i = 0; i < n_columns; i++)
    add_column (self, &columns[i], header_menu);
  weir_column_set_titles (columns, self->views);
  self->layout = weir_column_layout_new (self->view, columns, self->views);
  weir_appearance_connect (self, G_CALLBACK (appearance_changed_cb));
  weir_accessible_name_table (self->view, accessible_name);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (sorter_changed_cb), self);
  self->focus = weir_row_focus_new (find_list_view (self), G_LIST_MODEL (list), find_row, self);
  g_signal_connect_swapped (list, "updated", G_CALLBACK (updated_cb), self);
  weir_tick_connect (self, G_CALLBACK (tick_cb));

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  weir_scroll_proxy_fill (self->scroller, GTK_WIDGET (self->view));
  self->top = weir_list_top_new (self->scroller, list, self->focus);
  bin = weir_width_bin_new (GTK_WIDGET (self->scroller), MIN_WIDTH);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (width_changed_cb), self);
  adw_bin_set_child (ADW_BIN (self), bin);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (list));

  return self;
}

/**
 * weir_table_set_id:
 * @self: a table that is sorted as is usual
 * @id: under which its columns are kept
 *
 * Shows the columns, and sorts, as when it was last used.
 */
void
weir_table_set_id (WeirTable *self, const char *id)
{
  g_autofree char *sort = NULL;
  gboolean descending;

  g_return_if_fail (WEIR_IS_TABLE (self));

  weir_column_layout_keep_sort (self->layout, NULL, FALSE);
  weir_column_layout_set_id (self->layout, id);
  sort = g_strdup (weir_column_layout_get_sort (self->layout, &descending));
  if (sort != NULL)
    weir_table_sort_by (self, sort, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/**
 * weir_table_set_accounts:
 * @self: a table
 * @accounts: one item an account of those its rows are of; only once
 */
void
weir_table_set_accounts (WeirTable *self, GListModel *accounts)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  weir_column_layout_set_accounts (self->layout, accounts);
}

/**
 * weir_table_refit:
 * @self: a table
 *
 * Has the columns share the room by what is in them now, if it was short.
 */
void
weir_table_refit (WeirTable *self)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  weir_column_layout_refit (self->layout);
}

/**
 * weir_table_choose_columns:
 * @self: a table in a window
 *
 * Asks which columns are to be shown, in which order.
 */
void
weir_table_choose_columns (WeirTable *self)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  weir_columns_dialog_present (GTK_WIDGET (self), self->layout);
}

/**
 * weir_table_sort_by:
 * @self: a table
 * @column: a column's id
 * @order: which way
 */
void
weir_table_sort_by (WeirTable *self, const char *column, GtkSortType order)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (g_str_equal (self->columns[i].id, column))
        gtk_column_view_sort_by_column (self->view, g_ptr_array_index (self->views, i), order);
    }
}

/**
 * weir_table_set_menu:
 * @self: a table
 * @menu: (nullable): sections of what can be done with the selected rows
 * @last: (nullable): what cannot be undone, at the end
 *
 * What is insensitive is not shown.
 */
void
weir_table_set_menu (WeirTable *self, GMenuModel *menu, GMenuModel *last)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (menu == NULL)
    return;

  self->menu = weir_row_menu_new (self->columns, self->n_columns, menu, last);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

/**
 * weir_table_refresh:
 * @self: a table
 * @column: (nullable): a column's id, %NULL for all
 *
 * What the column shows has changed though the items have not. If it is sorted by that, so has the order.
 */
void
weir_table_refresh (WeirTable *self, const char *column)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  for (guint i = 0; i < self->cells->len; i++)
    {
      WeirCell *cell = g_ptr_array_index (self->cells, i);

      if (column == NULL || g_str_equal (weir_cell_get_column (cell)->id, column))
        weir_cell_update (cell);
    }
  if (self->sorted_column >= 0
      && (column == NULL || g_str_equal (self->columns[self->sorted_column].id, column)))
    weir_record_list_resort (self->list);
}

/**
 * weir_table_get_top:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): the item whose row is on top, %NULL if the list is not scrolled
 */
gpointer
weir_table_get_top (WeirTable *self)
{
  g_return_val_if_fail (WEIR_IS_TABLE (self), NULL);

  return weir_list_top_get (self->top);
}

/**
 * weir_table_put_on_top:
 * @self: a table
 * @item: any version of an item of its list
 *
 * Scrolls so that the item's row is on top.
 */
void
weir_table_put_on_top (WeirTable *self, gpointer item)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  weir_list_top_put (self->top, item);
}

/**
 * weir_table_reveal:
 * @self: a table
 * @position: a row's position
 *
 * Selects the row alone and scrolls to it.
 */
void
weir_table_reveal (WeirTable *self, guint position)
{
  g_return_if_fail (WEIR_IS_TABLE (self));

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  weir_list_top_reveal (self->top, weir_record_list_get (self->list, position));
}

/**
 * weir_table_get_vadjustment:
 * @self: a table
 *
 * Returns: (transfer none): how far it is scrolled
 */
GtkAdjustment *
weir_table_get_vadjustment (WeirTable *self)
{
  g_return_val_if_fail (WEIR_IS_TABLE (self), NULL);

  return get_adjustment (self);
}

/**
 * weir_table_reveal_item:
 * @self: a table
 * @filter: (nullable): what narrows the table's list
 * @item: any version of an item
 *
 * Selects the item's row and scrolls to it; clears @filter if it hides the row.
 *
 * Returns: whether there is such an item
 */
gboolean
weir_table_reveal_item (WeirTable *self, WeirFilterBar *filter, gpointer item)
{
  guint position;

  g_return_val_if_fail (WEIR_IS_TABLE (self), FALSE);

  weir_record_list_flush (self->list);
  position = weir_record_list_find (self->list, item);
  if (position == G_MAXUINT && filter != NULL && weir_filter_bar_is_active (filter))
    {
      weir_filter_bar_clear (filter);
      position = weir_record_list_find (self->list, item);
    }
  if (position == G_MAXUINT)
    return FALSE;
  weir_table_reveal (self, position);

  return TRUE;
}
