/* weir-secrets.c: tokens in the secret service, and nowhere else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#define PATIENCE 5 /* s */

G_DEFINE_QUARK (weir_secrets_error, weir_secrets_error)

static const SecretSchema schema = {
  "io.github.weirhq.Weir",
  SECRET_SCHEMA_NONE,
  { { "uuid", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* One question to the service. A service that is silent is given up by our own clock, as a call to
 * it cannot always be cancelled: both the answer and the clock hold a reference. */
typedef struct
{
  gatomicrefcount ref_count;
  GTask *task; /* (nullable): NULL once it was answered */
  GCancellable *cancellable;
  gulong cancelled_id;
  guint timeout_id;
  char *uuid;
  char *secret; /* (nullable) to be stored */
  guint generation;
} Question;

/* What this process knows of an account. What the service keeps is asked of it each time, as another
 * program may have changed it. */
typedef struct
{
  char *secret; /* (nullable) what the service does not keep */
  char *late;   /* (nullable) what the service said after its time was up: for the next lookup */
  guint generation; /* one more whenever the secret is another: what was asked before is old */
} Memory;

static GHashTable *remembered; /* uuid → Memory; no one is ever taken out */
G_LOCK_DEFINE_STATIC (remembered);

/* The lock is held. */
static Memory *
get_memory (const char *uuid)
{
  Memory *memory;

  if (remembered == NULL)
    remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  memory = g_hash_table_lookup (remembered, uuid);
  if (memory == NULL)
    {
      memory = g_new0 (Memory, 1);
      g_hash_table_insert (remembered, g_strdup (uuid), memory);
    }

  return memory;
}

/* For a lookup: what came late is given away. */
static char *
dup_remembered (const char *uuid)
{
  Memory *memory;
  char *secret;

  G_LOCK (remembered);
  memory = get_memory (uuid);
  secret = memory->secret != NULL ? g_strdup (memory->secret) : g_steal_pointer (&memory->late);
  G_UNLOCK (remembered);

  return secret;
}

static guint
get_generation (const char *uuid)
{
  guint generation;

  G_LOCK (remembered);
  generation = get_memory (uuid)->generation;
  G_UNLOCK (remembered);

  return generation;
}

static void
remember (const char *uuid, const char *secret)
{
  Memory *memory;

  G_LOCK (remembered);
  memory = get_memory (uuid);
  memory->generation++;
  g_clear_pointer (&memory->late, weir_secrets_free);
  g_clear_pointer (&memory->secret, weir_secrets_free);
  memory->secret = g_strdup (secret);
  G_UNLOCK (remembered);
}

/* Asked again the service might be as slow again; but it may have been asked before another secret was given. */
static void
remember_late (const char *uuid, const char *secret, guint generation)
{
  Memory *memory;

  G_LOCK (remembered);
  memory = get_memory (uuid);
  if (memory->generation == generation)
    {
      g_clear_pointer (&memory->late, weir_secrets_free);
      memory->late = g_strdup (secret);
    }
  G_UNLOCK (remembered);
}

/* The service keeps @secret now. */
static void
forget (const char *uuid, const char *secret)
{
  Memory *memory;

  G_LOCK (remembered);
  memory = get_memory (uuid);
  /* a newer one may be on its way */
  if (g_strcmp0 (memory->secret, secret) == 0)
    g_clear_pointer (&memory->secret, weir_secrets_free);
  G_UNLOCK (remembered);
}

static void
question_unref (Question *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_assert (self->task == NULL);
  g_object_unref (self->cancellable);
  g_free (self->uuid);
  weir_secrets_free (self->secret);
  g_free (self);
}

/* Whoever comes first gets the task; the others get NULL. */
static GTask *
question_steal_task (Question *self)
{
  GTask *task = g_steal_pointer (&self->task);

  if (task != NULL)
    {
      g_clear_handle_id (&self->timeout_id, g_source_remove);
      g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
    }

  return task;
}

static GError *
error_locked (void)
{
  return g_error_new_literal (WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_LOCKED,
                              _ ("The keyring is locked"));
}

static GError *
error_refused (void)
{
  return g_error_new_literal (WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_REFUSED,
                              _ ("Weir is not allowed to use the keyring"));
}

/* What libsecret and D-Bus say is of use to few; what is the matter is one of these. */
static GError *
translate (const GError *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return error_locked ();
  /* of the portal: a person said no, or the system did for good */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_AUTH_FAILED))
    return error_refused ();
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_error_new_literal (WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_UNAVAILABLE,
                                _ ("There is no keyring (secret service) on this desktop"));
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_SILENT,
                                _ ("The keyring does not answer"));

  return g_error_new (WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_UNAVAILABLE,
                      _ ("The keyring cannot be used: %s"), error->message);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Question *self = user_data;
  g_autoptr (GTask) task = NULL;

  self->timeout_id = 0;
  task = question_steal_task (self);
  g_task_return_new_error (task, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_SILENT,
                           _ ("The keyring does not answer"));

  /* A lookup goes on: a person may be typing the keyring's password just now, and then the next
   * try finds what it brings. */
  if (g_task_get_source_tag (task) != weir_secrets_lookup_async)
    g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static Question *
question_new (GTask *task, WeirAccount *account)
{
  Question *self = g_new0 (Question, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_atomic_ref_count_init (&self->ref_count);
  self->task = g_object_ref (task);
  self->uuid = g_strdup (account->uuid);
  self->generation = get_generation (account->uuid);
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                g_object_ref (self->cancellable), g_object_unref);

  g_atomic_ref_count_inc (&self->ref_count);
  self->timeout_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PATIENCE, timeout_cb, self,
                                                 (GDestroyNotify) question_unref);

  return self;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_unref)

static void
return_failure (GTask *task, GError *error)
{
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_error (task, translate (error));
}

static char *
dup_from_environment (WeirAccount *account)
{
  g_autofree char *variable = weir_account_dup_token_variable (account);
  const char *secret = g_getenv (variable);

  return secret != NULL && *secret != '\0' ? g_strdup (secret) : NULL;
}

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item));
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GTask) task = question_steal_task (question);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (task != NULL && items != NULL && is_locked (items->data))
    g_task_return_error (task, error_locked ());
  else if (task != NULL && error != NULL)
    return_failure (task, error);
  else if (task != NULL)
    g_task_return_new_error (task, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING,
                             _ ("The keyring holds no token for this account"));
  g_list_free_full (items, g_object_unref);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  /* Whoever does not unlock the keyring when asked to is answered as if there were nothing. */
  if (secret == NULL && error == NULL && question->task != NULL)
    {
      Question *again = g_steal_pointer (&question);

      secret_password_search (&schema, SECRET_SEARCH_NONE, again->cancellable, search_cb, again,
                              "uuid", again->uuid, NULL);
      return;
    }

  task = question_steal_task (question);
  if (task == NULL)
    {
      if (secret != NULL)
        remember_late (question->uuid, secret, question->generation);
    }
  else if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify) weir_secrets_free);

  secret_password_free (secret);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GTask) task = question_steal_task (question);
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    {
      forget (question->uuid, question->secret);
      if (task != NULL)
        g_task_return_boolean (task, TRUE);
    }
  else if (task != NULL && error == NULL)
    {
      /* whoever was asked for the password put the question away */
      g_task_return_error (task, error_locked ());
    }
  else if (task != NULL)
    {
      return_failure (task, error);
    }
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GTask) task = question_steal_task (question);
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was none. */
  secret_password_clear_finish (result, &error);
  if (task == NULL)
    return;
  if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * weir_secrets_lookup_async:
 * @account: the account whose secret is wanted
 *
 * Finds the secret of @account: its environment variable, else what only this process knows, else
 * what the secret service keeps, which gets 5 s.
 */
void
weir_secrets_lookup_async (WeirAccount *account,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (Question) question = NULL;
  char *secret;

  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_secrets_lookup_async);

  secret = dup_from_environment (account);
  if (secret == NULL)
    secret = dup_remembered (account->uuid);
  if (secret != NULL)
    {
      g_task_return_pointer (task, secret, (GDestroyNotify) weir_secrets_free);
      return;
    }

  if (account->ephemeral)
    {
      g_task_return_new_error (task, WEIR_SECRETS_ERROR, WEIR_SECRETS_ERROR_MISSING,
                               _ ("The token of this account was only known while its hub ran"));
      return;
    }

  question = question_new (task, account);
  secret_password_lookup (&schema, question->cancellable, lookup_cb, question, "uuid",
                          account->uuid, NULL);
  g_steal_pointer (&question);
}

/**
 * weir_secrets_lookup_finish:
 *
 * Returns: (transfer full): the secret, to be freed with weir_secrets_free(), or %NULL with an error
 *   of #WeirSecretsError
 */
char *
weir_secrets_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_secrets_store_async:
 *
 * Has the secret service keep @secret; until it does, and if it does not, this process remembers it.
 */
void
weir_secrets_store_async (WeirAccount *account,
                          const char *secret,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (Question) question = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (secret != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_secrets_store_async);

  remember (account->uuid, secret);
  if (account->ephemeral)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* Translators: how a token is called in the keyring; the name of the program and of an account */
  label = g_strdup_printf (_ ("Weir: %s"), account->name);
  question = question_new (task, account);
  question->secret = g_strdup (secret);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, question->secret,
                         question->cancellable, store_cb, question, "uuid", account->uuid, NULL);
  g_steal_pointer (&question);
}

/**
 * weir_secrets_store_finish:
 *
 * Returns: %FALSE with a #WeirSecretsError if the secret is not kept beyond this process
 */
gboolean
weir_secrets_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_secrets_clear_async:
 *
 * Forgets the secret of @account, here and in the secret service.
 */
void
weir_secrets_clear_async (WeirAccount *account,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (Question) question = NULL;

  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_secrets_clear_async);

  remember (account->uuid, NULL);
  if (account->ephemeral)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  question = question_new (task, account);
  secret_password_clear (&schema, question->cancellable, clear_cb, question, "uuid", account->uuid,
                         NULL);
  g_steal_pointer (&question);
}

/**
 * weir_secrets_clear_finish:
 *
 * Returns: %FALSE with a #WeirSecretsError if the service may still keep the secret
 */
gboolean
weir_secrets_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_secrets_remember:
 * @secret: (nullable): %NULL to forget it
 *
 * Keeps @secret in this process only.
 */
void
weir_secrets_remember (WeirAccount *account, const char *secret)
{
  g_return_if_fail (WEIR_IS_ACCOUNT (account));

  remember (account->uuid, secret);
}

/**
 * weir_secrets_free:
 * @secret: (nullable) (transfer full): a secret
 *
 * Wipes @secret and frees it.
 */
void
weir_secrets_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
