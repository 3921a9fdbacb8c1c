/* weir-oracle-dialog.c: makes and changes an Oracle event subscription
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-oracle-dialog.h"

#include "weir-alert.h"
#include "weir-dialog-title.h"
#include "weir-drop-down.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-help.h"
#include "weir-navigate.h"
#include "weir-note-row.h"
#include "weir-oracle-form.h"
#include "weir-scroll.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>

struct _WeirOracleDialog
{
  AdwWindow parent_instance;

  AdwHeaderBar *header;
  WeirMonitor *monitor;
  WeirSubscription *subscription; /* (nullable) NULL: a new one */
  WeirOracleForm *original;       /* (nullable) what the server has */
  WeirOracleForm *form;
  GPtrArray *providers; /* (element-type WeirProvider) in the order of the account row */
  GCancellable *cancellable;
  gboolean filling;
  gboolean edited; /* and not on its way to the server */
  gboolean tried;  /* Save was pressed: empty fields are complained of too */

  GtkButton *save_button;
  GtkSpinner *spinner;
  GtkButton *template_button;
  GtkInfoBar *error_bar;
  GtkLabel *error_label;
  AdwComboRow *account_row;
  AdwEntryRow *name_row;
  AdwComboRow *status_row;
  AdwComboRow *class_row;
  AdwEntryRow *event_type_row;
  AdwEntryRow *integration_user_row;
  AdwEntryRow *object_version_row;
  AdwEntryRow *end_point_row;
  GtkSourceView *shape_view;
  GtkLabel *shape_note;
  WeirNoteRow *name_note;
  WeirNoteRow *class_note;
  WeirNoteRow *event_type_note;
  WeirNoteRow *end_point_note;
  WeirNoteRow *integration_user_note;
  WeirNoteRow *object_version_note;
  WeirNoteRow *status_note;
};

G_DEFINE_FINAL_TYPE (WeirOracleDialog, weir_oracle_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
get_row (WeirOracleDialog *self, WeirOracleField field)
{
  switch (field)
    {
    case WEIR_ORACLE_NAME:
      return GTK_WIDGET (self->name_row);

    case WEIR_ORACLE_CLASS:
      return GTK_WIDGET (self->class_row);

    case WEIR_ORACLE_EVENT_TYPE:
      return GTK_WIDGET (self->event_type_row);

    case WEIR_ORACLE_END_POINT:
      return GTK_WIDGET (self->end_point_row);

    case WEIR_ORACLE_INTEGRATION_USER:
      return GTK_WIDGET (self->integration_user_row);

    case WEIR_ORACLE_OBJECT_VERSION:
      return GTK_WIDGET (self->object_version_row);

    case WEIR_ORACLE_STATUS:
      return GTK_WIDGET (self->status_row);

    case WEIR_ORACLE_SHAPE:
    case WEIR_ORACLE_N_FIELDS:
    default:
      return GTK_WIDGET (self->shape_view);
    }
}

/* NULL of the shape, which is no row. */
static WeirNoteRow *
get_note (WeirOracleDialog *self, WeirOracleField field)
{
  WeirNoteRow *const notes[WEIR_ORACLE_N_FIELDS] = {
    [WEIR_ORACLE_NAME] = self->name_note,
    [WEIR_ORACLE_CLASS] = self->class_note,
    [WEIR_ORACLE_EVENT_TYPE] = self->event_type_note,
    [WEIR_ORACLE_END_POINT] = self->end_point_note,
    [WEIR_ORACLE_INTEGRATION_USER] = self->integration_user_note,
    [WEIR_ORACLE_OBJECT_VERSION] = self->object_version_note,
    [WEIR_ORACLE_STATUS] = self->status_note,
  };

  return notes[field];
}

/* From the widgets into the form. A class or status that Weir does not know is kept while it is not changed. */
static void
read_widgets (WeirOracleDialog *self)
{
  static const char *const classes[] = { "Contact", "Organization", "Incident" };
  static const char *const statuses[] = { "1", "2", "3" };
  guint selected;

  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      GtkWidget *row = get_row (self, i);

      if (i == WEIR_ORACLE_SHAPE)
        {
          GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (row));
          g_autofree char *text = NULL;

          g_object_get (buffer, "text", &text, NULL);
          weir_oracle_form_set (self->form, i, text);
        }
      else if (GTK_IS_EDITABLE (row))
        {
          weir_oracle_form_set (self->form, i, gtk_editable_get_text (GTK_EDITABLE (row)));
        }
      else
        {
          selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
          if (selected < G_N_ELEMENTS (classes))
            weir_oracle_form_set (self->form, i,
                                  i == WEIR_ORACLE_CLASS ? classes[selected] : statuses[selected]);
        }
    }
}

static guint
find_selected (const char *value, const char *const *values)
{
  for (guint i = 0; values[i] != NULL; i++)
    {
      if (g_str_equal (value, values[i]))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* What is the same is left alone, with the cursor in it. */
static void
set_shape (WeirOracleDialog *self, const char *value)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->shape_view));
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  if (!g_str_equal (text, value))
    gtk_text_buffer_set_text (buffer, value, -1);
}

static void
fill_widgets (WeirOracleDialog *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      GtkWidget *row = get_row (self, i);
      const char *value = self->form->values[i];

      if (i == WEIR_ORACLE_SHAPE)
        set_shape (self, value);
      else if (GTK_IS_EDITABLE (row)
               && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), value))
        gtk_editable_set_text (GTK_EDITABLE (row), value);
    }
  adw_combo_row_set_selected (
      self->class_row,
      find_selected (self->form->values[WEIR_ORACLE_CLASS],
                     (const char *const[]){ "Contact", "Organization", "Incident", NULL }));
  adw_combo_row_set_selected (self->status_row,
                              find_selected (self->form->values[WEIR_ORACLE_STATUS],
                                             (const char *const[]){ "1", "2", "3", NULL }));
  self->filling = FALSE;
}

static void
tell (WeirOracleDialog *self, WeirOracleField field, const char *problem, const char *warning)
{
  WeirNoteRow *note = get_note (self, field);
  const char *text = problem != NULL ? problem : warning;

  if (note != NULL)
    {
      weir_note_row_set (note, get_row (self, field), text, problem != NULL ? "error" : "warning");
      return;
    }
  gtk_label_set_label (self->shape_note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shape_note), text != NULL);
  gtk_widget_set_css_classes (
      GTK_WIDGET (self->shape_note),
      (const char *[]){ "caption", problem != NULL ? "error" : "warning", NULL });
}

/* Returns: the first field that keeps it from being sent, WEIR_ORACLE_N_FIELDS if none does */
static WeirOracleField
validate (WeirOracleDialog *self)
{
  WeirOracleField first = WEIR_ORACLE_N_FIELDS;

  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      g_autofree char *warning = NULL;
      g_autofree char *problem = weir_oracle_form_check (self->form, i, &warning);
      gboolean shown = problem != NULL && (self->tried || self->form->values[i][0] != '\0');

      if (problem != NULL && first == WEIR_ORACLE_N_FIELDS)
        first = i;
      tell (self, i, shown ? problem : NULL, warning);
    }

  return first;
}

static void
changed_cb (WeirOracleDialog *self)
{
  if (self->filling || self->form == NULL)
    return;

  self->edited = TRUE;
  read_widgets (self);
  validate (self);
}

static void
template_cb (WeirOracleDialog *self)
{
  g_autofree char *text = weir_oracle_form_dup_template (self->form->values[WEIR_ORACLE_CLASS]);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->shape_view)), text, -1);
}

static void
set_running (WeirOracleDialog *self, gboolean running)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), !running);
  gtk_spinner_set_spinning (self->spinner, running);
}

static void
show_error (WeirOracleDialog *self, const char *text)
{
  gtk_label_set_label (self->error_label, text);
  gtk_info_bar_set_revealed (self->error_bar, text[0] != '\0');
}

typedef struct
{
  WeirOracleDialog *dialog;
  GtkWindow *window; /* (nullable) outlives the dialog */
  WeirMonitor *monitor;
  gboolean is_new;
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->dialog);
  g_clear_object (&saving->window);
  g_clear_object (&saving->monitor);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  WeirOracleDialog *self = saving->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) record = NULL;
  g_autofree char *text = NULL;
  gboolean is_open = self->form != NULL;

  record = weir_provider_write_finish (WEIR_PROVIDER (source), result, &error);
  if (record == NULL)
    {
      if (is_open)
        {
          set_running (self, FALSE);
          self->edited = TRUE;
          text = weir_error_text_dup_sentence (error);
          show_error (self, text);
        }
      else if (saving->window != NULL) /* the user did not wait */
        {
          weir_toast_error (GTK_WIDGET (saving->window), _ ("Saving the subscription failed"),
                            error);
        }
      return;
    }

  weir_monitor_put (saving->monitor, record);
  text = g_strdup_printf (saving->is_new ? _ ("Created “%s”") : _ ("Saved “%s”"),
                          weir_record_get_name (record));
  if (saving->window != NULL)
    weir_toast (GTK_WIDGET (saving->window), text);
  if (is_open)
    {
      weir_navigate_to_record (GTK_WIDGET (self), record);
      gtk_window_destroy (GTK_WINDOW (self));
    }
}

static void
save_cb (WeirOracleDialog *self)
{
  g_autoptr (GBytes) json = NULL;
  WeirProvider *provider;
  Saving *saving;
  WeirOracleField problem;
  guint selected = adw_combo_row_get_selected (self->account_row);

  self->tried = TRUE;
  read_widgets (self);
  show_error (self, "");
  problem = validate (self);
  if (problem != WEIR_ORACLE_N_FIELDS)
    {
      gtk_widget_grab_focus (get_row (self, problem));
      weir_scroll_to (get_row (self, problem));
    }
  if (problem != WEIR_ORACLE_N_FIELDS || selected >= self->providers->len)
    return;

  json = weir_oracle_form_to_json (self->form, self->original);
  if (json == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  provider = g_ptr_array_index (self->providers, selected);
  set_running (self, TRUE);
  /* it goes on when the window is closed */
  self->edited = FALSE;
  saving = g_new0 (Saving, 1);
  saving->dialog = g_object_ref (self);
  g_set_object (&saving->window, gtk_window_get_transient_for (GTK_WINDOW (self)));
  saving->monitor = g_object_ref (self->monitor);
  saving->is_new = self->subscription == NULL;
  weir_provider_write_async (
      provider, self->subscription != NULL ? WEIR_ACTION_UPDATE : WEIR_ACTION_CREATE,
      self->subscription != NULL ? weir_record_get_id (WEIR_RECORD (self->subscription)) : NULL,
      json, self->cancellable, written_cb, saving);
}

static gboolean
weir_oracle_dialog_close_request (GtkWindow *window)
{
  if (WEIR_ORACLE_DIALOG (window)->edited)
    {
      weir_alert_ask_to_discard (window);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (weir_oracle_dialog_parent_class)->close_request (window);
}

static void
weir_oracle_dialog_dispose (GObject *object)
{
  WeirOracleDialog *self = WEIR_ORACLE_DIALOG (object);

  /* a request that is on its way is not broken off: whether it worked would be known to nobody */
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), WEIR_TYPE_ORACLE_DIALOG);
  g_clear_pointer (&self->original, weir_oracle_form_free);
  g_clear_pointer (&self->form, weir_oracle_form_free);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_clear_object (&self->subscription);
  g_clear_object (&self->monitor);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (weir_oracle_dialog_parent_class)->dispose (object);
}

static void
weir_oracle_dialog_class_init (WeirOracleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_oracle_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = weir_oracle_dialog_close_request;

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (WEIR_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/weirhq/Weir/ui/weir-oracle-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, header);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, template_button);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, error_bar);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, account_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, status_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, class_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, event_type_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, integration_user_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, object_version_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, end_point_row);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, shape_view);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, shape_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, name_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, class_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, event_type_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, end_point_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, integration_user_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, object_version_note);
  gtk_widget_class_bind_template_child (widget_class, WeirOracleDialog, status_note);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
scheme_cb (GtkSourceBuffer *buffer)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (
                                                  gtk_source_style_scheme_manager_get_default (),
                                                  dark ? "Adwaita-dark" : "Adwaita"));
}

static void
weir_oracle_dialog_init (WeirOracleDialog *self)
{
  GtkTextBuffer *buffer;

  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  weir_drop_down_fit_row (self->account_row);
  weir_drop_down_fit_row (self->status_row);
  /* with large texts it leaves no room for the title beside it otherwise */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->template_button)), TRUE);
  weir_dialog_title_add (GTK_WINDOW (self), self->header);
  weir_scroll_follow_focus (GTK_WINDOW (self));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->shape_view));
  gtk_source_buffer_set_language (
      GTK_SOURCE_BUFFER (buffer),
      gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "xml"));
  scheme_cb (GTK_SOURCE_BUFFER (buffer));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (scheme_cb),
                           buffer, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/* The accounts that can do it; of a subscription that is there only its own. */
static void
list_accounts (WeirOracleDialog *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = g_list_model_get_n_items (sessions);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);
      WeirAccount *account = weir_session_get_account (session);

      if (provider == NULL)
        continue;
      if (self->subscription != NULL
              ? !g_str_equal (weir_record_get_account (WEIR_RECORD (self->subscription))->uuid,
                              account->uuid)
              : !weir_provider_can (provider, WEIR_ACTION_CREATE, NULL, NULL))
        continue;
      g_ptr_array_add (self->providers, g_object_ref (provider));
      gtk_string_list_append (names, account->name);
    }
  adw_combo_row_set_model (self->account_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->account_row),
                          self->subscription == NULL && self->providers->len > 1);
}

/* A new one begins with what the account's others have in common with it. */
static void
set_defaults (WeirOracleDialog *self)
{
  GListModel *subscriptions =
      G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_SUBSCRIPTION));
  guint n = g_list_model_get_n_items (subscriptions);

  weir_oracle_form_set (self->form, WEIR_ORACLE_CLASS, "Contact");
  weir_oracle_form_set (self->form, WEIR_ORACLE_STATUS, "1");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSubscription) other = g_list_model_get_item (subscriptions, i);
      g_autoptr (WeirOracleForm) form = NULL;

      if (other->variant != WEIR_SUBSCRIPTION_NOTIFICATION)
        continue;
      form = weir_oracle_form_new (other);
      weir_oracle_form_set (self->form, WEIR_ORACLE_EVENT_TYPE,
                            form->values[WEIR_ORACLE_EVENT_TYPE]);
      weir_oracle_form_set (self->form, WEIR_ORACLE_INTEGRATION_USER,
                            form->values[WEIR_ORACLE_INTEGRATION_USER]);
      weir_oracle_form_set (self->form, WEIR_ORACLE_OBJECT_VERSION,
                            form->values[WEIR_ORACLE_OBJECT_VERSION]);
      break;
    }
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirOracleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) record = NULL;
  WeirOracleForm *form;

  record = weir_provider_get_finish (WEIR_PROVIDER (source), result, &error);
  /* closed meanwhile */
  if (self->form == NULL)
    return;

  set_running (self, FALSE);
  if (record == NULL)
    {
      g_autofree char *text = weir_error_text_dup_sentence (error);

      show_error (self, text);
      return;
    }
  g_set_object (&self->subscription, WEIR_SUBSCRIPTION (record));
  form = weir_oracle_form_new (self->subscription);
  weir_oracle_form_take_over (form, self->form, self->original);
  weir_oracle_form_free (self->form);
  weir_oracle_form_free (self->original);
  self->form = form;
  self->original = weir_oracle_form_new (self->subscription);
  fill_widgets (self);
  validate (self);
}

/**
 * weir_oracle_dialog_present:
 * @parent: the window the dialog belongs to
 * @monitor: has the accounts and takes what was saved
 * @subscription: (nullable): what to change, %NULL for a new one
 *
 * A subscription is read anew first: lists have not all of its fields, and what is shown must be what is changed.
 */
void
weir_oracle_dialog_present (GtkWindow *parent, WeirMonitor *monitor, WeirSubscription *subscription)
{
  WeirOracleDialog *self;
  const char *title;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (subscription == NULL || WEIR_IS_SUBSCRIPTION (subscription));

  title = subscription != NULL ? _ ("Edit Subscription") : _ ("New Oracle Subscription");
  self = g_object_new (WEIR_TYPE_ORACLE_DIALOG, "transient-for", parent, "title", title, NULL);
  self->monitor = g_object_ref (monitor);
  g_set_object (&self->subscription, subscription);
  self->form = weir_oracle_form_new (subscription);
  gtk_button_set_label (self->save_button, subscription != NULL ? _ ("_Save") : _ ("C_reate"));
  list_accounts (self);

  if (subscription != NULL)
    {
      self->original = weir_oracle_form_new (subscription);
      if (self->providers->len > 0)
        {
          set_running (self, TRUE);
          weir_provider_get_async (g_ptr_array_index (self->providers, 0), WEIR_RECORD_SUBSCRIPTION,
                                   weir_record_get_id (WEIR_RECORD (subscription)),
                                   self->cancellable, fetched_cb, g_object_ref (self));
        }
    }
  else
    {
      set_defaults (self);
    }
  fill_widgets (self);
  validate (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name_row));
  weir_help_set_topic (GTK_WINDOW (self), "subscriptions");
  gtk_window_present (GTK_WINDOW (self));
}
