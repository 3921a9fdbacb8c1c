/* weir-cli-oracle.c: weirctl oracle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "weir-cli-act.h"
#include "weir-cli-find.h"

#define COLUMNS "account id name kind event_type status webhook"

static void
print (WeirCli *self, WeirRecord *record)
{
  weir_cli_output_set_columns (self->output, COLUMNS);
  if (record != NULL)
    weir_cli_print_record (self, record);
}

static GBytes *
read_json (WeirCli *self)
{
  g_autoptr (GError) error = NULL;
  GBytes *json = weir_cli_read_input (self, FALSE, &error);

  if (json == NULL)
    weir_cli_fail_error (self, NULL, error);
  return json;
}

/* Where the id may be: in the account that is named, by the option or before the id, else in all of Oracle's. */
static GPtrArray *
connect (WeirCli *self, const char *word, const char **id)
{
  const char *name = self->options->account;
  WeirAccount *named = weir_cli_split_id (self, word, id);

  if (named != NULL && name != NULL && !g_str_equal (named->name, name))
    {
      weir_cli_fail (self, _ ("--account names “%s”, but “%s” is of “%s”"), name, word,
                     named->name);
      return NULL;
    }
  if (named != NULL)
    name = named->name;
  return weir_cli_connect (self, name, name == NULL ? "oracle" : NULL);
}

/* The only account that was found is ready, and can do it. */
static gboolean
check_account (WeirCli *self, GPtrArray *targets, WeirAction action)
{
  WeirCliTarget *target = targets->pdata[0];
  const char *reason;

  weir_cli_tell_lost (self, targets, TRUE);
  if (target->error != NULL)
    return FALSE;
  if (weir_provider_can (target->provider, action, NULL, &reason))
    return TRUE;
  weir_cli_fail (self, "%s: %s", target->account->name, reason);
  return FALSE;
}

/**
 * weir_cli_oracle_create:
 *
 * Makes an event subscription of the JSON on standard input; prints it as read back.
 */
void
weir_cli_oracle_create (WeirCli *self, char **words)
{
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (WeirRecord) record = NULL;
  g_autoptr (GBytes) json = NULL;

  if (self->options->account == NULL)
    {
      weir_cli_misuse (self, _ ("“oracle create” needs --account"));
      return;
    }
  targets = weir_cli_connect (self, self->options->account, NULL);
  if (targets == NULL || !check_account (self, targets, WEIR_ACTION_CREATE))
    return;
  json = read_json (self);
  if (json == NULL)
    return;
  record = weir_cli_write (self, targets->pdata[0], WEIR_ACTION_CREATE, NULL, json);
  print (self, record);
}

/**
 * weir_cli_oracle_update:
 *
 * Sets the members that the JSON on standard input has; prints the subscription as read back.
 */
void
weir_cli_oracle_update (WeirCli *self, char **words)
{
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (WeirRecord) before = NULL;
  g_autoptr (WeirRecord) record = NULL;
  g_autoptr (GBytes) json = NULL;
  WeirCliTarget *target;
  const char *id;

  targets = connect (self, words[0], &id);
  if (targets == NULL)
    return;
  if (targets->len == 1 && !check_account (self, targets, WEIR_ACTION_UPDATE))
    return;
  if (targets->len == 1)
    target = targets->pdata[0];
  else if ((before = weir_cli_find_in (self, targets, WEIR_RECORD_SUBSCRIPTION, id, &target))
           == NULL)
    return;
  json = read_json (self);
  if (json == NULL)
    return;
  record = weir_cli_write (self, target, WEIR_ACTION_UPDATE, id, json);
  print (self, record);
}

static void
act (WeirCli *self, WeirAction action, const char *word)
{
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (WeirRecord) before = NULL;
  g_autoptr (WeirRecord) record = NULL;
  WeirCliTarget *target;
  const char *id;

  targets = connect (self, word, &id);
  if (targets == NULL || (targets->len == 1 && !check_account (self, targets, action)))
    return;
  before = weir_cli_find_in (self, targets, WEIR_RECORD_SUBSCRIPTION, id, &target);
  if (before == NULL)
    return;
  record = weir_cli_act (self, target, action, before);
  print (self, record);
}

/**
 * weir_cli_oracle_delete:
 *
 * Deletes an event subscription; prints it as it was.
 */
void
weir_cli_oracle_delete (WeirCli *self, char **words)
{
  act (self, WEIR_ACTION_DELETE, words[0]);
}

/**
 * weir_cli_oracle_pause:
 *
 * Pauses its delivery; prints the subscription as read back.
 */
void
weir_cli_oracle_pause (WeirCli *self, char **words)
{
  act (self, WEIR_ACTION_PAUSE, words[0]);
}
