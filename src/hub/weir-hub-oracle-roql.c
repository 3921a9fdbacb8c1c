/* weir-hub-oracle-roql.c: the condition of a list, a subset of ROQL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <string.h>

#include "weir-time.h"

#define MAX_DEPTH 64

/* Reads the condition anew for each item and evaluates it as it goes: lists are short. */
typedef struct
{
  const char *position;
  WeirJson item;
  WeirHubOracleError *error;
  guint depth;
} Reader;

/* A value of the condition. */
typedef struct
{
  char *text; /* NULL: null */
  gboolean number;
} Literal;

static void
clear_literal (Literal *literal)
{
  g_clear_pointer (&literal->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Literal, clear_literal)

static gboolean read_or (Reader *reader);

static void
fail (Reader *reader, const char *message)
{
  weir_hub_oracle_error_set (reader->error, WEIR_HUB_ORACLE_BAD_PARAMETER, "q: %s", message);
}

static gboolean
has_failed (Reader *reader)
{
  return reader->error->code != 0;
}

static void
skip_blanks (Reader *reader)
{
  while (g_ascii_isspace (*reader->position))
    reader->position++;
}

static gboolean
take_sign (Reader *reader, const char *sign)
{
  skip_blanks (reader);
  if (!g_str_has_prefix (reader->position, sign))
    return FALSE;
  reader->position += strlen (sign);
  return TRUE;
}

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

static gboolean
take_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  skip_blanks (reader);
  if (g_ascii_strncasecmp (reader->position, word, length) != 0
      || is_word_char (reader->position[length]))
    return FALSE;
  reader->position += length;
  return TRUE;
}

static char *
take_name (Reader *reader)
{
  const char *start;

  skip_blanks (reader);
  start = reader->position;
  while (is_word_char (*reader->position))
    reader->position++;
  return g_strndup (start, (gsize) (reader->position - start));
}

/* 'text', with '' or \' for a quote in it */
static void
read_string (Reader *reader, Literal *literal)
{
  GString *text = g_string_new (NULL);
  const char *c = reader->position + 1;

  for (; *c != '\0'; c++)
    {
      if (*c == '\'' && c[1] != '\'')
        break;
      if ((*c == '\'' || *c == '\\') && c[1] != '\0')
        c++;
      g_string_append_c (text, *c);
    }
  if (*c == '\0')
    fail (reader, "a quotation mark is missing");
  else
    c++;
  reader->position = c;
  literal->text = g_string_free (text, FALSE);
}

static void
read_literal (Reader *reader, Literal *literal)
{
  skip_blanks (reader);
  if (*reader->position == '\'')
    {
      read_string (reader, literal);
      return;
    }
  if (take_word (reader, "null"))
    return;
  if (*reader->position == '-' || g_ascii_isdigit (*reader->position))
    {
      const char *start = reader->position++;

      while (g_ascii_isdigit (*reader->position) || *reader->position == '.')
        reader->position++;
      literal->text = g_strndup (start, (gsize) (reader->position - start));
      literal->number = TRUE;
      return;
    }
  literal->text = take_name (reader);
  if (*literal->text == '\0')
    fail (reader, "a value is missing");
}

/* "status" alone means its id in comparison with a number, its name else. */
static WeirJson
get_field (Reader *reader, const char *name, gboolean number)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  WeirJson value = weir_json_get (reader->item, parts[0]);

  if (weir_json_get_type (value) == WEIR_JSON_OBJECT)
    value = weir_json_get (value, parts[1] != NULL ? parts[1] : number ? "id" : "lookupName");
  return value;
}

static int
compare_texts (const char *one, const char *other)
{
  g_autofree char *folded_one = g_utf8_casefold (one, -1);
  g_autofree char *folded_other = g_utf8_casefold (other, -1);

  return g_utf8_collate (folded_one, folded_other);
}

static int
compare_values (const char *one, const char *other)
{
  gint64 number, other_number, time, other_time;

  if (g_ascii_string_to_signed (one, 10, G_MININT64, G_MAXINT64, &number, NULL)
      && g_ascii_string_to_signed (other, 10, G_MININT64, G_MAXINT64, &other_number, NULL))
    return number < other_number ? -1 : number > other_number;
  if (weir_time_parse (one, &time) && weir_time_parse (other, &other_time))
    return time < other_time ? -1 : time > other_time;
  return compare_texts (one, other);
}

/* % is any text, _ any character */
static gboolean
is_like (const char *text, const char *pattern)
{
  const char *star = NULL;
  const char *retry = NULL;

  while (*text != '\0')
    {
      if (*pattern == '%')
        {
          star = ++pattern;
          retry = text;
        }
      else if (*pattern == '_'
               || (*pattern != '\0' && g_utf8_get_char (pattern) == g_utf8_get_char (text)))
        {
          pattern = g_utf8_next_char (pattern);
          text = g_utf8_next_char (text);
        }
      else if (star != NULL)
        {
          pattern = star;
          retry = g_utf8_next_char (retry);
          text = retry;
        }
      else
        return FALSE;
    }
  while (*pattern == '%')
    pattern++;
  return *pattern == '\0';
}

static gboolean
read_like (Reader *reader, const char *field)
{
  g_auto (Literal) literal = { 0 };
  g_autofree char *value = weir_json_dup_text (get_field (reader, field, FALSE));
  g_autofree char *folded = NULL;
  g_autofree char *pattern = NULL;

  read_literal (reader, &literal);
  if (value == NULL || literal.text == NULL)
    return FALSE;
  folded = g_utf8_casefold (value, -1);
  pattern = g_utf8_casefold (literal.text, -1);
  return is_like (folded, pattern);
}

static gboolean
equals (Reader *reader, const char *field, const Literal *literal)
{
  g_autofree char *value = weir_json_dup_text (get_field (reader, field, literal->number));

  if (value == NULL || literal->text == NULL)
    return value == NULL && literal->text == NULL;
  return compare_values (value, literal->text) == 0;
}

static gboolean
read_in (Reader *reader, const char *field)
{
  gboolean found = FALSE;

  if (!take_sign (reader, "("))
    {
      fail (reader, "IN wants a list in parentheses");
      return FALSE;
    }
  do
    {
      g_auto (Literal) literal = { 0 };

      read_literal (reader, &literal);
      found = found || equals (reader, field, &literal);
    }
  while (!has_failed (reader) && take_sign (reader, ","));
  if (!take_sign (reader, ")"))
    fail (reader, "a parenthesis is missing");
  return found;
}

static gboolean
read_comparison (Reader *reader, const char *field)
{
  static const char *const signs[] = { "<=", ">=", "<>", "!=", "=", "<", ">" };
  guint i;
  int order;

  for (i = 0; i < G_N_ELEMENTS (signs) && !take_sign (reader, signs[i]); i++)
    ;
  if (i == G_N_ELEMENTS (signs))
    fail (reader, "a comparison is missing");
  else
    {
      g_auto (Literal) literal = { 0 };
      g_autofree char *value = NULL;

      read_literal (reader, &literal);
      if (i == 2 || i == 3)
        return !equals (reader, field, &literal);
      if (i == 4)
        return equals (reader, field, &literal);
      value = weir_json_dup_text (get_field (reader, field, literal.number));
      if (value == NULL || literal.text == NULL)
        return FALSE;
      order = compare_values (value, literal.text);
      return i == 0 ? order <= 0 : i == 1 ? order >= 0 : i == 5 ? order < 0 : order > 0;
    }
  return FALSE;
}

static gboolean
read_condition (Reader *reader)
{
  g_autofree char *field = take_name (reader);
  gboolean negated;
  gboolean result;

  if (!weir_hub_oracle_is_field (field))
    {
      fail (reader, *field == '\0' ? "the name of an attribute is missing" : "no such attribute");
      return FALSE;
    }
  if (take_word (reader, "is"))
    {
      g_autofree char *value = weir_json_dup_text (get_field (reader, field, FALSE));

      negated = take_word (reader, "not");
      if (!take_word (reader, "null"))
        fail (reader, "IS wants NULL");
      return (value == NULL) != negated;
    }
  negated = take_word (reader, "not");
  if (take_word (reader, "like"))
    result = read_like (reader, field);
  else if (take_word (reader, "in"))
    result = read_in (reader, field);
  else if (negated)
    {
      fail (reader, "NOT wants LIKE or IN");
      return FALSE;
    }
  else
    result = read_comparison (reader, field);
  return result != negated;
}

static gboolean
read_not (Reader *reader)
{
  gboolean result = FALSE;

  if (++reader->depth > MAX_DEPTH)
    fail (reader, "it is nested too deeply");
  else if (has_failed (reader))
    result = FALSE;
  else if (take_word (reader, "not"))
    result = !read_not (reader);
  else if (take_sign (reader, "("))
    {
      result = read_or (reader);
      if (!take_sign (reader, ")"))
        fail (reader, "a parenthesis is missing");
    }
  else
    result = read_condition (reader);
  reader->depth--;
  return result;
}

static gboolean
read_and (Reader *reader)
{
  gboolean result = read_not (reader);

  while (!has_failed (reader) && take_word (reader, "and"))
    result = read_not (reader) && result;
  return result;
}

static gboolean
read_or (Reader *reader)
{
  gboolean result = read_and (reader);

  while (!has_failed (reader) && take_word (reader, "or"))
    result = read_and (reader) || result;
  return result;
}

/**
 * weir_hub_oracle_is_field:
 * @name: a name, perhaps with a dot
 *
 * Returns: whether an event subscription has such an attribute
 */
gboolean
weir_hub_oracle_is_field (const char *name)
{
  static const char *const plain[] = { "id",          "lookupName",     "createdTime",
                                       "updatedTime", "class",          "endPoint",
                                       "name",        "objectShapeXml", NULL };
  static const char *const named[] = { "eventType", "integrationUser", "objectVersion", "status",
                                       NULL };
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);

  if (parts[0] == NULL)
    return FALSE;
  if (parts[1] == NULL)
    return g_strv_contains (plain, parts[0]) || g_strv_contains (named, parts[0]);
  return g_strv_contains (named, parts[0])
         && (strcmp (parts[1], "id") == 0 || strcmp (parts[1], "lookupName") == 0);
}

/**
 * weir_hub_oracle_compare:
 * @one: a value
 * @other: another
 *
 * Compares numbers and times as such, texts without regard to case, and an object by its name.
 *
 * Returns: less than, equal to or more than 0
 */
int
weir_hub_oracle_compare (WeirJson one, WeirJson other)
{
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;

  if (weir_json_get_type (one) == WEIR_JSON_OBJECT)
    one = weir_json_get (one, "lookupName");
  if (weir_json_get_type (other) == WEIR_JSON_OBJECT)
    other = weir_json_get (other, "lookupName");
  text = weir_json_dup_text (one);
  other_text = weir_json_dup_text (other);
  if (text == NULL || other_text == NULL)
    return (text != NULL) - (other_text != NULL);
  return compare_values (text, other_text);
}

/**
 * weir_hub_oracle_roql_match:
 * @condition: what follows WHERE: comparisons, LIKE, IN, IS NULL, AND, OR, NOT and parentheses
 * @item: an event subscription
 * @matches: (out): whether it is meant
 * @error: set if @condition cannot be read
 *
 * Returns: whether @condition could be read
 */
gboolean
weir_hub_oracle_roql_match (const char *condition,
                            WeirJson item,
                            gboolean *matches,
                            WeirHubOracleError *error)
{
  Reader reader = { condition, item, error, 0 };

  *matches = read_or (&reader);
  skip_blanks (&reader);
  if (*reader.position != '\0')
    fail (&reader, "it goes on where it should end");
  return !has_failed (&reader);
}
