/* test-weir-sse-parser.c: the text of an event stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "weir-sse-parser.h"

static void
message_cb (const char *event, const char *data, gpointer user_data)
{
  g_string_append_printf (user_data, "[%s|%s]", event, data);
}

/* Whole, and byte by byte. */
static void
assert_messages (const char *text, gsize length, const char *expected)
{
  for (gsize step = 1; step <= length; step += MAX (length - 1, 1))
    {
      g_autoptr (GString) seen = g_string_new (NULL);
      g_autoptr (WeirSseParser) parser = weir_sse_parser_new (NULL, message_cb, seen);

      for (gsize i = 0; i < length; i += step)
        weir_sse_parser_feed (parser, text + i, MIN (step, length - i));
      g_assert_cmpstr (seen->str, ==, expected);
    }
}

static void
test_messages (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "data: a\n\n", "[message|a]" },
    { "data: a\r\n\r\n", "[message|a]" },
    { "data: a\r\r", "[message|a]" },
    { "data: a\r\n\ndata: b\r\r\n", "[message|a][message|b]" },
    { "data:a\ndata:  b\ndata\ndata:\n\n", "[message|a\n b\n\n]" },
    { "data\n\n", "[message|]" },
    { ": comment\n\n:\n\ndata: a\n: another\ndata: b\n\n", "[message|a\nb]" },
    { "event: x\ndata: a\n\ndata: b\n\n", "[x|a][message|b]" },
    { "event: x\n\ndata: b\n\n", "[message|b]" },
    { "\n\n\n", "" },
    { "data: not ended\n", "" },
    { "Data: a\ndatas: b\n data: c\n\n", "" },
    { "\xef\xbb\xbf"
      "data: a\n\n",
      "[message|a]" },
    { "\n\xef\xbb\xbf"
      "data: a\n\n",
      "" },
    { "data: {\"a\":\"b:c\"}\n\n", "[message|{\"a\":\"b:c\"}]" },
    { "data: \xff\n\n", "[message|\xef\xbf\xbd]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_messages (cases[i].text, strlen (cases[i].text), cases[i].expected);
}

static void
test_nul (void)
{
  assert_messages ("data: a\0b\n\n", 11,
                   "[message|a\xef\xbf\xbd"
                   "b]");
}

static void
feed (WeirSseParser *parser, const char *text)
{
  weir_sse_parser_feed (parser, text, strlen (text));
}

static void
test_id (void)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WeirSseParser) parser = weir_sse_parser_new ("0", message_cb, seen);

  g_assert_cmpstr (weir_sse_parser_get_last_id (parser), ==, "0");
  feed (parser, "id: 1\ndata: a\n");
  g_assert_cmpstr (weir_sse_parser_get_last_id (parser), ==, "0");
  feed (parser, "\n");
  g_assert_cmpstr (weir_sse_parser_get_last_id (parser), ==, "1");
  feed (parser, "data: b\n\nid: 2\n\n");
  g_assert_cmpstr (weir_sse_parser_get_last_id (parser), ==, "2");
  weir_sse_parser_feed (parser, "id: 3\0\n\n", 8);
  g_assert_cmpstr (weir_sse_parser_get_last_id (parser), ==, "2");
  feed (parser, "id\n\n");
  g_assert_cmpstr (weir_sse_parser_get_last_id (parser), ==, "");
}

static void
test_retry (void)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WeirSseParser) parser = weir_sse_parser_new (NULL, message_cb, seen);

  g_assert_cmpint (weir_sse_parser_get_retry (parser), ==, 0);
  feed (parser, "retry: 2500\n");
  g_assert_cmpint (weir_sse_parser_get_retry (parser), ==, 2500);
  feed (parser, "retry: 1x\nretry: -5\nretry:\nretry: 99999999999\n");
  g_assert_cmpint (weir_sse_parser_get_retry (parser), ==, 2500);
}

static void
test_too_long (void)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WeirSseParser) parser = weir_sse_parser_new (NULL, message_cb, seen);
  g_autofree char *kilobyte = g_strnfill (1024, 'x');

  /* one line */
  feed (parser, "data: ");
  for (guint i = 0; i < 1100; i++)
    feed (parser, kilobyte);
  feed (parser, "\n\ndata: a\n\n");
  g_assert_cmpstr (seen->str, ==, "[message|a]");

  /* one message */
  for (guint i = 0; i < 1100; i++)
    {
      feed (parser, "data: ");
      feed (parser, kilobyte);
      feed (parser, "\n");
    }
  feed (parser, "\ndata: b\n\n");
  g_assert_cmpstr (seen->str, ==, "[message|a][message|b]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sse-parser/messages", test_messages);
  g_test_add_func ("/sse-parser/nul", test_nul);
  g_test_add_func ("/sse-parser/id", test_id);
  g_test_add_func ("/sse-parser/retry", test_retry);
  g_test_add_func ("/sse-parser/too-long", test_too_long);

  return g_test_run ();
}
