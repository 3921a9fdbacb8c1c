/* weir-shape-model.c: what is normal for the payloads of a collection, and what is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-shape-model.h"

#include "weir-shape.h"

#include <math.h>
#include <string.h>

/* A field is gone when its absence would be chance once in so many times. */
#define CHANCE 0.001
/* One that was in none of n events may well be in 3 of n, and in a few more. */
#define UNSEEN 3.0
#define UNSEEN_FACTOR 2
#define LEAST_SHARE 0.05

static void
field_free (gpointer data)
{
  WeirShapeField *field = data;

  g_free (field->path);
  g_free (field->type);
  g_free (field);
}

/**
 * weir_shape_model_new:
 *
 * Returns: (transfer full): a model that knows nothing
 */
WeirShapeModel *
weir_shape_model_new (void)
{
  WeirShapeModel *self = g_new0 (WeirShapeModel, 1);

  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * weir_shape_model_free:
 * @self: (transfer full): a model
 */
void
weir_shape_model_free (WeirShapeModel *self)
{
  g_hash_table_unref (self->table);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/**
 * weir_shape_model_add_field:
 * @self: a model
 * @path: a path
 * @type: one of its types
 *
 * Returns: (transfer none): the field, with nothing counted
 */
WeirShapeField *
weir_shape_model_add_field (WeirShapeModel *self, const char *path, const char *type)
{
  WeirShapeField *field = g_new0 (WeirShapeField, 1);

  field->path = g_strdup (path);
  field->type = g_strdup (type);
  g_ptr_array_add (self->fields, field);
  g_hash_table_insert (self->table, g_strconcat (path, " ", type, NULL), field);

  return field;
}

static WeirShapeField *
get_field (WeirShapeModel *self, const char *text)
{
  WeirShapeField *field = g_hash_table_lookup (self->table, text);
  g_autofree char *path = NULL;
  const char *type;

  if (field != NULL || self->fields->len >= WEIR_SHAPE_MAX_MODEL)
    return field;

  path = g_strdup (text);
  type = weir_shape_split (path);
  return weir_shape_model_add_field (self, path, type);
}

/* What came since is as normal as what was before. */
static void
fold (WeirShapeModel *self)
{
  self->base += self->since;
  self->since = 0;
  for (guint i = 0; i < self->fields->len; i++)
    {
      WeirShapeField *field = g_ptr_array_index (self->fields, i);

      field->base += field->since;
      field->since = 0;
      field->first = 0;
      field->last = 0;
      field->touched = TRUE;
    }
}

static void
see (WeirShapeModel *self, WeirShapeField *field, gint64 number, gint64 time)
{
  if (self->since == 0)
    {
      field->base++;
    }
  else
    {
      if (field->since == 0)
        {
          field->first = self->since;
          field->first_at = time;
          field->first_number = number;
          field->before_number = self->last_number;
        }
      field->since++;
      field->last = self->since;
    }
  field->last_at = time;
  field->last_number = number;
  field->touched = TRUE;
}

/**
 * weir_shape_model_learn:
 * @self: a model
 * @number: an event's
 * @time: when it occurred, µs
 * @fields: (element-type utf8): its payload's fields
 *
 * The first events make the normal. Those after it are held against it, and become part of it when
 * there are many and nothing has drifted.
 */
void
weir_shape_model_learn (WeirShapeModel *self, gint64 number, gint64 time, GPtrArray *fields)
{
  if (self->base < WEIR_SHAPE_BEFORE)
    self->base++;
  else
    self->since++;

  for (guint i = 0; i < fields->len; i++)
    {
      WeirShapeField *field = get_field (self, g_ptr_array_index (fields, i));

      if (field != NULL)
        see (self, field, number, time);
    }
  self->last_number = number;
  self->last_at = time;

  if (self->since >= WEIR_SHAPE_FOLD && self->since % WEIR_SHAPE_FOLD == 0)
    {
      g_autoptr (GPtrArray) drift = weir_shape_model_list_drift (self);

      if (drift->len == 0)
        fold (self);
    }
}

/* In how many events of the normal, and since, the path was there, of whatever type; an event that has
 * it with two types (in an array) counts as two, so this is no more than an upper bound. */
static void
sum_path (WeirShapeModel *self, const char *path, guint *base, guint *last)
{
  *base = 0;
  *last = 0;
  for (guint i = 0; i < self->fields->len; i++)
    {
      WeirShapeField *field = g_ptr_array_index (self->fields, i);

      if (!g_str_equal (field->path, path))
        continue;
      *base = MIN (*base + field->base, self->base);
      *last = MAX (*last, field->last);
    }
}

static gboolean
is_new (WeirShapeModel *self, WeirShapeField *field)
{
  double least = MAX (UNSEEN_FACTOR * UNSEEN / self->base, LEAST_SHARE);

  return field->base == 0 && field->since > 0 && self->since - field->first + 1 >= WEIR_SHAPE_AFTER
         && weir_shape_model_get_share (self, field) >= least;
}

/* Would it be chance that a field with its earlier share is in none of so many events? */
static gboolean
is_gone (WeirShapeModel *self, guint base, guint last)
{
  guint missed = self->since - last;
  double share = (double) base / self->base;

  return base > 0 && missed >= WEIR_SHAPE_AFTER && pow (1 - share, missed) < CHANCE;
}

/**
 * weir_shape_model_judge:
 * @self: a model
 * @field: a field of it
 *
 * A field that was in part of the events only must be missing for longer, and one that is new but
 * rare is none: in a sample of the normal's size it may have been missing by chance.
 *
 * Returns: what became of it against the normal
 */
WeirDriftChange
weir_shape_model_judge (WeirShapeModel *self, WeirShapeField *field)
{
  guint path_base, path_last;

  if (self->base < WEIR_SHAPE_BEFORE || self->since < WEIR_SHAPE_AFTER)
    return WEIR_DRIFT_NONE;

  if (field->base == 0 ? !is_new (self, field) : self->since - field->last < WEIR_SHAPE_AFTER)
    return WEIR_DRIFT_NONE;
  sum_path (self, field->path, &path_base, &path_last);
  if (field->base == 0)
    return path_base > 0 ? WEIR_DRIFT_TYPE : WEIR_DRIFT_APPEARED;

  /* where the path is still there, its new type tells of it */
  return is_gone (self, path_base, path_last) ? WEIR_DRIFT_VANISHED : WEIR_DRIFT_NONE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const WeirShapeField *one = *(WeirShapeField *const *) a;
  const WeirShapeField *other = *(WeirShapeField *const *) b;
  int order = strcmp (one->path, other->path);

  /* of a path with two types the commoner one speaks */
  return order != 0 ? order : (int) other->base - (int) one->base;
}

/**
 * weir_shape_model_list_drift:
 * @self: a model
 *
 * What is inside an object that appeared or vanished is not told of again.
 *
 * Returns: (transfer container) (element-type WeirShapeField): what drifted, by path
 */
GPtrArray *
weir_shape_model_list_drift (WeirShapeModel *self)
{
  GPtrArray *drift = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < self->fields->len; i++)
    if (weir_shape_model_judge (self, self->fields->pdata[i]) != WEIR_DRIFT_NONE)
      g_ptr_array_add (all, self->fields->pdata[i]);
  g_ptr_array_sort (all, compare_paths);

  for (guint i = 0; i < all->len; i++)
    {
      WeirShapeField *field = all->pdata[i];
      WeirDriftChange change = weir_shape_model_judge (self, field);
      gboolean told = FALSE;

      for (guint j = 0; j < drift->len && !told; j++)
        {
          WeirShapeField *outer = drift->pdata[j];
          WeirDriftChange outer_change = weir_shape_model_judge (self, outer);

          told = weir_shape_is_inside (field->path, outer->path)
                 && (outer_change == change || outer_change == WEIR_DRIFT_TYPE)
                 && !(change == WEIR_DRIFT_TYPE && g_str_equal (field->path, outer->path));
        }
      if (!told)
        g_ptr_array_add (drift, field);
    }

  return drift;
}

/**
 * weir_shape_model_get_share:
 * @self: a model
 * @field: a field of it
 *
 * Returns: in what share of the events it is, from the first of them on that has it; of one that
 *   vanished, in what share of the normal's events it was
 */
double
weir_shape_model_get_share (WeirShapeModel *self, WeirShapeField *field)
{
  if (field->base > 0 || field->since == 0)
    return self->base > 0 ? (double) field->base / self->base : 0;

  return (double) field->since / (self->since - field->first + 1);
}

/**
 * weir_shape_model_accept:
 * @self: a model
 * @field: one that drifted
 * @forgotten: (inout): ids of the fields that are not part of it any more
 *
 * Makes what has become of the field, and of what is inside of it, the normal.
 */
void
weir_shape_model_accept (WeirShapeModel *self, WeirShapeField *field, GArray *forgotten)
{
  WeirDriftChange change = weir_shape_model_judge (self, field);
  g_autofree char *path = g_strdup (field->path);

  for (guint i = self->fields->len; i > 0; i--)
    {
      WeirShapeField *other = g_ptr_array_index (self->fields, i - 1);

      if (!weir_shape_is_inside (other->path, path))
        continue;
      if (change == WEIR_DRIFT_VANISHED)
        {
          g_autofree char *key = g_strconcat (other->path, " ", other->type, NULL);

          g_array_append_val (forgotten, other->id);
          g_hash_table_remove (self->table, key);
          g_ptr_array_remove_index (self->fields, i - 1);
        }
      else if (other->base == 0 && other->since > 0)
        {
          double share = weir_shape_model_get_share (self, other);

          other->base = MAX ((guint) (share * self->base), 1);
          other->touched = TRUE;
        }
    }
}
