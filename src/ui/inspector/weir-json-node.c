/* weir-json-node.c: a value inside JSON, and its children as a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A node knows where its value is and nothing more; a list knows where its members begin and makes a node when it is asked
 * for one. So a document of any size costs what of it is looked at.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-json-node.h"

#include "weir-json-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Below this a container is indexed, and its members are counted, where it is asked for: 2 ms at most. */
#define SMALL (512 * 1024)
#define SUMMARY_BYTES 400

struct _WeirJsonNode
{
  GObject parent_instance;

  GBytes *bytes;
  WeirJson value;
  WeirJson key;         /* absent in an array and at the root */
  guint index;          /* in an array */
  WeirJsonNode *parent; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WeirJsonNode, weir_json_node, G_TYPE_OBJECT)

typedef struct
{
  WeirJson key;
  WeirJson value;
} Member;

struct _WeirJsonList
{
  GObject parent_instance;

  WeirJsonNode *parent;
  GArray *members; /* (nullable) (element-type Member): NULL until they are indexed */
};

static GArray *
index_members (WeirJson container)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));
  WeirJsonIter iter;
  Member member;

  weir_json_iter_init (&iter, container);
  while (weir_json_iter_next (&iter, &member.key, &member.value))
    g_array_append_val (members, member);

  return members;
}

static GType
weir_json_list_get_item_type (GListModel *list)
{
  return WEIR_TYPE_JSON_NODE;
}

static guint
weir_json_list_get_n_items (GListModel *list)
{
  WeirJsonList *self = WEIR_JSON_LIST (list);

  return self->members != NULL ? self->members->len : 0;
}

static gpointer
weir_json_list_get_item (GListModel *list, guint position)
{
  WeirJsonList *self = WEIR_JSON_LIST (list);
  WeirJsonNode *node;
  Member *member;

  if (self->members == NULL || position >= self->members->len)
    return NULL;

  member = &g_array_index (self->members, Member, position);
  node = weir_json_node_new (self->parent->bytes, member->value);
  node->key = member->key;
  node->index = position;
  node->parent = g_object_ref (self->parent);

  return node;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = weir_json_list_get_item_type;
  iface->get_n_items = weir_json_list_get_n_items;
  iface->get_item = weir_json_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WeirJsonList,
                               weir_json_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
index_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, index_members (weir_json_node_get_value (task_data)),
                         (GDestroyNotify) g_array_unref);
}

static void
indexed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirJsonList *self = WEIR_JSON_LIST (source);
  g_autoptr (GArray) members = g_task_propagate_pointer (G_TASK (result), NULL);

  if (members == NULL || members->len == 0)
    return;

  self->members = g_steal_pointer (&members);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->members->len);
}

static void
weir_json_list_finalize (GObject *object)
{
  WeirJsonList *self = WEIR_JSON_LIST (object);

  g_clear_pointer (&self->members, g_array_unref);
  g_clear_object (&self->parent);

  G_OBJECT_CLASS (weir_json_list_parent_class)->finalize (object);
}

static void
weir_json_list_class_init (WeirJsonListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_json_list_finalize;
}

static void
weir_json_list_init (WeirJsonList *self)
{
}

static void
weir_json_node_finalize (GObject *object)
{
  WeirJsonNode *self = WEIR_JSON_NODE (object);

  g_bytes_unref (self->bytes);
  g_clear_object (&self->parent);

  G_OBJECT_CLASS (weir_json_node_parent_class)->finalize (object);
}

static void
weir_json_node_class_init (WeirJsonNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_json_node_finalize;
}

static void
weir_json_node_init (WeirJsonNode *self)
{
}

/* Outermost first, so the parents are written before the node itself. */
static void
append_path (GString *path, WeirJsonNode *self)
{
  if (self->parent == NULL)
    {
      g_string_append_c (path, '$');
      return;
    }

  append_path (path, self->parent);
  weir_json_path_append (path, self->key, self->index);
}

/* The beginning of a text that may be megabytes long, cut between characters. */
static char *
dup_beginning (WeirJson value)
{
  const char *end = value.text + MIN (value.length, SUMMARY_BYTES);

  if (value.length <= SUMMARY_BYTES)
    return weir_json_dup_raw (value);

  while (end > value.text && (*end & 0xc0) == 0x80)
    end--;

  return g_strdup_printf ("%.*s…", (int) (end - value.text), value.text);
}

/**
 * weir_json_node_new:
 * @bytes: what holds the value
 * @value: a value inside @bytes, which weir_json_parse() accepted
 *
 * Returns: (transfer full): the root of a tree
 */
WeirJsonNode *
weir_json_node_new (GBytes *bytes, WeirJson value)
{
  WeirJsonNode *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_object_new (WEIR_TYPE_JSON_NODE, NULL);
  self->bytes = g_bytes_ref (bytes);
  self->value = value;

  return self;
}

/**
 * weir_json_node_get_value:
 * @self: a node
 *
 * Returns: the value: a view that lives as long as the node
 */
WeirJson
weir_json_node_get_value (WeirJsonNode *self)
{
  return self->value;
}

/**
 * weir_json_node_is_container:
 * @self: a node
 *
 * Returns: whether it has children
 */
gboolean
weir_json_node_is_container (WeirJsonNode *self)
{
  WeirJsonIter iter;

  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), FALSE);

  if (weir_json_get_type (self->value) != WEIR_JSON_OBJECT
      && weir_json_get_type (self->value) != WEIR_JSON_ARRAY)
    return FALSE;

  weir_json_iter_init (&iter, self->value);

  return weir_json_iter_next (&iter, NULL, NULL);
}

/**
 * weir_json_node_dup_key:
 * @self: a node
 *
 * Returns: (transfer full): its name in an object, its number in an array, "" for the root
 */
char *
weir_json_node_dup_key (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  if (weir_json_get_type (self->key) == WEIR_JSON_STRING)
    return weir_json_dup_string (self->key);
  if (self->parent != NULL)
    return g_strdup_printf ("%u", self->index);

  return g_strdup ("");
}

/**
 * weir_json_node_dup_path:
 * @self: a node
 *
 * Returns: (transfer full): its path from the root, such as `$.items[3].name`
 */
char *
weir_json_node_dup_path (WeirJsonNode *self)
{
  GString *path;

  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  path = g_string_new (NULL);
  append_path (path, self);

  return g_string_free (path, FALSE);
}

/**
 * weir_json_node_dup_summary:
 * @self: a node
 *
 * Returns: (transfer full): the value in one line, long ones only their beginning; of a container how much it holds
 */
char *
weir_json_node_dup_summary (WeirJsonNode *self)
{
  WeirJsonType type;
  guint count;

  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  type = weir_json_get_type (self->value);
  if (type != WEIR_JSON_OBJECT && type != WEIR_JSON_ARRAY)
    return dup_beginning (self->value);

  if (self->value.length > SMALL)
    return g_format_size (self->value.length);

  count = weir_json_count (self->value);
  if (type == WEIR_JSON_ARRAY)
    /* Translators: what an array holds */
    return g_strdup_printf (ngettext ("%u item", "%u items", count), count);

  /* Translators: what an object holds */
  return g_strdup_printf (ngettext ("%u attribute", "%u attributes", count), count);
}

/**
 * weir_json_node_dup_copy:
 * @self: a node
 *
 * Returns: (transfer full): the value for the clipboard: a string without quotes and escapes, anything else as JSON
 */
char *
weir_json_node_dup_copy (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  if (weir_json_get_type (self->value) == WEIR_JSON_STRING)
    return weir_json_dup_string (self->value);

  return weir_json_dup_pretty (self->value);
}

/**
 * weir_json_node_create_children:
 * @self: a node
 *
 * Returns: (transfer full) (nullable): a list of #WeirJsonNode
 */
GListModel *
weir_json_node_create_children (WeirJsonNode *self)
{
  WeirJsonList *list;

  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  if (!weir_json_node_is_container (self))
    return NULL;

  list = g_object_new (WEIR_TYPE_JSON_LIST, NULL);
  list->parent = g_object_ref (self);
  if (self->value.length <= SMALL)
    {
      list->members = index_members (self->value);
    }
  else
    {
      g_autoptr (GTask) task = g_task_new (list, NULL, indexed_cb, NULL);

      g_task_set_source_tag (task, weir_json_node_create_children);
      g_task_set_task_data (task, g_object_ref (self), g_object_unref);
      g_task_run_in_thread (task, index_in_thread);
    }

  return G_LIST_MODEL (list);
}
