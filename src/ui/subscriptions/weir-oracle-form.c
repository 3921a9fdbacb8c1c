/* weir-oracle-form.c: what may stand in an Oracle event subscription
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-oracle-form.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* reference/oracle-event-subscription.txt; lengths in characters */
static const struct
{
  const char *key;
  glong max_length;
  gboolean named_id; /* an object with id or lookupName */
} fields[WEIR_ORACLE_N_FIELDS] = {
  [WEIR_ORACLE_NAME] = { "name", 255, FALSE },
  [WEIR_ORACLE_CLASS] = { "class", 256, FALSE },
  [WEIR_ORACLE_EVENT_TYPE] = { "eventType", 255, TRUE },
  [WEIR_ORACLE_END_POINT] = { "endPoint", 1333, FALSE },
  [WEIR_ORACLE_INTEGRATION_USER] = { "integrationUser", 255, TRUE },
  [WEIR_ORACLE_OBJECT_VERSION] = { "objectVersion", 255, TRUE },
  [WEIR_ORACLE_STATUS] = { "status", 255, TRUE },
  [WEIR_ORACLE_SHAPE] = { "objectShapeXml", 349525, FALSE },
};

static char *
read_value (WeirJson json, WeirOracleField field)
{
  WeirJson value = weir_json_get (json, fields[field].key);
  char *text;

  if (!fields[field].named_id)
    return weir_json_dup_string (value);

  /* the status is chosen by its number; the others are shown by their names */
  if (field == WEIR_ORACLE_STATUS)
    return weir_json_dup_text (weir_json_get (value, "id"));
  text = weir_json_dup_string (weir_json_get (value, "lookupName"));

  return text != NULL ? text : weir_json_dup_text (weir_json_get (value, "id"));
}

static gboolean
is_number (const char *text)
{
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text) && strlen (text) < 19;
}

static char *
check_end_point (const char *value, char **warning)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || host[0] == '\0'
      || !(g_str_equal (scheme, "https") || g_str_equal (scheme, "http")))
    return g_strdup (_ ("Not a web address: it should begin with https://"));

  if (strchr (host, '.') == NULL && strchr (host, ':') == NULL)
    *warning = g_strdup (_ ("Oracle wants the full domain name of the host"));
  else if (g_str_equal (scheme, "http"))
    *warning = g_strdup (_ ("Without https the notifications travel unprotected"));

  return NULL;
}

typedef struct
{
  char *root;
  char *type; /* xsi:type without prefix */
} Shape;

static void
start_element_cb (GMarkupParseContext *context,
                  const char *element_name,
                  const char **attribute_names,
                  const char **attribute_values,
                  gpointer user_data,
                  GError **error)
{
  Shape *shape = user_data;
  const char *colon = strrchr (element_name, ':');

  if (shape->root != NULL)
    return;

  shape->root = g_strdup (colon != NULL ? colon + 1 : element_name);
  for (guint i = 0; attribute_names[i] != NULL; i++)
    {
      if (g_str_has_suffix (attribute_names[i], ":type"))
        {
          colon = strrchr (attribute_values[i], ':');
          shape->type = g_strdup (colon != NULL ? colon + 1 : attribute_values[i]);
        }
    }
}

static char *
check_shape (const char *value, const char *class_name, char **warning)
{
  static const GMarkupParser parser = { .start_element = start_element_cb };
  Shape shape = { NULL, NULL };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &shape, NULL);
  g_autoptr (GError) error = NULL;
  char *problem = NULL;

  if (!g_markup_parse_context_parse (context, value, -1, &error)
      || !g_markup_parse_context_end_parse (context, &error))
    problem = g_strdup_printf (_ ("Not well-formed XML: %s"), error->message);
  else if (g_strcmp0 (shape.root, "TriggeringObject") != 0)
    *warning = g_strdup (_ ("The outermost element should be TriggeringObject"));
  else if (g_strcmp0 (shape.type, class_name) != 0)
    *warning = g_strdup_printf (_ ("Its xsi:type should be the class, %s"), class_name);

  g_markup_parse_context_free (context);
  g_free (shape.root);
  g_free (shape.type);

  return problem;
}

/**
 * weir_oracle_form_new:
 * @subscription: (nullable): where the values come from; %NULL for a new subscription
 *
 * Returns: (transfer full): a form
 */
WeirOracleForm *
weir_oracle_form_new (WeirSubscription *subscription)
{
  WeirOracleForm *self = g_new0 (WeirOracleForm, 1);

  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      if (subscription != NULL)
        self->values[i] = read_value (weir_record_get_json (WEIR_RECORD (subscription)), i);
      if (self->values[i] == NULL)
        self->values[i] = g_strdup ("");
    }

  return self;
}

/**
 * weir_oracle_form_free:
 * @self: (transfer full): a form
 */
void
weir_oracle_form_free (WeirOracleForm *self)
{
  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}

/**
 * weir_oracle_form_set:
 * @self: a form
 * @field: which
 * @value: what was entered
 */
void
weir_oracle_form_set (WeirOracleForm *self, WeirOracleField field, const char *value)
{
  g_return_if_fail (field < WEIR_ORACLE_N_FIELDS);

  g_free (self->values[field]);
  self->values[field] = g_strdup (value);
}

/**
 * weir_oracle_form_take_over:
 * @self: a form with newer values
 * @typed: what somebody has made of @original
 * @original: what that was before
 *
 * What was typed is kept; the other fields keep the newer values.
 */
void
weir_oracle_form_take_over (WeirOracleForm *self,
                            const WeirOracleForm *typed,
                            const WeirOracleForm *original)
{
  g_return_if_fail (self != NULL && typed != NULL && original != NULL);

  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      if (!g_str_equal (typed->values[i], original->values[i]))
        weir_oracle_form_set (self, i, typed->values[i]);
    }
}

/**
 * weir_oracle_form_check:
 * @self: a form
 * @field: which
 * @warning: (out): what is allowed but unwise, or %NULL
 *
 * The limits of the reference page; what the server alone can know (whether a name is taken) it will say.
 *
 * Returns: (transfer full) (nullable): why the value cannot be sent
 */
char *
weir_oracle_form_check (WeirOracleForm *self, WeirOracleField field, char **warning)
{
  const char *value;
  glong length;

  g_return_val_if_fail (field < WEIR_ORACLE_N_FIELDS, NULL);

  *warning = NULL;
  value = self->values[field];
  length = g_utf8_strlen (value, -1);
  if (length == 0)
    return g_strdup (_ ("Must not be empty"));
  if (length > fields[field].max_length)
    return g_strdup_printf (ngettext ("%ld character too long", "%ld characters too long",
                                      (gulong) (length - fields[field].max_length)),
                            length - fields[field].max_length);

  switch (field)
    {
    case WEIR_ORACLE_NAME:
      return strchr (value, ' ') != NULL ? g_strdup (_ ("Must not contain spaces")) : NULL;

    case WEIR_ORACLE_END_POINT:
      return check_end_point (value, warning);

    case WEIR_ORACLE_SHAPE:
      return check_shape (value, self->values[WEIR_ORACLE_CLASS], warning);

    case WEIR_ORACLE_CLASS:
    case WEIR_ORACLE_EVENT_TYPE:
    case WEIR_ORACLE_INTEGRATION_USER:
    case WEIR_ORACLE_OBJECT_VERSION:
    case WEIR_ORACLE_STATUS:
    case WEIR_ORACLE_N_FIELDS:
    default:
      return NULL;
    }
}

/**
 * weir_oracle_form_to_json:
 * @self: a form that was checked
 * @original: (nullable): what the server has; %NULL to write all
 *
 * Named ids are sent by number if a number was entered, else by name (api/sequin-and-oracle.md B4).
 *
 * Returns: (transfer full) (nullable): the request's body, %NULL if nothing differs
 */
GBytes *
weir_oracle_form_to_json (WeirOracleForm *self, WeirOracleForm *original)
{
  WeirJsonWriter *writer = weir_json_writer_new ();
  guint n_written = 0;
  char *text;

  weir_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < WEIR_ORACLE_N_FIELDS; i++)
    {
      const char *value = self->values[i];

      if (original != NULL && g_str_equal (value, original->values[i]))
        continue;
      n_written++;
      if (!fields[i].named_id)
        {
          weir_json_writer_add_string (writer, fields[i].key, value);
          continue;
        }
      weir_json_writer_begin_object (writer, fields[i].key);
      if (is_number (value))
        weir_json_writer_add_int (writer, "id", g_ascii_strtoll (value, NULL, 10));
      else
        weir_json_writer_add_string (writer, "lookupName", value);
      weir_json_writer_end_object (writer);
    }
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);

  if (n_written == 0)
    {
      g_free (text);
      return NULL;
    }

  return g_bytes_new_take (text, strlen (text));
}

/**
 * weir_oracle_form_dup_template:
 * @class_name: Contact, Organization or Incident
 *
 * Returns: (transfer full): the smallest shape of that class
 */
char *
weir_oracle_form_dup_template (const char *class_name)
{
  return g_strdup_printf ("<n0:TriggeringObject xmlns:n0=\"urn:messages.ws.rightnow.com/v1_4\"\n"
                          "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
                          "    xmlns:n1=\"urn:objects.ws.rightnow.com/v1_4\"\n"
                          "    xsi:type=\"n1:%s\">\n"
                          "</n0:TriggeringObject>\n",
                          class_name);
}
