/* weir-alerts.c: watches all accounts for what is worth a notification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-alerts.h"

#include "weir-clock.h"
#include "weir-connection.h"
#include "weir-history-gaps.h"
#include "weir-pull-run.h"
#include "weir-state-change.h"
#include "weir-subscription.h"

#define INTERVAL 15 /* s: what becomes so without anything being said */

/* The latest run of a subscription. */
typedef struct
{
  char *id;
  gint64 start_at; /* µs */
  gboolean active;
} Latest;

struct _WeirAlerts
{
  GObject parent_instance;

  WeirMonitor *monitor;
  WeirDamper *damper;
  GHashTable *latest; /* "uuid/subscription" → Latest */
  GCancellable *cancellable;
  guint timeout_id;
};

G_DEFINE_FINAL_TYPE (WeirAlerts, weir_alerts, G_TYPE_OBJECT)

static void
latest_free (gpointer data)
{
  Latest *latest = data;

  g_free (latest->id);
  g_free (latest);
}

static char *
dup_key (WeirAccount *account, const char *subscription)
{
  return g_strconcat (account->uuid, "/", subscription, NULL);
}

/* A run that goes on says nothing; nor does an older one. */
static void
see_pull (WeirAlerts *self, WeirPullRun *pull)
{
  WeirAccount *account = weir_record_get_account (WEIR_RECORD (pull));
  const char *id = weir_record_get_id (WEIR_RECORD (pull));
  gint64 start_at = pull->start_at != 0 ? pull->start_at : weir_clock_now ();
  g_autofree char *key = NULL;
  gboolean was_active;
  Latest *latest;

  if (pull->subscription == NULL)
    return;

  key = dup_key (account, pull->subscription);
  latest = g_hash_table_lookup (self->latest, key);
  if (latest != NULL && start_at < latest->start_at && !g_str_equal (latest->id, id))
    return;

  was_active = latest != NULL && latest->active && g_str_equal (latest->id, id);
  latest = g_new (Latest, 1);
  *latest = (Latest){ g_strdup (id), start_at, weir_pull_run_is_active (pull) };
  g_hash_table_replace (self->latest, g_steal_pointer (&key), latest);
  if (!latest->active)
    weir_damper_note (self->damper, WEIR_TROUBLE_PULL, account, pull->subscription, pull,
                      pull->error != NULL || g_str_equal (pull->status, "error"),
                      was_active ? weir_clock_now () : start_at);
}

/* Somebody wants it so. */
static gboolean
is_off (WeirRecord *record)
{
  static const char *const off[] = { "unsubscribed", "inactive", "disabled", "paused", NULL };

  if (WEIR_IS_SUBSCRIPTION (record))
    return WEIR_SUBSCRIPTION (record)->deactivated || WEIR_SUBSCRIPTION (record)->archived_at != 0
           || g_strv_contains (off, WEIR_SUBSCRIPTION (record)->status);

  return WEIR_CONNECTION (record)->deactivated || WEIR_CONNECTION (record)->archived_at != 0;
}

/* As the recorder keeps it. */
static void
see_record (WeirAlerts *self, WeirRecord *record)
{
  WeirAccount *account = weir_record_get_account (record);
  const char *id = weir_record_get_id (record);
  WeirTroubleKind kind =
      WEIR_IS_CONNECTION (record) ? WEIR_TROUBLE_CONNECTION : WEIR_TROUBLE_SUBSCRIPTION;
  g_autoptr (WeirStateChange) state = NULL;

  if (WEIR_IS_PULL_RUN (record))
    {
      see_pull (self, WEIR_PULL_RUN (record));
      return;
    }

  /* what was switched off has no trouble any more, but works no more either */
  if (is_off (record))
    weir_damper_forget (self->damper, kind, account, id);
  state = weir_state_change_new (record, weir_clock_now (), FALSE);
  weir_damper_note (self->damper, kind, account, id, record,
                    !is_off (record) && weir_state_change_is_bad (state), 0);
}

static void
removed_cb (WeirAlerts *self, WeirRecord *record)
{
  WeirAccount *account = weir_record_get_account (record);
  const char *id = weir_record_get_id (record);
  g_autofree char *key = NULL;

  if (WEIR_IS_CONNECTION (record))
    {
      weir_damper_forget (self->damper, WEIR_TROUBLE_CONNECTION, account, id);
    }
  else if (WEIR_IS_SUBSCRIPTION (record))
    {
      key = dup_key (account, id);
      g_hash_table_remove (self->latest, key);
      weir_damper_forget (self->damper, WEIR_TROUBLE_SUBSCRIPTION, account, id);
      weir_damper_forget (self->damper, WEIR_TROUBLE_PULL, account, id);
      weir_damper_forget (self->damper, WEIR_TROUBLE_OVERDUE, account, id);
      weir_damper_forget (self->damper, WEIR_TROUBLE_SILENCE, account, id);
    }
}

static gboolean
is_bad_state (WeirAccountState state)
{
  return state == WEIR_ACCOUNT_UNAUTHORIZED || state == WEIR_ACCOUNT_FORBIDDEN
         || state == WEIR_ACCOUNT_UNREACHABLE || state == WEIR_ACCOUNT_INVALID_ANSWER;
}

/* Without a network no account can be reached, and everybody knows; one that connects is in no state yet. */
static void
see_session (WeirAlerts *self, WeirSession *session)
{
  WeirAccountState state = weir_session_get_state (session);
  WeirAccount *account = weir_session_get_account (session);

  if (state == WEIR_ACCOUNT_UNKNOWN
      || (state == WEIR_ACCOUNT_UNREACHABLE
          && !g_network_monitor_get_network_available (g_network_monitor_get_default ())))
    return;
  weir_damper_note (self->damper, WEIR_TROUBLE_ACCOUNT, account, account->uuid, session,
                    is_bad_state (state), 0);
}

static void
session_changed_cb (WeirAlerts *self, WeirSession *session)
{
  see_session (self, session);
}

static void
sessions_changed_cb (WeirAlerts *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *sessions)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                               G_CONNECT_SWAPPED);
      see_session (self, session);
    }
}

/* Those that were removed are no longer in the store. */
static void
accounts_changed_cb (WeirAlerts *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *accounts)
{
  weir_damper_forget_strangers (self->damper, accounts);
}

/* A platform that cannot be reached cannot tell that it has pulled. */
static gboolean
is_online (WeirAlerts *self, WeirRecord *record)
{
  WeirSession *session =
      weir_monitor_find_session (self->monitor, weir_record_get_account (record));

  return session != NULL && weir_session_get_state (session) == WEIR_ACCOUNT_ONLINE;
}

static gboolean
is_pulled_now (WeirAlerts *self, WeirRecord *subscription)
{
  g_autofree char *key =
      dup_key (weir_record_get_account (subscription), weir_record_get_id (subscription));
  const Latest *latest = g_hash_table_lookup (self->latest, key);

  return latest != NULL && latest->active;
}

static void
see_overdue (WeirAlerts *self)
{
  GListModel *records =
      G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_SUBSCRIPTION));

  weir_damper_begin (self->damper, WEIR_TROUBLE_OVERDUE);
  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (WeirSubscription) subscription = g_list_model_get_item (records, i);
      WeirRecord *record = WEIR_RECORD (subscription);

      if (weir_subscription_is_overdue (subscription) && !is_pulled_now (self, record)
          && is_online (self, record))
        weir_damper_note (self->damper, WEIR_TROUBLE_OVERDUE, weir_record_get_account (record),
                          weir_record_get_id (record), record, TRUE,
                          subscription->next_pull_at + WEIR_SUBSCRIPTION_LATE);
    }
  weir_damper_end (self->damper, WEIR_TROUBLE_OVERDUE);
}

static void
see_silence (WeirAlerts *self)
{
  WeirSilence *silence = weir_monitor_get_silence (self->monitor);
  GListModel *records =
      G_LIST_MODEL (weir_monitor_get_records (self->monitor, WEIR_RECORD_SUBSCRIPTION));
  GListModel *accounts = G_LIST_MODEL (weir_monitor_get_store (self->monitor));

  weir_damper_begin (self->damper, WEIR_TROUBLE_SILENCE);
  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (WeirRecord) record = g_list_model_get_item (records, i);
      const WeirQuiet *quiet = weir_silence_get (silence, record);

      if (quiet != NULL)
        weir_damper_note (self->damper, WEIR_TROUBLE_SILENCE, weir_record_get_account (record),
                          weir_record_get_id (record), record, TRUE, quiet->at);
    }
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (accounts, i);
      const WeirQuiet *quiet = weir_silence_get_rest (silence, account);

      if (quiet != NULL)
        weir_damper_note (self->damper, WEIR_TROUBLE_SILENCE, account, "", NULL, TRUE, quiet->at);
    }
  weir_damper_end (self->damper, WEIR_TROUBLE_SILENCE);
}

static gboolean
timeout_cb (gpointer user_data)
{
  see_overdue (user_data);

  return G_SOURCE_CONTINUE;
}

/* What a pull that failed has left is told by that; what Weir itself removed was wanted. */
static gboolean
is_loss (WeirGap *gap)
{
  return gap->cause != WEIR_GAP_DELETED && gap->cause != WEIR_GAP_PULL_FAILED;
}

static void
gaps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirAlerts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps_finish (WEIR_HISTORY (source), result, &error);

  if (gaps == NULL || self->monitor == NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("Gaps are not known: %s", error->message);
      return;
    }

  weir_damper_begin (self->damper, WEIR_TROUBLE_GAP);
  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, gap->id);

      /* one that ended before is found now, but not new */
      if (is_loss (gap))
        weir_damper_note (self->damper, WEIR_TROUBLE_GAP, gap->account, id, gap, TRUE,
                          gap->to != 0 ? gap->to : gap->noticed_at);
    }
  weir_damper_end (self->damper, WEIR_TROUBLE_GAP);
}

static void
see_gaps (WeirAlerts *self)
{
  weir_history_list_gaps_async (weir_monitor_get_history (self->monitor), NULL, TRUE,
                                self->cancellable, gaps_cb, g_object_ref (self));
}

static void
watch_records (WeirAlerts *self)
{
  static const WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, WEIR_RECORD_PULL,
                                          WEIR_RECORD_CONNECTION };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GListModel *records = G_LIST_MODEL (weir_monitor_get_records (self->monitor, kinds[i]));

      for (guint j = 0; j < g_list_model_get_n_items (records); j++)
        {
          g_autoptr (WeirRecord) record = g_list_model_get_item (records, j);

          see_record (self, record);
        }
      g_signal_connect_object (records, "removed", G_CALLBACK (removed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->monitor, "record-changed", G_CALLBACK (see_record), self,
                           G_CONNECT_SWAPPED);
}

static void
weir_alerts_dispose (GObject *object)
{
  WeirAlerts *self = WEIR_ALERTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_alerts_parent_class)->dispose (object);
}

static void
weir_alerts_finalize (GObject *object)
{
  WeirAlerts *self = WEIR_ALERTS (object);

  g_object_unref (self->damper);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->latest);

  G_OBJECT_CLASS (weir_alerts_parent_class)->finalize (object);
}

static void
weir_alerts_class_init (WeirAlertsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_alerts_dispose;
  object_class->finalize = weir_alerts_finalize;
}

static void
weir_alerts_init (WeirAlerts *self)
{
  self->damper = weir_damper_new ();
  self->cancellable = g_cancellable_new ();
  self->latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, latest_free);
}

/**
 * weir_alerts_new:
 * @monitor: what to watch
 *
 * Returns: (transfer full): a watch to which what is so now is no news
 */
WeirAlerts *
weir_alerts_new (WeirMonitor *monitor)
{
  WeirAlerts *self;
  GListModel *sessions;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_ALERTS, NULL);
  self->monitor = g_object_ref (monitor);
  watch_records (self);
  sessions = weir_monitor_get_sessions (monitor);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
  g_signal_connect_object (weir_monitor_get_store (monitor), "items-changed",
                           G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (weir_monitor_get_history (monitor), "gaps-changed",
                           G_CALLBACK (see_gaps), self, G_CONNECT_SWAPPED);
  see_gaps (self);
  g_signal_connect_object (weir_monitor_get_silence (monitor), "changed", G_CALLBACK (see_silence),
                           self, G_CONNECT_SWAPPED);
  self->timeout_id = g_timeout_add_seconds (INTERVAL, timeout_cb, self);

  return self;
}

/**
 * weir_alerts_get_damper:
 * @self: a watch
 *
 * Returns: (transfer none): what says what to tell
 */
WeirDamper *
weir_alerts_get_damper (WeirAlerts *self)
{
  g_return_val_if_fail (WEIR_IS_ALERTS (self), NULL);

  return self->damper;
}
