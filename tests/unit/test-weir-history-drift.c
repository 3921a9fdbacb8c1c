/* test-weir-history-drift.c: drift is learned from events, kept, and accepted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-drift.h"
#include "weir-history-fixture.h"

static void
add (HistoryFixture *fixture, guint first, guint n, const char *collection, const char *payload)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;
  WeirAppendResult result;

  weir_history_get_cursor (fixture->history, fixture->account, "events", &cursor, &error);
  g_assert_no_error (error);
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", collection, i);

      g_ptr_array_add (events, history_make_event (fixture->account, id, "updated", "s1",
                                                   collection, (int) i, payload));
    }
  result = history_append (fixture->history, fixture->account, cursor, events, "next", NULL);
  g_assert_cmpuint (result.added, ==, n);
  g_free (result.cursor);
}

static int
learn (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  int n = weir_history_learn_shapes (fixture->history, NULL, &error);

  g_assert_no_error (error);
  return n;
}

static GPtrArray *
list (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *drift = weir_history_list_drift (fixture->history, &error);

  g_assert_no_error (error);
  return drift;
}

static const char *
get_event_id (HistoryFixture *fixture, gint64 number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = weir_history_load (fixture->history, &number, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  return g_intern_string (weir_record_get_id (events->pdata[0]));
}

static void
test_drift (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) drift = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;
  WeirDrift *first;

  add (fixture, 0, 30, "c", "{\"a\":1}");
  add (fixture, 0, 30, "other", "{\"b\":1}");
  g_assert_cmpint (learn (fixture), ==, 60);
  g_assert_cmpint (learn (fixture), ==, 0);
  add (fixture, 30, 2, "c", "{\"a\":1}");
  add (fixture, 32, 12, "c", "{\"a\":1,\"b\":{\"x\":2}}");
  g_assert_cmpint (learn (fixture), ==, 14);

  /* what is learned is kept */
  g_assert_finalize_object (fixture->history);
  fixture->history = weir_history_new (fixture->path, &error);
  g_assert_no_error (error);
  drift = list (fixture);
  g_assert_cmpuint (drift->len, ==, 1);
  first = drift->pdata[0];
  g_assert_cmpstr (first->account->uuid, ==, "uuid-1");
  g_assert_cmpstr (first->collection, ==, "c");
  g_assert_cmpstr (first->kind, ==, "updated");
  g_assert_cmpstr (first->path, ==, "b");
  g_assert_cmpint (first->change, ==, WEIR_DRIFT_APPEARED);
  g_assert_cmpstr (first->after, ==, "object");
  g_assert_cmpfloat (first->share, ==, 1);
  g_assert_cmpuint (first->events, ==, 12);
  g_assert_cmpint (first->since, ==, HISTORY_TIME + 32 * G_TIME_SPAN_SECOND);
  g_assert_cmpstr (get_event_id (fixture, first->before_number), ==, "c-31");
  g_assert_cmpstr (get_event_id (fixture, first->after_number), ==, "c-32");

  g_assert_true (weir_history_accept_drift (fixture->history, first->id, &error));
  g_assert_no_error (error);
  none = list (fixture);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (weir_history_accept_drift (fixture->history, first->id, &error));
  g_assert_no_error (error);

  add (fixture, 44, 20, "c", "{\"a\":\"1\"}");
  g_assert_cmpint (learn (fixture), ==, 20);
  rest = list (fixture);
  g_assert_cmpuint (rest->len, ==, 2);
}

static void
test_type (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) drift = NULL;
  WeirDrift *first;

  add (fixture, 0, 30, "c", "{\"a\":1}");
  add (fixture, 30, 10, "c", "{\"a\":\"1\"}");
  learn (fixture);
  drift = list (fixture);
  g_assert_cmpuint (drift->len, ==, 1);
  first = drift->pdata[0];
  g_assert_cmpint (first->change, ==, WEIR_DRIFT_TYPE);
  g_assert_cmpstr (first->before, ==, "number");
  g_assert_cmpstr (first->after, ==, "string");
}

/* Catching up, a sample is enough. */
static void
test_sample (HistoryFixture *fixture, gconstpointer data)
{
  int n;

  add (fixture, 0, 5000, "c", "{\"a\":1}");
  n = learn (fixture);
  g_assert_cmpint (n, >=, 500);
  g_assert_cmpint (n, <=, 1100);
  g_assert_cmpint (learn (fixture), ==, 0);
}

static void
test_cancel (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add (fixture, 0, 30, "c", "{\"a\":1}");
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (weir_history_learn_shapes (fixture->history, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* nothing is lost by it */
  g_assert_cmpint (learn (fixture), ==, 30);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-drift/drift", test_drift);
  ADD ("/history-drift/type", test_type);
  ADD ("/history-drift/sample", test_sample);
  ADD ("/history-drift/cancel", test_cancel);

  return g_test_run ();
}
