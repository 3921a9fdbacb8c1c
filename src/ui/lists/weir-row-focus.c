/* weir-row-focus.c: the keyboard stays at its row while a list's rows are replaced
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-row-focus.h"

#include "weir-cell.h"

#define LIST_ITEM "weir-list-item"

struct _WeirRowFocus
{
  GtkWidget *list; /* not owned */
  GListModel *rows;
  gulong changed_id;
  WeirRowFind find;
  gpointer user_data;

  GtkRoot *root; /* not owned; while the list is in it */
  gulong root_id;
  gulong focus_id;
  gboolean inside;
  gboolean moving;
  guint show_id;
  WeirRow *last; /* that had the focus; (nullable) */

  gboolean taken;   /* from a row that went away, or that has no place yet */
  gboolean visible; /* whether there was a ring around it */
  WeirRow *row;     /* that one; (nullable) */
  guint position;   /* where it was */
  guint layout_id;

  GtkWidget *described[3]; /* (nullable) (weak) rows of which a screen reader is told all */
  gboolean changed;        /* what was told of the one that has the focus */
  guint describe_id;
};

static G_DEFINE_QUARK (weir_row_focus, weir_row_focus)

static GtkListItem *
find_list_item (GtkWidget *widget)
{
  GtkListItem *list_item = g_object_get_data (G_OBJECT (widget), LIST_ITEM);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && list_item == NULL;
       child = gtk_widget_get_next_sibling (child))
    list_item = find_list_item (child);

  return list_item;
}

/* The widget of the row that has the focus, or something in it. */
static GtkWidget *
get_focused_child (WeirRowFocus *self)
{
  GtkRoot *root = gtk_widget_get_root (self->list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->list))
    return NULL;

  while (gtk_widget_get_parent (focus) != self->list)
    focus = gtk_widget_get_parent (focus);

  return focus;
}

static GtkListItem *
get_focused (WeirRowFocus *self)
{
  GtkWidget *child = get_focused_child (self);

  return child != NULL ? find_list_item (child) : NULL;
}

static GtkWidget *
find_row_widget (WeirRowFocus *self, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkListItem *list_item = find_list_item (child);

      if (list_item != NULL && gtk_list_item_get_position (list_item) == position)
        return child;
    }

  return NULL;
}

static void
take (WeirRowFocus *self, WeirRow *row, guint position)
{
  GtkRoot *root = gtk_widget_get_root (self->list);

  self->taken = TRUE;
  self->visible = GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root));
  self->position = position;
  g_set_object (&self->row, row);
  gtk_root_set_focus (root, NULL);
}

/* Before the view hears of it. */
static void
items_changed_cb (WeirRowFocus *self, guint position, guint removed, guint added)
{
  GtkListItem *list_item = removed > 0 ? get_focused (self) : NULL;
  guint focused = list_item != NULL ? gtk_list_item_get_position (list_item) : G_MAXUINT;

  if (focused < position || focused - position >= removed)
    return;

  take (self, gtk_list_item_get_item (list_item), focused);
}

/* A list of GTK 4.8 that is to scroll to a row before it was laid out leaves the space above it empty, for good. */
static gboolean
has_layout (WeirRowFocus *self)
{
  return gtk_widget_get_height (self->list) > 0;
}

static gboolean
layout_cb (GtkWidget *list, GdkFrameClock *clock, gpointer user_data)
{
  WeirRowFocus *self = user_data;

  if (!has_layout (self))
    return G_SOURCE_CONTINUE;

  self->layout_id = 0;
  weir_row_focus_restore (self);

  return G_SOURCE_REMOVE;
}

/* The window gives the focus to the first row of a new page. */
static gboolean
is_waiting (WeirRowFocus *self)
{
  return self->taken && self->layout_id != 0;
}

static void
move_after_layout (WeirRowFocus *self, guint position)
{
  g_autoptr (WeirRow) row = g_list_model_get_item (self->rows, position);

  take (self, row, position);
  if (self->layout_id == 0)
    self->layout_id = gtk_widget_add_tick_callback (self->list, layout_cb, self, NULL);
}

static gboolean
is_in_view (WeirRowFocus *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_get_child_visible (row) && gtk_widget_compute_bounds (row, self->list, &bounds)
         && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < gtk_widget_get_height (self->list);
}

static void
put_back (WeirRowFocus *self)
{
  guint position = self->row != NULL ? self->find (self->row, self->user_data) : G_MAXUINT;

  if (position == G_MAXUINT)
    position = MIN (self->position, g_list_model_get_n_items (self->rows) - 1);
  self->taken = FALSE;
  g_clear_object (&self->row);
  /* a key that was let go meanwhile has put the ring out */
  if (self->visible)
    gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (self->list)), TRUE);
  weir_row_focus_move (self, position);
}

/* The row that had the focus last, or the first of all. */
static guint
find_last (WeirRowFocus *self)
{
  guint position = self->last != NULL ? self->find (self->last, self->user_data) : G_MAXUINT;

  return position != G_MAXUINT ? position : 0;
}

static gboolean
show_cb (gpointer user_data)
{
  WeirRowFocus *self = user_data;
  GtkWidget *child = get_focused_child (self);
  GtkListItem *list_item = get_focused (self);

  self->show_id = 0;
  if (list_item == NULL)
    return G_SOURCE_REMOVE;

  if (is_waiting (self))
    put_back (self);
  else if (!is_in_view (self, child))
    weir_row_focus_move (self, gtk_list_item_get_selected (list_item)
                                   ? gtk_list_item_get_position (list_item)
                                   : find_last (self));

  return G_SOURCE_REMOVE;
}

static gboolean
is_one_of (GtkWidget *row, GtkWidget *const *rows)
{
  return row != NULL && (row == rows[0] || row == rows[1] || row == rows[2]);
}

/* A screen reader stops at the row, and would say of it what its first cell says. That is not made of all rows, which are
 * made anew all the time, and not only of the one that has the focus: what is told later is told twice. */
static gboolean
describe_cb (gpointer user_data)
{
  WeirRowFocus *self = user_data;
  GtkWidget *row = get_focused_child (self);
  GtkWidget *rows[] = { row, row != NULL ? gtk_widget_get_prev_sibling (row) : NULL,
                        row != NULL ? gtk_widget_get_next_sibling (row) : NULL };
  gboolean known = is_one_of (row, self->described) && !self->changed;

  self->describe_id = 0;
  self->changed = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (self->described[i] != NULL && !is_one_of (self->described[i], rows))
        gtk_accessible_reset_property (GTK_ACCESSIBLE (self->described[i]),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      g_clear_weak_pointer (&self->described[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i] != NULL && ((i == 0 && known) || weir_cell_describe_row (rows[i])))
        g_set_weak_pointer (&self->described[i], rows[i]);
    }

  return G_SOURCE_REMOVE;
}

static void
queue_describe (WeirRowFocus *self)
{
  if (self->describe_id == 0)
    self->describe_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, describe_cb, self, NULL);
}

/* Tab leads to what GTK takes for the row that had the focus last, which is what was the first row once if none had it,
 * and may not show that one: a screen reader would not find it either. */
static void
focus_cb (WeirRowFocus *self)
{
  GtkListItem *list_item = get_focused (self);
  gboolean came = list_item != NULL && !self->inside;

  self->inside = list_item != NULL;
  queue_describe (self);
  if (list_item == NULL)
    return;

  /* not at once: GTK is not done with the row */
  if (came && !self->moving && has_layout (self)
      && (is_waiting (self) || !is_in_view (self, get_focused_child (self))))
    {
      if (self->show_id == 0)
        self->show_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, self, NULL);
      return;
    }
  g_set_object (&self->last, gtk_list_item_get_item (list_item));
}

static void
root_cb (WeirRowFocus *self)
{
  g_clear_signal_handler (&self->focus_id, self->root);
  self->root = gtk_widget_get_root (self->list);
  if (self->root != NULL)
    self->focus_id =
        g_signal_connect_swapped (self->root, "notify::focus-widget", G_CALLBACK (focus_cb), self);
}

/**
 * weir_row_focus_new:
 * @list: a list view that has no rows yet, or the one inside a column view
 * @rows: (element-type WeirRow): those it is about to have
 * @find: knows a row again among the new ones
 * @user_data: for @find, outlives the list
 *
 * Returns: (transfer full): what keeps the focus in @list
 */
WeirRowFocus *
weir_row_focus_new (GtkWidget *list, GListModel *rows, WeirRowFind find, gpointer user_data)
{
  WeirRowFocus *self;

  g_return_val_if_fail (GTK_IS_WIDGET (list), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);
  g_return_val_if_fail (find != NULL, NULL);

  self = g_new0 (WeirRowFocus, 1);
  self->list = list;
  self->rows = g_object_ref (rows);
  self->find = find;
  self->user_data = user_data;
  self->changed_id =
      g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (items_changed_cb), self);
  self->root_id = g_signal_connect_swapped (list, "notify::root", G_CALLBACK (root_cb), self);
  g_object_set_qdata (G_OBJECT (list), weir_row_focus_quark (), self);
  root_cb (self);

  return self;
}

/**
 * weir_row_focus_free:
 * @self: (transfer full): what keeps the focus in a list, which is still there
 */
void
weir_row_focus_free (WeirRowFocus *self)
{
  g_return_if_fail (self != NULL);

  g_object_set_qdata (G_OBJECT (self->list), weir_row_focus_quark (), NULL);
  if (self->layout_id != 0)
    gtk_widget_remove_tick_callback (self->list, self->layout_id);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_signal_handler (&self->focus_id, self->root);
  g_clear_signal_handler (&self->root_id, self->list);
  g_clear_signal_handler (&self->changed_id, self->rows);
  for (guint i = 0; i < G_N_ELEMENTS (self->described); i++)
    g_clear_weak_pointer (&self->described[i]);
  g_clear_handle_id (&self->describe_id, g_source_remove);
  g_clear_object (&self->last);
  g_clear_object (&self->row);
  g_clear_object (&self->rows);
  g_free (self);
}

/**
 * weir_row_focus_mark:
 * @child: the widget of a row, or of one of its cells
 * @list_item: the item whose child it is
 *
 * Lets the row be recognised: GTK 4.8 does not say which one has the focus.
 */
void
weir_row_focus_mark (GtkWidget *child, GtkListItem *list_item)
{
  g_return_if_fail (GTK_IS_WIDGET (child));
  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));

  g_object_set_data (G_OBJECT (child), LIST_ITEM, list_item);
}

/**
 * weir_row_focus_get_position:
 * @self: what keeps the focus in a list
 *
 * Returns: the position of the row that has the focus, %G_MAXUINT if none has it
 */
guint
weir_row_focus_get_position (WeirRowFocus *self)
{
  GtkListItem *list_item;

  g_return_val_if_fail (self != NULL, G_MAXUINT);

  list_item = get_focused (self);

  return list_item != NULL ? gtk_list_item_get_position (list_item) : G_MAXUINT;
}

/**
 * weir_row_focus_is_seen:
 * @self: what keeps the focus in a list
 *
 * Returns: whether a row has the focus, and is in view
 */
gboolean
weir_row_focus_is_seen (WeirRowFocus *self)
{
  GtkWidget *child;

  g_return_val_if_fail (self != NULL, FALSE);

  child = get_focused_child (self);

  return child != NULL && is_in_view (self, child);
}

/**
 * weir_row_focus_move:
 * @self: what keeps the focus in a list
 * @position: a row's position
 *
 * Moves the focus to that row, and shows it. The list itself gives the focus to the row that had it last, listens to
 * nobody about that, and does not scroll to it.
 */
void
weir_row_focus_move (WeirRowFocus *self, guint position)
{
  GtkWidget *row;

  g_return_if_fail (self != NULL);

  if (!has_layout (self))
    {
      move_after_layout (self, position);
      return;
    }

  /* makes its widget, too */
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
  row = find_row_widget (self, position);
  self->moving = TRUE;
  if (row != NULL)
    gtk_widget_grab_focus (row);
  self->moving = FALSE;
}

/**
 * weir_row_focus_restore:
 * @self: what keeps the focus in a list
 *
 * Gives the focus back to the row that lost it, wherever that is now, or to the one in its place. Something else that
 * took it meanwhile keeps it; a list that has no rows waits for the next ones.
 */
void
weir_row_focus_restore (WeirRowFocus *self)
{
  GtkRoot *root;

  g_return_if_fail (self != NULL);

  if (!self->taken)
    return;

  root = gtk_widget_get_root (self->list);
  if (root != NULL && gtk_root_get_focus (root) != NULL)
    self->taken = FALSE;
  if (self->taken && g_list_model_get_n_items (self->rows) > 0 && gtk_widget_get_mapped (self->list)
      && has_layout (self))
    put_back (self);
}

/**
 * weir_row_focus_grab:
 * @self: what keeps the focus in a list
 * @selected: the rows that are selected
 *
 * Moves the focus to the one of them that had it last or is the first, or else to the row that had it last, or else to the
 * first of all: a list that has the focus without a row does not show it.
 *
 * Returns: whether the list took it; what is not shown does not
 */
gboolean
weir_row_focus_grab (WeirRowFocus *self, GtkSelectionModel *selected)
{
  g_autoptr (GtkBitset) positions = NULL;
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (selected), FALSE);

  if (!gtk_widget_get_mapped (self->list))
    return FALSE;

  n = g_list_model_get_n_items (self->rows);
  positions = gtk_selection_model_get_selection (selected);
  if (n > 0 && gtk_bitset_contains (positions, find_last (self)))
    weir_row_focus_move (self, find_last (self));
  else if (!gtk_bitset_is_empty (positions))
    weir_row_focus_move (self, gtk_bitset_get_minimum (positions));
  else if (n > 0)
    weir_row_focus_move (self, find_last (self));
  else
    gtk_widget_grab_focus (self->list);

  return self->taken || gtk_widget_is_focus (self->list) || get_focused (self) != NULL;
}

static WeirRowFocus *
find_row_focus (GtkWidget *widget)
{
  WeirRowFocus *self = g_object_get_qdata (G_OBJECT (widget), weir_row_focus_quark ());

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && self == NULL;
       child = gtk_widget_get_next_sibling (child))
    self = g_object_get_qdata (G_OBJECT (child), weir_row_focus_quark ());

  return self;
}

/**
 * weir_row_focus_cell_changed:
 * @row: a row of a list's
 * @news: whether something happened to what the row shows
 *
 * Has a screen reader be told of what the row says now, if it is told of it; of the row that has the focus only what is
 * news, for that is read at once.
 */
void
weir_row_focus_cell_changed (GtkWidget *row, gboolean news)
{
  WeirRowFocus *self;
  gboolean focused;

  g_return_if_fail (GTK_IS_WIDGET (row));

  self = gtk_widget_get_parent (row) != NULL
             ? g_object_get_qdata (G_OBJECT (gtk_widget_get_parent (row)), weir_row_focus_quark ())
             : NULL;
  if (self == NULL || !is_one_of (row, self->described))
    return;

  focused = row == self->described[0];
  if (focused && !news)
    return;
  self->changed = self->changed || focused;
  queue_describe (self);
}

/**
 * weir_row_focus_enter:
 * @view: a list view or a column view
 *
 * The keyboard comes from elsewhere, by Tab or by an arrow key: to the row that weir_row_focus_grab() chooses. What GTK
 * does may lead to no row at all.
 *
 * Returns: whether the list took it
 */
gboolean
weir_row_focus_enter (GtkWidget *view)
{
  WeirRowFocus *self;

  g_return_val_if_fail (GTK_IS_WIDGET (view), FALSE);

  self = find_row_focus (view);

  return self != NULL
         && weir_row_focus_grab (self, gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));
}
