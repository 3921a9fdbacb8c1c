/* weir-history-learn.c: learns behind ingest what payloads look like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-history-drift.h"

#include "weir-history-private.h"
#include "weir-history-shapes.h"
#include "weir-history-writer.h"
#include "weir-shape.h"
#include "weir-text.h"

/* Of more new events than these a sample is enough: runs of some, evenly over all. */
#define MAX_LEARNED 1000
#define RUN 50
/* What is older than so many was before anybody asked. */
#define MAX_BEHIND 20000

/* What is left of an event when it was looked at. */
typedef struct
{
  WeirAccount *account;
  char *collection;
  char *kind;
  gint64 number;
  gint64 time;
  GPtrArray *fields;
} Seen;

typedef struct
{
  gint64 from; /* what was learned up to, */
  gint64 to;   /* and is now */
  GPtrArray *seen;
} Lesson;

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_object_unref (seen->account);
  g_free (seen->collection);
  g_free (seen->kind);
  g_ptr_array_unref (seen->fields);
  g_free (seen);
}

static gpointer
read_learned (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  g_autoptr (WeirStatement) statement =
      weir_database_prepare (db, error, "SELECT learned FROM shape_state", "");
  gint64 *learned = data;

  if (statement == NULL || !weir_statement_step (statement, error))
    return NULL;
  *learned = weir_statement_get_int (statement, 0);

  return GINT_TO_POINTER (TRUE);
}

static gboolean
learn_group (WeirDatabase *db, GPtrArray *group, GError **error)
{
  Seen *first = g_ptr_array_index (group, 0);
  g_autoptr (WeirShapeModel) model = NULL;
  gint64 account;

  if (!weir_history_writer_put_account (db, first->account, &account, error))
    return FALSE;
  model = weir_history_shapes_load (db, account, first->collection, first->kind, error);
  if (model == NULL)
    return FALSE;

  for (guint i = 0; i < group->len; i++)
    {
      Seen *seen = g_ptr_array_index (group, i);

      weir_shape_model_learn (model, seen->number, seen->time, seen->fields);
    }

  return weir_history_shapes_save (db, account, first->collection, first->kind, model, error);
}

static gboolean
learn_all (WeirDatabase *db, Lesson *lesson, GError **error)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer group;

  for (guint i = 0; i < lesson->seen->len; i++)
    {
      Seen *seen = g_ptr_array_index (lesson->seen, i);
      char *key = g_strjoin ("\n", seen->account->uuid, seen->kind, seen->collection, NULL);

      group = g_hash_table_lookup (groups, key);
      if (group != NULL)
        {
          g_free (key);
        }
      else
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, key, group);
        }
      g_ptr_array_add (group, seen);
    }

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    if (!learn_group (db, group, error))
      return FALSE;

  return weir_database_run (db, error, "UPDATE shape_state SET learned = ?", "i", lesson->to);
}

/* Another process may have learned the same meanwhile. */
static gpointer
learn_job (gpointer owner, WeirDatabase *db, gpointer data, GError **error)
{
  Lesson *lesson = data;
  gint64 learned;

  if (!weir_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;

  if (read_learned (owner, db, &learned, error) == NULL
      || (learned == lesson->from && !learn_all (db, lesson, error))
      || !weir_database_exec (db, "COMMIT", error))
    {
      weir_database_exec (db, "ROLLBACK", NULL);
      return NULL;
    }

  return GINT_TO_POINTER (TRUE);
}

static void
look_at (WeirEvent *event, gint64 number, GPtrArray *all)
{
  Seen *seen;

  if (event->unreadable || weir_json_get_type (event->payload) == WEIR_JSON_ABSENT)
    return;

  seen = g_new0 (Seen, 1);
  seen->account = g_object_ref (weir_record_get_account (WEIR_RECORD (event)));
  seen->collection = g_strdup (weir_text_or_empty (event->collection));
  seen->kind = g_strdup (weir_text_or_empty (event->kind));
  seen->number = number;
  seen->time = event->occurred_at;
  seen->fields = weir_shape_list_fields (event->payload);
  g_ptr_array_add (all, seen);
}

/* Events that are gone are left out, so each is asked for where it may be: a run at a time, so that
 * whoever looks at rows has not to wait long. */
static gboolean
look_at_run (WeirHistory *self, const gint64 *ids, guint n, GPtrArray *all, GError **error)
{
  g_autoptr (GPtrArray) events = weir_history_load (self, ids, n, error);

  if (events == NULL)
    return FALSE;
  /* with one missing it is not known which is which */
  for (guint i = 0; i < events->len && events->len == n; i++)
    look_at (g_ptr_array_index (events, i), ids[i], all);

  return TRUE;
}

static gboolean
look_at_new (WeirHistory *self,
             GArray *ids,
             GPtrArray *all,
             GCancellable *cancellable,
             GError **error)
{
  guint n_runs = (ids->len + RUN - 1) / RUN;
  guint step = MAX (1, (ids->len + MAX_LEARNED - 1) / MAX_LEARNED);

  for (guint run = 0; run < n_runs; run += step)
    {
      guint start = run * RUN;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !look_at_run (self, &g_array_index (ids, gint64, start), MIN (RUN, ids->len - start),
                           all, error))
        return FALSE;
    }

  return TRUE;
}

/* Where to begin, and where it ends now. */
static gboolean
find_span (WeirHistory *self, gint64 *from, gint64 *newest, GError **error)
{
  g_autoptr (GArray) none = NULL;

  *newest = -1;
  if (weir_history_call (self, WEIR_LANE_LOAD, read_learned, from, error) == NULL)
    return FALSE;
  none = weir_history_list_new (self, NULL, newest, error);

  return none != NULL;
}

/**
 * weir_history_learn_shapes:
 * @self: a history
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #WeirHistoryError or %G_IO_ERROR_CANCELLED
 *
 * Looks at the payloads of events that came since the last time, in this thread; only what was learned
 * is written on the writing lane. Of many events it looks at some %MAX_LEARNED.
 *
 * Returns: at how many it looked; -1 with @error set
 */
int
weir_history_learn_shapes (WeirHistory *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (seen_free);
  g_autoptr (GArray) ids = NULL;
  gint64 learned, newest;
  Lesson lesson;

  g_return_val_if_fail (WEIR_IS_HISTORY (self), -1);

  if (!find_span (self, &learned, &newest, error))
    return -1;
  if (newest <= learned)
    return 0;

  lesson = (Lesson){ learned, MAX (MAX (learned, 0), newest - MAX_BEHIND), seen };
  ids = weir_history_list_new (self, NULL, &lesson.to, error);
  if (ids == NULL || !look_at_new (self, ids, seen, cancellable, error)
      || weir_history_call (self, WEIR_LANE_WRITE, learn_job, &lesson, error) == NULL)
    return -1;

  return (int) seen->len;
}
