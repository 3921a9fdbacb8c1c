/* weir-alert.c: a dialog that asks before something is done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-alert.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

/* AdwMessageDialog is all that libadwaita 1.2 has, but under GTK 4.18 it complains of its own heading
 * whenever it is shown. Since 1.5 there is AdwAlertDialog, inside the window that it belongs to, with
 * the same properties and the same signal “response”; only its functions have other names. */
typedef struct
{
  GType (*get_type) (void);
  void (*add_response) (GtkWidget *dialog, const char *id, const char *label);
  void (*set_appearance) (GtkWidget *dialog, const char *id, AdwResponseAppearance appearance);
  void (*set_enabled) (GtkWidget *dialog, const char *id, gboolean enabled);
  void (*set_label) (GtkWidget *dialog, const char *id, const char *label);
  void (*present) (GtkWidget *dialog, GtkWidget *parent);
  GtkWidget *(*get_default) (GtkWidget *dialog);
} AlertDialog;

/* Returns: (nullable): what later libadwaita has; NULL where it has not */
static const AlertDialog *
get_alert_dialog (void)
{
  static AlertDialog alert;
  static gboolean known;

  if (!known)
    {
      alert.get_type = dlsym (RTLD_DEFAULT, "adw_alert_dialog_get_type");
      alert.add_response = dlsym (RTLD_DEFAULT, "adw_alert_dialog_add_response");
      alert.set_appearance = dlsym (RTLD_DEFAULT, "adw_alert_dialog_set_response_appearance");
      alert.set_enabled = dlsym (RTLD_DEFAULT, "adw_alert_dialog_set_response_enabled");
      alert.set_label = dlsym (RTLD_DEFAULT, "adw_alert_dialog_set_response_label");
      alert.present = dlsym (RTLD_DEFAULT, "adw_dialog_present");
      alert.get_default = dlsym (RTLD_DEFAULT, "adw_dialog_get_default_widget");
      known = TRUE;
    }

  return alert.get_type != NULL && alert.add_response != NULL && alert.set_appearance != NULL
                 && alert.set_enabled != NULL && alert.set_label != NULL && alert.present != NULL
                 && alert.get_default != NULL
             ? &alert
             : NULL;
}

/* A dialog has its heading twice, large for where it fits and small for where it does not, and some
 * libadwaitas measure the large one for less than it needs, of which GTK complains. One that may be
 * cut needs next to nothing; it never is, since it is only shown where all of it fits. */
static void
let_heading_shrink (GtkWidget *widget, const char *heading)
{
  if (GTK_IS_LABEL (widget) && !gtk_label_get_wrap (GTK_LABEL (widget))
      && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), heading))
    gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_heading_shrink (child, heading);
}

/**
 * weir_alert_new:
 * @heading: what is asked
 * @body: what it means
 * @cancel: the label of the response “cancel”, which is also given by closing the dialog, and by Enter where no other
 *   response is made the default
 *
 * Further properties are “extra-child” and “default-response”; the signal “response” has the id of
 * what was chosen, comes once, and the dialog then closes by itself.
 *
 * Returns: (transfer floating): a dialog, to be shown with weir_alert_present()
 */
GtkWidget *
weir_alert_new (const char *heading, const char *body, const char *cancel)
{
  const AlertDialog *alert = get_alert_dialog ();
  g_autoptr (GtkWidget) content = NULL;
  GtkWidget *self;

  self = g_object_new (alert != NULL ? alert->get_type () : ADW_TYPE_MESSAGE_DIALOG, "heading",
                       heading, "body", body, NULL);
  g_object_get (self, "child", &content, NULL);
  let_heading_shrink (content, heading);
  weir_alert_add_response (self, "cancel", cancel, ADW_RESPONSE_DEFAULT);
  g_object_set (self, "close-response", "cancel", "default-response", "cancel", NULL);

  return self;
}

/**
 * weir_alert_add_response:
 * @self: an alert
 * @id: the response’s name
 * @label: its button’s label
 * @appearance: how the button looks
 */
void
weir_alert_add_response (GtkWidget *self,
                         const char *id,
                         const char *label,
                         AdwResponseAppearance appearance)
{
  const AlertDialog *alert = get_alert_dialog ();

  g_return_if_fail (GTK_IS_WIDGET (self));

  if (alert != NULL)
    {
      alert->add_response (self, id, label);
      alert->set_appearance (self, id, appearance);
    }
  else
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), id, label);
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), id, appearance);
    }
}

/**
 * weir_alert_set_response_enabled:
 * @self: an alert
 * @id: one of its responses
 * @enabled: whether it can be chosen
 */
void
weir_alert_set_response_enabled (GtkWidget *self, const char *id, gboolean enabled)
{
  const AlertDialog *alert = get_alert_dialog ();

  g_return_if_fail (GTK_IS_WIDGET (self));

  if (alert != NULL)
    alert->set_enabled (self, id, enabled);
  else
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), id, enabled);
}

/**
 * weir_alert_set_response_label:
 * @self: an alert
 * @id: one of its responses
 * @label: its button’s label from now on
 */
void
weir_alert_set_response_label (GtkWidget *self, const char *id, const char *label)
{
  const AlertDialog *alert = get_alert_dialog ();

  g_return_if_fail (GTK_IS_WIDGET (self));

  if (alert != NULL)
    alert->set_label (self, id, label);
  else
    adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (self), id, label);
}

/**
 * weir_alert_present:
 * @self: (transfer floating): an alert
 * @parent: a window, or a widget of it
 *
 * Shows it, with the focus at the default response.
 */
void
weir_alert_present (GtkWidget *self, GtkWidget *parent)
{
  const AlertDialog *alert = get_alert_dialog ();
  GtkRoot *root;
  GtkWidget *chosen;

  g_return_if_fail (GTK_IS_WIDGET (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  root = gtk_widget_get_root (parent);
  if (alert != NULL)
    {
      alert->present (self, GTK_WIDGET (root));
      chosen = alert->get_default (self);
    }
  else
    {
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_present (GTK_WINDOW (self));
      chosen = gtk_window_get_default_widget (GTK_WINDOW (self));
    }
  /* else it is at the last button: that which cannot be undone */
  if (chosen != NULL)
    gtk_widget_grab_focus (chosen);
}

static void
destroy_cb (gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;

  gtk_window_destroy (window);
}

static void
discard_cb (GtkWindow *window, const char *response)
{
  /* not at once: the alert may be inside */
  if (g_str_equal (response, "discard"))
    g_idle_add_once (destroy_cb, g_object_ref (window));
}

/**
 * weir_alert_ask_to_discard:
 * @window: was asked to close, while there is something in it that was entered and not saved
 *
 * Closes the window, if that is wanted.
 */
void
weir_alert_ask_to_discard (GtkWindow *window)
{
  GtkWidget *alert;

  g_return_if_fail (GTK_IS_WINDOW (window));

  alert = weir_alert_new (_ ("Discard Changes?"), _ ("What was entered here has not been saved."),
                          _ ("_Keep Editing"));
  weir_alert_add_response (alert, "discard", _ ("_Discard"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (alert, "response", G_CALLBACK (discard_cb), window, G_CONNECT_SWAPPED);
  weir_alert_present (alert, GTK_WIDGET (window));
}
