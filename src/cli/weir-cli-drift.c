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
  else
    weir_cli_fail (self, _ ("“%s” is not a drift any more"), self->options->accept);
}

static void
learn_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (weir_history_learn_shapes (source, cancellable, &error) >= 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* May take a while: the main loop turns meanwhile, so that it can be interrupted. */
static gboolean
learn (WeirCli *self, WeirHistory *history, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = NULL;

  if (weir_history_is_read_only (history))
    return TRUE;

  task = g_task_new (history, self->cancellable, weir_cli_answer_cb, &result);
  g_task_run_in_thread (task, learn_thread);
  weir_cli_wait (self, &result);
  return g_task_propagate_boolean (task, error);
}

/**
 * weir_cli_drift:
 *
 * Lists what is not as it was in the events' payloads, or makes one of that the normal. Where no window is
 * open nobody has learned from the newest events yet; what can only be read is told as it is known.
 */
void
weir_cli_drift (WeirCli *self, char **words)
{
  WeirHistory *history = weir_cli_get_history (self);
  g_autoptr (GPtrArray) drift = NULL;
  g_autoptr (GError) error = NULL;

  if (history == NULL)
    return;
  if (learn (self, history, &error))
    drift = weir_history_list_drift (history, &error);
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
