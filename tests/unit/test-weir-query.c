/* test-weir-query.c: the grammar of queries, and how their words are compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-query.h"
#include "weir-text.h"

#include <string.h>

static const char *
get_name (WeirQueryField field)
{
  static const char *const NAMES[] = { "account",    "provider", "kind",   "collection",
                                       "sub",        "status",   "stream", "tenant",
                                       "connection", "is",       "record", "id",
                                       "after",      "before",   "data/",  "word" };

  return NAMES[field];
}

/* A query as "field=value" lines, in order. */
static char *
describe (WeirQuery *query)
{
  static const char *const OPERATORS[] = { "=", ">", ">=", "<", "<=" };
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n_terms;
  const WeirQueryTerm *terms = weir_query_get_terms (query, &n_terms);

  for (guint i = 0; i < n_terms; i++)
    {
      g_autofree char *path = terms[i].path != NULL ? g_strjoinv ("/", terms[i].path) : NULL;

      g_string_append_printf (lines, "%s%s%s%s%s%s", i > 0 ? "|" : "", terms[i].negated ? "!" : "",
                              get_name (terms[i].field), path != NULL ? path : "",
                              OPERATORS[terms[i].comparison], terms[i].value);
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_accepted (void)
{
  static const struct
  {
    const char *text;
    const char *terms;
  } CASES[] = {
    { NULL, "" },
    { "", "" },
    { " \t\n", "" },
    { "paid", "word=paid" },
    { "  paid  late ", "word=paid|word=late" },
    { "kind:created", "kind=created" },
    { "KIND:Created", "kind=Created" },
    { "account:A provider:sequin collection:c sub:s",
      "account=A|provider=sequin|collection=c|sub=s" },
    { "collection:stripe:subscription", "collection=stripe:subscription" },
    { "collection:stripe:subscription:x", "collection=stripe:subscription:x" },
    { "account:\"Demo Sequin\"", "account=Demo Sequin" },
    { "account:Demo\" \"Sequin", "account=Demo Sequin" },
    { "sub:\"Demo Membrane/42\" kind:updated", "sub=Demo Membrane/42|kind=updated" },
    { "\"kind:created\"", "word=kind:created" },
    { "\"two words\"", "word=two words" },
    { "ki\"nd:x\"", "word=kind:x" },
    { "\"say \\\"hi\\\" \\\\ \\n\"", "word=say \"hi\" \\ \\n" },
    { "back\\slash", "word=back\\slash" },
    { "\"http://x\"", "word=http://x" },
    { "12:30", "word=12:30" },
    { ":x", "word=:x" },
    { "a.b:c", "word=a.b:c" },
    { "größe:x", "word=größe:x" },
    { "\"\" x", "word=x" },
    { "kind:a kind:b", "kind=a|kind=b" },
    { "über\xc2\xa0größe", "word=über|word=größe" },
    { "http://x:80", "word=http://x:80" },
    { "-kind:a -word -\"two words\"", "!kind=a|!word=word|!word=two words" },
    { "\"-x\" a-b", "word=-x|word=a-b" },
    { "--x", "!word=-x" },
    { "-\"\" x", "word=x" },
    { "record:Ab id:x:y stream:app-events tenant:t connection:c status:Error",
      "record=Ab|id=x:y|stream=app-events|tenant=t|connection=c|status=Error" },
    { "is:Late -is:error", "is=Late|!is=error" },
    { "after:1h before:2026-01-02", "after=1h|before=2026-01-02" },
    { "after:\"2026-01-02 03:04\"", "after=2026-01-02 03:04" },
    { "data.a:x", "data/a=x" },
    { "DATA.a.b:x:y", "data/a/b=x:y" },
    { "data.a>1", "data/a>1" },
    { "data.a>=-1.5e3", "data/a>=-1.5e3" },
    { "data.a<0 -data.a<=0", "data/a<0|!data/a<=0" },
    { "data.items[0].sku:x", "data/items/0/sku=x" },
    { "data[2]:x data[*].a:y", "data/2=x|data/*/a=y" },
    { "data.items.*.price>9", "data/items/*/price>9" },
    { "data.\"a key.with dots\".b:x", "data/a key.with dots/b=x" },
    { "data.\"q\\\"\\\\\":x", "data/q\"\\=x" },
    { "data.größe:\"a b\"", "data/größe=a b" },
    { "data payloads datas.x:y", "word=data|word=payloads|word=datas.x:y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirQuery) query = weir_query_new (CASES[i].text, &error);
      g_autofree char *terms = NULL;

      g_test_message ("%s", CASES[i].text);
      g_assert_no_error (error);
      terms = describe (query);
      g_assert_cmpstr (terms, ==, CASES[i].terms);
      g_assert_cmpstr (weir_query_get_text (query), ==, CASES[i].text != NULL ? CASES[i].text : "");
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    WeirQueryError code;
    const char *message; /* a part of it */
  } CASES[] = {
    { "foo:bar", WEIR_QUERY_ERROR_FIELD, "“foo” (character 1)" },
    { "kind:created  foo:bar", WEIR_QUERY_ERROR_FIELD, "“foo” (character 15)" },
    { "über foo:bar", WEIR_QUERY_ERROR_FIELD, "(character 6)" },
    { "foo:bar", WEIR_QUERY_ERROR_FIELD, "account: provider: kind: collection: record: sub:" },
    { "http:x", WEIR_QUERY_ERROR_FIELD, "quotes" },
    { "subscription:x", WEIR_QUERY_ERROR_FIELD, "“subscription”" },
    { "\"open", WEIR_QUERY_ERROR_SYNTAX, "character 1 " },
    { "kind:\"open me", WEIR_QUERY_ERROR_SYNTAX, "character 6 " },
    { "\"closed\" \"", WEIR_QUERY_ERROR_SYNTAX, "character 10 " },
    { "kind:", WEIR_QUERY_ERROR_SYNTAX, "“kind:” at character 1" },
    { "x kind: created", WEIR_QUERY_ERROR_SYNTAX, "“kind:” at character 3" },
    { "kind:\"\"", WEIR_QUERY_ERROR_SYNTAX, "“kind:”" },
    { "\xff", WEIR_QUERY_ERROR_SYNTAX, "UTF-8" },
  };
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GError) many_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirQuery) query = weir_query_new (CASES[i].text, &error);

      g_test_message ("%s", CASES[i].text);
      g_assert_null (query);
      g_assert_error (error, WEIR_QUERY_ERROR, (int) CASES[i].code);
      g_assert_nonnull (strstr (error->message, CASES[i].message));
    }

  for (int i = 0; i < 101; i++)
    g_string_append (many, "x ");
  g_assert_null (weir_query_new (many->str, &many_error));
  g_assert_error (many_error, WEIR_QUERY_ERROR, WEIR_QUERY_ERROR_SYNTAX);
}

static void
test_positions (void)
{
  g_autoptr (WeirQuery) query = weir_query_new ("é kind:x  \"a b\"", NULL);
  guint n_terms;
  const WeirQueryTerm *terms = weir_query_get_terms (query, &n_terms);

  g_assert_cmpuint (n_terms, ==, 3);
  g_assert_cmpuint (terms[0].position, ==, 0);
  g_assert_cmpuint (terms[1].position, ==, 3);
  g_assert_cmpuint (terms[2].position, ==, 11);
}

static void
test_contains (void)
{
  static const struct
  {
    const char *json;
    const char *word;
    gboolean found;
  } CASES[] = {
    { "{\"status\":\"Paid\"}", "paid", TRUE },
    { "{\"status\":\"paid\"}", "PAID", TRUE },
    { "{\"status\":\"pai\"}", "paid", FALSE },
    { "pppaid", "ppaid", TRUE },
    { "paiD", "d", TRUE },
    { "", "x", FALSE },
    { "x", "", TRUE },
    { "abc", "abcd", FALSE },
    { "100 %", "0 %", TRUE },
    { "a_c", "a%c", FALSE },
    { "abc", "a_c", FALSE },
    { "{\"n\":\"MÜLLER\"}", "müller", TRUE },
    { "{\"n\":\"m\\u00fcller\"}", "MÜLLER", TRUE },
    { "{\"n\":\"say \\\"hi\\\"\"}", "\"hi\"", TRUE },
    { "{\"n\":\"a\\/b\"}", "a/b", TRUE },
    { "{\"n\":\"a\\nb\"}", "a\nb", TRUE },
    { "{\"n\":\"\\ud83d\\ude00\"}", "😀", TRUE },
    { "{\"n\":\"\\ud83d x\"}", "\xef\xbf\xbd x", TRUE },
    { "{\"n\":\"\\u12\"}", "x", FALSE },
    { "\\", "x", FALSE },
    { "\\u", "x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      /* exactly as long as the text, so that reading past it is seen by a sanitizer */
      gsize length = strlen (CASES[i].json);
      g_autofree char *json = g_memdup2 (CASES[i].json, length);

      g_test_message ("%s in %s", CASES[i].word, CASES[i].json);
      g_assert_cmpint (weir_text_json_contains (json, length, CASES[i].word), ==, CASES[i].found);
    }
}

static void
test_compare (void)
{
  g_assert_cmpint (weir_text_compare ("abc", 3, "ABC", 3), ==, 0);
  g_assert_cmpint (weir_text_compare ("ab", 2, "ABC", 3), <, 0);
  g_assert_cmpint (weir_text_compare ("abd", 3, "ABC", 3), >, 0);
  g_assert_cmpint (weir_text_compare ("", 0, "", 0), ==, 0);
  g_assert_cmpint (weir_text_compare ("ÄRGER", strlen ("ÄRGER"), "ärger", strlen ("ärger")), ==, 0);
  g_assert_cmpint (weir_text_compare ("Ä", strlen ("Ä"), "a", 1), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query/accepted", test_accepted);
  g_test_add_func ("/query/refused", test_refused);
  g_test_add_func ("/query/positions", test_positions);
  g_test_add_func ("/query/contains", test_contains);
  g_test_add_func ("/query/compare", test_compare);

  return g_test_run ();
}
