/* weir-chart-draw.c: what all drawn charts have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-chart-draw.h"

#include "weir-time-scale.h"
#include "weir-width-bin.h"
#include "weir-zone.h"

#include <adwaita.h>
#include <math.h>

#define AXIS 18 /* px, with the labels */
#define TOP 14  /* px, for a line above */
#define LABEL_WIDTH 84
#define STRIPE 6  /* px */
#define DIM 0.75f /* of the text: 4.5 to 1 is left */

/**
 * weir_chart_get_axis:
 *
 * Returns: the height of an axis with its labels, px
 */
int
weir_chart_get_axis (void)
{
  return weir_width_from_text (AXIS);
}

/**
 * weir_chart_get_top:
 *
 * Returns: the height of a line of text above a chart, px
 */
int
weir_chart_get_top (void)
{
  return weir_width_from_text (TOP);
}

/**
 * weir_chart_get_color:
 * @widget: a chart
 * @alpha: how much of it
 * @color: (out): the colour of its text
 */
void
weir_chart_get_color (GtkWidget *widget, float alpha, GdkRGBA *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
  color->alpha *= alpha;
}

/**
 * weir_chart_get_named_color:
 * @widget: a chart
 * @name: as style sheets have it: warning_color
 * @alpha: how much of it
 * @color: (out): that colour, or the text's where the theme has none
 */
void
weir_chart_get_named_color (GtkWidget *widget, const char *name, float alpha, GdkRGBA *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    weir_chart_get_color (widget, 1, color);
  color->alpha *= alpha;
}

/**
 * weir_chart_get_x:
 * @widget: a chart
 * @time: a time
 * @start: of the whole chart
 * @end: of the whole chart, later than @start
 *
 * Returns: where that is, px, not outside
 */
double
weir_chart_get_x (GtkWidget *widget, gint64 time, gint64 start, gint64 end)
{
  double share = (double) (CLAMP (time, start, end) - start) / (double) (end - start);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return (rtl ? 1 - share : share) * gtk_widget_get_width (widget);
}

/**
 * weir_chart_append_text:
 * @widget: a chart
 * @snapshot: what is drawn on
 * @text: a short one
 * @x: px
 * @y: its top, px
 * @align: which part of it stands at @x, 0 to 1; it stays inside the chart
 * @alpha: of the text's colour
 */
void
weir_chart_append_text (GtkWidget *widget,
                        GtkSnapshot *snapshot,
                        const char *text,
                        double x,
                        double y,
                        double align,
                        float alpha)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA color;
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    alpha = 1;
  weir_chart_get_color (widget, alpha, &color);
  x = round (CLAMP (x - align * width, 0, MAX (gtk_widget_get_width (widget) - width, 0)));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/**
 * weir_chart_append_axis:
 * @widget: a chart
 * @snapshot: what is drawn on
 * @start: of the whole chart
 * @end: of the whole chart, later than @start
 * @top: where its ticks begin, px
 */
void
weir_chart_append_axis (GtkWidget *widget, GtkSnapshot *snapshot, gint64 start, gint64 end, int top)
{
  int width = gtk_widget_get_width (widget);
  int foot = gtk_widget_get_height (widget) - weir_chart_get_axis ();
  gint64 step = weir_time_scale_choose_step (
      end - start, (guint) MAX (width / weir_width_from_text (LABEL_WIDTH), 1));
  GdkRGBA line;
  GdkRGBA tick;

  weir_chart_get_color (widget, 0.15f, &line);
  weir_chart_get_color (widget, 0.07f, &tick);
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (0, (float) foot, (float) width, 1));
  for (gint64 time = weir_time_scale_floor (start, step); time < end; time += step)
    {
      g_autofree char *text = NULL;
      double x;

      if (time < start)
        continue;
      x = round (weir_chart_get_x (widget, time, start, end));
      text = weir_time_scale_dup_label (time, step);
      gtk_snapshot_append_color (
          snapshot, &tick, &GRAPHENE_RECT_INIT ((float) x, (float) top, 1, (float) (foot - top)));
      weir_chart_append_text (widget, snapshot, text, x, foot + 2, 0.5, DIM);
    }
}

/**
 * weir_chart_append_zone:
 * @widget: a chart
 * @snapshot: what is drawn on
 * @time: of the chart, µs
 *
 * Draws which zone the axis is in at the end of the chart's first line.
 */
void
weir_chart_append_zone (GtkWidget *widget, GtkSnapshot *snapshot, gint64 time)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autofree char *zone = weir_zone_dup_abbreviation (time);

  weir_chart_append_text (widget, snapshot, zone, rtl ? 0 : gtk_widget_get_width (widget), -1,
                          rtl ? 0 : 1, DIM);
}

/**
 * weir_chart_append_stripes:
 * @snapshot: what is drawn on
 * @area: where
 * @stripe: a colour
 * @ground: the colour between the stripes
 * @back: whether they lean the other way
 */
void
weir_chart_append_stripes (GtkSnapshot *snapshot,
                           const graphene_rect_t *area,
                           const GdkRGBA *stripe,
                           const GdkRGBA *ground,
                           gboolean back)
{
  gtk_snapshot_append_repeating_linear_gradient (
      snapshot, area, &GRAPHENE_POINT_INIT (0, back ? STRIPE : 0),
      &GRAPHENE_POINT_INIT (STRIPE, back ? 0 : STRIPE),
      (GskColorStop[]){ { 0, *stripe }, { 0.3f, *stripe }, { 0.3f, *ground }, { 1, *ground } }, 4);
}
