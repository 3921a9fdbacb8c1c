/* test-weir-history-async.c: the history's workers, cancelling, and its signal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-history-fixture.h"
#include "weir-history-pack.h"
#include "weir-sqlite.h"

#include <string.h>

#define PATIENCE 10 /* s */

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **stored = data;

  g_assert_true (g_main_context_is_owner (NULL));
  g_assert_null (*stored);
  *stored = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **stored)
{
  while (*stored == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *stored;
}

static gboolean
note_timeout_cb (gpointer data)
{
  gboolean *timed_out = data;

  *timed_out = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop for so long, or until the counter has reached a value. */
static void
run_until (const guint *counter, guint value, guint milliseconds)
{
  gboolean timed_out = FALSE;
  guint timeout = g_timeout_add (milliseconds, note_timeout_cb, &timed_out);

  while (!timed_out && *counter < value)
    g_main_context_iteration (NULL, TRUE);
  if (!timed_out)
    g_source_remove (timeout);
}

static void
count_cb (WeirHistory *history, gpointer data)
{
  guint *count = data;

  g_assert_true (g_main_context_is_owner (NULL));
  (*count)++;
}

static void
test_success (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  g_autoptr (WeirEventRows) page_events = history_make_rows (fixture->account, 0, 5);
  g_autofree char *stream = g_strdup ("events");
  g_autofree char *next = g_strdup ("A");
  const WeirHistoryPage page = { stream, NULL, page_events, next, NULL };
  static const char *const IDS[] = { "e3", "unknown", "e1", NULL };
  g_autoptr (GAsyncResult) append_result = NULL;
  g_autoptr (GAsyncResult) query_result = NULL;
  g_autoptr (GAsyncResult) load_result = NULL;
  g_autoptr (GAsyncResult) find_result = NULL;
  g_autoptr (GAsyncResult) remove_result = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  WeirAppendResult appended;
  gint64 ids[2];

  weir_history_append_async (history, fixture->account, &page, NULL, store_result_cb,
                             &append_result);
  /* the page was copied */
  memset (stream, 'x', 6);
  memset (next, 'x', 1);
  g_clear_pointer (&page_events, weir_event_rows_unref);
  g_assert_true (
      weir_history_append_finish (history, wait_for (&append_result), &appended, &error));
  g_assert_no_error (error);
  history_check_append (appended, 5, 0, "A");

  weir_history_query_async (history, NULL, 0, NULL, store_result_cb, &query_result);
  index = weir_history_query_finish (history, wait_for (&query_result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 5);

  ids[0] = weir_history_index_get_id (index, 4);
  ids[1] = weir_history_index_get_id (index, 0);
  weir_history_load_async (history, ids, 2, NULL, store_result_cb, &load_result);
  ids[0] = 0;
  loaded = weir_history_load_finish (history, wait_for (&load_result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 2);
  g_assert_cmpstr (weir_record_get_id (g_ptr_array_index (loaded, 0)), ==, "e4");
  g_assert_cmpstr (weir_record_get_id (g_ptr_array_index (loaded, 1)), ==, "e0");

  weir_history_find_async (history, fixture->account, IDS, NULL, store_result_cb, &find_result);
  found = weir_history_find_finish (history, wait_for (&find_result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (weir_record_get_id (g_ptr_array_index (found, 0)), ==, "e3");
  g_assert_cmpstr (weir_record_get_id (g_ptr_array_index (found, 1)), ==, "e1");

  weir_history_remove_account_async (history, "uuid-1", NULL, store_result_cb, &remove_result);
  g_assert_true (weir_history_remove_account_finish (history, wait_for (&remove_result), &error));
  g_assert_no_error (error);
  history_check_cursor (history, fixture->account, NULL);
}

static void
test_activity (HistoryFixture *fixture, gconstpointer data)
{
  WeirAccount *a = fixture->account;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) activities = NULL;
  g_autoptr (GError) error = NULL;
  const WeirActivity *activity;

  /* 18:38 on the clock: the hour we are in began 38 minutes ago */
  weir_clock_set_fake (HISTORY_TIME + 30 * G_TIME_SPAN_SECOND);
  g_ptr_array_add (events, history_make_event (a, "1", "x", "s1", "c", 0, "1"));
  g_ptr_array_add (events, history_make_event (a, "2", "x", "s1", "c", -38 * 60, "1"));
  g_ptr_array_add (events, history_make_event (a, "3", "x", "s1", "d", -38 * 60 - 1, "1"));
  g_ptr_array_add (events, history_make_event (a, "4", "x", "s1", "c", -23 * 3600 - 38 * 60, "1"));
  g_ptr_array_add (events,
                   history_make_event (a, "5", "x", "s1", "c", -23 * 3600 - 38 * 60 - 1, "1"));
  g_ptr_array_add (events, history_make_event (a, "6", "x", "s2", "c", -40 * 24 * 3600, "1"));
  g_ptr_array_add (events, history_make_event (a, "7", "x", "s3", "c", 2 * 3600, "1"));
  history_check_append (history_append (fixture->history, a, NULL, events, "A", NULL), 7, 0, "A");

  weir_history_activity_async (fixture->history, a, NULL, store_result_cb, &result);
  activities = weir_history_activity_finish (fixture->history, wait_for (&result), &error);
  g_assert_no_error (error);

  activity = g_hash_table_lookup (activities, "s1");
  g_assert_cmpint (activity->last_at, ==, HISTORY_TIME);
  g_assert_cmpuint (activity->total, ==, 5);
  g_assert_cmpuint (activity->hours[23], ==, 2);
  g_assert_cmpuint (activity->hours[22], ==, 1);
  g_assert_cmpuint (activity->hours[1], ==, 0);
  g_assert_cmpuint (activity->hours[0], ==, 1);

  activity = g_hash_table_lookup (activities, "s1/d");
  g_assert_cmpuint (activity->total, ==, 1);
  g_assert_cmpuint (activity->hours[22], ==, 1);

  activity = g_hash_table_lookup (activities, "s2");
  g_assert_cmpuint (activity->total, ==, 1);
  for (guint i = 0; i < 24; i++)
    g_assert_cmpuint (activity->hours[i], ==, 0);

  /* a clock ahead of ours: known, but in no hour that has been */
  activity = g_hash_table_lookup (activities, "s3");
  g_assert_cmpuint (activity->total, ==, 1);
  g_assert_cmpuint (activity->hours[23], ==, 0);
  g_assert_null (g_hash_table_lookup (activities, "s4"));
}

static void
test_errors (HistoryFixture *fixture, gconstpointer data)
{
  const WeirHistoryPage page = { "events", "wrong", NULL, "B", NULL };
  static const char *const IDS[] = { "e3", NULL };
  const gint64 id = 1;
  g_autoptr (GAsyncResult) append_result = NULL;
  g_autoptr (GAsyncResult) query_result = NULL;
  g_autoptr (GAsyncResult) load_result = NULL;
  g_autoptr (GAsyncResult) find_result = NULL;
  g_autoptr (GAsyncResult) activity_result = NULL;
  g_autoptr (GAsyncResult) remove_result = NULL;
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  weir_history_append_async (fixture->history, fixture->account, &page, NULL, store_result_cb,
                             &append_result);
  g_assert_false (
      weir_history_append_finish (fixture->history, wait_for (&append_result), NULL, &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE);
  g_clear_error (&error);

  db = weir_database_open (fixture->path, NULL, &error);
  g_assert_true (weir_database_exec (db, "DROP TABLE state; DROP TABLE accounts", &error));
  g_assert_no_error (error);

  weir_history_query_async (fixture->history, NULL, 0, NULL, store_result_cb, &query_result);
  g_assert_null (weir_history_query_finish (fixture->history, wait_for (&query_result), &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);

  weir_history_load_async (fixture->history, &id, 1, NULL, store_result_cb, &load_result);
  g_assert_null (weir_history_load_finish (fixture->history, wait_for (&load_result), &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);

  weir_history_find_async (fixture->history, fixture->account, IDS, NULL, store_result_cb,
                           &find_result);
  g_assert_null (weir_history_find_finish (fixture->history, wait_for (&find_result), &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);

  weir_history_activity_async (fixture->history, fixture->account, NULL, store_result_cb,
                               &activity_result);
  g_assert_null (
      weir_history_activity_finish (fixture->history, wait_for (&activity_result), &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
  g_clear_error (&error);

  weir_history_remove_account_async (fixture->history, "uuid-1", NULL, store_result_cb,
                                     &remove_result);
  g_assert_false (
      weir_history_remove_account_finish (fixture->history, wait_for (&remove_result), &error));
  g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE);
}

/* What was compressed ahead is used only for the events it was made of, as a whole. */
static void
test_packed (HistoryFixture *fixture, gconstpointer data)
{
  /* all new; half of them known; all new again */
  static const guint SPANS[][2] = { { 0, 10 }, { 5, 10 }, { 15, 5 } };

  for (guint i = 0; i < G_N_ELEMENTS (SPANS); i++)
    {
      g_autoptr (WeirEventRows) events =
          history_make_rows (fixture->account, SPANS[i][0], SPANS[i][1]);
      g_autofree char *asked_with = i > 0 ? g_strdup_printf ("%u", i) : NULL;
      g_autofree char *next = g_strdup_printf ("%u", i + 1);
      const WeirHistoryPage page = { "events", asked_with, events, next, NULL };
      g_autoptr (GAsyncResult) packed = NULL;
      g_autoptr (GError) error = NULL;

      weir_history_pack_async (events, store_result_cb, &packed);
      wait_for (&packed);
      g_assert_nonnull (events->packed);
      g_assert_true (weir_history_append (fixture->history, fixture->account, &page, NULL, &error));
      g_assert_no_error (error);
    }

  for (gint64 id = 1; id <= 20; id++)
    {
      g_autoptr (GPtrArray) loaded = weir_history_load (fixture->history, &id, 1, NULL);
      g_autofree char *expected = g_strdup_printf ("e%u", (guint) id - 1);

      g_assert_cmpuint (loaded->len, ==, 1);
      g_assert_cmpstr (weir_record_get_id (loaded->pdata[0]), ==, expected);
    }
}

static void
test_cancel (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirEventRows) events = history_make_rows (fixture->account, 0, 500);
  const WeirHistoryPage page = { "events", NULL, events, "A", NULL };
  static const char *const IDS[] = { "e3", NULL };
  const gint64 id = 1;
  GAsyncResult *results[6] = { NULL };

  for (guint late = 0; late < 2; late++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      if (!late)
        g_cancellable_cancel (cancellable);
      weir_history_append_async (fixture->history, fixture->account, &page, cancellable,
                                 store_result_cb, &results[0]);
      weir_history_query_async (fixture->history, NULL, 0, cancellable, store_result_cb,
                                &results[1]);
      weir_history_load_async (fixture->history, &id, 1, cancellable, store_result_cb, &results[2]);
      weir_history_find_async (fixture->history, fixture->account, IDS, cancellable,
                               store_result_cb, &results[3]);
      weir_history_activity_async (fixture->history, fixture->account, cancellable, store_result_cb,
                                   &results[4]);
      weir_history_remove_account_async (fixture->history, "uuid-1", cancellable, store_result_cb,
                                         &results[5]);
      g_cancellable_cancel (cancellable);

      g_assert_false (
          weir_history_append_finish (fixture->history, wait_for (&results[0]), NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (weir_history_query_finish (fixture->history, wait_for (&results[1]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (weir_history_load_finish (fixture->history, wait_for (&results[2]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (weir_history_find_finish (fixture->history, wait_for (&results[3]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_null (
          weir_history_activity_finish (fixture->history, wait_for (&results[4]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_false (
          weir_history_remove_account_finish (fixture->history, wait_for (&results[5]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
        g_clear_object (&results[i]);

      if (!late)
        history_check_cursor (fixture->history, fixture->account, NULL);
    }
}

/* A search that is already running ends when it is cancelled, and the lane works on. */
static void
test_cancel_running (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirQuery) query = weir_query_new ("nothing-like-this", NULL);
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GError) error = NULL;

  history_check_append (history_append (fixture->history, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 20000), "A",
                                        NULL),
                        20000, 0, "A");

  for (guint delay = 0; delay < 20; delay += 2)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;

      weir_history_query_async (fixture->history, query, 0, cancellable, store_result_cb, &result);
      g_usleep (delay * 1000);
      g_cancellable_cancel (cancellable);
      g_assert_null (weir_history_query_finish (fixture->history, wait_for (&result), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
    }

  index = weir_history_query (fixture->history, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 0);
}

static void
test_dispose (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistory) reopened = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *asked_with = i > 0 ? g_strdup_printf ("%u", i) : NULL;
      g_autofree char *next = g_strdup_printf ("%u", i + 1);
      g_autoptr (WeirEventRows) events = history_make_rows (fixture->account, i * 10, 10);
      const WeirHistoryPage page = { "events", asked_with, events, next, NULL };
      WeirHistory *history = weir_history_new (fixture->path, &error);
      gpointer gone = history;
      g_autoptr (GAsyncResult) append_result = NULL;
      g_autoptr (GAsyncResult) query_result = NULL;

      g_assert_no_error (error);
      g_object_add_weak_pointer (G_OBJECT (history), &gone);
      weir_history_append_async (history, fixture->account, &page, NULL, store_result_cb,
                                 &append_result);
      weir_history_query_async (history, NULL, 0, NULL, store_result_cb, &query_result);
      /* nobody but the tasks has it now, and it is let go in this thread */
      g_object_unref (history);

      wait_for (&query_result);
      g_assert_true (weir_history_append_finish (history, wait_for (&append_result), NULL, &error));
      g_assert_no_error (error);
      g_clear_object (&query_result);
      g_clear_object (&append_result);
      g_assert_null (gone);
    }

  reopened = weir_history_new (fixture->path, &error);
  history_check_cursor (reopened, fixture->account, "50");
}

static gpointer
append_in_thread (gpointer data)
{
  HistoryFixture *fixture = data;

  history_check_append (history_append (fixture->history, fixture->account, "B",
                                        history_make_events (fixture->account, 20, 2), "C", NULL),
                        2, 0, "C");
  return NULL;
}

static void
test_changed (HistoryFixture *fixture, gconstpointer data)
{
  WeirHistory *history = fixture->history;
  WeirAccount *account = fixture->account;
  guint count = 0;

  g_signal_connect (history, "changed", G_CALLBACK (count_cb), &count);

  history_check_append (
      history_append (history, account, NULL, history_make_events (account, 0, 2), "A", NULL), 2, 0,
      "A");
  history_check_append (
      history_append (history, account, "A", history_make_events (account, 2, 2), "B", NULL), 2, 0,
      "B");
  g_assert_cmpuint (count, ==, 0); /* not from within the call */
  run_until (&count, 1, PATIENCE * 1000);
  run_until (&count, 2, 50);
  g_assert_cmpuint (count, ==, 1); /* both at once */

  /* nothing new */
  history_check_append (
      history_append (history, account, "B", history_make_events (account, 2, 2), "B", NULL), 0, 0,
      "B");
  run_until (&count, 2, 50);
  g_assert_cmpuint (count, ==, 1);

  /* from another thread, heard in this one */
  g_thread_join (g_thread_new ("append", append_in_thread, fixture));
  run_until (&count, 2, PATIENCE * 1000);
  g_assert_cmpuint (count, ==, 2);

  g_assert_true (weir_history_remove_account (history, account->uuid, NULL));
  run_until (&count, 3, PATIENCE * 1000);
  g_assert_cmpuint (count, ==, 3);
}

/* As another process does: with connections of its own. */
static void
test_changed_elsewhere (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistory) other = weir_history_new (fixture->path, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WeirHistoryIndex) index = NULL;
  guint count = 0, other_count = 0;

  g_assert_no_error (error);
  g_signal_connect (fixture->history, "changed", G_CALLBACK (count_cb), &count);
  g_signal_connect (other, "changed", G_CALLBACK (count_cb), &other_count);
  weir_history_query_async (fixture->history, NULL, 0, NULL, store_result_cb, &result);
  index = weir_history_query_finish (fixture->history, wait_for (&result), &error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 0);
  g_clear_object (&index);

  history_check_append (history_append (other, fixture->account, NULL,
                                        history_make_events (fixture->account, 0, 2), "A", NULL),
                        2, 0, "A");
  run_until (&count, 1, PATIENCE * 1000);
  g_assert_cmpuint (count, ==, 1);
  index = weir_history_query (fixture->history, NULL, 0, &error);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 2);

  /* and not once more for the same, nor for what it did itself */
  history_check_append (history_append (fixture->history, fixture->account, "A",
                                        history_make_events (fixture->account, 2, 2), "B", NULL),
                        2, 0, "B");
  run_until (&count, 3, 2500);
  g_assert_cmpuint (count, ==, 2);
  /* no _async function was called on the other one: it has no timer */
  g_assert_cmpuint (other_count, ==, 1);

  /* what one has moved on, the other does not overwrite */
  {
    const WeirHistoryPage page = { "events", "A", NULL, "X", NULL };

    g_assert_false (weir_history_append (other, fixture->account, &page, NULL, &error));
    g_assert_error (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STALE);
  }
}

static int looked_enough; /* atomic */

static gpointer
look_again_and_again (gpointer data)
{
  HistoryFixture *fixture = data;

  while (!g_atomic_int_get (&looked_enough))
    {
      g_autoptr (WeirHistoryIndex) index = weir_history_query (fixture->history, NULL, 1, NULL);

      g_assert_nonnull (index);
    }
  return NULL;
}

/* Whichever lane is the first to look at the file after a commit: what changed in its place is found. */
static void
test_changed_while_looked_at (HistoryFixture *fixture, gconstpointer data)
{
  static const char *const DATA[] = { "\"alpha\"", "\"beta\"" };
  g_autoptr (WeirQuery) query = weir_query_new ("alpha", NULL);
  g_autoptr (WeirHistoryIndex) index = weir_history_query (fixture->history, query, 0, NULL);
  GThread *thread;

  g_atomic_int_set (&looked_enough, FALSE);
  thread = g_thread_new ("looker", look_again_and_again, fixture);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *asked = i > 0 ? g_strdup_printf ("%u", i) : NULL;
      g_autofree char *next = g_strdup_printf ("%u", i + 1);
      GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GArray) runs = NULL;
      WeirHistoryIndex *renewed;

      g_ptr_array_add (
          events, history_make_event (fixture->account, "e", "created", "s", "c", 1, DATA[i % 2]));
      history_check_append (
          history_append (fixture->history, fixture->account, asked, events, next, NULL), i == 0,
          i > 0, next);
      weir_history_renew_async (fixture->history, index, NULL, store_result_cb, &result);
      renewed = weir_history_renew_finish (fixture->history, wait_for (&result), &runs, NULL);
      g_object_unref (index);
      index = renewed;
      g_assert_cmpuint (weir_history_index_get_length (index), ==, i % 2 == 0);
    }
  g_atomic_int_set (&looked_enough, TRUE);
  g_thread_join (thread);
}

/* Which events of a page another process has changed is not known, but that it has. */
static void
test_changed_by_another (HistoryFixture *fixture, gconstpointer data)
{
  g_autoptr (WeirHistory) other = weir_history_new (fixture->path, NULL);
  g_autoptr (WeirQuery) query = weir_query_new ("alpha", NULL);
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (WeirHistoryIndex) renewed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) runs = NULL;
  GPtrArray *events = history_make_events (fixture->account, 0, 20);
  GPtrArray *again = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (events,
                   history_make_event (fixture->account, "x", "created", "s", "c", 1, "\"alpha\""));
  history_check_append (
      history_append (fixture->history, fixture->account, NULL, events, "1", NULL), 21, 0, "1");
  index = weir_history_query (other, query, 0, NULL);
  g_assert_cmpuint (weir_history_index_get_length (index), ==, 1);

  g_ptr_array_add (again,
                   history_make_event (fixture->account, "x", "created", "s", "c", 1, "\"beta\""));
  history_check_append (history_append (fixture->history, fixture->account, "1", again, "2", NULL),
                        0, 1, "2");
  weir_history_renew_async (other, index, NULL, store_result_cb, &result);
  renewed = weir_history_renew_finish (other, wait_for (&result), &runs, NULL);
  g_assert_cmpuint (weir_history_index_get_length (renewed), ==, 0);
}

/* What questions are answered from is read though nobody asked, and whoever lets the history go need not wait. */
static void
test_prepare (HistoryFixture *fixture, gconstpointer data)
{
  GPtrArray *events = history_make_events (fixture->account, 0, 20);
  g_autoptr (GError) error = NULL;
  const guint never = 0;

  history_check_append (
      history_append (fixture->history, fixture->account, NULL, events, "1", NULL), 20, 0, "1");
  for (guint i = 0; i < 2; i++)
    {
      WeirHistory *history = weir_history_new (fixture->path, &error);
      gpointer gone = history;

      g_assert_no_error (error);
      g_object_add_weak_pointer (G_OBJECT (history), &gone);
      weir_history_prepare (history);
      for (guint tries = 0; i == 0 && tries < 200 && weir_history_get_n_events (history) == 0;
           tries++)
        run_until (&never, 1, 10);
      if (i == 0)
        g_assert_cmpuint (weir_history_get_n_events (history), ==, 20);
      g_object_unref (history);
      while (gone != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
}

#define ADD(path, function)                                                                        \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, function,                        \
              history_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/history-async/success", test_success);
  ADD ("/history-async/activity", test_activity);
  ADD ("/history-async/errors", test_errors);
  ADD ("/history-async/changed-while-looked-at", test_changed_while_looked_at);
  ADD ("/history-async/changed-by-another", test_changed_by_another);
  ADD ("/history-async/packed", test_packed);
  ADD ("/history-async/cancel", test_cancel);
  ADD ("/history-async/cancel-running", test_cancel_running);
  ADD ("/history-async/dispose", test_dispose);
  ADD ("/history-async/prepare", test_prepare);
  ADD ("/history-async/changed", test_changed);
  ADD ("/history-async/changed-elsewhere", test_changed_elsewhere);

  return g_test_run ();
}
