/* weir-json-private.h: what the files of weir-json share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-json.h"

#include <string.h>

G_BEGIN_DECLS

/* Strings are read eight bytes at a time: arithmetic on a whole word sets the high bit of each byte
 * that is looked for. A borrow can set a bit too many, but only in a byte after a true one. */
#define WEIR_JSON_ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define WEIR_JSON_HIGH G_GUINT64_CONSTANT (0x8080808080808080)

static inline guint64
weir_json_load_word (const char *p)
{
  guint64 word;

  memcpy (&word, p, sizeof word);
  return GUINT64_FROM_LE (word);
}

static inline guint64
weir_json_mark_byte (guint64 word, guint8 byte)
{
  guint64 difference = word ^ (WEIR_JSON_ONES * byte);

  return (difference - WEIR_JSON_ONES) & ~difference;
}

/* The next quote or backslash from @p on, or @end. */
static inline const char *
weir_json_find_quote (const char *p, const char *end)
{
  while (end - p >= 8)
    {
      guint64 word = weir_json_load_word (p);
      guint64 marks = weir_json_mark_byte (word, '"') | weir_json_mark_byte (word, '\\');

      if ((marks & WEIR_JSON_HIGH) != 0)
        return p + __builtin_ctzll (marks & WEIR_JSON_HIGH) / 8;
      p += 8;
    }
  while (p < end && *p != '"' && *p != '\\')
    p++;
  return p;
}

/* From an opening quote of accepted bytes to behind the closing one. */
static inline const char *
weir_json_skip_string (const char *p, const char *end)
{
  for (p++; p < end; p += 2)
    {
      p = weir_json_find_quote (p, end);
      if (p < end && *p == '"')
        return p + 1;
    }
  return end;
}

static inline gboolean
weir_json_is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline const char *
weir_json_skip_space (const char *p, const char *end)
{
  while (p < end && weir_json_is_space (*p))
    p++;
  return p;
}

/* A number as sign, significant digits and a power of ten. */
typedef struct
{
  gboolean negative;
  const char *first; /* the first digit that is not 0, or NULL */
  const char *last;  /* the last one; there may be a point between them */
  gint64 exponent;   /* the power of ten of *last */
} WeirJsonDecimal;

void weir_json_take_apart (WeirJson number, WeirJsonDecimal *decimal);
WeirJson weir_json_take_value (const char **position, const char *end);
void weir_json_append_compact (GString *out, WeirJson value);

G_END_DECLS
