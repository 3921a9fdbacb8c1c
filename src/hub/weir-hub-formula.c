/* weir-hub-formula.c: values with holes, filled in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include <string.h>

#include "weir-hub-app-request.h"

/* "$.user.id" or "user.id" */
static WeirJson
find_path (WeirJson scope, const char *path)
{
  g_auto (GStrv) names = NULL;

  if (g_str_has_prefix (path, "$."))
    path += 2;
  else if (strcmp (path, "$") == 0)
    return scope;
  names = g_strsplit (path, ".", -1);
  for (guint i = 0; names[i] != NULL; i++)
    scope = weir_json_get (scope, g_strstrip (names[i]));
  return scope;
}

static char *
fill_string (const char *text, WeirJson scope)
{
  GString *filled = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, "{{")) != NULL)
    {
      const char *close = strstr (open, "}}");
      g_autofree char *path = NULL;
      g_autofree char *value = NULL;

      if (close == NULL)
        break;
      path = g_strndup (open + 2, (gsize) (close - open) - 2);
      value = weir_json_dup_text (find_path (scope, g_strstrip (path)));
      g_string_append_len (filled, text, open - text);
      if (value != NULL)
        g_string_append (filled, value);
      text = close + 2;
    }
  g_string_append (filled, text);
  return g_string_free (filled, FALSE);
}

static void
fill (WeirJsonWriter *writer, const char *key, WeirJson value, WeirJson scope, guint depth)
{
  WeirJsonType type = weir_json_get_type (value);
  WeirJson variable = { NULL, 0 };
  WeirJsonIter iter;
  WeirJson name, member;

  if (type == WEIR_JSON_OBJECT)
    variable = weir_json_get (value, "$var");
  if (weir_json_get_type (variable) == WEIR_JSON_STRING)
    {
      g_autofree char *path = weir_json_dup_string (variable);

      weir_json_writer_add_raw (writer, key, find_path (scope, path));
    }
  else if (type == WEIR_JSON_STRING)
    {
      g_autofree char *text = weir_json_dup_string (value);
      g_autofree char *filled = fill_string (text, scope);

      weir_json_writer_add_string (writer, key, filled);
    }
  else if ((type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY) && depth < 32)
    {
      if (type == WEIR_JSON_OBJECT)
        weir_json_writer_begin_object (writer, key);
      else
        weir_json_writer_begin_array (writer, key);
      weir_json_iter_init (&iter, value);
      while (weir_json_iter_next (&iter, &name, &member))
        {
          g_autofree char *text = weir_json_dup_string (name);

          fill (writer, text, member, scope, depth + 1);
        }
      if (type == WEIR_JSON_OBJECT)
        weir_json_writer_end_object (writer);
      else
        weir_json_writer_end_array (writer);
    }
  else
    weir_json_writer_add_raw (writer, key, value);
}

/**
 * weir_hub_formula_fill:
 * @value: any JSON
 * @scope: what its formulas may name
 *
 * Returns: (transfer full): @value with every formula replaced by what it names, null if nothing
 */
char *
weir_hub_formula_fill (WeirJson value, WeirJson scope)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  fill (writer, NULL, value, scope, 0);
  return weir_json_writer_end (writer);
}
