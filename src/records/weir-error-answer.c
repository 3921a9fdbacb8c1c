/* weir-error-answer.c: an error out of whatever body a failed request came back with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-error-data.h"

/* Of a text or a page that much is read; a proxy's error page says it at the top. */
#define READ_BYTES (64u * 1024u)
#define EXCERPT_CHARS 500

/* HTTP/2 sends no reason. */
static const char *
reason_of (guint status)
{
  static const struct
  {
    guint status;
    const char *reason;
  } REASONS[] = {
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 408, "Request Timeout" },
    { 409, "Conflict" },
    { 410, "Gone" },
    { 413, "Content Too Large" },
    { 415, "Unsupported Media Type" },
    { 422, "Unprocessable Content" },
    { 423, "Locked" },
    { 429, "Too Many Requests" },
    { 500, "Internal Server Error" },
    { 501, "Not Implemented" },
    { 502, "Bad Gateway" },
    { 503, "Service Unavailable" },
    { 504, "Gateway Timeout" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (REASONS[i].status == status)
      return REASONS[i].reason;
  return NULL;
}

/* Runs of white space become one blank; what is no text becomes U+FFFD. Long text is cut. */
static char *
squeeze (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  GString *squeezed = g_string_new (NULL);
  gboolean blank = FALSE;
  guint n_chars = 0;

  for (const char *p = valid; *p != '\0' && n_chars < EXCERPT_CHARS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          blank = squeezed->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (squeezed, ' ');
      blank = FALSE;
      g_string_append_unichar (squeezed, c);
      n_chars++;
    }
  if (n_chars == EXCERPT_CHARS)
    g_string_append (squeezed, "…");
  return g_string_free (squeezed, FALSE);
}

/* The character of the reference at p ("&amp;", "&#8217;"), with its length; 0 if it is none. */
static gunichar
read_reference (const char *p, const char *end, gsize *length)
{
  static const struct
  {
    const char *text;
    gunichar character;
  } NAMED[] = {
    { "&amp;", '&' },      { "&lt;", '<' },        { "&gt;", '>' },
    { "&quot;", '"' },     { "&apos;", '\'' },     { "&nbsp;", ' ' },
    { "&mdash;", 0x2014 }, { "&hellip;", 0x2026 }, { "&rsquo;", 0x2019 },
  };
  guint64 code = 0;
  const char *digit;
  guint base = 10;

  for (guint i = 0; i < G_N_ELEMENTS (NAMED); i++)
    {
      *length = strlen (NAMED[i].text);
      if ((gsize) (end - p) >= *length && strncmp (p, NAMED[i].text, *length) == 0)
        return NAMED[i].character;
    }

  if (end - p < 4 || p[1] != '#')
    return 0;
  digit = p + 2;
  if (*digit == 'x' || *digit == 'X')
    {
      base = 16;
      digit++;
    }
  for (; digit < end && g_ascii_isxdigit (*digit) && code <= 0x10ffff; digit++)
    code = code * base + (guint64) g_ascii_xdigit_value (*digit);
  if (digit >= end || *digit != ';' || code > 0x10ffff || !g_unichar_validate ((gunichar) code))
    return 0;
  *length = (gsize) (digit + 1 - p);
  return (gunichar) code;
}

/* Whether an element opens at p; sets what lies between it and its closing tag. */
static gboolean
read_element (const char *p,
              const char *end,
              const char *name,
              const char **inner,
              const char **inner_end)
{
  gsize length = strlen (name);
  const char *open;

  if ((gsize) (end - p) < length + 2 || g_ascii_strncasecmp (p + 1, name, length) != 0
      || g_ascii_isalnum (p[length + 1]))
    return FALSE;
  open = memchr (p, '>', (gsize) (end - p));
  if (open == NULL)
    return FALSE;
  *inner = open + 1;
  *inner_end = end;
  for (const char *q = *inner; q + length + 2 <= end; q++)
    if (q[0] == '<' && q[1] == '/' && g_ascii_strncasecmp (q + 2, name, length) == 0)
      {
        *inner_end = q;
        break;
      }
  return TRUE;
}

/* The text between tags; scripts, styles and comments are none. */
static char *
strip_tags (const char *text, const char *end)
{
  static const char *const SILENT[] = { "script", "style", "head" };
  g_autoptr (GString) stripped = g_string_new (NULL);
  const char *p = text;

  while (p < end)
    {
      gsize length = 1;
      gunichar character;

      if (*p == '<')
        {
          const char *inner, *inner_end, *close;
          gboolean silent = FALSE;

          for (guint i = 0; i < G_N_ELEMENTS (SILENT) && !silent; i++)
            silent = read_element (p, end, SILENT[i], &inner, &inner_end);
          if (silent)
            p = inner_end;
          if (p < end && end - p >= 4 && strncmp (p, "<!--", 4) == 0)
            close = g_strstr_len (p, end - p, "-->");
          else
            close = p < end ? memchr (p, '>', (gsize) (end - p)) : NULL;
          if (close == NULL)
            break;
          p = close + (g_str_has_prefix (close, "-->") ? 3 : 1);
          g_string_append_c (stripped, ' ');
        }
      else if (*p == '&' && (character = read_reference (p, end, &length)) != 0)
        {
          g_string_append_unichar (stripped, character);
          p += length;
        }
      else
        g_string_append_c (stripped, *p++);
    }
  return squeeze (stripped->str, stripped->len);
}

/* Of a page the title, else the first text in it. */
static char *
read_page (const char *text, const char *end)
{
  for (const char *p = text; p < end; p++)
    {
      const char *inner, *inner_end;

      if (*p == '<' && read_element (p, end, "title", &inner, &inner_end))
        {
          g_autofree char *title = strip_tags (inner, inner_end);

          if (*title != '\0')
            return g_steal_pointer (&title);
          break;
        }
    }
  return strip_tags (text, end);
}

static char *
read_text (const char *content_type, GBytes *body)
{
  gsize size = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  const char *end;

  if (size == 0)
    return g_strdup ("");
  size = MIN (size, READ_BYTES);
  end = text + size;
  while (text < end && g_ascii_isspace (*text))
    text++;
  if ((text < end && *text == '<')
      || (content_type != NULL && g_ascii_strncasecmp (content_type, "text/html", 9) == 0))
    return read_page (text, end);
  return squeeze (text, (gsize) (end - text));
}

/**
 * weir_error_data_new_from_answer:
 * @status: the HTTP status
 * @reason: (nullable): the words of the status line, if any came
 * @content_type: (nullable): what the body was said to be; what it looks like wins
 * @body: (nullable): the body
 *
 * Reads the error envelopes of all three APIs and of what stands before them: Membrane's ErrorData
 * (`api/membrane.md §5`), Sequin's summary (`api/sequin-and-oracle.md A2`), Oracle's problem
 * details (B7), `{"message"}` and `{"error"}` of web frameworks, pages and plain text of proxies.
 *
 * Returns: (transfer full): an error whose message is never empty
 */
WeirErrorData *
weir_error_data_new_from_answer (guint status,
                                 const char *reason,
                                 const char *content_type,
                                 GBytes *body)
{
  g_autoptr (WeirErrorData) self = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) message = NULL;
  WeirJson root;

  if (body != NULL && weir_json_parse (body, &root, NULL))
    {
      self = weir_error_data_new_from_json (root);
      if (self != NULL && *self->message != '\0')
        return g_steal_pointer (&self);
    }

  if (reason == NULL || *reason == '\0')
    reason = reason_of (status);
  text = self == NULL ? read_text (content_type, body) : g_strdup ("");
  message = g_string_new (NULL);
  g_string_printf (message, "HTTP %u", status);
  if (*text == '\0')
    {
      if (reason != NULL)
        g_string_append_printf (message, " %s", reason);
    }
  else if (g_str_has_prefix (text, message->str + strlen ("HTTP ")))
    /* "502 Bad Gateway", as most titles are */
    g_string_printf (message, "HTTP %s", text);
  else
    g_string_append_printf (message, ": %s", text);

  if (self == NULL)
    return weir_error_data_new (message->str, NULL, NULL);
  g_free (self->message);
  self->message = g_strdup (message->str);
  return g_steal_pointer (&self);
}
