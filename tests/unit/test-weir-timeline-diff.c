/* test-weir-timeline-diff.c: what differs between two answers, and the span of time of a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-history-fixture.h"
#include "weir-timeline-diff.h"
#include "weir-timeline-zoom.h"

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
  g_assert_cmpuint (g_array_index (runs, WeirHistoryRun, i).position, ==, position);
  g_assert_cmpuint (g_array_index (runs, WeirHistoryRun, i).count, ==, count);
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
  GArray *added;
  GArray *removed;

  g_assert_true (weir_timeline_diff (old, new, &added, &removed));
  g_assert_cmpuint (removed->len, ==, 0);
  g_assert_cmpuint (added->len, ==, 3);
  check_run (added, 0, 0, 1);
  check_run (added, 1, 3, 2);
  check_run (added, 2, 7, 2);
  g_array_unref (added);
  g_array_unref (removed);

  g_assert_true (weir_timeline_diff (old, old, &added, &removed));
  g_assert_cmpuint (added->len + removed->len, ==, 0);
  g_array_unref (added);
  g_array_unref (removed);

  g_assert_true (weir_timeline_diff (old, gone, &added, &removed));
  check_run (added, 0, 3, 1);
  check_run (removed, 0, 1, 1);
  g_array_unref (added);
  g_array_unref (removed);

  g_assert_true (weir_timeline_diff (NULL, old, &added, &removed));
  check_run (added, 0, 0, 4);
  g_array_unref (added);
  g_array_unref (removed);
}

static GArray *
make_runs (guint n, const WeirHistoryRun *runs)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));

  g_array_append_vals (array, runs, n);

  return array;
}

/* Against a plain array of what is hidden, at random. */
static void
test_runs (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GArray) hidden = make_runs (0, NULL);
      g_autoptr (GArray) added = make_runs (0, NULL);
      g_autoptr (GArray) merged = NULL;
      g_autoptr (GArray) cut = NULL;
      gboolean expected[200] = { FALSE };
      gboolean is_added[200] = { FALSE };
      gboolean is_hidden[200] = { FALSE };
      guint n = 0;

      /* what is new, in the newer index */
      for (guint i = 0; i < 120;)
        {
          WeirHistoryRun run = { i, (guint) g_test_rand_int_range (1, 6) };

          if (g_test_rand_int_range (0, 3) == 0)
            {
              g_array_append_val (added, run);
              for (guint j = 0; j < run.count; j++)
                is_added[i + j] = TRUE;
            }
          i += run.count + 1;
        }
      /* the rest is the older index: some of it is hidden */
      for (guint i = 0; i < 130; i++)
        {
          if (is_added[i])
            {
              expected[i] = TRUE;
              continue;
            }
          expected[i] = is_hidden[n] = g_test_rand_int_range (0, 3) == 0;
          n++;
        }
      for (guint i = 0; i < n; i++)
        {
          WeirHistoryRun run = { i, 1 };

          if (!is_hidden[i])
            continue;
          while (i + run.count < n && is_hidden[i + run.count])
            run.count++;
          g_array_append_val (hidden, run);
          i += run.count;
        }

      merged = weir_timeline_runs_merge (hidden, added);
      for (guint i = 0; i < merged->len; i++)
        {
          WeirHistoryRun *run = &g_array_index (merged, WeirHistoryRun, i);

          for (guint j = 0; j < run->count; j++)
            {
              /* what came within a run of hidden ones is hidden, and each is counted once */
              g_assert_true (expected[run->position + j]);
              expected[run->position + j] = FALSE;
            }
        }
      for (guint i = 0; i < 130; i++)
        g_assert_false (expected[i]);

      /* and back again */
      cut = weir_timeline_runs_cut (merged, added);
      g_assert_cmpuint (cut->len, ==, hidden->len);
      for (guint i = 0; i < hidden->len; i++)
        check_run (cut, i, g_array_index (hidden, WeirHistoryRun, i).position,
                   g_array_index (hidden, WeirHistoryRun, i).count);
    }
}

static void
test_zoom (void)
{
  const gint64 times[] = { HISTORY_TIME, HISTORY_TIME + 30 * G_TIME_SPAN_SECOND,
                           HISTORY_TIME + 12345, G_GINT64_CONSTANT (1730593800000000),
                           G_GINT64_CONSTANT (1730597400000000) };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = weir_timeline_zoom_dup_text ("kind:created before:1h \"a b\"",
                                                           times[i], times[i] + 1000000);
      g_autoptr (WeirQuery) query = weir_query_new (text, NULL);
      g_autofree char *whole = weir_timeline_zoom_dup_whole (text);
      gint64 start;
      gint64 end;

      g_assert_nonnull (query);
      g_assert_true (weir_timeline_zoom_get_span (query, &start, &end));
      g_assert_cmpint (start, ==, times[i]);
      g_assert_cmpint (end, ==, times[i] + 1000000);
      g_assert_cmpstr (whole, ==, "kind:created \"a b\"");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline-diff", test_diff);
  g_test_add_func ("/timeline-runs", test_runs);
  g_test_add_func ("/timeline-zoom", test_zoom);

  return g_test_run ();
}
