/* test-weir-query-random.c: fast matching against a slow reference, on random JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-query-match.h"
#include "weir-words.h"

#include <string.h>

#define ROUNDS 500
#define QUERIES 20
#define MAX_DEPTH 4

/* What is likely to be mistaken: cases, escapes, marks that JSON writes between strings, hexadecimal digits,
 * letters that fold to ASCII, scripts without blanks, half a pair. */
static const gunichar LETTERS[] = {
  'a',   'A',    'b',  'u',    'n',    'e',     '0',   '9',  '1',   ' ',  '-',    '.',
  '/',   '"',    '\\', ',',    ':',    '[',     '}',   '\n', 0xe9,  0xc9, 0x3c3,  0x3c2,
  0x3a3, 0x212a, 'k',  0x6f22, 0x5b57, 0x1f600, 0x301, 0xdf, 0x130, 'i',  0xfffd,
};

static gunichar
pick_letter (GRand *rand)
{
  return LETTERS[g_rand_int_range (rand, 0, G_N_ELEMENTS (LETTERS))];
}

static void
append_escape (GString *json, guint unit, GRand *rand)
{
  g_string_append_printf (json, g_rand_boolean (rand) ? "\\u%04x" : "\\u%04X", unit);
}

static void
append_letter (GString *json, gunichar c, GRand *rand)
{
  gboolean must = c == '"' || c == '\\' || c < 0x20;

  if (c == 0xfffd && g_rand_boolean (rand))
    append_escape (json, 0xd83d, rand);
  else if (g_rand_int_range (rand, 0, 6) == 0 || (c == '\n' && g_rand_boolean (rand)))
    {
      if (c >= 0x10000)
        append_escape (json, 0xd800 + ((c - 0x10000) >> 10), rand);
      append_escape (json, c >= 0x10000 ? 0xdc00 + ((c - 0x10000) & 0x3ff) : c, rand);
    }
  else if (c == '\n')
    g_string_append (json, "\\n");
  else
    {
      if (must || (c == '/' && g_rand_boolean (rand)))
        g_string_append_c (json, '\\');
      g_string_append_unichar (json, c);
    }
}

static void
append_string (GString *json, GRand *rand)
{
  int length = g_rand_int_range (rand, 0, 12);

  g_string_append_c (json, '"');
  for (int i = 0; i < length; i++)
    append_letter (json, pick_letter (rand), rand);
  g_string_append_c (json, '"');
}

static void
append_blank (GString *json, GRand *rand)
{
  if (g_rand_int_range (rand, 0, 8) == 0)
    g_string_append_c (json, " \n\t"[g_rand_int_range (rand, 0, 3)]);
}

static void
append_value (GString *json, int depth, GRand *rand)
{
  static const char *const LITERALS[] = { "true", "false", "null",  "1",      "-0.9", "9e1",
                                          "90",   "0.9",   "10.90", "1.09e1", "190" };
  int kind = g_rand_int_range (rand, 0, depth > 0 ? 7 : 4);

  append_blank (json, rand);
  if (kind < 3)
    append_string (json, rand);
  else if (kind == 3)
    g_string_append (json, LITERALS[g_rand_int_range (rand, 0, G_N_ELEMENTS (LITERALS))]);
  else
    {
      int n = g_rand_int_range (rand, 0, 4);
      gboolean is_object = kind > 4;

      g_string_append_c (json, is_object ? '{' : '[');
      for (int i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append_c (json, ',');
          append_blank (json, rand);
          if (is_object && g_rand_boolean (rand))
            g_string_append_printf (json, "\"%c\"", "abu"[g_rand_int_range (rand, 0, 3)]);
          else if (is_object)
            append_string (json, rand);
          if (is_object)
            {
              append_blank (json, rand);
              g_string_append_c (json, ':');
            }
          append_value (json, depth - 1, rand);
        }
      append_blank (json, rand);
      g_string_append_c (json, is_object ? '}' : ']');
    }
  append_blank (json, rand);
}

static char *
make_event (GRand *rand)
{
  static const char *const NAMES[] = { "payload", "event", "data", "other" };
  GString *json = g_string_new ("{");

  if (g_rand_boolean (rand))
    g_string_append (json, "\"event_id\":\"e\",");
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_rand_int_range (rand, 0, 3) > 0)
      {
        g_string_append_printf (json, "\"%s\":", NAMES[i]);
        append_value (json, MAX_DEPTH, rand);
        g_string_append_c (json, ',');
      }
  g_string_append (json, "\"end\":0}");
  return g_string_free (json, FALSE);
}

/* The reference: all letters of each text, one after the other. */
static gunichar
fold (gunichar c)
{
  gunichar folded = g_unichar_tolower (g_unichar_toupper (c));

  return c >= 0x80 && folded < 0x80 ? c : folded;
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
is_han (gunichar c)
{
  return c == 0x6f22 || c == 0x5b57;
}

static gboolean
text_has (const char *text, const char *term)
{
  glong n_letters;
  glong n_wanted;
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (text, -1, &n_letters);
  g_autofree gunichar *wanted = g_utf8_to_ucs4_fast (term, -1, &n_wanted);

  for (glong i = 0; i + n_wanted <= n_letters; i++)
    {
      glong same = 0;

      if (is_word (wanted[0]) && !is_han (wanted[0]) && i > 0 && is_word (letters[i - 1])
          && !is_han (letters[i - 1]))
        continue;
      while (same < n_wanted && fold (letters[i + same]) == fold (wanted[same]))
        same++;
      if (same == n_wanted)
        return TRUE;
    }
  return FALSE;
}

static gboolean
value_has (WeirJson value, WeirJson payload, const char *term)
{
  WeirJsonType type = weir_json_get_type (value);
  g_autofree char *text = NULL;
  WeirJsonIter iter;
  WeirJson key, member;

  if (type != WEIR_JSON_OBJECT && type != WEIR_JSON_ARRAY)
    {
      text = type == WEIR_JSON_STRING ? weir_json_dup_string (value) : weir_json_dup_raw (value);
      return text_has (text, term);
    }
  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, &key, &member))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (value_has (member, payload, term)
          || (name != NULL && payload.text != NULL && key.text > payload.text
              && key.text < payload.text + payload.length && text_has (name, term)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
leaf_is (WeirJson value, const char *wanted)
{
  double number;
  g_autofree char *text = NULL;

  if (weir_json_get_type (value) == WEIR_JSON_NUMBER)
    {
      /* no number here is longer than a double */
      char *end;
      double other = g_ascii_strtod (wanted, &end);

      return *end == '\0' && strspn (wanted, "0123456789.e-") == strlen (wanted)
             && g_ascii_isdigit (wanted[*wanted == '-'])
             && g_ascii_isdigit (wanted[strlen (wanted) - 1]) && strstr (wanted, ".e") == NULL
             && weir_json_get_double (value, &number) && number == other;
    }
  text = weir_json_get_type (value) == WEIR_JSON_STRING ? weir_json_dup_string (value)
                                                        : weir_json_dup_raw (value);
  return g_utf8_strlen (text, -1) == g_utf8_strlen (wanted, -1)
         && (*wanted == '\0' || text_has (text, wanted));
}

static gboolean
path_is (WeirJson payload, const char *const *path, const char *wanted)
{
  WeirJson value = payload;
  WeirJsonIter iter;
  WeirJson member;

  for (; *path != NULL; path++)
    {
      guint at = 0;

      if (weir_json_get_type (value) == WEIR_JSON_OBJECT)
        value = weir_json_get (value, *path);
      else if (weir_json_get_type (value) == WEIR_JSON_ARRAY && g_ascii_isdigit (**path))
        {
          WeirJson found = { NULL, 0 };

          weir_json_iter_init (&iter, value);
          while (weir_json_iter_next (&iter, NULL, &member))
            if (at++ == (guint) (**path - '0'))
              found = member;
          value = found;
        }
      else
        return FALSE;
    }
  if (weir_json_get_type (value) == WEIR_JSON_ABSENT)
    return FALSE;
  if (weir_json_get_type (value) != WEIR_JSON_ARRAY)
    return weir_json_get_type (value) != WEIR_JSON_OBJECT && leaf_is (value, wanted);
  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, NULL, &member))
    if (weir_json_get_type (member) != WEIR_JSON_ARRAY
        && weir_json_get_type (member) != WEIR_JSON_OBJECT && leaf_is (member, wanted))
      return TRUE;
  return FALSE;
}

static void
collect_texts (WeirJson value, GPtrArray *texts)
{
  WeirJsonIter iter;
  WeirJson key, member;

  if (weir_json_get_type (value) != WEIR_JSON_OBJECT
      && weir_json_get_type (value) != WEIR_JSON_ARRAY)
    g_ptr_array_add (texts, weir_json_dup_text (value));
  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, &key, &member))
    {
      if (key.text != NULL)
        g_ptr_array_add (texts, weir_json_dup_string (key));
      collect_texts (member, texts);
    }
}

/* A piece of a text of the event, or something else. */
static char *
make_term (GPtrArray *texts, GRand *rand)
{
  const char *text = texts->pdata[g_rand_int_range (rand, 0, (gint32) texts->len)];
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;
  GString *term = g_string_new (NULL);

  if (length > 0 && g_rand_int_range (rand, 0, 4) > 0)
    {
      int start = g_rand_int_range (rand, 0, (gint32) length);
      int end = g_rand_int_range (rand, start + 1, (gint32) length + 1);
      g_autofree char *piece = g_utf8_substring (text, start, end);

      g_string_append (term, piece);
    }
  else
    for (int i = g_rand_int_range (rand, 1, 4); i > 0; i--)
      g_string_append_unichar (term, pick_letter (rand));
  return g_string_free (term, FALSE);
}

/* @payload: as the store would give it */
static void
check (WeirJson event, WeirJson payload, GBytes *filter, const char *text, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new (text, &error);
  g_autoptr (WeirQueryMatch) match = NULL;
  gboolean found;

  g_assert_no_error (error);
  match = weir_query_match_new (query, 0);
  found = weir_query_match_raw (match, event.text, event.length, NULL, 0);
  if (found != expected)
    g_error ("%s: %s in %s", text, found ? "found" : "not found", event.text);
  if (payload.text != NULL)
    g_assert_cmpint (
        weir_query_match_raw (match, event.text, event.length, payload.text, payload.length), ==,
        expected);
  if (found
      && !weir_query_match_page (match, g_bytes_get_data (filter, NULL), g_bytes_get_size (filter)))
    g_error ("%s: the page would be skipped that has %s", text, event.text);
}

static void
check_word (WeirJson event, WeirJson payload, GBytes *filter, const char *term)
{
  g_autofree char *quoted = weir_query_quote (term);
  g_autofree char *negated = g_strconcat ("-", quoted, NULL);
  gboolean expected = value_has (event, payload, term);

  check (event, payload, filter, quoted, expected);
  check (event, payload, filter, negated, !expected);
}

static void
check_path (WeirJson event, WeirJson payload, GBytes *filter, const char *term, GRand *rand)
{
  static const char *const STEPS[] = { "a", "b", "u", "0", "1" };
  const char *path[3] = { STEPS[g_rand_int_range (rand, 0, G_N_ELEMENTS (STEPS))] };
  g_autofree char *quoted = weir_query_quote (term);
  g_autofree char *text = NULL;

  if (g_rand_boolean (rand))
    path[1] = STEPS[g_rand_int_range (rand, 0, G_N_ELEMENTS (STEPS))];
  text = g_strdup_printf ("data.%s%s%s:%s", path[0], path[1] != NULL ? "." : "",
                          path[1] != NULL ? path[1] : "", quoted);
  check (event, payload, filter, text, path_is (payload, path, term));
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  guint n_found = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      g_autofree char *text = make_event (rand);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GBytes) filter = NULL;
      g_autoptr (GError) error = NULL;
      WeirJson event;
      WeirJson payload;

      weir_json_parse_text (text, -1, &event, &error);
      g_assert_no_error (error);
      if (weir_json_get (event, "event_id").text != NULL)
        payload = weir_json_get (event, "data");
      else
        payload = weir_json_get (event, "payload").text != NULL ? weir_json_get (event, "payload")
                                                                : weir_json_get (event, "event");
      filter = weir_words_filter_new (&event, 1);
      collect_texts (event, texts);
      for (int i = 0; i < QUERIES; i++)
        {
          g_autofree char *term = make_term (texts, rand);

          check_word (event, payload, filter, term);
          check_path (event, payload, filter, term, rand);
          n_found += value_has (event, payload, term);
        }
    }
  g_test_message ("%u of %u words found", n_found, ROUNDS * QUERIES);
  g_assert_cmpuint (n_found, >, ROUNDS * QUERIES / 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query/random", test_random);

  return g_test_run ();
}
