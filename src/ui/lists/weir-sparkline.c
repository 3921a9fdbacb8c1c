/* weir-sparkline.c: how many there were in each of the last hours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-sparkline.h"

#include <string.h>

#define HEIGHT 20
#define WIDTH (WEIR_SPARKLINE_HOURS * 3)

struct _WeirSparkline
{
  GtkWidget parent_instance;

  gboolean known;
  guint16 counts[WEIR_SPARKLINE_HOURS];
  guint16 largest;
};

G_DEFINE_FINAL_TYPE (WeirSparkline, weir_sparkline, GTK_TYPE_WIDGET)

/* At most one rectangle an hour: no path, no texture. */
static void
weir_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WeirSparkline *self = WEIR_SPARKLINE (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float step = width / WEIR_SPARKLINE_HOURS;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;
  GdkRGBA faint;

  if (!self->known)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  faint = color;
  faint.alpha *= 0.25f;

  for (guint i = 0; i < WEIR_SPARKLINE_HOURS; i++)
    {
      guint hour = rtl ? WEIR_SPARKLINE_HOURS - 1 - i : i;
      float bar = self->counts[hour] == 0
                      ? 1
                      : MAX (3, height * (float) self->counts[hour] / (float) self->largest);

      gtk_snapshot_append_color (
          snapshot, self->counts[hour] == 0 ? &faint : &color,
          &GRAPHENE_RECT_INIT (step * (float) i, height - bar, MAX (1, step - 1), bar));
    }
}

static void
weir_sparkline_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  /* its bars may be thin: beside a large number in a narrow window there is no room for more */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH / 3 : HEIGHT;
}

static void
weir_sparkline_class_init (WeirSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = weir_sparkline_snapshot;
  widget_class->measure = weir_sparkline_measure;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
weir_sparkline_init (WeirSparkline *self)
{
}

/**
 * weir_sparkline_new:
 *
 * Returns: (transfer floating): a sparkline that shows nothing yet
 */
GtkWidget *
weir_sparkline_new (void)
{
  return g_object_new (WEIR_TYPE_SPARKLINE, "valign", GTK_ALIGN_CENTER, NULL);
}

/**
 * weir_sparkline_set_counts:
 * @self: a sparkline
 * @counts: (nullable) (array fixed-size=24): the counts by hour, the last is the hour we are in; %NULL if
 *   they are not known
 */
void
weir_sparkline_set_counts (WeirSparkline *self, const guint16 *counts)
{
  g_return_if_fail (WEIR_IS_SPARKLINE (self));

  if (self->known == (counts != NULL)
      && (counts == NULL || memcmp (self->counts, counts, sizeof self->counts) == 0))
    return;

  self->known = counts != NULL;
  self->largest = 1;
  if (counts != NULL)
    memcpy (self->counts, counts, sizeof self->counts);
  for (guint i = 0; self->known && i < WEIR_SPARKLINE_HOURS; i++)
    self->largest = MAX (self->largest, self->counts[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
