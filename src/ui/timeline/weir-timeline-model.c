/* weir-timeline-model.c: the events of all accounts as rows, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's answer to a query is an index: times and numbers, oldest first. What a newer answer has more is put in run by
 * run, so that a view keeps its place; while paused it is in the index, too, and has no rows: so nothing is ever lost from the
 * balance.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-model-private.h"

#include "weir-clock.h"
#include "weir-history-gaps.h"
#include "weir-row.h"
#include "weir-timeline-gap-filter.h"
#include "weir-timeline-zoom.h"

/* A first screen; the rest is asked for when it is there. */
#define FIRST_ROWS 200
/* Of the newest events so many are there when their rows come: more than fit on a screen. */
#define READY_ROWS 48
/* px; of lower ones more fit, but not on all of the height of a window. */
#define ROW_HEIGHT 38
/* Between the first rows and the question for all: they are drawn first. */
#define FIRST_REST_MS 20
/* Without a pacer, and after the views were told that all is different, which is expensive. */
#define INTERVAL_MS 16
#define LONG_INTERVAL_MS 250
/* Between two messages that there are other numbers. */
#define NUMBERS_MS 250
/* Between two looks at events that may have changed. */
#define RENEW_MS 1000
/* After which “1h ago” is not any more what it was. */
#define MOVE_SECONDS 30

enum
{
  ABOUT_TO_UPDATE,
  UPDATED,
  CHANGED,
  GAPS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ask (WeirTimelineModel *self);
static gboolean timeout_cb (gpointer user_data);
static void ask_gaps (WeirTimelineModel *self);

static GType
weir_timeline_model_get_item_type (GListModel *list)
{
  return WEIR_TYPE_ROW;
}

static guint
weir_timeline_model_get_n_items (GListModel *list)
{
  return weir_timeline_rows_get_length (WEIR_TIMELINE_MODEL (list)->rows);
}

static gpointer
get_gap_row (WeirTimelineModel *self, WeirGap *gap)
{
  WeirRow *row = g_hash_table_lookup (self->gap_rows, &gap->id);

  if (row == NULL)
    {
      g_autoptr (WeirTimelineItem) item =
          weir_timeline_item_new_gap (gap, g_hash_table_contains (self->filling, &gap->id));

      row = weir_row_new (item);
      g_hash_table_insert (self->gap_rows, g_memdup2 (&gap->id, sizeof gap->id), row);
    }

  return g_object_ref (row);
}

static gpointer
weir_timeline_model_get_item (GListModel *list, guint position)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (list);
  WeirHistoryIndex *index = weir_timeline_rows_get_index (self->rows);
  WeirGap *gap;
  guint place;

  if (position >= weir_timeline_rows_get_length (self->rows))
    return NULL;

  gap = weir_timeline_rows_get (self->rows, position, &place);
  if (gap != NULL)
    return get_gap_row (self, gap);

  return weir_timeline_cache_get (self->cache, index, place);
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

static gboolean
changed_cb (gpointer user_data)
{
  WeirTimelineModel *self = user_data;

  self->changed_id = 0;
  self->changed_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Each number that is another one has the whole page laid out anew: an eye does not read them in each frame. */
static void
tell_numbers (WeirTimelineModel *self)
{
  gint64 wait = self->changed_at + NUMBERS_MS * 1000 - g_get_monotonic_time ();

  if (self->changed_id == 0 && wait > 0)
    self->changed_id = g_timeout_add ((guint) (wait / 1000 + 1), changed_cb, self);
  else if (self->changed_id == 0)
    changed_cb (self);
}

static void
apply_and_go_on (WeirTimelineModel *self)
{
  gboolean was_whole = !self->loading && !self->partial;
  gboolean opening = weir_timeline_rows_get_index (self->rows) == NULL;
  g_autoptr (WeirTimelineAnswer) answer = NULL;
  gboolean more;

  g_clear_object (&self->cancellable);
  /* fewer than were asked for are all of them */
  more = self->limit > 0 && weir_history_index_get_length (self->answer->index) >= self->limit;
  answer = g_steal_pointer (&self->answer);
  weir_timeline_model_apply (self, answer);
  self->loading = FALSE;
  self->partial = more;
  if (g_get_monotonic_time () - self->renewed_at > RENEW_MS * 1000)
    {
      self->renewed_at = g_get_monotonic_time ();
      weir_timeline_cache_renew (self->cache);
    }
  if (self->active && opening && self->partial)
    self->timeout_id = g_timeout_add_full (G_PRIORITY_LOW, FIRST_REST_MS, timeout_cb, self, NULL);
  else if (self->active && (self->partial || self->dirty))
    ask (self);
  if (was_whole)
    tell_numbers (self);
  else
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WeirTimelineModel *self = user_data;

  self->tick_id = 0;
  apply_and_go_on (self);

  return G_SOURCE_REMOVE;
}

static void
stop_tick (WeirTimelineModel *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->pacer, self->tick_id);
  self->tick_id = 0;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
}

static gboolean
timeout_cb (gpointer user_data)
{
  WeirTimelineModel *self = user_data;

  self->timeout_id = 0;
  if (self->answer != NULL)
    apply_and_go_on (self);
  else
    ask (self);

  return G_SOURCE_REMOVE;
}

/* The rows change while nothing is drawn, and so the change is drawn once. */
static void
wait_for_frame (WeirTimelineModel *self)
{
  if (self->pacer != NULL && gtk_widget_get_mapped (self->pacer))
    self->tick_id = gtk_widget_add_tick_callback (self->pacer, tick_cb, self, NULL);
  else if (self->loading)
    apply_and_go_on (self);
  else
    self->timeout_id = g_timeout_add (INTERVAL_MS, timeout_cb, self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = weir_history_load_finish (WEIR_HISTORY (source), result, &error);
  WeirHistoryIndex *index;
  guint n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->answer == NULL)
    return;

  /* without them the rows come all the same, and are loaded when they are seen */
  index = self->answer->index;
  n = weir_history_index_get_length (index);
  for (guint i = 0; events != NULL && events->len == self->n_ready && i < events->len; i++)
    weir_timeline_cache_put (self->cache, index, n - events->len + i,
                             g_ptr_array_index (events, i));
  wait_for_frame (self);
}

/* The newest events come with their rows. Returns FALSE if there are none that are new. */
static gboolean
load_newest (WeirTimelineModel *self)
{
  WeirTimelineAnswer *answer = self->answer;
  guint n = weir_history_index_get_length (answer->index);
  WeirHistoryRun run = { 0, n };
  gint64 ids[READY_ROWS];
  guint count;

  if (!self->following && !self->loading)
    return FALSE;
  if (answer->added != NULL && answer->added->len == 0)
    return FALSE;
  if (answer->added != NULL)
    run = g_array_index (answer->added, WeirHistoryRun, answer->added->len - 1);
  if (run.count == 0 || run.position + run.count < n)
    return FALSE;

  self->n_ready = count = MIN (run.count, READY_ROWS);
  for (guint i = 0; i < count; i++)
    ids[i] = weir_history_index_get_id (answer->index, n - count + i);
  weir_history_load_async (self->history, ids, count, self->cancellable, loaded_cb,
                           g_object_ref (self));

  return TRUE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirTimelineAnswer) answer =
      weir_timeline_ask_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->error);
  if (answer == NULL)
    {
      self->error = g_steal_pointer (&error);
      self->loading = FALSE;
      self->partial = FALSE;
      g_clear_object (&self->cancellable);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  self->answer = g_steal_pointer (&answer);
  if (!load_newest (self))
    wait_for_frame (self);
}

/* A new view makes a widget for each cell of each row: no more than are seen before the first frame. */
static guint
count_first_rows (WeirTimelineModel *self)
{
  GtkRoot *root = self->pacer != NULL ? gtk_widget_get_root (self->pacer) : NULL;
  int width;
  int height = 0;

  if (GTK_IS_WINDOW (root) && !gtk_window_is_maximized (GTK_WINDOW (root))
      && !gtk_window_is_fullscreen (GTK_WINDOW (root)))
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);

  return height > 0 ? MIN ((guint) height / ROW_HEIGHT + 1, READY_ROWS) : READY_ROWS;
}

static void
ask (WeirTimelineModel *self)
{
  WeirHistoryIndex *before = weir_timeline_rows_get_index (self->rows);
  gboolean renew;

  self->dirty = TRUE;
  if (!self->active || self->cancellable != NULL || self->timeout_id != 0)
    return;
  if (!self->partial && g_get_monotonic_time () - self->replaced_at < LONG_INTERVAL_MS * 1000
      && !self->loading)
    {
      self->timeout_id = g_timeout_add (LONG_INTERVAL_MS, timeout_cb, self);
      return;
    }

  self->dirty = FALSE;
  self->cancellable = g_cancellable_new ();
  /* the rows may be another query's answer */
  if (self->error != NULL)
    self->loading = TRUE;
  renew = !self->loading && self->limit == 0 && before != NULL
          && (self->moves_id == 0 || !self->following
              || weir_clock_now () - self->asked_at < MOVE_SECONDS * G_TIME_SPAN_SECOND);
  if (!renew)
    self->asked_at = weir_clock_now ();
  if (self->loading && before == NULL)
    self->limit = count_first_rows (self);
  else
    self->limit = self->loading && weir_timeline_ask_is_slow (self->query) ? FIRST_ROWS : 0;
  weir_timeline_ask_async (self->history, self->query, self->loading ? NULL : before, self->limit,
                           renew, self->cancellable, asked_cb, g_object_ref (self));
}

static void
gaps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirTimelineModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) gaps =
      weir_history_list_gaps_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->gaps_cancellable);
  if (gaps != NULL)
    {
      weir_timeline_filter_gaps (gaps, self->query);
      weir_timeline_model_set_gaps (self, gaps);
    }
  else
    {
      g_debug ("The gaps are not known: %s", error->message);
    }
  if (self->gaps_dirty)
    ask_gaps (self);
}

static void
ask_gaps (WeirTimelineModel *self)
{
  self->gaps_dirty = TRUE;
  if (!self->active || self->gaps_cancellable != NULL)
    return;

  self->gaps_dirty = FALSE;
  self->gaps_cancellable = g_cancellable_new ();
  weir_history_list_gaps_async (self->history, NULL, TRUE, self->gaps_cancellable, gaps_cb,
                                g_object_ref (self));
}

static void
cancel (WeirTimelineModel *self)
{
  stop_tick (self);
  g_clear_pointer (&self->answer, weir_timeline_answer_free);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cancel_gaps (WeirTimelineModel *self)
{
  g_cancellable_cancel (self->gaps_cancellable);
  g_clear_object (&self->gaps_cancellable);
}

static void
weir_timeline_model_dispose (GObject *object)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (object);

  cancel (self);
  cancel_gaps (self);
  g_clear_handle_id (&self->changed_id, g_source_remove);
  g_clear_handle_id (&self->moves_id, g_source_remove);
  weir_timeline_model_set_pacer (self, NULL);
  g_clear_object (&self->query);
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);

  G_OBJECT_CLASS (weir_timeline_model_parent_class)->dispose (object);
}

static void
weir_timeline_model_finalize (GObject *object)
{
  WeirTimelineModel *self = WEIR_TIMELINE_MODEL (object);

  g_hash_table_unref (self->filling);
  g_hash_table_unref (self->gap_rows);
  weir_timeline_rows_free (self->rows);
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

  signals[ABOUT_TO_UPDATE] =
      g_signal_new ("about-to-update", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[GAPS_CHANGED] = g_signal_new ("gaps-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_timeline_model_init (WeirTimelineModel *self)
{
  self->rows = weir_timeline_rows_new ();
  self->filling = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->gap_rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->following = TRUE;
  self->loading = TRUE;
  self->dirty = TRUE;
  self->gaps_dirty = TRUE;
  self->gaps_fresh = TRUE;
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
  g_signal_connect_swapped (history, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (history, "gaps-changed", G_CALLBACK (ask_gaps), self);

  return self;
}

/**
 * weir_timeline_model_set_pacer:
 * @self: the model
 * @widget: (nullable): in whose frames the rows change
 */
void
weir_timeline_model_set_pacer (WeirTimelineModel *self, GtkWidget *widget)
{
  gboolean waiting;

  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (self->pacer == widget)
    return;

  waiting = self->tick_id != 0;
  stop_tick (self);
  g_set_weak_pointer (&self->pacer, widget);
  if (waiting)
    wait_for_frame (self);
}

static gboolean
moves_cb (gpointer user_data)
{
  WeirTimelineModel *self = user_data;

  if (self->following)
    ask (self);

  return G_SOURCE_CONTINUE;
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
  cancel_gaps (self);
  g_clear_handle_id (&self->moves_id, g_source_remove);
  if (weir_timeline_zoom_moves (query))
    self->moves_id = g_timeout_add_seconds (MOVE_SECONDS, moves_cb, self);
  self->loading = TRUE;
  self->partial = FALSE;
  self->gaps_fresh = TRUE;
  ask (self);
  ask_gaps (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_timeline_model_retry:
 * @self: the model
 *
 * Asks again if the history did not answer.
 */
void
weir_timeline_model_retry (WeirTimelineModel *self)
{
  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  if (self->error != NULL)
    ask (self);
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
    ask (self);
  if (active && self->gaps_dirty)
    ask_gaps (self);
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
    {
      weir_timeline_model_bring_in (self);
      ask_gaps (self);
    }
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
 * weir_timeline_model_get_index:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): what the query finds, oldest first; %NULL until the first answer
 */
WeirHistoryIndex *
weir_timeline_model_get_index (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), NULL);

  return weir_timeline_rows_get_index (self->rows);
}

/**
 * weir_timeline_model_get_balance:
 * @self: the model
 * @balance: (out caller-allocates): what became of the events of the history
 */
void
weir_timeline_model_get_balance (WeirTimelineModel *self, WeirBalance *balance)
{
  WeirHistoryIndex *index;
  guint n;

  g_return_if_fail (WEIR_IS_TIMELINE_MODEL (self));

  index = weir_timeline_rows_get_index (self->rows);
  n = index != NULL ? weir_history_index_get_length (index) : 0;
  /* the other rows are on their way, and nothing can be missing among them */
  if (self->partial && self->query == NULL)
    n = (guint) self->received;
  balance->received = self->received;
  balance->held_back = weir_timeline_rows_get_n_hidden (self->rows);
  balance->shown = n - balance->held_back;
  balance->filtered_out = self->received - n;
}

/**
 * weir_timeline_model_get_total:
 * @self: the model
 *
 * Returns: the number of events in the history
 */
guint64
weir_timeline_model_get_total (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), 0);

  return self->received;
}

/**
 * weir_timeline_model_get_error:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): why the history did not answer; the rows are then nobody's answer
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

  return self->loading;
}

/**
 * weir_timeline_model_is_partial:
 * @self: the model
 *
 * Returns: whether only the newest rows of the answer are there yet
 */
gboolean
weir_timeline_model_is_partial (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), FALSE);

  return self->partial;
}

/**
 * weir_timeline_model_get_gaps:
 * @self: the model
 *
 * Returns: (transfer none) (element-type WeirGap): the gaps that have rows, by their time
 */
GPtrArray *
weir_timeline_model_get_gaps (WeirTimelineModel *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), NULL);

  return weir_timeline_rows_get_gaps (self->rows);
}

/**
 * weir_timeline_model_find_gap:
 * @self: the model
 * @id: of a gap
 *
 * Returns: (transfer none) (nullable): the gap, if it has a row
 */
WeirGap *
weir_timeline_model_find_gap (WeirTimelineModel *self, gint64 id)
{
  GPtrArray *gaps;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), NULL);

  gaps = weir_timeline_rows_get_gaps (self->rows);
  for (guint i = 0; i < gaps->len; i++)
    {
      if (WEIR_GAP (g_ptr_array_index (gaps, i))->id == id)
        return g_ptr_array_index (gaps, i);
    }

  return NULL;
}

/**
 * weir_timeline_model_find_gap_row:
 * @self: the model
 * @id: of a gap
 *
 * Returns: its row's position; %G_MAXUINT if it has none
 */
guint
weir_timeline_model_find_gap_row (WeirTimelineModel *self, gint64 id)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (self), G_MAXUINT);

  return weir_timeline_rows_find_gap (self->rows, id);
}
