/* test-weir-hub-oracle.c: the hub's Oracle face, asked by a plain client
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-hub-oracle-client.h"
#include "weir-hub-oracle.h"

#define LIST WEIR_HUB_ORACLE_LIST
#define ask weir_hub_oracle_client_ask
#define make weir_hub_oracle_client_make

static char *
dup_item (const char *id)
{
  return g_strconcat (LIST "/", id, NULL);
}

static void
assert_code (WeirHubDocument *answer, const char *code, const char *status)
{
  g_autofree char *type = weir_hub_fixture_dup (answer, "/type");

  weir_hub_fixture_assert (answer, "/o:errorCode", code);
  weir_hub_fixture_assert (answer, "/status", status);
  g_assert_true (g_str_has_suffix (type, code));
  g_assert_true (weir_hub_document_has (answer, "title"));
  g_assert_true (weir_hub_document_has (answer, "detail"));
  g_assert_true (weir_hub_document_has (answer, "instance"));
}

static void
test_headers (WeirHubFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *name;
    const char *value;
    guint status;
  } tries[] = {
    { "Authorization", NULL, 401 },
    { "Authorization", "Basic aHViOndyb25n", 401 },
    { "Authorization", "Bearer wrong", 401 },
    { "OSvC-CREST-Application-Context", NULL, 400 },
    { "OSvC-CREST-Application-Context", "", 400 },
    { "OSvC-CREST-Application-Context", "0123456789012345678901234567890123456789", 200 },
    { "OSvC-CREST-Application-Context", "01234567890123456789012345678901234567890", 400 },
    { "osvc-crest-api-access-token", "another", 400 },
  };
  g_autoptr (SoupMessage) echo = NULL;
  g_autofree char *token = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (SoupMessage) message = weir_hub_oracle_client_new (fixture, "GET", LIST);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);
      SoupMessageHeaders *answered;
      g_autoptr (WeirHubDocument) answer = NULL;

      soup_message_headers_remove (headers, tries[i].name);
      if (tries[i].value != NULL)
        soup_message_headers_append (headers, tries[i].name, tries[i].value);
      answer = weir_hub_fixture_exchange (fixture, message, NULL);
      answered = soup_message_get_response_headers (message);
      g_assert_cmpuint (soup_message_get_status (message), ==, tries[i].status);
      if (tries[i].status == 401)
        {
          assert_code (answer, "OSC-CREST-00014", "401");
          g_assert_nonnull (soup_message_headers_get_one (answered, "WWW-Authenticate"));
          continue;
        }
      g_assert_cmpstr (soup_message_headers_get_one (answered, "osvc-crest-next-request-after"), ==,
                       "0");
      g_free (token);
      token = g_strdup (soup_message_headers_get_one (answered, "osvc-crest-api-access-token"));
      g_assert_nonnull (token);
    }

  echo = weir_hub_oracle_client_new (fixture, "GET", LIST);
  soup_message_headers_append (soup_message_get_request_headers (echo),
                               "osvc-crest-api-access-token", token);
  weir_hub_document_unref (weir_hub_fixture_exchange (fixture, echo, NULL));
  g_assert_cmpuint (soup_message_get_status (echo), ==, 200);
}

static void
test_object (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *body = weir_hub_oracle_client_dup_body ("MyContactCreateSubscription", NULL);
  g_autoptr (SoupMessage) message = weir_hub_oracle_client_new (fixture, "POST", LIST);
  g_autoptr (WeirHubDocument) made = weir_hub_fixture_exchange (fixture, message, body);
  g_autofree char *id = weir_hub_fixture_dup (made, "/id");
  g_autofree char *where = dup_item (id);
  g_autofree char *self = weir_hub_fixture_dup (made, "/links/0/href");
  g_autofree char *latest = g_strconcat ("/latest/eventSubscriptions/", id, NULL);
  g_autofree char *plain = g_strconcat ("/eventSubscriptions/", id, NULL);
  g_autofree char *projection = g_strconcat (where, "?fields=name,status.lookupName", NULL);
  g_autoptr (WeirHubDocument) got = ask (fixture, "GET", where, NULL, 200);
  g_autoptr (WeirHubDocument) got_latest = ask (fixture, "GET", latest, NULL, 200);
  g_autoptr (WeirHubDocument) got_plain = ask (fixture, "GET", plain, NULL, 200);
  g_autoptr (WeirHubDocument) projected = ask (fixture, "GET", projection, NULL, 200);
  g_autoptr (WeirHubDocument) gone = NULL;
  g_autofree char *detail = g_strdup_printf ("Resource with id %s not found", id);
  g_autofree char *instance = NULL;

  g_assert_cmpuint (soup_message_get_status (message), ==, 201);
  g_assert_cmpstr (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"), ==,
      self);
  g_assert_cmpstr (got->text, ==, made->text);
  weir_hub_fixture_assert (got, "/lookupName", "MyContactCreateSubscription");
  weir_hub_fixture_assert (got, "/eventType/lookupName", "Create");
  weir_hub_fixture_assert (got, "/objectVersion/id", "100300");
  weir_hub_fixture_assert (got, "/status/lookupName", "Active");
  weir_hub_fixture_assert (got, "/links/0/rel", "self");
  weir_hub_fixture_assert (got, "/links/1/rel", "canonical");
  weir_hub_fixture_assert (got, "/links/2/rel", "describedby");
  weir_hub_fixture_assert (got, "/links/2/mediaType", "application/schema+json");
  weir_hub_fixture_assert (projected, "/status/lookupName", "Active");
  weir_hub_fixture_assert (projected, "/status/id", "");
  weir_hub_fixture_assert (projected, "/endPoint", "");

  weir_hub_document_unref (ask (fixture, "DELETE", where, NULL, 200));
  gone = ask (fixture, "GET", where, NULL, 404);
  assert_code (gone, "OSC-CREST-00013", "404");
  weir_hub_fixture_assert (gone, "/title", "Unrecognized resource");
  weir_hub_fixture_assert (gone, "/detail", detail);
  instance = weir_hub_fixture_dup (gone, "/instance");
  g_assert_cmpstr (instance, ==, self);
}

static void
test_ids (WeirHubFixture *fixture, gconstpointer unused)
{
  static const char *const ids[] = {
    "9007199254740993", "9223372036854775807", "9223372036854775808", "0", "-1", "abc"
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *where = dup_item (ids[i]);
      g_autoptr (WeirHubDocument) answer = ask (fixture, "GET", where, NULL, 404);

      assert_code (answer, "OSC-CREST-00013", "404");
    }
}

static void
test_methods (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = make (fixture, "A", NULL);
  g_autofree char *where = dup_item (id);
  g_autoptr (SoupMessage) tunnelled = weir_hub_oracle_client_new (fixture, "POST", where);
  g_autoptr (SoupMessage) wrong = weir_hub_oracle_client_new (fixture, "POST", where);
  g_autoptr (WeirHubDocument) refused = NULL;
  g_autoptr (WeirHubDocument) put = ask (fixture, "PUT", where, "{}", 400);
  g_autoptr (WeirHubDocument) post = ask (fixture, "POST", where, "{}", 400);
  g_autoptr (WeirHubDocument) version = ask (fixture, "GET", "/v9/eventSubscriptions", NULL, 400);
  g_autoptr (WeirHubDocument) patched =
      ask (fixture, "PATCH", where, "{\"status\":{\"lookupName\":\"Paused\"}}", 200);
  g_autoptr (WeirHubDocument) by_tunnel = NULL;
  g_autoptr (WeirHubDocument) after = NULL;

  assert_code (put, "OSC-CREST-00002", "400");
  assert_code (post, "OSC-CREST-00002", "400");
  assert_code (version, "OSC-CREST-00003", "400");
  g_assert_cmpstr (patched->text, ==, "");

  soup_message_headers_append (soup_message_get_request_headers (tunnelled),
                               "X-HTTP-Method-Override", "PATCH");
  by_tunnel = weir_hub_fixture_exchange (fixture, tunnelled, "{\"name\":\"B\"}");
  g_assert_cmpuint (soup_message_get_status (tunnelled), ==, 200);
  soup_message_headers_append (soup_message_get_request_headers (wrong), "X-HTTP-Method-Override",
                               "DELETE");
  refused = weir_hub_fixture_exchange (fixture, wrong, "{}");
  assert_code (refused, "OSC-CREST-00002", "400");

  after = ask (fixture, "GET", where, NULL, 200);
  weir_hub_fixture_assert (after, "/name", "B");
  weir_hub_fixture_assert (after, "/lookupName", "B");
  weir_hub_fixture_assert (after, "/status/id", "2");
  weir_hub_fixture_assert (after, "/endPoint", "https://example.com/hook");
}

static void
assert_refused (WeirHubFixture *fixture, const char *name, const char *patch, const char *code)
{
  g_autofree char *body = weir_hub_oracle_client_dup_body (name, patch);
  g_autoptr (WeirHubDocument) answer = ask (fixture, "POST", LIST, body, 400);

  assert_code (answer, code, "400");
}

/* A member that is just as long as it may be, and one that is longer. */
static void
assert_limit (WeirHubFixture *fixture, const char *member, guint limit, const char *letter)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *fits = NULL;
  g_autofree char *longer = NULL;

  for (guint i = 0; i < limit; i++)
    g_string_append (text, letter);
  fits = g_strdup_printf ("{\"%s\":\"%s\"}", member, text->str);
  longer = g_strdup_printf ("{\"%s\":\"%s%s\"}", member, text->str, letter);
  g_free (make (fixture, member, fits));
  assert_refused (fixture, "Longer", longer, "OSC-CREST-00006");
}

static void
test_limits (WeirHubFixture *fixture, gconstpointer unused)
{
  static const char *const wrong[] = {
    "{\"class\":\"Task\"}",
    "{\"class\":\"contact\"}",
    "{\"class\":null}",
    "{\"endPoint\":null}",
    "{\"endPoint\":\"\"}",
    "{\"endPoint\":5}",
    "{\"eventType\":null}",
    "{\"eventType\":{\"id\":4}}",
    "{\"eventType\":{\"id\":-1}}",
    "{\"eventType\":{\"lookupName\":\"Never\"}}",
    "{\"eventType\":{}}",
    "{\"eventType\":1}",
    "{\"integrationUser\":null}",
    "{\"integrationUser\":{\"lookupName\":\"Partner Integration\"}}",
    "{\"name\":null}",
    "{\"name\":\"with blank\"}",
    "{\"name\":\"\"}",
    "{\"objectShapeXml\":null}",
    "{\"objectVersion\":null}",
    "{\"status\":{\"id\":4}}",
    "{\"colour\":\"red\"}",
  };
  g_autofree char *id = make (fixture, "Taken", "{\"status\":{\"lookupName\":\"inactive\"}}");
  g_autofree char *other =
      make (fixture, "Other", "{\"endPoint\":null,\"endpoint\":\"http://a.b\"}");
  g_autofree char *where = dup_item (other);
  g_autoptr (WeirHubDocument) empty = ask (fixture, "POST", LIST, NULL, 400);
  g_autoptr (WeirHubDocument) broken = ask (fixture, "POST", LIST, "{\"a", 400);
  g_autoptr (WeirHubDocument) array = ask (fixture, "POST", LIST, "[]", 400);
  g_autoptr (WeirHubDocument) renamed = NULL;
  g_autoptr (WeirHubDocument) same = NULL;
  g_autoptr (WeirHubDocument) nulled = NULL;

  assert_code (empty, "OSC-CREST-00010", "400");
  assert_code (broken, "OSC-CREST-00011", "400");
  assert_code (array, "OSC-CREST-00011", "400");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (fixture, "Wrong", wrong[i], "OSC-CREST-00006");
  assert_refused (fixture, "Taken", NULL, "OSC-CREST-00006");
  renamed = ask (fixture, "PATCH", where, "{\"name\":\"Taken\"}", 400);
  assert_code (renamed, "OSC-CREST-00006", "400");
  same = ask (fixture, "PATCH", where, "{\"name\":\"Other\",\"id\":1}", 200);
  nulled = ask (fixture, "PATCH", where, "{\"name\":null}", 400);

  assert_limit (fixture, "endPoint", 1333, "e");
  assert_limit (fixture, "name", 255, "n");
  assert_limit (fixture, "objectShapeXml", 349525, "ä");
}

/* 20 for one event of one class, however they stand. */
static void
test_quota (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autofree char *other = NULL;
  g_autofree char *where = NULL;
  g_autoptr (WeirHubDocument) moved = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("S%u", i);

      g_free (make (fixture, name, NULL));
    }
  assert_refused (fixture, "S20", NULL, "OSC-CREST-00012");
  g_free (make (fixture, "OtherClass", "{\"class\":\"Incident\"}"));
  other = make (fixture, "OtherEvent", "{\"eventType\":{\"lookupName\":\"Update\"}}");
  where = dup_item (other);
  moved = ask (fixture, "PATCH", where, "{\"eventType\":{\"id\":1}}", 400);
}

static void
assert_query (WeirHubFixture *fixture, const char *condition, const char *expected)
{
  g_autofree char *escaped = g_uri_escape_string (condition, NULL, FALSE);
  g_autofree char *rest = g_strconcat (LIST "?fields=name&q=", escaped, NULL);
  g_autoptr (WeirHubDocument) answer =
      ask (fixture, "GET", rest, NULL, expected != NULL ? 200 : 400);
  g_autoptr (GString) names = g_string_new (NULL);
  WeirJsonIter iter;
  WeirJson item;

  if (expected == NULL)
    {
      assert_code (answer, "OSC-CREST-00007", "400");
      return;
    }
  weir_json_iter_init (&iter, weir_json_get (answer->json, "items"));
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      g_autofree char *name = weir_json_dup_string (weir_json_get (item, "name"));

      g_string_append (names, name);
    }
  if (!g_str_equal (names->str, expected))
    g_test_message ("%s", condition);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_queries (WeirHubFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *condition;
    const char *names; /* NULL: refused */
  } queries[] = {
    { "id > 10001 and id<10004", "bC" },
    { "id != 10001", "bCd" },
    { "id <> 10001 AND NOT id=10004", "bC" },
    { "name = 'C'", "C" },
    { "name='c'", "C" },
    { "name like '%D'", "d" },
    { "name not like '_'", "" },
    { "class in ('Incident', 'Organization')", "bd" },
    { "class not in ('Incident')", "aCd" },
    { "status = 2", "C" },
    { "status = 'Paused' or status.lookupName = 'Inactive'", "Cd" },
    { "eventType.id >= 2", "C" },
    { "(id=10001 or id=10002) and not (name='b')", "a" },
    { "createdTime > '2020-01-01T00:00:00Z'", "abCd" },
    { "createdTime < '2020-01-01'", "" },
    { "endPoint like '%''quoted''%'", "d" },
    { "name is null", "" },
    { "name is not null", "abCd" },
    { "colour = 'red'", NULL },
    { "name", NULL },
    { "name =", NULL },
    { "name = 'open", NULL },
    { "(id = 1", NULL },
    { "id = 1)", NULL },
    { "id = 1 or", NULL },
    { "id in 1", NULL },
    { "not", NULL },
  };
  g_autoptr (GString) deep = g_string_new (NULL);

  g_free (make (fixture, "a", NULL));
  g_free (make (fixture, "b", "{\"class\":\"Incident\"}"));
  g_free (make (fixture, "C", "{\"status\":{\"id\":2},\"eventType\":{\"id\":2}}"));
  g_free (make (fixture, "d",
                "{\"status\":{\"id\":3},\"class\":\"Organization\",\"endPoint\":\"x'quoted'\"}"));
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    assert_query (fixture, queries[i].condition, queries[i].names);
  for (guint i = 0; i < 3000; i++)
    g_string_append_c (deep, '(');
  assert_query (fixture, deep->str, NULL);
}

static void
test_lists (WeirHubFixture *fixture, gconstpointer unused)
{
  static const char *const wrong[] = { "limit=0",       "limit=20001",      "limit=x",
                                       "offset=-1",     "orderBy=colour",   "orderBy=id:up",
                                       "fields=colour", "fields=status.id", "totalResults=maybe" };
  g_autoptr (WeirHubDocument) empty = ask (fixture, "GET", LIST, NULL, 200);
  g_autoptr (WeirHubDocument) page = NULL;
  g_autoptr (WeirHubDocument) last = NULL;
  g_autoptr (WeirHubDocument) wide = NULL;
  g_autofree char *next = NULL;

  weir_hub_fixture_assert (empty, "/hasMore", "false");
  weir_hub_fixture_assert (empty, "/totalResults", "");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("S%u", i);

      g_free (make (fixture, name, i % 2 == 0 ? "{\"class\":\"Incident\"}" : NULL));
    }
  page = ask (fixture, "GET", LIST "?limit=2&totalResults=true&orderBy=class:desc,name:desc", NULL,
              200);
  weir_hub_fixture_assert (page, "/items/0/lookupName", "S4");
  weir_hub_fixture_assert (page, "/items/1/lookupName", "S2");
  weir_hub_fixture_assert (page, "/items/0/class", "");
  weir_hub_fixture_assert (page, "/items/0/links/0/rel", "canonical");
  weir_hub_fixture_assert (page, "/hasMore", "true");
  weir_hub_fixture_assert (page, "/totalResults", "5");
  weir_hub_fixture_assert (page, "/links/3/rel", "next");
  next = weir_hub_fixture_dup (page, "/links/3/href");
  last = ask (fixture, "GET", strstr (next, "/connect") + strlen ("/connect"), NULL, 200);
  weir_hub_fixture_assert (last, "/items/0/lookupName", "S0");
  weir_hub_fixture_assert (last, "/items/1/lookupName", "S3");
  wide = ask (fixture, "GET", LIST "?fields=class,endPoint&offset=4", NULL, 200);
  weir_hub_fixture_assert (wide, "/items/0/class", "Incident");
  weir_hub_fixture_assert (wide, "/items/0/id", "10005");
  weir_hub_fixture_assert (wide, "/items/0/name", "");
  weir_hub_fixture_assert (wide, "/hasMore", "false");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *rest = g_strconcat (LIST "?", wrong[i], NULL);
      g_autoptr (WeirHubDocument) answer = ask (fixture, "GET", rest, NULL, 400);

      assert_code (answer, "OSC-CREST-00007", "400");
    }
}

static void
test_catalog (WeirHubFixture *fixture, gconstpointer unused)
{
  g_autoptr (SoupMessage) message =
      weir_hub_oracle_client_new (fixture, "GET", "/v1.4/metadata-catalog/eventSubscriptions");
  g_autoptr (WeirHubDocument) schema = weir_hub_fixture_exchange (fixture, message, NULL);
  g_autoptr (WeirHubDocument) list = ask (fixture, "GET", "/exceptions", NULL, 200);
  g_autoptr (WeirHubDocument) one = ask (fixture, "GET", "/exceptions/OSC-CREST-00013", NULL, 200);
  g_autoptr (WeirHubDocument) none = ask (fixture, "GET", "/exceptions/OSC-CREST-99999", NULL, 404);
  g_autoptr (WeirHubDocument) nothing = ask (fixture, "GET", "/v1.4/incidents", NULL, 404);

  g_assert_cmpstr (
      soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL), ==,
      "application/schema+json");
  weir_hub_fixture_assert (schema, "/properties/endPoint/maxLength", "1333");
  weir_hub_fixture_assert (schema, "/properties/id/maximum", "9223372036854775807");
  weir_hub_fixture_assert (one, "/o:errorCode", "OSC-CREST-00013");
  weir_hub_fixture_assert (one, "/status", "200");
  g_assert_cmpuint (weir_json_count (weir_json_get (list->json, "items")), >, 5);
  assert_code (none, "OSC-CREST-00001", "404");
  assert_code (nothing, "OSC-CREST-00013", "404");
}

static void
assert_shape (const char *shape, const char *record, const char *expected)
{
  g_autofree char *filled = weir_hub_oracle_fill_shape (shape, "7", weir_hub_json_view (record));

  if (expected == NULL)
    {
      g_assert_null (filled);
      return;
    }
  g_assert_nonnull (filled);
  if (strstr (filled, expected) == NULL)
    g_test_message ("%s", filled);
  g_assert_nonnull (strstr (filled, expected));
}

static void
test_shapes (void)
{
  assert_shape ("<a><Name/></a>", "{\"Name\":\"Ann & <Bo>\"}",
                "<a ID=\"7\"><Name>Ann &amp; &lt;Bo&gt;</Name></a>");
  assert_shape ("<n:a xmlns:n=\"urn:x\"><n:Subject></n:Subject></n:a>", "{\"subject\":\"é\"}",
                "<n:Subject>é</n:Subject>");
  assert_shape ("<a xmlns=&quot;urn:x&quot;><N/></a>", "{\"N\":9007199254740993}",
                "<N>9007199254740993</N>");
  assert_shape ("<a><Name><Last/></Name></a>", "{\"Name\":{\"First\":\"A\",\"Last\":\"B\"}}",
                "<Name><Last>B</Last></Name>");
  assert_shape ("<a><Name/></a>", "{\"Name\":{\"First\":\"A\",\"no name\":1,\"L\":[1,2]}}",
                "<Name><First>A</First><L><Item>1</Item><Item>2</Item></L></Name>");
  assert_shape ("<a><Notes/></a>", "{\"Notes\":null}", "<Notes/>");
  assert_shape ("<a><N/></a>", "{\"N\":\"x\\u0001\\u001fy\"}", "<N>xy</N>");
  assert_shape ("<a><N></a>", "{}", NULL);
  assert_shape ("no xml", "{}", NULL);
  assert_shape ("", "{}", NULL);
  assert_shape ("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "{}", NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (WeirHubFixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/hub/oracle/headers", test_headers }, { "/hub/oracle/object", test_object },
    { "/hub/oracle/ids", test_ids },         { "/hub/oracle/methods", test_methods },
    { "/hub/oracle/limits", test_limits },   { "/hub/oracle/quota", test_quota },
    { "/hub/oracle/queries", test_queries }, { "/hub/oracle/lists", test_lists },
    { "/hub/oracle/catalog", test_catalog },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WeirHubFixture, NULL, weir_hub_fixture_set_up, tests[i].run,
                weir_hub_fixture_tear_down);
  g_test_add_func ("/hub/oracle/shapes", test_shapes);
  return g_test_run ();
}
