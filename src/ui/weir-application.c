/* weir-application.c: one running Weir
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-application.h"

#include "weir-accessible.h"
#include "weir-account-row.h"
#include "weir-appearance.h"
#include "weir-background.h"
#include "weir-budget.h"
#include "weir-error-text.h"
#include "weir-help.h"
#include "weir-inspector.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-notifier.h"
#include "weir-notify-actions.h"
#include "weir-paths.h"
#include "weir-query-entry.h"
#include "weir-resources.h"
#include "weir-token-watch.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#define HOMEPAGE "https://github.com/weirhq/weir"

struct _WeirApplication
{
  AdwApplication parent_instance;

  gboolean demo;
  WeirHistory *history; /* (nullable) */
  GError *error;        /* (nullable) why there is no history */
  WeirMonitor *monitor; /* NULL until the first activation */
  WeirBudget *budget;   /* the same */
  WeirHubLauncher *launcher;
  WeirTokenWatch *tokens; /* these, too */
  WeirNotifier *notifier;
  WeirBackground *background;
  GtkWindow *failure; /* (nullable) weak: says why nothing can be shown */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WeirApplication, weir_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Keep accounts and history under DIR"),
    N_ ("DIR") },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Start the built-in hub and open its three accounts"), NULL },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open at this page, such as timeline"),
    N_ ("PAGE") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
  { NULL },
};

static WeirWindow *
get_window (WeirApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (WEIR_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

static void
set_enabled (WeirApplication *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
hub_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (weir_hub_launcher_start_finish (WEIR_HUB_LAUNCHER (source), result, &error))
    /* no sooner: the button that was pressed would lose the focus; now it has handed that on */
    set_enabled (self, "start-hub", FALSE);
  else if (get_window (self) != NULL)
    weir_toast_error (GTK_WIDGET (get_window (self)), _ ("The built-in hub did not start"), error);
}

static void
hub_exited_cb (WeirApplication *self)
{
  WeirWindow *window = get_window (self);
  AdwToast *toast;

  set_enabled (self, "start-hub", TRUE);
  if (window == NULL)
    return;

  toast = adw_toast_new (_ ("The built-in hub has ended"));
  adw_toast_set_button_label (toast, _ ("Start Again"));
  adw_toast_set_action_name (toast, "app.start-hub");
  weir_window_add_toast (window, toast);
}

static void
start_hub_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirApplication *self = user_data;

  if (weir_hub_launcher_is_running (self->launcher))
    return;

  weir_hub_launcher_start_async (self->launcher, self->cancellable, hub_started_cb,
                                 g_object_ref (self));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirApplication *self = user_data;
  const char *developers[] = { _ ("The Weir project"), NULL };
  /* Translators: your names, one a line, each maybe with an address: “Name <name@example.org>” */
  const char *credits = _ ("translator-credits");

  adw_show_about_window (
      gtk_application_get_active_window (GTK_APPLICATION (self)), "application-name", "Weir",
      "application-icon", WEIR_APPLICATION_ID, "version", WEIR_VERSION, "developer-name",
      _ ("The Weir project"), "developers", developers, "copyright", _ ("© 2026 The Weir project"),
      "license-type", GTK_LICENSE_GPL_3_0, "website", HOMEPAGE, "issue-url", HOMEPAGE "/issues",
      "translator-credits", strcmp (credits, "translator-credits") != 0 ? credits : "", "comments",
      _ ("Watch and run the event subscriptions of integration platforms"), NULL);
}

static void
activate_in_window (WeirApplication *self, const char *action, const char *target)
{
  g_application_activate (G_APPLICATION (self));
  if (get_window (self) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (get_window (self)), action, target != NULL ? "s" : NULL,
                                target);
}

/* Of a notification: the window may be closed, or Weir not even running. */
static void
edit_account_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate_in_window (user_data, "win.edit-account", g_variant_get_string (parameter, NULL));
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_activate (user_data);
}

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate_in_window (user_data, "win.show-page", g_variant_get_string (parameter, NULL));
}

/* Those of the desktop file are called without a parameter: they have the pages' names. */
static void
open_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate_in_window (user_data, "win.show-page", g_action_get_name (G_ACTION (action)));
}

/* What has the focus is what is asked about; else the page is. */
static const char *
get_help_topic (WeirWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  GtkWidget *query;

  if (focus != NULL && gtk_widget_get_ancestor (focus, WEIR_TYPE_INSPECTOR) != NULL)
    return "inspector";
  /* without a query the timeline itself is asked about: its key leads there */
  query = focus != NULL ? gtk_widget_get_ancestor (focus, WEIR_TYPE_QUERY_ENTRY) : NULL;
  if (query != NULL && weir_query_entry_get_text (WEIR_QUERY_ENTRY (query))[0] != '\0')
    return "query";
  if (focus != NULL && gtk_widget_get_ancestor (focus, WEIR_TYPE_ACCOUNT_ROW) != NULL)
    return "accounts";

  return weir_window_get_page_id (window);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirWindow *window = get_window (user_data);

  if (window != NULL)
    weir_help_present (GTK_WINDOW (window), get_help_topic (window));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirApplication *self = user_data;
  WeirWindow *window = get_window (self);

  if (self->background != NULL)
    weir_background_end (self->background);
  /* closing saves the window's size; what has begun is waited for */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else if (self->background == NULL)
    g_application_quit (G_APPLICATION (self));
}

static const GActionEntry action_entries[] = {
  { .name = "start-hub", .activate = start_hub_cb },
  { .name = "about", .activate = about_cb },
  { .name = "open", .activate = open_cb },
  { .name = "edit-account", .activate = edit_account_cb, .parameter_type = "s" },
  { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
  { .name = "errors", .activate = open_page_cb },
  { .name = "subscriptions", .activate = open_page_cb },
  { .name = "timeline", .activate = open_page_cb },
  { .name = "help", .activate = help_cb },
  { .name = "quit", .activate = quit_cb },
};

/* Nothing can be shown without the files, so all there is is a window that says why. */
static void
present_failure (WeirApplication *self, const GError *error)
{
  GtkWidget *window;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *status = adw_status_page_new ();
  g_autofree char *sentence = weir_error_text_dup_sentence (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  if (self->failure == NULL)
    g_set_weak_pointer (&self->failure,
                        GTK_WINDOW (adw_application_window_new (GTK_APPLICATION (self))));
  window = GTK_WIDGET (self->failure);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "weir-errors-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Weir Cannot Open Its Files"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), escaped);
  gtk_widget_set_vexpand (status, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), status);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "Weir");
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_present (GTK_WINDOW (window));
}

/* What it knows of its events is read while the window is made. */
static void
open_history (WeirApplication *self)
{
  g_clear_error (&self->error);
  self->history = weir_history_new (NULL, &self->error);
  if (self->history != NULL)
    weir_history_prepare (self->history);
}

static void
preferences_failed_cb (WeirApplication *self, const GError *error)
{
  WeirWindow *window = get_window (self);

  if (window != NULL)
    weir_toast (GTK_WIDGET (window), error->message);
}

/* Written by a worker, so that nothing stands still while the disk is slow or another program has the file. */
static void
keep_preferences (WeirApplication *self, WeirPreferences *preferences)
{
  weir_preferences_set_background (preferences, TRUE);
  g_signal_connect_object (preferences, "failed", G_CALLBACK (preferences_failed_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
open_files (WeirApplication *self, GError **error)
{
  g_autoptr (WeirAccountStore) store = NULL;

  store = weir_account_store_new (NULL, error);
  if (store == NULL)
    return FALSE;

  if (self->history == NULL)
    open_history (self);
  if (self->history == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }

  self->monitor = weir_monitor_new (store, self->history);
  self->budget = weir_budget_new (self->history, weir_monitor_get_preferences (self->monitor));
  weir_budget_start (self->budget);
  keep_preferences (self, weir_monitor_get_preferences (self->monitor));
  self->tokens = weir_token_watch_new (G_APPLICATION (self), self->monitor);
  self->notifier = weir_notifier_new (G_APPLICATION (self), self->monitor);
  self->background = weir_background_new (GTK_APPLICATION (self), self->monitor);
  weir_appearance_watch (weir_monitor_get_preferences (self->monitor));
  self->launcher = weir_hub_launcher_new (self->monitor);
  g_signal_connect_object (self->launcher, "exited", G_CALLBACK (hub_exited_cb), self,
                           G_CONNECT_SWAPPED);

  return TRUE;
}

static void
weir_application_activate (GApplication *application)
{
  WeirApplication *self = WEIR_APPLICATION (application);
  WeirWindow *window = get_window (self);
  g_autoptr (GError) error = NULL;

  if (self->monitor == NULL && !open_files (self, &error))
    {
      present_failure (self, error);
      return;
    }

  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }
  weir_window_open (weir_window_new (self, self->monitor));
  if (self->demo)
    g_action_group_activate_action (G_ACTION_GROUP (self), "start-hub", NULL);
}

static void
weir_application_startup (GApplication *application)
{
  open_history (WEIR_APPLICATION (application));
  G_APPLICATION_CLASS (weir_application_parent_class)->startup (application);

  gtk_source_init ();
  weir_accessible_init ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), action_entries,
                                   G_N_ELEMENTS (action_entries), application);
  weir_notify_actions_add (GTK_APPLICATION (application));
  weir_keys_set_accels (GTK_APPLICATION (application));
}

static void
weir_application_shutdown (GApplication *application)
{
  WeirApplication *self = WEIR_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  if (self->notifier != NULL)
    weir_notifier_withdraw_all (self->notifier);
  if (self->launcher != NULL && weir_hub_launcher_is_running (self->launcher))
    weir_hub_launcher_stop (self->launcher);
  if (self->monitor != NULL)
    weir_preferences_flush (weir_monitor_get_preferences (self->monitor));

  G_APPLICATION_CLASS (weir_application_parent_class)->shutdown (application);
}

/* GApplication ends with 1 when it does not know an option, and takes any other word for a file; scripts are
 * promised a 2 for wrong usage. */
static gboolean
check_usage (char **arguments, GError **error)
{
  gboolean demo, version;
  g_autofree char *state_dir = NULL;
  g_autofree char *page = NULL;
  const GOptionEntry entries[] = {
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &state_dir, NULL, NULL },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &demo, NULL, NULL },
    { "page", 0, 0, G_OPTION_ARG_STRING, &page, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  static const char *const pages[] = { "overview", "subscriptions", "pulls", "timeline",
                                       "errors",   "connections",   NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) words = g_strdupv (arguments);

  for (char **word = words + 1; *word != NULL; word++)
    if (g_str_has_prefix (*word, "--help") || g_str_equal (*word, "-h")
        || g_str_has_prefix (*word, "--gapplication-"))
      return TRUE;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &words, error))
    return FALSE;
  if (g_strv_length (words) > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, _ ("Weir takes no “%s”"),
                   words[1]);
      return FALSE;
    }
  if (page != NULL && !g_strv_contains (pages, page))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no page “%s”"),
                   page);
      return FALSE;
    }
  return TRUE;
}

static gboolean
weir_application_local_command_line (GApplication *application, char ***arguments, int *exit_status)
{
  g_autoptr (GError) error = NULL;

  if (!check_usage (*arguments, &error))
    {
      g_printerr ("weir: %s\n%s\n", error->message, _ ("Try “weir --help”."));
      *exit_status = 2;
      return TRUE;
    }
  return G_APPLICATION_CLASS (weir_application_parent_class)
      ->local_command_line (application, arguments, exit_status);
}

static int
weir_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  WeirApplication *self = WEIR_APPLICATION (application);
  g_autofree char *state_dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *page = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("weir %s\n", WEIR_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "demo", "b", &self->demo);
  g_variant_dict_lookup (options, "state-dir", "^ay", &state_dir);
  if (state_dir != NULL)
    weir_paths_set_state_dir (state_dir);

  /* another state or a demo is another program: it must not end up in a window that is open already */
  if (state_dir != NULL || self->demo)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  if (g_variant_dict_lookup (options, "page", "&s", &page))
    {
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("weir: %s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "show-page",
                                      g_variant_new_string (page));
    }

  return -1;
}

static void
weir_application_dispose (GObject *object)
{
  WeirApplication *self = WEIR_APPLICATION (object);

  g_clear_weak_pointer (&self->failure);
  g_clear_object (&self->launcher);
  g_clear_object (&self->background);
  g_clear_object (&self->notifier);
  g_clear_object (&self->tokens);
  g_clear_object (&self->budget);
  g_clear_object (&self->monitor);
  g_clear_object (&self->history);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (weir_application_parent_class)->dispose (object);
}

static void
weir_application_class_init (WeirApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_application_dispose;

  application_class->activate = weir_application_activate;
  application_class->startup = weir_application_startup;
  application_class->shutdown = weir_application_shutdown;
  application_class->local_command_line = weir_application_local_command_line;
  application_class->handle_local_options = weir_application_handle_local_options;
}

static void
weir_application_init (WeirApplication *self)
{
  /* makes the linker keep the resources, which register themselves */
  weir_get_resource ();

  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
  g_application_set_option_context_summary (
      G_APPLICATION (self),
      _ ("Watches and runs the event subscriptions of integration platforms."));
}

/**
 * weir_application_new:
 *
 * Returns: (transfer full): the application, not yet running
 */
WeirApplication *
weir_application_new (void)
{
  return g_object_new (WEIR_TYPE_APPLICATION, "application-id", WEIR_APPLICATION_ID,
                       "resource-base-path", "/io/github/weirhq/Weir", NULL);
}
