/* weir-cli-pulls.c: weirctl pull, pulls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "weir-cli-act.h"
#include "weir-cli-find.h"
#include "weir-i18n.h"

#define COLUMNS "account id subscription status start end full_scan collected error"
#define FIRST_LOOK 500  /* ms after the run was started */
#define LOOK_AGAIN 1000 /* ms */
#define MOST_LISTED                                                                                \
  100 /* runs among which one is looked for where there is no way to ask for one */
#define LONGEST_TIMEOUT (G_MAXUINT / 1000) /* s; some 49 days, what a timer can count */

/* A run that was started. */
typedef struct
{
  WeirCliTarget *target;
  WeirRecord *pull;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->pull);
  g_free (run);
}

/**
 * weir_cli_pulls:
 *
 * Prints the pull runs of all accounts, or of one subscription.
 */
void
weir_cli_pulls (WeirCli *self, char **words)
{
  const char *status = self->options->status;
  /* as the one platform that has runs writes it */
  g_autofree char *folded = status != NULL ? g_ascii_strdown (status, -1) : NULL;
  WeirListFilter filter = { .status = folded };
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (WeirRecord) subscription = NULL;

  weir_cli_output_set_columns (self->output, COLUMNS);
  if (self->options->subscription != NULL)
    {
      WeirCliTarget *target;
      const char *reason;

      subscription =
          weir_cli_find (self, WEIR_RECORD_SUBSCRIPTION, self->options->subscription, &target);
      if (subscription == NULL)
        return;
      if (!weir_provider_lists (target->provider, WEIR_RECORD_PULL, &reason))
        {
          weir_cli_fail (self, "%s: %s", target->account->name, reason);
          return;
        }
      filter.subscription = weir_record_get_id (subscription);
      targets = g_ptr_array_new ();
      g_ptr_array_add (targets, target);
    }
  else
    targets = weir_cli_connect (self, NULL, NULL);
  if (targets == NULL)
    return;
  records = weir_cli_list (self, targets, WEIR_RECORD_PULL, &filter);
  for (guint i = 0; i < records->len; i++)
    if (status == NULL
        || g_ascii_strcasecmp (status, WEIR_PULL_RUN (records->pdata[i])->status) == 0)
      weir_cli_print_record (self, records->pdata[i]);
}

static void
print_run (WeirCli *self, Run *run)
{
  WeirPullRun *pull = WEIR_PULL_RUN (run->pull);

  weir_cli_print_record (self, run->pull);
  if (pull->error == NULL && !g_str_equal (pull->status, "error"))
    return;
  if (pull->error != NULL)
    weir_cli_fail (self, _ ("%s: The pull run %s ended in error: %s"), run->target->account->name,
                   weir_record_get_id (run->pull), weir_error_data_get_leaf (pull->error)->message);
  else
    weir_cli_fail (self, _ ("%s: The pull run %s ended in error"), run->target->account->name,
                   weir_record_get_id (run->pull));
}

static Run *
start (WeirCli *self, const char *word)
{
  WeirCliTarget *target;
  g_autoptr (WeirRecord) record = weir_cli_find (self, WEIR_RECORD_SUBSCRIPTION, word, &target);
  WeirRecord *pull = record != NULL ? weir_cli_act (self, target, WEIR_ACTION_PULL, record) : NULL;
  Run *run;

  if (pull == NULL)
    return NULL;
  run = g_new0 (Run, 1);
  run->target = target;
  run->pull = pull;
  return run;
}

/* Some servers only list their runs. */
static WeirRecord *
look_in_list (Run *run, WeirCli *self, GCancellable *cancellable, GError **error)
{
  WeirListFilter filter = { .subscription = WEIR_PULL_RUN (run->pull)->subscription,
                            .limit = MOST_LISTED };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) listed = NULL;

  weir_provider_list_async (run->target->provider, WEIR_RECORD_PULL, &filter, cancellable,
                            weir_cli_answer_cb, &result);
  listed = weir_provider_list_finish (run->target->provider, weir_cli_wait (self, &result), error);
  for (guint i = 0; listed != NULL && i < listed->len; i++)
    if (weir_record_same (run->pull, listed->pdata[i]))
      return g_object_ref (listed->pdata[i]);
  if (listed != NULL)
    g_propagate_error (error, weir_provider_error_new (WEIR_PROVIDER_ERROR_NOT_FOUND, "%s",
                                                       _ ("the server does not know it")));
  return NULL;
}

/* Replaces the run by what the server has of it now. */
static gboolean
look (Run *run, WeirCli *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  WeirRecord *now;

  weir_provider_get_async (run->target->provider, WEIR_RECORD_PULL, weir_record_get_id (run->pull),
                           cancellable, weir_cli_answer_cb, &result);
  now =
      weir_provider_get_finish (run->target->provider, weir_cli_wait (self, &result), &local_error);
  if (g_error_matches (local_error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND)
      || g_error_matches (local_error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNSUPPORTED))
    {
      g_clear_error (&local_error);
      now = look_in_list (run, self, cancellable, &local_error);
    }
  if (now == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_object_unref (run->pull);
  run->pull = now;
  return TRUE;
}

/* They run on without us, and can be asked for by what is printed of them. */
static void
give_up (WeirCli *self, GPtrArray *runs)
{
  gboolean interrupted = g_cancellable_is_cancelled (self->cancellable);

  for (guint i = 0; i < runs->len; i++)
    {
      Run *run = runs->pdata[i];

      weir_cli_print_record (self, run->pull);
      if (!interrupted)
        weir_cli_fail (self, _ ("%s: The pull run %s has not ended in time; it still runs"),
                       run->target->account->name, weir_record_get_id (run->pull));
    }
  if (interrupted)
    weir_cli_tell_interrupted (self);
}

/* Prints and takes out of the list what has ended, or is lost. */
static void
look_at_all (WeirCli *self, GPtrArray *runs, GCancellable *cancellable)
{
  for (guint i = 0; i < runs->len && !g_cancellable_is_cancelled (cancellable);)
    {
      Run *run = runs->pdata[i];
      g_autoptr (GError) error = NULL;

      if (look (run, self, cancellable, &error))
        {
          if (weir_pull_run_is_active (WEIR_PULL_RUN (run->pull)))
            {
              i++;
              continue;
            }
          print_run (self, run);
        }
      else if (g_cancellable_is_cancelled (cancellable))
        return;
      else
        {
          weir_cli_print_record (self, run->pull);
          /* Translators: its id, the reason */
          weir_i18n_reword (error,
                            g_strdup_printf (_ ("The pull run %s was started, but cannot be "
                                                "followed: %s"),
                                             weir_record_get_id (run->pull), error->message));
          weir_cli_fail_error (self, run->target->account, error);
        }
      g_ptr_array_remove_index (runs, i);
    }
}

static gboolean
timeout_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* runs: those that have not ended; timeout: s, negative: none. */
static void
follow_to_end (WeirCli *self, GPtrArray *runs, double timeout)
{
  g_autoptr (GCancellable) until = g_cancellable_new ();
  gulong handler =
      g_cancellable_connect (self->cancellable, G_CALLBACK (cancelled_cb), until, NULL);
  guint timer = timeout >= 0 ? g_timeout_add ((guint) (timeout * 1000), timeout_cb, until) : 0;
  guint pause = FIRST_LOOK;

  while (runs->len > 0 && !g_cancellable_is_cancelled (until))
    {
      if (!weir_cli_sleep (pause, until))
        break;
      look_at_all (self, runs, until);
      pause = LOOK_AGAIN;
    }
  if (timer != 0)
    g_source_remove (timer);
  g_cancellable_disconnect (self->cancellable, handler);
  if (runs->len > 0)
    give_up (self, runs);
}

static gboolean
read_timeout (WeirCli *self, double *timeout)
{
  const char *text = self->options->timeout;
  char *end = NULL;

  *timeout = -1;
  if (text == NULL)
    return TRUE;
  *timeout = g_ascii_strtod (text, &end);
  if (!self->options->wait)
    weir_cli_misuse (self, _ ("--timeout belongs to --wait"));
  else if (end == text || *end != '\0' || !isfinite (*timeout) || *timeout < 0
           || *timeout > LONGEST_TIMEOUT)
    weir_cli_misuse (self, _ ("--timeout wants a number of seconds, at most %u"), LONGEST_TIMEOUT);
  else
    return TRUE;
  return FALSE;
}

/**
 * weir_cli_pull:
 *
 * Starts a pull run of each subscription, and with --wait follows them to their end.
 */
void
weir_cli_pull (WeirCli *self, char **words)
{
  g_autoptr (GPtrArray) active = g_ptr_array_new_with_free_func ((GDestroyNotify) run_free);
  double timeout;

  if (!read_timeout (self, &timeout))
    return;
  weir_cli_output_set_columns (self->output, COLUMNS);
  for (guint i = 0; words[i] != NULL && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      Run *run = start (self, words[i]);

      if (run == NULL)
        continue;
      if (self->options->wait && weir_pull_run_is_active (WEIR_PULL_RUN (run->pull)))
        g_ptr_array_add (active, run);
      else
        {
          print_run (self, run);
          run_free (run);
        }
    }
  if (active->len > 0)
    follow_to_end (self, active, timeout);
}
