/* test-weir-json-lines.c: JSON laid out in lines that are made when they are asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-json-lines.h"

#include <string.h>

static WeirJsonLines *
make (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  WeirJson root;

  weir_json_parse (bytes, &root, &error);
  g_assert_no_error (error);
  return weir_json_lines_new (bytes, root, NULL);
}

/* Line by line, all at once and written, it is what weir_json_dup_pretty() says. */
static void
check (const char *text)
{
  g_autoptr (WeirJsonLines) lines = make (text);
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *pretty = NULL;
  g_autofree char *ended = NULL;
  g_autoptr (GError) error = NULL;
  gsize longest = 0;
  WeirJson root;

  weir_json_parse_text (text, -1, &root, &error);
  g_assert_no_error (error);
  pretty = weir_json_dup_pretty (root);
  for (guint i = 0; i < weir_json_lines_get_length (lines); i++)
    {
      gboolean whole;
      g_autofree char *line = weir_json_lines_dup (lines, i, G_MAXSIZE, &whole);

      g_assert_true (whole);
      g_string_append_printf (joined, "%s%s", i > 0 ? "\n" : "", line);
      longest = MAX (longest, strlen (line));
    }
  g_assert_cmpstr (joined->str, ==, pretty);
  g_assert_cmpuint (weir_json_lines_get_size (lines), ==, strlen (pretty));
  g_assert_cmpuint (weir_json_lines_get_longest (lines), ==, longest);
  g_assert_true (weir_json_lines_append (lines, 0, G_MAXUINT, G_MAXSIZE, all));
  g_assert_cmpstr (all->str, ==, pretty);

  g_assert_true (weir_json_lines_write (lines, stream, NULL, &error));
  g_assert_no_error (error);
  ended = g_strconcat (pretty, "\n", NULL);
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)), ended,
                   strlen (ended));
}

static void
test_lines (void)
{
  g_autoptr (GString) many = g_string_new ("[");

  check ("1");
  check ("\"a\\\"b\"");
  check ("{}");
  check (" [ ] ");
  check ("{\"a\":1,\"b\":[true, null,{\"c\":{}} ,[]],\"d\" : \"x, y: [z]\"}");
  check ("[[[[1],2],3],{\"\":-0.5e3}]");
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (many, "%s{\"n\":%u,\"of\":[1,{\"deep\":[]}]}", i > 0 ? ", " : "", i);
  g_string_append (many, "]");
  check (many->str);
}

static void
test_cut (void)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *text = g_strdup_printf ("[\"é€%s\",2]", filler);
  g_autoptr (WeirJsonLines) lines = make (text);
  g_autoptr (GString) some = g_string_new (NULL);
  gboolean whole;

  /* two blanks, a quote, two bytes, three bytes */
  for (gsize max = 0; max < 12; max++)
    {
      g_autofree char *cut = weir_json_lines_dup (lines, 1, max, &whole);

      g_assert_false (whole);
      g_assert_true (g_utf8_validate (cut, -1, NULL));
      g_assert_cmpuint (strlen (cut), <=, max);
      g_assert_cmpuint (strlen (cut) + 3, >, max);
    }
  g_assert_cmpuint (weir_json_lines_get_length (lines), ==, 4);
  g_assert_false (weir_json_lines_append (lines, 0, 4, 1000, some));
  g_string_truncate (some, 0);
  g_assert_true (weir_json_lines_append (lines, 2, 2, 1000, some));
  g_assert_cmpstr (some->str, ==, "  2\n]");
}

static void
test_find (void)
{
  g_autoptr (WeirJsonLines) lines = make ("[\"Apple\",\"pear\",\"pineapple\",\"plum\"]");

  g_assert_cmpuint (weir_json_lines_find (lines, "APPLE", G_MAXUINT, FALSE, NULL), ==, 1);
  g_assert_cmpuint (weir_json_lines_find (lines, "apple", 1, FALSE, NULL), ==, 3);
  g_assert_cmpuint (weir_json_lines_find (lines, "apple", 3, FALSE, NULL), ==, 1);
  g_assert_cmpuint (weir_json_lines_find (lines, "apple", 1, TRUE, NULL), ==, 3);
  g_assert_cmpuint (weir_json_lines_find (lines, "apple", G_MAXUINT, TRUE, NULL), ==, 3);
  g_assert_cmpuint (weir_json_lines_find (lines, "pear", 2, FALSE, NULL), ==, 2);
  g_assert_cmpuint (weir_json_lines_find (lines, "nothing", 0, FALSE, NULL), ==, G_MAXUINT);
  g_assert_cmpuint (weir_json_lines_find (lines, "", 0, FALSE, NULL), ==, G_MAXUINT);
}

static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (WeirJsonLines) lines = NULL;
  gint64 began;
  gint64 made;

  for (guint i = 0; text->len < 20 * 1024 * 1024; i++)
    g_string_append_printf (text, "%s{\"id\":%u,\"name\":\"row %u\",\"tags\":[1,2,3]}",
                            i > 0 ? "," : "", i, i);
  g_string_append_c (text, ']');
  began = g_get_monotonic_time ();
  lines = make (text->str);
  made = g_get_monotonic_time ();
  for (guint i = 0; i < 1000; i++)
    {
      gboolean whole;
      guint n = (guint) g_test_rand_int_range (0, (gint) weir_json_lines_get_length (lines));
      g_autofree char *line = weir_json_lines_dup (lines, n, 1000, &whole);

      g_assert_true (whole);
    }
  g_test_message ("%u lines in %.0f ms, any of them in %.1f µs", weir_json_lines_get_length (lines),
                  (double) (made - began) / 1000, (double) (g_get_monotonic_time () - made) / 1000);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) text = g_string_new ("[1");
  g_autoptr (GBytes) bytes = NULL;
  WeirJson root;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, ",1");
  g_string_append_c (text, ']');
  bytes = g_bytes_new (text->str, text->len);
  g_assert_true (weir_json_parse (bytes, &root, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (weir_json_lines_new (bytes, root, cancellable));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-lines/lines", test_lines);
  g_test_add_func ("/json-lines/cut", test_cut);
  g_test_add_func ("/json-lines/find", test_find);
  g_test_add_func ("/json-lines/large", test_large);
  g_test_add_func ("/json-lines/cancel", test_cancel);

  return g_test_run ();
}
