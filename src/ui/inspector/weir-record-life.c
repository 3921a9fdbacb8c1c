/* weir-record-life.c: what happened to the record of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-record-life.h"

#include "weir-error-text.h"
#include "weir-event-life.h"
#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-link-row.h"
#include "weir-navigate.h"

#include <glib/gi18n-lib.h>

/* In ms: what arrives in this time is looked at once. */
#define NEWS_DELAY 1000

struct _WeirRecordLife
{
  AdwBin parent_instance;

  WeirHistory *history;
  WeirEvent *event; /* (nullable) */
  gboolean stale;   /* nothing is asked while nobody looks */
  GCancellable *cancellable;
  guint news_id;

  GtkListBox *list;
  GtkLabel *note;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirRecordLife, weir_record_life, ADW_TYPE_BIN)

static void
clear_rows (WeirRecordLife *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
set_note (WeirRecordLife *self, const char *text)
{
  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
}

static char *
describe (const WeirLifeEntry *entry)
{
  g_autofree char *time = weir_format_clock (entry->event->occurred_at);
  g_autofree char *number = NULL;
  g_autofree char *changed = NULL;

  if (entry->n_fields == G_MAXUINT)
    return g_steal_pointer (&time);

  number = weir_format_number (entry->n_fields);
  changed =
      g_strdup_printf (ngettext ("%s field changed", "%s fields changed", entry->n_fields), number);

  return weir_format_line (time, changed, NULL);
}

static GtkWidget *
create_row (WeirRecordLife *self, const WeirLifeEntry *entry)
{
  g_autofree char *title = weir_event_dup_kind_label (
      entry->event->kind != NULL ? entry->event->kind : C_ ("kind of event", "event"));
  gboolean shown = weir_record_same (WEIR_RECORD (entry->event), WEIR_RECORD (self->event));
  g_autofree char *subtitle = describe (entry);
  GtkWidget *row = weir_link_row_new (title, subtitle, G_OBJECT (entry->event));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !shown);
  if (shown)
    {
      /* Translators: stands beside the event of a list that the inspector shows */
      GtkWidget *word = gtk_label_new (_ ("Shown"));

      gtk_widget_add_css_class (word, "weir-chip");
      gtk_widget_set_valign (word, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), word);
    }
  else
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
    }

  return row;
}

static GtkWidget *
create_all_row (guint total)
{
  g_autofree char *number = weir_format_number (total);
  /* Translators: %s is a number */
  g_autofree char *title = g_strdup_printf (
      ngettext ("All %s Event in the Timeline", "All %s Events in the Timeline", total), number);
  GtkWidget *row = weir_link_row_new (title, NULL, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));

  return row;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirRecordLife) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  guint total = 0;

  entries = weir_event_life_list_finish (WEIR_HISTORY (source), result, &total, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->event == NULL)
    return;

  clear_rows (self);
  if (entries == NULL)
    {
      g_autofree char *sentence = weir_error_text_dup_sentence (error);

      set_note (self, sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
      return;
    }

  set_note (self, entries->len == 0 ? _ ("The history has none of its events.") : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), entries->len > 0);
  for (guint i = 0; i < entries->len; i++)
    gtk_list_box_append (self->list, create_row (self, g_ptr_array_index (entries, i)));
  if (entries->len > 1)
    gtk_list_box_append (self->list, create_all_row (MAX (total, entries->len)));
}

static void
refresh (WeirRecordLife *self)
{
  if (!self->stale || self->event == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->stale = FALSE;
  weir_event_life_list_async (self->history, self->event, self->cancellable, listed_cb,
                              g_object_ref (self));
}

static gboolean
news_timeout_cb (gpointer user_data)
{
  WeirRecordLife *self = user_data;

  self->news_id = 0;
  self->stale = TRUE;
  refresh (self);

  return G_SOURCE_REMOVE;
}

static void
appended_cb (WeirRecordLife *self, WeirAccount *account)
{
  if (self->event != NULL && self->news_id == 0
      && g_str_equal (weir_record_get_account (WEIR_RECORD (self->event))->uuid, account->uuid))
    self->news_id = g_timeout_add (NEWS_DELAY, news_timeout_cb, self);
}

static void
row_activated_cb (WeirRecordLife *self, GtkListBoxRow *row)
{
  GObject *record = weir_link_row_get_record (WEIR_LINK_ROW (row));
  g_autofree char *query = NULL;

  if (record != NULL)
    {
      g_signal_emit (self, signals[OPEN], 0, record);
      return;
    }

  query = weir_event_life_dup_query (self->event);
  if (query != NULL)
    weir_navigate_to_search (GTK_WIDGET (self), "timeline", query);
}

static void
weir_record_life_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_record_life_parent_class)->map (widget);
  refresh (WEIR_RECORD_LIFE (widget));
}

static void
weir_record_life_dispose (GObject *object)
{
  WeirRecordLife *self = WEIR_RECORD_LIFE (object);

  g_clear_handle_id (&self->news_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->event);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (weir_record_life_parent_class)->dispose (object);
}

static void
weir_record_life_class_init (WeirRecordLifeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_record_life_dispose;
  GTK_WIDGET_CLASS (klass)->map = weir_record_life_map;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static void
weir_record_life_init (WeirRecordLife *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (_ ("Life of the Record"));

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "weir-group-heading");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Life of the Record"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_record_life_new:
 * @monitor: has the history
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
weir_record_life_new (WeirMonitor *monitor)
{
  WeirRecordLife *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_RECORD_LIFE, NULL);
  self->history = g_object_ref (weir_monitor_get_history (monitor));
  g_signal_connect_object (monitor, "appended", G_CALLBACK (appended_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * weir_record_life_set_object:
 * @self: the list
 * @object: (nullable): what is looked at
 */
void
weir_record_life_set_object (WeirRecordLife *self, gpointer object)
{
  WeirEvent *event;
  gboolean same;

  g_return_if_fail (WEIR_IS_RECORD_LIFE (self));

  event = WEIR_IS_EVENT (object) && WEIR_EVENT (object)->record != NULL ? object : NULL;
  if (event == self->event)
    return;

  same = event != NULL && self->event != NULL
         && weir_record_same (WEIR_RECORD (event), WEIR_RECORD (self->event));
  g_set_object (&self->event, event);
  gtk_widget_set_visible (GTK_WIDGET (self), event != NULL);
  if (same)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  set_note (self, event != NULL ? _ ("Looking into the history…") : NULL);
  self->stale = event != NULL;
  refresh (self);
}
