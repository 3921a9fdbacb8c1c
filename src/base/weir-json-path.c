/* weir-json-path.c: where a value is, in a form that can be copied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-path.h"

static gboolean
is_identifier (const char *name)
{
  if (!g_ascii_isalpha (*name) && *name != '_')
    return FALSE;
  for (; *name != '\0'; name++)
    {
      if (!g_ascii_isalnum (*name) && *name != '_')
        return FALSE;
    }

  return TRUE;
}

/**
 * weir_json_path_append:
 * @path: `$`, or a path that this function has made longer
 * @key: a name in an object as written; absent for a place in an array
 * @index: the place in an array
 *
 * Makes the path go on to a member: `.name`, `["any name"]` or `[3]`.
 */
void
weir_json_path_append (GString *path, WeirJson key, guint index)
{
  g_autofree char *name = weir_json_dup_string (key);

  g_return_if_fail (path != NULL);

  if (name == NULL)
    g_string_append_printf (path, "[%u]", index);
  else if (is_identifier (name))
    g_string_append_printf (path, ".%s", name);
  else
    /* as it stands in the document, escapes and all */
    g_string_append_printf (path, "[%.*s]", (int) key.length, key.text);
}

/**
 * weir_json_path_append_term:
 * @path: `data`, or a path that this function has made longer
 * @key: a name in an object as written; absent for a place in an array
 * @index: the place in an array
 *
 * Makes the path of a query's term go on to a member: `.name`, `."any name"` or `[3]`.
 */
void
weir_json_path_append_term (GString *path, WeirJson key, guint index)
{
  g_autofree char *name = weir_json_dup_string (key);

  g_return_if_fail (path != NULL);

  if (name == NULL)
    {
      g_string_append_printf (path, "[%u]", index);
    }
  else if (is_identifier (name))
    {
      g_string_append_printf (path, ".%s", name);
    }
  else
    {
      g_string_append (path, ".\"");
      for (const char *p = name; *p != '\0'; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (path, '\\');
          g_string_append_c (path, *p);
        }
      g_string_append_c (path, '"');
    }
}
