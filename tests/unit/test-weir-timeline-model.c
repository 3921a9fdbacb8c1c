/* test-weir-timeline-model.c: the timeline's rows over a history that grows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-row.h"
#include "weir-timeline-cache.h"
#include "weir-timeline-diff.h"
#include "weir-timeline-item.h"
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
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) != n)
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

  append (fixture, 0, N_EVENTS);
  weir_timeline_model_set_active (fixture->model, TRUE);
  g_assert_true (weir_timeline_model_is_loading (fixture->model));
  wait_for_rows (fixture, N_EVENTS);
  g_assert_false (weir_timeline_model_is_loading (fixture->model));
  g_assert_cmpuint (weir_timeline_model_get_total (fixture->model), ==, N_EVENTS);

  /* a placeholder first, then the event; the same row each time */
  first = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
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
  g_assert_cmpuint (weir_timeline_model_find (fixture->model,
                                              weir_timeline_model_get_time (fixture->model, 77),
                                              weir_timeline_model_get_id (fixture->model, 77)),
                    ==, 77);
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WeirTimelineCache) cache = weir_timeline_cache_new (fixture->history.history);

  append (fixture, 0, 3000);
  for (gint64 id = 1; id <= 3000; id++)
    g_object_unref (weir_timeline_cache_get (cache, id, 0, NULL));
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
  while (weir_timeline_model_get_held (fixture->model) < 1000)
    g_main_context_iteration (NULL, TRUE);
  append (fixture, N_EVENTS + 1000, 1000);
  while (weir_timeline_model_get_held (fixture->model) < 2000)
    g_main_context_iteration (NULL, TRUE);
  /* received = shown + held back */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, N_EVENTS);
  g_assert_cmpuint (weir_timeline_model_get_total (fixture->model), ==, N_EVENTS + 2000);
  check_row (fixture, 0, "e9999");

  weir_timeline_model_bring_in (fixture->model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, N_EVENTS + 2000);
  g_assert_cmpuint (weir_timeline_model_get_held (fixture->model), ==, 0);
  g_assert_false (weir_timeline_model_get_following (fixture->model));
  check_row (fixture, 0, "e11999");

  append (fixture, N_EVENTS + 2000, 10);
  while (weir_timeline_model_get_held (fixture->model) < 10)
    g_main_context_iteration (NULL, TRUE);
  weir_timeline_model_set_following (fixture->model, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, N_EVENTS + 2010);
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
  while (weir_timeline_model_get_total (fixture->model) != 1000)
    g_main_context_iteration (NULL, TRUE);

  weir_timeline_model_set_query (fixture->model, none);
  weir_timeline_model_set_query (fixture->model, NULL);
  wait_for_rows (fixture, 1000);
  weir_timeline_model_set_query (fixture->model, none);
  wait_for_rows (fixture, 0);
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

static WeirHistoryIndex *
make_index (const int *seconds, guint n)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (WeirHistoryEntry));

  for (guint i = 0; i < n; i++)
    {
      WeirHistoryEntry entry = { seconds[i], seconds[i], 0 };

      g_array_append_val (entries, entry);
    }

  return weir_history_index_new (entries, g_hash_table_new (NULL, NULL));
}

static void
check_run (GArray *runs, guint i, guint position, guint count)
{
  g_assert_cmpuint (i, <, runs->len);
  g_assert_cmpuint (g_array_index (runs, WeirTimelineRun, i).position, ==, position);
  g_assert_cmpuint (g_array_index (runs, WeirTimelineRun, i).count, ==, count);
}

static void
test_diff (void)
{
  const int before[] = { 10, 20, 30, 40 };
  const int after[] = { 5, 10, 20, 25, 26, 30, 40, 50, 60 };
  const int less[] = { 10, 30, 40, 50 };
  g_autoptr (WeirHistoryIndex) old = make_index (before, G_N_ELEMENTS (before));
  g_autoptr (WeirHistoryIndex) new = make_index (after, G_N_ELEMENTS (after));
  g_autoptr (WeirHistoryIndex) gone = make_index (less, G_N_ELEMENTS (less));
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GArray) same = NULL;
  g_autoptr (GArray) all = NULL;
  guint added;

  runs = weir_timeline_diff (old, new, &added);
  g_assert_nonnull (runs);
  g_assert_cmpuint (added, ==, 5);
  g_assert_cmpuint (runs->len, ==, 3);
  check_run (runs, 0, 0, 2);
  check_run (runs, 1, 4, 2);
  check_run (runs, 2, 8, 1);

  same = weir_timeline_diff (old, old, &added);
  g_assert_cmpuint (same->len, ==, 0);
  g_assert_cmpuint (added, ==, 0);

  g_assert_null (weir_timeline_diff (old, gone, &added));
  g_assert_cmpuint (added, ==, 1);

  all = weir_timeline_diff (NULL, old, &added);
  check_run (all, 0, 0, 4);
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
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/timeline-model/rows", Fixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/timeline-model/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/timeline-model/following", Fixture, NULL, set_up, test_following, tear_down);
  g_test_add ("/timeline-model/paused", Fixture, NULL, set_up, test_paused, tear_down);
  g_test_add ("/timeline-model/query", Fixture, NULL, set_up, test_query, tear_down);
  g_test_add ("/timeline-model/between", Fixture, NULL, set_up, test_between, tear_down);
  g_test_add_func ("/timeline-model/dispose-while-pending", test_dispose_while_pending);
  g_test_add_func ("/timeline-diff", test_diff);

  return g_test_run ();
}
