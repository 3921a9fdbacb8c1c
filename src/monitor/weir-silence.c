/* weir-silence.c: streams that are quiet against their own rhythm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-silence.h"

#include "weir-clock.h"
#include "weir-history-gaps.h"
#include "weir-history-states.h"

#define INTERVAL 60 /* s */
#define SOON 5      /* s: after the start, and after events of who was silent */

struct _WeirSilence
{
  GObject parent_instance;

  WeirHistory *history;
  GListModel *sessions;
  WeirRecordSet *subscriptions;
  GHashTable *quiet; /* "uuid/id" → WeirQuiet */
  GCancellable *cancellable;
  guint timeout_id;
  guint soon_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirSilence, weir_silence, G_TYPE_OBJECT)

/* What is known of an account, one answer after the other. */
typedef struct
{
  WeirSilence *silence;
  WeirSession *session;
  WeirAccount *account;
  gint64 seen_to;
  GHashTable *rhythms;
  GPtrArray *gaps;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->silence);
  g_object_unref (look->session);
  g_object_unref (look->account);
  g_clear_pointer (&look->rhythms, g_hash_table_unref);
  g_clear_pointer (&look->gaps, g_ptr_array_unref);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static char *
dup_key (WeirAccount *account, const char *id)
{
  return g_strconcat (account->uuid, "/", id, NULL);
}

/* One that is off or sick is quiet for a reason that is told already. */
static gboolean
is_working (WeirSubscription *subscription)
{
  static const char *const off[] = {
    "unsubscribed", "inactive", "disabled", "paused", "error", NULL
  };

  return !subscription->deactivated && subscription->archived_at == 0
         && weir_record_get_error (WEIR_RECORD (subscription)) == NULL
         && !g_strv_contains (off, subscription->status);
}

static gboolean
is_about (WeirGap *gap, WeirSubscription *subscription)
{
  return gap->subscription == NULL
         || (subscription != NULL
             && g_str_equal (gap->subscription, weir_record_get_id (WEIR_RECORD (subscription))));
}

/**
 * weir_silence_judge:
 * @subscription: (nullable): a subscription; %NULL for the events of its account that have none
 * @rhythm: how often it has events
 * @gaps: (element-type WeirGap): of which time something may be missing
 * @changes: (element-type WeirStateChange): what became of subscriptions
 * @seen_to: until when everything has been seen, µs
 * @quiet: (out caller-allocates): since when it is silent
 *
 * What is missing since the last event may have been its events, and one that was off begins to be waited for when it is
 * on again.
 *
 * Returns: whether it is silent against its own rhythm
 */
gboolean
weir_silence_judge (WeirSubscription *subscription,
                    const WeirRhythm *rhythm,
                    GPtrArray *gaps,
                    GPtrArray *changes,
                    gint64 seen_to,
                    WeirQuiet *quiet)
{
  gint64 from = rhythm->last_at;

  if (rhythm->patience == 0 || (subscription != NULL && !is_working (subscription)))
    return FALSE;

  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];

      if (is_about (gap, subscription) && (gap->to == 0 || gap->to > rhythm->last_at))
        return FALSE;
    }
  for (guint i = 0; subscription != NULL && i < changes->len; i++)
    {
      WeirStateChange *change = changes->pdata[i];

      if (g_str_equal (change->id, weir_record_get_id (WEIR_RECORD (subscription))))
        from = MAX (from, change->noticed_at);
    }
  if (seen_to - from <= rhythm->patience)
    return FALSE;

  *quiet = (WeirQuiet){ rhythm->last_at, rhythm->usual, from + rhythm->patience };

  return TRUE;
}

static gboolean
put (WeirSilence *self, WeirAccount *account, const char *id, const WeirQuiet *quiet)
{
  g_autofree char *key = dup_key (account, id);
  const WeirQuiet *before = g_hash_table_lookup (self->quiet, key);

  if (quiet == NULL)
    return g_hash_table_remove (self->quiet, key);
  if (before != NULL && before->since == quiet->since && before->usual == quiet->usual)
    return FALSE;
  g_hash_table_replace (self->quiet, g_steal_pointer (&key), g_memdup2 (quiet, sizeof *quiet));

  return TRUE;
}

static gboolean
judge (Look *look, WeirSubscription *subscription, const char *id, GPtrArray *changes)
{
  const WeirRhythm *rhythm = g_hash_table_lookup (look->rhythms, id);
  WeirQuiet quiet;
  gboolean is_quiet =
      rhythm != NULL
      && weir_silence_judge (subscription, rhythm, look->gaps, changes, look->seen_to, &quiet);

  return put (look->silence, look->account, id, is_quiet ? &quiet : NULL);
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  WeirSilence *self = look->silence;
  g_autoptr (GPtrArray) changes =
      weir_history_list_state_changes_finish (WEIR_HISTORY (source), result, NULL);
  GListModel *records = G_LIST_MODEL (self->subscriptions);
  gboolean changed = FALSE;

  if (changes == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (WeirRecord) record = g_list_model_get_item (records, i);

      if (g_str_equal (weir_record_get_account (record)->uuid, look->account->uuid))
        changed |= judge (look, WEIR_SUBSCRIPTION (record), weir_record_get_id (record), changes);
    }
  changed |= judge (look, NULL, "", changes);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
gaps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  WeirSilence *self = look->silence;
  gint64 since = look->seen_to;
  GHashTableIter iter;
  gpointer value;

  look->gaps = weir_history_list_gaps_finish (WEIR_HISTORY (source), result, NULL);
  if (look->gaps == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  /* only what changed since the oldest of those that may be silent */
  g_hash_table_iter_init (&iter, look->rhythms);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WeirRhythm *rhythm = value;

      if (rhythm->patience > 0 && look->seen_to - rhythm->last_at > rhythm->patience)
        since = MIN (since, rhythm->last_at);
    }
  weir_history_list_state_changes_async (self->history, look->account, WEIR_RECORD_SUBSCRIPTION,
                                         NULL, since, 0, self->cancellable, changes_cb, look);
  g_steal_pointer (&look);
}

static void
rhythms_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  WeirSilence *self = look->silence;

  look->rhythms = weir_history_list_rhythms_finish (WEIR_HISTORY (source), result, NULL);
  if (look->rhythms == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  weir_history_list_gaps_async (self->history, look->account, TRUE, self->cancellable, gaps_cb,
                                look);
  g_steal_pointer (&look);
}

/* Without a feed, or while that is not followed, nobody knows whether there were events. */
static gboolean
is_followed (WeirSession *session)
{
  GPtrArray *followers = weir_session_get_followers (session);

  if (weir_session_get_state (session) != WEIR_ACCOUNT_ONLINE || followers == NULL)
    return FALSE;
  for (guint i = 0; i < followers->len; i++)
    if (weir_follower_get_state (followers->pdata[i]) != WEIR_FOLLOWER_FOLLOWING)
      return FALSE;

  return followers->len > 0;
}

static gboolean
timeout_cb (gpointer user_data)
{
  weir_silence_look (user_data);

  return G_SOURCE_CONTINUE;
}

static void
soon_cb (gpointer user_data)
{
  WeirSilence *self = user_data;

  self->soon_id = 0;
  weir_silence_look (self);
}

static void
look_soon (WeirSilence *self)
{
  if (self->soon_id == 0)
    self->soon_id = g_timeout_add_once (SOON * 1000, soon_cb, self);
}

static gboolean
is_of_account (gpointer key, gpointer value, gpointer uuid)
{
  return g_str_has_prefix (key, uuid);
}

static void
appended_cb (WeirSilence *self, guint added, WeirSession *session)
{
  if (g_hash_table_find (self->quiet, is_of_account, weir_session_get_account (session)->uuid)
      != NULL)
    look_soon (self);
}

static gboolean
has_session (WeirSilence *self, const char *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);

      if (g_str_has_prefix (key, weir_session_get_account (session)->uuid))
        return TRUE;
    }

  return FALSE;
}

static void
sessions_changed_cb (WeirSilence *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *sessions)
{
  GHashTableIter iter;
  gpointer key;
  gboolean changed = FALSE;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      g_signal_connect_object (session, "appended", G_CALLBACK (appended_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (added > 0)
    look_soon (self);

  g_hash_table_iter_init (&iter, self->quiet);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!has_session (self, key))
      {
        g_hash_table_iter_remove (&iter);
        changed = TRUE;
      }
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
weir_silence_finalize (GObject *object)
{
  WeirSilence *self = WEIR_SILENCE (object);

  weir_silence_stop (self);
  g_object_unref (self->history);
  g_object_unref (self->sessions);
  g_object_unref (self->subscriptions);
  g_hash_table_unref (self->quiet);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (weir_silence_parent_class)->finalize (object);
}

static void
weir_silence_class_init (WeirSilenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_silence_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_silence_init (WeirSilence *self)
{
  self->quiet = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_silence_new:
 * @history: has the events
 * @sessions: (element-type WeirSession): whose
 * @subscriptions: all that are known
 *
 * Returns: (transfer full): a watch
 */
WeirSilence *
weir_silence_new (WeirHistory *history, GListModel *sessions, WeirRecordSet *subscriptions)
{
  WeirSilence *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (sessions), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD_SET (subscriptions), NULL);

  self = g_object_new (WEIR_TYPE_SILENCE, NULL);
  self->history = g_object_ref (history);
  self->sessions = g_object_ref (sessions);
  self->subscriptions = g_object_ref (subscriptions);
  self->timeout_id = g_timeout_add_seconds (INTERVAL, timeout_cb, self);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);

  return self;
}

/**
 * weir_silence_stop:
 * @self: a watch
 *
 * Looks no more; what is under way comes to nothing.
 */
void
weir_silence_stop (WeirSilence *self)
{
  g_return_if_fail (WEIR_IS_SILENCE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->soon_id, g_source_remove);
}

/**
 * weir_silence_look:
 * @self: a watch
 *
 * Learns and judges anew, on the history's workers. What is not followed now stays as it was judged last.
 */
void
weir_silence_look (WeirSilence *self)
{
  g_return_if_fail (WEIR_IS_SILENCE (self));

  for (guint i = 0; i < g_list_model_get_n_items (self->sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);
      Look *look;

      if (!is_followed (session))
        continue;
      look = g_new0 (Look, 1);
      look->silence = g_object_ref (self);
      look->session = g_object_ref (session);
      look->account = g_object_ref (weir_session_get_account (session));
      look->seen_to = weir_clock_now ();
      weir_history_list_rhythms_async (self->history, look->account, self->cancellable, rhythms_cb,
                                       look);
    }
}

/**
 * weir_silence_get:
 * @self: a watch
 * @subscription: a subscription
 *
 * Returns: (transfer none) (nullable): since when it is silent
 */
const WeirQuiet *
weir_silence_get (WeirSilence *self, WeirRecord *subscription)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (WEIR_IS_SILENCE (self), NULL);
  g_return_val_if_fail (WEIR_IS_RECORD (subscription), NULL);

  /* hardly ever is any of them */
  if (g_hash_table_size (self->quiet) == 0)
    return NULL;
  key = dup_key (weir_record_get_account (subscription), weir_record_get_id (subscription));

  return g_hash_table_lookup (self->quiet, key);
}

/**
 * weir_silence_get_rest:
 * @self: a watch
 * @account: an account
 *
 * Returns: (transfer none) (nullable): since when those of its events are silent that have no subscription
 */
const WeirQuiet *
weir_silence_get_rest (WeirSilence *self, WeirAccount *account)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (WEIR_IS_SILENCE (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);

  key = dup_key (account, "");

  return g_hash_table_lookup (self->quiet, key);
}
