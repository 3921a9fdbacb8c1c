/* weir-hub-comparison.c: a source's records as just fetched, compared with those last known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-comparison.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-store-private.h"

/* More than that is a mistake in the pointers rather than a collection that is polled. */
#define MAX_RECORDS 1000000u

typedef struct
{
  WeirHubChangeKind kind;
  char *record;
  char *updated; /* (nullable) */
  WeirJson body; /* absent of one that is gone: still in the store */
} Difference;

struct _WeirHubComparison
{
  GBytes *answer;
  char *source;
  char *face;
  char *id_pointer;
  char *updated_pointer; /* (nullable) */
  gboolean full;
  GHashTable *seen; /* ids */
  GArray *differences;
  guint next;
  WeirHubDiff diff;
};

static void
clear_difference (Difference *difference)
{
  g_free (difference->record);
  g_free (difference->updated);
}

static void
note (WeirHubComparison *self,
      WeirHubChangeKind kind,
      const char *record,
      const char *updated,
      WeirJson body)
{
  Difference difference = { kind, g_strdup (record), g_strdup (updated), body };

  g_array_append_val (self->differences, difference);
}

static gboolean
column_equals (WeirStatement *statement, int column, const char *text, gsize length)
{
  const void *value = sqlite3_column_text (statement, column);

  return value != NULL && (gsize) sqlite3_column_bytes (statement, column) == length
         && memcmp (value, text, length) == 0;
}

static char *
dup_id (WeirHubComparison *self, WeirJson item, GError **error)
{
  WeirJson id = weir_json_pointer (item, self->id_pointer, error);

  if (weir_json_get_type (id) == WEIR_JSON_STRING || weir_json_get_type (id) == WEIR_JSON_NUMBER)
    return weir_json_dup_text (id);
  if (error != NULL && *error == NULL)
    g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_POINTER,
                 "Record %u has no string or number at “%s”", self->diff.total, self->id_pointer);
  return NULL;
}

/* `known` gives mark and body of a record. Of records with the same id the first one counts:
 * otherwise each would be a change of the other, at every pull. */
static gboolean
compare_item (WeirHubComparison *self, WeirStatement *known, WeirJson item, GError **error)
{
  g_autofree char *record = dup_id (self, item, error);
  g_autofree char *updated = NULL;
  g_autoptr (GError) failure = NULL;

  if (record == NULL)
    return FALSE;
  if (weir_hub_json_is_deep (item))
    {
      g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_DEPTH,
                   "Record %u is nested deeper than %d levels", self->diff.total,
                   WEIR_HUB_MAX_DEPTH);
      return FALSE;
    }
  if (g_hash_table_contains (self->seen, record))
    {
      self->diff.repeated++;
      return TRUE;
    }
  if (self->updated_pointer != NULL)
    {
      WeirJson value = weir_json_pointer (item, self->updated_pointer, NULL);

      updated = weir_json_is_set (value) ? weir_json_dup_text (value) : NULL;
    }

  if (!weir_statement_bind (known, error, "ss", self->source, record))
    return FALSE;
  if (weir_statement_step (known, &failure))
    {
      /* Its own time of change tells cheaply that a record did not; a full scan believes nothing. */
      gboolean same =
          updated != NULL && !self->full && column_equals (known, 0, updated, strlen (updated));

      if (!same && !column_equals (known, 1, item.text, item.length))
        {
          note (self, WEIR_HUB_UPDATED, record, updated, item);
          self->diff.updated++;
        }
    }
  else if (failure == NULL)
    {
      note (self, WEIR_HUB_CREATED, record, updated, item);
      self->diff.created++;
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_hash_table_add (self->seen, g_steal_pointer (&record));
  return TRUE;
}

static gboolean
compare_items (WeirHubComparison *self,
               WeirDatabase *db,
               WeirJson items,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (WeirStatement) known = weir_database_prepare (
      db, error, "SELECT mark, body FROM snapshot WHERE source = ? AND record = ?", NULL);
  WeirJsonIter iter;
  WeirJson item;

  if (known == NULL)
    return FALSE;
  weir_json_iter_init (&iter, items);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      if (++self->diff.total > MAX_RECORDS)
        {
          g_set_error (error, WEIR_JSON_ERROR, WEIR_JSON_ERROR_SIZE,
                       "There are more than %u records", MAX_RECORDS);
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !compare_item (self, known, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_gone (WeirHubComparison *self, WeirDatabase *db, GError **error)
{
  const WeirJson none = { NULL, 0 };
  g_autoptr (GError) failure = NULL;
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      db, error, "SELECT record FROM snapshot WHERE source = ? ORDER BY record", "s", self->source);

  if (statement == NULL)
    return FALSE;
  while (weir_statement_step (statement, &failure))
    {
      g_autofree char *record = weir_statement_dup_text (statement, 0);

      if (g_hash_table_contains (self->seen, record))
        continue;
      note (self, WEIR_HUB_DELETED, record, NULL, none);
      self->diff.deleted++;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
keep_record (WeirHubComparison *self, WeirHubStore *store, Difference *difference, GError **error)
{
  g_autofree char *body = weir_json_dup_raw (difference->body);

  return weir_database_run (
             store->db, error,
             "INSERT OR REPLACE INTO snapshot (source, record, mark, body) VALUES (?, ?, ?, ?)",
             "ssss", self->source, difference->record,
             difference->updated != NULL ? difference->updated : "", body)
         && weir_hub_store_log_change (store, difference->kind, self->source, self->face,
                                       difference->record, difference->updated, body, error);
}

static gboolean
forget_record (WeirHubComparison *self, WeirHubStore *store, Difference *difference, GError **error)
{
  g_autoptr (WeirStatement) statement = weir_database_prepare (
      store->db, error, "SELECT body FROM snapshot WHERE source = ? AND record = ?", "ss",
      self->source, difference->record);
  g_autofree char *body = NULL;

  if (statement == NULL)
    return FALSE;
  if (!weir_statement_step (statement, error))
    return error == NULL || *error == NULL;
  body = weir_statement_dup_text (statement, 0);
  g_clear_pointer (&statement, weir_statement_finalize);
  return weir_database_run (store->db, error,
                            "DELETE FROM snapshot WHERE source = ? AND record = ?", "ss",
                            self->source, difference->record)
         && weir_hub_store_log_change (store, WEIR_HUB_DELETED, self->source, self->face,
                                       difference->record, NULL, body, error);
}

/**
 * weir_hub_comparison_new:
 * @db: the store's database
 * @source: the source's element
 * @answer: what @items is a view of
 * @items: the array of its records
 * @full: whether a record that is missing from @items is gone
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error: WEIR_JSON_ERROR_POINTER where a record has no id,
 *   WEIR_JSON_ERROR_SIZE where there are too many, WEIR_JSON_ERROR_DEPTH where one is too deep, G_IO_ERROR_CANCELLED, or of WEIR_SQLITE_ERROR
 *
 * Finds what is new, changed and gone, and writes nothing. Nobody else may change what is known of
 * the source until it is applied.
 *
 * Returns: (transfer full) (nullable): the differences
 */
WeirHubComparison *
weir_hub_comparison_new (WeirDatabase *db,
                         WeirHubDocument *source,
                         GBytes *answer,
                         WeirJson items,
                         gboolean full,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (WeirHubComparison) self = NULL;

  g_return_val_if_fail (db != NULL && source != NULL && answer != NULL, NULL);

  self = g_new0 (WeirHubComparison, 1);
  self->answer = g_bytes_ref (answer);
  self->source = weir_hub_document_dup_string (source, "name");
  self->face = weir_hub_document_dup_string (source, "face");
  self->id_pointer = weir_hub_document_dup_string (source, "id");
  self->updated_pointer = weir_hub_document_dup_string (source, "updated");
  self->full = full;
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->differences = g_array_new (FALSE, FALSE, sizeof (Difference));
  g_array_set_clear_func (self->differences, (GDestroyNotify) clear_difference);

  if (!compare_items (self, db, items, cancellable, error)
      || (full && !find_gone (self, db, error)))
    return NULL;
  g_hash_table_remove_all (self->seen);
  return g_steal_pointer (&self);
}

/**
 * weir_hub_comparison_free:
 * @self: (transfer full): a comparison
 */
void
weir_hub_comparison_free (WeirHubComparison *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->differences);
  g_hash_table_unref (self->seen);
  g_free (self->source);
  g_free (self->face);
  g_free (self->id_pointer);
  g_free (self->updated_pointer);
  g_bytes_unref (self->answer);
  g_free (self);
}

/**
 * weir_hub_comparison_get_diff:
 * @self: a comparison
 *
 * Returns: (transfer none): how many records there were, and what became of them
 */
const WeirHubDiff *
weir_hub_comparison_get_diff (WeirHubComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->diff;
}

/**
 * weir_hub_comparison_apply_next:
 * @self: a comparison
 * @store: the store it was made of, with a transaction open
 * @error: return location for an error of WEIR_SQLITE_ERROR
 *
 * Returns: whether one more difference is kept and logged; %FALSE at the end or with @error set
 */
gboolean
weir_hub_comparison_apply_next (WeirHubComparison *self, WeirHubStore *store, GError **error)
{
  Difference *difference;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (WEIR_IS_HUB_STORE (store) && store->depth > 0, FALSE);

  if (self->next == self->differences->len)
    return FALSE;
  difference = &g_array_index (self->differences, Difference, self->next++);
  if (difference->kind == WEIR_HUB_DELETED)
    return forget_record (self, store, difference, error);
  return keep_record (self, store, difference, error);
}
