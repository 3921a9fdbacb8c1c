/* weir-timeline-model.c: the events of all accounts as rows, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's answer to a query is an index: times and row ids, oldest first. A newer answer is compared with the one that
 * is shown, on a worker; what is new is put in run by run, so that a view keeps its place.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-model.h"

#include "weir-timeline-cache.h"
#include "weir-timeline-diff.h"

/* Between two looks at the history: a view that changes more often is not read. */
#define INTERVAL_MS 250

struct _WeirTimelineModel
{
  GObject parent_instance;

  WeirHistory *history;
  WeirTimelineCache *cache;
  WeirQuery *query; /* (nullable) */
  gboolean active;
  gboolean following;

  WeirHistoryIndex *index;  /* (nullable) what the rows are */
  WeirHistoryIndex *latest; /* (nullable) newer than index, held back */
  guint held;               /* rows that latest has more than index */
  guint n_rows;
  GArray
      *pending; /* (nullable) (element-type WeirTimelineRun) of index, not told to the views yet */

  guint total;
  GError *error;
  gboolean fresh; /* the next answer is the first to its query */
  gboolean once;  /* the next answer is shown though nothing else is */

  GCancellable *cancellable; /* (nullable) of the question that is asked now */
  gboolean dirty;            /* news came since */
  guint refresh_id;
};

enum
{
  ABOUT_TO_UPDATE,
  UPDATED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  WeirHistoryIndex *before; /* (nullable) */
  WeirHistoryIndex *after;
  GArray *runs; /* (nullable) */
  guint added;
} Comparison;

static void refresh (WeirTimelineModel *self);

static GType
weir_timeline_model_get_item_type (GListModel *list)
{
  return WEIR_TYPE_ROW;
}

static guint
weir_timeline_model_get_n_items (GListModel *list)
{
  return WEIR_TIMELINE_MODEL (list)->n_rows;
}

/* A row's position in the index, as far as the views know of it. */
static guint
get_place (WeirTimelineModel *self, guint position)
{
  for (guint i = 0; self->pending != NULL && i < self->pending->len; i++)
    {
      WeirTimelineRun *run = &g_array_index (self->pending, WeirTimelineRun, i);

      if (position >= run->position)
        position += run->count;
    }

  return weir_history_index_get_length (self->index) - 1 - position;
}

static gpointer
weir_timeline_model_get_item (GListModel *list, guint position)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (list);
  guint place;

  if (position >= self->n_rows)
    return NULL;

  place = get_place (self, position);

  return weir_timeline_cache_get (
      self->cache, weir_history_index_get_id (self->index, place),
      weir_history_index_get_time (self->index, place),
      weir_history_index_get_account (self->index,
                                      weir_history_index_get_group (self->index, place)));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_timeline_model_get_item_type;
  iface->get_n_items = weir_timeline_model_get_n_items;
  iface->get_item = weir_timeline_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirTimelineModel,
                               weir_timeline_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
comparison_free (Comparison *comparison)
{
  g_clear_object (&comparison->before);
  g_clear_object (&comparison->after);
  g_clear_pointer (&comparison->runs, g_array_unref);
  g_free (comparison);
}

/* runs: of index against what is shown; NULL: all is replaced */
static void
show_index (WeirTimelineModel *self, WeirHistoryIndex *index, GArray *runs)
{
  g_autoptr (WeirHistoryIndex) keep = g_object_ref (index);
  guint n = weir_history_index_get_length (index);

  g_clear_object (&self->latest);
  self->held = 0;
  if (self->index != NULL && runs != NULL && runs->len == 0)
    {
      g_set_object (&self->index, index);
      return;
    }

  g_signal_emit (self, signals[ABOUT_TO_UPDATE], 0);
  if (self->index == NULL || runs == NULL)
    {
      guint removed = self->n_rows;

      /* two steps: a view that is told of both at once looks for each old row among the new ones */
      self->n_rows = 0;
      if (removed > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);
      g_set_object (&self->index, index);
      self->n_rows = n;
      if (n > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n);
    }
  else
    {
      guint before = 0;

      g_set_object (&self->index, index);
      self->pending = g_array_ref (runs);
      for (guint i = 0; i < runs->len; i++)
        before += g_array_index (runs, WeirTimelineRun, i).count;
      /* the oldest first: the places of the others do not move */
      while (self->pending->len > 0)
        {
          WeirTimelineRun run =
              g_array_index (self->pending, WeirTimelineRun, self->pending->len - 1);

          g_array_set_size (self->pending, self->pending->len - 1);
          before -= run.count;
          self->n_rows += run.count;
          g_list_model_items_changed (G_LIST_MODEL (self), run.position - before, 0, run.count);
        }
      g_clear_pointer (&self->pending, g_array_unref);
    }
  g_signal_emit (self, signals[UPDATED], 0);
}

static gboolean
refresh_cb (gpointer user_data)
{
  WeirTimelineModel *self = user_data;

  self->refresh_id = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

static void
finish (WeirTimelineModel *self)
{
  g_clear_object (&self->cancellable);
  if (self->dirty && self->active && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (INTERVAL_MS, refresh_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
total_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirHistoryIndex) index =
      weir_history_query_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (index != NULL)
    self->total = weir_history_index_get_length (index);
  finish (self);
}

static void
compare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Comparison *comparison = task_data;

  comparison->runs = weir_timeline_diff (comparison->before, comparison->after, &comparison->added);
  g_task_return_boolean (task, TRUE);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (source);
  Comparison *comparison = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;

  /* what is held back was brought in meanwhile: the comparison is with what is no longer shown */
  if (comparison->before != self->index)
    {
      self->dirty = TRUE;
      finish (self);
      return;
    }

  if (self->following || self->fresh || self->once)
    {
      show_index (self, comparison->after, self->fresh ? NULL : comparison->runs);
    }
  else if (comparison->added > 0 || comparison->runs == NULL)
    {
      g_set_object (&self->latest, comparison->after);
      self->held = comparison->added;
    }
  self->fresh = FALSE;
  self->once = FALSE;
  weir_timeline_cache_renew (self->cache);

  if (self->query != NULL)
    {
      weir_history_query_async (self->history, NULL, 0, self->cancellable, total_cb,
                                g_object_ref (self));
      return;
    }
  self->total = weir_history_index_get_length (comparison->after);
  finish (self);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (WeirHistoryIndex) index =
      weir_history_query_finish (WEIR_HISTORY (source), result, &error);
  Comparison *comparison;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->error);
  if (index == NULL)
    {
      self->error = g_steal_pointer (&error);
      self->fresh = FALSE;
      finish (self);
      return;
    }

  comparison = g_new0 (Comparison, 1);
  g_set_object (&comparison->before, self->index);
  comparison->after = g_steal_pointer (&index);
  task = g_task_new (self, self->cancellable, compared_cb, NULL);
  g_task_set_source_tag (task, query_cb);
  g_task_set_task_data (task, comparison, (GDestroyNotify) comparison_free);
  g_task_run_in_thread (task, compare_in_thread);
}

static void
refresh (WeirTimelineModel *self)
{
  if (!self->active)
    {
      self->dirty = TRUE;
      return;
    }
  if (self->cancellable != NULL)
    {
      self->dirty = TRUE;
      return;
    }

  self->dirty = FALSE;
  self->cancellable = g_cancellable_new ();
  weir_history_query_async (self->history, self->query, 0, self->cancellable, query_cb,
                            g_object_ref (self));
}

static void
history_changed_cb (WeirTimelineModel *self)
{
  self->dirty = TRUE;
  if (self->active && self->cancellable == NULL && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (INTERVAL_MS, refresh_cb, self);
}

static void
cancel (WeirTimelineModel *self)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
weir_timeline_model_dispose (GObject *object)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (object);

  cancel (self);
  g_clear_object (&self->query);
  g_clear_object (&self->latest);
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);

  G_OBJECT_CLASS (weir_timeline_model_parent_class)->dispose (object);
}

static void
weir_timeline_model_finalize (GObject *object)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (object);

  g_clear_object (&self->index);
  g_clear_object (&self->cache);
  g_clear_object (&self->history);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (weir_timeline_model_parent_class)->finalize (object);
}

static void
weir_timeline_model_class_init (WeirTimelineModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_timeline_model_dispose;
  object_class->finalize = weir_timeline_model_finalize;

  signals[ABOUT_TO_UPDATE] = g_signal_new ("about-to-update", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_timeline_model_init (WeirTimelineModel *self)
{
  self->following = TRUE;
  self->fresh = TRUE;
  self->dirty = TRUE;
}

/**
 * weir_timeline_model_new:
 * @history: has the events
 *
 * Returns: (transfer full): a model without rows, which asks for them once it is active
 */
WeirTimelineModel *
weir_timeline_model_new (WeirHistory *history)
{
  WeirTimelineModel *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_TIMELINE_MODEL, NULL);
  self->history = g_object_ref (history);
  self->cache = weir_timeline_cache_new (history);
  g_signal_connect_swapped (history, "changed", G_CALLBACK (history_changed_cb), self);

  return self;
}

/**
 * weir_timeline_model_set_query:
 * @self: the model
 * @query: (nullable): which events; %NULL all
 *
 * The rows stay until the answer is there.
 */
void
weir_timeline_model_set_query (WeirTimelineModel *self, WeirQuery *query)
{
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (!g_set_object (&self->query, query))
    return;

  cancel (self);
  self->fresh = TRUE;
  g_clear_object (&self->latest);
  self->held = 0;
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_timeline_model_get_query:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): which events are shown
 */
WeirQuery *
weir_timeline_model_get_query (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), NULL);

  return self->query;
}

/**
 * weir_timeline_model_set_active:
 * @self: the model
 * @active: whether somebody looks
 */
void
weir_timeline_model_set_active (WeirTimelineModel *self, gboolean active)
{
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (self->active == !!active)
    return;

  self->active = !!active;
  if (active && self->dirty)
    refresh (self);
}

/**
 * weir_timeline_model_set_following:
 * @self: the model
 * @following: whether what comes is shown; else it is held back and counted
 */
void
weir_timeline_model_set_following (WeirTimelineModel *self, gboolean following)
{
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (self->following == !!following)
    return;

  self->following = !!following;
  if (following)
    weir_timeline_model_bring_in (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_timeline_model_get_following:
 * @self: the model
 *
 * Returns: whether what comes is shown
 */
gboolean
weir_timeline_model_get_following (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), FALSE);

  return self->following;
}

/**
 * weir_timeline_model_bring_in:
 * @self: the model
 *
 * Shows what is held back, and goes on holding back what comes if it does so now.
 */
void
weir_timeline_model_bring_in (WeirTimelineModel *self)
{
  g_autoptr (WeirHistoryIndex) latest = NULL;
  g_autoptr (GArray) runs = NULL;

  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  latest = g_steal_pointer (&self->latest);
  if (latest == NULL)
    return;

  runs = weir_timeline_diff (self->index, latest, NULL);
  show_index (self, latest, runs);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_timeline_model_get_index:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): what the rows are, oldest first; %NULL until the first answer
 */
WeirHistoryIndex *
weir_timeline_model_get_index (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), NULL);

  return self->index;
}

/**
 * weir_timeline_model_get_held:
 * @self: the model
 *
 * Returns: the number of events that would be shown and are held back
 */
guint
weir_timeline_model_get_held (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), 0);

  return self->held;
}

/**
 * weir_timeline_model_get_total:
 * @self: the model
 *
 * Returns: the number of events in the history
 */
guint
weir_timeline_model_get_total (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), 0);

  return self->total;
}

/**
 * weir_timeline_model_get_error:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): why the history did not answer
 */
const GError *
weir_timeline_model_get_error (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), NULL);

  return self->error;
}

/**
 * weir_timeline_model_is_loading:
 * @self: the model
 *
 * Returns: whether the query has no answer yet
 */
gboolean
weir_timeline_model_is_loading (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), FALSE);

  return self->fresh;
}

/**
 * weir_timeline_model_find:
 * @self: the model
 * @time: when an event occurred
 * @id: its row id in the history
 *
 * Returns: its row's position, %G_MAXUINT if it has none
 */
guint
weir_timeline_model_find (WeirTimelineModel *self, gint64 time, gint64 id)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), G_MAXUINT);

  if (self->index == NULL)
    return G_MAXUINT;

  for (guint i = weir_history_index_find_time (self->index, time);
       i < self->n_rows && weir_history_index_get_time (self->index, i) == time; i++)
    {
      if (weir_history_index_get_id (self->index, i) == id)
        return self->n_rows - 1 - i;
    }

  return G_MAXUINT;
}

/**
 * weir_timeline_model_find_time:
 * @self: the model
 * @time: a time, µs
 *
 * Returns: the position of the newest row before @time; %G_MAXUINT if there is none
 */
guint
weir_timeline_model_find_time (WeirTimelineModel *self, gint64 time)
{
  guint place;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), G_MAXUINT);

  if (self->index == NULL)
    return G_MAXUINT;

  place = weir_history_index_find_time (self->index, time);

  return place > 0 ? self->n_rows - place : G_MAXUINT;
}

/**
 * weir_timeline_model_get_time:
 * @self: the model
 * @position: a row's position
 *
 * Returns: when its event occurred, µs
 */
gint64
weir_timeline_model_get_time (WeirTimelineModel *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), 0);
  g_return_val_if_fail (position < self->n_rows, 0);

  return weir_history_index_get_time (self->index, get_place (self, position));
}

/**
 * weir_timeline_model_get_id:
 * @self: the model
 * @position: a row's position
 *
 * Returns: its event's row id in the history
 */
gint64
weir_timeline_model_get_id (WeirTimelineModel *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), 0);
  g_return_val_if_fail (position < self->n_rows, 0);

  return weir_history_index_get_id (self->index, get_place (self, position));
}
