/* test-weir-timeline-model.c: the timeline's rows over a history that grows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-clock.h"
#include "weir-history-fixture.h"
#include "weir-history-gaps.h"
#include "weir-row.h"
#include "weir-sqlite.h"
#include "weir-timeline-cache.h"
#include "weir-timeline-item.h"
#include "weir-timeline-gap-filter.h"
#include "weir-timeline-model.h"

#define N_EVENTS 10000u
#define PAGE 500u

typedef struct
{
  HistoryFixture history;
  WeirTimelineModel *model;
  GPtrArray *mirror; /* (element-type WeirRow) what a view knows by the signals alone */
  guint n_updates;
} Fixture;

/* One second apart, the event's number in its id. */
static void
append (Fixture *fixture, guint first, guint n)
{
  for (guint i = first; i < first + n; i += PAGE)
    {
      GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *before = i > 0 ? g_strdup_printf ("c%u", i) : NULL;
      g_autofree char *after = g_strdup_printf ("c%u", i + MIN (PAGE, first + n - i));

      for (guint j = i; j < MIN (i + PAGE, first + n); j++)
        {
          g_autofree char *id = g_strdup_printf ("e%u", j);

          g_ptr_array_add (events, history_make_event (fixture->history.account, id,
                                                       j % 2 == 0 ? "created" : "updated", "s1",
                                                       "stripe:customer", (int) j, "{\"a\":1}"));
        }
      g_free (history_append (fixture->history.history, fixture->history.account, before, events,
                              after, NULL)
                  .cursor);
    }
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_assert_cmpuint (position + removed, <=, fixture->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, fixture->mirror->len);
}

static void
updated_cb (Fixture *fixture)
{
  fixture->n_updates++;
}

/* received = shown + filtered out + held back, whenever it can be read: without a query also while rows are on their way. */
static WeirBalance
get_balance (Fixture *fixture)
{
  gboolean partial = weir_timeline_model_is_partial (fixture->model);
  gboolean all = weir_timeline_model_get_query (fixture->model) == NULL;
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
  guint64 n;
  WeirBalance balance;

  weir_timeline_model_get_balance (fixture->model, &balance);
  n = balance.shown + weir_timeline_model_get_gaps (fixture->model)->len;
  if (!partial || all)
    g_assert_cmpuint (balance.received, ==,
                      balance.shown + balance.filtered_out + balance.held_back);
  if (partial && all)
    g_assert_cmpuint (n, >=, n_rows);
  else
    g_assert_cmpuint (n, ==, n_rows);

  return balance;
}

static void
check_balance (Fixture *fixture, guint shown, guint filtered_out, guint held_back)
{
  WeirBalance balance = get_balance (fixture);

  g_assert_cmpuint (balance.shown, ==, shown);
  g_assert_cmpuint (balance.filtered_out, ==, filtered_out);
  g_assert_cmpuint (balance.held_back, ==, held_back);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  history_fixture_set_up (&fixture->history, NULL);
  fixture->mirror = g_ptr_array_new ();
  fixture->model = weir_timeline_model_new (fixture->history.history);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect_swapped (fixture->model, "updated", G_CALLBACK (updated_cb), fixture);
}

/* What is asked is cancelled, and holds the model until it has ended. */
static void
let_go (WeirTimelineModel *model)
{
  gpointer watched = model;

  g_object_add_weak_pointer (G_OBJECT (model), &watched);
  g_object_run_dispose (G_OBJECT (model));
  g_object_unref (model);
  while (watched != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* The history's own workers may be the last to have it. */
static void
wait_for_history (HistoryFixture *history)
{
  while (G_OBJECT (history->history)->ref_count > 1)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->model, fixture);
  let_go (fixture->model);
  wait_for_history (&fixture->history);
  g_ptr_array_unref (fixture->mirror);
  history_fixture_tear_down (&fixture->history, NULL);
}

static void
wait_for_rows (Fixture *fixture, guint n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) != n
         || weir_timeline_model_is_partial (fixture->model))
    {
      get_balance (fixture);
      g_main_context_iteration (NULL, TRUE);
    }
  get_balance (fixture);
}

static void
wait_for_held (Fixture *fixture, guint n)
{
  while (get_balance (fixture).held_back < n)
    g_main_context_iteration (NULL, TRUE);
}

static WeirRow *
wait_for_event (Fixture *fixture, guint position)
{
  WeirRow *row = g_list_model_get_item (G_LIST_MODEL (fixture->model), position);

  while (WEIR_TIMELINE_ITEM (weir_row_get_item (row))->event == NULL)
    g_main_context_iteration (NULL, TRUE);

  return row;
}

static void
check_row (Fixture *fixture, guint position, const char *id)
{
  g_autoptr (WeirRow) row = wait_for_event (fixture, position);
  WeirTimelineItem *item = weir_row_get_item (row);

  g_assert_cmpstr (weir_record_get_id (WEIR_RECORD (item->event)), ==, id);
  g_assert_cmpint (item->event->occurred_at, ==, item->time);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirRow) first = NULL;
  g_autoptr (WeirRow) again = NULL;
  gint64 time;
  gint64 id;

  append (fixture, 0, N_EVENTS);
  weir_timeline_model_set_active (fixture->model, TRUE);
  g_assert_true (weir_timeline_model_is_loading (fixture->model));
  wait_for_rows (fixture, N_EVENTS);
  g_assert_false (weir_timeline_model_is_loading (fixture->model));
  check_balance (fixture, N_EVENTS, 0, 0);

  /* the newest come with their events; of others a placeholder first, then the event; the same row each time */
  first = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  g_assert_nonnull (WEIR_TIMELINE_ITEM (weir_row_get_item (first))->event);
  g_clear_object (&first);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->model), 3000);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->model), 3000);
  g_assert_true (first == again);
  g_assert_null (WEIR_TIMELINE_ITEM (weir_row_get_item (first))->event);
  check_row (fixture, 0, "e9999");
  check_row (fixture, 1, "e9998");
  check_row (fixture, N_EVENTS - 1, "e0");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), N_EVENTS));

  g_assert_cmpuint (weir_timeline_model_find_time (fixture->model, HISTORY_TIME), ==, G_MAXUINT);
  g_assert_cmpuint (weir_timeline_model_find_time (fixture->model, G_MAXINT64), ==, 0);
  g_assert_cmpuint (
      weir_timeline_model_find_time (fixture->model, HISTORY_TIME + 5 * G_TIME_SPAN_SECOND), ==,
      N_EVENTS - 5);
  g_assert_true (weir_timeline_model_get_mark (fixture->model, 77, &time, &id));
  g_assert_cmpuint (weir_timeline_model_find (fixture->model, time, id), ==, 77);
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirTimelineCache) cache = weir_timeline_cache_new (fixture->history.history);
  g_autoptr (WeirHistoryIndex) index = NULL;

  append (fixture, 0, 3000);
  index = weir_history_query (fixture->history.history, NULL, 0, NULL);
  for (guint i = 0; i < 3000; i++)
    g_object_unref (weir_timeline_cache_get (cache, index, i));
  g_assert_cmpuint (weir_timeline_cache_count (cache), <=, 1024);
  g_object_run_dispose (G_OBJECT (cache));
}

static void
test_following (Fixture *fixture, gconstpointer data)
{
  append (fixture, 0, 1000);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 1000);
  append (fixture, 1000, 500);
  wait_for_rows (fixture, 1500);
  check_row (fixture, 0, "e1499");
  check_row (fixture, 500, "e999");

  /* nobody looks */
  weir_timeline_model_set_active (fixture->model, FALSE);
  append (fixture, 1500, 500);
  fixture->n_updates = 0;
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (5000);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (fixture->n_updates, ==, 0);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 2000);
}

static void
test_paused (Fixture *fixture, gconstpointer data)
{
  append (fixture, 0, N_EVENTS);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, N_EVENTS);

  weir_timeline_model_set_following (fixture->model, FALSE);
  append (fixture, N_EVENTS, 1000);
  wait_for_held (fixture, 1000);
  append (fixture, N_EVENTS + 1000, 1000);
  wait_for_held (fixture, 2000);
  check_balance (fixture, N_EVENTS, 0, 2000);
  check_row (fixture, 0, "e9999");
  g_assert_cmpuint (
      weir_timeline_model_find_time (fixture->model, HISTORY_TIME + 20000 * G_TIME_SPAN_SECOND), ==,
      0);

  weir_timeline_model_bring_in (fixture->model);
  check_balance (fixture, N_EVENTS + 2000, 0, 0);
  g_assert_false (weir_timeline_model_get_following (fixture->model));
  check_row (fixture, 0, "e11999");

  append (fixture, N_EVENTS + 2000, 10);
  wait_for_held (fixture, 10);
  weir_timeline_model_set_following (fixture->model, TRUE);
  check_balance (fixture, N_EVENTS + 2010, 0, 0);
  check_row (fixture, 0, "e12009");
  check_row (fixture, N_EVENTS + 2009, "e0");
}

static void
store_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirHistoryIndex **shown = user_data;

  *shown = weir_timeline_model_dup_shown_finish (WEIR_TIMELINE_MODEL (source), result);
}

static WeirHistoryIndex *
wait_for_shown (WeirHistoryIndex **shown)
{
  while (*shown == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *shown;
}

/* What comes late while paused is held back, too, wherever it belongs. */
static void
test_paused_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) other = history_make_account ("uuid-2", "Other");
  g_autoptr (WeirHistoryIndex) shown = NULL;
  g_autoptr (WeirHistoryIndex) all = NULL;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  append (fixture, 0, 100);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 100);
  weir_timeline_model_set_following (fixture->model, FALSE);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%u", i);

      g_ptr_array_add (events,
                       history_make_event (other, id, "created", "s2", "c", (int) i * 6, "{}"));
    }
  g_free (history_append (fixture->history.history, other, NULL, events, "x", NULL).cursor);
  wait_for_held (fixture, 20);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", 99 - i);

      check_row (fixture, i, id);
    }
  append (fixture, 100, 50);
  wait_for_held (fixture, 70);
  check_balance (fixture, 100, 0, 70);

  /* what has rows when it is asked for, whatever comes in until then */
  weir_timeline_model_dup_shown_async (fixture->model, store_shown_cb, &shown);
  weir_timeline_model_bring_in (fixture->model);
  g_assert_cmpuint (weir_history_index_get_length (wait_for_shown (&shown)), ==, 100);
  for (guint i = 0; i < 100; i++)
    {
      WeirAccount *account =
          weir_history_index_get_account (shown, weir_history_index_get_group (shown, i));

      g_assert_cmpint (weir_history_index_get_time (shown, i), ==,
                       HISTORY_TIME + (gint64) i * G_TIME_SPAN_SECOND);
      g_assert_cmpstr (account->uuid, !=, "uuid-2");
    }
  weir_timeline_model_dup_shown_async (fixture->model, store_shown_cb, &all);
  g_assert_true (wait_for_shown (&all) == weir_timeline_model_get_index (fixture->model));

  check_balance (fixture, 170, 0, 0);
  check_row (fixture, 0, "e149");
  check_row (fixture, 169, "e0");
  check_row (fixture, 168, "x0");
}

/* An account goes with its events while others are held back. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) other = history_make_account ("uuid-2", "Other");
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  append (fixture, 0, 100);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%u", i);

      g_ptr_array_add (events,
                       history_make_event (other, id, "created", "s2", "c", (int) i * 6, "{}"));
    }
  g_free (history_append (fixture->history.history, other, NULL, events, "x", NULL).cursor);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 110);
  weir_timeline_model_set_following (fixture->model, (gboolean) GPOINTER_TO_INT (data));
  append (fixture, 100, 50);
  if (GPOINTER_TO_INT (data))
    wait_for_rows (fixture, 160);
  else
    wait_for_held (fixture, 50);
  g_assert_true (weir_history_remove_account (fixture->history.history, "uuid-2", &error));
  g_assert_no_error (error);
  wait_for_rows (fixture, GPOINTER_TO_INT (data) ? 150 : 100);
  if (!GPOINTER_TO_INT (data))
    {
      check_balance (fixture, 100, 0, 50);
      check_row (fixture, 0, "e99");
      weir_timeline_model_bring_in (fixture->model);
    }
  check_balance (fixture, 150, 0, 0);
  check_row (fixture, 0, "e149");
  check_row (fixture, 149, "e0");
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirQuery) query = weir_query_new ("kind:updated", NULL);
  g_autoptr (WeirQuery) none = weir_query_new ("kind:nothing", NULL);

  append (fixture, 0, 1000);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 1000);
  weir_timeline_model_set_query (fixture->model, query);
  g_assert_true (weir_timeline_model_is_loading (fixture->model));
  wait_for_rows (fixture, 500);
  check_row (fixture, 0, "e999");
  check_row (fixture, 1, "e997");
  /* what the query leaves out is still counted */
  check_balance (fixture, 500, 500, 0);
  weir_timeline_model_set_following (fixture->model, FALSE);
  append (fixture, 1000, 100);
  wait_for_held (fixture, 50);
  check_balance (fixture, 500, 550, 50);
  weir_timeline_model_set_following (fixture->model, TRUE);
  check_balance (fixture, 550, 550, 0);

  weir_timeline_model_set_query (fixture->model, none);
  weir_timeline_model_set_query (fixture->model, NULL);
  wait_for_rows (fixture, 1100);
  weir_timeline_model_set_query (fixture->model, none);
  wait_for_rows (fixture, 0);
  check_balance (fixture, 0, 1100, 0);
}

/* What is older than an hour by now goes, while the timeline follows. */
static void
test_relative (Fixture *fixture, gconstpointer data)
{
  const gint64 later = HISTORY_TIME + G_TIME_SPAN_HOUR;
  g_autoptr (WeirQuery) query = weir_query_new ("after:1h", NULL);

  weir_clock_set_fake (later);
  append (fixture, 0, 100);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 100);
  weir_timeline_model_set_query (fixture->model, query);
  wait_for_rows (fixture, 100);

  weir_clock_set_fake (later + 40 * G_TIME_SPAN_SECOND);
  append (fixture, 100, 10);
  wait_for_rows (fixture, 70);
  check_row (fixture, 0, "e109");
  check_row (fixture, 69, "e40");

  /* who reads in peace keeps what there was */
  weir_timeline_model_set_following (fixture->model, FALSE);
  weir_clock_set_fake (later + 80 * G_TIME_SPAN_SECOND);
  append (fixture, 110, 10);
  wait_for_held (fixture, 10);
  check_row (fixture, 69, "e40");
  weir_clock_set_fake (0);
}

/* Rows are never taken for the answer to a query that failed, not by what is asked later either. */
static void
test_failed_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirQuery) query = weir_query_new ("kind:updated", NULL);
  g_autoptr (WeirDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  append (fixture, 0, 1000);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 1000);

  db = weir_database_open (fixture->history.path, NULL, &error);
  g_assert_true (weir_database_exec (db, "ALTER TABLE state RENAME TO away", &error));
  weir_timeline_model_set_query (fixture->model, query);
  while (weir_timeline_model_is_loading (fixture->model))
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (weir_timeline_model_get_error (fixture->model), WEIR_HISTORY_ERROR,
                  WEIR_HISTORY_ERROR_STORAGE);

  g_assert_true (weir_database_exec (db, "ALTER TABLE away RENAME TO state", &error));
  g_assert_no_error (error);
  weir_timeline_model_retry (fixture->model);
  while (weir_timeline_model_get_error (fixture->model) != NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_for_rows (fixture, 500);
  check_row (fixture, 0, "e999");
  check_balance (fixture, 500, 500, 0);
}

static void
test_dispose_while_pending (void)
{
  HistoryFixture history;
  WeirTimelineModel *model;

  history_fixture_set_up (&history, NULL);
  model = weir_timeline_model_new (history.history);
  weir_timeline_model_set_active (model, TRUE);
  let_go (model);
  wait_for_history (&history);
  history_fixture_tear_down (&history, NULL);
}

static WeirGap *
make_gap (WeirAccount *account, gint64 id, int from, int to)
{
  return weir_gap_new_full (id, account, "events", NULL, WEIR_GAP_OFF,
                            HISTORY_TIME + from * G_TIME_SPAN_SECOND,
                            to != 0 ? HISTORY_TIME + to * G_TIME_SPAN_SECOND : 0,
                            HISTORY_TIME + 1000 * G_TIME_SPAN_SECOND, 0, NULL);
}

static void
add_gap (Fixture *fixture, int from, int to)
{
  g_autoptr (WeirGap) gap = make_gap (fixture->history.account, 0, from, to);
  g_autoptr (GError) error = NULL;

  g_assert_true (weir_history_add_gap (fixture->history.history, gap, &error));
  g_assert_no_error (error);
}

static WeirTimelineItem *
get_item (Fixture *fixture, guint position)
{
  g_autoptr (WeirRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), position);

  return weir_row_get_item (row);
}

/* Each has a row at its end's place in time, whatever comes around it, and none once it is filled. */
static void
test_gaps (Fixture *fixture, gconstpointer data)
{
  gint64 second;

  append (fixture, 0, 100);
  add_gap (fixture, 20, 30);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 101);
  check_balance (fixture, 100, 0, 0);
  g_assert_nonnull (get_item (fixture, 70)->gap);
  check_row (fixture, 69, "e30");
  check_row (fixture, 71, "e29");
  g_assert_cmpuint (
      weir_timeline_model_find_time (fixture->model, HISTORY_TIME + 30 * G_TIME_SPAN_SECOND), ==,
      71);
  g_assert_cmpuint (
      weir_timeline_model_find_time (fixture->model, HISTORY_TIME + 31 * G_TIME_SPAN_SECOND), ==,
      69);

  add_gap (fixture, 70, 80);
  add_gap (fixture, 200, 0);
  wait_for_rows (fixture, 103);
  g_assert_nonnull (get_item (fixture, 0)->gap);
  g_assert_nonnull (get_item (fixture, 21)->gap);
  g_assert_nonnull (get_item (fixture, 72)->gap);
  check_row (fixture, 1, "e99");
  second = get_item (fixture, 21)->gap->id;
  g_assert_cmpuint (weir_timeline_model_find_gap_row (fixture->model, second), ==, 21);
  g_assert_nonnull (weir_timeline_model_find_gap (fixture->model, second));

  /* new rows below a gap that goes on, some of them in a run that gaps break */
  append (fixture, 100, 50);
  wait_for_rows (fixture, 153);
  g_assert_nonnull (get_item (fixture, 0)->gap);
  check_row (fixture, 1, "e149");
  g_assert_cmpuint (weir_timeline_model_find_gap_row (fixture->model, second), ==, 71);

  weir_timeline_model_set_filling (fixture->model, second, TRUE);
  g_assert_true (get_item (fixture, 71)->filling);
  g_assert_true (weir_history_fill_gap (fixture->history.history, second, 0, 0, NULL));
  wait_for_rows (fixture, 152);
  g_assert_null (weir_timeline_model_find_gap (fixture->model, second));
  check_row (fixture, 70, "e80");
  check_row (fixture, 71, "e79");
}

static void
test_gap_filter (void)
{
  g_autoptr (WeirAccount) account = history_make_account ("uuid-1", "Acme");
  const struct
  {
    const char *query;
    gboolean matches;
  } cases[] = {
    { "", TRUE },
    { "kind:deleted words", TRUE },
    { "account:acme", TRUE },
    { "account:other", FALSE },
    { "-account:acme kind:x", FALSE },
    { "provider:sequin", TRUE },
    { "provider:oracle", FALSE },
    { "sub:s1", TRUE },
    { "before:2024-11-10T18:38:10Z", FALSE },
    { "before:2024-11-10T18:38:25Z", TRUE },
    { "after:2024-11-10T18:38:25Z", TRUE },
    { "after:2024-11-10T18:38:31Z", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GError) error = NULL;
      g_autoptr (WeirQuery) query = weir_query_new (cases[i].query, &error);

      g_assert_no_error (error);
      g_ptr_array_add (gaps, make_gap (account, 1, 20, 30));
      weir_timeline_filter_gaps (gaps, query);
      g_assert_cmpuint (gaps->len, ==, cases[i].matches ? 1 : 0);
    }
}

/* Events of one account that are older than the newest of another come in between. */
static void
test_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirAccount) other = history_make_account ("uuid-2", "Other");
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  append (fixture, 0, 100);
  weir_timeline_model_set_active (fixture->model, TRUE);
  wait_for_rows (fixture, 100);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%u", i);

      g_ptr_array_add (events,
                       history_make_event (other, id, "created", "s2", "c", (int) i * 6, "{}"));
    }
  g_free (history_append (fixture->history.history, other, NULL, events, "x", NULL).cursor);
  wait_for_rows (fixture, 120);
  check_row (fixture, 0, "x19");
  check_row (fixture, 1, "x18");
  check_row (fixture, 2, "x17");
  check_row (fixture, 3, "e99");
  check_row (fixture, 119, "e0");
  check_row (fixture, 118, "x0");
}

int
main (int argc, char *argv[])
{
  /* an hour of November has two names there */
  g_setenv ("TZ", "America/New_York", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/timeline-model/rows", Fixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/timeline-model/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/timeline-model/following", Fixture, NULL, set_up, test_following, tear_down);
  g_test_add ("/timeline-model/paused", Fixture, NULL, set_up, test_paused, tear_down);
  g_test_add ("/timeline-model/query", Fixture, NULL, set_up, test_query, tear_down);
  g_test_add ("/timeline-model/failed-query", Fixture, NULL, set_up, test_failed_query, tear_down);
  g_test_add ("/timeline-model/relative", Fixture, NULL, set_up, test_relative, tear_down);
  g_test_add ("/timeline-model/between", Fixture, NULL, set_up, test_between, tear_down);
  g_test_add_func ("/timeline-model/dispose-while-pending", test_dispose_while_pending);
  g_test_add ("/timeline-model/paused-between", Fixture, NULL, set_up, test_paused_between,
              tear_down);
  g_test_add ("/timeline-model/removed", Fixture, GINT_TO_POINTER (TRUE), set_up, test_removed,
              tear_down);
  g_test_add ("/timeline-model/removed-paused", Fixture, GINT_TO_POINTER (FALSE), set_up,
              test_removed, tear_down);
  g_test_add ("/timeline-model/gaps", Fixture, NULL, set_up, test_gaps, tear_down);
  g_test_add_func ("/timeline-gap-filter", test_gap_filter);

  return g_test_run ();
}
