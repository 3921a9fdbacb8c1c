/* test-weir-json-writer.c: what is written is read again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-json-writer.h"

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
test_layout (void)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *text = NULL;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_begin_array (writer, "empty");
  weir_json_writer_end_array (writer);
  weir_json_writer_begin_object (writer, "none");
  weir_json_writer_end_object (writer);
  weir_json_writer_begin_array (writer, "list");
  weir_json_writer_add_int (writer, NULL, G_MAXINT64);
  weir_json_writer_add_int (writer, NULL, G_MININT64);
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_boolean (writer, "a", TRUE);
  weir_json_writer_add_boolean (writer, "b", FALSE);
  weir_json_writer_end_object (writer);
  weir_json_writer_begin_array (writer, NULL);
  weir_json_writer_add_null (writer, NULL);
  weir_json_writer_end_array (writer);
  weir_json_writer_end_array (writer);
  weir_json_writer_add_string (writer, "no string", NULL);
  weir_json_writer_add_time (writer, "time", 1500000);
  weir_json_writer_add_time (writer, "no time", 0);
  weir_json_writer_add_raw (writer, "no value", (WeirJson){ NULL, 0 });
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);

  g_assert_cmpstr (text, ==,
                   "{\"empty\":[],\"none\":{},\"list\":[9223372036854775807,-9223372036854775808,"
                   "{\"a\":true,\"b\":false},[null]],\"no string\":null,"
                   "\"time\":\"1970-01-01T00:00:01.500Z\",\"no time\":null,\"no value\":null}");
  parse (text);
}

static void
test_root (void)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *text = NULL;

  weir_json_writer_add_string (writer, NULL, "weir");
  text = weir_json_writer_end (writer);
  g_assert_cmpstr (text, ==, "\"weir\"");
}

static void
test_strings (void)
{
  const char *const strings[] = {
    "",     "weir",     "\"quoted\" \\ /slash", "tab\tline\nreturn\rbell\a", "ë 水 🌊 \xe2\x80\xa8",
    "\x7f", "\x01\x1f",
  };
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *text = NULL;
  WeirJson key, value;
  WeirJsonIter iter;

  weir_json_writer_begin_object (writer, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    weir_json_writer_add_string (writer, strings[i], strings[i]);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  g_assert_null (strchr (text, '\n'));

  weir_json_iter_init (&iter, parse (text));
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autofree char *string = NULL;

      g_assert_true (weir_json_iter_next (&iter, &key, &value));
      g_assert_true (weir_json_key_equal (key, strings[i]));
      string = weir_json_dup_string (value);
      g_assert_cmpstr (string, ==, strings[i]);
    }
}

static void
test_invalid_utf8 (void)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *text = NULL;

  weir_json_writer_add_string (writer, NULL, "a\xff\xed\xa0\x80z");
  text = weir_json_writer_end (writer);
  parse (text);
  g_assert_true (g_str_has_prefix (text, "\"a\xef\xbf\xbd"));
  g_assert_true (g_str_has_suffix (text, "z\""));
}

/* A stranger's layout goes, and nothing else. */
static void
test_raw (void)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *text = NULL;

  weir_json_writer_begin_array (writer, NULL);
  weir_json_writer_add_raw (
      writer, NULL,
      parse (
          " { \"b\" : 9007199254740993 ,\r\n\t\"a\": [ 1.50, 83.63 , 1E+2 ],\"s\": \"\\u0041 \\\" : "
          "{ \", \"b\":null } "));
  weir_json_writer_add_raw (writer, NULL, parse ("\" \""));
  weir_json_writer_add_raw (writer, NULL, parse ("-0.0"));
  weir_json_writer_end_array (writer);
  text = weir_json_writer_end (writer);

  g_assert_cmpstr (text, ==,
                   "[{\"b\":9007199254740993,\"a\":[1.50,83.63,1E+2],\"s\":\"\\u0041 \\\" : { \","
                   "\"b\":null},\" \",-0.0]");
  parse (text);
}

static void
test_free (void)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_begin_array (writer, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-json-writer/layout", test_layout);
  g_test_add_func ("/weir-json-writer/root", test_root);
  g_test_add_func ("/weir-json-writer/strings", test_strings);
  g_test_add_func ("/weir-json-writer/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/weir-json-writer/raw", test_raw);
  g_test_add_func ("/weir-json-writer/free", test_free);
  return g_test_run ();
}
