/* weir-subscriptions-page.c: which are alive, which are sick?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-subscriptions-page.h"

#include "weir-accessible.h"
#include "weir-actions.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-oracle-dialog.h"
#include "weir-status-look.h"
#include "weir-subscription-columns.h"
#include "weir-window-size.h"

#include <glib/gi18n-lib.h>

struct _WeirSubscriptionsPage
{
  WeirListPage parent_instance;

  WeirSubscriptionContext context;
  GtkWidget *header;
  GtkWidget *buttons[4]; /* of the first record_actions */
};

G_DEFINE_FINAL_TYPE (WeirSubscriptionsPage, weir_subscriptions_page, WEIR_TYPE_LIST_PAGE)

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
get_status (gpointer item)
{
  return WEIR_SUBSCRIPTION (item)->status;
}

static char *
dup_status_label (gpointer item)
{
  return weir_status_dup_label (WEIR_RECORD_SUBSCRIPTION, WEIR_SUBSCRIPTION (item)->status);
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

static const WeirChoice choices[] = {
  { "account", N_ ("Account"), N_ ("All Accounts"), weir_choice_get_account,
    weir_choice_dup_account },
  { "status", N_ ("Status"), N_ ("Any Status"), get_status, dup_status_label },
  { "delivery", N_ ("Delivery"), N_ ("Any Delivery"), get_delivery, dup_delivery_label },
  { "connection", N_ ("Connection"), N_ ("All Connections"), get_connection, dup_connection_label },
  { "tenant", N_ ("Tenant"), N_ ("All Tenants"), get_tenant, dup_tenant_label },
};

static gboolean
can_create (WeirSubscriptionsPage *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->context.monitor);
  guint n = g_list_model_get_n_items (sessions);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);

      if (provider != NULL && weir_provider_can (provider, WEIR_ACTION_CREATE, NULL, NULL))
        return TRUE;
    }

  return FALSE;
}

static void
busy_changed_cb (WeirSubscriptionsPage *self)
{
  weir_table_refresh (weir_list_page_get_table (WEIR_LIST_PAGE (self)), "status");
}

static void
pulls_changed_cb (WeirSubscriptionsPage *self)
{
  weir_table_refresh (weir_list_page_get_table (WEIR_LIST_PAGE (self)), "next-pull");
}

static void
activity_changed_cb (WeirSubscriptionsPage *self)
{
  WeirTable *table = weir_list_page_get_table (WEIR_LIST_PAGE (self));

  weir_table_refresh (table, "last-event");
  weir_table_refresh (table, "day");
}

static void
silence_changed_cb (WeirSubscriptionsPage *self)
{
  busy_changed_cb (self);
  activity_changed_cb (self);
}

static gpointer
get_single (WeirSubscriptionsPage *self)
{
  return weir_record_list_get_single (weir_list_page_get_list (WEIR_LIST_PAGE (self)));
}

static void
record_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  g_autoptr (GPtrArray) selected =
      weir_record_list_list_selected (weir_list_page_get_list (WEIR_LIST_PAGE (self)));

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
  gpointer single = get_single (self);

  if (single != NULL)
    weir_oracle_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                self->context.monitor, single);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirSubscriptionsPage *self = user_data;
  WeirRecord *single = get_single (self);

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

static GtkWidget *
weir_subscriptions_page_get_header_widget (WeirPage *page)
{
  return WEIR_SUBSCRIPTIONS_PAGE (page)->header;
}

/* An account's name is better chosen than searched for. */
static void
weir_subscriptions_page_set_search (WeirPage *page, const char *text)
{
  WeirAccountStore *store = weir_monitor_get_store (weir_page_get_monitor (page));
  WeirAccount *account = weir_account_store_find (store, text, NULL);

  if (account == NULL || !weir_list_page_choose (WEIR_LIST_PAGE (page), "account", account->uuid))
    WEIR_PAGE_CLASS (weir_subscriptions_page_parent_class)->set_search (page, text);
}

static void
weir_subscriptions_page_shown (WeirPage *page)
{
  weir_activity_cache_set_active (WEIR_SUBSCRIPTIONS_PAGE (page)->context.activity, TRUE);

  WEIR_PAGE_CLASS (weir_subscriptions_page_parent_class)->shown (page);
}

static void
weir_subscriptions_page_hidden (WeirPage *page)
{
  weir_activity_cache_set_active (WEIR_SUBSCRIPTIONS_PAGE (page)->context.activity, FALSE);
}

static gpointer
weir_subscriptions_page_create_context (WeirListPage *page)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (page);

  self->context.monitor = weir_page_get_monitor (WEIR_PAGE (page));
  self->context.activity = weir_activity_cache_new (self->context.monitor);
  self->context.pulls = weir_pull_index_new (self->context.monitor);

  return &self->context;
}

static void
weir_subscriptions_page_update_actions (WeirListPage *page, GPtrArray *selected)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (page);
  WeirMonitor *monitor = self->context.monitor;
  gpointer single = get_single (self);
  const char *reason = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      gboolean can = weir_actions_can (monitor, record_actions[i].action, selected, &reason);

      weir_list_page_set_enabled (page, record_actions[i].name, can);
      if (i < G_N_ELEMENTS (self->buttons))
        weir_actions_set_tooltip (self->buttons[i], record_actions[i].name,
                                  record_actions[i].action, can ? NULL : reason);
    }
  weir_list_page_set_enabled (page, "new", can_create (self));
  weir_list_page_set_enabled (
      page, "edit", single != NULL && weir_monitor_can (monitor, WEIR_ACTION_UPDATE, single, NULL));
  weir_list_page_set_enabled (page, "show-pulls", single != NULL);
  weir_list_page_set_enabled (page, "show-events", single != NULL);
}

static void
weir_subscriptions_page_count (WeirListPage *page, GPtrArray *items)
{
  guint n_sick = 0;

  for (guint i = 0; i < items->len; i++)
    n_sick += weir_record_get_error (g_ptr_array_index (items, i)) != NULL;
  weir_page_set_count (WEIR_PAGE (page), n_sick, TRUE);
}

static void
append_section (GMenu *menu, const char *const *entries)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; entries[i] != NULL; i += 2)
    g_menu_append (section, _ (entries[i]), entries[i + 1]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
weir_subscriptions_page_fill_menu (WeirListPage *page, GMenu *menu)
{
  append_section (menu, (const char *const[]){ N_ ("Show Events"), "page.show-events",
                                               N_ ("Show Pull Runs"), "page.show-pulls", NULL });
  append_section (menu,
                  (const char *const[]){ N_ ("Pull Now"), "page.pull", N_ ("Subscribe"),
                                         "page.subscribe", N_ ("Unsubscribe"), "page.unsubscribe",
                                         N_ ("Resubscribe"), "page.resubscribe", NULL });
  append_section (menu,
                  (const char *const[]){ N_ ("Edit…"), "page.edit", N_ ("Set Up"), "page.set-up",
                                         N_ ("Refresh Webhook"), "page.refresh-webhook",
                                         N_ ("Pause Delivery"), "page.pause-delivery", NULL });
}

static void
weir_subscriptions_page_fill_menu_end (WeirListPage *page, GMenu *section)
{
  weir_keys_append (section, _ ("Delete…"), "page.delete");
}

static GtkWidget *
create_menu_button (WeirSubscriptionsPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  weir_subscriptions_page_fill_menu (WEIR_LIST_PAGE (self), menu);
  append_section (menu, (const char *const[]){ N_ ("New Oracle Subscription…"), "page.new", NULL });
  append_section (menu, (const char *const[]){ N_ ("Delete…"), "page.delete", NULL });
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("More Actions"));
  weir_accessible_set_name (button, _ ("More Actions"));

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
      weir_accessible_set_name (button, label);
      /* these are in the menu too */
      if (action == WEIR_ACTION_UNSUBSCRIBE || action == WEIR_ACTION_RESUBSCRIBE)
        weir_window_size_mark_spare (button);
      gtk_box_append (GTK_BOX (self->header), button);
      self->buttons[i] = button;
    }
  gtk_box_append (GTK_BOX (self->header), create_menu_button (self));
}

static void
weir_subscriptions_page_build (WeirPage *page)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (page);

  WEIR_PAGE_CLASS (weir_subscriptions_page_parent_class)->build (page);

  g_signal_connect_object (self->context.activity, "changed", G_CALLBACK (activity_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (weir_monitor_get_silence (self->context.monitor), "changed",
                           G_CALLBACK (silence_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context.pulls, "changed", G_CALLBACK (pulls_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context.monitor, "busy-changed", G_CALLBACK (busy_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
weir_subscriptions_page_dispose (GObject *object)
{
  WeirSubscriptionsPage *self = WEIR_SUBSCRIPTIONS_PAGE (object);

  g_clear_object (&self->header);

  /* the table goes here, and only then what its columns ask */
  G_OBJECT_CLASS (weir_subscriptions_page_parent_class)->dispose (object);

  g_clear_object (&self->context.activity);
  g_clear_object (&self->context.pulls);
}

static void
weir_subscriptions_page_class_init (WeirSubscriptionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);
  WeirListPageClass *list_class = WEIR_LIST_PAGE_CLASS (klass);
  static WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, -1 };

  object_class->dispose = weir_subscriptions_page_dispose;

  page_class->id = "subscriptions";
  page_class->title = N_ ("Subscriptions");
  page_class->icon_name = "weir-subscriptions-symbolic";
  page_class->kinds = kinds;
  page_class->build = weir_subscriptions_page_build;
  page_class->get_header_widget = weir_subscriptions_page_get_header_widget;
  page_class->set_search = weir_subscriptions_page_set_search;
  page_class->shown = weir_subscriptions_page_shown;
  page_class->hidden = weir_subscriptions_page_hidden;

  list_class->kind = WEIR_RECORD_SUBSCRIPTION;
  list_class->choices = choices;
  list_class->n_choices = G_N_ELEMENTS (choices);
  list_class->columns = weir_subscription_columns (&list_class->n_columns);
  list_class->sort_column = "name";
  list_class->sort_order = GTK_SORT_ASCENDING;
  list_class->placeholder = N_ ("Search subscriptions");
  list_class->empty_title = N_ ("No Subscriptions");
  list_class->empty_description =
      N_ ("The accounts have none. Those that are made on the platforms "
          "appear here by themselves.");
  list_class->get_folded = (const char *(*) (gpointer)) weir_subscription_get_folded;
  list_class->create_context = weir_subscriptions_page_create_context;
  list_class->fill_menu = weir_subscriptions_page_fill_menu;
  list_class->fill_menu_end = weir_subscriptions_page_fill_menu_end;
  list_class->update_actions = weir_subscriptions_page_update_actions;
  list_class->count = weir_subscriptions_page_count;
}

static void
weir_subscriptions_page_init (WeirSubscriptionsPage *self)
{
  static const struct
  {
    const char *name;
    void (*activate) (GSimpleAction *, GVariant *, gpointer);
  } actions[] = {
    { "new", new_cb },
    { "edit", edit_cb },
    { "show-pulls", show_cb },
    { "show-events", show_cb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    weir_list_page_add_action (WEIR_LIST_PAGE (self), actions[i].name, actions[i].activate);
  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    weir_list_page_add_action (WEIR_LIST_PAGE (self), record_actions[i].name, record_action_cb);
  create_header (self);
}
