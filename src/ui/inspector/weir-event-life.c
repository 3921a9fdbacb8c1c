/* weir-event-life.c: what else happened to an event's record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-event-life.h"

#include "weir-query-edit.h"

/* Events are read so many at a time: any of them may be large. */
#define BATCH 4
/* Older ones that are looked at to find the one before. */
#define MAX_LOOKED_AT 64
/* Larger payloads are not compared only to count what changed. */
#define MAX_COMPARED (1024 * 1024)

typedef struct
{
  WeirEvent *event;
  WeirHistoryIndex *index;
  guint next; /* positions below are still to be read */
  guint n_read;
  gsize n_bytes;
  gboolean previous; /* what is wanted: the one before, or the list */
  gboolean seen;     /* the event itself was read */
  GPtrArray *found;  /* WeirEvent, the newest first */
  guint total;
} Life;

static void
life_free (Life *life)
{
  g_object_unref (life->event);
  g_clear_object (&life->index);
  g_ptr_array_unref (life->found);
  g_free (life);
}

static void
entry_free (gpointer data)
{
  WeirLifeEntry *entry = data;

  g_object_unref (entry->event);
  g_free (entry);
}

static gboolean
is_of_record (Life *life, WeirEvent *event)
{
  return g_strcmp0 (event->record, life->event->record) == 0
         && g_strcmp0 (event->collection, life->event->collection) == 0
         && g_str_equal (weir_record_get_account (WEIR_RECORD (event))->uuid,
                         weir_record_get_account (WEIR_RECORD (life->event))->uuid);
}

/* Takes what was read; TRUE: that is all there is to read. */
static gboolean
take (Life *life, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      WeirEvent *event = g_ptr_array_index (events, i);
      gboolean same = weir_record_same (WEIR_RECORD (event), WEIR_RECORD (life->event));

      if (!is_of_record (life, event))
        continue;
      if (life->previous && same)
        {
          life->seen = TRUE;
          continue;
        }
      /* of the same instant are those before it that come after it here */
      if (life->previous && !life->seen && event->occurred_at >= life->event->occurred_at)
        continue;

      g_ptr_array_add (life->found, g_object_ref (event));
      life->n_bytes += g_bytes_get_size (weir_record_get_raw (WEIR_RECORD (event)));
      if (life->previous || life->found->len == WEIR_LIFE_MAX_EVENTS
          || life->n_bytes > WEIR_LIFE_MAX_BYTES)
        return TRUE;
    }

  return FALSE;
}

static void
count_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Life *life = task_data;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < life->found->len; i++)
    {
      WeirLifeEntry *entry = g_new0 (WeirLifeEntry, 1);
      WeirEvent *event = g_ptr_array_index (life->found, i);
      WeirEvent *before = i + 1 < life->found->len ? life->found->pdata[i + 1] : NULL;

      entry->event = g_object_ref (event);
      entry->n_fields = G_MAXUINT;
      g_ptr_array_add (entries, entry);
      if (before != NULL
          && g_bytes_get_size (weir_record_get_raw (WEIR_RECORD (event))) <= MAX_COMPARED
          && g_bytes_get_size (weir_record_get_raw (WEIR_RECORD (before))) <= MAX_COMPARED)
        {
          g_autoptr (WeirJsonDiff) diff = weir_event_life_compare (before, event, cancellable);

          if (diff != NULL && diff->complete)
            entry->n_fields = weir_json_diff_get_n_fields (diff);
        }
    }

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&entries), (GDestroyNotify) g_ptr_array_unref);
}

static void
finish (GTask *task)
{
  Life *life = g_task_get_task_data (task);

  if (!life->previous)
    g_task_run_in_thread (task, count_in_thread);
  else if (life->found->len > 0)
    g_task_return_pointer (task, g_object_ref (life->found->pdata[0]), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void read_more (GTask *task);

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) events = weir_history_load_finish (WEIR_HISTORY (source), result, &error);

  if (events == NULL)
    g_task_return_error (task, error);
  else if (take (g_task_get_task_data (task), events))
    finish (task);
  else
    read_more (task);
}

static void
read_more (GTask *task)
{
  Life *life = g_task_get_task_data (task);
  gint64 ids[BATCH];
  guint n = 0;

  while (n < BATCH && life->next > 0)
    ids[n++] = weir_history_index_get_id (life->index, --life->next);
  if (n == 0 || (life->previous && life->n_read >= MAX_LOOKED_AT))
    {
      finish (task);
      return;
    }

  life->n_read += n;
  weir_history_load_async (g_task_get_source_object (task), ids, n, g_task_get_cancellable (task),
                           loaded_cb, g_object_ref (task));
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Life *life = g_task_get_task_data (task);
  GError *error = NULL;

  life->index = weir_history_query_finish (WEIR_HISTORY (source), result, &error);
  if (life->index == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  life->total = weir_history_index_get_length (life->index);
  life->next = life->previous
                   ? weir_history_index_find_time (life->index, life->event->occurred_at + 1)
                   : life->total;
  read_more (task);
}

static void
start (GTask *task, WeirHistory *history, WeirEvent *event, gboolean previous)
{
  g_autofree char *text = weir_event_life_dup_query (event);
  g_autoptr (WeirQuery) query = NULL;
  Life *life = g_new0 (Life, 1);
  GError *error = NULL;

  life->event = g_object_ref (event);
  life->previous = previous;
  life->found = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, life, (GDestroyNotify) life_free);
  if (text == NULL)
    {
      finish (task);
      return;
    }

  query = weir_query_new (text, &error);
  if (query == NULL)
    g_task_return_error (task, error);
  else
    weir_history_query_async (history, query, 0, g_task_get_cancellable (task), queried_cb,
                              g_object_ref (task));
}

static void
add_term (GString *query, const char *field, const char *value)
{
  g_autofree char *term = weir_query_edit_dup_term (field, value, FALSE);

  if (query->len > 0)
    g_string_append_c (query, ' ');
  g_string_append (query, term);
}

/**
 * weir_event_life_dup_query:
 * @event: an event
 *
 * Returns: (transfer full) (nullable): the query for the events of its record, or %NULL if it names none
 */
char *
weir_event_life_dup_query (WeirEvent *event)
{
  GString *query;

  g_return_val_if_fail (WEIR_IS_EVENT (event), NULL);

  if (event->record == NULL || event->record[0] == '\0')
    return NULL;

  query = g_string_new (NULL);
  add_term (query, "account", weir_record_get_account (WEIR_RECORD (event))->name);
  if (event->collection != NULL && event->collection[0] != '\0')
    add_term (query, "collection", event->collection);
  add_term (query, "record", event->record);

  return g_string_free (query, FALSE);
}

/**
 * weir_event_life_find_previous_async:
 * @history: where the events are
 * @event: one of them
 * @cancellable: (nullable): ends the search
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
weir_event_life_find_previous_async (WeirHistory *history,
                                     WeirEvent *event,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_HISTORY (history));
  g_return_if_fail (WEIR_IS_EVENT (event));

  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_event_life_find_previous_async);
  start (task, history, event, TRUE);
}

/**
 * weir_event_life_find_previous_finish:
 * @history: where the events are
 * @result: what the callback was given
 * @error: return location for a %WEIR_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the event before, or %NULL: @error says whether that is so because it failed
 */
WeirEvent *
weir_event_life_find_previous_finish (WeirHistory *history, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_event_life_list_async:
 * @history: where the events are
 * @event: one of them
 * @cancellable: (nullable): ends it
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
weir_event_life_list_async (WeirHistory *history,
                            WeirEvent *event,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WEIR_IS_HISTORY (history));
  g_return_if_fail (WEIR_IS_EVENT (event));

  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_event_life_list_async);
  start (task, history, event, FALSE);
}

/**
 * weir_event_life_list_finish:
 * @history: where the events are
 * @result: what the callback was given
 * @total: (out): how many events of the record there are
 * @error: return location for a %WEIR_HISTORY_ERROR
 *
 * Returns: (transfer full) (element-type WeirLifeEntry) (nullable): the newest of them, newest first
 */
GPtrArray *
weir_event_life_list_finish (WeirHistory *history,
                             GAsyncResult *result,
                             guint *total,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);
  g_return_val_if_fail (total != NULL, NULL);

  *total = ((Life *) g_task_get_task_data (G_TASK (result)))->total;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * weir_event_life_compare:
 * @before: the older event
 * @after: the newer event
 * @cancellable: (nullable): ends the work
 *
 * Returns: (transfer full) (nullable): what changed in the payload, or in all where neither has one; %NULL if it was cancelled
 */
WeirJsonDiff *
weir_event_life_compare (WeirEvent *before, WeirEvent *after, GCancellable *cancellable)
{
  WeirRecord *one;
  WeirRecord *other;
  gboolean payload;

  g_return_val_if_fail (WEIR_IS_EVENT (before), NULL);
  g_return_val_if_fail (WEIR_IS_EVENT (after), NULL);

  one = WEIR_RECORD (before);
  other = WEIR_RECORD (after);
  payload = weir_json_get_type (before->payload) != WEIR_JSON_ABSENT
            || weir_json_get_type (after->payload) != WEIR_JSON_ABSENT;

  return weir_json_diff_new (weir_record_get_raw (one),
                             payload ? before->payload : weir_record_get_json (one),
                             weir_record_get_raw (other),
                             payload ? after->payload : weir_record_get_json (other), cancellable);
}
