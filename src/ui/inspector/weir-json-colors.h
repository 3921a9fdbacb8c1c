/* weir-json-colors.h: JSON in colours, as far as it is seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* GtkSourceView's own description of JSON is read for 40 ms before it colours the first word. Weir lays JSON out so that no
 * piece of it goes on in the next line: each line can be coloured by itself, when it is seen. */
typedef enum
{
  WEIR_JSON_COLOR_KEY,
  WEIR_JSON_COLOR_STRING,
  WEIR_JSON_COLOR_NUMBER,
  WEIR_JSON_COLOR_WORD, /* true, false, null */
  WEIR_JSON_N_COLORS,
} WeirJsonColor;

/* The next piece of a line, from *end on, that has a colour; in bytes. FALSE: there is none. */
gboolean weir_json_colors_find (const char *line, gsize *start, gsize *end, WeirJsonColor *color);

typedef struct _WeirJsonColors WeirJsonColors;

WeirJsonColors *weir_json_colors_new (GtkSourceBuffer *buffer);
void weir_json_colors_free (WeirJsonColors *self);
/* the buffer has another text; FALSE: which is not JSON */
void weir_json_colors_reset (WeirJsonColors *self, gboolean is_json);
/* the buffer has another style scheme */
void weir_json_colors_update (WeirJsonColors *self);
/* those of these lines that have no colours yet get them */
void weir_json_colors_paint (WeirJsonColors *self, int first, int last);

G_END_DECLS
