/* weir-monitor-accounts.c: accounts saved and removed with all that belongs to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-monitor.h"

typedef struct
{
  WeirAccount *account;
  gboolean with_history; /* of a removal */
  gboolean known;        /* of a saved account: there was one before */
  char *secret;          /* (nullable) of it, until it is stored */
  GError *doubt;         /* (nullable) of the keyring: the secret was not kept, or not removed */
} Change;

static void
change_free (Change *self)
{
  g_object_unref (self->account);
  g_clear_error (&self->doubt);
  weir_secrets_free (self->secret);
  g_free (self);
}

static void
rename_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (weir_history_rename_account_finish (WEIR_HISTORY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
finish_saving (GTask *task)
{
  WeirMonitor *self = g_task_get_source_object (task);
  Change *saved = g_task_get_task_data (task);

  /* The history of an account has its name in it. */
  if (saved->known)
    weir_history_rename_account_async (weir_monitor_get_history (self), saved->account, NULL,
                                       rename_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
store_secret_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *saved = g_task_get_task_data (task);

  weir_secrets_store_finish (result, &saved->doubt);
  finish_saving (task);
}

static void
remove_history_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (weir_history_remove_account_finish (WEIR_HISTORY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
clear_secret_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirMonitor *self = g_task_get_source_object (task);
  Change *removed = g_task_get_task_data (task);

  weir_secrets_clear_finish (result, &removed->doubt);
  /* Where there is no keyring there is no token in it. */
  if (g_error_matches (removed->doubt, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_UNAVAILABLE)
      || g_error_matches (removed->doubt, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING))
    g_clear_error (&removed->doubt);

  if (removed->with_history)
    weir_history_remove_account_async (weir_monitor_get_history (self), removed->account->uuid,
                                       NULL, remove_history_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *saved = g_task_get_task_data (task);
  GError *error = NULL;

  if (!weir_account_store_change_finish (WEIR_ACCOUNT_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (saved->secret != NULL)
    weir_secrets_store_async (saved->account, saved->secret, g_task_get_cancellable (task),
                              store_secret_cb, g_object_ref (task));
  else
    finish_saving (task);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *removed = g_task_get_task_data (task);
  GError *error = NULL;

  if (!weir_account_store_change_finish (WEIR_ACCOUNT_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    weir_secrets_clear_async (removed->account, g_task_get_cancellable (task), clear_secret_cb,
                              g_object_ref (task));
}

/**
 * weir_monitor_save_account_async:
 * @account: a new account, or a new state of a known one
 * @secret: (nullable): its secret; %NULL keeps the one that is stored
 *
 * Keeps the account, then the secret.
 */
void
weir_monitor_save_account_async (WeirMonitor *self,
                                 WeirAccount *account,
                                 const char *secret,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WeirAccountStore *store;
  Change *saved;

  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  store = weir_monitor_get_store (self);
  saved = g_new0 (Change, 1);
  saved->account = g_object_ref (account);
  saved->known = weir_account_store_find_uuid (store, account->uuid) != NULL;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_monitor_save_account_async);
  g_task_set_task_data (task, saved, (GDestroyNotify) change_free);
  /* What has been done cannot be taken back by a cancellation. */
  g_task_set_check_cancellable (task, FALSE);

  saved->secret = g_strdup (secret);
  weir_account_store_change_async (
      store, saved->known ? WEIR_ACCOUNT_STORE_REPLACE : WEIR_ACCOUNT_STORE_ADD, account, saved_cb,
      g_steal_pointer (&task));
}

/**
 * weir_monitor_save_account_finish:
 * @not_kept: (out) (optional): set if the account is kept, but its secret only until this process ends
 *
 * Returns: %FALSE with @error set if the account is not kept, or its new name could not be given to its history
 */
gboolean
weir_monitor_save_account_finish (WeirMonitor *self,
                                  GAsyncResult *result,
                                  GError **not_kept,
                                  GError **error)
{
  Change *saved;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  saved = g_task_get_task_data (G_TASK (result));
  if (not_kept != NULL)
    *not_kept = g_steal_pointer (&saved->doubt);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_monitor_remove_account_async:
 * @with_history: whether its events go too
 *
 * Removes the account and its secret.
 */
void
weir_monitor_remove_account_async (WeirMonitor *self,
                                   WeirAccount *account,
                                   gboolean with_history,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Change *removed;

  g_return_if_fail (WEIR_IS_MONITOR (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  removed = g_new0 (Change, 1);
  removed->account = g_object_ref (account);
  removed->with_history = with_history;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_monitor_remove_account_async);
  g_task_set_task_data (task, removed, (GDestroyNotify) change_free);
  g_task_set_check_cancellable (task, FALSE);

  weir_account_store_change_async (weir_monitor_get_store (self), WEIR_ACCOUNT_STORE_REMOVE,
                                   account, removed_cb, g_steal_pointer (&task));
}

/**
 * weir_monitor_remove_account_finish:
 * @not_removed: (out) (optional): set if the keyring may still keep the account's secret
 *
 * Returns: %FALSE with @error set if the account, or its history, could not be removed
 */
gboolean
weir_monitor_remove_account_finish (WeirMonitor *self,
                                    GAsyncResult *result,
                                    GError **not_removed,
                                    GError **error)
{
  Change *removed;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  removed = g_task_get_task_data (G_TASK (result));
  if (not_removed != NULL)
    *not_removed = g_steal_pointer (&removed->doubt);

  return g_task_propagate_boolean (G_TASK (result), error);
}
