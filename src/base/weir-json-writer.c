/* weir-json-writer.c: writes JSON, raw values included
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-json-writer.h"
#include "weir-json-private.h"
#include "weir-time.h"

struct _WeirJsonWriter
{
  GString *text;
  gboolean needs_comma;
};

static void
append_string (GString *text, const char *value)
{
  g_autofree char *valid = NULL;
  const char *run;

  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (run = value; *value != '\0'; value++)
    {
      guchar c = (guchar) *value;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (text, run, value - run);
      run = value + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c == '\r')
        g_string_append (text, "\\r");
      else if (c == '\t')
        g_string_append (text, "\\t");
      else
        g_string_append_printf (text, "\\u%04x", c);
    }
  g_string_append_len (text, run, value - run);
  g_string_append_c (text, '"');
}

/* What stands before any value: a comma and a name, as needed. */
static void
begin_value (WeirJsonWriter *self, const char *key)
{
  if (self->needs_comma)
    g_string_append_c (self->text, ',');
  if (key != NULL)
    {
      append_string (self->text, key);
      g_string_append_c (self->text, ':');
    }
  self->needs_comma = TRUE;
}

static void
begin_container (WeirJsonWriter *self, const char *key, char opening)
{
  begin_value (self, key);
  g_string_append_c (self->text, opening);
  self->needs_comma = FALSE;
}

static void
end_container (WeirJsonWriter *self, char closing)
{
  g_string_append_c (self->text, closing);
  self->needs_comma = TRUE;
}

/**
 * weir_json_writer_new:
 *
 * Returns: (transfer full): a writer of one JSON text on one line
 */
WeirJsonWriter *
weir_json_writer_new (void)
{
  WeirJsonWriter *self = g_new0 (WeirJsonWriter, 1);

  self->text = g_string_new (NULL);
  return self;
}

/**
 * weir_json_writer_free:
 * @self: (transfer full): a writer whose text is not wanted
 */
void
weir_json_writer_free (WeirJsonWriter *self)
{
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * weir_json_writer_end:
 * @self: (transfer full): a writer with every container ended
 *
 * Returns: (transfer full): the text
 */
char *
weir_json_writer_end (WeirJsonWriter *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_free (g_steal_pointer (&self->text), FALSE);
  g_free (self);
  return text;
}

/**
 * weir_json_writer_begin_object:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 */
void
weir_json_writer_begin_object (WeirJsonWriter *self, const char *key)
{
  g_return_if_fail (self != NULL);

  begin_container (self, key, '{');
}

/**
 * weir_json_writer_end_object:
 * @self: a writer within an object
 */
void
weir_json_writer_end_object (WeirJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  end_container (self, '}');
}

/**
 * weir_json_writer_begin_array:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 */
void
weir_json_writer_begin_array (WeirJsonWriter *self, const char *key)
{
  g_return_if_fail (self != NULL);

  begin_container (self, key, '[');
}

/**
 * weir_json_writer_end_array:
 * @self: a writer within an array
 */
void
weir_json_writer_end_array (WeirJsonWriter *self)
{
  g_return_if_fail (self != NULL);

  end_container (self, ']');
}

/**
 * weir_json_writer_add_string:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 * @value: (nullable): a string; what is not UTF-8 in it becomes U+FFFD
 */
void
weir_json_writer_add_string (WeirJsonWriter *self, const char *key, const char *value)
{
  g_return_if_fail (self != NULL);

  if (value == NULL)
    {
      weir_json_writer_add_null (self, key);
      return;
    }
  begin_value (self, key);
  append_string (self->text, value);
}

/**
 * weir_json_writer_add_int:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 * @value: a number, written in full
 */
void
weir_json_writer_add_int (WeirJsonWriter *self, const char *key, gint64 value)
{
  g_return_if_fail (self != NULL);

  begin_value (self, key);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * weir_json_writer_add_boolean:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 * @value: true or false
 */
void
weir_json_writer_add_boolean (WeirJsonWriter *self, const char *key, gboolean value)
{
  g_return_if_fail (self != NULL);

  begin_value (self, key);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * weir_json_writer_add_null:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 */
void
weir_json_writer_add_null (WeirJsonWriter *self, const char *key)
{
  g_return_if_fail (self != NULL);

  begin_value (self, key);
  g_string_append (self->text, "null");
}

/**
 * weir_json_writer_add_time:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 * @time: µs since 1970 UTC, written as weir_time_to_iso() does; 0 is null
 */
void
weir_json_writer_add_time (WeirJsonWriter *self, const char *key, gint64 time)
{
  g_autofree char *text = weir_time_to_iso (time);

  weir_json_writer_add_string (self, key, text);
}

/**
 * weir_json_writer_add_raw:
 * @self: a writer
 * @key: (nullable): its name, or %NULL in an array or at the root
 * @value: a value of accepted JSON; absent is null
 *
 * Writes a value as it came, numbers, names, order and the spelling of strings untouched. Only the
 * white space between its parts is left out, so that the text stays one line.
 */
void
weir_json_writer_add_raw (WeirJsonWriter *self, const char *key, WeirJson value)
{
  g_return_if_fail (self != NULL);

  if (value.text == NULL)
    {
      weir_json_writer_add_null (self, key);
      return;
    }
  begin_value (self, key);
  weir_json_append_compact (self->text, value);
}
