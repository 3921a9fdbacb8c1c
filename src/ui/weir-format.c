/* weir-format.c: times, durations and numbers as a person reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-format.h"

#include "weir-clock.h"
#include "weir-zone.h"

#include <gtk/gtk.h>
#include <glib/gi18n-lib.h>

/* Unicode's marks for texts in both directions (UAX #9) */
#define RIGHT_TO_LEFT_MARK "\u200f"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* A span in the largest unit that says enough; years are beyond what a subscription needs. Units that are signs stand
 * in any sentence as they are; days are a word, which a sentence of their own declines. */
static char *
format_span (gint64 seconds)
{
  if (seconds < MINUTE)
    /* Translators: seconds, short */
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < HOUR)
    /* Translators: minutes, short */
    return g_strdup_printf (_ ("%d min"), (int) (seconds / MINUTE));
  if (seconds < DAY)
    /* Translators: hours, short */
    return g_strdup_printf (_ ("%d h"), (int) (seconds / HOUR));

  /* Translators: a span of time that stands for itself, or in brackets */
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (seconds / DAY)),
                          (int) (seconds / DAY));
}

static char *
format_past (gint64 seconds)
{
  g_autofree char *span = NULL;

  if (seconds >= DAY)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) (seconds / DAY)),
                            (int) (seconds / DAY));

  span = format_span (seconds);
  /* Translators: %s is a span of time in seconds, minutes or hours, such as “12 s” */
  return g_strdup_printf (_ ("%s ago"), span);
}

static char *
format_future (gint64 seconds)
{
  g_autofree char *span = NULL;

  if (seconds >= DAY)
    return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) (seconds / DAY)),
                            (int) (seconds / DAY));

  span = format_span (seconds);
  /* Translators: %s is a span of time in seconds, minutes or hours, such as “12 s” */
  return g_strdup_printf (_ ("in %s"), span);
}

static char *
format_overdue (gint64 seconds)
{
  g_autofree char *span = NULL;

  if (seconds >= DAY)
    return g_strdup_printf (
        ngettext ("%d day overdue", "%d days overdue", (gulong) (seconds / DAY)),
        (int) (seconds / DAY));

  span = format_span (seconds);
  /* Translators: %s is a span of time in seconds, minutes or hours, such as “12 s” */
  return g_strdup_printf (_ ("%s overdue"), span);
}

/**
 * weir_format_relative:
 * @time: a time
 *
 * Returns: (transfer full): how far it is from now: “12 s ago”, “in 3 min”, “just now”
 */
char *
weir_format_relative (gint64 time)
{
  gint64 seconds;

  if (time == 0)
    return g_strdup ("");

  seconds = (weir_clock_now () - time) / G_USEC_PER_SEC;
  if (seconds == 0)
    return g_strdup (_ ("just now"));

  return seconds > 0 ? format_past (seconds) : format_future (-seconds);
}

/**
 * weir_format_countdown:
 * @time: when something is due
 *
 * Returns: (transfer full): how long it takes until then, to the second in the last hour: “in 4:03”; once it is
 *   past, by how much it is overdue
 */
char *
weir_format_countdown (gint64 time)
{
  gint64 left;

  if (time == 0)
    return g_strdup ("");

  /* rounded up, so that it says "now" when it is, and not a second before */
  left = time - weir_clock_now ();
  left = left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : left / G_USEC_PER_SEC;

  if (left == 0)
    /* Translators: where otherwise a time stands: “in 8 s” */
    return g_strdup (_ ("now"));
  if (left >= MINUTE && left < HOUR)
    /* Translators: a countdown in minutes and seconds */
    return g_strdup_printf (_ ("in %d:%02d"), (int) (left / MINUTE), (int) (left % MINUTE));

  return left > 0 ? format_future (left) : format_overdue (-left);
}

/**
 * weir_format_clock:
 * @time: a time
 *
 * Returns: (transfer full): the time of day in the zone that was chosen, with the date unless it is today
 */
char *
weir_format_clock (gint64 time)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (time == 0)
    return g_strdup ("");

  local = weir_zone_to_date (time);
  now = weir_zone_to_date (weir_clock_now ());
  if (local == NULL || now == NULL)
    return g_strdup ("");

  if (g_date_time_get_year (local) != g_date_time_get_year (now))
    /* Translators: a date of another year, see g_date_time_format() */
    return g_date_time_format (local, _ ("%-e %b %Y"));
  if (g_date_time_get_day_of_year (local) != g_date_time_get_day_of_year (now))
    /* Translators: a day of this year and a time, see g_date_time_format() */
    return g_date_time_format (local, _ ("%-e %b, %H:%M"));

  /* Translators: a time today, see g_date_time_format() */
  return g_date_time_format (local, _ ("%H:%M:%S"));
}

/**
 * weir_format_moment:
 * @time: a time
 *
 * Returns: (transfer full): the time of day in the zone that was chosen, with the date before it unless it is today: for lists in which many times
 *   are of one day
 */
char *
weir_format_moment (gint64 time)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (time == 0)
    return g_strdup ("");

  local = weir_zone_to_date (time);
  now = weir_zone_to_date (weir_clock_now ());
  if (local == NULL || now == NULL)
    return g_strdup ("");

  if (g_date_time_get_year (local) != g_date_time_get_year (now))
    /* Translators: a short date of another year and a time, see g_date_time_format() */
    return g_date_time_format (local, _ ("%-e %b %y %H:%M"));
  if (g_date_time_get_day_of_year (local) != g_date_time_get_day_of_year (now))
    /* Translators: a day of this year and a time, see g_date_time_format() */
    return g_date_time_format (local, _ ("%-e %b %H:%M:%S"));

  /* Translators: a time today, see g_date_time_format() */
  return g_date_time_format (local, _ ("%H:%M:%S"));
}

/**
 * weir_format_absolute:
 * @time: a time
 *
 * Returns: (transfer full): date and time to the millisecond with the zone's name
 */
char *
weir_format_absolute (gint64 time)
{
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *date = NULL;

  if (time == 0)
    return g_strdup ("");

  local = weir_zone_to_date (time);
  if (local == NULL)
    return g_strdup ("");

  /* Translators: a full date and time, see g_date_time_format() */
  date = g_date_time_format (local, _ ("%a %-e %b %Y, %H:%M:%S"));

  /* Translators: a date and a time to the second, its thousandths (three digits), the zone’s name */
  return g_strdup_printf (C_ ("date and time", "%s.%03d %s"), date,
                          g_date_time_get_microsecond (local) / 1000,
                          g_date_time_get_timezone_abbreviation (local));
}

/**
 * weir_format_duration:
 * @duration: in µs
 *
 * Returns: (transfer full): the duration with the precision that its length deserves; empty if negative
 */
char *
weir_format_duration (gint64 duration)
{
  if (duration < 0)
    return g_strdup ("");
  if (duration < G_USEC_PER_SEC)
    /* Translators: milliseconds, short */
    return g_strdup_printf (_ ("%d ms"), (int) (duration / 1000));
  if (duration < 10 * G_USEC_PER_SEC)
    /* Translators: seconds, short */
    return g_strdup_printf (_ ("%.1f s"), (double) duration / G_USEC_PER_SEC);

  return weir_format_interval (duration / G_USEC_PER_SEC);
}

/**
 * weir_format_interval:
 * @seconds: an interval
 *
 * Returns: (transfer full): the interval in its two largest units; empty if negative
 */
char *
weir_format_interval (gint64 seconds)
{
  static const gint64 units[] = { DAY, HOUR, MINUTE, 1 };

  if (seconds < 0)
    return g_strdup ("");

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (units); i++)
    {
      gint64 rest = seconds % units[i];
      g_autofree char *large = NULL;
      g_autofree char *small = NULL;

      if (seconds < units[i])
        continue;

      large = format_span (seconds - rest);
      if (rest < units[i + 1])
        return g_steal_pointer (&large);

      small = format_span (rest);
      return g_strdup_printf ("%s %s", large, small);
    }

  return format_span (seconds);
}

/**
 * weir_format_window:
 * @start: where it begins
 * @end: where it ends, 0 while it goes on
 *
 * Returns: (transfer full): both ends as weir_format_clock() has them
 */
char *
weir_format_window (gint64 start, gint64 end)
{
  g_autofree char *from = weir_format_clock (start);
  g_autofree char *to = weir_format_clock (end);

  if (start == 0 && end == 0)
    return g_strdup ("");

  return weir_format_range (start != 0 ? from : "…", end != 0 ? to : "…");
}

/**
 * weir_format_range:
 * @from: a time or a date
 * @to: another
 *
 * Returns: (transfer full): from the one to the other
 */
char *
weir_format_range (const char *from, const char *to)
{
  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  /* Translators: a span of time: when it begins and ends */
  return g_strdup_printf (C_ ("range", "%s – %s"), from, to);
}

/**
 * weir_format_number:
 * @number: a number
 *
 * Returns: (transfer full): with the digits grouped as the locale does it
 */
char *
weir_format_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

/**
 * weir_format_size:
 * @bytes: a size
 *
 * Returns: (transfer full): “427.3 kB”
 */
char *
weir_format_size (guint64 bytes)
{
  return g_format_size (bytes);
}

/**
 * weir_format_percent:
 * @share: in percent
 *
 * Returns: (transfer full): “42%”
 */
char *
weir_format_percent (int share)
{
  /* Translators: a share in percent */
  return g_strdup_printf (C_ ("percentage", "%d%%"), share);
}

/**
 * weir_format_labelled:
 * @label: a name
 * @text: what stands there
 *
 * Returns: (transfer full): “Connection: Connected”
 */
char *
weir_format_labelled (const char *label, const char *text)
{
  g_return_val_if_fail (label != NULL && text != NULL, NULL);

  /* Translators: a name, then what it is or what is said of it: “Connection: Connected” */
  return g_strdup_printf (_ ("%s: %s"), label, text);
}

/**
 * weir_format_list:
 * @first: (nullable): an item
 * @...: the others, ended by %NULL
 *
 * Returns: (transfer full): the items, which are no sentences, as a list
 */
char *
weir_format_list (const char *first, ...)
{
  g_autofree char *list = g_strdup (first != NULL ? first : "");
  const char *item;
  va_list items;

  va_start (items, first);
  while (first != NULL && (item = va_arg (items, const char *)) != NULL)
    {
      g_autofree char *longer = weir_format_list_add (list, item);

      g_free (list);
      list = g_steal_pointer (&longer);
    }
  va_end (items);

  return g_steal_pointer (&list);
}

/**
 * weir_format_list_add:
 * @list: (nullable): what weir_format_list() made, or an item
 * @item: one more; none if empty
 *
 * Returns: (transfer full): the list with the item
 */
char *
weir_format_list_add (const char *list, const char *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  if (list == NULL || list[0] == '\0')
    return g_strdup (item);
  if (item[0] == '\0')
    return g_strdup (list);

  /* Translators: what comes before in a list, and its next item: “2 failed, 3 not begun” */
  return g_strdup_printf (C_ ("list", "%s, %s"), list, item);
}

/**
 * weir_format_sentence:
 * @text: a sentence that lacks its full stop
 *
 * Returns: (transfer full): the sentence with it
 */
char *
weir_format_sentence (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  /* Translators: a sentence that lacks its full stop */
  return g_strdup_printf (C_ ("sentence", "%s."), text);
}

/**
 * weir_format_sentences:
 * @first: a sentence with its full stop
 * @second: (nullable): another
 *
 * Returns: (transfer full): the one after the other
 */
char *
weir_format_sentences (const char *first, const char *second)
{
  g_return_val_if_fail (first != NULL, NULL);

  if (second == NULL || second[0] == '\0')
    return g_strdup (first);

  /* Translators: two whole sentences; some languages have no blank between them */
  return g_strdup_printf (C_ ("sentences", "%s %s"), first, second);
}

/**
 * weir_format_append:
 * @line: a line of short parts
 * @part: another
 *
 * Adds @part behind a dot. Where one reads from right to left, parts stay in their order and keep their own: a name in Latin
 * letters would draw the numbers behind it to its side.
 */
void
weir_format_append (GString *line, const char *part)
{
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  g_return_if_fail (line != NULL);
  g_return_if_fail (part != NULL);

  if (part[0] == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  else if (rtl)
    g_string_append (line, RIGHT_TO_LEFT_MARK);
  if (rtl)
    g_string_append_printf (line, "%s%s%s", FIRST_STRONG_ISOLATE, part, POP_ISOLATE);
  else
    g_string_append (line, part);
}

/**
 * weir_format_line:
 * @part: the first
 * @...: more of them, then %NULL
 *
 * Returns: (transfer full): those that are not empty, as weir_format_append() has them: “Pull run · Work”
 */
char *
weir_format_line (const char *part, ...)
{
  GString *line = g_string_new (NULL);
  va_list parts;

  va_start (parts, part);
  for (; part != NULL; part = va_arg (parts, const char *))
    weir_format_append (line, part);
  va_end (parts);

  return g_string_free (line, FALSE);
}

/**
 * weir_format_directed:
 * @text: a text that may be in any language
 *
 * Pango aligns each line by its first letters: an English one would stand at the far end of what is written from right
 * to left. It is put between a right-to-left mark with a first strong isolate, and the end of that.
 *
 * Returns: (transfer full): the text as it is to be shown
 */
char *
weir_format_directed (const char *text)
{
  g_autoptr (GString) directed = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_strdup (text);

  directed = g_string_new (NULL);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (directed, '\n');
      if (lines[i][0] != '\0')
        g_string_append_printf (directed, "\xe2\x80\x8f\xe2\x81\xa8%s\xe2\x81\xa9", lines[i]);
    }

  return g_string_free (g_steal_pointer (&directed), FALSE);
}
