/* weir-query-time.c: the times of after: and before:
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query.h"
#include "weir-time.h"
#include "weir-zone.h"

#include <string.h>

static gint64
to_time (GDateTime *date)
{
  return g_date_time_to_unix (date) * G_USEC_PER_SEC + g_date_time_get_microsecond (date);
}

static gboolean
begin_day (gint64 now, GTimeZone *zone, int days, gint64 *time)
{
  g_autoptr (GDateTime) utc =
      g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC - (now % G_USEC_PER_SEC < 0));
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) day = local != NULL ? g_date_time_add_days (local, days) : NULL;
  g_autoptr (GDateTime) midnight = NULL;

  if (day != NULL)
    midnight = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                g_date_time_get_day_of_month (day), 0, 0, 0);
  if (midnight == NULL)
    return FALSE;
  *time = to_time (midnight);
  return TRUE;
}

static gboolean
read_number (const char **text, guint digits, int *number)
{
  int value = 0;

  for (guint i = 0; i < digits; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      value = value * 10 + ((*text)[i] - '0');
    }
  *text += digits;
  *number = value;
  return TRUE;
}

static gboolean
read_char (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* hh:mm, hh:mm:ss or hh:mm:ss.f…; the rest of @text is the zone */
static gboolean
read_time_of_day (const char **text, int *hour, int *minute, double *seconds)
{
  int whole = 0;
  double share = 1;

  *seconds = 0;
  if (!read_number (text, 2, hour) || !read_char (text, ':') || !read_number (text, 2, minute))
    return FALSE;
  if (!read_char (text, ':'))
    return TRUE;
  if (!read_number (text, 2, &whole))
    return FALSE;
  *seconds = whole;
  if (read_char (text, '.') && !g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++)
    {
      share /= 10;
      *seconds += (**text - '0') * share;
    }
  return TRUE;
}

/* A date, or a date and time with or without its zone. */
static gboolean
read_absolute (const char *text, GTimeZone *zone, gint64 *time)
{
  g_autoptr (GTimeZone) own = NULL;
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;
  int hour = 0;
  int minute = 0;
  double seconds = 0;

  if (!read_number (&text, 4, &year) || !read_char (&text, '-') || !read_number (&text, 2, &month)
      || !read_char (&text, '-') || !read_number (&text, 2, &day))
    return FALSE;
  if (*text != '\0')
    {
      if (!read_char (&text, 'T') && !read_char (&text, 't') && !read_char (&text, ' '))
        return FALSE;
      if (!read_time_of_day (&text, &hour, &minute, &seconds))
        return FALSE;
    }
  if (*text != '\0')
    {
      g_autofree char *name = g_ascii_strup (text, -1);

      if (strchr ("Z+-", *name) == NULL)
        return FALSE;
      own = g_time_zone_new_identifier (name);
      if (own == NULL)
        return FALSE;
    }

  date = g_date_time_new (own != NULL ? own : zone, year, month, day, hour, minute, seconds);
  if (date == NULL)
    return FALSE;
  *time = to_time (date);
  return TRUE;
}

/**
 * weir_query_parse_time:
 * @text: `2026-01-31`, `2026-01-31T18:00`, `2026-01-31T18:00:05.5+01:00` (or a blank for the T), `90s`, `30m`,
 *   `1h`, `2d` (so long ago), `now`, `today`, `yesterday` (their beginning)
 * @now: µs, what relative times are seen from
 * @zone: (nullable): where a day begins, and what a time without a zone is in; %NULL is the one that was chosen (weir-zone.h)
 * @time: (out): µs; left alone if @text is no time
 *
 * Returns: whether @text is a time
 */
gboolean
weir_query_parse_time (const char *text, gint64 now, GTimeZone *zone, gint64 *time)
{
  g_autoptr (GTimeZone) chosen = NULL;
  gint64 ago;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (time != NULL, FALSE);

  if (zone == NULL)
    zone = chosen = weir_zone_dup ();

  if (g_ascii_strcasecmp (text, "now") == 0)
    {
      *time = now;
      return TRUE;
    }
  if (g_ascii_strcasecmp (text, "today") == 0)
    return begin_day (now, zone, 0, time);
  if (g_ascii_strcasecmp (text, "yesterday") == 0)
    return begin_day (now, zone, -1, time);
  if (weir_duration_parse (text, &ago))
    {
      *time = now < G_MININT64 + ago ? G_MININT64 : now - ago;
      return TRUE;
    }
  return read_absolute (text, zone, time);
}
