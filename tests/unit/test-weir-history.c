/* test-weir-history.c: what the history keeps, and what it answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-sqlite.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static GPtrArray *
load_index (WeirHistory *history, WeirHistoryIndex *index)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  GPtrArray *events;

  for (guint i = 0; i < weir_history_index_get_length (index); i++)
    {
      gint64 id = weir_history_index_get_id (index, i);

      g_array_append_val (ids, id);
    }

  events = weir_history_load (history, (const gint64 *) (gpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  return events;
}

static GPtrArray *
load_all (WeirHistory *history)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index = weir_history_query (history, NULL, 0, &error);

  g_assert_no_error (error);
  return load_index (history, index);
}

/* The ids of the events found, in order. */
static char *
ask (WeirHistory *history, const char *text, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = weir_query_new (text, &error);
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  index = weir_history_query (history, query, limit, &error);
  g_assert_no_error (error);
  events = load_index (history, index);
  g_assert_cmpuint (events->len, ==, weir_history_index_get_length (index));

  for (guint i = 0; i < events->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            weir_record_get_id (g_ptr_array_index (events, i)));

  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
check_ask (WeirHistory *history, const char *text, guint limit, const char *expected)
{
  g_autofree char *ids = ask (history, text, limit);

  g_test_message ("%s", text != NULL ? text : "(everything)");
  g_assert_cmpstr (ids, ==, expected);
}

static void
test_append (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) events = NULL;
  WeirEvent *event;

  history_check_cursor (fixture->history, fixture->account, NULL);
  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 3), "A", NULL),
                        3, 0, "A");
  history_check_cursor (fixture->history, fixture->account, "A");

  /* two of these are known, and one comes twice in the page */
  events = history_make_events (fixture->account, 1, 3);
  g_ptr_array_add (events, g_object_ref (g_ptr_array_index (events, 2)));
  history_check_append (
      history_append (fixture->history, fixture->account, "A", g_ptr_array_ref (events), "B", NULL),
      1, 0, "B");
  check_ask (fixture->history, NULL, 0, "e0 e1 e2 e3");

  g_clear_pointer (&events, g_ptr_array_unref);
  events = load_all (fixture->history);
  event = g_ptr_array_index (events, 1);
  g_assert_cmpstr (event->kind, ==, "created");
  g_assert_cmpstr (event->collection, ==, "stripe:customer");
  g_assert_cmpstr (event->record, ==, "rec_e1");
  g_assert_cmpstr (event->subscription, ==, "s1");
  g_assert_cmpint (event->observed_at, ==, HISTORY_OBSERVED);
  g_assert_false (event->unreadable);
  g_assert_cmpstr (weir_record_get_account (WEIR_RECORD (event))->uuid, ==, "uuid-1");
}

static void
test_cursor_rules (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  WeirAccount *account = fixture->account;

  /* nothing to keep at all */
  history_check_append (history_append (history, account, NULL, NULL, NULL, NULL), 0, 0, NULL);
  history_check_cursor (history, account, NULL);
  /* something new: the next cursor, whatever the known one is */
  history_check_append (
      history_append (history, account, NULL, history_make_events (account, 0, 2), "A", "K"), 2, 0,
      "A");
  /* nothing new: the known one */
  history_check_append (
      history_append (history, account, "A", history_make_events (account, 0, 2), "B", "K"), 0, 0,
      "K");
  history_check_cursor (history, account, "K");
  /* nothing new, no known one: the next one */
  history_check_append (
      history_append (history, account, "K", history_make_events (account, 0, 2), "C", NULL), 0, 0,
      "C");
  /* no next one: as asked */
  history_check_append (
      history_append (history, account, "C", history_make_events (account, 2, 2), NULL, NULL), 2, 0,
      "C");
  history_check_append (
      history_append (history, account, "C", history_make_events (account, 4, 1), NULL, "K"), 1, 0,
      "C");
  history_check_append (history_append (history, account, "C", NULL, NULL, NULL), 0, 0, "C");
  history_check_cursor (history, account, "C");
  /* what is an odd cursor, but one: not the same as none */
  history_check_append (history_append (history, account, "C", NULL, "", NULL), 0, 0, "");
  history_check_append (history_append (history, account, "", NULL, "D", NULL), 0, 0, "D");
}

static void
test_stale (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  WeirAccount *account = fixture->account;
  static const char *const WRONG[] = { NULL, "", "B", "a" };

  history_check_append (
      history_append (history, account, NULL, history_make_events (account, 0, 2), "A", NULL), 2, 0,
      "A");

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (WeirEventRows) events = history_make_rows (account, 2, 2);
      const WeirHistoryPage page = { "events", WRONG[i], events, "C", NULL };
      WeirAppendResult result;
      g_autoptr (GError) error = NULL;

      g_assert_false (weir_history_append (history, account, &page, &result, &error));
      g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE);
    }

  history_check_cursor (history, account, "A");
  check_ask (history, NULL, 0, "e0 e1");
  /* and it goes on */
  history_check_append (
      history_append (history, account, "A", history_make_events (account, 2, 2), "C", NULL), 2, 0,
      "C");
}

static void
test_update (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  WeirAccount *account = fixture->account;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) loaded = NULL;
  WeirEvent *event;

  history_check_append (
      history_append (history, account, NULL, history_make_events (account, 0, 3), "A", NULL), 3, 0,
      "A");

  g_ptr_array_add (events, history_make_event (account, "e0", "updated", "s2", "c", 50,
                                               "{\"x\":9007199254740993}"));
  g_ptr_array_add (events,
                   history_make_event (account, "e1", "created", "s1", "stripe:customer", 1, "{}"));
  history_check_append (history_append (history, account, "A", events, "B", "K"), 0, 1, "K");

  /* its time is another one now, and so is its place, but it was first seen when it was */
  check_ask (history, NULL, 0, "e1 e2 e0");
  check_ask (history, "kind:updated sub:s2 9007199254740993", 0, "e0");
  loaded = load_all (history);
  event = g_ptr_array_index (loaded, 2);
  g_assert_cmpint (event->observed_at, ==, HISTORY_OBSERVED);
  g_assert_cmpmem (event->payload.text, event->payload.length, "{\"x\":9007199254740993}", 22);
}

/* Membrane's log records change from created to success, and carry no time but in their id. */
static void
test_update_untimed (HistoryFixture *fixture, gconstpointer data)
{
  static const char *const STATUS[] = { "created", "success" };
  g_autoptr (WeirAccount) account = weir_account_new (
      "uuid-2", "M", "membrane", "https://m.example.com", WEIR_AUTH_TOKEN, NULL, NULL, NULL, FALSE);
  g_autoptr (GPtrArray) loaded = NULL;
  WeirEvent *event;

  for (guint i = 0; i < 2; i++)
    {
      GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *text = g_strdup_printf (
          "{\"id\":\"not-an-object-id\",\"externalEventSubscriptionId\":\"sub_1\",\"status\":\"%s\","
          "\"payload\":{\"type\":\"updated\",\"id\":\"r1\"}}",
          STATUS[i]);
      g_autoptr (GError) error = NULL;
      WeirJson json;

      g_assert_true (weir_json_parse_text (text, -1, &json, &error));
      event = weir_event_new_log_record (account, json, HISTORY_OBSERVED + i * G_TIME_SPAN_MINUTE,
                                         &error);
      g_assert_no_error (error);
      g_assert_cmpint (event->time_source, ==, WEIR_TIME_FROM_SIGHT);
      g_ptr_array_add (events, event);
      history_check_append (
          history_append (fixture->history, account, i == 0 ? NULL : "A", events, "A", NULL),
          i == 0, i == 1, "A");
    }

  loaded = load_all (fixture->history);
  g_assert_cmpuint (loaded->len, ==, 1);
  event = g_ptr_array_index (loaded, 0);
  g_assert_cmpstr (event->status, ==, "success");
  g_assert_cmpint (event->observed_at, ==, HISTORY_OBSERVED);
  g_assert_cmpint (event->occurred_at, ==, HISTORY_OBSERVED);
  check_ask (fixture->history, "provider:Membrane sub:sub_1", 0, "not-an-object-id");
}

static void
test_unreadable (HistoryFixture *fixture, gconstpointer data)
{
  static const char *const TEXTS[] = { "{\"event\":42}", "<html>", "[\"a\",\"b\"]", "\"quoted\"" };
  WeirHistory *history = fixture->history;
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) loaded = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (TEXTS[i], strlen (TEXTS[i]));

      g_ptr_array_add (kept,
                       weir_event_new_unreadable (fixture->account, "events", bytes, "It has no id",
                                                  HISTORY_OBSERVED + (gint64) i));
    }

  history_check_append (
      history_append (history, fixture->account, NULL, g_ptr_array_ref (kept), "A", NULL), 4, 0,
      "A");
  history_check_append (
      history_append (history, fixture->account, "A", g_ptr_array_ref (kept), "B", NULL), 0, 0,
      "B");

  loaded = load_all (history);
  g_assert_cmpuint (loaded->len, ==, kept->len);
  for (guint i = 0; i < kept->len; i++)
    {
      WeirEvent *before = g_ptr_array_index (kept, i);
      WeirEvent *after = g_ptr_array_index (loaded, i);

      g_assert_true (after->unreadable);
      g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (after)), ==,
                       weir_record_get_id (WEIR_RECORD (before)));
      g_assert_true (g_bytes_equal (weir_record_get_raw (WEIR_RECORD (after)),
                                    weir_record_get_raw (WEIR_RECORD (before))));
      g_assert_nonnull (after->error);
      g_assert_cmpstr (after->error->message, ==, before->error->message);
      g_assert_cmpint (after->observed_at, ==, before->observed_at);
    }
}

static void
test_query (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  g_autoptr (WeirAccount) other =
      weir_account_new ("uuid-2", "Größe & Co", "sequin", "https://b.example.com", WEIR_AUTH_TOKEN,
                        NULL, NULL, NULL, FALSE);
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  WeirAccount *a = fixture->account;

  g_ptr_array_add (events, history_make_event (a, "1", "created", "s1", "stripe:customer", 1,
                                               "{\"name\":\"M\\u00fcller\",\"pct\":\"100%\"}"));
  g_ptr_array_add (events, history_make_event (a, "2", "updated", "s1", "stripe:charge", 2,
                                               "{\"note\":\"under_score\"}"));
  g_ptr_array_add (events,
                   history_make_event (a, "3", "deleted", "s2", "stripe:customer", 3, "null"));
  history_check_append (history_append (history, a, NULL, events, "A", NULL), 3, 0, "A");

  events = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (events, history_make_event (other, "4", "created", "s1", "hubspot:deal", 4,
                                               "{\"note\":\"Paid late\"}"));
  history_check_append (history_append (history, other, NULL, events, "A", NULL), 1, 0, "A");

  check_ask (history, NULL, 0, "1 2 3 4");
  check_ask (history, NULL, 2, "3 4");
  check_ask (history, "account:acme", 0, "1 2 3");
  check_ask (history, "account:acm", 0, "");
  check_ask (history, "account:\"GRÖßE & co\"", 0, "4");
  check_ask (history, "account:acme account:\"größe & co\"", 0, "1 2 3 4");
  check_ask (history, "provider:SEQUIN", 0, "1 2 3 4");
  check_ask (history, "provider:membrane", 0, "");
  check_ask (history, "kind:Created", 0, "1 4");
  check_ask (history, "kind:creat", 0, "");
  check_ask (history, "kind:created kind:deleted", 0, "1 3 4");
  check_ask (history, "kind:created kind:deleted account:acme", 0, "1 3");
  check_ask (history, "kind:created kind:deleted", 1, "4");
  check_ask (history, "collection:stripe:customer", 0, "1 3");
  check_ask (history, "collection:Stripe:Customer kind:deleted", 0, "3");
  check_ask (history, "sub:s1", 0, "1 2 4");
  check_ask (history, "sub:S1", 0, "");
  check_ask (history, "sub:acme/s1", 0, "1 2");
  check_ask (history, "sub:s1/stripe:charge", 0, "2");
  check_ask (history, "sub:Acme/s1/stripe:charge", 0, "2");
  check_ask (history, "sub:\"größe & co/s1\" kind:created", 0, "4");
  check_ask (history, "müller", 0, "1");
  check_ask (history, "MÜLLER", 0, "1");
  check_ask (history, "100%", 0, "1");
  check_ask (history, "%", 0, "1");
  check_ask (history, "_", 0, "1 2 3 4"); /* rec_1… */
  check_ask (history, "r_score", 0, "");  /* words are found by how they begin */
  check_ask (history, "under_s", 0, "2");
  check_ask (history, "rec_3", 0, "3");
  check_ask (history, "HUBSPOT", 0, "4");
  check_ask (history, "delet", 0, "3");
  check_ask (history, "paid late", 0, "4");
  check_ask (history, "late paid", 0, "4");
  check_ask (history, "\"late paid\"", 0, "");
  check_ask (history, "paid nothing", 0, "");
  check_ask (history, "upstream_updated_at", 0, ""); /* is not in a payload */
  check_ask (history, "'; DROP TABLE events; --", 0, "");
}

static void
test_order (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WeirHistoryIndex) index = NULL;
  static const struct
  {
    const char *id;
    guint second;
  } EVENTS[] = { { "c", 5 }, { "a", 5 }, { "late", 1 }, { "b", 5 }, { "z", 9 } };
  gint64 base;

  for (gsize i = 0; i < G_N_ELEMENTS (EVENTS); i++)
    g_ptr_array_add (events, history_make_event (fixture->account, EVENTS[i].id, "x", "s",
                                                 i % 2 ? "p" : "q", EVENTS[i].second, "1"));
  history_check_append (history_append (history, fixture->account, NULL, events, "A", NULL), 5, 0,
                        "A");

  /* equal times stay in the order of arrival */
  check_ask (history, NULL, 0, "late c a b z");
  check_ask (history, NULL, 3, "a b z");
  check_ask (history, NULL, 9, "late c a b z");
  check_ask (history, "kind:x", 2, "b z");

  index = weir_history_query (history, NULL, 0, NULL);
  base = weir_history_index_get_time (index, 0);
  g_assert_cmpuint (weir_history_index_find_time (index, G_MININT64), ==, 0);
  g_assert_cmpuint (weir_history_index_find_time (index, base), ==, 0);
  g_assert_cmpuint (weir_history_index_find_time (index, base + 1), ==, 1);
  g_assert_cmpuint (weir_history_index_find_time (index, base + 4 * G_TIME_SPAN_SECOND), ==, 1);
  g_assert_cmpuint (weir_history_index_find_time (index, base + 4 * G_TIME_SPAN_SECOND + 1), ==, 4);
  g_assert_cmpuint (weir_history_index_find_time (index, G_MAXINT64), ==, 5);
}

/* @expected: ids, with blanks between them */
static void
check_new (WeirHistory *history, const char *text, gint64 *last_id, const char *expected)
{
  g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = weir_history_list_new (history, query, last_id, &error);

  g_assert_no_error (error);
  events = weir_history_load (history, (const gint64 *) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", weir_record_get_id (events->pdata[i]));
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_new (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  WeirAccount *a = fixture->account;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 last = -1, deleted_last = -1;

  check_new (history, NULL, &last, "");
  g_assert_cmpint (last, ==, 0);
  g_ptr_array_add (events, history_make_event (a, "1", "created", "s1", "c", 9, "null"));
  history_append (history, a, NULL, events, NULL, NULL);
  check_new (history, "kind:deleted", &deleted_last, "");

  /* in the order of arrival, not of time; each once; what does not match is passed over for good */
  events = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (events, history_make_event (a, "2", "deleted", "s1", "c", 5, "null"));
  g_ptr_array_add (events, history_make_event (a, "3", "created", "s1", "c", 4, "null"));
  history_append (history, a, NULL, events, NULL, NULL);
  check_new (history, NULL, &last, "1 2 3");
  check_new (history, NULL, &last, "");
  check_new (history, "kind:deleted", &deleted_last, "2");
  g_assert_cmpint (last, ==, deleted_last);
}

static void
test_accounts (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  g_autoptr (WeirAccount) renamed =
      weir_account_new ("uuid-1", "Acme Two", "sequin", "https://b.example.com", WEIR_AUTH_TOKEN,
                        NULL, NULL, NULL, TRUE);
  g_autoptr (WeirAccount) stranger =
      weir_account_new ("uuid-9", "Nobody", "sequin", "https://b.example.com", WEIR_AUTH_TOKEN,
                        NULL, NULL, NULL, TRUE);
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  WeirAccount *account;

  history_check_append (history_append (history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 1), "A", NULL),
                        1, 0, "A");
  history_check_append (
      history_append (history, stranger, NULL, history_make_events (stranger, 0, 1), "A", NULL), 1,
      0, "A");

  /* nothing but the history knows the account here: as if it had been removed */
  g_assert_true (weir_history_rename_account (history, renamed, &error));
  g_assert_no_error (error);
  check_ask (history, "account:acme", 0, "");
  check_ask (history, "account:\"acme two\"", 0, "e0");

  index = weir_history_query (history, NULL, 0, &error);
  events = load_index (history, index);
  account = weir_record_get_account (g_ptr_array_index (events, 0));
  g_assert_cmpstr (account->uuid, ==, "uuid-1");
  g_assert_cmpstr (account->name, ==, "Acme Two");
  g_assert_cmpstr (account->uri, ==, "https://b.example.com");
  g_assert_true (account->read_only);

  g_assert_cmpuint (weir_history_index_get_group (index, 0), !=,
                    weir_history_index_get_group (index, 1));
  account = weir_history_index_get_account (index, weir_history_index_get_group (index, 1));
  g_assert_cmpstr (account->name, ==, "Nobody");
  g_assert_null (weir_history_index_get_account (index, 4711));

  g_assert_true (weir_history_remove_account (history, "uuid-1", &error));
  g_assert_true (weir_history_remove_account (history, "uuid-1", &error)); /* gone is gone */
  g_assert_no_error (error);
  check_ask (history, NULL, 0, "e0");
  history_check_cursor (history, fixture->account, NULL);
  history_check_cursor (history, stranger, "A");

  /* the index that is still shown points at nothing any more, and not at another event */
  history_check_append (history_append (history, fixture->account, NULL,
                                        history_make_events (fixture->account, 5, 9), "A", NULL),
                        9, 0, "A");
  g_clear_pointer (&events, g_ptr_array_unref);
  events = load_index (history, index);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (weir_record_get_account (g_ptr_array_index (events, 0))->name, ==, "Nobody");
}

static void
test_seen (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  WeirAccount *a = fixture->account;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const expected[] = { "s1", "s1/a", "s1/b", "s2/b" };
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) seen = NULL;
  g_autoptr (GError) error = NULL;

  none = weir_history_list_seen (history, a, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_ptr_array_add (events, history_make_event (a, "1", "x", "s2", "b", 1, "1"));
  g_ptr_array_add (events, history_make_event (a, "2", "x", "s1", "b", 1, "1"));
  g_ptr_array_add (events, history_make_event (a, "3", "x", "s1", "a", 1, "1"));
  g_ptr_array_add (events, history_make_event (a, "4", "x", "s1", "a", 1, "1"));
  g_ptr_array_add (events, history_make_event (a, "5", "x", "s1", "", 1, "1"));
  history_check_append (history_append (history, a, NULL, events, "A", NULL), 5, 0, "A");

  seen = weir_history_list_seen (history, a, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < seen->len; i++)
    g_assert_cmpstr (weir_record_get_id (seen->pdata[i]), ==, expected[i]);
}

static void
test_error_states (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistory) other = NULL;
  g_autoptr (GHashTable) states = NULL;
  g_autoptr (GError) error = NULL;
  const WeirErrorMark *mark;

  g_assert_true (weir_history_set_error_state (fixture->history, "g1", "acknowledged", 5, &error));
  g_assert_true (weir_history_set_error_state (fixture->history, "g2", "ignored", 0, &error));
  g_assert_true (weir_history_set_error_state (fixture->history, "g1", "resolved", 7, &error));
  g_assert_no_error (error);

  other = weir_history_new (fixture->path, &error);
  states = weir_history_list_error_states (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (states), ==, 2);
  mark = g_hash_table_lookup (states, "g1");
  g_assert_cmpstr (mark->state, ==, "resolved");
  g_assert_cmpint (mark->seen_at, ==, 7);
  mark = g_hash_table_lookup (states, "g2");
  g_assert_cmpstr (mark->state, ==, "ignored");
  g_assert_cmpint (mark->seen_at, ==, 0);
}

static void
test_many (HistoryFixture *fixture, gconstpointer data)
{
  const guint n = 100000;
  g_autofree char *cursor = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (WeirHistoryIndex) found = NULL;
  g_autoptr (WeirQuery) query = weir_query_new ("rec_e9999", NULL);
  g_autoptr (GError) error = NULL;

  for (guint first = 0; first < n; first += 5000)
    {
      g_autofree char *next = g_strdup_printf ("%u", first);
      WeirAppendResult result =
          history_append (fixture->history, fixture->account, cursor,
                          history_make_events (fixture->account, first, 5000), next, NULL);

      g_free (cursor);
      cursor = result.cursor;
    }

  index = weir_history_query (fixture->history, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, n);
  for (guint i = 1; i < n; i++)
    {
      gint64 step =
          weir_history_index_get_time (index, i) - weir_history_index_get_time (index, i - 1);

      g_assert_cmpint (step, >=, 0);
      if (step == 0)
        g_assert_cmpint (weir_history_index_get_id (index, i), >,
                         weir_history_index_get_id (index, i - 1));
    }

  found = weir_history_query (fixture->history, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_history_index_get_length (found), ==, 11); /* e9999, e99990 to e99999 */
}

static void
check_open_fails (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistory) history = weir_history_new (path, &error);

  g_assert_null (history);
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_OPEN);
  g_test_message ("%s", error->message);
}

static void
test_cannot_open (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *damaged = g_build_filename (fixture->folder, "damaged.db", NULL);
  g_autofree char *newer = g_build_filename (fixture->folder, "newer.db", NULL);
  g_autofree char *fixed = g_build_filename (fixture->folder, "fixed.db", NULL);
  g_autofree char *text = g_strnfill (9000, 'x');
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (damaged, text, -1, NULL));
  check_open_fails (damaged);
  check_open_fails (fixture->folder);
  check_open_fails ("/proc/nowhere/history.db");

  db = weir_database_open (newer, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (weir_database_exec (db, "PRAGMA user_version = 4711", &error));
  g_clear_pointer (&db, weir_database_close);
  check_open_fails (newer);

  db = weir_database_open (fixed, NULL, &error);
  g_assert_true (weir_database_exec (db, "PRAGMA journal_mode = DELETE", &error));
  g_clear_pointer (&db, weir_database_close);
  g_assert_cmpint (g_chmod (fixed, 0400), ==, 0);
  if (geteuid () != 0)
    check_open_fails (fixed);
}

/* Damage and a full disk that show only later are errors, and what was kept before stays. */
static void
test_storage_errors (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirEventRows) events = history_make_rows (fixture->account, 100, 100);
  const WeirHistoryPage page = { "events", "A", events, "B", NULL };
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 3), "A", NULL),
                        3, 0, "A");

  /* stands for any refusal of the disk in the middle of a page */
  db = weir_database_open (fixture->path, NULL, &error);
  g_assert_true (weir_database_exec (db,
                                     "CREATE TRIGGER full BEFORE INSERT ON raws"
                                     " WHEN NEW.first > 1"
                                     " BEGIN SELECT RAISE (ABORT, 'disk is full'); END",
                                     &error));
  g_assert_no_error (error);

  g_assert_false (weir_history_append (fixture->history, fixture->account, &page, NULL, &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "disk is full"));
  g_clear_error (&error);
  history_check_cursor (fixture->history, fixture->account, "A");
  check_ask (fixture->history, NULL, 0, "e0 e1 e2");

  g_assert_true (weir_database_exec (db, "DROP TRIGGER full", &error));
  g_assert_true (weir_history_append (fixture->history, fixture->account, &page, NULL, &error));
  g_assert_no_error (error);

  g_assert_true (weir_database_exec (db, "DROP TABLE state", &error));
  index = weir_history_query (fixture->history, NULL, 0, &error);
  g_assert_null (index);
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
}

/* The system refuses to let the file grow, as a full disk does. */
static void
test_disk_full (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirEventRows) events = history_make_rows (fixture->account, 0, 5000);
  const WeirHistoryPage page = { "events", NULL, events, "A", NULL };
  struct rlimit before, small;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 200000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (weir_history_append (fixture->history, fixture->account, &page, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_DFL);

  g_test_message ("%s", error->message);
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);
  history_check_cursor (fixture->history, fixture->account, NULL);
  check_ask (fixture->history, NULL, 0, "");

  /* with room again it goes on, without being opened anew */
  g_assert_true (weir_history_append (fixture->history, fixture->account, &page, NULL, &error));
  g_assert_no_error (error);
  history_check_cursor (fixture->history, fixture->account, "A");
}

static void
test_damaged (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;
  g_autoptr (WeirHistory) history = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 1000), "A", NULL),
                        1000, 0, "A");
  g_assert_finalize_object (g_steal_pointer (&fixture->history));

  /* all but the tables' names */
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, &error));
  g_assert_cmpuint (length, >, 20000);
  memset (contents + 8192, 0x55, length - 8192);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, &error));

  history = weir_history_new (fixture->path, &error);
  if (history != NULL)
    index = weir_history_query (history, NULL, 0, &error);
  g_assert_null (index);
  g_assert_cmpuint (error->domain, ==, WEIR_HISTORY_ERROR);
  g_test_message ("%s", error->message);
  g_clear_object (&history);

  /* moved out of the way, a new one can be made in its place */
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_clear_error (&error);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, function,                        \
              history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/history/append", test_append);
  ADD ("/history/cursor-rules", test_cursor_rules);
  ADD ("/history/stale", test_stale);
  ADD ("/history/update", test_update);
  ADD ("/history/update-untimed", test_update_untimed);
  ADD ("/history/unreadable", test_unreadable);
  ADD ("/history/query", test_query);
  ADD ("/history/order", test_order);
  ADD ("/history/new", test_new);
  ADD ("/history/accounts", test_accounts);
  ADD ("/history/seen", test_seen);
  ADD ("/history/error-states", test_error_states);
  ADD ("/history/many", test_many);
  ADD ("/history/cannot-open", test_cannot_open);
  ADD ("/history/storage-errors", test_storage_errors);
  ADD ("/history/disk-full", test_disk_full);
  ADD ("/history/damaged", test_damaged);

  return g_test_run ();
}
