/* weir-text-view.h: JSON or XML as text, as much of it as a screen can take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-json.h"

G_BEGIN_DECLS

/* Beyond these JSON is shown by a view that makes only the lines that are seen, and other text is cut, which the view says;
 * the whole can be saved. */
#define WEIR_TEXT_MAX_BYTES (1024 * 1024)
#define WEIR_TEXT_MAX_LINE (10 * 1024)

#define WEIR_TYPE_TEXT_VIEW (weir_text_view_get_type ())
G_DECLARE_FINAL_TYPE (WeirTextView, weir_text_view, WEIR, TEXT_VIEW, AdwBin)

GtkWidget *weir_text_view_new (void);
/* pretty-printed by a worker; name: of the file it may be saved to */
void weir_text_view_set_json (WeirTextView *self, GBytes *bytes, WeirJson value, const char *name);
/* language: a GtkSourceView language's id */
void weir_text_view_set_text (WeirTextView *self,
                              const char *text,
                              const char *language,
                              const char *name);

/* the next place, round the end, that has the text is selected; "not-found" is emitted if there is none */
void weir_text_view_search (WeirTextView *self, const char *text, gboolean backward);

/* (transfer full): text with lines and length cut; *cut: whether anything was */
char *weir_text_cut (const char *text, gsize length, gboolean *cut);

G_END_DECLS
