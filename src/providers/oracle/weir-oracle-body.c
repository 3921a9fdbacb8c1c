/* weir-oracle-body.c: what is written to an event subscription, checked before it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-oracle-body.h"

#include "weir-json-writer.h"
#include "weir-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The limits of the reference page (api/sequin-and-oracle.md B4); its lengths are in characters. */
typedef enum
{
  TEXT,
  NAMED_ID,
  READ_ONLY_INTEGER,
  READ_ONLY_TEXT,
  READ_ONLY_LINKS,
} FieldKind;

typedef struct
{
  const char *name;
  FieldKind kind;
  glong max_length;
  gboolean may_be_empty;
} Field;

static const Field fields[] = {
  { "class", TEXT, 256, FALSE },
  { "endPoint", TEXT, 1333, FALSE },
  { "eventType", NAMED_ID, 0, FALSE },
  { "integrationUser", NAMED_ID, 0, FALSE },
  { "name", TEXT, 255, FALSE },
  { "objectShapeXml", TEXT, 349525, TRUE },
  { "objectVersion", NAMED_ID, 0, FALSE },
  { "status", NAMED_ID, 0, FALSE },
  /* The server's own; a record as it was read may be written back, so they are checked and left out. */
  { "id", READ_ONLY_INTEGER, 0, FALSE },
  { "lookupName", READ_ONLY_TEXT, 255, TRUE },
  { "createdTime", READ_ONLY_TEXT, 0, TRUE },
  { "updatedTime", READ_ONLY_TEXT, 0, TRUE },
  { "links", READ_ONLY_LINKS, 0, TRUE },
};

#define LOOKUP_NAME_LENGTH 255

static void refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_propagate_error (error, weir_provider_error_new (WEIR_PROVIDER_ERROR_REFUSED, "%s", message));
}

static const Field *
find_field (const char *name)
{
  /* The page's own note spells it so. */
  if (g_str_equal (name, "endpoint"))
    name = "endPoint";
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];
  return NULL;
}

static gboolean
check_text (const char *name,
            glong max_length,
            gboolean may_be_empty,
            WeirJson value,
            GError **error)
{
  g_autofree char *text = weir_json_dup_string (value);

  if (text == NULL)
    refuse (error, _ ("“%s” must be text."), name);
  else if (*text == '\0' && !may_be_empty)
    refuse (error, _ ("“%s” must not be empty."), name);
  else if (max_length > 0 && g_utf8_strlen (text, -1) > max_length)
    refuse (error,
            ngettext ("“%s” is longer than %ld character.", "“%s” is longer than %ld characters.",
                      (gulong) max_length),
            name, max_length);
  else if (g_str_equal (name, "class") && !g_str_equal (text, "Contact")
           && !g_str_equal (text, "Organization") && !g_str_equal (text, "Incident"))
    refuse (error, _ ("“%s” must be Contact, Organization or Incident."), name);
  else if (g_str_equal (name, "name") && strchr (text, ' ') != NULL)
    refuse (error, _ ("“%s” must not hold spaces."), name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_named_id (const char *name, WeirJson value, GError **error)
{
  WeirJson id = weir_json_get (value, "id");
  WeirJson lookup = weir_json_get (value, "lookupName");
  g_autofree char *inner = g_strconcat (name, ".lookupName", NULL);
  gint64 number;

  if (weir_json_get_type (value) != WEIR_JSON_OBJECT
      || (!weir_json_is_set (id) && !weir_json_is_set (lookup)))
    {
      refuse (error, _ ("“%s” must be an object with an “id” or a “lookupName”."), name);
      return FALSE;
    }
  if (weir_json_is_set (id)
      && (weir_json_get_type (id) != WEIR_JSON_NUMBER || !weir_json_get_int (id, &number)
          || number < 0))
    {
      refuse (error, _ ("“%s.id” must be an integer of 0 or more."), name);
      return FALSE;
    }
  return !weir_json_is_set (lookup) || check_text (inner, LOOKUP_NAME_LENGTH, FALSE, lookup, error);
}

static gboolean
check_field (const Field *field, WeirJson value, GError **error)
{
  gint64 number;

  switch (field->kind)
    {
    case TEXT:
      return check_text (field->name, field->max_length, field->may_be_empty, value, error);
    case NAMED_ID:
      return check_named_id (field->name, value, error);
    case READ_ONLY_INTEGER:
      if (weir_json_get_type (value) == WEIR_JSON_NUMBER && weir_json_get_int (value, &number)
          && number >= 1)
        return TRUE;
      refuse (error, _ ("“%s” must be an integer of 1 or more."), field->name);
      return FALSE;
    case READ_ONLY_TEXT:
      return !weir_json_is_set (value)
             || check_text (field->name, field->max_length, TRUE, value, error);
    case READ_ONLY_LINKS:
    default:
      return TRUE;
    }
}

static void
write_field (WeirJsonWriter *writer, const Field *field, WeirJson value)
{
  WeirJson id = weir_json_get (value, "id");

  if (field->kind != NAMED_ID)
    {
      weir_json_writer_add_raw (writer, field->name, value);
      return;
    }
  /* A name that is not unique is an error, an id never is. */
  weir_json_writer_begin_object (writer, field->name);
  if (weir_json_is_set (id))
    weir_json_writer_add_raw (writer, "id", id);
  else
    weir_json_writer_add_raw (writer, "lookupName", weir_json_get (value, "lookupName"));
  weir_json_writer_end_object (writer);
}

/* Returns how many members there were to write, -1 and an error for one that must not be. */
static int
write_members (WeirJsonWriter *writer, WeirJson root, GError **error)
{
  gboolean seen[G_N_ELEMENTS (fields)] = { FALSE };
  WeirJsonIter iter;
  WeirJson key, value;
  int n_written = 0;

  weir_json_iter_init (&iter, root);
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = weir_json_dup_string (key);
      const Field *field = name != NULL ? find_field (name) : NULL;

      if (field == NULL)
        {
          refuse (error, _ ("“%s” is no field of an event subscription."), name);
          return -1;
        }
      if (seen[field - fields])
        {
          refuse (error, _ ("“%s” is there twice."), field->name);
          return -1;
        }
      seen[field - fields] = TRUE;
      if (!check_field (field, value, error))
        return -1;
      if (field->kind != TEXT && field->kind != NAMED_ID)
        continue;
      write_field (writer, field, value);
      n_written++;
    }
  return n_written;
}

/**
 * weir_oracle_body_check:
 * @json: the members to set, as a person or a script wrote them
 * @create: whether a new one is made of them
 * @name: (out) (optional) (transfer full) (nullable): the subscription's name, if it is among them
 *
 * Holds every member against its limit on the reference page. What the page does not say, such as which members a new
 * one must have, is the server's to judge.
 *
 * Returns: (transfer full): what is sent: the members that can be written; %NULL and %WEIR_PROVIDER_ERROR_REFUSED, which
 * names the member
 */
GBytes *
weir_oracle_body_check (GBytes *json, gboolean create, char **name, GError **error)
{
  g_autoptr (GError) local = NULL;
  WeirJsonWriter *writer;
  char *text;
  WeirJson root;
  int n_written;

  if (!weir_json_parse (json, &root, &local))
    {
      refuse (error, _ ("What is to be written is no valid JSON: %s"), local->message);
      return NULL;
    }
  if (weir_json_get_type (root) != WEIR_JSON_OBJECT)
    {
      refuse (error, "%s", _ ("What is to be written must be a JSON object."));
      return NULL;
    }
  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  n_written = write_members (writer, root, error);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  if (n_written <= 0)
    {
      if (n_written == 0)
        refuse (error, "%s",
                create ? _ ("There is nothing to make a subscription of.")
                       : _ ("There is nothing to change."));
      g_free (text);
      return NULL;
    }
  if (name != NULL)
    *name = weir_json_dup_string (weir_json_get (root, "name"));
  return g_bytes_new_take (text, strlen (text));
}

/**
 * weir_oracle_check_id:
 * @id: as a person wrote it
 *
 * Returns: whether it is an integer from 1 to 9223372036854775807
 */
gboolean
weir_oracle_check_id (const char *id)
{
  guint64 number;

  return g_ascii_isdigit (*id) && g_ascii_string_to_unsigned (id, 10, 1, G_MAXINT64, &number, NULL);
}
