/* weir-timeline-chart.c: how many events there were when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-chart.h"

#include "weir-accessible.h"
#include "weir-appearance.h"
#include "weir-clock.h"
#include "weir-drop-down.h"
#include "weir-gap.h"
#include "weir-histogram-view.h"
#include "weir-keys.h"
#include "weir-legend.h"
#include "weir-tick.h"
#include "weir-time-scale.h"
#include "weir-timeline-count.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 92
#define ONE_LINE 300 /* px; in less the legend always stands above what is chosen */
/* The smallest span that has so many events is chosen at first. */
#define ENOUGH 30
/* Between two counts: an eye does not read bars faster. */
#define INTERVAL_MS 250

struct _WeirTimelineChart
{
  AdwBin parent_instance;

  GListModel *sessions;
  WeirHistoryIndex *index; /* (nullable) */
  gint64 zoom_start;       /* G_MININT64: no bound */
  gint64 zoom_end;         /* G_MAXINT64: no bound */
  gboolean chosen;         /* a span, by the reader or by us */

  gint64 drawn_to;           /* the end of what is drawn, µs */
  GCancellable *cancellable; /* (nullable) of the count that runs */
  gboolean stale;            /* news came since it was started */
  guint wait_id;

  WeirHistogramView *view;
  GtkBox *line; /* legend and choices */
  int width;    /* px, that it has; 0: not known */
  WeirLegend *legend;
  GtkDropDown *stack;
  GtkDropDown *span;
  GtkWidget *zoom_out;
};

enum
{
  ACTIVATED,
  ZOOMED,
  ZOOM_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirTimelineChart, weir_timeline_chart, ADW_TYPE_BIN)

static const struct
{
  const char *label;
  gint64 seconds; /* 0: all */
} spans[] = {
  { N_ ("Last 15 Minutes"), 15 * 60 },
  { N_ ("Last Hour"), 60 * 60 },
  { N_ ("Last 24 Hours"), 24 * 60 * 60 },
  { N_ ("Last 7 Days"), 7 * 24 * 60 * 60 },
  { N_ ("All Time"), 0 },
};

/* What the bars are made of, as it is kept in a saved view. */
enum
{
  BY_ACCOUNT,
  BY_KIND,
};

static const struct
{
  const char *id;
  const char *label;
} stacks[] = {
  [BY_ACCOUNT] = { "account", N_ ("By Account") },
  [BY_KIND] = { "kind", N_ ("By Kind") },
};

static void schedule (WeirTimelineChart *self);

static gboolean
is_zoomed (WeirTimelineChart *self)
{
  return self->zoom_start != G_MININT64 || self->zoom_end != G_MAXINT64;
}

static gboolean
is_by_kind (WeirTimelineChart *self)
{
  return gtk_drop_down_get_selected (self->stack) == BY_KIND;
}

/* The groups are the accounts in the sidebar's order, so that each keeps its colour; behind them those that are no more. */
static void
list_accounts (WeirTimelineChart *self, char ***uuid_list, char ***name_list)
{
  guint n = g_list_model_get_n_items (self->sessions);
  g_autoptr (GStrvBuilder) uuids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);

      g_strv_builder_add (uuids, weir_session_get_account (session)->uuid);
      g_strv_builder_add (names, weir_session_get_account (session)->name);
    }
  g_strv_builder_add (names, _ ("Removed Accounts"));
  *uuid_list = g_strv_builder_end (uuids);
  *name_list = g_strv_builder_end (names);
}

/* An account that can have events, or any group that is seen. */
static gboolean
is_in_legend (WeirTimelineChart *self, WeirHistogram *histogram, guint group)
{
  g_autoptr (WeirSession) session = NULL;
  WeirProvider *provider;
  const char *reason;

  if (weir_histogram_get_group_total (histogram, group) > 0)
    return TRUE;
  if (is_by_kind (self))
    return FALSE;

  session = g_list_model_get_item (self->sessions, group);
  provider = session != NULL ? weir_session_get_provider (session) : NULL;

  return provider != NULL && weir_provider_lists (provider, WEIR_RECORD_EVENT, &reason);
}

static void
fit_line (WeirTimelineChart *self)
{
  if (self->width > 0)
    weir_width_fit_line (self->line, self->width, ONE_LINE);
}

static void
set_legend (WeirTimelineChart *self, WeirHistogram *histogram, const char *const *names)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (shown, (gpointer) (is_in_legend (self, histogram, i) ? names[i] : ""));
  g_ptr_array_add (shown, NULL);
  weir_legend_set_names (self->legend, (const char *const *) shown->pdata);
  fit_line (self);
}

/* From when to when, by the query or else by the chosen span; the bar that we are in is in it. */
static void
find_span (WeirTimelineChart *self, gint64 *start, gint64 *end)
{
  gint64 seconds = spans[gtk_drop_down_get_selected (self->span)].seconds;
  gint64 now = weir_clock_now ();
  guint n = weir_history_index_get_length (self->index);
  gint64 oldest = n > 0 ? weir_history_index_get_time (self->index, 0) : now;
  gint64 newest = n > 0 ? weir_history_index_get_time (self->index, n - 1) : now;

  /* a server's clock may be ahead of ours */
  now = MAX (now, MIN (newest, now + G_TIME_SPAN_HOUR)) + 1;
  if (is_zoomed (self))
    {
      *start = self->zoom_start != G_MININT64 ? self->zoom_start : oldest;
      *end = self->zoom_end != G_MAXINT64 ? self->zoom_end : MAX (now, *start);
    }
  else
    {
      /* all that there is does not reach further than its newest */
      *end = seconds != 0 || n == 0 ? now : newest + 1;
      *start = seconds != 0 ? now - seconds * G_USEC_PER_SEC : MIN (oldest, now - 1);
    }
  *end = MAX (*end, *start + 1);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineChart) self = user_data;
  g_auto (GStrv) names = NULL;
  g_autoptr (WeirHistogram) histogram = weir_timeline_count_finish (result, &names, NULL);

  if (histogram == NULL || self->view == NULL)
    return;

  g_clear_object (&self->cancellable);
  set_legend (self, histogram, (const char *const *) names);
  weir_histogram_view_set_histogram (self->view, histogram, (const char *const *) names);
  self->drawn_to = weir_histogram_get_end (histogram);
  if (self->stale)
    schedule (self);
}

static void
count (WeirTimelineChart *self)
{
  guint at_most = weir_histogram_view_get_bins (self->view);
  WeirTimelineQuestion question = { 0 };
  g_auto (GStrv) uuids = NULL;
  g_auto (GStrv) names = NULL;
  gint64 end;

  if (at_most == 0 || self->index == NULL)
    return;

  self->stale = FALSE;
  find_span (self, &question.start, &end);
  question.length = weir_time_scale_choose_step (end - question.start, at_most);
  /* bars begin at round times, so that they do not change their heights while they move on */
  question.start = weir_time_scale_floor (question.start, question.length);
  question.n_bins = (guint) ((end - question.start + question.length - 1) / question.length);
  if (!is_by_kind (self))
    {
      list_accounts (self, &uuids, &names);
      question.uuids = (const char *const *) uuids;
      question.names = (const char *const *) names;
    }
  self->cancellable = g_cancellable_new ();
  weir_timeline_count_async (self->index, &question, self->cancellable, counted_cb,
                             g_object_ref (self));
}

static gboolean
wait_cb (gpointer user_data)
{
  WeirTimelineChart *self = user_data;

  self->wait_id = 0;
  if (self->stale && self->cancellable == NULL)
    count (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (WeirTimelineChart *self)
{
  self->stale = TRUE;
  if (self->cancellable != NULL || self->wait_id != 0)
    return;

  self->wait_id = g_timeout_add (INTERVAL_MS, wait_cb, self);
  count (self);
}

/* What is asked for is another thing now. */
static void
count_now (WeirTimelineChart *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  count (self);
}

/* The bars move on by themselves. */
static void
tick_cb (WeirTimelineChart *self)
{
  if (self->view == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (self->zoom_end == G_MAXINT64 && weir_clock_now () >= self->drawn_to)
    schedule (self);
}

static void
span_cb (WeirTimelineChart *self)
{
  self->chosen = TRUE;
  count_now (self);
}

static void
activated_cb (WeirTimelineChart *self, gint64 start, gint64 end)
{
  g_signal_emit (self, signals[ACTIVATED], 0, start, end);
}

static void
zoomed_cb (WeirTimelineChart *self, gint64 start, gint64 end)
{
  g_signal_emit (self, signals[ZOOMED], 0, start, end);
}

static void
zoom_out_cb (WeirTimelineChart *self)
{
  g_signal_emit (self, signals[ZOOM_OUT], 0);
}

static void
choose_span (WeirTimelineChart *self)
{
  guint n = weir_history_index_get_length (self->index);
  guint i;

  if (self->chosen || n == 0 || is_zoomed (self))
    return;

  for (i = 0; i + 1 < G_N_ELEMENTS (spans); i++)
    {
      guint first = weir_history_index_find_time (
          self->index, weir_clock_now () - spans[i].seconds * G_USEC_PER_SEC);

      if (n - first >= ENOUGH)
        break;
    }
  g_signal_handlers_block_by_func (self->span, span_cb, self);
  gtk_drop_down_set_selected (self->span, i);
  g_signal_handlers_unblock_by_func (self->span, span_cb, self);
  /* a history that is just being filled is looked at again */
  self->chosen = n >= ENOUGH;
}

static void
weir_timeline_chart_dispose (GObject *object)
{
  WeirTimelineChart *self = WEIR_TIMELINE_CHART (object);

  self->view = NULL;
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->index);
  g_clear_object (&self->sessions);

  G_OBJECT_CLASS (weir_timeline_chart_parent_class)->dispose (object);
}

static void
weir_timeline_chart_class_init (WeirTimelineChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_timeline_chart_dispose;

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[ZOOMED] = g_signal_new ("zoomed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[ZOOM_OUT] = g_signal_new ("zoom-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkDropDown *
create_drop_down (const char *name)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkDropDown *drop_down = weir_drop_down_new (G_LIST_MODEL (labels));

  gtk_widget_set_valign (GTK_WIDGET (drop_down), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (drop_down), "weir-small");
  gtk_widget_add_css_class (GTK_WIDGET (drop_down), "flat");
  weir_accessible_name_drop_down (drop_down, name);

  return drop_down;
}

static GtkWidget *
create_line (WeirTimelineChart *self)
{
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->legend = WEIR_LEGEND (weir_legend_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->legend), GTK_ALIGN_CENTER);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->legend));
  gtk_widget_set_hexpand (scroller, TRUE);
  /* nothing in it does */
  gtk_widget_set_can_focus (scroller, FALSE);

  self->stack = create_drop_down (_ ("Stacked"));
  for (gsize i = 0; i < G_N_ELEMENTS (stacks); i++)
    gtk_string_list_append (GTK_STRING_LIST (gtk_drop_down_get_model (self->stack)),
                            _ (stacks[i].label));
  g_signal_connect_swapped (self->stack, "notify::selected", G_CALLBACK (count_now), self);

  self->span = create_drop_down (_ ("Span of Time"));
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    gtk_string_list_append (GTK_STRING_LIST (gtk_drop_down_get_model (self->span)),
                            _ (spans[i].label));
  gtk_drop_down_set_selected (self->span, 1);
  g_signal_connect_swapped (self->span, "notify::selected", G_CALLBACK (span_cb), self);

  self->zoom_out = gtk_button_new_with_label (_ ("Zoom Out"));
  gtk_widget_set_valign (self->zoom_out, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->zoom_out, FALSE);
  gtk_widget_add_css_class (self->zoom_out, "weir-small-button");
  weir_keys_set_tooltip (self->zoom_out, "page.zoom-out",
                         _ ("Show the span of time that was shown before"));
  g_signal_connect_swapped (self->zoom_out, "clicked", G_CALLBACK (zoom_out_cb), self);

  gtk_box_append (GTK_BOX (choices), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (choices), GTK_WIDGET (self->span));
  gtk_box_append (GTK_BOX (choices), self->zoom_out);
  self->line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_append (self->line, scroller);
  gtk_box_append (self->line, choices);

  return GTK_WIDGET (self->line);
}

/* Days begin elsewhere, and so do the bars of days. */
static void
appearance_changed_cb (WeirTimelineChart *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->view));
  if (self->index == NULL)
    return;

  choose_span (self);
  schedule (self);
}

static void
weir_timeline_chart_init (WeirTimelineChart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->zoom_start = G_MININT64;
  self->zoom_end = G_MAXINT64;
  self->view = WEIR_HISTOGRAM_VIEW (weir_histogram_view_new (HEIGHT, _ ("Events by time")));
  g_signal_connect_swapped (self->view, "bins-changed", G_CALLBACK (count_now), self);
  g_signal_connect_swapped (self->view, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->view, "zoomed", G_CALLBACK (zoomed_cb), self);
  g_signal_connect_swapped (self->view, "zoom-out", G_CALLBACK (zoom_out_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (box), "weir-chart");
  gtk_box_append (GTK_BOX (box), create_line (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), box);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
  weir_appearance_connect (self, G_CALLBACK (appearance_changed_cb));
}

/**
 * weir_timeline_chart_new:
 * @monitor: has the accounts
 *
 * Returns: (transfer floating): a chart of nothing
 */
GtkWidget *
weir_timeline_chart_new (WeirMonitor *monitor)
{
  WeirTimelineChart *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_TIMELINE_CHART, NULL);
  self->sessions = g_object_ref (weir_monitor_get_sessions (monitor));

  return GTK_WIDGET (self);
}

/**
 * weir_timeline_chart_set_index:
 * @self: the chart
 * @index: (nullable): the events
 */
void
weir_timeline_chart_set_index (WeirTimelineChart *self, WeirHistoryIndex *index)
{
  g_return_if_fail (WEIR_IS_TIMELINE_CHART (self));

  if (!g_set_object (&self->index, index) || index == NULL)
    return;

  choose_span (self);
  schedule (self);
}

/**
 * weir_timeline_chart_set_zoom:
 * @self: the chart
 * @start: what the query asks for, µs; %G_MININT64 without a bound
 * @end: where that ends; %G_MAXINT64 without a bound
 *
 * Without any bound the reader's choice of a span holds again.
 */
void
weir_timeline_chart_set_zoom (WeirTimelineChart *self, gint64 start, gint64 end)
{
  g_return_if_fail (WEIR_IS_TIMELINE_CHART (self));

  if (start == self->zoom_start && end == self->zoom_end)
    return;

  self->zoom_start = start;
  self->zoom_end = end;
  gtk_widget_set_visible (GTK_WIDGET (self->span), !is_zoomed (self));
  gtk_widget_set_visible (self->zoom_out, is_zoomed (self));
  weir_histogram_view_set_zoomed (self->view, is_zoomed (self));
  count_now (self);
}

static int
compare_hatches (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const WeirHatch *) a)->start;
  gint64 other = ((const WeirHatch *) b)->start;

  return (one > other) - (one < other);
}

/* What several gaps have in common is hatched once. */
static GArray *
create_hatches (GPtrArray *gaps)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (WeirHatch));
  guint n = 0;

  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = g_ptr_array_index (gaps, i);
      WeirHatch hatch = { gap->from != 0 ? gap->from : G_MININT64,
                          gap->to != 0 ? gap->to : G_MAXINT64 };

      g_array_append_val (all, hatch);
    }
  g_array_sort (all, compare_hatches);
  for (guint i = 0; i < all->len; i++)
    {
      WeirHatch hatch = g_array_index (all, WeirHatch, i);
      WeirHatch *last = n > 0 ? &g_array_index (all, WeirHatch, n - 1) : NULL;

      if (last != NULL && hatch.start <= last->end)
        last->end = MAX (last->end, hatch.end);
      else
        g_array_index (all, WeirHatch, n++) = hatch;
    }
  g_array_set_size (all, n);

  return all;
}

/**
 * weir_timeline_chart_set_hatches:
 * @self: the chart
 * @hatches: (nullable) (element-type WeirHatch): spans that are not completely known
 */
void
weir_timeline_chart_set_hatches (WeirTimelineChart *self, GArray *hatches)
{
  g_return_if_fail (WEIR_IS_TIMELINE_CHART (self));

  weir_histogram_view_set_hatches (self->view, hatches);
}

/**
 * weir_timeline_chart_get_stack:
 * @self: the chart
 *
 * Returns: what the bars are made of: "account" or "kind"
 */
const char *
weir_timeline_chart_get_stack (WeirTimelineChart *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_CHART (self), NULL);

  return stacks[gtk_drop_down_get_selected (self->stack)].id;
}

/**
 * weir_timeline_chart_set_stack:
 * @self: the chart
 * @stack: (nullable): of weir_timeline_chart_get_stack(); another text changes nothing
 */
void
weir_timeline_chart_set_stack (WeirTimelineChart *self, const char *stack)
{
  g_return_if_fail (WEIR_IS_TIMELINE_CHART (self));

  for (guint i = 0; i < G_N_ELEMENTS (stacks); i++)
    {
      if (g_strcmp0 (stack, stacks[i].id) == 0)
        gtk_drop_down_set_selected (self->stack, i);
    }
}

/**
 * weir_timeline_chart_set_gaps:
 * @self: the chart
 * @gaps: (element-type WeirGap): where something may be missing: it is hatched
 */
void
weir_timeline_chart_set_gaps (WeirTimelineChart *self, GPtrArray *gaps)
{
  g_autoptr (GArray) hatches = NULL;

  g_return_if_fail (WEIR_IS_TIMELINE_CHART (self));

  hatches = create_hatches (gaps);
  weir_timeline_chart_set_hatches (self, hatches);
}

/**
 * weir_timeline_chart_set_width:
 * @self: the chart
 * @width: the room that it has, px, in which texts have their usual size
 */
void
weir_timeline_chart_set_width (WeirTimelineChart *self, int width)
{
  g_return_if_fail (WEIR_IS_TIMELINE_CHART (self));

  self->width = width;
  fit_line (self);
}
