/* weir-scroll.c: brings a part of a dialog into view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-scroll.h"

#define FOLLOW_TIME (G_USEC_PER_SEC / 2) /* longer than something opens in an animation */
#define MARGIN 12

static gboolean
follow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gint64 *until = user_data;
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *content = viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  graphene_rect_t bounds;

  if (*until == 0)
    *until = gdk_frame_clock_get_frame_time (clock) + FOLLOW_TIME;
  if (content == NULL || gdk_frame_clock_get_frame_time (clock) > *until)
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
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_add_tick_callback (widget, follow_cb, g_new0 (gint64, 1), g_free);
}
