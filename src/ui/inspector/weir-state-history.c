/* weir-state-history.c: what a record was, since when, and what changed just before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-state-history.h"

#include "weir-clock.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-history-states.h"
#include "weir-navigate.h"
#include "weir-state-row.h"
#include "weir-state-text.h"
#include "weir-status-look.h"
#include "weir-tick.h"

#include <glib/gi18n-lib.h>

/* Rows are whole widgets here. */
#define MAX_ROWS 100
#define FIRST_ROWS 5
#define MAX_BEFORE 10
#define BEFORE (15 * G_TIME_SPAN_MINUTE)
#define REFRESH_DELAY 300 /* ms */

struct _WeirStateHistory
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirRecord *record;     /* (nullable) */
  GPtrArray *changes;     /* (nullable) (element-type WeirStateChange) newest first */
  WeirStateChange *start; /* (nullable) since when it is as it is */
  GPtrArray *around; /* (nullable) (element-type WeirStateChange) what changed just before that */
  GCancellable *cancellable;
  guint refresh_id;
  gboolean all; /* not only the newest rows */

  GtkWidget *copy;
  GtkImage *icon;
  GtkLabel *since;
  GtkLabel *age;
  GtkLabel *note;
  GtkWidget *summary; /* the row of the three */
  GtkListBox *list;
  GtkWidget *more;
  GtkWidget *before_box;
  GtkListBox *before;
  GtkLabel *before_note;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirStateHistory, weir_state_history, ADW_TYPE_BIN)

static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_name (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
create_label (const char *text, gboolean dim, gboolean selectable)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), selectable);
  if (dim)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }

  return label;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* Rows that stay keep the focus and what is selected in them. */
static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (WEIR_STATE_CHANGE (a->pdata[i])->number != WEIR_STATE_CHANGE (b->pdata[i])->number)
      return FALSE;

  return TRUE;
}

static void
show_rows (WeirStateHistory *self)
{
  guint n = self->all ? self->changes->len : MIN (self->changes->len, FIRST_ROWS);

  clear_list (self->list);
  for (guint i = 0; i < n; i++)
    {
      WeirStateChange *change = g_ptr_array_index (self->changes, i);

      gtk_list_box_append (self->list, weir_state_row_new (change, NULL));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->more, n < self->changes->len);
}

static void
update_age (WeirStateHistory *self)
{
  g_autofree char *age = NULL;

  if (self->start == NULL)
    return;
  age = weir_format_interval (MAX (weir_clock_now () - self->start->at, 0) / G_USEC_PER_SEC);
  set_label (self->age, age);
}

static void
tick_cb (WeirStateHistory *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_age (self);
}

static void
show_summary (WeirStateHistory *self)
{
  WeirCellLook look;
  g_autofree char *label = weir_status_look_at_record (self->record, &look);
  g_autofree char *since = NULL;
  g_autofree char *absolute = NULL;

  gtk_widget_set_visible (self->summary, self->start != NULL);
  gtk_widget_set_visible (self->copy, self->start != NULL);
  if (self->start == NULL)
    {
      set_label (self->note, WEIR_IS_PULL_RUN (self->record)
                                 ? _ ("Weir first saw this run as it is now.")
                                 : _ ("No change is known yet. From now on Weir keeps each one."));
      return;
    }

  since = weir_state_text_since (self->start, label != NULL ? label : self->start->after);
  absolute = weir_format_absolute (self->start->at);
  set_label (self->note, NULL);
  set_label (self->since, since);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->since), absolute);
  gtk_image_set_from_icon_name (self->icon, look.icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon),
                              (const char *[]){ look.css != NULL ? look.css : "dim-label", NULL });
  update_age (self);
}

static void
before_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirStateHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes =
      weir_history_list_state_changes_finish (WEIR_HISTORY (source), result, &error);

  if (changes == NULL || self->start == NULL)
    return;
  if (are_same (self->around, changes) && gtk_widget_get_visible (self->before_box))
    return;

  g_clear_pointer (&self->around, g_ptr_array_unref);
  self->around = g_ptr_array_ref (changes);
  clear_list (self->before);
  for (guint i = 0; i < changes->len; i++)
    {
      WeirStateChange *change = g_ptr_array_index (changes, i);

      gtk_list_box_append (self->before, weir_state_row_new (change, self->start));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->before), changes->len > 0);
  set_label (self->before_note, changes->len > 0
                                    ? NULL
                                    : _ ("Nothing else that belongs to it changed in the quarter "
                                         "of an hour before."));
  gtk_widget_set_visible (self->before_box, TRUE);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirStateHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes =
      weir_history_list_state_changes_finish (WEIR_HISTORY (source), result, &error);
  gboolean bad, same;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->record == NULL)
    return;
  if (changes == NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      set_label (self->note, sentence);
      return;
    }

  same = are_same (self->changes, changes);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->changes = g_steal_pointer (&changes);
  g_set_object (&self->start, weir_state_text_find_start (self->changes));
  show_summary (self);
  if (!same)
    show_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  bad =
      self->start != NULL && weir_state_change_is_bad (self->start) && self->start->before != NULL;
  if (bad)
    weir_history_list_changes_before_async (WEIR_HISTORY (source), self->start, BEFORE, MAX_BEFORE,
                                            self->cancellable, before_cb, g_object_ref (self));
  else
    gtk_widget_set_visible (self->before_box, FALSE);
}

static void
refresh (WeirStateHistory *self)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->record != NULL)
    weir_history_list_state_changes_async (
        weir_monitor_get_history (self->monitor), weir_record_get_account (self->record),
        (int) weir_record_get_kind (self->record), weir_record_get_id (self->record), 0, MAX_ROWS,
        self->cancellable, list_cb, g_object_ref (self));
}

static void
refresh_cb (gpointer user_data)
{
  WeirStateHistory *self = user_data;

  self->refresh_id = 0;
  refresh (self);
}

static void
recorded_cb (WeirStateHistory *self)
{
  if (self->record != NULL && self->refresh_id == 0)
    self->refresh_id = g_timeout_add_once (REFRESH_DELAY, refresh_cb, self);
}

static void
more_cb (WeirStateHistory *self)
{
  self->all = TRUE;
  if (self->changes != NULL)
    show_rows (self);
}

static void
copy_cb (WeirStateHistory *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->changes != NULL && i < self->changes->len; i++)
    {
      g_autofree char *line = weir_state_text_line (g_ptr_array_index (self->changes, i));

      g_string_append_printf (text, "%s\n", line);
    }
  weir_copy (GTK_WIDGET (self), text->str, _ ("Copied the History"));
}

static void
row_activated_cb (WeirStateHistory *self, GtkListBoxRow *row)
{
  WeirStateChange *change = weir_state_row_get_change (WEIR_STATE_ROW (row));
  WeirRecord *record = weir_record_set_find (weir_monitor_get_records (self->monitor, change->kind),
                                             change->account, change->id);

  if (record != NULL)
    g_signal_emit (self, signals[OPEN], 0, record);
  else
    weir_toast (GTK_WIDGET (self), _ ("It is not in the list any more"));
}

static void
weir_state_history_dispose (GObject *object)
{
  WeirStateHistory *self = WEIR_STATE_HISTORY (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->record);
  g_clear_object (&self->start);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->around, g_ptr_array_unref);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_state_history_parent_class)->dispose (object);
}

static void
weir_state_history_class_init (WeirStateHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_state_history_dispose;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static GtkWidget *
create_heading (const char *title)
{
  GtkWidget *heading = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_add_css_class (heading, "heading");

  return heading;
}

static GtkListBox *
create_list (const char *name)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  set_name (list, name);

  return list;
}

static GtkWidget *
create_summary (WeirStateHistory *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->since = GTK_LABEL (create_label (NULL, FALSE, TRUE));
  gtk_widget_set_hexpand (GTK_WIDGET (self->since), TRUE);
  self->age = GTK_LABEL (create_label (NULL, TRUE, FALSE));
  gtk_widget_add_css_class (GTK_WIDGET (self->age), "numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->since));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->age));
  gtk_widget_add_css_class (line, "weir-since");

  return line;
}

static void
weir_state_history_init (WeirStateHistory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *before_heading = create_heading (_ ("Just Before"));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_set_tooltip_text (self->copy, _ ("Copy History"));
  set_name (self->copy, _ ("Copy History"));
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (head), create_heading (_ ("History")));
  gtk_box_append (GTK_BOX (head), self->copy);
  gtk_widget_add_css_class (head, "weir-group-heading");

  self->note = GTK_LABEL (create_label (NULL, FALSE, FALSE));
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  self->summary = create_summary (self);
  self->list = create_list (_ ("History"));
  self->more = gtk_button_new_with_label (_ ("Show All Changes"));
  gtk_widget_add_css_class (self->more, "flat");
  set_name (self->more, _ ("Show All Changes"));
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);

  self->before = create_list (_ ("Just Before"));
  g_signal_connect_swapped (self->before, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->before_note = GTK_LABEL (create_label (NULL, FALSE, FALSE));
  gtk_widget_add_css_class (GTK_WIDGET (self->before_note), "dim-label");
  self->before_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (before_heading, "weir-group-heading");
  gtk_box_append (GTK_BOX (self->before_box), before_heading);
  gtk_box_append (GTK_BOX (self->before_box), GTK_WIDGET (self->before));
  gtk_box_append (GTK_BOX (self->before_box), GTK_WIDGET (self->before_note));
  gtk_widget_set_visible (self->before_box, FALSE);

  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->summary);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), self->before_box);
  adw_bin_set_child (ADW_BIN (self), box);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
}

/**
 * weir_state_history_new:
 * @monitor: has the history
 *
 * Returns: (transfer floating): the section, hidden
 */
GtkWidget *
weir_state_history_new (WeirMonitor *monitor)
{
  WeirStateHistory *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_STATE_HISTORY, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (weir_monitor_get_recorder (monitor), "recorded",
                           G_CALLBACK (recorded_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * weir_state_history_set_object:
 * @self: the section
 * @object: (nullable): what is looked at
 *
 * Shows what is kept of a subscription, a pull run or a connection.
 */
void
weir_state_history_set_object (WeirStateHistory *self, gpointer object)
{
  WeirRecord *record;
  gboolean same;

  g_return_if_fail (WEIR_IS_STATE_HISTORY (self));

  record = WEIR_IS_RECORD (object) && weir_record_get_state_word (object) != NULL
               ? WEIR_RECORD (object)
               : NULL;
  same = record != NULL && self->record != NULL && weir_record_same (self->record, record);
  g_set_object (&self->record, record);
  if (!same)
    {
      self->all = FALSE;
      g_clear_object (&self->start);
      g_clear_pointer (&self->changes, g_ptr_array_unref);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      gtk_widget_set_visible (self->before_box, FALSE);
    }
  refresh (self);
}
