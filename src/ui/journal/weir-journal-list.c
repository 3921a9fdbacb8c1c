/* weir-journal-list.c: what Weir changed, a row each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-journal-list.h"

#include "weir-journal-row.h"

struct _WeirJournalList
{
  AdwBin parent_instance;

  GPtrArray *entries; /* (nullable) (element-type WeirJournalEntry) */
  GArray *states;     /* (element-type int) theirs, as shown: time alone changes some */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WeirJournalList, weir_journal_list, ADW_TYPE_BIN)

static gboolean
is_shown (WeirJournalList *self, GPtrArray *entries)
{
  if (self->entries == NULL || self->entries->len != entries->len)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      WeirJournalEntry *shown = self->entries->pdata[i];
      WeirJournalEntry *entry = entries->pdata[i];

      if (shown->number != entry->number
          || g_array_index (self->states, int, i) != (int) weir_journal_entry_get_state (entry))
        return FALSE;
      for (guint step = 0; step < WEIR_JOURNAL_N_STEPS; step++)
        if (shown->outcomes[step].at != entry->outcomes[step].at)
          return FALSE;
    }

  return TRUE;
}

/* (nullable) */
static WeirJournalRow *
get_row (WeirJournalList *self, int position)
{
  return (WeirJournalRow *) gtk_list_box_get_row_at_index (self->list, position);
}

/* The entries whose rows are open, and the one that has the focus; all rows go. */
static gint64
clear (WeirJournalList *self, GHashTable *open)
{
  gint64 focused = 0;
  WeirJournalRow *row;

  while ((row = get_row (self, 0)) != NULL)
    {
      gint64 number = weir_journal_row_get_entry (row)->number;

      if (weir_fold_row_is_open (WEIR_FOLD_ROW (row)))
        g_hash_table_add (open, g_memdup2 (&number, sizeof number));
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == GTK_WIDGET (row))
        focused = number;
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }

  return focused;
}

static void
row_activated_cb (WeirJournalList *self, GtkListBoxRow *row)
{
  weir_fold_row_toggle (WEIR_FOLD_ROW (row));
}

static void
weir_journal_list_finalize (GObject *object)
{
  WeirJournalList *self = WEIR_JOURNAL_LIST (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_array_unref (self->states);

  G_OBJECT_CLASS (weir_journal_list_parent_class)->finalize (object);
}

static void
weir_journal_list_class_init (WeirJournalListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_journal_list_finalize;
}

static void
weir_journal_list_init (WeirJournalList *self)
{
  self->states = g_array_new (FALSE, FALSE, sizeof (int));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * weir_journal_list_new:
 * @name: what assistive technology calls it
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
weir_journal_list_new (const char *name)
{
  WeirJournalList *self = g_object_new (WEIR_TYPE_JOURNAL_LIST, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);

  return GTK_WIDGET (self);
}

/**
 * weir_journal_list_show:
 * @entries: (element-type WeirJournalEntry): the newest first
 *
 * Shows them. Rows that were open stay so, and the focus stays where it is.
 */
void
weir_journal_list_show (WeirJournalList *self, GPtrArray *entries)
{
  g_autoptr (GHashTable) open = NULL;
  gint64 focused;

  g_return_if_fail (WEIR_IS_JOURNAL_LIST (self));
  g_return_if_fail (entries != NULL);

  if (is_shown (self, entries))
    return;

  open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  focused = clear (self, open);
  g_array_set_size (self->states, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      WeirJournalEntry *entry = entries->pdata[i];
      GtkWidget *row = weir_journal_row_new (entry);
      int state = (int) weir_journal_entry_get_state (entry);

      g_array_append_val (self->states, state);
      gtk_list_box_append (self->list, row);
      if (g_hash_table_contains (open, &entry->number))
        weir_fold_row_toggle (WEIR_FOLD_ROW (row));
      if (entry->number == focused)
        gtk_widget_grab_focus (row);
    }
  g_ptr_array_ref (entries);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
}
