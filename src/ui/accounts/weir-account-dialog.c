/* weir-account-dialog.c: adds and edits an account
 *
 * What is saved has been tested before, unless the user has seen the test fail and insists.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-account-dialog.h"

#include "weir-account-form.h"
#include "weir-alert.h"
#include "weir-dialog-title.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-help.h"
#include "weir-navigate.h"
#include "weir-registry.h"
#include "weir-scroll.h"
#include "weir-secrets.h"
#include "weir-token-watch.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

struct _WeirAccountDialog
{
  AdwWindow parent_instance;

  AdwHeaderBar *header;
  WeirMonitor *monitor;
  WeirAccount *account;   /* (nullable) that is edited */
  GCancellable *test;     /* (nullable) the test that runs */
  WeirProvider *provider; /* (nullable) of the test */
  gboolean passed;        /* what is entered now has passed the test */
  gboolean save_after;    /* the test runs because of Save */
  gboolean saving;
  WeirAccountField to_blame; /* by the test that did not pass */

  GtkButton *save_button;
  GtkButton *test_button;
  WeirAccountForm *form;
  GtkStack *result_stack;
  GtkImage *result_icon;
  GtkLabel *result;
  GtkLabel *advice;
};

G_DEFINE_FINAL_TYPE (WeirAccountDialog, weir_account_dialog, ADW_TYPE_WINDOW)

/* What is under way takes no button away: the focus would be lost with it. */
static void
update_buttons (WeirAccountDialog *self)
{
  gboolean valid = weir_account_form_is_valid (self->form);

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), valid);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), valid);
  gtk_stack_set_visible_child_name (self->result_stack,
                                    self->test != NULL || self->saving ? "spinner" : "icon");
}

static void
show_result (WeirAccountDialog *self,
             const char *icon_name,
             const char *css,
             const char *text,
             const char *advice)
{
  gtk_image_set_from_icon_name (self->result_icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->result_icon), (const char *[]){ css, NULL });
  gtk_label_set_label (self->result, text);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  update_buttons (self);
}

static gboolean
is_not_found (const GError *error)
{
  return g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND);
}

/* A test is not repeated by itself, as an account's questions are; and what is not found is the API, no record. */
static const char *
get_advice (const GError *error)
{
  if (is_not_found (error))
    return _ ("Check that the address is the one of the API.");
  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNREACHABLE))
    return _ ("Check the network and the address.");

  return weir_error_text_get_advice (error);
}

static char *
dup_sentence (const GError *error)
{
  return is_not_found (error)
             ? weir_format_labelled (_ ("There is no such API at this address"), error->message)
             : weir_error_text_dup_sentence (error);
}

static void
show_error (WeirAccountDialog *self, const GError *error)
{
  g_autofree char *sentence = dup_sentence (error);

  show_result (self, "weir-errors-symbolic", "error", sentence, get_advice (error));
}

static gboolean
is_untrusted (const GError *error)
{
  return g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNTRUSTED);
}

static WeirAccountField
find_to_blame (const GError *error)
{
  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNAUTHORIZED)
      || g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_FORBIDDEN)
      || error->domain == WEIR_SECRETS_ERROR)
    return WEIR_ACCOUNT_FIELD_SECRET;
  if (is_untrusted (error))
    return WEIR_ACCOUNT_FIELD_AUTHORITY;

  return WEIR_ACCOUNT_FIELD_ADDRESS;
}

static void
show_untested (WeirAccountDialog *self)
{
  g_autofree char *missing = weir_account_form_dup_missing (self->form);
  /* Translators: %s is a list of fields that are empty */
  g_autofree char *advice =
      missing != NULL ? g_strdup_printf (_ ("Still to be filled in: %s"), missing) : NULL;

  show_result (self, "weir-state-unknown-symbolic", "dim-label", _ ("Not tested yet"), advice);
}

static void
stop_test (WeirAccountDialog *self)
{
  if (self->test != NULL)
    g_cancellable_cancel (self->test);
  g_clear_object (&self->test);
  g_clear_object (&self->provider);
  self->save_after = FALSE;
}

/* A toast of one line would not do: what happened, and what can be done about it. */
static void
toast_doubt (GtkWindow *window, const char *what, const GError *doubt)
{
  AdwToast *toast = adw_toast_new ("");
  const char *advice = weir_error_text_get_advice (doubt);
  g_autofree char *reason = weir_format_sentence (doubt->message);
  g_autofree char *both = weir_format_sentences (what, reason);
  g_autofree char *text = weir_format_sentences (both, advice);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, 30);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  weir_window_add_toast (WEIR_WINDOW (window), toast);
}

typedef struct
{
  WeirAccountDialog *dialog;
  GtkWindow *window; /* outlives the dialog */
  WeirAccount *account;
  gboolean is_new;
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->dialog);
  g_clear_object (&saving->window);
  g_clear_object (&saving->account);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  WeirAccountDialog *self = saving->dialog;
  g_autoptr (GError) not_kept = NULL;
  g_autoptr (GError) error = NULL;
  WeirSession *session;

  self->saving = FALSE;
  if (!weir_monitor_save_account_finish (WEIR_MONITOR (source), result, &not_kept, &error))
    {
      if (self->form != NULL)
        show_error (self, error);
      else if (saving->window != NULL) /* the user did not wait */
        weir_toast_error (GTK_WIDGET (saving->window), _ ("Saving the account failed"), error);
      return;
    }

  /* a new secret or address may have healed it */
  session = weir_monitor_find_session (WEIR_MONITOR (source), saving->account);
  if (session != NULL)
    weir_session_retry (session);

  if (WEIR_IS_WINDOW (saving->window))
    {
      if (not_kept != NULL)
        {
          g_autofree char *works = g_strdup_printf (
              /* Translators: the name of an account; why follows, as a sentence of its own */
              _ ("“%s” works until Weir is closed, as its token was not kept."),
              saving->account->name);

          toast_doubt (saving->window, works, not_kept);
        }
      else
        {
          g_autofree char *text = g_strdup_printf (saving->is_new ? C_ ("account", "Added “%s”")
                                                                  : C_ ("account", "Saved “%s”"),
                                                   saving->account->name);

          weir_toast (GTK_WIDGET (saving->window), text);
        }
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save (WeirAccountDialog *self)
{
  Saving *saving = g_new0 (Saving, 1);
  char *secret = weir_account_form_dup_secret (self->form);

  stop_test (self);
  self->saving = TRUE;
  saving->dialog = g_object_ref (self);
  g_set_object (&saving->window, gtk_window_get_transient_for (GTK_WINDOW (self)));
  saving->account = weir_account_form_dup_account (self->form);
  saving->is_new = self->account == NULL;
  show_result (self, "weir-state-unknown-symbolic", "dim-label", _ ("Saving…"), NULL);
  weir_monitor_save_account_async (self->monitor, saving->account, secret, NULL, saved_cb, saving);
  weir_secrets_free (secret);
}

static void
anyway_response_cb (GtkWidget *dialog, const char *response, WeirAccountDialog *self)
{
  if (g_str_equal (response, "save"))
    save (self);
}

/* Whoever gives the focus back selects all of the text that gets it: later than that. */
static void
asked_cb (WeirAccountDialog *self)
{
  if (self->form != NULL)
    weir_account_form_focus (self->form, self->to_blame);
}

static void
ask_to_save_anyway (WeirAccountDialog *self, const GError *error)
{
  g_autofree char *sentence = dup_sentence (error);
  const char *advice = get_advice (error);
  g_autofree char *what = weir_format_sentence (sentence);
  g_autofree char *body = g_strjoin ("\n", what, advice, NULL);
  GtkWidget *dialog = weir_alert_new (_ ("The Test Did Not Pass"), body, _ ("_Back"));

  weir_alert_add_response (dialog, "save", _ ("Save _Anyway"), ADW_RESPONSE_DEFAULT);
  g_object_set (dialog, "default-response", "cancel", NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (anyway_response_cb), self, 0);
  self->to_blame = find_to_blame (error);
  g_signal_connect_object (dialog, "unmap", G_CALLBACK (asked_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  weir_alert_present (dialog, GTK_WIDGET (self));
}

static void
end_test (WeirAccountDialog *self, const char *who, gint64 latency, const GError *error)
{
  gboolean wanted = self->save_after;

  stop_test (self);
  if (error != NULL)
    {
      show_error (self, error);
      if (wanted)
        ask_to_save_anyway (self, error);
    }
  else
    {
      g_autofree char *duration = weir_format_duration (latency * 1000);
      /* Translators: whose account it is, then how long it took: “120 ms” */
      g_autofree char *text = g_strdup_printf (_ ("Connected to “%s” in %s"), who, duration);

      self->passed = TRUE;
      show_result (self, "weir-state-online-symbolic", "success", text, NULL);
      if (wanted)
        save (self);
    }
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *who = NULL;
  gint64 latency = 0;

  who = weir_provider_check_finish (WEIR_PROVIDER (source), result, &latency, &error);
  if (self->provider == WEIR_PROVIDER (source)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_test (self, who, latency, error);
}

static void
check (WeirAccountDialog *self, WeirAccount *account, const char *secret)
{
  g_autoptr (GError) error = NULL;

  self->provider = weir_registry_create (account, secret, &error);
  if (self->provider == NULL)
    end_test (self, NULL, 0, error);
  else
    weir_provider_check_async (self->provider, self->test, checked_cb, g_object_ref (self));
}

typedef struct
{
  WeirAccountDialog *dialog;
  WeirAccount *account;
  GCancellable *test;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  g_clear_object (&lookup->dialog);
  g_clear_object (&lookup->account);
  g_clear_object (&lookup->test);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

static void
secret_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Lookup) lookup = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = weir_secrets_lookup_finish (result, &error);

  if (lookup->dialog->test == lookup->test)
    {
      if (secret != NULL)
        check (lookup->dialog, lookup->account, secret);
      else
        end_test (lookup->dialog, NULL, 0, error);
    }
  weir_secrets_free (secret);
}

static void
start_test (WeirAccountDialog *self, gboolean save_after)
{
  g_autoptr (WeirAccount) account = weir_account_form_dup_account (self->form);
  char *secret = weir_account_form_dup_secret (self->form);

  stop_test (self);
  self->save_after = save_after;
  self->test = g_cancellable_new ();
  show_result (self, "weir-state-unknown-symbolic", "dim-label", _ ("Testing…"), NULL);
  if (secret != NULL)
    {
      check (self, account, secret);
    }
  else
    {
      Lookup *lookup = g_new0 (Lookup, 1);

      lookup->dialog = g_object_ref (self);
      lookup->account = g_object_ref (account);
      lookup->test = g_object_ref (self->test);
      weir_secrets_lookup_async (account, self->test, secret_cb, lookup);
    }
  weir_secrets_free (secret);
}

static void
test_cb (WeirAccountDialog *self)
{
  if (self->test == NULL && !self->saving)
    start_test (self, FALSE);
}

static void
save_cb (WeirAccountDialog *self)
{
  if (self->saving || self->save_after)
    return;

  if (self->passed)
    save (self);
  else
    start_test (self, TRUE);
}

static void
form_activated_cb (WeirAccountDialog *self)
{
  if (weir_account_form_is_valid (self->form))
    save_cb (self);
  else
    weir_account_form_focus (self->form, WEIR_ACCOUNT_FIELD_MISSING);
}

static void
form_changed_cb (WeirAccountDialog *self)
{
  stop_test (self);
  self->passed = FALSE;
  show_untested (self);
}

static gboolean
weir_account_dialog_close_request (GtkWindow *window)
{
  WeirAccountDialog *self = WEIR_ACCOUNT_DIALOG (window);

  /* while it is being saved nothing can be lost */
  if (!self->saving && weir_account_form_is_edited (self->form))
    {
      weir_alert_ask_to_discard (window);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (weir_account_dialog_parent_class)->close_request (window);
}

static void
weir_account_dialog_dispose (GObject *object)
{
  WeirAccountDialog *self = WEIR_ACCOUNT_DIALOG (object);

  stop_test (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_ACCOUNT_DIALOG);
  g_clear_object (&self->monitor);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (weir_account_dialog_parent_class)->dispose (object);
}

static void
weir_account_dialog_class_init (WeirAccountDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_account_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = weir_account_dialog_close_request;

  g_type_ensure (WEIR_TYPE_ACCOUNT_FORM);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, header);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, result_stack);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, result_icon);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, result);
  gtk_widget_class_bind_template_child (widget_class, WeirAccountDialog, advice);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_activated_cb);
}

static void
weir_account_dialog_init (WeirAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  weir_dialog_title_add (GTK_WINDOW (self), self->header);
  weir_scroll_follow_focus (GTK_WINDOW (self));
}

/**
 * weir_account_dialog_present:
 * @parent: the window the dialog belongs to
 * @monitor: keeps what is saved
 * @account: (nullable): the account to edit, %NULL for a new one
 */
void
weir_account_dialog_present (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account)
{
  WeirAccountDialog *self;
  WeirSession *session;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (account == NULL || WEIR_IS_ACCOUNT (account));

  if (account != NULL && weir_registry_find (account->provider) == NULL)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("This Weir does not know the platform “%s”"), account->provider);

      weir_toast (GTK_WIDGET (parent), text);
      return;
    }

  self = g_object_new (WEIR_TYPE_ACCOUNT_DIALOG, "transient-for", parent, "title",
                       account != NULL ? _ ("Edit Account") : _ ("Add Account"), NULL);
  self->monitor = g_object_ref (monitor);
  g_set_object (&self->account, account);
  weir_account_form_set_up (self->form, weir_monitor_get_store (monitor), account);
  show_untested (self);

  session = account != NULL ? weir_monitor_find_session (monitor, account) : NULL;
  if (session != NULL)
    {
      const GError *error = weir_session_get_error (session);

      weir_account_form_set_expiry (self->form, weir_token_get_expiry (session));
      /* why it could not be used so far */
      if (error != NULL && (error->domain == WEIR_SECRETS_ERROR || is_untrusted (error)))
        show_error (self, error);
    }
  if (session != NULL
      && (weir_session_get_state (session) == WEIR_ACCOUNT_UNAUTHORIZED
          || (weir_session_get_error (session) != NULL
              && weir_session_get_error (session)->domain == WEIR_SECRETS_ERROR)))
    weir_account_form_focus (self->form, WEIR_ACCOUNT_FIELD_SECRET);
  else
    weir_account_form_focus (self->form, WEIR_ACCOUNT_FIELD_FIRST);
  weir_help_set_topic (GTK_WINDOW (self), "accounts");
  gtk_window_present (GTK_WINDOW (self));
}

typedef struct
{
  GtkWindow *window;
  WeirMonitor *monitor;
  WeirAccount *account;
  GtkCheckButton *with_history;
} Removal;

static void
removal_free (Removal *removal)
{
  g_clear_object (&removal->window);
  g_clear_object (&removal->monitor);
  g_clear_object (&removal->account);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) not_removed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!weir_monitor_remove_account_finish (WEIR_MONITOR (source), result, &not_removed, &error))
    {
      weir_toast_error (GTK_WIDGET (removal->window), _ ("Removing the account failed"), error);
      return;
    }

  if (not_removed != NULL && WEIR_IS_WINDOW (removal->window))
    {
      text = g_strdup_printf (
          /* Translators: the name of an account; why follows, as a sentence of its own */
          _ ("“%s” is removed, but the keyring may still have its token."), removal->account->name);
      toast_doubt (removal->window, text, not_removed);
      return;
    }

  text = g_strdup_printf (C_ ("account", "Removed “%s”"), removal->account->name);
  weir_toast (GTK_WIDGET (removal->window), text);
}

static void
remove_response_cb (GtkWidget *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  gboolean with_history;

  if (!g_str_equal (response, "remove"))
    return;

  with_history = gtk_check_button_get_active (removal->with_history);
  weir_monitor_remove_account_async (removal->monitor, removal->account, with_history, NULL,
                                     removed_cb, removal);
  removal = NULL;
}

/**
 * weir_account_dialog_remove:
 * @parent: the window the dialog belongs to
 * @monitor: removes it
 * @account: the account
 *
 * Asks first.
 */
void
weir_account_dialog_remove (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account)
{
  g_autofree char *heading = NULL;
  GtkWidget *dialog;
  Removal *removal;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  removal = g_new0 (Removal, 1);
  removal->window = g_object_ref (parent);
  removal->monitor = g_object_ref (monitor);
  removal->account = g_object_ref (account);
  removal->with_history =
      GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_ ("Also _delete its history")));
  gtk_widget_set_halign (GTK_WIDGET (removal->with_history), GTK_ALIGN_CENTER);
  /* what the built-in hub invented */
  gtk_check_button_set_active (removal->with_history, account->ephemeral);

  heading = g_strdup_printf (_ ("Remove “%s”?"), account->name);
  dialog = weir_alert_new (
      heading,
      _ ("Weir forgets the account and its secret. Nothing changes on the server. The events that "
         "were collected stay in the history unless you delete them as well."),
      _ ("_Cancel"));
  weir_alert_add_response (dialog, "remove", _ ("_Remove"), ADW_RESPONSE_DESTRUCTIVE);
  g_object_set (dialog, "extra-child", removal->with_history, NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (remove_response_cb), removal);
  weir_alert_present (dialog, GTK_WIDGET (parent));
}

static void
read_only_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!weir_monitor_save_account_finish (WEIR_MONITOR (source), result, NULL, &error))
    weir_toast_error (window, _ ("Saving the account failed"), error);
}

/**
 * weir_account_dialog_set_read_only:
 * @parent: the window to say it in
 * @monitor: keeps it
 * @account: the account
 * @read_only: whether Weir may only watch it
 */
void
weir_account_dialog_set_read_only (GtkWindow *parent,
                                   WeirMonitor *monitor,
                                   WeirAccount *account,
                                   gboolean read_only)
{
  g_autoptr (WeirAccount) changed = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  changed = weir_account_copy (account);
  changed->read_only = read_only;
  weir_monitor_save_account_async (monitor, changed, NULL, NULL, read_only_set_cb,
                                   g_object_ref (parent));
  text = g_strdup_printf (read_only ? _ ("“%s” is read-only now") : _ ("“%s” can be changed now"),
                          account->name);
  weir_toast (GTK_WIDGET (parent), text);
}

static void
add_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_account_dialog_present (GTK_WINDOW (widget), weir_window_get_monitor (WEIR_WINDOW (widget)),
                               NULL);
}

static void
account_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirMonitor *monitor = weir_window_get_monitor (WEIR_WINDOW (widget));
  WeirAccount *account = weir_account_store_find_uuid (weir_monitor_get_store (monitor),
                                                       g_variant_get_string (parameter, NULL));

  if (account == NULL)
    return;
  if (g_str_equal (name, "win.edit-account"))
    weir_account_dialog_present (GTK_WINDOW (widget), monitor, account);
  else
    weir_account_dialog_remove (GTK_WINDOW (widget), monitor, account);
}

/**
 * weir_account_dialog_install_actions:
 * @window_class: the class of #WeirWindow
 *
 * Has its actions "win.add-account", and "win.edit-account" and "win.remove-account" with an
 * account's UUID, open the dialogs.
 */
void
weir_account_dialog_install_actions (GtkWidgetClass *window_class)
{
  gtk_widget_class_install_action (window_class, "win.add-account", NULL, add_action_cb);
  gtk_widget_class_install_action (window_class, "win.edit-account", "s", account_action_cb);
  gtk_widget_class_install_action (window_class, "win.remove-account", "s", account_action_cb);
}
