/* weir-history-ask.c: the questions that a history answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-private.h"

#include "weir-history-reader.h"
#include "weir-history-search.h"

typedef struct
{
  WeirQuery *query;
  guint limit;
} QueryArguments;

typedef struct
{
  WeirQuery *query;
  gint64 *last_id;
} NewArguments;

typedef struct
{
  WeirAccount *account;
  char **event_ids;
} FindArguments;

typedef struct
{
  WeirAccount *account;
  char *stream;
  char *cursor; /* (nullable) the answer */
} CursorArguments;

static void
query_arguments_free (QueryArguments *arguments)
{
  g_clear_object (&arguments->query);
  g_free (arguments);
}

static void
find_arguments_free (FindArguments *arguments)
{
  g_clear_object (&arguments->account);
  g_strfreev (arguments->event_ids);
  g_free (arguments);
}

static void
cursor_arguments_free (CursorArguments *arguments)
{
  g_clear_object (&arguments->account);
  g_free (arguments->stream);
  g_free (arguments->cursor);
  g_free (arguments);
}

static gpointer
run_query (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  QueryArguments *arguments = data;
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);
  g_autoptr (WeirQuestion) question = NULL;

  if (memory == NULL)
    return NULL;
  question = weir_question_new (arguments->query, arguments->limit);
  return weir_history_search (memory, db, question, g_cancellable_get_current (), error);
}

static gpointer
prepare (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (weir_history_get_fresh (owner, db, error) != NULL);
}

static gpointer
list_new (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  NewArguments *arguments = data;
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);

  if (memory == NULL)
    return NULL;
  return weir_history_search_new (memory, db, arguments->query, arguments->last_id,
                                  g_cancellable_get_current (), error);
}

static gpointer
load_events (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);

  return memory != NULL ? weir_history_reader_load (memory, db, data, error) : NULL;
}

static gpointer
find_events (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  FindArguments *arguments = data;
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);

  if (memory == NULL)
    return NULL;
  return weir_history_reader_find (memory, db, arguments->account,
                                   (const char *const *) arguments->event_ids, error);
}

static gpointer
get_cursor (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  CursorArguments *arguments = data;

  return GINT_TO_POINTER (weir_history_reader_get_cursor (db, arguments->account, arguments->stream,
                                                          &arguments->cursor, error));
}

static gpointer
list_seen (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);

  return memory != NULL ? weir_history_reader_list_seen (memory, data) : NULL;
}

static gpointer
get_activity (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirMemory *memory = weir_history_get_fresh (owner, db, error);

  return memory != NULL ? weir_history_reader_get_activity (memory, data) : NULL;
}

/**
 * weir_history_prepare:
 * @self: a history
 *
 * Begins to read what questions are answered from, so that the first one need not wait for it. What goes wrong is told
 * to whoever asks.
 */
void
weir_history_prepare (WeirHistory *self)
{
  g_return_if_fail (WEIR_IS_HISTORY (self));

  weir_history_push (self, WEIR_LANE_SCAN, prepare, g_task_new (self, NULL, NULL, NULL), NULL);
}

/**
 * weir_history_query:
 * @self: a history
 * @query: (nullable): what to ask; %NULL for everything
 * @limit: the newest so many, 0 for all
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full): where the events are, oldest first; or %NULL
 */
WeirHistoryIndex *
weir_history_query (WeirHistory *self, WeirQuery *query, guint limit, GError **error)
{
  QueryArguments arguments = { query, limit };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (query == NULL || WEIR_IS_QUERY (query), NULL);

  return weir_history_call (self, WEIR_LANE_SCAN, run_query, &arguments, error);
}

/**
 * weir_history_query_async:
 * @self: a history
 * @query: (nullable): what to ask; %NULL for everything
 * @limit: the newest so many, 0 for all
 * @cancellable: (nullable): a #GCancellable; a query that is running already ends at once too
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_query().
 */
void
weir_history_query_async (WeirHistory *self,
                          WeirQuery *query,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  QueryArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (query == NULL || WEIR_IS_QUERY (query));

  arguments = g_new0 (QueryArguments, 1);
  g_set_object (&arguments->query, query);
  arguments->limit = limit;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_query_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) query_arguments_free);
  weir_history_push (self, WEIR_LANE_SCAN, run_query, task, g_object_unref);
}

/**
 * weir_history_query_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): where the events are, oldest first; or %NULL
 */
WeirHistoryIndex *
weir_history_query_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_history_list_new:
 * @self: a history
 * @query: (nullable): what to ask; %NULL for everything
 * @last_id: (inout): number of the newest event that was there before, moved on to what is the newest now; negative: lists
 *   nothing and only sets it
 * @error: return location for a #WeirHistoryError
 *
 * For who shows events as they come: a late one stands far from the end of weir_history_query()'s answer.
 *
 * Returns: (transfer full) (element-type gint64): numbers in the order of arrival; or %NULL
 */
GArray *
weir_history_list_new (WeirHistory *self, WeirQuery *query, gint64 *last_id, GError **error)
{
  NewArguments arguments = { query, last_id };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (query == NULL || WEIR_IS_QUERY (query), NULL);
  g_return_val_if_fail (last_id != NULL, NULL);

  return weir_history_call (self, WEIR_LANE_SCAN, list_new, &arguments, error);
}

/**
 * weir_history_load:
 * @self: a history
 * @ids: (array length=n_ids): numbers
 * @n_ids: how many
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirEvent): the events in the order asked, without those
 *   that are gone; or %NULL
 */
GPtrArray *
weir_history_load (WeirHistory *self, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GArray) arguments = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  g_array_append_vals (arguments, ids, n_ids);
  return weir_history_call (self, WEIR_LANE_LOAD, load_events, arguments, error);
}

/**
 * weir_history_load_async:
 * @self: a history
 * @ids: (array length=n_ids): numbers; copied
 * @n_ids: how many
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_load().
 */
void
weir_history_load_async (WeirHistory *self,
                         const gint64 *ids,
                         guint n_ids,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GArray *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (ids != NULL || n_ids == 0);

  arguments = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (arguments, ids, n_ids);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_load_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) g_array_unref);
  weir_history_push (self, WEIR_LANE_LOAD, load_events, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_load_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirEvent): the events; or %NULL
 */
GPtrArray *
weir_history_load_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_history_find_async:
 * @self: a history
 * @account: whose events
 * @event_ids: (nullable): the provider's ids of events, such as those a pull collected
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks up events by the provider's own ids, of whichever stream.
 */
void
weir_history_find_async (WeirHistory *self,
                         WeirAccount *account,
                         const char *const *event_ids,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  FindArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  arguments = g_new0 (FindArguments, 1);
  arguments->account = g_object_ref (account);
  arguments->event_ids = g_strdupv ((char **) event_ids);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_find_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) find_arguments_free);
  weir_history_push (self, WEIR_LANE_LOAD, find_events, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_find_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirEvent): those that are known, in the order asked; or %NULL
 */
GPtrArray *
weir_history_find_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_history_get_cursor:
 * @self: a history
 * @account: whose
 * @stream: which stream
 * @cursor: (out) (nullable) (transfer full): the cursor, %NULL if the stream was never followed
 * @error: return location for a #WeirHistoryError
 *
 * Returns: whether it could be read
 */
gboolean
weir_history_get_cursor (WeirHistory *self,
                         WeirAccount *account,
                         const char *stream,
                         char **cursor,
                         GError **error)
{
  CursorArguments arguments = { account, (char *) stream, NULL };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (stream != NULL && cursor != NULL, FALSE);

  if (!weir_history_call (self, WEIR_LANE_LOAD, get_cursor, &arguments, error))
    return FALSE;

  *cursor = arguments.cursor;
  return TRUE;
}

/**
 * weir_history_get_cursor_async:
 * @self: a history
 * @account: whose
 * @stream: which stream
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_get_cursor().
 */
void
weir_history_get_cursor_async (WeirHistory *self,
                               WeirAccount *account,
                               const char *stream,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  CursorArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (stream != NULL);

  arguments = g_new0 (CursorArguments, 1);
  arguments->account = g_object_ref (account);
  arguments->stream = g_strdup (stream);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_get_cursor_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) cursor_arguments_free);
  weir_history_push (self, WEIR_LANE_LOAD, get_cursor, task, NULL);
}

/**
 * weir_history_get_cursor_finish:
 * @self: a history
 * @result: what the callback was given
 * @cursor: (out) (nullable) (transfer full): the cursor, %NULL if the stream was never followed
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it could be read
 */
gboolean
weir_history_get_cursor_finish (WeirHistory *self,
                                GAsyncResult *result,
                                char **cursor,
                                GError **error)
{
  CursorArguments *arguments;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (cursor != NULL, FALSE);

  if (!g_task_propagate_pointer (G_TASK (result), error))
    return FALSE;

  arguments = g_task_get_task_data (G_TASK (result));
  *cursor = g_steal_pointer (&arguments->cursor);
  return TRUE;
}

/**
 * weir_history_list_seen:
 * @self: a history
 * @account: whose events
 * @error: return location for a #WeirHistoryError
 *
 * For a server that has no list of its own.
 *
 * Returns: (transfer full) (element-type WeirSubscription): what stands for each pair of sync and
 *   collection that events have, sorted; or %NULL
 */
GPtrArray *
weir_history_list_seen (WeirHistory *self, WeirAccount *account, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, list_seen, account, error);
}

/**
 * weir_history_list_seen_async:
 * @self: a history
 * @account: whose events
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_list_seen().
 */
void
weir_history_list_seen_async (WeirHistory *self,
                              WeirAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_list_seen_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  weir_history_push (self, WEIR_LANE_LOAD, list_seen, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_list_seen_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirSubscription): as weir_history_list_seen()
 */
GPtrArray *
weir_history_list_seen_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_history_activity_async:
 * @self: a history
 * @account: whose events
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Counts the events of each subscription. The hours are those of the clock, UTC.
 */
void
weir_history_activity_async (WeirHistory *self,
                             WeirAccount *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_activity_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  weir_history_push (self, WEIR_LANE_SCAN, get_activity, task, (GDestroyNotify) g_hash_table_unref);
}

/**
 * weir_history_activity_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Besides the subscriptions themselves there is an entry "SUBSCRIPTION/COLLECTION" for each pair
 * seen: the id of what stands for a subscription where the provider lists none.
 *
 * Returns: (transfer full) (element-type utf8 WeirActivity): by subscription id; or %NULL
 */
GHashTable *
weir_history_activity_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
