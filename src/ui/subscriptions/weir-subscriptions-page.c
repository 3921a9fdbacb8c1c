/* weir-subscriptions-page.c: which are alive, which are sick?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-subscriptions-page.h"

#include "weir-actions.h"
#include "weir-list-frame.h"
#include "weir-navigate.h"
#include "weir-oracle-dialog.h"
#include "weir-status-look.h"
#include "weir-subscription-columns.h"

#include <glib/gi18n-lib.h>

/* What can be chosen from changes seldom; what can be done is looked at more often. */
#define CHOICES_DELAY_MS 400
#define ACTIONS_DELAY_MS 60

struct _WeirSubscriptionsPage
{
  WeirPage parent_instance;

  WeirSubscriptionContext context;
  WeirRecordList *list;
  WeirFilterBar *filter;
  WeirTable *table;
  GSimpleActionGroup *actions;
  GtkWidget *header;
  GtkWidget *buttons[4]; /* of the first record_actions */
  char **words;          /* of the search, case-folded */
  guint choices_id;
  guint actions_id;
};

G_DEFINE_FINAL_TYPE (WeirSubscriptionsPage, weir_subscriptions_page, WEIR_TYPE_PAGE)

static const struct
{
  const char *name;
  WeirAction action;
} record_actions[] = {
  /* the first four have buttons */
  { "subscribe", WEIR_ACTION_SUBSCRIBE },
  { "unsubscribe", WEIR_ACTION_UNSUBSCRIBE },
  { "resubscribe", WEIR_ACTION_RESUBSCRIBE },
  { "pull", WEIR_ACTION_PULL },
  { "set-up", WEIR_ACTION_SETUP },
  { "refresh-webhook", WEIR_ACTION_REFRESH_WEBHOOK },
  { "pause-delivery", WEIR_ACTION_PAUSE },
  { "delete", WEIR_ACTION_DELETE },
};

static const char *
get_account (gpointer item)
{
  return weir_record_get_account (item)->uuid;
}

static char *
dup_account_label (gpointer item)
{
  return g_strdup (weir_record_get_account (item)->name);
}

static const char *
get_status (gpointer item)
{
  return WEIR_SUBSCRIPTION (item)->status;
}

static char *
dup_status_label (gpointer item)
{
  return weir_status_dup_label (WEIR_SUBSCRIPTION (item)->status);
}

static const char *
get_delivery (gpointer item)
{
  WeirDelivery delivery = WEIR_SUBSCRIPTION (item)->delivery;

  return delivery != WEIR_DELIVERY_UNKNOWN ? weir_delivery_to_string (delivery) : NULL;
}

static char *
dup_delivery_label (gpointer item)
{
  switch (WEIR_SUBSCRIPTION (item)->delivery)
    {
    case WEIR_DELIVERY_REAL_TIME:
      return g_strdup (_ ("Real time"));

    case WEIR_DELIVERY_PULL:
      return g_strdup (_ ("Pull"));

    case WEIR_DELIVERY_FULL_SCAN:
      return g_strdup (_ ("Full scan"));

    case WEIR_DELIVERY_STREAM:
      return g_strdup (_ ("Stream"));

    case WEIR_DELIVERY_PUSH:
      return g_strdup (_ ("Push"));

    case WEIR_DELIVERY_UNKNOWN:
    default:
      return g_strdup (_ ("Unknown"));
    }
}

static const char *
get_connection (gpointer item)
{
  return WEIR_SUBSCRIPTION (item)->connection;
}

static char *
dup_connection_label (gpointer item)
{
  WeirSubscription *subscription = item;

  return g_strdup (subscription->connection_name != NULL ? subscription->connection_name
                                                         : subscription->connection);
}

static const char *
get_tenant (gpointer item)
{
  return WEIR_SUBSCRIPTION (item)->tenant;
}

static char *
dup_tenant_label (gpointer item)
{
  WeirSubscription *subscription = item;

  return g_strdup (subscription->tenant_name != NULL ? subscription->tenant_name
                                                     : subscription->tenant);
}

static const struct
{
  const char *id;
  const char *label;
  const char *all;
  const char *(*get_value) (gpointer item);
  char *(*dup_label) (gpointer item);
} choices[] = {
  { "account", N_ ("Account"), N_ ("All Accounts"), get_account, dup_account_label },
  { "status", N_ ("Status"), N_ ("Any Status"), get_status, dup_status_label },
  { "delivery", N_ ("Delivery"), N_ ("Any Delivery"), get_delivery, dup_delivery_label },
  { "connection", N_ ("Connection"), N_ ("All Connections"), get_connection, dup_connection_label },
  { "tenant", N_ ("Tenant"), N_ ("All Tenants"), get_tenant, dup_tenant_label },
};

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const char *value = weir_filter_bar_get_choice (self->filter, choices[i].id);

      if (value != NULL && g_strcmp0 (choices[i].get_value (item), value) != 0)
        return FALSE;
    }

  return self->words == NULL
         || weir_filter_matches ((const char *const *) self->words,
                                 weir_subscription_get_folded (item));
}

static void
filter_changed_cb (WeirSubscriptionsPage *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  self->words = weir_filter_split_words (weir_filter_bar_get_text (self->filter));
  weir_record_list_refilter (self->list);
}

static gboolean
choices_cb (gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  g_autoptr (GPtrArray) items = weir_record_list_list_all (self->list);
  guint n_sick = 0;

  self->choices_id = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    weir_filter_bar_collect (self->filter, choices[i].id, items, choices[i].get_value,
                             choices[i].dup_label);
  for (guint i = 0; i < items->len; i++)
    n_sick += weir_record_get_error (g_ptr_array_index (items, i)) != NULL;
  weir_page_set_count (WEIR_PAGE (self), n_sick, TRUE);

  return G_SOURCE_REMOVE;
}

static WeirProvider *
find_provider (WeirSubscriptionsPage *self, WeirAction action, const char **reason)
{
  GListModel *sessions = weir_monitor_get_sessions (self->context.monitor);
  guint n = g_list_model_get_n_items (sessions);

  *reason = _ ("No account lets subscriptions be created");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);

      if (provider != NULL && weir_provider_can (provider, action, NULL, NULL))
        return provider;
    }

  return NULL;
}

static void
set_enabled (WeirSubscriptionsPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (WeirSubscriptionsPage *self)
{
  WeirMonitor *monitor = self->context.monitor;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);
  gpointer single = weir_record_list_get_single (self->list);
  const char *reason = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      gboolean can = weir_actions_can (monitor, record_actions[i].action, selected, &reason);

      set_enabled (self, record_actions[i].name, can);
      if (i < G_N_ELEMENTS (self->buttons))
        gtk_widget_set_tooltip_text (self->buttons[i], can ? NULL : reason);
    }

  set_enabled (self, "new", find_provider (self, WEIR_ACTION_CREATE, &reason) != NULL);
  set_enabled (self, "edit",
               single != NULL && weir_monitor_can (monitor, WEIR_ACTION_UPDATE, single, NULL));
  set_enabled (self, "copy-id", selected->len > 0);
  set_enabled (self, "copy-json", selected->len > 0);
  set_enabled (self, "show-pulls", single != NULL);
  set_enabled (self, "show-events", single != NULL);
}

static gboolean
actions_cb (gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;

  self->actions_id = 0;
  update_actions (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_actions (WeirSubscriptionsPage *self)
{
  if (self->actions_id == 0)
    self->actions_id = g_timeout_add (ACTIONS_DELAY_MS, actions_cb, self);
}

static void
list_updated_cb (WeirSubscriptionsPage *self)
{
  if (self->choices_id == 0)
    self->choices_id = g_timeout_add (CHOICES_DELAY_MS, choices_cb, self);
  schedule_actions (self);
}

static void
selection_changed_cb (WeirSubscriptionsPage *self)
{
  weir_page_select (WEIR_PAGE (self), weir_record_list_get_single (self->list));
  schedule_actions (self);
}

static void
busy_changed_cb (WeirSubscriptionsPage *self)
{
  weir_table_refresh (self->table, "status");
  schedule_actions (self);
}

static void
pulls_changed_cb (WeirSubscriptionsPage *self)
{
  weir_table_refresh (self->table, "next-pull");
}

static void
activity_changed_cb (WeirSubscriptionsPage *self)
{
  weir_table_refresh (self->table, "last-event");
  weir_table_refresh (self->table, "day");
}

static void
table_activate_cb (WeirSubscriptionsPage *self, GObject *item)
{
  weir_navigate_inspect (GTK_WIDGET (self), item);
}

static void
record_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      if (g_str_equal (g_action_get_name (G_ACTION (action)), record_actions[i].name))
        weir_actions_run (GTK_WIDGET (self), self->context.monitor, record_actions[i].action,
                          selected);
    }
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;

  weir_oracle_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              self->context.monitor, NULL);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  gpointer single = weir_record_list_get_single (self->list);

  if (single != NULL)
    weir_oracle_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                self->context.monitor, single);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  weir_actions_copy (GTK_WIDGET (self), selected,
                     g_str_equal (g_action_get_name (G_ACTION (action)), "copy-json"));
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  WeirRecord *single = weir_record_list_get_single (self->list);

  if (single == NULL)
    return;
  if (g_str_equal (g_action_get_name (G_ACTION (action)), "show-pulls"))
    {
      weir_navigate_to_search (GTK_WIDGET (self), "pulls", weir_record_get_id (single));
    }
  else
    {
      g_autofree char *query = g_strconcat ("sub:", weir_record_get_id (single), NULL);

      weir_navigate_to_search (GTK_WIDGET (self), "timeline", query);
    }
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_filter_bar_clear (WEIR_SUBSCRIPTIONS_PAGE (user_data)->filter);
}

static GtkWidget *
weir_subscriptions_page_get_header_widget (WeirPage *page)
{
  return WEIR_SUBSCRIPTIONS_PAGE (page)->header;
}

static GActionGroup *
weir_subscriptions_page_get_actions (WeirPage *page)
{
  return G_ACTION_GROUP (WEIR_SUBSCRIPTIONS_PAGE (page)->actions);
}

static void
weir_subscriptions_page_focus_search (WeirPage *page)
{
  weir_filter_bar_focus (WEIR_SUBSCRIPTIONS_PAGE (page)->filter);
}

static void
weir_subscriptions_page_set_search (WeirPage *page, const char *text)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (page);
  WeirAccount *account =
      weir_account_store_find (weir_monitor_get_store (self->context.monitor), text, NULL);

  weir_filter_bar_clear (self->filter);
  if (account != NULL)
    {
      /* the choices may not have been collected yet */
      g_clear_handle_id (&self->choices_id, g_source_remove);
      choices_cb (self);
      weir_filter_bar_choose (self->filter, "account", account->uuid);
    }
  if (account == NULL)
    weir_filter_bar_set_text (self->filter, text);
}

static gboolean
weir_subscriptions_page_reveal (WeirPage *page, WeirRecord *record)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (page);

  return weir_table_reveal_item (self->table, self->filter, record);
}

static void
weir_subscriptions_page_refresh (WeirPage *page)
{
  weir_actions_refresh (WEIR_SUBSCRIPTIONS_PAGE (page)->context.monitor, WEIR_RECORD_SUBSCRIPTION);
}

static void
weir_subscriptions_page_shown (WeirPage *page)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (page);

  weir_activity_cache_set_active (self->context.activity, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
weir_subscriptions_page_hidden (WeirPage *page)
{
  weir_activity_cache_set_active (WEIR_SUBSCRIPTIONS_PAGE (page)->context.activity, FALSE);
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();
  g_autoptr (GMenu) fourth = g_menu_new ();

  g_menu_append (section, _ ("Pull Now"), "page.pull");
  g_menu_append (section, _ ("Subscribe"), "page.subscribe");
  g_menu_append (section, _ ("Unsubscribe"), "page.unsubscribe");
  g_menu_append (section, _ ("Resubscribe"), "page.resubscribe");
  g_menu_append (first, _ ("Set Up"), "page.set-up");
  g_menu_append (first, _ ("Refresh Webhook"), "page.refresh-webhook");
  g_menu_append (first, _ ("Pause Delivery"), "page.pause-delivery");
  g_menu_append (second, _ ("Show Pull Runs"), "page.show-pulls");
  g_menu_append (second, _ ("Show Events"), "page.show-events");
  g_menu_append (third, _ ("Copy ID"), "page.copy-id");
  g_menu_append (third, _ ("Copy as JSON"), "page.copy-json");
  g_menu_append (fourth, _ ("New Oracle Subscription…"), "page.new");
  g_menu_append (fourth, _ ("Edit…"), "page.edit");
  g_menu_append (fourth, _ ("Delete…"), "page.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fourth));

  return G_MENU_MODEL (menu);
}

static GtkWidget *
create_menu_button (void)
{
  g_autoptr (GMenuModel) menu = create_menu ();
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _ ("More Actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More Actions"), -1);

  return button;
}

static void
create_header (WeirSubscriptionsPage *self)
{
  self->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  for (gsize i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    {
      WeirAction action = record_actions[i].action;
      const char *label = weir_actions_get_label (action);
      g_autofree char *name = g_strconcat ("page.", record_actions[i].name, NULL);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      /* these are in the menu too */
      if (action == WEIR_ACTION_UNSUBSCRIBE || action == WEIR_ACTION_RESUBSCRIBE)
        g_object_bind_property (self, "narrow", button, "visible",
                                G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
      gtk_box_append (GTK_BOX (self->header), button);
      self->buttons[i] = button;
    }
  gtk_box_append (GTK_BOX (self->header), create_menu_button ());
}

static void
create_actions (WeirSubscriptionsPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "new", .activate = new_cb },
    { .name = "edit", .activate = edit_cb },
    { .name = "copy-id", .activate = copy_cb },
    { .name = "copy-json", .activate = copy_cb },
    { .name = "show-pulls", .activate = show_cb },
    { .name = "show-events", .activate = show_cb },
    { .name = "clear-filters", .activate = clear_filters_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      GActionEntry entry = { .name = record_actions[i].name, .activate = record_action_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &entry, 1, self);
    }
}

static void
weir_subscriptions_page_constructed (GObject *object)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (object);
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (self));
  g_autoptr (GMenuModel) menu = create_menu ();
  const WeirColumn *columns;
  guint n_columns;

  G_OBJECT_CLASS (weir_subscriptions_page_parent_class)->constructed (object);

  self->context.monitor = monitor;
  self->context.activity = weir_activity_cache_new (monitor);
  self->context.pulls = weir_pull_index_new (monitor);
  self->list = weir_record_list_new (
      G_LIST_MODEL (weir_monitor_get_records (monitor, WEIR_RECORD_SUBSCRIPTION)));

  self->filter = WEIR_FILTER_BAR (weir_filter_bar_new (_ ("Search subscriptions")));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    weir_filter_bar_add_choice (self->filter, choices[i].id, _ (choices[i].label),
                                _ (choices[i].all));
  g_object_bind_property (self, "search-mode", self->filter, "revealed",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  weir_page_set_search_mode (WEIR_PAGE (self), TRUE);

  columns = weir_subscription_columns (&n_columns);
  self->table =
      weir_table_new (self->list, columns, n_columns, &self->context, _ ("Subscriptions"));
  weir_table_set_menu (self->table, menu);
  weir_table_sort_by (self->table, "name", GTK_SORT_ASCENDING);

  create_actions (self);
  create_header (self);
  adw_bin_set_child (
      ADW_BIN (self),
      weir_list_frame_new (monitor, WEIR_RECORD_SUBSCRIPTION, self->list, self->filter,
                           GTK_WIDGET (self->table), "weir-subscriptions-symbolic",
                           _ ("No Subscriptions"),
                           _ ("The accounts have none. Those that are made on the platforms "
                              "appear here by themselves.")));

  g_signal_connect_swapped (self->list, "updated", G_CALLBACK (list_updated_cb), self);
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->table, "activate", G_CALLBACK (table_activate_cb), self);
  g_signal_connect_swapped (self->table, "context-menu", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  g_signal_connect_swapped (self->context.activity, "changed", G_CALLBACK (activity_changed_cb),
                            self);
  g_signal_connect_swapped (self->context.pulls, "changed", G_CALLBACK (pulls_changed_cb), self);
  g_signal_connect_object (monitor, "busy-changed", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  weir_record_list_set_filter (self->list, filter_item, self);
  update_actions (self);
}

static void
weir_subscriptions_page_dispose (GObject *object)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (object);

  g_clear_handle_id (&self->choices_id, g_source_remove);
  g_clear_handle_id (&self->actions_id, g_source_remove);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      weir_record_list_set_filter (self->list, NULL, NULL);
      g_signal_handlers_disconnect_by_data (self->filter, self);
      g_signal_handlers_disconnect_by_data (self->context.activity, self);
      g_signal_handlers_disconnect_by_data (self->context.pulls, self);
    }
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->header);
  g_clear_object (&self->actions);
  g_clear_object (&self->list);
  g_clear_object (&self->context.activity);
  g_clear_object (&self->context.pulls);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (weir_subscriptions_page_parent_class)->dispose (object);
}

static void
weir_subscriptions_page_class_init (WeirSubscriptionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);
  static WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, -1 };

  object_class->constructed = weir_subscriptions_page_constructed;
  object_class->dispose = weir_subscriptions_page_dispose;

  page_class->id = "subscriptions";
  page_class->title = N_ ("Subscriptions");
  page_class->icon_name = "weir-subscriptions-symbolic";
  page_class->kinds = kinds;
  page_class->can_search = TRUE;
  page_class->get_header_widget = weir_subscriptions_page_get_header_widget;
  page_class->get_actions = weir_subscriptions_page_get_actions;
  page_class->focus_search = weir_subscriptions_page_focus_search;
  page_class->set_search = weir_subscriptions_page_set_search;
  page_class->reveal = weir_subscriptions_page_reveal;
  page_class->refresh = weir_subscriptions_page_refresh;
  page_class->shown = weir_subscriptions_page_shown;
  page_class->hidden = weir_subscriptions_page_hidden;
}

static void
weir_subscriptions_page_init (WeirSubscriptionsPage *self)
{
}
