/* test-weir-sequin-provider.c: Sequin's wire, and a server that breaks it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-provider-fixture.h"
#include "sequin/weir-sequin-lenient.h"
#include "sequin/weir-sequin-provider.h"

#include <string.h>

#define EVENTS "/v1/events"
#define SYNCS "/v1/syncs"
#define EVENT(id)                                                                                  \
  "{\"sync_id\":\"s1\",\"collection_id\":\"stripe:subscription\",\"upstream_id\":\"u\","           \
  "\"upstream_updated_at\":\"2023-12-15T01:29:29.123456Z\",\"data\":{\"n\":9007199254740993},"     \
  "\"event\":\"updated\",\"event_id\":\"" id "\",\"event_inserted_at\":\"2023-12-15T01:29:30Z\"}"
#define SYNC(id, status) "{\"id\":\"" id "\",\"status\":\"" status "\",\"provider\":\"stripe\"}"

static WeirProviderFixture *
create (void)
{
  return weir_provider_fixture_new ("sequin", weir_sequin_provider_new, FALSE);
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
ask_events (WeirProviderFixture *f)
{
  weir_provider_fixture_list (f, WEIR_RECORD_EVENT, NULL);
}

static void
ask_get (WeirProviderFixture *f)
{
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "s1");
}

static void
ask_fetch (WeirProviderFixture *f)
{
  weir_provider_fixture_fetch (f, "events", "NjA1", 100);
}

static void
ask_last_fetch (WeirProviderFixture *f)
{
  weir_provider_fixture_fetch (f, "events", "NjA1", 1);
}

static void
test_faults (void)
{
  weir_provider_fixture_test_faults ("sequin", weir_sequin_provider_new, EVENTS, TRUE, ask_check);
  weir_provider_fixture_test_faults ("sequin", weir_sequin_provider_new, EVENTS, TRUE, ask_events);
  weir_provider_fixture_test_faults ("sequin", weir_sequin_provider_new, EVENTS, TRUE, ask_fetch);
  weir_provider_fixture_test_faults ("sequin", weir_sequin_provider_new, EVENTS, TRUE,
                                     ask_last_fetch);
  weir_provider_fixture_test_faults ("sequin", weir_sequin_provider_new, SYNCS, FALSE, ask_list);
  weir_provider_fixture_test_faults ("sequin", weir_sequin_provider_new, SYNCS "/s1", TRUE,
                                     ask_get);
}

static void
test_cancel (void)
{
  weir_provider_fixture_test_cancel ("sequin", weir_sequin_provider_new, EVENTS, ask_fetch);
  weir_provider_fixture_test_cancel ("sequin", weir_sequin_provider_new, EVENTS, ask_check);
  weir_provider_fixture_test_cancel ("sequin", weir_sequin_provider_new, SYNCS, ask_list);
}

static void
test_check (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[],\"cursor\":null}");
  weir_provider_fixture_check (f);
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->text, ==, "127.0.0.1");
  g_assert_cmpint (f->latency, >=, 0);
  weir_provider_fixture_assert_request (f, EVENTS, 0, "GET", EVENTS "?limit=1", NULL);
}

static void
test_stream (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  const WeirEventRow *event;
  gint64 number;

  weir_provider_fixture_answer (
      f, EVENTS, 200,
      "{\"events\":[" EVENT ("e1") "," EVENT ("e2") "],"
                                                    "\"cursor\":\"a+/=\"}");
  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[],\"cursor\":\"a+/=\"}");

  /* Empty is as good as none. */
  weir_provider_fixture_fetch (f, "events", "", 0);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, EVENTS, 0, "GET", EVENTS "?limit=500", NULL);
  g_assert_cmpuint (f->page->events->len, ==, 2);
  g_assert_cmpstr (f->page->next_cursor, ==, "a+/=");
  g_assert_false (f->page->end);
  g_assert_null (f->page->warning);
  event = &f->page->events->rows[0];
  g_assert_cmpstr (event->id, ==, "e1");
  g_assert_cmpstr (event->kind, ==, "updated");
  g_assert_true (weir_json_get_int (weir_json_get (event->payload, "n"), &number));
  g_assert_cmpint (number, ==, G_GINT64_CONSTANT (9007199254740993));

  weir_provider_fixture_fetch (f, "events", "a+/=", 700);
  weir_provider_fixture_assert_request (f, EVENTS, 1, "GET",
                                        EVENTS "?limit=500&after_cursor=a%2B%2F%3D", NULL);
  g_assert_cmpuint (f->page->events->len, ==, 0);
  g_assert_true (f->page->end);
  g_assert_null (f->page->next_cursor);
  g_assert_null (f->page->warning);
}

/* An empty page with another cursor is not the end; the pages may not lead round in a circle for ever. */
static void
test_cursor_that_moves_on (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[],\"cursor\":\"b\"}");
  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[" EVENT ("e") "],\"cursor\":\"a\"}");
  weir_provider_fixture_fetch (f, "events", "a", 10);
  g_assert_false (f->page->end);
  g_assert_cmpstr (f->page->next_cursor, ==, "b");
  weir_provider_fixture_fetch (f, "events", "b", 10);
  g_assert_true (f->page->end);
  g_assert_cmpstr (f->page->next_cursor, ==, "a");
  g_assert_nonnull (f->page->warning);
}

/* One walk follows the stream, another fills a gap with longer pages: where they meet is no circle. */
static void
test_two_walks (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[" EVENT ("e") "],\"cursor\":\"b\"}");
  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[" EVENT ("f") "],\"cursor\":\"c\"}");
  weir_provider_fixture_answer (f, EVENTS, 200,
                                "{\"events\":[" EVENT ("e") "," EVENT ("f") "],\"cursor\":\"c\"}");
  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[" EVENT ("g") "],\"cursor\":\"b\"}");
  weir_provider_fixture_fetch (f, "events", "a", 1);
  weir_provider_fixture_fetch (f, "events", "b", 1);
  g_assert_false (f->page->end);
  weir_provider_fixture_fetch (f, "events", "a", 2);
  g_assert_false (f->page->end);
  g_assert_null (f->page->warning);

  /* this is one, of two cursors */
  weir_provider_fixture_fetch (f, "events", "c", 1);
  g_assert_true (f->page->end);
  g_assert_nonnull (f->page->warning);
}

static void
test_breaches (void)
{
  static const struct
  {
    const char *body;
    guint n_events;
    const char *next_cursor;
    gboolean end;
    gboolean warns;
  } pages[] = {
    { "{\"events\":[" EVENT ("e") "]}", 1, NULL, TRUE, TRUE },
    { "{\"events\":[" EVENT ("e") "],\"cursor\":null}", 1, NULL, TRUE, TRUE },
    { "{\"events\":[" EVENT ("e") "],\"cursor\":\"old\"}", 1, NULL, TRUE, TRUE },
    { "[" EVENT ("e") "]", 1, NULL, TRUE, TRUE },
    { "{\"events\":[]}", 0, NULL, TRUE, TRUE },
    { "[\"events\": [" EVENT ("e") ",], \"cursor\": \"new\"]", 1, "new", FALSE, TRUE },
    { "{\"events\":[" EVENT ("e") ",], // more…\n\"cursor\":\"new\",}", 1, "new", FALSE, TRUE },
    { "{\"events\":[5,{\"data\":{}}," EVENT ("e") "],\"cursor\":\"new\"}", 3, "new", FALSE, FALSE },
    { "{\"events\":[" EVENT ("e") "," EVENT ("f") "],\"cursor\":\"new\",\"events\":[" EVENT (
          "g") "]}",
      1, "new", FALSE, FALSE },
    { "{\"events\":[" EVENT ("e") "],\"cursor\":607}", 1, "607", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();

      g_test_message ("%s", pages[i].body);
      weir_provider_fixture_answer (f, EVENTS, 200, pages[i].body);
      weir_provider_fixture_fetch (f, "events", "old", 10);
      g_assert_no_error (f->error);
      g_assert_cmpuint (f->page->events->len, ==, pages[i].n_events);
      g_assert_cmpstr (f->page->next_cursor, ==, pages[i].next_cursor);
      g_assert_true (f->page->end == pages[i].end);
      g_assert_true ((f->page->warning != NULL) == pages[i].warns);
      g_assert_cmpstr (f->page->asked_with, ==, "old");
    }
}

static void
test_unreadable_items (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  const WeirEventRow *first, *last;

  weir_provider_fixture_answer (f, EVENTS, 200,
                                "{\"events\":[[1]," EVENT ("e") "],\"cursor\":\"new\"}");
  weir_provider_fixture_fetch (f, "events", NULL, 10);
  first = &f->page->events->rows[0];
  last = &f->page->events->rows[1];
  g_assert_true (first->unreadable);
  g_assert_false (last->unreadable);
}

/* With one event left in it, a page that nobody can read is kept raw if its own cursor is found. */
static void
test_unreadable_page (void)
{
  const char *body = "{\"events\":[{\"event_id\":\"e\",\"data\":{\"a\":01}}],\"cursor\":\"new\"}";
  g_autoptr (WeirProviderFixture) f = create ();
  const WeirEventRow *event;

  weir_provider_fixture_answer (f, EVENTS, 200, body);
  weir_provider_fixture_fetch (f, "events", "old", 2);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);

  weir_provider_fixture_fetch (f, "events", "old", 1);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->page->events->len, ==, 1);
  event = &f->page->events->rows[0];
  g_assert_true (event->unreadable);
  g_assert_cmpstr (f->page->next_cursor, ==, "new");
  g_assert_false (f->page->end);
  g_assert_nonnull (f->page->warning);
}

/* One inside an event's own data is not the page's. */
static void
test_unreadable_page_without_cursor (void)
{
  static const char *const bodies[] = {
    "{\"events\":[{\"event_id\":\"e\",\"data\":{\"cursor\":\"not this\",\"a\":01}}]}",
    "{\"events\":[{\"event_id\":\"e\",\"data\":{\"cursor\":\"not this\",\"a\":",
    "{\"events\":[{\"a\":01}],\"cursor\":\"old\"}",
    "{\"events\":[{\"a\":01}],\"cursor\":",
    "{\"events\":[{\"a\":01}],\"cursor\":\"unen",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();

      weir_provider_fixture_answer (f, EVENTS, 200, bodies[i]);
      weir_provider_fixture_fetch (f, "events", "old", 1);
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
    }
}

static void
test_large_page (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (GString) body = g_string_new ("{\"events\":[");

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (body,
                            "%s{\"event_id\":\"e%u\",\"event\":\"created\",\"data\":{\"i\":%u}}",
                            i > 0 ? "," : "", i, i);
  g_string_append (body, "],\"cursor\":\"new\"}");
  weir_provider_fixture_answer (f, EVENTS, 200, body->str);
  weir_provider_fixture_fetch (f, "events", NULL, 500);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->page->events->len, ==, 500);
}

static void
test_list_of_events (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  WeirListFilter filter = { .subscription = "s1/stripe:subscription", .limit = 3 };
  WeirListFilter all = { .subscription = "s1", .integration = "stripe", .collection = "stripe:a" };

  weir_provider_fixture_answer (
      f, EVENTS, 200, "{\"events\":[" EVENT ("e1") "," EVENT ("e2") "],\"cursor\":\"x\"}");
  weir_provider_fixture_answer (
      f, EVENTS, 200, "{\"events\":[" EVENT ("e3") "," EVENT ("e4") "],\"cursor\":\"y\"}");
  weir_provider_fixture_answer (f, EVENTS, 200, "{\"events\":[],\"cursor\":\"y\"}");
  weir_provider_fixture_list (f, WEIR_RECORD_EVENT, &filter);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->records->len, ==, 3);
  weir_provider_fixture_assert_request (
      f, EVENTS, 0, "GET", EVENTS "?limit=3&sync_id=s1&collection=stripe%3Asubscription", NULL);
  weir_provider_fixture_assert_request (
      f, EVENTS, 1, "GET",
      EVENTS "?limit=1&sync_id=s1&collection=stripe%3Asubscription&after_cursor=x", NULL);

  weir_provider_fixture_list (f, WEIR_RECORD_EVENT, &all);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (
      f, EVENTS, 2, "GET", EVENTS "?limit=500&sync_id=s1&provider=stripe&collection=stripe%3Aa",
      NULL);
}

static void
test_syncs (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  WeirListFilter filter = { .status = "disabled" };

  weir_provider_fixture_answer (
      f, SYNCS, 200, "{\"data\":[" SYNC ("s1", "active") ",7," SYNC ("s2", "disabled") "]}");
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, SYNCS, 0, "GET", SYNCS, NULL);
  g_assert_cmpuint (f->records->len, ==, 2);
  g_assert_nonnull (f->warning);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->records->pdata[0])->kind, ==, "sync");
  g_assert_false (weir_provider_needs_seen (f->provider));

  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, &filter);
  g_assert_cmpuint (f->records->len, ==, 1);
  g_assert_cmpstr (weir_record_get_id (f->records->pdata[0]), ==, "s2");
}

static void
test_no_syncs (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirSubscription) seen = NULL;
  const char *reason;

  weir_provider_fixture_answer (f, SYNCS, 404, "{\"summary\":\"Not found\"}");
  weir_provider_fixture_answer (f, SYNCS, 200, "{\"data\":[]}");
  g_assert_false (weir_provider_needs_seen (f->provider));
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->records->len, ==, 0);
  g_assert_true (weir_provider_needs_seen (f->provider));

  seen = weir_subscription_new_seen (f->account, "s1", "stripe:subscription");
  g_assert_false (
      weir_provider_can (f->provider, WEIR_ACTION_SUBSCRIBE, WEIR_RECORD (seen), &reason));
  g_assert_nonnull (reason);
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, WEIR_RECORD (seen));
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);

  /* The server may learn. */
  weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
  g_assert_false (weir_provider_needs_seen (f->provider));
}

/* Other ways to say that there is no such list. */
static void
test_syncs_refused (void)
{
  static const guint statuses[] = { 403, 405, 501 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();

      weir_provider_fixture_answer (f, SYNCS, statuses[i], "{\"summary\":\"No\"}");
      weir_provider_fixture_list (f, WEIR_RECORD_SUBSCRIPTION, NULL);
      g_assert_no_error (f->error);
      g_assert_true (weir_provider_needs_seen (f->provider));
    }
}

static void
test_actions (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirRecord) sync = NULL;

  weir_provider_fixture_answer (f, SYNCS "/a%2Fb", 200, SYNC ("a/b", "active"));
  weir_provider_fixture_answer (f, SYNCS "/a%2Fb", 200, SYNC ("a/b", "disabled"));
  weir_provider_fixture_answer (f, SYNCS "/a%2Fb", 204, "");
  weir_provider_fixture_answer (f, SYNCS "/a%2Fb", 200, "{\"data\":" SYNC ("a/b", "active") "}");
  weir_provider_fixture_answer (f, SYNCS "/a%2Fb", 200, "{\"ok\":true}");
  weir_provider_fixture_answer (f, SYNCS "/a%2Fb", 500, "");

  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "a/b");
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, SYNCS "/a%2Fb", 0, "GET", SYNCS "/a%2Fb", NULL);
  sync = g_object_ref (f->record);

  /* The answer holds the record. */
  weir_provider_fixture_act (f, WEIR_ACTION_UNSUBSCRIBE, sync);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, SYNCS "/a%2Fb", 1, "PATCH", SYNCS "/a%2Fb",
                                        "{\"status\":\"disabled\"}");
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "disabled");

  /* The answer is empty: read back. */
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, sync);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, SYNCS "/a%2Fb", 2, "PATCH", SYNCS "/a%2Fb",
                                        "{\"status\":\"active\"}");
  weir_provider_fixture_assert_request (f, SYNCS "/a%2Fb", 3, "GET", SYNCS "/a%2Fb", NULL);
  g_assert_cmpstr (WEIR_SUBSCRIPTION (f->record)->status, ==, "active");
  g_assert_null (f->warning);

  /* Done, but it cannot be read back. */
  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, sync);
  g_assert_no_error (f->error);
  g_assert_true (f->record == sync);
  g_assert_nonnull (f->warning);
}

static void
test_unsupported (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autoptr (WeirSubscription) seen = weir_subscription_new_seen (f->account, "s1", "c");
  static const WeirAction actions[] = { WEIR_ACTION_RESUBSCRIBE, WEIR_ACTION_PULL,
                                        WEIR_ACTION_SETUP,       WEIR_ACTION_REFRESH_WEBHOOK,
                                        WEIR_ACTION_PAUSE,       WEIR_ACTION_DELETE };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      weir_provider_fixture_act (f, actions[i], WEIR_RECORD (seen));
      weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
    }
  weir_provider_fixture_write (f, WEIR_ACTION_CREATE, NULL, "{}");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
  weir_provider_fixture_list (f, WEIR_RECORD_PULL, NULL);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
  weir_provider_fixture_get (f, WEIR_RECORD_EVENT, "e");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_UNSUPPORTED);
  weir_provider_fixture_get (f, WEIR_RECORD_SUBSCRIPTION, "..");
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_NOT_FOUND);
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
}

static void
test_read_only (void)
{
  g_autoptr (WeirProviderFixture) f =
      weir_provider_fixture_new ("sequin", weir_sequin_provider_new, TRUE);
  g_autoptr (WeirSubscription) seen = weir_subscription_new_seen (f->account, "s1", "c");

  weir_provider_fixture_act (f, WEIR_ACTION_SUBSCRIBE, WEIR_RECORD (seen));
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  weir_provider_fixture_act (f, WEIR_ACTION_PULL, WEIR_RECORD (seen));
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_READ_ONLY);
  g_assert_cmpuint (weir_fault_server_count_connections (f->server), ==, 0);
}

static void
test_lenient (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "[ \"a\": 1 ]", "{ \"a\": 1 }" },
    { "[\"a\" : [1,2,], ]", "{\"a\" : [1,2 ]  }" },
    { "[\"a\", 1]", "[\"a\", 1]" },
    { "[[\"a\": 1]]", "[[\"a\": 1]]" },
    { "{\"u\":\"http://x,]\"}", "{\"u\":\"http://x,]\"}" },
    { "{\"u\":\"\\\"//\", // \"…\n}", "{\"u\":\"\\\"//\"  \n}" },
    { "// all", "" },
    { "[1,,]", "[1, ]" },
    { "\"unended", "\"unended" },
    { "\"unended\\", "\"unended\\" },
    { "]]}", "]]}" },
    { "/", "/" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new (cases[i].text, strlen (cases[i].text));
      g_autoptr (GBytes) result = weir_sequin_lenient_normalise (text);

      g_assert_cmpmem (g_bytes_get_data (result, NULL), g_bytes_get_size (result),
                       cases[i].expected, strlen (cases[i].expected));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weir-sequin-provider/lenient", test_lenient);
  g_test_add_func ("/weir-sequin-provider/check", test_check);
  g_test_add_func ("/weir-sequin-provider/stream", test_stream);
  g_test_add_func ("/weir-sequin-provider/cursor-that-moves-on", test_cursor_that_moves_on);
  g_test_add_func ("/weir-sequin-provider/two-walks", test_two_walks);
  g_test_add_func ("/weir-sequin-provider/breaches", test_breaches);
  g_test_add_func ("/weir-sequin-provider/unreadable-items", test_unreadable_items);
  g_test_add_func ("/weir-sequin-provider/unreadable-page", test_unreadable_page);
  g_test_add_func ("/weir-sequin-provider/unreadable-page-without-cursor",
                   test_unreadable_page_without_cursor);
  g_test_add_func ("/weir-sequin-provider/large-page", test_large_page);
  g_test_add_func ("/weir-sequin-provider/list-of-events", test_list_of_events);
  g_test_add_func ("/weir-sequin-provider/syncs", test_syncs);
  g_test_add_func ("/weir-sequin-provider/no-syncs", test_no_syncs);
  g_test_add_func ("/weir-sequin-provider/syncs-refused", test_syncs_refused);
  g_test_add_func ("/weir-sequin-provider/actions", test_actions);
  g_test_add_func ("/weir-sequin-provider/unsupported", test_unsupported);
  g_test_add_func ("/weir-sequin-provider/read-only", test_read_only);
  g_test_add_func ("/weir-sequin-provider/faults", test_faults);
  g_test_add_func ("/weir-sequin-provider/cancel", test_cancel);
  return g_test_run ();
}
