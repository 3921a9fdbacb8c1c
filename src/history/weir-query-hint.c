/* weir-query-hint.c: what is a query, but probably not the one that was meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How other languages join what is asked for. Only capitals: in small letters they are words of texts. */
static const char *const EITHER[] = { "OR", "|", "||", NULL };
static const char *const BOTH[] = { "AND", "&&", NULL };
static const char *const NOT[] = { "NOT", "!", NULL };

/* (nullable) a sentence with %s for the word; word: as it is typed, so one in quotes is none of these */
static const char *
find_hint (const char *word, gboolean is_first, gboolean is_last)
{
  if (g_strv_contains (EITHER, word) && !is_first && !is_last)
    /* Translators: %s is a word; what is behind the first colon stays as it is */
    return _ ("“%s” is looked for as a word. For either of two values, write the field twice: "
              "kind:created kind:updated. To look for the word itself, put it in quotes.");
  if (g_strv_contains (BOTH, word) && !is_first && !is_last)
    /* Translators: %s is a word */
    return _ ("“%s” is looked for as a word. Leave it out: words and different fields must all "
              "match anyway. To look for the word itself, put it in quotes.");
  if (g_strv_contains (NOT, word) && !is_last)
    /* Translators: %s is a word; what is behind the first colon stays as it is */
    return _ ("“%s” is looked for as a word. To exclude something, write a minus sign right "
              "before it: -kind:created. To look for the word itself, put it in quotes.");
  if (word[0] == '(' || g_str_equal (word, ")"))
    /* Translators: %s is a parenthesis and what may be typed behind it */
    return _ ("“%s” is looked for as it is, since parentheses group nothing. Leave them out. To "
              "look for them, use quotes.");
  return NULL;
}

/**
 * weir_query_dup_hint:
 * @self: a query
 * @position: (out): where the word begins that the hint is about, in bytes of the text
 * @length: (out): how long it is
 *
 * Words such as OR are looked for as any other word is, which is hardly ever meant. Who means it puts them in quotes.
 *
 * Returns: (transfer full) (nullable): a sentence or two, translated, how to write what was probably meant
 */
char *
weir_query_dup_hint (WeirQuery *self, gsize *position, gsize *length)
{
  guint n_terms;
  const WeirQueryTerm *terms;

  g_return_val_if_fail (WEIR_IS_QUERY (self), NULL);
  g_return_val_if_fail (position != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  terms = weir_query_get_terms (self, &n_terms);
  for (guint i = 0; i < n_terms; i++)
    {
      g_autofree char *word =
          g_strndup (weir_query_get_text (self) + terms[i].position, terms[i].length);
      const char *hint =
          terms[i].field == WEIR_QUERY_WORD ? find_hint (word, i == 0, i == n_terms - 1) : NULL;

      if (hint == NULL)
        continue;
      *position = terms[i].position;
      *length = terms[i].length;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      return g_strdup_printf (hint, word);
#pragma GCC diagnostic pop
    }
  return NULL;
}
