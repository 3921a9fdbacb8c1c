/* weir-histogram-view.c: a histogram, drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-histogram-view.h"

#include "weir-format.h"
#include "weir-legend.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_WIDTH 5 /* px, with the gap */
#define GAP 1
#define AXIS 18 /* px below the bars */
#define TOP 14  /* px above them, for the scale */
#define NONE G_MAXUINT

struct _WeirHistogramView
{
  GtkWidget parent_instance;

  int height;
  char *name;
  WeirHistogram *histogram; /* (nullable) */
  char **names;             /* (nullable) of the groups */
  guint highest;
  guint bins;
  guint bins_id;
  guint current; /* the bar under the pointer or the keyboard's */
};

enum
{
  BINS_CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirHistogramView, weir_histogram_view, GTK_TYPE_WIDGET)

static double
get_bar_width (WeirHistogramView *self)
{
  return (double) gtk_widget_get_width (GTK_WIDGET (self))
         / weir_histogram_get_n_bins (self->histogram);
}

static gboolean
is_rtl (WeirHistogramView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static guint
find_bin (WeirHistogramView *self, double x)
{
  guint n;
  double bin;

  if (self->histogram == NULL || gtk_widget_get_width (GTK_WIDGET (self)) <= 0)
    return NONE;

  n = weir_histogram_get_n_bins (self->histogram);
  bin = floor (x / get_bar_width (self));
  if (bin < 0 || bin >= n)
    return NONE;

  return is_rtl (self) ? n - 1 - (guint) bin : (guint) bin;
}

static double
get_bar_x (WeirHistogramView *self, guint bin)
{
  if (is_rtl (self))
    bin = weir_histogram_get_n_bins (self->histogram) - 1 - bin;

  return bin * get_bar_width (self);
}

static void
append_text (WeirHistogramView *self,
             GtkSnapshot *snapshot,
             const char *text,
             double x,
             double y,
             double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA color;
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.6f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - align * width), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
append_axis (WeirHistogramView *self, GtkSnapshot *snapshot, int width, int height)
{
  gint64 start = weir_histogram_get_start (self->histogram);
  gint64 end = weir_histogram_get_end (self->histogram);
  GdkRGBA color;
  gboolean rtl = is_rtl (self);

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.15f;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (0, (float) (height - AXIS), (float) width, 1));
  for (int i = 0; i <= 2; i++)
    {
      double share = i / 2.0;
      g_autofree char *text = weir_format_clock (start + (gint64) ((double) (end - start) * share));

      append_text (self, snapshot, text, (rtl ? 1 - share : share) * width, height - AXIS + 2,
                   rtl ? 1 - share : share);
    }
  if (self->highest > 0)
    {
      g_autofree char *text = weir_format_number (self->highest);

      append_text (self, snapshot, text, rtl ? width : 0, 0, rtl ? 1 : 0);
    }
}

static void
append_bar (WeirHistogramView *self, GtkSnapshot *snapshot, guint bin, double room, float width)
{
  guint n_groups = weir_histogram_get_n_groups (self->histogram);
  double unit = room / self->highest;
  double top = TOP + room;
  float x = (float) get_bar_x (self, bin);

  for (guint group = 0; group < n_groups; group++)
    {
      guint count = weir_histogram_get_count (self->histogram, bin, group);
      GdkRGBA color;
      double size;

      if (count == 0)
        continue;
      /* one event is seen too, beside a thousand */
      size = MAX (count * unit, 2);
      top = MAX (top - size, TOP);
      weir_palette_get (group, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (x, (float) top, width, (float) size));
    }
}

static void
weir_histogram_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WeirHistogramView *self = WEIR_HISTOGRAM_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double room = height - AXIS - TOP - 1;
  float bar;

  if (self->histogram == NULL || room <= 0)
    return;

  bar = (float) MAX (get_bar_width (self) - GAP, 1);
  if (self->current != NONE && self->current < weir_histogram_get_n_bins (self->histogram))
    {
      GdkRGBA color;

      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
      color.alpha *= 0.12f;
      gtk_snapshot_append_color (
          snapshot, &color,
          &GRAPHENE_RECT_INIT ((float) get_bar_x (self, self->current), TOP, bar, (float) room));
    }
  append_axis (self, snapshot, width, height);
  for (guint i = 0; self->highest > 0 && i < weir_histogram_get_n_bins (self->histogram); i++)
    append_bar (self, snapshot, i, room, bar);
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, gtk_widget_get_style_context (widget), 0, 0, width,
                               height);
}

static void
weir_histogram_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  WeirHistogramView *self = WEIR_HISTOGRAM_VIEW (widget);

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? self->height : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->height : 200;
}

static gboolean
bins_cb (gpointer user_data)
{
  WeirHistogramView *self = user_data;

  self->bins_id = 0;
  g_signal_emit (self, signals[BINS_CHANGED], 0, self->bins);

  return G_SOURCE_REMOVE;
}

static void
weir_histogram_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WeirHistogramView *self = WEIR_HISTOGRAM_VIEW (widget);
  guint bins = (guint) MAX (width / BAR_WIDTH, 1);

  if (bins == self->bins)
    return;

  self->bins = bins;
  /* not while it is laid out */
  if (self->bins_id == 0)
    self->bins_id = g_idle_add (bins_cb, self);
}

static void
say_current (WeirHistogramView *self)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (self->current != NONE)
    text = weir_histogram_view_dup_text (self, self->current);
  name = text != NULL ? g_strdup_printf ("%s: %s", self->name, text) : g_strdup (self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_current (WeirHistogramView *self, guint bin)
{
  if (self->current == bin)
    return;

  self->current = bin;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

static void
motion_cb (WeirHistogramView *self, double x, double y)
{
  set_current (self, find_bin (self, x));
}

static void
leave_cb (WeirHistogramView *self)
{
  set_current (self, NONE);
}

static void
activate (WeirHistogramView *self)
{
  gint64 start;
  gint64 end;

  if (self->histogram == NULL || self->current == NONE
      || self->current >= weir_histogram_get_n_bins (self->histogram))
    return;

  weir_histogram_get_bin_span (self->histogram, self->current, &start, &end);
  g_signal_emit (self, signals[ACTIVATED], 0, start, end);
}

static void
released_cb (WeirHistogramView *self, int n_press, double x, double y)
{
  set_current (self, find_bin (self, x));
  activate (self);
}

static gboolean
key_cb (WeirHistogramView *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint n = self->histogram != NULL ? weir_histogram_get_n_bins (self->histogram) : 0;
  gboolean forward;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      forward = (keyval == GDK_KEY_Right) != is_rtl (self);
      if (self->current == NONE || self->current >= n)
        set_current (self, n - 1);
      else if (forward && self->current + 1 < n)
        set_current (self, self->current + 1);
      else if (!forward && self->current > 0)
        set_current (self, self->current - 1);
      say_current (self);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      activate (self);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
query_tooltip_cb (WeirHistogramView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  guint bin = keyboard ? self->current : find_bin (self, x);
  g_autofree char *text = bin != NONE ? weir_histogram_view_dup_text (self, bin) : NULL;

  if (text == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);
  if (!keyboard)
    {
      GdkRectangle area = { (int) get_bar_x (self, bin), 0, (int) ceil (get_bar_width (self)),
                            gtk_widget_get_height (GTK_WIDGET (self)) };

      gtk_tooltip_set_tip_area (tooltip, &area);
    }

  return TRUE;
}

static void
weir_histogram_view_dispose (GObject *object)
{
  WeirHistogramView *self = WEIR_HISTOGRAM_VIEW (object);

  g_clear_handle_id (&self->bins_id, g_source_remove);
  g_clear_object (&self->histogram);

  G_OBJECT_CLASS (weir_histogram_view_parent_class)->dispose (object);
}

static void
weir_histogram_view_finalize (GObject *object)
{
  WeirHistogramView *self = WEIR_HISTOGRAM_VIEW (object);

  g_free (self->name);
  g_strfreev (self->names);

  G_OBJECT_CLASS (weir_histogram_view_parent_class)->finalize (object);
}

static void
weir_histogram_view_class_init (WeirHistogramViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = weir_histogram_view_dispose;
  object_class->finalize = weir_histogram_view_finalize;
  widget_class->snapshot = weir_histogram_view_snapshot;
  widget_class->measure = weir_histogram_view_measure;
  widget_class->size_allocate = weir_histogram_view_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  signals[BINS_CHANGED] =
      g_signal_new ("bins-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static void
weir_histogram_view_init (WeirHistogramView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->current = NONE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * weir_histogram_view_new:
 * @height: px, the axis included
 * @accessible_name: what is counted
 *
 * Returns: (transfer floating): a view of nothing
 */
GtkWidget *
weir_histogram_view_new (int height, const char *accessible_name)
{
  WeirHistogramView *self;

  g_return_val_if_fail (accessible_name != NULL, NULL);

  self = g_object_new (WEIR_TYPE_HISTOGRAM_VIEW, NULL);
  self->height = height;
  self->name = g_strdup (accessible_name);
  say_current (self);

  return GTK_WIDGET (self);
}

/**
 * weir_histogram_view_get_bins:
 * @self: a view
 *
 * Returns: how many bars there is room for; 0 before it is laid out
 */
guint
weir_histogram_view_get_bins (WeirHistogramView *self)
{
  g_return_val_if_fail (WEIR_IS_HISTOGRAM_VIEW (self), 0);

  return self->bins;
}

/**
 * weir_histogram_view_set_histogram:
 * @self: a view
 * @histogram: (nullable): what to draw
 * @names: (nullable) (array zero-terminated=1): the groups' names
 */
void
weir_histogram_view_set_histogram (WeirHistogramView *self,
                                   WeirHistogram *histogram,
                                   const char *const *names)
{
  g_return_if_fail (WEIR_IS_HISTOGRAM_VIEW (self));

  g_set_object (&self->histogram, histogram);
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  self->highest = histogram != NULL ? weir_histogram_get_highest (histogram) : 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * weir_histogram_view_dup_text:
 * @self: a view
 * @bin: a bar
 *
 * Returns: (transfer full) (nullable): its time, how many there were, and how many of each group
 */
char *
weir_histogram_view_dup_text (WeirHistogramView *self, guint bin)
{
  gint64 start;
  gint64 end;
  guint total;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *number = NULL;
  GString *text;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM_VIEW (self), NULL);

  if (self->histogram == NULL || bin >= weir_histogram_get_n_bins (self->histogram))
    return NULL;

  weir_histogram_get_bin_span (self->histogram, bin, &start, &end);
  total = weir_histogram_get_bin_total (self->histogram, bin);
  from = weir_format_clock (start);
  to = weir_format_clock (end);
  number = weir_format_number (total);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s – %s\n", from, to);
  g_string_append_printf (text, ngettext ("%s event", "%s events", total), number);
  for (guint i = 0; i < weir_histogram_get_n_groups (self->histogram); i++)
    {
      guint count = weir_histogram_get_count (self->histogram, bin, i);
      g_autofree char *of_group = weir_format_number (count);

      if (count > 0 && self->names != NULL && i < g_strv_length (self->names))
        g_string_append_printf (text, "\n%s: %s", self->names[i], of_group);
    }

  return g_string_free (text, FALSE);
}
