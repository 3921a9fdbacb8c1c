/* weir-monitor-gaps.c: Fill Now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-monitor-gaps.h"

#include <glib/gi18n-lib.h>

#include "weir-coverage.h"
#include "weir-gap-filler.h"
#include "weir-session-private.h"

#define LOOK_INTERVAL 250 /* ms */

typedef struct
{
  WeirGap *gap;
  WeirRecord *pull; /* (nullable) the run that is for it, as it was last seen */
  gboolean ended;   /* and what is covered is looked at */
  guint64 added;
} Fill;

static void
fill_free (Fill *fill)
{
  g_object_unref (fill->gap);
  g_clear_object (&fill->pull);
  g_free (fill);
}

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
describe_no_account (void)
{
  return _ ("The account is not there any more, or Weir has no token for it");
}

/* Why nothing can be asked of it, or its subscriptions are not known. */
static const char *
describe_silence (WeirSession *session)
{
  const GError *error = weir_session_get_error (session);

  return error != NULL ? error->message : _ ("Connecting…");
}

static const char *
find_obstacle (WeirMonitor *self, WeirGap *gap)
{
  WeirSession *session = weir_monitor_find_session (self, gap->account);
  const char *reason = NULL;
  WeirRecord *subscription;

  if (!weir_gap_is_open (gap))
    return _ ("The gap is filled already");
  if (gap->cause == WEIR_GAP_DELETED)
    return _ ("Weir itself removed these events, as the limits of the history say");
  if (session == NULL)
    return describe_no_account ();
  if (weir_session_get_provider (session) == NULL)
    return describe_silence (session);
  if (!is_of_pulls (gap))
    return NULL;

  subscription = find_subscription (self, gap);
  if (subscription == NULL && !weir_session_is_loaded (session, WEIR_RECORD_SUBSCRIPTION))
    return describe_silence (session);
  if (subscription == NULL)
    return _ ("The server has no such subscription any more");
  if (!weir_monitor_can (self, WEIR_ACTION_PULL, subscription, &reason))
    return reason != NULL ? reason : _ ("The subscription cannot be pulled");
  return NULL;
}

/* Why the gap is open still. */
static GError *
judge_pull (WeirPullRun *pull)
{
  if (pull->error != NULL)
    return weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED,
                                    /* Translators: %s is what the platform said */
                                    _ ("The pull run failed again: %s"),
                                    weir_error_data_get_leaf (pull->error)->message);
  if (weir_coverage_get_kind (pull) == WEIR_COVERAGE_FAILED)
    return weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                    _ ("The pull run failed again"));
  return weir_provider_error_new (
      WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
      _ ("The pull run went well, but was not for all of the gap’s time"));
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fill *fill = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps_finish (WEIR_HISTORY (source), result, &error);

  if (gaps == NULL)
    g_task_return_error (task, error);
  else if (weir_gap_is_among (fill->gap, gaps))
    g_task_return_error (task, judge_pull (WEIR_PULL_RUN (fill->pull)));
  else
    g_task_return_boolean (task, TRUE);
}

/* Whether the run is over, and the gaps are what it has made of them. That may take as long as the platform takes,
 * and the account may have been edited or removed by then. */
static gboolean
is_settled (GTask *task, WeirSession *session)
{
  WeirMonitor *self = g_task_get_source_object (task);
  Fill *fill = g_task_get_task_data (task);
  WeirPullWatch *watch = weir_session_get_pull_watch (session);
  WeirRecord *now = weir_record_set_find (weir_monitor_get_records (self, WEIR_RECORD_PULL),
                                          fill->gap->account, weir_record_get_id (fill->pull));

  if (now != NULL)
    g_set_object (&fill->pull, now);
  if (now != NULL && weir_pull_run_is_active (WEIR_PULL_RUN (now)))
    return FALSE;
  if (watch != NULL && !fill->ended)
    weir_pull_watch_look (watch, fill->gap->subscription);
  fill->ended = TRUE;

  return watch == NULL || !weir_pull_watch_is_looking_at (watch, fill->gap->subscription);
}

static gboolean
look_cb (gpointer user_data)
{
  GTask *task = user_data;
  WeirMonitor *self = g_task_get_source_object (task);
  Fill *fill = g_task_get_task_data (task);
  WeirSession *session = weir_monitor_find_session (self, fill->gap->account);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (session == NULL)
    {
      g_task_return_error (task, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                                          describe_no_account ()));
      return G_SOURCE_REMOVE;
    }
  if (!is_settled (task, session))
    return G_SOURCE_CONTINUE;

  weir_history_list_gaps_async (weir_monitor_get_history (self), fill->gap->account, TRUE,
                                g_task_get_cancellable (task), list_cb, g_object_ref (task));
  return G_SOURCE_REMOVE;
}

/* It is started: what it makes of the gap shows when it has ended. */
static void
pull_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fill *fill = g_task_get_task_data (task);
  GError *error = NULL;

  fill->pull = weir_monitor_act_finish (WEIR_MONITOR (source), result, &error);
  if (fill->pull == NULL)
    g_task_return_error (task, error);
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_INTERVAL, look_cb, g_steal_pointer (&task),
                        g_object_unref);
}

static void
fill_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fill *fill = g_task_get_task_data (task);
  GError *error = NULL;

  if (weir_gap_filler_fill_finish (WEIR_PROVIDER (source), result, &fill->added, &error))
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
 * and the gap closes, or is known to the event, with the first page of it. A pull is started once,
 * never by itself, and waited for.
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
  Fill *fill;

  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_GAP (gap));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_monitor_fill_gap_async);
  fill = g_new0 (Fill, 1);
  fill->gap = g_object_ref (gap);
  g_task_set_task_data (task, fill, (GDestroyNotify) fill_free);

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
      g_task_return_error (task, weir_provider_error_new (
                                     WEIR_PROVIDER_ERROR_UNSUPPORTED, "%s",
                                     _ ("Weir reads the stream from its beginning again first")));
      return;
    }
  weir_gap_filler_fill_async (find_provider (self, gap), weir_monitor_get_history (self), gap,
                              cancellable, fill_cb, g_steal_pointer (&task));
}

/**
 * weir_monitor_fill_gap_finish:
 * @added: (out) (optional): how many events were new; of a pull that is not known: -1
 * @error: return location for an error: why it is open still
 *
 * Returns: whether it is closed, as the history has it
 */
gboolean
weir_monitor_fill_gap_finish (WeirMonitor *self,
                              GAsyncResult *result,
                              gint64 *added,
                              GError **error)
{
  Fill *fill;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  fill = g_task_get_task_data (G_TASK (result));
  if (added != NULL)
    *added = is_of_pulls (fill->gap) ? -1 : (gint64) fill->added;

  return g_task_propagate_boolean (G_TASK (result), error);
}
