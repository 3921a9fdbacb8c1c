/* weir-note-row.c: a row of a form that only says something about the row before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-note-row.h"

struct _WeirNoteRow
{
  AdwPreferencesRow parent_instance;
};

G_DEFINE_FINAL_TYPE (WeirNoteRow, weir_note_row, ADW_TYPE_PREFERENCES_ROW)

/* A list that is entered from below offers the focus to its last row, and to none before it if that does not take it. */
static gboolean
weir_note_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (direction != GTK_DIR_TAB_BACKWARD && direction != GTK_DIR_UP)
    return FALSE;

  for (GtkWidget *row = gtk_widget_get_prev_sibling (widget); row != NULL;
       row = gtk_widget_get_prev_sibling (row))
    if (gtk_widget_child_focus (row, direction))
      return TRUE;

  return FALSE;
}

static void
weir_note_row_class_init (WeirNoteRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = weir_note_row_focus;
}

static void
weir_note_row_init (WeirNoteRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
