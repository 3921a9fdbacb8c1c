/* test-weir-digest.c: what happened while nobody looked is counted, from the history alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-digest.h"
#include "weir-history-fixture.h"
#include "weir-history-gaps.h"
#include "weir-test-loop.h"

#define T(second) (HISTORY_TIME + (second) * (gint64) G_TIME_SPAN_SECOND)

static WeirDigest *
make (HistoryFixture *fixture, int from, int to)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WeirDigest *digest;

  weir_digest_make_async (fixture->history, T (from), T (to), NULL, weir_test_keep_result_cb,
                          &result);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  digest = weir_digest_make_finish (fixture->history, result, &error);
  g_assert_no_error (error);
  return digest;
}

static void
add_gap (HistoryFixture *fixture, int from, int to, int noticed)
{
  g_autoptr (WeirGap) gap = NULL;

  weir_clock_set_fake (T (noticed));
  gap = weir_gap_new (fixture->account, "events", NULL, WEIR_GAP_OFF, T (from), T (to), NULL);
  g_assert_true (weir_history_add_gap (fixture->history, gap, NULL));
  weir_clock_set_fake (0);
}

static void
test_counts (HistoryFixture *fixture, gconstpointer data)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree WeirDigest *all = NULL;
  g_autofree WeirDigest *some = NULL;
  g_autofree WeirDigest *none = NULL;
  WeirAppendResult result;

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%d", i);

      g_ptr_array_add (
          events, history_make_event (fixture->account, id, "created", "s", "c", i * 10, "{}"));
    }
  result = history_append (fixture->history, fixture->account, NULL, events, "a", NULL);
  g_free (result.cursor);
  add_gap (fixture, 20, 30, 5000);
  add_gap (fixture, 200, 300, 25);
  add_gap (fixture, 400, 500, 5000);

  all = make (fixture, 0, 100);
  g_assert_cmpuint (all->n_events, ==, 10);
  g_assert_cmpuint (all->n_errors, ==, 0);
  g_assert_cmpuint (all->n_gaps, ==, 2); /* one of that time, one noticed in it */
  some = make (fixture, 20, 50);
  g_assert_cmpint (some->from, ==, T (20));
  g_assert_cmpint (some->to, ==, T (50));
  g_assert_cmpuint (some->n_events, ==, 3);
  none = make (fixture, 1000, 2000);
  g_assert_cmpuint (none->n_events, ==, 0);
  g_assert_cmpuint (none->n_state_changes, ==, 0);
  g_assert_cmpuint (none->n_gaps, ==, 0);
  weir_test_drain ();
}

static void
test_last_seen (HistoryFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "preferences.json", NULL);
  g_autoptr (WeirPreferences) preferences = weir_preferences_new (path);
  g_autoptr (WeirPreferences) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (weir_digest_get_last_seen (preferences), ==, 0);
  g_assert_true (weir_digest_set_last_seen (preferences, T (7), &error));
  g_assert_no_error (error);
  g_assert_cmpint (weir_digest_get_last_seen (preferences), ==, T (7));
  again = weir_preferences_new (path);
  g_assert_cmpint (weir_digest_get_last_seen (again), ==, T (7));
}

static void
test_cancelled (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  weir_digest_make_async (fixture->history, T (0), T (10), cancellable, weir_test_keep_result_cb,
                          &result);
  g_cancellable_cancel (cancellable);
  WEIR_TEST_WAIT_UNTIL (result != NULL);
  g_assert_null (weir_digest_make_finish (fixture->history, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  weir_test_drain ();
}

#define ADD(name, test)                                                                            \
  g_test_add (name, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/digest/counts", test_counts);
  ADD ("/digest/last-seen", test_last_seen);
  ADD ("/digest/cancelled", test_cancelled);

  return g_test_run ();
}
