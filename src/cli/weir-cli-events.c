/* weir-cli-events.c: weirctl sync, events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-cli"

#include "weir-cli-commands.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "weir-cli-query.h"
#include "weir-follower.h"

#define COLUMNS "occurred_at account kind collection record subscription id"
#define CHUNK 500 /* events loaded at a time: memory stays bounded however many are printed */

/* One stream of one account. */
typedef struct
{
  WeirCli *cli;
  WeirCliTarget *target;
  WeirFollower *follower;
  GAsyncResult *result; /* (nullable) of a sync */
  char *told;           /* (nullable) the last message about it */
} Stream;

/* events --follow */
typedef struct
{
  WeirCli *cli;
  WeirHistory *history;
  WeirQuery *query;
  GPtrArray *streams;
  gint64 last_id; /* newest row that was looked at */
  guint reader;   /* source that watches who reads, 0: none */
  gboolean ended; /* nobody reads it, or something failed */
} Tail;

static void
stream_free (Stream *stream)
{
  g_signal_handlers_disconnect_by_data (stream->follower, stream);
  if (stream->target->provider != NULL)
    g_signal_handlers_disconnect_by_data (stream->target->provider, stream);
  g_object_unref (stream->follower);
  g_clear_object (&stream->result);
  g_free (stream->told);
  g_free (stream);
}

/* Every stream there is; accounts that cannot be asked are told. */
static GPtrArray *
collect_streams (WeirCli *self, GPtrArray *targets, WeirHistory *history, gboolean all_needed)
{
  GPtrArray *streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);

  weir_cli_tell_lost (self, targets, all_needed);
  for (guint i = 0; i < targets->len; i++)
    {
      WeirCliTarget *target = targets->pdata[i];
      const char *const *names =
          target->provider != NULL ? weir_provider_get_streams (target->provider) : NULL;

      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        {
          Stream *stream = g_new0 (Stream, 1);

          stream->cli = self;
          stream->target = target;
          stream->follower = weir_follower_new (target->provider, history, names[j]);
          g_ptr_array_add (streams, stream);
        }
    }
  return streams;
}

static void
print_sync (Stream *stream, guint64 added, const GError *error)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  WeirErrorData *said = weir_provider_error_get_data (error);
  g_autoptr (WeirErrorData) data = said != NULL ? g_object_ref (said) : NULL;
  g_autofree char *object = NULL;
  g_autofree char *masked = NULL;

  if (data == NULL && error != NULL)
    data = weir_error_data_new (error->message, NULL, NULL);
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_string (writer, "account", stream->target->account->name);
  weir_json_writer_add_string (writer, "stream", weir_follower_get_stream (stream->follower));
  weir_json_writer_add_int (writer, "added", (gint64) added);
  weir_error_data_write (data, writer, "error");
  weir_json_writer_end_object (writer);
  object = weir_json_writer_end (writer);
  masked = weir_cli_dup_masked (stream->cli, object);
  weir_cli_output_add (stream->cli->output, masked);
}

/* @needed: whether it is a failure that the server has no such stream; one that has the account's events
 * may well know nothing of application events. Returns whether the stream is at its end. */
static gboolean
finish_sync (WeirCli *self, Stream *stream, gboolean needed)
{
  const char *warning;
  g_autoptr (GError) error = NULL;
  guint64 added = 0;

  weir_follower_sync_finish (stream->follower, weir_cli_wait (self, &stream->result), &added,
                             &error);
  warning = weir_follower_get_warning (stream->follower);
  print_sync (stream, added, error);
  if (warning != NULL)
    weir_cli_note (self, "%s: %s", stream->target->account->name, warning);
  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_NOT_FOUND) && !needed)
    weir_cli_note (self, "%s: %s", stream->target->account->name, error->message);
  else if (error != NULL)
    weir_cli_fail_error (self, stream->target->account, error);
  return error == NULL;
}

/**
 * weir_cli_sync:
 *
 * Takes all streams to their end; prints an object for each.
 */
void
weir_cli_sync (WeirCli *self, char **words)
{
  const char *name = self->options->account;
  g_autoptr (GPtrArray) targets = weir_cli_connect (self, name, NULL);
  g_autoptr (GPtrArray) streams = NULL;
  WeirCliTarget *only = targets != NULL && name != NULL ? targets->pdata[0] : NULL;
  WeirHistory *history = targets != NULL ? weir_cli_get_history (self) : NULL;
  gboolean has_events = FALSE;
  const char *reason;

  if (history == NULL)
    return;
  if (only != NULL && only->provider != NULL
      && !weir_provider_lists (only->provider, WEIR_RECORD_EVENT, &reason))
    {
      weir_cli_fail (self, "%s: %s", name, reason);
      return;
    }
  weir_cli_output_set_columns (self->output, "account stream added error");
  streams = collect_streams (self, targets, history, TRUE);
  for (guint i = 0; i < streams->len; i++)
    {
      Stream *stream = streams->pdata[i];

      weir_follower_sync_async (stream->follower, self->cancellable, weir_cli_answer_cb,
                                &stream->result);
    }
  for (guint i = 0; i < streams->len; i++)
    {
      Stream *stream = streams->pdata[i];

      if (i == 0 || stream->target != ((Stream *) streams->pdata[i - 1])->target)
        has_events = FALSE;
      has_events = finish_sync (self, stream, !has_events) || has_events;
    }
}

/* Loads and prints, a part after the other. FALSE: it cannot be read, or nobody reads it. */
static gboolean
print_events (WeirCli *self, WeirHistory *history, const gint64 *ids, guint n_ids)
{
  for (guint i = 0; i < n_ids; i += CHUNK)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) events =
          weir_history_load (history, ids + i, MIN (CHUNK, n_ids - i), &error);

      if (events == NULL)
        {
          weir_cli_fail_error (self, NULL, error);
          return FALSE;
        }
      for (guint j = 0; j < events->len; j++)
        weir_cli_print_record (self, events->pdata[j]);
      weir_cli_output_flush (self->output);
      if (weir_cli_output_is_closed (self->output) || weir_cli_output_get_error (self->output) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_newest (WeirCli *self, WeirHistory *history, WeirQuery *query, guint limit, gint64 last_id)
{
  g_autoptr (WeirHistoryIndex) index = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  /* It is asked even if none is wanted: from then on the history looks for what other programs add. */
  weir_history_query_async (history, query, MAX (limit, 1), self->cancellable, weir_cli_answer_cb,
                            &result);
  index = weir_history_query_finish (history, weir_cli_wait (self, &result), &error);
  if (index == NULL && self->options->follow && g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (index == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return FALSE;
    }
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; limit > 0 && i < weir_history_index_get_length (index); i++)
    {
      gint64 id = weir_history_index_get_id (index, i);

      if (id <= last_id)
        g_array_append_val (ids, id);
    }
  return print_events (self, history, (const gint64 *) ids->data, ids->len);
}

static void
print_new_cb (Tail *tail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids =
      weir_history_list_new (tail->history, tail->query, &tail->last_id, &error);

  if (ids == NULL)
    {
      weir_cli_fail_error (tail->cli, NULL, error);
      tail->ended = TRUE;
    }
  else if (!print_events (tail->cli, tail->history, (const gint64 *) ids->data, ids->len))
    tail->ended = TRUE;
}

/* A reader who has gone is noticed even if nothing more comes. */
static gboolean
reader_gone_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Tail *tail = user_data;

  tail->ended = TRUE;
  tail->reader = 0;
  return G_SOURCE_REMOVE;
}

/* What a stream waits for is told when it is another reason than before. */
static void
stream_changed_cb (Stream *stream)
{
  const GError *error = weir_follower_get_error (stream->follower);
  const char *message =
      error != NULL ? error->message : weir_follower_get_warning (stream->follower);

  if (message == NULL || g_strcmp0 (message, stream->told) == 0)
    return;
  g_free (stream->told);
  stream->told = g_strdup (message);
  weir_cli_note (stream->cli, "%s: %s", stream->target->account->name, message);
}

static void
hint_cb (WeirProvider *provider, int kind, const char *id, Stream *stream)
{
  if (kind == WEIR_RECORD_EVENT)
    weir_follower_poke (stream->follower);
}

static void
start_streams (Tail *tail)
{
  for (guint i = 0; i < tail->streams->len; i++)
    {
      Stream *stream = tail->streams->pdata[i];

      g_signal_connect_swapped (stream->follower, "changed", G_CALLBACK (stream_changed_cb),
                                stream);
      g_signal_connect (stream->target->provider, "hint", G_CALLBACK (hint_cb), stream);
      weir_provider_set_background (stream->target->provider, TRUE);
      weir_provider_set_live (stream->target->provider, TRUE);
      weir_follower_start (stream->follower);
    }
}

static void
stop_streams (Tail *tail)
{
  for (guint i = 0; i < tail->streams->len; i++)
    {
      Stream *stream = tail->streams->pdata[i];

      weir_provider_set_live (stream->target->provider, FALSE);
      weir_follower_stop (stream->follower);
    }
}

/* Until it is interrupted, which is how it is meant to end, or nobody reads it. */
static void
follow (Tail *tail)
{
  WeirCli *self = tail->cli;
  gulong handler =
      g_signal_connect_swapped (tail->history, "changed", G_CALLBACK (print_new_cb), tail);

  if (fcntl (STDOUT_FILENO, F_GETFD) >= 0)
    tail->reader = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR | G_IO_HUP, reader_gone_cb, tail);
  print_new_cb (tail);
  start_streams (tail);
  while (!tail->ended && !g_cancellable_is_cancelled (self->cancellable))
    g_main_context_iteration (NULL, TRUE);
  stop_streams (tail);
  if (!tail->ended)
    print_new_cb (tail);
  g_signal_handler_disconnect (tail->history, handler);
  g_clear_handle_id (&tail->reader, g_source_remove);
}

/**
 * weir_cli_events:
 *
 * Prints the newest events of the history, the oldest of them first, and with --follow those that come, in the order in which
 * they come.
 */
void
weir_cli_events (WeirCli *self, char **words)
{
  g_autoptr (WeirQuery) query = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (GPtrArray) streams = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GError) error = NULL;
  Tail tail = { .cli = self, .last_id = -1 };
  guint limit;

  if (!weir_cli_read_limit (self, &limit))
    return;
  query = weir_cli_read_query (self);
  if (query == NULL)
    return;
  tail.history = weir_cli_get_history (self);
  tail.query = query;
  if (tail.history == NULL)
    return;
  weir_cli_output_set_columns (self->output, COLUMNS);
  if (!self->options->follow)
    {
      print_newest (self, tail.history, query, limit, G_MAXINT64);
      return;
    }

  /* What comes after this is new, and printed as such. */
  none = weir_history_list_new (tail.history, query, &tail.last_id, &error);
  if (none == NULL)
    {
      weir_cli_fail_error (self, NULL, error);
      return;
    }
  if (!print_newest (self, tail.history, query, limit, tail.last_id))
    return;
  targets = weir_cli_connect (self, NULL, NULL);
  if (targets == NULL)
    return;
  streams = collect_streams (self, targets, tail.history, FALSE);
  tail.streams = streams;
  follow (&tail);
}
