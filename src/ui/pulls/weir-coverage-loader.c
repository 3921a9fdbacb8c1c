/* weir-coverage-loader.c: a subscription's coverage, kept up to date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-coverage-loader.h"

#include "weir-history-pulls.h"

#define RENEW_DELAY 1000 /* ms */

struct _WeirCoverageLoader
{
  GObject parent_instance;

  WeirMonitor *monitor;
  WeirAccount *account; /* (nullable) */
  char *subscription;   /* (nullable) */
  GArray *spans;        /* (nullable) (element-type WeirCoverageSpan) */
  GPtrArray *pulls;     /* (nullable) (element-type WeirPullRun) */
  GError *error;        /* (nullable) */
  GCancellable *cancellable;
  gboolean loading;
  guint renew_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirCoverageLoader, weir_coverage_loader, G_TYPE_OBJECT)

/* What the worker reads and makes; records do not change. */
typedef struct
{
  GPtrArray *kept;  /* (element-type WeirPullRun) of the history */
  GPtrArray *known; /* (element-type WeirPullRun) what the server says now */
  GPtrArray *pulls; /* both, each once */
  GArray *spans;
} Work;

static void
work_free (Work *work)
{
  g_ptr_array_unref (work->kept);
  g_ptr_array_unref (work->known);
  g_clear_pointer (&work->pulls, g_ptr_array_unref);
  g_clear_pointer (&work->spans, g_array_unref);
  g_free (work);
}

static gboolean
is_own (WeirCoverageLoader *self, WeirPullRun *pull)
{
  return self->subscription != NULL && g_strcmp0 (pull->subscription, self->subscription) == 0
         && g_str_equal (weir_record_get_account (WEIR_RECORD (pull))->uuid, self->account->uuid);
}

static GPtrArray *
list_known (WeirCoverageLoader *self)
{
  g_autoptr (GPtrArray) all =
      weir_record_set_list (weir_monitor_get_records (self->monitor, WEIR_RECORD_PULL));
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      WeirPullRun *pull = g_ptr_array_index (all, i);

      if (is_own (self, pull))
        g_ptr_array_add (own, g_object_ref (pull));
    }

  return own;
}

/* What is known now is newer than what was kept of the same run. */
static void
compute (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *const parts[] = { work->known, work->kept };

  work->pulls = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      for (guint j = 0; j < parts[i]->len; j++)
        {
          WeirRecord *pull = g_ptr_array_index (parts[i], j);

          if (g_hash_table_add (seen, (gpointer) weir_record_get_id (pull)))
            g_ptr_array_add (work->pulls, g_object_ref (pull));
        }
    }
  work->spans = weir_coverage_compute (work->pulls);
  g_task_return_boolean (task, TRUE);
}

static void
end (WeirCoverageLoader *self)
{
  self->loading = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirCoverageLoader *self = WEIR_COVERAGE_LOADER (source);
  Work *work = g_task_get_task_data (G_TASK (result));

  /* cancelled: it is about something else now */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;

  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->pulls, g_ptr_array_unref);
  self->spans = g_steal_pointer (&work->spans);
  self->pulls = g_steal_pointer (&work->pulls);
  end (self);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirCoverageLoader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept =
      weir_history_list_pulls_finish (WEIR_HISTORY (source), result, &error);
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->subscription == NULL)
    return;

  g_clear_error (&self->error);
  if (kept == NULL)
    {
      self->error = g_steal_pointer (&error);
      end (self);
      return;
    }

  work = g_new0 (Work, 1);
  work->kept = g_steal_pointer (&kept);
  work->known = list_known (self);
  task = g_task_new (self, self->cancellable, computed_cb, NULL);
  g_task_set_source_tag (task, list_cb);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, compute);
}

static void
load (WeirCoverageLoader *self)
{
  self->loading = TRUE;
  weir_history_list_pulls_async (weir_monitor_get_history (self->monitor), self->account,
                                 self->subscription, 0, 0, self->cancellable, list_cb,
                                 g_object_ref (self));
}

static void
renew_cb (gpointer user_data)
{
  WeirCoverageLoader *self = user_data;

  self->renew_id = 0;
  if (self->loading)
    self->renew_id = g_timeout_add_once (RENEW_DELAY, renew_cb, self);
  else
    load (self);
}

static void
record_changed_cb (WeirCoverageLoader *self, WeirRecord *record)
{
  if (WEIR_IS_PULL_RUN (record) && is_own (self, WEIR_PULL_RUN (record)) && self->renew_id == 0)
    self->renew_id = g_timeout_add_once (RENEW_DELAY, renew_cb, self);
}

static void
stop (WeirCoverageLoader *self)
{
  g_clear_handle_id (&self->renew_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->loading = FALSE;
  g_clear_object (&self->account);
  g_clear_pointer (&self->subscription, g_free);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->pulls, g_ptr_array_unref);
  g_clear_error (&self->error);
}

static void
weir_coverage_loader_dispose (GObject *object)
{
  WeirCoverageLoader *self = WEIR_COVERAGE_LOADER (object);

  stop (self);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_coverage_loader_parent_class)->dispose (object);
}

static void
weir_coverage_loader_class_init (WeirCoverageLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_coverage_loader_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_coverage_loader_init (WeirCoverageLoader *self)
{
}

/**
 * weir_coverage_loader_new:
 * @monitor: has the history, and tells of changes
 *
 * Returns: (transfer full): a loader of nothing
 */
WeirCoverageLoader *
weir_coverage_loader_new (WeirMonitor *monitor)
{
  WeirCoverageLoader *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_COVERAGE_LOADER, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (monitor, "record-changed", G_CALLBACK (record_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * weir_coverage_loader_set_subscription:
 * @self: a loader
 * @account: (nullable): whose
 * @subscription: (nullable): its id
 *
 * Forgets what is known of another one.
 */
void
weir_coverage_loader_set_subscription (WeirCoverageLoader *self,
                                       WeirAccount *account,
                                       const char *subscription)
{
  g_return_if_fail (WEIR_IS_COVERAGE_LOADER (self));
  g_return_if_fail (subscription == NULL || WEIR_IS_ACCOUNT (account));

  if (g_strcmp0 (self->subscription, subscription) == 0
      && (subscription == NULL || g_str_equal (self->account->uuid, account->uuid)))
    return;

  stop (self);
  if (subscription == NULL)
    return;

  self->account = g_object_ref (account);
  self->subscription = g_strdup (subscription);
  self->cancellable = g_cancellable_new ();
  load (self);
}

/**
 * weir_coverage_loader_get_spans:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable) (element-type WeirCoverageSpan): the coverage, earliest first; not to be changed
 */
GArray *
weir_coverage_loader_get_spans (WeirCoverageLoader *self)
{
  g_return_val_if_fail (WEIR_IS_COVERAGE_LOADER (self), NULL);

  return self->spans;
}

/**
 * weir_coverage_loader_get_pulls:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable) (element-type WeirPullRun): the runs that made it so; not to be changed
 */
GPtrArray *
weir_coverage_loader_get_pulls (WeirCoverageLoader *self)
{
  g_return_val_if_fail (WEIR_IS_COVERAGE_LOADER (self), NULL);

  return self->pulls;
}

/**
 * weir_coverage_loader_get_error:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable): why it could not be read the last time
 */
const GError *
weir_coverage_loader_get_error (WeirCoverageLoader *self)
{
  g_return_val_if_fail (WEIR_IS_COVERAGE_LOADER (self), NULL);

  return self->error;
}
