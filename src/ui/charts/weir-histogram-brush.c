/* weir-histogram-brush.c: a histogram's pointer and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-histogram-view-private.h"

/* px: a hand that clicks is not quite still */
#define THRESHOLD 5

static gint64
get_bin_start (WeirHistogramView *self, guint bin)
{
  gint64 start;
  gint64 end;

  weir_histogram_get_bin_span (self->histogram, bin, &start, &end);

  return start;
}

static guint
get_n_bins (WeirHistogramView *self)
{
  return self->histogram != NULL ? weir_histogram_get_n_bins (self->histogram) : 0;
}

/* The bar nearest to a place that may be outside. */
static guint
clamp_bin (WeirHistogramView *self, double x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  return weir_histogram_view_find_bin (self, CLAMP (x, 0, MAX (width - 1, 0)));
}

static void
stop_selecting (WeirHistogramView *self)
{
  self->selecting = FALSE;
  self->dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
zoom (WeirHistogramView *self)
{
  guint first;
  guint last;

  if (!weir_histogram_view_get_selection (self, &first, &last))
    return;

  stop_selecting (self);
  weir_histogram_view_emit (self, "zoomed", first, last);
}

static void
motion_cb (WeirHistogramView *self, double x, double y)
{
  if (!self->dragging)
    weir_histogram_view_set_current (self, weir_histogram_view_find_bin (self, x));
}

static void
leave_cb (WeirHistogramView *self)
{
  if (!self->dragging)
    weir_histogram_view_set_current (self, WEIR_NO_BIN);
}

static void
drag_update_cb (WeirHistogramView *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x;
  double y;
  guint from;
  guint to;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y)
      || (!self->dragging && ABS (dx) < THRESHOLD))
    return;

  from = clamp_bin (self, x);
  to = clamp_bin (self, x + dx);
  if (from == WEIR_NO_BIN || to == WEIR_NO_BIN)
    return;

  if (!self->dragging)
    self->anchor = get_bin_start (self, from);
  self->dragging = self->selecting = TRUE;
  self->other = get_bin_start (self, to);
  weir_histogram_view_set_current (self, to);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (WeirHistogramView *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x;
  double y;
  guint bin;

  if (self->dragging)
    {
      self->dragging = FALSE;
      zoom (self);
      return;
    }

  self->selecting = FALSE;
  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  bin = weir_histogram_view_find_bin (self, x);
  weir_histogram_view_set_current (self, bin);
  if (bin != WEIR_NO_BIN)
    weir_histogram_view_emit (self, "activated", bin, bin);
}

static void
cancel_cb (WeirHistogramView *self)
{
  if (self->dragging)
    stop_selecting (self);
}

static void
move_to (WeirHistogramView *self, guint bin, gboolean select)
{
  if (select)
    {
      if (!self->selecting)
        self->anchor =
            get_bin_start (self, self->current < get_n_bins (self) ? self->current : bin);
      self->selecting = TRUE;
      self->other = get_bin_start (self, bin);
    }
  else
    {
      self->selecting = FALSE;
    }
  weir_histogram_view_set_current (self, bin);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  weir_histogram_view_say (self);
}

static gboolean
escape (WeirHistogramView *self)
{
  if (self->selecting)
    {
      stop_selecting (self);
      weir_histogram_view_say (self);
      return GDK_EVENT_STOP;
    }
  if (self->zoomed)
    {
      weir_histogram_view_emit (self, "zoom-out", WEIR_NO_BIN, WEIR_NO_BIN);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static gboolean
key_cb (WeirHistogramView *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean select = (state & GDK_SHIFT_MASK) != 0;
  guint n = get_n_bins (self);
  guint current = self->current;
  gboolean forward;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      forward = (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
                != weir_histogram_view_is_rtl (self);
      if (current >= n)
        current = n - 1;
      else if (forward)
        current = MIN (current + 1, n - 1);
      else if (current > 0)
        current--;
      move_to (self, current, select);
      return GDK_EVENT_STOP;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move_to (self, 0, select);
      return GDK_EVENT_STOP;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move_to (self, n - 1, select);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (self->selecting)
        zoom (self);
      else if (current < n)
        weir_histogram_view_emit (self, "activated", current, current);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      return escape (self);

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/**
 * weir_histogram_view_add_brush:
 * @self: a view
 *
 * Lets the pointer and the keys point at bars and choose a span.
 */
void
weir_histogram_view_add_brush (WeirHistogramView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
