/* weir-connections-page.c: who needs a hand?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-connections-page.h"

#include "weir-accessible.h"
#include "weir-actions.h"
#include "weir-connection-columns.h"
#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-window-size.h"

#include <glib/gi18n-lib.h>

struct _WeirConnectionsPage
{
  WeirListPage parent_instance;

  GtkLabel *without; /* says which accounts have no connections at all */
  GtkWidget *header;
  GtkWidget *buttons[3]; /* of record_actions */
};

G_DEFINE_FINAL_TYPE (WeirConnectionsPage, weir_connections_page, WEIR_TYPE_LIST_PAGE)

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

static const WeirChoice choices[] = {
  { "need", N_ ("Condition"), N_ ("Any Condition"), get_need, dup_need_label },
  { "account", N_ ("Account"), N_ ("All Accounts"), weir_choice_get_account,
    weir_choice_dup_account },
  { "state", N_ ("State"), N_ ("Any State"), get_state, dup_state_label },
  { "tenant", N_ ("Tenant"), N_ ("All Tenants"), get_tenant, dup_tenant_label },
};

/* The platforms without connections say so, so that nobody waits for their rows. */
static void
update_without (WeirConnectionsPage *self)
{
  GListModel *sessions = weir_monitor_get_sessions (weir_page_get_monitor (WEIR_PAGE (self)));
  guint n = g_list_model_get_n_items (sessions);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);
      const char *reason = NULL;
      g_autofree char *line = NULL;

      if (provider == NULL || weir_provider_lists (provider, WEIR_RECORD_CONNECTION, &reason))
        continue;
      if (text->len > 0)
        g_string_append (text, "  ·  ");
      line = weir_format_labelled (weir_session_get_account (session)->name,
                                   reason != NULL ? reason : _ ("It has no connections."));
      g_string_append (text, line);
    }

  gtk_label_set_label (self->without, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->without), text->len > 0);
}

static void
session_changed_cb (WeirConnectionsPage *self)
{
  update_without (self);
  weir_list_page_schedule_actions (WEIR_LIST_PAGE (self));
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
busy_changed_cb (WeirConnectionsPage *self)
{
  weir_table_refresh (weir_list_page_get_table (WEIR_LIST_PAGE (self)), "state");
}

static void
record_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirListPage *page = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (weir_list_page_get_list (page));

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      if (g_str_equal (g_action_get_name (G_ACTION (action)), record_actions[i].name))
        weir_actions_run (GTK_WIDGET (page), weir_page_get_monitor (WEIR_PAGE (page)),
                          record_actions[i].action, selected);
    }
}

static void
show_subscriptions_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirRecord *single = weir_record_list_get_single (weir_list_page_get_list (user_data));

  if (single != NULL)
    weir_navigate_to_search (user_data, "subscriptions", weir_record_get_name (single));
}

static GtkWidget *
weir_connections_page_get_header_widget (WeirPage *page)
{
  return WEIR_CONNECTIONS_PAGE (page)->header;
}

static void
weir_connections_page_update_actions (WeirListPage *page, GPtrArray *selected)
{
  WeirConnectionsPage *self = WEIR_CONNECTIONS_PAGE (page);
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (page));

  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      const char *reason = NULL;
      gboolean can = weir_actions_can (monitor, record_actions[i].action, selected, &reason);

      /* a browser page each would be too many */
      if (can && record_actions[i].action == WEIR_ACTION_RECONNECT && selected->len > 1)
        {
          can = FALSE;
          reason = _ ("Select one connection to reconnect it");
        }
      weir_list_page_set_enabled (page, record_actions[i].name, can);
      weir_actions_set_tooltip (self->buttons[i], record_actions[i].name, record_actions[i].action,
                                can ? NULL : reason);
    }
  weir_list_page_set_enabled (page, "show-subscriptions", selected->len == 1);
}

static void
weir_connections_page_count (WeirListPage *page, GPtrArray *items)
{
  guint n_sick = 0;

  for (guint i = 0; i < items->len; i++)
    n_sick += weir_connection_needs_attention (g_ptr_array_index (items, i));
  weir_page_set_count (WEIR_PAGE (page), n_sick, TRUE);
}

static void
weir_connections_page_fill_menu (WeirListPage *page, GMenu *menu)
{
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) act = g_menu_new ();

  g_menu_append (show, _ ("Show Subscriptions"), "page.show-subscriptions");
  for (gsize i = 0; i < G_N_ELEMENTS (record_actions); i++)
    {
      g_autofree char *action = g_strconcat ("page.", record_actions[i].name, NULL);

      g_menu_append (act, weir_actions_get_label (record_actions[i].action), action);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (act));
}

static void
create_header (WeirConnectionsPage *self)
{
  self->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  for (gsize i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    {
      const char *label = weir_actions_get_label (record_actions[i].action);
      g_autofree char *action = g_strconcat ("page.", record_actions[i].name, NULL);

      weir_list_page_add_action (WEIR_LIST_PAGE (self), record_actions[i].name, record_action_cb);
      self->buttons[i] = gtk_button_new_with_label (label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[i]), action);
      weir_accessible_set_name (self->buttons[i], label);
      gtk_box_append (GTK_BOX (self->header), self->buttons[i]);
    }
  /* it is in the menu too */
  weir_window_size_mark_spare (self->buttons[1]);
}

static void
add_footnote (WeirConnectionsPage *self)
{
  g_autoptr (GtkWidget) frame = g_object_ref (adw_bin_get_child (ADW_BIN (self)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->without = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->without, TRUE);
  gtk_label_set_xalign (self->without, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->without), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->without), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->without), "weir-footnote");

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_set_vexpand (frame, TRUE);
  gtk_box_append (GTK_BOX (box), frame);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->without));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
weir_connections_page_build (WeirPage *page)
{
  WeirConnectionsPage *self = WEIR_CONNECTIONS_PAGE (page);
  WeirMonitor *monitor;
  GListModel *sessions;

  WEIR_PAGE_CLASS (weir_connections_page_parent_class)->build (page);

  monitor = weir_page_get_monitor (WEIR_PAGE (self));
  sessions = weir_monitor_get_sessions (monitor);
  create_header (self);
  add_footnote (self);
  weir_list_page_add_action (WEIR_LIST_PAGE (self), "show-subscriptions", show_subscriptions_cb);
  g_signal_connect_object (monitor, "busy-changed", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
}

static void
weir_connections_page_dispose (GObject *object)
{
  g_clear_object (&WEIR_CONNECTIONS_PAGE (object)->header);

  G_OBJECT_CLASS (weir_connections_page_parent_class)->dispose (object);
}

static void
weir_connections_page_class_init (WeirConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);
  WeirListPageClass *list_class = WEIR_LIST_PAGE_CLASS (klass);
  static WeirRecordKind kinds[] = { WEIR_RECORD_CONNECTION, -1 };

  object_class->dispose = weir_connections_page_dispose;

  page_class->id = "connections";
  page_class->title = N_ ("Connections");
  page_class->icon_name = "weir-connections-symbolic";
  page_class->kinds = kinds;
  page_class->build = weir_connections_page_build;
  page_class->get_header_widget = weir_connections_page_get_header_widget;

  list_class->kind = WEIR_RECORD_CONNECTION;
  list_class->choices = choices;
  list_class->n_choices = G_N_ELEMENTS (choices);
  list_class->columns = weir_connection_columns (&list_class->n_columns);
  list_class->sort_column = "name";
  list_class->sort_order = GTK_SORT_ASCENDING;
  list_class->placeholder = N_ ("Search connections");
  list_class->empty_title = N_ ("No Connections");
  list_class->empty_description =
      N_ ("The accounts have none. A connection is a customer’s link to an outside application, "
          "made on the platform; it appears here by itself.");
  list_class->get_folded = (const char *(*) (gpointer)) weir_connection_get_folded;
  list_class->update_actions = weir_connections_page_update_actions;
  list_class->count = weir_connections_page_count;
  list_class->fill_menu = weir_connections_page_fill_menu;
}

static void
weir_connections_page_init (WeirConnectionsPage *self)
{
}
