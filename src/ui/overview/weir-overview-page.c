/* weir-overview-page.c: is anything wrong?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-overview-page.h"

#include "weir-account-card.h"
#include "weir-actions.h"
#include "weir-attention-list.h"
#include "weir-clock.h"
#include "weir-drift-dialog.h"
#include "weir-error-ledger.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-history-drift.h"
#include "weir-navigate.h"
#include "weir-pull-index.h"
#include "weir-tiles.h"
#include "weir-width-bin.h"
#include "weir-token-watch.h"

#include <glib/gi18n-lib.h>

/* After the first news; more may be on its way. */
#define UPDATE_DELAY_MS 400
/* What becomes overdue does so without any news. */
#define UPDATE_INTERVAL_S 10
#define ATTENTION_LIMIT 6
#define CREDENTIALS_LIMIT 5
/* px; in a narrower page the tiles stand in two rows */
#define TILES_WIDTH 640
#define TIGHT_WIDTH 260

struct _WeirOverviewPage
{
  WeirPage parent_instance;

  WeirMonitor *monitor;
  WeirErrorLedger *ledger;
  WeirActivityCache *activity;
  WeirPullIndex *pulls;
  GPtrArray *drift; /* (nullable) (element-type WeirDrift) */
  GCancellable *cancellable;
  guint update_id;
  guint interval_id;

  GtkStack *stack;
  GtkImage *verdict_icon;
  GtkLabel *verdict;
  GtkLabel *verdict_detail;
  AdwBin *tiles_bin;
  WeirTiles *tiles;
  AdwPreferencesGroup *attention_group;
  WeirAttentionList *attention;
  GtkListBox *accounts;
  AdwPreferencesGroup *credentials_group;
  WeirAttentionList *credentials;
};

G_DEFINE_FINAL_TYPE (WeirOverviewPage, weir_overview_page, WEIR_TYPE_PAGE)

static GListModel *
get_records (WeirOverviewPage *self, WeirRecordKind kind)
{
  return G_LIST_MODEL (weir_monitor_get_records (self->monitor, kind));
}

/* A platform that cannot be reached cannot tell that it has pulled. */
static gboolean
is_online (WeirOverviewPage *self, WeirRecord *record)
{
  WeirSession *session =
      weir_monitor_find_session (self->monitor, weir_record_get_account (record));

  return session != NULL && weir_session_get_state (session) == WEIR_ACCOUNT_ONLINE;
}

static void
add_silent (WeirOverviewPage *self, GPtrArray *items)
{
  WeirSilence *silence = weir_monitor_get_silence (self->monitor);
  GListModel *subscriptions = get_records (self, WEIR_RECORD_SUBSCRIPTION);
  GListModel *accounts = G_LIST_MODEL (weir_monitor_get_store (self->monitor));

  for (guint i = 0; i < g_list_model_get_n_items (subscriptions); i++)
    {
      g_autoptr (WeirRecord) record = g_list_model_get_item (subscriptions, i);
      const WeirQuiet *quiet = weir_silence_get (silence, record);

      if (quiet != NULL && is_online (self, record))
        weir_attention_add_silence (items, record, quiet);
    }
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (accounts, i);
      const WeirQuiet *quiet = weir_silence_get_rest (silence, account);

      if (quiet != NULL)
        weir_attention_add_silence (items, account, quiet);
    }
}

static void
update_attention (WeirOverviewPage *self, GPtrArray *items)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  GListModel *connections = get_records (self, WEIR_RECORD_CONNECTION);
  GListModel *subscriptions = get_records (self, WEIR_RECORD_SUBSCRIPTION);
  GListModel *groups = G_LIST_MODEL (self->ledger);
  g_autoptr (GPtrArray) overdue = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirAccount *account = weir_session_get_account (session);

      weir_attention_add_account (items, account, weir_session_get_state (session),
                                  weir_session_get_error (session),
                                  weir_session_get_since (session));
      weir_attention_add_token (items, account, weir_token_get_expiry (session), FALSE);
    }
  for (guint i = 0; i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (WeirConnection) connection = g_list_model_get_item (connections, i);

      weir_attention_add_connection (items, connection);
      weir_attention_add_refresh (items, connection, FALSE);
    }
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (WeirErrorGroup) group = g_list_model_get_item (groups, i);

      weir_attention_add_group (items, group,
                                weir_error_ledger_get_lifecycle (self->ledger, group));
    }
  for (guint i = 0; i < g_list_model_get_n_items (subscriptions); i++)
    {
      g_autoptr (WeirSubscription) subscription = g_list_model_get_item (subscriptions, i);

      if (weir_subscription_is_overdue (subscription)
          && weir_pull_index_get_active (self->pulls, WEIR_RECORD (subscription)) == NULL
          && is_online (self, WEIR_RECORD (subscription)))
        g_ptr_array_add (overdue, g_steal_pointer (&subscription));
    }
  weir_attention_add_overdue (items, overdue);
  add_silent (self, items);
  if (self->drift != NULL)
    weir_attention_add_drift (items, self->drift);
  weir_attention_sort (items);
  weir_attention_list_set_items (self->attention, items);
  gtk_widget_set_visible (GTK_WIDGET (self->attention_group), items->len > 0);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = (*(WeirAttention *const *) a)->at;
  gint64 other = (*(WeirAttention *const *) b)->at;

  return one < other ? -1 : one > other;
}

static void
update_credentials (WeirOverviewPage *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  GListModel *connections = get_records (self, WEIR_RECORD_CONNECTION);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      weir_attention_add_token (items, weir_session_get_account (session),
                                weir_token_get_expiry (session), TRUE);
    }
  for (guint i = 0; i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (WeirConnection) connection = g_list_model_get_item (connections, i);

      weir_attention_add_refresh (items, connection, TRUE);
    }
  g_ptr_array_sort (items, compare_times);
  weir_attention_list_set_items (self->credentials, items);
  gtk_widget_set_visible (GTK_WIDGET (self->credentials_group), items->len > 0);
}

static void
set_tile (WeirOverviewPage *self, guint tile, guint64 number, const char *detail, const char *css)
{
  g_autofree char *text = weir_format_number (number);

  weir_tile_set (weir_tiles_get (self->tiles, tile), text, detail, css);
}

static void
update_subscriptions (WeirOverviewPage *self)
{
  GListModel *records = get_records (self, WEIR_RECORD_SUBSCRIPTION);
  guint n = g_list_model_get_n_items (records);
  guint n_sick = 0;
  guint n_off = 0;
  g_autofree char *sick = NULL;
  g_autofree char *off = NULL;
  g_autofree char *detail = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSubscription) record = g_list_model_get_item (records, i);

      if (weir_record_get_error (WEIR_RECORD (record)) != NULL)
        n_sick++;
      else if (record->deactivated || record->archived_at != 0
               || g_str_equal (record->status, "unsubscribed")
               || g_str_equal (record->status, "inactive")
               || g_str_equal (record->status, "disabled"))
        n_off++;
    }

  sick = weir_format_number (n_sick);
  off = weir_format_number (n_off);
  if (n == 0)
    /* Translators: no subscriptions */
    detail = g_strdup (C_ ("subscriptions", "none yet"));
  else if (n_sick > 0)
    detail = g_strdup_printf (/* Translators: of subscriptions, below the number of the others */
                              ngettext ("alive, %s with an error", "alive, %s with errors", n_sick),
                              sick);
  else if (n_off > 0)
    detail =
        g_strdup_printf (/* Translators: of subscriptions, below the number of the others */
                         ngettext ("alive, %s switched off", "alive, %s switched off", n_off), off);
  else
    /* Translators: below the number of subscriptions that work */
    detail = g_strdup (C_ ("subscriptions", "alive"));
  set_tile (self, WEIR_TILE_SUBSCRIPTIONS, n - n_sick - n_off, detail, n_sick > 0 ? "error" : NULL);
}

static void
update_pulls (WeirOverviewPage *self)
{
  GListModel *records = get_records (self, WEIR_RECORD_PULL);
  guint n = g_list_model_get_n_items (records);
  gint64 since = weir_clock_now () - 24 * G_TIME_SPAN_HOUR;
  guint n_active = 0;
  guint n_failed = 0;
  g_autofree char *failed = NULL;
  g_autofree char *detail = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirPullRun) pull = g_list_model_get_item (records, i);

      n_active += weir_pull_run_is_active (pull);
      n_failed += pull->error != NULL && MAX (pull->start_at, pull->end_at) >= since;
    }

  failed = weir_format_number (n_failed);
  if (n_failed > 0)
    detail = g_strdup_printf (
        /* Translators: of pull runs, below the number of those that run now */
        ngettext ("running, %s failed in 24 hours", "running, %s failed in 24 hours", n_failed),
        failed);
  else
    /* Translators: below the number of pull runs that run now */
    detail = g_strdup (_ ("running, none failed"));
  set_tile (self, WEIR_TILE_PULLS, n_active, detail, n_failed > 0 ? "error" : NULL);
}

static void
update_connections (WeirOverviewPage *self)
{
  GListModel *records = get_records (self, WEIR_RECORD_CONNECTION);
  guint n = g_list_model_get_n_items (records);
  guint n_sick = 0;
  g_autofree char *sick = NULL;
  g_autofree char *detail = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirConnection) connection = g_list_model_get_item (records, i);

      n_sick += weir_connection_needs_attention (connection);
    }

  sick = weir_format_number (n_sick);
  if (n == 0)
    /* Translators: no connections */
    detail = g_strdup (C_ ("connections", "none"));
  else if (n_sick > 0)
    detail =
        g_strdup_printf (/* Translators: of connections, below the number of the others */
                         ngettext ("well, %s needs a hand", "well, %s need a hand", n_sick), sick);
  else
    /* Translators: below the number of connections */
    detail = g_strdup (C_ ("connections", "all well"));
  set_tile (self, WEIR_TILE_CONNECTIONS, n - n_sick, detail, n_sick > 0 ? "warning" : NULL);
}

static void
update_events (WeirOverviewPage *self)
{
  GListModel *store = G_LIST_MODEL (weir_monitor_get_store (self->monitor));
  guint total[24] = { 0 };
  guint64 day = 0;
  g_autofree char *number = NULL;
  g_autofree char *detail = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (store, i);
      guint hours[24];

      if (!weir_activity_cache_sum (self->activity, account, hours))
        continue;
      for (guint j = 0; j < 24; j++)
        {
          total[j] += hours[j];
          day += hours[j];
        }
    }

  number = weir_format_number (day);
  /* Translators: after the number of events in the hour we are in; %s: that of the last 24 hours */
  detail = g_strdup_printf (_ ("this hour, %s in 24 h"), number);
  set_tile (self, WEIR_TILE_EVENTS, total[23], detail, NULL);
  weir_tile_set_hours (weir_tiles_get (self->tiles, WEIR_TILE_EVENTS), total);
}

static guint
count_sessions (WeirOverviewPage *self, WeirAccountState state)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  guint n = g_list_model_get_n_items (sessions);
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      count += weir_error_text_judge_state (weir_session_get_state (session),
                                            weir_session_get_error (session))
               == state;
    }

  return count;
}

static void
update_verdict (WeirOverviewPage *self, guint n_attention)
{
  guint n_accounts = g_list_model_get_n_items (weir_monitor_get_sessions (self->monitor));
  guint n_online = count_sessions (self, WEIR_ACCOUNT_ONLINE);
  guint n_unknown = count_sessions (self, WEIR_ACCOUNT_UNKNOWN);
  const char *icon_name = "weir-state-online-symbolic";
  const char *css = "success";
  g_autofree char *verdict = NULL;
  g_autofree char *detail = NULL;

  if (n_attention > 0)
    {
      icon_name = "dialog-warning-symbolic";
      css = "warning";
      verdict = g_strdup_printf (
          ngettext ("%u Thing Needs Attention", "%u Things Need Attention", n_attention),
          n_attention);
    }
  else if (n_unknown > 0)
    {
      icon_name = "weir-state-unknown-symbolic";
      css = "dim-label";
      verdict = g_strdup (_ ("Connecting…"));
    }
  else
    {
      verdict = g_strdup (_ ("All Is Well"));
    }
  /* Translators: how many accounts are online, of how many */
  detail =
      g_strdup_printf (ngettext ("%u of %u account online", "%u of %u accounts online", n_accounts),
                       n_online, n_accounts);

  gtk_image_set_from_icon_name (self->verdict_icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict_icon), (const char *[]){ css, NULL });
  gtk_label_set_label (self->verdict, verdict);
  gtk_label_set_label (self->verdict_detail, detail);
}

static void
update (WeirOverviewPage *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean any = g_list_model_get_n_items (weir_monitor_get_sessions (self->monitor)) > 0;

  g_clear_handle_id (&self->update_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, any ? "overview" : "welcome");
  if (!any)
    return;

  update_attention (self, items);
  update_credentials (self);
  update_subscriptions (self);
  update_pulls (self);
  update_connections (self);
  update_events (self);
  update_verdict (self, items->len);
}

static gboolean
update_cb (gpointer user_data)
{
  WeirOverviewPage *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_update (WeirOverviewPage *self)
{
  if (self->update_id == 0 && weir_page_is_shown (WEIR_PAGE (self)))
    self->update_id = g_timeout_add (UPDATE_DELAY_MS, update_cb, self);
}

static void
list_drift_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirOverviewPage) self = user_data;
  g_autoptr (GPtrArray) drift =
      weir_history_list_drift_finish (WEIR_HISTORY (source), result, NULL);

  /* without an answer, what was known stays */
  if (drift == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_pointer (&self->drift, g_ptr_array_unref);
  self->drift = g_steal_pointer (&drift);
  schedule_update (self);
}

static void
refresh_drift (WeirOverviewPage *self)
{
  if (weir_page_is_shown (WEIR_PAGE (self)))
    weir_history_list_drift_async (weir_monitor_get_history (self->monitor), self->cancellable,
                                   list_drift_cb, g_object_ref (self));
}

static gboolean
interval_cb (gpointer user_data)
{
  schedule_update (user_data);

  return G_SOURCE_CONTINUE;
}

static void
sessions_changed_cb (WeirOverviewPage *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *model)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (model, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (schedule_update), self,
                               G_CONNECT_SWAPPED);
    }
  /* the welcome is over: what is pressed there is of no use any more */
  if (added > 0 && g_list_model_get_n_items (model) == added
      && weir_page_is_shown (WEIR_PAGE (self)))
    update (self);
  else
    schedule_update (self);
}

static GtkWidget *
create_card (gpointer item, gpointer user_data)
{
  return weir_account_card_new (item, WEIR_OVERVIEW_PAGE (user_data)->activity);
}

static void
account_activated_cb (WeirOverviewPage *self, GtkListBoxRow *row)
{
  WeirSession *session = weir_account_card_get_session (WEIR_ACCOUNT_CARD (row));

  weir_navigate_to_search (GTK_WIDGET (self), "subscriptions",
                           weir_session_get_account (session)->name);
}

/* An account's trouble leads to its remedy. */
static void
open_account (WeirOverviewPage *self, WeirAccount *account)
{
  WeirSession *session = weir_monitor_find_session (self->monitor, account);
  const GError *error = session != NULL ? weir_session_get_error (session) : NULL;
  WeirRemedy remedy = error != NULL ? weir_error_text_get_remedy (error) : WEIR_REMEDY_NONE;
  g_autofree char *text = NULL;

  if (session == NULL)
    return;
  if (!account->ephemeral && (remedy == WEIR_REMEDY_EDIT_ACCOUNT || remedy == WEIR_REMEDY_UNLOCK))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-account", "s", account->uuid);
      return;
    }

  weir_session_retry (session);
  /* Translators: %s is an account's name */
  text = g_strdup_printf (_ ("Trying to reach “%s”"), account->name);
  weir_toast (GTK_WIDGET (self), text);
}

static void
item_activated_cb (WeirOverviewPage *self, WeirAttention *item)
{
  if (WEIR_IS_ERROR_GROUP (item->target))
    {
      weir_navigate_to_page (GTK_WIDGET (self), "errors");
      weir_error_ledger_reveal (self->ledger, WEIR_ERROR_GROUP (item->target));
    }
  else if (WEIR_IS_RECORD (item->target))
    weir_navigate_to_record (GTK_WIDGET (self), WEIR_RECORD (item->target));
  else if (item->kind == WEIR_ATTENTION_DRIFT)
    weir_drift_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->monitor,
                               WEIR_ACCOUNT (item->target));
  else if (item->kind == WEIR_ATTENTION_OVERDUE)
    weir_navigate_to_search (GTK_WIDGET (self), "subscriptions", WEIR_ACCOUNT (item->target)->name);
  else if (item->kind == WEIR_ATTENTION_SILENCE)
    weir_navigate_to_page (GTK_WIDGET (self), "timeline");
  else if (item->kind == WEIR_ATTENTION_TOKEN)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-account", "s",
                                WEIR_ACCOUNT (item->target)->uuid);
  else
    open_account (self, WEIR_ACCOUNT (item->target));
}

static void
weir_overview_page_refresh (WeirPage *page)
{
  WeirMonitor *monitor = WEIR_OVERVIEW_PAGE (page)->monitor;
  GListModel *sessions = weir_monitor_get_sessions (monitor);
  guint n = g_list_model_get_n_items (sessions);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      weir_session_retry (session);
    }
  weir_actions_refresh (monitor, WEIR_RECORD_SUBSCRIPTION);
  weir_actions_refresh (monitor, WEIR_RECORD_PULL);
  weir_actions_refresh (monitor, WEIR_RECORD_CONNECTION);
}

static void
weir_overview_page_shown (WeirPage *page)
{
  WeirOverviewPage *self = WEIR_OVERVIEW_PAGE (page);

  weir_activity_cache_set_active (self->activity, TRUE);
  self->interval_id = g_timeout_add_seconds (UPDATE_INTERVAL_S, interval_cb, self);
  update (self);
  refresh_drift (self);
}

static gboolean
weir_overview_page_enter (WeirPage *page)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WEIR_OVERVIEW_PAGE (page)->tiles));
}

static void
weir_overview_page_hidden (WeirPage *page)
{
  WeirOverviewPage *self = WEIR_OVERVIEW_PAGE (page);

  weir_activity_cache_set_active (self->activity, FALSE);
  g_clear_handle_id (&self->interval_id, g_source_remove);
  g_clear_handle_id (&self->update_id, g_source_remove);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Four in a row or two, never three and one. */
static void
width_changed_cb (WeirOverviewPage *self, int width)
{
  gboolean tight = width < TIGHT_WIDTH;
  int columns = width >= TILES_WIDTH ? WEIR_N_TILES : tight ? 1 : WEIR_N_TILES / 2;

  set_class (GTK_WIDGET (self->verdict), "title-1", !tight);
  set_class (GTK_WIDGET (self->verdict), "title-3", tight);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_icon), !tight);
  weir_tiles_set_columns (self->tiles, columns);
}

static void
add_tiles (WeirOverviewPage *self)
{
  GtkWidget *bin;

  self->tiles = WEIR_TILES (weir_tiles_new ());
  bin = weir_width_bin_new (GTK_WIDGET (self->tiles), 0);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (width_changed_cb), self);
  adw_bin_set_child (self->tiles_bin, bin);
}

/* A group's title is cut where there is no room for it, and a button does not get narrower than its label. */
static void
wrap_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget)
      && (gtk_widget_has_css_class (widget, "heading")
          || GTK_IS_BUTTON (gtk_widget_get_parent (widget))))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_labels (child);
}

static void
add_content (WeirOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wrap_labels (GTK_WIDGET (self));

  self->attention =
      WEIR_ATTENTION_LIST (weir_attention_list_new (ATTENTION_LIMIT, _ ("Needs Attention")));
  adw_preferences_group_add (self->attention_group, GTK_WIDGET (self->attention));
  g_signal_connect_swapped (self->attention, "activate", G_CALLBACK (item_activated_cb), self);

  self->credentials =
      WEIR_ATTENTION_LIST (weir_attention_list_new (CREDENTIALS_LIMIT, _ ("Credential Horizon")));
  adw_preferences_group_add (self->credentials_group, GTK_WIDGET (self->credentials));
  g_signal_connect_swapped (self->credentials, "activate", G_CALLBACK (item_activated_cb), self);

  add_tiles (self);
}

static void
weir_overview_page_build (WeirPage *page)
{
  WeirOverviewPage *self = WEIR_OVERVIEW_PAGE (page);
  static const WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, WEIR_RECORD_PULL,
                                          WEIR_RECORD_CONNECTION };
  GListModel *sessions;

  add_content (self);
  self->monitor = weir_page_get_monitor (WEIR_PAGE (self));
  self->ledger = weir_error_ledger_get (self->monitor);
  self->activity = weir_activity_cache_new (self->monitor);
  self->pulls = weir_pull_index_new (self->monitor);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_signal_connect_object (weir_monitor_get_records (self->monitor, kinds[i]), "items-changed",
                             G_CALLBACK (schedule_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ledger, "changed", G_CALLBACK (schedule_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (weir_monitor_get_silence (self->monitor), "changed",
                           G_CALLBACK (schedule_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->activity, "changed", G_CALLBACK (update_events), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (weir_monitor_get_learner (self->monitor), "learned",
                           G_CALLBACK (refresh_drift), self, G_CONNECT_SWAPPED);
  sessions = weir_monitor_get_sessions (self->monitor);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
  gtk_list_box_bind_model (self->accounts, sessions, create_card, self, NULL);
  update (self);
}

static void
weir_overview_page_dispose (GObject *object)
{
  WeirOverviewPage *self = WEIR_OVERVIEW_PAGE (object);

  g_clear_handle_id (&self->interval_id, g_source_remove);
  g_clear_handle_id (&self->update_id, g_source_remove);
  /* first, since the template takes its children away from under the bin */
  adw_bin_set_child (ADW_BIN (self), NULL);
  if (self->tiles != NULL)
    gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_OVERVIEW_PAGE);
  self->tiles = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->ledger);
  g_clear_object (&self->activity);
  g_clear_object (&self->pulls);

  G_OBJECT_CLASS (weir_overview_page_parent_class)->dispose (object);
}

static void
weir_overview_page_finalize (GObject *object)
{
  WeirOverviewPage *self = WEIR_OVERVIEW_PAGE (object);

  g_clear_pointer (&self->drift, g_ptr_array_unref);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (weir_overview_page_parent_class)->finalize (object);
}

static void
weir_overview_page_class_init (WeirOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  object_class->dispose = weir_overview_page_dispose;
  object_class->finalize = weir_overview_page_finalize;

  page_class->id = "overview";
  page_class->title = N_ ("Overview");
  page_class->icon_name = "weir-overview-symbolic";
  page_class->is_summary = TRUE;
  page_class->build = weir_overview_page_build;
  page_class->refresh = weir_overview_page_refresh;
  page_class->shown = weir_overview_page_shown;
  page_class->hidden = weir_overview_page_hidden;
  page_class->enter = weir_overview_page_enter;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, verdict_detail);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, tiles_bin);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, attention_group);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, WeirOverviewPage, credentials_group);
  gtk_widget_class_bind_template_callback (widget_class, account_activated_cb);
}

static void
weir_overview_page_init (WeirOverviewPage *self)
{
  self->cancellable = g_cancellable_new ();
}
