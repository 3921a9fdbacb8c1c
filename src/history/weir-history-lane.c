/* weir-history-lane.c: one connection and the one thread that works on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-lane.h"

#include "weir-history-schema.h"
#include "weir-history.h"

#include <glib/gi18n-lib.h>

/* SQLite's virtual machine looks after so many instructions whether it was cancelled. */
#define CANCEL_STRIDE 10000

struct _WeirHistoryLane
{
  char *path;
  gboolean writes;
  GThreadPool *pool; /* one thread, while there is something to do */
  GMutex lock;       /* of the connection: synchronous calls come from any thread */
  WeirDatabase *db;  /* opened when first needed */
};

typedef struct
{
  GTask *task;
  WeirHistoryJob job;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} PushedJob;

/* The reasons that SQLite knows are one to a caller: the file cannot be used. */
static GError *
translate (GError *error, WeirHistoryLane *self, GCancellable *cancellable)
{
  GError *translated = NULL;

  if (error->domain != WEIR_SQLITE_ERROR)
    return error;

  if ((error->code & 0xff) != SQLITE_INTERRUPT
      || !g_cancellable_set_error_if_cancelled (cancellable, &translated))
    translated = g_error_new (WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_STORAGE,
                              self->writes ? _ ("The history cannot be written: %s")
                                           : _ ("The history cannot be read: %s"),
                              error->message);
  g_error_free (error);
  return translated;
}

static int
is_cancelled_cb (gpointer data)
{
  return g_cancellable_is_cancelled (data);
}

static gboolean
open_locked (WeirHistoryLane *self, GError **error)
{
  g_autoptr (WeirDatabase) db = NULL;

  if (self->db != NULL)
    return TRUE;

  db = weir_history_schema_open (self->path, error);
  if (db == NULL || (!self->writes && !weir_database_exec (db, "PRAGMA query_only = ON", error)))
    return FALSE;

  /* a page that is kept takes twenty statements, always the same ones */
  if (self->writes)
    weir_database_keep_statements (db);
  self->db = g_steal_pointer (&db);
  return TRUE;
}

/* In the task's own context, so that the last reference to the history is never dropped by its own
 * worker, which could not wait for itself. */
static gboolean
complete_job_cb (gpointer data)
{
  PushedJob *pushed = data;

  if (pushed->error != NULL)
    g_task_return_error (pushed->task, pushed->error);
  else
    g_task_return_pointer (pushed->task, pushed->result, pushed->free_result);

  g_object_unref (pushed->task);
  g_free (pushed);
  return G_SOURCE_REMOVE;
}

static void
run_job_cb (gpointer data, gpointer user_data)
{
  WeirHistoryLane *self = user_data;
  PushedJob *pushed = data;
  GTask *task = pushed->task;
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (task));
  g_autoptr (GSource) source = g_idle_source_new ();

  pushed->result = weir_history_lane_call (self, pushed->job, g_task_get_source_object (task),
                                           g_task_get_task_data (task),
                                           g_task_get_cancellable (task), &pushed->error);

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "weir-history-job");
  g_source_set_callback (source, complete_job_cb, pushed, NULL);
  g_source_attach (source, context);
}

/**
 * weir_history_lane_new:
 * @path: the history's file
 * @writes: whether this is the lane that changes it
 *
 * Returns: (transfer full): the lane; nothing is opened yet
 */
WeirHistoryLane *
weir_history_lane_new (const char *path, gboolean writes)
{
  WeirHistoryLane *self = g_new0 (WeirHistoryLane, 1);

  self->path = g_strdup (path);
  self->writes = writes;
  self->pool = g_thread_pool_new (run_job_cb, self, 1, FALSE, NULL);
  g_mutex_init (&self->lock);

  return self;
}

/**
 * weir_history_lane_free:
 * @self: (transfer full): a lane; nothing may be pending
 */
void
weir_history_lane_free (WeirHistoryLane *self)
{
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_clear_pointer (&self->db, weir_database_close);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

/**
 * weir_history_lane_open:
 * @self: a lane
 * @error: return location for a %WEIR_HISTORY_ERROR_OPEN
 *
 * Opens the file now rather than when it is first needed.
 *
 * Returns: whether it is open
 */
gboolean
weir_history_lane_open (WeirHistoryLane *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GError) local_error = NULL;

  if (open_locked (self, &local_error))
    return TRUE;

  g_set_error_literal (error, WEIR_HISTORY_ERROR, WEIR_HISTORY_ERROR_OPEN, local_error->message);
  return FALSE;
}

/**
 * weir_history_lane_is_read_only:
 * @self: a lane that is open
 *
 * Returns: whether its file cannot be written to
 */
gboolean
weir_history_lane_is_read_only (WeirHistoryLane *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->db != NULL && sqlite3_db_readonly (self->db, "main") == 1;
}

/**
 * weir_history_lane_call:
 * @self: a lane
 * @job: what to do
 * @owner: (nullable): for @job
 * @data: (nullable): for @job
 * @cancellable: (nullable): ends it where it is
 * @error: return location for a %WEIR_HISTORY_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Does it in this thread, after whatever is at work on the lane.
 *
 * Returns: what @job returned
 */
gpointer
weir_history_lane_call (WeirHistoryLane *self,
                        WeirHistoryJob job,
                        gpointer owner,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GError *local_error = NULL;
  gpointer result = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (open_locked (self, &local_error))
    {
      if (cancellable != NULL)
        sqlite3_progress_handler (self->db, CANCEL_STRIDE, is_cancelled_cb, cancellable);
      if (cancellable != NULL)
        g_cancellable_push_current (cancellable);
      result = job (owner, self->db, data, &local_error);
      if (cancellable != NULL)
        g_cancellable_pop_current (cancellable);
      sqlite3_progress_handler (self->db, 0, NULL, NULL);
    }

  if (result == NULL)
    g_propagate_error (error, translate (local_error, self, cancellable));
  return result;
}

/**
 * weir_history_lane_push:
 * @self: a lane
 * @job: what to do with the task's source object and its data
 * @task: (transfer full): returns what @job returned, as a pointer
 * @free_result: how to free that
 *
 * Does it in the lane's thread, in turn.
 */
void
weir_history_lane_push (WeirHistoryLane *self,
                        WeirHistoryJob job,
                        GTask *task,
                        GDestroyNotify free_result)
{
  PushedJob *pushed = g_new0 (PushedJob, 1);

  pushed->task = task;
  pushed->job = job;
  pushed->free_result = free_result;
  g_thread_pool_push (self->pool, pushed, NULL);
}
