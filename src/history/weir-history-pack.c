/* weir-history-pack.c: a page's bytes are compressed before it is its turn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-pack.h"

#include "weir-history-blob.h"

static void
pack (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WeirEventRows *events = data;
  g_autoptr (GString) raw = NULL;
  gsize length = 0;

  for (guint i = 0; i < events->len; i++)
    length += events->rows[i].raw.length;
  raw = g_string_sized_new (length);
  for (guint i = 0; i < events->len; i++)
    g_string_append_len (raw, events->rows[i].raw.text, (gssize) events->rows[i].raw.length);

  events->packed = weir_blob_pack_raw (raw->str, raw->len);
  g_task_return_boolean (task, TRUE);
}

/**
 * weir_history_pack_async:
 * @events: events that will be given to weir_history_append_async()
 * @callback: told when it is done; there is nothing to finish
 * @user_data: for @callback
 *
 * Compresses their bytes on a worker thread. It is of use if none of them is known yet, which is the rule.
 */
void
weir_history_pack_async (WeirEventRows *events, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (events != NULL && events->packed == NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, weir_history_pack_async);
  g_task_set_task_data (task, weir_event_rows_ref (events), (GDestroyNotify) weir_event_rows_unref);
  g_task_run_in_thread (task, pack);
}
