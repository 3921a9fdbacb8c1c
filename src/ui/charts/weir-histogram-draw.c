/* weir-histogram-draw.c: how a histogram looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-histogram-view-private.h"

#include "weir-chart-draw.h"
#include "weir-format.h"
#include "weir-legend.h"

#include <math.h>

#define GAP 1
#define DIM 0.75f   /* of the text: 4.5 to 1 is left */
#define MIN_HATCH 3 /* px: the shortest gap is seen */

static double
get_time_x (WeirHistogramView *self, gint64 time)
{
  return weir_chart_get_x (GTK_WIDGET (self), time, weir_histogram_get_start (self->histogram),
                           weir_histogram_get_end (self->histogram));
}

static void
append_hatch (WeirHistogramView *self, GtkSnapshot *snapshot, const WeirHatch *hatch, double room)
{
  GdkRGBA stripe;
  GdkRGBA ground;
  double a;
  double b;
  graphene_rect_t area;

  if (hatch->end <= weir_histogram_get_start (self->histogram)
      || hatch->start >= weir_histogram_get_end (self->histogram))
    return;

  a = get_time_x (self, hatch->start);
  b = get_time_x (self, hatch->end);
  area = GRAPHENE_RECT_INIT ((float) floor (MIN (a, b)), weir_chart_get_top (),
                             (float) MAX (ceil (fabs (b - a)), MIN_HATCH), (float) room);
  weir_chart_get_named_color (GTK_WIDGET (self), "warning_color", 0.32f, &stripe);
  weir_chart_get_named_color (GTK_WIDGET (self), "warning_color", 0.07f, &ground);
  weir_chart_append_stripes (snapshot, &area, &stripe, &ground, FALSE);
}

static void
append_bar (WeirHistogramView *self, GtkSnapshot *snapshot, guint bin, double room)
{
  guint n_groups = weir_histogram_get_n_groups (self->histogram);
  double bar = weir_histogram_view_get_bar_width (self);
  double left = round (bin * bar);
  /* whole pixels: bars of one sharpness, with gaps of one width */
  double width = MAX (round ((bin + 1) * bar) - left - GAP, 1);
  double unit = room / self->highest;
  double top = weir_chart_get_top () + room;

  if (weir_histogram_view_is_rtl (self))
    left = gtk_widget_get_width (GTK_WIDGET (self)) - left - width;
  for (guint group = 0; group < n_groups; group++)
    {
      guint count = weir_histogram_get_count (self->histogram, bin, group);
      GdkRGBA color;
      double size;

      if (count == 0)
        continue;
      /* one event is seen too, beside a thousand */
      size = MAX (count * unit, 2);
      size = MIN (size, top - weir_chart_get_top ());
      top -= size;
      weir_palette_get (group, &color);
      gtk_snapshot_append_color (
          snapshot, &color,
          &GRAPHENE_RECT_INIT ((float) left, (float) top, (float) width, (float) size));
    }
}

static void
append_selection (WeirHistogramView *self, GtkSnapshot *snapshot, double room)
{
  double bar = weir_histogram_view_get_bar_width (self);
  g_autofree char *text = NULL;
  GdkRGBA ground;
  GdkRGBA edge;
  guint first;
  guint last;
  double left;
  double width;

  if (!weir_histogram_view_get_selection (self, &first, &last))
    return;

  left = round (first * bar);
  width = round ((last + 1) * bar) - left;
  if (weir_histogram_view_is_rtl (self))
    left = gtk_widget_get_width (GTK_WIDGET (self)) - left - width;
  /* what is not chosen steps back: a colour over the bars would not be seen on each of theirs */
  weir_chart_get_named_color (GTK_WIDGET (self), "window_bg_color", 0.65f, &ground);
  weir_chart_get_named_color (GTK_WIDGET (self), "accent_color", 0.9f, &edge);
  gtk_snapshot_append_color (
      snapshot, &ground,
      &GRAPHENE_RECT_INIT (0, weir_chart_get_top (), (float) left, (float) room));
  gtk_snapshot_append_color (
      snapshot, &ground,
      &GRAPHENE_RECT_INIT ((float) (left + width), weir_chart_get_top (),
                           (float) (gtk_widget_get_width (GTK_WIDGET (self)) - left - width),
                           (float) room));
  for (guint i = 0; i < 2; i++)
    gtk_snapshot_append_color (snapshot, &edge,
                               &GRAPHENE_RECT_INIT ((float) (left + i * (width - 1)),
                                                    weir_chart_get_top (), 1, (float) room));
  text = weir_histogram_view_dup_selection_text (self);
  weir_chart_append_text (GTK_WIDGET (self), snapshot, text, left + width / 2, -1, 0.5, 1);
}

/**
 * weir_histogram_view_draw:
 * @self: a view
 * @snapshot: what is drawn on
 */
void
weir_histogram_view_draw (WeirHistogramView *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double room = height - weir_chart_get_axis () - weir_chart_get_top () - 1;
  guint n_bins;

  if (self->histogram == NULL || room <= 0)
    return;

  n_bins = weir_histogram_get_n_bins (self->histogram);
  weir_chart_append_axis (widget, snapshot, weir_histogram_get_start (self->histogram),
                          weir_histogram_get_end (self->histogram), weir_chart_get_top ());
  if (self->current < n_bins)
    {
      double share = (double) self->current / n_bins;
      double x = weir_histogram_view_get_x (self, share);
      double bar = weir_histogram_view_get_bar_width (self);
      GdkRGBA color;

      weir_chart_get_color (GTK_WIDGET (self), 0.12f, &color);
      gtk_snapshot_append_color (
          snapshot, &color,
          &GRAPHENE_RECT_INIT ((float) round (weir_histogram_view_is_rtl (self) ? x - bar : x),
                               weir_chart_get_top (), (float) MAX (round (bar) - GAP, 1),
                               (float) room));
    }
  for (guint i = 0; self->highest > 0 && i < n_bins; i++)
    append_bar (self, snapshot, i, room);
  /* over the bars: there may be more than they say */
  for (guint i = 0; self->hatches != NULL && i < self->hatches->len; i++)
    append_hatch (self, snapshot, &g_array_index (self->hatches, WeirHatch, i), room);
  if (self->selecting)
    {
      append_selection (self, snapshot, room);
    }
  else if (self->highest > 0)
    {
      g_autofree char *text = weir_format_number (self->highest);
      gboolean rtl = weir_histogram_view_is_rtl (self);

      weir_chart_append_text (GTK_WIDGET (self), snapshot, text, rtl ? width : 0, -1, rtl ? 1 : 0,
                              DIM);
    }
  if (!self->selecting)
    weir_chart_append_zone (widget, snapshot, weir_histogram_get_end (self->histogram));
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, gtk_widget_get_style_context (widget), 0, 0, width,
                               height);
}
