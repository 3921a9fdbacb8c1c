/* weir-cli-act.c: one action on one record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-act.h"

#include "weir-journal-keeper.h"

/* A history that cannot be opened has been told of; the provider then refuses. */
static void
give_journal (WeirCli *self, WeirCliTarget *target)
{
  g_autoptr (WeirJournal) journal = NULL;
  WeirHistory *history;

  if (weir_provider_get_journal (target->provider) != NULL)
    return;
  history = weir_cli_get_history (self);
  if (history == NULL)
    return;
  journal = weir_journal_keeper_new (history);
  weir_provider_set_journal (target->provider, journal);
}

static WeirRecord *
take_result (WeirCli *self,
             WeirCliTarget *target,
             const char *id,
             GAsyncResult *result,
             WeirRecord *record,
             GError *error)
{
  const char *warning = weir_provider_result_get_warning (result);

  if (error != NULL && id != NULL)
    g_prefix_error (&error, "%s: ", id);
  if (error != NULL)
    weir_cli_fail_error (self, target->account, error);
  else if (warning != NULL)
    weir_cli_note (self, "%s: %s", target->account->name, warning);
  g_clear_error (&error);
  return record;
}

/**
 * weir_cli_act:
 * @target: whose record it is
 *
 * Does it, once. What the account or the platform does not allow is refused before anything is sent.
 *
 * Returns: (transfer full): what weir_provider_act_finish() gives; %NULL if it failed, which has been told
 */
WeirRecord *
weir_cli_act (WeirCli *self, WeirCliTarget *target, WeirAction action, WeirRecord *record)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  WeirRecord *answer;

  give_journal (self, target);
  weir_provider_act_async (target->provider, action, record, self->cancellable, weir_cli_answer_cb,
                           &result);
  answer = weir_provider_act_finish (target->provider, weir_cli_wait (self, &result), &error);
  return take_result (self, target, weir_record_get_id (record), result, answer, error);
}

/**
 * weir_cli_write:
 * @target: where
 * @action: %WEIR_ACTION_CREATE or %WEIR_ACTION_UPDATE
 * @id: (nullable): which one to update
 * @json: the members to set
 *
 * Returns: (transfer full): what weir_provider_write_finish() gives; %NULL if it failed, which has been told
 */
WeirRecord *
weir_cli_write (WeirCli *self,
                WeirCliTarget *target,
                WeirAction action,
                const char *id,
                GBytes *json)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  WeirRecord *answer;

  give_journal (self, target);
  weir_provider_write_async (target->provider, action, id, json, self->cancellable,
                             weir_cli_answer_cb, &result);
  answer = weir_provider_write_finish (target->provider, weir_cli_wait (self, &result), &error);
  return take_result (self, target, id, result, answer, error);
}
