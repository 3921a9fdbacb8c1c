/* weir-exporter.c: writes events to a file or a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-exporter.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Events loaded at a time: as many as are about so many bytes, by those before them. */
#define PART_FIRST 16
#define PART_MOST 500
#define PART_BYTES (4u * 1024u * 1024u)

#define PROGRESS_INTERVAL (100 * 1000) /* µs */
#define TRIES 100

struct _WeirExporter
{
  GObject parent_instance;

  WeirHistory *history;
  WeirHistoryIndex *index;
  WeirExportFormat format;
  guint done; /* atomic */
};

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirExporter, weir_exporter, G_TYPE_OBJECT)

static gboolean
progress_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[PROGRESS], 0);

  return G_SOURCE_REMOVE;
}

static void
tell_progress (WeirExporter *self, GMainContext *context)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, progress_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, context);
}

/* A write to a pipe whose reader is slow could not be cancelled: only so much is sure not to block. */
static gboolean
write_text (GOutputStream *stream, const GString *text, GCancellable *cancellable, GError **error)
{
  gboolean is_pipe = G_IS_POLLABLE_OUTPUT_STREAM (stream)
                     && g_pollable_output_stream_can_poll (G_POLLABLE_OUTPUT_STREAM (stream));
  gsize most = is_pipe ? PIPE_BUF : text->len;

  for (gsize i = 0; i < text->len; i += most)
    if (!g_output_stream_write_all (stream, text->str + i, MIN (most, text->len - i), NULL,
                                    cancellable, error))
      return FALSE;
  return TRUE;
}

/* Loads and writes @n events from @from on. Returns how many bytes, or -1. */
static gssize
write_part (WeirExporter *self,
            guint from,
            guint n,
            GOutputStream *stream,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree gint64 *ids = g_new (gint64, n);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gssize written = 0;

  for (guint i = 0; i < n; i++)
    ids[i] = weir_history_index_get_id (self->index, from + i);
  events = weir_history_load (self->history, ids, n, error);
  if (events == NULL)
    return -1;

  for (guint i = 0; i < events->len; i++)
    {
      weir_export_append_event (text, self->format, events->pdata[i]);
      /* One event alone may be large. */
      if (text->len < PART_BYTES && i + 1 < events->len)
        continue;
      if (!write_text (stream, text, cancellable, error))
        return -1;
      written += (gssize) text->len;
      g_string_truncate (text, 0);
    }
  return written;
}

static gboolean
write_all (WeirExporter *self,
           GOutputStream *stream,
           GMainContext *context,
           GCancellable *cancellable,
           GError **error)
{
  guint total = weir_history_index_get_length (self->index);
  g_autoptr (GString) heading = g_string_new (NULL);
  gint64 told_at = 0;
  guint part = PART_FIRST;

  weir_export_append_heading (heading, self->format);
  if (!write_text (stream, heading, cancellable, error))
    return FALSE;

  for (guint i = 0; i < total;)
    {
      guint n = MIN (part, total - i);
      gssize size;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      size = write_part (self, i, n, stream, cancellable, error);
      if (size < 0)
        return FALSE;

      i += n;
      /* not at once from one large event to many that may be as large */
      part = (guint) CLAMP ((gsize) n * PART_BYTES / MAX ((gsize) size, 1), 1, 2 * (gsize) n);
      part = MIN (part, PART_MOST);
      g_atomic_int_set (&self->done, i);
      if (g_get_monotonic_time () - told_at >= PROGRESS_INTERVAL || i == total)
        {
          told_at = g_get_monotonic_time ();
          tell_progress (self, context);
        }
    }
  return g_output_stream_flush (stream, cancellable, error);
}

static gboolean
set_errno (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* A new file beside @path. */
static GFileOutputStream *
create_beside (const char *path, char **beside, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  for (int i = 0; i < TRIES; i++)
    {
      g_autofree char *part = g_strdup_printf (".%s.%08x.part", name, g_random_int ());
      g_autofree char *candidate = g_build_filename (folder, part, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (candidate);
      g_autoptr (GError) local_error = NULL;
      GFileOutputStream *stream =
          g_file_create (file, G_FILE_CREATE_NONE, cancellable, &local_error);

      if (stream != NULL)
        *beside = g_steal_pointer (&candidate);
      if (stream != NULL)
        return stream;
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  set_errno (error, EEXIST);
  return NULL;
}

static gboolean
sync_and_close (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  if (G_IS_FILE_DESCRIPTOR_BASED (stream)
      && fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream))) != 0
      && errno != EINVAL)
    return set_errno (error, errno);
  return g_output_stream_close (stream, cancellable, error);
}

/* What is no file, such as a pipe or a terminal, is written as it is. */
static gboolean
write_special (WeirExporter *self,
               const char *path,
               GMainContext *context,
               GCancellable *cancellable,
               GError **error)
{
  /* A pipe that nobody reads is an error at once. */
  int fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (GOutputStream) stream = NULL;

  if (fd < 0)
    return set_errno (error, errno);
  stream = g_unix_output_stream_new (fd, TRUE);
  return write_all (self, stream, context, cancellable, error)
         && g_output_stream_close (stream, cancellable, error);
}

static gboolean
save (WeirExporter *self,
      const char *path,
      GMainContext *context,
      GCancellable *cancellable,
      GError **error)
{
  /* A link stays, and what it leads to is replaced. */
  char *resolved = realpath (path, NULL);
  g_autofree char *target = g_strdup (resolved != NULL ? resolved : path);
  g_autofree char *beside = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;
  gboolean exists;
  struct stat before;

  free (resolved);
  exists = stat (target, &before) == 0;
  if (exists && S_ISDIR (before.st_mode))
    return set_errno (error, EISDIR);
  if (exists && !S_ISREG (before.st_mode))
    return write_special (self, target, context, cancellable, error);

  stream = create_beside (target, &beside, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (write_all (self, G_OUTPUT_STREAM (stream), context, cancellable, error)
      && sync_and_close (G_OUTPUT_STREAM (stream), cancellable, error))
    {
      if ((!exists || chmod (beside, before.st_mode & 07777) == 0)
          && g_rename (beside, target) == 0)
        return TRUE;
      set_errno (error, errno);
    }
  g_unlink (beside);
  return FALSE;
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (save (source, data, g_task_get_context (task), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_all (source, data, g_task_get_context (task), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
weir_exporter_finalize (GObject *object)
{
  WeirExporter *self = WEIR_EXPORTER (object);

  g_clear_object (&self->history);
  g_clear_object (&self->index);

  G_OBJECT_CLASS (weir_exporter_parent_class)->finalize (object);
}

static void
weir_exporter_class_init (WeirExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_exporter_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_exporter_init (WeirExporter *self)
{
}

/**
 * weir_exporter_new:
 * @history: where the events are
 * @index: which of them
 * @format: how they are written
 *
 * Returns: (transfer full): an exporter, which runs once
 */
WeirExporter *
weir_exporter_new (WeirHistory *history, WeirHistoryIndex *index, WeirExportFormat format)
{
  WeirExporter *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);
  g_return_val_if_fail (WEIR_IS_HISTORY_INDEX (index), NULL);

  self = g_object_new (WEIR_TYPE_EXPORTER, NULL);
  self->history = g_object_ref (history);
  self->index = g_object_ref (index);
  self->format = format;
  return self;
}

/**
 * weir_exporter_get_done:
 * @self: an exporter
 *
 * Returns: how many events of the index it has come by
 */
guint
weir_exporter_get_done (WeirExporter *self)
{
  g_return_val_if_fail (WEIR_IS_EXPORTER (self), 0);

  return g_atomic_int_get (&self->done);
}

/**
 * weir_exporter_get_total:
 * @self: an exporter
 *
 * Returns: how many events the index has
 */
guint
weir_exporter_get_total (WeirExporter *self)
{
  g_return_val_if_fail (WEIR_IS_EXPORTER (self), 0);

  return weir_history_index_get_length (self->index);
}

/**
 * weir_exporter_save_async:
 * @self: an exporter
 * @path: the file
 * @cancellable: (nullable): ends it; then, as after any error, the file is what it was before
 * @callback: what is called when it is done
 * @user_data: what @callback is given
 *
 * Writes a file beside @path, which takes its place at the end. A pipe or a device is written to directly.
 */
void
weir_exporter_save_async (WeirExporter *self,
                          const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_EXPORTER (self));
  g_return_if_fail (path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_exporter_save_async);
  /* What has been done is not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * weir_exporter_save_finish:
 * @self: an exporter
 * @result: what the callback was given
 * @error: return location for a %G_IO_ERROR (disk full, no permission, cancelled) or %WEIR_HISTORY_ERROR
 *
 * Returns: whether the file is there
 */
gboolean
weir_exporter_save_finish (WeirExporter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * weir_exporter_write_async:
 * @self: an exporter
 * @stream: what is written to, from another thread; it stays open
 * @cancellable: (nullable): ends it in the middle
 * @callback: what is called when it is done
 * @user_data: what @callback is given
 */
void
weir_exporter_write_async (WeirExporter *self,
                           GOutputStream *stream,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_EXPORTER (self));
  g_return_if_fail (G_IS_OUTPUT_STREAM (stream));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_exporter_write_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * weir_exporter_write_finish:
 * @self: an exporter
 * @result: what the callback was given
 * @error: return location for a %G_IO_ERROR (nobody reads it, disk full, cancelled) or %WEIR_HISTORY_ERROR
 *
 * Returns: whether all is written
 */
gboolean
weir_exporter_write_finish (WeirExporter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
