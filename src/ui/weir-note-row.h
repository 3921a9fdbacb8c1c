/* weir-note-row.h: a row of a form that only says something about the row before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WEIR_TYPE_NOTE_ROW (weir_note_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirNoteRow, weir_note_row, WEIR, NOTE_ROW, AdwPreferencesRow)

/* text NULL: nothing, and the row is not there. css: "error", "warning" or "dim-label" */
void weir_note_row_set (WeirNoteRow *self, GtkWidget *about, const char *text, const char *css);
GtkLabel *weir_note_row_get_label (WeirNoteRow *self);

G_END_DECLS
