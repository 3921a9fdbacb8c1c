/* weir-timeline-model-rows.c: how the timeline's rows change, and which is where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-model-private.h"

#include "weir-row.h"

/* With more the views are told that all is different. */
#define MAX_RUNS 200
/* A view has some 205 rows. */
#define VIEW_ROWS 210

/* A run of rows from the newest event on; gaps that stand in it have rows of their own. */
static void
tell_shown (WeirTimelineModel *self, guint place, guint count)
{
  while (count > 0)
    {
      guint n = weir_timeline_rows_count_unbroken (self->rows, place, count);

      weir_timeline_rows_show (self->rows, place, n);
      g_list_model_items_changed (G_LIST_MODEL (self),
                                  weir_timeline_rows_find (self->rows, place + n - 1), 0, n);
      place += n;
      count -= n;
    }
}

/* In pieces: of rows that begin among those without widgets and go on beyond them a view is not to be told at once. */
static void
tell_unbroken_hidden (WeirTimelineModel *self, guint place, guint count)
{
  while (count > 0)
    {
      guint row = weir_timeline_rows_find (self->rows, place + count - 1);
      guint n = count;

      if (self->find_end != NULL)
        n = self->find_end (row, row + count, self->find_end_data) - row;
      g_assert (n > 0 && n <= count);
      count -= n;
      weir_timeline_rows_hide (self->rows, place + count, n);
      g_list_model_items_changed (G_LIST_MODEL (self), row, n, 0);
    }
}

static void
tell_hidden (WeirTimelineModel *self, guint place, guint count)
{
  while (count > 0)
    {
      guint n = weir_timeline_rows_count_unbroken (self->rows, place, count);

      tell_unbroken_hidden (self, place, n);
      place += n;
      count -= n;
    }
}

static void
show_hidden (WeirTimelineModel *self)
{
  g_autoptr (GArray) hidden = g_array_copy (weir_timeline_rows_get_hidden (self->rows));

  /* the oldest first: the rows of the others do not move */
  for (guint i = 0; i < hidden->len; i++)
    {
      WeirHistoryRun *run = &g_array_index (hidden, WeirHistoryRun, i);

      tell_shown (self, run->position, run->count);
    }
}

/* A view that is told at once of what came and what went looks for each old row among the new ones, and fills its widgets
 * anew where it finds none; where all is gone first it makes new widgets, which takes much longer. So as many rows as
 * it has widgets for come with what goes, and the others after them. */
static void
replace (WeirTimelineModel *self, WeirHistoryIndex *index, GArray *hidden)
{
  guint removed = weir_timeline_rows_get_length (self->rows);
  g_autoptr (GPtrArray) gaps =
      g_ptr_array_copy (weir_timeline_rows_get_gaps (self->rows), (GCopyFunc) g_object_ref, NULL);
  guint n = weir_history_index_get_length (index);
  WeirHistoryRun rest = { 0, n - MIN (n, VIEW_ROWS) };
  g_autoptr (GArray) later = NULL;

  g_ptr_array_set_free_func (gaps, g_object_unref);
  for (guint i = 0; i < gaps->len; i++)
    weir_timeline_rows_remove_gap (self->rows, WEIR_GAP (g_ptr_array_index (gaps, i))->id);
  if ((hidden == NULL || hidden->len == 0) && rest.count > 0)
    {
      later = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
      g_array_append_val (later, rest);
    }
  weir_timeline_rows_set_index (self->rows, index, later != NULL ? later : hidden);
  for (guint i = 0; i < gaps->len; i++)
    weir_timeline_rows_add_gap (self->rows, g_ptr_array_index (gaps, i));
  if (removed > 0 || weir_timeline_rows_get_length (self->rows) > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed,
                                weir_timeline_rows_get_length (self->rows));
  if (later != NULL)
    tell_shown (self, rest.position, rest.count);
  self->replaced_at = g_get_monotonic_time ();
}

static gboolean
has_gap (GPtrArray *gaps, WeirGap *gap)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *other = g_ptr_array_index (gaps, i);

      if (other->id == gap->id && other->from == gap->from && other->to == gap->to)
        return TRUE;
    }

  return FALSE;
}

/**
 * weir_timeline_model_apply:
 * @self: the model
 * @answer: what is known now, against the rows' index
 *
 * The answer is what the rows are from now on.
 */
void
weir_timeline_model_apply (WeirTimelineModel *self, WeirTimelineAnswer *answer)
{
  gboolean is_news = answer->added == NULL || answer->added->len + answer->removed->len > 0;
  gboolean show = self->following || self->loading || self->partial;
  g_autoptr (GArray) hidden = NULL;
  gboolean all;

  self->received = answer->received;
  if (answer->added != NULL)
    {
      g_autoptr (GArray) left =
          weir_timeline_runs_cut (weir_timeline_rows_get_hidden (self->rows), answer->removed);

      hidden = weir_timeline_runs_merge (left, answer->added);
    }
  all = answer->added == NULL || answer->added->len + answer->removed->len > MAX_RUNS
        || (answer->removed->len > 0 && weir_timeline_rows_get_n_hidden (self->rows) > 0);

  if (!is_news || (!show && !all && answer->removed->len == 0))
    {
      weir_timeline_rows_set_index (self->rows, answer->index, hidden);
      return;
    }

  g_signal_emit_by_name (self, "about-to-update", all);
  if (all)
    {
      replace (self, answer->index, show ? NULL : hidden);
    }
  else
    {
      for (guint i = 0; i < answer->removed->len; i++)
        {
          WeirHistoryRun *run = &g_array_index (answer->removed, WeirHistoryRun, i);

          tell_hidden (self, run->position, run->count);
        }
      weir_timeline_rows_set_index (self->rows, answer->index, hidden);
      if (show)
        show_hidden (self);
    }
  g_signal_emit_by_name (self, "updated", all);
}

/**
 * weir_timeline_model_set_find_end:
 * @self: the model
 * @find_end: (nullable): which of rows that go are to go first
 * @user_data: for @find_end
 */
void
weir_timeline_model_set_find_end (WeirTimelineModel *self,
                                  WeirTimelineFindEnd find_end,
                                  gpointer user_data)
{
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  self->find_end = find_end;
  self->find_end_data = user_data;
}

/**
 * weir_timeline_model_set_gaps:
 * @self: the model
 * @gaps: (element-type WeirGap): those that there are now
 */
void
weir_timeline_model_set_gaps (WeirTimelineModel *self, GPtrArray *gaps)
{
  g_autoptr (GPtrArray) before =
      g_ptr_array_copy (weir_timeline_rows_get_gaps (self->rows), (GCopyFunc) g_object_ref, NULL);
  gboolean changed = FALSE;

  g_ptr_array_set_free_func (before, g_object_unref);
  /* while paused nothing comes in, not even a gap */
  for (guint i = gaps->len; !self->following && !self->gaps_fresh && i-- > 0;)
    {
      if (weir_timeline_rows_find_gap (self->rows, WEIR_GAP (g_ptr_array_index (gaps, i))->id)
          == G_MAXUINT)
        g_ptr_array_remove_index (gaps, i);
    }
  self->gaps_fresh = FALSE;
  for (guint i = 0; i < before->len; i++)
    changed = changed || !has_gap (gaps, g_ptr_array_index (before, i));
  for (guint i = 0; i < gaps->len; i++)
    changed = changed || !has_gap (before, g_ptr_array_index (gaps, i));
  if (!changed)
    return;

  g_signal_emit_by_name (self, "about-to-update", FALSE);
  for (guint i = 0; i < before->len; i++)
    {
      WeirGap *gap = g_ptr_array_index (before, i);
      guint row = weir_timeline_rows_find_gap (self->rows, gap->id);

      if (has_gap (gaps, gap))
        continue;
      weir_timeline_rows_remove_gap (self->rows, gap->id);
      g_hash_table_remove (self->gap_rows, &gap->id);
      g_list_model_items_changed (G_LIST_MODEL (self), row, 1, 0);
    }
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = g_ptr_array_index (gaps, i);

      if (has_gap (before, gap))
        continue;
      weir_timeline_rows_add_gap (self->rows, gap);
      g_list_model_items_changed (G_LIST_MODEL (self),
                                  weir_timeline_rows_find_gap (self->rows, gap->id), 0, 1);
    }
  g_signal_emit_by_name (self, "updated", FALSE);
  g_signal_emit_by_name (self, "gaps-changed");
  g_signal_emit_by_name (self, "changed");
}

/**
 * weir_timeline_model_bring_in:
 * @self: the model
 *
 * Shows what is held back, and goes on holding back what comes if it does so now.
 */
void
weir_timeline_model_bring_in (WeirTimelineModel *self)
{
  gboolean all;

  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (weir_timeline_rows_get_n_hidden (self->rows) == 0)
    return;

  all = weir_timeline_rows_get_hidden (self->rows)->len > MAX_RUNS;
  g_signal_emit_by_name (self, "about-to-update", all);
  if (all)
    {
      g_autoptr (WeirHistoryIndex) index = g_object_ref (weir_timeline_rows_get_index (self->rows));

      replace (self, index, NULL);
    }
  else
    {
      show_hidden (self);
    }
  g_signal_emit_by_name (self, "updated", all);
  g_signal_emit_by_name (self, "changed");
}

/**
 * weir_timeline_model_find:
 * @self: the model
 * @time: when an event occurred
 * @id: its number in the history
 *
 * Returns: its row's position, %G_MAXUINT if it has none
 */
guint
weir_timeline_model_find (WeirTimelineModel *self, gint64 time, gint64 id)
{
  WeirHistoryIndex *index;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), G_MAXUINT);

  index = weir_timeline_rows_get_index (self->rows);
  if (index == NULL)
    return G_MAXUINT;

  for (guint i = weir_history_index_find_time (index, time);
       i < weir_history_index_get_length (index) && weir_history_index_get_time (index, i) == time;
       i++)
    {
      if (weir_history_index_get_id (index, i) == id)
        return weir_timeline_rows_find (self->rows, i);
    }

  return G_MAXUINT;
}

/**
 * weir_timeline_model_find_gap_version:
 * @self: the model
 * @gap: a gap
 *
 * Returns: the position of the row of what is known of that gap now, %G_MAXUINT if it has none
 */
guint
weir_timeline_model_find_gap_version (WeirTimelineModel *self, WeirGap *gap)
{
  GPtrArray *gaps;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), G_MAXUINT);

  gaps = weir_timeline_rows_get_gaps (self->rows);
  for (guint i = 0; i < gaps->len; i++)
    {
      if (weir_gap_same (g_ptr_array_index (gaps, i), gap))
        return weir_timeline_rows_find_gap (self->rows, WEIR_GAP (g_ptr_array_index (gaps, i))->id);
    }

  return G_MAXUINT;
}

/**
 * weir_timeline_model_find_time:
 * @self: the model
 * @time: a time, µs
 *
 * Returns: the position of the newest row of an event before @time; %G_MAXUINT if there is none
 */
guint
weir_timeline_model_find_time (WeirTimelineModel *self, gint64 time)
{
  WeirHistoryIndex *index;
  guint place;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), G_MAXUINT);

  index = weir_timeline_rows_get_index (self->rows);
  if (index == NULL)
    return G_MAXUINT;

  place = weir_history_index_find_time (index, time);

  return place > 0 ? weir_timeline_rows_find (self->rows, place - 1) : G_MAXUINT;
}

/**
 * weir_timeline_model_get_mark:
 * @self: the model
 * @position: a row's position
 * @time: (out): when its event occurred, µs
 * @id: (out): its number in the history
 *
 * For a gap they are those of the next event below.
 *
 * Returns: whether there is one
 */
gboolean
weir_timeline_model_get_mark (WeirTimelineModel *self, guint position, gint64 *time, gint64 *id)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), FALSE);

  for (; position < weir_timeline_rows_get_length (self->rows); position++)
    {
      WeirHistoryIndex *index = weir_timeline_rows_get_index (self->rows);
      guint place;

      if (weir_timeline_rows_get (self->rows, position, &place) != NULL)
        continue;

      *time = weir_history_index_get_time (index, place);
      *id = weir_history_index_get_id (index, place);
      return TRUE;
    }

  return FALSE;
}

/**
 * weir_timeline_model_dup_shown_async:
 * @self: a model that has an index
 * @callback: gets the result
 * @user_data: for @callback
 *
 * Asks for the events that have a row now.
 */
void
weir_timeline_model_dup_shown_async (WeirTimelineModel *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, weir_timeline_model_dup_shown_async);
  weir_timeline_rows_dup_shown (self->rows, task);
}

/**
 * weir_timeline_model_dup_shown_finish:
 * @self: the model
 * @result: what the callback got
 *
 * Returns: (transfer full): the events
 */
WeirHistoryIndex *
weir_timeline_model_dup_shown_finish (WeirTimelineModel *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * weir_timeline_model_renew_gap:
 * @self: the model
 * @id: of a gap
 *
 * Makes its row's item anew: what is said of the gap has changed, though itself it has not.
 */
void
weir_timeline_model_renew_gap (WeirTimelineModel *self, gint64 id)
{
  g_autoptr (WeirTimelineItem) item = NULL;
  WeirGap *gap;
  WeirRow *row;

  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  gap = weir_timeline_model_find_gap (self, id);
  row = g_hash_table_lookup (self->gap_rows, &id);
  if (gap == NULL || row == NULL)
    return;

  item = weir_timeline_item_new_gap (gap, g_hash_table_contains (self->filling, &id));
  weir_row_set_item (row, item);
}

/**
 * weir_timeline_model_set_filling:
 * @self: the model
 * @id: of a gap
 * @filling: whether it is asked for now
 */
void
weir_timeline_model_set_filling (WeirTimelineModel *self, gint64 id, gboolean filling)
{
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (filling)
    g_hash_table_add (self->filling, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->filling, &id);
  weir_timeline_model_renew_gap (self, id);
}
