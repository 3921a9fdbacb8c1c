/* weir-sse-parser.c: reads the text of an event stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-sse-parser.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _WeirSseParser
{
  WeirSseFunc func;
  gpointer user_data;

  GString *line;
  gboolean line_too_long;
  gboolean after_cr; /* a LF now belongs to the CR before it */
  gboolean first_line;

  GString *data;
  gboolean has_data;
  gboolean message_too_long;
  char *event;
  char *next_id; /* (nullable) of the message that is being read */
  char *last_id;
  gint64 retry;
};

static void
dispatch (WeirSseParser *self)
{
  if (self->next_id != NULL)
    {
      g_free (self->last_id);
      self->last_id = g_steal_pointer (&self->next_id);
    }

  if (self->has_data && !self->message_too_long)
    {
      g_autofree char *event = g_utf8_make_valid (self->event ? self->event : "message", -1);
      g_autofree char *data = g_utf8_make_valid (self->data->str, (gssize) self->data->len);

      self->func (event, data, self->user_data);
    }

  g_string_truncate (self->data, 0);
  g_clear_pointer (&self->event, g_free);
  self->has_data = FALSE;
  self->message_too_long = FALSE;
}

static void
add_data (WeirSseParser *self, const char *value, gsize length)
{
  if (self->data->len + length + 1 > WEIR_SSE_MAX_SIZE)
    self->message_too_long = TRUE;
  if (self->message_too_long)
    return;

  if (self->has_data)
    g_string_append_c (self->data, '\n');
  g_string_append_len (self->data, value, (gssize) length);
  self->has_data = TRUE;
}

static gboolean
is_field (const char *name, gsize length, const char *field)
{
  return length == strlen (field) && memcmp (name, field, length) == 0;
}

static void
read_field (WeirSseParser *self, const char *name, gsize length, const char *value, gsize size)
{
  guint64 retry;

  if (is_field (name, length, "data"))
    add_data (self, value, size);
  else if (is_field (name, length, "event"))
    {
      g_free (self->event);
      self->event = size > 0 ? g_strndup (value, size) : NULL;
    }
  else if (is_field (name, length, "id") && memchr (value, '\0', size) == NULL)
    {
      g_free (self->next_id);
      self->next_id = g_strndup (value, size);
    }
  else if (is_field (name, length, "retry")
           && g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &retry, NULL))
    self->retry = (gint64) retry;
}

static void
read_line (WeirSseParser *self)
{
  const char *line = self->line->str;
  gsize length = self->line->len;
  const char *colon, *value;

  if (self->first_line && g_str_has_prefix (line, BYTE_ORDER_MARK))
    {
      line += strlen (BYTE_ORDER_MARK);
      length -= strlen (BYTE_ORDER_MARK);
    }
  self->first_line = FALSE;

  if (self->line_too_long)
    self->message_too_long = TRUE;
  else if (length == 0)
    dispatch (self);
  else if ((colon = memchr (line, ':', length)) == NULL)
    read_field (self, line, length, "", 0);
  else if (colon > line) /* a line that begins with a colon is a comment */
    {
      value = colon + 1;
      if (*value == ' ')
        value++;
      read_field (self, line, (gsize) (colon - line), value, (gsize) (line + length - value));
    }

  g_string_truncate (self->line, 0);
  self->line_too_long = FALSE;
}

/**
 * weir_sse_parser_new:
 * @last_id: (nullable): the id of the last message of the connection before
 * @func: called for each message; must not free the parser
 * @user_data: for @func
 *
 * Returns: (transfer full): a parser for one connection
 */
WeirSseParser *
weir_sse_parser_new (const char *last_id, WeirSseFunc func, gpointer user_data)
{
  WeirSseParser *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (WeirSseParser, 1);
  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->first_line = TRUE;
  self->last_id = g_strdup (last_id);
  return self;
}

/**
 * weir_sse_parser_free:
 * @self: (transfer full): a parser
 */
void
weir_sse_parser_free (WeirSseParser *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->event);
  g_free (self->next_id);
  g_free (self->last_id);
  g_free (self);
}

/**
 * weir_sse_parser_feed:
 * @self: a parser
 * @bytes: what came next, cut anywhere
 * @length: how many
 *
 * Calls the function for each message that is whole now. Lines end with CR, LF or CRLF; a message
 * that is not ended by a blank line never becomes one (WHATWG HTML §9.2.6).
 */
void
weir_sse_parser_feed (WeirSseParser *self, const char *bytes, gsize length)
{
  const char *end = bytes + length;

  g_return_if_fail (self != NULL);

  while (bytes < end)
    {
      const char *stop = bytes;

      if (self->after_cr && *bytes == '\n')
        {
          self->after_cr = FALSE;
          bytes++;
          continue;
        }
      self->after_cr = FALSE;

      while (stop < end && *stop != '\r' && *stop != '\n')
        stop++;
      if (self->line->len + (gsize) (stop - bytes) > WEIR_SSE_MAX_SIZE)
        self->line_too_long = TRUE;
      else if (!self->line_too_long)
        g_string_append_len (self->line, bytes, stop - bytes);
      if (stop == end)
        break;

      self->after_cr = *stop == '\r';
      read_line (self);
      bytes = stop + 1;
    }
}

/**
 * weir_sse_parser_get_last_id:
 * @self: a parser
 *
 * Returns: (transfer none) (nullable): the id to go on from
 */
const char *
weir_sse_parser_get_last_id (WeirSseParser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->last_id;
}

/**
 * weir_sse_parser_get_retry:
 * @self: a parser
 *
 * Returns: the wait before a new connection that the server asked for, ms; 0 if it did not
 */
gint64
weir_sse_parser_get_retry (WeirSseParser *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->retry;
}
