/* weir-cli-preferences.c: weirctl preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-choices.h"

static void
print (WeirCli *self, WeirPreferences *preferences)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  g_autofree char *zone = weir_choices_dup_time_zone (preferences);
  g_autofree char *proxy = weir_choices_dup_proxy (preferences);
  g_autofree char *object = NULL;
  WeirRefresh refresh;

  weir_choices_get_refresh (preferences, &refresh);
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "time_zone", zone);
  weir_json_writer_add_string (writer, "proxy", proxy);
  weir_json_writer_add_int (writer, "refresh_watched_s", refresh.watched);
  weir_json_writer_add_int (writer, "refresh_unwatched_s", refresh.unwatched);
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (g_steal_pointer (&writer));
  weir_cli_output_set_columns (self->output,
                               "time_zone proxy refresh_watched_s refresh_unwatched_s");
  weir_cli_output_add (self->output, object);
}

/**
 * weir_cli_preferences:
 *
 * Changes what is given, and prints how all of it is then.
 */
void
weir_cli_preferences (WeirCli *self, char **words)
{
  const WeirCliOptions *options = self->options;
  WeirPreferences *preferences = weir_cli_get_preferences (self);
  g_autoptr (GError) error = NULL;

  if (options->time_zone != NULL)
    weir_choices_set_time_zone (preferences, options->time_zone, &error);
  if (error == NULL && options->proxy != NULL)
    weir_choices_set_proxy (preferences, options->proxy, &error);
  if (error != NULL)
    weir_cli_fail_error (self, NULL, error);
  else
    print (self, preferences);
}
