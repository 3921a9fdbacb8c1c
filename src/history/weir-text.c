/* weir-text.c: how a query compares text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-text.h"

#include <string.h>

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }
  return TRUE;
}

static char *
fold (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);

  return g_utf8_casefold (valid, -1);
}

/* Both upper and lower case of the first letter are looked for with memchr(): payloads are long,
 * and this is what a search spends its time on. */
static gboolean
contains_ascii (const char *text, gsize length, const char *word, gsize word_length)
{
  const char first[2] = { g_ascii_tolower (word[0]), g_ascii_toupper (word[0]) };
  const char *candidates[2];
  const char *end;

  if (word_length > length)
    return FALSE;

  end = text + (length - word_length) + 1;
  candidates[0] = memchr (text, first[0], (gsize) (end - text));
  candidates[1] = first[0] != first[1] ? memchr (text, first[1], (gsize) (end - text)) : NULL;

  while (candidates[0] != NULL || candidates[1] != NULL)
    {
      int nearest =
          candidates[0] == NULL || (candidates[1] != NULL && candidates[1] < candidates[0]);
      const char *found = candidates[nearest];

      if (g_ascii_strncasecmp (found + 1, word + 1, word_length - 1) == 0)
        return TRUE;
      candidates[nearest] = memchr (found + 1, first[nearest], (gsize) (end - (found + 1)));
    }

  return FALSE;
}

static gboolean
read_hex (const char *text, const char *end, gunichar *unit)
{
  *unit = 0;
  if (end - text < 4)
    return FALSE;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (gunichar) digit;
    }
  return TRUE;
}

/* A \uXXXX, or two that are a surrogate pair; a lone half becomes U+FFFD. at points behind the u. */
static const char *
append_escaped_unit (GString *plain, const char *at, const char *end)
{
  gunichar unit, low;

  if (!read_hex (at, end, &unit))
    return at;
  at += 4;

  if (unit >= 0xd800 && unit < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u'
      && read_hex (at + 2, end, &low) && low >= 0xdc00 && low < 0xe000)
    {
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      at += 6;
    }

  g_string_append_unichar (plain, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
  return at;
}

/* JSON with the escapes of its strings undone: what a reader sees and types. */
static GString *
undo_escapes (const char *json, gsize length)
{
  GString *plain = g_string_sized_new (length);
  const char *end = json + length;

  while (json < end)
    {
      const char *backslash = memchr (json, '\\', (gsize) (end - json));

      if (backslash == NULL || backslash + 1 == end)
        {
          g_string_append_len (plain, json, end - json);
          break;
        }

      g_string_append_len (plain, json, backslash - json);
      json = backslash + 2;
      switch (backslash[1])
        {
        case 'n':
          g_string_append_c (plain, '\n');
          break;
        case 't':
          g_string_append_c (plain, '\t');
          break;
        case 'r':
          g_string_append_c (plain, '\r');
          break;
        case 'b':
          g_string_append_c (plain, '\b');
          break;
        case 'f':
          g_string_append_c (plain, '\f');
          break;
        case 'u':
          json = append_escaped_unit (plain, json, end);
          break;
        default:
          g_string_append_c (plain, backslash[1]);
        }
    }

  return plain;
}

/**
 * weir_text_compare:
 * @a: text, need not end with a nul
 * @a_length: its length in bytes
 * @b: text to compare with
 * @b_length: its length in bytes
 *
 * Compares without regard to case.
 *
 * Returns: negative, 0 or positive, as strcmp() does
 */
int
weir_text_compare (const char *a, gsize a_length, const char *b, gsize b_length)
{
  g_autofree char *a_folded = NULL;
  g_autofree char *b_folded = NULL;

  if (is_ascii (a, a_length) && is_ascii (b, b_length))
    {
      int order = g_ascii_strncasecmp (a, b, MIN (a_length, b_length));

      return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
    }

  a_folded = fold (a, a_length);
  b_folded = fold (b, b_length);
  return strcmp (a_folded, b_folded);
}

/**
 * weir_text_contains:
 * @text: text, need not end with a nul
 * @length: its length in bytes
 * @word: what is looked for
 *
 * Returns: whether @word is found, without regard to case
 */
gboolean
weir_text_contains (const char *text, gsize length, const char *word)
{
  g_autofree char *text_folded = NULL;
  g_autofree char *word_folded = NULL;
  gsize word_length = strlen (word);

  if (word_length == 0)
    return TRUE;
  if (length == 0)
    return FALSE;
  if (is_ascii (word, word_length))
    return contains_ascii (text, length, word, word_length);

  text_folded = fold (text, length);
  word_folded = fold (word, word_length);
  return strstr (text_folded, word_folded) != NULL;
}

/**
 * weir_text_json_contains:
 * @json: JSON, need not end with a nul
 * @length: its length in bytes
 * @word: what is looked for
 *
 * Like weir_text_contains(), but what is written with escapes ("\u00e9", "\"") is found as it reads.
 *
 * Returns: whether @word is found
 */
gboolean
weir_text_json_contains (const char *json, gsize length, const char *word)
{
  g_autoptr (GString) plain = NULL;

  if (weir_text_contains (json, length, word))
    return TRUE;
  if (length == 0 || memchr (json, '\\', length) == NULL)
    return FALSE;

  plain = undo_escapes (json, length);
  return weir_text_contains (plain->str, plain->len, word);
}
