/* weir-json-convert.c: accepted JSON as strings, numbers, times and text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json.h"
#include "weir-json-private.h"
#include "weir-time.h"

#include <math.h>

/* Indentation can make text much longer: what would grow beyond this stays as it was written. */
#define MAX_PRETTY_SIZE (256u * 1024u * 1024u)

#define INDENT 2

#define REPLACEMENT 0xfffd

static guint
read_hex (const char *p)
{
  guint number = 0;

  for (int i = 0; i < 4; i++)
    number = number * 16 + (guint) g_ascii_xdigit_value (p[i]);
  return number;
}

/* @p stands behind \u. A surrogate takes its partner along; without one, and for the nul that a C
 * string cannot hold, there is a replacement character. */
static const char *
decode_unicode (const char *p, const char *end, gunichar *c)
{
  guint unit = read_hex (p);

  p += 4;
  *c = unit;
  if (unit >= 0xd800 && unit <= 0xdbff && end - p >= 6 && p[0] == '\\' && p[1] == 'u')
    {
      guint low = read_hex (p + 2);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          *c = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
          return p + 6;
        }
    }
  if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
    *c = REPLACEMENT;
  return p;
}

static char
decode_short_escape (char c)
{
  switch (c)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
    }
}

/* What is whole can be told from what is not without rounding. */
void
weir_json_take_apart (WeirJson value, WeirJsonDecimal *decimal)
{
  const char *p = value.text;
  const char *end = p + value.length;
  gint64 digits_after_last = 0; /* zeros since then, and the fraction's digits, negative */
  gint64 shift = 0;
  gboolean in_fraction = FALSE;
  gint64 exponent = 0;
  gboolean negative_exponent;

  *decimal = (WeirJsonDecimal){ .negative = *p == '-' };
  if (*p == '-')
    p++;
  for (; p < end && *p != 'e' && *p != 'E'; p++)
    {
      if (*p == '.')
        {
          in_fraction = TRUE;
          continue;
        }
      if (in_fraction)
        shift--;
      digits_after_last++;
      if (*p != '0')
        {
          if (decimal->first == NULL)
            decimal->first = p;
          decimal->last = p;
          digits_after_last = 0;
        }
    }

  if (p < end)
    {
      p++;
      negative_exponent = p < end && *p == '-';
      if (p < end && (*p == '-' || *p == '+'))
        p++;
      /* No text is long enough for its digits to make up for an exponent beyond this. */
      for (; p < end; p++)
        exponent = MIN (exponent * 10 + (*p - '0'), G_GINT64_CONSTANT (1000000000000));
      if (negative_exponent)
        exponent = -exponent;
    }
  decimal->exponent = exponent + shift + digits_after_last;
}

static void
append_line (GString *out, guint depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth * INDENT; i++)
    g_string_append_c (out, ' ');
}

/**
 * weir_json_dup_string:
 * @value: a string
 *
 * Decodes a string. What a C string in UTF-8 cannot hold, `\u0000` and half a surrogate pair,
 * becomes U+FFFD.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL if @value is not a string
 */
char *
weir_json_dup_string (WeirJson value)
{
  const char *p, *end;
  char *text, *out;

  if (weir_json_get_type (value) != WEIR_JSON_STRING || value.length < 2)
    return NULL;

  p = value.text + 1;
  end = value.text + value.length - 1;
  /* No escape is shorter than what it stands for. */
  text = out = g_malloc (value.length);
  while (p < end)
    {
      const char *run = p;
      gunichar c;

      p = weir_json_find_quote (p, end);
      memcpy (out, run, (gsize) (p - run));
      out += p - run;
      if (end - p < 2)
        break;

      p += 2; /* behind the backslash and its letter */
      if (p[-1] == 'u' && end - p >= 4)
        {
          p = decode_unicode (p, end, &c);
          out += g_unichar_to_utf8 (c, out);
        }
      else
        *out++ = decode_short_escape (p[-1]);
    }
  *out = '\0';
  return text;
}

/**
 * weir_json_dup_text:
 * @value: a value
 *
 * For what is a string on one server and a number on another, such as an ID.
 *
 * Returns: (transfer full) (nullable): a string decoded, any other value as it was written, or %NULL
 *   if @value is absent or null
 */
char *
weir_json_dup_text (WeirJson value)
{
  if (!weir_json_is_set (value))
    return NULL;
  if (weir_json_get_type (value) == WEIR_JSON_STRING)
    return weir_json_dup_string (value);
  return weir_json_dup_raw (value);
}

/**
 * weir_json_dup_raw:
 * @value: a value
 *
 * Returns: (transfer full) (nullable): the value exactly as it was written, or %NULL if it is absent
 */
char *
weir_json_dup_raw (WeirJson value)
{
  return value.text != NULL ? g_strndup (value.text, value.length) : NULL;
}

/**
 * weir_json_dup_bytes:
 * @value: a value
 *
 * Returns: (transfer full) (nullable): the value exactly as it was written, or %NULL if it is absent
 */
GBytes *
weir_json_dup_bytes (WeirJson value)
{
  return value.text != NULL ? g_bytes_new (value.text, value.length) : NULL;
}

/* Appends @value without the white space between its parts. */
void
weir_json_append_compact (GString *out, WeirJson value)
{
  const char *p = value.text;
  const char *end = p + value.length;

  while (p < end)
    {
      const char *run = p;

      while (p < end && !weir_json_is_space (*p))
        p = *p == '"' ? weir_json_skip_string (p, end) : p + 1;
      g_string_append_len (out, run, p - run);
      p = weir_json_skip_space (p, end);
    }
}

/**
 * weir_json_dup_pretty:
 * @value: a value
 *
 * Lays a value out for people, two spaces a level, every member on a line of its own. Numbers,
 * names, order and the spelling of strings stay as they were written. A text that would grow beyond
 * 256 MiB is returned as it was written.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL if @value is absent
 */
char *
weir_json_dup_pretty (WeirJson value)
{
  g_autoptr (GString) out = NULL;
  const char *p, *end;
  guint depth = 0;

  if (value.text == NULL)
    return NULL;

  p = value.text;
  end = p + value.length;
  out = g_string_sized_new (value.length + value.length / 2);
  while (p < end)
    {
      const char *start = p;

      if (out->len > MAX_PRETTY_SIZE)
        return weir_json_dup_raw (value);
      if (*p == '"')
        {
          p = weir_json_skip_string (p, end);
          g_string_append_len (out, start, p - start);
          continue;
        }

      p++;
      if (weir_json_is_space (*start))
        continue;
      if (*start == '}' || *start == ']')
        append_line (out, --depth);
      g_string_append_c (out, *start);
      if (*start == ':')
        g_string_append_c (out, ' ');
      else if (*start == ',')
        append_line (out, depth);
      else if (*start == '{' || *start == '[')
        {
          p = weir_json_skip_space (p, end);
          if (p < end && (*p == '}' || *p == ']'))
            g_string_append_c (out, *p++);
          else
            append_line (out, ++depth);
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * weir_json_dup_strv:
 * @value: an array
 *
 * Returns: (transfer full): its strings, decoded, and its numbers, as they were written; empty if
 *   @value is not an array
 */
char **
weir_json_dup_strv (WeirJson value)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  WeirJsonIter iter;
  WeirJson item;

  if (weir_json_get_type (value) == WEIR_JSON_ARRAY)
    {
      weir_json_iter_init (&iter, value);
      while (weir_json_iter_next (&iter, NULL, &item))
        {
          WeirJsonType type = weir_json_get_type (item);

          if (type == WEIR_JSON_STRING || type == WEIR_JSON_NUMBER)
            g_ptr_array_add (texts, weir_json_dup_text (item));
        }
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

/**
 * weir_json_get_int:
 * @value: a number
 * @number: (out): the number; left alone if @value is not one
 *
 * Reads a whole number without rounding. `5`, `5.0` and `50e-1` are 5; `5.5` and what does not fit
 * are nothing.
 *
 * Returns: whether @value is a whole number that a #gint64 holds
 */
gboolean
weir_json_get_int (WeirJson value, gint64 *number)
{
  WeirJsonDecimal decimal;
  guint64 magnitude = 0;
  guint64 limit;

  g_return_val_if_fail (number != NULL, FALSE);

  if (weir_json_get_type (value) != WEIR_JSON_NUMBER)
    return FALSE;

  weir_json_take_apart (value, &decimal);
  if (decimal.first == NULL)
    {
      *number = 0;
      return TRUE;
    }
  if (decimal.exponent < 0)
    return FALSE;

  limit = decimal.negative ? (guint64) G_MAXINT64 + 1 : G_MAXINT64;
  for (const char *p = decimal.first; p <= decimal.last; p++)
    {
      guint64 digit = (guint64) (*p - '0');

      if (*p == '.')
        continue;
      if (magnitude > (limit - digit) / 10)
        return FALSE;
      magnitude = magnitude * 10 + digit;
    }
  for (gint64 i = 0; i < decimal.exponent; i++)
    {
      if (magnitude > limit / 10)
        return FALSE;
      magnitude *= 10;
    }
  *number = decimal.negative ? (gint64) -magnitude : (gint64) magnitude;
  return TRUE;
}

/**
 * weir_json_get_double:
 * @value: a number
 * @number: (out): the nearest double; left alone if @value is not a number
 *
 * Returns: whether @value is a number within the range of a double
 */
gboolean
weir_json_get_double (WeirJson value, double *number)
{
  g_autofree char *text = NULL;
  double result;

  g_return_val_if_fail (number != NULL, FALSE);

  if (weir_json_get_type (value) != WEIR_JSON_NUMBER)
    return FALSE;
  text = weir_json_dup_raw (value);
  result = g_ascii_strtod (text, NULL);
  if (!isfinite (result))
    return FALSE;
  *number = result;
  return TRUE;
}

/**
 * weir_json_get_boolean:
 * @value: a value
 *
 * Returns: whether @value is true
 */
gboolean
weir_json_get_boolean (WeirJson value)
{
  return weir_json_get_type (value) == WEIR_JSON_BOOLEAN && *value.text == 't';
}

/**
 * weir_json_get_time:
 * @value: an ISO 8601 string, or a number of ms since 1970
 *
 * Returns: µs since 1970 UTC, or 0 if @value is no time
 */
gint64
weir_json_get_time (WeirJson value)
{
  g_autofree char *text = NULL;
  double milliseconds;
  gint64 time = 0;

  if (weir_json_get_double (value, &milliseconds))
    return weir_time_from_milliseconds (milliseconds);
  text = weir_json_dup_string (value);
  weir_time_parse (text, &time);
  return time;
}
