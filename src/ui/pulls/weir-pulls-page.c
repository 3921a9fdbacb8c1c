/* weir-pulls-page.c: what was pulled, when, with what result?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-pulls-page.h"

#include "weir-actions.h"
#include "weir-list-frame.h"
#include "weir-navigate.h"
#include "weir-pull-columns.h"
#include "weir-status-look.h"

#include <glib/gi18n-lib.h>

#define CHOICES_DELAY_MS 400

struct _WeirPullsPage
{
  WeirPage parent_instance;

  WeirMonitor *monitor; /* not owned: the page's own */
  WeirRecordList *list;
  WeirFilterBar *filter;
  WeirTable *table;
  GSimpleActionGroup *actions;
  GtkWidget *header;
  GtkWidget *again;
  char **words; /* of the search, case-folded */
  guint choices_id;
};

G_DEFINE_FINAL_TYPE (WeirPullsPage, weir_pulls_page, WEIR_TYPE_PAGE)

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
  return WEIR_PULL (item)->status;
}

static char *
dup_status_label (gpointer item)
{
  return weir_status_dup_label (WEIR_PULL (item)->status);
}

static const char *
get_subscription (gpointer item)
{
  return WEIR_PULL (item)->subscription;
}

static char *
dup_subscription_label (gpointer item)
{
  WeirPull *pull = item;

  return g_strdup (pull->subscription_name != NULL ? pull->subscription_name : pull->subscription);
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
  { "subscription", N_ ("Subscription"), N_ ("All Subscriptions"), get_subscription,
    dup_subscription_label },
};

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  WeirPullsPage *self = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const char *value = weir_filter_bar_get_choice (self->filter, choices[i].id);

      if (value != NULL && g_strcmp0 (choices[i].get_value (item), value) != 0)
        return FALSE;
    }

  return self->words == NULL
         || weir_filter_matches ((const char *const *) self->words, weir_pull_get_folded (item));
}

static void
filter_changed_cb (WeirPullsPage *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  self->words = weir_filter_split_words (weir_filter_bar_get_text (self->filter));
  weir_record_list_refilter (self->list);
}

static gboolean
choices_cb (gpointer user_data)
{
  WeirPullsPage *self = user_data;
  g_autoptr (GPtrArray) items = weir_record_list_list_all (self->list);
  guint n_active = 0;

  self->choices_id = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    weir_filter_bar_collect (self->filter, choices[i].id, items, choices[i].get_value,
                             choices[i].dup_label);
  for (guint i = 0; i < items->len; i++)
    n_active += weir_pull_is_active (g_ptr_array_index (items, i));
  weir_page_set_count (WEIR_PAGE (self), n_active, FALSE);

  return G_SOURCE_REMOVE;
}

/* The subscriptions of the selected runs that are known now, each once. */
static GPtrArray *
list_subscriptions (WeirPullsPage *self)
{
  WeirRecordSet *subscriptions = weir_monitor_get_records (self->monitor, WEIR_RECORD_SUBSCRIPTION);
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < selected->len; i++)
    {
      WeirPull *pull = g_ptr_array_index (selected, i);
      WeirRecord *record = NULL;

      if (pull->subscription != NULL)
        record = weir_record_set_find (subscriptions, weir_record_get_account (WEIR_RECORD (pull)),
                                       pull->subscription);
      if (record != NULL && !g_ptr_array_find (found, record, NULL))
        g_ptr_array_add (found, g_object_ref (record));
    }

  return found;
}

static void
set_enabled (WeirPullsPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (WeirPullsPage *self)
{
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self);
  gboolean selected = weir_record_list_count_selected (self->list) > 0;
  const char *reason = NULL;
  gboolean can;

  can = weir_actions_can (self->monitor, WEIR_ACTION_PULL, subscriptions, &reason);
  if (selected && subscriptions->len == 0)
    reason = _ ("The subscription is not known any more");
  set_enabled (self, "pull", can);
  gtk_widget_set_tooltip_text (self->again, can ? NULL : reason);
  set_enabled (self, "copy-id", selected);
  set_enabled (self, "copy-json", selected);
  set_enabled (self, "show-subscription", subscriptions->len == 1);
}

static void
list_updated_cb (WeirPullsPage *self)
{
  if (self->choices_id == 0)
    self->choices_id = g_timeout_add (CHOICES_DELAY_MS, choices_cb, self);
}

static void
selection_changed_cb (WeirPullsPage *self)
{
  weir_page_select (WEIR_PAGE (self), weir_record_list_get_single (self->list));
  update_actions (self);
}

static void
table_activate_cb (WeirPullsPage *self, GObject *item)
{
  weir_navigate_inspect (GTK_WIDGET (self), item);
}

static void
pull_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirPullsPage *self = user_data;
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self);

  weir_actions_run (GTK_WIDGET (self), self->monitor, WEIR_ACTION_PULL, subscriptions);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirPullsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  weir_actions_copy (GTK_WIDGET (self), selected,
                     g_str_equal (g_action_get_name (G_ACTION (action)), "copy-json"));
}

static void
show_subscription_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirPullsPage *self = user_data;
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self);

  if (subscriptions->len > 0)
    weir_navigate_to_record (GTK_WIDGET (self), g_ptr_array_index (subscriptions, 0));
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_filter_bar_clear (WEIR_PULLS_PAGE (user_data)->filter);
}

static GtkWidget *
weir_pulls_page_get_header_widget (WeirPage *page)
{
  return WEIR_PULLS_PAGE (page)->header;
}

static GActionGroup *
weir_pulls_page_get_actions (WeirPage *page)
{
  return G_ACTION_GROUP (WEIR_PULLS_PAGE (page)->actions);
}

static void
weir_pulls_page_focus_search (WeirPage *page)
{
  weir_filter_bar_focus (WEIR_PULLS_PAGE (page)->filter);
}

static void
weir_pulls_page_set_search (WeirPage *page, const char *text)
{
  WeirPullsPage *self = WEIR_PULLS_PAGE (page);

  weir_filter_bar_clear (self->filter);
  g_clear_handle_id (&self->choices_id, g_source_remove);
  choices_cb (self);

  /* a subscription's id is better chosen than searched for */
  weir_filter_bar_choose (self->filter, "subscription", text);
  if (weir_filter_bar_get_choice (self->filter, "subscription") == NULL)
    weir_filter_bar_set_text (self->filter, text);
}

static gboolean
weir_pulls_page_reveal (WeirPage *page, WeirRecord *record)
{
  WeirPullsPage *self = WEIR_PULLS_PAGE (page);

  return weir_table_reveal_item (self->table, self->filter, record);
}

static void
weir_pulls_page_refresh (WeirPage *page)
{
  weir_actions_refresh (WEIR_PULLS_PAGE (page)->monitor, WEIR_RECORD_PULL);
}

static void
weir_pulls_page_shown (WeirPage *page)
{
  WeirPullsPage *self = WEIR_PULLS_PAGE (page);

  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  g_menu_append (first, _ ("Pull Again"), "page.pull");
  g_menu_append (first, _ ("Show Subscription"), "page.show-subscription");
  g_menu_append (second, _ ("Copy ID"), "page.copy-id");
  g_menu_append (second, _ ("Copy as JSON"), "page.copy-json");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));

  return G_MENU_MODEL (menu);
}

static void
create_header (WeirPullsPage *self)
{
  const char *label = _ ("Pull Again");

  self->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->again = gtk_button_new_with_label (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), "page.pull");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->again), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_box_append (GTK_BOX (self->header), self->again);
}

static void
weir_pulls_page_constructed (GObject *object)
{
  static const GActionEntry entries[] = {
    { .name = "pull", .activate = pull_cb },
    { .name = "copy-id", .activate = copy_cb },
    { .name = "copy-json", .activate = copy_cb },
    { .name = "show-subscription", .activate = show_subscription_cb },
    { .name = "clear-filters", .activate = clear_filters_cb },
  };
  WeirPullsPage *self = WEIR_PULLS_PAGE (object);
  g_autoptr (GMenuModel) menu = create_menu ();
  const WeirColumn *columns;
  guint n_columns;

  G_OBJECT_CLASS (weir_pulls_page_parent_class)->constructed (object);

  self->monitor = weir_page_get_monitor (WEIR_PAGE (self));
  self->list = weir_record_list_new (
      G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_PULL)));

  self->filter = WEIR_FILTER_BAR (weir_filter_bar_new (_ ("Search pull runs")));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    weir_filter_bar_add_choice (self->filter, choices[i].id, _ (choices[i].label),
                                _ (choices[i].all));
  g_object_bind_property (self, "search-mode", self->filter, "revealed",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  weir_page_set_search_mode (WEIR_PAGE (self), TRUE);

  columns = weir_pull_columns (&n_columns);
  self->table = weir_table_new (self->list, columns, n_columns, self->monitor, _ ("Pull Runs"));
  weir_table_set_menu (self->table, menu);
  weir_table_sort_by (self->table, "started", GTK_SORT_DESCENDING);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  create_header (self);
  adw_bin_set_child (
      ADW_BIN (self),
      weir_list_frame_new (self->monitor, WEIR_RECORD_PULL, self->list, self->filter,
                           GTK_WIDGET (self->table), "weir-pulls-symbolic", _ ("No Pull Runs"),
                           _ ("A run appears here as soon as a subscription is pulled, by its "
                              "schedule or with Pull Now.")));

  g_signal_connect_swapped (self->list, "updated", G_CALLBACK (list_updated_cb), self);
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->table, "activate", G_CALLBACK (table_activate_cb), self);
  g_signal_connect_swapped (self->table, "context-menu", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  g_signal_connect_object (self->monitor, "busy-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  weir_record_list_set_filter (self->list, filter_item, self);
  update_actions (self);
}

static void
weir_pulls_page_dispose (GObject *object)
{
  WeirPullsPage *self = WEIR_PULLS_PAGE (object);

  g_clear_handle_id (&self->choices_id, g_source_remove);
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

  G_OBJECT_CLASS (weir_pulls_page_parent_class)->dispose (object);
}

static void
weir_pulls_page_class_init (WeirPullsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);
  static WeirRecordKind kinds[] = { WEIR_RECORD_PULL, -1 };

  object_class->constructed = weir_pulls_page_constructed;
  object_class->dispose = weir_pulls_page_dispose;

  page_class->id = "pulls";
  page_class->title = N_ ("Pull Runs");
  page_class->icon_name = "weir-pulls-symbolic";
  page_class->kinds = kinds;
  page_class->can_search = TRUE;
  page_class->get_header_widget = weir_pulls_page_get_header_widget;
  page_class->get_actions = weir_pulls_page_get_actions;
  page_class->focus_search = weir_pulls_page_focus_search;
  page_class->set_search = weir_pulls_page_set_search;
  page_class->reveal = weir_pulls_page_reveal;
  page_class->refresh = weir_pulls_page_refresh;
  page_class->shown = weir_pulls_page_shown;
}

static void
weir_pulls_page_init (WeirPullsPage *self)
{
}
