/* weir-record-list.c: the rows of a table: filtered, sorted, selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps a copy of the source's items and an index of those that pass the filter, in order, with their sort keys.
 * A few changes are worked into the index one by one; many make it anew.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-record-list.h"

#include "weir-sort-keys.h"

#include <math.h>
#include <string.h>

#define FRAME_MS 16
/* From so many changes on, making the index anew is cheaper than working them in. */
#define MAX_SINGLE_CHANGES 64

typedef struct
{
  WeirRow *row;     /* owned */
  double number;    /* sort key */
  GRefString *text; /* sort key, collated; (nullable) */
} Entry;

struct _WeirRecordList
{
  GObject parent_instance;

  GListModel *source;
  GPtrArray *mirror; /* (element-type GObject) the source's items as last told */
  GPtrArray *gone;   /* of the mirror, since the last flush */
  GPtrArray *come;
  gboolean rebuild; /* there was too much for gone and come */
  guint flush_id;

  GArray *entries;     /* of Entry */
  GtkBitset *selected; /* positions in entries */
  WeirItemFilter filter;
  gpointer filter_data;
  WeirSort sort;
  GHashTable *texts; /* weir-sort-keys, also of items that are left out */
};

enum
{
  ABOUT_TO_UPDATE,
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void weir_record_list_list_model_init (GListModelInterface *iface);
static void weir_record_list_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirRecordList,
                               weir_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      weir_record_list_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          weir_record_list_selection_model_init))

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->row);
  g_clear_pointer (&entry->text, g_ref_string_release);
}

static Entry *
get_entry (WeirRecordList *self, guint position)
{
  return &g_array_index (self->entries, Entry, position);
}

static gboolean
is_sorted (WeirRecordList *self)
{
  return self->sort.number != NULL || self->sort.text != NULL;
}

static void
set_keys (WeirRecordList *self, Entry *entry)
{
  gpointer item = weir_row_get_item (entry->row);

  g_clear_pointer (&entry->text, g_ref_string_release);
  entry->number = 0;
  if (self->sort.number != NULL)
    entry->number = self->sort.number (item, self->sort.user_data);
  else if (self->sort.text != NULL)
    entry->text = weir_sort_keys_dup (self->texts, &self->sort, item);
}

/* What has no key comes last in both directions; equals are ordered by what they are, so that news does not shuffle them. */
static int
compare_entries (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WeirRecordList *self = user_data;
  const Entry *one = a;
  const Entry *two = b;
  int order = 0;

  if (self->sort.number != NULL)
    {
      if (isnan (one->number) != isnan (two->number))
        return isnan (one->number) ? 1 : -1;
      order = (one->number > two->number) - (one->number < two->number);
    }
  else if (one->text == NULL || two->text == NULL)
    {
      if (one->text != two->text)
        return one->text == NULL ? 1 : -1;
    }
  else
    {
      order = strcmp (one->text, two->text);
    }

  if (order != 0)
    return self->sort.descending ? -order : order;

  return (int) (weir_item_hash (weir_row_get_item (one->row)) >> 1)
         - (int) (weir_item_hash (weir_row_get_item (two->row)) >> 1);
}

static gboolean
passes (WeirRecordList *self, gpointer item)
{
  return self->filter == NULL || self->filter (item, self->filter_data);
}

static guint
find_item_position (WeirRecordList *self, gpointer item)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (weir_row_get_item (get_entry (self, i)->row) == item)
        return i;
    }

  return G_MAXUINT;
}

/* The first position whose entry does not come before @entry. */
static guint
find_place (WeirRecordList *self, const Entry *entry)
{
  guint low = 0;
  guint high = self->entries->len;

  if (!is_sorted (self))
    return high;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_entries (get_entry (self, middle), entry, self) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
insert_row (WeirRecordList *self, WeirRow *row, gboolean selected)
{
  Entry entry = { g_object_ref (row), 0, NULL };
  guint position;

  set_keys (self, &entry);
  position = find_place (self, &entry);
  g_array_insert_val (self->entries, position, entry);
  gtk_bitset_splice (self->selected, position, 0, 1);
  if (selected)
    gtk_bitset_add (self->selected, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static gboolean
remove_row (WeirRecordList *self, guint position)
{
  gboolean selected = gtk_bitset_contains (self->selected, position);

  g_array_remove_index (self->entries, position);
  gtk_bitset_splice (self->selected, position, 1, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return selected;
}

static gboolean
is_in_order (WeirRecordList *self, guint position)
{
  Entry *entry = get_entry (self, position);

  if (!is_sorted (self))
    return TRUE;

  return (position == 0 || compare_entries (get_entry (self, position - 1), entry, self) <= 0)
         && (position + 1 == self->entries->len
             || compare_entries (entry, get_entry (self, position + 1), self) <= 0);
}

/* Returns: whether a selected row went away */
static gboolean
work_in_changes (WeirRecordList *self)
{
  g_autoptr (GHashTable) news = g_hash_table_new (weir_item_hash, weir_item_same);
  gboolean lost = FALSE;

  for (guint i = 0; i < self->come->len; i++)
    g_hash_table_add (news, g_ptr_array_index (self->come, i));

  for (guint i = 0; i < self->gone->len; i++)
    {
      gpointer old = g_ptr_array_index (self->gone, i);
      guint position = find_item_position (self, old);
      gpointer item = g_hash_table_lookup (news, old);

      if (position == G_MAXUINT)
        continue;

      if (item != NULL && passes (self, item))
        {
          g_autoptr (WeirRow) row = g_object_ref (get_entry (self, position)->row);

          g_hash_table_remove (news, item);
          weir_row_set_item (row, item);
          set_keys (self, get_entry (self, position));
          if (!is_in_order (self, position))
            insert_row (self, row, remove_row (self, position));
        }
      else
        {
          g_hash_table_remove (news, old);
          lost = remove_row (self, position) || lost;
        }
    }

  for (guint i = 0; i < self->come->len; i++)
    {
      gpointer item = g_ptr_array_index (self->come, i);

      if (g_hash_table_lookup (news, item) == item && passes (self, item))
        {
          g_autoptr (WeirRow) row = weir_row_new (item);

          insert_row (self, row, FALSE);
        }
    }

  return lost;
}

static GArray *
build_entries (WeirRecordList *self)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (weir_item_hash, weir_item_same);
  GArray *entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), self->mirror->len);

  g_array_set_clear_func (entries, clear_entry);
  for (guint i = 0; i < self->entries->len; i++)
    {
      WeirRow *row = get_entry (self, i)->row;

      g_hash_table_insert (rows, weir_row_get_item (row), row);
    }

  for (guint i = 0; i < self->mirror->len; i++)
    {
      gpointer item = g_ptr_array_index (self->mirror, i);
      WeirRow *row;
      Entry entry = { NULL, 0, NULL };

      if (!passes (self, item))
        continue;

      row = g_hash_table_lookup (rows, item);
      if (row != NULL)
        {
          /* taken, and out of the table before its item, which is the key, may go */
          g_hash_table_remove (rows, item);
          entry.row = g_object_ref (row);
          weir_row_set_item (row, item);
        }
      else
        {
          entry.row = weir_row_new (item);
        }
      set_keys (self, &entry);
      g_array_append_val (entries, entry);
    }

  if (is_sorted (self) && entries->len > 1)
    g_qsort_with_data (entries->data, (int) entries->len, sizeof (Entry), compare_entries, self);

  return entries;
}

/* Returns: whether a selected row went away */
static gboolean
rebuild (WeirRecordList *self)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) old = NULL;
  g_autoptr (GArray) entries = NULL;
  guint n_old = self->entries->len;
  guint n_chosen;
  guint head = 0;
  guint tail = 0;

  for (guint i = 0; i < n_old; i++)
    {
      if (gtk_bitset_contains (self->selected, i))
        g_hash_table_add (chosen, get_entry (self, i)->row);
    }
  n_chosen = g_hash_table_size (chosen);

  weir_sort_keys_limit (self->texts, self->mirror->len);
  entries = build_entries (self);
  while (head < n_old && head < entries->len
         && get_entry (self, head)->row == g_array_index (entries, Entry, head).row)
    head++;
  while (tail < n_old - head && tail < entries->len - head
         && get_entry (self, n_old - 1 - tail)->row
                == g_array_index (entries, Entry, entries->len - 1 - tail).row)
    tail++;

  /* From within rows without widgets GTK 4.8 takes the first ones instead. Up to some 200 rows all have one. */
  head = n_old > 100 && n_old - head - tail > 1 ? 0 : head;
  /* Removing and then adding, as two: a view that is told of one big change looks for every old row among all new ones. */
  if (head + tail < n_old || head + tail < entries->len)
    {
      old = g_array_ref (self->entries);
      if (head + tail < n_old)
        {
          GArray *kept = g_array_sized_new (FALSE, FALSE, sizeof (Entry), head + tail);

          g_array_append_vals (kept, old->data, head);
          g_array_append_vals (kept, &g_array_index (old, Entry, n_old - tail), tail);
          g_array_unref (self->entries);
          self->entries = kept; /* borrows what old holds */
          gtk_bitset_splice (self->selected, head, n_old - head - tail, 0);
          g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, 0);
        }
      g_array_unref (self->entries);
      self->entries = g_steal_pointer (&entries);
      gtk_bitset_remove_all (self->selected);
      for (guint i = 0; i < self->entries->len; i++)
        {
          if (g_hash_table_contains (chosen, get_entry (self, i)->row))
            gtk_bitset_add (self->selected, i);
        }
      if (head + tail < self->entries->len)
        g_list_model_items_changed (G_LIST_MODEL (self), head, 0, self->entries->len - head - tail);
    }
  else
    {
      /* the same rows in the same order; only the keys may be new */
      g_array_unref (self->entries);
      self->entries = g_steal_pointer (&entries);
    }

  return gtk_bitset_get_size (self->selected) != n_chosen;
}

static gboolean
flush_cb (gpointer user_data)
{
  WeirRecordList *self = user_data;

  self->flush_id = 0;
  weir_record_list_flush (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_flush (WeirRecordList *self)
{
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (FRAME_MS, flush_cb, self);
}

static void
source_changed_cb (WeirRecordList *self, guint position, guint removed, guint added)
{
  g_assert (position + removed <= self->mirror->len);

  if (!self->rebuild && self->gone->len + self->come->len + removed + added > MAX_SINGLE_CHANGES)
    self->rebuild = TRUE;
  /* what has no order of its own must keep the source's */
  if (!is_sorted (self) && !(removed == added) && position + removed != self->mirror->len)
    self->rebuild = TRUE;

  for (guint i = 0; i < removed && !self->rebuild; i++)
    {
      gpointer item = g_ptr_array_index (self->mirror, position + i);

      /* come and gone within the frame: nobody has seen it */
      if (!g_ptr_array_remove (self->come, item))
        g_ptr_array_add (self->gone, g_object_ref (item));
    }
  if (removed > 0)
    g_ptr_array_remove_range (self->mirror, position, removed);

  for (guint i = 0; i < added; i++)
    {
      gpointer item = g_list_model_get_item (self->source, position + i);

      g_ptr_array_insert (self->mirror, (int) (position + i), item);
      if (!self->rebuild)
        g_ptr_array_add (self->come, g_object_ref (item));
    }

  if (self->rebuild)
    {
      g_ptr_array_set_size (self->gone, 0);
      g_ptr_array_set_size (self->come, 0);
    }
  schedule_flush (self);
}

static GType
weir_record_list_get_item_type (GListModel *model)
{
  return WEIR_TYPE_ROW;
}

static guint
weir_record_list_get_n_items (GListModel *model)
{
  return WEIR_RECORD_LIST (model)->entries->len;
}

static gpointer
weir_record_list_get_item (GListModel *model, guint position)
{
  WeirRecordList *self = WEIR_RECORD_LIST (model);

  if (position >= self->entries->len)
    return NULL;

  return g_object_ref (get_entry (self, position)->row);
}

static void
weir_record_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_record_list_get_item_type;
  iface->get_n_items = weir_record_list_get_n_items;
  iface->get_item = weir_record_list_get_item;
}

static gboolean
weir_record_list_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (WEIR_RECORD_LIST (model)->selected, position);
}

static GtkBitset *
weir_record_list_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (WEIR_RECORD_LIST (model)->selected);
}

static gboolean
weir_record_list_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  WeirRecordList *self = WEIR_RECORD_LIST (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);

  /* among the masked ones, those whose state differs, within the list */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (self->entries->len < G_MAXUINT)
    gtk_bitset_remove_range_closed (changes, self->entries->len, G_MAXUINT);
  if (gtk_bitset_is_empty (changes))
    return TRUE;

  gtk_bitset_difference (self->selected, changes);
  gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (changes),
                                         gtk_bitset_get_maximum (changes)
                                             - gtk_bitset_get_minimum (changes) + 1);

  return TRUE;
}

/* The other functions of the interface are made from these three. */
static void
weir_record_list_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = weir_record_list_is_selected;
  iface->get_selection_in_range = weir_record_list_get_selection_in_range;
  iface->set_selection = weir_record_list_set_selection;
}

static void
weir_record_list_dispose (GObject *object)
{
  WeirRecordList *self = WEIR_RECORD_LIST (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
  g_ptr_array_set_size (self->mirror, 0);
  g_ptr_array_set_size (self->gone, 0);
  g_ptr_array_set_size (self->come, 0);
  g_hash_table_remove_all (self->texts);
  self->filter = NULL;

  G_OBJECT_CLASS (weir_record_list_parent_class)->dispose (object);
}

static void
weir_record_list_finalize (GObject *object)
{
  WeirRecordList *self = WEIR_RECORD_LIST (object);

  g_ptr_array_unref (self->mirror);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->come);
  g_hash_table_unref (self->texts);
  g_array_unref (self->entries);
  gtk_bitset_unref (self->selected);

  G_OBJECT_CLASS (weir_record_list_parent_class)->finalize (object);
}

static void
weir_record_list_class_init (WeirRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = { "about-to-update", "updated" };

  object_class->dispose = weir_record_list_dispose;
  object_class->finalize = weir_record_list_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_record_list_init (WeirRecordList *self)
{
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  self->gone = g_ptr_array_new_with_free_func (g_object_unref);
  self->come = g_ptr_array_new_with_free_func (g_object_unref);
  self->texts = weir_sort_keys_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->selected = gtk_bitset_new_empty ();
}

/**
 * weir_record_list_new:
 * @source: (transfer none): a model of records, error groups or other objects
 *
 * Returns: (transfer full): all of @source in its order
 */
WeirRecordList *
weir_record_list_new (GListModel *source)
{
  WeirRecordList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (source), NULL);

  self = g_object_new (WEIR_TYPE_RECORD_LIST, NULL);
  self->source = g_object_ref (source);
  g_signal_connect_swapped (source, "items-changed", G_CALLBACK (source_changed_cb), self);
  source_changed_cb (self, 0, 0, g_list_model_get_n_items (source));
  self->rebuild = TRUE;
  weir_record_list_flush (self);

  return self;
}

/**
 * weir_record_list_set_filter:
 * @self: a list
 * @filter: (nullable): says which items are shown
 * @user_data: for @filter, must outlive @self or the next call
 */
void
weir_record_list_set_filter (WeirRecordList *self, WeirItemFilter filter, gpointer user_data)
{
  g_return_if_fail (WEIR_IS_RECORD_LIST (self));

  self->filter = filter;
  self->filter_data = user_data;
  weir_record_list_refilter (self);
}

/**
 * weir_record_list_refilter:
 * @self: a list
 *
 * What the filter says has changed: asks it again for every item.
 */
void
weir_record_list_refilter (WeirRecordList *self)
{
  g_return_if_fail (WEIR_IS_RECORD_LIST (self));

  self->rebuild = TRUE;
  weir_record_list_flush (self);
}

/**
 * weir_record_list_resort:
 * @self: a list
 *
 * What it is sorted by has changed though the items have not: asks for every item's key again.
 */
void
weir_record_list_resort (WeirRecordList *self)
{
  g_return_if_fail (WEIR_IS_RECORD_LIST (self));

  g_hash_table_remove_all (self->texts);
  weir_record_list_refilter (self);
}

/**
 * weir_record_list_set_sort:
 * @self: a list
 * @sort: (nullable): by what; %NULL for the source's order
 */
void
weir_record_list_set_sort (WeirRecordList *self, const WeirSort *sort)
{
  g_return_if_fail (WEIR_IS_RECORD_LIST (self));

  self->sort = sort != NULL ? *sort : (WeirSort){ 0 };
  weir_record_list_resort (self);
}

/**
 * weir_record_list_flush:
 * @self: a list
 *
 * Takes over now what changed in the source, without waiting for the frame.
 */
void
weir_record_list_flush (WeirRecordList *self)
{
  gboolean lost = FALSE;

  g_return_if_fail (WEIR_IS_RECORD_LIST (self));

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (!self->rebuild && self->gone->len + self->come->len == 0)
    return;

  g_signal_emit (self, signals[ABOUT_TO_UPDATE], 0);
  lost = self->rebuild ? rebuild (self) : work_in_changes (self);
  self->rebuild = FALSE;
  g_ptr_array_set_size (self->gone, 0);
  g_ptr_array_set_size (self->come, 0);
  if (lost && self->entries->len > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->entries->len);
  g_signal_emit (self, signals[UPDATED], 0);
}

/**
 * weir_record_list_get_total:
 * @self: a list
 *
 * Returns: how many items there are, with those that are filtered out
 */
guint
weir_record_list_get_total (WeirRecordList *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), 0);

  return self->mirror->len;
}

/**
 * weir_record_list_get:
 * @self: a list
 * @position: a position
 *
 * Returns: (transfer none) (nullable): the item there
 */
gpointer
weir_record_list_get (WeirRecordList *self, guint position)
{
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), NULL);

  if (position >= self->entries->len)
    return NULL;

  return weir_row_get_item (get_entry (self, position)->row);
}

/**
 * weir_record_list_find:
 * @self: a list
 * @item: any version of an item
 *
 * Returns: where it is, or %G_MAXUINT
 */
guint
weir_record_list_find (WeirRecordList *self, gpointer item)
{
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (weir_item_same (weir_record_list_get (self, i), item))
        return i;
    }

  return G_MAXUINT;
}

/**
 * weir_record_list_list_selected:
 * @self: a list
 *
 * Returns: (transfer full) (element-type GObject): the selected items in the order of the rows
 */
GPtrArray *
weir_record_list_list_selected (WeirRecordList *self)
{
  GPtrArray *items;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), NULL);

  items = g_ptr_array_new_with_free_func (g_object_unref);
  if (gtk_bitset_iter_init_first (&iter, self->selected, &position))
    {
      do
        g_ptr_array_add (items, g_object_ref (weir_record_list_get (self, position)));
      while (gtk_bitset_iter_next (&iter, &position));
    }

  return items;
}

/**
 * weir_record_list_get_single:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the selected item if exactly one is
 */
gpointer
weir_record_list_get_single (WeirRecordList *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), NULL);

  if (gtk_bitset_get_size (self->selected) != 1)
    return NULL;

  return weir_record_list_get (self, gtk_bitset_get_minimum (self->selected));
}

/**
 * weir_record_list_count_selected:
 * @self: a list
 *
 * Returns: how many rows are selected
 */
guint
weir_record_list_count_selected (WeirRecordList *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), 0);

  return (guint) gtk_bitset_get_size (self->selected);
}

/**
 * weir_record_list_list_all:
 * @self: a list
 *
 * Returns: (transfer full) (element-type GObject): all items, with those that are filtered out
 */
GPtrArray *
weir_record_list_list_all (WeirRecordList *self)
{
  g_return_val_if_fail (WEIR_IS_RECORD_LIST (self), NULL);

  return g_ptr_array_copy (self->mirror, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
}
