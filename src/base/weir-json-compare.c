/* weir-json-compare.c: whether two values say the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same is what means the same, however it is written: numbers by their value, strings by their characters, objects
 * without regard to the order of their members, of which the last of a name counts.
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-compare.h"

#include "weir-json-private.h"

#define SEED G_GUINT64_CONSTANT (0xcbf29ce484222325)

/* Every bit of the answer hangs on every bit of the number. */
static guint64
mix (guint64 number)
{
  number ^= number >> 30;
  number *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  number ^= number >> 27;
  number *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return number ^ (number >> 31);
}

static guint64
hash_bytes (guint64 hash, const char *bytes, gsize length)
{
  for (; length >= 8; bytes += 8, length -= 8)
    hash = mix (hash ^ weir_json_load_word (bytes));
  for (; length > 0; bytes++, length--)
    hash = (hash ^ (guint8) *bytes) * G_GUINT64_CONSTANT (0x100000001b3);
  return mix (hash);
}

static guint64
hash_string (WeirJson string)
{
  g_autofree char *text = NULL;

  if (memchr (string.text, '\\', string.length) == NULL)
    return hash_bytes (SEED, string.text + 1, string.length - 2);
  text = weir_json_dup_string (string);
  return hash_bytes (SEED, text, strlen (text));
}

static guint64
hash_number (WeirJson number)
{
  WeirJsonDecimal decimal;
  guint64 hash = SEED + 1;

  weir_json_take_apart (number, &decimal);
  if (decimal.first == NULL)
    return hash;
  for (const char *p = decimal.first; p <= decimal.last; p++)
    if (*p != '.')
      hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  return mix (hash ^ (guint64) decimal.exponent ^ (decimal.negative ? 1 : 0) << 8);
}

static guint64
hash_scalar (WeirJson value)
{
  switch (weir_json_get_type (value))
    {
    case WEIR_JSON_STRING:
      return hash_string (value);
    case WEIR_JSON_NUMBER:
      return hash_number (value);
    default:
      return hash_bytes (SEED + 2, value.text, value.length);
    }
}

/* From one end to the other, once: how deep values are nested costs nothing. */
static guint64
hash_at (const char **position, const char *end)
{
  const char *p = *position;
  gboolean object = *p == '{';
  guint64 hash = SEED + (object ? 3 : 4);

  if (*p != '{' && *p != '[')
    return hash_scalar (weir_json_take_value (position, end));

  p = weir_json_skip_space (p + 1, end);
  while (p < end && *p != '}' && *p != ']')
    {
      guint64 name = 0;

      if (*p == ',')
        p = weir_json_skip_space (p + 1, end);
      if (object)
        {
          name = hash_string (weir_json_take_value (&p, end));
          p = weir_json_skip_space (p, end);
          p = weir_json_skip_space (MIN (p + 1, end), end); /* the colon */
        }
      /* a sum knows no order */
      if (object)
        hash += mix (name ^ mix (hash_at (&p, end)));
      else
        hash = mix (hash ^ hash_at (&p, end));
      p = weir_json_skip_space (p, end);
    }
  *position = MIN (p + 1, end);
  return mix (hash);
}

static gboolean
numbers_are_equal (WeirJson a, WeirJson b)
{
  WeirJsonDecimal one, other;
  const char *p, *q;

  weir_json_take_apart (a, &one);
  weir_json_take_apart (b, &other);
  if (one.first == NULL || other.first == NULL)
    return one.first == other.first;
  if (one.negative != other.negative || one.exponent != other.exponent)
    return FALSE;

  p = one.first;
  q = other.first;
  while (p <= one.last && q <= other.last)
    {
      if (*p == '.')
        p++;
      if (*q == '.')
        q++;
      if (*p++ != *q++)
        return FALSE;
    }
  return p > one.last && q > other.last;
}

/**
 * weir_json_scalar_equal:
 * @a: a value that is no array and no object
 * @b: a value that is no array and no object
 *
 * Returns: whether they mean the same: 1, 1.0 and 10e-1 do, and so do "a" and "\u0061"
 */
gboolean
weir_json_scalar_equal (WeirJson a, WeirJson b)
{
  WeirJsonType type = weir_json_get_type (a);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (type != weir_json_get_type (b))
    return FALSE;
  if (type == WEIR_JSON_ABSENT)
    return TRUE;
  if (a.length == b.length && memcmp (a.text, b.text, a.length) == 0)
    return TRUE;
  if (type == WEIR_JSON_NUMBER)
    return numbers_are_equal (a, b);
  if (type != WEIR_JSON_STRING
      || (memchr (a.text, '\\', a.length) == NULL && memchr (b.text, '\\', b.length) == NULL))
    return FALSE;
  one = weir_json_dup_string (a);
  other = weir_json_dup_string (b);
  return strcmp (one, other) == 0;
}

/**
 * weir_json_hash:
 * @value: a value
 *
 * Goes once over the value's bytes; what is nested deep costs no more. Only of a name that an object has twice the
 * number is another than that of the object with the last of them.
 *
 * Returns: a number that is the same for values that mean the same
 */
guint64
weir_json_hash (WeirJson value)
{
  const char *p = value.text;

  return p != NULL && value.length > 0 ? hash_at (&p, value.text + value.length) : 0;
}
