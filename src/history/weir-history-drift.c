/* weir-history-drift.c: what is new in the payloads of each collection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-drift.h"

#include "weir-history-private.h"
#include "weir-history-reader.h"
#include "weir-history-shapes.h"

/* What an accepted drift was. */
enum
{
  ACCEPTED = 1,
  UNKNOWN,
};

/* The types of a path, of the normal or of the present. */
static char *
dup_types (WeirShapeModel *model, WeirShapeField *of, gboolean normal)
{
  GString *types = g_string_new (NULL);

  for (guint i = 0; i < model->fields->len; i++)
    {
      WeirShapeField *field = g_ptr_array_index (model->fields, i);

      if (g_str_equal (field->path, of->path)
          && (normal ? field->base > 0 : field->since > 0 && field->last >= of->first))
        g_string_append_printf (types, "%s%s", types->len > 0 ? ", " : "", field->type);
    }

  return g_string_free (types, FALSE);
}

/* In what share of the normal's events the path was, whatever its type. */
static double
get_share_before (WeirShapeModel *model, WeirShapeField *of)
{
  guint base = 0;

  for (guint i = 0; i < model->fields->len; i++)
    {
      WeirShapeField *field = g_ptr_array_index (model->fields, i);

      if (g_str_equal (field->path, of->path))
        base += field->base;
    }

  return (double) MIN (base, model->base) / model->base;
}

static WeirDrift *
describe (WeirKeptShape *shape, WeirShapeField *field, WeirAccount *account)
{
  WeirShapeModel *model = shape->model;
  WeirDrift *drift = g_object_new (WEIR_TYPE_DRIFT, NULL);

  drift->id = field->id;
  drift->account = g_object_ref (account);
  drift->collection = g_strdup (shape->collection);
  drift->kind = g_strdup (shape->kind);
  drift->path = g_strdup (field->path);
  drift->change = weir_shape_model_judge (model, field);
  drift->before = dup_types (model, field, TRUE);
  drift->share_before = get_share_before (model, field);
  drift->events_before = model->base;
  if (drift->change == WEIR_DRIFT_VANISHED)
    {
      drift->after = g_strdup ("");
      drift->share = 1;
      drift->events = model->since - field->last;
      drift->since = field->last_at;
      drift->before_number = field->last_number;
      drift->after_number = model->last_number;
    }
  else
    {
      drift->after = drift->change == WEIR_DRIFT_TYPE ? dup_types (model, field, FALSE)
                                                      : g_strdup (field->type);
      drift->share = weir_shape_model_get_share (model, field);
      drift->events = model->since - field->first + 1;
      drift->since = field->first_at;
      drift->before_number = field->before_number;
      drift->after_number = field->first_number;
    }

  return drift;
}

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  const WeirDrift *one = *(WeirDrift *const *) a;
  const WeirDrift *other = *(WeirDrift *const *) b;

  if (one->since != other->since)
    return one->since > other->since ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

static gpointer
list_drift (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) accounts = weir_history_reader_list_accounts (db, error);
  g_autoptr (GPtrArray) shapes = NULL;

  if (accounts == NULL)
    return NULL;
  shapes = weir_history_shapes_list (db, error);
  if (shapes == NULL)
    return NULL;

  for (guint i = 0; i < shapes->len; i++)
    {
      WeirKeptShape *shape = g_ptr_array_index (shapes, i);
      g_autoptr (GPtrArray) fields = weir_shape_model_list_drift (shape->model);
      WeirAccount *account =
          g_hash_table_lookup (accounts, GUINT_TO_POINTER ((guint) shape->account));

      for (guint j = 0; account != NULL && j < fields->len; j++)
        g_ptr_array_add (all, describe (shape, g_ptr_array_index (fields, j), account));
    }
  g_ptr_array_sort (all, compare_latest_first);

  return g_steal_pointer (&all);
}

static WeirShapeField *
find_field (WeirKeptShape *shape, gint64 id)
{
  for (guint i = 0; i < shape->model->fields->len; i++)
    {
      WeirShapeField *field = g_ptr_array_index (shape->model->fields, i);

      if (field->id == id)
        return field;
    }

  return NULL;
}

static gboolean
accept (WeirDatabase *db, WeirKeptShape *shape, WeirShapeField *field, GError **error)
{
  g_autoptr (GArray) forgotten = g_array_new (FALSE, FALSE, sizeof (gint64));

  weir_shape_model_accept (shape->model, field, forgotten);
  for (guint i = 0; i < forgotten->len; i++)
    if (!weir_database_run (db, error, "DELETE FROM shape_fields WHERE number = ?", "i",
                            g_array_index (forgotten, gint64, i)))
      return FALSE;

  return weir_history_shapes_save (db, shape->account, shape->collection, shape->kind, shape->model,
                                   error);
}

static gboolean
find_and_accept (WeirDatabase *db, gint64 id, int *answer, GError **error)
{
  g_autoptr (GPtrArray) shapes = weir_history_shapes_list (db, error);

  if (shapes == NULL)
    return FALSE;

  *answer = UNKNOWN;
  for (guint i = 0; i < shapes->len; i++)
    {
      WeirKeptShape *shape = g_ptr_array_index (shapes, i);
      WeirShapeField *field = find_field (shape, id);

      if (field == NULL || weir_shape_model_judge (shape->model, field) == WEIR_DRIFT_NONE)
        continue;
      *answer = ACCEPTED;
      return accept (db, shape, field, error);
    }

  return TRUE;
}

static gpointer
accept_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  int answer;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  if (!find_and_accept (db, *id, &answer, error) || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return NULL;
    }

  return GINT_TO_POINTER (answer);
}

/**
 * weir_history_list_drift:
 * @self: a history
 * @error: return location for a #WeirHistoryError
 *
 * Returns: (transfer full) (element-type WeirDrift): what is not as it was in the payloads of any
 *   collection, the latest first; or %NULL
 */
GPtrArray *
weir_history_list_drift (WeirHistory *self, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), NULL);

  return weir_history_call (self, WEIR_LANE_LOAD, list_drift, NULL, error);
}

/**
 * weir_history_list_drift_async:
 * @self: a history
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_list_drift().
 */
void
weir_history_list_drift_async (WeirHistory *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_list_drift_async);
  weir_history_push (self, WEIR_LANE_LOAD, list_drift, task, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * weir_history_list_drift_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type WeirDrift): the latest first; or %NULL
 */
GPtrArray *
weir_history_list_drift_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_history_accept_drift:
 * @self: a history
 * @id: a drift's
 * @error: return location for a #WeirHistoryError
 *
 * Makes what the field has become the normal, with what is inside of it.
 *
 * Returns: whether it was a drift; %FALSE without an @error if it is none (any more)
 */
gboolean
weir_history_accept_drift (WeirHistory *self, gint64 id, GError **error)
{
  g_return_val_if_fail (WEIR_IS_HISTORY (self), FALSE);

  return GPOINTER_TO_INT (weir_history_call (self, WEIR_LANE_WRITE, accept_job, &id, error))
         == ACCEPTED;
}

/**
 * weir_history_accept_drift_async:
 * @self: a history
 * @id: a drift's
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * See weir_history_accept_drift().
 */
void
weir_history_accept_drift_async (WeirHistory *self,
                                 gint64 id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (WEIR_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_history_accept_drift_async);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  weir_history_push (self, WEIR_LANE_WRITE, accept_job, task, NULL);
}

/**
 * weir_history_accept_drift_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was a drift; %FALSE without an @error if it is none (any more)
 */
gboolean
weir_history_accept_drift_finish (WeirHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), error)) == ACCEPTED;
}
