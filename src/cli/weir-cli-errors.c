/* weir-cli-errors.c: weirctl errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-cli-find.h"
#include "weir-error-group.h"

/* The newest: older failures of the same cause add nothing but their number. */
#define MOST_PULLS 1000

/**
 * weir_cli_errors:
 *
 * Asks all accounts for what is wrong, and groups it by the leaf cause.
 */
void
weir_cli_errors (WeirCli *self, char **words)
{
  static const WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, WEIR_RECORD_PULL,
                                          WEIR_RECORD_CONNECTION };
  WeirListFilter failed_pulls = { .status = "error", .limit = MOST_PULLS };
  g_autoptr (GPtrArray) targets = weir_cli_connect (self, NULL, NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) groups = NULL;

  if (targets == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_extend_and_steal (
        records, weir_cli_list (self, targets, kinds[i],
                                kinds[i] == WEIR_RECORD_PULL ? &failed_pulls : NULL));
  groups = weir_error_groups_collect (records);
  weir_cli_output_set_columns (self->output, "count type key message subjects");
  for (guint i = 0; i < groups->len; i++)
    {
      g_autofree char *object = weir_error_group_to_json (groups->pdata[i]);

      weir_cli_output_add (self->output, object);
    }
}
