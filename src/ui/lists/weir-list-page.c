/* weir-list-page.c: a page that is a table of records of one kind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-list-page.h"

#include "weir-actions.h"
#include "weir-announce.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-place.h"
#include "weir-row.h"
#include "weir-several.h"

#include <glib/gi18n-lib.h>

/* What can be chosen from changes seldom; what can be done is looked at more often. */
#define CHOICES_DELAY_MS 400
#define ACTIONS_DELAY_MS 60

typedef struct
{
  WeirMonitor *monitor; /* not owned: the page's own */
  WeirRecordList *list;
  WeirFilterBar *filter;
  WeirListFrame *frame;
  WeirTable *table;
  GSimpleActionGroup *actions;
  WeirPlace *place; /* (nullable) where somebody was at the last time, until they are there again */
  gboolean moving;  /* they are being brought there */
  gboolean asked;   /* the rows that pass the filters are not all there yet */
  gboolean filtering;
  GHashTable
      *hidden;  /* (element-type GObject) set of what was selected until the filters left it out */
  char **words; /* of the search, case-folded */
  guint choices_id;
  guint actions_id;
} WeirListPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WeirListPage, weir_list_page, WEIR_TYPE_PAGE)

static WeirListPagePrivate *
get_private (WeirListPage *self)
{
  return weir_list_page_get_instance_private (self);
}

static gboolean
filter_item (gpointer item, gpointer user_data)
{
  WeirListPage *self = user_data;
  WeirListPagePrivate *priv = get_private (self);
  WeirListPageClass *klass = WEIR_LIST_PAGE_GET_CLASS (self);

  for (guint i = 0; i < klass->n_choices; i++)
    {
      const char *value = weir_filter_bar_get_choice (priv->filter, klass->choices[i].id);

      if (value != NULL && g_strcmp0 (klass->choices[i].get_value (item), value) != 0)
        return FALSE;
    }

  return priv->words == NULL
         || weir_filter_matches ((const char *const *) priv->words, klass->get_folded (item));
}

/* What was selected before and is no longer shown. */
static void
remember_hidden (WeirListPage *self, GPtrArray *before)
{
  WeirListPagePrivate *priv = get_private (self);
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (priv->list);
  g_autoptr (GHashTable) shown = g_hash_table_new (weir_item_hash, weir_item_same);

  for (guint i = 0; i < selected->len; i++)
    g_hash_table_add (shown, selected->pdata[i]);
  for (guint i = 0; i < before->len; i++)
    if (!g_hash_table_contains (shown, before->pdata[i]))
      g_hash_table_add (priv->hidden, g_object_ref (before->pdata[i]));
}

static void
select_again (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (priv->list));
  g_autoptr (GtkBitset) positions = gtk_bitset_new_empty ();

  for (guint i = 0; i < n_rows && g_hash_table_size (priv->hidden) > 0; i++)
    if (g_hash_table_remove (priv->hidden, weir_record_list_get (priv->list, i)))
      gtk_bitset_add (positions, i);
  if (!gtk_bitset_is_empty (positions))
    gtk_selection_model_set_selection (GTK_SELECTION_MODEL (priv->list), positions, positions);
}

static void
filter_changed_cb (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);
  g_autoptr (GPtrArray) before = weir_record_list_list_selected (priv->list);

  g_clear_pointer (&priv->words, g_strfreev);
  priv->words = weir_filter_split_words (weir_filter_bar_get_text (priv->filter));
  priv->asked = TRUE;
  weir_announce (GTK_WIDGET (self), WEIR_ANNOUNCE_RESULTS, NULL);
  priv->filtering = TRUE;
  weir_record_list_refilter (priv->list);
  weir_table_refit (priv->table);
  select_again (self);
  remember_hidden (self, before);
  priv->filtering = FALSE;
}

static gboolean
choices_cb (gpointer user_data)
{
  WeirListPage *self = user_data;
  WeirListPagePrivate *priv = get_private (self);
  WeirListPageClass *klass = WEIR_LIST_PAGE_GET_CLASS (self);
  g_autoptr (GPtrArray) items = weir_record_list_list_all (priv->list);

  priv->choices_id = 0;
  for (guint i = 0; i < klass->n_choices; i++)
    weir_filter_bar_collect (priv->filter, klass->choices[i].id, items, klass->choices[i].get_value,
                             klass->choices[i].dup_label);
  if (klass->count != NULL)
    klass->count (self, items);

  return G_SOURCE_REMOVE;
}

static void
update_actions (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);
  WeirListPageClass *klass = WEIR_LIST_PAGE_GET_CLASS (self);
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (priv->list);

  weir_list_page_set_enabled (self, "copy-id", selected->len > 0);
  weir_list_page_set_enabled (self, "copy-json", selected->len > 0);
  if (klass->update_actions != NULL)
    klass->update_actions (self, selected);
}

static gboolean
actions_cb (gpointer user_data)
{
  WeirListPage *self = user_data;

  get_private (self)->actions_id = 0;
  update_actions (self);

  return G_SOURCE_REMOVE;
}

static void
list_updated_cb (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);

  if (priv->choices_id == 0)
    priv->choices_id = g_timeout_add (CHOICES_DELAY_MS, choices_cb, self);
  weir_list_page_schedule_actions (self);
  if (priv->asked)
    {
      priv->asked = FALSE;
      weir_announce (GTK_WIDGET (self), WEIR_ANNOUNCE_RESULTS,
                     weir_filter_bar_get_counts (priv->filter));
    }
  if (priv->place == NULL)
    return;

  priv->moving = TRUE;
  if (!weir_place_look (priv->place, priv->table, priv->list))
    g_clear_pointer (&priv->place, weir_place_free);
  priv->moving = FALSE;
}

static void
selection_changed_cb (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);

  /* somebody goes somewhere else */
  if (!priv->moving)
    g_clear_pointer (&priv->place, weir_place_free);
  if (!priv->filtering)
    g_hash_table_remove_all (priv->hidden);
  weir_several_select (WEIR_PAGE (self), priv->list);
  weir_list_page_schedule_actions (self);
}

static void
table_activate_cb (WeirListPage *self, GObject *item)
{
  weir_navigate_inspect (GTK_WIDGET (self), item);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirListPage *self = user_data;
  g_autoptr (GPtrArray) selected = weir_record_list_list_selected (get_private (self)->list);

  weir_actions_copy (GTK_WIDGET (self), selected,
                     g_str_equal (g_action_get_name (G_ACTION (action)), "copy-json"));
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_filter_bar_clear (get_private (WEIR_LIST_PAGE (user_data))->filter);
}

static void
columns_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_table_choose_columns (get_private (WEIR_LIST_PAGE (user_data))->table);
}

static GActionGroup *
weir_list_page_get_actions (WeirPage *page)
{
  return G_ACTION_GROUP (get_private (WEIR_LIST_PAGE (page))->actions);
}

static void
weir_list_page_focus_search (WeirPage *page)
{
  weir_filter_bar_focus (get_private (WEIR_LIST_PAGE (page))->filter);
}

static void
weir_list_page_set_search (WeirPage *page, const char *text)
{
  WeirListPagePrivate *priv = get_private (WEIR_LIST_PAGE (page));

  weir_filter_bar_clear (priv->filter);
  weir_filter_bar_set_text (priv->filter, text);
}

static gboolean
weir_list_page_reveal (WeirPage *page, WeirRecord *record)
{
  WeirListPagePrivate *priv = get_private (WEIR_LIST_PAGE (page));

  return weir_table_reveal_item (priv->table, priv->filter, record);
}

static void
weir_list_page_refresh (WeirPage *page)
{
  weir_actions_refresh (weir_page_get_monitor (page), WEIR_LIST_PAGE_GET_CLASS (page)->kind);
}

static void
weir_list_page_shown (WeirPage *page)
{
  weir_list_frame_set_header (get_private (WEIR_LIST_PAGE (page))->frame,
                              weir_page_get_header_widget (page));
  update_actions (WEIR_LIST_PAGE (page));
}

static gboolean
weir_list_page_enter (WeirPage *page)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_private (WEIR_LIST_PAGE (page))->table));
}

static void
weir_list_page_save (WeirPage *page, GVariantDict *state)
{
  WeirListPagePrivate *priv = get_private (WEIR_LIST_PAGE (page));

  weir_filter_bar_save (priv->filter, state);
  weir_place_save (priv->table, priv->list, state);
}

static void
weir_list_page_restore (WeirPage *page, GVariantDict *state)
{
  WeirListPagePrivate *priv = get_private (WEIR_LIST_PAGE (page));

  weir_filter_bar_restore (priv->filter, state);
  priv->place = weir_place_restore (priv->monitor, WEIR_LIST_PAGE_GET_CLASS (page)->kind, state);
  list_updated_cb (WEIR_LIST_PAGE (page));
}

static void
create_filter (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);
  WeirListPageClass *klass = WEIR_LIST_PAGE_GET_CLASS (self);

  priv->filter = WEIR_FILTER_BAR (weir_filter_bar_new (_ (klass->placeholder)));
  for (guint i = 0; i < klass->n_choices; i++)
    weir_filter_bar_add_choice (priv->filter, klass->choices[i].id, _ (klass->choices[i].label),
                                _ (klass->choices[i].all));
  g_object_bind_property (self, "search-mode", priv->filter, "revealed",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  weir_page_set_search_mode (WEIR_PAGE (self), TRUE);
}

static void
create_table (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);
  WeirListPageClass *klass = WEIR_LIST_PAGE_GET_CLASS (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();
  gpointer context = klass->create_context != NULL ? klass->create_context (self) : priv->monitor;

  priv->table = weir_table_new (priv->list, klass->columns, klass->n_columns, context,
                                weir_page_get_title (WEIR_PAGE (self)));
  weir_table_sort_by (priv->table, klass->sort_column, klass->sort_order);
  weir_table_set_id (priv->table, WEIR_PAGE_CLASS (klass)->id);
  weir_table_set_accounts (priv->table, weir_monitor_get_sessions (priv->monitor));

  if (klass->fill_menu != NULL)
    klass->fill_menu (self, menu);
  weir_keys_append (section, _ ("Copy ID"), "page.copy-id");
  weir_keys_append (section, _ ("Copy as JSON"), "page.copy-json");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  if (klass->fill_menu_end != NULL)
    klass->fill_menu_end (self, last);
  weir_table_set_menu (priv->table, G_MENU_MODEL (menu), G_MENU_MODEL (last));
}

static void
weir_list_page_build (WeirPage *page)
{
  WeirListPage *self = WEIR_LIST_PAGE (page);
  WeirListPagePrivate *priv = get_private (self);
  WeirListPageClass *klass = WEIR_LIST_PAGE_GET_CLASS (self);

  priv->monitor = weir_page_get_monitor (WEIR_PAGE (self));
  priv->list =
      weir_record_list_new (G_LIST_MODEL (weir_monitor_get_records (priv->monitor, klass->kind)));
  create_filter (self);
  create_table (self);
  weir_list_page_add_action (self, "copy-id", copy_cb);
  weir_list_page_add_action (self, "copy-json", copy_cb);
  weir_list_page_add_action (self, "clear-filters", clear_filters_cb);
  weir_list_page_add_action (self, "columns", columns_cb);
  priv->frame = WEIR_LIST_FRAME (weir_list_frame_new (
      priv->monitor, klass->kind, priv->list, priv->filter, GTK_WIDGET (priv->table),
      WEIR_PAGE_CLASS (klass)->icon_name, _ (klass->empty_title), _ (klass->empty_description)));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->frame));

  g_signal_connect_swapped (priv->list, "updated", G_CALLBACK (list_updated_cb), self);
  g_signal_connect_swapped (priv->list, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (priv->table, "activate", G_CALLBACK (table_activate_cb), self);
  g_signal_connect_swapped (priv->table, "context-menu", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (priv->filter, "changed", G_CALLBACK (filter_changed_cb), self);
  g_signal_connect_object (priv->monitor, "busy-changed",
                           G_CALLBACK (weir_list_page_schedule_actions), self, G_CONNECT_SWAPPED);
  weir_record_list_set_filter (priv->list, filter_item, self);
}

static void
weir_list_page_dispose (GObject *object)
{
  WeirListPagePrivate *priv = get_private (WEIR_LIST_PAGE (object));

  g_clear_handle_id (&priv->choices_id, g_source_remove);
  g_clear_handle_id (&priv->actions_id, g_source_remove);
  g_clear_pointer (&priv->place, weir_place_free);
  if (priv->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (priv->list, object);
      weir_record_list_set_filter (priv->list, NULL, NULL);
      g_signal_handlers_disconnect_by_data (priv->filter, object);
    }
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_object (&priv->actions);
  g_clear_object (&priv->list);
  g_clear_pointer (&priv->words, g_strfreev);
  g_clear_pointer (&priv->hidden, g_hash_table_unref);

  G_OBJECT_CLASS (weir_list_page_parent_class)->dispose (object);
}

static void
weir_list_page_class_init (WeirListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);

  object_class->dispose = weir_list_page_dispose;

  page_class->can_search = TRUE;
  page_class->build = weir_list_page_build;
  page_class->get_actions = weir_list_page_get_actions;
  page_class->focus_search = weir_list_page_focus_search;
  page_class->set_search = weir_list_page_set_search;
  page_class->reveal = weir_list_page_reveal;
  page_class->refresh = weir_list_page_refresh;
  page_class->save = weir_list_page_save;
  page_class->restore = weir_list_page_restore;
  page_class->shown = weir_list_page_shown;
  page_class->enter = weir_list_page_enter;
}

static void
weir_list_page_init (WeirListPage *self)
{
  WeirListPagePrivate *priv = get_private (self);

  priv->actions = g_simple_action_group_new ();
  priv->hidden = g_hash_table_new_full (weir_item_hash, weir_item_same, g_object_unref, NULL);
}

/**
 * weir_list_page_get_list:
 * @self: a page
 *
 * Returns: (transfer none): its rows and their selection
 */
WeirRecordList *
weir_list_page_get_list (WeirListPage *self)
{
  g_return_val_if_fail (WEIR_IS_LIST_PAGE (self), NULL);

  return get_private (self)->list;
}

/**
 * weir_list_page_get_filter:
 * @self: a page
 *
 * Returns: (transfer none): what narrows the rows
 */
WeirFilterBar *
weir_list_page_get_filter (WeirListPage *self)
{
  g_return_val_if_fail (WEIR_IS_LIST_PAGE (self), NULL);

  return get_private (self)->filter;
}

/**
 * weir_list_page_get_table:
 * @self: a page
 *
 * Returns: (transfer none): what shows the rows
 */
WeirTable *
weir_list_page_get_table (WeirListPage *self)
{
  g_return_val_if_fail (WEIR_IS_LIST_PAGE (self), NULL);

  return get_private (self)->table;
}

/**
 * weir_list_page_set_banner:
 * @self: a page
 * @banner: (transfer floating): shown between the filter bar and the table
 */
void
weir_list_page_set_banner (WeirListPage *self, GtkWidget *banner)
{
  GtkWidget *filter;

  g_return_if_fail (WEIR_IS_LIST_PAGE (self));

  filter = GTK_WIDGET (get_private (self)->filter);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (filter)), banner, filter);
}

/**
 * weir_list_page_add_action:
 * @self: a page
 * @name: the action is "page.@name" while the page is shown
 * @activate: called with the page as the last argument
 */
void
weir_list_page_add_action (WeirListPage *self,
                           const char *name,
                           void (*activate) (GSimpleAction *, GVariant *, gpointer))
{
  g_autoptr (GSimpleAction) action = NULL;

  g_return_if_fail (WEIR_IS_LIST_PAGE (self));

  action = g_simple_action_new (name, NULL);
  g_signal_connect (action, "activate", G_CALLBACK (activate), self);
  g_action_map_add_action (G_ACTION_MAP (get_private (self)->actions), G_ACTION (action));
}

/**
 * weir_list_page_set_enabled:
 * @self: a page
 * @action: the name of one of its actions
 * @enabled: whether it can be done now
 */
void
weir_list_page_set_enabled (WeirListPage *self, const char *action, gboolean enabled)
{
  GAction *found;

  g_return_if_fail (WEIR_IS_LIST_PAGE (self));

  found = g_action_map_lookup_action (G_ACTION_MAP (get_private (self)->actions), action);
  g_return_if_fail (found != NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

/**
 * weir_list_page_schedule_actions:
 * @self: a page
 *
 * What can be done may have changed: looks soon.
 */
void
weir_list_page_schedule_actions (WeirListPage *self)
{
  WeirListPagePrivate *priv;

  g_return_if_fail (WEIR_IS_LIST_PAGE (self));

  priv = get_private (self);
  if (priv->actions_id == 0)
    priv->actions_id = g_timeout_add (ACTIONS_DELAY_MS, actions_cb, self);
}

/**
 * weir_list_page_choose:
 * @self: a page
 * @choice: a drop-down's id
 * @value: one of its values
 *
 * Narrows the page to that value and nothing else.
 *
 * Returns: whether there is such a value; if not, nothing is narrowed
 */
gboolean
weir_list_page_choose (WeirListPage *self, const char *choice, const char *value)
{
  WeirListPagePrivate *priv;

  g_return_val_if_fail (WEIR_IS_LIST_PAGE (self), FALSE);

  priv = get_private (self);
  weir_filter_bar_clear (priv->filter);
  g_clear_handle_id (&priv->choices_id, g_source_remove);
  choices_cb (self);
  weir_filter_bar_choose (priv->filter, choice, value);

  return weir_filter_bar_get_choice (priv->filter, choice) != NULL;
}

/**
 * weir_choice_get_account:
 * @item: a record
 *
 * Returns: the value of a choice of accounts
 */
const char *
weir_choice_get_account (gpointer item)
{
  return weir_record_get_account (item)->uuid;
}

/**
 * weir_choice_dup_account:
 * @item: a record
 *
 * Returns: (transfer full): how that is called
 */
char *
weir_choice_dup_account (gpointer item)
{
  return g_strdup (weir_record_get_account (item)->name);
}
