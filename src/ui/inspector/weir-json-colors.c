/* weir-json-colors.c: JSON in colours, as far as it is seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-json-colors.h"

#include <string.h>

struct _WeirJsonColors
{
  GtkSourceBuffer *buffer;
  GtkTextTag *tags[WEIR_JSON_N_COLORS]; /* the buffer's */
  GByteArray *done;                     /* (nullable) a flag a line; NULL: it is not JSON */
};

/* As GtkSourceView's description of JSON has them. */
static const char *const styles[] = {
  [WEIR_JSON_COLOR_KEY] = "def:constant",
  [WEIR_JSON_COLOR_STRING] = "def:string",
  [WEIR_JSON_COLOR_NUMBER] = "def:decimal",
  [WEIR_JSON_COLOR_WORD] = "def:boolean",
};

static void
paint_line (WeirJsonColors *self, int line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autofree char *text = NULL;
  GtkTextIter from;
  GtkTextIter to;
  gsize start;
  gsize end = 0;
  WeirJsonColor color;

  gtk_text_buffer_get_iter_at_line (buffer, &from, line);
  to = from;
  if (!gtk_text_iter_ends_line (&to))
    gtk_text_iter_forward_to_line_end (&to);
  text = gtk_text_iter_get_slice (&from, &to);
  while (weir_json_colors_find (text, &start, &end, &color))
    {
      gtk_text_iter_set_line_index (&from, (int) start);
      to = from;
      gtk_text_iter_set_line_index (&to, (int) end);
      gtk_text_buffer_apply_tag (buffer, self->tags[color], &from, &to);
    }
}

/**
 * weir_json_colors_find:
 * @line: a line of JSON
 * @start: (out): where the piece begins, in bytes
 * @end: (inout): from where on to look; where the piece ends
 * @color: (out): what it is
 *
 * A piece that is cut goes on to the line's end.
 *
 * Returns: whether there is one more
 */
gboolean
weir_json_colors_find (const char *line, gsize *start, gsize *end, WeirJsonColor *color)
{
  const char *from;
  const char *to;

  g_return_val_if_fail (line != NULL && start != NULL && end != NULL && color != NULL, FALSE);

  from = line + *end;
  from += strcspn (from, "\"-0123456789tfn");
  if (*from == '\0')
    return FALSE;

  if (*from == '"')
    {
      for (to = from + 1; *to != '\0' && *to != '"'; to++)
        {
          if (*to == '\\' && to[1] != '\0')
            to++;
        }
      if (*to == '"')
        to++;
      *color = to[strspn (to, " ")] == ':' ? WEIR_JSON_COLOR_KEY : WEIR_JSON_COLOR_STRING;
    }
  else if (*from >= 'a')
    {
      to = from + strspn (from, "abcdefghijklmnopqrstuvwxyz");
      *color = WEIR_JSON_COLOR_WORD;
    }
  else
    {
      to = from + strspn (from, "+-.eE0123456789");
      *color = WEIR_JSON_COLOR_NUMBER;
    }
  *start = (gsize) (from - line);
  *end = (gsize) (to - line);

  return TRUE;
}

/**
 * weir_json_colors_new:
 * @buffer: a buffer, which must live as long; its language is not to be JSON
 *
 * Returns: (transfer full): colours for its text, once it is said to be JSON
 */
WeirJsonColors *
weir_json_colors_new (GtkSourceBuffer *buffer)
{
  WeirJsonColors *self;

  g_return_val_if_fail (GTK_SOURCE_IS_BUFFER (buffer), NULL);

  self = g_new0 (WeirJsonColors, 1);
  self->buffer = buffer;
  for (guint i = 0; i < WEIR_JSON_N_COLORS; i++)
    self->tags[i] = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (buffer), NULL, NULL);
  weir_json_colors_update (self);

  return self;
}

/**
 * weir_json_colors_free:
 * @self: (transfer full): colours
 */
void
weir_json_colors_free (WeirJsonColors *self)
{
  g_clear_pointer (&self->done, g_byte_array_unref);
  g_free (self);
}

/**
 * weir_json_colors_update:
 * @self: colours
 *
 * The buffer has another style scheme.
 */
void
weir_json_colors_update (WeirJsonColors *self)
{
  GtkSourceStyleScheme *scheme;

  g_return_if_fail (self != NULL);

  scheme = gtk_source_buffer_get_style_scheme (self->buffer);
  for (guint i = 0; i < WEIR_JSON_N_COLORS; i++)
    gtk_source_style_apply (scheme != NULL ? gtk_source_style_scheme_get_style (scheme, styles[i])
                                           : NULL,
                            self->tags[i]);
}

/**
 * weir_json_colors_reset:
 * @self: colours
 * @is_json: whether it is JSON
 *
 * The buffer has another text.
 */
void
weir_json_colors_reset (WeirJsonColors *self, gboolean is_json)
{
  guint n = (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (self->buffer));

  g_clear_pointer (&self->done, g_byte_array_unref);
  if (!is_json)
    return;

  self->done = g_byte_array_new ();
  g_byte_array_set_size (self->done, n);
  memset (self->done->data, FALSE, n);
}

/**
 * weir_json_colors_paint:
 * @self: colours
 * @first: a line's number
 * @last: another's, not before it
 *
 * Those of the lines that have none yet get theirs.
 */
void
weir_json_colors_paint (WeirJsonColors *self, int first, int last)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (first >= 0);

  for (int line = first; self->done != NULL && line <= last && line < (int) self->done->len; line++)
    {
      if (self->done->data[line])
        continue;
      self->done->data[line] = TRUE;
      paint_line (self, line);
    }
}
