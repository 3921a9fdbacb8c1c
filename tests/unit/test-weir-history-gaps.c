/* test-weir-history-gaps.c: what is missing is kept, shrinks, splits and closes; with the page or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-history-fixture.h"
#include "weir-history-gaps.h"
#include "weir-history-states.h"
#include "weir-subscription.h"
#include "weir-test-loop.h"

#define T(second) (HISTORY_TIME + (second) * (gint64) G_TIME_SPAN_SECOND)

static void
count_cb (WeirHistory *history, guint *count)
{
  (*count)++;
}

static WeirGap *
make_gap (HistoryFixture *fixture, WeirGapCause cause, int from, int to)
{
  return weir_gap_new (fixture->account, "events", NULL, cause, T (from), to != 0 ? T (to) : 0,
                       "detail");
}

static void
add (HistoryFixture *fixture, WeirGapCause cause, int from, int to)
{
  g_autoptr (WeirGap) gap = make_gap (fixture, cause, from, to);
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_history_add_gap (fixture->history, gap, &error));
  g_assert_no_error (error);
}

/* "10-20 30-0 " of those that are open, in seconds */
static void
check_open (HistoryFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps (fixture->history, fixture->account, TRUE, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];
      gint64 to = gap->to != 0 ? (gap->to - HISTORY_TIME) / G_TIME_SPAN_SECOND : 0;

      g_assert_true (weir_gap_is_open (gap));
      g_string_append_printf (text, "%d-%d ",
                              (int) ((gap->from - HISTORY_TIME) / G_TIME_SPAN_SECOND), (int) to);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static gint64
get_first_id (HistoryFixture *fixture)
{
  g_autoptr (GPtrArray) gaps = weir_history_list_gaps (fixture->history, NULL, TRUE, NULL);

  return ((WeirGap *) gaps->pdata[0])->id;
}

static void
test_add (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) gaps = NULL;
  guint count = 0;
  WeirGap *gap;

  g_signal_connect (fixture->history, "gaps-changed", G_CALLBACK (count_cb), &count);
  weir_clock_set_fake (T (500));
  add (fixture, WEIR_GAP_OFF, 10, 20);
  check_open (fixture, "10-20 ");
  weir_test_drain ();
  g_assert_cmpuint (count, ==, 1);

  /* the same again is not another one, nor a change */
  add (fixture, WEIR_GAP_OFF, 10, 20);
  add (fixture, WEIR_GAP_OFF, 12, 18);
  check_open (fixture, "10-20 ");
  weir_test_drain ();
  g_assert_cmpuint (count, ==, 1);

  add (fixture, WEIR_GAP_OFF, 15, 30);
  check_open (fixture, "10-30 ");
  add (fixture, WEIR_GAP_CURSOR_REFUSED, 15, 0);
  add (fixture, WEIR_GAP_OFF, 40, 50);
  check_open (fixture, "10-30 15-0 40-50 ");

  gaps = weir_history_list_gaps (fixture->history, NULL, FALSE, NULL);
  gap = gaps->pdata[0];
  g_assert_cmpstr (gap->account->uuid, ==, "uuid-1");
  g_assert_cmpstr (gap->account->name, ==, "Acme");
  g_assert_cmpstr (gap->stream, ==, "events");
  g_assert_null (gap->subscription);
  g_assert_cmpint (gap->cause, ==, WEIR_GAP_OFF);
  g_assert_cmpint (gap->noticed_at, ==, T (500));
  g_assert_cmpint (gap->filled_at, ==, 0);
  g_assert_cmpstr (gap->detail, ==, "detail");
}

static void
test_fill (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) gaps = NULL;
  guint count = 0;
  gint64 id;

  add (fixture, WEIR_GAP_OFF, 10, 50);
  weir_test_drain ();
  g_signal_connect (fixture->history, "gaps-changed", G_CALLBACK (count_cb), &count);
  id = get_first_id (fixture);

  g_assert_true (weir_history_fill_gap (fixture->history, id, T (1), T (10), NULL));
  g_assert_true (weir_history_fill_gap (fixture->history, id, T (50), 0, NULL));
  check_open (fixture, "10-50 ");
  weir_test_drain ();
  g_assert_cmpuint (count, ==, 0);

  g_assert_true (weir_history_fill_gap (fixture->history, id, T (1), T (15), NULL));
  check_open (fixture, "15-50 ");
  g_assert_true (weir_history_fill_gap (fixture->history, id, T (45), 0, NULL));
  check_open (fixture, "15-45 ");
  g_assert_true (weir_history_fill_gap (fixture->history, id, T (20), T (30), NULL));
  check_open (fixture, "15-20 30-45 ");
  g_assert_true (weir_history_fill_gap (fixture->history, id, 0, 0, NULL));
  check_open (fixture, "30-45 ");
  weir_test_drain ();
  g_assert_cmpuint (count, ==, 1); /* told once for all */

  /* closed is closed, and remembered */
  g_assert_true (weir_history_fill_gap (fixture->history, id, 0, 0, NULL));
  g_assert_true (weir_history_fill_gap (fixture->history, 4711, 0, 0, NULL));
  gaps = weir_history_list_gaps (fixture->history, NULL, FALSE, NULL);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpint (((WeirGap *) gaps->pdata[0])->filled_at, !=, 0);

  /* without ends */
  add (fixture, WEIR_GAP_CURSOR_REFUSED, 100, 0);
  g_assert_true (weir_history_fill_gap (fixture->history, get_first_id (fixture), 0, 0, NULL));
  id = get_first_id (fixture);
  g_assert_true (weir_history_fill_gap (fixture->history, id, T (90), T (200), NULL));
  check_open (fixture, "200-0 ");
}

static void
append (HistoryFixture *fixture, WeirHistoryPage *page, gboolean changes_gaps)
{
  WeirAppendResult result;
  g_autoptr (GError) error = NULL;

  page->stream = "events";
  g_assert_true (weir_history_append (fixture->history, fixture->account, page, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.gaps_changed, ==, changes_gaps);
  g_free (result.cursor);
}

static void
test_page (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirEventRows) first = history_make_rows (fixture->account, 0, 3);
  g_autoptr (GPtrArray) twice = history_make_events (fixture->account, 3, 3);
  g_autoptr (WeirEventRows) second = NULL;
  g_autoptr (WeirGap) gap = make_gap (fixture, WEIR_GAP_OFF, 10, 20);
  g_autoptr (WeirGap) other = make_gap (fixture, WEIR_GAP_NO_OVERLAP, 30, 40);
  g_autoptr (GError) error = NULL;
  WeirHistoryPage page = { .stream = "events", .events = first, .next_cursor = "a" };
  WeirAppendResult result;

  append (fixture, &page, FALSE);

  /* a page that is refused brings no gap either */
  page = (WeirHistoryPage){ .stream = "events", .asked_with = "z", .next_cursor = "b", .gap = gap };
  g_assert_false (weir_history_append (fixture->history, fixture->account, &page, &result, &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE);
  check_open (fixture, "");

  /* where something was known there is no gap */
  page = (WeirHistoryPage){
    .asked_with = "a", .events = first, .next_cursor = "b", .gap = gap, .gap_if_unknown = TRUE
  };
  append (fixture, &page, FALSE);
  check_open (fixture, "");
  /* but not where the page holds one twice */
  g_ptr_array_add (twice, g_object_ref (twice->pdata[0]));
  second = weir_event_rows_new_of (twice);
  page = (WeirHistoryPage){
    .asked_with = "b", .events = second, .next_cursor = "c", .gap = gap, .gap_if_unknown = TRUE
  };
  append (fixture, &page, TRUE);
  check_open (fixture, "10-20 ");

  page = (WeirHistoryPage){ .asked_with = "c",
                            .next_cursor = "d",
                            .gap = other,
                            .covered_from = T (15),
                            .covered_to = T (35) };
  append (fixture, &page, TRUE);
  check_open (fixture, "10-15 30-40 ");
}

static void
test_place (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirEventRows) events = history_make_rows (fixture->account, 0, 3);
  g_autoptr (WeirStreamPlace) place = NULL;
  WeirHistoryPage page = { .events = events, .next_cursor = "a" };

  place = weir_history_get_place (fixture->history, fixture->account, "events", NULL);
  g_assert_null (place->cursor);
  g_assert_cmpint (place->seen_end, ==, 0);
  g_assert_cmpint (place->newest, ==, 0);
  g_clear_pointer (&place, weir_stream_place_free);

  append (fixture, &page, FALSE);
  place = weir_history_get_place (fixture->history, fixture->account, "events", NULL);
  g_assert_cmpstr (place->cursor, ==, "a");
  g_assert_cmpint (place->seen_end, ==, 0);
  g_assert_cmpint (place->newest, ==, events->rows[2].occurred_at);
  g_clear_pointer (&place, weir_stream_place_free);

  page = (WeirHistoryPage){ .asked_with = "a", .seen_end = T (77) };
  append (fixture, &page, FALSE);
  place = weir_history_get_place (fixture->history, fixture->account, "events", NULL);
  g_assert_cmpint (place->seen_end, ==, T (77));
  g_assert_cmpint (place->newest, ==, events->rows[2].occurred_at);
}

static void
settle (HistoryFixture *fixture, const char *subscription, int since, const int (*spans)[2])
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (g_object_unref);

  for (; spans != NULL && (*spans)[1] != 0; spans++)
    g_ptr_array_add (gaps,
                     weir_gap_new (fixture->account, WEIR_GAP_PULLS, subscription,
                                   WEIR_GAP_PULL_FAILED, T ((*spans)[0]), T ((*spans)[1]), NULL));
  g_assert_true (weir_history_settle_gaps (fixture->history, fixture->account, WEIR_GAP_PULLS,
                                           subscription, T (since), gaps, NULL));
}

static void
test_settle (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) gaps = NULL;
  gint64 id;

  settle (fixture, "s1", 0, (const int[][2]){ { 10, 20 }, { 40, 50 }, { 0, 0 } });
  settle (fixture, "s2", 0, (const int[][2]){ { 11, 21 }, { 0, 0 } });
  check_open (fixture, "10-20 11-21 40-50 ");
  id = get_first_id (fixture);

  /* grows, closes, is new; another subscription's stays */
  settle (fixture, "s1", 0, (const int[][2]){ { 10, 25 }, { 60, 70 }, { 0, 0 } });
  check_open (fixture, "10-25 11-21 60-70 ");
  g_assert_cmpint (get_first_id (fixture), ==, id);

  /* what is older than what was looked at stays */
  settle (fixture, "s1", 65, NULL);
  check_open (fixture, "10-25 11-21 60-65 ");
  settle (fixture, "s1", 20, (const int[][2]){ { 20, 22 }, { 0, 0 } });
  check_open (fixture, "10-22 11-21 ");
  settle (fixture, "s1", 0, NULL);
  settle (fixture, "s2", 0, NULL);
  check_open (fixture, "");
  gaps = weir_history_list_gaps (fixture->history, NULL, FALSE, NULL);
  g_assert_cmpuint (gaps->len, ==, 4);
}

static void
put_name (HistoryFixture *fixture, const char *name)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"s1\",\"name\":\"%s\",\"status\":\"subscribed\",\"config\":{\"type\":\"x\"}}",
      name);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WeirSubscription) subscription = NULL;
  WeirJson json;

  g_assert_true (weir_json_parse_text (text, -1, &json, NULL));
  subscription = weir_subscription_new_external (fixture->account, json, NULL);
  g_ptr_array_add (states, weir_state_change_new (WEIR_RECORD (subscription), T (1), FALSE));
  g_assert_cmpuint (weir_history_put_states (fixture->history, states, NULL), >, 0);
}

/* Also while the server cannot be asked, people read a name. */
static void
test_name (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) gaps = NULL;

  put_name (fixture, "Orders");
  settle (fixture, "s1", 0, (const int[][2]){ { 10, 20 }, { 0, 0 } });
  settle (fixture, "s2", 0, (const int[][2]){ { 11, 21 }, { 0, 0 } });
  gaps = weir_history_list_gaps (fixture->history, NULL, FALSE, NULL);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpstr (((WeirGap *) gaps->pdata[0])->subscription, ==, "s1");
  g_assert_cmpstr (((WeirGap *) gaps->pdata[0])->subscription_name, ==, "Orders");
  g_assert_null (((WeirGap *) gaps->pdata[1])->subscription_name);
}

static void
test_async (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirGap) gap = make_gap (fixture, WEIR_GAP_OFF, 10, 20);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (WeirStreamPlace) place = NULL;
  g_autoptr (GError) error = NULL;

  weir_history_add_gap_async (fixture->history, gap, NULL, weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_true (weir_history_add_gap_finish (fixture->history, result, NULL));
  g_clear_object (&result);

  weir_history_list_gaps_async (fixture->history, fixture->account, TRUE, NULL,
                                weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  gaps = weir_history_list_gaps_finish (fixture->history, result, NULL);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_clear_object (&result);

  weir_history_fill_gap_async (fixture->history, ((WeirGap *) gaps->pdata[0])->id, 0, T (15), NULL,
                               weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_true (weir_history_fill_gap_finish (fixture->history, result, NULL));
  check_open (fixture, "15-20 ");
  g_clear_object (&result);

  weir_history_settle_gaps_async (fixture->history, fixture->account, "events", NULL, 0, none, NULL,
                                  weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_true (weir_history_settle_gaps_finish (fixture->history, result, NULL));
  check_open (fixture, "");
  g_clear_object (&result);

  weir_history_get_place_async (fixture->history, fixture->account, "events", NULL,
                                weir_test_keep_result_cb, &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  place = weir_history_get_place_finish (fixture->history, result, NULL);
  g_assert_nonnull (place);
  g_clear_object (&result);

  g_cancellable_cancel (cancelled);
  weir_history_list_gaps_async (fixture->history, NULL, TRUE, cancelled, weir_test_keep_result_cb,
                                &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_history_list_gaps_finish (fixture->history, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  weir_test_drain ();
}

/* Another program's change is told too, and an account that goes takes its gaps along. */
static void
test_elsewhere (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistory) other = weir_history_new (fixture->path, NULL);
  g_autoptr (WeirGap) gap = make_gap (fixture, WEIR_GAP_OFF, 10, 20);
  g_autoptr (GAsyncResult) result = NULL;
  guint count = 0;

  g_signal_connect (fixture->history, "gaps-changed", G_CALLBACK (count_cb), &count);
  weir_history_list_gaps_async (fixture->history, NULL, TRUE, NULL, weir_test_keep_result_cb,
                                &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_true (weir_history_add_gap (other, gap, NULL));
  WEIR_TEST_WAIT_UNTIL (count > 0);
  check_open (fixture, "10-20 ");

  g_assert_true (weir_history_remove_account (fixture->history, "uuid-1", NULL));
  check_open (fixture, "");
  g_clear_object (&result);
  weir_test_drain ();
}

static void
test_causes (void)
{
  for (int i = WEIR_GAP_OFF; i <= WEIR_GAP_DELETED; i++)
    {
      WeirGapCause cause = WEIR_GAP_OFF;

      g_assert_true (
          weir_gap_cause_from_string (weir_gap_cause_to_string ((WeirGapCause) i), &cause));
      g_assert_cmpint (cause, ==, i);
      g_assert_cmpstr (weir_gap_cause_get_text (cause), !=, "");
    }
  g_assert_false (weir_gap_cause_from_string ("holiday", &(WeirGapCause){ 0 }));
}

/* One that meets two others makes one of them. */
static void
test_meets_two (HistoryFixture *fixture, gconstpointer data)
{
  add (fixture, WEIR_GAP_OFF, 10, 20);
  add (fixture, WEIR_GAP_OFF, 30, 40);
  add (fixture, WEIR_GAP_CURSOR_JUMPED, 32, 35);
  add (fixture, WEIR_GAP_OFF, 50, 60);
  add (fixture, WEIR_GAP_OFF, 15, 35);
  check_open (fixture, "10-40 32-35 50-60 ");
  add (fixture, WEIR_GAP_OFF, 5, 50);
  check_open (fixture, "5-60 32-35 ");
}

#define ADD(name, test)                                                                            \
  g_test_add (name, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/history/gaps/add", test_add);
  ADD ("/history/gaps/fill", test_fill);
  ADD ("/history/gaps/page", test_page);
  ADD ("/history/gaps/meets-two", test_meets_two);
  ADD ("/history/gaps/place", test_place);
  ADD ("/history/gaps/settle", test_settle);
  ADD ("/history/gaps/name", test_name);
  ADD ("/history/gaps/async", test_async);
  ADD ("/history/gaps/elsewhere", test_elsewhere);
  g_test_add_func ("/history/gaps/causes", test_causes);

  return g_test_run ();
}
