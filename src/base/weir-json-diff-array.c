/* weir-json-diff-array.c: what changed from one array to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-diff-private.h"

#include "weir-json-align.h"
#include "weir-json-compare.h"

#define NONE WEIR_JSON_ALIGN_NONE

typedef struct
{
  WeirJson value;
  WeirJson id;   /* absent unless all have one */
  guint64 hash;  /* of the id, or of the value */
  guint partner; /* in the other array, or NONE */
  gboolean moved;
} Item;

/* What an item may be known by, the surest first. */
static const char *const id_names[] = { "id", "_id", "ID", "Id", "uuid", "key", "name" };

static GArray *
collect_items (WeirJson array)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));
  Item item = { .partner = NONE };
  WeirJsonIter iter;

  weir_json_iter_init (&iter, array);
  while (items->len <= WEIR_JSON_DIFF_MAX_MEMBERS && weir_json_iter_next (&iter, NULL, &item.value))
    g_array_append_val (items, item);
  return items;
}

static gboolean
has_unique_ids (GArray *items, const char *name)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);
      WeirJsonType type;

      item->id = weir_json_get (item->value, name);
      type = weir_json_get_type (item->id);
      if (type != WEIR_JSON_STRING && type != WEIR_JSON_NUMBER)
        return FALSE;
      item->hash = weir_json_hash (item->id);
      if (!g_hash_table_add (seen, &item->hash))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_ids (GArray *before, GArray *after)
{
  for (guint i = 0; i < G_N_ELEMENTS (id_names); i++)
    if (has_unique_ids (before, id_names[i]) && has_unique_ids (after, id_names[i]))
      return TRUE;
  return FALSE;
}

static void
take_hashes (GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      item->id = (WeirJson){ NULL, 0 };
      item->hash = weir_json_hash (item->value);
    }
}

static guint64 *
dup_hashes (GArray *items)
{
  guint64 *hashes = g_new (guint64, items->len + 1);

  for (guint i = 0; i < items->len; i++)
    hashes[i] = g_array_index (items, Item, i).hash;
  return hashes;
}

static void
pair (GArray *before, guint i, GArray *after, guint j, gboolean moved)
{
  Item *one = &g_array_index (before, Item, i);
  Item *other = &g_array_index (after, Item, j);

  one->partner = j;
  other->partner = i;
  one->moved = other->moved = moved;
}

static void
pair_in_order (GArray *before, GArray *after)
{
  g_autofree guint64 *before_hashes = dup_hashes (before);
  g_autofree guint64 *after_hashes = dup_hashes (after);
  g_autofree guint *partners =
      weir_json_align (before_hashes, before->len, after_hashes, after->len);

  for (guint i = 0; i < before->len; i++)
    if (partners[i] != NONE)
      pair (before, i, after, partners[i], FALSE);
}

/* What is in both and did not keep its order. */
static void
pair_moved (GArray *before, GArray *after)
{
  g_autoptr (GHashTable) left = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = before->len; i-- > 0;)
    {
      Item *item = &g_array_index (before, Item, i);

      /* of several the first is found, the others are gone or new */
      if (item->partner == NONE)
        g_hash_table_insert (left, &item->hash, GUINT_TO_POINTER (i + 1));
    }
  for (guint j = 0; j < after->len; j++)
    {
      Item *item = &g_array_index (after, Item, j);
      guint i = 0;

      if (item->partner == NONE)
        i = GPOINTER_TO_UINT (g_hash_table_lookup (left, &item->hash));
      if (i == 0)
        continue;
      g_hash_table_remove (left, &item->hash);
      pair (before, i - 1, after, j, TRUE);
    }
}

/* Between two that go together what has no partner is taken for changed, in turn, if it is of one form. */
static void
pair_changed (GArray *before, GArray *after)
{
  guint i = 0;
  guint j = 0;

  while (i < before->len && j < after->len)
    {
      Item *one = &g_array_index (before, Item, i);
      Item *other = &g_array_index (after, Item, j);

      if (one->partner != NONE && !one->moved && other->partner != NONE && !other->moved)
        {
          i++;
          j++;
        }
      else if (one->moved || (one->partner == NONE && other->partner != NONE && !other->moved))
        i++;
      else if (other->moved || (other->partner == NONE && one->partner != NONE))
        j++;
      else
        {
          WeirJsonType type = weir_json_get_type (one->value);
          WeirJsonType other_type = weir_json_get_type (other->value);

          if (type == other_type || (type < WEIR_JSON_ARRAY && other_type < WEIR_JSON_ARRAY))
            pair (before, i, after, j, FALSE);
          i++;
          j++;
        }
    }
}

/* Those that are gone, up to the next one that kept its order. */
static void
report_removed (WeirJsonDiffing *self, WeirJsonChange *parent, GArray *before, guint *next)
{
  for (; *next < before->len && !self->stop; (*next)++)
    {
      Item *item = &g_array_index (before, Item, *next);
      WeirJsonChange *change;

      if (item->moved)
        continue;
      if (item->partner != NONE)
        return;
      change = weir_json_diffing_add (self, WEIR_JSON_CHANGE_REMOVED, parent, item->value,
                                      (WeirJson){ NULL, 0 });
      if (change == NULL)
        return;
      change->before_index = *next;
      change->id = item->id;
    }
}

static void
report_added (WeirJsonDiffing *self, WeirJsonChange *parent, Item *item, guint index)
{
  WeirJsonChange *change = weir_json_diffing_add (self, WEIR_JSON_CHANGE_ADDED, parent,
                                                  (WeirJson){ NULL, 0 }, item->value);

  if (change == NULL)
    return;
  change->after_index = index;
  change->id = item->id;
}

static void
report (WeirJsonDiffing *self, WeirJsonChange *parent, GArray *before, GArray *after)
{
  guint next = 0;

  for (guint j = 0; j < after->len && !self->stop; j++)
    {
      Item *item = &g_array_index (after, Item, j);
      WeirJsonChange place = {
        .after = item->value, .after_index = j, .before_index = item->partner, .id = item->id
      };

      report_removed (self, parent, before, &next);
      if (item->partner == NONE)
        {
          report_added (self, parent, item, j);
          continue;
        }
      if (!item->moved)
        next = item->partner + 1;
      place.before = g_array_index (before, Item, item->partner).value;
      weir_json_diffing_compare (self, parent, &place, item->moved);
    }
  report_removed (self, parent, before, &next);
}

static void
compare_by_place (WeirJsonDiffing *self, WeirJsonChange *parent)
{
  WeirJson none = { NULL, 0 };
  WeirJsonIter before_iter, after_iter;

  weir_json_iter_init (&before_iter, parent->before);
  weir_json_iter_init (&after_iter, parent->after);
  for (guint i = 0; !self->stop; i++)
    {
      WeirJson before = none;
      WeirJson after = none;
      WeirJsonChange place = { .before_index = i, .after_index = i };
      WeirJsonChange *change;

      weir_json_iter_next (&before_iter, NULL, &before);
      weir_json_iter_next (&after_iter, NULL, &after);
      if ((before.text == NULL && after.text == NULL)
          || (i % 4096 == 0 && !weir_json_diffing_spend (self, 0)))
        return;
      if (before.text != NULL && after.text != NULL)
        {
          place.before = before;
          place.after = after;
          weir_json_diffing_compare (self, parent, &place, FALSE);
          continue;
        }
      change = weir_json_diffing_add (
          self, before.text != NULL ? WEIR_JSON_CHANGE_REMOVED : WEIR_JSON_CHANGE_ADDED, parent,
          before, after);
      if (change != NULL && before.text != NULL)
        change->before_index = i;
      else if (change != NULL)
        change->after_index = i;
    }
}

/* Fills an INSIDE change of two arrays. */
void
weir_json_diffing_arrays (WeirJsonDiffing *self, WeirJsonChange *parent)
{
  g_autoptr (GArray) before = collect_items (parent->before);
  g_autoptr (GArray) after = collect_items (parent->after);

  if (before->len > WEIR_JSON_DIFF_MAX_MEMBERS || after->len > WEIR_JSON_DIFF_MAX_MEMBERS
      || !weir_json_diffing_spend (self, parent->before.length + parent->after.length))
    {
      compare_by_place (self, parent);
      return;
    }

  if (take_ids (before, after))
    {
      pair_in_order (before, after);
      pair_moved (before, after);
    }
  else
    {
      take_hashes (before);
      take_hashes (after);
      pair_in_order (before, after);
      pair_moved (before, after);
      pair_changed (before, after);
    }
  report (self, parent, before, after);
}
