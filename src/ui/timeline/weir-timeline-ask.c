/* weir-timeline-ask.c: the history's next answer to a query, and what is new in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-ask.h"

#include "weir-query-match.h"
#include "weir-timeline-diff.h"

typedef struct
{
  WeirHistoryIndex *before;   /* (nullable) */
  WeirTimelineAnswer *answer; /* (nullable) */
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->before);
  g_clear_pointer (&question->answer, weir_timeline_answer_free);
  g_free (question);
}

static void
compare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Question *question = task_data;
  WeirTimelineAnswer *answer = question->answer;

  if (!weir_timeline_diff (question->before, answer->index, &answer->added, &answer->removed))
    {
      g_clear_pointer (&answer->added, g_array_unref);
      g_clear_pointer (&answer->removed, g_array_unref);
    }
  g_task_return_pointer (task, g_steal_pointer (&question->answer),
                         (GDestroyNotify) weir_timeline_answer_free);
}

static void
return_answer (GTask *task, WeirHistoryIndex *index)
{
  Question *question = g_task_get_task_data (task);
  WeirTimelineAnswer *answer = question->answer;

  answer->index = index;
  answer->received = weir_history_index_get_n_asked (index);
  /* the history knows what came, and not what went */
  if (question->before != NULL && answer->added == NULL)
    {
      g_task_run_in_thread (task, compare_in_thread);
      return;
    }
  if (answer->added != NULL)
    answer->removed = g_array_new (FALSE, FALSE, sizeof (WeirHistoryRun));
  g_task_return_pointer (task, g_steal_pointer (&question->answer),
                         (GDestroyNotify) weir_timeline_answer_free);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WeirHistoryIndex *index = weir_history_query_finish (WEIR_HISTORY (source), result, &error);

  if (index != NULL)
    return_answer (task, index);
  else
    g_task_return_error (task, error);
}

static void
renew_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  WeirHistoryIndex *index =
      weir_history_renew_finish (WEIR_HISTORY (source), result, &question->answer->added, &error);

  if (index != NULL)
    return_answer (task, index);
  else
    g_task_return_error (task, error);
}

/**
 * weir_timeline_answer_free:
 * @self: (transfer full): an answer
 */
void
weir_timeline_answer_free (WeirTimelineAnswer *self)
{
  g_clear_object (&self->index);
  g_clear_pointer (&self->added, g_array_unref);
  g_clear_pointer (&self->removed, g_array_unref);
  g_free (self);
}

/**
 * weir_timeline_ask_is_slow:
 * @query: (nullable): a query
 *
 * Returns: whether the bytes of events must be looked at: then there is a first screen before all is found
 */
gboolean
weir_timeline_ask_is_slow (WeirQuery *query)
{
  g_autoptr (WeirQueryMatch) match = weir_query_match_new (query, 0);

  return weir_query_match_needs_raw (match) || weir_query_match_needs_event (match);
}

/**
 * weir_timeline_ask_async:
 * @history: has the events
 * @query: (nullable): which are asked for; %NULL all
 * @before: (nullable): the answer that is known
 * @limit: only the newest so many; 0 for all
 * @renew: whether @before is all of the answer, so that only what is new must be looked at
 * @cancellable: (nullable): to give up with
 * @callback: gets the result
 * @user_data: for @callback
 */
void
weir_timeline_ask_async (WeirHistory *history,
                         WeirQuery *query,
                         WeirHistoryIndex *before,
                         guint limit,
                         gboolean renew,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Question *question;

  g_return_if_fail (WEIR_IS_HISTORY (history));
  g_return_if_fail (!renew || before != NULL);

  question = g_new0 (Question, 1);
  g_set_object (&question->before, before);
  question->answer = g_new0 (WeirTimelineAnswer, 1);
  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_timeline_ask_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  if (renew)
    weir_history_renew_async (history, before, cancellable, renew_cb, task);
  else
    weir_history_query_async (history, query, limit, cancellable, query_cb, task);
}

/**
 * weir_timeline_ask_finish:
 * @history: the history
 * @result: what the callback got
 * @error: why there is no answer
 *
 * Returns: (transfer full): the answer; %NULL with an error
 */
WeirTimelineAnswer *
weir_timeline_ask_finish (WeirHistory *history, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
