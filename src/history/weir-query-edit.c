/* weir-query-edit.c: changes a query's text and leaves the rest of it as it was typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query-edit.h"

#include "weir-query.h"

#include <string.h>

static gboolean
is_blank (const char *at)
{
  return g_unichar_isspace (g_utf8_get_char (at));
}

/* Behind a path, whose keys may be in quotes; one that is not closed goes on to the end. */
static gsize
scan_path (const char *text, gsize from)
{
  const char *at = text + from;

  while (*at != '\0' && !is_blank (at) && strchr (":<>=", *at) == NULL)
    {
      if (*at == '"')
        {
          for (at++; *at != '\0' && *at != '"'; at++)
            if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
              at++;
          if (*at == '\0')
            break;
        }
      at = g_utf8_next_char (at);
    }

  return (gsize) (at - text);
}

/* The name before the first colon, as the language reads it; a path may also stand before a comparison. */
static void
split_field (const char *text, WeirQueryPart *part)
{
  gboolean path;
  gsize end = part->field;

  part->field_end = part->value = part->field;
  if (!g_ascii_isalpha (text[end]))
    return;

  path = g_ascii_strncasecmp (text + end, "data", 4) == 0
         && (text[end + 4] == '.' || text[end + 4] == '[');
  if (path)
    end = scan_path (text, end);
  while (!path && (g_ascii_isalnum (text[end]) || text[end] == '_' || text[end] == '-'))
    end++;
  if (text[end] != ':' && !(path && (text[end] == '<' || text[end] == '>')))
    return;

  part->field_end = end;
  part->value = end + (text[end] != ':' && text[end + 1] == '=' ? 2 : 1);
}

/* As the language reads a value: up to a blank outside quotes; in quotes, \" and \\ stand for the character itself.
 * unquoted (nullable): gets the characters. Returns where it ends. */
static gsize
scan_value (const char *text, gsize from, gboolean *open, GString *unquoted)
{
  const char *at = text + from;

  *open = FALSE;
  while (*at != '\0' && (*open || !is_blank (at)))
    {
      const char *next = g_utf8_next_char (at);

      if (*at == '"')
        *open = !*open;
      else
        {
          if (*open && *at == '\\' && (*next == '"' || *next == '\\'))
            {
              at = next;
              next = g_utf8_next_char (at);
            }
          if (unquoted != NULL)
            g_string_append_len (unquoted, at, next - at);
        }
      at = next;
    }

  return (gsize) (at - text);
}

static gboolean
matches (const char *text, const WeirQueryPart *part, const char *field, const char *folded)
{
  g_autofree char *own_field = weir_query_edit_dup_field (text, part);
  g_autofree char *value = NULL;
  g_autofree char *own_folded = NULL;

  if (!g_str_equal (own_field, field)
      || (part->value > part->field && text[part->field_end] != ':'))
    return FALSE;
  if (folded == NULL)
    return TRUE;
  value = weir_query_edit_dup_value (text, part);
  own_folded = g_utf8_casefold (value, -1);

  return g_str_equal (own_folded, folded);
}

/* Takes the word away with the blanks behind it, or those before it if it is the last one. */
static void
cut (GString *text, const WeirQueryPart *part)
{
  gsize start = part->start;
  gsize end = part->end;

  while (end < text->len && is_blank (text->str + end))
    end = (gsize) (g_utf8_next_char (text->str + end) - text->str);
  if (end == text->len)
    {
      while (start > 0)
        {
          const char *before = g_utf8_prev_char (text->str + start);

          if (!is_blank (before))
            break;
          start = (gsize) (before - text->str);
        }
    }
  g_string_erase (text, (gssize) start, (gssize) (end - start));
}

/**
 * weir_query_edit_split:
 * @text: what is typed, a query or not, valid UTF-8
 *
 * Returns: (transfer full) (element-type WeirQueryPart): its words, in order
 */
GArray *
weir_query_edit_split (const char *text)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (WeirQueryPart));
  const char *at = text;

  g_return_val_if_fail (text != NULL, parts);

  while (*at != '\0')
    {
      WeirQueryPart part = { 0 };

      if (is_blank (at))
        {
          at = g_utf8_next_char (at);
          continue;
        }

      part.start = (gsize) (at - text);
      part.negated = at[0] == '-' && at[1] != '\0' && !is_blank (at + 1);
      part.field = part.start + (part.negated ? 1 : 0);
      split_field (text, &part);
      part.end = scan_value (text, part.value, &part.open, NULL);
      g_array_append_val (parts, part);
      at = text + part.end;
    }

  return parts;
}

/**
 * weir_query_edit_find_part:
 * @text: what is typed
 * @cursor: a place in it, bytes
 * @part: (out): the word
 *
 * Returns: whether the cursor stands in a word or right behind one
 */
gboolean
weir_query_edit_find_part (const char *text, gsize cursor, WeirQueryPart *part)
{
  g_autoptr (GArray) parts = weir_query_edit_split (text);

  for (guint i = 0; i < parts->len; i++)
    {
      *part = g_array_index (parts, WeirQueryPart, i);
      if (cursor > part->start && cursor <= part->end)
        return TRUE;
    }

  return FALSE;
}

/**
 * weir_query_edit_dup_field:
 * @text: what is typed
 * @part: a word of it
 *
 * Returns: (transfer full): the name of its field, in lower case but for a path; "" if it is a plain word
 */
char *
weir_query_edit_dup_field (const char *text, const WeirQueryPart *part)
{
  char *field;

  g_return_val_if_fail (text != NULL && part != NULL, NULL);

  field = g_strndup (text + part->field, part->field_end - part->field);
  if (strchr (field, '.') == NULL)
    {
      for (char *at = field; *at != '\0'; at++)
        *at = g_ascii_tolower (*at);
    }

  return field;
}

/**
 * weir_query_edit_dup_value:
 * @text: what is typed
 * @part: a word of it
 *
 * Returns: (transfer full): its value without the quotes
 */
char *
weir_query_edit_dup_value (const char *text, const WeirQueryPart *part)
{
  GString *value = g_string_new (NULL);
  gboolean open;

  g_return_val_if_fail (text != NULL && part != NULL, NULL);

  scan_value (text, part->value, &open, value);

  return g_string_free (value, FALSE);
}

/**
 * weir_query_edit_dup_term:
 * @field: (nullable): a field's name; %NULL or "" for a plain word
 * @value: what is looked for in it
 * @negated: whether it must not be there
 *
 * Returns: (transfer full): the term as it is typed, in quotes where the language needs them
 */
char *
weir_query_edit_dup_term (const char *field, const char *value, gboolean negated)
{
  g_autofree char *quoted = weir_query_quote (value);
  gboolean plain = field == NULL || field[0] == '\0';

  return g_strconcat (negated ? "-" : "", plain ? "" : field, plain ? "" : ":", quoted, NULL);
}

/**
 * weir_query_edit_get_state:
 * @text: what is typed
 * @field: a field's name
 * @value: a value
 *
 * Returns: whether the text has that term, and in which sense; upper and lower case are one
 */
WeirQueryTermState
weir_query_edit_get_state (const char *text, const char *field, const char *value)
{
  g_autoptr (GArray) parts = weir_query_edit_split (text);
  g_autofree char *folded = g_utf8_casefold (value, -1);

  for (guint i = 0; i < parts->len; i++)
    {
      const WeirQueryPart *part = &g_array_index (parts, WeirQueryPart, i);

      if (matches (text, part, field, folded))
        return part->negated ? WEIR_QUERY_TERM_NEGATED : WEIR_QUERY_TERM_ASKED;
    }

  return WEIR_QUERY_TERM_ABSENT;
}

/**
 * weir_query_edit_set_state:
 * @text: what is typed
 * @field: a field's name
 * @value: a value
 * @state: whether the term is to be there, and in which sense
 *
 * A new term comes behind the last word; one that is there already is kept in its place, and all others are as they were typed.
 *
 * Returns: (transfer full): the new text
 */
char *
weir_query_edit_set_state (const char *text,
                           const char *field,
                           const char *value,
                           WeirQueryTermState state)
{
  g_autoptr (GArray) parts = weir_query_edit_split (text);
  g_autofree char *folded = g_utf8_casefold (value, -1);
  g_autofree char *term = weir_query_edit_dup_term (field, value, state == WEIR_QUERY_TERM_NEGATED);
  g_autoptr (GString) edited = g_string_new (text);
  const WeirQueryPart *first = NULL;

  /* from the last on, so that the places before it stay right */
  for (guint i = parts->len; i-- > 0;)
    {
      const WeirQueryPart *part = &g_array_index (parts, WeirQueryPart, i);

      if (!matches (text, part, field, folded))
        continue;
      if (first != NULL)
        cut (edited, first);
      first = part;
    }

  if (first != NULL && state == WEIR_QUERY_TERM_ABSENT)
    cut (edited, first);
  else if (first != NULL)
    {
      g_string_erase (edited, (gssize) first->start, (gssize) (first->end - first->start));
      g_string_insert (edited, (gssize) first->start, term);
    }
  else if (state != WEIR_QUERY_TERM_ABSENT)
    {
      /* a quote that is being typed would swallow the term */
      if (parts->len > 0 && g_array_index (parts, WeirQueryPart, parts->len - 1).open)
        g_string_append_c (edited, '"');
      if (edited->len > 0 && !is_blank (g_utf8_prev_char (edited->str + edited->len)))
        g_string_append_c (edited, ' ');
      g_string_append (edited, term);
    }

  return g_string_free (g_steal_pointer (&edited), FALSE);
}

/**
 * weir_query_edit_remove_field:
 * @text: what is typed
 * @field: a field's name
 *
 * Returns: (transfer full): the text without the terms of that field that ask for something; those that are negated stay
 */
char *
weir_query_edit_remove_field (const char *text, const char *field)
{
  g_autoptr (GArray) parts = weir_query_edit_split (text);
  g_autoptr (GString) edited = g_string_new (text);

  for (guint i = parts->len; i-- > 0;)
    {
      const WeirQueryPart *part = &g_array_index (parts, WeirQueryPart, i);

      if (!part->negated && matches (text, part, field, NULL))
        cut (edited, part);
    }

  return g_string_free (g_steal_pointer (&edited), FALSE);
}

/**
 * weir_query_edit_replace:
 * @text: what is typed
 * @part: a word of it
 * @term: what comes in its place; one that ends in ":" is not finished, others get a blank behind them
 * @cursor: (out): where to go on typing, bytes
 *
 * Returns: (transfer full): the new text
 */
char *
weir_query_edit_replace (const char *text,
                         const WeirQueryPart *part,
                         const char *term,
                         gsize *cursor)
{
  g_autoptr (GString) edited = g_string_new (text);
  gsize length = strlen (term);
  gboolean finished = length > 0 && term[length - 1] != ':';

  g_return_val_if_fail (part->start <= part->end && part->end <= edited->len, NULL);

  g_string_erase (edited, (gssize) part->start, (gssize) (part->end - part->start));
  g_string_insert (edited, (gssize) part->start, term);
  *cursor = part->start + length;
  if (finished && !is_blank (edited->str + *cursor))
    g_string_insert_c (edited, (gssize) *cursor, ' ');
  if (finished)
    *cursor += 1;

  return g_string_free (g_steal_pointer (&edited), FALSE);
}
