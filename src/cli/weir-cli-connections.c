/* weir-cli-connections.c: weirctl connections, connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-cli-act.h"
#include "weir-cli-find.h"

#define COLUMNS "account id name state retry_attempts next_retry next_refresh error"

/**
 * weir_cli_connections:
 *
 * Prints the connections of all accounts, or of one.
 */
void
weir_cli_connections (WeirCli *self, char **words)
{
  const char *name = self->options->account;
  g_autoptr (GPtrArray) targets = weir_cli_connect (self, name, NULL);
  g_autoptr (GPtrArray) records = NULL;
  WeirCliTarget *only = targets != NULL && name != NULL ? targets->pdata[0] : NULL;
  const char *reason;

  if (targets == NULL)
    return;
  if (only != NULL && only->provider != NULL
      && !weir_provider_lists (only->provider, WEIR_RECORD_CONNECTION, &reason))
    {
      weir_cli_fail (self, "%s: %s", name, reason);
      return;
    }
  records = weir_cli_list (self, targets, WEIR_RECORD_CONNECTION, NULL);
  weir_cli_output_set_columns (self->output, COLUMNS);
  for (guint i = 0; i < records->len; i++)
    weir_cli_print_record (self, records->pdata[i]);
}

/**
 * weir_cli_connection_test:
 *
 * Has the platform test a connection; prints it as read back.
 */
void
weir_cli_connection_test (WeirCli *self, char **words)
{
  WeirCliTarget *target;
  g_autoptr (WeirRecord) record = weir_cli_find (self, WEIR_RECORD_CONNECTION, words[0], &target);
  g_autoptr (WeirRecord) answer =
      record != NULL ? weir_cli_act (self, target, WEIR_ACTION_TEST, record) : NULL;

  weir_cli_output_set_columns (self->output, COLUMNS);
  if (answer != NULL)
    weir_cli_print_record (self, answer);
}
