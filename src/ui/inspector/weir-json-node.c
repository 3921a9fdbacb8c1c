/* weir-json-node.c: a value inside JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A node knows where its value is and nothing more. So a document of any size costs what of it is looked at.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-json-node-private.h"

#include "weir-format.h"
#include "weir-json-path.h"

#include <glib/gi18n-lib.h>

#define SUMMARY_BYTES 400
/* Beyond this a value is copied as it was written: to indent it would take too long. */
#define MAX_PRETTY (1024 * 1024)

G_DEFINE_FINAL_TYPE (WeirJsonNode, weir_json_node, G_TYPE_OBJECT)

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
  self->count = WEIR_JSON_COUNT_UNKNOWN;
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
  if (self->start != NULL)
    g_string_append_printf (path, "[%u:%u]", self->index, self->index + self->count);
  else
    weir_json_path_append (path, self->key, self->index);
}

static void
append_term (GString *path, WeirJsonNode *self)
{
  if (self->parent == NULL)
    {
      g_string_append (path, "data");
      return;
    }

  append_term (path, self->parent);
  if (self->start == NULL)
    weir_json_path_append_term (path, self->key, self->index);
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

/* The members as a container of their own. */
static char *
dup_group (WeirJsonNode *self)
{
  gboolean object = weir_json_get_type (self->value) == WEIR_JSON_OBJECT;
  const char *start = self->start;
  const char *end = start + self->span;

  if (*start == ',')
    start++;
  /* the last one's span has the container's end in it */
  if (end == self->value.text + self->value.length)
    end--;

  return g_strdup_printf ("%c%.*s%c", object ? '{' : '[', (int) (end - start), start,
                          object ? '}' : ']');
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
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), FALSE);

  return !weir_json_is_empty (self->value);
}

/**
 * weir_json_node_is_group:
 * @self: a node
 *
 * Returns: whether it stands for some of a container's members, next to each other
 */
gboolean
weir_json_node_is_group (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), FALSE);

  return self->start != NULL;
}

/**
 * weir_json_node_get_start:
 * @self: a node
 *
 * Returns: (transfer none): where it begins in the document, with its name
 */
const char *
weir_json_node_get_start (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  if (self->start != NULL)
    return self->start;

  return self->key.text != NULL ? self->key.text : self->value.text;
}

/**
 * weir_json_node_get_end:
 * @self: a node
 *
 * Returns: (transfer none): where it ends in the document
 */
const char *
weir_json_node_get_end (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  return self->start != NULL ? self->start + self->span : self->value.text + self->value.length;
}

/**
 * weir_json_node_dup_key:
 * @self: a node
 *
 * Returns: (transfer full): its name in an object, its number in an array, a group's first and last number, "" for the
 *   root
 */
char *
weir_json_node_dup_key (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  if (self->start != NULL)
    return g_strdup_printf ("%u – %u", self->index, self->index + self->count - 1);
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
  g_autofree char *number = NULL;
  guint count = self->count;

  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  type = weir_json_get_type (self->value);
  if (type != WEIR_JSON_OBJECT && type != WEIR_JSON_ARRAY)
    return dup_beginning (self->value);

  if (count == WEIR_JSON_COUNT_UNKNOWN && self->value.length > WEIR_JSON_SMALL)
    return weir_format_size (self->value.length);

  if (count == WEIR_JSON_COUNT_UNKNOWN)
    count = weir_json_count (self->value);
  number = weir_format_number (count);
  if (type == WEIR_JSON_ARRAY)
    /* Translators: what an array holds; %s is a number */
    return g_strdup_printf (ngettext ("%s item", "%s items", count), number);

  /* Translators: what an object holds; %s is a number */
  return g_strdup_printf (ngettext ("%s attribute", "%s attributes", count), number);
}

/**
 * weir_json_node_dup_copy:
 * @self: a node
 *
 * Returns: (transfer full): the value for the clipboard: a string without quotes and escapes, anything else as JSON, which
 *   is indented unless it is long
 */
char *
weir_json_node_dup_copy (WeirJsonNode *self)
{
  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  if (weir_json_get_type (self->value) == WEIR_JSON_STRING)
    return weir_json_dup_string (self->value);

  if (self->start != NULL)
    return dup_group (self);
  if (self->value.length > MAX_PRETTY)
    return weir_json_dup_raw (self->value);

  return weir_json_dup_pretty (self->value);
}

/**
 * weir_json_node_dup_term:
 * @self: a node
 *
 * Returns: (transfer full) (nullable): the field of a query's term that asks for this value, such as `data.items[3].name`,
 *   if the root is an event's payload; %NULL for what a term cannot ask for
 */
char *
weir_json_node_dup_term (WeirJsonNode *self)
{
  GString *path;
  WeirJsonType type;

  g_return_val_if_fail (WEIR_IS_JSON_NODE (self), NULL);

  type = weir_json_get_type (self->value);
  if (self->parent == NULL || type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY)
    return NULL;

  path = g_string_new (NULL);
  append_term (path, self);

  return g_string_free (path, FALSE);
}
