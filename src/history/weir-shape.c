/* weir-shape.c: what fields a payload has, and of what types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-shape.h"

#include <string.h>

typedef struct
{
  GHashTable *known; /* of what is in fields */
  GPtrArray *fields;
  GString *path;
} Walk;

static const char *
get_type_word (WeirJson value)
{
  static const char *const WORDS[] = {
    [WEIR_JSON_NULL] = "null",     [WEIR_JSON_BOOLEAN] = "boolean", [WEIR_JSON_NUMBER] = "number",
    [WEIR_JSON_STRING] = "string", [WEIR_JSON_ARRAY] = "array",     [WEIR_JSON_OBJECT] = "object",
  };

  return WORDS[weir_json_get_type (value)];
}

static void
add_field (Walk *walk, WeirJson value)
{
  g_autofree char *field = g_strconcat (walk->path->str, " ", get_type_word (value), NULL);

  if (g_hash_table_contains (walk->known, field))
    return;
  g_hash_table_add (walk->known, field);
  g_ptr_array_add (walk->fields, g_steal_pointer (&field));
}

static gboolean
is_full (Walk *walk)
{
  return walk->fields->len >= WEIR_SHAPE_MAX_FIELDS;
}

static void visit (Walk *walk, WeirJson container, guint depth);

static void
visit_value (Walk *walk, WeirJson value, guint depth)
{
  WeirJsonType type = weir_json_get_type (value);

  add_field (walk, value);
  if ((type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY) && depth < WEIR_SHAPE_MAX_DEPTH)
    visit (walk, value, depth + 1);
}

static void
visit (Walk *walk, WeirJson container, guint depth)
{
  gboolean object = weir_json_get_type (container) == WEIR_JSON_OBJECT;
  gsize length = walk->path->len;
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_iter_init (&iter, container);
  for (guint i = 0; !is_full (walk) && weir_json_iter_next (&iter, &key, &value); i++)
    {
      if (object)
        {
          g_autofree char *name = weir_json_dup_string (key);

          g_string_append_printf (walk->path, "%s%s", length > 0 ? "." : "", name);
        }
      else if (i < WEIR_SHAPE_MAX_ELEMENTS)
        {
          g_string_append (walk->path, "[]");
        }
      else
        {
          break;
        }
      visit_value (walk, value, depth);
      g_string_truncate (walk->path, length);
    }
}

/**
 * weir_shape_list_fields:
 * @payload: a value
 *
 * The elements of an array are one field, `[]`; a field with values of several types is several.
 *
 * Returns: (transfer full) (element-type utf8): each field's path and type, in the order they come
 */
GPtrArray *
weir_shape_list_fields (WeirJson payload)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { known, fields, path };

  if (payload.length <= WEIR_SHAPE_MAX_LENGTH
      && (weir_json_get_type (payload) == WEIR_JSON_OBJECT
          || weir_json_get_type (payload) == WEIR_JSON_ARRAY))
    visit (&walk, payload, 1);

  return fields;
}

/**
 * weir_shape_split:
 * @field: (inout): a path and a type
 *
 * Returns: (transfer none): the type; what is left of @field is the path
 */
const char *
weir_shape_split (char *field)
{
  char *blank = strrchr (field, ' ');

  if (blank == NULL)
    return "";
  *blank = '\0';

  return blank + 1;
}

/**
 * weir_shape_is_inside:
 * @path: a path
 * @outer: another
 *
 * Returns: whether they are the same, or @path is of something inside @outer
 */
gboolean
weir_shape_is_inside (const char *path, const char *outer)
{
  gsize length = strlen (outer);

  return strncmp (path, outer, length) == 0
         && (path[length] == '\0' || path[length] == '.' || path[length] == '[');
}
