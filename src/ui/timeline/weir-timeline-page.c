/* weir-timeline-page.c: what is happening now?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-page.h"

#include "weir-actions.h"
#include "weir-appearance.h"
#include "weir-balance-bar.h"
#include "weir-balance-popover.h"
#include "weir-export-dialog.h"
#include "weir-facet-pane.h"
#include "weir-digest-bar.h"
#include "weir-feed-bar.h"
#include "weir-gap-fills.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-query-bar.h"
#include "weir-query-edit.h"
#include "weir-timeline-chart.h"
#include "weir-timeline-item.h"
#include "weir-histogram-view.h"
#include "weir-row.h"
#include "weir-timeline-model.h"
#include "weir-timeline-news.h"
#include "weir-timeline-status.h"
#include "weir-timeline-view.h"
#include "weir-tick.h"
#include "weir-timeline-zoom.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH 320
#define NARROW 520 /* no room for counts */
#define WIDE 940   /* balance and feeds in one, if they fit */

struct _WeirTimelinePage
{
  WeirPage parent_instance;

  WeirTimelineModel *model;
  WeirGapFills *fills;
  GSimpleActionGroup *actions;
  WeirRecord *wanted; /* (nullable) an event to be revealed once its row is there */
  gboolean in_rows;   /* the focus was there last */
  GQueue zooms;       /* (element-type utf8) queries before each zoom, the last one first */
  char *zoomed;       /* (nullable) the query of the last zoom */

  GtkWidget *header;
  GtkButton *follow;
  WeirQueryBar *query;
  WeirDigestBar *digest;
  WeirFacetPane *facets;
  WeirTimelineChart *chart;
  WeirTimelineView *view;
  WeirTimelineNews *news;
  GtkStack *stack;
  WeirTimelineStatus *status;
  GtkBox *footer;
  int width; /* px */
  WeirBalanceBar *balance;
};

G_DEFINE_FINAL_TYPE (WeirTimelinePage, weir_timeline_page, WEIR_TYPE_PAGE)

static guint
get_n_rows (WeirTimelinePage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
update_stack (WeirTimelinePage *self)
{
  gboolean rows;
  WeirBalance balance;

  /* gaps alone are not what a query asks for */
  weir_timeline_model_get_balance (self->model, &balance);
  rows = weir_timeline_model_get_error (self->model) == NULL
         && (balance.shown > 0
             || (get_n_rows (self) > 0 && weir_timeline_model_get_query (self->model) == NULL));
  if (!rows)
    weir_timeline_status_update (self->status);
  gtk_stack_set_visible_child_name (self->stack, rows ? "list" : "status");
}

static void
update_follow (WeirTimelinePage *self)
{
  gboolean following = weir_timeline_model_get_following (self->model);
  const char *label = following ? _ ("Pause") : _ ("Follow");

  if (g_strcmp0 (gtk_button_get_label (self->follow), label) == 0)
    return;

  gtk_button_set_label (self->follow, label);
  weir_keys_set_tooltip (GTK_WIDGET (self->follow), "page.toggle-follow",
                         following ? _ ("Hold back what arrives from now on")
                                   : _ ("Show what was held back, and what arrives"));
}

static void
update (WeirTimelinePage *self)
{
  gboolean loading = weir_timeline_model_is_loading (self->model);
  gboolean partial = weir_timeline_model_is_partial (self->model);
  gboolean failed = weir_timeline_model_get_error (self->model) != NULL;
  gboolean whole = !loading && !partial && !failed;
  GAction *export = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "export");
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);
  update_follow (self);
  /* what is exported is the answer, all of it, and no other's */
  g_simple_action_set_enabled (G_SIMPLE_ACTION (export), whole);
  gtk_widget_set_visible (GTK_WIDGET (self->balance), !failed);
  /* until all is counted there is no balance; without a query all is shown */
  if (!loading && !failed && (!partial || weir_timeline_model_get_query (self->model) == NULL))
    weir_balance_bar_set (self->balance, &balance);
  if (whole)
    weir_timeline_chart_set_index (self->chart, weir_timeline_model_get_index (self->model));
  update_stack (self);
  weir_page_set_ready (WEIR_PAGE (self), !loading);
}

static void
gaps_changed_cb (WeirTimelinePage *self)
{
  weir_timeline_chart_set_gaps (self->chart, weir_timeline_model_get_gaps (self->model));
}

/* The history's number of it is not known, so it is looked for among the rows of its time. */
static gboolean
reveal_event (WeirTimelinePage *self, WeirEvent *event)
{
  guint n = get_n_rows (self);
  guint position = weir_timeline_model_find_time (self->model, event->occurred_at + 1);
  guint found = G_MAXUINT;

  for (guint i = position; i < n; i++)
    {
      g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      WeirTimelineItem *item = weir_row_get_item (row);

      if (item->gap != NULL)
        continue;
      if (item->time != event->occurred_at)
        break;
      if (found == G_MAXUINT)
        found = i;
      if (item->event != NULL && weir_record_same (WEIR_RECORD (item->event), WEIR_RECORD (event)))
        {
          found = i;
          break;
        }
    }
  if (found == G_MAXUINT)
    return FALSE;

  weir_timeline_view_scroll_to (self->view, found, TRUE);

  return TRUE;
}

static void
updated_cb (WeirTimelinePage *self)
{
  if (self->wanted != NULL && !weir_timeline_model_is_loading (self->model)
      && reveal_event (self, WEIR_EVENT (self->wanted)))
    g_clear_object (&self->wanted);
}

static const char *
get_query_text (WeirTimelinePage *self)
{
  WeirQuery *query = weir_query_bar_get_query (self->query);

  return query != NULL ? weir_query_get_text (query) : "";
}

static void
query_changed_cb (WeirTimelinePage *self)
{
  WeirQuery *query = weir_query_bar_get_query (self->query);
  gint64 start;
  gint64 end;

  weir_timeline_news_forget (self->news);
  weir_timeline_model_set_query (self->model, query);
  weir_timeline_zoom_get_span (query, &start, &end);
  weir_timeline_chart_set_zoom (self->chart, start, end);
  weir_timeline_view_scroll_to_top (self->view);
}

/* Its dates are read in the zone that was chosen. */
static void
appearance_changed_cb (WeirTimelinePage *self)
{
  WeirQuery *query = weir_query_bar_get_query (self->query);
  g_autoptr (WeirQuery) again = NULL;
  gint64 start;
  gint64 end;

  if (!weir_timeline_zoom_get_span (query, &start, &end))
    return;

  again = weir_query_new (weir_query_get_text (query), NULL);
  weir_timeline_model_set_query (self->model, again);
  weir_timeline_chart_set_zoom (self->chart, start, end);
}

static void
zoomed_cb (WeirTimelinePage *self, gint64 start, gint64 end)
{
  const char *before = get_query_text (self);

  /* somebody wrote another query since: there is nothing to go back to */
  if (g_strcmp0 (before, self->zoomed) != 0)
    g_queue_clear_full (&self->zooms, g_free);
  g_queue_push_head (&self->zooms, g_strdup (before));
  g_free (self->zoomed);
  self->zoomed = weir_timeline_zoom_dup_text (before, start, end);
  weir_query_bar_set_text (self->query, self->zoomed);
}

static void
zoom_out_cb (WeirTimelinePage *self)
{
  const char *now = get_query_text (self);
  g_autofree char *before = NULL;

  if (g_strcmp0 (now, self->zoomed) == 0)
    before = g_queue_pop_head (&self->zooms);
  if (before == NULL)
    before = weir_timeline_zoom_dup_whole (now);
  g_free (self->zoomed);
  self->zoomed = g_strdup (before);
  weir_query_bar_set_text (self->query, before);
}

static void
toggle_follow_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirTimelinePage *self = user_data;
  gboolean following = !weir_timeline_model_get_following (self->model);

  weir_timeline_model_set_following (self->model, following);
  if (following)
    weir_timeline_view_scroll_to_top (self->view);
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_query_bar_set_text (WEIR_TIMELINE_PAGE (user_data)->query, "");
}

static void
balance_cb (WeirTimelinePage *self, WeirBalancePart part, GtkWidget *button)
{
  switch (part)
    {
    case WEIR_BALANCE_RECEIVED:
      weir_balance_popover_received (button, weir_page_get_monitor (WEIR_PAGE (self)));
      break;

    case WEIR_BALANCE_FILTERED_OUT:
      weir_balance_popover_filtered (button, get_query_text (self));
      break;

    case WEIR_BALANCE_SHOWN:
      weir_timeline_view_scroll_to_top (self->view);
      break;

    case WEIR_BALANCE_HELD_BACK:
    case WEIR_N_BALANCE_PARTS:
    default:
      weir_timeline_news_show (self->news);
      break;
    }
}

static void
fit_footer (WeirTimelinePage *self)
{
  weir_width_fit_line (self->footer, self->width, WIDE);
}

static void
width_changed_cb (WeirTimelinePage *self, int width)
{
  self->width = width;
  weir_balance_bar_set_width (self->balance, width);
  weir_query_bar_set_narrow (self->query, width < NARROW);
  weir_timeline_chart_set_width (self->chart, width);
  weir_digest_bar_set_narrow (self->digest, width < WIDE);
  weir_facet_pane_set_width (self->facets, width);
  weir_timeline_view_expect_width (self->view, weir_facet_pane_get_rest (self->facets, width));
  fit_footer (self);
}

static void
edit_query_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_query_bar_focus (WEIR_TIMELINE_PAGE (user_data)->query);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirTimelinePage *self = user_data;

  if (weir_timeline_model_get_index (self->model) != NULL)
    weir_export_dialog_present (GTK_WIDGET (self),
                                weir_monitor_get_history (weir_page_get_monitor (WEIR_PAGE (self))),
                                self->model, get_query_text (self));
}

static void
save_view_cb (WeirTimelinePage *self)
{
  weir_query_bar_save_view (self->query, weir_timeline_chart_get_stack (self->chart));
}

static void
digest_events_cb (WeirTimelinePage *self, gint64 from, gint64 to)
{
  g_autofree char *text = weir_timeline_zoom_dup_text ("", from, to);

  weir_query_bar_set_text (self->query, text);
}

static void
digest_errors_cb (WeirTimelinePage *self, gint64 from, gint64 to)
{
  g_autofree char *text = weir_timeline_zoom_dup_text ("is:error", from, to);

  weir_query_bar_set_text (self->query, text);
}

/* The newest that reaches into that time. */
static void
digest_gaps_cb (WeirTimelinePage *self, gint64 from, gint64 to)
{
  GPtrArray *gaps = weir_timeline_model_get_gaps (self->model);

  for (guint i = gaps->len; i-- > 0;)
    {
      WeirGap *gap = g_ptr_array_index (gaps, i);

      if ((gap->to == 0 || gap->to > from) && (gap->from < to || gap->noticed_at >= from))
        {
          weir_timeline_view_scroll_to (
              self->view, weir_timeline_model_find_gap_row (self->model, gap->id), TRUE);
          return;
        }
    }
  /* a query hides them */
  weir_query_bar_set_text (self->query, "");
}

static void
view_recalled_cb (WeirTimelinePage *self, WeirSavedView *view)
{
  weir_timeline_chart_set_stack (self->chart, view->stack);
}

static void
fill_gap_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_gap_fills_toggle (WEIR_TIMELINE_PAGE (user_data)->fills, g_variant_get_int64 (parameter));
}

static void
columns_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_timeline_view_choose_columns (WEIR_TIMELINE_PAGE (user_data)->view);
}

static void
show_newest_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_timeline_news_show (WEIR_TIMELINE_PAGE (user_data)->news);
}

static void
zoom_out_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zoom_out_cb (user_data);
}

static const GActionEntry action_entries[] = {
  { .name = "show-newest", .activate = show_newest_cb },
  { .name = "zoom-out", .activate = zoom_out_action_cb },
  { .name = "fill-gap", .activate = fill_gap_cb, .parameter_type = "x" },
  { .name = "edit-query", .activate = edit_query_cb },
  { .name = "toggle-follow", .activate = toggle_follow_cb },
  { .name = "clear-filters", .activate = clear_filters_cb },
  { .name = "columns", .activate = columns_cb },
  { .name = "export", .activate = export_cb },
};

static void
selected_cb (WeirTimelinePage *self, GObject *object)
{
  weir_page_select (WEIR_PAGE (self), object);
}

static void
activate_cb (WeirTimelinePage *self, WeirEvent *event)
{
  weir_navigate_inspect (GTK_WIDGET (self), event);
}

static void
chart_activated_cb (WeirTimelinePage *self, gint64 start, gint64 end)
{
  guint position = weir_timeline_model_find_time (self->model, end);

  if (position == G_MAXUINT)
    return;

  /* a gap that ends there is what the reader has seen hatched */
  while (position > 0)
    {
      g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position - 1);

      if (WEIR_TIMELINE_ITEM (weir_row_get_item (row))->gap == NULL)
        break;
      position--;
    }
  weir_timeline_view_scroll_to (self->view, position, FALSE);
}

static GtkWidget *
weir_timeline_page_get_header_widget (WeirPage *page)
{
  return WEIR_TIMELINE_PAGE (page)->header;
}

static GActionGroup *
weir_timeline_page_get_actions (WeirPage *page)
{
  return G_ACTION_GROUP (WEIR_TIMELINE_PAGE (page)->actions);
}

static void
weir_timeline_page_focus_search (WeirPage *page)
{
  weir_query_bar_focus (WEIR_TIMELINE_PAGE (page)->query);
}

static void
weir_timeline_page_set_search (WeirPage *page, const char *text)
{
  weir_query_bar_set_text (WEIR_TIMELINE_PAGE (page)->query, text);
}

static void
weir_timeline_page_add_term (WeirPage *page, const char *field, const char *value)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (page);
  const char *text = weir_query_bar_get_text (self->query);
  g_autofree char *edited =
      weir_query_edit_set_state (text != NULL ? text : "", field, value, WEIR_QUERY_TERM_ASKED);

  weir_query_bar_set_text (self->query, edited);
}

static gboolean
weir_timeline_page_reveal (WeirPage *page, WeirRecord *record)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (page);

  if (!WEIR_IS_EVENT (record))
    return FALSE;
  if (!weir_timeline_model_is_loading (self->model) && reveal_event (self, WEIR_EVENT (record)))
    return TRUE;

  /* the query hides it, or the history has not answered yet */
  g_set_object (&self->wanted, record);
  weir_query_bar_set_text (self->query, "");

  return TRUE;
}

static void
weir_timeline_page_refresh (WeirPage *page)
{
  weir_timeline_model_retry (WEIR_TIMELINE_PAGE (page)->model);
  weir_actions_refresh_streams (weir_page_get_monitor (page));
}

static void
weir_timeline_page_save (WeirPage *page, GVariantDict *state)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (page);

  g_variant_dict_insert (state, "query", "s", get_query_text (self));
  g_variant_dict_insert (state, "stack", "s", weir_timeline_chart_get_stack (self->chart));
  weir_timeline_view_save (self->view, state);
}

/* The query first: it goes to the top. */
static void
weir_timeline_page_restore (WeirPage *page, GVariantDict *state)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (page);
  const char *text;

  if (g_variant_dict_lookup (state, "query", "&s", &text))
    weir_query_bar_set_text (self->query, text);
  if (g_variant_dict_lookup (state, "stack", "&s", &text))
    weir_timeline_chart_set_stack (self->chart, text);
  weir_timeline_view_restore (self->view, state);
}

static void
weir_timeline_page_shown (WeirPage *page)
{
  weir_timeline_model_set_active (WEIR_TIMELINE_PAGE (page)->model, TRUE);
}

static gboolean
weir_timeline_page_enter (WeirPage *page)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (page);

  /* rows come and go, what is asked of them stays; who was in the rows last goes back there */
  if ((!self->in_rows || gtk_widget_get_focus_child (GTK_WIDGET (self->view)) != NULL)
      && gtk_widget_get_visible (GTK_WIDGET (self->query)))
    weir_query_bar_focus (self->query);
  else if (!gtk_widget_grab_focus (GTK_WIDGET (self->view)))
    weir_query_bar_focus (self->query);

  return TRUE;
}

static GtkWidget *
weir_timeline_page_get_rows (WeirPage *page)
{
  return GTK_WIDGET (WEIR_TIMELINE_PAGE (page)->view);
}

static void
weir_timeline_page_hidden (WeirPage *page)
{
  weir_timeline_model_set_active (WEIR_TIMELINE_PAGE (page)->model, FALSE);
}

static void
focus_cb (WeirTimelinePage *self, GtkEventController *focus)
{
  self->in_rows = gtk_event_controller_get_widget (focus) == GTK_WIDGET (self->view);
}

static void
watch_focus (WeirTimelinePage *self, GtkWidget *widget)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (widget, focus);
}

static GtkWidget *
create_list (WeirTimelinePage *self)
{
  self->view = WEIR_TIMELINE_VIEW (
      weir_timeline_view_new (self->model, weir_page_get_monitor (WEIR_PAGE (self))));
  g_signal_connect_swapped (self->query, "entered", G_CALLBACK (gtk_widget_grab_focus), self->view);
  watch_focus (self, GTK_WIDGET (self->view));
  watch_focus (self, GTK_WIDGET (self->query));
  g_signal_connect_swapped (self->view, "selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  self->news = WEIR_TIMELINE_NEWS (weir_timeline_news_new (self->model, self->view));

  return GTK_WIDGET (self->news);
}

static GtkWidget *
create_stack (WeirTimelinePage *self)
{
  self->status = WEIR_TIMELINE_STATUS (
      weir_timeline_status_new (weir_page_get_monitor (WEIR_PAGE (self)), self->model));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, create_list (self), "list");

  return GTK_WIDGET (self->stack);
}

/* Where all went that was received, and what is being received. */
static GtkWidget *
create_footer (WeirTimelinePage *self)
{
  GtkWidget *feeds = weir_feed_bar_new (weir_page_get_monitor (WEIR_PAGE (self)));

  self->balance = WEIR_BALANCE_BAR (weir_balance_bar_new ());
  g_signal_connect_swapped (self->balance, "clicked", G_CALLBACK (balance_cb), self);
  self->footer = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (self->footer), "weir-footer");
  gtk_widget_set_hexpand (feeds, TRUE);
  gtk_box_append (self->footer, GTK_WIDGET (self->balance));
  gtk_box_append (self->footer, feeds);
  /* accounts come and go, and numbers grow */
  weir_tick_connect (self, G_CALLBACK (fit_footer));

  return GTK_WIDGET (self->footer);
}

static GtkWidget *
create_facets (WeirTimelinePage *self, GtkWidget *content)
{
  GtkWidget *pane = weir_facet_pane_new (weir_page_get_monitor (WEIR_PAGE (self)), self->model,
                                         self->query, content);

  self->facets = WEIR_FACET_PANE (pane);
  weir_facet_pane_add_actions (WEIR_FACET_PANE (pane), G_ACTION_MAP (self->actions));
  weir_query_bar_append (self->query, weir_facet_pane_create_button (WEIR_FACET_PANE (pane)));

  return pane;
}

static void
weir_timeline_page_build (WeirPage *page)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (page);
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bin;

  self->model = weir_timeline_model_new (weir_monitor_get_history (monitor));
  self->fills = weir_gap_fills_new (monitor, self->model, GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);

  self->follow = GTK_BUTTON (gtk_button_new_with_label (_ ("Pause")));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->follow), "page.toggle-follow");
  self->header = g_object_ref_sink (GTK_WIDGET (self->follow));

  self->query = WEIR_QUERY_BAR (weir_query_bar_new (monitor, self->model));
  weir_query_bar_add_actions (self->query, G_ACTION_MAP (self->actions));
  g_object_bind_property (self, "search-mode", self->query, "visible", G_BINDING_SYNC_CREATE);
  weir_page_set_search_mode (WEIR_PAGE (self), TRUE);
  g_signal_connect_swapped (self->query, "query-changed", G_CALLBACK (query_changed_cb), self);
  g_signal_connect_swapped (self->query, "save-view", G_CALLBACK (save_view_cb), self);
  g_signal_connect_swapped (self->query, "view-recalled", G_CALLBACK (view_recalled_cb), self);
  self->chart = WEIR_TIMELINE_CHART (weir_timeline_chart_new (monitor));
  g_signal_connect_swapped (self->chart, "activated", G_CALLBACK (chart_activated_cb), self);
  g_signal_connect_swapped (self->chart, "zoomed", G_CALLBACK (zoomed_cb), self);
  g_signal_connect_swapped (self->chart, "zoom-out", G_CALLBACK (zoom_out_cb), self);
  self->digest = WEIR_DIGEST_BAR (weir_digest_bar_new (monitor));
  g_signal_connect_swapped (self->digest, "events", G_CALLBACK (digest_events_cb), self);
  g_signal_connect_swapped (self->digest, "errors", G_CALLBACK (digest_errors_cb), self);
  g_signal_connect_swapped (self->digest, "gaps", G_CALLBACK (digest_gaps_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->digest));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->query));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (box), create_facets (self, create_stack (self)));
  gtk_box_append (GTK_BOX (box), create_footer (self));
  bin = weir_width_bin_new (box, MIN_WIDTH);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (width_changed_cb), self);
  adw_bin_set_child (ADW_BIN (self), bin);

  weir_appearance_connect (self, G_CALLBACK (appearance_changed_cb));
  /* after the view's own handlers, which were connected first */
  g_signal_connect_swapped (self->model, "updated", G_CALLBACK (updated_cb), self);
  g_signal_connect_swapped (self->model, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->model, "gaps-changed", G_CALLBACK (gaps_changed_cb), self);
  g_signal_connect_object (weir_monitor_get_sessions (monitor), "items-changed",
                           G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  width_changed_cb (self, weir_page_get_room (page));
  update (self);
}

static void
weir_timeline_page_dispose (GObject *object)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_queue_clear_full (&self->zooms, g_free);
  g_clear_pointer (&self->zoomed, g_free);
  g_clear_object (&self->wanted);
  g_clear_object (&self->header);
  if (self->fills != NULL)
    weir_gap_fills_cancel (self->fills);
  g_clear_object (&self->fills);
  g_clear_object (&self->actions);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (weir_timeline_page_parent_class)->dispose (object);
}

static void
weir_timeline_page_class_init (WeirTimelinePageClass *klass)
{
  static WeirRecordKind kinds[] = { WEIR_RECORD_EVENT, -1 };
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_timeline_page_dispose;

  page_class->kinds = kinds;
  page_class->id = "timeline";
  page_class->title = N_ ("Timeline");
  page_class->icon_name = "weir-timeline-symbolic";
  page_class->can_search = TRUE;
  page_class->build = weir_timeline_page_build;
  page_class->get_header_widget = weir_timeline_page_get_header_widget;
  page_class->get_actions = weir_timeline_page_get_actions;
  page_class->focus_search = weir_timeline_page_focus_search;
  page_class->set_search = weir_timeline_page_set_search;
  page_class->add_term = weir_timeline_page_add_term;
  page_class->reveal = weir_timeline_page_reveal;
  page_class->refresh = weir_timeline_page_refresh;
  page_class->save = weir_timeline_page_save;
  page_class->restore = weir_timeline_page_restore;
  page_class->shown = weir_timeline_page_shown;
  page_class->hidden = weir_timeline_page_hidden;
  page_class->enter = weir_timeline_page_enter;
  page_class->get_rows = weir_timeline_page_get_rows;
}

static void
weir_timeline_page_init (WeirTimelinePage *self)
{
}
