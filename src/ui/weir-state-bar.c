/* weir-state-bar.c: the lasting trouble of an account, with its remedy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-state-bar.h"

#include "weir-error-text.h"
#include "weir-format.h"

#include <glib/gi18n-lib.h>

struct _WeirStateBar
{
  AdwBin parent_instance;

  gboolean read_only; /* the history is, and this was not dismissed */
  GListModel *sessions;
  GPtrArray *watched;    /* (element-type WeirSession) */
  WeirSession *session;  /* (nullable) whose trouble is shown */
  GHashTable *dismissed; /* uuid → GINT_TO_POINTER (state): not shown again before it changes */

  GtkInfoBar *bar;
  GtkLabel *title;
  GtkLabel *advice;
  GtkButton *button;
  WeirRemedy remedy;
  gboolean hub_ended; /* the built-in one: it is to be started again */
};

G_DEFINE_FINAL_TYPE (WeirStateBar, weir_state_bar, ADW_TYPE_BIN)

static gboolean
is_trouble (WeirStateBar *self, WeirSession *session)
{
  WeirAccountState state = weir_error_text_judge_state (weir_session_get_state (session),
                                                        weir_session_get_error (session));
  const char *uuid = weir_session_get_account (session)->uuid;

  if (state == WEIR_ACCOUNT_ONLINE || state == WEIR_ACCOUNT_UNKNOWN)
    {
      g_hash_table_remove (self->dismissed, uuid);
      return FALSE;
    }

  return GPOINTER_TO_INT (g_hash_table_lookup (self->dismissed, uuid)) != (int) state;
}

/* No address or network is to be looked at then. */
static gboolean
has_hub_ended (WeirSession *session)
{
  GApplication *application = g_application_get_default ();

  return weir_session_get_account (session)->ephemeral && application != NULL
         && g_action_group_get_action_enabled (G_ACTION_GROUP (application), "start-hub");
}

static void
show_hub_ended (WeirStateBar *self)
{
  gtk_label_set_label (self->title, _ ("The built-in hub has ended"));
  gtk_label_set_label (self->advice, _ ("What was last known is shown meanwhile."));
  /* Translators: a button: the built-in hub is started once more */
  gtk_button_set_label (self->button, _ ("Start Again"));
}

static void
update (WeirStateBar *self)
{
  WeirSession *worst = NULL;
  guint n = 0;
  const GError *error;
  g_autofree char *sentence = NULL;
  g_autofree char *title = NULL;

  for (guint i = 0; i < self->watched->len; i++)
    {
      WeirSession *session = g_ptr_array_index (self->watched, i);

      if (!is_trouble (self, session))
        continue;
      if (n++ == 0)
        worst = session;
    }

  g_set_object (&self->session, worst);
  gtk_info_bar_set_revealed (self->bar, worst != NULL || self->read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->button), worst != NULL);
  if (worst == NULL && self->read_only)
    {
      gtk_label_set_label (self->title, _ ("The history can only be read"));
      gtk_label_set_label (self->advice,
                           _ ("Its file cannot be written to. What comes now is not kept."));
    }
  if (worst == NULL)
    return;

  self->hub_ended = has_hub_ended (worst);
  if (self->hub_ended)
    {
      show_hub_ended (self);
      return;
    }

  error = weir_session_get_error (worst);
  sentence = error != NULL
                 ? weir_error_text_dup_sentence (error)
                 : g_strdup (weir_error_text_describe_state (weir_session_get_state (worst), NULL));
  title = weir_format_labelled (weir_session_get_account (worst)->name, sentence);
  gtk_label_set_label (self->title, title);

  if (n > 1)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("%u more account needs a hand.", "%u more accounts need a hand.", n - 1),
          n - 1);

      gtk_label_set_label (self->advice, more);
    }
  else
    {
      gtk_label_set_label (self->advice, error != NULL && weir_error_text_get_advice (error) != NULL
                                             ? weir_error_text_get_advice (error)
                                             : _ ("What was last known is shown meanwhile."));
    }

  self->remedy = error != NULL ? weir_error_text_get_remedy (error) : WEIR_REMEDY_RETRY;
  if (self->remedy == WEIR_REMEDY_NONE || weir_session_get_account (worst)->ephemeral)
    self->remedy = WEIR_REMEDY_RETRY;
  gtk_button_set_label (self->button,
                        self->remedy == WEIR_REMEDY_RETRY ? _ ("Retry Now")
                        : g_error_matches (error, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING)
                            ? _ ("Enter Token…")
                            : _ ("Edit Account…"));
}

static void
sessions_changed_cb (WeirStateBar *self)
{
  guint n = g_list_model_get_n_items (self->sessions);

  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), update, self);
  g_ptr_array_set_size (self->watched, 0);

  for (guint i = 0; i < n; i++)
    {
      WeirSession *session = g_list_model_get_item (self->sessions, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->watched, session);
    }
  update (self);
}

static void
button_clicked_cb (WeirStateBar *self)
{
  if (self->session == NULL)
    return;

  if (self->hub_ended)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.start-hub", NULL);
  else if (self->remedy == WEIR_REMEDY_RETRY)
    weir_session_retry (self->session);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-account", "s",
                                weir_session_get_account (self->session)->uuid);
}

static void
response_cb (WeirStateBar *self, int response)
{
  if (response != GTK_RESPONSE_CLOSE)
    return;

  if (self->session == NULL)
    self->read_only = FALSE;
  else
    g_hash_table_replace (
        self->dismissed, g_strdup (weir_session_get_account (self->session)->uuid),
        GINT_TO_POINTER (weir_error_text_judge_state (weir_session_get_state (self->session),
                                                      weir_session_get_error (self->session))));
  update (self);
}

static void
weir_state_bar_dispose (GObject *object)
{
  WeirStateBar *self = WEIR_STATE_BAR (object);

  g_clear_object (&self->sessions);
  g_clear_object (&self->session);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->dismissed, g_hash_table_unref);

  G_OBJECT_CLASS (weir_state_bar_parent_class)->dispose (object);
}

static void
weir_state_bar_class_init (WeirStateBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_state_bar_dispose;
}

static GtkLabel *
create_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);

  return GTK_LABEL (label);
}

/* GtkInfoBar gives its close button no name. */
static void
name_close_button (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child) && gtk_widget_has_css_class (child, "close"))
        {
          gtk_widget_set_tooltip_text (child, _ ("Close"));
          gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          _ ("Close"), -1);
        }
      else
        {
          name_close_button (child);
        }
    }
}

static void
weir_state_bar_init (WeirStateBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->title = create_label ();
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->advice = create_label ();
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice));

  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (button_clicked_cb), self);

  self->bar = GTK_INFO_BAR (gtk_info_bar_new ());
  gtk_info_bar_set_message_type (self->bar, GTK_MESSAGE_WARNING);
  gtk_info_bar_set_show_close_button (self->bar, TRUE);
  gtk_info_bar_set_revealed (self->bar, FALSE);
  gtk_info_bar_add_child (self->bar, box);
  gtk_info_bar_add_child (self->bar, GTK_WIDGET (self->button));
  name_close_button (GTK_WIDGET (self->bar));
  g_signal_connect_swapped (self->bar, "response", G_CALLBACK (response_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
}

/**
 * weir_state_bar_set_monitor:
 * @self: the bar
 * @monitor: has the accounts
 *
 * Shows the first account that needs a hand, for as long as it does; and that the history can only be read.
 */
void
weir_state_bar_set_monitor (WeirStateBar *self, WeirMonitor *monitor)
{
  g_return_if_fail (WEIR_IS_STATE_BAR (self));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  if (!g_set_object (&self->sessions, weir_monitor_get_sessions (monitor)))
    return;

  self->read_only = weir_history_is_read_only (weir_monitor_get_history (monitor));
  g_signal_connect_object (self->sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self);
  /* the end of the hub may be told after its accounts are out of reach */
  if (g_application_get_default () != NULL)
    g_signal_connect_object (g_application_get_default (), "action-enabled-changed::start-hub",
                             G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}
