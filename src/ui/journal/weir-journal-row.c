/* weir-journal-row.c: one thing that Weir changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-journal-row.h"

#include "weir-actions.h"
#include "weir-format.h"
#include "weir-navigate.h"

#include <glib/gi18n-lib.h>

/* A label is laid out whole. */
#define LONGEST_SHOWN 4000 /* characters */

struct _WeirJournalRow
{
  WeirFoldRow parent_instance;

  WeirJournalEntry *entry;
};

static const struct
{
  const char *icon;
  const char *css;
  const char *label;
} looks[] = {
  [WEIR_JOURNAL_UNDER_WAY] = { "weir-running-symbolic", "accent", NC_ ("journal", "Under way") },
  [WEIR_JOURNAL_DONE] = { "emblem-ok-symbolic", "success", NC_ ("journal", "Done") },
  [WEIR_JOURNAL_FAILED] = { "dialog-error-symbolic", "error", NC_ ("journal", "Failed") },
  [WEIR_JOURNAL_UNKNOWN] = { "dialog-question-symbolic", "warning", NC_ ("journal", "Unknown") },
};

static const struct
{
  const char *word;
  WeirAction action;
} operations[] = {
  { "subscribe", WEIR_ACTION_SUBSCRIBE },
  { "unsubscribe", WEIR_ACTION_UNSUBSCRIBE },
  { "resubscribe", WEIR_ACTION_RESUBSCRIBE },
  { "pull", WEIR_ACTION_PULL },
  { "setup", WEIR_ACTION_SETUP },
  { "refresh-webhook", WEIR_ACTION_REFRESH_WEBHOOK },
  { "pause", WEIR_ACTION_PAUSE },
  { "create", WEIR_ACTION_CREATE },
  { "update", WEIR_ACTION_UPDATE },
  { "delete", WEIR_ACTION_DELETE },
  { "test", WEIR_ACTION_TEST },
  { "refresh-credentials", WEIR_ACTION_REFRESH_CREDENTIALS },
  { "reconnect", WEIR_ACTION_RECONNECT },
};

G_DEFINE_FINAL_TYPE (WeirJournalRow, weir_journal_row, WEIR_TYPE_FOLD_ROW)

static const char *
get_operation (WeirJournalEntry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (operations[i].word, entry->operation))
      return weir_actions_get_label (operations[i].action);

  return entry->operation;
}

static const char *
get_state_label (WeirJournalEntry *entry)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "journal",
                       looks[weir_journal_entry_get_state (entry)].label);
}

/* What there is of a body; the whole of it is in the copy. */
static void
add_body (GtkBox *box, const char *title, const char *body, gint64 size)
{
  g_autofree char *bytes = weir_format_size ((guint64) size);
  g_autofree char *start = NULL;
  g_autofree char *text = NULL;

  if (body == NULL && size > 0)
    {
      /* Translators: %s is a size */
      text = g_strdup_printf (_ ("%s, too long to be kept"), bytes);
      weir_fold_row_add_text (box, title, text, FALSE);
      return;
    }
  if (body == NULL || g_utf8_strlen (body, -1) <= LONGEST_SHOWN)
    {
      weir_fold_row_add_text (box, title, body, TRUE);
      return;
    }
  start = g_utf8_substring (body, 0, LONGEST_SHOWN);
  text = g_strconcat (start, "…", NULL);
  weir_fold_row_add_text (box, title, text, TRUE);
  /* Translators: %s is a size; a copy is made with the button below */
  g_free (text);
  text = g_strdup_printf (_ ("Only the beginning of %s; the copy has all of it."), bytes);
  weir_fold_row_add_text (box, NULL, text, FALSE);
}

static void
copy_cb (WeirJournalRow *self)
{
  g_autofree char *json = weir_journal_entry_to_json (self->entry);

  weir_copy (GTK_WIDGET (self), json, _ ("Copied as JSON"));
}

static void
weir_journal_row_fill (WeirFoldRow *row, GtkBox *body)
{
  WeirJournalRow *self = WEIR_JOURNAL_ROW (row);
  WeirJournalEntry *entry = self->entry;
  const WeirJournalOutcome *answer = &entry->outcomes[WEIR_JOURNAL_ANSWER];
  const WeirJournalOutcome *result = &entry->outcomes[WEIR_JOURNAL_RESULT];
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy as JSON"));
  g_autofree char *request = g_strdup_printf ("%s %s", entry->method, entry->uri);
  g_autofree char *begun = weir_format_absolute (entry->begun_at);
  g_autofree char *answered = weir_format_absolute (answer->at);
  g_autofree char *status =
      answer->status != 0 ? g_strdup_printf ("HTTP %u", answer->status) : NULL;

  if (weir_journal_entry_get_state (entry) == WEIR_JOURNAL_UNKNOWN)
    weir_fold_row_add_text (
        body, _ ("Outcome"),
        _ ("It was sent, and Weir does not know what became of it. Look at the record before "
           "you repeat it."),
        FALSE);
  weir_fold_row_add_text (body, _ ("Message"), weir_journal_entry_get_message (entry), FALSE);
  weir_fold_row_add_text (body, _ ("ID"), entry->record, TRUE);
  /* Translators: when a change was begun; its value is a time */
  weir_fold_row_add_text (body, _ ("Begun"), begun, FALSE);
  weir_fold_row_add_text (body, _ ("Request"), request, TRUE);
  add_body (body, _ ("Body of the Request"), entry->body, entry->size);
  /* Translators: when the server answered; its value is a time */
  weir_fold_row_add_text (body, _ ("Answered"), answered, FALSE);
  weir_fold_row_add_text (body, _ ("Status"), status, TRUE);
  add_body (body, _ ("Answer"), answer->body, answer->size);
  /* Translators: the record as Weir read it again after the change */
  add_body (body, _ ("Read Back"), result->body, result->size);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (body, copy);
}

static void
weir_journal_row_dispose (GObject *object)
{
  g_clear_object (&WEIR_JOURNAL_ROW (object)->entry);

  G_OBJECT_CLASS (weir_journal_row_parent_class)->dispose (object);
}

static void
weir_journal_row_class_init (WeirJournalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_journal_row_dispose;
  WEIR_FOLD_ROW_CLASS (klass)->fill = weir_journal_row_fill;
}

static void
weir_journal_row_init (WeirJournalRow *self)
{
}

static GtkWidget *
create_line (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, text);
  if (dim)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
    }

  return label;
}

static void
set_head (WeirJournalRow *self)
{
  WeirJournalEntry *entry = self->entry;
  WeirJournalState state = weir_journal_entry_get_state (entry);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[state].icon);
  GtkWidget *word = gtk_label_new (get_state_label (entry));
  const char *name = entry->name != NULL ? entry->name : entry->record;
  g_autofree char *clock = weir_format_moment (entry->begun_at);
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s · %s", get_operation (entry), name)
                                        : g_strdup (get_operation (entry));
  g_autofree char *line = g_strdup_printf ("%s · %s · %s", clock, entry->account, entry->program);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", title, get_state_label (entry), line);

  gtk_widget_add_css_class (icon, looks[state].css);
  gtk_widget_add_css_class (word, looks[state].css);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), create_line (title, FALSE));
  gtk_box_append (GTK_BOX (column), create_line (line, TRUE));
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), column);
  gtk_box_append (GTK_BOX (head), word);
  weir_fold_row_set_head (WEIR_FOLD_ROW (self), head, spoken);
}

/**
 * weir_journal_row_new:
 * @entry: what was changed
 *
 * Returns: (transfer floating): a row, closed
 */
GtkWidget *
weir_journal_row_new (WeirJournalEntry *entry)
{
  WeirJournalRow *self;

  g_return_val_if_fail (WEIR_IS_JOURNAL_ENTRY (entry), NULL);

  self = g_object_new (WEIR_TYPE_JOURNAL_ROW, NULL);
  self->entry = g_object_ref (entry);
  set_head (self);

  return GTK_WIDGET (self);
}

/**
 * weir_journal_row_get_entry:
 *
 * Returns: (transfer none): what it shows
 */
WeirJournalEntry *
weir_journal_row_get_entry (WeirJournalRow *self)
{
  g_return_val_if_fail (WEIR_IS_JOURNAL_ROW (self), NULL);

  return self->entry;
}
