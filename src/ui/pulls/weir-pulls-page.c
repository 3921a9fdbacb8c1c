/* weir-pulls-page.c: what was pulled, when, with what result?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-pulls-page.h"

#include "weir-accessible.h"
#include "weir-actions.h"
#include "weir-coverage-text.h"
#include "weir-coverage-view.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-pull-columns.h"
#include "weir-status-look.h"

#include <glib/gi18n-lib.h>

struct _WeirPullsPage
{
  WeirListPage parent_instance;

  GtkWidget *header;
  GtkWidget *again;
  WeirCoverageView *coverage;
};

G_DEFINE_FINAL_TYPE (WeirPullsPage, weir_pulls_page, WEIR_TYPE_LIST_PAGE)

static const char *
get_status (gpointer item)
{
  return WEIR_PULL_RUN (item)->status;
}

static char *
dup_status_label (gpointer item)
{
  return weir_status_dup_label (WEIR_RECORD_PULL, WEIR_PULL_RUN (item)->status);
}

static const char *
get_subscription (gpointer item)
{
  return WEIR_PULL_RUN (item)->subscription;
}

static char *
dup_subscription_label (gpointer item)
{
  WeirPullRun *pull = item;

  return g_strdup (pull->subscription_name != NULL ? pull->subscription_name : pull->subscription);
}

static const WeirChoice choices[] = {
  { "account", N_ ("Account"), N_ ("All Accounts"), weir_choice_get_account,
    weir_choice_dup_account },
  { "status", N_ ("Status"), N_ ("Any Status"), get_status, dup_status_label },
  { "subscription", N_ ("Subscription"), N_ ("All Subscriptions"), get_subscription,
    dup_subscription_label },
};

/* The subscriptions of the runs that are known now, each once. */
static GPtrArray *
find_subscriptions (WeirPullsPage *self, GPtrArray *pulls)
{
  WeirMonitor *monitor = weir_page_get_monitor (WEIR_PAGE (self));
  WeirRecordSet *subscriptions = weir_monitor_get_records (monitor, WEIR_RECORD_SUBSCRIPTION);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < pulls->len; i++)
    {
      WeirPullRun *pull = g_ptr_array_index (pulls, i);
      WeirRecord *record = NULL;

      if (pull->subscription != NULL)
        record = weir_record_set_find (subscriptions, weir_record_get_account (WEIR_RECORD (pull)),
                                       pull->subscription);
      if (record != NULL && !g_ptr_array_find (found, record, NULL))
        g_ptr_array_add (found, g_object_ref (record));
    }

  return found;
}

static GPtrArray *
list_subscriptions (WeirPullsPage *self)
{
  g_autoptr (GPtrArray) selected =
      weir_record_list_list_selected (weir_list_page_get_list (WEIR_LIST_PAGE (self)));

  return find_subscriptions (self, selected);
}

static void
pull_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirPullsPage *self = user_data;
  g_autoptr (GPtrArray) subscriptions = list_subscriptions (self);

  weir_actions_run (GTK_WIDGET (self), weir_page_get_monitor (WEIR_PAGE (self)), WEIR_ACTION_PULL,
                    subscriptions);
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
older_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  weir_monitor_load_older_pulls (weir_page_get_monitor (WEIR_PAGE (user_data)));
}

/* Who comes near the end of what is known may want to see what was before. */
static void
scrolled_cb (WeirPullsPage *self, GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment);

  if (gtk_adjustment_get_value (adjustment) > 0 && left < 3 * page)
    weir_monitor_load_older_pulls (weir_page_get_monitor (WEIR_PAGE (self)));
}

/* The subscription that the page is narrowed to, if it is: any of its runs tells whose it is. */
static void
update_coverage (WeirPullsPage *self)
{
  WeirListPage *page = WEIR_LIST_PAGE (self);
  const char *subscription =
      weir_filter_bar_get_choice (weir_list_page_get_filter (page), "subscription");
  g_autoptr (GPtrArray) all = weir_record_list_list_all (weir_list_page_get_list (page));
  WeirAccount *account = NULL;

  /* also of those that the other filters leave out */
  for (guint i = 0; subscription != NULL && account == NULL && i < all->len; i++)
    {
      WeirRecord *pull = g_ptr_array_index (all, i);

      if (g_strcmp0 (get_subscription (pull), subscription) == 0)
        account = weir_record_get_account (pull);
    }
  weir_coverage_view_set_subscription (self->coverage, account,
                                       account != NULL ? subscription : NULL);
}

/* The latest is scrolled to. */
static void
pulls_chosen_cb (WeirPullsPage *self, GPtrArray *pulls)
{
  WeirRecordList *list = weir_list_page_get_list (WEIR_LIST_PAGE (self));
  WeirTable *table = weir_list_page_get_table (WEIR_LIST_PAGE (self));
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all =
      gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (list)));
  WeirPullRun *latest = weir_coverage_pick_pull (pulls, 0);

  for (guint i = 0; i < pulls->len; i++)
    {
      guint position = weir_record_list_find (list, g_ptr_array_index (pulls, i));

      if (position != G_MAXUINT)
        gtk_bitset_add (chosen, position);
    }
  if (gtk_bitset_is_empty (chosen))
    {
      weir_toast (GTK_WIDGET (self), _ ("Its pull runs are older than those in the list"));
      return;
    }

  if (weir_record_list_find (list, latest) != G_MAXUINT)
    weir_table_reveal (table, weir_record_list_find (list, latest));
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (list), chosen, all);
}

static GtkWidget *
weir_pulls_page_get_header_widget (WeirPage *page)
{
  return WEIR_PULLS_PAGE (page)->header;
}

/* A subscription's id is better chosen than searched for. */
static void
weir_pulls_page_set_search (WeirPage *page, const char *text)
{
  if (!weir_list_page_choose (WEIR_LIST_PAGE (page), "subscription", text))
    WEIR_PAGE_CLASS (weir_pulls_page_parent_class)->set_search (page, text);
}

static void
weir_pulls_page_fill_menu (WeirListPage *page, GMenu *menu)
{
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) act = g_menu_new ();

  g_menu_append (show, _ ("Show Subscription"), "page.show-subscription");
  g_menu_append (act, _ ("Pull Again"), "page.pull");
  g_menu_append (act, _ ("Load Older Runs"), "page.load-older");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (act));
}

static void
weir_pulls_page_update_actions (WeirListPage *page, GPtrArray *selected)
{
  WeirPullsPage *self = WEIR_PULLS_PAGE (page);
  g_autoptr (GPtrArray) subscriptions = find_subscriptions (self, selected);
  const char *reason = NULL;
  gboolean can = weir_actions_can (weir_page_get_monitor (WEIR_PAGE (page)), WEIR_ACTION_PULL,
                                   subscriptions, &reason);

  if (selected->len > 0 && subscriptions->len == 0)
    reason = _ ("The subscription is not known any more");
  weir_list_page_set_enabled (page, "pull", can);
  if (can)
    weir_keys_set_tooltip (self->again, "page.pull", _ ("Pull Again"));
  else
    gtk_widget_set_tooltip_text (self->again, reason);
  weir_list_page_set_enabled (page, "show-subscription", subscriptions->len == 1);
}

static void
weir_pulls_page_count (WeirListPage *page, GPtrArray *items)
{
  guint n_active = 0;

  for (guint i = 0; i < items->len; i++)
    n_active += weir_pull_run_is_active (g_ptr_array_index (items, i));
  weir_page_set_count (WEIR_PAGE (page), n_active, FALSE);
}

static void
weir_pulls_page_build (WeirPage *page)
{
  WeirPullsPage *self = WEIR_PULLS_PAGE (page);
  WeirListPage *list_page = WEIR_LIST_PAGE (page);

  WEIR_PAGE_CLASS (weir_pulls_page_parent_class)->build (page);

  self->coverage =
      WEIR_COVERAGE_VIEW (weir_coverage_view_new (weir_page_get_monitor (WEIR_PAGE (self)), 1));
  gtk_widget_add_css_class (GTK_WIDGET (self->coverage), "weir-coverage");
  g_signal_connect_swapped (self->coverage, "pulls-chosen", G_CALLBACK (pulls_chosen_cb), self);
  weir_list_page_set_banner (list_page, GTK_WIDGET (self->coverage));
  g_signal_connect_object (weir_list_page_get_filter (list_page), "changed",
                           G_CALLBACK (update_coverage), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (weir_list_page_get_list (list_page), "updated",
                           G_CALLBACK (update_coverage), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (weir_table_get_vadjustment (weir_list_page_get_table (list_page)),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

static void
weir_pulls_page_dispose (GObject *object)
{
  g_clear_object (&WEIR_PULLS_PAGE (object)->header);

  G_OBJECT_CLASS (weir_pulls_page_parent_class)->dispose (object);
}

static void
weir_pulls_page_class_init (WeirPullsPageClass *klass)
{
  WeirPageClass *page_class = WEIR_PAGE_CLASS (klass);
  WeirListPageClass *list_class = WEIR_LIST_PAGE_CLASS (klass);
  static WeirRecordKind kinds[] = { WEIR_RECORD_PULL, -1 };

  G_OBJECT_CLASS (klass)->dispose = weir_pulls_page_dispose;

  page_class->id = "pulls";
  page_class->title = N_ ("Pull Runs");
  page_class->icon_name = "weir-pulls-symbolic";
  page_class->kinds = kinds;
  page_class->build = weir_pulls_page_build;
  page_class->get_header_widget = weir_pulls_page_get_header_widget;
  page_class->set_search = weir_pulls_page_set_search;

  list_class->kind = WEIR_RECORD_PULL;
  list_class->choices = choices;
  list_class->n_choices = G_N_ELEMENTS (choices);
  list_class->columns = weir_pull_columns (&list_class->n_columns);
  list_class->sort_column = "started";
  list_class->sort_order = GTK_SORT_DESCENDING;
  list_class->placeholder = N_ ("Search pull runs");
  list_class->empty_title = N_ ("No Pull Runs");
  list_class->empty_description = N_ ("A run appears here as soon as a subscription is pulled, by "
                                      "its schedule or with Pull Now.");
  list_class->get_folded = (const char *(*) (gpointer)) weir_pull_run_get_folded;
  list_class->fill_menu = weir_pulls_page_fill_menu;
  list_class->update_actions = weir_pulls_page_update_actions;
  list_class->count = weir_pulls_page_count;
}

static void
weir_pulls_page_init (WeirPullsPage *self)
{
  const char *label = _ ("Pull Again");

  weir_list_page_add_action (WEIR_LIST_PAGE (self), "pull", pull_cb);
  weir_list_page_add_action (WEIR_LIST_PAGE (self), "show-subscription", show_subscription_cb);
  weir_list_page_add_action (WEIR_LIST_PAGE (self), "load-older", older_cb);

  self->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->again = gtk_button_new_with_label (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), "page.pull");
  weir_accessible_set_name (self->again, label);
  gtk_box_append (GTK_BOX (self->header), self->again);
}
