/* weir-histogram-view.c: a histogram, drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-histogram-view-private.h"

#include "weir-format.h"
#include "weir-time-scale.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_WIDTH 5 /* px, with the gap */

enum
{
  BINS_CHANGED,
  ACTIVATED,
  ZOOMED,
  ZOOM_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirHistogramView, weir_histogram_view, GTK_TYPE_WIDGET)

static char *
dup_span (WeirHistogramView *self, gint64 start, gint64 end)
{
  return weir_time_scale_dup_span (start, end, weir_histogram_get_length (self->histogram));
}

static char *
dup_count (guint64 count)
{
  g_autofree char *number = weir_format_number (count);

  return g_strdup_printf (ngettext ("%s event", "%s events", (gulong) count), number);
}

/* text: taken over; item: a sentence without its full stop, taken over */
static char *
add_sentence (char *text, char *item)
{
  g_autofree char *before = text;
  g_autofree char *words = item;
  g_autofree char *sentence = weir_format_sentence (words);

  return before != NULL ? weir_format_sentences (before, sentence) : g_steal_pointer (&sentence);
}

/* All of them, then those of each group. */
static char *
dup_counts (WeirHistogramView *self, guint64 total)
{
  char *list = dup_count (total);

  for (guint i = 0; total > 0 && self->names != NULL && self->names[i] != NULL
                    && i < weir_histogram_get_n_groups (self->histogram);
       i++)
    {
      guint64 of_group = weir_histogram_get_group_total (self->histogram, i);
      g_autofree char *number = weir_format_number (of_group);
      g_autofree char *group = weir_format_labelled (self->names[i], number);
      g_autofree char *before = NULL;

      if (of_group == 0)
        continue;
      before = list;
      list = weir_format_list_add (before, group);
    }

  return list;
}

static guint
count_hatches (WeirHistogramView *self)
{
  guint n_hatches = 0;

  for (guint i = 0; self->hatches != NULL && i < self->hatches->len; i++)
    {
      WeirHatch *hatch = &g_array_index (self->hatches, WeirHatch, i);

      if (hatch->end > weir_histogram_get_start (self->histogram)
          && hatch->start < weir_histogram_get_end (self->histogram))
        n_hatches++;
    }

  return n_hatches;
}

/* What is seen at a glance, in words. */
static char *
dup_summary (WeirHistogramView *self)
{
  guint64 total;
  guint n_hatches;
  g_autofree char *counts = NULL;
  g_autofree char *span = NULL;
  char *text;

  if (self->histogram == NULL)
    return g_strdup ("");

  total = weir_histogram_get_total (self->histogram);
  n_hatches = count_hatches (self);
  counts = dup_counts (self, total);
  span = dup_span (self, weir_histogram_get_start (self->histogram),
                   weir_histogram_get_end (self->histogram));
  text = add_sentence (NULL, weir_format_labelled (span, counts));
  if (total > 0)
    {
      guint bin = weir_histogram_find_highest (self->histogram);
      g_autofree char *most = dup_count (self->highest);
      g_autofree char *when = NULL;
      gint64 start;
      gint64 end;

      weir_histogram_get_bin_span (self->histogram, bin, &start, &end);
      when = dup_span (self, start, end);
      /* Translators: %s is a span of time, then a number of events */
      text = add_sentence (text, g_strdup_printf (_ ("Most at %s: %s"), when, most));
    }
  if (n_hatches > 0)
    text =
        add_sentence (text, g_strdup_printf (ngettext ("%u gap", "%u gaps", n_hatches), n_hatches));

  return text;
}

static gboolean
bins_cb (gpointer user_data)
{
  WeirHistogramView *self = user_data;

  self->bins_id = 0;
  g_signal_emit (self, signals[BINS_CHANGED], 0, self->bins);

  return G_SOURCE_REMOVE;
}

static gboolean
query_tooltip_cb (WeirHistogramView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  guint bin = keyboard ? self->current : weir_histogram_view_find_bin (self, x);
  g_autofree char *text = bin != WEIR_NO_BIN ? weir_histogram_view_dup_text (self, bin) : NULL;

  if (text == NULL || self->dragging)
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);
  if (!keyboard)
    {
      double width = weir_histogram_view_get_bar_width (self);
      double left = floor (x / width) * width;
      GdkRectangle area = { (int) left, 0, (int) ceil (width),
                            gtk_widget_get_height (GTK_WIDGET (self)) };

      gtk_tooltip_set_tip_area (tooltip, &area);
    }

  return TRUE;
}

static void
weir_histogram_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  weir_histogram_view_draw (WEIR_HISTOGRAM_VIEW (widget), snapshot);
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

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? weir_width_from_text (self->height) : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? weir_width_from_text (self->height) : 200;
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
weir_histogram_view_dispose (GObject *object)
{
  WeirHistogramView *self = WEIR_HISTOGRAM_VIEW (object);

  g_clear_handle_id (&self->bins_id, g_source_remove);
  g_clear_object (&self->histogram);
  g_clear_pointer (&self->hatches, g_array_unref);

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
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);

  signals[BINS_CHANGED] =
      g_signal_new ("bins-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[ZOOMED] = g_signal_new ("zoomed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[ZOOM_OUT] = g_signal_new ("zoom-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_histogram_view_init (WeirHistogramView *self)
{
  self->current = WEIR_NO_BIN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  weir_histogram_view_add_brush (self);
}

/**
 * weir_histogram_view_new:
 * @height: px, the axis included, with texts of the usual size
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
  weir_histogram_view_say (self);

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
 * @histogram: (nullable): what to draw; that it has other counts now is told by giving it again
 * @names: (nullable) (array zero-terminated=1): the groups' names
 */
void
weir_histogram_view_set_histogram (WeirHistogramView *self,
                                   WeirHistogram *histogram,
                                   const char *const *names)
{
  g_autofree char *summary = NULL;

  g_return_if_fail (WEIR_IS_HISTOGRAM_VIEW (self));

  g_set_object (&self->histogram, histogram);
  if (self->names == NULL || names == NULL
      || !g_strv_equal ((const char *const *) self->names, names))
    {
      g_strfreev (self->names);
      self->names = g_strdupv ((char **) names);
    }
  self->highest =
      histogram != NULL
          ? weir_histogram_get_bin_total (histogram, weir_histogram_find_highest (histogram))
          : 0;
  summary = dup_summary (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * weir_histogram_view_set_hatches:
 * @self: a view
 * @hatches: (nullable) (element-type WeirHatch): what is not completely known
 */
void
weir_histogram_view_set_hatches (WeirHistogramView *self, GArray *hatches)
{
  g_return_if_fail (WEIR_IS_HISTOGRAM_VIEW (self));

  g_clear_pointer (&self->hatches, g_array_unref);
  self->hatches = hatches != NULL ? g_array_ref (hatches) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * weir_histogram_view_set_zoomed:
 * @self: a view
 * @zoomed: whether there is something to go back to with Escape
 *
 * For another span of time: no bar of it is chosen yet.
 */
void
weir_histogram_view_set_zoomed (WeirHistogramView *self, gboolean zoomed)
{
  g_return_if_fail (WEIR_IS_HISTOGRAM_VIEW (self));

  self->zoomed = zoomed;
  /* the bars are others */
  self->selecting = FALSE;
  weir_histogram_view_set_current (self, WEIR_NO_BIN);
  weir_histogram_view_say (self);
}

/**
 * weir_histogram_view_dup_text:
 * @self: a view
 * @bin: a bar
 *
 * Returns: (transfer full) (nullable): its time, how many there were, how many of each group, and whether that is all
 */
char *
weir_histogram_view_dup_text (WeirHistogramView *self, guint bin)
{
  gint64 start;
  gint64 end;
  g_autofree char *span = NULL;
  g_autofree char *all = NULL;
  GString *text;

  g_return_val_if_fail (WEIR_IS_HISTOGRAM_VIEW (self), NULL);

  if (self->histogram == NULL || bin >= weir_histogram_get_n_bins (self->histogram))
    return NULL;

  weir_histogram_get_bin_span (self->histogram, bin, &start, &end);
  span = dup_span (self, start, end);
  all = dup_count (weir_histogram_get_bin_total (self->histogram, bin));
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s\n%s", span, all);
  for (guint i = 0; i < weir_histogram_get_n_groups (self->histogram); i++)
    {
      guint count = weir_histogram_get_count (self->histogram, bin, i);
      g_autofree char *of_group = weir_format_number (count);

      if (count > 0 && self->names != NULL && i < g_strv_length (self->names))
        {
          g_autofree char *line = weir_format_labelled (self->names[i], of_group);

          g_string_append_printf (text, "\n%s", line);
        }
    }
  for (guint i = 0; self->hatches != NULL && i < self->hatches->len; i++)
    {
      WeirHatch *hatch = &g_array_index (self->hatches, WeirHatch, i);

      if (hatch->start < end && hatch->end > start)
        {
          g_string_append_printf (text, "\n%s", _ ("In a gap: there may be more"));
          break;
        }
    }

  return g_string_free (text, FALSE);
}

/**
 * weir_histogram_view_get_bar_width:
 * @self: a view with a histogram
 *
 * Returns: px, the gap included
 */
double
weir_histogram_view_get_bar_width (WeirHistogramView *self)
{
  return (double) gtk_widget_get_width (GTK_WIDGET (self))
         / weir_histogram_get_n_bins (self->histogram);
}

/**
 * weir_histogram_view_is_rtl:
 * @self: a view
 *
 * Returns: whether time goes from right to left
 */
gboolean
weir_histogram_view_is_rtl (WeirHistogramView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/**
 * weir_histogram_view_get_x:
 * @self: a view
 * @share: of the whole span, 0 to 1
 *
 * Returns: where that is, px
 */
double
weir_histogram_view_get_x (WeirHistogramView *self, double share)
{
  return (weir_histogram_view_is_rtl (self) ? 1 - share : share)
         * gtk_widget_get_width (GTK_WIDGET (self));
}

/**
 * weir_histogram_view_find_bin:
 * @self: a view
 * @x: px
 *
 * Returns: the bar there, %WEIR_NO_BIN if there is none
 */
guint
weir_histogram_view_find_bin (WeirHistogramView *self, double x)
{
  guint n;
  double bin;

  if (self->histogram == NULL || gtk_widget_get_width (GTK_WIDGET (self)) <= 0)
    return WEIR_NO_BIN;

  n = weir_histogram_get_n_bins (self->histogram);
  bin = floor (x / weir_histogram_view_get_bar_width (self));
  if (bin < 0 || bin >= n)
    return WEIR_NO_BIN;

  return weir_histogram_view_is_rtl (self) ? n - 1 - (guint) bin : (guint) bin;
}

/**
 * weir_histogram_view_set_current:
 * @self: a view
 * @bin: the bar to point out, or %WEIR_NO_BIN
 */
void
weir_histogram_view_set_current (WeirHistogramView *self, guint bin)
{
  if (self->current == bin)
    return;

  self->current = bin;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

/**
 * weir_histogram_view_get_selection:
 * @self: a view
 * @first: (out): the first bar that is chosen
 * @last: (out): the last one
 *
 * Returns: whether some are, and still seen
 */
gboolean
weir_histogram_view_get_selection (WeirHistogramView *self, guint *first, guint *last)
{
  gint64 from = MIN (self->anchor, self->other);
  gint64 to = MAX (self->anchor, self->other);
  gint64 start;
  gint64 length;
  gint64 n;

  if (!self->selecting || self->histogram == NULL)
    return FALSE;

  start = weir_histogram_get_start (self->histogram);
  length = weir_histogram_get_length (self->histogram);
  n = weir_histogram_get_n_bins (self->histogram);
  if (to < start || from >= weir_histogram_get_end (self->histogram))
    return FALSE;

  *first = (guint) CLAMP ((from - start) / length, 0, n - 1);
  *last = (guint) CLAMP ((to - start) / length, 0, n - 1);

  return TRUE;
}

/**
 * weir_histogram_view_dup_selection_text:
 * @self: a view
 *
 * Returns: (transfer full): the chosen span and how many there were; empty if none is
 */
char *
weir_histogram_view_dup_selection_text (WeirHistogramView *self)
{
  g_autofree char *span = NULL;
  g_autofree char *count = NULL;
  guint64 total = 0;
  guint first;
  guint last;
  gint64 start;
  gint64 end;
  gint64 unused;

  if (!weir_histogram_view_get_selection (self, &first, &last))
    return g_strdup ("");

  for (guint i = first; i <= last; i++)
    total += weir_histogram_get_bin_total (self->histogram, i);
  weir_histogram_get_bin_span (self->histogram, first, &start, &unused);
  weir_histogram_get_bin_span (self->histogram, last, &unused, &end);
  span = dup_span (self, start, end);
  count = dup_count (total);

  return weir_format_line (span, count, NULL);
}

/**
 * weir_histogram_view_say:
 * @self: a view
 *
 * Tells assistive technology what the keys are at.
 */
void
weir_histogram_view_say (WeirHistogramView *self)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (self->selecting)
    text = weir_histogram_view_dup_selection_text (self);
  else if (self->current != WEIR_NO_BIN)
    text = weir_histogram_view_dup_text (self, self->current);
  name = text != NULL ? weir_format_labelled (self->name, text) : g_strdup (self->name);
  /* Older GTK tells the values of its own widgets only, so the name says it too. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
      0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) MAX (self->bins, 1) - 1,
      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
      self->current != WEIR_NO_BIN ? (double) self->current : 0.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text != NULL ? text : "", -1);
}

/**
 * weir_histogram_view_emit:
 * @self: a view
 * @signal: "activated", "zoomed" or "zoom-out"
 * @first_bin: the first bar meant
 * @last_bin: the last one
 */
void
weir_histogram_view_emit (WeirHistogramView *self,
                          const char *signal,
                          guint first_bin,
                          guint last_bin)
{
  gint64 start;
  gint64 end;
  gint64 unused;

  if (first_bin == WEIR_NO_BIN)
    {
      g_signal_emit_by_name (self, signal);
      return;
    }

  weir_histogram_get_bin_span (self->histogram, first_bin, &start, &unused);
  weir_histogram_get_bin_span (self->histogram, last_bin, &unused, &end);
  g_signal_emit_by_name (self, signal, start, end);
}
