/* weir-state-text.c: changes of states as a person reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-state-text.h"

#include "weir-format.h"
#include "weir-inspector-header.h"
#include "weir-status-look.h"

#include <glib/gi18n-lib.h>

static char *
dup_label (WeirRecordKind kind, const char *word)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  g_autofree char *label = weir_status_dup_label (kind, lower);

  /* a word that nobody knows is shown as it was sent */
  return g_ascii_strcasecmp (label, word) == 0 && !g_str_equal (lower, word)
             ? g_strdup (word)
             : g_steal_pointer (&label);
}

/**
 * weir_state_text_title:
 * @change: a change
 *
 * Returns: (transfer full): from what to what
 */
char *
weir_state_text_title (WeirStateChange *change)
{
  g_autofree char *before =
      change->before != NULL ? dup_label (change->kind, change->before) : NULL;
  g_autofree char *after = dup_label (change->kind, change->after);

  if (before == NULL)
    /* Translators: %s is a state such as “Subscribed” */
    return g_strdup_printf (_ ("First seen: %s"), after);
  if (!g_str_equal (change->before, change->after))
    /* Translators: from one state to another: “Subscribed → Error” */
    return g_strdup_printf (_ ("%s → %s"), before, after);
  if (change->error == NULL)
    /* Translators: %s is a state such as “Connected” */
    return g_strdup_printf (_ ("%s, without an error again"), after);

  /* Translators: %s is a state such as “Error”; its reason is a new one */
  return g_strdup_printf (_ ("%s, with another error"), after);
}

/**
 * weir_state_text_title_of:
 * @change: a change
 *
 * Returns: (transfer full): what it was that changed, and from what to what
 */
char *
weir_state_text_title_of (WeirStateChange *change)
{
  g_autofree char *title = weir_state_text_title (change);

  return weir_format_labelled (weir_record_kind_get_label (change->kind), title);
}

/**
 * weir_state_text_note:
 * @change: a change
 *
 * Returns: (transfer full) (nullable): how sure its time is, unless it was seen to happen
 */
char *
weir_state_text_note (WeirStateChange *change)
{
  gboolean told = change->noticed_at - change->at >= G_TIME_SPAN_MINUTE;
  g_autofree char *noticed = NULL;

  if (change->uncertain && change->before == NULL)
    return g_strdup (_ ("It may have been so for longer"));
  if (change->uncertain && !told)
    return g_strdup (_ ("Noticed when Weir looked again; it may have happened earlier"));
  if (!told)
    return NULL;

  noticed = weir_format_clock (change->noticed_at);
  /* Translators: below a change and the time of it; %s is a time */
  return g_strdup_printf (_ ("The provider’s time of the last update; noticed %s"), noticed);
}

/**
 * weir_state_text_line:
 * @change: a change
 *
 * Returns: (transfer full): all of it, in one line
 */
char *
weir_state_text_line (WeirStateChange *change)
{
  g_autofree char *time = weir_format_absolute (change->at);
  g_autofree char *title = weir_state_text_title (change);
  g_autofree char *note = weir_state_text_note (change);
  g_autofree char *what =
      change->error != NULL ? weir_format_labelled (title, change->error) : NULL;
  GString *line = g_string_new (time);

  g_string_append_printf (line, "  %s", what != NULL ? what : title);
  if (note != NULL)
    g_string_append_printf (line, " (%s)", note);

  return g_string_free (line, FALSE);
}

/**
 * weir_state_text_look:
 * @change: a change
 * @look: (out caller-allocates): the look of what it has become
 */
void
weir_state_text_look (WeirStateChange *change, WeirCellLook *look)
{
  g_autofree char *word = g_ascii_strdown (change->after, -1);

  weir_status_look (word, look);
  if (weir_state_change_is_bad (change) && g_strcmp0 (look->css, "error") != 0
      && g_strcmp0 (look->css, "warning") != 0)
    *look = (WeirCellLook){ "weir-errors-symbolic", "error", FALSE };
}

/**
 * weir_state_text_find_start:
 * @changes: (element-type WeirStateChange): of one record, newest first
 *
 * Returns: (transfer none) (nullable): the change since which it is bad, or in the state it is in now
 */
WeirStateChange *
weir_state_text_find_start (GPtrArray *changes)
{
  WeirStateChange *start = changes->len > 0 ? g_ptr_array_index (changes, 0) : NULL;
  gboolean bad = start != NULL && weir_state_change_is_bad (start);

  for (guint i = 1; i < changes->len; i++)
    {
      WeirStateChange *change = g_ptr_array_index (changes, i);

      if (weir_state_change_is_bad (change) != bad
          || (!bad && !g_str_equal (change->after, start->after)))
        break;
      start = change;
    }

  return start;
}

/**
 * weir_state_text_since:
 * @start: what weir_state_text_find_start() found
 * @label: what it is now
 *
 * Returns: (transfer full): since when it is that
 */
char *
weir_state_text_since (WeirStateChange *start, const char *label)
{
  g_autofree char *time = weir_format_clock (start->at);

  if (start->uncertain)
    /* Translators: a state such as “Error”, and a time */
    return g_strdup_printf (_ ("%s since %s or earlier"), label, time);

  /* Translators: a state such as “Error”, and a time */
  return g_strdup_printf (_ ("%s since %s"), label, time);
}

/**
 * weir_state_text_distance:
 * @change: a change
 * @start: another
 *
 * Returns: (transfer full): how long before the other it was
 */
char *
weir_state_text_distance (WeirStateChange *change, WeirStateChange *start)
{
  gint64 seconds = (start->at - change->at) / G_USEC_PER_SEC;
  g_autofree char *span = weir_format_interval (ABS (seconds));

  if (seconds == 0)
    return g_strdup (_ ("at the same time"));

  if (seconds > 0)
    /* Translators: %s is a span of time such as “40 s” or “1 day 2 h” */
    return g_strdup_printf (_ ("%s before"), span);

  /* Translators: %s is a span of time such as “40 s” or “1 day 2 h” */
  return g_strdup_printf (_ ("seen %s after"), span);
}
