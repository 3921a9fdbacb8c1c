/* weir-monitor-gaps.c: Fill Now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-monitor-gaps.h"

#include <glib/gi18n-lib.h>

#include "weir-gap-filler.h"

static gboolean
is_of_pulls (WeirGap *gap)
{
  return g_str_equal (gap->stream, WEIR_GAP_PULLS);
}

static WeirRecord *
find_subscription (WeirMonitor *self, WeirGap *gap)
{
  if (gap->subscription == NULL)
    return NULL;
  return weir_record_set_find (weir_monitor_get_records (self, WEIR_RECORD_SUBSCRIPTION),
                               gap->account, gap->subscription);
}

static WeirProvider *
find_provider (WeirMonitor *self, WeirGap *gap)
{
  WeirSession *session = weir_monitor_find_session (self, gap->account);

  return session != NULL ? weir_session_get_provider (session) : NULL;
}

/* The one that waits because the server no longer takes its place. */
static WeirFollower *
find_lost_follower (WeirMonitor *self, WeirGap *gap)
{
  WeirSession *session = weir_monitor_find_session (self, gap->account);
  GPtrArray *followers = session != NULL ? weir_session_get_followers (session) : NULL;

  for (guint i = 0; followers != NULL && i < followers->len; i++)
    if (g_str_equal (weir_follower_get_stream (followers->pdata[i]), gap->stream)
        && weir_follower_is_place_lost (followers->pdata[i]))
      return followers->pdata[i];

  return NULL;
}

static const char *
find_obstacle (WeirMonitor *self, WeirGap *gap)
{
  const char *reason = NULL;
  WeirRecord *subscription;

  if (!weir_gap_is_open (gap))
    return _ ("The gap is filled already");
  if (gap->cause == WEIR_GAP_DELETED)
    return _ ("Weir itself removed these events, as the limits of the history say");
  if (find_provider (self, gap) == NULL)
    return _ ("The account is not there any more, or Weir has no token for it");
  if (!is_of_pulls (gap))
    return NULL;

  subscription = find_subscription (self, gap);
  if (subscription == NULL)
    return _ ("The server has no such subscription any more");
  if (!weir_monitor_can (self, WEIR_ACTION_PULL, subscription, &reason))
    return reason != NULL ? reason : _ ("The subscription cannot be pulled");
  return NULL;
}

static void
pull_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (WeirRecord) pull = weir_monitor_act_finish (WEIR_MONITOR (source), result, &error);

  if (pull == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
fill_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint64 *added = g_task_get_task_data (task);
  GError *error = NULL;

  if (weir_gap_filler_fill_finish (WEIR_PROVIDER (source), result, added, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * weir_monitor_can_fill_gap:
 * @gap: a gap
 * @reason: (out) (optional) (transfer none) (nullable): why not
 *
 * Returns: whether it is worth trying weir_monitor_fill_gap_async()
 */
gboolean
weir_monitor_can_fill_gap (WeirMonitor *self, WeirGap *gap, const char **reason)
{
  const char *obstacle;

  g_return_val_if_fail (WEIR_IS_MONITOR (self), FALSE);
  g_return_val_if_fail (WEIR_IS_GAP (gap), FALSE);

  obstacle = find_obstacle (self, gap);
  if (reason != NULL)
    *reason = obstacle;

  return obstacle == NULL;
}

/**
 * weir_monitor_fill_gap_async:
 * @gap: an open gap
 *
 * Asks for what is missing. For a place that the server no longer takes, the stream is begun again,
 * and the gap closes, or is known to the event, with the first page of it. A pull is started once, and
 * never by itself.
 */
void
weir_monitor_fill_gap_async (WeirMonitor *self,
                             WeirGap *gap,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WeirFollower *lost;
  const char *obstacle;

  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_GAP (gap));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_monitor_fill_gap_async);
  g_task_set_task_data (task, g_new0 (guint64, 1), g_free);

  obstacle = find_obstacle (self, gap);
  if (obstacle != NULL)
    {
      g_task_return_new_error (task, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                               obstacle);
      return;
    }
  if (is_of_pulls (gap))
    {
      weir_monitor_act_async (self, WEIR_ACTION_PULL, find_subscription (self, gap), cancellable,
                              pull_cb, g_steal_pointer (&task));
      return;
    }

  lost = find_lost_follower (self, gap);
  if (lost != NULL)
    {
      weir_follower_restart (lost);
      g_task_return_boolean (task, TRUE);
      return;
    }
  weir_gap_filler_fill_async (find_provider (self, gap), weir_monitor_get_history (self), gap,
                              cancellable, fill_cb, g_steal_pointer (&task));
}

/**
 * weir_monitor_fill_gap_finish:
 * @added: (out) (optional): how many events were new; of a pull or a stream begun again that is not
 *   known yet
 * @error: return location for an error
 *
 * Returns: whether it is filled, or its filling has begun; with @error set, it is open still
 */
gboolean
weir_monitor_fill_gap_finish (WeirMonitor *self,
                              GAsyncResult *result,
                              guint64 *added,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (added != NULL)
    *added = *(guint64 *) g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error);
}
