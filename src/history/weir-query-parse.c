/* weir-query-parse.c: the grammar of queries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-decimal.h"

#define DATA "data"
#define PAYLOAD "payload" /* what weirctl's output calls it */

/* One word of a query, being read. */
typedef struct
{
  const char *text; /* the whole query */
  const char *word; /* where it begins, with its minus sign */
  const char *at;
  WeirQueryTerm term;
} Reader;

static gboolean
is_blank (const char *at)
{
  return g_unichar_isspace (g_utf8_get_char (at));
}

static gboolean
is_word_end (const char *at)
{
  return *at == '\0' || is_blank (at);
}

/* For messages: people count characters from 1. */
static glong
count_position (Reader *reader, const char *at)
{
  return g_utf8_pointer_to_offset (reader->text, at) + 1;
}

static gsize
get_position (Reader *reader, const char *at)
{
  return (gsize) (at - reader->text);
}

/* Up to the next blank outside quotes, or the end. */
static const char *
find_word_end (const char *at)
{
  gboolean is_quoted = FALSE;

  for (; *at != '\0' && (is_quoted || !is_blank (at)); at = g_utf8_next_char (at))
    {
      if (*at == '"')
        is_quoted = !is_quoted;
      else if (is_quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
    }
  return at;
}

/* To blame the whole word. */
#define REFUSE(reader, error, code, ...)                                                           \
  weir_query_set_error (error, code, get_position (reader, (reader)->word),                        \
                        (gsize) (find_word_end ((reader)->word) - (reader)->word), __VA_ARGS__)

/* The identifier before the first colon of a word; 0 if the word does not start like a field.
 * Only `name:` does: a time (12:30), a path, an address (http://) or a quoted word with a colon is a
 * plain word. */
static gsize
measure_field (const char *word)
{
  gsize length = 0;

  if (!g_ascii_isalpha (word[0]))
    return 0;

  while (g_ascii_isalnum (word[length]) || word[length] == '_' || word[length] == '-')
    length++;

  if (word[length] != ':' || g_str_has_prefix (word + length, "://"))
    return 0;
  return length;
}

static char *
list_fields (void)
{
  GString *list = g_string_new (NULL);

  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    g_string_append_printf (list, "%s%s%s", list->len > 0 ? " " : "", info->name,
                            info->field == WEIR_QUERY_DATA ? "path:" : "");
  return g_string_free (list, FALSE);
}

static gboolean
read_field (Reader *reader, gsize length, GError **error)
{
  g_autofree char *name = g_strndup (reader->at, length);
  const WeirQueryFieldInfo *info = weir_query_find_field (name);
  const WeirQueryFieldInfo *meant = info == NULL ? weir_query_suggest_field (name) : NULL;
  g_autofree char *fields = NULL;

  if (info != NULL)
    {
      reader->term.field = info->field;
      reader->at += length + 1;
      return TRUE;
    }

  fields = list_fields ();
  if (meant != NULL)
    weir_query_set_error (
        error, WEIR_QUERY_ERROR_FIELD, get_position (reader, reader->at), length,
        /* Translators: %s is a word, %ld a number, %s a field such as "kind:", %s a list of them */
        _ ("There is no field “%s” (character %ld). Did you mean %s? The fields are %s — to look "
           "for a text with a colon in it, put it in quotes."),
        name, count_position (reader, reader->at), meant->name, fields);
  else
    weir_query_set_error (
        error, WEIR_QUERY_ERROR_FIELD, get_position (reader, reader->at), length,
        /* Translators: %s is a word, %ld a number, %s a list of words that stay as they are */
        _ ("There is no field “%s” (character %ld). The fields are %s — to look for a text "
           "with a colon in it, such as an address, put it in quotes."),
        name, count_position (reader, reader->at), fields);
  return FALSE;
}

static gboolean
refuse_quote (Reader *reader, const char *opened, GError **error)
{
  weir_query_set_error (error, WEIR_QUERY_ERROR_SYNTAX, get_position (reader, opened),
                        strlen (opened),
                        _ ("The quote at character %ld is not closed; end it with another “\"”"),
                        count_position (reader, opened));
  return FALSE;
}

/* Reads up to the next blank outside quotes. In quotes, \" and \\ stand for the character itself. */
static gboolean
read_value (Reader *reader, GError **error)
{
  g_autoptr (GString) read = g_string_new (NULL);
  const char *opened = NULL;
  const char *at = reader->at;

  while (*at != '\0' && (opened != NULL || !is_blank (at)))
    {
      const char *next = g_utf8_next_char (at);

      if (*at == '"')
        opened = opened == NULL ? at : NULL;
      else
        {
          if (opened != NULL && *at == '\\' && (*next == '"' || *next == '\\'))
            {
              at = next;
              next = g_utf8_next_char (at);
            }
          g_string_append_len (read, at, next - at);
        }
      at = next;
    }

  if (opened != NULL)
    return refuse_quote (reader, opened, error);

  reader->at = at;
  reader->term.value = g_string_free (g_steal_pointer (&read), FALSE);
  return TRUE;
}

/* key: (transfer full) */
static void
add_key (GPtrArray *path, char *key, gboolean is_quoted)
{
  if (key[0] == '\\' || (is_quoted && g_str_equal (key, "*")))
    {
      g_ptr_array_add (path, g_strconcat ("\\", key, NULL));
      g_free (key);
    }
  else
    g_ptr_array_add (path, key);
}

/* A key in quotes, or up to what ends it. */
static gboolean
read_key (Reader *reader, GPtrArray *path, GError **error)
{
  const char *at = reader->at;
  const char *end = at;

  if (*at == '"')
    {
      g_autoptr (GString) key = g_string_new (NULL);

      for (end = at + 1; *end != '"'; end++)
        {
          if (*end == '\\' && (end[1] == '"' || end[1] == '\\'))
            end++;
          if (*end == '\0')
            return refuse_quote (reader, at, error);
          g_string_append_c (key, *end);
        }
      add_key (path, g_string_free (g_steal_pointer (&key), FALSE), TRUE);
      reader->at = end + 1;
      return TRUE;
    }

  while (!is_word_end (end) && strchr (".[:<>=\"", *end) == NULL)
    end = g_utf8_next_char (end);
  if (end == at)
    {
      REFUSE (reader, error, WEIR_QUERY_ERROR_SYNTAX,
              _ ("The path at character %ld has a dot without a name behind it"),
              count_position (reader, reader->word));
      return FALSE;
    }
  add_key (path, g_strndup (at, (gsize) (end - at)), FALSE);
  reader->at = end;
  return TRUE;
}

/* [0] or [*] */
static gboolean
read_index (Reader *reader, GPtrArray *path, GError **error)
{
  const char *at = reader->at + 1;
  gsize length = strspn (at, "0123456789");

  if (length == 0 && *at == '*')
    length = 1;
  if (length == 0 || at[length] != ']')
    {
      REFUSE (reader, error, WEIR_QUERY_ERROR_SYNTAX,
              _ ("The path at character %ld has a bracket that holds no number; write [0], or [*] "
                 "for any element"),
              count_position (reader, reader->word));
      return FALSE;
    }
  g_ptr_array_add (path, g_strndup (at, length));
  reader->at = at + length + 1;
  return TRUE;
}

static gboolean
read_operator (Reader *reader, GError **error)
{
  gboolean or_equal = reader->at[0] != '\0' && reader->at[1] == '=';

  switch (*reader->at)
    {
    case ':':
      reader->at++;
      return TRUE;
    case '>':
      reader->term.comparison = or_equal ? WEIR_QUERY_GREATER_EQUAL : WEIR_QUERY_GREATER;
      reader->at += 1 + or_equal;
      return TRUE;
    case '<':
      reader->term.comparison = or_equal ? WEIR_QUERY_LESS_EQUAL : WEIR_QUERY_LESS;
      reader->at += 1 + or_equal;
      return TRUE;
    case '=':
      REFUSE (reader, error, WEIR_QUERY_ERROR_SYNTAX,
              _ ("At character %ld, write a colon for “is”: data.path:value"),
              count_position (reader, reader->at));
      return FALSE;
    default:
      REFUSE (reader, error, WEIR_QUERY_ERROR_SYNTAX,
              _ ("“%.*s” at character %ld has no value: write data.path:value, or > >= < <= and a "
                 "number. To look for a text that begins with “data.”, put it in quotes."),
              (int) (find_word_end (reader->word) - reader->word), reader->word,
              count_position (reader, reader->word));
      return FALSE;
    }
}

static gboolean
read_path (Reader *reader, GError **error)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_free);

  reader->term.field = WEIR_QUERY_DATA;
  reader->at += strlen (DATA);
  while (*reader->at == '.' || *reader->at == '[')
    {
      if (*reader->at == '[')
        {
          if (!read_index (reader, path, error))
            return FALSE;
          continue;
        }
      reader->at++;
      if (!read_key (reader, path, error))
        return FALSE;
    }
  g_ptr_array_add (path, NULL);
  reader->term.path = (char **) g_ptr_array_free (g_steal_pointer (&path), FALSE);
  return read_operator (reader, error);
}

/* whether the word begins with name and goes on as a path does */
static gboolean
begins_path (const char *at, const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (at, name, length) == 0 && (at[length] == '.' || at[length] == '[');
}

static gboolean
check_value (Reader *reader, const char *start, GError **error)
{
  WeirQueryTerm *term = &reader->term;
  gsize position = get_position (reader, start);
  gsize length = (gsize) (reader->at - start);
  glong character = count_position (reader, start);
  gint64 time;

  switch (term->field)
    {
    case WEIR_QUERY_AFTER:
    case WEIR_QUERY_BEFORE:
      if (weir_query_parse_time (term->value, 0, NULL, &time))
        return TRUE;
      weir_query_set_error (
          error, WEIR_QUERY_ERROR_VALUE, position, length,
          /* Translators: %s is what was typed, %ld a number */
          _ ("“%s” at character %ld is no time: write a date (2026-01-31), a date and time "
             "(2026-01-31T18:00, with Z or +01:00 if it is not local), how long ago (30m, 1h, 2d), "
             "now, today or yesterday"),
          term->value, character);
      return FALSE;
    case WEIR_QUERY_IS:
      if (weir_query_is_state (term->value))
        return TRUE;
      weir_query_set_error (error, WEIR_QUERY_ERROR_VALUE, position, length,
                            _ ("“%s” at character %ld is no state: is: takes late, unreadable or "
                               "error"),
                            term->value, character);
      return FALSE;
    default:
      if (term->comparison == WEIR_QUERY_EQUAL)
        return TRUE;
      if (weir_decimal_is_valid (term->value, strlen (term->value)))
        {
          term->number = g_ascii_strtod (term->value, NULL);
          return TRUE;
        }
      weir_query_set_error (error, WEIR_QUERY_ERROR_VALUE, position, length,
                            _ ("“%s” at character %ld is no number: < and > compare numbers such "
                               "as 83.63; to compare texts write a colon"),
                            term->value, character);
      return FALSE;
    }
}

/* An empty word, such as "", asks for nothing. */
static gboolean
add_term (Reader *reader, const char *start, GArray *terms, GError **error)
{
  WeirQueryTerm *term = &reader->term;

  if (*term->value != '\0')
    {
      if (!check_value (reader, start, error))
        return FALSE;
      term->position = get_position (reader, reader->word);
      term->length = (gsize) (reader->at - reader->word);
      g_array_append_val (terms, *term);
      *term = (WeirQueryTerm){ 0 };
      return TRUE;
    }
  if (term->field == WEIR_QUERY_WORD)
    return TRUE;

  REFUSE (reader, error, WEIR_QUERY_ERROR_SYNTAX,
          term->comparison == WEIR_QUERY_EQUAL
              ? _ ("“%.*s” at character %ld has no value after its colon")
              : _ ("“%.*s” at character %ld has no number behind it"),
          (int) (start - reader->word), reader->word, count_position (reader, reader->word));
  return FALSE;
}

static gboolean
read_word (Reader *reader, GArray *terms, GError **error)
{
  const char *start;
  gsize length;

  if (*reader->at == '-')
    {
      reader->term.negated = TRUE;
      reader->at++;
      if (is_word_end (reader->at))
        {
          REFUSE (reader, error, WEIR_QUERY_ERROR_SYNTAX,
                  _ ("The minus sign at character %ld stands alone: write it right before what is "
                     "not wanted, or in quotes to look for it"),
                  count_position (reader, reader->word));
          return FALSE;
        }
    }

  length = measure_field (reader->at);
  if (length > 0)
    {
      if (!read_field (reader, length, error))
        return FALSE;
    }
  else if (begins_path (reader->at, DATA))
    {
      if (!read_path (reader, error))
        return FALSE;
    }
  else if (begins_path (reader->at, PAYLOAD))
    {
      REFUSE (reader, error, WEIR_QUERY_ERROR_FIELD,
              _ ("At character %ld, write “data.” for what is in the payload: data.path:value. To "
                 "look for a text that begins with “payload.”, put it in quotes."),
              count_position (reader, reader->at));
      return FALSE;
    }

  start = reader->at;
  return read_value (reader, error) && add_term (reader, start, terms, error);
}

/* weir_query_term_clear: frees what a term has */
void
weir_query_term_clear (WeirQueryTerm *term)
{
  g_clear_pointer (&term->value, g_free);
  g_clear_pointer (&term->path, g_strfreev);
}

/* weir_query_parse:
 * @text: UTF-8
 * @terms: (element-type WeirQueryTerm): what is to be added to
 *
 * Returns: whether @text is a query */
gboolean
weir_query_parse (const char *text, GArray *terms, GError **error)
{
  Reader reader = { .text = text, .at = text };

  for (;;)
    {
      gboolean is_read;

      while (*reader.at != '\0' && is_blank (reader.at))
        reader.at = g_utf8_next_char (reader.at);
      if (*reader.at == '\0')
        return TRUE;

      reader.word = reader.at;
      reader.term = (WeirQueryTerm){ .field = WEIR_QUERY_WORD };
      if (terms->len == WEIR_QUERY_MAX_TERMS)
        {
          REFUSE (&reader, error, WEIR_QUERY_ERROR_SYNTAX, _ ("A query has %d words at most"),
                  WEIR_QUERY_MAX_TERMS);
          return FALSE;
        }
      is_read = read_word (&reader, terms, error);
      weir_query_term_clear (&reader.term);
      if (!is_read)
        return FALSE;
    }
}
