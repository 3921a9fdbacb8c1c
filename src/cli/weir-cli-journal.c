/* weir-cli-journal.c: weirctl journal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-history-journal.h"

#define COLUMNS "at account operation record name state status message"

/**
 * weir_cli_journal:
 *
 * Prints the newest entries of the journal, the oldest of them first. An account that was removed has its own still.
 */
void
weir_cli_journal (WeirCli *self, char **words)
{
  WeirJournalFilter filter = { .account = self->options->account };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  WeirHistory *history;

  if (!weir_cli_read_limit (self, &filter.limit))
    return;
  history = weir_cli_get_history (self);
  if (history == NULL)
    return;
  weir_cli_output_set_columns (self->output, COLUMNS);
  /* to the journal 0 is all of it */
  if (filter.limit == 0)
    return;
  entries = weir_history_list_journal (history, &filter, &error);
  if (entries == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return;
    }
  for (guint i = entries->len; i > 0; i--)
    {
      g_autofree char *object = weir_journal_entry_to_json (entries->pdata[i - 1]);

      weir_cli_output_add (self->output, object);
    }
}
