/* weir-errors-page.c: what is broken, and what is the cause?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-errors-page.h"

#include "weir-accessible.h"
#include "weir-actions.h"
#include "weir-error-row.h"
#include "weir-keys.h"
#include "weir-list-frame.h"
#include "weir-list-top.h"
#include "weir-navigate.h"
#include "weir-row-focus.h"
#include "weir-scroll-proxy.h"
#include "weir-several.h"
#include "weir-window-size.h"

#include <glib/gi18n-lib.h>

/* Further apart than any two times in µs. */
#define RANK_DISTANCE 1e17

struct _WeirErrorsPage
{
  WeirPage parent_instance;

  WeirErrorLedger *ledger;
  WeirRecordList *list;
  WeirFilterBar *filter;
  GtkListView *view;
  WeirRowFocus *focus;
  WeirListTop *top;
  GSimpleActionGroup *actions;
  GtkWidget *header;
  GtkMenuButton *more;
  char **words; /* of the search, case-folded */
  char *
      wanted; /* (nullable) the key of the group that was selected at the last time, until it is there */
};

G_DEFINE_FINAL_TYPE (WeirErrorsPage, weir_errors_page, WEIR_TYPE_PAGE)

static const struct
{
  const char *name;
  const char *label;
  const char *tooltip;
  WeirErrorLifecycle lifecycle;
} decisions[] = {
  { "acknowledge", N_ ("Acknowledge"), N_ ("Somebody is looking into it"),
    WEIR_ERROR_ACKNOWLEDGED },
  { "resolve", N_ ("Resolve"), N_ ("It is mended; a new occurrence opens it again"),
    WEIR_ERROR_RESOLVED },
  { "ignore", N_ ("Ignore"), N_ ("It is no trouble, even if it occurs again"), WEIR_ERROR_IGNORED },
  { "reopen", N_ ("Reopen"), N_ ("It still needs a hand"), WEIR_ERROR_OPEN },
};

/* The newest error whole, where the group has its leaf only. */
static WeirErrorData *
get_chain (WeirErrorGroup *group)
{
  for (guint i = 0; i < group->subjects->len; i++)
    {
      WeirErrorData *error = weir_record_get_error (g_ptr_array_index (group->subjects, i));

      if (error != NULL && weir_error_data_get_leaf (error) == group->leaf)
        return error;
    }

  return group->leaf;
}

static gboolean
has_account (WeirErrorGroup *group, const char *uuid)
{
  for (guint i = 0; i < group->subjects->len; i++)
    {
      WeirRecord *record = g_ptr_array_index (group->subjects, i);

      if (g_str_equal (weir_record_get_account (record)->uuid, uuid))
        return TRUE;
    }

  return FALSE;
}

/* All that a search looks through, case-folded; made once, since groups do not change. */
static const char *
get_folded (WeirErrorGroup *group)
{
  char *folded = g_object_get_data (G_OBJECT (group), "weir-folded");

  if (folded == NULL)
    {
      g_autoptr (GString) text = g_string_new (group->leaf->message);

      g_string_append_printf (text, "\n%s\n%s", group->leaf->type != NULL ? group->leaf->type : "",
                              group->leaf->key != NULL ? group->leaf->key : "");
      for (guint i = 0; i < group->subjects->len; i++)
        {
          WeirRecord *record = g_ptr_array_index (group->subjects, i);

          g_string_append_printf (text, "\n%s\n%s\n%s", weir_record_get_name (record),
                                  weir_record_get_id (record),
                                  weir_record_get_account (record)->name);
        }
      folded = g_utf8_casefold (text->str, (gssize) text->len);
      g_object_set_data_full (G_OBJECT (group), "weir-folded", folded, g_free);
    }

  return folded;
}

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  WeirErrorsPage *self = user_data;
  const char *account = weir_filter_bar_get_choice (self->filter, "account");
  const char *lifecycle = weir_filter_bar_get_choice (self->filter, "lifecycle");

  if (account != NULL && !has_account (item, account))
    return FALSE;
  if (lifecycle != NULL
      && !g_str_equal (lifecycle, weir_error_lifecycle_to_word (
                                      weir_error_ledger_get_lifecycle (self->ledger, item))))
    return FALSE;

  return self->words == NULL
         || weir_filter_matches ((const char *const *) self->words, get_folded (item));
}

/* What needs a hand comes first, then the newest. */
static double
number_item (gpointer item, gpointer user_data)
{
  WeirErrorsPage *self = user_data;
  WeirErrorLifecycle lifecycle = weir_error_ledger_get_lifecycle (self->ledger, item);

  return (double) WEIR_ERROR_GROUP (item)->last_seen_at - RANK_DISTANCE * (double) lifecycle;
}

static void
sort_list (WeirErrorsPage *self)
{
  const WeirSort sort = { .number = number_item, .user_data = self, .descending = TRUE };

  weir_record_list_set_sort (self->list, &sort);
}

static void
set_accounts (WeirErrorsPage *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GListModel *store =
      G_LIST_MODEL (weir_monitor_get_store (weir_page_get_monitor (WEIR_PAGE (self))));
  guint n_groups = g_list_model_get_n_items (G_LIST_MODEL (self->ledger));

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (store, i);

      for (guint j = 0; j < n_groups; j++)
        {
          g_autoptr (WeirErrorGroup) group = g_list_model_get_item (G_LIST_MODEL (self->ledger), j);

          if (has_account (group, account->uuid))
            {
              g_ptr_array_add (values, account->uuid);
              g_ptr_array_add (labels, account->name);
              break;
            }
        }
    }
  weir_filter_bar_set_values (self->filter, "account", values, labels);
}

static void
set_lifecycles (WeirErrorsPage *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < WEIR_ERROR_N_LIFECYCLES; i++)
    {
      g_ptr_array_add (values, (gpointer) weir_error_lifecycle_to_word ((WeirErrorLifecycle) i));
      g_ptr_array_add (labels, (gpointer) weir_error_lifecycle_get_label ((WeirErrorLifecycle) i));
    }
  weir_filter_bar_set_values (self->filter, "lifecycle", values, labels);
}

static void
update_actions (WeirErrorsPage *self)
{
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      GAction *action =
          g_action_map_lookup_action (G_ACTION_MAP (self->actions), decisions[i].name);
      gboolean can = FALSE;

      for (guint j = 0; j < selected->len && !can; j++)
        can = weir_error_ledger_get_lifecycle (self->ledger, g_ptr_array_index (selected, j))
              != decisions[i].lifecycle;
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can);
    }
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "copy")),
      selected->len > 0);
}

static void
ledger_changed_cb (WeirErrorsPage *self)
{
  set_accounts (self);
  sort_list (self);
  weir_page_set_count (WEIR_PAGE (self), weir_error_ledger_count (self->ledger, WEIR_ERROR_OPEN),
                       TRUE);
  update_actions (self);
}

static void
filter_changed_cb (WeirErrorsPage *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  self->words = weir_filter_split_words (weir_filter_bar_get_text (self->filter));
  weir_record_list_refilter (self->list);
}

static void
select_wanted (WeirErrorsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (weir_record_list_count_selected (self->list) > 0)
    g_clear_pointer (&self->wanted, g_free);
  for (guint i = 0; self->wanted != NULL && i < n; i++)
    {
      WeirErrorGroup *group = weir_record_list_get (self->list, i);

      if (!g_str_equal (group->key_text, self->wanted))
        continue;
      g_clear_pointer (&self->wanted, g_free);
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), i, TRUE);
      weir_list_top_reveal (self->top, group);
    }
}

static guint
find_row (WeirRow *row, gpointer user_data)
{
  return weir_record_list_find (WEIR_ERRORS_PAGE (user_data)->list, weir_row_get_item (row));
}

static void
list_updated_cb (WeirErrorsPage *self)
{
  weir_row_focus_restore (self->focus);
  if (self->wanted != NULL)
    select_wanted (self);
  weir_several_select (WEIR_PAGE (self), self->list);
  update_actions (self);
}

static gboolean
select_group (WeirErrorsPage *self, WeirErrorGroup *group)
{
  guint position;

  weir_record_list_flush (self->list);
  position = weir_record_list_find (self->list, group);
  if (position == G_MAXUINT && weir_filter_bar_is_active (self->filter))
    {
      weir_filter_bar_clear (self->filter);
      position = weir_record_list_find (self->list, group);
    }
  if (position == G_MAXUINT)
    return FALSE;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  weir_list_top_reveal (self->top, group);

  return TRUE;
}

static void
reveal_cb (WeirErrorsPage *self, WeirErrorGroup *group)
{
  if (select_group (self, group))
    weir_navigate_inspect (GTK_WIDGET (self), group);
}

static void
activate_cb (WeirErrorsPage *self, guint position)
{
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  weir_navigate_inspect (GTK_WIDGET (self), weir_record_list_get (self->list, position));
}

static void
decide_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirErrorsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);

  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      if (!g_str_equal (g_action_get_name (G_ACTION (action)), decisions[i].name))
        continue;
      for (guint j = 0; j < selected->len; j++)
        weir_error_ledger_set_lifecycle (self->ledger, g_ptr_array_index (selected, j),
                                         decisions[i].lifecycle);
    }
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirErrorsPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (self->list);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < selected->len; i++)
    {
      WeirErrorGroup *group = g_ptr_array_index (selected, i);
      g_autofree char *chain = weir_error_data_to_text (get_chain (group));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", chain);
    }
  weir_copy (GTK_WIDGET (self), text->str, _ ("Error copied"));
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_filter_bar_clear (WEIR_ERRORS_PAGE (user_data)->filter);
}

static void
setup_cb (WeirErrorsPage *self, GtkListItem *list_item)
{
  GtkWidget *row = weir_error_row_new (self->ledger);

  weir_row_focus_mark (row, list_item);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (WeirErrorsPage *self, GtkListItem *list_item)
{
  weir_error_row_set_row (WEIR_ERROR_ROW (gtk_list_item_get_child (list_item)),
                          gtk_list_item_get_item (list_item));
}

static void
unbind_cb (WeirErrorsPage *self, GtkListItem *list_item)
{
  weir_error_row_set_row (WEIR_ERROR_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static GtkWidget *
weir_errors_page_get_header_widget (WeirPage *page)
{
  return WEIR_ERRORS_PAGE (page)->header;
}

static GActionGroup *
weir_errors_page_get_actions (WeirPage *page)
{
  return G_ACTION_GROUP (WEIR_ERRORS_PAGE (page)->actions);
}

static void
weir_errors_page_focus_search (WeirPage *page)
{
  weir_filter_bar_focus (WEIR_ERRORS_PAGE (page)->filter);
}

static void
weir_errors_page_set_search (WeirPage *page, const char *text)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (page);

  weir_filter_bar_clear (self->filter);
  weir_filter_bar_set_text (self->filter, text);
}

static void
weir_errors_page_refresh (WeirPage *page)
{
  weir_actions_refresh (weir_page_get_monitor (page), WEIR_RECORD_SUBSCRIPTION);
  weir_actions_refresh (weir_page_get_monitor (page), WEIR_RECORD_PULL);
  weir_actions_refresh (weir_page_get_monitor (page), WEIR_RECORD_CONNECTION);
}

static void
weir_errors_page_save (WeirPage *page, GVariantDict *state)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (page);
  WeirErrorGroup *group = weir_record_list_get_single (self->list);

  weir_filter_bar_save (self->filter, state);
  if (group != NULL)
    g_variant_dict_insert (state, "selected", "s", group->key_text);
}

static void
weir_errors_page_restore (WeirPage *page, GVariantDict *state)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (page);

  weir_filter_bar_restore (self->filter, state);
  g_variant_dict_lookup (state, "selected", "s", &self->wanted);
  list_updated_cb (self);
}

static gboolean
weir_errors_page_enter (WeirPage *page)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (page);

  return weir_row_focus_grab (self->focus, GTK_SELECTION_MODEL (self->list));
}

static void
create_actions (WeirErrorsPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "copy", .activate = copy_cb },
    { .name = "clear-filters", .activate = clear_filters_cb },
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  GtkWidget *more = gtk_menu_button_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  self->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      GActionEntry entry = { .name = decisions[i].name, .activate = decide_cb };
      GtkWidget *button = gtk_button_new_with_label (_ (decisions[i].label));
      g_autofree char *action = g_strconcat ("page.", decisions[i].name, NULL);

      g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &entry, 1, self);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      weir_keys_set_tooltip (button, action, _ (decisions[i].tooltip));
      weir_accessible_set_name (button, _ (decisions[i].label));
      gtk_box_append (GTK_BOX (self->header), button);
      g_menu_append (section, _ (decisions[i].label), action);
      /* these are in the menu too */
      if (decisions[i].lifecycle == WEIR_ERROR_IGNORED || decisions[i].lifecycle == WEIR_ERROR_OPEN)
        weir_window_size_mark_spare (button);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  weir_keys_append (menu, _ ("Copy Error"), "page.copy");

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (more, _ ("More Actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More Actions"), -1);
  self->more = GTK_MENU_BUTTON (more);
  gtk_box_append (GTK_BOX (self->header), more);
}

static GtkWidget *
create_view (WeirErrorsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  self->focus =
      weir_row_focus_new (GTK_WIDGET (self->view), G_LIST_MODEL (self->list), find_row, self);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->list));
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "weir-error-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Errors"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);

  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  weir_scroll_proxy_fill (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  self->top = weir_list_top_new (GTK_SCROLLED_WINDOW (scroller), self->list, self->focus);

  return scroller;
}

static void
weir_errors_page_build (WeirPage *page)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (page);
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (self));
  GtkWidget *frame;

  self->ledger = weir_error_ledger_get (monitor);
  self->list = weir_record_list_new (G_LIST_MODEL (self->ledger));
  self->filter = WEIR_FILTER_BAR (weir_filter_bar_new (_ ("Search errors")));
  weir_filter_bar_add_choice (self->filter, "lifecycle", _ ("State"), _ ("Any State"));
  weir_filter_bar_add_choice (self->filter, "account", _ ("Account"), _ ("All Accounts"));
  set_lifecycles (self);
  g_object_bind_property (self, "search-mode", self->filter, "revealed",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  weir_page_set_search_mode (WEIR_PAGE (self), TRUE);

  create_actions (self);
  frame = weir_list_frame_new (monitor, WEIR_RECORD_SUBSCRIPTION, self->list, self->filter,
                               create_view (self), "weir-state-online-symbolic", _ ("No Errors"),
                               _ ("No subscription, pull run or connection has one. Should "
                                  "something fail, its cause is told here first."));
  weir_list_frame_set_header (WEIR_LIST_FRAME (frame), self->header);
  adw_bin_set_child (ADW_BIN (self), frame);

  g_signal_connect_object (self->ledger, "changed", G_CALLBACK (ledger_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ledger, "reveal", G_CALLBACK (reveal_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->list, "updated", G_CALLBACK (list_updated_cb), self);
  g_signal_connect_swapped (self->list, "selection-changed", G_CALLBACK (list_updated_cb), self);
  g_signal_connect_swapped (self->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  weir_record_list_set_filter (self->list, filter_item, self);
  ledger_changed_cb (self);
}

static void
weir_errors_page_dispose (GObject *object)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (object);

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      weir_record_list_set_filter (self->list, NULL, NULL);
      weir_record_list_set_sort (self->list, NULL);
      g_signal_handlers_disconnect_by_data (self->filter, self);
    }
  g_clear_pointer (&self->top, weir_list_top_free);
  g_clear_pointer (&self->focus, weir_row_focus_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->header);
  g_clear_object (&self->actions);
  g_clear_object (&self->list);
  g_clear_object (&self->ledger);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (weir_errors_page_parent_class)->dispose (object);
}

static gboolean
enter_cb (gpointer user_data)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (user_data)))
    weir_errors_page_enter (WEIR_PAGE (user_data));

  return G_SOURCE_REMOVE;
}

/* Back to the row that it was asked for at, once later GTK has given the focus to the button. */
static void
menu_closed_cb (WeirErrorsPage *self, GtkPopover *menu)
{
  g_signal_handlers_disconnect_by_func (menu, menu_closed_cb, self);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, enter_cb, g_object_ref (self), g_object_unref);
}

static void
menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirErrorsPage *self = WEIR_ERRORS_PAGE (widget);

  g_signal_connect_object (gtk_menu_button_get_popover (self->more), "closed",
                           G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_menu_button_popup (self->more);
}

static void
weir_errors_page_class_init (WeirErrorsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  object_class->dispose = weir_errors_page_dispose;

  page_class->id = "errors";
  page_class->title = N_ ("Errors");
  page_class->icon_name = "weir-errors-symbolic";
  page_class->can_search = TRUE;
  page_class->build = weir_errors_page_build;
  page_class->get_header_widget = weir_errors_page_get_header_widget;
  page_class->get_actions = weir_errors_page_get_actions;
  page_class->focus_search = weir_errors_page_focus_search;
  page_class->set_search = weir_errors_page_set_search;
  page_class->refresh = weir_errors_page_refresh;
  page_class->save = weir_errors_page_save;
  page_class->restore = weir_errors_page_restore;
  page_class->enter = weir_errors_page_enter;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "errors.menu", NULL, menu_action_cb);
  weir_keys_bind (GTK_WIDGET_CLASS (klass), "errors.");
  weir_keys_bind (GTK_WIDGET_CLASS (klass), "page.copy");
}

static void
weir_errors_page_init (WeirErrorsPage *self)
{
}
