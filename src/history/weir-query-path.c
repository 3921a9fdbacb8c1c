/* weir-query-path.c: a value in the payload, compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query-path.h"

#include <string.h>

#include "weir-decimal.h"
#include "weir-letter.h"
#include "weir-trace.h"

struct _WeirQueryPath
{
  char **steps;
  WeirQueryOperator comparison;
  char *value;
  gunichar *letters; /* folded */
  glong n_letters;
  WeirJsonType literal; /* what else than a string it may be: NUMBER, BOOLEAN, NULL, else STRING */
  WeirTrace *key;       /* (nullable) of the last key */
  WeirTrace *text;      /* (nullable) of the value, if only a string can be it */
};

static gboolean
is_index (const char *step)
{
  return *step != '\0' && step[strspn (step, "0123456789")] == '\0';
}

static WeirJsonType
find_literal (const char *value)
{
  if (weir_decimal_is_valid (value, strlen (value)))
    return WEIR_JSON_NUMBER;
  if (g_ascii_strcasecmp (value, "true") == 0 || g_ascii_strcasecmp (value, "false") == 0)
    return WEIR_JSON_BOOLEAN;
  if (g_ascii_strcasecmp (value, "null") == 0)
    return WEIR_JSON_NULL;
  return WEIR_JSON_STRING;
}

static gboolean
is_string_equal (const WeirQueryPath *self, WeirJson value)
{
  const char *at = value.text + 1;
  const char *end = value.text + value.length - 1;

  for (glong i = 0; i < self->n_letters; i++)
    {
      gunichar c;

      if (at >= end)
        return FALSE;
      at = weir_letter_read (at, end, &c);
      if (weir_letter_fold (c) != self->letters[i])
        return FALSE;
    }
  return at == end;
}

static gboolean
is_in_order (const WeirQueryPath *self, const char *number, gsize length)
{
  int order = weir_decimal_compare (number, length, self->value, strlen (self->value));

  switch (self->comparison)
    {
    case WEIR_QUERY_GREATER:
      return order > 0;
    case WEIR_QUERY_GREATER_EQUAL:
      return order >= 0;
    case WEIR_QUERY_LESS:
      return order < 0;
    case WEIR_QUERY_LESS_EQUAL:
      return order <= 0;
    case WEIR_QUERY_EQUAL:
    default:
      return order == 0;
    }
}

/* Amounts are often sent as strings, so that nobody rounds them: one that is a number is compared as one. */
static gboolean
is_equal_or_in_order (const WeirQueryPath *self, WeirJson value)
{
  WeirJsonType type = weir_json_get_type (value);
  gboolean is_comparison = self->comparison != WEIR_QUERY_EQUAL;

  switch (type)
    {
    case WEIR_JSON_STRING:
      if (value.length < 2)
        return FALSE;
      if (is_comparison)
        return weir_decimal_is_valid (value.text + 1, value.length - 2)
               && is_in_order (self, value.text + 1, value.length - 2);
      return is_string_equal (self, value);
    case WEIR_JSON_NUMBER:
      return self->literal == WEIR_JSON_NUMBER && weir_decimal_is_valid (value.text, value.length)
             && is_in_order (self, value.text, value.length);
    case WEIR_JSON_BOOLEAN:
    case WEIR_JSON_NULL:
      return !is_comparison && self->literal == type && value.length == strlen (self->value)
             && g_ascii_strncasecmp (value.text, self->value, value.length) == 0;
    case WEIR_JSON_ABSENT:
    case WEIR_JSON_ARRAY:
    case WEIR_JSON_OBJECT:
    default:
      return FALSE;
    }
}

static gboolean
reaches (const WeirQueryPath *self, WeirJson value, guint step)
{
  WeirJsonType type = weir_json_get_type (value);
  const char *name = self->steps[step];
  WeirJsonIter iter;
  WeirJson member;

  if (name == NULL && type != WEIR_JSON_ARRAY)
    return is_equal_or_in_order (self, value);
  if (type == WEIR_JSON_OBJECT && !g_str_equal (name, "*"))
    return reaches (self, weir_json_get (value, WEIR_QUERY_KEY (name)), step + 1);
  if (type != WEIR_JSON_ARRAY && type != WEIR_JSON_OBJECT)
    return FALSE;

  /* An array, or any member */
  weir_json_iter_init (&iter, value);
  for (guint64 i = 0; weir_json_iter_next (&iter, NULL, &member); i++)
    {
      if (name == NULL)
        {
          if (is_equal_or_in_order (self, member))
            return TRUE;
        }
      else if (g_str_equal (name, "*"))
        {
          if (reaches (self, member, step + 1))
            return TRUE;
        }
      else if (!is_index (name))
        return FALSE;
      else if (i == g_ascii_strtoull (name, NULL, 10))
        return reaches (self, member, step + 1);
    }
  return FALSE;
}

/* weir_query_path_new:
 * @term: a term of the field DATA
 *
 * Returns: (transfer full): the same, made ready */
WeirQueryPath *
weir_query_path_new (const WeirQueryTerm *term)
{
  WeirQueryPath *self = g_new0 (WeirQueryPath, 1);

  self->steps = g_strdupv (term->path);
  self->comparison = term->comparison;
  self->value = g_strdup (term->value);
  self->letters = g_utf8_to_ucs4_fast (term->value, -1, &self->n_letters);
  for (glong i = 0; i < self->n_letters; i++)
    self->letters[i] = weir_letter_fold (self->letters[i]);
  self->literal = find_literal (term->value);
  if (self->literal == WEIR_JSON_STRING)
    self->text = weir_trace_new (term->value);
  for (guint i = g_strv_length (self->steps); i > 0 && self->key == NULL; i--)
    {
      const char *step = self->steps[i - 1];

      if (*step != '\0' && !g_str_equal (step, "*") && !is_index (step))
        self->key = weir_trace_new (WEIR_QUERY_KEY (step));
    }
  return self;
}

/* weir_query_path_free:
 * @self: a path */
void
weir_query_path_free (WeirQueryPath *self)
{
  g_strfreev (self->steps);
  g_free (self->value);
  g_free (self->letters);
  weir_trace_free (self->key);
  weir_trace_free (self->text);
  g_free (self);
}

/* weir_query_path_is_text:
 *
 * Returns: whether only a string matches, and one that is the value but for its case */
gboolean
weir_query_path_is_text (const WeirQueryPath *self)
{
  return self->text != NULL && self->comparison == WEIR_QUERY_EQUAL;
}

/* weir_query_path_get_value:
 *
 * Returns: what it is compared with */
const char *
weir_query_path_get_value (const WeirQueryPath *self)
{
  return self->value;
}

/* weir_query_path_may_match:
 * @raw: JSON that the payload is in
 *
 * Returns: %FALSE if the key or the value is surely not there */
gboolean
weir_query_path_may_match (const WeirQueryPath *self, const char *raw, gsize length)
{
  return (self->text == NULL || weir_trace_may_be_in (self->text, raw, length))
         && (self->key == NULL || weir_trace_may_be_in (self->key, raw, length));
}

/* weir_query_path_matches:
 * @payload: JSON, may be absent
 *
 * `*` stands for any element or member; a path that leads to an array matches if one of its elements does.
 *
 * Returns: whether a value that the path leads to is as asked */
gboolean
weir_query_path_matches (const WeirQueryPath *self, WeirJson payload)
{
  return reaches (self, payload, 0);
}
