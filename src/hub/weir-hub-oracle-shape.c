/* weir-hub-oracle-shape.c: the template of a subscription, filled with a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-oracle.h"

#include <libxml/parser.h>
#include <string.h>

/* Nothing is fetched, nothing is expanded: a template is a stranger's. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA)
#define MAX_DEPTH 64

static void fill_element (xmlNode *element, WeirJson value, guint depth);

/* XML has no way to write most control characters. */
static char *
dup_clean_text (WeirJson value)
{
  g_autofree char *text = weir_json_dup_text (value);
  GString *clean = g_string_new (NULL);

  for (const char *c = text != NULL ? text : ""; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if ((character >= 0x20 || character == '\t' || character == '\n')
          && (character & 0xfffe) != 0xfffe)
        g_string_append_unichar (clean, character);
    }
  return g_string_free (clean, FALSE);
}

static void
set_text (xmlNode *element, WeirJson value)
{
  g_autofree char *text = dup_clean_text (value);

  xmlNodeSetContent (element, NULL);
  xmlNodeAddContent (element, (const xmlChar *) text);
}

static gboolean
has_elements (xmlNode *element)
{
  for (xmlNode *child = element->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      return TRUE;
  return FALSE;
}

/* A member by an element's name; the record's source may write it small. */
static WeirJson
find_member (WeirJson record, const xmlChar *name)
{
  WeirJson found = { NULL, 0 };
  WeirJsonIter iter;
  WeirJson key, value;

  weir_json_iter_init (&iter, record);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *member = weir_json_dup_string (key);

      if (strcmp (member, (const char *) name) == 0)
        return value;
      if (g_ascii_strcasecmp (member, (const char *) name) == 0)
        found = value;
    }
  return found;
}

static void
add_child (xmlNode *element, const char *name, WeirJson value, guint depth)
{
  xmlNode *child;

  if (xmlValidateNCName ((const xmlChar *) name, 0) != 0)
    return;
  child = xmlNewChild (element, element->ns, (const xmlChar *) name, NULL);
  fill_element (child, value, depth);
}

static void
add_children (xmlNode *element, WeirJson value, guint depth)
{
  WeirJsonIter iter;
  WeirJson key, member;

  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, &key, &member))
    {
      g_autofree char *name = weir_json_dup_string (key);

      add_child (element, name != NULL ? name : "Item", member, depth);
    }
}

static void
fill_children (xmlNode *element, WeirJson record, guint depth)
{
  for (xmlNode *child = element->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      {
        WeirJson value = find_member (record, child->name);

        if (weir_json_is_set (value))
          fill_element (child, value, depth + 1);
      }
}

static void
fill_element (xmlNode *element, WeirJson value, guint depth)
{
  WeirJsonType type = weir_json_get_type (value);

  if (depth > MAX_DEPTH)
    return;
  if (type == WEIR_JSON_OBJECT && has_elements (element))
    fill_children (element, value, depth);
  else if (type == WEIR_JSON_OBJECT || type == WEIR_JSON_ARRAY)
    add_children (element, value, depth + 1);
  else
    set_text (element, value);
}

static xmlDoc *
parse (const char *text)
{
  xmlDoc *document = xmlReadMemory (text, (int) strlen (text), NULL, NULL, OPTIONS);

  /* entities come with a document type; a template has no use for either */
  if (document != NULL
      && (xmlGetIntSubset (document) != NULL || xmlDocGetRootElement (document) == NULL))
    g_clear_pointer (&document, xmlFreeDoc);
  return document;
}

/* An older page of Oracle's shows a template with its quotation marks escaped (§B4). */
static xmlDoc *
parse_escaped (const char *text)
{
  GString *plain = g_string_new (text);
  xmlDoc *document;

  g_string_replace (plain, "&quot;", "\"", 0);
  g_string_replace (plain, "&lt;", "<", 0);
  g_string_replace (plain, "&gt;", ">", 0);
  document = parse (plain->str);
  g_string_free (plain, TRUE);
  return document;
}

/**
 * weir_hub_oracle_fill_shape:
 * @shape: an objectShapeXml
 * @id: id of the record
 * @record: its JSON
 *
 * Fills the children of the TriggeringObject, which say what is to be sent, with the record's
 * members of their names. The root gets the id as its attribute ID.
 *
 * Returns: (transfer full) (nullable): an XML document; %NULL if @shape is not well-formed
 */
char *
weir_hub_oracle_fill_shape (const char *shape, const char *id, WeirJson record)
{
  xmlDoc *document = parse (shape);
  xmlChar *dumped = NULL;
  xmlNode *root;
  char *text;
  int size;

  if (document == NULL)
    document = parse_escaped (shape);
  if (document == NULL)
    return NULL;
  root = xmlDocGetRootElement (document);
  fill_children (root, record, 0);
  xmlSetProp (root, (const xmlChar *) "ID", (const xmlChar *) id);
  xmlDocDumpMemoryEnc (document, &dumped, &size, "UTF-8");
  text = g_strndup ((const char *) dumped, (gsize) size);
  xmlFree (dumped);
  xmlFreeDoc (document);
  return text;
}
