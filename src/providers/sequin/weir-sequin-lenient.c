/* weir-sequin-lenient.c: the slips of Sequin's reference page, read as they were meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-sequin-lenient.h"

/* api/sequin-and-oracle.md A1, "Oddities in the reference page": the example's root is an array that holds keyed members,
 * there are comments up to the end of the line, and commas before a closing bracket. These three and nothing else are
 * repaired; the result is for the strict parser to judge. */
typedef struct
{
  GString *out;
  guint n_tokens;    /* seen so far, up to the third */
  gssize root;       /* where in out the root's `[` is, -1: the root is something else */
  gboolean is_keyed; /* that root holds members */
  gssize comma;      /* where in out a comma is that nothing has followed yet, -1: none */
  gsize depth;
} Reader;

/* Returns where the string that begins at `from` ends. */
static const char *
skip_string (const char *from, const char *end)
{
  for (from++; from < end && *from != '"'; from++)
    if (*from == '\\')
      from++;
  return MIN (from + 1, end);
}

static const char *
skip_line (const char *from, const char *end)
{
  while (from < end && *from != '\n')
    from++;
  return from;
}

/* `[`, a string, `:` can only be an object whose bracket is the wrong one. */
static void
look_at_root (Reader *reader, char token)
{
  if (reader->n_tokens == 0 && token == '[')
    reader->root = (gssize) reader->out->len;
  else if (reader->n_tokens == 1 && token != '"')
    reader->root = -1;
  else if (reader->n_tokens == 2 && token == ':' && reader->root >= 0)
    {
      reader->out->str[reader->root] = '{';
      reader->is_keyed = TRUE;
    }
  if (reader->n_tokens < 3)
    reader->n_tokens++;
}

static void
take_token (Reader *reader, char token)
{
  gboolean closes = token == '}' || token == ']';

  look_at_root (reader, token);
  if (closes && reader->comma >= 0)
    reader->out->str[reader->comma] = ' ';
  reader->comma = token == ',' ? (gssize) reader->out->len : -1;
  if (token == '{' || token == '[')
    reader->depth++;
  else if (closes && reader->depth > 0)
    reader->depth--;
}

/**
 * weir_sequin_lenient_normalise:
 * @text: what the strict parser refused
 *
 * Returns: (transfer full): the same with the documented slips repaired
 */
GBytes *
weir_sequin_lenient_normalise (GBytes *text)
{
  gsize size;
  const char *at = g_bytes_get_data (text, &size);
  const char *end = at + size;
  Reader reader = { .out = g_string_sized_new (size + 1), .root = -1, .comma = -1 };

  while (at < end)
    {
      const char *from = at;

      if (g_ascii_isspace (*at))
        at++;
      else if (*at == '/' && at + 1 < end && at[1] == '/')
        {
          at = skip_line (at, end);
          continue;
        }
      else
        {
          take_token (&reader, *at);
          at = *at == '"' ? skip_string (at, end) : at + 1;
        }
      if (*from == ']' && reader.is_keyed && reader.depth == 0)
        g_string_append_c (reader.out, '}');
      else
        g_string_append_len (reader.out, from, at - from);
    }
  return g_string_free_to_bytes (reader.out);
}
