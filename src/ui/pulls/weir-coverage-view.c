/* weir-coverage-view.c: for which times a subscription was pulled, and what to do about the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-coverage-view.h"

#include "weir-accessible.h"
#include "weir-actions.h"
#include "weir-clock.h"
#include "weir-coverage-loader.h"
#include "weir-coverage-row.h"
#include "weir-coverage-strip.h"
#include "weir-coverage-text.h"
#include "weir-error-text.h"
#include "weir-subscription.h"
#include "weir-tick.h"

#include <glib/gi18n-lib.h>

/* Rows are whole widgets here. */
#define MOST_ROWS 100

struct _WeirCoverageView
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirCoverageLoader *loader;
  WeirAccount *account; /* (nullable) */
  char *subscription;   /* (nullable) */
  gboolean pulled;      /* it is one that can have a coverage */
  guint max_rows;
  gboolean all;    /* not only the first rows */
  gint64 chosen;   /* where the span begins that has its row in any case; 0: none */
  char *shown;     /* (nullable) what the rows say */
  GArray *clipped; /* (nullable) (element-type WeirCoverageSpan) what the strip shows */
  gint64 from;
  gint64 to;
  WeirCoverageRange range;
  WeirCoverageRange offered[WEIR_COVERAGE_N_RANGES]; /* what the drop-down has */
  guint n_offered;
  gboolean updating;

  GtkDropDown *ranges;
  WeirCoverageStrip *strip;
  GtkLabel *summary;
  GtkListBox *list;
  GtkWidget *more;
  GtkWidget *note;
  GtkWidget *empty;
};

enum
{
  PULLS_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirCoverageView, weir_coverage_view, ADW_TYPE_BIN)

static const char *const range_names[] = {
  [WEIR_COVERAGE_DAY] = N_ ("Last 24 Hours"),
  [WEIR_COVERAGE_WEEK] = N_ ("Last 7 Days"),
  [WEIR_COVERAGE_ALL] = N_ ("All Known"),
};

static WeirRecord *
find_subscription (WeirCoverageView *self)
{
  if (self->subscription == NULL)
    return NULL;

  return weir_record_set_find (weir_monitor_get_records (self->monitor, WEIR_RECORD_SUBSCRIPTION),
                               self->account, self->subscription);
}

/* Nothing is pulled for what arrives by itself. One that is not known any more has only its runs. */
static gboolean
is_pulled (WeirRecord *record)
{
  WeirSubscription *subscription = record != NULL ? WEIR_SUBSCRIPTION (record) : NULL;

  return subscription == NULL
         || (subscription->variant == WEIR_SUBSCRIPTION_EXTERNAL_EVENT
             && subscription->delivery != WEIR_DELIVERY_REAL_TIME);
}

static void
update_buttons (WeirCoverageView *self)
{
  WeirRecord *record = find_subscription (self);
  const char *reason = _ ("The subscription is not known any more");
  gboolean can =
      record != NULL && weir_monitor_can (self->monitor, WEIR_ACTION_PULL, record, &reason);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    weir_coverage_row_set_can_pull (WEIR_COVERAGE_ROW (row), can, reason);
}

static void
record_changed_cb (WeirCoverageView *self, WeirRecord *record)
{
  if (self->subscription != NULL && g_str_equal (weir_record_get_id (record), self->subscription))
    update_buttons (self);
}

static void
pull_cb (WeirCoverageView *self)
{
  WeirRecord *record = find_subscription (self);

  if (record != NULL)
    weir_actions_run_one (GTK_WIDGET (self), self->monitor, WEIR_ACTION_PULL, record);
}

/* Those that were not pulled in the strip's time, the latest first; whole, even where the strip begins later. */
static GArray *
list_missing (WeirCoverageView *self)
{
  GArray *spans = weir_coverage_loader_get_spans (self->loader);
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (WeirCoverageSpan));

  for (guint i = spans->len; i > 0; i--)
    {
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, i - 1);

      if (weir_coverage_is_missing (span) && span->to > self->from)
        g_array_append_val (missing, *span);
    }

  return missing;
}

/* How many of them get a row; the chosen one comes before those that would leave it none. */
static guint
choose_rows (WeirCoverageView *self, GArray *missing)
{
  guint n = MIN (missing->len, self->all ? MOST_ROWS : self->max_rows);

  for (guint i = n; i < missing->len && n > 0; i++)
    {
      const WeirCoverageSpan span = g_array_index (missing, WeirCoverageSpan, i);

      if (self->chosen == span.from)
        g_array_index (missing, WeirCoverageSpan, n - 1) = span;
    }

  return n;
}

/* The span that has the focus may have grown by another run. */
static void
replace_rows (WeirCoverageView *self, GArray *missing, guint n)
{
  GPtrArray *pulls = weir_coverage_loader_get_pulls (self->loader);
  gint64 focused = 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    {
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == GTK_WIDGET (row))
        focused = weir_coverage_row_get_span (WEIR_COVERAGE_ROW (row))->from;
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  for (guint i = 0; i < n; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (missing, WeirCoverageSpan, i);
      GtkWidget *new_row = weir_coverage_row_new (span, pulls);

      g_signal_connect_swapped (new_row, "pull", G_CALLBACK (pull_cb), self);
      gtk_list_box_append (self->list, new_row);
      if (span->from == focused)
        weir_coverage_row_focus (WEIR_COVERAGE_ROW (new_row));
    }
}

/* Rows that stay keep the focus. */
static void
show_rows (WeirCoverageView *self)
{
  GPtrArray *pulls = weir_coverage_loader_get_pulls (self->loader);
  g_autoptr (GArray) missing = list_missing (self);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = choose_rows (self, missing);

  for (guint i = 0; i < n; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (missing, WeirCoverageSpan, i);
      g_autoptr (GPtrArray) own = weir_coverage_find_pulls (pulls, span);

      g_string_append_printf (text, "%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n",
                              (int) span->kind, span->from, span->to, own->len);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->note, n > 0);
  gtk_widget_set_visible (self->more, n < MIN (missing->len, MOST_ROWS) && self->max_rows > 1);
  if (g_strcmp0 (self->shown, text->str) != 0)
    {
      g_free (self->shown);
      self->shown = g_strdup (text->str);
      replace_rows (self, missing, n);
    }
  update_buttons (self);
}

static gboolean
get_range (WeirCoverageView *self, WeirCoverageRange range, gint64 *from, gint64 *to)
{
  return weir_coverage_get_range (weir_coverage_loader_get_spans (self->loader), range,
                                  weir_clock_now (), from, to);
}

/* The choice is among what makes a difference; what is chosen stays, else it is the shortest. */
static void
offer_ranges (WeirCoverageView *self)
{
  WeirCoverageRange offered[WEIR_COVERAGE_N_RANGES] = { 0 };
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (self->ranges));
  guint n = 0;
  guint selected = 0;
  gint64 from;
  gint64 to;

  for (guint i = 0; i < WEIR_COVERAGE_N_RANGES; i++)
    {
      if (!get_range (self, i, &from, &to))
        continue;
      if (i == self->range)
        selected = n;
      offered[n++] = i;
    }

  self->updating = TRUE;
  if (n != self->n_offered || memcmp (offered, self->offered, sizeof offered) != 0)
    {
      gtk_string_list_splice (names, 0, self->n_offered, NULL);
      for (guint i = 0; i < n; i++)
        gtk_string_list_append (names, _ (range_names[offered[i]]));
      memcpy (self->offered, offered, sizeof offered);
      self->n_offered = n;
    }
  gtk_drop_down_set_selected (self->ranges, n > 0 ? selected : GTK_INVALID_LIST_POSITION);
  self->updating = FALSE;
  if (n > 0)
    self->range = offered[selected];
  gtk_widget_set_visible (GTK_WIDGET (self->ranges), n > 1);
}

static void
show (WeirCoverageView *self)
{
  GArray *spans = weir_coverage_loader_get_spans (self->loader);
  const GError *error = weir_coverage_loader_get_error (self->loader);
  gboolean known = spans != NULL && spans->len > 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), spans != NULL || error != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->strip), known);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), known || error != NULL);
  gtk_widget_set_visible (self->empty, !known && error == NULL);
  if (error != NULL)
    text = weir_error_text_dup_sentence (error);
  if (known)
    {
      offer_ranges (self);
      get_range (self, self->range, &self->from, &self->to);
      g_clear_pointer (&self->clipped, g_array_unref);
      self->clipped = weir_coverage_clip (spans, self->from, self->to);
      weir_coverage_strip_set (self->strip, self->clipped,
                               weir_coverage_loader_get_pulls (self->loader), self->from, self->to);
      show_rows (self);
      if (text == NULL)
        text = weir_coverage_dup_summary (self->clipped);
    }
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self->ranges), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
      gtk_widget_set_visible (self->more, FALSE);
      gtk_widget_set_visible (self->note, FALSE);
    }
  gtk_label_set_label (self->summary, text != NULL ? text : "");
}

/* The last hours go on by themselves: a pixel at a time. */
static void
tick_cb (WeirCoverageView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->strip));

  if (self->clipped != NULL && self->range != WEIR_COVERAGE_ALL && width > 0
      && gtk_widget_get_mapped (GTK_WIDGET (self->strip))
      && weir_clock_now () - self->to > (self->to - self->from) / width)
    show (self);
}

static void
range_cb (WeirCoverageView *self)
{
  guint selected = gtk_drop_down_get_selected (self->ranges);

  if (self->updating || selected >= self->n_offered)
    return;

  self->range = self->offered[selected];
  show (self);
}

static void
more_cb (WeirCoverageView *self)
{
  self->all = TRUE;
  show_rows (self);
}

/* The row of the span that begins there, whole; the strip may have only its end. */
static void
focus_row (WeirCoverageView *self, gint64 to)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (weir_coverage_row_get_span (WEIR_COVERAGE_ROW (row))->to == to)
        {
          weir_coverage_row_focus (WEIR_COVERAGE_ROW (row));
          return;
        }
    }
}

static void
choose_missing (WeirCoverageView *self, gint64 to)
{
  GArray *spans = weir_coverage_loader_get_spans (self->loader);

  for (guint i = 0; i < spans->len; i++)
    {
      const WeirCoverageSpan *span = &g_array_index (spans, WeirCoverageSpan, i);

      if (span->to == to)
        self->chosen = span->from;
    }
  show_rows (self);
  focus_row (self, to);
}

static void
activated_cb (WeirCoverageView *self, guint i, gint64 time)
{
  const WeirCoverageSpan span = g_array_index (self->clipped, WeirCoverageSpan, i);
  g_autoptr (GPtrArray) pulls =
      weir_coverage_find_pulls (weir_coverage_loader_get_pulls (self->loader), &span);

  if (pulls->len > 0)
    g_signal_emit (self, signals[PULLS_CHOSEN], 0, pulls, time);
  if (weir_coverage_is_missing (&span))
    choose_missing (self, span.to);
}

static void
weir_coverage_view_dispose (GObject *object)
{
  WeirCoverageView *self = WEIR_COVERAGE_VIEW (object);

  g_clear_object (&self->loader);
  g_clear_object (&self->monitor);
  g_clear_object (&self->account);
  g_clear_pointer (&self->clipped, g_array_unref);

  G_OBJECT_CLASS (weir_coverage_view_parent_class)->dispose (object);
}

static void
weir_coverage_view_finalize (GObject *object)
{
  WeirCoverageView *self = WEIR_COVERAGE_VIEW (object);

  g_free (self->subscription);
  g_free (self->shown);

  G_OBJECT_CLASS (weir_coverage_view_parent_class)->finalize (object);
}

static void
weir_coverage_view_class_init (WeirCoverageViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_coverage_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_coverage_view_finalize;

  signals[PULLS_CHOSEN] =
      g_signal_new ("pulls-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_INT64);
}

static GtkWidget *
create_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (dim)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }

  return label;
}

static GtkWidget *
create_head (WeirCoverageView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = create_label (_ ("Coverage"), FALSE);

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_add_css_class (heading, "heading");
  self->ranges =
      GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)), NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->ranges), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->ranges), "weir-small");
  gtk_widget_add_css_class (GTK_WIDGET (self->ranges), "flat");
  weir_accessible_name_drop_down (self->ranges, _ ("Coverage’s Span of Time"));
  g_signal_connect_swapped (self->ranges, "notify::selected", G_CALLBACK (range_cb), self);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->ranges));

  return head;
}

static GtkWidget *
create_empty (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name ("weir-pulls-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), create_label (_ ("No pull run is known yet"), FALSE));
  gtk_box_append (
      GTK_BOX (column),
      create_label (_ ("The first one begins the picture of the times that are covered."), TRUE));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), column);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "weir-coverage-empty");

  return box;
}

static void
weir_coverage_view_init (WeirCoverageView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *more = _ ("Show All That Was Not Pulled");

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->strip = WEIR_COVERAGE_STRIP (weir_coverage_strip_new ());
  g_signal_connect_swapped (self->strip, "activated", G_CALLBACK (activated_cb), self);
  self->summary = GTK_LABEL (create_label (NULL, FALSE));
  gtk_label_set_selectable (self->summary, TRUE);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Not Pulled"), -1);
  self->more = gtk_button_new_with_label (more);
  gtk_widget_add_css_class (self->more, "flat");
  weir_accessible_set_name (self->more, more);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  /* api/membrane.md §2: pull-events takes no window */
  self->note = create_label (_ ("No window of time can be asked for: a pull collects what is there "
                                "since the last one ended."),
                             TRUE);
  self->empty = create_empty ();

  gtk_box_append (GTK_BOX (box), create_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->strip));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), self->note);
  adw_bin_set_child (ADW_BIN (self), box);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
}

/**
 * weir_coverage_view_new:
 * @monitor: has the pull runs
 * @max_rows: how many spans that were not pulled are shown at first
 *
 * Returns: (transfer floating): the view, hidden
 */
GtkWidget *
weir_coverage_view_new (WeirMonitor *monitor, guint max_rows)
{
  WeirCoverageView *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_COVERAGE_VIEW, NULL);
  self->monitor = g_object_ref (monitor);
  self->max_rows = max_rows;
  self->loader = weir_coverage_loader_new (monitor);
  g_signal_connect_object (self->loader, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "busy-changed", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "record-changed", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * weir_coverage_view_set_subscription:
 * @self: a view
 * @account: (nullable): whose
 * @subscription: (nullable): its id
 *
 * Shows that subscription's coverage as soon as it is known.
 */
void
weir_coverage_view_set_subscription (WeirCoverageView *self,
                                     WeirAccount *account,
                                     const char *subscription)
{
  gboolean same;
  gboolean pulled;

  g_return_if_fail (WEIR_IS_COVERAGE_VIEW (self));
  g_return_if_fail (subscription == NULL || WEIR_IS_ACCOUNT (account));

  same = g_strcmp0 (self->subscription, subscription) == 0
         && (subscription == NULL || g_str_equal (self->account->uuid, account->uuid));
  if (!same)
    {
      self->range = WEIR_COVERAGE_DAY;
      self->all = FALSE;
      self->chosen = 0;
      g_clear_pointer (&self->clipped, g_array_unref);
      g_free (self->subscription);
      self->subscription = g_strdup (subscription);
      g_clear_object (&self->account);
      if (subscription != NULL)
        self->account = g_object_ref (account);
    }
  pulled = subscription != NULL && is_pulled (find_subscription (self));
  if (same && pulled == self->pulled)
    return;

  self->pulled = pulled;
  weir_coverage_loader_set_subscription (self->loader, self->account,
                                         pulled ? self->subscription : NULL);
  show (self);
}
