/* fuzz-weir-query.c: any query of any bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-fuzz"

#include "weir-query-match.h"
#include "weir-words.h"

#include "fuzz.h"

#include <string.h>

#define NOW (1767323045 * (gint64) G_USEC_PER_SEC)

static void
check_error (const GError *error, const char *text)
{
  gsize position, length;

  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!weir_query_error_get_span (error, &position, &length))
    return;
  g_assert_cmpuint (position, <=, strlen (text));
  g_assert_cmpuint (length, <=, strlen (text) - position);
  g_assert_true (g_utf8_validate (text + position, (gssize) length, NULL));
}

/* A term's place is its word, and the word alone is the same term. */
static void
check_terms (WeirQuery *query)
{
  guint n_terms;
  const WeirQueryTerm *terms = weir_query_get_terms (query, &n_terms);

  for (guint i = 0; i < n_terms; i++)
    {
      g_autofree char *word =
          g_strndup (weir_query_get_text (query) + terms[i].position, terms[i].length);
      g_autoptr (WeirQuery) alone = weir_query_new (word, NULL);
      const WeirQueryTerm *same;
      guint n_same;

      g_assert_nonnull (alone);
      same = weir_query_get_terms (alone, &n_same);
      g_assert_cmpuint (n_same, ==, 1);
      g_assert_cmpstr (same->value, ==, terms[i].value);
      g_assert_cmpint (same->field, ==, terms[i].field);
      g_assert_cmpint (same->negated, ==, terms[i].negated);
    }
}

/* Bytes that are no JSON must do no harm; what is found in JSON must be on a page of it. */
static void
look_for (const WeirQueryMatch *match, const char *raw, gsize length)
{
  gboolean is_json = weir_json_parse_text (raw, (gssize) length, NULL, NULL);
  gboolean is_found = weir_query_match_raw (match, raw, length, NULL, 0);
  WeirJson view = { raw, length };
  g_autoptr (GBytes) filter = weir_words_filter_new (&view, 1);

  if (is_json && is_found)
    g_assert_true (
        weir_query_match_page (match, g_bytes_get_data (filter, NULL), g_bytes_get_size (filter))
        || weir_query_match_needs_event (match));
  /* a filter of somebody else */
  weir_query_match_page (match, (const guint8 *) raw, length);
}

/* The first line is a query, the rest an event. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *line_end = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize length = line_end != NULL ? (gsize) (line_end - data) : size;
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new (text, &error);
  g_autoptr (WeirQueryMatch) match = NULL;
  g_autofree char *explanation = NULL;

  if (query == NULL)
    {
      check_error (error, text);
      return 0;
    }

  check_terms (query);
  explanation = weir_query_dup_explanation (query, NULL, NULL);
  g_assert_true (g_utf8_validate (explanation, -1, NULL));
  match = weir_query_match_new (query, NOW);
  if (line_end != NULL)
    {
      gsize rest = size - length - 1;
      /* exactly as long, so that reading past it is seen by a sanitizer */
      g_autofree char *raw = g_malloc (MAX (rest, 1));

      memcpy (raw, line_end + 1, rest);
      look_for (match, raw, rest);
    }
  return 0;
}
