/* weir-hub-changes.c: the one event log: what changed in the records of the sources
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-changes.h"

#include "weir-clock.h"
#include "weir-hub-store-private.h"

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

/* One more of the log, in the open transaction; listeners hear of it after the commit. */
gboolean
weir_hub_store_log_change (WeirHubStore *self,
                           WeirHubChangeKind kind,
                           const char *source,
                           const char *face,
                           const char *record,
                           const char *updated,
                           const char *body,
                           GError **error)
{
  gint64 now = weir_clock_now ();
  WeirHubChange *change;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  if (!weir_database_run (self->db, error,
                          "INSERT INTO change (time, kind, source, face, record, updated, body)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "iisssss", now, (gint64) kind, source, face, record, updated, body))
    return FALSE;
  change = g_new0 (WeirHubChange, 1);
  change->sequence = sqlite3_last_insert_rowid (self->db);
  change->time = now;
  change->kind = kind;
  change->source = g_strdup (source);
  change->face = g_strdup (face);
  change->record = g_strdup (record);
  change->updated = g_strdup (updated);
  change->body = g_strdup (body);
  weir_hub_store_note_change (self, change);
  return TRUE;
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
  done = self->failure == NULL
         && weir_database_run (self->db, &failure, "DELETE FROM snapshot WHERE source = ?", "s",
                               source);
  weir_hub_store_write (self, done, failure, NULL);
}
