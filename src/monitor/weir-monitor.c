/* weir-monitor.c: all accounts, kept fresh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-monitor.h"

#include <glib/gi18n-lib.h>

#include "weir-monitor-pulls.h"
#include "weir-session-private.h"

#define N_SETS 3

struct _WeirMonitor
{
  GObject parent_instance;

  WeirAccountStore *store;
  WeirHistory *history;
  WeirRecorder *recorder;
  WeirShapeLearner *learner;
  WeirSilence *silence;         /* (nullable) made when it is first asked for */
  WeirPreferences *preferences; /* (nullable) read when they are first asked for */
  GListStore *sessions;         /* in the order of the store */
  WeirRecordSet *records[N_SETS];
  GHashTable *busy; /* of what is being acted on: dup_busy_key() */
  GPtrArray *new_sessions;
  guint start_id;
  gboolean watched;
  WeirRefresh refresh;
};

typedef struct
{
  WeirAction action;
  WeirRecord *record;
} Act;

enum
{
  RECORD_CHANGED,
  BUSY_CHANGED,
  APPENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirMonitor, weir_monitor, G_TYPE_OBJECT)

static void
act_free (Act *self)
{
  g_object_unref (self->record);
  g_free (self);
}

static char *
dup_busy_key (WeirRecord *record)
{
  return g_strdup_printf ("%s/%d/%s", weir_record_get_account (record)->uuid,
                          (int) weir_record_get_kind (record), weir_record_get_id (record));
}

static void
set_busy (WeirMonitor *self, WeirRecord *record, gboolean busy)
{
  g_autofree char *key = dup_busy_key (record);

  if (busy)
    g_hash_table_add (self->busy, g_steal_pointer (&key));
  else
    g_hash_table_remove (self->busy, key);
  g_signal_emit (self, signals[BUSY_CHANGED], 0, record);
}

static WeirSession *
find_session (WeirMonitor *self, const char *uuid)
{
  GListModel *model = G_LIST_MODEL (self->sessions);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (model, i);

      if (g_str_equal (weir_session_get_account (session)->uuid, uuid))
        return session; /* the list keeps it */
    }

  return NULL;
}

static void
session_appended_cb (WeirMonitor *self, guint added, WeirSession *session)
{
  weir_shape_learner_poke (self->learner);
  g_signal_emit (self, signals[APPENDED], 0, weir_session_get_account (session), added);
}

static void
session_listed_cb (WeirMonitor *self, int kind, WeirSession *session)
{
  weir_recorder_note_listed (self->recorder, weir_session_get_account (session),
                             (WeirRecordKind) kind);
}

static void
records_changed_cb (WeirMonitor *self, guint position, guint removed, guint added, GListModel *set)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirRecord) record = g_list_model_get_item (set, i);

      if (record != NULL)
        g_signal_emit (self, signals[RECORD_CHANGED], 0, record);
    }
}

/* Not before whoever has added the account has had the time to say its secret. */
static void
start_sessions_cb (gpointer user_data)
{
  WeirMonitor *self = user_data;
  g_autoptr (GPtrArray) sessions = g_steal_pointer (&self->new_sessions);

  self->start_id = 0;
  self->new_sessions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < sessions->len; i++)
    if (g_list_store_find (self->sessions, sessions->pdata[i], NULL))
      weir_session_start (sessions->pdata[i]);
}

static void
add_session (WeirMonitor *self, guint position, WeirAccount *account)
{
  g_autoptr (WeirSession) session = weir_session_new (account, self->history, self->records);

  weir_session_set_watched (session, self->watched, &self->refresh);
  g_signal_connect_swapped (session, "appended", G_CALLBACK (session_appended_cb), self);
  g_signal_connect_swapped (session, "listed", G_CALLBACK (session_listed_cb), self);
  g_list_store_insert (self->sessions, position, session);
  g_ptr_array_add (self->new_sessions, g_steal_pointer (&session));
  if (self->start_id == 0)
    self->start_id = g_idle_add_once (start_sessions_cb, self);
  weir_monitor_load_kept_pulls (self, account);
}

static void
remove_session (WeirMonitor *self, guint position)
{
  g_autoptr (WeirSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), position);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  WeirAccount *account = weir_session_get_account (session);
  WeirAccount *now = weir_account_store_find_uuid (self->store, account->uuid);

  g_signal_handlers_disconnect_by_data (session, self);
  weir_session_stop (session);
  g_list_store_remove (self->sessions, position);

  /* One that was only renamed keeps what is known of it. */
  if (now != NULL && g_str_equal (now->uri, account->uri)
      && g_str_equal (now->provider, account->provider))
    return;
  weir_recorder_forget (self->recorder, account);
  for (guint i = 0; i < N_SETS; i++)
    weir_record_set_refresh (self->records[i], account, none);
  weir_recorder_forget (self->recorder, NULL);
}

static void
store_changed_cb (WeirMonitor *self, guint position, guint removed, guint added, GListModel *store)
{
  for (guint i = 0; i < removed; i++)
    remove_session (self, position);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (store, position + i);

      add_session (self, position + i, account);
    }
}

static void
preferences_changed_cb (WeirMonitor *self)
{
  GListModel *sessions = G_LIST_MODEL (self->sessions);
  gboolean connect_anew = weir_choices_apply (self->preferences);
  WeirRefresh before = self->refresh;

  weir_choices_get_refresh (self->preferences, &self->refresh);
  /* something else was changed: nobody's next question is put off */
  if (!connect_anew && before.watched == self->refresh.watched
      && before.unwatched == self->refresh.unwatched)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      weir_session_set_watched (session, self->watched, &self->refresh);
      /* one that is about to start does so by itself */
      if (connect_anew && !g_ptr_array_find (self->new_sessions, session, NULL))
        weir_session_start (session);
    }
}

static WeirProvider *
find_provider (WeirMonitor *self, WeirRecord *record)
{
  WeirSession *session = find_session (self, weir_record_get_account (record)->uuid);

  return session != NULL ? weir_session_get_provider (session) : NULL;
}

static const char *
describe_no_provider (void)
{
  return _ ("Weir has no token for this account.");
}

/* What a refusal has left behind is worth a look too, as a failed subscribe is a subscription's error;
 * and where the answer was lost, only a look tells what was done. */
static gboolean
may_have_been_sent (const GError *error)
{
  return !g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_READ_ONLY)
         && !g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED);
}

static void
act_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirMonitor *self = g_task_get_source_object (task);
  Act *act = g_task_get_task_data (task);
  WeirRecordKind kind = weir_record_get_kind (act->record);
  const char *id = weir_record_get_id (act->record);
  WeirSession *found = find_session (self, weir_record_get_account (act->record)->uuid);
  g_autoptr (WeirSession) session = found != NULL ? g_object_ref (found) : NULL;
  const char *warning = weir_provider_result_get_warning (result);
  GError *error = NULL;
  WeirRecord *record = weir_provider_act_finish (WEIR_PROVIDER (source), result, &error);

  /* The account may have been removed or edited meanwhile. */
  if (session != NULL && weir_session_get_provider (session) == WEIR_PROVIDER (source))
    {
      if (record != NULL && act->action == WEIR_ACTION_DELETE)
        weir_session_drop (session, record);
      else if (record != NULL)
        weir_session_put (session, record);

      if (record != NULL ? warning != NULL || act->action == WEIR_ACTION_PULL
                         : may_have_been_sent (error))
        weir_session_read (session, kind, id);
    }

  set_busy (self, act->record, FALSE);
  weir_provider_task_set_warning (task, g_strdup (warning));
  if (record != NULL)
    g_task_return_pointer (task, record, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
weir_monitor_dispose (GObject *object)
{
  WeirMonitor *self = WEIR_MONITOR (object);
  GListModel *sessions = G_LIST_MODEL (self->sessions);

  g_clear_handle_id (&self->start_id, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      g_signal_handlers_disconnect_by_data (session, self);
      weir_session_stop (session);
    }
  g_list_store_remove_all (self->sessions);
  g_ptr_array_set_size (self->new_sessions, 0);
  for (guint i = 0; i < N_SETS; i++)
    g_signal_handlers_disconnect_by_data (self->records[i], self);
  g_clear_object (&self->recorder);
  if (self->learner != NULL)
    weir_shape_learner_stop (self->learner);
  g_clear_object (&self->learner);
  if (self->silence != NULL)
    weir_silence_stop (self->silence);
  g_clear_object (&self->silence);
  g_clear_object (&self->store);
  g_clear_object (&self->history);
  if (self->preferences != NULL)
    g_signal_handlers_disconnect_by_data (self->preferences, self);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (weir_monitor_parent_class)->dispose (object);
}

static void
weir_monitor_finalize (GObject *object)
{
  WeirMonitor *self = WEIR_MONITOR (object);

  g_object_unref (self->sessions);
  g_ptr_array_unref (self->new_sessions);
  g_hash_table_unref (self->busy);
  for (guint i = 0; i < N_SETS; i++)
    g_object_unref (self->records[i]);

  G_OBJECT_CLASS (weir_monitor_parent_class)->finalize (object);
}

static void
weir_monitor_class_init (WeirMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_monitor_dispose;
  object_class->finalize = weir_monitor_finalize;

  signals[RECORD_CHANGED] =
      g_signal_new ("record-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, WEIR_TYPE_RECORD);
  signals[BUSY_CHANGED] =
      g_signal_new ("busy-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, WEIR_TYPE_RECORD);
  signals[APPENDED] =
      g_signal_new ("appended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, WEIR_TYPE_ACCOUNT, G_TYPE_UINT);
}

static void
weir_monitor_init (WeirMonitor *self)
{
  self->sessions = g_list_store_new (WEIR_TYPE_SESSION);
  self->new_sessions = g_ptr_array_new_with_free_func (g_object_unref);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->watched = TRUE;
  self->refresh = (WeirRefresh){ WEIR_REFRESH_WATCHED, WEIR_REFRESH_UNWATCHED };
  for (guint i = 0; i < N_SETS; i++)
    {
      self->records[i] = weir_record_set_new ();
      g_signal_connect_swapped (self->records[i], "items-changed", G_CALLBACK (records_changed_cb),
                                self);
    }
}

/**
 * weir_monitor_new:
 * @store: the accounts
 * @history: where their events are kept
 *
 * Begins with the sessions of all accounts as soon as the main loop runs.
 *
 * Returns: (transfer full): the monitor
 */
WeirMonitor *
weir_monitor_new (WeirAccountStore *store, WeirHistory *history)
{
  WeirMonitor *self;

  g_return_val_if_fail (WEIR_IS_ACCOUNT_STORE (store), NULL);
  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_MONITOR, NULL);
  self->store = g_object_ref (store);
  self->history = g_object_ref (history);
  self->recorder = weir_recorder_new (history);
  self->learner = weir_shape_learner_new (history);
  /* from what has come while nobody learned */
  weir_shape_learner_poke (self->learner);
  for (guint i = 0; i < N_SETS; i++)
    weir_recorder_watch (self->recorder, self->records[i]);
  g_signal_connect_swapped (store, "items-changed", G_CALLBACK (store_changed_cb), self);
  store_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                    G_LIST_MODEL (store));

  return self;
}

/**
 * weir_monitor_get_store:
 *
 * Returns: (transfer none): the accounts
 */
WeirAccountStore *
weir_monitor_get_store (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  return self->store;
}

/**
 * weir_monitor_get_history:
 *
 * Returns: (transfer none): the history
 */
WeirHistory *
weir_monitor_get_history (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  return self->history;
}

/**
 * weir_monitor_get_recorder:
 *
 * Returns: (transfer none): what keeps the states of the records in the history
 */
WeirRecorder *
weir_monitor_get_recorder (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  return self->recorder;
}

/**
 * weir_monitor_get_preferences:
 * @self: a monitor
 *
 * Returns: (transfer none): what the user has chosen, read from its usual place
 */
WeirPreferences *
weir_monitor_get_preferences (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  if (self->preferences == NULL)
    {
      self->preferences = weir_preferences_new (NULL);
      g_signal_connect_swapped (self->preferences, "changed", G_CALLBACK (preferences_changed_cb),
                                self);
      preferences_changed_cb (self);
    }

  return self->preferences;
}

/**
 * weir_monitor_get_learner:
 *
 * Returns: (transfer none): what learns how events look
 */
WeirShapeLearner *
weir_monitor_get_learner (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  return self->learner;
}

/**
 * weir_monitor_get_silence:
 * @self: a monitor
 *
 * Returns: (transfer none): what knows which streams are silent; it looks from now on
 */
WeirSilence *
weir_monitor_get_silence (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  if (self->silence == NULL)
    self->silence = weir_silence_new (self->history, G_LIST_MODEL (self->sessions),
                                      weir_monitor_get_records (self, WEIR_RECORD_SUBSCRIPTION));

  return self->silence;
}

/**
 * weir_monitor_get_sessions:
 *
 * Returns: (transfer none): a list of #WeirSession in the order of the accounts
 */
GListModel *
weir_monitor_get_sessions (WeirMonitor *self)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);

  return G_LIST_MODEL (self->sessions);
}

/**
 * weir_monitor_find_session:
 * @account: an account, or an older state of it
 *
 * Returns: (transfer none) (nullable): its session
 */
WeirSession *
weir_monitor_find_session (WeirMonitor *self, WeirAccount *account)
{
  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);

  return find_session (self, account->uuid);
}

/**
 * weir_monitor_get_records:
 * @kind: %WEIR_RECORD_SUBSCRIPTION, %WEIR_RECORD_PULL or %WEIR_RECORD_CONNECTION
 *
 * Returns: (transfer none): what is known of that kind, of all accounts
 */
WeirRecordSet *
weir_monitor_get_records (WeirMonitor *self, WeirRecordKind kind)
{
  int index = weir_session_get_set_index (kind);

  g_return_val_if_fail (WEIR_IS_MONITOR (self), NULL);
  g_return_val_if_fail (index >= 0, NULL);

  return self->records[index];
}

/**
 * weir_monitor_set_watched:
 * @watched: whether somebody looks on
 *
 * What nobody sees is asked for less often.
 */
void
weir_monitor_set_watched (WeirMonitor *self, gboolean watched)
{
  GListModel *sessions;

  g_return_if_fail (WEIR_IS_MONITOR (self));

  self->watched = watched;
  sessions = G_LIST_MODEL (self->sessions);
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      weir_session_set_watched (session, watched, &self->refresh);
    }
}

/**
 * weir_monitor_put:
 * @record: a subscription, pull or connection that a server has just given
 *
 * Puts it into its set; an active pull is then followed to its end.
 */
void
weir_monitor_put (WeirMonitor *self, WeirRecord *record)
{
  WeirSession *session;

  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  session = find_session (self, weir_record_get_account (record)->uuid);
  if (session != NULL)
    weir_session_put (session, record);
}

/**
 * weir_monitor_can:
 * @reason: (out) (optional) (transfer none): why not, as a translated sentence
 *
 * Returns: whether @action may be done to @record now
 */
gboolean
weir_monitor_can (WeirMonitor *self, WeirAction action, WeirRecord *record, const char **reason)
{
  WeirProvider *provider;
  const char *unused;

  g_return_val_if_fail (WEIR_IS_MONITOR (self), FALSE);
  g_return_val_if_fail (WEIR_IS_RECORD (record), FALSE);

  if (reason == NULL)
    reason = &unused;

  provider = find_provider (self, record);
  if (provider == NULL)
    *reason = describe_no_provider ();
  else if (weir_monitor_is_busy (self, record))
    *reason = _ ("Something is being done to it already.");
  else
    return weir_provider_can (provider, action, record, reason);

  return FALSE;
}

/**
 * weir_monitor_act_async:
 * @action: what to do; not %WEIR_ACTION_CREATE, %WEIR_ACTION_UPDATE and %WEIR_ACTION_RECONNECT, which
 *   have functions of their own in #WeirProvider
 * @record: a subscription or a connection
 *
 * Does @action to @record once. Different records may be acted on at the same time; a second action
 * on the same one is refused until the first has ended.
 */
void
weir_monitor_act_async (WeirMonitor *self,
                        WeirAction action,
                        WeirRecord *record,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WeirProvider *provider;
  Act *act;

  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_RECORD (record));
  g_return_if_fail (action != WEIR_ACTION_CREATE && action != WEIR_ACTION_UPDATE
                    && action != WEIR_ACTION_RECONNECT);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_monitor_act_async);

  provider = find_provider (self, record);
  if (provider == NULL)
    {
      g_task_return_error (task, weir_provider_error_new (WEIR_PROVIDER_ERROR_UNAUTHORIZED, "%s",
                                                          describe_no_provider ()));
      return;
    }
  if (weir_monitor_is_busy (self, record))
    {
      g_task_return_error (task,
                           weir_provider_error_new (WEIR_PROVIDER_ERROR_REFUSED,
                                                    _ ("Something is being done to “%s” already."),
                                                    weir_record_get_name (record)));
      return;
    }

  act = g_new0 (Act, 1);
  act->action = action;
  act->record = g_object_ref (record);
  g_task_set_task_data (task, act, (GDestroyNotify) act_free);
  set_busy (self, record, TRUE);
  weir_provider_act_async (provider, action, record, cancellable, act_cb, g_steal_pointer (&task));
}

/**
 * weir_monitor_act_finish:
 *
 * Returns: (transfer full): the record as it is now, of a pull the #WeirPullRun, of a deletion the
 *   record that was; %NULL with the provider's error
 */
WeirRecord *
weir_monitor_act_finish (WeirMonitor *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_monitor_is_busy:
 *
 * Returns: whether something is being done to @record
 */
gboolean
weir_monitor_is_busy (WeirMonitor *self, WeirRecord *record)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (WEIR_IS_MONITOR (self), FALSE);
  g_return_val_if_fail (WEIR_IS_RECORD (record), FALSE);

  key = dup_busy_key (record);

  return g_hash_table_contains (self->busy, key);
}
