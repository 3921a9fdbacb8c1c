/* weir-history-shapes.c: models of payloads in the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-shapes.h"

/**
 * weir_kept_shape_free:
 * @self: (transfer full): a model with what it is of
 */
void
weir_kept_shape_free (WeirKeptShape *self)
{
  g_free (self->collection);
  g_free (self->kind);
  g_clear_pointer (&self->model, weir_shape_model_free);
  g_free (self);
}

static gboolean
load_fields (WeirDatabase *db, WeirShapeModel *model, GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error,
      "SELECT number, path, type, base, since, first, last, first_at, last_at, first_number,"
      " before_number, last_number FROM shape_fields WHERE shape = ? ORDER BY number",
      "i", model->id);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (weir_statement_step (statement, &local_error))
    {
      g_autofree char *path = weir_statement_dup_text (statement, 1);
      g_autofree char *type = weir_statement_dup_text (statement, 2);
      WeirShapeField *field = weir_shape_model_add_field (model, path, type);

      field->id = weir_statement_get_int (statement, 0);
      field->base = (guint) weir_statement_get_int (statement, 3);
      field->since = (guint) weir_statement_get_int (statement, 4);
      field->first = (guint) weir_statement_get_int (statement, 5);
      field->last = (guint) weir_statement_get_int (statement, 6);
      field->first_at = weir_statement_get_int (statement, 7);
      field->last_at = weir_statement_get_int (statement, 8);
      field->first_number = weir_statement_get_int (statement, 9);
      field->before_number = weir_statement_get_int (statement, 10);
      field->last_number = weir_statement_get_int (statement, 11);
    }
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

#define COLUMNS                                                                                    \
  "SELECT number, base, since, last_number, last_at, account, collection, kind FROM shapes"

static void
read_model (WeirStatement *statement, WeirShapeModel *model)
{
  model->id = weir_statement_get_int (statement, 0);
  model->base = (guint) weir_statement_get_int (statement, 1);
  model->since = (guint) weir_statement_get_int (statement, 2);
  model->last_number = weir_statement_get_int (statement, 3);
  model->last_at = weir_statement_get_int (statement, 4);
}

/**
 * weir_history_shapes_load:
 * @db: a connection
 * @account: an account's number
 * @collection: of its events
 * @kind: of those
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full): what is known of their payloads, if anything; or %NULL
 */
WeirShapeModel *
weir_history_shapes_load (WeirDatabase *db,
                          gint64 account,
                          const char *collection,
                          const char *kind,
                          GError **error)
{
  g_autoptr (WeirShapeModel) model = weir_shape_model_new ();
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error, COLUMNS " WHERE account = ? AND collection = ? AND kind = ?", "iss", account,
      collection, kind);
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;

  if (weir_statement_step (statement, &local_error))
    read_model (statement, model);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return model->id == 0 || load_fields (db, model, error) ? g_steal_pointer (&model) : NULL;
}

static gboolean
save_field (WeirDatabase *db,
            WeirStatement *insert,
            WeirStatement *update,
            gint64 shape,
            WeirShapeField *field,
            GError **error)
{
  GError *local_error = NULL;
  WeirStatement *statement = field->id == 0 ? insert : update;

  if (field->id == 0
          ? !weir_statement_bind (
              insert, error, "issiiiiiiiii", shape, field->path, field->type, (gint64) field->base,
              (gint64) field->since, (gint64) field->first, (gint64) field->last, field->first_at,
              field->last_at, field->first_number, field->before_number, field->last_number)
          : !weir_statement_bind (update, error, "iiiiiiiiii", field->id, (gint64) field->base,
                                  (gint64) field->since, (gint64) field->first,
                                  (gint64) field->last, field->first_at, field->last_at,
                                  field->first_number, field->before_number, field->last_number))
    return FALSE;

  weir_statement_step (statement, &local_error);
  sqlite3_reset (statement);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (field->id == 0)
    field->id = sqlite3_last_insert_rowid (db);
  field->touched = FALSE;

  return TRUE;
}

/**
 * weir_history_shapes_save:
 * @db: a connection, in a transaction
 * @account: an account's number
 * @collection: of its events
 * @kind: of those
 * @model: what is known of their payloads
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Writes what has changed of it.
 *
 * Returns: whether it was written
 */
gboolean
weir_history_shapes_save (WeirDatabase *db,
                          gint64 account,
                          const char *collection,
                          const char *kind,
                          WeirShapeModel *model,
                          GError **error)
{
  g_autoptr (WeirStatement) insert = NULL;
  g_autoptr (WeirStatement) update = NULL;

  if (!weir_database_run (
          db, error,
          "INSERT INTO shapes (account, collection, kind, base, since, last_number, last_at)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
          " ON CONFLICT (account, collection, kind) DO UPDATE SET base = ?4, since = ?5,"
          " last_number = ?6, last_at = ?7",
          "issiiii", account, collection, kind, (gint64) model->base, (gint64) model->since,
          model->last_number, model->last_at))
    return FALSE;
  if (model->id == 0)
    model->id = sqlite3_last_insert_rowid (db);

  insert = weir_database_prepare (
      db, error,
      "INSERT INTO shape_fields (shape, path, type, base, since, first, last, first_at, last_at,"
      " first_number, before_number, last_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      NULL);
  update = weir_database_prepare (
      db, error,
      "UPDATE shape_fields SET base = ?2, since = ?3, first = ?4, last = ?5, first_at = ?6,"
      " last_at = ?7, first_number = ?8, before_number = ?9, last_number = ?10 WHERE number = ?1",
      NULL);
  if (insert == NULL || update == NULL)
    return FALSE;

  for (guint i = 0; i < model->fields->len; i++)
    {
      WeirShapeField *field = g_ptr_array_index (model->fields, i);

      if (field->touched && !save_field (db, insert, update, model->id, field, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * weir_history_shapes_list:
 * @db: a connection
 * @error: return location for a #WEIR_SQLITE_ERROR
 *
 * Returns: (transfer full) (element-type WeirKeptShape): all that can have drifted; or %NULL
 */
GPtrArray *
weir_history_shapes_list (WeirDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) shapes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) weir_kept_shape_free);
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, COLUMNS " WHERE base >= ? AND since >= ?", "ii",
                             (gint64) WEIR_SHAPE_BEFORE, (gint64) WEIR_SHAPE_AFTER);
  GError *local_error = NULL;

  if (statement == NULL)
    return NULL;

  while (weir_statement_step (statement, &local_error))
    {
      WeirKeptShape *shape = g_new0 (WeirKeptShape, 1);

      shape->model = weir_shape_model_new ();
      read_model (statement, shape->model);
      shape->account = weir_statement_get_int (statement, 5);
      shape->collection = weir_statement_dup_text (statement, 6);
      shape->kind = weir_statement_dup_text (statement, 7);
      g_ptr_array_add (shapes, shape);
      if (!load_fields (db, shape->model, error))
        return NULL;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  return g_steal_pointer (&shapes);
}
