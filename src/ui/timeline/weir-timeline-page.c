/* weir-timeline-page.c: what is happening now?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-page.h"

#include "weir-error-text.h"
#include "weir-feed-bar.h"
#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-query-bar.h"
#include "weir-timeline-chart.h"
#include "weir-timeline-item.h"
#include "weir-timeline-model.h"
#include "weir-timeline-view.h"
#include "weir-row.h"

#include <glib/gi18n-lib.h>

struct _WeirTimelinePage
{
  WeirPage parent_instance;

  WeirTimelineModel *model;
  GSimpleActionGroup *actions;
  WeirRecord *wanted; /* (nullable) an event to be revealed once its row is there */
  guint n_before;     /* rows before an update */
  guint n_unseen;     /* rows that came in above what is seen */

  GtkWidget *header;
  GtkButton *follow;
  WeirQueryBar *query;
  WeirTimelineChart *chart;
  WeirTimelineView *view;
  GtkRevealer *pill_revealer;
  GtkButton *pill;
  GtkStack *stack;
  AdwStatusPage *status;
  GtkSpinner *spinner;
  GtkButton *remedy;
};

G_DEFINE_FINAL_TYPE (WeirTimelinePage, weir_timeline_page, WEIR_TYPE_PAGE)

static guint
get_n_rows (WeirTimelinePage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
show_status (WeirTimelinePage *self,
             const char *icon_name,
             const char *title,
             const char *description,
             const char *remedy,
             const char *action)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  gtk_stack_set_visible_child_name (self->stack, "status");
  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), remedy != NULL);
  if (remedy != NULL)
    gtk_button_set_label (self->remedy, remedy);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remedy), action);
}

/* Why there may never be an event: the only accounts are such that have no feed. */
static const char *
find_reason (WeirTimelinePage *self, gboolean *reachable)
{
  GListModel *sessions = weir_monitor_get_sessions (weir_page_get_monitor (WEIR_PAGE (self)));
  const char *reason = NULL;
  gboolean any = FALSE;

  *reachable = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);
      WeirAccountState state = weir_session_get_state (session);

      if (provider != NULL && !weir_provider_lists (provider, WEIR_RECORD_EVENT, &reason))
        continue;
      any = TRUE;
      if (state == WEIR_ACCOUNT_ONLINE || state == WEIR_ACCOUNT_UNKNOWN
          || state == WEIR_ACCOUNT_THROTTLED)
        *reachable = TRUE;
    }

  return any ? NULL : reason;
}

static void
update_status (WeirTimelinePage *self)
{
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (self));
  const GError *error = weir_timeline_model_get_error (self->model);
  guint n_accounts = g_list_model_get_n_items (weir_monitor_get_sessions (monitor));
  const char *reason;
  gboolean reachable;

  if (get_n_rows (self) > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }

  reason = find_reason (self, &reachable);
  if (error != NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      show_status (self, "weir-errors-symbolic", _ ("The History Does Not Answer"), sentence,
                   _ ("Try Again"), "win.refresh");
    }
  else if (weir_timeline_model_is_loading (self->model))
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
    }
  else if (weir_timeline_model_get_query (self->model) != NULL
           && weir_timeline_model_get_total (self->model) > 0)
    {
      g_autofree char *total = weir_format_number (weir_timeline_model_get_total (self->model));
      /* Translators: %s is a number */
      g_autofree char *text =
          g_strdup_printf (_ ("None of the %s events in the history matches the query."), total);

      show_status (self, "system-search-symbolic", _ ("No Events Found"), text,
                   _ ("Clear the Query"), "page.clear-filters");
    }
  else if (n_accounts == 0)
    {
      show_status (self, "weir-account-symbolic", _ ("No Accounts Yet"),
                   _ ("Events of your accounts appear here as they arrive."), _ ("Add Account…"),
                   "win.add-account");
    }
  else if (reason != NULL)
    {
      show_status (self, "weir-timeline-symbolic", _ ("No Event Feed"), reason, NULL, NULL);
    }
  else if (!reachable)
    {
      show_status (self, "weir-state-offline-symbolic", _ ("No Account Can Be Reached"),
                   _ ("Nothing is in the history of this computer yet. Weir keeps trying."),
                   _ ("Try Again"), "win.refresh");
    }
  else
    {
      show_status (self, "weir-timeline-symbolic", _ ("No Events Yet"),
                   _ ("They appear here as they arrive."), NULL, NULL);
    }
}

static void
update_pill (WeirTimelinePage *self)
{
  guint held = weir_timeline_model_get_held (self->model);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (weir_timeline_view_is_at_top (self->view))
    self->n_unseen = 0;
  if (held > 0)
    {
      number = weir_format_number (held);
      /* Translators: %s is a number */
      text = g_strdup_printf (ngettext ("%s new event held back", "%s new events held back", held),
                              number);
    }
  else if (self->n_unseen > 0)
    {
      number = weir_format_number (self->n_unseen);
      /* Translators: %s is a number */
      text = g_strdup_printf (ngettext ("%s new event", "%s new events", self->n_unseen), number);
    }

  gtk_revealer_set_reveal_child (self->pill_revealer, text != NULL);
  if (text != NULL && g_strcmp0 (text, gtk_button_get_label (self->pill)) != 0)
    gtk_button_set_label (self->pill, text);
}

static void
update (WeirTimelinePage *self)
{
  gboolean following = weir_timeline_model_get_following (self->model);

  gtk_button_set_label (self->follow, following ? _ ("Pause") : _ ("Follow"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->follow),
                               following ? _ ("Hold back what arrives from now on")
                                         : _ ("Show what was held back, and what arrives"));
  weir_timeline_chart_set_index (self->chart, weir_timeline_model_get_index (self->model));
  update_status (self);
  update_pill (self);
}

/* The history's row id is not known, so it is looked for among the rows of its time. */
static gboolean
reveal_event (WeirTimelinePage *self, WeirEvent *event)
{
  guint n = get_n_rows (self);
  guint position = weir_timeline_model_find_time (self->model, event->occurred_at + 1);
  guint found = G_MAXUINT;

  for (guint i = position; i < n; i++)
    {
      g_autoptr (WeirRow) row = NULL;
      WeirTimelineItem *item;

      if (weir_timeline_model_get_time (self->model, i) != event->occurred_at)
        break;
      row = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      item = weir_row_get_item (row);
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
about_to_update_cb (WeirTimelinePage *self)
{
  self->n_before = get_n_rows (self);
}

static void
updated_cb (WeirTimelinePage *self)
{
  guint n = get_n_rows (self);

  if (!weir_timeline_view_is_at_top (self->view) && n > self->n_before && self->n_before > 0)
    self->n_unseen += n - self->n_before;
  if (self->wanted != NULL && !weir_timeline_model_is_loading (self->model)
      && reveal_event (self, WEIR_EVENT (self->wanted)))
    g_clear_object (&self->wanted);
}

static void
query_changed_cb (WeirTimelinePage *self)
{
  self->n_unseen = 0;
  weir_timeline_model_set_query (self->model, weir_query_bar_get_query (self->query));
  weir_timeline_view_scroll_to_top (self->view);
}

static void
pill_cb (WeirTimelinePage *self)
{
  weir_timeline_model_bring_in (self->model);
  weir_timeline_view_scroll_to_top (self->view);
  self->n_unseen = 0;
  update_pill (self);
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

static const GActionEntry action_entries[] = {
  { .name = "toggle-follow", .activate = toggle_follow_cb },
  { .name = "clear-filters", .activate = clear_filters_cb },
};

static void
selected_cb (WeirTimelinePage *self, WeirEvent *event)
{
  weir_page_select (WEIR_PAGE (self), event);
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

  if (position != G_MAXUINT)
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
  GListModel *sessions = weir_monitor_get_sessions (weir_page_get_monitor (page));

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      GPtrArray *followers = weir_session_get_followers (session);

      if (weir_session_get_state (session) != WEIR_ACCOUNT_ONLINE)
        weir_session_retry (session);
      for (guint j = 0; followers != NULL && j < followers->len; j++)
        {
          WeirFollower *follower = g_ptr_array_index (followers, j);

          if (weir_follower_get_state (follower) == WEIR_FOLLOWER_WAITING)
            weir_follower_retry (follower);
          else
            weir_follower_poke (follower);
        }
    }
}

static void
weir_timeline_page_shown (WeirPage *page)
{
  weir_timeline_model_set_active (WEIR_TIMELINE_PAGE (page)->model, TRUE);
}

static void
weir_timeline_page_hidden (WeirPage *page)
{
  weir_timeline_model_set_active (WEIR_TIMELINE_PAGE (page)->model, FALSE);
}

static GtkWidget *
create_list (WeirTimelinePage *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->view = WEIR_TIMELINE_VIEW (weir_timeline_view_new (self->model));
  g_signal_connect_swapped (self->view, "selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->view, "scrolled", G_CALLBACK (update_pill), self);

  self->pill = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->pill), "pill");
  gtk_widget_add_css_class (GTK_WIDGET (self->pill), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->pill), "weir-pill");
  g_signal_connect_swapped (self->pill, "clicked", G_CALLBACK (pill_cb), self);
  self->pill_revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->pill_revealer, GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (self->pill_revealer, GTK_WIDGET (self->pill));
  gtk_widget_set_halign (GTK_WIDGET (self->pill_revealer), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->pill_revealer), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->pill_revealer), 42);
  /* what is hidden must not be clicked */
  g_object_bind_property (self->pill_revealer, "child-revealed", self->pill_revealer, "can-target",
                          G_BINDING_SYNC_CREATE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->view));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->pill_revealer));

  return overlay;
}

static GtkWidget *
create_stack (WeirTimelinePage *self)
{
  GtkWidget *loading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_spinner_start (self->spinner);
  gtk_widget_set_valign (loading, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (loading), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (loading), gtk_label_new (_ ("Reading the history…")));

  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  self->remedy = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_set_halign (GTK_WIDGET (self->remedy), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->remedy), "pill");
  adw_status_page_set_child (self->status, GTK_WIDGET (self->remedy));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, loading, "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_stack_add_named (self->stack, create_list (self), "list");

  return GTK_WIDGET (self->stack);
}

static void
weir_timeline_page_constructed (GObject *object)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (object);
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (weir_timeline_page_parent_class)->constructed (object);

  self->model = weir_timeline_model_new (weir_monitor_get_history (monitor));
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
  self->chart = WEIR_TIMELINE_CHART (weir_timeline_chart_new (monitor));
  g_signal_connect_swapped (self->chart, "activated", G_CALLBACK (chart_activated_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->query));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (box), create_stack (self));
  gtk_box_append (GTK_BOX (box), weir_feed_bar_new (monitor));
  adw_bin_set_child (ADW_BIN (self), box);

  /* after the view's own handlers, which were connected first */
  g_signal_connect_swapped (self->model, "about-to-update", G_CALLBACK (about_to_update_cb), self);
  g_signal_connect_swapped (self->model, "updated", G_CALLBACK (updated_cb), self);
  g_signal_connect_swapped (self->model, "changed", G_CALLBACK (update), self);
  g_signal_connect_object (weir_monitor_get_sessions (monitor), "items-changed",
                           G_CALLBACK (update_status), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
weir_timeline_page_dispose (GObject *object)
{
  WeirTimelinePage *self = WEIR_TIMELINE_PAGE (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->wanted);
  g_clear_object (&self->header);
  g_clear_object (&self->actions);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (weir_timeline_page_parent_class)->dispose (object);
}

static void
weir_timeline_page_class_init (WeirTimelinePageClass *klass)
{
  static WeirRecordKind kinds[] = { WEIR_RECORD_EVENT, -1 };
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = weir_timeline_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = weir_timeline_page_dispose;

  page_class->kinds = kinds;
  page_class->id = "timeline";
  page_class->title = N_ ("Timeline");
  page_class->icon_name = "weir-timeline-symbolic";
  page_class->can_search = TRUE;
  page_class->get_header_widget = weir_timeline_page_get_header_widget;
  page_class->get_actions = weir_timeline_page_get_actions;
  page_class->focus_search = weir_timeline_page_focus_search;
  page_class->set_search = weir_timeline_page_set_search;
  page_class->reveal = weir_timeline_page_reveal;
  page_class->refresh = weir_timeline_page_refresh;
  page_class->shown = weir_timeline_page_shown;
  page_class->hidden = weir_timeline_page_hidden;
}

static void
weir_timeline_page_init (WeirTimelinePage *self)
{
}
