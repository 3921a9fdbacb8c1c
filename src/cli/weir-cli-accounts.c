/* weir-cli-accounts.c: weirctl account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-account-state.h"
#include "weir-http-trust.h"
#include "weir-registry.h"
#include "weir-secrets.h"

#define COLUMNS "name provider uri auth username workspace_key tenant read_only"

static void
print_account (WeirCli *self, WeirAccount *account)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *variable = weir_account_dup_token_variable (account);
  g_autofree char *object = NULL;

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "account", account->name);
  weir_account_write (account, writer);
  weir_json_writer_add_string (writer, "token_variable", variable);
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (writer);
  weir_cli_output_add (self->output, object);
}

static gboolean
has_auth (const WeirProviderInfo *info, WeirAuthKind auth)
{
  for (guint i = 0; info->auth_kinds[i] != (WeirAuthKind) -1; i++)
    if (info->auth_kinds[i] == auth)
      return TRUE;
  return FALSE;
}

/* The three forms of CLI.md, and no mixture of them. */
static gboolean
choose_auth (WeirCli *self, const WeirProviderInfo *info, WeirAuthKind *auth)
{
  const WeirCliOptions *options = self->options;
  gboolean names_workspace = options->workspace_key != NULL;
  gboolean names_user = options->username != NULL;

  *auth = options->secret_stdin     ? WEIR_AUTH_WORKSPACE_KEY
          : options->password_stdin ? WEIR_AUTH_PASSWORD
                                    : WEIR_AUTH_TOKEN;
  if ((options->token_stdin != FALSE) + (options->secret_stdin != FALSE)
          + (options->password_stdin != FALSE)
      != 1)
    weir_cli_misuse (
        self, _ ("“account add” needs one of --token-stdin, --secret-stdin and --password-stdin"));
  else if (names_workspace != options->secret_stdin)
    weir_cli_misuse (self, _ ("--workspace-key and --secret-stdin belong together"));
  else if (options->tenant != NULL && !names_workspace)
    weir_cli_misuse (self, _ ("--tenant belongs to --workspace-key"));
  else if (names_user != options->password_stdin)
    weir_cli_misuse (self, _ ("--username and --password-stdin belong together"));
  else if (!has_auth (info, *auth))
    weir_cli_misuse (self, _ ("%s has no such way to sign in"), info->name);
  else
    return TRUE;
  return FALSE;
}

static const WeirProviderInfo *
choose_provider (WeirCli *self)
{
  const WeirCliOptions *options = self->options;
  const WeirProviderInfo *info = NULL;

  if (options->provider == NULL || options->uri == NULL)
    weir_cli_misuse (self, _ ("“account add” needs --provider and --uri"));
  else
    {
      info = weir_registry_find (options->provider);
      if (info == NULL)
        weir_cli_misuse (self,
                         _ ("There is no provider “%s”; there are membrane, sequin and oracle"),
                         options->provider);
    }
  return info;
}

static gboolean
check_entered (WeirCli *self, WeirAccountStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!weir_account_check_name (name, &error)
      || !weir_account_check_uri (self->options->uri, &error))
    weir_cli_fail_error (self, NULL, error);
  else if (weir_account_store_find (store, name, NULL) != NULL)
    weir_cli_fail (self, _ ("There is an account named “%s” already"), name);
  else if ((self->options->username != NULL && *self->options->username == '\0')
           || (self->options->workspace_key != NULL && *self->options->workspace_key == '\0'))
    weir_cli_fail (self, _ ("The name that belongs to the secret is empty"));
  else
    return TRUE;
  return FALSE;
}

/* (nullable) what --ca names; NULL: it cannot be used, which has been told */
static char *
read_authorities (WeirCli *self)
{
  g_autoptr (GPtrArray) certificates = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;

  if (g_file_get_contents (self->options->ca, &pem, NULL, &error))
    certificates = weir_http_trust_read (pem, &error);
  if (certificates == NULL)
    {
      weir_cli_fail (self, "%s: %s", self->options->ca, error->message);
      return NULL;
    }
  return g_steal_pointer (&pem);
}

/* Wiped by weir_secrets_free(). What a header could not carry is no secret of any of these platforms. */
static char *
read_secret (WeirCli *self)
{
  g_autoptr (GError) error = NULL;
  GBytes *line = weir_cli_read_input (self, TRUE, &error);
  char *secret = NULL;
  gsize length;
  char *text;

  if (line == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return NULL;
    }
  text = g_bytes_unref_to_data (line, &length);
  if (length == 0)
    weir_cli_fail (self, _ ("Standard input holds no secret"));
  else if (!g_utf8_validate_len (text, length, NULL))
    weir_cli_fail (self, _ ("The secret is not valid text"));
  else
    {
      secret = g_strndup (text, length);
      for (gsize i = 0; i < length && secret != NULL; i++)
        if (g_ascii_iscntrl (text[i]))
          {
            weir_cli_fail (self, _ ("The secret holds control characters"));
            g_clear_pointer (&secret, weir_secrets_free);
          }
    }
  explicit_bzero (text, length);
  g_free (text);
  return secret;
}

static void
keep_secret (WeirCli *self, WeirAccount *account, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *variable = weir_account_dup_token_variable (account);
  const char *advice;

  weir_secrets_store_async (account, secret, self->cancellable, weir_cli_answer_cb, &result);
  if (weir_secrets_store_finish (weir_cli_wait (self, &result), &error))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    weir_cli_fail_error (self, NULL, error);
  advice = weir_cli_get_advice (error);
  weir_cli_note (self,
                 /* Translators: the name of an account, the reason, the name of a variable */
                 _ ("The account “%s” was added, but its token was not kept (%s). Give it in the "
                    "environment, as %s, to whatever uses the account."),
                 account->name, error->message, variable);
  if (advice != NULL)
    weir_cli_note (self, "%s", advice);
}

/**
 * weir_cli_account_add:
 *
 * Adds an account. The secret comes by standard input alone, so that no list of processes shows it.
 */
void
weir_cli_account_add (WeirCli *self, char **words)
{
  const WeirCliOptions *options = self->options;
  const WeirProviderInfo *info = choose_provider (self);
  g_autoptr (WeirAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  WeirAccountStore *store;
  g_autofree char *authorities = NULL;
  WeirAuthKind auth;
  char *secret;

  if (info == NULL || !choose_auth (self, info, &auth))
    return;
  store = weir_cli_get_store (self);
  if (store == NULL || !check_entered (self, store, words[0]))
    return;
  if (options->ca != NULL)
    {
      authorities = read_authorities (self);
      if (authorities == NULL)
        return;
    }
  secret = read_secret (self);
  if (secret == NULL)
    return;
  account = weir_account_new (NULL, words[0], info->id, options->uri, auth, options->username,
                              options->workspace_key, options->tenant, options->read_only);
  weir_account_set_authorities (account, authorities);
  if (weir_account_store_add (store, account, &error))
    {
      weir_cli_output_set_columns (self->output, COLUMNS);
      print_account (self, account);
      keep_secret (self, account, secret);
    }
  else
    weir_cli_fail_error (self, NULL, error);
  weir_secrets_free (secret);
}

/**
 * weir_cli_account_edit:
 *
 * Sets or takes away the authorities that an account trusts besides the system's.
 */
void
weir_cli_account_edit (WeirCli *self, char **words)
{
  WeirAccountStore *store;
  WeirAccount *before;
  g_autoptr (WeirAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *authorities = NULL;

  if ((self->options->ca != NULL) == (self->options->no_ca != FALSE))
    {
      weir_cli_misuse (self, _ ("“account edit” needs one of --ca and --no-ca"));
      return;
    }
  store = weir_cli_get_store (self);
  if (store == NULL)
    return;
  before = weir_account_store_find (store, words[0], &error);
  if (before != NULL && self->options->ca != NULL)
    {
      authorities = read_authorities (self);
      if (authorities == NULL)
        return;
    }
  if (before != NULL)
    {
      account = weir_account_copy (before);
      weir_account_set_authorities (account, authorities);
      weir_account_store_replace (store, account, &error);
    }
  if (error != NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return;
    }
  weir_cli_output_set_columns (self->output, COLUMNS);
  print_account (self, account);
}

/**
 * weir_cli_account_list:
 *
 * Prints the accounts; nothing is asked of their servers.
 */
void
weir_cli_account_list (WeirCli *self, char **words)
{
  WeirAccountStore *store = weir_cli_get_store (self);

  weir_cli_output_set_columns (self->output, COLUMNS);
  for (guint i = 0; store != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WeirAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      print_account (self, account);
    }
}

/* -1: null */
static void
add_number (WeirJsonWriter *writer, const char *key, gint64 number)
{
  if (number >= 0)
    weir_json_writer_add_int (writer, key, number);
  else
    weir_json_writer_add_null (writer, key);
}

/**
 * weir_cli_account_check:
 *
 * Asks the server once. The object is printed whatever comes of it, with what the server told of its limits.
 */
void
weir_cli_account_check (WeirCli *self, char **words)
{
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *object = NULL;
  WeirAccountState state = WEIR_ACCOUNT_UNKNOWN;
  gint64 latency = -1;
  WeirQuotaState quota;
  WeirCliTarget *target;

  targets = weir_cli_connect (self, words[0], NULL);
  target = targets != NULL ? targets->pdata[0] : NULL;
  if (target != NULL && target->provider != NULL)
    {
      weir_provider_check_async (target->provider, self->cancellable, weir_cli_answer_cb, &result);
      detail = weir_provider_check_finish (target->provider, weir_cli_wait (self, &result),
                                           &latency, &target->error);
      state = weir_account_state_from_error (target->error);
    }
  if (target != NULL && target->error != NULL)
    detail = weir_cli_dup_masked (self, target->error->message);
  else if (target == NULL)
    detail = g_strdup (_ ("The account is not known"));

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "account", words[0]);
  weir_json_writer_add_string (writer, "state", weir_account_state_to_string (state));
  weir_json_writer_add_string (writer, "detail", detail);
  if (latency >= 0)
    weir_json_writer_add_int (writer, "latency_ms", latency);
  else
    weir_json_writer_add_null (writer, "latency_ms");
  weir_quota_get_state (weir_quota_get_shared (target != NULL ? target->account->uuid : ""),
                        &quota);
  add_number (writer, "requests_left", quota.left);
  add_number (writer, "requests_limit", quota.limit);
  weir_json_writer_add_time (writer, "renews_at", quota.renews_at);
  weir_json_writer_add_time (writer, "limited_until", quota.limited_until);
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (g_steal_pointer (&writer));
  weir_cli_output_set_columns (self->output, "account state latency_ms detail");
  weir_cli_output_add (self->output, object);
  if (targets != NULL)
    weir_cli_tell_lost (self, targets, TRUE);
}

/**
 * weir_cli_account_remove:
 *
 * Removes an account, its secret, and with --history its events. The account goes last, so that what failed can be asked
 * for again.
 */
void
weir_cli_account_remove (WeirCli *self, char **words)
{
  WeirAccountStore *store = weir_cli_get_store (self);
  g_autoptr (WeirAccount) account = NULL;
  g_autoptr (GAsyncResult) removal = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return;
  account = weir_account_store_find (store, words[0], &error);
  if (account != NULL)
    g_object_ref (account);
  if (account != NULL && self->options->history)
    {
      WeirHistory *history = weir_cli_get_history (self);

      if (history == NULL)
        return;
      weir_history_remove_account_async (history, account->uuid, self->cancellable,
                                         weir_cli_answer_cb, &removal);
      weir_history_remove_account_finish (history, weir_cli_wait (self, &removal), &error);
    }
  if (error == NULL)
    {
      weir_secrets_clear_async (account, self->cancellable, weir_cli_answer_cb, &result);
      weir_secrets_clear_finish (weir_cli_wait (self, &result), &error);
      if (error != NULL && error->domain == WEIR_SECRETS_ERROR)
        {
          weir_cli_note (self, _ ("A token that was kept for “%s” could not be deleted: %s"),
                         account->name, error->message);
          g_clear_error (&error);
        }
    }
  if (error == NULL)
    weir_account_store_remove (store, account, &error);
  if (error != NULL)
    weir_cli_fail_error (self, NULL, error);
  else
    weir_cli_note (self, _ ("Removed the account “%s”"), account->name);
}
