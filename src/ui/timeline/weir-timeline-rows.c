/* weir-timeline-rows.c: which event or gap stands in which row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-rows.h"

struct _WeirTimelineRows
{
  WeirHistoryIndex *index; /* (nullable) */
  guint n_events;
  GArray *hidden; /* (element-type WeirHistoryRun) */
  GArray *before; /* (element-type guint) how many are hidden before each run */
  guint n_hidden;
  GPtrArray *gaps; /* (element-type WeirGap) by time */
  GArray *ranks;   /* (element-type guint) rows that are older than each gap */
};

static WeirHistoryRun *
get_hidden (WeirTimelineRows *self, guint i)
{
  return &g_array_index (self->hidden, WeirHistoryRun, i);
}

static guint
get_before (WeirTimelineRows *self, guint i)
{
  return i < self->before->len ? g_array_index (self->before, guint, i) : self->n_hidden;
}

/* How many events are seen among those before a place. */
static guint
count_seen (WeirTimelineRows *self, guint place)
{
  guint low = 0;
  guint high = self->hidden->len;
  WeirHistoryRun *last;

  /* the first run that does not begin before it */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (get_hidden (self, middle)->position < place)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return place;

  last = get_hidden (self, low - 1);

  return place - get_before (self, low - 1) - MIN (last->count, place - last->position);
}

/* The place of the seen event that has so many seen ones before it. */
static guint
find_seen (WeirTimelineRows *self, guint n_before)
{
  guint low = 0;
  guint high = self->hidden->len;

  /* the first run that has more seen ones before it */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (get_hidden (self, middle)->position - get_before (self, middle) <= n_before)
        low = middle + 1;
      else
        high = middle;
    }

  return n_before + get_before (self, low);
}

static void
rank_gaps (WeirTimelineRows *self)
{
  g_array_set_size (self->ranks, self->gaps->len);
  for (guint i = 0; i < self->gaps->len; i++)
    {
      WeirGap *gap = g_ptr_array_index (self->gaps, i);
      guint place =
          self->index != NULL
              ? weir_history_index_find_time (self->index, weir_timeline_gap_get_time (gap))
              : 0;

      g_array_index (self->ranks, guint, i) = count_seen (self, place) + i;
    }
}

static void
count_hidden (WeirTimelineRows *self)
{
  self->n_hidden = 0;
  g_array_set_size (self->before, self->hidden->len);
  for (guint i = 0; i < self->hidden->len; i++)
    {
      g_array_index (self->before, guint, i) = self->n_hidden;
      self->n_hidden += get_hidden (self, i)->count;
    }
  rank_gaps (self);
}

/* How many gaps are older than a row that has so many rows older than it. */
static guint
count_gaps (WeirTimelineRows *self, guint rank)
{
  guint low = 0;
  guint high = self->ranks->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->ranks, guint, middle) < rank)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * weir_timeline_rows_new:
 *
 * Returns: (transfer full): no rows
 */
WeirTimelineRows *
weir_timeline_rows_new (void)
{
  WeirTimelineRows *self = g_new0 (WeirTimelineRows, 1);

  self->hidden = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  self->before = g_array_new (FALSE, FALSE, sizeof (guint));
  self->gaps = g_ptr_array_new_with_free_func (g_object_unref);
  self->ranks = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

/**
 * weir_timeline_rows_free:
 * @self: (transfer full): rows
 */
void
weir_timeline_rows_free (WeirTimelineRows *self)
{
  g_clear_object (&self->index);
  g_array_unref (self->hidden);
  g_array_unref (self->before);
  g_ptr_array_unref (self->gaps);
  g_array_unref (self->ranks);
  g_free (self);
}

/**
 * weir_timeline_rows_set_index:
 * @self: rows
 * @index: (nullable): the events
 * @hidden: (nullable) (element-type WeirHistoryRun): those without a row
 *
 * The gaps stay, each at its time.
 */
void
weir_timeline_rows_set_index (WeirTimelineRows *self, WeirHistoryIndex *index, GArray *hidden)
{
  g_set_object (&self->index, index);
  self->n_events = index != NULL ? weir_history_index_get_length (index) : 0;
  g_array_set_size (self->hidden, 0);
  if (hidden != NULL && hidden->len > 0)
    g_array_append_vals (self->hidden, hidden->data, hidden->len);
  count_hidden (self);
}

/**
 * weir_timeline_rows_show:
 * @self: rows
 * @place: of the first event, in the index
 * @count: how many
 *
 * Gives rows to events that are hidden, all of them.
 */
void
weir_timeline_rows_show (WeirTimelineRows *self, guint place, guint count)
{
  for (guint i = 0; i < self->hidden->len; i++)
    {
      WeirHistoryRun *run = get_hidden (self, i);
      WeirHistoryRun rest = { place + count, run->position + run->count - place - count };

      if (place < run->position || place + count > run->position + run->count)
        continue;

      run->count = place - run->position;
      if (run->count == 0 && rest.count == 0)
        g_array_remove_index (self->hidden, i);
      else if (run->count == 0)
        *run = rest;
      else if (rest.count > 0)
        g_array_insert_val (self->hidden, i + 1, rest);
      break;
    }
  count_hidden (self);
}

/**
 * weir_timeline_rows_hide:
 * @self: rows
 * @place: of the first event, in the index
 * @count: how many
 *
 * Takes the rows of events away, none of which is hidden.
 */
void
weir_timeline_rows_hide (WeirTimelineRows *self, guint place, guint count)
{
  WeirHistoryRun run = { place, count };
  guint i = 0;

  while (i < self->hidden->len && get_hidden (self, i)->position < place)
    i++;
  g_array_insert_val (self->hidden, i, run);
  count_hidden (self);
}

/**
 * weir_timeline_rows_count_unbroken:
 * @self: rows
 * @place: of the first event, in the index
 * @count: how many
 *
 * Returns: how many of them there are before the next gap, at least 1
 */
guint
weir_timeline_rows_count_unbroken (WeirTimelineRows *self, guint place, guint count)
{
  for (guint i = 0; i < self->gaps->len; i++)
    {
      guint at = weir_history_index_find_time (
          self->index, weir_timeline_gap_get_time (g_ptr_array_index (self->gaps, i)));

      if (at > place && at < place + count)
        return at - place;
    }

  return count;
}

/**
 * weir_timeline_rows_add_gap:
 * @self: rows
 * @gap: one that is not among them
 */
void
weir_timeline_rows_add_gap (WeirTimelineRows *self, WeirGap *gap)
{
  guint i = 0;

  while (i < self->gaps->len
         && weir_timeline_gap_get_time (g_ptr_array_index (self->gaps, i))
                <= weir_timeline_gap_get_time (gap))
    i++;
  g_ptr_array_insert (self->gaps, (int) i, g_object_ref (gap));
  rank_gaps (self);
}

/**
 * weir_timeline_rows_remove_gap:
 * @self: rows
 * @id: of a gap
 */
void
weir_timeline_rows_remove_gap (WeirTimelineRows *self, gint64 id)
{
  for (guint i = 0; i < self->gaps->len; i++)
    {
      if (WEIR_GAP (g_ptr_array_index (self->gaps, i))->id == id)
        {
          g_ptr_array_remove_index (self->gaps, i);
          break;
        }
    }
  rank_gaps (self);
}

/**
 * weir_timeline_rows_get_index:
 * @self: rows
 *
 * Returns: (transfer none) (nullable): the events
 */
WeirHistoryIndex *
weir_timeline_rows_get_index (WeirTimelineRows *self)
{
  return self->index;
}

typedef struct
{
  WeirHistoryIndex *index;
  GArray *hidden; /* (element-type WeirHistoryRun) */
} Shown;

static void
shown_free (Shown *shown)
{
  g_object_unref (shown->index);
  g_array_unref (shown->hidden);
  g_free (shown);
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Shown *shown = task_data;
  WeirHistoryIndex *index = shown->index;
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (WeirHistoryEntry));
  guint next = 0;

  for (guint i = 0; i < weir_history_index_get_length (index); i++)
    {
      const WeirHistoryRun *run =
          next < shown->hidden->len ? &g_array_index (shown->hidden, WeirHistoryRun, next) : NULL;
      WeirHistoryEntry entry;
      WeirAccount *account;

      if (run != NULL && i >= run->position)
        {
          i = run->position + run->count - 1;
          next++;
          continue;
        }
      entry.time = weir_history_index_get_time (index, i);
      entry.id = weir_history_index_get_id (index, i);
      entry.group = weir_history_index_get_group (index, i);
      g_array_append_val (entries, entry);
      account = weir_history_index_get_account (index, entry.group);
      if (account != NULL && !g_hash_table_contains (accounts, GUINT_TO_POINTER (entry.group)))
        g_hash_table_insert (accounts, GUINT_TO_POINTER (entry.group), g_object_ref (account));
    }
  g_task_return_pointer (task, weir_history_index_new (entries, g_steal_pointer (&accounts)),
                         g_object_unref);
}

/**
 * weir_timeline_rows_dup_shown:
 * @self: rows that have an index
 * @task: (transfer full): returns the events of the index that have a row, as a #WeirHistoryIndex
 *
 * Is a copy, made by a worker, if anything is hidden.
 */
void
weir_timeline_rows_dup_shown (WeirTimelineRows *self, GTask *task)
{
  Shown *shown;

  g_return_if_fail (self->index != NULL);
  g_return_if_fail (G_IS_TASK (task));

  if (weir_timeline_rows_get_n_hidden (self) == 0)
    {
      g_task_return_pointer (task, g_object_ref (self->index), g_object_unref);
    }
  else
    {
      shown = g_new0 (Shown, 1);
      shown->index = g_object_ref (self->index);
      /* what is hidden changes while it works */
      shown->hidden = g_array_copy (weir_timeline_rows_get_hidden (self));
      g_task_set_task_data (task, shown, (GDestroyNotify) shown_free);
      g_task_run_in_thread (task, copy_in_thread);
    }
  g_object_unref (task);
}

/**
 * weir_timeline_rows_get_length:
 * @self: rows
 *
 * Returns: their number, gaps included
 */
guint
weir_timeline_rows_get_length (WeirTimelineRows *self)
{
  return self->n_events - self->n_hidden + self->gaps->len;
}

/**
 * weir_timeline_rows_get_n_hidden:
 * @self: rows
 *
 * Returns: the number of events without a row
 */
guint
weir_timeline_rows_get_n_hidden (WeirTimelineRows *self)
{
  return self->n_hidden;
}

/**
 * weir_timeline_rows_get_hidden:
 * @self: rows
 *
 * Returns: (transfer none) (element-type WeirHistoryRun): the events without a row
 */
GArray *
weir_timeline_rows_get_hidden (WeirTimelineRows *self)
{
  return self->hidden;
}

/**
 * weir_timeline_rows_get_gaps:
 * @self: rows
 *
 * Returns: (transfer none) (element-type WeirGap): the gaps, by their time
 */
GPtrArray *
weir_timeline_rows_get_gaps (WeirTimelineRows *self)
{
  return self->gaps;
}

/**
 * weir_timeline_rows_get:
 * @self: rows
 * @row: one of them
 * @place: (out): the event's place in the index
 *
 * Returns: (transfer none) (nullable): the gap in the row; %NULL for an event
 */
WeirGap *
weir_timeline_rows_get (WeirTimelineRows *self, guint row, guint *place)
{
  guint rank = weir_timeline_rows_get_length (self) - 1 - row;
  guint i = count_gaps (self, rank);

  *place = G_MAXUINT;
  if (i < self->ranks->len && g_array_index (self->ranks, guint, i) == rank)
    return g_ptr_array_index (self->gaps, i);

  *place = find_seen (self, rank - i);

  return NULL;
}

/**
 * weir_timeline_rows_find:
 * @self: rows
 * @place: an event's place in the index
 *
 * Returns: its row, or that of the newest one before it; %G_MAXUINT if there is none
 */
guint
weir_timeline_rows_find (WeirTimelineRows *self, guint place)
{
  guint seen;
  guint rank;
  guint i;

  if (place >= self->n_events)
    return G_MAXUINT;

  seen = count_seen (self, place + 1);
  if (seen == 0)
    return G_MAXUINT;

  /* among the gaps: those with no more seen events before them are older */
  rank = seen - 1;
  for (i = count_gaps (self, rank); i < self->ranks->len; i++)
    {
      if (g_array_index (self->ranks, guint, i) - i > seen - 1)
        break;
    }

  return weir_timeline_rows_get_length (self) - 1 - (rank + i);
}

/**
 * weir_timeline_rows_find_gap:
 * @self: rows
 * @id: of a gap
 *
 * Returns: its row; %G_MAXUINT if it has none
 */
guint
weir_timeline_rows_find_gap (WeirTimelineRows *self, gint64 id)
{
  for (guint i = 0; i < self->gaps->len; i++)
    {
      if (WEIR_GAP (g_ptr_array_index (self->gaps, i))->id == id)
        return weir_timeline_rows_get_length (self) - 1 - g_array_index (self->ranks, guint, i);
    }

  return G_MAXUINT;
}

/**
 * weir_timeline_gap_get_time:
 * @gap: a gap
 *
 * Returns: its end, µs; of one that goes on, when it was noticed
 */
gint64
weir_timeline_gap_get_time (WeirGap *gap)
{
  return gap->to != 0 ? gap->to : MAX (gap->noticed_at, gap->from);
}

static void
append_run (GArray *runs, WeirHistoryRun run)
{
  WeirHistoryRun *last =
      runs->len > 0 ? &g_array_index (runs, WeirHistoryRun, runs->len - 1) : NULL;

  if (last != NULL && run.position <= last->position + last->count)
    last->count = MAX (last->count, run.position + run.count - last->position);
  else
    g_array_append_val (runs, run);
}

/**
 * weir_timeline_runs_merge:
 * @hidden: (element-type WeirHistoryRun): some events of an index
 * @added: (element-type WeirHistoryRun): what a newer index has more, by its own positions
 *
 * Returns: (transfer full) (element-type WeirHistoryRun): both, by the newer index' positions
 */
GArray *
weir_timeline_runs_merge (GArray *hidden, GArray *added)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  guint shift = 0;
  guint j = 0;

  for (guint i = 0; i < hidden->len; i++)
    {
      WeirHistoryRun *run = &g_array_index (hidden, WeirHistoryRun, i);
      WeirHistoryRun moved;
      guint end = run->position + run->count;

      for (; j < added->len; j++)
        {
          WeirHistoryRun *new = &g_array_index (added, WeirHistoryRun, j);

          if (new->position > run->position + shift)
            break;
          append_run (runs, *new);
          shift += new->count;
        }
      moved.position = run->position + shift;
      /* what came in between belongs to both */
      for (; j < added->len; j++)
        {
          WeirHistoryRun *new = &g_array_index (added, WeirHistoryRun, j);

          if (new->position >= end + shift)
            break;
          shift += new->count;
        }
      moved.count = end + shift - moved.position;
      append_run (runs, moved);
    }
  for (; j < added->len; j++)
    append_run (runs, g_array_index (added, WeirHistoryRun, j));

  return runs;
}

/* How many of the places before one are in runs. */
static guint
count_before (GArray *runs, guint place)
{
  guint count = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      WeirHistoryRun *run = &g_array_index (runs, WeirHistoryRun, i);

      if (run->position >= place)
        break;
      count += MIN (run->count, place - run->position);
    }

  return count;
}

/**
 * weir_timeline_runs_cut:
 * @hidden: (element-type WeirHistoryRun): some events of an index
 * @removed: (element-type WeirHistoryRun): what a newer index has not, by the older one's positions
 *
 * Returns: (transfer full) (element-type WeirHistoryRun): what is left of @hidden, by the newer index' positions
 */
GArray *
weir_timeline_runs_cut (GArray *hidden, GArray *removed)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));

  for (guint i = 0; i < hidden->len; i++)
    {
      WeirHistoryRun *run = &g_array_index (hidden, WeirHistoryRun, i);
      guint end = run->position + run->count;
      guint start = run->position - count_before (removed, run->position);
      WeirHistoryRun left = { start, end - count_before (removed, end) - start };

      if (left.count > 0)
        append_run (runs, left);
    }

  return runs;
}
