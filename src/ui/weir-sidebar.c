/* weir-sidebar.c: the pages and the accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-sidebar.h"

#include "weir-account-row.h"
#include "weir-keys.h"
#include "weir-list-bin.h"
#include "weir-sidebar-row.h"

#include <glib/gi18n-lib.h>

struct _WeirSidebar
{
  AdwBin parent_instance;

  AdwHeaderBar *header;
  GtkListBox *pages;
  GtkListBox *accounts;
  GtkListBox *commands;
  GtkListBoxRow *add_row;
  GtkListBoxRow *hub_row;

  gboolean selecting; /* the window says which page is shown */
};

enum
{
  PAGE_ACTIVATED, /* go there */
  PAGE_SELECTED,  /* show it: the focus stays where it is */
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirSidebar, weir_sidebar, ADW_TYPE_BIN)

static WeirPage *
get_page (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "weir-page");
}

static GtkListBoxRow *
find_row (WeirSidebar *self, WeirPage *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->pages, i)) != NULL; i++)
    {
      if (get_page (row) == page)
        return row;
    }

  return NULL;
}

/* The row is called as the page is; what the badge says is told as well. */
static void
describe_row (WeirPage *page, GtkWidget *row)
{
  guint count = weir_page_get_count (page);
  g_autofree char *text = NULL;

  if (row == NULL)
    return;

  if (count == 0)
    text = g_strdup ("");
  else if (weir_page_get_attention (page))
    text = g_strdup_printf (ngettext ("%u needs attention", "%u need attention", count), count);
  else
    /* Translators: the number of pull runs that have not ended */
    text = g_strdup_printf (ngettext ("%u is under way", "%u are under way", count), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
count_changed_cb (WeirPage *page, GParamSpec *pspec, GtkLabel *badge)
{
  guint count = weir_page_get_count (page);
  g_autofree char *text = g_strdup_printf ("%u", count);

  gtk_label_set_label (badge, text);
  gtk_widget_set_visible (GTK_WIDGET (badge), count > 0);
  if (weir_page_get_attention (page))
    gtk_widget_add_css_class (GTK_WIDGET (badge), "attention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (badge), "attention");
  describe_row (page, gtk_widget_get_ancestor (GTK_WIDGET (badge), WEIR_TYPE_SIDEBAR_ROW));
}

static void
page_row_activated_cb (WeirSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[PAGE_ACTIVATED], 0, get_page (row));
}

/* The arrow keys and assistive technology select a row without activating it. */
static void
page_row_selected_cb (WeirSidebar *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->selecting)
    g_signal_emit (self, signals[PAGE_SELECTED], 0, get_page (row));
}

static void
account_row_activated_cb (WeirSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "row.subscriptions", NULL);
}

static void
command_row_activated_cb (WeirSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              row == self->add_row ? "win.add-account" : "app.start-hub", NULL);
}

static gboolean
enter_list (GtkListBox *list, gboolean forward)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (list);
  GtkWidget *row = forward ? gtk_widget_get_first_child (GTK_WIDGET (list))
                           : gtk_widget_get_last_child (GTK_WIDGET (list));

  if (selected != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (selected));
  while (row != NULL && (!gtk_widget_get_mapped (row) || !gtk_widget_grab_focus (row)))
    row = forward ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);

  return row != NULL;
}

/* The arrow keys go on into the next list, or back into the one before. */
static gboolean
keynav_failed_cb (WeirSidebar *self, GtkDirectionType direction, GtkListBox *list)
{
  GtkListBox *const lists[] = { self->pages, self->accounts, self->commands };
  int step = direction == GTK_DIR_UP ? -1 : 1;
  int i = 0;

  if (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
    return FALSE;

  while (lists[i] != list)
    i++;
  for (i += step; i >= 0 && i < (int) G_N_ELEMENTS (lists); i += step)
    if (enter_list (lists[i], step > 0))
      return TRUE;

  return FALSE;
}

static void
sessions_changed_cb (WeirSidebar *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *model)
{
  guint n = g_list_model_get_n_items (model);

  gtk_widget_set_visible (GTK_WIDGET (self->accounts), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->hub_row), n == 0);
}

static GtkWidget *
create_account_row (gpointer item, gpointer user_data)
{
  return weir_account_row_new (item);
}

static void
weir_sidebar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WEIR_TYPE_SIDEBAR);

  G_OBJECT_CLASS (weir_sidebar_parent_class)->dispose (object);
}

static void
weir_sidebar_class_init (WeirSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_sidebar_dispose;

  signals[PAGE_ACTIVATED] =
      g_signal_new ("page-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, WEIR_TYPE_PAGE);
  signals[PAGE_SELECTED] =
      g_signal_new ("page-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, WEIR_TYPE_PAGE);

  g_type_ensure (WEIR_TYPE_LIST_BIN);
  g_type_ensure (WEIR_TYPE_SIDEBAR_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, WeirSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, WeirSidebar, accounts);
  gtk_widget_class_bind_template_child (widget_class, WeirSidebar, commands);
  gtk_widget_class_bind_template_child (widget_class, WeirSidebar, add_row);
  gtk_widget_class_bind_template_child (widget_class, WeirSidebar, hub_row);
  gtk_widget_class_bind_template_callback (widget_class, page_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, command_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed_cb);
}

static void
weir_sidebar_init (WeirSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  weir_keys_set_tooltip (GTK_WIDGET (self->add_row), "win.add-account",
                         _ ("Add an account at Membrane, Sequin or Oracle"));
  weir_keys_set_tooltip (GTK_WIDGET (self->hub_row), "app.start-hub",
                         _ ("Start a local hub with three living accounts"));
}

/**
 * weir_sidebar_add_page:
 * @self: the sidebar
 * @page: a page of the window; it outlives the sidebar
 *
 * Adds a row for the page.
 */
void
weir_sidebar_add_page (WeirSidebar *self, WeirPage *page)
{
  GtkWidget *row;
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *badge;

  g_return_if_fail (WEIR_IS_SIDEBAR (self));
  g_return_if_fail (WEIR_IS_PAGE (page));

  label = gtk_label_new (weir_page_get_title (page));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);

  badge = gtk_label_new (NULL);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (badge, "weir-badge");
  gtk_widget_add_css_class (badge, "numeric");
  g_signal_connect_object (page, "notify::count", G_CALLBACK (count_changed_cb), badge, 0);
  g_signal_connect_object (page, "notify::attention", G_CALLBACK (count_changed_cb), badge, 0);
  count_changed_cb (page, NULL, GTK_LABEL (badge));

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (weir_page_get_icon_name (page)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);

  row = weir_sidebar_row_new (weir_page_get_title (page));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "weir-page", page);
  gtk_list_box_append (self->pages, row);
  describe_row (page, row);
}

/**
 * weir_sidebar_select_page:
 * @self: the sidebar
 * @page: the page that is shown
 *
 * Marks the page's row.
 */
void
weir_sidebar_select_page (WeirSidebar *self, WeirPage *page)
{
  g_return_if_fail (WEIR_IS_SIDEBAR (self));

  self->selecting = TRUE;
  gtk_list_box_select_row (self->pages, find_row (self, page));
  self->selecting = FALSE;
}

/**
 * weir_sidebar_set_monitor:
 * @self: the sidebar
 * @monitor: has the accounts
 *
 * Lists the accounts.
 */
void
weir_sidebar_set_monitor (WeirSidebar *self, WeirMonitor *monitor)
{
  GListModel *sessions;

  g_return_if_fail (WEIR_IS_SIDEBAR (self));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  sessions = weir_monitor_get_sessions (monitor);
  gtk_list_box_bind_model (self->accounts, sessions, create_account_row, NULL, NULL);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, 0, sessions);
}

/**
 * weir_sidebar_set_show_title_buttons:
 * @self: the sidebar
 * @show: whether the sidebar is all of the window that is seen
 */
void
weir_sidebar_set_show_title_buttons (WeirSidebar *self, gboolean show)
{
  g_return_if_fail (WEIR_IS_SIDEBAR (self));

  adw_header_bar_set_show_end_title_buttons (self->header, show);
}

/**
 * weir_sidebar_focus:
 * @self: the sidebar
 *
 * Moves the focus to the row of the page that is shown.
 */
void
weir_sidebar_focus (WeirSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (WEIR_IS_SIDEBAR (self));

  row = gtk_list_box_get_selected_row (self->pages);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->pages));
}
