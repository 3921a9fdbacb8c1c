/* weir-cli-gaps.c: weirctl gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "weir-gap-filler.h"
#include "weir-history-gaps.h"

#define COLUMNS "from to account stream subscription cause filled detail"

static void
print_gap (WeirCli *self, WeirGap *gap)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  g_autofree char *object = NULL;

  weir_json_writer_begin_object (writer, NULL);
  weir_gap_write (gap, writer);
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (writer);
  weir_cli_output_add (self->output, object);
}

static gboolean
is_wanted (WeirCli *self, WeirGap *gap)
{
  return self->options->account == NULL || g_str_equal (self->options->account, gap->account->name);
}

static WeirCliTarget *
find_target (GPtrArray *targets, WeirGap *gap)
{
  for (guint i = 0; i < targets->len; i++)
    {
      WeirCliTarget *target = targets->pdata[i];

      if (g_str_equal (target->account->uuid, gap->account->uuid))
        return target;
    }
  return NULL;
}

static gboolean
is_of_pulls (WeirGap *gap)
{
  return g_str_equal (gap->stream, WEIR_GAP_PULLS);
}

/* What cannot be asked for stays open: where it is of a log, that fails the run. */
static void
tell_lost (WeirCli *self, GPtrArray *targets, GPtrArray *gaps)
{
  g_autoptr (GPtrArray) needed = g_ptr_array_new ();

  for (guint i = 0; i < gaps->len; i++)
    {
      WeirGap *gap = gaps->pdata[i];
      WeirCliTarget *target = find_target (targets, gap);

      if (target != NULL && gap->cause != WEIR_GAP_DELETED && !is_of_pulls (gap))
        g_ptr_array_add (needed, target);
    }
  weir_cli_tell_lost (self, needed, TRUE);
  weir_cli_tell_lost (self, targets, FALSE);
}

static void
fill_gap (WeirCli *self, WeirHistory *history, GPtrArray *targets, WeirGap *gap)
{
  WeirCliTarget *target = find_target (targets, gap);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  if (gap->cause == WEIR_GAP_DELETED || target == NULL || target->provider == NULL)
    return;
  if (is_of_pulls (gap))
    {
      /* A pull is a change on the server: it is asked for by name. */
      weir_cli_note (self, _ ("%s: what pull runs missed is pulled with “weirctl pull %s”"),
                     gap->account->name, gap->subscription != NULL ? gap->subscription : "ID");
      return;
    }

  weir_gap_filler_fill_async (target->provider, history, gap, self->cancellable, weir_cli_answer_cb,
                              &result);
  if (!weir_gap_filler_fill_finish (target->provider, weir_cli_wait (self, &result), NULL, &error))
    weir_cli_fail_error (self, gap->account, error);
  g_clear_object (&result);
}

/* What each account that is asked has open. */
static gboolean
fill_gaps (WeirCli *self, WeirHistory *history)
{
  g_autoptr (GPtrArray) targets = weir_cli_connect (self, self->options->account, NULL);
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GError) error = NULL;

  if (targets == NULL)
    return FALSE;
  gaps = weir_history_list_gaps (history, NULL, TRUE, &error);
  if (gaps == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return FALSE;
    }

  tell_lost (self, targets, gaps);
  for (guint i = 0; i < gaps->len && !g_cancellable_is_cancelled (self->cancellable); i++)
    if (is_wanted (self, gaps->pdata[i]))
      fill_gap (self, history, targets, gaps->pdata[i]);
  if (g_cancellable_is_cancelled (self->cancellable))
    weir_cli_tell_interrupted (self);
  return TRUE;
}

/**
 * weir_cli_gaps:
 *
 * Prints what the history knows to be missing, the earliest first; with --fill the logs are asked
 * again before that. A gap of a log that stays open then is a failure, none is not.
 */
void
weir_cli_gaps (WeirCli *self, char **words)
{
  WeirHistory *history = weir_cli_get_history (self);
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GError) error = NULL;

  if (history == NULL)
    return;
  weir_cli_output_set_columns (self->output, COLUMNS);
  if (self->options->fill && !fill_gaps (self, history))
    return;

  gaps = weir_history_list_gaps (history, NULL, !self->options->all, &error);
  if (gaps == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return;
    }
  for (guint i = 0; i < gaps->len; i++)
    if (is_wanted (self, gaps->pdata[i]))
      print_gap (self, gaps->pdata[i]);
}
