/* weir-timeline-cache.c: the timeline's rows that are wanted, loaded block by block
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-cache.h"

#include "weir-timeline-item.h"

/* A view has some 205 rows. */
#define MIN_ROWS 256
#define MAX_ROWS 1024
#define MAX_BYTES (32 * 1024 * 1024)
#define BLOCK 64

typedef struct
{
  gint64 id; /* the key */
  WeirRow *row;
  GList link;      /* in used */
  gsize size;      /* of the event's bytes */
  gboolean wanted; /* stands in the queue */
  gboolean loading;
  gboolean again; /* what is loading may be as it was before */
} Entry;

struct _WeirTimelineCache
{
  GObject parent_instance;

  WeirHistory *history;
  GHashTable *entries; /* id → Entry */
  GQueue used;         /* Entry, the one used last first */
  gsize size;
  GQueue wanted; /* ids, what was asked for last first: it is what is seen now */
  gboolean loading;
  guint start_id;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WeirTimelineCache, weir_timeline_cache, G_TYPE_OBJECT)

static void start (WeirTimelineCache *self);
static void want (WeirTimelineCache *self, Entry *entry);

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->row);
  g_free (entry);
}

/* Nobody but the cache has it: it was scrolled past. */
static gboolean
is_unused (Entry *entry)
{
  return G_OBJECT (entry->row)->ref_count == 1;
}

static void
forget (WeirTimelineCache *self, Entry *entry)
{
  g_queue_unlink (&self->used, &entry->link);
  self->size -= entry->size;
  g_hash_table_remove (self->entries, &entry->id);
}

static void
trim (WeirTimelineCache *self)
{
  while (self->used.length > MAX_ROWS || (self->size > MAX_BYTES && self->used.length > MIN_ROWS))
    forget (self, self->used.tail->data);
}

static void
fill (WeirTimelineCache *self, Entry *entry, WeirEvent *event)
{
  WeirTimelineItem *item = weir_row_get_item (entry->row);
  g_autoptr (WeirTimelineItem) loaded =
      weir_timeline_item_new (item->id, item->time, item->account, event, item->late);

  self->size -= entry->size;
  entry->size = g_bytes_get_size (weir_record_get_raw (WEIR_RECORD (event)));
  self->size += entry->size;
  weir_row_set_item (entry->row, loaded);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WeirTimelineCache *self = g_task_get_source_object (task);
  GArray *ids = g_task_get_task_data (task);
  g_autoptr (GPtrArray) events = weir_history_load_finish (WEIR_HISTORY (source), result, NULL);

  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  for (guint i = 0; i < ids->len; i++)
    {
      Entry *entry = g_hash_table_lookup (self->entries, &g_array_index (ids, gint64, i));

      if (entry == NULL)
        continue;
      entry->loading = FALSE;
      if (entry->again)
        want (self, entry);
      entry->again = FALSE;
      /* where one is gone, it cannot be told which: the next look at the history leaves it out */
      if (events != NULL && events->len == ids->len)
        fill (self, entry, g_ptr_array_index (events, i));
    }
  trim (self);
  start (self);
}

static void
start (WeirTimelineCache *self)
{
  g_autoptr (GArray) ids = NULL;
  GTask *task;

  if (self->loading)
    return;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (ids->len < BLOCK && self->wanted.length > 0)
    {
      g_autofree gint64 *id = g_queue_pop_head (&self->wanted);
      Entry *entry = g_hash_table_lookup (self->entries, id);

      if (entry == NULL)
        continue;
      entry->wanted = FALSE;
      if (is_unused (entry) && WEIR_TIMELINE_ITEM (weir_row_get_item (entry->row))->event == NULL)
        {
          forget (self, entry);
          continue;
        }
      entry->loading = TRUE;
      g_array_append_val (ids, *id);
    }
  if (ids->len == 0)
    return;

  self->loading = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_array_ref (ids), (GDestroyNotify) g_array_unref);
  weir_history_load_async (self->history, (const gint64 *) (gpointer) ids->data, ids->len,
                           self->cancellable, load_cb, task);
}

static gboolean
start_cb (gpointer user_data)
{
  WeirTimelineCache *self = user_data;

  self->start_id = 0;
  start (self);

  return G_SOURCE_REMOVE;
}

/* Soon: a view asks for many rows in a row. */
static void
want (WeirTimelineCache *self, Entry *entry)
{
  if (entry->wanted || entry->loading)
    return;

  entry->wanted = TRUE;
  g_queue_push_head (&self->wanted, g_memdup2 (&entry->id, sizeof entry->id));
  if (self->start_id == 0)
    self->start_id = g_idle_add_full (G_PRIORITY_DEFAULT, start_cb, self, NULL);
}

static void
weir_timeline_cache_dispose (GObject *object)
{
  WeirTimelineCache *self = WEIR_TIMELINE_CACHE (object);

  g_clear_handle_id (&self->start_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->wanted, g_free);

  G_OBJECT_CLASS (weir_timeline_cache_parent_class)->dispose (object);
}

static void
weir_timeline_cache_finalize (GObject *object)
{
  WeirTimelineCache *self = WEIR_TIMELINE_CACHE (object);

  g_hash_table_unref (self->entries);
  g_object_unref (self->cancellable);
  g_object_unref (self->history);

  G_OBJECT_CLASS (weir_timeline_cache_parent_class)->finalize (object);
}

static void
weir_timeline_cache_class_init (WeirTimelineCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_timeline_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_timeline_cache_finalize;
}

static void
weir_timeline_cache_init (WeirTimelineCache *self)
{
  self->entries =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) entry_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_timeline_cache_new:
 * @history: has the events
 *
 * Returns: (transfer full): an empty cache
 */
WeirTimelineCache *
weir_timeline_cache_new (WeirHistory *history)
{
  WeirTimelineCache *self;

  g_return_val_if_fail (WEIR_IS_HISTORY (history), NULL);

  self = g_object_new (WEIR_TYPE_TIMELINE_CACHE, NULL);
  self->history = g_object_ref (history);

  return self;
}

static Entry *
get_entry (WeirTimelineCache *self, WeirHistoryIndex *index, guint place)
{
  gint64 id = weir_history_index_get_id (index, place);
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry != NULL)
    {
      g_queue_unlink (&self->used, &entry->link);
      g_queue_push_head_link (&self->used, &entry->link);
    }
  else
    {
      const WeirFacet *facet = weir_history_index_get_facet (index, place);
      guint group = weir_history_index_get_group (index, place);
      g_autoptr (WeirTimelineItem) item =
          weir_timeline_item_new (id, weir_history_index_get_time (index, place),
                                  weir_history_index_get_account (index, group), NULL,
                                  facet != NULL && (facet->flags & WEIR_FACET_LATE) != 0);

      entry = g_new0 (Entry, 1);
      entry->id = id;
      entry->row = weir_row_new (item);
      entry->link.data = entry;
      g_hash_table_insert (self->entries, &entry->id, entry);
      g_queue_push_head_link (&self->used, &entry->link);
      trim (self);
    }

  return entry;
}

/**
 * weir_timeline_cache_get:
 * @self: the cache
 * @index: an answer of the history
 * @place: an event's place in it
 *
 * Returns: (transfer full): its row, the same one as long as somebody has it; its item has no event until that is loaded
 */
WeirRow *
weir_timeline_cache_get (WeirTimelineCache *self, WeirHistoryIndex *index, guint place)
{
  Entry *entry;

  g_return_val_if_fail (WEIR_IS_TIMELINE_CACHE (self), NULL);

  entry = get_entry (self, index, place);
  if (WEIR_TIMELINE_ITEM (weir_row_get_item (entry->row))->event == NULL)
    want (self, entry);

  return g_object_ref (entry->row);
}

/**
 * weir_timeline_cache_put:
 * @self: the cache
 * @index: an answer of the history
 * @place: an event's place in it
 * @event: the event
 */
void
weir_timeline_cache_put (WeirTimelineCache *self,
                         WeirHistoryIndex *index,
                         guint place,
                         WeirEvent *event)
{
  Entry *entry;

  g_return_if_fail (WEIR_IS_TIMELINE_CACHE (self));
  g_return_if_fail (WEIR_IS_EVENT (event));

  entry = get_entry (self, index, place);
  if (WEIR_TIMELINE_ITEM (weir_row_get_item (entry->row))->event == NULL)
    {
      fill (self, entry, event);
      trim (self);
    }
}

/**
 * weir_timeline_cache_renew:
 * @self: the cache
 *
 * An event whose flows have not ended may have changed: those that are seen are loaded again, the others forgotten.
 */
void
weir_timeline_cache_renew (WeirTimelineCache *self)
{
  GList *next;

  g_return_if_fail (WEIR_IS_TIMELINE_CACHE (self));

  for (GList *l = self->used.head; l != NULL; l = next)
    {
      Entry *entry = l->data;
      WeirEvent *event = WEIR_TIMELINE_ITEM (weir_row_get_item (entry->row))->event;

      next = l->next;
      entry->again = entry->loading;
      if (event == NULL || event->status == NULL || g_str_equal (event->status, "success")
          || g_str_equal (event->status, "error"))
        continue;
      if (is_unused (entry))
        forget (self, entry);
      else
        want (self, entry);
    }
}

/**
 * weir_timeline_cache_count:
 * @self: the cache
 *
 * Returns: the number of rows it keeps
 */
guint
weir_timeline_cache_count (WeirTimelineCache *self)
{
  g_return_val_if_fail (WEIR_IS_TIMELINE_CACHE (self), 0);

  return self->used.length;
}
