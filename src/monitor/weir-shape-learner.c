/* weir-shape-learner.c: has the history learn from events that came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-shape-learner.h"

#include "weir-history-drift.h"

#define DELAY 3000  /* ms: after the first event that came */
#define PAUSE 10000 /* ms: from one lesson to the next */

struct _WeirShapeLearner
{
  GObject parent_instance;

  WeirHistory *history;
  GCancellable *cancellable;
  guint timer_id;
  gboolean busy;
  gboolean again;
};

enum
{
  LEARNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirShapeLearner, weir_shape_learner, G_TYPE_OBJECT)

static void schedule (WeirShapeLearner *self, guint delay);

static void
learn_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WeirShapeLearner *self = source;
  GError *error = NULL;
  int n = weir_history_learn_shapes (self->history, cancellable, &error);

  if (n < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
}

static void
learn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirShapeLearner *self = WEIR_SHAPE_LEARNER (source);
  g_autoptr (GError) error = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &error);

  self->busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  /* it is tried again with the next events */
  if (error != NULL)
    g_debug ("Nothing is learned: %s", error->message);
  if (self->again)
    schedule (self, PAUSE);
  self->again = FALSE;
  if (n > 0)
    g_signal_emit (self, signals[LEARNED], 0);
}

static void
timer_cb (gpointer user_data)
{
  WeirShapeLearner *self = user_data;
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, learn_cb, NULL);

  self->timer_id = 0;
  self->busy = TRUE;
  g_task_set_source_tag (task, timer_cb);
  g_task_run_in_thread (task, learn_thread);
}

static void
schedule (WeirShapeLearner *self, guint delay)
{
  if (self->timer_id == 0)
    self->timer_id = g_timeout_add_once (delay, timer_cb, self);
}

static void
weir_shape_learner_dispose (GObject *object)
{
  weir_shape_learner_stop (WEIR_SHAPE_LEARNER (object));

  G_OBJECT_CLASS (weir_shape_learner_parent_class)->dispose (object);
}

static void
weir_shape_learner_finalize (GObject *object)
{
  WeirShapeLearner *self = WEIR_SHAPE_LEARNER (object);

  g_object_unref (self->history);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (weir_shape_learner_parent_class)->finalize (object);
}

static void
weir_shape_learner_class_init (WeirShapeLearnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_shape_learner_dispose;
  object_class->finalize = weir_shape_learner_finalize;

  signals[LEARNED] = g_signal_new ("learned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_shape_learner_init (WeirShapeLearner *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_shape_learner_new:
 * @history: what learns
 *
 * Returns: (transfer full): a learner that waits to be poked
 */
WeirShapeLearner *
weir_shape_learner_new (WeirHistory *history)
{
  WeirShapeLearner *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_SHAPE_LEARNER, NULL);
  self->history = g_object_ref (history);

  return self;
}

/**
 * weir_shape_learner_poke:
 * @self: a learner
 *
 * Learns soon from what came; while it does, again after a pause.
 */
void
weir_shape_learner_poke (WeirShapeLearner *self)
{
  g_return_if_fail (WEIR_IS_SHAPE_LEARNER (self));

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->busy)
    self->again = TRUE;
  else
    schedule (self, DELAY);
}

/**
 * weir_shape_learner_stop:
 * @self: a learner
 *
 * Ends a lesson that is under way; it begins anew the next time.
 */
void
weir_shape_learner_stop (WeirShapeLearner *self)
{
  g_return_if_fail (WEIR_IS_SHAPE_LEARNER (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

/**
 * weir_shape_learner_tell:
 * @self: a learner
 *
 * Emits "learned".
 */
void
weir_shape_learner_tell (WeirShapeLearner *self)
{
  g_return_if_fail (WEIR_IS_SHAPE_LEARNER (self));

  g_signal_emit (self, signals[LEARNED], 0);
}
