/* weir-history-search.c: queries put to a history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-search.h"

#include "weir-clock.h"
#include "weir-history-scan.h"

static gboolean
is_everything (const WeirScan *scan)
{
  for (guint i = 1; i < scan->n_facets; i++)
    {
      if (!scan->facets[i] && weir_facets_get (weir_memory_get_facets (scan->memory), i) != NULL)
        return FALSE;
    }
  return !weir_scan_needs_bytes (scan);
}

static WeirNumbers *
filter (const WeirScan *scan,
        const WeirMemoryView *view,
        guint limit,
        const guint8 *bits,
        GCancellable *cancellable)
{
  const WeirColumns *columns = weir_memory_get_columns (scan->memory);
  guint from = weir_numbers_find_time (view->order, columns, scan->from);
  guint to = scan->to == G_MAXINT64 ? weir_numbers_get_length (view->order)
                                    : weir_numbers_find_time (view->order, columns, scan->to);

  to = MAX (from, to);
  if (is_everything (scan))
    return weir_numbers_slice (view->order, limit > 0 ? to - MIN (to - from, limit) : from, to);

  return weir_numbers_filter (view->order, columns, from, to, scan->facets, scan->n_facets, bits,
                              limit, cancellable);
}

static WeirNumbers *
answer (const WeirScan *scan,
        WeirDatabase *db,
        const WeirMemoryView *view,
        guint limit,
        char **warning,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree guint8 *bits = NULL;
  g_autoptr (WeirNumbers) numbers = NULL;

  if (weir_scan_needs_bytes (scan))
    {
      bits = g_new0 (guint8, (gsize) view->last_number / 8 + 1);
      if (!weir_scan_all (scan, db, limit, bits, view->last_number, warning, cancellable, error))
        return NULL;
    }

  numbers = filter (scan, view, limit, bits, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&numbers);
}

/**
 * weir_history_search:
 * @memory: as fresh as the answer is to be
 * @db: a connection
 * @question: what is asked
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #WEIR_SQLITE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the answer, or %NULL
 */
WeirHistoryIndex *
weir_history_search (WeirMemory *memory,
                     WeirDatabase *db,
                     WeirQuestion *question,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (WeirMemoryView) view = { 0 };
  g_auto (WeirScan) scan = { 0 };
  g_autofree char *warning = NULL;
  WeirNumbers *numbers;

  /* the view first: what facets it has are then known */
  weir_memory_take_view (memory, &view);
  weir_scan_init (&scan, memory, question->match);

  warning = weir_memory_dup_damage (memory);
  numbers = answer (&scan, db, &view, question->limit, &warning, cancellable, error);
  if (numbers == NULL)
    return NULL;
  return weir_history_index_new_answer (memory, question, numbers, &view, warning);
}

/* What the newer list has that the older has not; NULL where the older has something that the newer has not. */
static GArray *
compare_lists (WeirNumbers *older, WeirNumbers *newer)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  guint n_older = weir_numbers_get_length (older);
  guint n_newer = weir_numbers_get_length (newer);
  guint at = 0;

  for (guint i = 0; i < n_newer; i++)
    {
      WeirHistoryRun *last =
          runs->len > 0 ? &g_array_index (runs, WeirHistoryRun, runs->len - 1) : NULL;
      WeirHistoryRun run = { i, 1 };

      if (at < n_older && weir_numbers_get (older, at) == weir_numbers_get (newer, i))
        at++;
      else if (last != NULL && last->position + last->count == i)
        last->count++;
      else
        g_array_append_val (runs, run);
    }
  return at == n_older ? g_steal_pointer (&runs) : NULL;
}

static WeirHistoryIndex *
search_all_again (WeirMemory *memory,
                  WeirDatabase *db,
                  WeirHistoryIndex *index,
                  GArray **runs,
                  GCancellable *cancellable,
                  GError **error)
{
  WeirHistoryIndex *again =
      weir_history_search (memory, db, weir_history_index_get_question (index), cancellable, error);

  if (again != NULL)
    *runs = compare_lists (weir_history_index_get_numbers (index),
                           weir_history_index_get_numbers (again));
  return again;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;

  return (one > other) - (one < other);
}

/* Splits what changed into what was in the list and is no more, and the other way round. */
static gboolean
sort_changes (const WeirScan *scan,
              WeirDatabase *db,
              WeirNumbers *list,
              gint64 last_number,
              GArray *changes,
              GArray *gone,
              GArray *added,
              char **warning,
              GCancellable *cancellable,
              GError **error)
{
  const WeirColumns *columns = weir_memory_get_columns (scan->memory);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) asked = NULL;
  guint at = 0;

  g_array_sort (changes, compare_numbers);
  for (guint i = 0; i < changes->len; i++)
    {
      guint32 number = g_array_index (changes, guint32, i);

      /* what came later is new anyway */
      if (number <= last_number
          && (wanted->len == 0 || g_array_index (wanted, guint32, wanted->len - 1) != number))
        g_array_append_val (wanted, number);
    }

  asked = g_array_copy (wanted);
  if (!weir_scan_some (scan, db, wanted, warning, cancellable, error))
    return FALSE;

  for (guint i = 0; i < asked->len; i++)
    {
      guint32 number = g_array_index (asked, guint32, i);
      gboolean is = at < wanted->len && g_array_index (wanted, guint32, at) == number;
      gboolean was = weir_numbers_contains (list, columns, number);

      at += is;
      if (was && !is)
        g_array_append_val (gone, number);
      else if (is && !was)
        g_array_append_val (added, number);
    }
  return TRUE;
}

static WeirHistoryIndex *
extend (WeirMemory *memory,
        WeirDatabase *db,
        WeirHistoryIndex *index,
        const WeirMemoryView *view,
        GArray *changes,
        GArray **runs,
        GCancellable *cancellable,
        GError **error)
{
  WeirQuestion *question = weir_history_index_get_question (index);
  const WeirMemoryView *before = weir_history_index_get_view (index);
  const WeirColumns *columns = weir_memory_get_columns (memory);
  g_auto (WeirScan) scan = { 0 };
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) other = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) added_runs = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  g_autoptr (WeirNumbers) rest = NULL;
  g_autofree char *warning = g_strdup (weir_history_index_get_warning (index));

  weir_scan_init (&scan, memory, question->match);
  for (gint64 number = before->last_number + 1; number <= view->last_number; number++)
    {
      guint32 small = (guint32) number;

      g_array_append_val (added, small);
    }
  if (!weir_scan_some (&scan, db, added, &warning, cancellable, error)
      || !sort_changes (&scan, db, weir_history_index_get_numbers (index), before->last_number,
                        changes, gone, other, &warning, cancellable, error))
    return NULL;

  g_array_append_vals (added, other->data, other->len);
  weir_numbers_sort (weir_numbers_of_array (added), added->len, columns);
  weir_numbers_sort (weir_numbers_of_array (gone), gone->len, columns);
  if (gone->len > 0)
    rest = weir_numbers_remove (weir_history_index_get_numbers (index), columns,
                                weir_numbers_of_array (gone), gone->len);
  else
    {
      rest = weir_numbers_ref (weir_history_index_get_numbers (index));
      *runs = g_array_ref (added_runs);
    }

  return weir_history_index_new_answer (
      memory, question,
      weir_numbers_merge (rest, columns, weir_numbers_of_array (added), added->len, added_runs),
      view, warning);
}

/**
 * weir_history_search_again:
 * @memory: as fresh as the answer is to be
 * @db: a connection
 * @index: an answer of before
 * @runs: (out) (nullable) (element-type WeirHistoryRun): what the newer answer has that the older has not, by position
 *   in the newer; %NULL if the older has something that the newer has not
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #WEIR_SQLITE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Looks only at what is new, where nothing went and nothing has another time.
 *
 * Returns: (transfer full): the answer to the same question now, the same object if nothing changed; or %NULL
 */
WeirHistoryIndex *
weir_history_search_again (WeirMemory *memory,
                           WeirDatabase *db,
                           WeirHistoryIndex *index,
                           GArray **runs,
                           GCancellable *cancellable,
                           GError **error)
{
  const WeirMemoryView *before = weir_history_index_get_view (index);
  g_auto (WeirMemoryView) view = { 0 };
  g_autoptr (GArray) changes = NULL;

  *runs = NULL;
  weir_memory_take_view (memory, &view);
  if (view.generation == before->generation && view.last_number == before->last_number
      && view.n_changes == before->n_changes)
    {
      *runs = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
      return g_object_ref (index);
    }

  changes = weir_memory_list_changes (memory, before->n_changes);
  if (view.generation != before->generation || changes == NULL
      || weir_history_index_get_question (index)->limit > 0)
    return search_all_again (memory, db, index, runs, cancellable, error);
  return extend (memory, db, index, &view, changes, runs, cancellable, error);
}

/**
 * weir_history_search_new:
 * @memory: as fresh as the answer is to be
 * @db: a connection
 * @query: (nullable): what to ask; %NULL for everything
 * @last_id: (inout): number of the newest event that was there before; negative: only sets it
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #WEIR_SQLITE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type gint64): numbers in the order of arrival, or %NULL
 */
GArray *
weir_history_search_new (WeirMemory *memory,
                         WeirDatabase *db,
                         WeirQuery *query,
                         gint64 *last_id,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (WeirQuestion) question = weir_question_new (query, 0);
  g_auto (WeirMemoryView) view = { 0 };
  g_auto (WeirScan) scan = { 0 };
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  weir_memory_take_view (memory, &view);
  weir_scan_init (&scan, memory, question->match);
  for (gint64 number = *last_id + 1; *last_id >= 0 && number <= view.last_number; number++)
    {
      guint32 small = (guint32) number;

      g_array_append_val (numbers, small);
    }
  if (!weir_scan_some (&scan, db, numbers, NULL, cancellable, error))
    return NULL;

  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 id = g_array_index (numbers, guint32, i);

      g_array_append_val (ids, id);
    }
  *last_id = MAX (*last_id, view.last_number);
  return g_steal_pointer (&ids);
}
