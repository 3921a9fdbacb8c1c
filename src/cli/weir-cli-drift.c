/* weir-cli-drift.c: weirctl drift
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include "weir-history-drift.h"

#include <glib/gi18n-lib.h>

static void
print (WeirCli *self, WeirDrift *drift)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  g_autofree char *object = NULL;

  weir_json_writer_begin_object (writer, NULL);
  weir_drift_write (drift, writer);
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (g_steal_pointer (&writer));
  weir_cli_output_add (self->output, object);
}

static WeirDrift *
find (GPtrArray *drift, const char *text)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &id, NULL))
    return NULL;
  for (guint i = 0; i < drift->len; i++)
    if (WEIR_DRIFT (drift->pdata[i])->id == (gint64) id)
      return drift->pdata[i];

  return NULL;
}

static void
accept (WeirCli *self, WeirHistory *history, GPtrArray *drift)
{
  WeirDrift *one = find (drift, self->options->accept);
  g_autoptr (GError) error = NULL;

  if (one == NULL)
    weir_cli_fail (self, _ ("There is no drift “%s”; “weirctl drift” lists them"),
                   self->options->accept);
  else if (weir_history_accept_drift (history, one->id, &error))
    print (self, one);
  else if (error != NULL)
    weir_cli_fail_error (self, NULL, error);
}

/**
 * weir_cli_drift:
 *
 * Lists what is not as it was in the events' payloads, or makes one of that the normal. Where no window is
 * open nobody has learned from the newest events yet.
 */
void
weir_cli_drift (WeirCli *self, char **words)
{
  WeirHistory *history = weir_cli_get_history (self);
  g_autoptr (GPtrArray) drift = NULL;
  g_autoptr (GError) error = NULL;

  if (history == NULL)
    return;
  if (weir_history_learn_shapes (history, self->cancellable, &error) >= 0)
    drift = weir_history_list_drift (history, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (drift == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return;
    }

  weir_cli_output_set_columns (self->output,
                               "id account collection kind path change before after since percent");
  if (self->options->accept != NULL)
    accept (self, history, drift);
  else
    for (guint i = 0; i < drift->len; i++)
      print (self, drift->pdata[i]);
}
