/* weir-saved-views.c: queries with names, and those asked last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-saved-views.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "weir-json-writer.h"

#define VIEWS "savedViews"
#define RECENT "recentQueries"
#define MAX_NAME 100 /* characters */
#define MAX_RECENT 15

typedef struct
{
  const WeirSavedView *view; /* save */
  gboolean replace;
  const char *name;     /* rename, remove */
  const char *new_name; /* (nullable) remove */
} Change;

static gboolean
same_name (const char *one, const char *other)
{
  g_autofree char *one_folded = g_utf8_casefold (one, -1);
  g_autofree char *other_folded = g_utf8_casefold (other, -1);

  return g_str_equal (one_folded, other_folded);
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (stripped[0] != '\0' && g_str_equal (stripped, name) && strpbrk (name, "\n\r\t") == NULL
      && g_utf8_strlen (name, -1) <= MAX_NAME)
    return TRUE;

  g_set_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID,
               _ ("A name is one line of 1 to %d characters, with no blanks around it"), MAX_NAME);
  return FALSE;
}

static GPtrArray *
parse_views (WeirJson list)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_saved_view_free);
  WeirJsonIter iter;
  WeirJson item;

  weir_json_iter_init (&iter, list);
  while (weir_json_iter_next (&iter, NULL, &item))
    {
      g_autofree char *name = weir_json_dup_string (weir_json_get (item, "name"));
      g_autofree char *query = weir_json_dup_string (weir_json_get (item, "query"));
      g_autofree char *stack = weir_json_dup_string (weir_json_get (item, "stack"));

      if (name != NULL && query != NULL)
        g_ptr_array_add (views, weir_saved_view_new (name, query, stack));
    }

  return views;
}

static char *
write_views (GPtrArray *views)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_begin_array (writer, NULL);
  for (guint i = 0; i < views->len; i++)
    {
      const WeirSavedView *view = views->pdata[i];

      weir_json_writer_begin_object (writer, NULL);
      weir_json_writer_add_string (writer, "name", view->name);
      weir_json_writer_add_string (writer, "query", view->query);
      if (view->stack != NULL)
        weir_json_writer_add_string (writer, "stack", view->stack);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_array (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

static gboolean
find_view (GPtrArray *views, const char *name, guint *position)
{
  for (guint i = 0; i < views->len; i++)
    {
      if (same_name (((WeirSavedView *) views->pdata[i])->name, name))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_or_fail (GPtrArray *views, const char *name, guint *position, GError **error)
{
  if (find_view (views, name, position))
    return TRUE;

  g_set_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_MISSING,
               _ ("There is no saved view named “%s”"), name);
  return FALSE;
}

static gboolean
fail_taken (const char *name, GError **error)
{
  g_set_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_TAKEN,
               _ ("There is a saved view named “%s” already"), name);
  return FALSE;
}

static WeirSavedView *
copy_as (const WeirSavedView *view, const char *name)
{
  return weir_saved_view_new (name, view->query, view->stack);
}

static char *
save_view (WeirJson old, gpointer user_data, GError **error)
{
  const Change *change = user_data;
  g_autoptr (GPtrArray) views = parse_views (old);
  guint position;

  if (!find_view (views, change->view->name, &position))
    position = views->len;
  else if (change->replace)
    g_ptr_array_remove_index (views, position);
  else
    {
      fail_taken (change->view->name, error);
      return NULL;
    }
  g_ptr_array_insert (views, (int) position, copy_as (change->view, change->view->name));

  return write_views (views);
}

/* Under another name, in the same place, or not at all. */
static char *
change_view (WeirJson old, gpointer user_data, GError **error)
{
  const Change *change = user_data;
  g_autoptr (GPtrArray) views = parse_views (old);
  g_autoptr (WeirSavedView) view = NULL;
  guint position;
  guint other;

  if (!find_or_fail (views, change->name, &position, error))
    return NULL;
  if (change->new_name != NULL && find_view (views, change->new_name, &other) && other != position)
    {
      fail_taken (change->new_name, error);
      return NULL;
    }

  if (change->new_name != NULL)
    view = copy_as (views->pdata[position], change->new_name);
  g_ptr_array_remove_index (views, position);
  if (view != NULL)
    g_ptr_array_insert (views, (int) position, g_steal_pointer (&view));

  return write_views (views);
}

static char *
write_recent (const char *const *queries)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_begin_array (writer, NULL);
  for (guint i = 0; queries[i] != NULL; i++)
    weir_json_writer_add_string (writer, NULL, queries[i]);
  weir_json_writer_end_array (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

static char *
add_recent (WeirJson old, gpointer user_data, GError **error)
{
  const char *query = user_data;
  g_auto (GStrv) queries = weir_json_dup_strv (old);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  g_ptr_array_add (kept, (gpointer) query);
  for (guint i = 0; queries[i] != NULL && kept->len < MAX_RECENT; i++)
    {
      if (!g_str_equal (queries[i], query))
        g_ptr_array_add (kept, queries[i]);
    }
  g_ptr_array_add (kept, NULL);

  return write_recent ((const char *const *) kept->pdata);
}

/**
 * weir_saved_view_new:
 * @name: what it is called
 * @query: a query's text
 * @stack: (nullable): what the chart is stacked by
 *
 * Returns: (transfer full): a view
 */
WeirSavedView *
weir_saved_view_new (const char *name, const char *query, const char *stack)
{
  WeirSavedView *self = g_new0 (WeirSavedView, 1);

  self->name = g_strdup (name);
  self->query = g_strdup (query);
  self->stack = g_strdup (stack);

  return self;
}

/**
 * weir_saved_view_free:
 * @self: (transfer full): a view
 */
void
weir_saved_view_free (WeirSavedView *self)
{
  g_free (self->name);
  g_free (self->query);
  g_free (self->stack);
  g_free (self);
}

/**
 * weir_saved_views_list:
 * @preferences: where they are kept
 *
 * Returns: (transfer full) (element-type WeirSavedView): the views in the order of saving
 */
GPtrArray *
weir_saved_views_list (WeirPreferences *preferences)
{
  return parse_views (weir_preferences_get (preferences, VIEWS));
}

/**
 * weir_saved_views_find:
 * @preferences: where they are kept
 * @name: a name; upper and lower case are one
 *
 * Returns: (transfer full) (nullable): the view of that name
 */
WeirSavedView *
weir_saved_views_find (WeirPreferences *preferences, const char *name)
{
  g_autoptr (GPtrArray) views = weir_saved_views_list (preferences);
  guint position;

  return find_view (views, name, &position) ? g_ptr_array_steal_index (views, position) : NULL;
}

/**
 * weir_saved_views_save:
 * @preferences: where they are kept
 * @view: a view
 * @replace: whether it takes the place of one of the same name
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if nothing was saved
 */
gboolean
weir_saved_views_save (WeirPreferences *preferences,
                       const WeirSavedView *view,
                       gboolean replace,
                       GError **error)
{
  Change change = { .view = view, .replace = replace };

  return check_name (view->name, error)
         && weir_preferences_edit (preferences, VIEWS, save_view, &change, error);
}

/**
 * weir_saved_views_rename:
 * @preferences: where they are kept
 * @name: what it is called
 * @new_name: what it is to be called
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is called as before
 */
gboolean
weir_saved_views_rename (WeirPreferences *preferences,
                         const char *name,
                         const char *new_name,
                         GError **error)
{
  Change change = { .name = name, .new_name = new_name };

  return check_name (new_name, error)
         && weir_preferences_edit (preferences, VIEWS, change_view, &change, error);
}

/**
 * weir_saved_views_remove:
 * @preferences: where they are kept
 * @name: what it is called
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is still there, or never was
 */
gboolean
weir_saved_views_remove (WeirPreferences *preferences, const char *name, GError **error)
{
  Change change = { .name = name };

  return weir_preferences_edit (preferences, VIEWS, change_view, &change, error);
}

/**
 * weir_recent_queries_list:
 * @preferences: where they are kept
 *
 * Returns: (transfer full): the queries asked last, the latest first
 */
char **
weir_recent_queries_list (WeirPreferences *preferences)
{
  return weir_json_dup_strv (weir_preferences_get (preferences, RECENT));
}

/**
 * weir_recent_queries_add:
 * @preferences: where they are kept
 * @query: what was asked
 *
 * Puts it before the others, which are kept up to a number; a worker does it, and nobody waits.
 */
void
weir_recent_queries_add (WeirPreferences *preferences, const char *query)
{
  weir_preferences_edit_later (preferences, RECENT, add_recent, g_strdup (query), g_free);
}
