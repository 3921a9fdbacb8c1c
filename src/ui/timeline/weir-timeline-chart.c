/* weir-timeline-chart.c: how many events there were when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-chart.h"

#include "weir-accessible.h"
#include "weir-clock.h"
#include "weir-histogram-view.h"
#include "weir-legend.h"
#include "weir-tick.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 92
/* The smallest span that has so many events is chosen at first. */
#define ENOUGH 30

struct _WeirTimelineChart
{
  AdwBin parent_instance;

  GListModel *sessions;
  WeirHistoryIndex *index; /* (nullable) */
  gboolean chosen;         /* a span, by the reader or by us */
  gint64 drawn_at;         /* the end of what is drawn, µs */

  WeirHistogramView *view;
  WeirLegend *legend;
  GtkDropDown *span;
};

enum
{
  ACTIVATED,
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

/* The groups are the accounts in the sidebar's order, so that each keeps its colour; behind them those that are no more. */
static char **
list_names (WeirTimelineChart *self)
{
  guint n = g_list_model_get_n_items (self->sessions);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);

      g_ptr_array_add (names, g_strdup (weir_session_get_account (session)->name));
    }
  g_ptr_array_add (names, g_strdup (_ ("Removed Accounts")));
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

static guint
find_group (WeirTimelineChart *self, WeirAccount *account)
{
  guint n = g_list_model_get_n_items (self->sessions);

  for (guint i = 0; account != NULL && i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);

      if (g_str_equal (weir_session_get_account (session)->uuid, account->uuid))
        return i;
    }

  return n;
}

static WeirHistogram *
count (WeirTimelineChart *self, gint64 start, gint64 end, guint n_bins)
{
  guint n = weir_history_index_get_length (self->index);
  WeirHistogram *histogram =
      weir_histogram_new (start, end, n_bins, g_list_model_get_n_items (self->sessions) + 1);
  /* the history's number of an account → group + 1 */
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);

  for (guint i = weir_history_index_find_time (self->index, start); i < n; i++)
    {
      guint number = weir_history_index_get_group (self->index, i);
      guint group = GPOINTER_TO_UINT (g_hash_table_lookup (groups, GUINT_TO_POINTER (number + 1)));

      if (group == 0)
        {
          group = find_group (self, weir_history_index_get_account (self->index, number)) + 1;
          g_hash_table_insert (groups, GUINT_TO_POINTER (number + 1), GUINT_TO_POINTER (group));
        }
      weir_histogram_add (histogram, weir_history_index_get_time (self->index, i), group - 1, 1);
    }

  return histogram;
}

static gboolean
has_any (WeirHistogram *histogram, guint group)
{
  for (guint i = 0; i < weir_histogram_get_n_bins (histogram); i++)
    {
      if (weir_histogram_get_count (histogram, i, group) > 0)
        return TRUE;
    }

  return FALSE;
}

/* Accounts that can have events, and others that are seen. */
static void
set_legend (WeirTimelineChart *self, WeirHistogram *histogram, const char *const *names)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);
      WeirProvider *provider = session != NULL ? weir_session_get_provider (session) : NULL;
      const char *reason;
      gboolean feed =
          provider != NULL && weir_provider_lists (provider, WEIR_RECORD_EVENT, &reason);

      g_ptr_array_add (shown, feed || has_any (histogram, i) ? (gpointer) names[i] : (gpointer) "");
    }
  g_ptr_array_add (shown, NULL);
  weir_legend_set_names (self->legend, (const char *const *) shown->pdata);
}

static void
draw (WeirTimelineChart *self)
{
  gint64 seconds = spans[gtk_drop_down_get_selected (self->span)].seconds;
  gint64 end = weir_clock_now ();
  gint64 start = end - seconds * G_USEC_PER_SEC;
  guint n_bins = weir_histogram_view_get_bins (self->view);
  g_autoptr (WeirHistogram) histogram = NULL;
  g_auto (GStrv) names = NULL;
  guint n;

  if (n_bins == 0 || self->index == NULL)
    return;

  n = weir_history_index_get_length (self->index);
  if (n > 0)
    /* a server's clock may be ahead of ours */
    end = MAX (end, MIN (weir_history_index_get_time (self->index, n - 1), end + G_TIME_SPAN_HOUR));
  if (seconds == 0)
    start = n > 0 ? MIN (weir_history_index_get_time (self->index, 0), end) : end;
  histogram = count (self, start, end, n_bins);
  names = list_names (self);
  set_legend (self, histogram, (const char *const *) names);
  weir_histogram_view_set_histogram (self->view, histogram, (const char *const *) names);
  self->drawn_at = weir_clock_now ();
}

/* The bars move on by themselves, each time by the part of a bar. */
static void
tick_cb (WeirTimelineChart *self)
{
  gint64 seconds;

  if (self->view == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  seconds = spans[gtk_drop_down_get_selected (self->span)].seconds;
  if (weir_clock_now () - self->drawn_at > MAX (seconds / 200, 2) * G_USEC_PER_SEC)
    draw (self);
}

static void
span_cb (WeirTimelineChart *self)
{
  self->chosen = TRUE;
  draw (self);
}

static void
activated_cb (WeirTimelineChart *self, gint64 start, gint64 end)
{
  g_signal_emit (self, signals[ACTIVATED], 0, start, end);
}

static void
choose_span (WeirTimelineChart *self)
{
  guint n = weir_history_index_get_length (self->index);
  guint i;

  if (self->chosen || n == 0)
    return;

  for (i = 0; i + 1 < G_N_ELEMENTS (spans); i++)
    {
      guint first = weir_history_index_find_time (
          self->index, weir_clock_now () - spans[i].seconds * G_USEC_PER_SEC);

      if (n - first >= ENOUGH)
        break;
    }
  gtk_drop_down_set_selected (self->span, i);
  /* a history that is just being filled is looked at again */
  self->chosen = n >= ENOUGH;
}

static void
weir_timeline_chart_dispose (GObject *object)
{
  WeirTimelineChart *self = WEIR_TIMELINE_CHART (object);

  self->view = NULL;
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
}

static void
weir_timeline_chart_init (WeirTimelineChart *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    gtk_string_list_append (labels, _ (spans[i].label));
  self->span = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (labels), NULL));
  gtk_drop_down_set_selected (self->span, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->span), "weir-small");
  gtk_widget_add_css_class (GTK_WIDGET (self->span), "flat");
  weir_accessible_name_drop_down (self->span, _ ("Span of Time"));
  g_signal_connect_swapped (self->span, "notify::selected", G_CALLBACK (span_cb), self);
  self->legend = WEIR_LEGEND (weir_legend_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->legend), GTK_ALIGN_CENTER);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->legend));
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (line), scroller);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->span));

  self->view = WEIR_HISTOGRAM_VIEW (weir_histogram_view_new (HEIGHT, _ ("Events by time")));
  g_signal_connect_swapped (self->view, "bins-changed", G_CALLBACK (draw), self);
  g_signal_connect_swapped (self->view, "activated", G_CALLBACK (activated_cb), self);
  gtk_widget_add_css_class (box, "weir-chart");
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), box);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
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

  g_signal_handlers_block_by_func (self->span, span_cb, self);
  choose_span (self);
  g_signal_handlers_unblock_by_func (self->span, span_cb, self);
  draw (self);
}
