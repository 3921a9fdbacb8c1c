/* weir-provider-feed.c: a platform's streams of events, page by page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-provider.h"

/**
 * weir_provider_fetch_async:
 * @stream: one of weir_provider_get_streams()
 * @cursor: (nullable): what the page before it gave; %NULL: from the beginning
 * @limit: at most so many events; 0: as many as the server gives. An unreadable page is to be asked again with
 *   half of it; with 1 the one event that cannot be read is kept raw where it is known how to go on after it.
 */
void
weir_provider_fetch_async (WeirProvider *self,
                           const char *stream,
                           const char *cursor,
                           guint limit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (stream != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_fetch_async);
  WEIR_PROVIDER_GET_CLASS (self)->fetch_async (self, stream, cursor, limit, task);
}

/**
 * weir_provider_fetch_finish:
 *
 * Returns: (transfer full): the page; %NULL and a %WEIR_PROVIDER_ERROR, of which
 * %WEIR_PROVIDER_ERROR_INVALID_ANSWER is the one that a smaller limit may help against
 */
WeirEventPage *
weir_provider_fetch_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_provider_reaches_async:
 * @page: a page whose join is %WEIR_JOIN_UNSEEN
 *
 * Asks whether the server's log still has something from before @page. If not, what was there between what is known and
 * the page may have gone from the log unseen.
 */
void
weir_provider_reaches_async (WeirProvider *self,
                             WeirEventPage *page,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_PROVIDER (self));
  g_return_if_fail (WEIR_IS_EVENT_PAGE (page));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_provider_reaches_async);
  WEIR_PROVIDER_GET_CLASS (self)->reaches_async (self, page, task);
}

/**
 * weir_provider_reaches_finish:
 *
 * Returns: whether it has, or it cannot be told; %FALSE without @error: it has not; with @error: it could not be asked
 */
gboolean
weir_provider_reaches_finish (WeirProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_provider_dup_cursor_since:
 * @stream: one of weir_provider_get_streams()
 * @since: µs; 0 for the beginning
 *
 * Returns: (transfer full) (nullable): a cursor for weir_provider_fetch_async() that asks for what happened since then and a
 *   little more; %NULL where the platform has but its log's beginning
 */
char *
weir_provider_dup_cursor_since (WeirProvider *self, const char *stream, gint64 since)
{
  g_return_val_if_fail (WEIR_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (stream != NULL, NULL);

  return WEIR_PROVIDER_GET_CLASS (self)->dup_cursor_since (self, stream, since);
}
