/* weir-error-data.c: what a provider says went wrong, with the chain of causes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-error-data.h"

#include <glib/gi18n-lib.h>

#include "weir-fields.h"

/* Nobody reads a longer chain; what lies deeper is kept as data of the last level. */
#define MAX_DEPTH 64
/* What is shown of a value that is no message at all; the whole of it is in the data. */
#define EXCERPT_CHARS 500

/* All that any of the providers puts into an error object. */
typedef struct
{
  WeirJson message;
  WeirJson type;
  WeirJson key;
  WeirJson data;
  WeirJson stack;
  WeirJson logs;
  WeirJson cause;
  WeirJson summary;           /* Sequin */
  WeirJson validation_errors; /* Sequin */
  WeirJson title;             /* Oracle */
  WeirJson detail;            /* Oracle */
  WeirJson error_code;        /* Oracle */
  WeirJson status_code;       /* NestJS */
  WeirJson error;             /* NestJS: words; elsewhere the error itself */
  WeirJson error_description; /* OAuth */
  WeirJson errors;            /* Phoenix */
  WeirJson reason;            /* Sequin, generation 3 */
} Envelope;

G_DEFINE_FINAL_TYPE (WeirErrorData, weir_error_data, G_TYPE_OBJECT)

static void
read_envelope (WeirJson object, Envelope *envelope)
{
#define MEMBER(name, field)                                                                        \
  {                                                                                                \
    name, WEIR_FIELD_VALUE, G_STRUCT_OFFSET (Envelope, field)                                      \
  }
  static const WeirField FIELDS[] = {
    MEMBER ("message", message),
    MEMBER ("type", type),
    MEMBER ("key", key),
    MEMBER ("data", data),
    MEMBER ("stack", stack),
    MEMBER ("logs", logs),
    MEMBER ("causedByError", cause),
    MEMBER ("summary", summary),
    MEMBER ("validation_errors", validation_errors),
    MEMBER ("title", title),
    MEMBER ("detail", detail),
    MEMBER ("o:errorCode", error_code),
    MEMBER ("statusCode", status_code),
    MEMBER ("error", error),
    MEMBER ("error_description", error_description),
    MEMBER ("errors", errors),
    MEMBER ("reason", reason),
  };
#undef MEMBER

  weir_fields_read (object, FIELDS, G_N_ELEMENTS (FIELDS), NULL, envelope);
}

static char *
dup_excerpt (char *text)
{
  g_autofree char *whole = text;

  if (g_utf8_strlen (whole, -1) <= EXCERPT_CHARS)
    return g_steal_pointer (&whole);
  *g_utf8_offset_to_pointer (whole, EXCERPT_CHARS) = '\0';
  return g_strconcat (whole, "…", NULL);
}

static void
append_part (GString *text, const char *separator, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, part);
}

/* The texts in a value, whatever its shape: of an array one after the other, of an object those of
 * its members behind their names, as in {"limit":["must be at most 500"]}. Two levels are enough
 * for every known answer; deeper ones are written as they came. */
static char *
dup_words (WeirJson value, guint levels)
{
  g_autoptr (GString) words = NULL;
  WeirJsonType type = weir_json_get_type (value);
  WeirJsonIter iter;
  WeirJson key, item;

  if (!weir_json_is_set (value))
    return NULL;
  if (type == WEIR_JSON_STRING)
    return weir_json_dup_string (value);
  if ((type != WEIR_JSON_ARRAY && type != WEIR_JSON_OBJECT) || levels == 0)
    return dup_excerpt (weir_json_dup_raw (value));

  words = g_string_new (NULL);
  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, &key, &item))
    {
      g_autofree char *name = NULL;
      g_autofree char *part = NULL;
      g_autofree char *named = NULL;

      /* An object in an array says it itself, as an error of its own. */
      if (type == WEIR_JSON_ARRAY && weir_json_get_type (item) == WEIR_JSON_OBJECT)
        part = dup_words (weir_json_get (item, "message"), 0);
      if (part == NULL)
        part = dup_words (item, levels - 1);
      if (type == WEIR_JSON_OBJECT && part != NULL)
        {
          name = weir_json_dup_string (key);
          named = g_strdup_printf ("%s: %s", name, part);
        }
      append_part (words, type == WEIR_JSON_OBJECT ? "; " : ", ", named != NULL ? named : part);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/* "title: detail", and each alone where one is missing or says the other already. */
static char *
join_title (const char *title, const char *detail)
{
  if (title == NULL || *title == '\0')
    return g_strdup (detail);
  if (detail == NULL || *detail == '\0' || strstr (title, detail) != NULL)
    return g_strdup (title);
  if (strstr (detail, title) != NULL)
    return g_strdup (detail);
  return g_strdup_printf ("%s: %s", title, detail);
}

static gboolean
looks_like_uri (const char *text)
{
  return strstr (text, "://") != NULL || g_str_has_prefix (text, "about:");
}

static void
fill_message (WeirErrorData *self, WeirJson object, const Envelope *envelope)
{
  g_autofree char *title = dup_words (envelope->title, 0);
  g_autofree char *detail = dup_words (envelope->detail, 1);
  g_autofree char *problems = dup_words (envelope->validation_errors, 2);
  g_autofree char *summary = dup_words (envelope->summary, 0);
  g_autoptr (GString) message = g_string_new (NULL);

  if (weir_json_is_set (envelope->message))
    {
      g_autofree char *text = weir_json_get_type (envelope->message) == WEIR_JSON_ARRAY
                                  ? dup_words (envelope->message, 1)
                                  : weir_json_dup_text (envelope->message);

      append_part (message, "", text);
    }
  if (message->len == 0)
    append_part (message, "", summary);
  append_part (message, ": ", problems);
  if (message->len == 0)
    {
      g_autofree char *text = join_title (title, detail);

      append_part (message, "", text);
    }

  {
    const WeirJson others[] = { envelope->error_description, envelope->errors, envelope->reason,
                                envelope->error };

    for (guint i = 0; i < G_N_ELEMENTS (others) && message->len == 0; i++)
      {
        /* {"errors":{"detail":"Not Found"}}: the name of that member says nothing. */
        WeirJson only = weir_json_get_type (others[i]) == WEIR_JSON_OBJECT
                            ? weir_json_get (others[i], "detail")
                            : (WeirJson){ 0 };
        g_autofree char *text = dup_words (weir_json_is_set (only) ? only : others[i], 2);

        append_part (message, "", text);
      }
  }

  if (message->len == 0)
    {
      append_part (message, ": ", self->type);
      append_part (message, ": ", self->key);
    }
  if (message->len == 0 && weir_json_count (object) > 0)
    {
      g_autofree char *text = dup_excerpt (weir_json_dup_raw (object));

      append_part (message, "", text);
    }
  self->message = g_string_free (g_steal_pointer (&message), FALSE);
}

static gboolean
is_foreign (const Envelope *envelope)
{
  const WeirJson foreign[] = { envelope->summary,    envelope->validation_errors,
                               envelope->title,      envelope->detail,
                               envelope->error_code, envelope->status_code,
                               envelope->error,      envelope->error_description,
                               envelope->errors,     envelope->reason };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (weir_json_is_set (foreign[i]))
      return TRUE;
  return !weir_json_is_set (envelope->message);
}

static GBytes *
dup_set_bytes (WeirJson value)
{
  return weir_json_is_set (value) ? weir_json_dup_bytes (value) : NULL;
}

static WeirErrorData *
read_object (WeirJson object, WeirJson *cause)
{
  WeirErrorData *self = g_object_new (WEIR_TYPE_ERROR_DATA, NULL);
  Envelope envelope = { 0 };

  read_envelope (object, &envelope);
  self->type = weir_fields_dup_text (envelope.type);
  if (self->type != NULL && looks_like_uri (self->type))
    g_clear_pointer (&self->type, g_free);
  self->key = weir_fields_dup_text (weir_json_is_set (envelope.error_code) ? envelope.error_code
                                                                           : envelope.key);
  if (weir_json_is_set (envelope.error_description) && self->key == NULL)
    self->key = weir_fields_dup_text (envelope.error);
  if (weir_json_is_set (envelope.status_code) && self->type == NULL)
    self->type = weir_fields_dup_text (envelope.error);
  fill_message (self, object, &envelope);

  self->data = dup_set_bytes (envelope.data);
  if (self->data == NULL && is_foreign (&envelope) && weir_json_count (object) > 0)
    self->data = weir_json_dup_bytes (object);
  self->stack = dup_set_bytes (envelope.stack);
  self->logs = dup_set_bytes (envelope.logs);
  *cause = envelope.cause;
  return self;
}

/* {"error":{…}} and {"error":{"message":…}} wrap the error that is meant. */
static WeirJson
unwrap (WeirJson value)
{
  for (guint i = 0; i < MAX_DEPTH && weir_json_get_type (value) == WEIR_JSON_OBJECT; i++)
    {
      WeirJson inner = weir_json_get (value, "error");

      if (weir_json_get_type (inner) != WEIR_JSON_OBJECT
          || weir_json_is_set (weir_json_get (value, "message")))
        break;
      value = inner;
    }
  return value;
}

/* One level; none for an empty array, since no error is in it. */
static WeirErrorData *
read_level (WeirJson value, WeirJson *cause)
{
  g_autofree char *text = NULL;

  *cause = (WeirJson){ 0 };
  if (weir_json_get_type (value) == WEIR_JSON_ARRAY)
    {
      WeirJsonIter iter;
      WeirJson key, item, first = { 0 };

      weir_json_iter_init (&iter, value);
      while (!weir_json_is_set (first) && weir_json_iter_next (&iter, &key, &item))
        first = item;
      value = first;
    }
  value = unwrap (value);
  if (!weir_json_is_set (value))
    return NULL;
  if (weir_json_get_type (value) == WEIR_JSON_OBJECT)
    return read_object (value, cause);
  /* "error": false and "error": "" say that there is none. */
  if (weir_json_get_type (value) == WEIR_JSON_BOOLEAN && !weir_json_get_boolean (value))
    return NULL;

  text = weir_json_dup_text (value);
  return *text != '\0' ? weir_error_data_new (text, NULL, NULL) : NULL;
}

static void
keep_as_data (WeirErrorData *self, WeirJson cause)
{
  WeirJsonWriter *writer;
  WeirJson data = { 0 };
  char *text;

  if (self->data == NULL)
    {
      self->data = weir_json_dup_bytes (cause);
      return;
    }
  data.text = g_bytes_get_data (self->data, &data.length);
  writer = weir_json_writer_new ();
  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_raw (writer, "data", data);
  weir_json_writer_add_raw (writer, "causedByError", cause);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  g_bytes_unref (self->data);
  self->data = g_bytes_new_take (text, strlen (text));
}

static void
write_bytes (WeirJsonWriter *writer, const char *key, GBytes *bytes)
{
  WeirJson value = { 0 };

  if (bytes != NULL)
    value.text = g_bytes_get_data (bytes, &value.length);
  weir_json_writer_add_raw (writer, key, value);
}

static void
append_indented (GString *text, const char *name, GBytes *bytes)
{
  g_autofree char *part = NULL;
  g_auto (GStrv) lines = NULL;
  WeirJson value = { 0 };

  if (bytes == NULL)
    return;
  value.text = g_bytes_get_data (bytes, &value.length);
  part = weir_json_get_type (value) == WEIR_JSON_STRING ? weir_json_dup_string (value)
                                                        : weir_json_dup_pretty (value);
  lines = g_strsplit (part, "\n", -1);
  g_string_append_printf (text, "  %s:\n", name);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "    %s\n", lines[i]);
}

static void
append_level (GString *text, WeirErrorData *self)
{
  g_string_append (text, *self->message != '\0' ? self->message : _ ("An error without a message"));
  g_string_append_c (text, '\n');
  if (self->type != NULL)
    g_string_append_printf (text, "  type: %s\n", self->type);
  if (self->key != NULL)
    g_string_append_printf (text, "  key: %s\n", self->key);
  append_indented (text, "data", self->data);
  append_indented (text, "stack", self->stack);
  append_indented (text, "logs", self->logs);
}

static void
weir_error_data_finalize (GObject *object)
{
  WeirErrorData *self = WEIR_ERROR_DATA (object);

  g_free (self->message);
  g_free (self->type);
  g_free (self->key);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->stack, g_bytes_unref);
  g_clear_pointer (&self->logs, g_bytes_unref);
  g_clear_object (&self->caused_by);

  G_OBJECT_CLASS (weir_error_data_parent_class)->finalize (object);
}

static void
weir_error_data_class_init (WeirErrorDataClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_error_data_finalize;
}

static void
weir_error_data_init (WeirErrorData *self)
{
}

/**
 * weir_error_data_new:
 * @message: what went wrong
 * @type: (nullable): the provider's kind of error
 * @key: (nullable): its narrower kind
 *
 * Returns: (transfer full): an error with no cause behind it
 */
WeirErrorData *
weir_error_data_new (const char *message, const char *type, const char *key)
{
  WeirErrorData *self;

  g_return_val_if_fail (message != NULL, NULL);

  self = g_object_new (WEIR_TYPE_ERROR_DATA, NULL);
  self->message = g_strdup (message);
  self->type = g_strdup (type);
  self->key = g_strdup (key);
  return self;
}

/**
 * weir_error_data_new_from_json:
 * @value: an error as sent: Membrane's ErrorData (`api/membrane.md §5`), the envelope of another
 *   provider, a mere text; of an array (`errors`) the first is taken
 *
 * Returns: (transfer full) (nullable): the error and its causes; %NULL if @value is absent, null
 *   or an empty array
 */
WeirErrorData *
weir_error_data_new_from_json (WeirJson value)
{
  g_autoptr (WeirErrorData) first = NULL;
  WeirErrorData *last;
  WeirJson cause;

  first = read_level (value, &cause);
  last = first;
  for (guint depth = 1; last != NULL && weir_json_is_set (cause); depth++)
    {
      if (depth == MAX_DEPTH)
        {
          keep_as_data (last, cause);
          break;
        }
      last->caused_by = read_level (cause, &cause);
      last = last->caused_by;
    }
  return g_steal_pointer (&first);
}

/**
 * weir_error_data_get_leaf:
 * @self: an error
 *
 * Returns: (transfer none): the innermost cause, @self if it has none
 */
WeirErrorData *
weir_error_data_get_leaf (WeirErrorData *self)
{
  g_return_val_if_fail (WEIR_IS_ERROR_DATA (self), NULL);

  while (self->caused_by != NULL)
    self = self->caused_by;
  return self;
}

/**
 * weir_error_data_get_depth:
 * @self: an error
 *
 * Returns: the number of errors in the chain, 1 without a cause
 */
guint
weir_error_data_get_depth (WeirErrorData *self)
{
  guint depth = 0;

  g_return_val_if_fail (WEIR_IS_ERROR_DATA (self), 0);

  for (; self != NULL; self = self->caused_by)
    depth++;
  return depth;
}

/**
 * weir_error_data_write:
 * @self: (nullable): an error
 * @writer: where to
 * @key: (nullable): the member's name
 *
 * Writes `{message,type,key,data,stack,logs,caused_by}`, or null for %NULL.
 */
void
weir_error_data_write (WeirErrorData *self, WeirJsonWriter *writer, const char *key)
{
  guint depth = 0;

  g_return_if_fail (self == NULL || WEIR_IS_ERROR_DATA (self));
  g_return_if_fail (writer != NULL);

  for (; self != NULL; self = self->caused_by)
    {
      weir_json_writer_begin_object (writer, key);
      weir_json_writer_add_string (writer, "message", self->message);
      weir_json_writer_add_string (writer, "type", self->type);
      weir_json_writer_add_string (writer, "key", self->key);
      write_bytes (writer, "data", self->data);
      write_bytes (writer, "stack", self->stack);
      write_bytes (writer, "logs", self->logs);
      key = "caused_by";
      depth++;
    }
  weir_json_writer_add_null (writer, key);
  for (; depth > 0; depth--)
    weir_json_writer_end_object (writer);
}

/**
 * weir_error_data_to_text:
 * @self: an error
 *
 * Returns: (transfer full): the whole chain for a person to read, the leaf last, with all that
 *   came with each level
 */
char *
weir_error_data_to_text (WeirErrorData *self)
{
  GString *text;

  g_return_val_if_fail (WEIR_IS_ERROR_DATA (self), NULL);

  text = g_string_new (NULL);
  for (WeirErrorData *level = self; level != NULL; level = level->caused_by)
    {
      if (level != self)
        {
          g_string_append (text, _ ("Caused by:"));
          g_string_append_c (text, ' ');
        }
      append_level (text, level);
    }
  return g_string_free (text, FALSE);
}
