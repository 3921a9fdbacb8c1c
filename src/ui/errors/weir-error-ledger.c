/* weir-error-ledger.c: the errors that are known now, by cause, and what was decided about them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-error-ledger.h"

#include "weir-provider.h"

/* After the first news; more may be on its way. */
#define COLLECT_DELAY_MS 300

static const WeirRecordKind kinds[] = { WEIR_RECORD_SUBSCRIPTION, WEIR_RECORD_PULL,
                                        WEIR_RECORD_CONNECTION };

struct _WeirErrorLedger
{
  GObject parent_instance;

  WeirMonitor *monitor;
  GPtrArray *groups;  /* (element-type WeirErrorGroup) */
  GHashTable *places; /* key_text → GUINT_TO_POINTER (position) */
  GHashTable *marks;  /* key_text → WeirErrorMark; (nullable) until read */
  GCancellable *cancellable;
  guint collect_id;
  gboolean collecting;
  gboolean again; /* news came while collecting */
};

enum
{
  CHANGED,
  REVEAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void weir_error_ledger_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirErrorLedger,
                               weir_error_ledger,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      weir_error_ledger_list_model_init))

static void schedule (WeirErrorLedger *self);

/* One decision on its way into the history. */
typedef struct
{
  WeirHistory *history;
  char *group;
  WeirErrorLifecycle lifecycle;
  gint64 seen_at;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_object_unref (decision->history);
  g_free (decision->group);
  g_free (decision);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Decision *decision = task_data;
  GError *error = NULL;

  if (weir_history_set_error_state (decision->history, decision->group,
                                    weir_error_lifecycle_to_word (decision->lifecycle),
                                    decision->seen_at, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* it holds in this process all the same */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("The state of an error was not kept: %s", error->message);
}

static void
keep (WeirErrorLedger *self, const char *group, WeirErrorLifecycle lifecycle, gint64 seen_at)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);
  WeirErrorMark *mark = g_new0 (WeirErrorMark, 1);
  Decision *decision = g_new0 (Decision, 1);

  mark->state = g_strdup (weir_error_lifecycle_to_word (lifecycle));
  mark->seen_at = seen_at;
  g_hash_table_replace (self->marks, g_strdup (group), mark);

  decision->history = g_object_ref (weir_monitor_get_history (self->monitor));
  decision->group = g_strdup (group);
  decision->lifecycle = lifecycle;
  decision->seen_at = seen_at;
  g_task_set_task_data (task, decision, decision_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* Whether every account has told all that it has, so that what is not there is gone. */
static gboolean
is_complete (WeirErrorLedger *self)
{
  GListModel *sessions = weir_monitor_get_sessions (self->monitor);
  guint n = g_list_model_get_n_items (sessions);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      WeirProvider *provider = weir_session_get_provider (session);

      for (gsize j = 0; j < G_N_ELEMENTS (kinds); j++)
        {
          if (provider == NULL
              || (weir_provider_lists (provider, kinds[j], NULL)
                  && !weir_session_is_loaded (session, kinds[j])))
            return FALSE;
        }
    }

  return n > 0;
}

/* What was decided about errors that are gone does not hold for the next ones. */
static void
forget_the_gone (WeirErrorLedger *self)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;
  gpointer mark;

  if (!is_complete (self))
    return;

  g_hash_table_iter_init (&iter, self->marks);
  while (g_hash_table_iter_next (&iter, &key, &mark))
    {
      if (!g_hash_table_contains (self->places, key) && weir_error_lifecycle_ends (mark))
        g_ptr_array_add (gone, g_strdup (key));
    }
  for (guint i = 0; i < gone->len; i++)
    keep (self, g_ptr_array_index (gone, i), WEIR_ERROR_OPEN, 0);
}

static gboolean
same_subjects (WeirErrorGroup *a, WeirErrorGroup *b)
{
  if (a->subjects->len != b->subjects->len || a->last_seen_at != b->last_seen_at)
    return FALSE;
  for (guint i = 0; i < a->subjects->len; i++)
    {
      if (g_ptr_array_index (a->subjects, i) != g_ptr_array_index (b->subjects, i))
        return FALSE;
    }

  return TRUE;
}

static void
index_groups (WeirErrorLedger *self)
{
  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < self->groups->len; i++)
    g_hash_table_insert (self->places,
                         WEIR_ERROR_GROUP (g_ptr_array_index (self->groups, i))->key_text,
                         GUINT_TO_POINTER (i));
}

/* Groups stay where they are: whoever shows them sorts them. */
static void
take (WeirErrorLedger *self, GPtrArray *groups)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_old;

  for (guint i = 0; i < groups->len; i++)
    {
      WeirErrorGroup *group = g_ptr_array_index (groups, i);

      g_hash_table_insert (found, group->key_text, group);
    }

  for (guint i = self->groups->len; i-- > 0;)
    {
      WeirErrorGroup *old = g_ptr_array_index (self->groups, i);
      WeirErrorGroup *group = g_hash_table_lookup (found, old->key_text);

      if (group == NULL)
        {
          g_hash_table_remove (self->places, old->key_text);
          g_ptr_array_remove_index (self->groups, i);
          g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
          continue;
        }
      g_hash_table_remove (found, group->key_text);
      if (!same_subjects (old, group))
        {
          /* the table's key belongs to the old one */
          g_hash_table_remove (self->places, old->key_text);
          g_object_unref (old);
          self->groups->pdata[i] = g_object_ref (group);
          g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
        }
    }

  n_old = self->groups->len;
  for (guint i = 0; i < groups->len; i++)
    {
      WeirErrorGroup *group = g_ptr_array_index (groups, i);

      if (g_hash_table_contains (found, group->key_text))
        g_ptr_array_add (self->groups, g_object_ref (group));
    }
  if (self->groups->len > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, self->groups->len - n_old);
  index_groups (self);
}

/* What the worker hands back. */
typedef struct
{
  GPtrArray *records;
  WeirHistory *history; /* (nullable): the marks are known */
  GPtrArray *groups;
  GHashTable *marks; /* (nullable) */
} Collection;

static void
collection_free (gpointer data)
{
  Collection *collection = data;

  g_clear_pointer (&collection->records, g_ptr_array_unref);
  g_clear_pointer (&collection->groups, g_ptr_array_unref);
  g_clear_pointer (&collection->marks, g_hash_table_unref);
  g_clear_object (&collection->history);
  g_free (collection);
}

static void
collect_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Collection *collection = task_data;
  g_autoptr (GError) error = NULL;

  collection->groups = weir_error_groups_collect (collection->records);
  if (collection->history != NULL)
    {
      collection->marks = weir_history_list_error_states (collection->history, &error);
      if (collection->marks == NULL)
        g_message ("The states of errors cannot be read: %s", error->message);
    }
  g_task_return_boolean (task, TRUE);
}

static void
collected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirErrorLedger *self = WEIR_ERROR_LEDGER (source);
  Collection *collection = g_task_get_task_data (G_TASK (result));

  self->collecting = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;

  if (self->marks == NULL)
    self->marks = collection->marks != NULL
                      ? g_steal_pointer (&collection->marks)
                      : g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) weir_error_mark_free);
  take (self, collection->groups);
  forget_the_gone (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->again)
    schedule (self);
}

static gboolean
collect_cb (gpointer user_data)
{
  WeirErrorLedger *self = user_data;
  g_autoptr (GTask) task = NULL;
  Collection *collection;

  self->collect_id = 0;
  if (self->collecting)
    {
      self->again = TRUE;
      return G_SOURCE_REMOVE;
    }

  self->collecting = TRUE;
  self->again = FALSE;
  collection = g_new0 (Collection, 1);
  collection->records = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GListModel *records = G_LIST_MODEL (weir_monitor_get_records (self->monitor, kinds[i]));
      guint n = g_list_model_get_n_items (records);

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (WeirRecord) record = g_list_model_get_item (records, j);

          if (weir_record_get_error (record) != NULL)
            g_ptr_array_add (collection->records, g_steal_pointer (&record));
        }
    }
  if (self->marks == NULL)
    collection->history = g_object_ref (weir_monitor_get_history (self->monitor));

  task = g_task_new (self, self->cancellable, collected_cb, NULL);
  g_task_set_task_data (task, collection, collection_free);
  g_task_run_in_thread (task, collect_in_thread);

  return G_SOURCE_REMOVE;
}

static void
schedule (WeirErrorLedger *self)
{
  if (self->collect_id == 0)
    self->collect_id = g_timeout_add (COLLECT_DELAY_MS, collect_cb, self);
}

static GType
weir_error_ledger_get_item_type (GListModel *model)
{
  return WEIR_TYPE_ERROR_GROUP;
}

static guint
weir_error_ledger_get_n_items (GListModel *model)
{
  return WEIR_ERROR_LEDGER (model)->groups->len;
}

static gpointer
weir_error_ledger_get_item (GListModel *model, guint position)
{
  WeirErrorLedger *self = WEIR_ERROR_LEDGER (model);

  return position < self->groups->len ? g_object_ref (g_ptr_array_index (self->groups, position))
                                      : NULL;
}

static void
weir_error_ledger_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_error_ledger_get_item_type;
  iface->get_n_items = weir_error_ledger_get_n_items;
  iface->get_item = weir_error_ledger_get_item;
}

static void
weir_error_ledger_dispose (GObject *object)
{
  WeirErrorLedger *self = WEIR_ERROR_LEDGER (object);

  g_clear_handle_id (&self->collect_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_object_set_data (G_OBJECT (self->monitor), "weir-error-ledger", NULL);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_error_ledger_parent_class)->dispose (object);
}

static void
weir_error_ledger_finalize (GObject *object)
{
  WeirErrorLedger *self = WEIR_ERROR_LEDGER (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->groups);
  g_clear_pointer (&self->marks, g_hash_table_unref);

  G_OBJECT_CLASS (weir_error_ledger_parent_class)->finalize (object);
}

static void
weir_error_ledger_class_init (WeirErrorLedgerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_error_ledger_dispose;
  object_class->finalize = weir_error_ledger_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, WEIR_TYPE_ERROR_GROUP);
}

static void
weir_error_ledger_init (WeirErrorLedger *self)
{
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_error_ledger_get:
 * @monitor: whose records have the errors
 *
 * Returns: (transfer full): the monitor's ledger, which all pages share
 */
WeirErrorLedger *
weir_error_ledger_get (WeirMonitor *monitor)
{
  WeirErrorLedger *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_get_data (G_OBJECT (monitor), "weir-error-ledger");
  if (self != NULL)
    return g_object_ref (self);

  self = g_object_new (WEIR_TYPE_ERROR_LEDGER, NULL);
  self->monitor = g_object_ref (monitor);
  g_object_set_data (G_OBJECT (monitor), "weir-error-ledger", self);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_signal_connect_object (weir_monitor_get_records (monitor, kinds[i]), "items-changed",
                             G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  schedule (self);

  return self;
}

/**
 * weir_error_ledger_get_lifecycle:
 * @self: the ledger
 * @group: a group
 *
 * Returns: what was decided about it, as far as that still holds
 */
WeirErrorLifecycle
weir_error_ledger_get_lifecycle (WeirErrorLedger *self, WeirErrorGroup *group)
{
  g_return_val_if_fail (WEIR_IS_ERROR_LEDGER (self), WEIR_ERROR_OPEN);
  g_return_val_if_fail (WEIR_IS_ERROR_GROUP (group), WEIR_ERROR_OPEN);

  return weir_error_lifecycle_get (
      self->marks != NULL ? g_hash_table_lookup (self->marks, group->key_text) : NULL,
      group->last_seen_at);
}

/**
 * weir_error_ledger_set_lifecycle:
 * @self: the ledger
 * @group: a group of it
 * @lifecycle: what the user decided
 *
 * At once here, and kept in the history.
 */
void
weir_error_ledger_set_lifecycle (WeirErrorLedger *self,
                                 WeirErrorGroup *group,
                                 WeirErrorLifecycle lifecycle)
{
  g_return_if_fail (WEIR_IS_ERROR_LEDGER (self));
  g_return_if_fail (WEIR_IS_ERROR_GROUP (group));
  g_return_if_fail (self->marks != NULL);

  keep (self, group->key_text, lifecycle, group->last_seen_at);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * weir_error_ledger_count:
 * @self: the ledger
 * @lifecycle: a state
 *
 * Returns: how many groups are in it
 */
guint
weir_error_ledger_count (WeirErrorLedger *self, WeirErrorLifecycle lifecycle)
{
  guint count = 0;

  g_return_val_if_fail (WEIR_IS_ERROR_LEDGER (self), 0);

  for (guint i = 0; i < self->groups->len; i++)
    count +=
        weir_error_ledger_get_lifecycle (self, g_ptr_array_index (self->groups, i)) == lifecycle;

  return count;
}

/**
 * weir_error_ledger_reveal:
 * @self: the ledger
 * @group: a group of it
 *
 * Asks whoever shows the groups to select this one.
 */
void
weir_error_ledger_reveal (WeirErrorLedger *self, WeirErrorGroup *group)
{
  g_return_if_fail (WEIR_IS_ERROR_LEDGER (self));
  g_return_if_fail (WEIR_IS_ERROR_GROUP (group));

  g_signal_emit (self, signals[REVEAL], 0, group);
}
