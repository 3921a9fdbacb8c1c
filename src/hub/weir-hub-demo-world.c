/* weir-hub-demo-world.c: the collections of records that the demo's systems hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-demo-world.h"

#include <string.h>

#include "weir-clock.h"

/* Of the hub's own; the element's id is COLLECTION/RECORD. */
#define RECORD_TYPE "demo-record"
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

typedef struct
{
  char *id;
  char *text;
  gint64 updated;
} Record;

typedef struct
{
  char *name;
  const WeirHubDemoKind *kind;
  GPtrArray *records; /* of Record, the latest changed last */
  guint size;
  guint weight;
} Collection;

struct _WeirHubDemoWorld
{
  WeirHubStore *store;
  GRand *rand;
  GPtrArray *collections;
  GHashTable *kept; /* name of a collection → GPtrArray of Record from an earlier run */
  guint total_weight;
};

static void
record_free (Record *record)
{
  g_free (record->id);
  g_free (record->text);
  g_free (record);
}

static void
collection_free (Collection *collection)
{
  g_free (collection->name);
  g_ptr_array_unref (collection->records);
  g_free (collection);
}

static int
compare_updated (gconstpointer a, gconstpointer b)
{
  const Record *one = *(Record *const *) a;
  const Record *other = *(Record *const *) b;

  if (one->updated == other->updated)
    return strcmp (one->id, other->id);
  return one->updated < other->updated ? -1 : 1;
}

static void
load_kept (WeirHubDemoWorld *self)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (RECORD_TYPE);
  g_autoptr (GPtrArray) documents = weir_hub_store_list (self->store, query);

  for (guint i = 0; i < documents->len; i++)
    {
      WeirHubDocument *document = documents->pdata[i];
      const char *slash = strrchr (document->id, '/');
      g_autofree char *name = g_strndup (document->id, (gsize) (slash - document->id));
      GPtrArray *records = g_hash_table_lookup (self->kept, name);
      Record *record = g_new0 (Record, 1);

      record->id = g_strdup (slash + 1);
      record->text = g_strdup (document->text);
      record->updated = weir_json_get_time (weir_json_get (document->json, "updated_at"));
      if (records == NULL)
        {
          records = g_ptr_array_new_with_free_func ((GDestroyNotify) record_free);
          g_hash_table_insert (self->kept, g_steal_pointer (&name), records);
        }
      g_ptr_array_add (records, record);
    }
}

static Collection *
find_collection (WeirHubDemoWorld *self, const char *name)
{
  for (guint i = 0; i < self->collections->len; i++)
    {
      Collection *collection = self->collections->pdata[i];

      if (strcmp (collection->name, name) == 0)
        return collection;
    }
  return NULL;
}

static void
keep (WeirHubDemoWorld *self, Collection *collection, Record *record)
{
  g_autofree char *id = g_strconcat (collection->name, "/", record->id, NULL);

  weir_hub_store_put (self->store, RECORD_TYPE, id, record->text, 0, NULL);
}

static Record *
make_record (WeirHubDemoWorld *self, Collection *collection, gint64 created, gint64 updated)
{
  Record *record = g_new0 (Record, 1);

  record->id = weir_hub_demo_kind_draw_id (collection->kind, self->rand);
  record->text =
      weir_hub_demo_kind_make (collection->kind, record->id, created, updated, self->rand);
  record->updated = updated;
  keep (self, collection, record);
  return record;
}

/* What was there when the story begins is some weeks old. */
static void
fill (WeirHubDemoWorld *self, Collection *collection)
{
  gint64 now = weir_clock_now ();

  for (guint i = 0; i < collection->size; i++)
    {
      gint64 created = now - (gint64) (g_rand_double_range (self->rand, 1, 40) * (double) DAY);
      gint64 updated = created + (gint64) (g_rand_double (self->rand) * (double) (now - created));

      g_ptr_array_add (collection->records, make_record (self, collection, created, updated));
    }
}

static Collection *
draw_collection (WeirHubDemoWorld *self)
{
  guint draw = (guint) g_rand_int_range (self->rand, 0, (gint32) self->total_weight);

  for (guint i = 0; i < self->collections->len; i++)
    {
      Collection *collection = self->collections->pdata[i];

      if (draw < collection->weight)
        return collection;
      draw -= collection->weight;
    }
  g_return_val_if_reached (NULL);
}

/* A collection neither runs dry nor grows for ever. */
static WeirHubDemoAction
draw_action (WeirHubDemoWorld *self, Collection *collection)
{
  if (collection->records->len > collection->size * 2)
    return WEIR_HUB_DEMO_DELETE;
  if (collection->records->len < collection->size / 2 + 1)
    return WEIR_HUB_DEMO_CREATE;
  return weir_hub_demo_kind_draw_action (collection->kind, self->rand);
}

/**
 * weir_hub_demo_world_new:
 * @store: where it is kept
 * @seed: what its chances come from
 *
 * Returns: (transfer full): a world without collections
 */
WeirHubDemoWorld *
weir_hub_demo_world_new (WeirHubStore *store, guint32 seed)
{
  WeirHubDemoWorld *self = g_new0 (WeirHubDemoWorld, 1);

  self->store = g_object_ref (store);
  self->rand = g_rand_new_with_seed (seed);
  self->collections = g_ptr_array_new_with_free_func ((GDestroyNotify) collection_free);
  self->kept =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  load_kept (self);
  return self;
}

/**
 * weir_hub_demo_world_free:
 * @self: (transfer full): a world
 */
void
weir_hub_demo_world_free (WeirHubDemoWorld *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->collections);
  g_hash_table_unref (self->kept);
  g_rand_free (self->rand);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * weir_hub_demo_world_get_rand:
 * @self: a world
 *
 * Returns: (transfer none): its chances
 */
GRand *
weir_hub_demo_world_get_rand (WeirHubDemoWorld *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rand;
}

/**
 * weir_hub_demo_world_add:
 * @self: a world
 * @collection: name of the collection
 * @kind: what its records are
 * @size: about how many
 * @weight: how often it changes, compared with the others
 */
void
weir_hub_demo_world_add (WeirHubDemoWorld *self,
                         const char *collection,
                         const char *kind,
                         guint size,
                         guint weight)
{
  Collection *added;
  GPtrArray *kept;

  g_return_if_fail (self != NULL);

  added = g_new0 (Collection, 1);
  added->name = g_strdup (collection);
  added->kind = weir_hub_demo_kind_find (kind);
  added->size = size;
  added->weight = weight;
  kept = g_hash_table_lookup (self->kept, collection);
  if (kept != NULL)
    added->records = g_ptr_array_ref (kept);
  else
    {
      added->records = g_ptr_array_new_with_free_func ((GDestroyNotify) record_free);
      fill (self, added);
    }
  g_ptr_array_sort (added->records, compare_updated);
  g_ptr_array_add (self->collections, added);
  self->total_weight += weight;
}

/**
 * weir_hub_demo_world_step:
 * @self: a world with collections
 * @step: (out caller-allocates): what happened
 */
void
weir_hub_demo_world_step (WeirHubDemoWorld *self, WeirHubDemoStep *step)
{
  Collection *collection;
  Record *record = NULL;
  gint64 now = weir_clock_now ();
  guint position;

  g_return_if_fail (self != NULL && self->total_weight > 0);
  g_return_if_fail (step != NULL);

  collection = draw_collection (self);
  step->collection = collection->name;
  step->action = draw_action (self, collection);
  step->record = NULL;
  position = collection->records->len > 0
                 ? (guint) g_rand_int_range (self->rand, 0, (gint32) collection->records->len)
                 : 0;
  switch (step->action)
    {
    case WEIR_HUB_DEMO_CREATE:
      record = make_record (self, collection, now, now);
      break;
    case WEIR_HUB_DEMO_UPDATE:
      {
        char *text;

        record = g_ptr_array_steal_index (collection->records, position);
        text = weir_hub_demo_kind_change (collection->kind, weir_hub_json_view (record->text), now,
                                          self->rand);
        g_free (record->text);
        record->text = text;
        record->updated = now;
        keep (self, collection, record);
        break;
      }
    case WEIR_HUB_DEMO_DELETE:
    default:
      {
        g_autofree char *id = NULL;

        record = collection->records->pdata[position];
        id = g_strconcat (collection->name, "/", record->id, NULL);
        weir_hub_store_remove (self->store, RECORD_TYPE, id, NULL);
        g_ptr_array_remove_index (collection->records, position);
        return;
      }
    }
  g_ptr_array_add (collection->records, record);
  step->record = record->text;
}

/**
 * weir_hub_demo_world_dup_records:
 * @self: a world
 * @collection: name of a collection
 *
 * Returns: (transfer full) (nullable): its records, a JSON array, the latest changed last
 */
char *
weir_hub_demo_world_dup_records (WeirHubDemoWorld *self, const char *collection)
{
  Collection *found;
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  found = find_collection (self, collection);
  if (found == NULL)
    return NULL;
  text = g_string_new ("[");
  for (guint i = 0; i < found->records->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append (text, ((Record *) found->records->pdata[i])->text);
    }
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}
