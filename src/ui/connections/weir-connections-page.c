/* weir-connections-page.c: who needs a hand?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-connections-page.h"

#include "weir-actions.h"
#include "weir-connection-columns.h"
#include "weir-list-frame.h"
#include "weir-navigate.h"
#include "weir-reconnect.h"

#include <glib/gi18n-lib.h>

/* What can be chosen from changes seldom; what can be done is looked at more often. */
#define CHOICES_DELAY_MS 400
#define ACTIONS_DELAY_MS 60

struct _WeirConnectionsPage
{
  WeirPage parent_instance;

  WeirMonitor *monitor;
  WeirRecordList *list;
  WeirFilterBar *filter;
  WeirTable *table;
  GtkLabel *without; /* says which accounts have no connections at all */
  GSimpleActionGroup *actions;
  GtkWidget *header;
  GtkWidget *buttons[3];
  char **words; /* of the search, case-folded */
  guint choices_id;
  guint actions_id;
};

G_DEFINE_FINAL_TYPE (WeirConnectionsPage, weir_connections_page, WEIR_TYPE_PAGE)

static const struct
{
  const char *name;
  WeirAction action;
} record_actions[] = {
  { "test", WEIR_ACTION_TEST },
  { "refresh-credentials", WEIR_ACTION_REFRESH_CREDENTIALS },
  { "reconnect", WEIR_ACTION_RECONNECT },
};

static const char *
get_need (gpointer item)
{
  return weir_connection_needs_attention (item) ? "attention" : "well";
}

static char *
dup_need_label (gpointer item)
{
  return g_strdup (weir_connection_needs_attention (item) ? _ ("Needs Attention") : _ ("All Well"));
}

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
get_state (gpointer item)
{
  return weir_connection_get_state_label (item);
}

static char *
dup_state_label (gpointer item)
{
  return g_strdup (weir_connection_get_state_label (item));
}

static const char *
get_tenant (gpointer item)
{
  return WEIR_CONNECTION (item)->tenant;
}

static char *
dup_tenant_label (gpointer item)
{
  WeirConnection *connection = item;

  return g_strdup (connection->tenant_name != NULL ? connection->tenant_name : connection->tenant);
}

static const struct
{
  const char *id;
  const char *label;
  const char *all;
  const char *(*get_value) (gpointer item);
  char *(*dup_label) (gpointer item);
} choices[] = {
  { "need", N_ ("Condition"), N_ ("Any Condition"), get_need, dup_need_label },
  { "account", N_ ("Account"), N_ ("All Accounts"), get_account, dup_account_label },
  { "state", N_ ("State"), N_ ("Any State"), get_state, dup_state_label },
  { "tenant", N_ ("Tenant"), N_ ("All Tenants"), get_tenant, dup_tenant_label },
};

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  WeirConnectionsPage *self = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const char *value = weir_filter_bar_get_choice (self->filter, choices[i].id);

      if (value != NULL && g_strcmp0 (choices[i].get_value (item), value) != 0)
        return FALSE;
    }

  return self->words == NULL
         || weir_filter_matches ((const char *const *) self->words,
                                 weir_connection_get_folded (item));
}

static void
filter_changed_cb (WeirConnectionsPage *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  self->words = weir_filter_split_words (weir_filter_bar_get_text (self->filter));
  weir_record_list_refilter (self->list);
}

/* The platforms without connections say so, so that nobody waits for their rows. */
static void
update_without (WeirConnectionsPage *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  guint n = g_list_model_get_n_items (sessions);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);
      const char *reason = NULL;

      if (provider == NULL || weir_provider_lists (provider, WEIR_RECORD_CONNECTION, &reason))
        continue;
      if (text->len > 0)
        g_string_append (text, "  ·  ");
      g_string_append_printf (text, "%s: %s", weir_session_get_account (session)->name,
                              reason != NULL ? reason : _ ("It has no connections."));
    }

  gtk_label_set_label (self->without, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->without), text->len > 0);
}

static gboolean
choices_cb (gpointer user_data)
{
  WeirConnectionsPage *self = user_data;
  g_autoptr (GPtrArray) items = weir_record_list_list_all (self->list);
  guint n_sick = 0;

  self->choices_id = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    weir_filter_bar_collect (self->filter, choices[i].id, items, choices[i].get_value,
                             choices[i].dup_label);
  for (guint i = 0; i < items->len; i++)
    n_sick += weir_connection_needs_attention (g_ptr_array_index (items, i));
  weir_page_set_count (WEIR_PAGE (self), n_sick, TRUE);
  update_without (self);

  return G_SOURCE_REMOVE;
}

static void
set_enabled (WeirConnectionsPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (WeirConnectionsPage *self)
{
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      const char *reason = NULL;
      gboolean can = weir_actions_can (self->monitor, record_actions[i].action, selected, &reason);

      /* a browser page each would be too many */
      if (can && record_actions[i].action == WEIR_ACTION_RECONNECT && selected->len > 1)
        {
          can = FALSE;
          reason = _ ("Select one connection to reconnect it");
        }
      set_enabled (self, record_actions[i].name, can);
      gtk_widget_set_tooltip_text (self->buttons[i], can ? NULL : reason);
    }

  set_enabled (self, "copy-id", selected->len > 0);
  set_enabled (self, "copy-json", selected->len > 0);
  set_enabled (self, "show-subscriptions", selected->len == 1);
}

static gboolean
actions_cb (gpointer user_data)
{
  WeirConnectionsPage *self = user_data;

  self->actions_id = 0;
  update_actions (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_actions (WeirConnectionsPage *self)
{
  if (self->actions_id == 0)
    self->actions_id = g_timeout_add (ACTIONS_DELAY_MS, actions_cb, self);
}

static void
schedule_choices (WeirConnectionsPage *self)
{
  if (self->choices_id == 0)
    self->choices_id = g_timeout_add (CHOICES_DELAY_MS, choices_cb, self);
}

static void
list_updated_cb (WeirConnectionsPage *self)
{
  schedule_choices (self);
  schedule_actions (self);
}

static void
selection_changed_cb (WeirConnectionsPage *self)
{
  weir_page_select (WEIR_PAGE (self), weir_record_list_get_single (self->list));
  schedule_actions (self);
}

static void
busy_changed_cb (WeirConnectionsPage *self)
{
  weir_table_refresh (self->table, "state");
  schedule_actions (self);
}

static void
session_changed_cb (WeirConnectionsPage *self)
{
  schedule_choices (self);
  schedule_actions (self);
}

static void
sessions_changed_cb (WeirConnectionsPage *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *model)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (model, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  session_changed_cb (self);
}

static void
table_activate_cb (WeirConnectionsPage *self, GObject *item)
{
  weir_navigate_inspect (GTK_WIDGET (self), item);
}

static void
record_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirConnectionsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      if (g_str_equal (g_action_get_name (G_ACTION (action)), record_actions[i].name))
        weir_actions_run (GTK_WIDGET (self), self->monitor, record_actions[i].action, selected);
    }
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirConnectionsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);
  gboolean ids = g_str_equal (g_action_get_name (G_ACTION (action)), "copy-id");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < selected->len; i++)
    {
      WeirRecord *record = g_ptr_array_index (selected, i);
      g_autofree char *pretty = ids ? NULL : weir_json_dup_pretty (weir_record_get_json (record));

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, ids ? weir_record_get_id (record) : pretty);
    }
  weir_copy (GTK_WIDGET (self), text->str, ids ? _ ("ID copied") : _ ("Copied as JSON"));
}

static void
show_subscriptions_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirConnectionsPage *self = user_data;
  WeirRecord *single = weir_record_list_get_single (self->list);

  if (single != NULL)
    weir_navigate_to_search (GTK_WIDGET (self), "subscriptions", weir_record_get_name (single));
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_filter_bar_clear (WEIR_CONNECTIONS_PAGE (user_data)->filter);
}

static GtkWidget *
weir_connections_page_get_header_widget (WeirPage *page)
{
  return WEIR_CONNECTIONS_PAGE (page)->header;
}

static GActionGroup *
weir_connections_page_get_actions (WeirPage *page)
{
  return G_ACTION_GROUP (WEIR_CONNECTIONS_PAGE (page)->actions);
}

static void
weir_connections_page_focus_search (WeirPage *page)
{
  weir_filter_bar_focus (WEIR_CONNECTIONS_PAGE (page)->filter);
}

static void
weir_connections_page_set_search (WeirPage *page, const char *text)
{
  WeirConnectionsPage *self = WEIR_CONNECTIONS_PAGE (page);

  weir_filter_bar_clear (self->filter);
  weir_filter_bar_set_text (self->filter, text);
}

static gboolean
weir_connections_page_reveal (WeirPage *page, WeirRecord *record)
{
  WeirConnectionsPage *self = WEIR_CONNECTIONS_PAGE (page);
  guint position;

  weir_record_list_flush (self->list);
  position = weir_record_list_find (self->list, record);
  if (position == G_MAXUINT && weir_filter_bar_is_active (self->filter))
    {
      weir_filter_bar_clear (self->filter);
      position = weir_record_list_find (self->list, record);
    }
  if (position == G_MAXUINT)
    return FALSE;
  weir_table_reveal (self->table, position);

  return TRUE;
}

static void
weir_connections_page_refresh (WeirPage *page)
{
  GListModel *sessions = weir_monitor_get_sessions (WEIR_CONNECTIONS_PAGE (page)->monitor);
  guint n = g_list_model_get_n_items (sessions);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      weir_session_refresh (session, WEIR_RECORD_CONNECTION);
    }
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      g_autofree char *action = g_strconcat ("page.", record_actions[i].name, NULL);

      g_menu_append (first, weir_actions_get_label (record_actions[i].action), action);
    }
  g_menu_append (second, _ ("Show Subscriptions"), "page.show-subscriptions");
  g_menu_append (third, _ ("Copy ID"), "page.copy-id");
  g_menu_append (third, _ ("Copy as JSON"), "page.copy-json");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));

  return G_MENU_MODEL (menu);
}

static void
create_header (WeirConnectionsPage *self)
{
  self->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  for (gsize i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    {
      const char *label = weir_actions_get_label (record_actions[i].action);
      g_autofree char *action = g_strconcat ("page.", record_actions[i].name, NULL);

      self->buttons[i] = gtk_button_new_with_label (label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[i]), action);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_box_append (GTK_BOX (self->header), self->buttons[i]);
    }
}

static void
create_actions (WeirConnectionsPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "copy-id", .activate = copy_cb },
    { .name = "copy-json", .activate = copy_cb },
    { .name = "show-subscriptions", .activate = show_subscriptions_cb },
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

static GtkWidget *
create_content (WeirConnectionsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *frame = weir_list_frame_new (
      self->monitor, WEIR_RECORD_CONNECTION, self->list, self->filter, GTK_WIDGET (self->table),
      "weir-connections-symbolic", _ ("No Connections"),
      _ ("The accounts have none. A connection is a customer’s link to an outside application, "
         "made on the platform; it appears here by itself."));

  self->without = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->without, TRUE);
  gtk_label_set_xalign (self->without, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->without), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->without), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->without), "weir-footnote");
  gtk_widget_set_visible (GTK_WIDGET (self->without), FALSE);

  gtk_widget_set_vexpand (frame, TRUE);
  gtk_box_append (GTK_BOX (box), frame);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->without));

  return box;
}

static void
weir_connections_page_constructed (GObject *object)
{
  WeirConnectionsPage *self = WEIR_CONNECTIONS_PAGE (object);
  g_autoptr (GMenuModel) menu = create_menu ();
  GListModel *sessions;
  const WeirColumn *columns;
  guint n_columns;

  G_OBJECT_CLASS (weir_connections_page_parent_class)->constructed (object);

  self->monitor = weir_page_get_monitor (WEIR_PAGE (self));
  self->list = weir_record_list_new (
      G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_CONNECTION)));
  self->filter = WEIR_FILTER_BAR (weir_filter_bar_new (_ ("Search connections")));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    weir_filter_bar_add_choice (self->filter, choices[i].id, _ (choices[i].label),
                                _ (choices[i].all));
  g_object_bind_property (self, "search-mode", self->filter, "revealed",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  weir_page_set_search_mode (WEIR_PAGE (self), TRUE);

  columns = weir_connection_columns (&n_columns);
  self->table = weir_table_new (self->list, columns, n_columns, self->monitor, _ ("Connections"));
  weir_table_set_menu (self->table, menu);
  weir_table_sort_by (self->table, "name", GTK_SORT_ASCENDING);

  create_actions (self);
  create_header (self);
  adw_bin_set_child (ADW_BIN (self), create_content (self));

  g_signal_connect_swapped (self->list, "updated", G_CALLBACK (list_updated_cb), self);
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->table, "activate", G_CALLBACK (table_activate_cb), self);
  g_signal_connect_swapped (self->table, "context-menu", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  g_signal_connect_object (self->monitor, "busy-changed", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  weir_record_list_set_filter (self->list, filter_item, self);

  sessions = weir_monitor_get_sessions (self->monitor);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
  update_actions (self);
}

static void
weir_connections_page_dispose (GObject *object)
{
  WeirConnectionsPage *self = WEIR_CONNECTIONS_PAGE (object);

  g_clear_handle_id (&self->choices_id, g_source_remove);
  g_clear_handle_id (&self->actions_id, g_source_remove);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      weir_record_list_set_filter (self->list, NULL, NULL);
      g_signal_handlers_disconnect_by_data (self->filter, self);
    }
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->header);
  g_clear_object (&self->actions);
  g_clear_object (&self->list);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (weir_connections_page_parent_class)->dispose (object);
}

static void
weir_connections_page_class_init (WeirConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);
  static WeirRecordKind kinds[] = { WEIR_RECORD_CONNECTION, -1 };

  object_class->constructed = weir_connections_page_constructed;
  object_class->dispose = weir_connections_page_dispose;

  page_class->id = "connections";
  page_class->title = N_ ("Connections");
  page_class->icon_name = "weir-connections-symbolic";
  page_class->kinds = kinds;
  page_class->can_search = TRUE;
  page_class->get_header_widget = weir_connections_page_get_header_widget;
  page_class->get_actions = weir_connections_page_get_actions;
  page_class->focus_search = weir_connections_page_focus_search;
  page_class->set_search = weir_connections_page_set_search;
  page_class->reveal = weir_connections_page_reveal;
  page_class->refresh = weir_connections_page_refresh;
}

static void
weir_connections_page_init (WeirConnectionsPage *self)
{
}
