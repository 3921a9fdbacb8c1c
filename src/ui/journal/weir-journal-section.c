/* weir-journal-section.c: what Weir did with a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-journal-section.h"

#include "weir-history-journal.h"
#include "weir-journal-list.h"

#include <glib/gi18n-lib.h>

#define MAX_ROWS 20

struct _WeirJournalSection
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirRecord *record; /* (nullable) */
  GCancellable *cancellable;

  WeirJournalList *list;
};

G_DEFINE_FINAL_TYPE (WeirJournalSection, weir_journal_section, ADW_TYPE_BIN)

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirJournalSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
      weir_history_list_journal_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (entries != NULL)
    weir_journal_list_show (self->list, entries);
  gtk_widget_set_visible (GTK_WIDGET (self), entries != NULL && entries->len > 0);
}

static void
refresh (WeirJournalSection *self)
{
  WeirJournalFilter filter = { .limit = MAX_ROWS };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->record == NULL)
    return;
  filter.uuid = weir_record_get_account (self->record)->uuid;
  filter.kind = weir_record_kind_to_string (weir_record_get_kind (self->record));
  filter.record = weir_record_get_id (self->record);
  filter.name = weir_record_get_name (self->record);
  weir_history_list_journal_async (weir_monitor_get_history (self->monitor), &filter,
                                   self->cancellable, list_cb, g_object_ref (self));
}

static void
weir_journal_section_dispose (GObject *object)
{
  WeirJournalSection *self = WEIR_JOURNAL_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->record);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_journal_section_parent_class)->dispose (object);
}

static void
weir_journal_section_class_init (WeirJournalSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_journal_section_dispose;
}

static void
weir_journal_section_init (WeirJournalSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (_ ("What Weir Did"));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "weir-group-heading");
  self->list = WEIR_JOURNAL_LIST (weir_journal_list_new (_ ("What Weir Did")));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_journal_section_new:
 * @monitor: has the history
 *
 * Returns: (transfer floating): the section, hidden
 */
GtkWidget *
weir_journal_section_new (WeirMonitor *monitor)
{
  WeirJournalSection *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_JOURNAL_SECTION, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (weir_monitor_get_history (monitor), "journal-changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * weir_journal_section_set_object:
 * @object: (nullable): what is looked at
 *
 * Shows the newest entries of the journal on a subscription or a connection.
 */
void
weir_journal_section_set_object (WeirJournalSection *self, gpointer object)
{
  WeirRecord *record;
  gboolean same;

  g_return_if_fail (WEIR_IS_JOURNAL_SECTION (self));

  record =
      WEIR_IS_SUBSCRIPTION (object) || WEIR_IS_CONNECTION (object) ? WEIR_RECORD (object) : NULL;
  same = record != NULL && self->record != NULL && weir_record_same (self->record, record);
  g_set_object (&self->record, record);
  if (same)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  refresh (self);
}
