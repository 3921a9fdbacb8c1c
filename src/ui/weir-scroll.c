/* weir-scroll.c: brings a part of a dialog into view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-scroll.h"

#define FOLLOW_TIME (G_USEC_PER_SEC / 2) /* longer than something opens in an animation */
#define MARGIN 12

/* Of a viewport: what it scrolls to now. What it scrolled to before gives way. */
static GQuark
get_target_quark (void)
{
  return g_quark_from_static_string ("weir-scroll-target");
}

static gboolean
follow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gint64 *until = user_data;
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *content = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  graphene_rect_t bounds;

  if (*until == 0)
    *until = gdk_frame_clock_get_frame_time (clock) + FOLLOW_TIME;
  if (content == NULL || g_object_get_qdata (G_OBJECT (viewport), get_target_quark ()) != widget
      || gdk_frame_clock_get_frame_time (clock) > *until)
    return G_SOURCE_REMOVE;

  if (gtk_widget_compute_bounds (widget, content, &bounds))
    gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)),
                               MAX (0, bounds.origin.y - MARGIN),
                               bounds.origin.y + bounds.size.height + MARGIN);

  return G_SOURCE_CONTINUE;
}

/**
 * weir_scroll_to:
 * @widget: something in a viewport, which may be about to appear or to grow
 *
 * Scrolls to it, and follows it until it has the size and the place that it will have.
 */
void
weir_scroll_to (GtkWidget *widget)
{
  GtkWidget *viewport;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  if (viewport != NULL)
    g_object_set_qdata (G_OBJECT (viewport), get_target_quark (), widget);
  gtk_widget_add_tick_callback (widget, follow_cb, g_new0 (gint64, 1), g_free);
}

static void
focus_cb (GtkWindow *window)
{
  GtkWidget *focused = gtk_window_get_focus (window);
  GtkWidget *row =
      focused != NULL ? gtk_widget_get_ancestor (focused, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row != NULL && gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT) != NULL)
    weir_scroll_to (row);
}

/**
 * weir_scroll_follow_focus:
 * @window: a window with a form of rows
 *
 * Has the row that gets the focus be seen with the ring around it. A viewport by itself is content with the part of
 * it that has the focus, up to its edge.
 */
void
weir_scroll_follow_focus (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
}
