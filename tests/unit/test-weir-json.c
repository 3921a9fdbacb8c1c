/* test-weir-json.c: the validator and its readers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-json-cases.h"
#include "weir-json.h"

#include <math.h>

static WeirJson
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirJson root;

  weir_json_parse_text (text, -1, &root, &error);
  g_assert_no_error (error);
  return root;
}

static void
assert_refused (const char *text, gssize length, WeirJsonError code, const char *where)
{
  g_autoptr (GError) error = NULL;
  WeirJson root = { "x", 1 };

  g_assert_false (weir_json_parse_text (text, length, &root, &error));
  g_assert_error (error, WEIR_JSON_ERROR, (int) code);
  if (where != NULL && strstr (error->message, where) == NULL)
    g_error ("“%s” does not say “%s”", error->message, where);
  g_assert_null (root.text);
}

static void
assert_raw (WeirJson value, const char *expected)
{
  g_autofree char *raw = weir_json_dup_raw (value);

  g_assert_cmpstr (raw, ==, expected);
}

static void
assert_string (const char *text, const char *expected)
{
  g_autofree char *string = weir_json_dup_string (parse (text));

  g_assert_cmpstr (string, ==, expected);
}

/* Everything a program may do with accepted bytes, none of which may stumble. */
static void
use_value (WeirJson root)
{
  g_autofree char *pretty = weir_json_dup_pretty (root);
  g_autoptr (GError) error = NULL;
  WeirJson again, key, value;
  WeirJsonIter iter;

  g_assert_true (weir_json_parse_text (pretty, -1, &again, &error));
  g_assert_no_error (error);

  weir_json_iter_init (&iter, root);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      g_autofree char *text = weir_json_dup_text (value);
      double number;
      gint64 whole;

      g_assert_cmpint (weir_json_get_type (value), !=, WEIR_JSON_ABSENT);
      g_assert_true (name == NULL || g_utf8_validate (name, -1, NULL));
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      if (weir_json_get_int (value, &whole) && ABS (whole) < (G_GINT64_CONSTANT (1) << 53))
        {
          g_assert_true (weir_json_get_double (value, &number));
          g_assert_cmpfloat (number, ==, (double) whole);
        }
      weir_json_get_time (value);
    }
}

/* Each case stands in memory of exactly its size, so that a sanitizer sees a byte too many. */
static void
check_cases (const Case *cases, gsize count, gboolean accepted)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *text = g_memdup2 (cases[i].text, cases[i].length);
      g_autofree char *shown = g_strescape (cases[i].text, NULL);
      g_autoptr (GError) error = NULL;
      WeirJson root;

      g_test_message ("%s", shown);
      if (weir_json_parse_text (text != NULL ? text : "", (gssize) cases[i].length, &root, &error)
          != accepted)
        g_error ("wrong about: %s", shown);
      if (accepted)
        {
          g_assert_no_error (error);
          use_value (root);
        }
      else
        {
          g_assert_nonnull (error);
          g_assert_null (root.text);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
    }
}

static void
test_accepted (void)
{
  check_cases (accepted_cases, G_N_ELEMENTS (accepted_cases), TRUE);
}

static void
test_refused (void)
{
  check_cases (refused_cases, G_N_ELEMENTS (refused_cases), FALSE);
}

static void
test_left_open (void)
{
  check_cases (open_accepted_cases, G_N_ELEMENTS (open_accepted_cases), TRUE);
  check_cases (open_refused_cases, G_N_ELEMENTS (open_refused_cases), FALSE);
}

/* Whatever is cut off a text that needs its end, it is refused. */
static void
test_truncated (void)
{
  const char text[] = "{\"a\": [1.5e+3, true, \"\\ud83c\\udf0a\xf0\x9f\x8c\x8a 0123456789\", {}]}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *cut = g_memdup2 (text, MAX (length, 1));

      g_assert_false (weir_json_parse_text (cut, (gssize) length, NULL, NULL));
    }
  g_assert_true (weir_json_parse_text (text, -1, NULL, NULL));
}

/* Whatever byte stands at whatever place of a word of eight, it is seen. */
static void
test_every_byte (void)
{
  for (gsize place = 1; place <= 24; place++)
    for (int c = 0; c < 256; c++)
      {
        char text[27];
        gboolean accepted = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
        WeirJson root;

        memset (text, 'a', sizeof text);
        text[0] = text[sizeof text - 1] = '"';
        text[place] = (char) c;
        g_assert_cmpint (weir_json_parse_text (text, sizeof text, &root, NULL), ==, accepted);
        g_assert_true (!accepted || root.length == sizeof text);
      }
}

static void
test_errors (void)
{
  assert_refused ("[1,]", -1, WEIR_JSON_ERROR_SYNTAX, "(byte 3, line 1, column 4)");
  assert_refused ("{\"a\": 1,\n \"b\" 2}", -1, WEIR_JSON_ERROR_SYNTAX,
                  "a colon is missing (byte 14, "
                  "line 2, column 6)");
  assert_refused ("[\"\xc3\xab\xe6\xb0\xb4\", ?]", -1, WEIR_JSON_ERROR_SYNTAX,
                  "byte 10, line 1, column 8");
  assert_refused ("[1", -1, WEIR_JSON_ERROR_SYNTAX, "the text ends");
  assert_refused ("[1 2]", -1, WEIR_JSON_ERROR_SYNTAX, "a comma or ] is missing");
  assert_refused ("{\"a\":1 2}", -1, WEIR_JSON_ERROR_SYNTAX, "a comma or } is missing");
  assert_refused ("{a:1}", -1, WEIR_JSON_ERROR_SYNTAX, "a name in quotes is missing");
  assert_refused ("[NaN]", -1, WEIR_JSON_ERROR_SYNTAX, "only true, false and null");
  assert_refused ("[01]", -1, WEIR_JSON_ERROR_SYNTAX, "cannot begin with 0");
  assert_refused ("{} x", -1, WEIR_JSON_ERROR_SYNTAX, "after the end");
  assert_refused ("\"\\x\"", -1, WEIR_JSON_ERROR_SYNTAX, "escape");
  assert_refused ("\"\n\"", -1, WEIR_JSON_ERROR_SYNTAX, "control character");
  assert_refused ("\xef\xbb\xbf{}", -1, WEIR_JSON_ERROR_SYNTAX, "byte order mark");
  assert_refused ("", 0, WEIR_JSON_ERROR_SYNTAX, "nothing");
  assert_refused (NULL, 0, WEIR_JSON_ERROR_SYNTAX, "nothing");
  assert_refused ("[\"\xed\xa0\x80\"]", -1, WEIR_JSON_ERROR_UTF8, "not UTF-8 (byte 2");
}

static void
test_empty_bytes (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;
  WeirJson root;

  g_assert_false (weir_json_parse (empty, &root, &error));
  g_assert_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (weir_json_parse (NULL, &root, &error));
  g_assert_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_SYNTAX);
}

static char *
nest (gsize depth, const char *opening, const char *core, const char *closing)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append (text, core);
  for (gsize i = 0; i < depth; i++)
    g_string_append (text, closing);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *arrays = nest (WEIR_JSON_MAX_DEPTH, "[", "", "]");
  g_autofree char *objects = nest (WEIR_JSON_MAX_DEPTH, "{\"a\":", "1", "}");
  g_autofree char *deeper = nest (WEIR_JSON_MAX_DEPTH + 1, "[", "", "]");
  g_autofree char *brackets = nest (100000, "[", "", "");
  g_autofree char *mixed = nest (50000, "[{\"\":", "", "");

  use_value (parse (arrays));
  use_value (parse (objects));
  assert_refused (deeper, -1, WEIR_JSON_ERROR_DEPTH, "(byte 512, line 1, column 513)");
  assert_refused (brackets, -1, WEIR_JSON_ERROR_DEPTH, NULL);
  assert_refused (mixed, -1, WEIR_JSON_ERROR_DEPTH, NULL);
}

static void
test_size (void)
{
  gsize size = (gsize) WEIR_JSON_MAX_SIZE + 1;
  char *text = g_malloc (size);
  g_autoptr (GBytes) larger = NULL;
  g_autoptr (GBytes) largest = NULL;
  g_autoptr (GError) error = NULL;
  WeirJson root;

  memset (text, 'a', size);
  text[0] = text[size - 2] = '"';
  text[size - 1] = ' ';
  larger = g_bytes_new_take (text, size);
  largest = g_bytes_new_from_bytes (larger, 0, size - 1);

  g_assert_false (weir_json_parse (larger, &root, &error));
  g_assert_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_SIZE);
  g_clear_error (&error);
  g_assert_true (weir_json_parse (largest, &root, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (root.length, ==, WEIR_JSON_MAX_SIZE);
}

static void
test_types (void)
{
  const struct
  {
    const char *text;
    WeirJsonType type;
  } types[] = {
    { "null", WEIR_JSON_NULL },  { " true ", WEIR_JSON_BOOLEAN }, { "false", WEIR_JSON_BOOLEAN },
    { "0", WEIR_JSON_NUMBER },   { "-1", WEIR_JSON_NUMBER },      { "\"\"", WEIR_JSON_STRING },
    { " [ ]", WEIR_JSON_ARRAY }, { "{}\n", WEIR_JSON_OBJECT },
  };
  WeirJson none = { NULL, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpint (weir_json_get_type (parse (types[i].text)), ==, types[i].type);
  g_assert_cmpint (weir_json_get_type (none), ==, WEIR_JSON_ABSENT);

  g_assert_false (weir_json_is_set (none));
  g_assert_false (weir_json_is_set (parse ("null")));
  g_assert_true (weir_json_is_set (parse ("false")));
  g_assert_true (weir_json_get_boolean (parse ("true")));
  g_assert_false (weir_json_get_boolean (parse ("false")));
  g_assert_false (weir_json_get_boolean (parse ("\"true\"")));
  g_assert_false (weir_json_get_boolean (parse ("1")));
  assert_raw (parse (" [ 1 , 2 ]\n"), "[ 1 , 2 ]");
}

/* Members that are read before their ends are known, at all places of a block of bytes. */
static void
test_peek (void)
{
  for (guint padding = 0; padding < 140; padding++)
    {
      g_autofree char *pad = g_strnfill (padding, padding % 3 == 0 ? '}' : 'x');
      g_autofree char *first =
          g_strdup_printf ("{\"p\":\"%s\",\"a\":{\"b\":[1,{}],\"c\":\"%s\"},\"d\":[[]]}", pad, pad);
      g_autofree char *text = g_strdup_printf (" [ %s , {\"e\\\"\":[%s]} ] ", first, first);
      WeirJsonIter iter, inner;
      WeirJson root, item, value;

      g_assert_true (weir_json_parse_text (text, -1, &root, NULL));
      weir_json_iter_init (&iter, (WeirJson){ root.text, root.length + 1 });
      g_assert_true (weir_json_iter_peek (&iter, NULL, &item));
      weir_json_iter_init (&inner, item);
      for (guint i = 0; i < 3; i++)
        g_assert_true (weir_json_iter_next (&inner, NULL, NULL));
      g_assert_false (weir_json_iter_next (&inner, NULL, NULL));
      g_assert_cmpmem (inner.container.text, inner.container.length, first, strlen (first));

      /* with its end and without it */
      if (padding % 2 == 0)
        iter.known = inner.container;
      g_assert_true (weir_json_iter_next (&iter, NULL, &value));
      g_assert_cmpmem (value.text, value.length, first, strlen (first));
      g_assert_true (weir_json_iter_next (&iter, NULL, &value));
      g_assert_cmpuint (value.length, ==, strlen (first) + strlen ("{\"e\\\"\":[]}"));
      g_assert_false (weir_json_iter_peek (&iter, NULL, &item));
      g_assert_cmpuint (iter.container.length, ==, root.length);
    }
}

static void
test_absent (void)
{
  WeirJson none = { NULL, 0 };
  g_auto (GStrv) strings = weir_json_dup_strv (none);
  g_autoptr (GError) error = NULL;
  gint64 whole = 7;
  double number = 7;
  WeirJsonIter iter;

  weir_json_iter_init (&iter, none);
  g_assert_false (weir_json_iter_next (&iter, NULL, NULL));
  weir_json_iter_init (&iter, parse ("\"[1]\""));
  g_assert_false (weir_json_iter_next (&iter, NULL, NULL));
  g_assert_null (weir_json_get (none, "a").text);
  g_assert_null (weir_json_get (parse ("[1]"), "a").text);
  g_assert_null (weir_json_pointer (none, "/a", &error).text);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_json_count (none), ==, 0);
  g_assert_cmpuint (weir_json_count (parse ("7")), ==, 0);
  g_assert_null (weir_json_dup_string (none));
  g_assert_null (weir_json_dup_string (parse ("7")));
  g_assert_null (weir_json_dup_text (none));
  g_assert_null (weir_json_dup_text (parse ("null")));
  g_assert_null (weir_json_dup_raw (none));
  g_assert_null (weir_json_dup_bytes (none));
  g_assert_null (weir_json_dup_pretty (none));
  g_assert_cmpuint (g_strv_length (strings), ==, 0);
  g_assert_false (weir_json_get_int (none, &whole));
  g_assert_false (weir_json_get_int (parse ("\"7\""), &whole));
  g_assert_cmpint (whole, ==, 7);
  g_assert_false (weir_json_get_double (none, &number));
  g_assert_cmpfloat (number, ==, 7);
  g_assert_cmpint (weir_json_get_time (none), ==, 0);
  g_assert_false (weir_json_key_equal (none, ""));
}

static void
test_iterate (void)
{
  WeirJson root = parse (" { \"a\" : 1 ,\"b\":[ 2,{\"c\":\"]}\"} ] , \"d\\\"\" : \"\\\\\" } ");
  const char *const names[] = { "\"a\"", "\"b\"", "\"d\\\"\"" };
  const char *const values[] = { "1", "[ 2,{\"c\":\"]}\"} ]", "\"\\\\\"" };
  WeirJson key, value;
  WeirJsonIter iter;
  gsize count = 0;

  weir_json_iter_init (&iter, root);
  for (; weir_json_iter_next (&iter, &key, &value); count++)
    {
      g_assert_cmpuint (count, <, G_N_ELEMENTS (names));
      assert_raw (key, names[count]);
      assert_raw (value, values[count]);
    }
  g_assert_cmpuint (count, ==, G_N_ELEMENTS (names));
  g_assert_false (weir_json_iter_next (&iter, &key, &value));
  g_assert_cmpuint (weir_json_count (root), ==, 3);

  weir_json_iter_init (&iter, parse ("[[],{},\"a\",-1.5e3,null]"));
  for (count = 0; weir_json_iter_next (&iter, &key, &value); count++)
    g_assert_null (key.text);
  g_assert_cmpuint (count, ==, 5);
  g_assert_cmpuint (weir_json_count (parse ("[ ]")), ==, 0);
  g_assert_cmpuint (weir_json_count (parse ("{ }")), ==, 0);
  g_assert_cmpuint (weir_json_count (parse ("{\"a\":1,\"a\":2}")), ==, 2);
}

/* A value with brackets, quotes and backslashes wherever they may fall. */
static void
append_random (GString *out, GRand *random, guint depth)
{
  static const char *const PIECES[] = { "[", "]}", "{",          "\\\"", "\\\\",
                                        "é", ",",  "plain text", "}",    "" };
  gint32 choice = g_rand_int_range (random, 0, depth > 0 ? 6 : 3);

  if (choice < 2)
    g_string_append_printf (out, "%d", g_rand_int_range (random, -1000000, 1000000));
  else if (choice == 2)
    {
      g_string_append_c (out, '"');
      for (gint32 i = g_rand_int_range (random, 0, 20); i > 0; i--)
        g_string_append (out, PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))]);
      g_string_append_c (out, '"');
    }
  else
    {
      gboolean object = choice == 3;

      g_string_append_c (out, object ? '{' : '[');
      for (gint32 i = g_rand_int_range (random, 0, 8); i > 0; i--)
        {
          if (object)
            g_string_append_printf (out, "\"[%d\":", i);
          append_random (out, random, depth - 1);
          g_string_append (out, i > 1 ? "," : "");
        }
      g_string_append_c (out, object ? '}' : ']');
    }
}

/* Long containers are passed over by blocks: each member ends where it was made to end. */
static void
test_iterate_random (void)
{
  for (guint32 seed = 0; seed < 2000; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GString) array = g_string_new ("[");
      g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
      WeirJsonIter iter;
      WeirJson root, value;
      guint count = 0;

      for (gint32 i = g_rand_int_range (random, 1, 10); i > 0; i--)
        {
          GString *member = g_string_new (NULL);

          append_random (member, random, 5);
          g_string_append_printf (array, "%s%s", members->len > 0 ? "," : "", member->str);
          g_ptr_array_add (members, g_string_free (member, FALSE));
        }
      g_string_append_c (array, ']');
      g_assert_true (weir_json_parse_text (array->str, -1, &root, NULL));
      weir_json_iter_init (&iter, root);
      for (; weir_json_iter_next (&iter, NULL, &value); count++)
        {
          g_autofree char *raw = weir_json_dup_raw (value);

          g_assert_cmpuint (count, <, members->len);
          g_assert_cmpstr (raw, ==, g_ptr_array_index (members, count));
        }
      g_assert_cmpuint (count, ==, members->len);
    }
}

static void
test_get (void)
{
  WeirJson root =
      parse ("{\"a\":1,\"ab\":2,\"b\\u0061\":3,\"a\":4,\"\":5,\"\xc3\xab\":6,\"a\\u0000\":7,"
             "\"nested\":{\"x\":8},\"null\":null}");

  assert_raw (weir_json_get (root, "a"), "4");
  assert_raw (weir_json_get (root, "ab"), "2");
  assert_raw (weir_json_get (root, "ba"), "3");
  assert_raw (weir_json_get (root, ""), "5");
  assert_raw (weir_json_get (root, "ë"), "6");
  assert_raw (weir_json_get (root, "null"), "null");
  g_assert_null (weir_json_get (root, "x").text);
  g_assert_null (weir_json_get (root, "abc").text);
}

/* The pointers that RFC 6901 §5 goes through, and where they end. */
static void
test_pointer (void)
{
  WeirJson root =
      parse ("{\"list\":[\"zero\",\"one\",{\"id\":7}],\"\":1,\"a/b\":2,\"m~n\":3,\"~1\":4,"
             "\"0\":5,\" \":6,\"deep\":{\"\":{\"\":8}},\"\\u0065\":9}");
  const struct
  {
    const char *pointer;
    const char *raw;
  } found[] = {
    { "/list/0", "\"zero\"" },
    { "/list/1", "\"one\"" },
    { "/list/2/id", "7" },
    { "/", "1" },
    { "/a~1b", "2" },
    { "/m~0n", "3" },
    { "/~01", "4" },
    { "/0", "5" },
    { "/ ", "6" },
    { "/deep//", "8" },
    { "/e", "9" },
  };
  const char *const missing[] = {
    "/none",     "/list/3",  "/list/-",  "/list/00",    "/list/01", "/list/+1",
    "/list/1/0", "/list/",   "/0/0",     "/list/ 1",    "/list/1 ", "/list/99999999999999999999999",
    "/A",        "/list/-1", "/list/1x", "/list/2/id/",
  };
  const char *const wrong[] = { "list", " /list", "#/list", "/~", "/~2", "/list~", "/a~b/~0" };

  g_assert_true (weir_json_pointer (root, "", NULL).text == root.text);
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    assert_raw (weir_json_pointer (root, found[i].pointer, NULL), found[i].raw);
  for (gsize i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (weir_json_pointer (root, missing[i], &error).text);
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (weir_json_pointer (root, wrong[i], &error).text);
      g_assert_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_POINTER);
    }
}

static void
test_strings (void)
{
  assert_string ("\"\"", "");
  assert_string ("\"weir\"", "weir");
  assert_string ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
  assert_string ("\"\\u0041\\u00eb\\u6c34\\uD83C\\udf0a.\"", "Aë水🌊.");
  assert_string ("\"a\\u0000b\"", "a\xef\xbf\xbd"
                                  "b");
  assert_string ("\"\\ud83c\"", "\xef\xbf\xbd");
  assert_string ("\"\\ud83c\\u0041\"", "\xef\xbf\xbd"
                                       "A");
  assert_string ("\"\\ud83c\\n\"", "\xef\xbf\xbd\n");
  assert_string ("\"\\udf0a\\ud83c\"", "\xef\xbf\xbd\xef\xbf\xbd");
  assert_string ("\"\\ud83c\\ud83c\\udf0a\"", "\xef\xbf\xbd🌊");
  assert_string ("\"\\uDBFF\\uDFFF\"", "\xf4\x8f\xbf\xbf");
  assert_string ("\"\\ud83c\\uffff\"", "\xef\xbf\xbd\xef\xbf\xbf");
  assert_string ("\"0123456\\\\9abcdef\\\"水水水水水\"", "0123456\\9abcdef\"水水水水水");
}

static void
test_texts (void)
{
  g_autofree char *string = weir_json_dup_text (parse ("\"7\\u0041\""));
  g_autofree char *number = weir_json_dup_text (parse ("9007199254740993.10"));
  g_autofree char *object = weir_json_dup_text (parse ("{\"a\" : 1}"));
  g_autoptr (GBytes) bytes = weir_json_dup_bytes (parse (" {\"a\" : 1.50} "));
  g_auto (GStrv) strings = weir_json_dup_strv (parse ("[\"a\\n\", 7, null, [\"b\"], {}, \"\"]"));

  g_assert_cmpstr (string, ==, "7A");
  g_assert_cmpstr (number, ==, "9007199254740993.10");
  g_assert_cmpstr (object, ==, "{\"a\" : 1}");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "{\"a\" : 1.50}", 12);
  g_assert_cmpuint (g_strv_length (strings), ==, 3);
  g_assert_cmpstr (strings[0], ==, "a\n");
  g_assert_cmpstr (strings[1], ==, "7");
  g_assert_cmpstr (strings[2], ==, "");
}

static void
test_int (void)
{
  const struct
  {
    const char *text;
    gint64 number;
  } whole[] = {
    { "0", 0 },
    { "-0", 0 },
    { "0.0", 0 },
    { "0e999999999999999999999", 0 },
    { "5", 5 },
    { "5.0", 5 },
    { "5.000e0", 5 },
    { "1e3", 1000 },
    { "1E+3", 1000 },
    { "-1.5e1", -15 },
    { "50e-1", 5 },
    { "500000e-5", 5 },
    { "0.00005e5", 5 },
    { "10203.040e2", 1020304 },
    { "1e18", G_GINT64_CONSTANT (1000000000000000000) },
    { "9007199254740993", G_GINT64_CONSTANT (9007199254740993) },
    { "9223372036854775807", G_MAXINT64 },
    { "9223372036854775807.000", G_MAXINT64 },
    { "9.223372036854775807e18", G_MAXINT64 },
    { "922337203685477580700e-2", G_MAXINT64 },
    { "9223372036854775806", G_MAXINT64 - 1 },
    { "-9223372036854775808", G_MININT64 },
    { "-9223372036854775807", G_MININT64 + 1 },
    { "-922337203685477580.8e1", G_MININT64 },
  };
  const char *const not_whole[] = {
    "5.5",
    "1e-1",
    "15e-2",
    "0.1",
    "1e19",
    "9223372036854775808",
    "-9223372036854775809",
    "9223372036854775807.5",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999",
    "1e99999999999999999999999",
    "1e-99999999999999999999999",
    "\"5\"",
    "true",
    "[5]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      gint64 number = 7;

      g_test_message ("%s", whole[i].text);
      g_assert_true (weir_json_get_int (parse (whole[i].text), &number));
      g_assert_cmpint (number, ==, whole[i].number);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (not_whole); i++)
    {
      gint64 number = 7;

      g_test_message ("%s", not_whole[i]);
      g_assert_false (weir_json_get_int (parse (not_whole[i]), &number));
      g_assert_cmpint (number, ==, 7);
    }
}

static void
test_double (void)
{
  double number = 7;

  g_assert_true (weir_json_get_double (parse ("83.63"), &number));
  g_assert_cmpfloat (number, ==, 83.63);
  g_assert_true (weir_json_get_double (parse ("-1.5e3"), &number));
  g_assert_cmpfloat (number, ==, -1500);
  g_assert_true (weir_json_get_double (parse ("1e-999"), &number));
  g_assert_cmpfloat (number, ==, 0);
  g_assert_false (weir_json_get_double (parse ("1e999"), &number));
  g_assert_false (weir_json_get_double (parse ("\"1\""), &number));
  g_assert_cmpfloat (number, ==, 0);
}

static void
test_time (void)
{
  g_assert_cmpint (weir_json_get_time (parse ("\"1970-01-01T00:00:01.5Z\"")), ==, 1500000);
  g_assert_cmpint (weir_json_get_time (parse ("1500")), ==, 1500000);
  g_assert_cmpint (weir_json_get_time (parse ("\"soon\"")), ==, 0);
  g_assert_cmpint (weir_json_get_time (parse ("1e300")), ==, 0);
  g_assert_cmpint (weir_json_get_time (parse ("1e999")), ==, 0);
  g_assert_cmpint (weir_json_get_time (parse ("null")), ==, 0);
}

static void
test_pretty (void)
{
  const struct
  {
    const char *text;
    const char *pretty;
  } texts[] = {
    { "7", "7" },
    { " \"a , b\" ", "\"a , b\"" },
    { "[ ]", "[]" },
    { "{\n}", "{}" },
    { "[1.50,[],{\"b\":9007199254740993 , \"a\" :\"x\\u0041: {,}\"}, 1E+2]",
      "[\n  1.50,\n  [],\n  {\n    \"b\": 9007199254740993,\n    \"a\": \"x\\u0041: {,}\"\n  },\n"
      "  1E+2\n]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *pretty = weir_json_dup_pretty (parse (texts[i].text));
      g_autofree char *again = weir_json_dup_pretty (parse (pretty));

      g_assert_cmpstr (pretty, ==, texts[i].pretty);
      g_assert_cmpstr (again, ==, pretty);
    }
}

/* At the greatest depth each member stands on a line of a thousand spaces: no memory holds that. */
static void
test_pretty_growth (void)
{
  g_autoptr (GString) members = g_string_new ("1");
  g_autofree char *text = NULL;
  g_autofree char *pretty = NULL;

  for (int i = 0; i < 400000; i++)
    g_string_append (members, ",1");
  text = nest (WEIR_JSON_MAX_DEPTH, "[", members->str, "]");
  pretty = weir_json_dup_pretty (parse (text));
  g_assert_cmpstr (pretty, ==, text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-json/accepted", test_accepted);
  g_test_add_func ("/weir-json/refused", test_refused);
  g_test_add_func ("/weir-json/left-open", test_left_open);
  g_test_add_func ("/weir-json/truncated", test_truncated);
  g_test_add_func ("/weir-json/every-byte", test_every_byte);
  g_test_add_func ("/weir-json/errors", test_errors);
  g_test_add_func ("/weir-json/empty-bytes", test_empty_bytes);
  g_test_add_func ("/weir-json/depth", test_depth);
  g_test_add_func ("/weir-json/size", test_size);
  g_test_add_func ("/weir-json/types", test_types);
  g_test_add_func ("/weir-json/absent", test_absent);
  g_test_add_func ("/weir-json/iterate", test_iterate);
  g_test_add_func ("/weir-json/iterate-random", test_iterate_random);
  g_test_add_func ("/weir-json/get", test_get);
  g_test_add_func ("/weir-json/pointer", test_pointer);
  g_test_add_func ("/weir-json/strings", test_strings);
  g_test_add_func ("/weir-json/texts", test_texts);
  g_test_add_func ("/weir-json/int", test_int);
  g_test_add_func ("/weir-json/double", test_double);
  g_test_add_func ("/weir-json/peek", test_peek);
  g_test_add_func ("/weir-json/time", test_time);
  g_test_add_func ("/weir-json/pretty", test_pretty);
  g_test_add_func ("/weir-json/pretty-growth", test_pretty_growth);
  return g_test_run ();
}
