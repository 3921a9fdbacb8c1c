/* weir-perf-query.c: how long a history takes to answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   weir-perf-query HISTORY.DB [TRIES]
 *
 * For each query on a line of standard input it prints a line: ms to the newest 200 matches, ms to all of them, ms to all
 * of them and their histogram, how many there are; each the median of the tries. Asked as the timeline asks: from a main
 * loop, while a worker answers.
 */

#include "weir-history.h"
#include "weir-timeline-count.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCREEN 200
#define BINS 300
#define MOST_TRIES 99

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
} Wait;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static WeirHistoryIndex *
ask (WeirHistory *history, WeirQuery *query, guint limit, Wait *wait)
{
  g_autoptr (GError) error = NULL;
  WeirHistoryIndex *index;

  weir_history_query_async (history, query, limit, NULL, answer_cb, wait);
  g_main_loop_run (wait->loop);
  index = weir_history_query_finish (history, wait->result, &error);
  g_clear_object (&wait->result);
  if (index == NULL)
    g_error ("%s", error->message);
  return index;
}

static void
count (WeirHistoryIndex *index, Wait *wait)
{
  static const char *const uuids[] = { NULL }, *const names[] = { "All", NULL };
  g_auto (GStrv) groups = NULL;
  WeirTimelineQuestion question = { .n_bins = BINS, .uuids = uuids, .names = names };
  guint n = weir_history_index_get_length (index);
  gint64 start = n > 0 ? weir_history_index_get_time (index, 0) : 0;
  gint64 end = n > 0 ? weir_history_index_get_time (index, n - 1) : 0;

  question.start = start;
  question.length = (end - start) / BINS + 1;
  weir_timeline_count_async (index, &question, NULL, answer_cb, wait);
  g_main_loop_run (wait->loop);
  g_object_unref (weir_timeline_count_finish (wait->result, &groups, NULL));
  g_clear_object (&wait->result);
}

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

int
main (int argc, char *argv[])
{
  guint tries = CLAMP (argc > 2 ? (guint) atoi (argv[2]) : 5, 1, MOST_TRIES);
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistory) history = argc > 1 ? weir_history_new (argv[1], &error) : NULL;
  Wait wait = { .loop = g_main_loop_new (NULL, FALSE) };
  char line[1024];

  if (history == NULL)
    {
      g_printerr ("weir-perf-query HISTORY.DB [TRIES]: %s\n", error != NULL ? error->message : "");
      return 2;
    }
  /* what is done once, when the window opens */
  g_object_unref (ask (history, NULL, SCREEN, &wait));
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_autoptr (WeirQuery) query = weir_query_new (g_strchomp (line), &error);
      double first[MOST_TRIES], all[MOST_TRIES], counted[MOST_TRIES];
      guint n = 0;

      if (query == NULL)
        g_error ("%s: %s", line, error->message);
      for (guint i = 0; i < tries; i++)
        {
          gint64 start = g_get_monotonic_time ();
          WeirHistoryIndex *index;

          g_object_unref (ask (history, query, SCREEN, &wait));
          first[i] = since (start);
          start = g_get_monotonic_time ();
          index = ask (history, query, 0, &wait);
          all[i] = since (start);
          count (index, &wait);
          counted[i] = since (start);
          n = weir_history_index_get_length (index);
          g_object_unref (index);
        }
      printf ("%.3f %.3f %.3f %u\n", find_median (first, tries), find_median (all, tries),
              find_median (counted, tries), n);
      fflush (stdout);
    }
  g_main_loop_unref (wait.loop);
  return 0;
}
