/* weir-changes-view.c: what an event changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-changes-view.h"

#include "weir-change-pane.h"
#include "weir-change-rows.h"
#include "weir-error-text.h"
#include "weir-event-life.h"
#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-keys.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

struct _WeirChangesView
{
  AdwBin parent_instance;

  WeirHistory *history;
  WeirEvent *event;  /* (nullable) */
  WeirEvent *pinned; /* (nullable) */
  gboolean stale;    /* nothing is compared while nobody looks */
  GCancellable *cancellable;

  GtkLabel *with;
  GtkBox *buttons;
  GtkButton *pin;
  GtkToggleButton *compare_pinned;
  GtkLabel *summary;
  GtkStack *stack; /* "list", "status" or "loading" */
  AdwStatusPage *status;
  WeirChangeRows *rows;
  WeirChangePane *pane;
};

G_DEFINE_FINAL_TYPE (WeirChangesView, weir_changes_view, ADW_TYPE_BIN)

static void
show_status (WeirChangesView *self, const char *title, const char *text)
{
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
  weir_change_rows_set_diff (self->rows, NULL);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
append_count (GString *text, const char *mark, guint n)
{
  g_autofree char *number = weir_format_number (n);
  g_autofree char *part = g_strconcat (mark, number, NULL);

  if (n > 0)
    weir_format_append (text, part);
}

/* "3 fields changed · +1 · −1 · ↕2" */
static char *
describe (WeirJsonDiff *diff)
{
  guint n = weir_json_diff_get_n_fields (diff);
  g_autofree char *number = weir_format_number (n);
  g_autofree char *changed = NULL;
  GString *text = g_string_new (NULL);

  if (n > 0)
    /* Translators: %s is a number; changed, added and removed ones together */
    changed = g_strdup_printf (ngettext ("%s field changed", "%s fields changed", n), number);
  weir_format_append (text, n > 0 ? changed : _ ("Only the order changed"));
  /* what is no more than that number is not said twice */
  if (n > 0 && diff->n_changed == n && diff->n_moved == 0 && diff->complete)
    return g_string_free (text, FALSE);

  append_count (text, "+", diff->n_added);
  append_count (text, "−", diff->n_removed);
  append_count (text, "~", diff->n_changed);
  append_count (text, "↕", diff->n_moved);
  if (!diff->complete)
    weir_format_append (text, _ ("and more: the rest was not compared"));

  return g_string_free (text, FALSE);
}

static void
compare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WeirEvent **events = task_data;
  WeirJsonDiff *diff = weir_event_life_compare (events[0], events[1], cancellable);

  if (diff == NULL)
    g_task_return_error_if_cancelled (task);
  else
    g_task_return_pointer (task, diff, (GDestroyNotify) weir_json_diff_unref);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirChangesView *self = WEIR_CHANGES_VIEW (source);
  g_autoptr (WeirJsonDiff) diff = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *text = NULL;

  if (diff == NULL)
    return;

  if (diff->root == NULL)
    {
      show_status (self, _ ("Nothing Changed"), _ ("Both have the same values in all fields."));
      return;
    }
  text = describe (diff);
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
  weir_change_rows_set_diff (self->rows, diff);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
events_free (gpointer data)
{
  WeirEvent **events = data;

  g_object_unref (events[0]);
  g_object_unref (events[1]);
  g_free (events);
}

static void
compare (WeirChangesView *self, WeirEvent *before)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, compared_cb, NULL);
  WeirEvent **events = g_new0 (WeirEvent *, 2);

  events[0] = g_object_ref (before);
  events[1] = g_object_ref (self->event);
  g_task_set_source_tag (task, compare);
  g_task_set_task_data (task, events, events_free);
  g_task_run_in_thread (task, compare_in_thread);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirChangesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirEvent) before =
      weir_event_life_find_previous_finish (WEIR_HISTORY (source), result, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *time = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      sentence = weir_error_text_dup_sentence (error);
      show_status (self, _ ("The History Does Not Answer"), sentence);
      return;
    }
  if (before == NULL)
    {
      gtk_label_set_label (self->with, _ ("Nothing to compare with"));
      show_status (self, _ ("No Earlier Event"),
                   _ ("The history has no event of this record before this one. Pin another event "
                      "to compare with it."));
      return;
    }

  time = weir_format_clock (before->occurred_at);
  kind = weir_event_dup_kind_label (before->kind != NULL ? before->kind
                                                         : C_ ("kind of event", "event"));
  /* Translators: an event’s kind, then when it was */
  text = g_strdup_printf (_ ("Since the record’s previous event: %s, %s"), kind, time);
  gtk_label_set_label (self->with, text);
  compare (self, before);
}

static void
compare_with_pinned (WeirChangesView *self)
{
  g_autofree char *time = weir_format_clock (self->pinned->occurred_at);
  g_autofree char *name = weir_event_dup_title (self->pinned);
  /* Translators: an event’s name, then when it was */
  g_autofree char *text = g_strdup_printf (_ ("Against the pinned event: %s, %s"), name, time);

  gtk_label_set_label (self->with, text);
  if (weir_record_same (WEIR_RECORD (self->pinned), WEIR_RECORD (self->event)))
    show_status (self, _ ("This Is the Pinned Event"),
                 _ ("Select another one to compare with it."));
  else
    compare (self, self->pinned);
}

static void
arrange_buttons (WeirChangesView *self)
{
  int width = gtk_widget_get_width (gtk_widget_get_parent (GTK_WIDGET (self->buttons)));

  /* else it was not laid out yet */
  if (width > 0)
    weir_width_fit_line (self->buttons, weir_width_for_text (width), 0);
}

static void
update_buttons (WeirChangesView *self)
{
  gboolean is_pinned = self->pinned != NULL && self->event != NULL
                       && weir_record_same (WEIR_RECORD (self->pinned), WEIR_RECORD (self->event));
  g_autofree char *name = self->pinned != NULL ? weir_event_dup_title (self->pinned) : NULL;

  gtk_button_set_label (self->pin, is_pinned ? _ ("Unpin") : _ ("Pin for Comparison"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->compare_pinned), self->pinned != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->compare_pinned),
                               name != NULL ? name : _ ("No event is pinned"));
  arrange_buttons (self);
}

static void
refresh (WeirChangesView *self)
{
  if (!self->stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  update_buttons (self);
  if (self->event == NULL)
    {
      weir_change_rows_set_diff (self->rows, NULL);
      return;
    }

  if (gtk_toggle_button_get_active (self->compare_pinned) && self->pinned != NULL)
    {
      compare_with_pinned (self);
      return;
    }
  if (self->event->record == NULL)
    {
      gtk_label_set_label (self->with, _ ("Nothing to compare with"));
      show_status (self, _ ("No Record"),
                   _ ("This event does not say which record it is about, so none is known to be "
                      "before it. Pin another event to compare with it."));
      return;
    }
  /* what is shown stays for the moment it takes */
  weir_event_life_find_previous_async (self->history, self->event, self->cancellable, found_cb,
                                       g_object_ref (self));
}

static void
renew (WeirChangesView *self)
{
  self->stale = TRUE;
  refresh (self);
}

static void
weir_changes_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_changes_view_parent_class)->map (widget);
  refresh (WEIR_CHANGES_VIEW (widget));
}

static void
weir_changes_view_dispose (GObject *object)
{
  WeirChangesView *self = WEIR_CHANGES_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->event);
  g_clear_object (&self->pinned);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (weir_changes_view_parent_class)->dispose (object);
}

/* For who is in the list: what is selected there is in the pane. */
static void
pane_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (WEIR_CHANGES_VIEW (widget)->pane), name, NULL);
}

static void
weir_changes_view_class_init (WeirChangesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_changes_view_dispose;
  widget_class->map = weir_changes_view_map;

  gtk_widget_class_install_action (widget_class, "change.copy-path", NULL, pane_action_cb);
  gtk_widget_class_install_action (widget_class, "change.copy-before", NULL, pane_action_cb);
  gtk_widget_class_install_action (widget_class, "change.copy-after", NULL, pane_action_cb);
  weir_keys_bind (widget_class, "change.");
}

/* In some languages both are long, but there may be room for them. One of them alone may wrap, if it has to. */
static void
set_wraps (GtkButton *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (button));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
}

static GtkWidget *
create_head (WeirChangesView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bin = weir_width_bin_new (buttons, 0);

  self->with = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->with, 0);
  gtk_label_set_wrap (self->with, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->with), "dim-label");
  self->buttons = GTK_BOX (buttons);
  weir_width_bin_set_wraps (WEIR_WIDTH_BIN (bin), TRUE);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (arrange_buttons), self);
  self->pin = GTK_BUTTON (gtk_button_new_with_label (_ ("Pin for Comparison")));
  weir_keys_set_tooltip (GTK_WIDGET (self->pin), "inspector.pin",
                         _ ("Other events are compared with the one that is pinned"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pin), "inspector.pin");
  self->compare_pinned =
      GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Compare With Pinned")));
  g_signal_connect_swapped (self->compare_pinned, "toggled", G_CALLBACK (renew), self);
  gtk_widget_add_css_class (buttons, "weir-small");
  gtk_widget_add_css_class (buttons, "weir-wraps");
  set_wraps (self->pin);
  set_wraps (GTK_BUTTON (self->compare_pinned));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->pin));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->compare_pinned));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "heading");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);

  gtk_widget_add_css_class (head, "weir-changes-head");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->with));
  gtk_box_append (GTK_BOX (head), bin);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->summary));

  return head;
}

static void
selected_cb (WeirChangesView *self, WeirChange *change)
{
  weir_change_pane_set_change (self->pane, change);
}

static void
weir_changes_view_init (WeirChangesView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *spinner = gtk_spinner_new ();

  self->rows = WEIR_CHANGE_ROWS (weir_change_rows_new ());
  self->pane = WEIR_CHANGE_PANE (weir_change_pane_new ());
  g_signal_connect_swapped (self->rows, "selected", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (list), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (list), GTK_WIDGET (self->pane));
  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "compact");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, list, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_box_append (GTK_BOX (box), create_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_changes_view_new:
 * @history: where the event before is looked for
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_changes_view_new (WeirHistory *history)
{
  WeirChangesView *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_CHANGES_VIEW, NULL);
  self->history = g_object_ref (history);

  return GTK_WIDGET (self);
}

/**
 * weir_changes_view_set_event:
 * @self: the view
 * @event: (nullable): the newer one
 */
void
weir_changes_view_set_event (WeirChangesView *self, WeirEvent *event)
{
  g_return_if_fail (WEIR_IS_CHANGES_VIEW (self));

  if (self->event == event
      || (self->event != NULL && event != NULL
          && weir_record_same (WEIR_RECORD (self->event), WEIR_RECORD (event))
          && !weir_record_changed (WEIR_RECORD (self->event), WEIR_RECORD (event))))
    return;

  g_set_object (&self->event, event);
  renew (self);
}

/**
 * weir_changes_view_pin:
 * @self: a view that has an event
 *
 * Pins the event, for others to be compared with it; pins it no longer if it is the one.
 *
 * Returns: whether it is pinned now
 */
gboolean
weir_changes_view_pin (WeirChangesView *self)
{
  gboolean unpin;

  g_return_val_if_fail (WEIR_IS_CHANGES_VIEW (self), FALSE);
  g_return_val_if_fail (self->event != NULL, FALSE);

  unpin = self->pinned != NULL
          && weir_record_same (WEIR_RECORD (self->pinned), WEIR_RECORD (self->event));
  g_clear_object (&self->pinned);
  if (!unpin)
    self->pinned = g_object_ref (self->event);
  if (self->pinned == NULL)
    gtk_toggle_button_set_active (self->compare_pinned, FALSE);
  renew (self);

  return !unpin;
}
