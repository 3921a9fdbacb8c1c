/* weir-notifier.c: desktop notifications of what goes wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-notifier.h"

#include "weir-choices.h"
#include "weir-connection.h"
#include "weir-error-text.h"
#include "weir-gap.h"
#include "weir-pull-run.h"
#include "weir-silence-text.h"
#include "weir-subscription.h"

#include <glib/gi18n-lib.h>

#define MAX_NAMES 3

struct _WeirNotifier
{
  GObject parent_instance;

  GApplication *application; /* not owned: it owns us */
  WeirMonitor *monitor;
  WeirAlerts *alerts;
  GHashTable *sent; /* ids */
};

G_DEFINE_FINAL_TYPE (WeirNotifier, weir_notifier, G_TYPE_OBJECT)

/* Where many of a kind are seen. */
static const char *const pages[WEIR_N_TROUBLES] = {
  [WEIR_TROUBLE_SUBSCRIPTION] = "subscriptions", [WEIR_TROUBLE_CONNECTION] = "connections",
  [WEIR_TROUBLE_ACCOUNT] = "overview",           [WEIR_TROUBLE_PULL] = "pulls",
  [WEIR_TROUBLE_OVERDUE] = "subscriptions",      [WEIR_TROUBLE_GAP] = "timeline",
  [WEIR_TROUBLE_SILENCE] = "subscriptions",
};

static gboolean
is_failure (WeirTroubleKind kind)
{
  return kind == WEIR_TROUBLE_SUBSCRIPTION || kind == WEIR_TROUBLE_CONNECTION
         || kind == WEIR_TROUBLE_ACCOUNT || kind == WEIR_TROUBLE_PULL;
}

/* Of others it is no news that they are over, or not sure that they are well. */
static gboolean
recovers (WeirTroubleKind kind)
{
  return kind == WEIR_TROUBLE_SUBSCRIPTION || kind == WEIR_TROUBLE_CONNECTION
         || kind == WEIR_TROUBLE_ACCOUNT;
}

static const char *
get_name (const WeirTrouble *trouble)
{
  if (WEIR_IS_PULL_RUN (trouble->about)
      && WEIR_PULL_RUN (trouble->about)->subscription_name != NULL)
    return WEIR_PULL_RUN (trouble->about)->subscription_name;
  if (WEIR_IS_RECORD (trouble->about))
    return weir_record_get_name (WEIR_RECORD (trouble->about));

  return trouble->account->name;
}

static const char *
get_format_of_one (WeirTroubleKind kind, gboolean over)
{
  switch (kind)
    {
    case WEIR_TROUBLE_SUBSCRIPTION:
      /* Translators: %s is the name of a subscription */
      return over ? _ ("%s works again") : _ ("%s has an error");

    case WEIR_TROUBLE_CONNECTION:
      /* Translators: %s is the name of a connection */
      return over ? _ ("“%s” is connected again") : _ ("%s needs to be looked after");

    case WEIR_TROUBLE_ACCOUNT:
      /* Translators: %s is the name of an account */
      return over ? _ ("%s is online again") : _ ("%s cannot be watched");

    case WEIR_TROUBLE_PULL:
      /* Translators: %s is the name of a subscription */
      return _ ("A pull run of %s has failed");

    case WEIR_TROUBLE_OVERDUE:
      /* Translators: %s is the name of a subscription */
      return _ ("A pull run of %s is overdue");

    case WEIR_TROUBLE_GAP:
      /* Translators: %s is the name of an account */
      return _ ("Events of %s may be missing");

    case WEIR_TROUBLE_SILENCE:
    default:
      /* Translators: %s is the name of a subscription */
      return _ ("%s has fallen silent");
    }
}

static const char *
get_format_of_many (WeirTroubleKind kind, gboolean over, guint n)
{
  switch (kind)
    {
    case WEIR_TROUBLE_SUBSCRIPTION:
      return over ? ngettext ("%u subscription works again", "%u subscriptions work again", n)
                  : ngettext ("%u subscription has an error", "%u subscriptions have errors", n);

    case WEIR_TROUBLE_CONNECTION:
      return over ? ngettext ("%u connection is connected again",
                              "%u connections are connected again", n)
                  : ngettext ("%u connection needs to be looked after",
                              "%u connections need to be looked after", n);

    case WEIR_TROUBLE_ACCOUNT:
      return over ? ngettext ("%u account is online again", "%u accounts are online again", n)
                  : ngettext ("%u account cannot be watched", "%u accounts cannot be watched", n);

    case WEIR_TROUBLE_PULL:
      return ngettext ("The pull run of %u subscription has failed",
                       "Pull runs of %u subscriptions have failed", n);

    case WEIR_TROUBLE_OVERDUE:
      return ngettext ("The pull run of %u subscription is overdue",
                       "Pull runs of %u subscriptions are overdue", n);

    case WEIR_TROUBLE_GAP:
      return ngettext ("%u gap was found", "%u gaps were found", n);

    case WEIR_TROUBLE_SILENCE:
    default:
      return ngettext ("%u subscription has fallen silent", "%u subscriptions have fallen silent",
                       n);
    }
}

/**
 * weir_notifier_dup_title:
 * @troubles: (element-type WeirTrouble): what is told, of one kind, at least one
 * @over: whether it is over
 *
 * Returns: (transfer full): one sentence for all
 */
char *
weir_notifier_dup_title (GPtrArray *troubles, gboolean over)
{
  const WeirTrouble *first;

  g_return_val_if_fail (troubles != NULL && troubles->len > 0, NULL);

  first = troubles->pdata[0];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (troubles->len == 1)
    return g_strdup_printf (get_format_of_one (first->kind, over), get_name (first));

  return g_strdup_printf (get_format_of_many (first->kind, over, troubles->len), troubles->len);
#pragma GCC diagnostic pop
}

/* Nothing that a server has said: it may quote a payload, and notifications are kept and seen by others. */
static char *
dup_detail (const WeirTrouble *trouble)
{
  if (WEIR_IS_SESSION (trouble->about))
    {
      WeirSession *session = WEIR_SESSION (trouble->about);

      return g_strdup (weir_error_text_describe_state (weir_session_get_state (session),
                                                       weir_session_get_error (session)));
    }
  if (WEIR_IS_GAP (trouble->about))
    return g_strdup (weir_gap_cause_get_text (WEIR_GAP (trouble->about)->cause));

  return g_strdup (trouble->account->name);
}

/**
 * weir_notifier_dup_body:
 * @troubles: (element-type WeirTrouble): what is told, of one kind, at least one
 *
 * Returns: (transfer full): more of the one, or whom of the many it is about
 */
char *
weir_notifier_dup_body (GPtrArray *troubles)
{
  GString *text;

  g_return_val_if_fail (troubles != NULL && troubles->len > 0, NULL);

  if (troubles->len == 1)
    return dup_detail (troubles->pdata[0]);

  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (troubles->len, MAX_NAMES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", get_name (troubles->pdata[i]));
  if (troubles->len > MAX_NAMES)
    {
      guint rest = troubles->len - MAX_NAMES;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", rest), rest);
    }

  return g_string_free (text, FALSE);
}

static WeirRecord *
find (WeirNotifier *self, WeirRecordKind kind, WeirAccount *account, const char *id)
{
  return weir_record_set_find (weir_monitor_get_records (self->monitor, kind), account, id);
}

/* Only what may be done. */
static void
add_button (WeirNotifier *self, GNotification *notification, const WeirTrouble *trouble)
{
  WeirRecord *record;

  switch (trouble->kind)
    {
    case WEIR_TROUBLE_PULL:
    case WEIR_TROUBLE_OVERDUE:
    case WEIR_TROUBLE_SILENCE:
      record = find (self, WEIR_RECORD_SUBSCRIPTION, trouble->account, trouble->id);
      if (record != NULL && weir_monitor_can (self->monitor, WEIR_ACTION_PULL, record, NULL))
        g_notification_add_button_with_target (notification, _ ("Pull Now"), "app.pull-now", "(ss)",
                                               trouble->account->uuid, trouble->id);
      break;

    case WEIR_TROUBLE_CONNECTION:
      record = find (self, WEIR_RECORD_CONNECTION, trouble->account, trouble->id);
      if (record != NULL && weir_monitor_can (self->monitor, WEIR_ACTION_RECONNECT, record, NULL))
        g_notification_add_button_with_target (notification, _ ("Reconnect"), "app.reconnect",
                                               "(ss)", trouble->account->uuid, trouble->id);
      break;

    case WEIR_TROUBLE_ACCOUNT:
      if (!trouble->account->ephemeral)
        g_notification_add_button_with_target (notification, _ ("Edit Account"), "app.edit-account",
                                               "s", trouble->account->uuid);
      break;

    case WEIR_TROUBLE_SUBSCRIPTION:
    case WEIR_TROUBLE_GAP:
    default:
      break;
    }
}

static char *
dup_silence (WeirNotifier *self, const WeirTrouble *trouble)
{
  WeirSilence *silence = weir_monitor_get_silence (self->monitor);
  const WeirQuiet *quiet = trouble->about != NULL
                               ? weir_silence_get (silence, WEIR_RECORD (trouble->about))
                               : weir_silence_get_rest (silence, trouble->account);

  return quiet != NULL ? weir_silence_text_long (quiet) : g_strdup (trouble->account->name);
}

static void
send (WeirNotifier *self, const char *id, GPtrArray *troubles, gboolean over)
{
  const WeirTrouble *first = troubles->pdata[0];
  g_autofree char *title = weir_notifier_dup_title (troubles, over);
  g_autofree char *body = troubles->len == 1 && first->kind == WEIR_TROUBLE_SILENCE && !over
                              ? dup_silence (self, first)
                              : weir_notifier_dup_body (troubles);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  if (over)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  if (troubles->len == 1 && WEIR_IS_RECORD (first->about))
    g_notification_set_default_action_and_target (
        notification, "app.show-record", "(iss)",
        (gint32) weir_record_get_kind (WEIR_RECORD (first->about)), first->account->uuid,
        weir_record_get_id (WEIR_RECORD (first->about)));
  else
    g_notification_set_default_action_and_target (notification, "app.show-page", "s",
                                                  pages[first->kind]);
  if (troubles->len == 1 && !over)
    add_button (self, notification, first);
  g_hash_table_add (self->sent, g_strdup (id));
  g_application_send_notification (self->application, id, notification);
}

static void
withdraw_cb (WeirNotifier *self, const char *id)
{
  if (g_hash_table_remove (self->sent, id))
    g_application_withdraw_notification (self->application, id);
}

static char *
dup_recovery_id (WeirTroubleKind kind)
{
  return g_strdup_printf ("over-%d", (int) kind);
}

static void
tell_cb (WeirNotifier *self, const char *id, GPtrArray *troubles)
{
  WeirTroubleKind kind = ((WeirTrouble *) troubles->pdata[0])->kind;
  WeirNotify notify = weir_choices_get_notify (weir_monitor_get_preferences (self->monitor));
  g_autofree char *over = dup_recovery_id (kind);

  if (notify == WEIR_NOTIFY_NOTHING || (notify == WEIR_NOTIFY_FAILURES && !is_failure (kind)))
    return;
  withdraw_cb (self, over);
  send (self, id, troubles, FALSE);
}

static void
recovered_cb (WeirNotifier *self, GPtrArray *troubles)
{
  WeirTroubleKind kind = ((WeirTrouble *) troubles->pdata[0])->kind;
  g_autofree char *over = dup_recovery_id (kind);

  if (recovers (kind)
      && weir_choices_get_notify (weir_monitor_get_preferences (self->monitor)) == WEIR_NOTIFY_ALL)
    send (self, over, troubles, TRUE);
}

static void
weir_notifier_dispose (GObject *object)
{
  WeirNotifier *self = WEIR_NOTIFIER (object);

  if (self->alerts != NULL)
    g_signal_handlers_disconnect_by_data (weir_alerts_get_damper (self->alerts), self);
  g_clear_object (&self->alerts);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_notifier_parent_class)->dispose (object);
}

static void
weir_notifier_finalize (GObject *object)
{
  g_hash_table_unref (WEIR_NOTIFIER (object)->sent);

  G_OBJECT_CLASS (weir_notifier_parent_class)->finalize (object);
}

static void
weir_notifier_class_init (WeirNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_notifier_dispose;
  object_class->finalize = weir_notifier_finalize;
}

static void
weir_notifier_init (WeirNotifier *self)
{
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * weir_notifier_new:
 * @application: sends the notifications, has their actions (see weir-notify-actions.h), and outlives the notifier
 * @monitor: what is watched
 *
 * Returns: (transfer full): tells from now on what goes wrong
 */
WeirNotifier *
weir_notifier_new (GApplication *application, WeirMonitor *monitor)
{
  WeirNotifier *self;
  WeirDamper *damper;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->monitor = g_object_ref (monitor);
  self->alerts = weir_alerts_new (monitor);
  damper = weir_alerts_get_damper (self->alerts);
  g_signal_connect_swapped (damper, "tell", G_CALLBACK (tell_cb), self);
  g_signal_connect_swapped (damper, "withdraw", G_CALLBACK (withdraw_cb), self);
  g_signal_connect_swapped (damper, "recovered", G_CALLBACK (recovered_cb), self);

  return self;
}

/**
 * weir_notifier_withdraw_all:
 * @self: a notifier
 *
 * To be called before the program ends.
 */
void
weir_notifier_withdraw_all (WeirNotifier *self)
{
  GHashTableIter iter;
  gpointer id;

  g_return_if_fail (WEIR_IS_NOTIFIER (self));

  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_application_withdraw_notification (self->application, id);
  g_hash_table_remove_all (self->sent);
}
