/* weir-fields.c: a JSON object's members into a struct, by a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-fields.h"

#include <glib/gi18n-lib.h>

#include "weir-error-data.h"
#include "weir-record.h"

/* Above this a double is no exact count any more, and no count or interval is that large. */
#define LARGEST_COUNT 9007199254740992.0

typedef struct
{
  char *id;
  char *name;
  char *key;
} Expansion;

static gint64
read_count (WeirJson value, gint64 otherwise)
{
  gint64 number;
  double real;

  if (weir_json_get_int (value, &number))
    return number >= 0 ? number : otherwise;
  if (weir_json_get_double (value, &real) && real >= 0 && real <= LARGEST_COUNT)
    return (gint64) real;
  return otherwise;
}

static void
replace_text (gpointer field, char *text)
{
  char **place = field;

  if (text == NULL)
    return;
  g_free (*place);
  *place = text;
}

static void
read_word (gpointer field, WeirJson value)
{
  g_autofree char *text = weir_json_dup_string (value);

  if (text != NULL && *text != '\0')
    replace_text (field, g_ascii_strdown (text, -1));
}

static void
read_texts (gpointer field, WeirJson value)
{
  char ***place = field;

  if (weir_json_get_type (value) != WEIR_JSON_ARRAY)
    return;
  g_strfreev (*place);
  *place = weir_json_dup_strv (value);
}

static void
read_error (gpointer field, WeirJson value)
{
  WeirErrorData **place = field;
  WeirErrorData *error = weir_error_data_new_from_json (value);

  if (error == NULL)
    return;
  g_clear_object (place);
  *place = error;
}

static void
read_field (const WeirField *field, WeirJson value, gpointer place)
{
  switch (field->type)
    {
    case WEIR_FIELD_TEXT:
      replace_text (place, weir_fields_dup_text (value));
      break;
    case WEIR_FIELD_WORD:
      read_word (place, value);
      break;
    case WEIR_FIELD_BOOLEAN:
      *(gboolean *) place = weir_json_get_boolean (value);
      break;
    case WEIR_FIELD_COUNT:
      *(gint64 *) place = read_count (value, *(gint64 *) place);
      break;
    case WEIR_FIELD_TIME:
      *(gint64 *) place = weir_json_get_time (value);
      break;
    case WEIR_FIELD_TEXTS:
      read_texts (place, value);
      break;
    case WEIR_FIELD_ERROR:
      read_error (place, value);
      break;
    case WEIR_FIELD_VALUE:
    default:
      *(WeirJson *) place = value;
      break;
    }
}

/**
 * weir_fields_read:
 * @object: what was sent, which may be followed by something else; anything but an object has no members
 * @fields: the table
 * @n_fields: its length, at most %WEIR_FIELDS_MAX
 * @target: the struct the offsets are in
 * @views: (nullable): the struct the offsets of %WEIR_FIELD_VALUE are in; needed if there are any
 *
 * One pass over the members. Of members with the same name the last counts, as in most readers of
 * JSON; what is absent, null or of a wrong type leaves the field as it is, so defaults are set
 * before.
 *
 * Returns: @object without what follows it
 */
WeirJson
weir_fields_read (WeirJson object,
                  const WeirField *fields,
                  guint n_fields,
                  gpointer target,
                  gpointer views)
{
  WeirJson values[WEIR_FIELDS_MAX] = { 0 };
  WeirJsonIter iter;
  WeirJson key, value;

  g_return_val_if_fail (n_fields <= WEIR_FIELDS_MAX, object);

  if (weir_json_get_type (object) != WEIR_JSON_OBJECT)
    return object;

  weir_json_iter_init (&iter, object);
  while (weir_json_iter_next (&iter, &key, &value))
    for (guint i = 0; i < n_fields; i++)
      if (weir_json_key_equal (key, fields[i].name))
        {
          values[i] = value;
          break;
        }

  for (guint i = 0; i < n_fields; i++)
    if (weir_json_is_set (values[i]))
      {
        char *base = fields[i].type == WEIR_FIELD_VALUE ? views : target;

        read_field (&fields[i], values[i], base + fields[i].offset);
      }
  return iter.container;
}

/**
 * weir_fields_dup_text:
 * @value: a value
 *
 * Returns: (transfer full) (nullable): the text of a string that is not empty or of a number, as
 *   written: an id may be either and must keep all its digits; %NULL for anything else
 */
char *
weir_fields_dup_text (WeirJson value)
{
  WeirJsonType type = weir_json_get_type (value);
  g_autofree char *text = NULL;

  if (type == WEIR_JSON_STRING || type == WEIR_JSON_NUMBER)
    text = weir_json_dup_text (value);
  if (text == NULL || *text == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * weir_fields_dup_id:
 * @object: the record as sent
 * @value: its member @member
 * @what: the record's name in its API, for the error
 * @member: the id's name
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: (transfer full) (nullable): the id; %NULL with @error set if @object is no object or
 *   has no usable id, without which there is no record
 */
char *
weir_fields_dup_id (WeirJson object,
                    WeirJson value,
                    const char *what,
                    const char *member,
                    GError **error)
{
  g_autofree char *id = weir_fields_dup_text (value);

  if (weir_json_get_type (object) != WEIR_JSON_OBJECT)
    {
      /* Translators: %s is the name of a kind of record in an API, such as ExternalEventPull */
      g_set_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID,
                   _ ("%s: what was sent is not a JSON object"), what);
      return NULL;
    }
  if (id == NULL)
    {
      /* Translators: the name of a kind of record in an API, and of its member, such as "id" */
      g_set_error (error, WEIR_RECORD_ERROR, WEIR_RECORD_ERROR_INVALID,
                   _ ("%s: the required member “%s” is missing"), what, member);
      return NULL;
    }
  return g_steal_pointer (&id);
}

/**
 * weir_fields_take_expansion:
 * @expansion: a nested record (`user`, `connection`…), often absent
 * @id: (inout): the id it belongs to; filled in where it is not known
 * @name: (out) (nullable): set to its name, else its key; %NULL where there is neither
 */
void
weir_fields_take_expansion (WeirJson expansion, char **id, char **name)
{
  static const WeirField FIELDS[] = {
    { "id", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (Expansion, id) },
    { "name", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (Expansion, name) },
    { "key", WEIR_FIELD_TEXT, G_STRUCT_OFFSET (Expansion, key) },
  };
  Expansion read = { 0 };

  weir_fields_read (expansion, FIELDS, G_N_ELEMENTS (FIELDS), &read, NULL);
  if (*id == NULL)
    *id = g_steal_pointer (&read.id);
  g_free (*name);
  *name = read.name != NULL ? g_steal_pointer (&read.name) : g_steal_pointer (&read.key);
  g_free (read.id);
  g_free (read.name);
  g_free (read.key);
}

/**
 * weir_fields_take_tenant:
 * @user_id: the member `userId`, the older name of `tenantId` (`api/membrane.md §3`)
 * @user: the expanded tenant, often absent
 * @id: (inout): the tenant's id; filled in where `tenantId` was not sent
 * @name: (out) (nullable): set to its name
 */
void
weir_fields_take_tenant (WeirJson user_id, WeirJson user, char **id, char **name)
{
  if (*id == NULL)
    *id = weir_fields_dup_text (user_id);
  weir_fields_take_expansion (user, id, name);
}

/**
 * weir_fields_take_type:
 * @app_event_type: an expanded AppEventType, often absent
 * @collection: (inout): the type's id; replaced by its key or name, which a person knows
 */
void
weir_fields_take_type (WeirJson app_event_type, char **collection)
{
  g_autofree char *known = weir_fields_dup_text (weir_json_get (app_event_type, "key"));

  if (known == NULL)
    known = weir_fields_dup_text (weir_json_get (app_event_type, "name"));
  if (known == NULL && *collection == NULL)
    known = weir_fields_dup_text (weir_json_get (app_event_type, "id"));
  if (known == NULL)
    return;
  g_free (*collection);
  *collection = g_steal_pointer (&known);
}
