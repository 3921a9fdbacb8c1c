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

/* A list offers the focus to the next row, or to its last when it is entered from below, and to none beyond that if it does
 * not take it. */
static gboolean
weir_note_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *row = widget;

  while ((row = back ? gtk_widget_get_prev_sibling (row) : gtk_widget_get_next_sibling (row))
         != NULL)
    if (gtk_widget_get_visible (row) && gtk_widget_child_focus (row, direction))
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
