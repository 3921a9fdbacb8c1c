/* weir-account-row.c: an account in the sidebar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-account-row.h"

#include "weir-account-dialog.h"
#include "weir-error-text.h"
#include "weir-keys.h"
#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-registry.h"
#include "weir-token-watch.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

struct _WeirAccountRow
{
  WeirSidebarRow parent_instance;

  WeirSession *session;
  GSimpleAction *read_only;
  const char *css; /* the class the icon has now */

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *state;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (WeirAccountRow, weir_account_row, WEIR_TYPE_SIDEBAR_ROW)

static char *
dup_tooltip (WeirAccountRow *self)
{
  WeirAccount *account = weir_session_get_account (self->session);
  const WeirProviderInfo *info = weir_registry_find (account->provider);
  const GError *error = weir_session_get_error (self->session);
  gint64 latency = weir_session_get_latency (self->session);
  gint64 next_try = weir_session_get_next_try (self->session);
  gint64 expiry = weir_token_get_expiry (self->session);
  GString *text = g_string_new (NULL);

  weir_format_append (text, info != NULL ? info->name : account->provider);
  weir_format_append (text, account->uri);
  if (account->read_only)
    g_string_append_printf (text, "\n%s", _ ("Read-only in Weir"));
  if (error != NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);
      const char *advice = weir_error_text_get_advice (error);

      g_string_append_printf (text, "\n%s", sentence);
      if (advice != NULL)
        g_string_append_printf (text, "\n%s", advice);
    }
  if (expiry > 0)
    {
      g_autofree char *when = weir_format_absolute (expiry);

      g_string_append_c (text, '\n');
      /* Translators: %s is a date and time */
      g_string_append_printf (text, _ ("Token valid until %s"), when);
    }
  if (next_try > 0)
    {
      g_autofree char *when = weir_format_countdown (next_try);

      g_string_append_c (text, '\n');
      /* Translators: %s is a countdown such as “in 8 s” */
      g_string_append_printf (text, _ ("Next try %s"), when);
    }
  else if (error == NULL && latency >= 0)
    {
      g_autofree char *duration = weir_format_duration (latency * 1000);

      g_string_append_c (text, '\n');
      /* Translators: how long the last answer took: “120 ms” */
      g_string_append_printf (text, _ ("Answers in %s"), duration);
    }

  return g_string_free (text, FALSE);
}

static gboolean
query_tooltip_cb (WeirAccountRow *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return FALSE;

  text = dup_tooltip (self);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
session_changed_cb (WeirAccountRow *self)
{
  WeirAccount *account = weir_session_get_account (self->session);
  const GError *error = weir_session_get_error (self->session);
  WeirAccountState judged =
      weir_error_text_judge_state (weir_session_get_state (self->session), error);
  const char *state =
      weir_error_text_describe_state (weir_session_get_state (self->session), error);
  gint64 expiry = weir_token_get_expiry (self->session);
  g_autofree char *token = judged == WEIR_ACCOUNT_ONLINE ? weir_token_dup_state (expiry) : NULL;
  const char *css = token != NULL ? "warning" : weir_account_state_css (judged);
  g_autofree char *label = NULL;
  g_autofree char *words = NULL;
  g_autofree char *menu = NULL;

  gtk_label_set_label (self->name, account->name);
  g_simple_action_set_state (self->read_only, g_variant_new_boolean (account->read_only));
  /* Translators: an account's state, then that Weir may not change anything in it */
  words = account->read_only ? g_strdup_printf (_ ("%s, read-only"), token != NULL ? token : state)
                             : g_strdup (token != NULL ? token : state);
  gtk_label_set_label (self->state, words);
  gtk_image_set_from_icon_name (self->icon, token != NULL ? "dialog-password-symbolic"
                                                          : weir_account_state_icon (judged));
  if (css != self->css)
    {
      if (self->css != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->css);
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), css);
      self->css = css;
    }

  label = weir_format_list (account->name, words, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* Translators: the name of the button that opens an account’s menu */
  menu = g_strdup_printf (_ ("Menu for %s"), account->name);
  weir_keys_set_tooltip (GTK_WIDGET (self->menu_button), "row.menu", menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu, -1);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_session_retry (WEIR_ACCOUNT_ROW (widget)->session);
}

static void
subscriptions_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirAccount *account = weir_session_get_account (WEIR_ACCOUNT_ROW (widget)->session);

  weir_navigate_to_search (widget, "subscriptions", account->name);
}

static void
inspect_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_navigate_inspect (widget, WEIR_ACCOUNT_ROW (widget)->session);
}

static void
change_read_only_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  WeirAccountRow *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* the new account object brings the state back */
  weir_account_dialog_set_read_only (
      GTK_WINDOW (root), weir_window_get_monitor (WEIR_WINDOW (root)),
      weir_session_get_account (self->session), g_variant_get_boolean (value));
}

/* The window does what needs a dialog. */
static void
window_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirAccount *account = weir_session_get_account (WEIR_ACCOUNT_ROW (widget)->session);

  gtk_widget_activate_action (
      widget, g_str_equal (name, "row.edit") ? "win.edit-account" : "win.remove-account", "s",
      account->uuid);
}

static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WEIR_ACCOUNT_ROW (widget)->menu_button);
}

static void
weir_account_row_dispose (GObject *object)
{
  WeirAccountRow *self = WEIR_ACCOUNT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_ACCOUNT_ROW);
  if (self->read_only != NULL)
    g_signal_handlers_disconnect_by_data (self->read_only, self);
  g_clear_object (&self->read_only);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (weir_account_row_parent_class)->dispose (object);
}

static void
weir_account_row_class_init (WeirAccountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_account_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirAccountRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountRow, name);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountRow, state);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountRow, menu_button);

  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_cb);
  weir_keys_bind (widget_class, "row.");
  gtk_widget_class_install_action (widget_class, "row.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "row.subscriptions", NULL, subscriptions_cb);
  gtk_widget_class_install_action (widget_class, "row.inspect", NULL, inspect_cb);
  gtk_widget_class_install_action (widget_class, "row.edit", NULL, window_action_cb);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, window_action_cb);
  weir_sidebar_row_class_install_press (WEIR_SIDEBAR_ROW_CLASS (klass));
}

static void
weir_account_row_init (WeirAccountRow *self)
{
  g_autoptr (GSimpleActionGroup) group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);

  self->read_only = g_simple_action_new_stateful ("read-only", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect (self->read_only, "change-state", G_CALLBACK (change_read_only_cb), self);
  group = g_simple_action_group_new ();
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->read_only));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "account", G_ACTION_GROUP (group));
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

/**
 * weir_account_row_new:
 * @session: the account's session
 *
 * Returns: (transfer floating): a row that follows the session's state
 */
GtkWidget *
weir_account_row_new (WeirSession *session)
{
  WeirAccountRow *self;

  g_return_val_if_fail (WEIR_IS_SESSION (session), NULL);

  self = g_object_new (WEIR_TYPE_ACCOUNT_ROW, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
  /* the hub says what is in its accounts */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.edit",
                                 !weir_session_get_account (session)->ephemeral);

  return GTK_WIDGET (self);
}

/**
 * weir_account_state_icon:
 * @state: an account's state
 *
 * Returns: the name of a symbolic icon, one a state that a person tells apart without colour
 */
const char *
weir_account_state_icon (WeirAccountState state)
{
  switch (state)
    {
    case WEIR_ACCOUNT_ONLINE:
      return "weir-state-online-symbolic";

    case WEIR_ACCOUNT_UNAUTHORIZED:
    case WEIR_ACCOUNT_FORBIDDEN:
      return "dialog-password-symbolic";

    case WEIR_ACCOUNT_THROTTLED:
      return "weir-queued-symbolic";

    case WEIR_ACCOUNT_UNREACHABLE:
      return "weir-state-offline-symbolic";

    case WEIR_ACCOUNT_INVALID_ANSWER:
      return "dialog-warning-symbolic";

    case WEIR_ACCOUNT_UNKNOWN:
    default:
      return "weir-state-unknown-symbolic";
    }
}

/**
 * weir_account_state_css:
 * @state: an account's state
 *
 * Returns: the style class that goes with weir_account_state_icon()
 */
const char *
weir_account_state_css (WeirAccountState state)
{
  switch (state)
    {
    case WEIR_ACCOUNT_ONLINE:
      return "success";

    case WEIR_ACCOUNT_UNAUTHORIZED:
    case WEIR_ACCOUNT_FORBIDDEN:
    case WEIR_ACCOUNT_INVALID_ANSWER:
      return "error";

    case WEIR_ACCOUNT_THROTTLED:
    case WEIR_ACCOUNT_UNREACHABLE:
      return "warning";

    case WEIR_ACCOUNT_UNKNOWN:
    default:
      return "dim-label";
    }
}
