/* weir-json-search.c: finds a text in a tree of JSON and opens the tree there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-json-search.h"

#include "weir-json-node.h"

#include <string.h>

/* In ms: how often it is looked whether a list has been indexed, and for how long. */
#define WAIT 20
#define MAX_WAITS 100

typedef struct
{
  GBytes *bytes;
  WeirJson value;
  char *text;
  const char *from;
  const char *found; /* (nullable) */
  guint n_waits;
} Search;

static void
search_free (Search *search)
{
  g_bytes_unref (search->bytes);
  g_free (search->text);
  g_free (search);
}

static const char *
find_between (const char *start, const char *end, const char *text, GCancellable *cancellable)
{
  gsize length = strlen (text);
  char lower = g_ascii_tolower (*text);
  char upper = g_ascii_toupper (*text);

  for (const char *at = start; at + length <= end; at++)
    {
      if ((at - start) % (1024 * 1024) == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if ((*at == lower || *at == upper) && g_ascii_strncasecmp (at, text, length) == 0)
        return at;
    }

  return NULL;
}

static void
find_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;
  const char *end = search->value.text + search->value.length;

  search->found = find_between (search->from, end, search->text, cancellable);
  if (search->found == NULL)
    search->found =
        find_between (search->value.text, MIN (search->from + strlen (search->text), end),
                      search->text, cancellable);
  g_task_return_boolean (task, TRUE);
}

static GtkTreeListRow *
get_child (GtkTreeListModel *tree, GtkTreeListRow *row, guint position)
{
  return row != NULL ? gtk_tree_list_row_get_child_row (row, position)
                     : gtk_tree_list_model_get_child_row (tree, position);
}

/* The row among those of one list that the place is in; they follow each other as in the text. *later: it may be among
 * those that the list does not have yet. */
static GtkTreeListRow *
find_row (GtkTreeListModel *tree, GtkTreeListRow *parent, const char *place, gboolean *later)
{
  GListModel *list = parent != NULL ? gtk_tree_list_row_get_children (parent)
                                    : gtk_tree_list_model_get_model (tree);
  guint low = 0;
  guint high = list != NULL ? g_list_model_get_n_items (list) : 0;
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (WeirJsonNode) node = NULL;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      g_autoptr (WeirJsonNode) candidate = g_list_model_get_item (list, middle);

      if (weir_json_node_get_end (candidate) <= place)
        low = middle + 1;
      else
        high = middle;
    }
  row = get_child (tree, parent, low);
  *later = row == NULL;
  if (row == NULL)
    return NULL;

  node = gtk_tree_list_row_get_item (row);

  return weir_json_node_get_start (node) <= place ? g_steal_pointer (&row) : NULL;
}

static gboolean open_cb (gpointer user_data);

/* Opens what is closed on the way; a list that is still being indexed is waited for. */
static void
open_way (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  GtkTreeListModel *tree = g_task_get_source_object (task);
  g_autoptr (GtkTreeListRow) row = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  for (;;)
    {
      gboolean later;
      GtkTreeListRow *child = find_row (tree, row, search->found, &later);
      g_autoptr (WeirJsonNode) node = NULL;

      if (child != NULL)
        {
          g_clear_object (&row);
          row = child;
          node = gtk_tree_list_row_get_item (row);
          /* in its name, or it has nothing inside */
          if (!gtk_tree_list_row_is_expandable (row)
              || (!weir_json_node_is_group (node)
                  && search->found < weir_json_node_get_value (node).text))
            break;
          gtk_tree_list_row_set_expanded (row, TRUE);
          continue;
        }

      if (later && search->n_waits++ < MAX_WAITS)
        {
          g_timeout_add (WAIT, open_cb, g_object_ref (task));
          return;
        }
      break;
    }

  g_task_return_int (task, row != NULL ? (gssize) gtk_tree_list_row_get_position (row) : -1);
}

static gboolean
open_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  open_way (task);

  return G_SOURCE_REMOVE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *found = g_task_get_task_data (G_TASK (result));
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  search->found = found->found;
  if (search->found == NULL)
    g_task_return_int (task, -1);
  else
    open_way (task);
}

static Search *
search_new (GBytes *bytes, WeirJson value, const char *text, const char *from)
{
  Search *search = g_new0 (Search, 1);

  search->bytes = g_bytes_ref (bytes);
  search->value = value;
  search->text = g_strdup (text);
  search->from = from != NULL ? from : value.text;

  return search;
}

/**
 * weir_json_search_async:
 * @tree: of #WeirJsonNode
 * @bytes: what holds @value
 * @value: what @tree is of
 * @text: what to look for, at least a letter
 * @from: (nullable): where in @value to begin; goes on at its beginning
 * @cancellable: (nullable): ends the search
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
weir_json_search_async (GtkTreeListModel *tree,
                        GBytes *bytes,
                        WeirJson value,
                        const char *text,
                        const char *from,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) finding = NULL;

  g_return_if_fail (GTK_IS_TREE_LIST_MODEL (tree));
  g_return_if_fail (text != NULL && *text != '\0');

  task = g_task_new (tree, cancellable, callback, user_data);
  g_task_set_source_tag (task, weir_json_search_async);
  g_task_set_task_data (task, search_new (bytes, value, text, from), (GDestroyNotify) search_free);
  finding = g_task_new (NULL, cancellable, found_cb, g_object_ref (task));
  g_task_set_source_tag (finding, weir_json_search_async);
  g_task_set_task_data (finding, search_new (bytes, value, text, from),
                        (GDestroyNotify) search_free);
  g_task_run_in_thread (finding, find_in_thread);
}

/**
 * weir_json_search_finish:
 * @tree: of #WeirJsonNode
 * @result: what the callback was given
 * @error: return location for a %G_IO_ERROR_CANCELLED
 *
 * Returns: the position of the row that has the text, or -1
 */
int
weir_json_search_finish (GtkTreeListModel *tree, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tree), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
