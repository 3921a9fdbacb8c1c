/* weir-letter.c: letters as a search sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-letter.h"

#define REPLACEMENT 0xfffd
#define UNIT 4 /* hexadecimal digits behind \u */

static gboolean
is_high (gunichar unit)
{
  return unit >= 0xd800 && unit < 0xdc00;
}

static gboolean
is_low (gunichar unit)
{
  return unit >= 0xdc00 && unit < 0xe000;
}

static gunichar
join (gunichar high, gunichar low)
{
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* JSON's nul is a replacement character, as everywhere in Weir: a C string has none. */
static gunichar
clean (gunichar unit)
{
  return unit == 0 || is_high (unit) || is_low (unit) ? REPLACEMENT : unit;
}

static gboolean
read_unit (const char *at, const char *end, gunichar *unit)
{
  *unit = 0;
  if (end - at < UNIT)
    return FALSE;
  for (int i = 0; i < UNIT; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (gunichar) digit;
    }
  return TRUE;
}

static gunichar
undo_short (char c)
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
      return (guchar) c;
    }
}

static const char *
read_escape (const char *at, const char *end, gunichar *c)
{
  gunichar unit, low;

  *c = '\\';
  if (end - at < 2)
    return at + 1;
  if (at[1] != 'u')
    {
      *c = undo_short (at[1]);
      if ((guchar) at[1] < 0x80)
        return at + 2;
      *c = REPLACEMENT;
      return at + 1;
    }

  *c = REPLACEMENT;
  if (!read_unit (at + 2, end, &unit))
    return at + 2;
  at += 2 + UNIT;
  if (is_high (unit) && end - at >= 2 + UNIT && at[0] == '\\' && at[1] == 'u'
      && read_unit (at + 2, end, &low) && is_low (low))
    {
      *c = join (unit, low);
      return at + 2 + UNIT;
    }
  *c = clean (unit);
  return at;
}

/* whether the character at @at has a backslash before it that is none itself */
static gboolean
is_escaped (const char *start, const char *at)
{
  const char *backslash = at;

  while (backslash > start && backslash[-1] == '\\')
    backslash--;
  return (at - backslash) % 2 == 1;
}

/**
 * weir_letter_fold:
 * @c: a letter
 *
 * Returns: the letter that all those stand for that differ from @c in case only
 */
gunichar
weir_letter_fold (gunichar c)
{
  gunichar folded;

  if (c < 0x80)
    return (guchar) g_ascii_tolower ((char) c);
  folded = g_unichar_tolower (g_unichar_toupper (c));
  return folded < 0x80 ? c : folded;
}

/**
 * weir_letter_is_word:
 * @c: a letter
 *
 * Returns: whether it is part of a word
 */
gboolean
weir_letter_is_word (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c);
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/**
 * weir_letter_is_alone:
 * @c: a letter
 *
 * Returns: whether it is of a script without blanks: Han, Kana, Hangul (whose words change at their end and
 *   are joined freely), Thai, Lao, Burmese, Khmer
 */
gboolean
weir_letter_is_alone (gunichar c)
{
  if (c < 0x0e00)
    return FALSE;
  return weir_letter_is_word (c)
         && (c < 0x0f00 || (c >= 0x1000 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800)
             || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0)
             || (c >= 0xf900 && c < 0xfb00) || (c >= 0x20000 && c < 0x40000));
}

/**
 * weir_letter_begins:
 * @before: the letter before it, 0 at the beginning of a text
 * @c: a letter
 *
 * Returns: whether what begins with @c may be found here: a word begins, or @c is of no word
 */
gboolean
weir_letter_begins (gunichar before, gunichar c)
{
  return !weir_letter_is_word (c) || !weir_letter_is_word (before) || weir_letter_is_alone (c)
         || weir_letter_is_alone (before);
}

/**
 * weir_letter_read:
 * @at: somewhere in JSON, between letters
 * @end: where it ends, behind @at
 * @c: (out): a letter
 *
 * Returns: what is behind it
 */
const char *
weir_letter_read (const char *at, const char *end, gunichar *c)
{
  gunichar read;

  if (*at == '\\')
    return read_escape (at, end, c);
  if ((guchar) *at < 0x80)
    {
      *c = (guchar) *at;
      return at + 1;
    }
  read = g_utf8_get_char_validated (at, end - at);
  if (read == (gunichar) -1 || read == (gunichar) -2)
    {
      *c = REPLACEMENT;
      return at + 1;
    }
  *c = read;
  return g_utf8_next_char (at);
}

/**
 * weir_letter_read_before:
 * @start: where the JSON begins
 * @at: somewhere in it
 * @c: (out): the letter before @at, its escape undone; 0 at the beginning
 *
 * Returns: %FALSE if there is no letter's end at @at, but the inside of an escape
 */
gboolean
weir_letter_read_before (const char *start, const char *at, gunichar *c)
{
  const char *before;

  *c = 0;
  if (at == start)
    return TRUE;
  if (is_escaped (start, at))
    return FALSE;

  /* \uXXXX ends here, or goes on */
  for (int digits = 0; digits <= UNIT && at - digits - 2 >= start; digits++)
    {
      const char *u = at - digits - 1;

      if (*u == 'u' && is_escaped (start, u))
        {
          gunichar unit, high;

          if (digits < UNIT || !read_unit (u + 1, at, &unit))
            return FALSE;
          if (is_low (unit) && u - 7 >= start && u[-7] == '\\' && u[-6] == 'u'
              && is_escaped (start, u - 6) && read_unit (u - 5, u - 1, &high) && is_high (high))
            unit = join (high, unit);
          *c = clean (unit);
          return TRUE;
        }
      if (!g_ascii_isxdigit (*u))
        break;
    }

  if (is_escaped (start, at - 1))
    {
      *c = undo_short (at[-1]);
      return TRUE;
    }
  before = g_utf8_find_prev_char (start, at);
  *c = before != NULL ? g_utf8_get_char_validated (before, at - before) : REPLACEMENT;
  if (*c == (gunichar) -1 || *c == (gunichar) -2)
    *c = REPLACEMENT;
  return TRUE;
}
