/* weir-cli-subscriptions.c: weirctl subscriptions, subscription, subscribe, unsubscribe, resubscribe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-cli-act.h"
#include "weir-cli-find.h"

#define COLUMNS "account id name kind status delivery connection error"

/**
 * weir_cli_subscriptions:
 *
 * Prints the subscriptions of all accounts, or of one. They are few and their words differ from platform to platform, so that
 * the status is looked at here and not by the servers, which might refuse a word that is another's.
 */
void
weir_cli_subscriptions (WeirCli *self, char **words)
{
  g_autoptr (GPtrArray) targets = weir_cli_connect (self, self->options->account, NULL);
  g_autoptr (GPtrArray) records = NULL;
  const char *status = self->options->status;

  if (targets == NULL)
    return;
  records = weir_cli_list (self, targets, WEIR_RECORD_SUBSCRIPTION, NULL);
  weir_cli_output_set_columns (self->output, COLUMNS);
  for (guint i = 0; i < records->len; i++)
    if (status == NULL
        || g_ascii_strcasecmp (status, WEIR_SUBSCRIPTION (records->pdata[i])->status) == 0)
      weir_cli_print_record (self, records->pdata[i]);
}

/**
 * weir_cli_subscription_show:
 *
 * Prints one subscription whole, and what was sent for it.
 */
void
weir_cli_subscription_show (WeirCli *self, char **words)
{
  WeirCliTarget *target;
  g_autoptr (WeirRecord) record = weir_cli_find (self, WEIR_RECORD_SUBSCRIPTION, words[0], &target);
  g_autofree char *object = record != NULL ? weir_record_to_json (record, TRUE) : NULL;

  if (object != NULL)
    weir_cli_output_add_details (self->output, object);
}

/* One after the other: what cannot be done to one is no reason to leave out the next. */
static void
act_on_all (WeirCli *self, WeirAction action, char **words)
{
  weir_cli_output_set_columns (self->output, COLUMNS);
  for (guint i = 0; words[i] != NULL && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      WeirCliTarget *target;
      g_autoptr (WeirRecord) record =
          weir_cli_find (self, WEIR_RECORD_SUBSCRIPTION, words[i], &target);
      g_autoptr (WeirRecord) answer =
          record != NULL ? weir_cli_act (self, target, action, record) : NULL;

      if (answer != NULL)
        weir_cli_print_record (self, answer);
    }
}

/**
 * weir_cli_subscribe:
 *
 * Subscribes; prints each subscription as read back.
 */
void
weir_cli_subscribe (WeirCli *self, char **words)
{
  act_on_all (self, WEIR_ACTION_SUBSCRIBE, words);
}

/**
 * weir_cli_unsubscribe:
 *
 * The opposite.
 */
void
weir_cli_unsubscribe (WeirCli *self, char **words)
{
  act_on_all (self, WEIR_ACTION_UNSUBSCRIBE, words);
}

/**
 * weir_cli_resubscribe:
 *
 * Both, by the server.
 */
void
weir_cli_resubscribe (WeirCli *self, char **words)
{
  act_on_all (self, WEIR_ACTION_RESUBSCRIBE, words);
}
