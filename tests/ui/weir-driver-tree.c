/* weir-driver-tree.c: a program's accessibility tree, read in few trips over the bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-driver"

#include "weir-driver-tree.h"

#define ACCESSIBLE "org.a11y.atspi.Accessible"

/* Numbers of AT-SPI's states. */
enum
{
  STATE_CHECKED = 4,
  STATE_FOCUSED = 12,
  STATE_SELECTED = 23,
  STATE_SENSITIVE = 24,
  STATE_VISIBLE = 30,
};

/* AT-SPI's numbers of roles; the names that the bus gives are those of the toolkit's version. */
static const struct
{
  guint number;
  const char *name;
} roles[] = {
  { 2, "alert" },        { 7, "check box" },       { 11, "combo box" },   { 16, "dialog" },
  { 20, "filler" },      { 23, "frame" },          { 27, "image" },       { 29, "label" },
  { 31, "list" },        { 32, "list item" },      { 33, "menu" },        { 35, "menu item" },
  { 37, "page tab" },    { 39, "panel" },          { 40, "text" },        { 42, "progress bar" },
  { 43, "push button" }, { 44, "radio button" },   { 51, "slider" },      { 55, "table" },
  { 56, "table cell" },  { 57, "column header" },  { 61, "text" },        { 62, "toggle button" },
  { 66, "tree table" },  { 69, "window" },         { 75, "application" }, { 79, "text" },
  { 90, "table row" },   { 130, "toggle button" },
};

/* A level of the tree is asked for at once: waiting for each answer by itself would take seconds. */
typedef struct
{
  GDBusConnection *bus;
  const char *owner;
  guint pending;
} Reader;

typedef struct
{
  Reader *reader;
  WeirNode *node;
} Question;

static WeirNode *
node_new (WeirNode *parent, const char *path)
{
  WeirNode *self = g_new0 (WeirNode, 1);

  self->parent = parent;
  self->thing.path = g_strdup (path);
  self->thing.parent = parent != NULL ? g_strdup (parent->thing.path) : NULL;
  self->thing.index = parent != NULL ? parent->children->len : 0;
  self->thing.role = g_strdup ("");
  self->thing.name = g_strdup ("");
  self->thing.description = g_strdup ("");
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) weir_node_free);
  return self;
}

static void
clear_thing (WeirThing *thing)
{
  g_free (thing->path);
  g_free (thing->parent);
  g_free (thing->role);
  g_free (thing->name);
  g_free (thing->description);
}

static GVariant *
finish (GObject *source, GAsyncResult *result, gpointer user_data, WeirNode **node)
{
  g_autofree Question *question = user_data;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  question->reader->pending--;
  *node = question->node;
  /* no answer: it went away meanwhile */
  return answer;
}

static void
replace (char **field, char *text)
{
  g_free (*field);
  *field = text;
}

static void
properties_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirNode *node;
  g_autoptr (GVariant) answer = finish (source, result, user_data, &node);
  g_autoptr (GVariant) properties = NULL;
  char *text;

  if (answer == NULL)
    return;
  properties = g_variant_get_child_value (answer, 0);
  if (g_variant_lookup (properties, "Name", "s", &text))
    replace (&node->thing.name, text);
  if (g_variant_lookup (properties, "Description", "s", &text))
    replace (&node->thing.description, text);
}

static void
role_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirNode *node;
  g_autoptr (GVariant) answer = finish (source, result, user_data, &node);
  guint32 number;

  if (answer == NULL)
    return;
  g_variant_get (answer, "(u)", &number);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (roles[i].number == number)
        replace (&node->thing.role, g_strdup (roles[i].name));
    }
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirNode *node;
  g_autoptr (GVariant) answer = finish (source, result, user_data, &node);
  g_autoptr (GVariant) words = NULL;
  guint32 low = 0;

  if (answer == NULL)
    return;
  words = g_variant_get_child_value (answer, 0);
  if (g_variant_n_children (words) > 0)
    g_variant_get_child (words, 0, "u", &low);
  node->visible = (low >> STATE_VISIBLE) & 1;
  node->thing.sensitive = (low >> STATE_SENSITIVE) & 1;
  node->thing.selected = (low >> STATE_SELECTED) & 1;
  node->thing.focused = (low >> STATE_FOCUSED) & 1;
  node->thing.checked = (low >> STATE_CHECKED) & 1;
}

static void
children_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WeirNode *node;
  g_autoptr (GVariant) answer = finish (source, result, user_data, &node);
  g_autoptr (GVariant) list = NULL;
  GVariantIter iter;
  const char *owner;
  const char *path;

  if (answer == NULL)
    return;
  list = g_variant_get_child_value (answer, 0);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&o)", &owner, &path))
    g_ptr_array_add (node->children, node_new (node, path));
}

static void
ask (Reader *reader,
     WeirNode *node,
     const char *interface,
     const char *method,
     GVariant *parameters,
     GAsyncReadyCallback callback)
{
  Question *question = g_new (Question, 1);

  question->reader = reader;
  question->node = node;
  reader->pending++;
  g_dbus_connection_call (reader->bus, reader->owner, node->thing.path, interface, method,
                          parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, callback, question);
}

static void
settle (Reader *reader)
{
  while (reader->pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * weir_node_free:
 * @self: (transfer full): a node
 */
void
weir_node_free (WeirNode *self)
{
  clear_thing (&self->thing);
  g_ptr_array_unref (self->children);
  g_free (self);
}

/**
 * weir_thing_free:
 * @self: (transfer full): a thing
 */
void
weir_thing_free (WeirThing *self)
{
  clear_thing (self);
  g_free (self);
}

/**
 * weir_thing_copy:
 * @self: a thing
 *
 * Returns: (transfer full): a copy
 */
WeirThing *
weir_thing_copy (const WeirThing *self)
{
  WeirThing *copy = g_new (WeirThing, 1);

  *copy = *self;
  copy->path = g_strdup (self->path);
  copy->parent = g_strdup (self->parent);
  copy->role = g_strdup (self->role);
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  return copy;
}

/**
 * weir_node_read:
 * @bus: the accessibility bus
 * @owner: the program's name there
 * @path: where to begin
 * @rows: whether to read what is in the rows of tables; if @path is such a row, that is read
 *
 * Reads what can be seen from there on. The root itself counts as seen.
 *
 * Returns: (transfer full): the root
 */
WeirNode *
weir_node_read (GDBusConnection *bus, const char *owner, const char *path, gboolean rows)
{
  Reader reader = { .bus = bus, .owner = owner };
  WeirNode *root = node_new (NULL, path);
  g_autoptr (GPtrArray) level = g_ptr_array_new ();

  g_ptr_array_add (level, root);
  while (level->len > 0)
    {
      g_autoptr (GPtrArray) next = g_ptr_array_new ();

      for (guint i = 0; i < level->len; i++)
        ask (&reader, g_ptr_array_index (level, i), ACCESSIBLE, "GetState", NULL, state_cb);
      settle (&reader);
      root->visible = TRUE;
      for (guint i = 0; i < level->len; i++)
        {
          WeirNode *node = g_ptr_array_index (level, i);

          if (!node->visible)
            continue;
          ask (&reader, node, "org.freedesktop.DBus.Properties", "GetAll",
               g_variant_new ("(s)", ACCESSIBLE), properties_cb);
          ask (&reader, node, ACCESSIBLE, "GetRole", NULL, role_cb);
        }
      settle (&reader);
      for (guint i = 0; i < level->len; i++)
        {
          WeirNode *node = g_ptr_array_index (level, i);

          if (node->visible
              && (rows || node == root || !g_str_equal (node->thing.role, "table row")))
            ask (&reader, node, ACCESSIBLE, "GetChildren", NULL, children_cb);
        }
      settle (&reader);
      for (guint i = 0; i < level->len; i++)
        {
          WeirNode *node = g_ptr_array_index (level, i);

          for (guint child = 0; child < node->children->len; child++)
            g_ptr_array_add (next, g_ptr_array_index (node->children, child));
        }
      g_ptr_array_set_size (level, 0);
      g_ptr_array_extend (level, next, NULL, NULL);
    }
  return root;
}

/**
 * weir_node_search:
 * @root: a tree
 * @accept: says what is wanted
 * @user_data: for @accept
 *
 * Returns: (transfer none) (nullable): the best below @root; of equals the nearest to it
 */
WeirNode *
weir_node_search (WeirNode *root, WeirNodeAccept accept, gpointer user_data)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();
  WeirNode *best = NULL;
  guint best_rank = G_MAXUINT;

  g_ptr_array_add (queue, root);
  for (guint i = 0; i < queue->len; i++)
    {
      WeirNode *node = g_ptr_array_index (queue, i);
      guint rank = i > 0 && node->visible ? accept (node, user_data) : 0;

      if (rank > 0 && rank < best_rank)
        {
          best = node;
          best_rank = rank;
        }
      g_ptr_array_extend (queue, node->children, NULL, NULL);
    }
  return best;
}

/**
 * weir_node_append_labels:
 * @self: a tree
 * @text: the labels' texts are appended, with “ · ” between
 */
void
weir_node_append_labels (WeirNode *self, GString *text)
{
  if (!self->visible)
    return;
  if (g_str_equal (self->thing.role, "label") && self->thing.name[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", self->thing.name);
  for (guint i = 0; i < self->children->len; i++)
    weir_node_append_labels (g_ptr_array_index (self->children, i), text);
}

/**
 * weir_node_dump:
 * @self: a tree
 * @depth: how far to indent
 * @text: where to append
 */
void
weir_node_dump (WeirNode *self, guint depth, GString *text)
{
  WeirThing *thing = &self->thing;

  if (!self->visible)
    return;
  g_string_append_printf (text, "%*s%s “%s”%s%s%s", (int) depth * 2, "",
                          thing->role[0] != '\0' ? thing->role : "…", thing->name,
                          thing->sensitive ? "" : " (insensitive)",
                          thing->selected ? " (selected)" : "", thing->checked ? " (checked)" : "");
  if (thing->description[0] != '\0')
    g_string_append_printf (text, ": %s", thing->description);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->children->len; i++)
    weir_node_dump (g_ptr_array_index (self->children, i), depth + 1, text);
}
