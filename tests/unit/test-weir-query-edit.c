/* test-weir-query-edit.c: a query's text is changed, and the rest of it stays as it was typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-query-edit.h"

#include <string.h>

/* Each word as "[!]field|value[?]". */
static char *
describe (const char *text)
{
  g_autoptr (GArray) parts = weir_query_edit_split (text);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const WeirQueryPart *part = &g_array_index (parts, WeirQueryPart, i);
      g_autofree char *field = weir_query_edit_dup_field (text, part);
      g_autofree char *value = weir_query_edit_dup_value (text, part);

      g_string_append_printf (lines, "%s%s%s|%s%s", i > 0 ? " , " : "", part->negated ? "!" : "",
                              field, value, part->open ? "?" : "");
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_split (void)
{
  static const char *const CASES[][2] = {
    { "", "" },
    { "  ", "" },
    { "paid", "|paid" },
    { "Kind:created paid", "kind|created , |paid" },
    { "-kind:created", "!kind|created" },
    { "- kind:created", "|- , kind|created" },
    { "-", "|-" },
    { "kind:", "kind|" },
    { "kind:\"in two\" x", "kind|in two , |x" },
    { "\"a \\\" b\"", "|a \" b" },
    { "kind:\"not closed x", "kind|not closed x?" },
    { "12:30 /path", "|12:30 , |/path" },
    { "data.a.b:x", "data.a.b|x" },
    { "data.a[0].Name>=12", "data.a[0].Name|12" },
    { "data.größe<3", "data.größe|3" },
    { "data.\"any name\":x y", "data.\"any name\"|x , |y" },
    { "data.\"a:\\\"b\".c[0]>=1", "data.\"a:\\\"b\".c[0]|1" },
    { "data.a/b$:x", "data.a/b$|x" },
    { "data[0].a:x", "data[0].a|x" },
    { "data.\"open:x y", "|data.open:x y?" },
    { "a>3", "|a>3" },
    { "name:\303\244\302\240b", "name|\303\244 , |b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = describe (CASES[i][0]);

      g_assert_cmpstr (text, ==, CASES[i][1]);
    }
}

static void
test_set_state (void)
{
  static const struct
  {
    const char *text;
    const char *field;
    const char *value;
    WeirQueryTermState state;
    const char *expected;
  } CASES[] = {
    { "", "kind", "created", WEIR_QUERY_TERM_ASKED, "kind:created" },
    { "", "kind", "created", WEIR_QUERY_TERM_NEGATED, "-kind:created" },
    { "", "kind", "created", WEIR_QUERY_TERM_ABSENT, "" },
    { "paid  late", "kind", "created", WEIR_QUERY_TERM_ASKED, "paid  late kind:created" },
    { "paid ", "account", "My Shop", WEIR_QUERY_TERM_ASKED, "paid account:\"My Shop\"" },
    { "x", "account", "a\"b\\c", WEIR_QUERY_TERM_ASKED, "x account:\"a\\\"b\\\\c\"" },
    { "\"open", "kind", "a", WEIR_QUERY_TERM_ASKED, "\"open\" kind:a" },
    /* again: nothing is doubled, and case is no difference */
    { "KIND:Created x", "kind", "created", WEIR_QUERY_TERM_ASKED, "kind:created x" },
    { "kind:a  x kind:b", "kind", "b", WEIR_QUERY_TERM_NEGATED, "kind:a  x -kind:b" },
    { "kind:a x kind:a", "kind", "a", WEIR_QUERY_TERM_NEGATED, "-kind:a x" },
    { "-kind:a", "kind", "a", WEIR_QUERY_TERM_ASKED, "kind:a" },
    /* away: the others are as they were */
    { "a  kind:x   \"b c\"", "kind", "x", WEIR_QUERY_TERM_ABSENT, "a  \"b c\"" },
    { "a  kind:x  ", "kind", "x", WEIR_QUERY_TERM_ABSENT, "a" },
    { "kind:\"x\" b", "kind", "x", WEIR_QUERY_TERM_ABSENT, "b" },
    { "kind:x", "kind", "y", WEIR_QUERY_TERM_ABSENT, "kind:x" },
    { "data.\"any name\":x", "data.\"any name\"", "x", WEIR_QUERY_TERM_ASKED,
      "data.\"any name\":x" },
    { "data.n>3", "data.n", "3", WEIR_QUERY_TERM_ABSENT, "data.n>3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text =
          weir_query_edit_set_state (CASES[i].text, CASES[i].field, CASES[i].value, CASES[i].state);

      g_assert_cmpstr (text, ==, CASES[i].expected);
      g_assert_cmpint (weir_query_edit_get_state (text, CASES[i].field, CASES[i].value), ==,
                       CASES[i].state);
    }
}

static void
test_remove_field (void)
{
  g_autofree char *text = weir_query_edit_remove_field ("kind:a x KIND:b -kind:c sub:d", "kind");

  g_assert_cmpstr (text, ==, "x -kind:c sub:d");
}

static void
test_term (void)
{
  g_autofree char *word = weir_query_edit_dup_term (NULL, "a:b", FALSE);
  g_autofree char *minus = weir_query_edit_dup_term ("", "-a", TRUE);
  g_autofree char *colon = weir_query_edit_dup_term ("sub", "a:b", FALSE);
  g_autofree char *empty = weir_query_edit_dup_term ("kind", "", FALSE);

  g_assert_cmpstr (word, ==, "\"a:b\"");
  g_assert_cmpstr (minus, ==, "-\"-a\"");
  g_assert_cmpstr (colon, ==, "sub:\"a:b\"");
  g_assert_cmpstr (empty, ==, "kind:\"\"");
}

static void
test_replace (void)
{
  const char *text = "paid ki x";
  WeirQueryPart part;
  gsize cursor;
  g_autofree char *field = NULL;
  g_autofree char *value = NULL;
  g_autofree char *last = NULL;

  g_assert_false (weir_query_edit_find_part (text, 5, &part));
  g_assert_false (weir_query_edit_find_part (text, 0, &part));
  g_assert_true (weir_query_edit_find_part (text, 7, &part));
  g_assert_cmpuint (part.start, ==, 5);

  field = weir_query_edit_replace (text, &part, "kind:", &cursor);
  g_assert_cmpstr (field, ==, "paid kind: x");
  g_assert_cmpuint (cursor, ==, strlen ("paid kind:"));

  g_assert_true (weir_query_edit_find_part (field, cursor, &part));
  value = weir_query_edit_replace (field, &part, "kind:created", &cursor);
  g_assert_cmpstr (value, ==, "paid kind:created x");
  g_assert_cmpuint (cursor, ==, strlen ("paid kind:created "));

  g_assert_true (weir_query_edit_find_part ("-k", 2, &part));
  last = weir_query_edit_replace ("-k", &part, "-kind:x", &cursor);
  g_assert_cmpstr (last, ==, "-kind:x ");
  g_assert_cmpuint (cursor, ==, strlen (last));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-edit/split", test_split);
  g_test_add_func ("/query-edit/set-state", test_set_state);
  g_test_add_func ("/query-edit/remove-field", test_remove_field);
  g_test_add_func ("/query-edit/term", test_term);
  g_test_add_func ("/query-edit/replace", test_replace);
  return g_test_run ();
}
