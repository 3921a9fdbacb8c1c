/* test-weir-membrane-stream.c: Membrane's event lists, followed as streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "membrane/weir-membrane-provider.h"
#include "weir-provider-fixture.h"
#include "weir-time.h"

#include <string.h>

#define EVENTS "/external-event-log-records"
#define DATED "Content-Type: application/json\r\nDate: Thu, 01 Jan 2026 12:00:00 GMT\r\n"
#define NEXT "2026-01-01T11:50:00Z" /* the date less the overlap */
#define EVENT(id) "{\"id\":\"" id "\",\"status\":\"success\",\"payload\":{\"type\":\"created\"}}"
/* ObjectIds: 2026-01-01 12:00:00, 11:59:59, 10:59:44, 11:00:00 */
#define ID_1200 "695661c0aaaaaaaaaaaaaaaa"
#define ID_1159 "695661bfaaaaaaaaaaaaaaaa"
#define ID_1059 "695653a0aaaaaaaaaaaaaaaa"
#define ID_1100 "695653b0aaaaaaaaaaaaaaaa"

#define WALKED "{\"from\":\"" NEXT "\",\"full\":\"2026-01-01T11:45:01Z\"}"
#define LATER "{\"from\":\"" NEXT "\",\"full\":\"" NEXT "\",\"page\":\"p\",\"next\":\"" NEXT "\""

static WeirProviderFixture *
create (void)
{
  return weir_provider_fixture_new ("membrane", weir_membrane_provider_new, FALSE);
}

static void
answer (WeirProviderFixture *f, const char *body)
{
  weir_fault_server_add (f->server, EVENTS, WEIR_FAULT_NONE, 200, DATED, body, -1);
}

static void
fetch (WeirProviderFixture *f, const char *cursor, guint limit)
{
  g_autofree char *copy = g_strdup (cursor); /* it may be the last page's own */

  weir_provider_fixture_fetch (f, "events", copy, limit);
}

static char *
dup_member (const char *cursor, const char *name)
{
  g_autoptr (GError) error = NULL;
  WeirJson root;

  g_assert_true (weir_json_parse_text (cursor, -1, &root, &error));
  return weir_json_dup_string (weir_json_get (root, name));
}

static void
assert_cursor (const char *cursor, const char *from, const char *page, const char *next)
{
  g_autofree char *has_from = dup_member (cursor, "from");
  g_autofree char *has_page = dup_member (cursor, "page");
  g_autofree char *has_next = dup_member (cursor, "next");
  gint64 time, expected;

  g_assert_cmpstr (has_page, ==, page);
  g_assert_true ((has_from != NULL) == (from != NULL));
  g_assert_true ((has_next != NULL) == (next != NULL));
  if (from != NULL)
    {
      g_assert_true (weir_time_parse (has_from, &time) && weir_time_parse (from, &expected));
      g_assert_cmpint (time, ==, expected);
    }
  if (next != NULL)
    {
      g_assert_true (weir_time_parse (has_next, &time) && weir_time_parse (next, &expected));
      g_assert_cmpint (time, ==, expected);
    }
}

static void
ask_fetch (WeirProviderFixture *f)
{
  fetch (f, NULL, 100);
}

static void
ask_last_fetch (WeirProviderFixture *f)
{
  fetch (f, NULL, 1);
}

static void
test_faults (void)
{
  weir_provider_fixture_test_faults ("membrane", weir_membrane_provider_new, EVENTS, TRUE,
                                     ask_fetch);
  weir_provider_fixture_test_faults ("membrane", weir_membrane_provider_new, EVENTS, TRUE,
                                     ask_last_fetch);
}

static void
test_cancel (void)
{
  weir_provider_fixture_test_cancel ("membrane", weir_membrane_provider_new, EVENTS, ask_fetch);
}

/* The first walk asks for everything, page after page; the next one for what is new since the first began. */
static void
test_walk (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  g_autofree char *full = NULL;
  gint64 time, expected;

  answer (f, "{\"items\":[" EVENT ("a") "],\"cursor\":\"p 2\"}");
  weir_fault_server_add (f->server, EVENTS, WEIR_FAULT_NONE, 200,
                         "Content-Type: application/json\r\n"
                         "Date: Thu, 01 Jan 2026 15:00:00 GMT\r\n",
                         "{\"items\":[" EVENT ("b") "]}", -1);
  answer (f, "{\"items\":[]}");

  fetch (f, NULL, 0);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, EVENTS, 0, "GET", EVENTS "?limit=1000", NULL);
  g_assert_cmpuint (f->page->events->len, ==, 1);
  g_assert_false (f->page->end);
  g_assert_false (f->page->known_is_end);
  assert_cursor (f->page->next_cursor, NULL, "p 2", NEXT);

  fetch (f, f->page->next_cursor, 5000);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, EVENTS, 1, "GET", EVENTS "?limit=1000&cursor=p%202",
                                        NULL);
  g_assert_true (f->page->end);
  assert_cursor (f->page->next_cursor, NEXT, NULL, NULL);

  full = dup_member (f->page->next_cursor, "full");
  g_assert_true (weir_time_parse (full, &time) && weir_time_parse (NEXT, &expected));
  g_assert_cmpint (time, ==, expected);

  fetch (f, f->page->next_cursor, 10);
  weir_provider_fixture_assert_request (f, EVENTS, 2, "GET",
                                        EVENTS "?limit=10&from=2026-01-01T11%3A50%3A00.000Z", NULL);
  g_assert_true (f->page->end);
  assert_cursor (f->page->next_cursor, NEXT, NULL, NULL);
}

static void
test_app_events (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (
      f, "/app-events", 200,
      "{\"items\":[{\"id\":\"a\",\"event\":{\"type\":\"x\"},\"datetime\":\"2026-01-01T00:00:00Z\"}]}");
  weir_provider_fixture_fetch (f, "app-events", NULL, 10);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (f, "/app-events", 0, "GET", "/app-events?limit=10", NULL);
  g_assert_cmpuint (f->page->events->len, ==, 1);
  g_assert_cmpstr (f->page->events->rows[0].stream, ==, "app-events");
}

/* The history keeps the order it is given among events of one time. */
static void
test_oldest_first (void)
{
#define ID(n) "695661c0aaaaaaaaaa00000" n
  static const struct
  {
    const char *items;
    const char *first;
    const char *last;
  } cases[] = {
    { EVENT (ID_1200) "," EVENT (ID_1159) "," EVENT (ID_1059), ID_1059, ID_1200 },
    { EVENT (ID_1059) "," EVENT (ID_1159) "," EVENT (ID_1200), ID_1059, ID_1200 },
    /* all in the same second */
    { EVENT (ID ("3")) "," EVENT (ID ("2")) "," EVENT (ID ("1")), ID ("1"), ID ("3") },
    { EVENT (ID ("1")) "," EVENT (ID ("2")), ID ("1"), ID ("2") },
    /* with no times, as they came */
    { EVENT ("y") "," EVENT ("x"), "y", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autofree char *body = g_strdup_printf ("{\"items\":[%s]}", cases[i].items);
      WeirEventRows *events;

      g_test_message ("%u", i);
      answer (f, body);
      fetch (f, NULL, 10);
      g_assert_no_error (f->error);
      events = f->page->events;
      g_assert_cmpstr (events->rows[0].id, ==, cases[i].first);
      g_assert_cmpstr (events->rows[events->len - 1].id, ==, cases[i].last);
    }
#undef ID
}

static void
test_known_is_end (void)
{
  static const struct
  {
    const char *cursor;
    const char *items;
    gboolean known_is_end;
  } cases[] = {
    /* newest first, at the start of a walk after the first */
    { WALKED, EVENT (ID_1200) "," EVENT (ID_1159), TRUE },
    /* with a little disorder, and with more of it */
    { WALKED, EVENT (ID_1159) "," EVENT (ID_1200) "," EVENT (ID_1100), TRUE },
    { WALKED, EVENT (ID_1200) "," EVENT (ID_1059) "," EVENT (ID_1100), FALSE },
    /* each five minutes a walk goes to its end */
    { "{\"from\":\"" NEXT "\",\"full\":\"2026-01-01T11:45:00Z\"}",
      EVENT (ID_1200) "," EVENT (ID_1159), FALSE },
    { "{\"from\":\"" NEXT "\"}", EVENT (ID_1200) "," EVENT (ID_1159), FALSE },
    /* the first walk has to see all */
    { NULL, EVENT (ID_1200) "," EVENT (ID_1159), FALSE },
    /* oldest first, and some that say nothing */
    { WALKED, EVENT (ID_1159) "," EVENT (ID_1200), FALSE },
    { WALKED, EVENT (ID_1200), FALSE },
    { WALKED, EVENT (ID_1200) "," EVENT (ID_1200), FALSE },
    { WALKED, EVENT ("x") "," EVENT ("y"), FALSE },
    /* a later page may be a part of the one before it, shifted by what came meanwhile */
    { LATER "}", EVENT (ID_1200) "," EVENT (ID_1100), FALSE },
    { LATER ",\"oldest\":\"2026-01-01T11:59:59Z\"}", EVENT (ID_1200) "," EVENT (ID_1100), FALSE },
    /* but not if it goes on where that one ended, or is older than "from" */
    { LATER ",\"oldest\":\"2026-01-01T12:00:00Z\"}", EVENT (ID_1200) "," EVENT (ID_1100), TRUE },
    { LATER "}", EVENT (ID_1100) "," EVENT (ID_1059), TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();
      g_autofree char *body =
          g_strdup_printf ("{\"items\":[%s],\"cursor\":\"more\"}", cases[i].items);

      g_test_message ("%u", i);
      answer (f, body);
      fetch (f, cases[i].cursor, 10);
      g_assert_no_error (f->error);
      g_assert_false (f->page->end);
      g_assert_true (f->page->known_is_end == cases[i].known_is_end);
      g_assert_true ((f->page->known_cursor != NULL) == cases[i].known_is_end);
      if (cases[i].known_is_end)
        assert_cursor (f->page->known_cursor, NEXT, NULL, NULL);
    }
}

/* Where there is seldom more to see the first two pages are small ones. */
static void
test_small_pages (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  const char *limits[] = { "limit=100&", "limit=100&", "limit=500&" };
  g_autofree char *cursor = g_strdup ("{\"from\":\"" NEXT "\"}");

  answer (f, "{\"items\":[" EVENT ("a") "],\"cursor\":\"1\"}");
  answer (f, "{\"items\":[" EVENT ("b") "],\"cursor\":\"2\"}");
  answer (f, "{\"items\":[" EVENT ("c") "],\"cursor\":\"3\"}");
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      fetch (f, cursor, 500);
      g_assert_no_error (f->error);
      g_free (cursor);
      cursor = g_strdup (f->page->next_cursor);
      g_assert_nonnull (
          strstr (weir_fault_server_get_request (f->server, EVENTS, i)->path, limits[i]));
    }
}

/* A server that no longer knows its own cursor is asked from the start of the walk. */
static void
check_refused_cursor (guint status)
{
  g_autoptr (WeirProviderFixture) f = create ();

  weir_provider_fixture_answer (f, EVENTS, status, "{\"message\":\"no such cursor\"}");
  answer (f, "{\"items\":[" EVENT ("a") "]}");
  weir_provider_fixture_answer (f, EVENTS, 400, "{\"message\":\"no such list\"}");
  fetch (f, LATER "}", 10);
  g_assert_no_error (f->error);
  weir_provider_fixture_assert_request (
      f, EVENTS, 0, "GET", EVENTS "?limit=10&from=2026-01-01T11%3A50%3A00.000Z&cursor=p", NULL);
  weir_provider_fixture_assert_request (f, EVENTS, 1, "GET",
                                        EVENTS "?limit=10&from=2026-01-01T11%3A50%3A00.000Z", NULL);
  g_assert_true (f->page->end);
  g_assert_cmpstr (f->page->asked_with, ==, LATER "}");
  assert_cursor (f->page->next_cursor, NEXT, NULL, NULL);

  fetch (f, NULL, 10);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_REFUSED);
  g_assert_cmpuint (weir_fault_server_count (f->server, EVENTS), ==, 3);
}

static void
test_refused_cursor (void)
{
  check_refused_cursor (400);
  check_refused_cursor (404);
  check_refused_cursor (410);
}

/* A page that ends the walk can only do so once. */
static void
test_circle (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  answer (f, "{\"items\":[" EVENT ("a") "],\"cursor\":\"x\"}");
  answer (f, "{\"items\":[" EVENT ("b") "],\"cursor\":\"y\"}");
  answer (f, "{\"items\":[" EVENT ("a") "],\"cursor\":\"x\"}");
  fetch (f, NULL, 1);
  g_assert_false (f->page->end);
  fetch (f, f->page->next_cursor, 1);
  g_assert_false (f->page->end);
  fetch (f, f->page->next_cursor, 1);
  g_assert_true (f->page->end);
  g_assert_nonnull (f->page->warning);
  assert_cursor (f->page->next_cursor, NEXT, NULL, NULL);
}

/* Asking for a page again, with half the limit, is no circle. */
static void
test_same_page_again (void)
{
  g_autoptr (WeirProviderFixture) f = create ();
  const char *cursor = "{\"page\":\"x\",\"next\":\"" NEXT "\"}";

  answer (f, "{\"items\":[broken");
  answer (f, "{\"items\":[" EVENT ("a") "],\"cursor\":\"y\"}");
  fetch (f, cursor, 2);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
  for (guint i = 0; i < 2; i++)
    {
      fetch (f, cursor, 1);
      g_assert_no_error (f->error);
      g_assert_false (f->page->end);
      assert_cursor (f->page->next_cursor, NULL, "y", NEXT);
    }
}

static void
test_empty_page_with_cursor (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  answer (f, "{\"items\":[],\"cursor\":\"x\"}");
  fetch (f, NULL, 10);
  g_assert_true (f->page->end);
}

static void
test_unreadable_item (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  answer (f, "{\"items\":[7,{\"payload\":1}," EVENT ("a") "]}");
  fetch (f, NULL, 10);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->page->events->len, ==, 3);
  g_assert_true (f->page->events->rows[0].unreadable);
  g_assert_true (f->page->events->rows[1].unreadable);
  g_assert_false (f->page->events->rows[2].unreadable);
}

static void
test_unreadable_page (void)
{
  g_autoptr (WeirProviderFixture) f = create ();

  answer (f, "{\"items\":[{\"id\":\"a\",\"payload\":01}],\"cursor\":\"x\"}");
  answer (f, "{\"cursor\":\"y\",\"items\":[{\"id\":\"a\",\"payload\":01}]}");
  answer (f, "{\"items\":[{\"id\":\"a\",\"payload\":{\"cursor\":\"z\"},\"b\":01}]}");
  fetch (f, NULL, 1);
  g_assert_no_error (f->error);
  g_assert_true (f->page->events->rows[0].unreadable);
  assert_cursor (f->page->next_cursor, NULL, "x", NEXT);
  fetch (f, NULL, 1);
  assert_cursor (f->page->next_cursor, NULL, "y", NEXT);
  fetch (f, NULL, 1);
  weir_assert_provider_error (f, WEIR_PROVIDER_ERROR_INVALID_ANSWER);
}

/* Of a cursor that nobody here wrote nothing is believed: it starts from the beginning. */
static void
test_strange_cursor (void)
{
  static const char *const cursors[] = { "", "NjA1", "{", "[]", "{\"from\":{},\"page\":5}" };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_autoptr (WeirProviderFixture) f = create ();

      answer (f, "{\"items\":[]}");
      fetch (f, cursors[i], 10);
      g_assert_no_error (f->error);
      weir_provider_fixture_assert_request (f, EVENTS, 0, "GET", EVENTS "?limit=10", NULL);
      g_assert_cmpstr (f->page->asked_with, ==, cursors[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weir-membrane-stream/walk", test_walk);
  g_test_add_func ("/weir-membrane-stream/app-events", test_app_events);
  g_test_add_func ("/weir-membrane-stream/oldest-first", test_oldest_first);
  g_test_add_func ("/weir-membrane-stream/known-is-end", test_known_is_end);
  g_test_add_func ("/weir-membrane-stream/small-pages", test_small_pages);
  g_test_add_func ("/weir-membrane-stream/refused-cursor", test_refused_cursor);
  g_test_add_func ("/weir-membrane-stream/circle", test_circle);
  g_test_add_func ("/weir-membrane-stream/same-page-again", test_same_page_again);
  g_test_add_func ("/weir-membrane-stream/empty-page-with-cursor", test_empty_page_with_cursor);
  g_test_add_func ("/weir-membrane-stream/unreadable-item", test_unreadable_item);
  g_test_add_func ("/weir-membrane-stream/unreadable-page", test_unreadable_page);
  g_test_add_func ("/weir-membrane-stream/strange-cursor", test_strange_cursor);
  g_test_add_func ("/weir-membrane-stream/faults", test_faults);
  g_test_add_func ("/weir-membrane-stream/cancel", test_cancel);
  return g_test_run ();
}
