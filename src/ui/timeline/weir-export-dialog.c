/* weir-export-dialog.c: what is shown, into a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-export-dialog.h"

#include "weir-clock.h"
#include "weir-dialog-title.h"
#include "weir-drop-down.h"
#include "weir-error-text.h"
#include "weir-exporter.h"
#include "weir-format.h"
#include "weir-help.h"
#include "weir-window.h"
#include "weir-zone.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

struct _WeirExportDialog
{
  AdwWindow parent_instance;

  GtkWidget *from;
  WeirHistory *history;
  WeirHistoryIndex *index;
  WeirExporter *exporter;        /* (nullable) while it runs */
  GCancellable *cancellable;     /* (nullable) of it */
  GtkFileChooserNative *chooser; /* (nullable) */
  GFile *file;                   /* (nullable) where it goes */

  GtkButton *export;
  GtkStack *stack;
  AdwPreferencesGroup *group;
  AdwActionRow *query;
  AdwComboRow *format;
  GtkLabel *problem;
  GtkProgressBar *bar;
  GtkLabel *progress;
};

G_DEFINE_FINAL_TYPE (WeirExportDialog, weir_export_dialog, ADW_TYPE_WINDOW)

static WeirExportFormat
get_format (WeirExportDialog *self)
{
  return adw_combo_row_get_selected (self->format) == 0 ? WEIR_EXPORT_JSONL : WEIR_EXPORT_CSV;
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = NULL;

  /* where no file manager can point at the file, its folder is opened */
  if (answer != NULL || folder == NULL)
    return;
  uri = g_file_get_uri (folder);
  gtk_show_uri (NULL, uri, GDK_CURRENT_TIME);
}

/* In a sandbox no file manager can be talked to; the portal is asked, and is given the file itself. */
static gboolean
show_by_portal (GDBusConnection *bus, GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autoptr (GUnixFDList) files = NULL;
  int fd;

  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || path == NULL
      || (fd = open (path, O_RDONLY | O_CLOEXEC)) < 0)
    return FALSE;

  files = g_unix_fd_list_new_from_array (&fd, 1);
  g_dbus_connection_call_with_unix_fd_list (
      bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
      "org.freedesktop.portal.OpenURI", "OpenDirectory", g_variant_new ("(sha{sv})", "", 0, NULL),
      NULL, G_DBUS_CALL_FLAGS_NONE, -1, files, NULL, NULL, NULL);

  return TRUE;
}

static void
show_cb (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  const char *const uris[] = { uri, NULL };
  GDBusConnection *bus = g_application_get_dbus_connection (g_application_get_default ());

  if (bus == NULL || show_by_portal (bus, file))
    return;

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, g_object_ref (file));
}

static void
add_toast (WeirExportDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (self->from);
  guint done = weir_exporter_get_done (self->exporter);
  g_autofree char *number = weir_format_number (done);
  g_autofree char *name = g_file_get_basename (self->file);
  /* Translators: a number, and the name of a file */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s event exported to “%s”", "%s events exported to “%s”", done), number, name);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (!WEIR_IS_WINDOW (root))
    return;

  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("Show in Files"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_cb), g_object_ref (self->file),
                         (GClosureNotify) (void *) g_object_unref, G_CONNECT_SWAPPED);
  weir_window_add_toast (WEIR_WINDOW (root), toast);
}

static void
show_question (WeirExportDialog *self, const char *problem)
{
  gtk_stack_set_visible_child_name (self->stack, "question");
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export), TRUE);
}

static void
progress_cb (WeirExportDialog *self)
{
  guint done = weir_exporter_get_done (self->exporter);
  guint total = weir_exporter_get_total (self->exporter);
  g_autofree char *part = weir_format_number (done);
  g_autofree char *all = weir_format_number (total);
  /* Translators: how many of how many are written */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s of %s event written", "%s of %s events written", total), part, all);

  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / total : 1);
  gtk_label_set_label (self->progress, text);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = weir_exporter_save_finish (WEIR_EXPORTER (source), result, &error);

  if (self->exporter == NULL)
    return; /* closed */

  g_signal_handlers_disconnect_by_data (self->exporter, self);
  if (saved)
    {
      add_toast (self);
      g_clear_object (&self->exporter);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  g_clear_object (&self->exporter);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_question (self, NULL);
    }
  else
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);
      /* Translators: why, as a sentence */
      g_autofree char *text = g_strdup_printf (
          _ ("%s\nNothing was changed; choose another place, or make room."), sentence);

      show_question (self, text);
    }
}

static void
start (WeirExportDialog *self)
{
  g_autofree char *path = g_file_get_path (self->file);

  if (path == NULL)
    {
      show_question (self, _ ("Only files of this computer can be written."));
      return;
    }

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->exporter = weir_exporter_new (self->history, self->index, get_format (self));
  g_signal_connect_swapped (self->exporter, "progress", G_CALLBACK (progress_cb), self);
  progress_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_set_sensitive (GTK_WIDGET (self->export), FALSE);
  weir_exporter_save_async (self->exporter, path, self->cancellable, saved_cb, g_object_ref (self));
}

static void
response_cb (WeirExportDialog *self, int response)
{
  g_clear_object (&self->file);
  if (response == GTK_RESPONSE_ACCEPT)
    self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (self->file != NULL)
    start (self);
}

static void
export_cb (WeirExportDialog *self)
{
  const char *extension = weir_export_format_get_extension (get_format (self));
  g_autoptr (GDateTime) now = weir_zone_to_date (weir_clock_now ());
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("events-%s.%s", date, extension);

  self->chooser = gtk_file_chooser_native_new (_ ("Export Events"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cancel_cb (WeirExportDialog *self)
{
  if (self->exporter != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  cancel_cb (WEIR_EXPORT_DIALOG (widget));

  return TRUE;
}

static gboolean
weir_export_dialog_close_request (GtkWindow *window)
{
  WeirExportDialog *self = WEIR_EXPORT_DIALOG (window);

  g_cancellable_cancel (self->cancellable);

  return GTK_WINDOW_CLASS (weir_export_dialog_parent_class)->close_request (window);
}

static void
weir_export_dialog_dispose (GObject *object)
{
  WeirExportDialog *self = WEIR_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->exporter != NULL)
    g_signal_handlers_disconnect_by_data (self->exporter, self);
  g_clear_object (&self->exporter);
  g_clear_object (&self->chooser);
  g_clear_object (&self->file);
  g_clear_object (&self->index);
  g_clear_object (&self->history);
  g_clear_object (&self->from);

  G_OBJECT_CLASS (weir_export_dialog_parent_class)->dispose (object);
}

static void
weir_export_dialog_class_init (WeirExportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_export_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = weir_export_dialog_close_request;

  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);
}

static GtkWidget *
create_header (WeirExportDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->export = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Export…")));
  gtk_widget_add_css_class (GTK_WIDGET (self->export), "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (self->export, "clicked", G_CALLBACK (export_cb), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->export));

  return header;
}

static GtkWidget *
create_question (WeirExportDialog *self)
{
  static const char *const formats[] = { N_ ("JSON Lines"), "CSV", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *hint;

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->query = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->query), _ ("Query"));
  adw_action_row_set_subtitle_lines (self->query, 3);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->query));

  for (guint i = 0; formats[i] != NULL; i++)
    gtk_string_list_append (list, _ (formats[i]));
  self->format = ADW_COMBO_ROW (adw_combo_row_new ());
  weir_drop_down_fit_row (self->format);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->format), _ ("Format"));
  adw_combo_row_set_use_subtitle (self->format, TRUE);
  adw_combo_row_set_model (self->format, G_LIST_MODEL (list));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->format));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->group));
  hint = gtk_label_new (_ ("JSON Lines has all of each event, CSV a row for a spreadsheet"));
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (box), hint);

  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_label_set_selectable (self->problem, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));

  return box;
}

static GtkWidget *
create_progress (WeirExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the export"), -1);
  self->progress = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "numeric");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));

  return box;
}

static void
weir_export_dialog_init (WeirExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = create_header (self);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_margin_top (GTK_WIDGET (self->stack), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->stack), 24);
  gtk_widget_set_margin_start (GTK_WIDGET (self->stack), 24);
  gtk_widget_set_margin_end (GTK_WIDGET (self->stack), 24);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_stack_add_named (self->stack, create_question (self), "question");
  gtk_stack_add_named (self->stack, create_progress (self), "progress");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  weir_dialog_title_add (GTK_WINDOW (self), ADW_HEADER_BAR (header));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Export Events"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  /* the title has room between the buttons also in languages that need more */
  gtk_window_set_default_size (GTK_WINDOW (self), 560, -1);
}

static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirExportDialog) self = user_data;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  self->index = weir_timeline_model_dup_shown_finish (WEIR_TIMELINE_MODEL (source), result);
  /* the window was closed */
  if (gtk_window_get_transient_for (GTK_WINDOW (self)) == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  number = weir_format_number (weir_history_index_get_length (self->index));
  /* Translators: %s is a number */
  text = g_strdup_printf (ngettext ("%s event: exactly what the timeline shows, oldest first.",
                                    "%s events: exactly what the timeline shows, oldest first.",
                                    weir_history_index_get_length (self->index)),
                          number);
  adw_preferences_group_set_description (self->group, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export),
                            weir_history_index_get_length (self->index) > 0);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->export));
  gtk_widget_grab_focus (GTK_WIDGET (self->format));
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * weir_export_dialog_present:
 * @from: a widget of the window
 * @history: the history
 * @model: has the events that are shown now, and an index
 * @query: the query that they are the answer to; "" is everything
 *
 * Asks how and where the events are to be written, and writes them.
 */
void
weir_export_dialog_present (GtkWidget *from,
                            WeirHistory *history,
                            WeirTimelineModel *model,
                            const char *query)
{
  WeirExportDialog *self;
  g_autofree char *escaped = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (model));

  self = g_object_new (WEIR_TYPE_EXPORT_DIALOG, "transient-for", gtk_widget_get_root (from), NULL);
  self->from = g_object_ref (from);
  self->history = g_object_ref (history);
  escaped = g_markup_escape_text (query[0] != '\0' ? query : _ ("None: all events"), -1);
  adw_action_row_set_subtitle (self->query, escaped);
  weir_help_set_topic (GTK_WINDOW (self), "timeline");
  weir_timeline_model_dup_shown_async (model, known_cb, g_object_ref (self));
}
