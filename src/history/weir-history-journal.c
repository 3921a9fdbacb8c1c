/* weir-history-journal.c: what Weir changed at providers, kept for good
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-journal.h"

#include "weir-history-private.h"

typedef struct
{
  gint64 number;
  WeirJournalStep step;
  WeirJournalOutcome outcome;
} Completion;

typedef struct
{
  char *account;
  char *uuid;
  char *kind;
  char *record;
  char *name;
  gint64 limit;
} ListArguments;

static void
completion_free (Completion *self)
{
  weir_journal_outcome_clear (&self->outcome);
  g_free (self);
}

static void
list_arguments_free (ListArguments *self)
{
  g_free (self->account);
  g_free (self->uuid);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->name);
  g_free (self);
}

/* A statement by itself is a transaction, and each commit waits for the disk. */
static gpointer
begin_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  WeirJournalEntry *entry = data;
  gint64 number;

  if (!weir_database_run (db, error,
                          "INSERT INTO journal (begun, process, program, uuid, account, provider,"
                          " operation, kind, record, name, method, uri, body, size)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          "iisssssssssssi", entry->begun_at, entry->process,
                          entry->program != NULL ? entry->program : "", entry->account_uuid,
                          entry->account, entry->provider, entry->operation,
                          entry->kind != NULL ? entry->kind : "", entry->record, entry->name,
                          entry->method, entry->uri, entry->body, entry->size))
    return NULL;

  number = sqlite3_last_insert_rowid (db);
  weir_history_queue_changed (owner, WEIR_HISTORY_JOURNAL_CHANGED);
  return g_memdup2 (&number, sizeof number);
}

static gpointer
complete_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  Completion *self = data;
  const WeirJournalOutcome *outcome = &self->outcome;

  if (!weir_database_run (
          db, error,
          "INSERT INTO journal_outcomes (entry, step, at, state, status, message, body, size)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          "iiisissi", self->number, (gint64) self->step, outcome->at,
          weir_journal_state_to_string (outcome->state), (gint64) outcome->status, outcome->message,
          outcome->body, outcome->size))
    return NULL;

  weir_history_queue_changed (owner, WEIR_HISTORY_JOURNAL_CHANGED);
  return GINT_TO_POINTER (TRUE);
}

static WeirJournalEntry *
read_entry (WeirStatement *row)
{
  WeirJournalEntry *entry = g_object_new (WEIR_TYPE_JOURNAL_ENTRY, NULL);

  entry->number = weir_statement_get_int (row, 0);
  entry->begun_at = weir_statement_get_int (row, 1);
  entry->process = weir_statement_get_int (row, 2);
  entry->program = weir_statement_dup_text (row, 3);
  entry->account_uuid = weir_statement_dup_text (row, 4);
  entry->account = weir_statement_dup_text (row, 5);
  entry->provider = weir_statement_dup_text (row, 6);
  entry->operation = weir_statement_dup_text (row, 7);
  entry->kind = weir_statement_dup_text (row, 8);
  entry->record = weir_statement_dup_text (row, 9);
  entry->name = weir_statement_dup_text (row, 10);
  entry->method = weir_statement_dup_text (row, 11);
  entry->uri = weir_statement_dup_text (row, 12);
  entry->body = weir_statement_dup_text (row, 13);
  entry->size = weir_statement_get_int (row, 14);

  return entry;
}

static gboolean
read_outcomes (WeirStatement *rows, WeirJournalEntry *entry, GError **error)
{
  GError *local_error = NULL;

  if (!weir_statement_bind (rows, error, "i", entry->number))
    return FALSE;
  while (weir_statement_step (rows, &local_error))
    {
      gint64 step = weir_statement_get_int (rows, 0);
      g_autofree char *state = weir_statement_dup_text (rows, 2);
      WeirJournalOutcome *outcome;

      /* those of a newer Weir are told by one */
      if (step < 0 || step >= WEIR_JOURNAL_N_STEPS)
        continue;
      outcome = &entry->outcomes[step];
      outcome->at = weir_statement_get_int (rows, 1);
      if (!weir_journal_state_from_string (state, &outcome->state))
        outcome->state = WEIR_JOURNAL_UNKNOWN;
      outcome->status = (guint) weir_statement_get_int (rows, 3);
      outcome->message = weir_statement_dup_text (rows, 4);
      outcome->body = weir_statement_dup_text (rows, 5);
      outcome->size = weir_statement_get_int (rows, 6);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gpointer
list_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  ListArguments *arguments = data;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WeirStatement) rows = NULL;
  g_autoptr (WeirStatement) outcomes = NULL;
  GError *local_error = NULL;

  rows = weir_database_prepare (
      db, error,
      "SELECT number, begun, process, program, uuid, account, provider, operation, kind, record,"
      " name, method, uri, body, size FROM journal"
      " WHERE (?1 IS NULL OR account = ?1) AND (?2 IS NULL OR uuid = ?2)"
      " AND (?3 IS NULL OR kind = ?3)"
      " AND (?4 IS NULL OR record = ?4 OR (record IS NULL AND name = ?5))"
      " ORDER BY number DESC LIMIT ?6",
      "sssssi", arguments->account, arguments->uuid, arguments->kind, arguments->record,
      arguments->name, arguments->limit);
  outcomes = weir_database_prepare (db, error,
                                    "SELECT step, at, state, status, message, body, size"
                                    " FROM journal_outcomes WHERE entry = ?",
                                    NULL);
  if (rows == NULL || outcomes == NULL)
    return NULL;

  while (weir_statement_step (rows, &local_error))
    {
      WeirJournalEntry *entry = read_entry (rows);

      g_ptr_array_add (entries, entry);
      if (!read_outcomes (outcomes, entry, &local_error))
        break;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&entries);
}

/**
 * weir_history_begin_entry:
 * @self: a history
 * @entry: what is about to be sent
 * @error: return location for a #WeirHistoryError
 *
 * Writes it down, durably.
 *
 * Returns: the entry's number; 0 with @error set: then nothing may be sent
 */
gint64
weir_history_begin_entry (WeirHistory *self, WeirJournalEntry *entry, GError **error)
{
  g_autofree gint64 *number = NULL;

  g_return_val_if_fail (WEIR_IS_HISTORY (self), 0);
  g_return_val_if_fail (WEIR_IS_JOURNAL_ENTRY (entry), 0);

  number = weir_history_call (self, WEIR_LANE_WRITE, begin_job, entry, error);
  return number != NULL ? *number : 0;
}

/**
 * weir_history_begin_entry_async:
 * @self: a history
 * @entry: what is about to be sent
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_begin_entry().
 */
void
weir_history_begin_entry_async (WeirHistory *self,
                                WeirJournalEntry *entry,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (WEIR_IS_JOURNAL_ENTRY (entry));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_begin_entry_async);
  g_task_set_task_data (task, g_object_ref (entry), g_object_unref);
  weir_history_push (self, WEIR_LANE_WRITE, begin_job, task, g_free);
}

/**
 * weir_history_begin_entry_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: the entry's number; 0 with @error set
 */
gint64
weir_history_begin_entry_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  number = g_task_propagate_pointer (G_TASK (result), error);
  return number != NULL ? *number : 0;
}

/**
 * weir_history_complete_entry:
 * @self: a history
 * @number: of the entry
 * @step: what is told of it
 * @outcome: that
 * @error: return location for a #WeirHistoryError
 *
 * Adds what became of it.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_complete_entry (WeirHistory *self,
                             gint64 number,
                             WeirJournalStep step,
                             const WeirJournalOutcome *outcome,
                             GError **error)
{
  Completion completion = { number, step, *outcome };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);

  return weir_history_call (self, WEIR_LANE_WRITE, complete_job, &completion, error) != NULL;
}

/**
 * weir_history_complete_entry_async:
 * @self: a history
 * @number: of the entry
 * @step: what is told of it
 * @outcome: that; copied
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_complete_entry().
 */
void
weir_history_complete_entry_async (WeirHistory *self,
                                   gint64 number,
                                   WeirJournalStep step,
                                   const WeirJournalOutcome *outcome,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Completion *completion;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (outcome != NULL);

  completion = g_new0 (Completion, 1);
  completion->number = number;
  completion->step = step;
  weir_journal_outcome_copy (outcome, &completion->outcome);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_complete_entry_async);
  g_task_set_task_data (task, completion, (GDestroyNotify) completion_free);
  weir_history_push (self, WEIR_LANE_WRITE, complete_job, task, NULL);
}

/**
 * weir_history_complete_entry_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was written
 */
gboolean
weir_history_complete_entry_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static gint64
get_limit (const WeirJournalFilter *filter)
{
  return filter->limit > 0 ? (gint64) filter->limit : -1;
}

/**
 * weir_history_list_journal:
 * @self: a history
 * @filter: which
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirJournalEntry): the newest first; or %NULL
 */
GPtrArray *
weir_history_list_journal (WeirHistory *self, const WeirJournalFilter *filter, GError **error)
{
  ListArguments arguments = { (char *) filter->account, (char *) filter->uuid,
                              (char *) filter->kind,    (char *) filter->record,
                              (char *) filter->name,    get_limit (filter) };

  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, list_job, &arguments, error);
}

/**
 * weir_history_list_journal_async:
 * @self: a history
 * @filter: which; copied
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_list_journal().
 */
void
weir_history_list_journal_async (WeirHistory *self,
                                 const WeirJournalFilter *filter,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ListArguments *arguments;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (filter != NULL);

  arguments = g_new0 (ListArguments, 1);
  arguments->account = g_strdup (filter->account);
  arguments->uuid = g_strdup (filter->uuid);
  arguments->kind = g_strdup (filter->kind);
  arguments->record = g_strdup (filter->record);
  arguments->name = g_strdup (filter->name);
  arguments->limit = get_limit (filter);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_list_journal_async);
  g_task_set_task_data (task, arguments, (GDestroyNotify) list_arguments_free);
  weir_history_push (self, WEIR_LANE_LOAD, list_job, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_list_journal_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirJournalEntry): the newest first; or %NULL
 */
GPtrArray *
weir_history_list_journal_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
