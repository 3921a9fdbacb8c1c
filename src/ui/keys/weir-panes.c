/* weir-panes.c: going round the parts of a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-panes.h"

#include "weir-scroll-proxy.h"

/* In px: where a menu points to in a row, and the height of one where none is known. */
#define INDENT 40
#define ROW_HEIGHT 60

#define LAST_FOCUS "weir-last-focus"

static void
free_reference (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
remember (GtkWidget *pane, GtkWidget *focus)
{
  GWeakRef *last = g_object_get_data (G_OBJECT (pane), LAST_FOCUS);

  if (last == NULL)
    {
      last = g_new0 (GWeakRef, 1);
      g_weak_ref_init (last, NULL);
      g_object_set_data_full (G_OBJECT (pane), LAST_FOCUS, last, free_reference);
    }
  g_weak_ref_set (last, focus);
}

/* Where the focus was in a list, it goes to what is selected there now, or to the row, whatever shows that now. */
static gboolean
go_back (GtkWidget *last)
{
  GtkWidget *rows = gtk_widget_get_ancestor (last, WEIR_TYPE_SCROLL_PROXY);
  GtkWidget *list = gtk_widget_get_ancestor (last, GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row = list != NULL ? gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) : NULL;

  if (rows != NULL)
    return gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : last);
}

static gboolean
has_focus (GtkWidget *pane)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (pane));

  return focus != NULL && gtk_widget_is_ancestor (focus, pane);
}

/**
 * weir_pane_enter:
 * @pane: a part of a window
 *
 * Moves the focus to where it was in @pane when it left by weir_panes_step(), or to the first place there is.
 *
 * Returns: whether there was one; what is not shown takes no focus
 */
gboolean
weir_pane_enter (GtkWidget *pane)
{
  GWeakRef *reference;
  g_autoptr (GtkWidget) last = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (pane), FALSE);

  if (!gtk_widget_get_mapped (pane))
    return FALSE;

  reference = g_object_get_data (G_OBJECT (pane), LAST_FOCUS);
  if (reference != NULL)
    last = g_weak_ref_get (reference);
  if (last != NULL && gtk_widget_get_mapped (last) && gtk_widget_is_ancestor (last, pane)
      && go_back (last))
    return TRUE;

  /* out of a part within it: to its beginning, not on from there */
  if (has_focus (pane))
    gtk_root_set_focus (gtk_widget_get_root (pane), NULL);

  return gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

/**
 * weir_panes_step:
 * @panes: (array length=n_panes) (element-type GtkWidget) (nullable elements): parts of one window, in the order they are
 *   read; one may be within the one before it
 * @n_panes: their number
 * @forward: which way
 *
 * Moves the focus to the next part that takes it, and from the last to the first.
 */
void
weir_panes_step (GtkWidget *const *panes, guint n_panes, gboolean forward)
{
  guint current = forward ? n_panes - 1 : 0;
  gboolean inside = FALSE;

  g_return_if_fail (panes != NULL && n_panes > 0);

  for (guint i = 0; i < n_panes; i++)
    if (panes[i] != NULL && has_focus (panes[i]))
      {
        current = i;
        inside = TRUE;
      }
  if (inside)
    remember (panes[current], gtk_root_get_focus (gtk_widget_get_root (panes[current])));

  for (guint i = 1; i <= n_panes; i++)
    {
      GtkWidget *pane = panes[(current + (forward ? i : n_panes - i)) % n_panes];

      if (pane != NULL && weir_pane_enter (pane))
        return;
    }
}

/**
 * weir_popover_close:
 * @parent: a button that makes a popover each time it is pressed
 *
 * Closes the one that it has. Where nothing in a popover takes the focus, the button keeps it and can be pressed again.
 *
 * Returns: whether it has one; one that is still being filled stays
 */
gboolean
weir_popover_close (GtkWidget *parent)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      {
        gtk_popover_popdown (GTK_POPOVER (child));
        return TRUE;
      }

  return FALSE;
}

/**
 * weir_popover_point_at_row:
 * @popover: a popover that has a parent
 * @view: its parent, or within it: has rows
 *
 * For a menu that the keyboard asks for: it belongs to the row that has the focus, near its beginning.
 */
void
weir_popover_point_at_row (GtkPopover *popover, GtkWidget *view)
{
  GtkWidget *parent;
  GtkRoot *root;
  GtkWidget *focus;
  graphene_rect_t bounds;
  GdkRectangle at = { 0, 0, 1, 1 };
  int width;

  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (GTK_IS_WIDGET (view));

  parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  root = gtk_widget_get_root (view);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, view)
      || !gtk_widget_compute_bounds (focus, parent, &bounds))
    bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (parent), ROW_HEIGHT);

  /* what is scrolled out does not count */
  width = MIN ((int) bounds.size.width, gtk_widget_get_width (parent) - (int) bounds.origin.x);
  at.x = (int) bounds.origin.x
         + (gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL ? width - INDENT : INDENT);
  at.y = CLAMP ((int) (bounds.origin.y + bounds.size.height), 0, gtk_widget_get_height (parent));
  gtk_popover_set_pointing_to (popover, &at);
}
