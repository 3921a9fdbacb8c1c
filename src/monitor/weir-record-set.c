/* weir-record-set.c: the records of one kind that are known now, over all accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-record-set.h"

/* A refresh that differs in more runs than this is told as one: each run of removals renumbers the
 * rest. */
#define MAX_RUNS 100

/* What a record is found by: it points into the record, so it lives as long as its entry. */
typedef struct
{
  const char *uuid;
  const char *id;
  WeirRecord *record;
  guint position;
  gboolean keep; /* scratch of a refresh */
} Entry;

struct _WeirRecordSet
{
  GObject parent_instance;

  GPtrArray *entries; /* (element-type Entry) */
  GHashTable *table;  /* Entry → itself */
  gboolean watched;
};

enum
{
  REMOVED,
  WATCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirRecordSet,
                               weir_record_set,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static guint
entry_hash (gconstpointer key)
{
  const Entry *entry = key;

  return g_str_hash (entry->uuid) * 31 + g_str_hash (entry->id);
}

static gboolean
entry_equal (gconstpointer one, gconstpointer other)
{
  const Entry *a = one, *b = other;

  return g_str_equal (a->id, b->id) && g_str_equal (a->uuid, b->uuid);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->record);
  g_free (entry);
}

static Entry *
find (WeirRecordSet *self, WeirAccount *account, const char *id)
{
  Entry key = { .uuid = account->uuid, .id = id };

  return g_hash_table_lookup (self->table, &key);
}

static void
append (WeirRecordSet *self, WeirRecord *record)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->record = g_object_ref (record);
  entry->uuid = weir_record_get_account (record)->uuid;
  entry->id = weir_record_get_id (record);
  entry->position = self->entries->len;
  entry->keep = TRUE;
  g_ptr_array_add (self->entries, entry);
  g_hash_table_add (self->table, entry);
}

/* The account of a record counts too: it may have been renamed. */
static gboolean
differs (WeirRecord *one, WeirRecord *other)
{
  return one != other
         && (weir_record_get_account (one) != weir_record_get_account (other)
             || weir_record_changed (one, other));
}

static void
replace (WeirRecordSet *self, Entry *entry, WeirRecord *record)
{
  /* The keys point into the record: out of the table while it is exchanged. */
  g_hash_table_steal (self->table, entry);
  g_set_object (&entry->record, record);
  entry->uuid = weir_record_get_account (record)->uuid;
  entry->id = weir_record_get_id (record);
  g_hash_table_add (self->table, entry);
}

static void
renumber (WeirRecordSet *self, guint from)
{
  for (guint i = from; i < self->entries->len; i++)
    ((Entry *) self->entries->pdata[i])->position = i;
}

/* Takes the entries of the run that are not to be kept out of it, and adds their records to those
 * that are gone; returns how many are left. */
static guint
shorten_run (WeirRecordSet *self, guint start, guint end, GPtrArray *gone)
{
  guint left = start;

  for (guint i = start; i < end; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->keep)
        {
          /* swapped, so that those to be dropped end up behind */
          self->entries->pdata[i] = self->entries->pdata[left];
          self->entries->pdata[left++] = entry;
        }
      else
        {
          g_hash_table_steal (self->table, entry);
          g_ptr_array_add (gone, g_object_ref (entry->record));
        }
    }

  if (left < end)
    {
      g_ptr_array_remove_range (self->entries, left, end - left);
      renumber (self, start);
    }

  return left - start;
}

static void
emit_removed (WeirRecordSet *self, GPtrArray *gone)
{
  for (guint i = 0; i < gone->len; i++)
    g_signal_emit (self, signals[REMOVED], 0, gone->pdata[i]);
}

typedef struct
{
  guint start;
  guint end;
} Run;

static GType
weir_record_set_get_item_type (GListModel *model)
{
  return WEIR_TYPE_RECORD;
}

static guint
weir_record_set_get_n_items (GListModel *model)
{
  return WEIR_RECORD_SET (model)->entries->len;
}

static gpointer
weir_record_set_get_item (GListModel *model, guint position)
{
  WeirRecordSet *self = WEIR_RECORD_SET (model);

  if (position >= self->entries->len)
    return NULL;

  return g_object_ref (((Entry *) self->entries->pdata[position])->record);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_record_set_get_item_type;
  iface->get_n_items = weir_record_set_get_n_items;
  iface->get_item = weir_record_set_get_item;
}

static void
weir_record_set_finalize (GObject *object)
{
  WeirRecordSet *self = WEIR_RECORD_SET (object);

  g_hash_table_unref (self->table);
  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (weir_record_set_parent_class)->finalize (object);
}

static void
weir_record_set_class_init (WeirRecordSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_record_set_finalize;

  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, WEIR_TYPE_RECORD);
  signals[WATCHED] = g_signal_new ("watched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_record_set_init (WeirRecordSet *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->table = g_hash_table_new (entry_hash, entry_equal);
  self->watched = TRUE;
}

/**
 * weir_record_set_new:
 *
 * Returns: (transfer full): an empty set
 */
WeirRecordSet *
weir_record_set_new (void)
{
  return g_object_new (WEIR_TYPE_RECORD_SET, NULL);
}

/**
 * weir_record_set_find:
 *
 * Returns: (transfer none) (nullable): the account's record of that id
 */
WeirRecord *
weir_record_set_find (WeirRecordSet *self, WeirAccount *account, const char *id)
{
  Entry *entry;

  g_return_val_if_fail (WEIR_IS_RECORD_SET (self), NULL);
  g_return_val_if_fail (WEIR_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  entry = find (self, account, id);

  return entry != NULL ? entry->record : NULL;
}

/**
 * weir_record_set_put:
 *
 * Adds @record, or replaces the one with the same account and id if it is different.
 */
void
weir_record_set_put (WeirRecordSet *self, WeirRecord *record)
{
  Entry *entry;

  g_return_if_fail (WEIR_IS_RECORD_SET (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  entry = find (self, weir_record_get_account (record), weir_record_get_id (record));
  if (entry == NULL)
    {
      append (self, record);
      g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);
    }
  else if (differs (entry->record, record))
    {
      replace (self, entry, record);
      g_list_model_items_changed (G_LIST_MODEL (self), entry->position, 1, 1);
    }
}

/**
 * weir_record_set_remove:
 * @record: a record, or an older or newer state of it
 *
 * Removes the record with the account and id of @record, if it is there.
 */
void
weir_record_set_remove (WeirRecordSet *self, WeirRecord *record)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  Entry *entry;
  guint position;

  g_return_if_fail (WEIR_IS_RECORD_SET (self));
  g_return_if_fail (WEIR_IS_RECORD (record));

  entry = find (self, weir_record_get_account (record), weir_record_get_id (record));
  if (entry == NULL)
    return;

  position = entry->position;
  entry->keep = FALSE;
  shorten_run (self, position, position + 1, gone);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  emit_removed (self, gone);
}

/**
 * weir_record_set_refresh:
 * @records: (element-type WeirRecord): all that @account has now
 *
 * Makes the records of @account those of @records and tells only of what is different: changed and
 * removed ones where they stand, in as few runs as there are, and then the new ones at the end.
 */
void
weir_record_set_refresh (WeirRecordSet *self, WeirAccount *account, GPtrArray *records)
{
  g_autoptr (GHashTable) changed = NULL; /* Entry → WeirRecord, as it is now */
  g_autoptr (GPtrArray) new_records = NULL;
  g_autoptr (GHashTable) new_ids = NULL; /* id → place in new_records */
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  guint n_known;

  g_return_if_fail (WEIR_IS_RECORD_SET (self));
  g_return_if_fail (WEIR_IS_ACCOUNT (account));
  g_return_if_fail (records != NULL);

  changed = g_hash_table_new (NULL, NULL);
  new_records = g_ptr_array_new ();
  new_ids = g_hash_table_new (g_str_hash, g_str_equal);
  runs = g_array_new (FALSE, FALSE, sizeof (Run));
  gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      entry->keep = !g_str_equal (entry->uuid, account->uuid);
    }

  for (guint i = 0; i < records->len; i++)
    {
      WeirRecord *record = records->pdata[i];
      Entry *entry = find (self, account, weir_record_get_id (record));
      gpointer place;

      /* One that moved between two pages of a list comes twice: the later is the newer. */
      if (entry != NULL)
        {
          entry->keep = TRUE;
          if (differs (entry->record, record))
            g_hash_table_insert (changed, entry, record);
          else
            g_hash_table_remove (changed, entry);
        }
      else if (g_hash_table_lookup_extended (new_ids, weir_record_get_id (record), NULL, &place))
        {
          new_records->pdata[GPOINTER_TO_UINT (place)] = record;
        }
      else
        {
          g_hash_table_insert (new_ids, (char *) weir_record_get_id (record),
                               GUINT_TO_POINTER (new_records->len));
          g_ptr_array_add (new_records, record);
        }
    }

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];
      Run *last = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;
      Run run = { i, i + 1 };

      if (entry->keep && !g_hash_table_contains (changed, entry))
        continue;
      if (last != NULL && last->end == i)
        last->end++;
      else
        g_array_append_val (runs, run);
    }

  if (runs->len > MAX_RUNS)
    {
      g_array_index (runs, Run, 0).end = g_array_index (runs, Run, runs->len - 1).end;
      g_array_set_size (runs, 1);
    }

  /* From the end, so that the places of the runs before stay true. */
  for (guint i = runs->len; i > 0; i--)
    {
      Run run = g_array_index (runs, Run, i - 1);
      guint left;

      for (guint j = run.start; j < run.end; j++)
        {
          Entry *entry = self->entries->pdata[j];
          WeirRecord *record = g_hash_table_lookup (changed, entry);

          if (record != NULL)
            replace (self, entry, record);
        }
      left = shorten_run (self, run.start, run.end, gone);
      g_list_model_items_changed (G_LIST_MODEL (self), run.start, run.end - run.start, left);
    }

  n_known = self->entries->len;
  for (guint i = 0; i < new_records->len; i++)
    append (self, new_records->pdata[i]);
  if (new_records->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_known, 0, new_records->len);
  emit_removed (self, gone);
}

/**
 * weir_record_set_list:
 *
 * Returns: (transfer full) (element-type WeirRecord): the records now
 */
GPtrArray *
weir_record_set_list (WeirRecordSet *self)
{
  GPtrArray *records;

  g_return_val_if_fail (WEIR_IS_RECORD_SET (self), NULL);

  records = g_ptr_array_new_full (self->entries->len, g_object_unref);
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (records, g_object_ref (((Entry *) self->entries->pdata[i])->record));

  return records;
}

/**
 * weir_record_set_set_watched:
 * @watched: whether somebody looks at records of this kind now
 */
void
weir_record_set_set_watched (WeirRecordSet *self, gboolean watched)
{
  g_return_if_fail (WEIR_IS_RECORD_SET (self));

  if (self->watched == !!watched)
    return;
  self->watched = !!watched;
  if (self->watched)
    g_signal_emit (self, signals[WATCHED], 0);
}

/**
 * weir_record_set_is_watched:
 *
 * Returns: whether somebody looks at them now
 */
gboolean
weir_record_set_is_watched (WeirRecordSet *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD_SET (self), FALSE);

  return self->watched;
}
