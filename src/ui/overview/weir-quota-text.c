/* weir-quota-text.c: how much was asked of a server, as a person reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-quota-text.h"

#include "weir-format.h"

#include <glib/gi18n-lib.h>

static void
add_requests (GString *text, guint requests)
{
  g_autofree char *number = weir_format_number (requests);
  g_autofree char *part =
      /* Translators: %s is a number */
      g_strdup_printf (
          ngettext ("%s request in the last hour", "%s requests in the last hour", requests),
          number);

  weir_format_append (text, part);
}

static void
add_left (GString *text, const WeirQuotaState *state)
{
  g_autofree char *left = weir_format_number ((guint64) state->left);
  g_autofree char *limit = NULL;
  g_autofree char *part = NULL;
  g_autofree char *when = NULL;
  g_autofree char *renewed = NULL;

  if (state->limit >= 0)
    {
      limit = weir_format_number ((guint64) state->limit);
      /* Translators: two numbers of requests, what the server still takes and what it takes in all */
      part = g_strdup_printf (_ ("%s of %s left"), left, limit);
    }
  else
    {
      /* Translators: a number of requests that the server still takes */
      part = g_strdup_printf (_ ("%s left"), left);
    }
  weir_format_append (text, part);
  if (state->renews_at == 0)
    return;
  when = weir_format_countdown (state->renews_at);
  /* Translators: the number of requests that a server takes; %s is a countdown such as “in 8 s” */
  renewed = g_strdup_printf (_ ("renewed %s"), when);
  weir_format_append (text, renewed);
}

/**
 * weir_quota_text_describe:
 * @state: what is known
 *
 * Returns: (transfer full) (nullable): one line; %NULL if nothing was asked and nothing is known
 */
char *
weir_quota_text_describe (const WeirQuotaState *state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (state != NULL, NULL);

  if (state->limited_until > 0)
    {
      g_autofree char *until = weir_format_moment (state->limited_until);
      /* Translators: the server asked for that; %s is a time of day, perhaps with its date */
      g_autofree char *part = g_strdup_printf (_ ("Weir waits until %s"), until);

      weir_format_append (text, part);
    }
  if (state->requests > 0)
    add_requests (text, state->requests);
  if (state->left >= 0)
    add_left (text, state);
  if (state->limited > 0)
    {
      g_autofree char *times = weir_format_number (state->limited);
      g_autofree char *part =
          /* Translators: how often the server asked for fewer requests; %s is a number */
          g_strdup_printf (ngettext ("limited %s time in 24 hours", "limited %s times in 24 hours",
                                     state->limited),
                           times);

      weir_format_append (text, part);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
