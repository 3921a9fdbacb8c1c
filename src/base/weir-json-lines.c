/* weir-json-lines.c: JSON laid out in lines, without the lines themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-lines.h"

#include "weir-json-private.h"

#define INDENT 2
/* From one mark to a line it is at most so many lines and so many bytes, the last line's own excepted. */
#define MARK_LINES 64
#define MARK_BYTES (16 * 1024)
#define CHUNK (256 * 1024)

/* Where a line begins. */
typedef struct
{
  const char *at;
  guint line;
  guint depth;
} Mark;

struct _WeirJsonLines
{
  gatomicrefcount ref_count;
  GBytes *bytes;
  WeirJson value;
  GArray *marks; /* Mark, in order */
  guint length;
  gsize size;
  gsize longest;
};

/* What is written of a line: all of it is counted, the first bytes are kept. */
typedef struct
{
  GString *text; /* (nullable) */
  gsize max;
  gsize size;
} Output;

static void
put (Output *out, const char *bytes, gsize length)
{
  if (out->text != NULL && out->size < out->max)
    g_string_append_len (out->text, bytes, (gssize) MIN (length, out->max - out->size));
  out->size += length;
}

static void
put_indent (Output *out, guint depth)
{
  static const char blanks[] = "                                ";

  for (guint left = depth * INDENT; left > 0;)
    {
      guint n = MIN (left, sizeof blanks - 1);

      put (out, blanks, n);
      left -= n;
    }
}

/* Writes the line that begins at the mark and moves to the next one; FALSE: it was the last. */
static gboolean
take_line (Mark *mark, const char *end, Output *out)
{
  const char *p = mark->at;
  gboolean begun = FALSE;

  mark->line++;
  put_indent (out, mark->depth);
  for (;; begun = TRUE)
    {
      const char *start;

      p = start = weir_json_skip_space (p, end);
      if (p >= end)
        break;
      if (*p == '"')
        {
          p = weir_json_skip_string (p, end);
          put (out, start, (gsize) (p - start));
        }
      else if (*p == '{' || *p == '[')
        {
          p = weir_json_skip_space (p + 1, end);
          put (out, start, 1);
          if (p < end && *p != '}' && *p != ']')
            {
              mark->depth++;
              break;
            }
          if (p < end)
            put (out, p++, 1);
        }
      else if (*p == '}' || *p == ']')
        {
          if (begun)
            {
              mark->depth--;
              break;
            }
          put (out, p++, 1);
        }
      else if (*p == ',')
        {
          put (out, p++, 1);
          p = weir_json_skip_space (p, end);
          break;
        }
      else if (*p == ':')
        {
          p++;
          put (out, ": ", 2);
        }
      else
        {
          while (p < end && !weir_json_is_space (*p) && strchr (",:]}", *p) == NULL)
            p++;
          put (out, start, (gsize) (p - start));
        }
    }

  mark->at = p;
  return p < end;
}

static const char *
get_end (WeirJsonLines *self)
{
  return self->value.text + self->value.length;
}

/* A mark of one's own, at the beginning of a line. */
static Mark
seek (WeirJsonLines *self, guint line)
{
  guint low = 0;
  guint high = self->marks->len;
  Output nowhere = { NULL };
  Mark mark;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->marks, Mark, middle).line <= line)
        low = middle;
      else
        high = middle;
    }
  mark = g_array_index (self->marks, Mark, low);
  while (mark.line < line && take_line (&mark, get_end (self), &nowhere))
    ;
  return mark;
}

/**
 * weir_json_lines_new:
 * @bytes: what holds @value
 * @value: a value that weir_json_parse() accepted
 * @cancellable: (nullable): ends the work
 *
 * Goes once over the value.
 *
 * Returns: (transfer full) (nullable): its lines, or %NULL if it was cancelled
 */
WeirJsonLines *
weir_json_lines_new (GBytes *bytes, WeirJson value, GCancellable *cancellable)
{
  g_autoptr (WeirJsonLines) self = NULL;
  Mark mark = { value.text, 0, 0 };
  Mark last = mark;
  gboolean more;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (value.text != NULL, NULL);

  self = g_new0 (WeirJsonLines, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = g_bytes_ref (bytes);
  self->value = value;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_append_val (self->marks, mark);
  do
    {
      Output nowhere = { NULL };

      if (mark.line - last.line >= MARK_LINES || mark.at - last.at >= MARK_BYTES)
        {
          g_array_append_val (self->marks, mark);
          last = mark;
          if (g_cancellable_is_cancelled (cancellable))
            return NULL;
        }
      more = take_line (&mark, get_end (self), &nowhere);
      self->size += nowhere.size + (more ? 1 : 0);
      self->longest = MAX (self->longest, nowhere.size);
    }
  while (more && mark.line < G_MAXUINT - 1);
  self->length = mark.line;
  return g_steal_pointer (&self);
}

/**
 * weir_json_lines_ref:
 * @self: lines
 *
 * Returns: (transfer full): @self
 */
WeirJsonLines *
weir_json_lines_ref (WeirJsonLines *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * weir_json_lines_unref:
 * @self: (transfer full): lines
 */
void
weir_json_lines_unref (WeirJsonLines *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->marks);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * weir_json_lines_get_length:
 * @self: lines
 *
 * Returns: how many there are, one at least
 */
guint
weir_json_lines_get_length (WeirJsonLines *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * weir_json_lines_get_size:
 * @self: lines
 *
 * Returns: how many bytes they are, with the ends between them
 */
gsize
weir_json_lines_get_size (WeirJsonLines *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

/**
 * weir_json_lines_get_longest:
 * @self: lines
 *
 * Returns: how many bytes the longest of them is
 */
gsize
weir_json_lines_get_longest (WeirJsonLines *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->longest;
}

/**
 * weir_json_lines_dup:
 * @self: lines
 * @line: one of them, from 0 on
 * @max: bytes
 * @whole: (out): whether all of it is returned
 *
 * Returns: (transfer full): the line's first @max bytes, fewer if they would end inside of a character
 */
char *
weir_json_lines_dup (WeirJsonLines *self, guint line, gsize max, gboolean *whole)
{
  Output out = { NULL };
  Mark mark;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (line < self->length, NULL);

  out.text = g_string_new (NULL);
  out.max = max < G_MAXSIZE ? max + 1 : max; /* to see whether a character ends there */
  mark = seek (self, line);
  take_line (&mark, get_end (self), &out);
  *whole = out.size <= max;
  if (!*whole)
    {
      length = max;
      while (length > 0 && (out.text->str[length] & 0xc0) == 0x80)
        length--;
      g_string_truncate (out.text, length);
    }
  return g_string_free (out.text, FALSE);
}

/**
 * weir_json_lines_append:
 * @self: lines
 * @first: the first line
 * @count: how many
 * @max: bytes
 * @text: what they are added to, with their ends
 *
 * Returns: whether they were; not if @text would be longer than @max
 */
gboolean
weir_json_lines_append (WeirJsonLines *self, guint first, guint count, gsize max, GString *text)
{
  Mark mark;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (first >= self->length)
    return TRUE;
  mark = seek (self, first);
  for (guint i = 0; i < MIN (count, self->length - first); i++)
    {
      Output out = { text, max > text->len ? max - text->len : 0, 0 };

      take_line (&mark, get_end (self), &out);
      if (out.size > out.max)
        return FALSE;
      if (mark.line < self->length)
        g_string_append_c (text, '\n');
    }
  return TRUE;
}

/**
 * weir_json_lines_write:
 * @self: lines
 * @stream: where to
 * @cancellable: (nullable): ends the work
 * @error: return location for what the stream says
 *
 * Blocks: for a worker.
 *
 * Returns: whether all lines were written
 */
gboolean
weir_json_lines_write (WeirJsonLines *self,
                       GOutputStream *stream,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GString) chunk = g_string_sized_new (CHUNK + MARK_BYTES);
  Mark mark;
  gboolean more;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  mark = g_array_index (self->marks, Mark, 0);
  do
    {
      Output out = { chunk, G_MAXSIZE, 0 };

      more = take_line (&mark, get_end (self), &out);
      g_string_append_c (chunk, '\n');
      if (chunk->len >= CHUNK || !more)
        {
          if (!g_output_stream_write_all (stream, chunk->str, chunk->len, NULL, cancellable, error))
            return FALSE;
          g_string_truncate (chunk, 0);
        }
    }
  while (more);
  return TRUE;
}

static gboolean
has_text (const char *line, gsize length, const char *text, gsize text_length)
{
  for (gsize i = 0; i + text_length <= length; i++)
    if (g_ascii_tolower (line[i]) == g_ascii_tolower (*text)
        && g_ascii_strncasecmp (line + i, text, text_length) == 0)
      return TRUE;
  return FALSE;
}

/* The first or the last of the lines [from, to) that has the text. */
static guint
find_between (WeirJsonLines *self,
              const char *text,
              guint from,
              guint to,
              gboolean last,
              GCancellable *cancellable)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gsize length = strlen (text);
  guint found = G_MAXUINT;
  Mark mark;

  if (from >= to)
    return G_MAXUINT;
  mark = seek (self, from);
  for (guint i = from; i < to; i++)
    {
      Output out = { line, G_MAXSIZE, 0 };

      if (i % 4096 == 0 && g_cancellable_is_cancelled (cancellable))
        return G_MAXUINT;
      g_string_truncate (line, 0);
      take_line (&mark, get_end (self), &out);
      if (!has_text (line->str, line->len, text, length))
        continue;
      found = i;
      if (!last)
        return found;
    }
  return found;
}

/**
 * weir_json_lines_find:
 * @self: lines
 * @text: what is looked for
 * @from: the line to begin after, or before; G_MAXUINT: at the first, or the last
 * @backward: towards the first line
 * @cancellable: (nullable): ends the work
 *
 * Reads lines until it finds one, and goes on at the other end: for a worker.
 *
 * Returns: the line, or G_MAXUINT if none has the text
 */
guint
weir_json_lines_find (WeirJsonLines *self,
                      const char *text,
                      guint from,
                      gboolean backward,
                      GCancellable *cancellable)
{
  guint split;
  guint found;

  g_return_val_if_fail (self != NULL, G_MAXUINT);
  g_return_val_if_fail (text != NULL, G_MAXUINT);

  if (*text == '\0')
    return G_MAXUINT;
  if (backward)
    split = MIN (from, self->length);
  else
    split = from < self->length ? from + 1 : 0;
  found = backward ? find_between (self, text, 0, split, TRUE, cancellable)
                   : find_between (self, text, split, self->length, FALSE, cancellable);
  if (found != G_MAXUINT)
    return found;
  return backward ? find_between (self, text, split, self->length, TRUE, cancellable)
                  : find_between (self, text, 0, split, FALSE, cancellable);
}
