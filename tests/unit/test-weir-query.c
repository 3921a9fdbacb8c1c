/* test-weir-query.c: the grammar of queries, and how their words are compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-query.h"
#include "weir-text.h"
#include "weir-time.h"

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
    { "data.\"*\":x data.*:y", "data/\\*=x|data/*=y" },
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
check_span (const GError *error, const char *text, const char *word)
{
  g_autoptr (GError) copy = g_error_copy (error);
  gsize position = 0;
  gsize length = 0;

  if (word == NULL)
    {
      g_assert_false (weir_query_error_get_span (copy, &position, &length));
      return;
    }
  g_assert_true (weir_query_error_get_span (copy, &position, &length));
  g_assert_cmpuint (position + length, <=, strlen (text));
  g_assert_cmpmem (text + position, length, word, strlen (word));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    WeirQueryError code;
    const char *message; /* a part of it */
    const char *word;    /* (nullable) what is blamed */
  } CASES[] = {
    { "foo:bar", WEIR_QUERY_ERROR_FIELD, "“foo” (character 1)", "foo" },
    { "kind:created  foo:bar", WEIR_QUERY_ERROR_FIELD, "“foo” (character 15)", "foo" },
    { "über foo:bar", WEIR_QUERY_ERROR_FIELD, "(character 6)", "foo" },
    { "-foo:bar", WEIR_QUERY_ERROR_FIELD, "(character 2)", "foo" },
    { "foo:bar", WEIR_QUERY_ERROR_FIELD,
      "account: provider: kind: collection: record: sub:", "foo" },
    { "http:x", WEIR_QUERY_ERROR_FIELD, "quotes", "http" },
    { "subscription:x", WEIR_QUERY_ERROR_FIELD, "mean sub:?", "subscription" },
    { "knd:x", WEIR_QUERY_ERROR_FIELD, "mean kind:?", "knd" },
    { "Colection:x", WEIR_QUERY_ERROR_FIELD, "mean collection:?", "Colection" },
    { "coll:x", WEIR_QUERY_ERROR_FIELD, "mean collection:?", "coll" },
    { "type:x", WEIR_QUERY_ERROR_FIELD, "mean kind:?", "type" },
    { "since:1h", WEIR_QUERY_ERROR_FIELD, "mean after:?", "since" },
    { "data:x", WEIR_QUERY_ERROR_FIELD, "mean data.?", "data" },
    { "averyveryverylongname:x", WEIR_QUERY_ERROR_FIELD, "The fields are",
      "averyveryverylongname" },
    { "a payload.x:1 b", WEIR_QUERY_ERROR_FIELD, "data.path:value", "payload.x:1" },
    { "\"open", WEIR_QUERY_ERROR_SYNTAX, "character 1 ", "\"open" },
    { "kind:\"open me", WEIR_QUERY_ERROR_SYNTAX, "character 6 ", "\"open me" },
    { "\"closed\" \"", WEIR_QUERY_ERROR_SYNTAX, "character 10 ", "\"" },
    { "kind:", WEIR_QUERY_ERROR_SYNTAX, "“kind:” at character 1", "kind:" },
    { "x kind: created", WEIR_QUERY_ERROR_SYNTAX, "“kind:” at character 3", "kind:" },
    { "kind:\"\"", WEIR_QUERY_ERROR_SYNTAX, "“kind:”", "kind:\"\"" },
    { "a - b", WEIR_QUERY_ERROR_SYNTAX, "character 3 stands alone", "-" },
    { "x -", WEIR_QUERY_ERROR_SYNTAX, "character 3 stands alone", "-" },
    { "data.a", WEIR_QUERY_ERROR_SYNTAX, "“data.a” at character 1 has no value", "data.a" },
    { "data.a: x", WEIR_QUERY_ERROR_SYNTAX, "“data.a:” at character 1", "data.a:" },
    { "data.a> 5", WEIR_QUERY_ERROR_SYNTAX, "has no number", "data.a>" },
    { "data.a=5", WEIR_QUERY_ERROR_SYNTAX, "write a colon", "data.a=5" },
    { "data..a:5", WEIR_QUERY_ERROR_SYNTAX, "a dot without a name", "data..a:5" },
    { "data.a.:5", WEIR_QUERY_ERROR_SYNTAX, "a dot without a name", "data.a.:5" },
    { "data.a[x]:5", WEIR_QUERY_ERROR_SYNTAX, "write [0]", "data.a[x]:5" },
    { "data.a[1:5", WEIR_QUERY_ERROR_SYNTAX, "write [0]", "data.a[1:5" },
    { "data.\"a:5", WEIR_QUERY_ERROR_SYNTAX, "character 6 is not closed", "\"a:5" },
    { "data.a\"b\":5", WEIR_QUERY_ERROR_SYNTAX, "has no value", "data.a\"b\":5" },
    { "data.a>five", WEIR_QUERY_ERROR_VALUE, "“five” at character 8 is no number", "five" },
    { "data.a>=1.", WEIR_QUERY_ERROR_VALUE, "no number", "1." },
    { "after:never", WEIR_QUERY_ERROR_VALUE, "“never” at character 7 is no time", "never" },
    { "x before:2026-02-30", WEIR_QUERY_ERROR_VALUE, "no time", "2026-02-30" },
    { "after:\"2026-01-02 25:00\"", WEIR_QUERY_ERROR_VALUE, "no time", "\"2026-01-02 25:00\"" },
    { "is:new", WEIR_QUERY_ERROR_VALUE, "“new” at character 4 is no state", "new" },
    { "\xff", WEIR_QUERY_ERROR_SYNTAX, "UTF-8", NULL },
  };
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GError) many_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirQuery) query = weir_query_new (CASES[i].text, &error);

      g_test_message ("%s", g_utf8_validate (CASES[i].text, -1, NULL) ? CASES[i].text : "no UTF-8");
      g_assert_null (query);
      g_assert_error (error, WEIR_QUERY_ERROR, (int) CASES[i].code);
      if (strstr (error->message, CASES[i].message) == NULL)
        g_error ("no “%s” in: %s", CASES[i].message, error->message);
      check_span (error, CASES[i].text, CASES[i].word);
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
  g_assert_cmpuint (terms[0].length, ==, 2);
  g_assert_cmpuint (terms[1].length, ==, 6);
  g_assert_cmpuint (terms[2].length, ==, 5);
}

static void
test_numbers (void)
{
  g_autoptr (WeirQuery) query = weir_query_new ("data.a>=83.63 data.b:5", NULL);
  guint n_terms;
  const WeirQueryTerm *terms = weir_query_get_terms (query, &n_terms);

  g_assert_cmpuint (n_terms, ==, 2);
  g_assert_cmpfloat (terms[0].number, ==, 83.63);
  g_assert_cmpfloat (terms[1].number, ==, 0);
}

/* What a value is written as is read as that value. */
static void
test_quote (void)
{
  static const char *const VALUES[] = { "a", "two words", "kind:x", "-x",       "say \"hi\" \\",
                                        "",  "a\\b",      "größe",  "data.x>1", "a\nb" };

  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autofree char *quoted = weir_query_quote (VALUES[i]);
      g_autofree char *text = g_strconcat ("kind:", quoted, " ", quoted, NULL);
      g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
      guint n_terms;
      const WeirQueryTerm *terms;

      g_test_message ("%s", text);
      if (*VALUES[i] == '\0')
        {
          g_assert_cmpstr (quoted, ==, "\"\"");
          continue;
        }
      g_assert_nonnull (query);
      terms = weir_query_get_terms (query, &n_terms);
      g_assert_cmpuint (n_terms, ==, 2);
      g_assert_cmpstr (terms[0].value, ==, VALUES[i]);
      g_assert_cmpstr (terms[1].value, ==, VALUES[i]);
      g_assert_cmpint (terms[1].field, ==, WEIR_QUERY_WORD);
      g_assert_false (terms[1].negated);
    }
}

static void
test_times (void)
{
  const gint64 now = 1767323045 * (gint64) G_USEC_PER_SEC; /* Friday 2026-01-02T03:04:05Z */
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) east = g_time_zone_new_identifier ("+05:30");
  static const struct
  {
    const char *text;
    const char *utc; /* what it is there; NULL: no time */
    const char *east;
  } CASES[] = {
    { "now", "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z" },
    { "90s", "2026-01-02T03:02:35.000Z", "2026-01-02T03:02:35.000Z" },
    { "30m", "2026-01-02T02:34:05.000Z", "2026-01-02T02:34:05.000Z" },
    { "1h", "2026-01-02T02:04:05.000Z", "2026-01-02T02:04:05.000Z" },
    { "2d", "2025-12-31T03:04:05.000Z", "2025-12-31T03:04:05.000Z" },
    { "today", "2026-01-02T00:00:00.000Z", "2026-01-01T18:30:00.000Z" },
    { "Yesterday", "2026-01-01T00:00:00.000Z", "2025-12-31T18:30:00.000Z" },
    { "2026-01-31", "2026-01-31T00:00:00.000Z", "2026-01-30T18:30:00.000Z" },
    { "2026-01-31T18:00", "2026-01-31T18:00:00.000Z", "2026-01-31T12:30:00.000Z" },
    { "2026-01-31 18:00:05", "2026-01-31T18:00:05.000Z", "2026-01-31T12:30:05.000Z" },
    { "2026-01-31t18:00:05.25", "2026-01-31T18:00:05.250Z", "2026-01-31T12:30:05.250Z" },
    { "2026-01-31T18:00Z", "2026-01-31T18:00:00.000Z", "2026-01-31T18:00:00.000Z" },
    { "2026-01-31T18:00:00z", "2026-01-31T18:00:00.000Z", "2026-01-31T18:00:00.000Z" },
    { "2026-01-31T18:00-02:00", "2026-01-31T20:00:00.000Z", "2026-01-31T20:00:00.000Z" },
    { "2026-01-31T18:00:00+0130", "2026-01-31T16:30:00.000Z", "2026-01-31T16:30:00.000Z" },
    { "", NULL, NULL },
    { "1", NULL, NULL },
    { "h", NULL, NULL },
    { "-1h", NULL, NULL },
    { "99999999999999999999d", NULL, NULL },
    { "tomorrow", NULL, NULL },
    { "2026", NULL, NULL },
    { "2026-13-01", NULL, NULL },
    { "2026-02-29", NULL, NULL },
    { "2026-01-31T", NULL, NULL },
    { "2026-01-31T24:00", NULL, NULL },
    { "2026-01-31T18", NULL, NULL },
    { "2026-01-31T18:00:", NULL, NULL },
    { "2026-01-31T18:00:05.", NULL, NULL },
    { "2026-01-31T18:00 Berlin", NULL, NULL },
    { "2026-01-31T18:00+99:00", NULL, NULL },
    { "2026-01-31x", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    for (int zone = 0; zone < 2; zone++)
      {
        const char *expected = zone == 0 ? CASES[i].utc : CASES[i].east;
        gint64 time = 1;
        g_autofree char *iso = NULL;
        gboolean is_time =
            weir_query_parse_time (CASES[i].text, now, zone == 0 ? utc : east, &time);

        g_test_message ("%s", CASES[i].text);
        g_assert_cmpint (is_time, ==, expected != NULL);
        iso = weir_time_to_iso (time);
        if (is_time)
          g_assert_cmpstr (iso, ==, expected);
        else
          g_assert_cmpint (time, ==, 1);
      }
}

static void
test_explanation (void)
{
  static const struct
  {
    const char *text;
    const char *lines;
  } CASES[] = {
    { "", "Everything matches; nothing is scanned." },
    { "kind:created kind:deleted -status:error is:late after:2026-01-02T03:04Z",
      "kind is “created” or “deleted” — only columns in memory\n"
      "status is not “error” — only columns in memory\n"
      "is “late” — only columns in memory\n"
      "occurred at 2026-01-02 03:04:00 UTC or later — only columns in memory\n"
      "Scans only columns in memory." },
    { "maria -bob",
      "a word begins with “maria” — the word filter of each page, then the bytes of its events\n"
      "no word begins with “bob” — the bytes of each event\n"
      "Scans the events of the pages that may match." },
    { "data.total>=5 -data.a:\"x y\"", "data.total is 5 or greater — the bytes of each event\n"
                                       "data.a is not “x y” — the bytes of each event\n"
                                       "Scans the bytes of each event that the columns leave." },
    { "record:r1", "record is “r1” — the hash of each event, then the event itself\n"
                   "Scans the events of the pages that may match." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirQuery) query = weir_query_new (CASES[i].text, NULL);
      g_autofree char *lines = weir_query_dup_explanation (query, NULL, NULL);

      g_assert_cmpstr (lines, ==, CASES[i].lines);
    }
}

static char *
label_cb (const char *field, const char *value, gpointer user_data)
{
  return g_str_equal (field, user_data) && g_str_equal (value, "42") ? g_strdup ("Orders") : NULL;
}

/* A person reads names, as far as they are known. */
static void
test_explanation_names (void)
{
  g_autoptr (WeirQuery) query = weir_query_new ("sub:42 sub:43 -record:42 42", NULL);
  g_autofree char *lines = weir_query_dup_explanation (query, label_cb, (gpointer) "sub");

  g_assert_true (g_str_has_prefix (lines, "sub is “Orders” or “43” — "));
  g_assert_nonnull (strstr (lines, "record is not “42” — "));
  g_assert_nonnull (strstr (lines, "a word begins with “42” — "));
}

/* What is asked for as other languages do is a word here; the hint says so, and which word it is. */
static void
test_hint (void)
{
  static const struct
  {
    const char *text;
    const char *word; /* (nullable) */
    const char *part; /* of the hint */
  } CASES[] = {
    { "kind:updated OR kind:created", "OR", "kind:created kind:updated" },
    { "kind:updated || kind:created", "||", "kind:created kind:updated" },
    { "kind:updated | kind:created", "|", "kind:created kind:updated" },
    { "kind:updated AND status:error", "AND", "must all match" },
    { "kind:updated && late", "&&", "must all match" },
    { "NOT kind:updated", "NOT", "-kind:created" },
    { "é (kind:updated OR kind:created)", "(kind:updated", "parentheses group nothing" },
    { "kind:updatet AND (", "AND", "must all match" },
    { "(", "(", "parentheses group nothing" },
    { "kind:updated )", ")", "parentheses group nothing" },
    { "", NULL, NULL },
    { "kind:updated kind:created", NULL, NULL },
    { "bed and breakfast or not", NULL, NULL },
    /* somebody lives there, or has not typed on yet */
    { "OR", NULL, NULL },
    { "kind:updated OR", NULL, NULL },
    { "portland NOT", NULL, NULL },
    /* that is what is looked for */
    { "portland \"OR\" \"(x)\" a", NULL, NULL },
    { "status:OR data.state:AND x", NULL, NULL },
    { "ORACLE ANDROID NOTE f(x) :)", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirQuery) query = weir_query_new (CASES[i].text, &error);
      gsize position = 0;
      gsize length = 0;
      g_autofree char *hint = NULL;
      g_autofree char *word = NULL;

      g_assert_no_error (error);
      hint = weir_query_dup_hint (query, &position, &length);
      g_test_message ("%s: %s", CASES[i].text, hint != NULL ? hint : "");
      if (CASES[i].word == NULL)
        {
          g_assert_null (hint);
          continue;
        }
      g_assert_nonnull (hint);
      word = g_strndup (CASES[i].text + position, length);
      g_assert_cmpstr (word, ==, CASES[i].word);
      g_assert_nonnull (strstr (hint, word));
      g_assert_nonnull (strstr (hint, CASES[i].part));
    }
}

/* Each example is a query of its field. */
static void
test_fields (void)
{
  for (const WeirQueryFieldInfo *info = weir_query_list_fields (); info->name != NULL; info++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirQuery) query = weir_query_new (info->example, &error);
      guint n_terms;
      const WeirQueryTerm *terms;

      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (info->example, info->name));
      g_assert_nonnull (info->help);
      terms = weir_query_get_terms (query, &n_terms);
      g_assert_cmpuint (n_terms, ==, 1);
      g_assert_cmpint (terms[0].field, ==, info->field);
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
  g_test_add_func ("/query/numbers", test_numbers);
  g_test_add_func ("/query/quote", test_quote);
  g_test_add_func ("/query/times", test_times);
  g_test_add_func ("/query/explanation", test_explanation);
  g_test_add_func ("/query/explanation-names", test_explanation_names);
  g_test_add_func ("/query/hint", test_hint);
  g_test_add_func ("/query/fields", test_fields);
  g_test_add_func ("/query/compare", test_compare);

  return g_test_run ();
}
