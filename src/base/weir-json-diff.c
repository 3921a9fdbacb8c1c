/* weir-json-diff.c: what changed from one value to another, by structure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-diff-private.h"

#include "weir-json-compare.h"
#include "weir-json-path.h"

#include <string.h>

typedef struct
{
  WeirJson key;
  WeirJson value;
  gboolean seen;
} Member;

static void
change_free (gpointer data)
{
  WeirJsonChange *self = data;

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* Takes back what turned out to be no change; only the last one can be. */
static void
drop_last (WeirJsonDiffing *self, WeirJsonChange *parent)
{
  self->n_changes--;
  if (parent != NULL)
    g_ptr_array_set_size (parent->children, (int) parent->children->len - 1);
  else
    g_clear_pointer (&self->diff->root, change_free);
}

gboolean
weir_json_diffing_spend (WeirJsonDiffing *self, gsize bytes)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    self->stop = TRUE;
  if (self->work < bytes)
    {
      self->diff->complete = FALSE;
      return FALSE;
    }
  self->work -= bytes;
  return !self->stop;
}

WeirJsonChange *
weir_json_diffing_add (WeirJsonDiffing *self,
                       WeirJsonChangeKind kind,
                       WeirJsonChange *parent,
                       WeirJson before,
                       WeirJson after)
{
  WeirJsonChange *change;

  if (self->n_changes >= WEIR_JSON_DIFF_MAX_CHANGES)
    {
      self->diff->complete = FALSE;
      self->stop = TRUE;
      return NULL;
    }

  self->n_changes++;
  change = g_new0 (WeirJsonChange, 1);
  change->kind = kind;
  change->parent = parent;
  change->before = before;
  change->after = after;
  change->before_index = G_MAXUINT;
  change->after_index = G_MAXUINT;
  if (parent == NULL)
    {
      self->diff->root = change;
      return change;
    }

  if (parent->children == NULL)
    parent->children = g_ptr_array_new_with_free_func (change_free);
  g_ptr_array_add (parent->children, change);
  return change;
}

/* name → Member: the last of a name counts. NULL: there are too many. */
static GPtrArray *
collect_members (WeirJson object, GHashTable **by_name)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  WeirJson key, value;
  WeirJsonIter iter;

  *by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  weir_json_iter_init (&iter, object);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      Member *member = g_hash_table_lookup (*by_name, name);

      if (member != NULL)
        {
          member->value = value;
          continue;
        }
      if (members->len == WEIR_JSON_DIFF_MAX_MEMBERS)
        return NULL;
      member = g_new0 (Member, 1);
      member->key = key;
      member->value = value;
      g_ptr_array_add (members, member);
      g_hash_table_insert (*by_name, g_steal_pointer (&name), member);
    }
  return g_steal_pointer (&members);
}

static void
add_member (WeirJsonDiffing *self, WeirJsonChangeKind kind, WeirJsonChange *parent, Member *member)
{
  WeirJson none = { NULL, 0 };
  gboolean added = kind == WEIR_JSON_CHANGE_ADDED;
  WeirJsonChange *change = weir_json_diffing_add (self, kind, parent, added ? none : member->value,
                                                  added ? member->value : none);

  if (change != NULL)
    change->key = member->key;
}

/* First what was there, in its order, then what is new. */
static void
compare_objects (WeirJsonDiffing *self, WeirJsonChange *parent)
{
  g_autoptr (GHashTable) before_names = NULL;
  g_autoptr (GHashTable) after_names = NULL;
  g_autoptr (GPtrArray) before = collect_members (parent->before, &before_names);
  g_autoptr (GPtrArray) after = collect_members (parent->after, &after_names);

  if (before == NULL || after == NULL)
    {
      parent->kind = WEIR_JSON_CHANGE_CHANGED;
      self->diff->complete = FALSE;
      return;
    }
  for (guint i = 0; i < before->len && !self->stop; i++)
    {
      Member *member = g_ptr_array_index (before, i);
      g_autofree char *name = weir_json_dup_string (member->key);
      Member *other = g_hash_table_lookup (after_names, name);

      if (other == NULL)
        {
          add_member (self, WEIR_JSON_CHANGE_REMOVED, parent, member);
        }
      else
        {
          WeirJsonChange place = { .key = other->key,
                                   .before = member->value,
                                   .after = other->value,
                                   .before_index = G_MAXUINT,
                                   .after_index = G_MAXUINT };

          other->seen = TRUE;
          weir_json_diffing_compare (self, parent, &place, FALSE);
        }
    }
  for (guint i = 0; i < after->len && !self->stop; i++)
    {
      Member *member = g_ptr_array_index (after, i);

      if (!member->seen)
        add_member (self, WEIR_JSON_CHANGE_ADDED, parent, member);
    }
}

void
weir_json_diffing_compare (WeirJsonDiffing *self,
                           WeirJsonChange *parent,
                           const WeirJsonChange *place,
                           gboolean moved)
{
  WeirJson before = place->before;
  WeirJson after = place->after;
  WeirJsonType type = weir_json_get_type (before);
  gboolean container =
      type == weir_json_get_type (after) && (type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY);
  gboolean same = before.length == after.length
                  && (after.length == 0 || memcmp (before.text, after.text, after.length) == 0);
  WeirJsonChange *change;

  if (self->stop)
    return;
  if (!same && !container)
    same = type != WEIR_JSON_OBJECT && type != WEIR_JSON_ARRAY
           && weir_json_scalar_equal (before, after);
  if (same && !moved)
    return;

  change = weir_json_diffing_add (self,
                                  same                  ? WEIR_JSON_CHANGE_MOVED
                                  : container           ? WEIR_JSON_CHANGE_INSIDE
                                  : before.text == NULL ? WEIR_JSON_CHANGE_ADDED
                                  : after.text == NULL  ? WEIR_JSON_CHANGE_REMOVED
                                                        : WEIR_JSON_CHANGE_CHANGED,
                                  parent, before, after);
  if (change == NULL)
    return;
  change->key = place->key;
  change->id = place->id;
  change->before_index = place->before_index;
  change->after_index = place->after_index;
  change->moved = moved;
  if (change->kind != WEIR_JSON_CHANGE_INSIDE)
    return;

  if (!weir_json_diffing_spend (self, before.length + after.length))
    {
      /* it is not known what changed, but that something did */
      change->kind = WEIR_JSON_CHANGE_CHANGED;
      return;
    }
  if (type == WEIR_JSON_OBJECT)
    compare_objects (self, change);
  else
    weir_json_diffing_arrays (self, change);
  if (change->kind == WEIR_JSON_CHANGE_INSIDE
      && (change->children == NULL || change->children->len == 0))
    {
      if (moved)
        change->kind = WEIR_JSON_CHANGE_MOVED;
      else
        drop_last (self, parent);
    }
}

static void
count (WeirJsonDiff *self, const WeirJsonChange *change)
{
  switch (change->kind)
    {
    case WEIR_JSON_CHANGE_ADDED:
      self->n_added++;
      break;
    case WEIR_JSON_CHANGE_REMOVED:
      self->n_removed++;
      break;
    case WEIR_JSON_CHANGE_CHANGED:
      self->n_changed++;
      break;
    case WEIR_JSON_CHANGE_MOVED:
      self->n_moved++;
      break;
    case WEIR_JSON_CHANGE_INSIDE:
    default:
      for (guint i = 0; change->children != NULL && i < change->children->len; i++)
        count (self, g_ptr_array_index (change->children, i));
    }
}

static void
append_path (GString *path, const WeirJsonChange *self)
{
  if (self->parent == NULL)
    {
      g_string_append_c (path, '$');
      return;
    }
  append_path (path, self->parent);
  weir_json_path_append (path, self->key,
                         self->after_index != G_MAXUINT ? self->after_index : self->before_index);
}

/**
 * weir_json_diff_new:
 * @before_bytes: what holds @before
 * @before: a value that weir_json_parse() accepted
 * @after_bytes: what holds @after
 * @after: a value that weir_json_parse() accepted
 * @cancellable: (nullable): ends the work
 *
 * Objects are compared by name, arrays by the items' ids where all have one of their own, else by the items that are the
 * same in both. Numbers and strings are the same if they mean the same (weir_json_scalar_equal()).
 *
 * Returns: (transfer full) (nullable): what changed, or %NULL if it was cancelled
 */
WeirJsonDiff *
weir_json_diff_new (GBytes *before_bytes,
                    WeirJson before,
                    GBytes *after_bytes,
                    WeirJson after,
                    GCancellable *cancellable)
{
  g_autoptr (WeirJsonDiff) self = NULL;
  WeirJsonDiffing diffing = { .cancellable = cancellable, .work = WEIR_JSON_DIFF_MAX_WORK };
  WeirJsonChange place = {
    .before = before, .after = after, .before_index = G_MAXUINT, .after_index = G_MAXUINT
  };

  g_return_val_if_fail (before_bytes != NULL, NULL);
  g_return_val_if_fail (after_bytes != NULL, NULL);

  self = g_new0 (WeirJsonDiff, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->before = g_bytes_ref (before_bytes);
  self->after = g_bytes_ref (after_bytes);
  self->complete = TRUE;
  diffing.diff = self;
  weir_json_diffing_compare (&diffing, NULL, &place, FALSE);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;
  if (self->root != NULL)
    count (self, self->root);
  return g_steal_pointer (&self);
}

/**
 * weir_json_diff_ref:
 * @self: a difference
 *
 * Returns: (transfer full): @self
 */
WeirJsonDiff *
weir_json_diff_ref (WeirJsonDiff *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * weir_json_diff_unref:
 * @self: (transfer full): a difference
 */
void
weir_json_diff_unref (WeirJsonDiff *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->root, change_free);
  g_bytes_unref (self->before);
  g_bytes_unref (self->after);
  g_free (self);
}

/**
 * weir_json_diff_get_n_fields:
 * @self: a difference
 *
 * Returns: how many values are new, gone or other ones
 */
guint
weir_json_diff_get_n_fields (WeirJsonDiff *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_added + self->n_removed + self->n_changed;
}

/**
 * weir_json_change_dup_path:
 * @self: a change
 *
 * Returns: (transfer full): where it is in the newer value, or was in the older one if it is gone: `$.items[3].name`
 */
char *
weir_json_change_dup_path (const WeirJsonChange *self)
{
  GString *path;

  g_return_val_if_fail (self != NULL, NULL);

  path = g_string_new (NULL);
  append_path (path, self);
  return g_string_free (path, FALSE);
}
