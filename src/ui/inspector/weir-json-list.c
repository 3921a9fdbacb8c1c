/* weir-json-list.c: the members of a value inside JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list knows where its members begin, and of a long one where each group of members begins; it makes a node when it is
 * asked for one. It looks at nothing before somebody asks how long it is: a tree makes such a list only to see that
 * there is one.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-json-node-private.h"

/* A list view makes rows for the first two hundred items at once, which takes longer than a frame: so it is told of so many
 * at a time, and then of all the others. */
#define BATCH 48
#define MAX_BATCHED 240

typedef struct
{
  WeirJson key;
  WeirJson value;
  guint count; /* of a container, or UNKNOWN */
} Member;

/* Either members, or what groups them. */
typedef struct
{
  GArray *members; /* Member */
  GArray *starts;  /* (nullable) (element-type const char *) of groups */
  guint total;
} Index;

struct _WeirJsonList
{
  GObject parent_instance;

  WeirJsonNode *parent; /* a container or a group */
  gboolean asked;
  Index *index; /* (nullable): not indexed yet */
  guint shown;  /* how many the view has been told of */
  guint idle_id;
};

static void
index_free (gpointer data)
{
  Index *index = data;

  g_array_unref (index->members);
  g_clear_pointer (&index->starts, g_array_unref);
  g_free (index);
}

static gsize
get_span (WeirJsonNode *node)
{
  return node->start != NULL ? node->span : node->value.length;
}

static gboolean
is_container (WeirJson value)
{
  return weir_json_get_type (value) == WEIR_JSON_OBJECT
         || weir_json_get_type (value) == WEIR_JSON_ARRAY;
}

/* From the group that is full on only what groups begin with is kept. */
static void
index_groups (Index *index, WeirJsonIter *iter)
{
  const char *start = iter->position;

  while (weir_json_iter_next (iter, NULL, NULL))
    {
      if (index->total++ % WEIR_JSON_GROUP == 0)
        g_array_append_val (index->starts, start);
      start = iter->position;
    }
}

static Index *
index_node (WeirJsonNode *node)
{
  Index *index = g_new0 (Index, 1);
  guint max = node->start != NULL ? node->count : G_MAXUINT;
  gboolean counts = get_span (node) > WEIR_JSON_SMALL;
  WeirJsonIter iter;
  const char *first;
  Member member;

  index->members = g_array_new (FALSE, FALSE, sizeof (Member));
  weir_json_iter_init (&iter, node->value);
  if (node->start != NULL)
    iter.position = node->start;
  first = iter.position;
  while (index->total < max && index->total < WEIR_JSON_GROUP
         && weir_json_iter_next (&iter, &member.key, &member.value))
    {
      member.count = counts && is_container (member.value) ? weir_json_count (member.value)
                                                           : WEIR_JSON_COUNT_UNKNOWN;
      g_array_append_val (index->members, member);
      index->total++;
    }

  if (index->total < max && iter.position != NULL && node->start == NULL)
    {
      index->starts = g_array_new (FALSE, FALSE, sizeof (const char *));
      g_array_append_val (index->starts, first);
      index_groups (index, &iter);
      if (index->total > WEIR_JSON_GROUP)
        g_array_set_size (index->members, 0);
      else
        g_clear_pointer (&index->starts, g_array_unref);
    }

  return index;
}

static void
index_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, index_node (task_data), index_free);
}

static guint
get_total (WeirJsonList *self)
{
  return self->index->starts != NULL ? self->index->starts->len : self->index->members->len;
}

static void show_more (WeirJsonList *self);

static gboolean
idle_cb (gpointer user_data)
{
  WeirJsonList *self = user_data;
  guint before = self->shown;

  self->idle_id = 0;
  show_more (self);
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->shown - before);

  return G_SOURCE_REMOVE;
}

static void
show_more (WeirJsonList *self)
{
  guint total = get_total (self);

  self->shown = self->shown < MAX_BATCHED ? MIN (total, self->shown + BATCH) : total;
  /* after the frame that these are in */
  if (self->shown < total)
    self->idle_id = g_idle_add (idle_cb, self);
}

static void
indexed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirJsonList *self = WEIR_JSON_LIST (source);

  self->index = g_task_propagate_pointer (G_TASK (result), NULL);
  show_more (self);
  if (self->shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->shown);
}

static void
ask (WeirJsonList *self)
{
  g_autoptr (GTask) task = NULL;

  self->asked = TRUE;
  if (get_span (self->parent) <= WEIR_JSON_SMALL)
    {
      self->index = index_node (self->parent);
      show_more (self);
      return;
    }

  task = g_task_new (self, NULL, indexed_cb, NULL);
  g_task_set_source_tag (task, ask);
  g_task_set_task_data (task, g_object_ref (self->parent), g_object_unref);
  g_task_run_in_thread (task, index_in_thread);
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

  if (!self->asked)
    ask (self);

  return self->shown;
}

static WeirJsonNode *
create_group (WeirJsonList *self, guint position)
{
  GArray *starts = self->index->starts;
  WeirJson container = self->parent->value;
  WeirJsonNode *node = weir_json_node_new (self->parent->bytes, container);
  const char *end = position + 1 < starts->len ? g_array_index (starts, const char *, position + 1)
                                               : container.text + container.length;

  node->start = g_array_index (starts, const char *, position);
  node->span = (gsize) (end - node->start);
  node->index = position * WEIR_JSON_GROUP;
  node->count = MIN (WEIR_JSON_GROUP, self->index->total - node->index);
  node->parent = g_object_ref (self->parent);

  return node;
}

static gpointer
weir_json_list_get_item (GListModel *list, guint position)
{
  WeirJsonList *self = WEIR_JSON_LIST (list);
  gboolean in_group = self->parent->start != NULL;
  WeirJsonNode *node;
  Member *member;

  if (position >= weir_json_list_get_n_items (list))
    return NULL;
  if (self->index->starts != NULL)
    return create_group (self, position);

  member = &g_array_index (self->index->members, Member, position);
  node = weir_json_node_new (self->parent->bytes, member->value);
  node->key = member->key;
  node->index = position + (in_group ? self->parent->index : 0);
  node->count = member->count;
  node->parent = g_object_ref (in_group ? self->parent->parent : self->parent);

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
weir_json_list_finalize (GObject *object)
{
  WeirJsonList *self = WEIR_JSON_LIST (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->index, index_free);
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

  return G_LIST_MODEL (list);
}
