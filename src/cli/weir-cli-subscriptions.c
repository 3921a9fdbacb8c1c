/* weir-cli-subscriptions.c: weirctl subscriptions, subscription, subscribe, unsubscribe, resubscribe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-cli-act.h"
#include "weir-cli-find.h"
#include "weir-cli-quiet.h"
#include "weir-clock.h"
#include "weir-history-states.h"

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
  g_autoptr (WeirCliQuiet) quiet = NULL;
  const char *status = self->options->status;

  if (targets == NULL)
    return;
  quiet = weir_cli_quiet_new (self, targets);
  records = weir_cli_list (self, targets, WEIR_RECORD_SUBSCRIPTION, NULL);
  weir_cli_output_set_columns (self->output, COLUMNS);
  for (guint i = 0; i < records->len; i++)
    if (status == NULL
        || g_ascii_strcasecmp (status, WEIR_SUBSCRIPTION (records->pdata[i])->status) == 0)
      {
        g_autofree char *object = weir_cli_quiet_describe (quiet, records->pdata[i]);

        weir_cli_output_add (self->output, object);
      }
}

/* What it is now belongs to its history, too: nobody may have looked for a while. Without a history the record is shown
 * all the same. */
static GPtrArray *
list_history (WeirCli *self, WeirRecord *record)
{
  int status = self->status;
  WeirHistory *history = weir_cli_get_history (self);
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = NULL;

  self->status = status;
  if (history == NULL)
    return NULL;

  g_ptr_array_add (now, weir_state_change_new (record, weir_clock_now (), TRUE));
  if (weir_history_is_read_only (history) || weir_history_put_states (history, now, &error) != 0)
    changes = weir_history_list_state_changes (history, weir_record_get_account (record),
                                               WEIR_RECORD_SUBSCRIPTION,
                                               weir_record_get_id (record), 0, 0, &error);
  if (changes == NULL)
    weir_cli_note (self, "%s", error->message);

  return changes;
}

/* The record's object with its history in it, before what was sent. */
static char *
describe (WeirRecord *record, GPtrArray *changes)
{
  g_autofree char *plain = weir_record_to_json (record, TRUE);
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  WeirJsonIter iter;
  WeirJson object, key, value;

  if (changes == NULL || !weir_json_parse_text (plain, -1, &object, NULL))
    return g_steal_pointer (&plain);

  weir_json_writer_begin_object (writer, NULL);
  weir_json_iter_init (&iter, object);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);

      if (g_str_equal (name, "raw"))
        {
          weir_json_writer_begin_array (writer, "history");
          for (guint i = 0; i < changes->len; i++)
            weir_state_change_write (g_ptr_array_index (changes, i), writer, NULL);
          weir_json_writer_end_array (writer);
        }
      weir_json_writer_add_raw (writer, name, value);
    }
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

/**
 * weir_cli_subscription_show:
 *
 * Prints one subscription whole, what is known of its past, and what was sent for it. Its state is noted in the history.
 */
void
weir_cli_subscription_show (WeirCli *self, char **words)
{
  WeirCliTarget *target;
  g_autoptr (WeirRecord) record = weir_cli_find (self, WEIR_RECORD_SUBSCRIPTION, words[0], &target);
  g_autoptr (GPtrArray) changes = record != NULL ? list_history (self, record) : NULL;
  g_autofree char *object = record != NULL ? describe (record, changes) : NULL;

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
