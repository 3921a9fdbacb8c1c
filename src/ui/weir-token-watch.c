/* weir-token-watch.c: tokens that end soon
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-token-watch.h"

#include "weir-clock.h"
#include "weir-format.h"
#include "weir-remember.h"

#include <glib/gi18n-lib.h>

#define KEY "tokens" /* what was told: an account's uuid → when its token ends */
#define INTERVAL 60  /* s */

struct _WeirTokenWatch
{
  GObject parent_instance;

  GApplication *application; /* not owned: it owns us */
  WeirMonitor *monitor;
  guint timeout_id;
};

G_DEFINE_FINAL_TYPE (WeirTokenWatch, weir_token_watch, G_TYPE_OBJECT)

static gboolean
is_told (const char *uuid, gint64 expiry)
{
  g_autoptr (GVariant) told = weir_remember_lookup (KEY);
  gint64 before;

  return told != NULL && g_variant_lookup (told, uuid, "x", &before) && before == expiry;
}

static void
note_told (const char *uuid, gint64 expiry)
{
  g_autoptr (GVariant) told = weir_remember_lookup (KEY);
  GVariantDict dict;

  g_variant_dict_init (&dict, told);
  g_variant_dict_insert (&dict, uuid, "x", expiry);
  weir_remember_keep (KEY, g_variant_dict_end (&dict));
}

static char *
dup_id (const char *uuid)
{
  return g_strconcat ("token-", uuid, NULL);
}

static void
withdraw (WeirTokenWatch *self, const char *uuid)
{
  g_autofree char *id = dup_id (uuid);

  g_application_withdraw_notification (self->application, id);
}

static void
forget (const char *uuid)
{
  g_autoptr (GVariant) told = weir_remember_lookup (KEY);
  GVariantDict dict;

  g_variant_dict_init (&dict, told);
  g_variant_dict_remove (&dict, uuid);
  weir_remember_keep (KEY, g_variant_dict_end (&dict));
}

/* Of a token that was given up, and of accounts that were, also while Weir was off. */
static void
withdraw_old (WeirTokenWatch *self)
{
  g_autoptr (GVariant) told = weir_remember_lookup (KEY);
  WeirAccountStore *store = weir_monitor_get_store (self->monitor);
  GVariantIter iter;
  const char *uuid;
  GVariant *value;

  if (told == NULL)
    return;

  g_variant_iter_init (&iter, told);
  while (g_variant_iter_loop (&iter, "{&sv}", &uuid, &value))
    {
      WeirAccount *account = weir_account_store_find_uuid (store, uuid);
      WeirSession *session =
          account != NULL ? weir_monitor_find_session (self->monitor, account) : NULL;

      /* it is not known before the keyring has answered */
      if (account != NULL
          && (session == NULL || weir_session_get_provider (session) == NULL
              || (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64)
                  && g_variant_get_int64 (value) == weir_token_get_expiry (session))))
        continue;
      withdraw (self, uuid);
      forget (uuid);
    }
}

static void
notify (WeirTokenWatch *self, WeirAccount *account, gint64 expiry)
{
  g_autofree char *title = NULL;
  g_autofree char *id = dup_id (account->uuid);
  g_autofree char *when = weir_format_countdown (expiry);
  g_autoptr (GNotification) notification = NULL;

  if (expiry > weir_clock_now ())
    /* Translators: the name of an account, a span such as “in 3 days” */
    title = g_strdup_printf (_ ("The token of %s expires %s"), account->name, when);
  else
    /* Translators: the name of an account */
    title = g_strdup_printf (_ ("The token of %s has expired"), account->name);
  notification = g_notification_new (title);
  g_notification_set_body (notification,
                           _ ("Give the account a new one, so that Weir goes on watching it."));
  g_notification_set_default_action_and_target (notification, "app.edit-account", "s",
                                                account->uuid);
  g_notification_add_button_with_target (notification, _ ("Edit Account"), "app.edit-account", "s",
                                         account->uuid);
  g_application_send_notification (self->application, id, notification);
}

static void
look (WeirTokenWatch *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);

  withdraw_old (self);
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirAccount *account = weir_session_get_account (session);
      gint64 expiry = weir_token_get_expiry (session);

      if (account->ephemeral || expiry == 0 || expiry - weir_clock_now () > WEIR_TOKEN_SOON
          || is_told (account->uuid, expiry))
        continue;
      note_told (account->uuid, expiry);
      notify (self, account, expiry);
    }
}

static gboolean
timeout_cb (gpointer user_data)
{
  look (user_data);

  return G_SOURCE_CONTINUE;
}

/* A session says so when its token is there. */
static void
sessions_changed_cb (WeirTokenWatch *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *sessions)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      g_signal_connect_object (session, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
    }
}

static void
accounts_changed_cb (WeirTokenWatch *self)
{
  withdraw_old (self);
}

static void
weir_token_watch_dispose (GObject *object)
{
  WeirTokenWatch *self = WEIR_TOKEN_WATCH (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_token_watch_parent_class)->dispose (object);
}

static void
weir_token_watch_class_init (WeirTokenWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_token_watch_dispose;
}

static void
weir_token_watch_init (WeirTokenWatch *self)
{
}

/**
 * weir_token_watch_new:
 * @application: sends the notifications, has the action "app.edit-account", and outlives the watch
 * @monitor: has the accounts
 *
 * Returns: (transfer full): a watch that looks whenever an account changes, and each minute
 */
WeirTokenWatch *
weir_token_watch_new (GApplication *application, WeirMonitor *monitor)
{
  WeirTokenWatch *self;
  GListModel *sessions;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_TOKEN_WATCH, NULL);
  self->application = application;
  self->monitor = g_object_ref (monitor);
  self->timeout_id = g_timeout_add_seconds (INTERVAL, timeout_cb, self);
  sessions = weir_monitor_get_sessions (monitor);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (sessions_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sessions_changed_cb (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
  g_signal_connect_object (weir_monitor_get_store (monitor), "items-changed",
                           G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  look (self);

  return self;
}

/**
 * weir_token_get_expiry:
 * @session: an account's session
 *
 * Returns: when the token ends that the account was given, µs; 0 if it does not, or nobody can know
 */
gint64
weir_token_get_expiry (WeirSession *session)
{
  WeirProvider *provider = weir_session_get_provider (session);

  return provider != NULL ? weir_provider_get_token_expiry (provider) : 0;
}

/**
 * weir_token_dup_state:
 * @expiry: when a token ends, µs; 0 never or not known
 *
 * Returns: (transfer full) (nullable): that it ends soon, or has ended
 */
char *
weir_token_dup_state (gint64 expiry)
{
  g_autofree char *when = weir_format_countdown (expiry);

  if (expiry == 0 || expiry - weir_clock_now () > WEIR_TOKEN_SOON)
    return NULL;
  if (expiry <= weir_clock_now ())
    return g_strdup (_ ("Token expired"));

  /* Translators: %s is a span such as “in 3 days” */
  return g_strdup_printf (_ ("Token expires %s"), when);
}
