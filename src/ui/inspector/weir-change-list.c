/* weir-change-list.c: what changed, as rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-change-list.h"

#include "weir-format.h"
#include "weir-json-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SUMMARY_BYTES 200

typedef struct
{
  const WeirJsonChange *change;
  guint depth;
  guint n_above; /* so many above it have no row, for nothing else is inside of them */
} Row;

struct _WeirChange
{
  GObject parent_instance;

  WeirJsonDiff *diff;
  Row row;
};

G_DEFINE_FINAL_TYPE (WeirChange, weir_change, G_TYPE_OBJECT)

struct _WeirChangeList
{
  GObject parent_instance;

  WeirJsonDiff *diff;
  GArray *rows; /* Row */
};

static const struct
{
  const char *mark;
  const char *label; /* NC_ ("change of a field", "…") */
} kinds[] = {
  [WEIR_JSON_CHANGE_INSIDE] = { "", NC_ ("change of a field", "Changed inside") },
  [WEIR_JSON_CHANGE_ADDED] = { "+", NC_ ("change of a field", "Added") },
  [WEIR_JSON_CHANGE_REMOVED] = { "−", NC_ ("change of a field", "Removed") },
  [WEIR_JSON_CHANGE_CHANGED] = { "~", NC_ ("change of a field", "Changed") },
  [WEIR_JSON_CHANGE_MOVED] = { "↕", NC_ ("change of a field", "Moved") },
};

static void
weir_change_finalize (GObject *object)
{
  weir_json_diff_unref (WEIR_CHANGE (object)->diff);

  G_OBJECT_CLASS (weir_change_parent_class)->finalize (object);
}

static void
weir_change_class_init (WeirChangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_change_finalize;
}

static void
weir_change_init (WeirChange *self)
{
}

static GType
weir_change_list_get_item_type (GListModel *list)
{
  return WEIR_TYPE_CHANGE;
}

static guint
weir_change_list_get_n_items (GListModel *list)
{
  return WEIR_CHANGE_LIST (list)->rows->len;
}

static gpointer
weir_change_list_get_item (GListModel *list, guint position)
{
  WeirChangeList *self = WEIR_CHANGE_LIST (list);
  WeirChange *item;

  if (position >= self->rows->len)
    return NULL;

  item = g_object_new (WEIR_TYPE_CHANGE, NULL);
  item->diff = weir_json_diff_ref (self->diff);
  item->row = g_array_index (self->rows, Row, position);

  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_change_list_get_item_type;
  iface->get_n_items = weir_change_list_get_n_items;
  iface->get_item = weir_change_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirChangeList,
                               weir_change_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
weir_change_list_finalize (GObject *object)
{
  WeirChangeList *self = WEIR_CHANGE_LIST (object);

  g_array_unref (self->rows);
  weir_json_diff_unref (self->diff);

  G_OBJECT_CLASS (weir_change_list_parent_class)->finalize (object);
}

static void
weir_change_list_class_init (WeirChangeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_change_list_finalize;
}

static void
weir_change_list_init (WeirChangeList *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
}

/* The root has no row, nor has what only one other is inside of. */
static void
add_rows (WeirChangeList *self, const WeirJsonChange *change, guint depth, guint n_above)
{
  Row row = { change, depth, n_above };

  if (change->kind != WEIR_JSON_CHANGE_INSIDE)
    {
      g_array_append_val (self->rows, row);
      return;
    }

  if (change->parent != NULL && change->children->len == 1 && !change->moved
      && weir_json_get_type (change->id) == WEIR_JSON_ABSENT)
    {
      add_rows (self, change->children->pdata[0], depth, n_above + 1);
      return;
    }
  if (change->parent != NULL)
    {
      g_array_append_val (self->rows, row);
      depth++;
    }
  for (guint i = 0; i < change->children->len; i++)
    add_rows (self, change->children->pdata[i], depth, 0);
}

/* The beginning of a value, on one line. */
static char *
dup_value (WeirJson value)
{
  const char *end = value.text + MIN (value.length, SUMMARY_BYTES);
  WeirJsonType type = weir_json_get_type (value);

  if ((type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY) && value.length > SUMMARY_BYTES)
    {
      g_autofree char *size = weir_format_size (value.length);

      return g_strdup_printf (type == WEIR_JSON_OBJECT ? "{… %s}" : "[… %s]", size);
    }
  if (value.length <= SUMMARY_BYTES)
    return weir_json_dup_raw (value);

  while (end > value.text && (*end & 0xc0) == 0x80)
    end--;

  return g_strdup_printf ("%.*s…", (int) (end - value.text), value.text);
}

static void
append_key (GString *key, const WeirJsonChange *change, guint n_above)
{
  if (change->parent == NULL)
    {
      g_string_append_c (key, '$');
      return;
    }
  if (n_above > 0)
    append_key (key, change->parent, n_above - 1);
  weir_json_path_append (key, change->key,
                         change->after_index != G_MAXUINT ? change->after_index
                                                          : change->before_index);
}

/**
 * weir_change_get:
 * @self: a row
 *
 * Returns: (transfer none): what it stands for
 */
const WeirJsonChange *
weir_change_get (WeirChange *self)
{
  g_return_val_if_fail (WEIR_IS_CHANGE (self), NULL);

  return self->row.change;
}

/**
 * weir_change_get_depth:
 * @self: a row
 *
 * Returns: inside of how many others it is
 */
guint
weir_change_get_depth (WeirChange *self)
{
  g_return_val_if_fail (WEIR_IS_CHANGE (self), 0);

  return self->row.depth;
}

/**
 * weir_change_dup_key:
 * @self: a row
 *
 * Returns: (transfer full): its path from the row that it is inside of
 */
char *
weir_change_dup_key (WeirChange *self)
{
  GString *key;

  g_return_val_if_fail (WEIR_IS_CHANGE (self), NULL);

  key = g_string_new (NULL);
  append_key (key, self->row.change, self->row.n_above);
  if (key->str[0] == '.')
    g_string_erase (key, 0, 1);

  return g_string_free (key, FALSE);
}

/**
 * weir_change_dup_text:
 * @self: a row
 *
 * Returns: (transfer full): what changed, in one line
 */
char *
weir_change_dup_text (WeirChange *self)
{
  const WeirJsonChange *change;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_return_val_if_fail (WEIR_IS_CHANGE (self), NULL);

  change = self->row.change;
  switch (change->kind)
    {
    case WEIR_JSON_CHANGE_ADDED:
      return dup_value (change->after);

    case WEIR_JSON_CHANGE_REMOVED:
      return dup_value (change->before);

    case WEIR_JSON_CHANGE_CHANGED:
      before = dup_value (change->before);
      after = dup_value (change->after);
      return g_strdup_printf (_ ("%s → %s"), before, after);

    case WEIR_JSON_CHANGE_MOVED:
      return g_strdup_printf ("[%u] → [%u]", change->before_index, change->after_index);

    case WEIR_JSON_CHANGE_INSIDE:
    default:
      if (weir_json_get_type (change->id) != WEIR_JSON_ABSENT)
        return dup_value (change->id);
      return g_strdup ("");
    }
}

/**
 * weir_change_get_mark:
 * @self: a row
 *
 * Returns: a sign for what happened; "" where that is said by the rows inside
 */
const char *
weir_change_get_mark (WeirChange *self)
{
  g_return_val_if_fail (WEIR_IS_CHANGE (self), "");

  if (self->row.change->kind == WEIR_JSON_CHANGE_INSIDE && self->row.change->moved)
    return kinds[WEIR_JSON_CHANGE_MOVED].mark;

  return kinds[self->row.change->kind].mark;
}

/**
 * weir_change_dup_label:
 * @self: a row
 *
 * Returns: (transfer full): what happened in words, where, and what it was and is
 */
char *
weir_change_dup_label (WeirChange *self)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (WEIR_IS_CHANGE (self), NULL);

  path = weir_json_change_dup_path (self->row.change);
  text = weir_change_dup_text (self);
  what = weir_format_labelled (
      g_dpgettext2 (GETTEXT_PACKAGE, "change of a field", kinds[self->row.change->kind].label),
      path);

  return text[0] != '\0' ? weir_format_labelled (what, text) : g_steal_pointer (&what);
}

/**
 * weir_change_list_new:
 * @diff: what changed
 *
 * Returns: (transfer full): its rows
 */
WeirChangeList *
weir_change_list_new (WeirJsonDiff *diff)
{
  WeirChangeList *self;

  g_return_val_if_fail (diff != NULL, NULL);

  self = g_object_new (WEIR_TYPE_CHANGE_LIST, NULL);
  self->diff = weir_json_diff_ref (diff);
  if (diff->root != NULL)
    add_rows (self, diff->root, 0, 0);

  return self;
}
