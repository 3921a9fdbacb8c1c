/* weir-preferences-window.c: what can be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-preferences-window.h"

#include "weir-general-page.h"
#include "weir-help.h"
#include "weir-keep-page.h"
#include "weir-scroll.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

struct _WeirPreferencesWindow
{
  AdwPreferencesWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirPreferencesWindow, weir_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
weir_preferences_window_class_init (WeirPreferencesWindowClass *klass)
{
}

static void
weir_preferences_window_init (WeirPreferencesWindow *self)
{
  /* libadwaita's own title is not there in all of Weir's languages */
  gtk_window_set_title (GTK_WINDOW (self), _ ("Preferences"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 640);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
  weir_scroll_follow_focus (GTK_WINDOW (self));
}

/**
 * weir_preferences_window_present:
 * @parent: the window
 * @monitor: has the preferences, and what they are about
 */
void
weir_preferences_window_present (GtkWindow *parent, WeirMonitor *monitor)
{
  WeirPreferencesWindow *self;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  self = g_object_new (WEIR_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  adw_preferences_window_add (
      ADW_PREFERENCES_WINDOW (self),
      ADW_PREFERENCES_PAGE (weir_general_page_new (weir_monitor_get_preferences (monitor))));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                              ADW_PREFERENCES_PAGE (weir_keep_page_new (monitor)));
  weir_help_set_topic (GTK_WINDOW (self), "preferences");
  gtk_window_present (GTK_WINDOW (self));
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_preferences_window_present (GTK_WINDOW (widget),
                                   weir_window_get_monitor (WEIR_WINDOW (widget)));
}

/**
 * weir_preferences_window_install_action:
 * @window_class: the class of #WeirWindow
 *
 * Has its action "win.preferences" open the preferences.
 */
void
weir_preferences_window_install_action (GtkWidgetClass *window_class)
{
  gtk_widget_class_install_action (window_class, "win.preferences", NULL, action_cb);
}
