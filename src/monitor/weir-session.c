/* weir-session.c: one account, kept fresh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-session-private.h"

#include <glib/gi18n-lib.h>

#include "weir-backoff.h"
#include "weir-clock.h"
#include "weir-journal-keeper.h"
#include "weir-lister.h"
#include "weir-secrets.h"
#include "weir-wake-watch.h"

#define N_SETS 3

static const struct
{
  WeirRecordKind kind;
  guint interval; /* ms, where WEIR_REFRESH_WATCHED was chosen */
} sets[N_SETS] = {
  { WEIR_RECORD_SUBSCRIPTION, 10000 },
  { WEIR_RECORD_PULL, 10000 },
  { WEIR_RECORD_CONNECTION, 30000 },
};

struct _WeirSession
{
  GObject parent_instance;

  WeirAccount *account;
  WeirHistory *history;
  WeirRecordSet *records[N_SETS];
  WeirProvider *provider;      /* (nullable) until the secret is known */
  WeirLister *listers[N_SETS]; /* as long as there is a provider */
  gboolean loaded[N_SETS];     /* stays when the provider is made anew */
  GPtrArray *followers;        /* (element-type WeirFollower) */
  WeirPullWatch *pull_watch;   /* (nullable) as long as there is a provider that has pulls */
  GNetworkMonitor *network;
  gboolean watched;
  WeirRefresh refresh;

  WeirAccountState state;
  GError *error;
  gint64 since;
  gint64 next_try;
  gint64 latency;
  guint attempts; /* failed in a row */
  guint retry_id;
  GCancellable *lookup; /* (nullable): the secret is being looked for */
};

enum
{
  CHANGED,
  APPENDED,
  LISTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirSession, weir_session, G_TYPE_OBJECT)

static void
emit_changed (WeirSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_state (WeirSession *self, WeirAccountState state, const GError *error)
{
  if (self->state != state || self->since == 0)
    self->since = weir_clock_now ();
  self->state = state;
  if (error != self->error)
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
    }
}

/* Each may tell of its change, and whoever hears that may have the session make them anew. */
static void
call_followers (WeirSession *self, void (*call) (WeirFollower *follower))
{
  g_autoptr (GPtrArray) followers =
      g_ptr_array_copy (self->followers, (GCopyFunc) g_object_ref, NULL);

  for (guint i = 0; i < followers->len && self->followers->len > 0; i++)
    call (followers->pdata[i]);
}

static void
resume_listers (WeirSession *self)
{
  for (guint i = 0; i < N_SETS; i++)
    weir_lister_resume (self->listers[i]);
}

/* One question is enough to learn whether the account works again. */
static void
probe (WeirSession *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->next_try = 0;
  weir_lister_resume (self->listers[0]);
}

static void
retry_cb (gpointer user_data)
{
  WeirSession *self = user_data;

  self->retry_id = 0;
  probe (self);
}

/* Of these the server may have said it for one question only. */
static gboolean
is_doubtful (const GError *error)
{
  return weir_provider_error_get_data (error) != NULL
         && !g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_THROTTLED);
}

static void
back_off (WeirSession *self, const GError *error)
{
  WeirAccountState state = weir_account_state_from_error (error);
  guint pause = weir_backoff_get_delay (self->attempts, error);
  gint64 next_try;

  next_try = weir_clock_now () + pause * (gint64) G_TIME_SPAN_MILLISECOND;

  /* Questions asked together fail together: the longest pause counts. */
  if (self->retry_id != 0 && next_try <= self->next_try)
    return;
  if (self->retry_id == 0)
    self->attempts++;

  for (guint i = 0; i < N_SETS; i++)
    weir_lister_pause (self->listers[i]);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add_once (pause, retry_cb, self);
  self->next_try = next_try;
  set_state (self, state, error);
  if (state == WEIR_ACCOUNT_UNAUTHORIZED || state == WEIR_ACCOUNT_THROTTLED)
    call_followers (self, weir_follower_stop);
  emit_changed (self);
}

/* From the first list on; what ends later is looked at when it does. */
static void
look_at_pulls (WeirSession *self)
{
  if (self->pull_watch != NULL || !weir_provider_lists (self->provider, WEIR_RECORD_PULL, NULL))
    return;
  self->pull_watch = weir_pull_watch_new (
      self->provider, self->history, self->records[weir_session_get_set_index (WEIR_RECORD_PULL)]);
  weir_pull_watch_look_at_all (self->pull_watch);
}

static void
answered_cb (WeirSession *self, const GError *error, WeirLister *lister)
{
  gboolean leads = lister == self->listers[0];
  gboolean recovers = self->state != WEIR_ACCOUNT_ONLINE;

  for (guint i = 0; i < N_SETS; i++)
    {
      self->loaded[i] |= weir_lister_is_loaded (self->listers[i]);
      if (error == NULL && lister == self->listers[i])
        g_signal_emit (self, signals[LISTED], 0, (int) sets[i].kind);
    }

  if (error == NULL && lister == self->listers[weir_session_get_set_index (WEIR_RECORD_PULL)])
    look_at_pulls (self);

  /* One kind may be closed to a token that is good otherwise, or too much for the server: then the
   * leading one decides. */
  if (!leads && weir_account_is_lost_by (error) && is_doubtful (error))
    {
      weir_lister_refresh (self->listers[0]);
    }
  else if (weir_account_is_lost_by (error))
    {
      back_off (self, error);
      return;
    }

  /* While it backs off, only the probe tells that it is over. */
  if (self->retry_id != 0)
    return;

  if (leads)
    {
      set_state (self, weir_account_state_from_error (error), error);
      self->attempts = 0;
      self->next_try = error != NULL ? weir_lister_get_next_try (lister) : 0;
      if (error == NULL)
        self->latency = weir_http_client_get_latency (weir_provider_get_client (self->provider));
      resume_listers (self);
      call_followers (self, weir_follower_start);
      if (recovers)
        call_followers (self, weir_follower_retry);
    }
  emit_changed (self);
}

static void
ended_cb (WeirSession *self, WeirPullRun *pull)
{
  call_followers (self, weir_follower_poke);
  if (pull->subscription == NULL)
    return;
  weir_lister_hint (self->listers[0], pull->subscription);
  if (self->pull_watch != NULL)
    weir_pull_watch_look (self->pull_watch, pull->subscription);
}

static void
hint_cb (WeirSession *self, int kind, const char *id)
{
  int index = weir_session_get_set_index ((WeirRecordKind) kind);

  if (index >= 0)
    weir_lister_hint (self->listers[index], id);
  if (kind == WEIR_RECORD_EVENT || kind == WEIR_RECORD_PULL)
    call_followers (self, weir_follower_poke);
}

static void
follower_changed_cb (WeirSession *self, WeirFollower *follower)
{
  const GError *error = weir_follower_get_error (follower);

  /* To be left alone is asked of the whole account. */
  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_THROTTLED))
    {
      g_autoptr (GError) copy = g_error_copy (error);

      back_off (self, copy);
      return;
    }
  /* who asks most often notices first; the list tells whether it is the account that is lost */
  if (self->state == WEIR_ACCOUNT_ONLINE && weir_account_is_lost_by (error))
    weir_lister_refresh (self->listers[0]);
  emit_changed (self);
}

static void
follower_appended_cb (WeirSession *self, guint added)
{
  g_signal_emit (self, signals[APPENDED], 0, added);
  if (self->provider != NULL && weir_provider_needs_seen (self->provider))
    weir_lister_hint (self->listers[0], NULL);
}

/* Whoever asks for lists more or less often than usual means the events, too. */
static void
apply_intervals (WeirSession *self)
{
  guint seconds = self->watched ? self->refresh.watched : self->refresh.unwatched;
  guint pause = seconds * 1000 / (self->watched ? 5 : 3);

  for (guint i = 0; i < self->followers->len; i++)
    weir_follower_set_interval (self->followers->pdata[i], pause);
  for (guint i = 0; self->provider != NULL && i < N_SETS; i++)
    weir_lister_set_interval (self->listers[i], sets[i].interval / WEIR_REFRESH_WATCHED * seconds);
}

static void
drop_provider (WeirSession *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->next_try = 0;
  if (self->lookup != NULL)
    g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);

  for (guint i = 0; i < self->followers->len; i++)
    {
      g_signal_handlers_disconnect_by_data (self->followers->pdata[i], self);
      weir_follower_stop (self->followers->pdata[i]);
    }
  g_ptr_array_set_size (self->followers, 0);

  if (self->pull_watch != NULL)
    weir_pull_watch_stop (self->pull_watch);
  g_clear_object (&self->pull_watch);

  if (self->provider == NULL)
    return;
  for (guint i = 0; i < N_SETS; i++)
    {
      g_signal_handlers_disconnect_by_data (self->listers[i], self);
      weir_lister_stop (self->listers[i]);
      g_clear_object (&self->listers[i]);
    }
  g_signal_handlers_disconnect_by_data (self->provider, self);
  weir_provider_set_live (self->provider, FALSE);
  g_clear_object (&self->provider);
}

static void
take_provider (WeirSession *self, WeirProvider *provider)
{
  const char *const *streams = weir_provider_get_streams (provider);

  self->provider = provider;
  /* as objects: a handler of ours may be the end of the session */
  g_signal_connect_object (provider, "hint", G_CALLBACK (hint_cb), self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < N_SETS; i++)
    {
      self->listers[i] = weir_lister_new (provider, self->history, self->records[i], sets[i].kind);
      g_signal_connect_object (self->listers[i], "answered", G_CALLBACK (answered_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->listers[i], "ended", G_CALLBACK (ended_cb), self,
                               G_CONNECT_SWAPPED);
    }
  for (guint i = 0; streams[i] != NULL; i++)
    {
      WeirFollower *follower = weir_follower_new (provider, self->history, streams[i]);

      g_signal_connect_object (follower, "changed", G_CALLBACK (follower_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (follower, "appended", G_CALLBACK (follower_appended_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->followers, follower);
    }

  apply_intervals (self);
  weir_provider_set_live (provider, TRUE);
  resume_listers (self);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirSession) self = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = weir_secrets_lookup_finish (result, &error);
  WeirProvider *provider = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->lookup);
  if (secret != NULL)
    provider = weir_journal_keeper_create_provider (self->history, self->account, secret, &error);
  weir_secrets_free (secret);

  if (provider != NULL)
    take_provider (self, provider);
  else
    set_state (self, WEIR_ACCOUNT_UNKNOWN, error);
  emit_changed (self);
}

static void
network_changed_cb (WeirSession *self, gboolean available)
{
  if (available && self->retry_id != 0 && self->state == WEIR_ACCOUNT_UNREACHABLE)
    {
      self->attempts = 0;
      probe (self);
    }
}

/* The followers see it for themselves. */
static void
woke_cb (WeirSession *self)
{
  guint rest = weir_backoff_get_rest (self->error, self->next_try);

  self->attempts = 0;
  if (self->retry_id != 0 && rest > 0)
    {
      g_source_remove (self->retry_id);
      self->retry_id = g_timeout_add_once (rest, retry_cb, self);
    }
  else if (self->retry_id != 0)
    probe (self);
  else if (self->provider != NULL)
    weir_lister_refresh (self->listers[0]);
}

static void
weir_session_dispose (GObject *object)
{
  WeirSession *self = WEIR_SESSION (object);

  weir_session_stop (self);

  G_OBJECT_CLASS (weir_session_parent_class)->dispose (object);
}

static void
weir_session_finalize (GObject *object)
{
  WeirSession *self = WEIR_SESSION (object);

  g_object_unref (self->account);
  g_object_unref (self->history);
  for (guint i = 0; i < N_SETS; i++)
    g_object_unref (self->records[i]);
  g_ptr_array_unref (self->followers);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (weir_session_parent_class)->finalize (object);
}

static void
weir_session_class_init (WeirSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_session_dispose;
  object_class->finalize = weir_session_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[APPENDED] = g_signal_new ("appended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[LISTED] = g_signal_new ("listed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
weir_session_init (WeirSession *self)
{
  self->followers = g_ptr_array_new_with_free_func (g_object_unref);
  self->latency = -1;
  self->watched = TRUE;
  self->refresh = (WeirRefresh){ WEIR_REFRESH_WATCHED, WEIR_REFRESH_UNWATCHED };
}

/**
 * weir_session_get_set_index:
 *
 * Returns: the place of the kind's set and lister, or -1 if there is none
 */
int
weir_session_get_set_index (WeirRecordKind kind)
{
  for (int i = 0; i < N_SETS; i++)
    if (sets[i].kind == kind)
      return i;

  return -1;
}

/* NULL: there is none, or no provider yet. */
static WeirLister *
get_lister (WeirSession *self, WeirRecordKind kind)
{
  int index = weir_session_get_set_index (kind);

  return index >= 0 ? self->listers[index] : NULL;
}

/**
 * weir_session_new:
 * @records: (array fixed-size=3): the sets of subscriptions, pulls and connections
 *
 * Returns: (transfer full): a session that is not started
 */
WeirSession *
weir_session_new (WeirAccount *account, WeirHistory *history, WeirRecordSet *records[3])
{
  WeirSession *self;

  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_SESSION, NULL);
  self->account = g_object_ref (account);
  self->history = g_object_ref (history);
  for (guint i = 0; i < N_SETS; i++)
    self->records[i] = g_object_ref (records[i]);

  return self;
}

/**
 * weir_session_start:
 *
 * Looks for the secret, and with it begins to ask.
 */
void
weir_session_start (WeirSession *self)
{
  g_return_if_fail (WEIR_IS_SESSION (self));

  if (self->network == NULL)
    {
      self->network = g_object_ref (g_network_monitor_get_default ());
      g_signal_connect_object (self->network, "network-changed", G_CALLBACK (network_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (weir_wake_watch_get_default (), "woke", G_CALLBACK (woke_cb), self,
                               G_CONNECT_SWAPPED);
    }

  drop_provider (self);
  self->lookup = g_cancellable_new ();
  weir_secrets_lookup_async (self->account, self->lookup, lookup_cb, g_object_ref (self));
}

/**
 * weir_session_stop:
 *
 * Ends whatever is under way. What is known of the account stays in the sets.
 */
void
weir_session_stop (WeirSession *self)
{
  g_return_if_fail (WEIR_IS_SESSION (self));

  if (self->network != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->network, self);
      g_signal_handlers_disconnect_by_data (weir_wake_watch_get_default (), self);
    }
  g_clear_object (&self->network);
  drop_provider (self);
}

/**
 * weir_session_set_watched:
 * @watched: whether somebody looks on; if not, it asks less often
 * @refresh: how often that is
 */
void
weir_session_set_watched (WeirSession *self, gboolean watched, const WeirRefresh *refresh)
{
  g_return_if_fail (WEIR_IS_SESSION (self));

  self->watched = watched;
  self->refresh = *refresh;
  apply_intervals (self);
}

/**
 * weir_session_put:
 * @record: what the server has just answered
 */
void
weir_session_put (WeirSession *self, WeirRecord *record)
{
  WeirLister *lister;

  g_return_if_fail (WEIR_IS_SESSION (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  lister = get_lister (self, weir_record_get_kind (record));
  if (lister != NULL)
    weir_lister_put (lister, record);
}

/**
 * weir_session_drop:
 * @record: what the server has just deleted
 */
void
weir_session_drop (WeirSession *self, WeirRecord *record)
{
  WeirLister *lister;

  g_return_if_fail (WEIR_IS_SESSION (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  lister = get_lister (self, weir_record_get_kind (record));
  if (lister != NULL)
    weir_lister_drop (lister, record);
}

/**
 * weir_session_read:
 *
 * Reads one record again, soon.
 */
void
weir_session_read (WeirSession *self, WeirRecordKind kind, const char *id)
{
  WeirLister *lister;

  g_return_if_fail (WEIR_IS_SESSION (self));

  lister = get_lister (self, kind);
  if (lister != NULL)
    weir_lister_hint (lister, id);
}

/**
 * weir_session_get_pull_watch:
 *
 * Returns: (transfer none) (nullable): who looks at what pull runs cover, once they have been listed
 */
WeirPullWatch *
weir_session_get_pull_watch (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), NULL);

  return self->pull_watch;
}

/**
 * weir_session_get_account:
 *
 * Returns: (transfer none): whose session it is
 */
WeirAccount *
weir_session_get_account (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), NULL);

  return self->account;
}

/**
 * weir_session_get_provider:
 *
 * Returns: (transfer none) (nullable): who is asked; %NULL until the secret is known
 */
WeirProvider *
weir_session_get_provider (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), NULL);

  return self->provider;
}

/**
 * weir_session_get_state:
 *
 * Returns: what is known of the account
 */
WeirAccountState
weir_session_get_state (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), WEIR_ACCOUNT_UNKNOWN);

  return self->state;
}

/**
 * weir_session_get_error:
 *
 * Returns: (transfer none) (nullable): the reason of the state: an error of a provider, or of
 *   #WeirSecretsError if there is no token
 */
const GError *
weir_session_get_error (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), NULL);

  return self->error;
}

/**
 * weir_session_get_since:
 *
 * Returns: since when it is in its state, µs; 0 if it never was in another
 */
gint64
weir_session_get_since (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), 0);

  return self->since;
}

/**
 * weir_session_get_next_try:
 *
 * Returns: when it will try again, µs; 0 if no try is planned
 */
gint64
weir_session_get_next_try (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), 0);

  return self->next_try;
}

/**
 * weir_session_get_latency:
 *
 * Returns: how long the last answer took, ms; -1 if there was none
 */
gint64
weir_session_get_latency (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), -1);

  return self->latency;
}

/**
 * weir_session_is_loaded:
 *
 * Returns: whether a first list of @kind has arrived, or never will as the platform has none
 */
gboolean
weir_session_is_loaded (WeirSession *self, WeirRecordKind kind)
{
  int index = weir_session_get_set_index (kind);

  g_return_val_if_fail (WEIR_IS_SESSION (self), FALSE);

  return index >= 0
         && (self->loaded[index]
             || (self->listers[index] != NULL && weir_lister_is_loaded (self->listers[index])));
}

/**
 * weir_session_get_list_error:
 *
 * Returns: (transfer none) (nullable): why the last list of @kind failed, though others may have come
 */
const GError *
weir_session_get_list_error (WeirSession *self, WeirRecordKind kind)
{
  WeirLister *lister;

  g_return_val_if_fail (WEIR_IS_SESSION (self), NULL);

  lister = get_lister (self, kind);

  return lister != NULL ? weir_lister_get_error (lister) : NULL;
}

/**
 * weir_session_get_followers:
 *
 * Returns: (transfer none) (element-type WeirFollower): one of each stream; empty until there is a
 *   provider
 */
GPtrArray *
weir_session_get_followers (WeirSession *self)
{
  g_return_val_if_fail (WEIR_IS_SESSION (self), NULL);

  return self->followers;
}

/**
 * weir_session_retry:
 *
 * Tries again at once. Where the secret is in doubt, or was changed, it is looked for anew.
 */
void
weir_session_retry (WeirSession *self)
{
  g_return_if_fail (WEIR_IS_SESSION (self));

  self->attempts = 0;
  if (self->provider != NULL && self->state != WEIR_ACCOUNT_UNKNOWN
      && self->state != WEIR_ACCOUNT_UNAUTHORIZED && self->state != WEIR_ACCOUNT_ONLINE)
    {
      if (self->retry_id != 0)
        probe (self);
      else
        weir_lister_refresh (self->listers[0]);
      emit_changed (self);
    }
  else
    {
      weir_session_start (self);
    }
}

/**
 * weir_session_refresh:
 *
 * Asks now for all of @kind. While the account cannot be reached this is a try to reach it; a pause
 * that the server asked for is kept.
 */
void
weir_session_refresh (WeirSession *self, WeirRecordKind kind)
{
  g_return_if_fail (WEIR_IS_SESSION (self));

  if (self->provider == NULL)
    return;

  if (self->retry_id != 0 && self->state != WEIR_ACCOUNT_THROTTLED)
    probe (self);
  else if (get_lister (self, kind) != NULL)
    weir_lister_refresh (get_lister (self, kind));
  else if (kind == WEIR_RECORD_EVENT)
    call_followers (self, weir_follower_poke);
}
