/* weir-cli-history.c: weirctl history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-limits.h"

static void
print_stats (WeirCli *self, WeirPreferences *preferences, const WeirHistoryStats *stats)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  g_autofree char *object = NULL;
  WeirLimits limits = { 0 };

  if (stats->account != NULL)
    weir_limits_get (preferences, stats->account->uuid, &limits);
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "account",
                               stats->account != NULL ? stats->account->name : NULL);
  weir_json_writer_add_int (writer, "events", (gint64) stats->n_events);
  weir_json_writer_add_int (writer, "bytes", (gint64) stats->n_bytes);
  weir_json_writer_add_time (writer, "oldest", stats->oldest);
  weir_json_writer_add_time (writer, "newest", stats->newest);
  if (limits.bytes > 0)
    weir_json_writer_add_int (writer, "limit_bytes", (gint64) limits.bytes);
  else
    weir_json_writer_add_null (writer, "limit_bytes");
  if (limits.days > 0)
    weir_json_writer_add_int (writer, "limit_days", limits.days);
  else
    weir_json_writer_add_null (writer, "limit_days");
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (g_steal_pointer (&writer));
  weir_cli_output_add (self->output, object);
}

/**
 * weir_cli_history:
 *
 * Prints what is kept of each account, the one without a name being all together, and within which limits.
 */
void
weir_cli_history (WeirCli *self, char **words)
{
  const char *name = self->options->account;
  WeirPreferences *preferences;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) stats = NULL;
  WeirHistory *history;

  if (name != NULL)
    {
      WeirAccountStore *store = weir_cli_get_store (self);

      if (store == NULL)
        return;
      if (weir_account_store_find (store, name, &error) == NULL)
        {
          weir_cli_fail_error (self, NULL, error);
          return;
        }
    }
  history = weir_cli_get_history (self);
  if (history == NULL)
    return;
  stats = weir_history_get_stats (history, &error);
  if (stats == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return;
    }

  preferences = weir_cli_get_preferences (self);
  weir_cli_output_set_columns (self->output,
                               "account events bytes oldest newest limit_bytes limit_days");
  for (guint i = 0; i < stats->len; i++)
    {
      const WeirHistoryStats *item = &g_array_index (stats, WeirHistoryStats, i);

      if (name == NULL || (item->account != NULL && g_str_equal (item->account->name, name)))
        print_stats (self, preferences, item);
    }
}
