/* weir-history-gaps-ask.c: what the history knows to be missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-gaps.h"

#include "weir-history-gaps-private.h"
#include "weir-history-private.h"
#include "weir-history-writer.h"

/* Arguments of all the questions, as the lanes take them. */
typedef struct
{
  WeirAccount *account; /* (nullable) */
  char *stream;
  char *subscription;
  WeirGap *gap;
  GPtrArray *gaps;
  gint64 id;
  gint64 from;
  gint64 to;
  gboolean open_only;
} Arguments;

static void
arguments_free (Arguments *arguments)
{
  g_clear_object (&arguments->account);
  g_clear_object (&arguments->gap);
  g_clear_pointer (&arguments->gaps, g_ptr_array_unref);
  g_free (arguments->stream);
  g_free (arguments->subscription);
  g_free (arguments);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arguments, arguments_free)

static GTask *
make_task (WeirHistory *self,
           Arguments *arguments,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data,
           gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, arguments, (GDestroyNotify) arguments_free);
  return task;
}

typedef gboolean (*Change) (WeirDatabase *db,
                            Arguments *arguments,
                            gboolean *changed,
                            GError **error);

/* In a transaction of its own: all of it or nothing. */
static gpointer
change_in_transaction (WeirHistory *self,
                       WeirDatabase *db,
                       Change change,
                       Arguments *arguments,
                       GError **error)
{
  gboolean changed = FALSE;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  if (!change (db, arguments, &changed, error) || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return NULL;
    }

  if (changed)
    weir_history_queue_changed (self, WEIR_HISTORY_GAPS_CHANGED);
  return GINT_TO_POINTER (TRUE);
}

static gboolean
add_gap (WeirDatabase *db, Arguments *arguments, gboolean *changed, GError **error)
{
  gint64 account;

  return weir_history_writer_put_account (db, arguments->gap->account, &account, error)
         && weir_history_gaps_add (db, account, arguments->gap, changed, error);
}

static gboolean
fill_gap (WeirDatabase *db, Arguments *arguments, gboolean *changed, GError **error)
{
  return weir_history_gaps_fill (db, arguments->id, arguments->from, arguments->to, changed, error);
}

static gboolean
settle_gaps (WeirDatabase *db, Arguments *arguments, gboolean *changed, GError **error)
{
  gint64 account;

  return weir_history_writer_put_account (db, arguments->account, &account, error)
         && weir_history_gaps_settle (db, account, arguments->stream, arguments->subscription,
                                      arguments->from, arguments->gaps, changed, error);
}

static gpointer
add_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  return change_in_transaction (owner, db, add_gap, data, error);
}

static gpointer
fill_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  return change_in_transaction (owner, db, fill_gap, data, error);
}

static gpointer
settle_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  return change_in_transaction (owner, db, settle_gaps, data, error);
}

static gpointer
list_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  Arguments *arguments = data;

  return weir_history_gaps_list (db, arguments->account, arguments->open_only, error);
}

static gpointer
place_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  Arguments *arguments = data;

  return weir_history_gaps_get_place (db, arguments->account, arguments->stream, error);
}

static Arguments *
make_list_arguments (WeirAccount *account, gboolean open_only)
{
  Arguments *arguments = g_new0 (Arguments, 1);

  g_set_object (&arguments->account, account);
  arguments->open_only = open_only;
  return arguments;
}

/**
 * weir_history_list_gaps:
 * @account: (nullable): only this account's
 * @open_only: whether to leave out those that are filled
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirGap): the gaps, earliest first; %NULL with @error set
 */
GPtrArray *
weir_history_list_gaps (WeirHistory *self, WeirAccount *account, gboolean open_only, GError **error)
{
  g_autoptr (Arguments) arguments = NULL;

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);

  arguments = make_list_arguments (account, open_only);
  return weir_history_call (self, WEIR_LANE_LOAD, list_job, arguments, error);
}

/**
 * weir_history_list_gaps_async:
 * @account: (nullable): only this account's
 * @open_only: whether to leave out those that are filled
 *
 * See weir_history_list_gaps().
 */
void
weir_history_list_gaps_async (WeirHistory *self,
                              WeirAccount *account,
                              gboolean open_only,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WEIR_IS_HISTORY (self));

  weir_history_push (self, WEIR_LANE_LOAD, list_job,
                     make_task (self, make_list_arguments (account, open_only), cancellable,
                                callback, user_data, weir_history_list_gaps_async),
                     (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_list_gaps_finish:
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirGap): the gaps, earliest first; %NULL with @error set
 */
GPtrArray *
weir_history_list_gaps_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_history_add_gap:
 * @gap: a gap; its id and when it was filled do not count
 * @error: return location for a #WeirHistoryError
 *
 * Keeps a gap. One that overlaps an open one of the same account, stream, subscription and cause
 * extends that.
 *
 * Returns: whether it is kept
 */
gboolean
weir_history_add_gap (WeirHistory *self, WeirGap *gap, GError **error)
{
  Arguments arguments = { .gap = gap };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (WEIR_IS_GAP (gap), FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, add_job, &arguments, error) != NULL;
}

/**
 * weir_history_add_gap_async:
 * @gap: a gap
 *
 * See weir_history_add_gap().
 */
void
weir_history_add_gap_async (WeirHistory *self,
                            WeirGap *gap,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Arguments *arguments;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_GAP (gap));

  arguments = g_new0 (Arguments, 1);
  arguments->gap = g_object_ref (gap);
  weir_history_push (
      self, WEIR_LANE_WRITE, add_job,
      make_task (self, arguments, cancellable, callback, user_data, weir_history_add_gap_async),
      NULL);
}

/**
 * weir_history_add_gap_finish:
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is kept
 */
gboolean
weir_history_add_gap_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * weir_history_fill_gap:
 * @id: the gap's; one that is closed, or gone, is no error
 * @from: µs; 0 for since ever
 * @to: µs; 0 for until ever
 * @error: return location for a #WeirHistoryError
 *
 * Says that nothing of the span is missing any more. What of the gap is in it is cut off; a gap of
 * which nothing is left closes, one that is cut in two becomes two.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_fill_gap (WeirHistory *self, gint64 id, gint64 from, gint64 to, GError **error)
{
  Arguments arguments = { .id = id, .from = from, .to = to };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, fill_job, &arguments, error) != NULL;
}

/**
 * weir_history_fill_gap_async:
 * @id: the gap's
 * @from: µs; 0 for since ever
 * @to: µs; 0 for until ever
 *
 * See weir_history_fill_gap().
 */
void
weir_history_fill_gap_async (WeirHistory *self,
                             gint64 id,
                             gint64 from,
                             gint64 to,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Arguments *arguments;

  g_return_if_fail (WEIR_IS_HISTORY (self));

  arguments = g_new0 (Arguments, 1);
  arguments->id = id;
  arguments->from = from;
  arguments->to = to;
  weir_history_push (
      self, WEIR_LANE_WRITE, fill_job,
      make_task (self, arguments, cancellable, callback, user_data, weir_history_fill_gap_async),
      NULL);
}

/**
 * weir_history_fill_gap_finish:
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was written
 */
gboolean
weir_history_fill_gap_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * weir_history_settle_gaps:
 * @account: whose they are
 * @stream: a stream
 * @subscription: (nullable): a subscription
 * @since: µs: nothing is said of what is older
 * @gaps: (element-type WeirGap): all gaps that the subscription has in the stream since then
 * @error: return location for a #WeirHistoryError
 *
 * Brings what is kept to that: an open one that is not among them closes, one that overlaps another
 * of the same cause takes its bounds, and what is left of them is new.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_settle_gaps (WeirHistory *self,
                          WeirAccount *account,
                          const char *stream,
                          const char *subscription,
                          gint64 since,
                          GPtrArray *gaps,
                          GError **error)
{
  Arguments arguments = { .account = account,
                          .stream = (char *) stream,
                          .subscription = (char *) subscription,
                          .from = since,
                          .gaps = gaps };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account) && stream != NULL && gaps != NULL, FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, settle_job, &arguments, error) != NULL;
}

/**
 * weir_history_settle_gaps_async:
 * @gaps: (element-type WeirGap): not to be changed any more
 *
 * See weir_history_settle_gaps().
 */
void
weir_history_settle_gaps_async (WeirHistory *self,
                                WeirAccount *account,
                                const char *stream,
                                const char *subscription,
                                gint64 since,
                                GPtrArray *gaps,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Arguments *arguments;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account) && stream != NULL && gaps != NULL);

  arguments = g_new0 (Arguments, 1);
  arguments->account = g_object_ref (account);
  arguments->stream = g_strdup (stream);
  arguments->subscription = g_strdup (subscription);
  arguments->from = since;
  arguments->gaps = g_ptr_array_ref (gaps);
  weir_history_push (
      self, WEIR_LANE_WRITE, settle_job,
      make_task (self, arguments, cancellable, callback, user_data, weir_history_settle_gaps_async),
      NULL);
}

/**
 * weir_history_settle_gaps_finish:
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was written
 */
gboolean
weir_history_settle_gaps_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * weir_stream_place_free:
 * @self: (transfer full): a place
 */
void
weir_stream_place_free (WeirStreamPlace *self)
{
  g_free (self->cursor);
  g_free (self);
}

/**
 * weir_history_get_place:
 * @account: an account
 * @stream: one of its streams
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full): how far the stream has been followed; %NULL with @error set
 */
WeirStreamPlace *
weir_history_get_place (WeirHistory *self, WeirAccount *account, const char *stream, GError **error)
{
  Arguments arguments = { .account = account, .stream = (char *) stream };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account) && stream != NULL, NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, place_job, &arguments, error);
}

/**
 * weir_history_get_place_async:
 * @account: an account
 * @stream: one of its streams
 *
 * See weir_history_get_place().
 */
void
weir_history_get_place_async (WeirHistory *self,
                              WeirAccount *account,
                              const char *stream,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Arguments *arguments;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account) && stream != NULL);

  arguments = make_list_arguments (account, FALSE);
  arguments->stream = g_strdup (stream);
  weir_history_push (
      self, WEIR_LANE_LOAD, place_job,
      make_task (self, arguments, cancellable, callback, user_data, weir_history_get_place_async),
      (GDestroyNotify) weir_stream_place_free);
}

/**
 * weir_history_get_place_finish:
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): how far the stream has been followed; %NULL with @error set
 */
WeirStreamPlace *
weir_history_get_place_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
