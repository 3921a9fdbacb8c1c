/* weir-hub-document.c: JSON documents as the hub keeps them: text, never trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-document.h"

#include <string.h>

/* The member as it is, or as the patch has it. */
static void
add_merged (WeirJsonWriter *writer, WeirJson key, WeirJson value, WeirJson patch)
{
  g_autofree char *name = weir_json_dup_string (key);
  WeirJson replacement = weir_json_get (patch, name);

  if (weir_json_get_type (replacement) == WEIR_JSON_ABSENT)
    weir_json_writer_add_raw (writer, name, value);
  else if (weir_json_get_type (replacement) != WEIR_JSON_NULL)
    weir_json_writer_add_raw (writer, name, replacement);
}

static void
add_new (WeirJsonWriter *writer, WeirJson key, WeirJson value, WeirJson base)
{
  g_autofree char *name = weir_json_dup_string (key);

  if (weir_json_get_type (value) != WEIR_JSON_NULL
      && weir_json_get_type (weir_json_get (base, name)) == WEIR_JSON_ABSENT)
    weir_json_writer_add_raw (writer, name, value);
}

/**
 * weir_hub_document_new:
 * @sequence: its place in the order of creation
 * @id: its identifier
 * @text: (transfer full): its JSON
 *
 * Returns: (transfer full): a document; text that is no JSON gives one without members
 */
WeirHubDocument *
weir_hub_document_new (gint64 sequence, const char *id, char *text)
{
  WeirHubDocument *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (WeirHubDocument, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->sequence = sequence;
  self->id = g_strdup (id);
  self->text = text;
  self->json = weir_hub_json_view (text);
  return self;
}

/**
 * weir_hub_document_ref:
 * @self: a document
 *
 * Returns: (transfer full): @self
 */
WeirHubDocument *
weir_hub_document_ref (WeirHubDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * weir_hub_document_unref:
 * @self: (transfer full): a document
 */
void
weir_hub_document_unref (WeirHubDocument *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

/**
 * weir_hub_document_dup_string:
 * @self: a document
 * @member: name of a member
 *
 * Returns: (transfer full) (nullable): the member's string; %NULL if it is none
 */
char *
weir_hub_document_dup_string (WeirHubDocument *self, const char *member)
{
  g_return_val_if_fail (self != NULL, NULL);

  return weir_json_dup_string (weir_json_get (self->json, member));
}

/**
 * weir_hub_document_get_int:
 * @self: a document
 * @member: name of a member
 *
 * Returns: the member's whole number; 0 if it is none
 */
gint64
weir_hub_document_get_int (WeirHubDocument *self, const char *member)
{
  gint64 number = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (!weir_json_get_int (weir_json_get (self->json, member), &number))
    return 0;
  return number;
}

/**
 * weir_hub_document_get_boolean:
 * @self: a document
 * @member: name of a member
 *
 * Returns: whether the member is true
 */
gboolean
weir_hub_document_get_boolean (WeirHubDocument *self, const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return weir_json_get_boolean (weir_json_get (self->json, member));
}

/**
 * weir_hub_document_has:
 * @self: a document
 * @member: name of a member
 *
 * Returns: whether the member is there and not null
 */
gboolean
weir_hub_document_has (WeirHubDocument *self, const char *member)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return weir_json_is_set (weir_json_get (self->json, member));
}

/**
 * weir_hub_json_merge:
 * @base: an object, or absent
 * @patch: an object, or absent
 *
 * Puts two objects together at their first level. Numbers and the order of members stay as they
 * are written; members only @patch has come last.
 *
 * Returns: (transfer full): an object's text
 */
char *
weir_hub_json_merge (WeirJson base, WeirJson patch)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_writer_begin_object (writer, NULL);
  if (weir_json_get_type (base) == WEIR_JSON_OBJECT)
    {
      weir_json_iter_init (&iter, base);
      while (weir_json_iter_next (&iter, &key, &value))
        add_merged (writer, key, value, patch);
    }
  if (weir_json_get_type (patch) == WEIR_JSON_OBJECT)
    {
      weir_json_iter_init (&iter, patch);
      while (weir_json_iter_next (&iter, &key, &value))
        add_new (writer, key, value, base);
    }
  weir_json_writer_end_object (writer);
  return weir_json_writer_end (writer);
}

/**
 * weir_hub_json_view:
 * @text: (nullable): JSON text that outlives the view
 *
 * Returns: the root value; absent if @text is not JSON
 */
WeirJson
weir_hub_json_view (const char *text)
{
  WeirJson root = { NULL, 0 };

  if (text == NULL || !weir_json_parse_text (text, -1, &root, NULL))
    root = (WeirJson){ NULL, 0 };
  return root;
}

/**
 * weir_hub_json_is_deep:
 * @value: a value
 *
 * What is taken in comes out within other objects and lists, and must not be nested deeper then
 * than a reader allows.
 *
 * Returns: whether @value is nested too deeply to be taken in
 */
gboolean
weir_hub_json_is_deep (WeirJson value)
{
  gboolean quoted = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < value.length; i++)
    {
      char c = value.text[i];

      if (quoted && c == '\\')
        i++;
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted && (c == '[' || c == '{'))
        {
          if (++depth > WEIR_HUB_MAX_DEPTH)
            return TRUE;
        }
      else if (!quoted && (c == ']' || c == '}'))
        depth--;
    }
  return FALSE;
}

/**
 * weir_hub_json_add_text:
 * @writer: a writer
 * @key: (nullable): name of the member
 * @json: (nullable): JSON text; nothing is written for %NULL
 *
 * Writes a value that is already JSON text.
 */
void
weir_hub_json_add_text (WeirJsonWriter *writer, const char *key, const char *json)
{
  if (json != NULL)
    weir_json_writer_add_raw (writer, key, weir_hub_json_view (json));
}

/**
 * weir_hub_json_begin:
 *
 * Returns: (transfer full): a writer within a new object
 */
WeirJsonWriter *
weir_hub_json_begin (void)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  return writer;
}

/**
 * weir_hub_json_string:
 * @text: (nullable): any text
 *
 * Returns: (transfer full): @text as a JSON string, or null
 */
char *
weir_hub_json_string (const char *text)
{
  WeirJsonWriter *writer = weir_json_writer_new ();

  weir_json_writer_add_string (writer, NULL, text);
  return weir_json_writer_end (writer);
}
