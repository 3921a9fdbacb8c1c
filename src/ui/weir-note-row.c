/* weir-note-row.c: a row of a form that only says something about the row before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-note-row.h"

#include "weir-accessible.h"

struct _WeirNoteRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
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
  GtkWidget *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * weir_note_row_get_label:
 * @self: a note
 *
 * Returns: (transfer none): what it says
 */
GtkLabel *
weir_note_row_get_label (WeirNoteRow *self)
{
  g_return_val_if_fail (WEIR_IS_NOTE_ROW (self), NULL);

  return self->label;
}

/**
 * weir_note_row_set:
 * @self: a note
 * @about: the row before it; an entry is told to be wrong by an error
 * @text: (nullable): what is to be said; %NULL hides the note
 * @css: "error", "warning" or "dim-label"
 *
 * Says it below the row, and to a screen reader of the row.
 */
void
weir_note_row_set (WeirNoteRow *self, GtkWidget *about, const char *text, const char *css)
{
  static const char *const classes[] = { "error", "warning" };

  g_return_if_fail (WEIR_IS_NOTE_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (about));

  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->label), (const char *[]){ "caption", css, NULL });
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (text != NULL && g_str_equal (css, classes[i]))
        gtk_widget_add_css_class (about, classes[i]);
      else
        gtk_widget_remove_css_class (about, classes[i]);
    }

  weir_accessible_set_note (about, text, g_str_equal (css, "error"));
}
