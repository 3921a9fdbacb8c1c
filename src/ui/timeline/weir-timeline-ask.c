/* weir-timeline-ask.c: the history's next answer to a query, and what is new in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-ask.h"

#include "weir-timeline-diff.h"

typedef struct
{
  WeirQuery *query;         /* (nullable) */
  WeirHistoryIndex *before; /* (nullable) */
  guint limit;
  WeirTimelineAnswer *answer; /* (nullable) */
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->query);
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
compare (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (question->before == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&question->answer),
                             (GDestroyNotify) weir_timeline_answer_free);
      return;
    }

  g_task_run_in_thread (task, compare_in_thread);
}

static void
total_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WeirHistoryIndex) all =
      weir_history_query_finish (WEIR_HISTORY (source), result, &error);

  if (all == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  question->answer->received = weir_history_index_get_length (all);
  compare (task);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  GCancellable *cancellable;
  WeirHistoryIndex *index = weir_history_query_finish (WEIR_HISTORY (source), result, &error);

  if (index == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  question->answer = g_new0 (WeirTimelineAnswer, 1);
  question->answer->index = index;
  question->answer->received = weir_history_index_get_length (index);
  if (question->query == NULL && question->limit == 0)
    {
      compare (task);
      return;
    }

  cancellable = g_task_get_cancellable (task);
  weir_history_query_async (WEIR_HISTORY (source), NULL, 0, cancellable, total_cb,
                            g_steal_pointer (&task));
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
 * weir_timeline_ask_async:
 * @history: has the events
 * @query: (nullable): which are asked for; %NULL all
 * @before: (nullable): the answer that is known
 * @limit: only the newest so many; 0 for all
 * @cancellable: (nullable): to give up with
 * @callback: gets the result
 * @user_data: for @callback
 */
void
weir_timeline_ask_async (WeirHistory *history,
                         WeirQuery *query,
                         WeirHistoryIndex *before,
                         guint limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Question *question;

  g_return_if_fail (WEIR_IS_HISTORY (history));

  question = g_new0 (Question, 1);
  g_set_object (&question->query, query);
  g_set_object (&question->before, before);
  question->limit = limit;
  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_timeline_ask_async);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
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
