/* weir-hub-changes.c: the one event log: what changed in the records of the sources
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-changes.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-store-private.h"

typedef struct
{
  WeirHubStore *store;
  gint64 now;
  char *source;
  char *face;
  char *id_pointer;
  char *updated_pointer; /* (nullable) */
  GHashTable *seen;      /* ids; NULL unless full */
  WeirHubDiff *diff;
} Application;

static void
clear_application (Application *application)
{
  g_free (application->source);
  g_free (application->face);
  g_free (application->id_pointer);
  g_free (application->updated_pointer);
  g_clear_pointer (&application->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Application, clear_application)

static gboolean
log_change (Application *application,
            WeirHubChangeKind kind,
            const char *record,
            const char *updated,
            const char *body,
            GError **error)
{
  WeirDatabase *db = application->store->db;
  WeirHubChange *change;

  if (!weir_database_run (db, error,
                          "INSERT INTO change (time, kind, source, face, record, updated, body)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "iisssss", application->now, (gint64) kind, application->source,
                          application->face, record, updated, body))
    return FALSE;
  change = g_new0 (WeirHubChange, 1);
  change->sequence = sqlite3_last_insert_rowid (db);
  change->time = application->now;
  change->kind = kind;
  change->source = g_strdup (application->source);
  change->face = g_strdup (application->face);
  change->record = g_strdup (record);
  change->updated = g_strdup (updated);
  change->body = g_strdup (body);
  weir_hub_store_note_change (application->store, change);
  return TRUE;
}

static gboolean
apply_item (Application *application, WeirJson item, GError **error)
{
  WeirDatabase *db = application->store->db;
  WeirJson id = weir_json_pointer (item, application->id_pointer, error);
  g_autofree char *record = NULL;
  g_autofree char *updated = NULL;
  g_autofree char *body = NULL;
  g_autoptr (WeirStatement) statement = NULL;
  gboolean known;

  if (weir_json_get_type (id) != WEIR_JSON_STRING && weir_json_get_type (id) != WEIR_JSON_NUMBER)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_POINTER,
                     "Record %u has no string or number at “%s”", application->diff->total,
                     application->id_pointer);
      return FALSE;
    }
  record = weir_json_dup_text (id);
  body = weir_json_dup_raw (item);
  if (application->updated_pointer != NULL)
    {
      WeirJson value = weir_json_pointer (item, application->updated_pointer, NULL);

      updated = weir_json_is_set (value) ? weir_json_dup_text (value) : NULL;
    }
  if (application->seen != NULL)
    g_hash_table_add (application->seen, g_strdup (record));

  statement = weir_database_prepare (
      db, error, "SELECT mark, body FROM snapshot WHERE source = ? AND record = ?", "ss",
      application->source, record);
  if (statement == NULL)
    return FALSE;
  known = weir_statement_step (statement, NULL);
  if (known)
    {
      g_autofree char *mark = weir_statement_dup_text (statement, 0);
      g_autofree char *last = weir_statement_dup_text (statement, 1);

      /* Its own time of change tells cheaply that a record did not; a full scan believes nothing. */
      if (updated != NULL && application->seen == NULL && g_strcmp0 (mark, updated) == 0)
        return TRUE;
      if (g_strcmp0 (last, body) == 0)
        return TRUE;
    }
  g_clear_pointer (&statement, weir_statement_finalize);

  if (!weir_database_run (db, error,
                          "INSERT OR REPLACE INTO snapshot (source, record, mark, body)"
                          " VALUES (?, ?, ?, ?)",
                          "ssss", application->source, record, updated != NULL ? updated : "",
                          body))
    return FALSE;
  if (known)
    application->diff->updated++;
  else
    application->diff->created++;
  return log_change (application, known ? WEIR_HUB_UPDATED : WEIR_HUB_CREATED, record, updated,
                     body, error);
}

static gboolean
apply_deletions (Application *application, GError **error)
{
  WeirDatabase *db = application->store->db;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error, "SELECT record, body FROM snapshot WHERE source = ? ORDER BY record", "s",
      application->source);

  if (statement == NULL)
    return FALSE;
  while (weir_statement_step (statement, NULL))
    {
      g_autofree char *record = weir_statement_dup_text (statement, 0);

      if (g_hash_table_contains (application->seen, record))
        continue;
      g_ptr_array_add (gone, g_steal_pointer (&record));
      g_ptr_array_add (gone, weir_statement_dup_text (statement, 1));
    }
  g_clear_pointer (&statement, weir_statement_finalize);

  for (guint i = 0; i < gone->len; i += 2)
    {
      const char *record = gone->pdata[i];

      if (!weir_database_run (db, error, "DELETE FROM snapshot WHERE source = ? AND record = ?",
                              "ss", application->source, record)
          || !log_change (application, WEIR_HUB_DELETED, record, NULL, gone->pdata[i + 1], error))
        return FALSE;
      application->diff->deleted++;
    }
  return TRUE;
}

/**
 * weir_hub_change_free:
 * @self: (transfer full): a change
 */
void
weir_hub_change_free (WeirHubChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->source);
  g_free (self->face);
  g_free (self->record);
  g_free (self->updated);
  g_free (self->body);
  g_free (self);
}

/**
 * weir_hub_change_kind_to_string:
 * @kind: a kind of change
 *
 * Returns: (transfer none): "created", "updated" or "deleted", as Membrane and Sequin write it
 */
const char *
weir_hub_change_kind_to_string (WeirHubChangeKind kind)
{
  static const char *const words[] = { "created", "updated", "deleted" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (words), "");

  return words[kind];
}

/**
 * weir_hub_store_list_changes:
 * @self: a store
 * @query: which changes
 *
 * Returns: (transfer full) (element-type WeirHubChange): the changes, oldest first
 */
GPtrArray *
weir_hub_store_list_changes (WeirHubStore *self, const WeirHubChangeQuery *query)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_hub_change_free);
  g_autoptr (GString) sql =
      g_string_new ("SELECT sequence, time, kind, source, face, record, updated, body"
                    " FROM change WHERE sequence > ");
  g_autoptr (WeirStatement) statement = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), changes);
  g_return_val_if_fail (query != NULL, changes);

  g_string_append_printf (sql, "%" G_GINT64_FORMAT, query->after);
  if (query->source != NULL)
    {
      g_string_append (sql, " AND source = ?");
      g_ptr_array_add (values, (gpointer) query->source);
    }
  if (query->face != NULL)
    {
      g_string_append (sql, " AND face = ?");
      g_ptr_array_add (values, (gpointer) query->face);
    }
  if (query->sources != NULL)
    {
      g_string_append (sql, " AND source IN (");
      for (guint i = 0; query->sources[i] != NULL; i++)
        {
          g_string_append (sql, i > 0 ? ", ?" : "?");
          g_ptr_array_add (values, (gpointer) query->sources[i]);
        }
      g_string_append_c (sql, ')');
    }
  if (query->kind >= 0)
    g_string_append_printf (sql, " AND kind = %d", query->kind);
  if (query->latest)
    g_string_append (sql, " AND NOT EXISTS (SELECT 1 FROM change AS later"
                          " WHERE later.source = change.source AND later.record = change.record"
                          " AND later.sequence > change.sequence)");
  g_string_append (sql, " ORDER BY sequence");
  if (query->limit != 0)
    g_string_append_printf (sql, " LIMIT %u", query->limit);

  statement = weir_hub_store_prepare (self, sql->str, values, NULL);
  if (statement == NULL)
    return changes;
  while (weir_statement_step (statement, NULL))
    {
      WeirHubChange *change = g_new0 (WeirHubChange, 1);

      change->sequence = weir_statement_get_int (statement, 0);
      change->time = weir_statement_get_int (statement, 1);
      change->kind = (WeirHubChangeKind) weir_statement_get_int (statement, 2);
      change->source = weir_statement_dup_text (statement, 3);
      change->face = weir_statement_dup_text (statement, 4);
      change->record = weir_statement_dup_text (statement, 5);
      change->updated = weir_statement_dup_text (statement, 6);
      change->body = weir_statement_dup_text (statement, 7);
      g_ptr_array_add (changes, change);
    }
  return changes;
}

/**
 * weir_hub_store_get_last_change:
 * @self: a store
 * @source: (nullable): name of a source; %NULL for any
 *
 * Returns: the sequence of the newest change; 0 if there is none
 */
gint64
weir_hub_store_get_last_change (WeirHubStore *self, const char *source)
{
  g_autoptr (WeirStatement) statement = NULL;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), 0);

  if (source != NULL)
    statement = weir_database_prepare (
        self->db, NULL, "SELECT ifnull (max (sequence), 0) FROM change WHERE source = ?", "s",
        source);
  else
    statement =
        weir_database_prepare (self->db, NULL, "SELECT ifnull (max (sequence), 0) FROM change", "");
  if (statement == NULL || !weir_statement_step (statement, NULL))
    return 0;
  return weir_statement_get_int (statement, 0);
}

/**
 * weir_hub_store_apply:
 * @self: a store, with a transaction open
 * @source: the source's element
 * @items: the array of its records
 * @full: whether a record that is missing from @items is gone
 * @diff: (out caller-allocates): what was found
 * @error: return location for an error: WEIR_JSON_ERROR_POINTER where a record has no id, or
 *   one of WEIR_SQLITE_ERROR
 *
 * Returns: whether all was applied; after %FALSE the caller undoes the transaction
 */
gboolean
weir_hub_store_apply (WeirHubStore *self,
                      WeirHubDocument *source,
                      WeirJson items,
                      gboolean full,
                      WeirHubDiff *diff,
                      GError **error)
{
  g_auto (Application) application = { self, weir_clock_now () };
  WeirJsonIter iter;
  WeirJson item;
  GError *failure = NULL;

  g_return_val_if_fail (WEIR_IS_HUB_STORE (self), FALSE);
  g_return_val_if_fail (self->depth > 0, FALSE);
  g_return_val_if_fail (source != NULL && diff != NULL, FALSE);

  *diff = (WeirHubDiff){ 0 };
  application.source = weir_hub_document_dup_string (source, "name");
  application.face = weir_hub_document_dup_string (source, "face");
  application.id_pointer = weir_hub_document_dup_string (source, "id");
  application.updated_pointer = weir_hub_document_dup_string (source, "updated");
  application.diff = diff;
  if (full)
    application.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  weir_json_iter_init (&iter, items);
  while (failure == NULL && weir_json_iter_next (&iter, NULL, &item))
    {
      diff->total++;
      apply_item (&application, item, &failure);
    }
  if (failure == NULL && full)
    apply_deletions (&application, &failure);
  if (failure == NULL)
    return TRUE;
  if (self->failure == NULL)
    self->failure = g_error_copy (failure);
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * weir_hub_store_forget_source:
 * @self: a store
 * @source: name of a source that is no more
 *
 * Forgets its records; what was logged stays.
 */
void
weir_hub_store_forget_source (WeirHubStore *self, const char *source)
{
  GError *failure = NULL;
  gboolean done;

  g_return_if_fail (WEIR_IS_HUB_STORE (self));

  weir_hub_store_begin (self);
  done =
      weir_database_run (self->db, &failure, "DELETE FROM snapshot WHERE source = ?", "s", source);
  weir_hub_store_write (self, done, failure, NULL);
}
