/* weir-drift-sample.c: one event's payload, from before or after a drift
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-drift-sample.h"

#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-json-view.h"

#include <glib/gi18n-lib.h>

struct _WeirDriftSample
{
  AdwBin parent_instance;

  WeirHistory *history;
  gint64 number;
  GCancellable *cancellable;

  GtkLabel *subtitle;
  GtkStack *stack; /* "json" or "note" */
  WeirJsonView *json;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (WeirDriftSample, weir_drift_sample, ADW_TYPE_BIN)

static void
show_note (WeirDriftSample *self, const char *text)
{
  gtk_label_set_label (self->subtitle, "");
  gtk_label_set_label (self->note, text);
  gtk_stack_set_visible_child_name (self->stack, "note");
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirDriftSample) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = weir_history_load_finish (WEIR_HISTORY (source), result, &error);
  g_autofree char *time = NULL;
  g_autofree char *subtitle = NULL;
  WeirEvent *event;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (events == NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      show_note (self, sentence);
      return;
    }
  if (events->len == 0)
    {
      show_note (self, _ ("This event is not kept any more."));
      return;
    }

  event = g_ptr_array_index (events, 0);
  time = weir_format_absolute (event->occurred_at);
  subtitle = weir_format_line (
      event->record != NULL ? event->record : weir_record_get_id (WEIR_RECORD (event)), time, NULL);
  gtk_label_set_label (self->subtitle, subtitle);
  weir_json_view_set_json (self->json, weir_record_get_raw (WEIR_RECORD (event)), event->payload,
                           FALSE);
  gtk_stack_set_visible_child_name (self->stack, "json");
}

static void
weir_drift_sample_dispose (GObject *object)
{
  WeirDriftSample *self = WEIR_DRIFT_SAMPLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (weir_drift_sample_parent_class)->dispose (object);
}

static void
weir_drift_sample_class_init (WeirDriftSampleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_drift_sample_dispose;
}

static void
weir_drift_sample_init (WeirDriftSample *self)
{
}

/**
 * weir_drift_sample_new:
 * @history: has the events
 * @title: which sample it is
 *
 * Returns: (transfer floating): a view of nothing yet
 */
GtkWidget *
weir_drift_sample_new (WeirHistory *history, const char *title)
{
  WeirDriftSample *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = gtk_label_new (title);

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_DRIFT_SAMPLE, NULL);
  self->history = g_object_ref (history);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  self->subtitle = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->subtitle, 0);
  gtk_label_set_ellipsize (self->subtitle, PANGO_ELLIPSIZE_END);
  gtk_label_set_selectable (self->subtitle, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->subtitle));
  gtk_widget_add_css_class (box, "weir-drift-sample");

  self->json = WEIR_JSON_VIEW (weir_json_view_new ());
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->json), "json");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->note), "note");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

/**
 * weir_drift_sample_set_number:
 * @self: a sample
 * @number: the event's, 0 for none
 */
void
weir_drift_sample_set_number (WeirDriftSample *self, gint64 number)
{
  g_return_if_fail (WEIR_IS_DRIFT_SAMPLE (self));

  if (number == self->number && number != 0)
    return;
  self->number = number;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (number > 0)
    weir_history_load_async (self->history, &number, 1, self->cancellable, load_cb,
                             g_object_ref (self));
  else
    show_note (self, _ ("There is no such event."));
}
