/* weir-exchange.c: one request and its answer, as remembered for a person to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-http"

#include "weir-exchange.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (WeirExchange, weir_exchange, G_TYPE_OBJECT)

/* Everything literal, except that a masked secret becomes a variable that the shell fills in. */
static void
append_quoted (GString *command, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, WEIR_MASK, -1);

  g_string_append_c (command, ' ');
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *quoted = g_shell_quote (parts[i]);

      if (i > 0)
        g_string_append (command, "\"$WEIR_TOKEN\"");
      if (*parts[i] != '\0' || parts[1] == NULL)
        g_string_append (command, quoted);
    }
}

/* curl makes these itself, and better. */
static gboolean
is_made_by_curl (const char *line)
{
  static const char *const names[] = { "Host:", "Content-Length:", "Connection:",
                                       "Accept-Encoding:", "Transfer-Encoding:" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (line, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
weir_exchange_finalize (GObject *object)
{
  WeirExchange *self = WEIR_EXCHANGE (object);

  g_free (self->method);
  g_free (self->uri);
  g_free (self->outcome);
  g_free (self->request_headers);
  g_free (self->response_headers);

  G_OBJECT_CLASS (weir_exchange_parent_class)->finalize (object);
}

static void
weir_exchange_class_init (WeirExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_exchange_finalize;
}

static void
weir_exchange_init (WeirExchange *self)
{
}

/**
 * weir_exchange_to_curl:
 * @self: an exchange
 *
 * The secret stands as `$WEIR_TOKEN`, for the person to set. A body is not remembered; where there
 * was one, the command reads `body.json`.
 *
 * Returns: (transfer full): a command line for a POSIX shell that repeats the request
 */
char *
weir_exchange_to_curl (WeirExchange *self)
{
  GString *command = g_string_new ("curl --globoff --include --compressed");
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (WEIR_IS_EXCHANGE (self), NULL);

  if (g_strcmp0 (self->method, "HEAD") == 0)
    g_string_append (command, " --head");
  else if (self->method != NULL && !g_str_equal (self->method, "GET"))
    {
      g_string_append (command, " --request");
      append_quoted (command, self->method);
    }

  lines = g_strsplit (self->request_headers ? self->request_headers : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || is_made_by_curl (lines[i]))
        continue;
      g_string_append (command, " --header");
      append_quoted (command, lines[i]);
    }

  if (self->sent > 0)
    g_string_append (command, " --data-binary @body.json");
  g_string_append (command, " --url");
  append_quoted (command, self->uri ? self->uri : "");

  return g_string_free (command, FALSE);
}
