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
