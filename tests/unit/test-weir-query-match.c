/* test-weir-query-match.c: what a query finds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-decimal.h"
#include "weir-hash.h"
#include "weir-query-match.h"
#include "weir-words.h"

#include <string.h>

#define HOUR (3600 * (gint64) G_USEC_PER_SEC)
#define NOW (1767323045 * (gint64) G_USEC_PER_SEC) /* 2026-01-02T03:04:05Z */

static WeirQueryMatch *
make_match (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new (text, &error);

  g_assert_no_error (error);
  return weir_query_match_new (query, NOW);
}

static void
test_facets (void)
{
  g_autoptr (WeirAccount) account = weir_account_new ("uuid-1", "Demo Sequin", "sequin", "http://x",
                                                      WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  const WeirFacet facet = {
    .number = 1,
    .account = account,
    .stream = "events",
    .kind = "created",
    .collection = "stripe:Customer",
    .subscription = "s1",
    .status = "Error",
    .connection = "c1",
    .tenant = "",
    .flags = WEIR_FACET_LATE,
  };
  static const struct
  {
    const char *text;
    gboolean matches;
  } CASES[] = {
    { NULL, TRUE },
    { "word data.x:y after:1h record:r", TRUE },
    { "account:\"demo sequin\"", TRUE },
    { "account:demo", FALSE },
    { "provider:SEQUIN", TRUE },
    { "provider:oracle", FALSE },
    { "provider:oracle provider:sequin", TRUE },
    { "kind:created", TRUE },
    { "kind:CREATED", TRUE },
    { "kind:create", FALSE },
    { "-kind:created", FALSE },
    { "-kind:deleted", TRUE },
    { "-kind:deleted -kind:created", FALSE },
    { "kind:created -kind:created", FALSE },
    { "kind:created kind:deleted", TRUE },
    { "kind:created collection:x", FALSE },
    { "collection:stripe:customer", TRUE },
    { "stream:Events", TRUE },
    { "stream:app-events", FALSE },
    { "status:error", TRUE },
    { "connection:c1", TRUE },
    { "connection:C1", FALSE },
    { "tenant:t", FALSE },
    { "-tenant:t", TRUE },
    { "sub:s1", TRUE },
    { "sub:S1", FALSE },
    { "sub:\"demo SEQUIN/s1\"", TRUE },
    { "sub:other/s1", FALSE },
    { "sub:s1/stripe:Customer", TRUE },
    { "sub:s1/stripe:customer", FALSE },
    { "sub:\"Demo Sequin/s1/stripe:Customer\"", TRUE },
    { "sub:\"Demo Sequin/s1/other\"", FALSE },
    { "-sub:s1", FALSE },
    { "is:late", TRUE },
    { "is:unreadable", FALSE },
    { "is:unreadable is:LATE", TRUE },
    { "is:error", TRUE },
    { "-is:late", FALSE },
    { "-is:unreadable", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirQueryMatch) match = make_match (CASES[i].text);

      g_test_message ("%s", CASES[i].text);
      g_assert_cmpint (weir_query_match_facet (match, &facet), ==, CASES[i].matches);
    }
}

static void
test_span (void)
{
  static const struct
  {
    const char *text;
    gint64 from;
    gint64 to;
  } CASES[] = {
    { NULL, G_MININT64, G_MAXINT64 },
    { "kind:x", G_MININT64, G_MAXINT64 },
    { "after:1h", NOW - HOUR, G_MAXINT64 },
    { "before:now", G_MININT64, NOW },
    { "after:2h after:1h before:30m before:now", NOW - HOUR, NOW - HOUR / 2 },
    { "-after:1h", G_MININT64, NOW - HOUR },
    { "-before:1h", NOW - HOUR, G_MAXINT64 },
    { "after:today", NOW - 11045 * (gint64) G_USEC_PER_SEC, G_MAXINT64 },
    { "after:yesterday", NOW - 97445 * (gint64) G_USEC_PER_SEC, G_MAXINT64 },
    { "after:2026-01-02T03:04:05Z", NOW, G_MAXINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirQueryMatch) match = make_match (CASES[i].text);
      gint64 from;
      gint64 to;

      g_test_message ("%s", CASES[i].text);
      weir_query_match_get_span (match, &from, &to);
      g_assert_cmpint (from, ==, CASES[i].from);
      g_assert_cmpint (to, ==, CASES[i].to);
    }
}

static void
test_needs (void)
{
  static const struct
  {
    const char *text;
    gboolean raw;
    gboolean event;
  } CASES[] = {
    { NULL, FALSE, FALSE },       { "kind:a -status:b after:1h", FALSE, FALSE },
    { "word", TRUE, FALSE },      { "-word", TRUE, FALSE },
    { "data.a:b", TRUE, FALSE },  { "record:a", FALSE, TRUE },
    { "-record:a", FALSE, TRUE }, { "id:a", FALSE, TRUE },
    { "-id:a word", TRUE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirQueryMatch) match = make_match (CASES[i].text);

      g_test_message ("%s", CASES[i].text);
      g_assert_cmpint (weir_query_match_needs_raw (match), ==, CASES[i].raw);
      g_assert_cmpint (weir_query_match_needs_event (match), ==, CASES[i].event);
    }
}

static void
test_event (void)
{
  g_autoptr (WeirAccount) account = weir_account_new ("uuid-1", "S", "sequin", "http://x",
                                                      WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  static const char RAW[] = "{\"event_id\":\"E1\",\"upstream_id\":\"R1\",\"data\":{}}";
  g_autoptr (WeirEvent) event = NULL;
  g_autoptr (WeirQueryMatch) two = make_match ("record:b record:a -record:c id:x");
  const GArray *records = weir_query_match_get_record_hashes (two);
  const GArray *ids = weir_query_match_get_id_hashes (two);
  g_autoptr (WeirQueryMatch) none = make_match ("-record:a -id:b");
  WeirJson json;
  static const struct
  {
    const char *text;
    gboolean matches;
  } CASES[] = {
    { NULL, TRUE },          { "record:R1", TRUE },       { "record:r1", FALSE },
    { "-record:R1", FALSE }, { "-record:x", TRUE },       { "record:x record:R1", TRUE },
    { "id:E1", TRUE },       { "id:E1 record:x", FALSE }, { "-id:E1", FALSE },
  };

  g_assert_true (weir_json_parse_text (RAW, -1, &json, NULL));
  event = weir_event_new (account, "events", json, NOW, NULL);
  g_assert_nonnull (event);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirQueryMatch) match = make_match (CASES[i].text);

      g_test_message ("%s", CASES[i].text);
      g_assert_cmpint (weir_query_match_event (match, event), ==, CASES[i].matches);
    }

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (g_array_index (records, guint32, 0), <, g_array_index (records, guint32, 1));
  g_assert_true (g_array_index (records, guint32, 0) == (guint32) weir_hash_text ("a")
                 || g_array_index (records, guint32, 1) == (guint32) weir_hash_text ("a"));
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_true (g_array_index (ids, guint64, 0) == weir_hash_text ("x"));
  g_assert_null (weir_query_match_get_record_hashes (none));
  g_assert_null (weir_query_match_get_id_hashes (none));
}

/* Once with the payload as the store knows it, once without. */
static void
check_raw (const char *raw, const char *text, gboolean matches)
{
  g_autoptr (WeirQueryMatch) match = make_match (text);
  gsize length = strlen (raw);
  /* exactly as long as the text, so that reading past it is seen by a sanitizer */
  g_autofree char *copy = g_memdup2 (raw, length);
  WeirJson json = { copy, length };
  WeirJson payload = weir_json_get (json, "payload");
  g_autoptr (GBytes) filter = weir_words_filter_new (&json, 1);

  g_test_message ("%s in %s", text, raw);
  g_assert_true (weir_json_parse_text (copy, (gssize) length, NULL, NULL));
  g_assert_cmpint (weir_query_match_raw (match, copy, length, NULL, 0), ==, matches);
  g_assert_cmpint (weir_query_match_raw (match, copy, length, payload.text, payload.length), ==,
                   matches);
  if (matches)
    g_assert_true (
        weir_query_match_page (match, g_bytes_get_data (filter, NULL), g_bytes_get_size (filter)));
}

static void
test_words (void)
{
  static const struct
  {
    const char *payload;
    const char *text;
    gboolean matches;
  } CASES[] = {
    { "\"Paid\"", "paid", TRUE },
    { "\"paid\"", "PAID", TRUE },
    { "\"unpaid\"", "paid", FALSE },
    { "\"paid-up\"", "up", TRUE },
    { "\"prepaid paid\"", "paid", TRUE },
    { "\"paidpaid\"", "paid", TRUE },
    { "\"user_id\"", "id", TRUE },
    { "\"joe@example.com\"", "@example", TRUE },
    { "\"joe@example.com\"", "xample", FALSE },
    { "\"joe@example.com\"", "joe@example.com", TRUE },
    { "\"say \\\"hi\\\"\"", "\"\\\"hi\\\"\"", TRUE },
    { "\"two words\"", "\"two words\"", TRUE },
    { "\"two\\nwords\"", "words", TRUE },
    { "\"two\\nwords\"", "nwords", FALSE },
    { "\"two\\\\nwords\"", "nwords", TRUE },
    { "\"two\\u000awords\"", "words", TRUE },
    { "\"\\u00e9clair\"", "éclair", TRUE },
    { "\"\\u00e9clair\"", "clair", FALSE },
    { "\"\\u00e9clair\"", "e9clair", FALSE },
    { "\"\\u2014clair\"", "clair", TRUE },
    { "\"\\ud83d\\ude00clair\"", "clair", TRUE },
    { "\"\\u0070aid\"", "paid", TRUE },
    { "\"un\\u0070aid\"", "paid", FALSE },
    { "\"a\\/b\"", "a/b", TRUE },
    { "\"a/b\"", "a/b", TRUE },
    { "\"MÜLLER\"", "müller", TRUE },
    { "\"m\\u00fcller\"", "MÜLLER", TRUE },
    { "\"müller\"", "muller", FALSE },
    { "\"Ελλάς\"", "ΕΛΛΆΣ", TRUE },
    { "\"Привет\"", "ПРИВ", TRUE },
    { "\"Привет\"", "вет", FALSE },
    { "\"\\u041fривет\"", "привет", TRUE },
    { "\"東京都\"", "京", TRUE },
    { "\"東京都\"", "京都", TRUE },
    { "\"東京都\"", "都京", FALSE },
    { "\"東京tower\"", "tower", TRUE },
    { "\"😀 x\"", "😀", TRUE },
    { "\"\\ud83d\\ude00\"", "😀", TRUE },
    { "42", "42", TRUE },
    { "4211", "42", TRUE },
    { "4211", "11", FALSE },
    { "83.63", "83.63", TRUE },
    { "true", "true", TRUE },
    { "[1,2]", "\"1,2\"", FALSE },
    { "\"1,2\"", "\"1,2\"", TRUE },
    { "{\"a\":\"b\"}", "\"a\\\":\\\"b\"", FALSE },
    { "{\"a\": 1}", "\": 1\"", FALSE },
    { "{\"total\":1}", "total", TRUE },
    { "{\"total\":1}", "payload", FALSE },
    { "{\"total\":1}", "tenant", FALSE },
    { "{\"tenant\":1}", "tenant", TRUE },
    { "1", "acme", TRUE },
    { "1", "\"acme, inc\"", TRUE },
    { "1", "success acme", TRUE },
    { "1", "success nothing", FALSE },
    { "1", "-nothing", TRUE },
    { "1", "-acme", FALSE },
    { "1", "-tenant", TRUE },
    { "1", "-\"tenantName\"", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *raw = g_strdup_printf (
          "{\"id\":\"e1\",\"tenant\":{\"tenantName\":\"Acme, Inc\"},\"payload\":%s,"
          "\"status\" : \"success\",\"n\":5}",
          CASES[i].payload);

      check_raw (raw, CASES[i].text, CASES[i].matches);
    }
}

static void
test_paths (void)
{
  static const char RAW[] =
      "{\"data\":{\"price\":1},\"total\":7,\"payload\":{\"total\":83.63,\"big\":9007199254740993,"
      "\"name\":\"Zo\\u00eb Miller\",\"paid\":true,\"note\":null,\"amount\":\"12.50\",\"e\":1E2,"
      "\"a.b\":{\"c d\":\"x\"},\"items\":[{\"sku\":\"A-1\",\"n\":[1,2]},{\"sku\":\"B/2\",\"n\":[3]}],"
      "\"\":\"none\",\"*\":{\"s\":\"star\"},\"\\\\b\":\"slash\",\"tags\":[\"new\",\"VIP\"],\"0\":\"zero\",\"deep\":{\"total\":5},\"esc\":\"a\\/b\"}}";
  static const struct
  {
    const char *text;
    gboolean matches;
  } CASES[] = {
    { "data.total:83.63", TRUE },
    { "data.total:83.630", TRUE },
    { "data.total:8363e-2", TRUE },
    { "data.total:83.64", FALSE },
    { "data.total:7", FALSE },
    { "data.total>83", TRUE },
    { "data.total>83.63", FALSE },
    { "data.total>=83.63", TRUE },
    { "data.total<83.63", FALSE },
    { "data.total<=83.63", TRUE },
    { "data.total>80 data.total<90", TRUE },
    { "data.total>80 data.total>90", FALSE },
    { "-data.total>90", TRUE },
    { "data.total:1 data.total:83.63", TRUE },
    { "data.total:1 data.total:2", FALSE },
    { "-data.total:1 -data.total:2", TRUE },
    { "-data.total:1 -data.total:83.63", FALSE },
    { "data.big:9007199254740993", TRUE },
    { "data.big:9007199254740992", FALSE },
    { "data.big>9007199254740992", TRUE },
    { "data.big<9007199254740994", TRUE },
    { "data.e:100", TRUE },
    { "data.name:\"ZOË miller\"", TRUE },
    { "data.name:zoë", FALSE },
    { "data.paid:true", TRUE },
    { "data.paid:TRUE", TRUE },
    { "data.paid:false", FALSE },
    { "data.paid:1", FALSE },
    { "data.note:null", TRUE },
    { "data.missing:null", FALSE },
    { "-data.missing:x", TRUE },
    { "data.amount:12.50", TRUE },
    { "data.amount:12.5", FALSE },
    { "data.amount>12", TRUE },
    { "data.name>1", FALSE },
    { "data.paid>0", FALSE },
    { "data.\"a.b\".\"c d\":x", TRUE },
    { "data.\"\":none", TRUE },
    { "data.tags.\"\":new", FALSE },
    { "data.\"*\".s:star", TRUE },
    { "data.\"*\".total:5", FALSE },
    { "data.\"\\\\b\":slash", TRUE },
    { "data.\\b:slash", TRUE },
    { "data.a.b:x", FALSE },
    { "data.items[0].sku:a-1", TRUE },
    { "data.items.1.sku:b/2", TRUE },
    { "data.items[1].sku:A-1", FALSE },
    { "data.items.*.sku:A-1", TRUE },
    { "data.items[*].sku:B/2", TRUE },
    { "data.items.*.sku:C", FALSE },
    { "data.items.*.n:3", TRUE },
    { "data.items.*.n>2", TRUE },
    { "data.items.*.n>3", FALSE },
    { "data.items.sku:A-1", FALSE },
    { "data.items[7].sku:A-1", FALSE },
    { "data.tags:vip", TRUE },
    { "data.tags[0]:vip", FALSE },
    { "data.tags:none", FALSE },
    { "data.0:zero", TRUE },
    { "data.deep:5", FALSE },
    { "data.*.total:5", TRUE },
    { "data.esc:a/b", TRUE },
    { "data.Total:83.63", FALSE },
    { "data.price:1", FALSE },
    { "data[0]:x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    check_raw (RAW, CASES[i].text, CASES[i].matches);
}

static void
test_decimals (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    int order;
  } CASES[] = {
    { "0", "-0.0", 0 },
    { "1", "1.000", 0 },
    { "100", "1e2", 0 },
    { "0.001", "1E-3", 0 },
    { "-5", "3", -1 },
    { "-5", "-6", 1 },
    { "0", "0.0001", -1 },
    { "0", "-0.0001", 1 },
    { "9007199254740993", "9007199254740992", 1 },
    { "0.1", "0.10000000000000000001", -1 },
    { "-0.1", "-0.10000000000000000001", 1 },
    { "1e400", "1e399", 1 },
    { "1e99999999999999999999", "1e400", 1 },
    { "1e-99999999999999999999", "0", 1 },
    { "1e-99999999999999999999", "1e-400", -1 },
    { "007", "7", 0 },
    { "10", "9", 1 },
    { "123456789012345678901234567890", "123456789012345678901234567891", -1 },
  };
  static const char *const WRONG[] = { "",   "-",  "+1",  ".5",   "1.",  "1e",    "1e+",
                                       "0x", "1 ", "abc", "1.e2", "--1", "1e5.0", "Infinity" };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const char *a = CASES[i].a;
      const char *b = CASES[i].b;
      int order = weir_decimal_compare (a, strlen (a), b, strlen (b));

      g_test_message ("%s and %s", a, b);
      g_assert_true (weir_decimal_is_valid (a, strlen (a)));
      g_assert_true (weir_decimal_is_valid (b, strlen (b)));
      g_assert_cmpint ((order > 0) - (order < 0), ==, CASES[i].order);
      order = weir_decimal_compare (b, strlen (b), a, strlen (a));
      g_assert_cmpint ((order > 0) - (order < 0), ==, -CASES[i].order);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_false (weir_decimal_is_valid (WRONG[i], strlen (WRONG[i])));
}

/* A page of events with ids, addresses and common words. */
static GBytes *
make_page (guint page, GPtrArray *texts, gsize *size)
{
  g_autoptr (GArray) views = g_array_new (FALSE, FALSE, sizeof (WeirJson));

  *size = 0;
  for (guint i = 0; i < 500; i++)
    {
      guint number = page * 500 + i;
      g_autofree char *checksum =
          g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) &number, sizeof number);
      char *text = g_strdup_printf (
          "{\"event_id\":\"%.8s-%.4s-%.4s-%.4s-%.12s\",\"sync_id\":\"sync_3kTMd\",\"collection_id\":"
          "\"stripe:customer\",\"event\":\"updated\",\"upstream_updated_at\":\"2026-01-02T03:%02u:%02u"
          ".%03uZ\",\"data\":{\"name\":\"Maria Miller\",\"email\":\"user%05u@example.com\",\"note\":"
          "\"Called about the spring offer, wants an answer by Friday. Prefers to be written to, and asks "
          "for a copy of the invoice.\",\"address\":{\"city\":\"Berlin\",\"street\":\"Hauptstrasse %u\","
          "\"country\":\"DE\"},\"balance\":%u.%02u,\"currency\":\"eur\",\"delinquent\":false,\"metadata\":"
          "{\"source\":\"import\",\"owner\":\"sales team one\"},\"created\":17673%05u}}",
          checksum, checksum + 8, checksum + 12, checksum + 16, checksum + 20, i / 60 % 60, i % 60,
          number % 1000, number, number % 97, number % 5000, number % 100, number);
      WeirJson view = { text, strlen (text) };

      g_ptr_array_add (texts, text);
      g_array_append_val (views, view);
      *size += view.length;
    }
  return weir_words_filter_new ((const WeirJson *) (const void *) views->data, views->len);
}

static guint
count_pages (GPtrArray *filters, const char *text)
{
  g_autoptr (WeirQueryMatch) match = make_match (text);
  guint n = 0;

  for (guint i = 0; i < filters->len; i++)
    n += weir_query_match_page (match, g_bytes_get_data (filters->pdata[i], NULL),
                                g_bytes_get_size (filters->pdata[i]));
  return n;
}

static void
test_pages (void)
{
  g_autoptr (GPtrArray) filters = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint number = 12345;
  g_autofree char *checksum =
      g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) &number, sizeof number);
  g_autofree char *uuid = g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", checksum, checksum + 8,
                                           checksum + 12, checksum + 16, checksum + 20);
  g_autofree char *end = g_strdup_printf ("data.x:1 -other %.12s", checksum + 20);
  guint8 broken[] = { 99, 3, 0, 0, 0 };
  g_autoptr (WeirQueryMatch) match = make_match ("nothing-like-this");

  for (guint page = 0; page < 100; page++)
    {
      gsize size;
      GBytes *filter = make_page (page, texts, &size);

      g_ptr_array_add (filters, filter);
      g_assert_cmpuint (g_bytes_get_size (filter) * 100, <=, size * 3);
    }

  g_assert_cmpuint (count_pages (filters, "maria"), ==, 100);
  g_assert_cmpuint (count_pages (filters, "-maria"), ==, 100);
  g_assert_cmpuint (count_pages (filters, "\"spring offer\""), ==, 100);
  g_assert_cmpuint (count_pages (filters, "ab"), ==, 100); /* too short to tell */
  g_assert_cmpuint (count_pages (filters, "zebra"), <=, 10);
  g_assert_cmpuint (count_pages (filters, "maria zebra"), <=, 10);
  g_assert_cmpuint (count_pages (filters, "kind:zebra -zebra"), ==, 100);
  g_assert_cmpuint (count_pages (filters, uuid), >=, 1);
  g_assert_cmpuint (count_pages (filters, uuid), <=, 5);
  g_assert_cmpuint (count_pages (filters, end), >=, 1);
  g_assert_cmpuint (count_pages (filters, end), <=, 8);
  g_assert_cmpuint (count_pages (filters, "user12345@example.com"), >=, 1);
  g_assert_cmpuint (count_pages (filters, "user12345@example.com"), <=, 12);
  g_assert_cmpuint (count_pages (filters, "data.email:user12345@example.com"), <=, 12);
  g_assert_cmpuint (count_pages (filters, "data.email:a1b2c3d4e5 data.email:zebra"), ==, 100);

  g_assert_cmpuint (count_pages (filters, "record:a1b2c3d4e5f6a7b8"), <=, 5);
  g_assert_cmpuint (count_pages (filters, "record:a1b2c3d4e5f6a7b8 record:x1y2z3w4v5"), ==, 100);
  g_assert_cmpuint (count_pages (filters, "-record:a1b2c3d4e5f6a7b8"), ==, 100);
  g_assert_cmpuint (count_pages (filters, "id:a1b2c3d4e5f6a7b8"), <=, 5);
  g_assert_cmpuint (count_pages (filters, "id:unreadable-a1b2c3d4e5f6a7b8"), ==, 100);

  /* of another version, of none, of no size: each may have it */
  g_assert_true (weir_query_match_page (match, broken, sizeof broken));
  g_assert_true (weir_query_match_page (match, NULL, 0));
  broken[0] = 1;
  g_assert_true (weir_query_match_page (match, broken, 2));
  g_assert_false (weir_query_match_page (match, broken, sizeof broken));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query-match/facets", test_facets);
  g_test_add_func ("/query-match/span", test_span);
  g_test_add_func ("/query-match/needs", test_needs);
  g_test_add_func ("/query-match/event", test_event);
  g_test_add_func ("/query-match/words", test_words);
  g_test_add_func ("/query-match/paths", test_paths);
  g_test_add_func ("/query-match/decimals", test_decimals);
  g_test_add_func ("/query-match/pages", test_pages);

  return g_test_run ();
}
