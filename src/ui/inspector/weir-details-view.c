/* weir-details-view.c: a record's attributes, and what it is related to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-details-view.h"

#include "weir-coverage-text.h"
#include "weir-coverage-view.h"
#include "weir-detail-row.h"
#include "weir-gap-text.h"
#include "weir-journal-section.h"
#include "weir-monitor-gaps.h"
#include "weir-navigate.h"
#include "weir-record-life.h"
#include "weir-related-list.h"
#include "weir-row.h"
#include "weir-silence-text.h"
#include "weir-state-history.h"
#include "weir-subscription.h"
#include "weir-timeline-item.h"

#include <glib/gi18n-lib.h>

#define COVERAGE_ROWS 5

struct _WeirDetailsView
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  GObject *object;   /* (nullable) */
  GPtrArray *groups; /* (nullable) (element-type WeirDetailGroup) what the rows show */
  GPtrArray *rows;   /* (element-type WeirDetailRow) not owned, in order */
  GCancellable *cancellable;

  GtkScrolledWindow *scroller;
  GtkBox *box;
  GtkButton *fill; /* of a gap */
  WeirRelatedList *related;
  WeirStateHistory *states;
  WeirJournalSection *journal;
  WeirCoverageView *coverage;
  WeirRecordLife *life;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirDetailsView, weir_details_view, ADW_TYPE_BIN)

static WeirAccount *
get_account (WeirDetailsView *self)
{
  if (WEIR_IS_RECORD (self->object))
    return weir_record_get_account (WEIR_RECORD (self->object));
  if (WEIR_IS_SESSION (self->object))
    return weir_session_get_account (WEIR_SESSION (self->object));
  if (WEIR_IS_TIMELINE_ITEM (self->object))
    return WEIR_TIMELINE_ITEM (self->object)->account;

  return NULL;
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirDetailRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) record = NULL;
  GtkWidget *view;

  record = weir_provider_get_finish (WEIR_PROVIDER (source), result, &error);
  weir_detail_row_set_busy (row, FALSE);
  view = gtk_widget_get_ancestor (GTK_WIDGET (row), WEIR_TYPE_DETAILS_VIEW);
  /* the row is gone with what it was about */
  if (view == NULL)
    return;

  if (record != NULL)
    g_signal_emit (view, signals[OPEN], 0, record);
  else
    weir_toast_error (view, _ ("It cannot be shown"), error);
}

static gboolean
has_record_set (WeirRecordKind kind)
{
  return kind == WEIR_RECORD_SUBSCRIPTION || kind == WEIR_RECORD_PULL
         || kind == WEIR_RECORD_CONNECTION;
}

/* What is in no list is asked of its server. */
static void
open_record (WeirDetailsView *self, WeirDetailRow *row, WeirRecordKind kind, const char *id)
{
  WeirAccount *account = get_account (self);
  WeirSession *session;
  WeirRecord *record = NULL;

  if (account == NULL)
    return;

  if (has_record_set (kind))
    record = weir_record_set_find (weir_monitor_get_records (self->monitor, kind), account, id);
  if (record != NULL)
    {
      g_signal_emit (self, signals[OPEN], 0, record);
      return;
    }

  session = weir_monitor_find_session (self->monitor, account);
  if (session == NULL || weir_session_get_provider (session) == NULL)
    {
      weir_toast (GTK_WIDGET (self), _ ("The account is not connected now"));
      return;
    }
  weir_detail_row_set_busy (row, TRUE);
  weir_provider_get_async (weir_session_get_provider (session), kind, id, self->cancellable, get_cb,
                           g_object_ref (row));
}

static void
row_activated_cb (WeirDetailsView *self, GtkListBoxRow *row)
{
  const WeirDetail *detail = weir_detail_row_get_detail (WEIR_DETAIL_ROW (row));

  switch (detail->type)
    {
    case WEIR_DETAIL_RECORD:
      open_record (self, WEIR_DETAIL_ROW (row), detail->kind, detail->id);
      break;

    case WEIR_DETAIL_SEARCH:
      weir_navigate_to_search (GTK_WIDGET (self), detail->page, detail->id);
      break;

    case WEIR_DETAIL_URI:
      /* what a server says is opened only as what it ought to be */
      if (g_ascii_strncasecmp (detail->text, "https://", 8) == 0
          || g_ascii_strncasecmp (detail->text, "http://", 7) == 0)
        gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), detail->text,
                      GDK_CURRENT_TIME);
      else
        weir_toast (GTK_WIDGET (self), _ ("This is no web address"));
      break;

    case WEIR_DETAIL_TEXT:
    case WEIR_DETAIL_CODE:
    case WEIR_DETAIL_STATUS:
    case WEIR_DETAIL_TIME:
    case WEIR_DETAIL_DUE:
    default:
      break;
    }
}

static void
related_open_cb (WeirDetailsView *self, GObject *record)
{
  g_signal_emit (self, signals[OPEN], 0, record);
}

/* What was not pulled has its row there, with a button. */
static void
pulls_chosen_cb (WeirDetailsView *self, GPtrArray *pulls, gint64 time)
{
  WeirPullRun *pull = weir_coverage_pick_pull (pulls, time);

  if (weir_coverage_get_kind (pull) != WEIR_COVERAGE_FAILED)
    g_signal_emit (self, signals[OPEN], 0, pull);
}

static void
add_group (WeirDetailsView *self, WeirDetailGroup *group)
{
  GtkWidget *heading = gtk_label_new (group->title);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "weir-group-heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  group->title, -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  for (guint i = 0; i < group->details->len; i++)
    {
      GtkWidget *row = weir_detail_row_new (g_ptr_array_index (group->details, i));

      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_box_append (self->box, heading);
  gtk_box_append (self->box, list);
}

static void
update_rows (WeirDetailsView *self, GPtrArray *groups)
{
  guint n = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      WeirDetailGroup *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->details->len; j++)
        weir_detail_row_set_detail (g_ptr_array_index (self->rows, n++),
                                    g_ptr_array_index (group->details, j));
    }
}

static void
rebuild (WeirDetailsView *self, GPtrArray *groups)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  g_ptr_array_set_size (self->rows, 0);
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != GTK_WIDGET (self->related) && child != GTK_WIDGET (self->states)
          && child != GTK_WIDGET (self->journal) && child != GTK_WIDGET (self->coverage)
          && child != GTK_WIDGET (self->life) && child != GTK_WIDGET (self->fill))
        gtk_box_remove (self->box, child);
      child = next;
    }
  for (guint i = 0; i < groups->len; i++)
    {
      add_group (self, g_ptr_array_index (groups, i));
      /* since when it is so, and what belongs to the thing, stand behind its state */
      if (i == 0)
        {
          gtk_box_reorder_child_after (self->box, GTK_WIDGET (self->fill),
                                       gtk_widget_get_last_child (GTK_WIDGET (self->box)));
          gtk_box_reorder_child_after (self->box, GTK_WIDGET (self->states),
                                       GTK_WIDGET (self->fill));
          gtk_box_reorder_child_after (self->box, GTK_WIDGET (self->journal),
                                       GTK_WIDGET (self->states));
          gtk_box_reorder_child_after (self->box, GTK_WIDGET (self->coverage),
                                       GTK_WIDGET (self->journal));
          gtk_box_reorder_child_after (self->box, GTK_WIDGET (self->related),
                                       GTK_WIDGET (self->coverage));
          gtk_box_reorder_child_after (self->box, GTK_WIDGET (self->life),
                                       GTK_WIDGET (self->related));
        }
    }
}

/* The pull run that an event came by: only its own list says so. */
static WeirPullRun *
find_pull (WeirDetailsView *self, WeirEvent *event)
{
  WeirAccount *account = weir_record_get_account (WEIR_RECORD (event));
  GListModel *pulls = G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_PULL));

  for (guint i = 0; event->subscription != NULL && i < g_list_model_get_n_items (pulls); i++)
    {
      g_autoptr (WeirPullRun) pull = g_list_model_get_item (pulls, i);

      if (g_strcmp0 (pull->subscription, event->subscription) == 0
          && g_str_equal (weir_record_get_account (WEIR_RECORD (pull))->uuid, account->uuid)
          && g_strv_contains ((const char *const *) pull->collected_ids,
                              weir_record_get_id (WEIR_RECORD (event))))
        return g_steal_pointer (&pull);
    }

  return NULL;
}

static void
show_filling (WeirDetailsView *self, WeirTimelineItem *item, GPtrArray *groups)
{
  const char *obstacle = NULL;

  if (!item->filling)
    weir_monitor_can_fill_gap (self->monitor, item->gap, &obstacle);
  weir_details_add_filling (groups, weir_gap_find_subscription (item->gap, self->monitor),
                            obstacle);
  gtk_widget_set_visible (GTK_WIDGET (self->fill), obstacle == NULL);
  gtk_button_set_label (self->fill, item->filling ? _ ("Cancel") : _ ("Fill Now"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->fill), "x", item->gap->id);
}

static void
silence_changed_cb (WeirDetailsView *self)
{
  g_autoptr (GObject) object = NULL;

  if (!WEIR_IS_SUBSCRIPTION (self->object))
    return;
  object = g_object_ref (self->object);
  weir_details_view_set_object (self, object);
}

static void
weir_details_view_dispose (GObject *object)
{
  WeirDetailsView *self = WEIR_DETAILS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->object);
  g_clear_object (&self->monitor);
  g_ptr_array_set_size (self->rows, 0);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_details_view_parent_class)->dispose (object);
}

static void
weir_details_view_finalize (GObject *object)
{
  g_ptr_array_unref (WEIR_DETAILS_VIEW (object)->rows);

  G_OBJECT_CLASS (weir_details_view_parent_class)->finalize (object);
}

static void
weir_details_view_class_init (WeirDetailsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_details_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_details_view_finalize;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static void
weir_details_view_init (WeirDetailsView *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_details_view_new:
 * @monitor: what is asked about related records
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_details_view_new (WeirMonitor *monitor)
{
  WeirDetailsView *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_DETAILS_VIEW, NULL);
  self->monitor = g_object_ref (monitor);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "weir-details");
  self->fill = GTK_BUTTON (gtk_button_new ());
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->fill), "x", (gint64) 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fill), "page.fill-gap");
  gtk_widget_set_halign (GTK_WIDGET (self->fill), GTK_ALIGN_START);
  gtk_box_append (self->box, GTK_WIDGET (self->fill));
  self->related = WEIR_RELATED_LIST (weir_related_list_new (monitor));
  g_signal_connect_swapped (self->related, "open", G_CALLBACK (related_open_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->related));
  self->states = WEIR_STATE_HISTORY (weir_state_history_new (monitor));
  g_signal_connect_swapped (self->states, "open", G_CALLBACK (related_open_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->states));
  self->journal = WEIR_JOURNAL_SECTION (weir_journal_section_new (monitor));
  gtk_box_append (self->box, GTK_WIDGET (self->journal));
  self->coverage = WEIR_COVERAGE_VIEW (weir_coverage_view_new (monitor, COVERAGE_ROWS));
  gtk_widget_add_css_class (GTK_WIDGET (self->coverage), "weir-group-heading");
  g_signal_connect_swapped (self->coverage, "pulls-chosen", G_CALLBACK (pulls_chosen_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->coverage));
  self->life = WEIR_RECORD_LIFE (weir_record_life_new (monitor));
  g_signal_connect_swapped (self->life, "open", G_CALLBACK (related_open_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->life));

  g_signal_connect_object (weir_monitor_get_silence (monitor), "changed",
                           G_CALLBACK (silence_changed_cb), self, G_CONNECT_SWAPPED);

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));

  return GTK_WIDGET (self);
}

/**
 * weir_details_view_set_object:
 * @self: the view
 * @object: (nullable): a #WeirRecord, a #WeirErrorGroup, a #WeirSession or a gap’s #WeirTimelineItem
 *
 * Shows it. A newer version of what is shown renews the values in place.
 */
void
weir_details_view_set_object (WeirDetailsView *self, gpointer object)
{
  g_autoptr (GPtrArray) groups = NULL;
  WeirAccount *account;
  WeirSession *session;
  gboolean is_gap;
  gboolean same;

  g_return_if_fail (WEIR_IS_DETAILS_VIEW (self));

  is_gap = WEIR_IS_TIMELINE_ITEM (object);

  same = object != NULL && self->object != NULL && weir_item_same (self->object, object);
  if (!same)
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
  g_set_object (&self->object, object);
  weir_related_list_set_object (self->related, object);
  weir_state_history_set_object (self->states, object);
  weir_journal_section_set_object (self->journal, object);
  weir_record_life_set_object (self->life, object);
  account = get_account (self);
  weir_coverage_view_set_subscription (
      self->coverage, account, WEIR_IS_SUBSCRIPTION (object) ? weir_record_get_id (object) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fill), is_gap);
  if (object == NULL)
    return;

  session = account != NULL ? weir_monitor_find_session (self->monitor, account) : NULL;
  groups = weir_details_collect (is_gap ? (gpointer) WEIR_TIMELINE_ITEM (object)->gap : object,
                                 session != NULL ? weir_session_get_provider (session) : NULL);
  if (account != NULL)
    weir_details_add_names (
        groups, account,
        G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_CONNECTION)));
  if (is_gap)
    show_filling (self, object, groups);
  if (WEIR_IS_SUBSCRIPTION (object))
    {
      const WeirQuiet *quiet = weir_silence_get (weir_monitor_get_silence (self->monitor), object);
      g_autofree char *text = quiet != NULL ? weir_silence_text_long (quiet) : NULL;

      if (text != NULL)
        weir_details_add_silence (groups, text);
    }
  if (WEIR_IS_EVENT (object))
    {
      g_autoptr (WeirPullRun) pull = find_pull (self, WEIR_EVENT (object));

      if (pull != NULL)
        weir_details_add_pull (groups, pull);
    }
  if (same && self->groups != NULL && weir_details_same_rows (self->groups, groups))
    update_rows (self, groups);
  else
    rebuild (self, groups);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = g_steal_pointer (&groups);
  if (!same)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
