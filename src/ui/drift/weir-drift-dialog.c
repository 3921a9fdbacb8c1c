/* weir-drift-dialog.c: what has become of the fields of events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-drift-dialog.h"

#include "weir-accessible.h"
#include "weir-dialog-title.h"
#include "weir-drift-sample.h"
#include "weir-drift-text.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-help.h"
#include "weir-history-drift.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

#define WIDTH 900
#define HEIGHT 680
#define LIST_HEIGHT 220

struct _WeirDriftDialog
{
  AdwWindow parent_instance;

  WeirMonitor *monitor;
  char *uuid;       /* (nullable) of the account whose drift is shown first */
  GPtrArray *drift; /* (nullable) (element-type WeirDrift) */
  GCancellable *cancellable;

  AdwToastOverlay *toasts;
  GtkStack *stack; /* "drift" or "none" */
  GtkListBox *list;
  GtkButton *accept;
  WeirDriftSample *before;
  WeirDriftSample *after;
};

G_DEFINE_FINAL_TYPE (WeirDriftDialog, weir_drift_dialog, ADW_TYPE_WINDOW)

static WeirDrift *
get_drift (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "weir-drift") : NULL;
}

static GtkWidget *
create_row (WeirDrift *drift)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (weir_drift_text_icon (drift));
  g_autofree char *what = weir_drift_text_what (drift);
  g_autofree char *where = weir_drift_text_where (drift);
  g_autofree char *when = weir_drift_text_when (drift);
  g_autofree char *title = g_strdup_printf ("%s — %s", drift->path, what);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", where, when);
  g_autofree char *list = weir_format_list (what, where, when, NULL);
  g_autofree char *name = weir_format_labelled (drift->path, list);

  gtk_widget_add_css_class (icon, "warning");
  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, "title-lines", 2,
                "subtitle-lines", 3, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  weir_accessible_set_name (row, name);
  g_object_set_data_full (G_OBJECT (row), "weir-drift", g_object_ref (drift), g_object_unref);

  return row;
}

static void
selected_cb (WeirDriftDialog *self, GtkListBoxRow *row)
{
  WeirDrift *drift = get_drift (row);

  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), drift != NULL);
  if (drift == NULL)
    return;
  weir_drift_sample_set_number (self->before, drift->before_number);
  weir_drift_sample_set_number (self->after, drift->after_number);
}

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (WEIR_DRIFT (a->pdata[i])->id != WEIR_DRIFT (b->pdata[i])->id)
      return FALSE;

  return TRUE;
}

/* What is selected stays so, or is the first of the account that was asked for. */
static void
show_drift (WeirDriftDialog *self, GPtrArray *drift)
{
  WeirDrift *old = get_drift (gtk_list_box_get_selected_row (self->list));
  gint64 id = old != NULL ? old->id : 0;
  GtkListBoxRow *wanted = NULL;
  GtkListBoxRow *row;

  gtk_stack_set_visible_child_name (self->stack, drift->len > 0 ? "drift" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->accept), drift->len > 0);
  if (are_same (self->drift, drift))
    return;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < drift->len; i++)
    {
      WeirDrift *one = g_ptr_array_index (drift, i);
      GtkWidget *new_row = create_row (one);

      gtk_list_box_append (self->list, new_row);
      if (one->id == id
          || (wanted == NULL && id == 0
              && (self->uuid == NULL || g_str_equal (one->account->uuid, self->uuid))))
        wanted = GTK_LIST_BOX_ROW (new_row);
    }
  g_clear_pointer (&self->drift, g_ptr_array_unref);
  self->drift = g_ptr_array_ref (drift);
  if (wanted == NULL)
    wanted = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_list_box_select_row (self->list, wanted);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), wanted != NULL);
}

static void
show_error (WeirDriftDialog *self, const GError *error)
{
  g_autofree char *sentence = weir_error_text_dup_sentence (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirDriftDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drift =
      weir_history_list_drift_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (drift != NULL)
    show_drift (self, drift);
  else
    show_error (self, error);
}

static void
refresh (WeirDriftDialog *self)
{
  weir_history_list_drift_async (weir_monitor_get_history (self->monitor), self->cancellable,
                                 list_cb, g_object_ref (self));
}

static void
accept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirDriftDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean accepted = weir_history_accept_drift_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* if it is still there it can be accepted again */
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept),
                            gtk_list_box_get_selected_row (self->list) != NULL);
  if (error != NULL)
    show_error (self, error);
  else if (accepted)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Accepted as Normal")));
  /* this dialog hears it too */
  weir_shape_learner_tell (weir_monitor_get_learner (self->monitor));
}

static void
accept_clicked_cb (WeirDriftDialog *self)
{
  WeirDrift *drift = get_drift (gtk_list_box_get_selected_row (self->list));

  if (drift == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), FALSE);
  weir_history_accept_drift_async (weir_monitor_get_history (self->monitor), drift->id,
                                   self->cancellable, accept_cb, g_object_ref (self));
}

static void
weir_drift_dialog_dispose (GObject *object)
{
  WeirDriftDialog *self = WEIR_DRIFT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->drift, g_ptr_array_unref);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_drift_dialog_parent_class)->dispose (object);
}

static void
weir_drift_dialog_finalize (GObject *object)
{
  g_free (WEIR_DRIFT_DIALOG (object)->uuid);

  G_OBJECT_CLASS (weir_drift_dialog_parent_class)->finalize (object);
}

static void
weir_drift_dialog_class_init (WeirDriftDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_drift_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_drift_dialog_finalize;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
weir_drift_dialog_init (WeirDriftDialog *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
create_header (WeirDriftDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  const char *label = _ ("Accept as Normal");

  self->accept = GTK_BUTTON (gtk_button_new_with_label (label));
  gtk_widget_add_css_class (GTK_WIDGET (self->accept), "suggested-action");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->accept),
                               _ ("From now on the field is expected to be as it is now"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), FALSE);
  g_signal_connect_swapped (self->accept, "clicked", G_CALLBACK (accept_clicked_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->accept));

  return header;
}

static GtkWidget *
create_content (WeirDriftDialog *self)
{
  WeirHistory *history = weir_monitor_get_history (self->monitor);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *samples = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Schema Drift"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_paned_set_start_child (GTK_PANED (paned), scroller);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_position (GTK_PANED (paned), LIST_HEIGHT);

  self->before = WEIR_DRIFT_SAMPLE (weir_drift_sample_new (history, _ ("An Event Before")));
  self->after = WEIR_DRIFT_SAMPLE (weir_drift_sample_new (history, _ ("An Event After")));
  gtk_box_set_homogeneous (GTK_BOX (samples), TRUE);
  gtk_box_append (GTK_BOX (samples), GTK_WIDGET (self->before));
  gtk_box_append (GTK_BOX (samples), GTK_WIDGET (self->after));
  gtk_paned_set_end_child (GTK_PANED (paned), samples);
  gtk_widget_set_vexpand (paned, TRUE);

  return paned;
}

static GtkWidget *
create_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "weir-state-online-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Schema Drift"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Weir learns what the events of each collection look like, and tells here when a field "
         "appears, vanishes or changes its type."));

  return page;
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_drift_dialog_present (GTK_WINDOW (widget), weir_window_get_monitor (WEIR_WINDOW (widget)),
                             NULL);
}

/**
 * weir_drift_dialog_install_action:
 * @window_class: the class of #WeirWindow
 *
 * Has its action "win.schema-drift" open the dialog.
 */
void
weir_drift_dialog_install_action (GtkWidgetClass *window_class)
{
  gtk_widget_class_install_action (window_class, "win.schema-drift", NULL, action_cb);
}

/**
 * weir_drift_dialog_present:
 * @parent: the window it is over
 * @monitor: has the history
 * @account: (nullable): whose drift is shown first
 */
void
weir_drift_dialog_present (GtkWindow *parent, WeirMonitor *monitor, WeirAccount *account)
{
  WeirDriftDialog *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  self = g_object_new (WEIR_TYPE_DRIFT_DIALOG, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, "title", _ ("Schema Drift"), "default-width",
                       WIDTH, "default-height", HEIGHT, NULL);
  self->monitor = g_object_ref (monitor);
  self->uuid = account != NULL ? g_strdup (account->uuid) : NULL;

  self->stack = GTK_STACK (gtk_stack_new ());
  header = create_header (self);
  gtk_box_append (GTK_BOX (box), header);
  gtk_stack_add_named (self->stack, create_empty (), "none");
  gtk_stack_add_named (self->stack, create_content (self), "drift");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
  weir_dialog_title_add (GTK_WINDOW (self), ADW_HEADER_BAR (header));

  g_signal_connect_object (weir_monitor_get_learner (monitor), "learned", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  refresh (self);
  weir_help_set_topic (GTK_WINDOW (self), "timeline");
  gtk_window_present (GTK_WINDOW (self));
}
