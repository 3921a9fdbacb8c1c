/* test-weir-error-data.c: errors in records and in answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-samples.h"

static WeirErrorData *
read_json (const char *text)
{
  return weir_error_data_new_from_json (weir_samples_parse (text));
}

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  if (expected == NULL)
    {
      g_assert_null (bytes);
      return;
    }
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

static char *
write_error (WeirErrorData *error)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  weir_error_data_write (error, writer, "error");
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

static void
test_chain (void)
{
  g_autoptr (WeirErrorData) error =
      read_json ("{\"message\":\"outer\",\"type\":\"internal\",\"key\":\"k\",\"data\":{\"n\":"
                 "9007199254740993},\"stack\":\"at x\\nat y\",\"logs\":[1.50],\"causedByError\":"
                 "{\"message\":\"middle\",\"causedByError\":{\"message\":\"leaf\",\"type\":"
                 "\"connection\",\"causedByError\":null}}}");
  WeirErrorData *leaf = weir_error_data_get_leaf (error);
  g_autofree char *json = write_error (error);
  g_autofree char *text = weir_error_data_to_text (error);

  g_assert_cmpstr (error->message, ==, "outer");
  g_assert_cmpstr (error->type, ==, "internal");
  g_assert_cmpstr (error->key, ==, "k");
  assert_bytes (error->data, "{\"n\":9007199254740993}");
  assert_bytes (error->stack, "\"at x\\nat y\"");
  assert_bytes (error->logs, "[1.50]");
  g_assert_cmpstr (leaf->message, ==, "leaf");
  g_assert_null (leaf->key);
  g_assert_null (leaf->data);
  g_assert_cmpuint (weir_error_data_get_depth (error), ==, 3);
  g_assert_true (weir_error_data_get_leaf (leaf) == leaf);

  g_assert_cmpstr (
      json, ==,
      "{\"error\":{\"message\":\"outer\",\"type\":\"internal\",\"key\":\"k\",\"data\":{\"n\":"
      "9007199254740993},\"stack\":\"at x\\nat y\",\"logs\":[1.50],\"caused_by\":{\"message\":"
      "\"middle\",\"type\":null,\"key\":null,\"data\":null,\"stack\":null,\"logs\":null,"
      "\"caused_by\":{\"message\":\"leaf\",\"type\":\"connection\",\"key\":null,\"data\":null,"
      "\"stack\":null,\"logs\":null,\"caused_by\":null}}}}");
  g_assert_true (g_str_has_prefix (text, "outer\n  type: internal\n  key: k\n  data:\n"));
  g_assert_nonnull (strstr (text, "  stack:\n    at x\n    at y\n"));
  g_assert_true (g_str_has_suffix (text, "Caused by: middle\nCaused by: leaf\n  type: "
                                         "connection\n"));
}

static void
test_none (void)
{
  static const char *const NONE[] = { "null", "[]", "[null]", "\"\"", "false" };
  g_autofree char *json = write_error (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
    g_assert_null (read_json (NONE[i]));
  g_assert_null (weir_error_data_new_from_json ((WeirJson){ 0 }));
  g_assert_cmpstr (json, ==, "{\"error\":null}");
}

/* What stands in for a message where none was sent as a string. */
static void
test_messages (void)
{
  static const struct
  {
    const char *json;
    const char *message;
    const char *type;
    const char *key;
    const char *data;
  } CASES[] = {
    { "\"text\"", "text", NULL, NULL, NULL },
    { "17", "17", NULL, NULL, NULL },
    { "{}", "", NULL, NULL, NULL },
    { "{\"message\":5}", "5", NULL, NULL, NULL },
    { "{\"message\":{\"a\":1}}", "{\"a\":1}", NULL, NULL, NULL },
    { "{\"message\":null,\"type\":\"t\",\"key\":\"k\"}", "t: k", "t", "k",
      "{\"message\":null,\"type\":\"t\",\"key\":\"k\"}" },
    { "{\"code\":7}", "{\"code\":7}", NULL, NULL, "{\"code\":7}" },
    { "[{\"message\":\"one\"},{\"message\":\"two\"}]", "one", NULL, NULL, NULL },
    { "{\"message\":\"a\",\"message\":\"b\"}", "b", NULL, NULL, NULL },
    { "{\"message\":\"m\",\"causedByError\":\"<unknown>\"}", "m", NULL, NULL, NULL },
    { "{\"message\":\"m\",\"type\":3,\"key\":[],\"data\":null}", "m", "3", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (WeirErrorData) error = read_json (CASES[i].json);
      g_autofree char *text = weir_error_data_to_text (error);

      g_assert_cmpstr (error->message, ==, CASES[i].message);
      g_assert_cmpstr (error->type, ==, CASES[i].type);
      g_assert_cmpstr (error->key, ==, CASES[i].key);
      assert_bytes (error->data, CASES[i].data);
      g_assert_cmpstr (text, !=, "\n");
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WeirErrorData) error = NULL;
  g_autofree char *written = NULL;
  WeirErrorData *last;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "{\"message\":\"m%u\",\"data\":%u,\"causedByError\":", i, i);
  g_string_append (text, "null");
  for (guint i = 0; i < 400; i++)
    g_string_append_c (text, '}');

  error = read_json (text->str);
  g_assert_cmpuint (weir_error_data_get_depth (error), ==, 64);
  last = weir_error_data_get_leaf (error);
  g_assert_cmpstr (last->message, ==, "m63");
  /* The rest is not lost: it stands in the data, beside what was there. */
  written = weir_error_data_to_text (error);
  g_assert_nonnull (strstr (written, "\"data\": 63"));
  g_assert_nonnull (strstr (written, "\"message\": \"m399\""));
}

/* Every envelope of every API and of what stands before it. */
static void
test_answers (void)
{
  static const struct
  {
    guint status;
    const char *reason;
    const char *type;
    const char *body;
    const char *message;
    const char *error_type;
    const char *key;
    gboolean has_data;
  } CASES[] = {
    /* Membrane */
    { 404, "Not Found", "application/json",
      "{\"message\":\"No such subscription\",\"type\":\"bad_request\",\"key\":\"not_found\"}",
      "No such subscription", "bad_request", "not_found", FALSE },
    { 404, "Not Found", "application/json",
      "{\"statusCode\":404,\"message\":\"Cannot GET /x\",\"error\":\"Not Found\"}", "Cannot GET /x",
      "Not Found", NULL, TRUE },
    { 400, NULL, "application/json",
      "{\"statusCode\":400,\"message\":[\"limit is too large\",\"cursor is wrong\"],\"error\":"
      "\"Bad Request\"}",
      "limit is too large, cursor is wrong", "Bad Request", NULL, TRUE },
    /* Sequin */
    { 401, NULL, "application/json", "{\"summary\":\"The API key is wrong\"}",
      "The API key is wrong", NULL, NULL, TRUE },
    { 422, NULL, "application/json",
      "{\"summary\":\"Validation failed\",\"validation_errors\":{\"limit\":[\"must be at most "
      "500\",\"must be whole\"],\"sync_id\":[\"is no UUID\"]}}",
      "Validation failed: limit: must be at most 500, must be whole; sync_id: is no UUID", NULL,
      NULL, TRUE },
    { 404, NULL, "application/json", "{\"errors\":{\"detail\":\"Not Found\"}}", "Not Found", NULL,
      NULL, TRUE },
    { 422, NULL, "application/json", "{\"errors\":{\"name\":[\"is taken\"]}}", "name: is taken",
      NULL, NULL, TRUE },
    { 422, NULL, "application/json", "{\"errors\":[{\"message\":\"first\"},\"second\"]}",
      "first, second", NULL, NULL, TRUE },
    { 422, NULL, "application/json", "{\"success\":false,\"reason\":\"no route to host\"}",
      "no route to host", NULL, NULL, TRUE },
    /* Oracle */
    { 404, "Not Found", "application/json",
      "{\"type\":\"https://s.example/services/rest/connect/exceptions/OSC-CREST-00013\",\"title\":"
      "\"Unrecognized resource\",\"status\":404,\"detail\":\"Resource with id 5 not found\","
      "\"instance\":\"https://s.example/x/5\",\"o:errorCode\":\"OSC-CREST-00013\"}",
      "Unrecognized resource: Resource with id 5 not found", NULL, "OSC-CREST-00013", TRUE },
    { 400, NULL, "application/json", "{\"title\":\"Bad\",\"o:errorCode\":\"OSC-CREST-00006\"}",
      "Bad", NULL, "OSC-CREST-00006", TRUE },
    /* others */
    { 400, NULL, "application/json", "{\"error\":\"text\"}", "text", NULL, NULL, TRUE },
    { 400, NULL, "application/json",
      "{\"error\":\"invalid_grant\",\"error_description\":\"The token has ended\"}",
      "The token has ended", NULL, "invalid_grant", TRUE },
    { 400, NULL, "application/json", "{\"error\":{\"message\":\"inner\",\"type\":\"t\"}}", "inner",
      "t", NULL, FALSE },
    { 400, NULL, "application/json", "{\"message\":\"only\"}", "only", NULL, NULL, FALSE },
    { 400, NULL, "text/plain", "{\"message\":\"said to be text\"}", "said to be text", NULL, NULL,
      FALSE },
    { 400, NULL, "application/json", "\"a string\"", "a string", NULL, NULL, FALSE },
    { 500, NULL, "application/json", "{}", "HTTP 500 Internal Server Error", NULL, NULL, FALSE },
    { 500, NULL, "application/json", "[]", "HTTP 500: []", NULL, NULL, FALSE },
    { 500, NULL, "application/json", "{\"message\":\"cut o", "HTTP 500: {\"message\":\"cut o", NULL,
      NULL, FALSE },
    /* no JSON */
    { 502, NULL, "text/html",
      "<!DOCTYPE html><html><head><style>p{}</style><title>502 Bad\n Gateway</title></head>"
      "<body><p>nginx</p></body></html>",
      "HTTP 502 Bad Gateway", NULL, NULL, FALSE },
    { 503, NULL, "text/html; charset=utf-8",
      "<html><body><script>var a = '<b>';</script><!-- no > yet --><h1>Down &amp; out</h1>"
      "<p>It&#8217;s&nbsp;late</p></body></html>",
      "HTTP 503: Down & out It\xe2\x80\x99s late", NULL, NULL, FALSE },
    { 503, NULL, "text/html", "<TITLE>Maintenance &lt;now&gt; &unknown; &#x110000; &</TITLE>",
      "HTTP 503: Maintenance <now> &unknown; &#x110000; &", NULL, NULL, FALSE },
    { 503, NULL, "text/html", "<title></title><p>Text</p>", "HTTP 503: Text", NULL, NULL, FALSE },
    { 503, NULL, "text/html", "<", "HTTP 503 Service Unavailable", NULL, NULL, FALSE },
    { 500, NULL, NULL, "  upstream\n\n timed out\t", "HTTP 500: upstream timed out", NULL, NULL,
      FALSE },
    { 500, NULL, "text/plain", "\xff\xfe!", "HTTP 500: \xef\xbf\xbd\xef\xbf\xbd!", NULL, NULL,
      FALSE },
    { 502, "Bad Gateway", NULL, NULL, "HTTP 502 Bad Gateway", NULL, NULL, FALSE },
    { 502, "", NULL, "", "HTTP 502 Bad Gateway", NULL, NULL, FALSE },
    { 418, "I'm a teapot", NULL, " \n", "HTTP 418 I'm a teapot", NULL, NULL, FALSE },
    { 599, NULL, NULL, NULL, "HTTP 599", NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) body =
          CASES[i].body != NULL ? g_bytes_new_static (CASES[i].body, strlen (CASES[i].body)) : NULL;
      g_autoptr (WeirErrorData) error =
          weir_error_data_new_from_answer (CASES[i].status, CASES[i].reason, CASES[i].type, body);

      g_assert_cmpstr (error->message, ==, CASES[i].message);
      g_assert_cmpstr (error->type, ==, CASES[i].error_type);
      g_assert_cmpstr (error->key, ==, CASES[i].key);
      g_assert_cmpint (error->data != NULL, ==, CASES[i].has_data);
      if (CASES[i].has_data)
        assert_bytes (error->data, CASES[i].body);
    }
}

static void
test_long_answer (void)
{
  g_autofree char *long_text = g_strnfill (1000 * 1000, 'x');
  g_autofree char *open_tags = g_strnfill (1000 * 1000, '<');
  g_autoptr (GBytes) text_body = g_bytes_new_static (long_text, strlen (long_text));
  g_autoptr (GBytes) tag_body = g_bytes_new_static (open_tags, strlen (open_tags));
  g_autoptr (WeirErrorData) text_error =
      weir_error_data_new_from_answer (500, NULL, NULL, text_body);
  g_autoptr (WeirErrorData) tag_error = weir_error_data_new_from_answer (500, NULL, NULL, tag_body);

  g_assert_cmpuint (strlen (text_error->message), <, 600);
  g_assert_true (g_str_has_suffix (text_error->message, "x…"));
  g_assert_cmpstr (tag_error->message, ==, "HTTP 500 Internal Server Error");
}

/* A page cut at every byte still gives an error with a message. */
static void
test_cut_page (void)
{
  static const char page[] = "<html><head><title>A&amp;B</title><script>x</script></head>"
                             "<!-- c --><body>&#x41;&#65;&lt;</body></html>";

  for (gsize length = 0; length < sizeof page; length++)
    {
      g_autofree char *copy = g_strndup (page, length);
      g_autoptr (GBytes) body = g_bytes_new (copy, length);
      g_autoptr (WeirErrorData) error =
          weir_error_data_new_from_answer (502, NULL, "text/html", body);

      g_assert_true (g_str_has_prefix (error->message, "HTTP 502"));
    }
}

static void
use_spoilt (WeirJson json, gpointer user_data)
{
  g_autoptr (WeirErrorData) error = weir_error_data_new_from_json (json);
  g_autoptr (GBytes) body = weir_json_dup_bytes (json);
  g_autoptr (WeirErrorData) answer =
      weir_error_data_new_from_answer (400, NULL, "application/json", body);
  g_autofree char *written = write_error (error);
  g_autofree char *text = weir_error_data_to_text (answer);

  g_assert_cmpstr (answer->message, !=, "");
  g_assert_cmpstr (text, !=, "");
  weir_samples_parse (written);
}

static void
test_spoilt (void)
{
  WeirJson subscription = weir_samples_load ("external-subscription");
  WeirJson oracle = weir_samples_parse (
      "{\"type\":\"https://x/OSC\",\"title\":\"t\",\"status\":404,\"detail\":\"d\",\"instance\":"
      "\"i\",\"o:errorCode\":\"OSC\",\"summary\":\"s\",\"validation_errors\":{\"a\":[\"b\"]},"
      "\"errors\":{\"detail\":\"x\"},\"error\":{\"error\":\"y\"},\"statusCode\":3,"
      "\"error_description\":\"z\",\"reason\":\"r\"}");

  g_assert_cmpuint (weir_samples_spoil (weir_json_get (subscription, "error"), use_spoilt, NULL), >,
                    300);
  g_assert_cmpuint (weir_samples_spoil (oracle, use_spoilt, NULL), >, 150);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-error-data/chain", test_chain);
  g_test_add_func ("/weir-error-data/none", test_none);
  g_test_add_func ("/weir-error-data/messages", test_messages);
  g_test_add_func ("/weir-error-data/deep", test_deep);
  g_test_add_func ("/weir-error-data/answers", test_answers);
  g_test_add_func ("/weir-error-data/long-answer", test_long_answer);
  g_test_add_func ("/weir-error-data/cut-page", test_cut_page);
  g_test_add_func ("/weir-error-data/spoilt", test_spoilt);
  return g_test_run ();
}
