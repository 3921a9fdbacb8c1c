/* weir-history-states.c: what subscriptions, pull runs and connections were, and since when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-states.h"

#include "weir-clock.h"
#include "weir-history-private.h"
#include "weir-history-states-private.h"
#include "weir-history-writer.h"

#include <string.h>

/* What is too old goes in steps that nobody waits for. */
#define PRUNED_AT_ONCE 100
/* Whoever looks does so at least this often (weir-recorder.c). */
#define LOOKED_LATELY (10 * G_TIME_SPAN_MINUTE)
/* The end of a word from here on; *number: whether it holds a digit. */
static const char *
skip_word (const char *text, gboolean *number)
{
  *number = FALSE;
  for (; g_ascii_isalnum (*text) || *text == '-' || *text == '_'; text++)
    *number |= g_ascii_isdigit (*text);

  return text;
}

/**
 * weir_history_states_same_error:
 * @one: (nullable): an error's text
 * @other: (nullable): another
 *
 * Returns: whether they differ in nothing but numbers and ids, as of requests and attempts
 */
gboolean
weir_history_states_same_error (const char *one, const char *other)
{
  if (one == NULL || other == NULL)
    return one == other;

  while (*one != '\0' && *other != '\0')
    {
      gboolean a_number, b_number;
      const char *a_end = skip_word (one, &a_number);
      const char *b_end = skip_word (other, &b_number);

      if (a_end == one && b_end == other)
        {
          if (*one++ != *other++)
            return FALSE;
          continue;
        }
      if (a_number != b_number
          || (!a_number
              && (a_end - one != b_end - other
                  || strncmp (one, other, (gsize) (a_end - one)) != 0)))
        return FALSE;
      one = a_end;
      other = b_end;
    }

  return *one == *other;
}

static const char *
get_kind (WeirStateChange *state)
{
  return weir_record_kind_to_string (state->kind);
}

/**
 * weir_history_states_insert:
 * @db: a connection, in a transaction
 * @account: the account's number
 * @state: what a record is now
 * @before: (nullable): what it was; %NULL if it was not known
 * @since: since when it was that, µs; 0 not known
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Keeps a change, and of the record the newest %WEIR_STATES_KEPT. The provider's time of the
 * record's last update is taken where it can be that of the change: after the last one that is known.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_states_insert (WeirDatabase *db,
                            gint64 account,
                            WeirStateChange *state,
                            const char *before,
                            gint64 since,
                            GError **error)
{
  /* a change that was seen to happen cannot be much older than the look that saw it */
  gboolean told =
      before == NULL
      || (state->at > since && (state->uncertain || state->noticed_at - state->at < LOOKED_LATELY));
  gint64 at = state->at != 0 && told ? state->at : state->noticed_at;
  /* the provider's time is that of its last update, for whatever reason: it may have been before */
  gboolean uncertain = before == NULL || state->uncertain;

  return weir_database_run (
             db, error,
             "INSERT INTO state_changes (account, kind, id, name, subscription, connection,"
             " integration, before, after, error, at, noticed, uncertain)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "isssssssssiii", account, get_kind (state), state->id, state->name,
             state->subscription, state->connection, state->integration, before, state->after,
             state->error, at, state->noticed_at, (gint64) uncertain)
         && weir_database_run (
             db, error,
             "DELETE FROM state_changes WHERE account = ?1 AND kind = ?2 AND id = ?3 AND number <="
             " (SELECT number FROM state_changes WHERE account = ?1 AND kind = ?2 AND id = ?3"
             "  ORDER BY number DESC LIMIT 1 OFFSET ?4)",
             "issi", account, get_kind (state), state->id, (gint64) WEIR_STATES_KEPT);
}

static gboolean
put_state (WeirDatabase *db,
           WeirStatement *last,
           gint64 account,
           WeirStateChange *state,
           guint *added,
           GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *before_error = NULL;
  GError *local_error = NULL;
  gint64 since = 0;

  if (!weir_statement_bind (last, error, "iss", account, get_kind (state), state->id))
    return FALSE;
  if (weir_statement_step (last, &local_error))
    {
      before = weir_statement_dup_text (last, 0);
      before_error = weir_statement_dup_text (last, 1);
      since = weir_statement_get_int (last, 2);
    }
  sqlite3_reset (last);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (g_strcmp0 (before, state->after) == 0
      && weir_history_states_same_error (before_error, state->error))
    return TRUE;
  /* what was never known cannot go */
  if (before == NULL && g_str_equal (state->after, WEIR_STATE_REMOVED))
    return TRUE;

  (*added)++;
  return weir_history_states_insert (db, account, state, before, since, error);
}

static gboolean
put_states (WeirDatabase *db, GPtrArray *states, guint *added, GError **error)
{
  g_autoptr (WeirStatement) last =
      weir_database_prepare (db, error,
                             "SELECT after, error, at FROM state_changes"
                             " WHERE account = ? AND kind = ? AND id = ?"
                             " ORDER BY number DESC LIMIT 1",
                             NULL);
  WeirAccount *known = NULL;
  gint64 account = 0;

  if (last == NULL)
    return FALSE;

  for (guint i = 0; i < states->len; i++)
    {
      WeirStateChange *state = g_ptr_array_index (states, i);

      /* they come account by account */
      if (state->account != known
          && !weir_history_writer_put_account (db, state->account, &account, error))
        return FALSE;
      known = state->account;
      if (!put_state (db, last, account, state, added, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
prune (WeirDatabase *db, GError **error)
{
  gint64 oldest = weir_clock_now () - WEIR_STATES_DAYS * G_TIME_SPAN_DAY;

  return weir_database_run (
      db, error,
      "DELETE FROM state_changes WHERE number IN (SELECT number FROM state_changes AS s"
      " WHERE at < ?1 AND EXISTS (SELECT 1 FROM state_changes WHERE account = s.account"
      "  AND kind = s.kind AND id = s.id AND number > s.number) LIMIT ?2)",
      "ii", oldest, (gint64) PRUNED_AT_ONCE);
}

static gpointer
put_states_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  guint added = 0;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;

  if (!put_states (db, data, &added, error) || (added > 0 && !prune (db, error))
      || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return NULL;
    }

  return GUINT_TO_POINTER (added + 1);
}

/**
 * weir_history_put_states:
 * @self: a history
 * @states: (element-type WeirStateChange): what records are now
 * @error: return location for a #WeirHistoryError
 *
 * Keeps of them what is different from what was last known, also before the program was started: the
 * word, or the error but for its numbers. All or nothing.
 *
 * Returns: how many are new, plus 1; 0 with @error set
 */
guint
weir_history_put_states (WeirHistory *self, GPtrArray *states, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), 0);
  g_return_val_if_fail (states != NULL, 0);

  return GPOINTER_TO_UINT (
      weir_history_call (self, WEIR_LANE_WRITE, put_states_job, states, error));
}

/**
 * weir_history_put_states_async:
 * @self: a history
 * @states: (element-type WeirStateChange): copied
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_put_states().
 */
void
weir_history_put_states_async (WeirHistory *self,
                               GPtrArray *states,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GPtrArray *copy;
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));
  g_return_if_fail (states != NULL);

  copy = g_ptr_array_copy (states, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (copy, g_object_unref);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_put_states_async);
  g_task_set_task_data (task, copy, (GDestroyNotify) g_ptr_array_unref);
  weir_history_push (self, WEIR_LANE_WRITE, put_states_job, task, NULL);
}

/**
 * weir_history_put_states_finish:
 * @self: a history
 * @result: what the callback was given
 * @added: (out) (optional): how many were new
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they were kept
 */
gboolean
weir_history_put_states_finish (WeirHistory *self,
                                GAsyncResult *result,
                                guint *added,
                                GError **error)
{
  guint answer;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer = GPOINTER_TO_UINT (g_task_propagate_pointer (G_TASK (result), error));
  if (added != NULL && answer > 0)
    *added = answer - 1;

  return answer > 0;
}
