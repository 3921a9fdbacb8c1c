/* weir-budget.c: keeps the history within its limits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-budget.h"

#include "weir-clock.h"

/* After a change there is time to think better of it. */
#define FIRST_LOOK_S 30
#define INTERVAL_S (10 * 60)
#define DAY (24 * 60 * 60 * G_TIME_SPAN_SECOND)

struct _WeirBudget
{
  GObject parent_instance;

  WeirHistory *history;
  WeirPreferences *preferences;
  char *limits;              /* as they were last seen */
  GCancellable *cancellable; /* of what it does by itself */
  gboolean started;
  gboolean running;
  guint timeout_id;
};

/* One look at all accounts. */
typedef struct
{
  GPtrArray
      *accounts; /* (nullable) (element-type WeirAccount) beyond their limits, the next one last */
  guint64 n_events; /* that went, of all */
} Look;

G_DEFINE_FINAL_TYPE (WeirBudget, weir_budget, G_TYPE_OBJECT)

static void trim_next (GTask *task);

static void
look_free (Look *look)
{
  g_clear_pointer (&look->accounts, g_ptr_array_unref);
  g_free (look);
}

/* The time before which an account's events are too old; 0: none is. */
static gint64
get_bound (const WeirLimits *limits)
{
  return limits->days > 0 ? weir_clock_now () - limits->days * DAY : 0;
}

static gboolean
is_beyond (const WeirHistoryStats *stats, const WeirLimits *limits)
{
  return (limits->bytes > 0 && stats->n_bytes > limits->bytes)
         || (limits->days > 0 && stats->n_events > 0 && stats->oldest < get_bound (limits));
}

static void
trimmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  WeirTrimResult trimmed;
  GError *error = NULL;
  gboolean done = weir_history_trim_finish (WEIR_HISTORY (source), result, &trimmed, &error);

  look->n_events += trimmed.n_events;
  if (!done)
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_set_size (look->accounts, (int) look->accounts->len - 1);
  trim_next (task);
}

static void
trim_next (GTask *task)
{
  WeirBudget *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  WeirAccount *account;
  WeirLimits limits;

  if (look->accounts->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  account = look->accounts->pdata[look->accounts->len - 1];
  weir_limits_get (self->preferences, account->uuid, &limits);
  weir_history_trim_async (self->history, account, get_bound (&limits), limits.bytes,
                           g_task_get_cancellable (task), trimmed_cb, g_object_ref (task));
}

static void
stats_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirBudget *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) stats = weir_history_get_stats_finish (WEIR_HISTORY (source), result, &error);

  if (stats == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  look->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < stats->len; i++)
    {
      const WeirHistoryStats *item = &g_array_index (stats, WeirHistoryStats, i);
      WeirLimits limits;

      if (item->account == NULL)
        continue;
      weir_limits_get (self->preferences, item->account->uuid, &limits);
      if (is_beyond (item, &limits))
        g_ptr_array_add (look->accounts, g_object_ref (item->account));
    }
  trim_next (task);
}

static void schedule (WeirBudget *self, guint seconds);

static void
enforced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirBudget *self = WEIR_BUDGET (source);
  g_autoptr (GError) error = NULL;
  guint64 n_events;

  self->running = FALSE;
  if (!weir_budget_enforce_finish (self, result, &n_events, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_warning ("The history is beyond its limits: %s", error->message);
    }
  schedule (self, INTERVAL_S);
}

static gboolean
timeout_cb (gpointer user_data)
{
  WeirBudget *self = user_data;

  self->timeout_id = 0;
  self->running = TRUE;
  weir_budget_enforce_async (self, self->cancellable, enforced_cb, NULL);

  return G_SOURCE_REMOVE;
}

static void
schedule (WeirBudget *self, guint seconds)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (!self->running)
    self->timeout_id = g_timeout_add_seconds (seconds, timeout_cb, self);
}

static void
preferences_changed_cb (WeirBudget *self)
{
  g_autofree char *limits = weir_limits_dup_all (self->preferences);

  /* they hold much else, that changes every minute */
  if (g_strcmp0 (limits, self->limits) == 0)
    return;
  g_free (self->limits);
  self->limits = g_steal_pointer (&limits);
  if (self->started)
    schedule (self, FIRST_LOOK_S);
}

static void
weir_budget_dispose (GObject *object)
{
  WeirBudget *self = WEIR_BUDGET (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->preferences != NULL)
    g_signal_handlers_disconnect_by_data (self->preferences, self);
  g_clear_object (&self->preferences);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (weir_budget_parent_class)->dispose (object);
}

static void
weir_budget_finalize (GObject *object)
{
  g_object_unref (WEIR_BUDGET (object)->cancellable);
  g_free (WEIR_BUDGET (object)->limits);

  G_OBJECT_CLASS (weir_budget_parent_class)->finalize (object);
}

static void
weir_budget_class_init (WeirBudgetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_budget_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_budget_finalize;
}

static void
weir_budget_init (WeirBudget *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_budget_new:
 * @history: what is kept
 * @preferences: have the limits
 *
 * Returns: (transfer full): a budget that does nothing by itself yet
 */
WeirBudget *
weir_budget_new (WeirHistory *history, WeirPreferences *preferences)
{
  WeirBudget *self = g_object_new (WEIR_TYPE_BUDGET, NULL);

  self->history = g_object_ref (history);
  self->preferences = g_object_ref (preferences);
  self->limits = weir_limits_dup_all (preferences);
  g_signal_connect_swapped (preferences, "changed", G_CALLBACK (preferences_changed_cb), self);

  return self;
}

/**
 * weir_budget_start:
 * @self: a budget
 *
 * Looks from now on, every now and then.
 */
void
weir_budget_start (WeirBudget *self)
{
  g_return_if_fail (WEIR_IS_BUDGET (self));

  self->started = TRUE;
  schedule (self, FIRST_LOOK_S);
}

/**
 * weir_budget_enforce_async:
 * @self: a budget
 * @cancellable: (nullable): ends it between two steps
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Deletes of each account what is older, and the oldest of what is more, than its limits say.
 */
void
weir_budget_enforce_async (WeirBudget *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (WEIR_IS_BUDGET (self));

  g_task_set_source_tag (task, weir_budget_enforce_async);
  g_task_set_task_data (task, g_new0 (Look, 1), (GDestroyNotify) look_free);
  weir_history_get_stats_async (self->history, cancellable, stats_cb, g_steal_pointer (&task));
}

/**
 * weir_budget_enforce_finish:
 * @self: a budget
 * @result: what the callback got
 * @n_events: (out): how many went, also on an error
 * @error: return location for a #WeirHistoryError
 *
 * Returns: whether all accounts are within their limits
 */
gboolean
weir_budget_enforce_finish (WeirBudget *self,
                            GAsyncResult *result,
                            guint64 *n_events,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *n_events = ((Look *) g_task_get_task_data (G_TASK (result)))->n_events;

  return g_task_propagate_boolean (G_TASK (result), error);
}
