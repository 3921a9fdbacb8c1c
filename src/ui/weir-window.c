/* weir-window.c: sidebar, pages and inspector
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-window.h"

#include "weir-account-dialog.h"
#include "weir-appearance.h"
#include "weir-connections-page.h"
#include "weir-drift-dialog.h"
#include "weir-errors-page.h"
#include "weir-inspector.h"
#include "weir-journal-dialog.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-overview-page.h"
#include "weir-panes.h"
#include "weir-preferences-window.h"
#include "weir-pulls-page.h"
#include "weir-remember.h"
#include "weir-several.h"
#include "weir-sidebar.h"
#include "weir-state-bar.h"
#include "weir-subscriptions-page.h"
#include "weir-timeline-page.h"
#include "weir-width-bin.h"
#include "weir-window-size.h"

#include <glib/gi18n-lib.h>

/* In px, whatever is shown in it; of very wide windows it has a fifth. */
#define INSPECTOR_WIDTH 400
#define MAX_INSPECTOR_WIDTH 560
#define SELECTION_REST 60 /* ms */
#define BUILD_REST 250    /* ms */
#define PRESENT_REST 100  /* ms: no window is worse than an empty one */

#define SUSPENDED (1u << 16) /* GDK_TOPLEVEL_STATE_SUSPENDED, since GTK 4.12 */

struct _WeirWindow
{
  AdwApplicationWindow parent_instance;

  WeirMonitor *monitor;
  WeirPage *page;            /* (nullable) the one that is shown; the stack owns it */
  GBinding *search_binding;  /* (nullable) search button ↔ the page's search mode */
  gboolean inspector_wanted; /* as the user left it while there was room for it */
  gboolean updating_inspector;
  guint select_id;  /* the inspector follows the selection once that rests */
  guint build_id;   /* what is not shown is built once there is time */
  guint present_id; /* it is shown with what is on its page */

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  WeirSidebar *sidebar;
  WeirWidthBin *content;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  AdwBin *page_header;
  GtkWidget *back_button;
  GtkWidget *inspector_button;
  GtkToggleButton *search_button;
  GtkBox *foot;
  WeirStateBar *state_bar;
  AdwFlap *flap;
  AdwViewStack *stack;
  WeirWidthBin *inspector_room;
  AdwBin *inspector_bin;
  WeirInspector *inspector; /* (nullable) until there is something to inspect, or time */
};

G_DEFINE_FINAL_TYPE (WeirWindow, weir_window, ADW_TYPE_APPLICATION_WINDOW)

/* In the sidebar's order. A new page is one line here. */
static GType (*const page_types[]) (void) = {
  weir_overview_page_get_type, weir_subscriptions_page_get_type, weir_pulls_page_get_type,
  weir_timeline_page_get_type, weir_errors_page_get_type,        weir_connections_page_get_type,
};

static WeirPage *
find_page (WeirWindow *self, const char *id)
{
  GtkWidget *child = adw_view_stack_get_child_by_name (self->stack, id);

  return child != NULL ? WEIR_PAGE (child) : NULL;
}

/* Folded, it lies over the page, and has no more room than that; beside it a flap gets no more than it has to have. */
static void
update_inspector_width (WeirWindow *self, int width)
{
  int wanted = weir_width_from_text (CLAMP (width / 5, INSPECTOR_WIDTH, MAX_INSPECTOR_WIDTH));

  weir_width_bin_set_natural_width (self->inspector_room, wanted);
  gtk_widget_set_size_request (GTK_WIDGET (self->inspector_room),
                               adw_flap_get_folded (self->flap) ? -1 : wanted, -1);
}

static WeirInspector *
get_inspector (WeirWindow *self)
{
  if (self->inspector == NULL)
    {
      self->inspector = weir_inspector_new (self->monitor);
      weir_inspector_set_shown (self->inspector, adw_flap_get_reveal_flap (self->flap));
      adw_bin_set_child (self->inspector_bin, GTK_WIDGET (self->inspector));
    }

  return self->inspector;
}

static GObject *
get_inspected (WeirWindow *self)
{
  return self->inspector != NULL ? weir_inspector_get_object (self->inspector) : NULL;
}

static void
inspect (WeirWindow *self, gpointer object)
{
  if (object != NULL || self->inspector != NULL)
    weir_inspector_set_object (get_inspector (self), object);
}

/* The inspector takes its room only while it has something to show. In a narrow window it lies over
 * the page, and only when it is asked for. */
static void
update_inspector (WeirWindow *self)
{
  self->updating_inspector = TRUE;
  adw_flap_set_reveal_flap (self->flap, self->inspector_wanted && !adw_flap_get_folded (self->flap)
                                            && !weir_page_is_summary (self->page)
                                            && get_inspected (self) != NULL);
  self->updating_inspector = FALSE;
}

/* How many rows are selected, wherever the inspector is; else in which zone times are, if that is not the usual one. */
static void
update_subtitle (WeirWindow *self)
{
  GObject *selected = self->page != NULL ? weir_page_get_selected (self->page) : NULL;
  g_autofree char *text = WEIR_IS_SEVERAL (selected)
                              ? weir_several_dup_title (WEIR_SEVERAL (selected))
                              : weir_appearance_dup_zone_note ();

  adw_window_title_set_subtitle (self->title, text != NULL ? text : "");
}

static void
switch_page (WeirWindow *self, WeirPage *page)
{
  g_autofree char *title = NULL;

  if (self->page == page)
    return;

  g_clear_pointer (&self->search_binding, g_binding_unbind);
  weir_page_build (page);
  if (self->page != NULL)
    weir_page_set_shown (self->page, FALSE);
  self->page = page;

  /* else the stack gives it to whatever is first on the page */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  adw_view_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  weir_sidebar_select_page (self->sidebar, page);
  adw_window_title_set_title (self->title, weir_page_get_title (page));
  update_subtitle (self);
  /* Translators: a page's name, then the program's, as the title of the window */
  title = g_strdup_printf (_ ("%s – Weir"), weir_page_get_title (page));
  gtk_window_set_title (GTK_WINDOW (self), title);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", weir_page_get_actions (page));
  adw_bin_set_child (self->page_header, weir_page_get_header_widget (page));
  weir_window_size_stack_buttons (self->page_header, self->foot,
                                  gtk_widget_get_width (GTK_WIDGET (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), weir_page_can_search (page));
  self->search_binding = g_object_bind_property (page, "search-mode", self->search_button, "active",
                                                 G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  weir_page_set_shown (page, TRUE);
  g_clear_handle_id (&self->select_id, g_source_remove);
  inspect (self, weir_page_get_selected (page));
  if (!adw_flap_get_folded (self->flap) || weir_page_is_summary (page))
    update_inspector (self);
}

static void
show_page (WeirWindow *self, WeirPage *page)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
  switch_page (self, page);
}

/* What the inspector says of times was made once. */
static void
appearance_changed_cb (WeirWindow *self)
{
  g_autoptr (GObject) shown = NULL;

  weir_appearance_apply (GTK_WIDGET (self));
  update_subtitle (self);
  if (self->inspector == NULL || weir_inspector_get_object (self->inspector) == NULL)
    return;
  shown = g_object_ref (weir_inspector_get_object (self->inspector));
  weir_inspector_set_object (self->inspector, NULL);
  weir_inspector_set_object (self->inspector, shown);
}

/* One at a time, so that none of them is felt. */
static gboolean
build_cb (gpointer user_data)
{
  WeirWindow *self = user_data;

  if (self->inspector == NULL)
    {
      get_inspector (self);
      /* drawn in all its sizes, for the window's entry in a task bar */
      gtk_window_set_default_icon_name (WEIR_APPLICATION_ID);
      return G_SOURCE_CONTINUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (weir_page_build (WEIR_PAGE (child)))
        return G_SOURCE_CONTINUE;
    }
  self->build_id = 0;

  return G_SOURCE_REMOVE;
}

static void
present (gpointer user_data)
{
  WeirWindow *self = user_data;

  g_clear_handle_id (&self->present_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
  if (self->build_id == 0)
    self->build_id = g_timeout_add_full (G_PRIORITY_LOW, BUILD_REST, build_cb, self, NULL);
}

static void
page_ready_cb (WeirWindow *self, GParamSpec *pspec, WeirPage *page)
{
  if (self->present_id != 0 && page == self->page)
    present (self);
}

static void
page_activated_cb (WeirWindow *self, WeirPage *page)
{
  show_page (self, page);
  weir_page_enter (page);
}

/* Who goes down the list of pages is not there yet: in a narrow window the list stays. */
static void
page_selected_cb (WeirWindow *self, WeirPage *page)
{
  switch_page (self, page);
}

static void
selection_rests_cb (gpointer user_data)
{
  WeirWindow *self = user_data;

  self->select_id = 0;
  update_subtitle (self);
  inspect (self, weir_page_get_selected (self->page));
  if (!adw_flap_get_folded (self->flap))
    update_inspector (self);
}

/* A key that is held down goes through many rows, and showing one takes longer than a frame. */
static void
record_selected_cb (WeirWindow *self, GObject *object, WeirPage *page)
{
  if (page != self->page)
    return;

  g_clear_handle_id (&self->select_id, g_source_remove);
  self->select_id = g_timeout_add_once (SELECTION_REST, selection_rests_cb, self);
}

static void
record_changed_cb (WeirWindow *self, WeirRecord *record)
{
  GObject *object = get_inspected (self);

  if (WEIR_IS_RECORD (object) && weir_record_same (WEIR_RECORD (object), record))
    inspect (self, record);
}

static void
folded_cb (WeirWindow *self)
{
  weir_sidebar_set_show_title_buttons (self->sidebar, adw_leaflet_get_folded (self->leaflet));
}

static void
reveal_inspector_cb (WeirWindow *self)
{
  gboolean revealed = adw_flap_get_reveal_flap (self->flap);

  /* the template is being made */
  if (self->page == NULL)
    return;

  if (revealed || self->inspector != NULL)
    weir_inspector_set_shown (get_inspector (self), revealed);
  /* else whatever is first in the window gets it */
  if (!revealed && gtk_widget_get_focus_child (GTK_WIDGET (self->inspector_bin)) != NULL)
    weir_page_enter (self->page);
  if (!self->updating_inspector && !adw_flap_get_folded (self->flap)
      && !weir_page_is_summary (self->page))
    self->inspector_wanted = revealed;
}

/* What lies over the page is what keys are for. */
static void
inspector_map_cb (WeirWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    weir_pane_enter (GTK_WIDGET (self->inspector_bin));
}

static void
flap_folded_cb (WeirWindow *self)
{
  if (self->page == NULL)
    return;

  update_inspector_width (self, gtk_widget_get_width (GTK_WIDGET (self)));
  update_inspector (self);
}

static void
show_page_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* whose key it was wants to see where it leads */
  gtk_window_set_focus_visible (GTK_WINDOW (widget), TRUE);
  weir_window_show_page (WEIR_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
search_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirWindow *self = WEIR_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->inspector_bin))
      && self->inspector != NULL && weir_inspector_focus_search (self->inspector))
    return;
  weir_page_focus_search (self->page);
}

static void
refresh_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_page_refresh (WEIR_WINDOW (widget)->page);
}

/* From the sidebar to the page, to its rows, to the inspector, and round again. */
static void
step_pane_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirWindow *self = WEIR_WINDOW (widget);
  GtkWidget *panes[] = { GTK_WIDGET (self->sidebar), GTK_WIDGET (self->stack),
                         weir_page_get_rows (self->page), GTK_WIDGET (self->inspector_bin) };

  weir_panes_step (panes, G_N_ELEMENTS (panes), g_str_equal (name, "win.next-pane"));
}

static void
show_sidebar_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirWindow *self = WEIR_WINDOW (widget);

  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  weir_sidebar_focus (self->sidebar);
}

static void
step_part_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirWindow *self = WEIR_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  weir_inspector_step_part (get_inspector (self), g_str_equal (name, "win.next-part"));
}

/* The inspector's own, for accelerators that work wherever the focus is. */
static void
inspector_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (get_inspector (WEIR_WINDOW (widget))), name, NULL);
}

static void
toggle_inspector_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *flap = WEIR_WINDOW (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
layout_cb (WeirWindow *self, int width, int height)
{
  weir_window_size_move_buttons (self->header, self->foot, width, GTK_WIDGET (self->page_header),
                                 self->inspector_button, GTK_WIDGET (self->search_button));
  weir_window_size_stack_buttons (self->page_header, self->foot, width);
  update_inspector_width (self, width);
  weir_window_size_fold_pages (self->stack, width);
}

/* Nobody looks: what is listed may be asked for less often. Wayland tells of SUSPENDED only. */
static void
state_cb (WeirWindow *self, GParamSpec *pspec, GdkToplevel *surface)
{
  guint unseen = gdk_toplevel_get_state (surface) & (GDK_TOPLEVEL_STATE_MINIMIZED | SUSPENDED);

  weir_monitor_set_watched (self->monitor, unseen == 0);
}

static void
weir_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout",
                           G_CALLBACK (layout_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::state",
                           G_CALLBACK (state_cb), widget, G_CONNECT_SWAPPED);
}

/* Only what is on the screen takes the focus. */
static void
weir_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_window_parent_class)->map (widget);

  weir_page_enter (WEIR_WINDOW (widget)->page);
}

static gboolean
weir_window_close_request (GtkWindow *window)
{
  WeirWindow *self = WEIR_WINDOW (window);

  weir_window_size_keep (window, self->page != NULL ? weir_page_get_id (self->page) : NULL,
                         self->inspector_wanted);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    weir_page_keep (WEIR_PAGE (child));
  weir_remember_flush ();

  return GTK_WINDOW_CLASS (weir_window_parent_class)->close_request (window);
}

static void
weir_window_dispose (GObject *object)
{
  WeirWindow *self = WEIR_WINDOW (object);

  g_clear_pointer (&self->search_binding, g_binding_unbind);
  g_clear_handle_id (&self->select_id, g_source_remove);
  g_clear_handle_id (&self->build_id, g_source_remove);
  g_clear_handle_id (&self->present_id, g_source_remove);
  self->page = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_WINDOW);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_window_parent_class)->dispose (object);
}

static const char *const inspector_actions[] = {
  "inspector.back",      "inspector.show-in-list", "inspector.copy-json",
  "inspector.copy-curl", "inspector.copy-id",      "inspector.pin",
};

static void
weir_window_class_init (WeirWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_window_dispose;
  widget_class->realize = weir_window_realize;
  widget_class->map = weir_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = weir_window_close_request;

  g_type_ensure (WEIR_TYPE_SIDEBAR);
  g_type_ensure (WEIR_TYPE_STATE_BAR);
  g_type_ensure (WEIR_TYPE_WIDTH_BIN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, content);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, header);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, page_header);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, inspector_button);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, state_bar);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, inspector_room);
  gtk_widget_class_bind_template_child (widget_class, WeirWindow, inspector_bin);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, reveal_inspector_cb);
  gtk_widget_class_bind_template_callback (widget_class, flap_folded_cb);

  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action_cb);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, step_pane_action_cb);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, step_pane_action_cb);
  gtk_widget_class_install_action (widget_class, "win.show-sidebar", NULL, show_sidebar_action_cb);
  gtk_widget_class_install_action (widget_class, "win.next-part", NULL, step_part_action_cb);
  gtk_widget_class_install_action (widget_class, "win.previous-part", NULL, step_part_action_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (inspector_actions); i++)
    gtk_widget_class_install_action (widget_class, inspector_actions[i], NULL, inspector_action_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-inspector", NULL,
                                   toggle_inspector_action_cb);
  weir_account_dialog_install_actions (widget_class);
  weir_drift_dialog_install_action (widget_class);
  weir_journal_dialog_install_action (widget_class);
  weir_keys_install_action (widget_class);
  weir_preferences_window_install_action (widget_class);
}

static void
weir_window_init (WeirWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->inspector_bin, "map", G_CALLBACK (inspector_map_cb), self);
  weir_keys_set_tooltip (self->back_button, "win.show-sidebar", _ ("Back to Pages"));
  weir_keys_set_tooltip (self->inspector_button, "win.toggle-inspector", _ ("Inspector"));
  weir_keys_set_tooltip (GTK_WIDGET (self->search_button), "win.search", _ ("Search and Filter"));
}

static void
add_pages (WeirWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_types); i++)
    {
      WeirPage *page = g_object_new (page_types[i](), "monitor", self->monitor, NULL);

      adw_view_stack_add_titled (self->stack, GTK_WIDGET (page), weir_page_get_id (page),
                                 weir_page_get_title (page));
      gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      weir_page_get_title (page), -1);
      weir_sidebar_add_page (self->sidebar, page);
      g_signal_connect_object (page, "record-selected", G_CALLBACK (record_selected_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "notify::ready", G_CALLBACK (page_ready_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
restore (WeirWindow *self)
{
  g_autofree char *id = weir_window_size_bring_back (GTK_WINDOW (self), &self->inspector_wanted);
  WeirPage *page = id != NULL ? find_page (self, id) : NULL;
  int width;
  int height;

  /* the room that it takes is known before there is an inspector */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  update_inspector_width (self, width);
  weir_window_size_tell_pages (GTK_WINDOW (self), GTK_WIDGET (self->sidebar), self->stack);
  show_page (self, page != NULL ? page : find_page (self, "overview"));
}

/**
 * weir_window_new:
 * @application: the application
 * @monitor: what the window shows
 *
 * Returns: (transfer none): a window, owned by @application, with the size and page of last time
 */
WeirWindow *
weir_window_new (WeirApplication *application, WeirMonitor *monitor)
{
  WeirWindow *self;

  g_return_val_if_fail (WEIR_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_WINDOW, "application", application, NULL);
  self->monitor = g_object_ref (monitor);
  weir_state_bar_set_monitor (self->state_bar, monitor);
  weir_sidebar_set_monitor (self->sidebar, monitor);
  g_signal_connect_object (monitor, "record-changed", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_pages (self);
  restore (self);
  weir_appearance_connect (self, G_CALLBACK (appearance_changed_cb));
  appearance_changed_cb (self);

  return self;
}

/**
 * weir_window_open:
 * @self: a new window
 *
 * Presents the window once its page has something to show, so that it does not come up empty, or when that takes long.
 */
void
weir_window_open (WeirWindow *self)
{
  g_return_if_fail (WEIR_IS_WINDOW (self));

  if (weir_page_get_ready (self->page))
    present (self);
  else if (self->present_id == 0)
    self->present_id = g_timeout_add_once (PRESENT_REST, present, self);
}

/**
 * weir_window_get_monitor:
 * @self: a window
 *
 * Returns: (transfer none): what the window shows
 */
WeirMonitor *
weir_window_get_monitor (WeirWindow *self)
{
  g_return_val_if_fail (WEIR_IS_WINDOW (self), NULL);

  return self->monitor;
}

/**
 * weir_window_show_page:
 * @self: a window
 * @id: a page's id; an unknown one does nothing
 */
void
weir_window_show_page (WeirWindow *self, const char *id)
{
  WeirPage *page;
  GtkWidget *focus;

  g_return_if_fail (WEIR_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  page = find_page (self, id);
  if (page == NULL)
    return;

  /* the inspector may close, and GTK would then move the focus on by itself, after all */
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->inspector_bin)))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  show_page (self, page);
  weir_page_enter (page);
}

/**
 * weir_window_show_record:
 * @self: a window
 * @record: what to go to, any version of it
 *
 * Shows the record's row on its page and the record in the inspector.
 */
void
weir_window_show_record (WeirWindow *self, WeirRecord *record)
{
  g_autoptr (WeirRecord) keep = NULL;

  g_return_if_fail (WEIR_IS_WINDOW (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  /* leaving a page may drop the last reference to it */
  keep = g_object_ref (record);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (weir_page_shows_kind (WEIR_PAGE (child), weir_record_get_kind (record)))
        {
          show_page (self, WEIR_PAGE (child));
          weir_page_reveal (WEIR_PAGE (child), record);
          weir_page_enter (WEIR_PAGE (child));
          break;
        }
    }
  weir_window_inspect (self, weir_navigate_find_newest (self->monitor, record), TRUE);
}

/**
 * weir_window_search:
 * @self: a window
 * @page: a page's id
 * @text: what to search for there
 */
void
weir_window_search (WeirWindow *self, const char *page, const char *text)
{
  g_return_if_fail (WEIR_IS_WINDOW (self));

  weir_window_show_page (self, page);
  weir_page_set_search (self->page, text);
}

/**
 * weir_window_add_term:
 * @self: a window
 * @page: a page's id
 * @field: a field of its query
 * @value: what it is to be
 */
void
weir_window_add_term (WeirWindow *self, const char *page, const char *field, const char *value)
{
  g_return_if_fail (WEIR_IS_WINDOW (self));

  weir_window_show_page (self, page);
  weir_page_add_term (self->page, field, value);
}

/**
 * weir_window_inspect:
 * @self: a window
 * @object: (nullable): a record or an error group
 * @open: whether to open the inspector if it is closed
 */
void
weir_window_inspect (WeirWindow *self, gpointer object, gboolean open)
{
  g_return_if_fail (WEIR_IS_WINDOW (self));
  g_return_if_fail (object == NULL || G_IS_OBJECT (object));

  g_clear_handle_id (&self->select_id, g_source_remove);
  inspect (self, object);
  if (open)
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

/**
 * weir_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to say
 */
void
weir_window_add_toast (WeirWindow *self, AdwToast *toast)
{
  g_return_if_fail (WEIR_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, toast);
  else
    g_object_unref (toast); /* closed while what it tells of was under way */
}

/**
 * weir_window_get_page_id:
 * @self: a window
 *
 * Returns: the id of the page that is shown
 */
const char *
weir_window_get_page_id (WeirWindow *self)
{
  g_return_val_if_fail (WEIR_IS_WINDOW (self), "overview");

  return weir_page_get_id (self->page);
}
