/* weir-histogram-draw.c: how a histogram looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-histogram-view-private.h"

#include "weir-format.h"
#include "weir-legend.h"
#include "weir-time-scale.h"

#include <math.h>

#define GAP 1
#define AXIS 18 /* px below the bars */
#define TOP 14  /* px above them, for the scale */
#define LABEL_WIDTH 84
#define MIN_HATCH 3 /* px: the shortest gap is seen */
#define STRIPE 6    /* px */

static void
get_color (WeirHistogramView *self, float alpha, GdkRGBA *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), color);
  color->alpha *= alpha;
}

static void
get_named_color (WeirHistogramView *self, const char *name, float alpha, GdkRGBA *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name,
                                       color))
    get_color (self, 1, color);
  color->alpha *= alpha;
}

static double
get_time_x (WeirHistogramView *self, gint64 time)
{
  gint64 start = weir_histogram_get_start (self->histogram);
  gint64 end = weir_histogram_get_end (self->histogram);

  return weir_histogram_view_get_x (self, (double) (CLAMP (time, start, end) - start)
                                              / (double) (end - start));
}

/* The text stays inside. Returns the x at which it ends. */
static double
append_text (WeirHistogramView *self,
             GtkSnapshot *snapshot,
             const char *text,
             double x,
             double y,
             double align,
             float alpha)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA color;
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  get_color (self, alpha, &color);
  x = round (
      CLAMP (x - align * width, 0, MAX (gtk_widget_get_width (GTK_WIDGET (self)) - width, 0)));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);

  return x + width;
}

static void
append_axis (WeirHistogramView *self, GtkSnapshot *snapshot, int width, int height)
{
  gint64 start = weir_histogram_get_start (self->histogram);
  gint64 end = weir_histogram_get_end (self->histogram);
  gint64 step = weir_time_scale_choose_step (end - start, (guint) MAX (width / LABEL_WIDTH, 1));
  GdkRGBA line;
  GdkRGBA tick;

  get_color (self, 0.15f, &line);
  get_color (self, 0.07f, &tick);
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, (float) (height - AXIS), (float) width, 1));
  for (gint64 time = weir_time_scale_floor (start, step); time < end; time += step)
    {
      g_autofree char *text = NULL;
      double x;

      if (time < start)
        continue;
      x = round (get_time_x (self, time));
      text = weir_time_scale_dup_label (time, step);
      gtk_snapshot_append_color (
          snapshot, &tick, &GRAPHENE_RECT_INIT ((float) x, TOP, 1, (float) (height - AXIS - TOP)));
      append_text (self, snapshot, text, x, height - AXIS + 2, 0.5, 0.6f);
    }
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
  area = GRAPHENE_RECT_INIT ((float) floor (MIN (a, b)), TOP,
                             (float) MAX (ceil (fabs (b - a)), MIN_HATCH), (float) room);
  get_named_color (self, "warning_color", 0.32f, &stripe);
  get_named_color (self, "warning_color", 0.07f, &ground);
  gtk_snapshot_append_repeating_linear_gradient (
      snapshot, &area, &GRAPHENE_POINT_INIT (0, 0), &GRAPHENE_POINT_INIT (STRIPE, STRIPE),
      (GskColorStop[]){ { 0, stripe }, { 0.3f, stripe }, { 0.3f, ground }, { 1, ground } }, 4);
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
  double top = TOP + room;

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
      size = MIN (size, top - TOP);
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
  get_named_color (self, "window_bg_color", 0.65f, &ground);
  get_named_color (self, "accent_color", 0.9f, &edge);
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT (0, TOP, (float) left, (float) room));
  gtk_snapshot_append_color (
      snapshot, &ground,
      &GRAPHENE_RECT_INIT ((float) (left + width), TOP,
                           (float) (gtk_widget_get_width (GTK_WIDGET (self)) - left - width),
                           (float) room));
  for (guint i = 0; i < 2; i++)
    gtk_snapshot_append_color (
        snapshot, &edge,
        &GRAPHENE_RECT_INIT ((float) (left + i * (width - 1)), TOP, 1, (float) room));
  text = weir_histogram_view_dup_selection_text (self);
  append_text (self, snapshot, text, left + width / 2, -1, 0.5, 1);
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
  double room = height - AXIS - TOP - 1;
  guint n_bins;

  if (self->histogram == NULL || room <= 0)
    return;

  n_bins = weir_histogram_get_n_bins (self->histogram);
  append_axis (self, snapshot, width, height);
  if (self->current < n_bins)
    {
      double share = (double) self->current / n_bins;
      double x = weir_histogram_view_get_x (self, share);
      double bar = weir_histogram_view_get_bar_width (self);
      GdkRGBA color;

      get_color (self, 0.12f, &color);
      gtk_snapshot_append_color (
          snapshot, &color,
          &GRAPHENE_RECT_INIT ((float) round (weir_histogram_view_is_rtl (self) ? x - bar : x), TOP,
                               (float) MAX (round (bar) - GAP, 1), (float) room));
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

      append_text (self, snapshot, text, rtl ? width : 0, -1, rtl ? 1 : 0, 0.6f);
    }
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, gtk_widget_get_style_context (widget), 0, 0, width,
                               height);
}
