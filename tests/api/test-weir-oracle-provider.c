/* test-weir-oracle-provider.c: Oracle's wire, and a server that breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "oracle/weir-oracle-body.h"
#include "oracle/weir-oracle-provider.h"
#include "weir-provider-fixture.h"

#include <string.h>

#define ROOT "/services/rest/connect/v1.4/eventSubscriptions"
#define QUERY                                                                                      \
  "?fields=class,endPoint,eventType,integrationUser,objectVersion,name,status,updatedTime,"        \
  "createdTime"
#define JSON_HEADER "Content-Type: application/json\r\n"
#define STATUS_1 "{\"id\":1,\"lookupName\":\"Active\"}"
#define STATUS_2 "{\"id\":2,\"lookupName\":\"Paused\"}"
#define STATUS_3 "{\"id\":3,\"lookupName\":\"Inactive\"}"
#define SUBSCRIPTION(id, name, status)                                                             \
  "{\"id\":" id ",\"lookupName\":\"" name "\",\"class\":\"Contact\",\"name\":\"" name "\","        \
  "\"endPoint\":\"https://example.com/e\",\"eventType\":{\"id\":1,\"lookupName\":\"Create\"},"     \
  "\"status\":" status "}"
#define NEW                                                                                        \
  "{\"class\":\"Contact\",\"endPoint\":\"https://example.com/e\",\"eventType\":{\"id\":1},"        \
  "\"name\":\"New\",\"objectShapeXml\":\"<a/>\"}"

static WeirProviderFixture *
create (void)
{
  return weir_provider_fixture_new ("oracle", weir_oracle_provider_new, FALSE);
}

static WeirRecord *
make_record (WeirProviderFixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  WeirSubscription *record;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  record = weir_subscription_new_oracle (f->account, json, &error);
  g_assert_no_error (error);
  return WEIR_RECORD (record);
}

static void
ask_check (WeirProviderFixture *f)
{
  weir_provider_fixture_check (f);
}

static void
ask_list (WeirProviderFixture *f)
{
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
}

static void
ask_get (WeirProviderFixture *f)
{
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "10004");
}

static void
test_faults (void)
{
  weir_provider_fixture_test_faults ("oracle", weir_oracle_provider_new, ROOT, TRUE, ask_check);
  weir_provider_fixture_test_faults ("oracle", weir_oracle_provider_new, ROOT, TRUE, ask_list);
  weir_provider_fixture_test_faults ("oracle", weir_oracle_provider_new, ROOT "/10004", TRUE,
                                     ask_get);
}

static void
test_cancel (void)
{
  weir_provider_fixture_test_cancel ("oracle", weir_oracle_provider_new, ROOT, ask_list);
  weir_provider_fixture_test_cancel ("oracle", weir_oracle_provider_new, ROOT "/10004", ask_get);
}

static void
test_check (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, ROOT, 200, "{\"items\":[],\"hasMore\":false}");
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->text, ==, "127.0.0.1");
  weir_provider_fixture_assert_request (f, ROOT, 0, "GET", ROOT QUERY "&limit=1&offset=0", NULL);
  weir_provider_fixture_assert_header (f, ROOT, 0, "OSvC-CREST-Application-Context",
                                       "Weir " WEIR_VERSION);
}

static void
test_list (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  WeirListFilter paused = { .status = "paused" };

  weir_provider_fixture_answer (
      f, ROOT, 200,
      "{\"items\":[" SUBSCRIPTION ("1", "a", STATUS_1) ",{\"n\":1}," SUBSCRIPTION (
          "9223372036854775807", "b", STATUS_2) "],"
                                                "\"hasMore\":true,\"links\":[{\"rel\":\"next\","
                                                "\"href\":\"https://elsewhere.example.com" ROOT
                                                "?offset=9\"}]}");
  weir_provider_fixture_answer (
      f, ROOT, 200,
      "{\"items\":[" SUBSCRIPTION ("3", "c",
                                   STATUS_3) "],"
                                             "\"hasMore\":true,\"links\":[{\"rel\":\"next\","
                                             "\"href\":\" " ROOT "?limit=1000&offset=77 \"}]}");
  weir_provider_fixture_answer (
      f, ROOT, 200,
      "{\"items\":[" SUBSCRIPTION ("4", "d", STATUS_2) "],"
                                                       "\"hasMore\":false}");
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, &paused);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, ROOT, 0, "GET", ROOT QUERY "&limit=1000&offset=0", NULL);
  weir_provider_fixture_assert_request (f, ROOT, 1, "GET", ROOT QUERY "&limit=1000&offset=3", NULL);
  weir_provider_fixture_assert_request (f, ROOT, 2, "GET", ROOT "?limit=1000&offset=77", NULL);
  g_assert_cmpuint (f->records->len, ==, 2);
  g_assert_cmpstr (weir_record_get_id (f->records->pdata[0]), ==, "9223372036854775807");
  g_assert_cmpstr (weir_record_get_id (f->records->pdata[1]), ==, "4");
  g_assert_nonnull (f->warning);
}

static void
test_endless_list (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (
      f, ROOT, 200, "{\"items\":[" SUBSCRIPTION ("1", "a", STATUS_1) "],\"hasMore\":true}");
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->records->len, ==, 1);
  g_assert_nonnull (f->warning);
  g_assert_cmpuint (weir_fault_server_count (f->server, ROOT), ==, 2);
}

static void
test_ids (void)
{
  static const char *const wrong[] = {
    "", "abc", "0", "-1", "+1", " 1", "1.5", "1/2", "9223372036854775808", "9007199254740993x"
  };
  g_autoptr (WeirProviderFixture) f = create ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, wrong[i]);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
      weir_provider_fixture_write (f, WEIR_ACTION_UPDATE, wrong[i], "{\"name\":\"x\"}");
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
    }
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
  g_assert_true (weir_oracle_check_id ("9223372036854775807"));
}

static void
test_not_found (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  WeirErrorData *data;

  weir_provider_fixture_answer (f, ROOT "/7", 404,
                                "{\"title\":\"Unrecognized resource\",\"status\":404,"
                                "\"detail\":\"Resource with id 7 not found\","
                                "\"o:errorCode\":\"OSC-CREST-00013\"}");
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "7");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
  data = weir_provider_error_get_data (f->error);
  g_assert_cmpstr (data->key, ==, "OSC-CREST-00013");
  g_assert_nonnull (strstr (f->error->message, "Resource with id 7 not found"));
}

/* The value of one answer goes with the next request, unchanged; an error that names it ends it. */
static void
test_access_token (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  const char *name = "osvc-crest-api-access-token";
  const char *one = SUBSCRIPTION ("1", "a", STATUS_1);

  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200,
                         JSON_HEADER "osvc-crest-api-access-token: a+b=\r\n", one, -1);
  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200, JSON_HEADER, one, -1);
  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 400, JSON_HEADER,
                         "{\"title\":\"Bad OSvC-CREST-API-Access-Token\"}", -1);
  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200, JSON_HEADER, one, -1);
  for (guint i = 0; i < 4; i++)
    weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_header (f, ROOT "/1", 0, name, NULL);
  weir_provider_fixture_assert_header (f, ROOT "/1", 1, name, "a+b=");
  weir_provider_fixture_assert_header (f, ROOT "/1", 2, name, "a+b=");
  weir_provider_fixture_assert_header (f, ROOT "/1", 3, name, NULL);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_next_request_after (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  const char *one = SUBSCRIPTION ("1", "a", STATUS_1);
  gint64 answered;

  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200,
                         JSON_HEADER "osvc-crest-next-request-after: 200\r\n", one, -1);
  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200,
                         JSON_HEADER "osvc-crest-next-request-after: 15000\r\n", one, -1);
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  answered = g_get_monotonic_time ();
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  g_assert_no_error (f->error);
  g_assert_cmpint (g_get_monotonic_time () - answered, >=, 190 * 1000);

  /* A wait can be cancelled. */
  answered = g_get_monotonic_time ();
  g_timeout_add (20, cancel_cb, f->cancellable);
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - answered, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (weir_fault_server_count (f->server, ROOT "/1"), ==, 2);
}

/* It counts for the client's own next try, too. */
static void
test_next_try_after (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  gint64 asked;

  weir_http_client_set_retry_unit (weir_provider_get_client (f->provider), 20);
  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 503,
                         JSON_HEADER "Retry-After: 1\r\nosvc-crest-next-request-after: 15000\r\n",
                         "{}", -1);
  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200, JSON_HEADER,
                         SUBSCRIPTION ("1", "a", STATUS_1), -1);
  asked = g_get_monotonic_time ();
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  g_assert_no_error (f->error);
  g_assert_cmpint (g_get_monotonic_time () - asked, >=, 290 * 1000);
}

/* A wait that nobody would sit out is told at once. */
static void
test_long_wait (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_fault_server_add (f->server, ROOT "/1", WEIR_FAULT_NONE, 200,
                         JSON_HEADER "osvc-crest-next-request-after: 3600000\r\n",
                         SUBSCRIPTION ("1", "a", STATUS_1), -1);
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "1");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_THROTTLED);
  g_assert_cmpint (weir_provider_error_get_retry_after (f->error), >, G_TIME_SPAN_HOUR * 9 / 10);
}

static void
test_status (void)
{
  static const struct
  {
    WeirAction action;
    const char *body;
  } actions[] = {
    { WEIR_ACTION_SUBSCRIBE, "{\"status\":{\"id\":1}}" },
    { WEIR_ACTION_PAUSE, "{\"status\":{\"id\":2}}" },
    { WEIR_ACTION_UNSUBSCRIBE, "{\"status\":{\"id\":3}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));

      weir_provider_fixture_answer (f, ROOT "/1", 200, "");
      weir_provider_fixture_answer (f, ROOT "/1", 200, SUBSCRIPTION ("1", "a", STATUS_2));
      weir_provider_fixture_act (f, actions[i].action, record);
      g_assert_no_error (f->error);
      g_assert_null (f->warning);
      weir_provider_fixture_assert_request (f, ROOT "/1", 0, "PATCH", ROOT "/1", actions[i].body);
      weir_provider_fixture_assert_request (f, ROOT "/1", 1, "GET", ROOT "/1", NULL);
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "paused");
    }
}

/* Where PATCH is refused it goes as POST, and from then on at once. */
static void
test_tunnel (void)
{
  static const struct
  {
    guint status;
    const char *body;
  } refusals[] = {
    { 405, "" },
    { 501, "<html></html>" },
    { 400, "{\"o:errorCode\":\"OSC-CREST-00002\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));
      const char *body = "{\"status\":{\"id\":3}}";

      weir_provider_fixture_answer (f, ROOT "/1", refusals[i].status, refusals[i].body);
      weir_provider_fixture_answer (f, ROOT "/1", 204, "");
      weir_provider_fixture_answer (f, ROOT "/1", 200, SUBSCRIPTION ("1", "a", STATUS_3));
      weir_provider_fixture_act (f, WEIR_ACTION_UNSUBSCRIBE, record);
      g_assert_no_error (f->error);
      weir_provider_fixture_assert_request (f, ROOT "/1", 0, "PATCH", ROOT "/1", body);
      weir_provider_fixture_assert_request (f, ROOT "/1", 1, "POST", ROOT "/1", body);
      weir_provider_fixture_assert_header (f, ROOT "/1", 1, "X-HTTP-Method-Override", "PATCH");
      weir_provider_fixture_assert_header (f, ROOT "/1", 2, "X-HTTP-Method-Override", NULL);
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "inactive");

      weir_provider_fixture_act (f, WEIR_ACTION_UNSUBSCRIBE, record);
      weir_provider_fixture_assert_request (f, ROOT "/1", 3, "POST", ROOT "/1", body);
    }
}

/* Never twice, whatever the answer. */
static void
test_no_repetition (void)
{
  static const struct
  {
    WeirFault fault;
    guint status;
    const char *body;
    WeirProviderError expected;
  } faults[] = {
    { WEIR_FAULT_NONE, 500, "", WEIR_PROVIDER_ERROR_SERVER },
    { WEIR_FAULT_NONE, 503, "{\"o:errorCode\":\"OSC-CREST-00035\"}",
      WEIR_PROVIDER_ERROR_THROTTLED },
    { WEIR_FAULT_NONE, 429, "", WEIR_PROVIDER_ERROR_THROTTLED },
    { WEIR_FAULT_NONE, 200, "<html>Log in</html>", WEIR_PROVIDER_ERROR_INVALID_ANSWER },
    { WEIR_FAULT_CLOSE, 200, "", WEIR_PROVIDER_ERROR_UNREACHABLE },
    { WEIR_FAULT_TRUNCATE, 200, SUBSCRIPTION ("1", "a", STATUS_1),
      WEIR_PROVIDER_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));

      weir_fault_server_add (f->server, ROOT "/1", faults[i].fault, faults[i].status, NULL,
                             faults[i].body, -1);
      weir_fault_server_add (f->server, ROOT, faults[i].fault, faults[i].status, NULL,
                             faults[i].body, -1);
      weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, record);
      weir_assert_provider_error (f, faults[i].expected);
      g_assert_cmpuint (weir_fault_server_count (f->server, ROOT "/1"), ==, 1);
      weir_provider_fixture_write (f, WEIR_ACTION_CREATE, NULL, NEW);
      weir_assert_provider_error (f, faults[i].expected);
      g_assert_cmpuint (weir_fault_server_count (f->server, ROOT), ==, 1);
      weir_provider_fixture_act (f, WEIR_ACTION_DELETE, record);
      weir_assert_provider_error (f, faults[i].expected);
      g_assert_cmpuint (weir_fault_server_count (f->server, ROOT "/1"), ==, 2);
    }
}

static void
test_done_but_not_read_back (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));

  weir_provider_fixture_answer (f, ROOT "/1", 200, "");
  weir_provider_fixture_answer (f, ROOT "/1", 401, "");
  weir_provider_fixture_answer (f, ROOT "/1", 200, "");
  weir_provider_fixture_answer (f, ROOT "/1", 200, "{\"broken");
  weir_provider_fixture_act (f, WEIR_ACTION_PAUSE, record);
  g_assert_no_error (f->error);
  g_assert_true (f->record == record);
  g_assert_nonnull (f->warning);

  weir_provider_fixture_write (f, WEIR_ACTION_UPDATE, "1", "{\"name\":\"New\",\"id\":1}");
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, ROOT "/1", 2, "PATCH", ROOT "/1", "{\"name\":\"New\"}");
  g_assert_cmpstr (weir_record_get_id (f->record), ==, "1");
  g_assert_cmpstr (weir_record_get_name (f->record), ==, "New");
  g_assert_nonnull (f->warning);
}

static void
test_create (void)
{
  const char *whole = SUBSCRIPTION ("5", "New", STATUS_1);
  static const struct
  {
    const char *headers;
    const char *body;
    gboolean reads_list;
    gboolean reads_back;
  } answers[] = {
    { JSON_HEADER, SUBSCRIPTION ("5", "New", STATUS_1), FALSE, FALSE },
    { JSON_HEADER, "{\"id\":5}", FALSE, TRUE },
    { "Location: https://other.example.com" ROOT "/5\r\n", "", FALSE, TRUE },
    { NULL, "", TRUE, TRUE },
    { JSON_HEADER, "{\"id\":", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();

      weir_fault_server_add (f->server, ROOT, WEIR_FAULT_NONE, 201, answers[i].headers,
                             answers[i].body, -1);
      weir_provider_fixture_answer (f, ROOT, 200,
                                    "{\"items\":[{\"id\":4,\"name\":\"Old\"},"
                                    "{\"id\":5,\"name\":\"New\"}]}");
      weir_provider_fixture_answer (f, ROOT "/5", 200, whole);
      weir_provider_fixture_write (f, WEIR_ACTION_CREATE, NULL, NEW);
      g_assert_no_error (f->error);
      weir_provider_fixture_assert_request (f, ROOT, 0, "POST", ROOT, NEW);
      g_assert_cmpstr (weir_record_get_id (f->record), ==, "5");
      g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->kind, ==, "Contact");
      g_assert_cmpuint (weir_fault_server_count (f->server, ROOT), ==,
                        answers[i].reads_list ? 2 : 1);
      g_assert_cmpuint (weir_fault_server_count (f->server, ROOT "/5"), ==, answers[i].reads_back);
    }
}

static void
test_create_unconfirmed (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, ROOT, 201, "");
  weir_provider_fixture_answer (f, ROOT, 403, "");
  weir_provider_fixture_write (f, WEIR_ACTION_CREATE, NULL, NEW);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNCONFIRMED);
  g_assert_cmpuint (weir_fault_server_count (f->server, ROOT), ==, 2);
}

static void
test_delete (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));

  weir_provider_fixture_answer (f, ROOT "/1", 200, "");
  weir_provider_fixture_act (f, WEIR_ACTION_DELETE, record);
  g_assert_no_error (f->error);
  g_assert_true (f->record == record);
  weir_provider_fixture_assert_request (f, ROOT "/1", 0, "DELETE", ROOT "/1", NULL);
}

static char *
make_text_member (const char *name, guint length)
{
  g_autofree char *text = g_malloc (length * 2 + 1);

  /* Two bytes each: the limits are in characters. */
  for (guint i = 0; i < length; i++)
    memcpy (text + i * 2, "ä", 2);
  text[length * 2] = '\0';
  return g_strdup_printf ("{\"%s\":\"%s\"}", name, text);
}

static void
test_body (void)
{
  static const struct
  {
    const char *body;
    const char *named; /* NULL: it is taken */
    const char *sent;
  } cases[] = {
    { "{\"class\":\"Incident\"}", NULL, "{\"class\":\"Incident\"}" },
    { "{\"class\":\"Opportunity\"}", "class", NULL },
    { "{\"class\":5}", "class", NULL },
    { "{\"class\":null}", "class", NULL },
    { "{\"endpoint\":\"http://x\"}", NULL, "{\"endPoint\":\"http://x\"}" },
    { "{\"endPoint\":\"\"}", "endPoint", NULL },
    { "{\"name\":\"a b\"}", "name", NULL },
    { "{\"name\":\"\"}", "name", NULL },
    { "{\"name\":\"a\",\"name\":\"b\"}", "name", NULL },
    { "{\"objectShapeXml\":\"<a>\\n</a>\"}", NULL, "{\"objectShapeXml\":\"<a>\\n</a>\"}" },
    { "{\"eventType\":{\"id\":1,\"lookupName\":\"Create\"}}", NULL, "{\"eventType\":{\"id\":1}}" },
    { "{\"status\":{\"lookupName\":\"Active\"}}", NULL,
      "{\"status\":{\"lookupName\":\"Active\"}}" },
    { "{\"status\":{}}", "status", NULL },
    { "{\"status\":1}", "status", NULL },
    { "{\"status\":{\"id\":-1}}", "status.id", NULL },
    { "{\"status\":{\"id\":1.5}}", "status.id", NULL },
    { "{\"status\":{\"id\":\"1\"}}", "status.id", NULL },
    { "{\"objectVersion\":{\"lookupName\":5}}", "objectVersion.lookupName", NULL },
    { "{\"integrationUser\":{\"id\":9223372036854775807}}", NULL,
      "{\"integrationUser\":{\"id\":9223372036854775807}}" },
    { "{\"id\":0,\"name\":\"a\"}", "id", NULL },
    { "{\"id\":7,\"lookupName\":\"a\",\"links\":[],\"createdTime\":\"x\",\"name\":\"a\"}", NULL,
      "{\"name\":\"a\"}" },
    { "{\"colour\":\"red\"}", "colour", NULL },
    { "{\"id\":7}", "", NULL },
    { "{}", "", NULL },
    { "[]", "", NULL },
    { "{\"name\":", "", NULL },
    { "", "", NULL },
  };
  static const struct
  {
    const char *name;
    guint length;
  } limits[] = { { "endPoint", 1333 }, { "name", 255 }, { "objectShapeXml", 349525 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new (cases[i].body, strlen (cases[i].body));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sent = weir_oracle_body_check (json, FALSE, NULL, &error);

      g_test_message ("%s", cases[i].body);
      if (cases[i].named == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), cases[i].sent,
                           strlen (cases[i].sent));
          continue;
        }
      g_assert_error (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, cases[i].named));
    }
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (guint more = 0; more < 2; more++)
      {
        g_autofree char *text = make_text_member (limits[i].name, limits[i].length + more);
        g_autoptr (GBytes) json = g_bytes_new (text, strlen (text));
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) sent = weir_oracle_body_check (json, TRUE, NULL, &error);

        g_assert_true ((sent != NULL) == (more == 0));
        g_assert_true (more == 0 || strstr (error->message, limits[i].name) != NULL);
      }
}

static void
test_unsupported (void)
{
  static const WeirAction actions[] = { WEIR_ACTION_PULL, WEIR_ACTION_RESUBSCRIBE,
                                        WEIR_ACTION_SETUP, WEIR_ACTION_REFRESH_WEBHOOK };
  static const WeirRecordKind kinds[] = { WEIR_RECORD_EVENT, WEIR_RECORD_PULL,
                                          WEIR_RECORD_CONNECTION, WEIR_RECORD_FLOW_RUN };
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));
  const char *reason;

  g_assert_null (weir_provider_get_streams (f->provider)[0]);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      weir_provider_fixture_act (f, actions[i], record);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_false (weir_provider_lists (f->provider, kinds[i], &reason));
      g_assert_nonnull (reason);
      weir_provider_fixture_list (f, kinds[i], NULL);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
      weir_provider_fixture_get (f, kinds[i], "1");
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
    }
  weir_provider_fixture_fetch (f, "events", NULL, 1);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
}

static void
test_read_only (void)
{
  g_autoptr (WeirProviderFixture) f =
      weir_provider_fixture_new ("oracle", weir_oracle_provider_new, TRUE);
  g_autoptr (WeirRecord) record = make_record (f, SUBSCRIPTION ("1", "a", STATUS_1));

  weir_provider_fixture_act (f, WEIR_ACTION_PAUSE, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  weir_provider_fixture_act (f, WEIR_ACTION_DELETE, record);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  weir_provider_fixture_write (f, WEIR_ACTION_CREATE, NULL, NEW);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  weir_provider_fixture_write (f, WEIR_ACTION_UPDATE, "1", "{\"name\":\"x\"}");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weir-oracle-provider/check", test_check);
  g_test_add_func ("/weir-oracle-provider/list", test_list);
  g_test_add_func ("/weir-oracle-provider/endless-list", test_endless_list);
  g_test_add_func ("/weir-oracle-provider/ids", test_ids);
  g_test_add_func ("/weir-oracle-provider/not-found", test_not_found);
  g_test_add_func ("/weir-oracle-provider/access-token", test_access_token);
  g_test_add_func ("/weir-oracle-provider/next-request-after", test_next_request_after);
  g_test_add_func ("/weir-oracle-provider/next-try-after", test_next_try_after);
  g_test_add_func ("/weir-oracle-provider/long-wait", test_long_wait);
  g_test_add_func ("/weir-oracle-provider/status", test_status);
  g_test_add_func ("/weir-oracle-provider/tunnel", test_tunnel);
  g_test_add_func ("/weir-oracle-provider/no-repetition", test_no_repetition);
  g_test_add_func ("/weir-oracle-provider/done-but-not-read-back", test_done_but_not_read_back);
  g_test_add_func ("/weir-oracle-provider/create", test_create);
  g_test_add_func ("/weir-oracle-provider/create-unconfirmed", test_create_unconfirmed);
  g_test_add_func ("/weir-oracle-provider/delete", test_delete);
  g_test_add_func ("/weir-oracle-provider/body", test_body);
  g_test_add_func ("/weir-oracle-provider/unsupported", test_unsupported);
  g_test_add_func ("/weir-oracle-provider/read-only", test_read_only);
  g_test_add_func ("/weir-oracle-provider/faults", test_faults);
  g_test_add_func ("/weir-oracle-provider/cancel", test_cancel);
  return g_test_run ();
}
