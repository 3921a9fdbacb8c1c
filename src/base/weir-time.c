/* weir-time.c: reading and writing times and durations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-time.h"

#include <math.h>
#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define DAY (86400 * SECOND)

/* 0001-01-01T00:00:00Z and the last microsecond of 9999: what four digits of a year can say. */
#define TIME_MIN (-62135596800 * SECOND)
#define TIME_MAX (253402300800 * SECOND - 1)

static const struct
{
  const char *name;
  gint64 length;
} units[] = {
  { "ms", 1000 }, { "s", SECOND }, { "m", 60 * SECOND }, { "h", 3600 * SECOND }, { "d", DAY },
};

static gboolean
time_is_in_range (gint64 time)
{
  return time >= TIME_MIN && time <= TIME_MAX;
}

/* Reads exactly @count digits; @text stays where it is if they are not there. */
static gboolean
read_digits (const char **text, int count, int *number)
{
  const char *p = *text;
  int value = 0;

  for (int i = 0; i < count; i++, p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = value * 10 + (*p - '0');
    }
  *text = p;
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

/* Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap
 * day is a year's last; 400 of them are 146,097 days, and 719,468 days lead from 0000-03-01 to
 * 1970-01-01. */
static gint64
count_days (int year, int month, int day)
{
  gint64 y = month > 2 ? year : year - 1;
  gint64 month_from_march = (month + 9) % 12;

  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * month_from_march + 2) / 5 + day - 1 - 719468;
}

static gboolean
read_date (const char **text, gint64 *days)
{
  static const int month_lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int year, month, day, last;

  if (!read_digits (text, 4, &year) || !read_char (text, '-') || !read_digits (text, 2, &month)
      || !read_char (text, '-') || !read_digits (text, 2, &day))
    return FALSE;
  if (year < 1 || month < 1 || month > 12)
    return FALSE;

  last = month_lengths[month - 1];
  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    last = 29;
  if (day < 1 || day > last)
    return FALSE;
  *days = count_days (year, month, day);
  return TRUE;
}

/* hh:mm:ss and up to nine digits of fraction, of which six are kept. A leap second (RFC 3339 allows
 * it) counts as the first second of the next minute. */
static gboolean
read_time_of_day (const char **text, gint64 *time)
{
  int hour, minute, second;
  gint64 fraction = 0;

  if (!read_digits (text, 2, &hour) || !read_char (text, ':') || !read_digits (text, 2, &minute)
      || !read_char (text, ':') || !read_digits (text, 2, &second))
    return FALSE;
  if (hour > 23 || minute > 59 || second > (minute == 59 ? 60 : 59))
    return FALSE;

  if (read_char (text, '.'))
    {
      int count = 0;
      gint64 scale = SECOND;

      for (; g_ascii_isdigit (**text); (*text)++, count++)
        {
          scale /= 10;
          fraction += (**text - '0') * scale;
        }
      if (count < 1 || count > 9)
        return FALSE;
    }
  *time = (hour * 3600 + minute * 60 + second) * SECOND + fraction;
  return TRUE;
}

/* Nothing, Z, ±hh:mm, ±hhmm or the ±hh that PostgreSQL writes. */
static gboolean
read_zone (const char **text, gint64 *offset)
{
  int hour, minute = 0;
  int sign;

  *offset = 0;
  if (**text == '\0' || read_char (text, 'Z') || read_char (text, 'z'))
    return TRUE;
  if (**text != '+' && **text != '-')
    return FALSE;

  sign = *(*text)++ == '+' ? 1 : -1;
  if (!read_digits (text, 2, &hour))
    return FALSE;
  if (**text != '\0')
    {
      read_char (text, ':');
      if (!read_digits (text, 2, &minute))
        return FALSE;
    }
  if (hour > 23 || minute > 59)
    return FALSE;
  *offset = sign * (hour * 3600 + minute * 60) * SECOND;
  return TRUE;
}

/**
 * weir_time_parse:
 * @text: (nullable): a time such as `2026-01-02T03:04:05.678Z`
 * @time: (out): µs since 1970 UTC; left alone if @text is not a time
 *
 * Reads the ISO 8601 forms that servers write: `T` or a space between date and time, up to nine
 * digits of fraction (cut after the microseconds), and `Z`, `±hh:mm`, `±hhmm`, `±hh` or no zone at
 * all, which means UTC.
 *
 * Returns: whether @text is a possible time
 */
gboolean
weir_time_parse (const char *text, gint64 *time)
{
  gint64 days, of_day, offset, result;

  g_return_val_if_fail (time != NULL, FALSE);

  if (text == NULL || !read_date (&text, &days))
    return FALSE;
  if (!read_char (&text, 'T') && !read_char (&text, 't') && !read_char (&text, ' '))
    return FALSE;
  if (!read_time_of_day (&text, &of_day) || !read_zone (&text, &offset) || *text != '\0')
    return FALSE;

  result = days * DAY + of_day - offset;
  if (!time_is_in_range (result))
    return FALSE;
  *time = result;
  return TRUE;
}

/**
 * weir_time_from_milliseconds:
 * @milliseconds: ms since 1970 UTC, as JavaScript counts
 *
 * Returns: µs since 1970 UTC, or 0 for what is no time between the years 1 and 9999
 */
gint64
weir_time_from_milliseconds (double milliseconds)
{
  double microseconds = round (milliseconds * 1000.0);

  /* Written so that NaN fails it. */
  if (!(microseconds >= (double) TIME_MIN && microseconds < (double) TIME_MAX))
    return 0;
  return (gint64) microseconds;
}

/**
 * weir_time_from_object_id:
 * @id: (nullable): a MongoDB object ID, 24 hexadecimal digits
 *
 * The first eight digits of an object ID are the second it was made in; Membrane's IDs are object
 * IDs.
 *
 * Returns: µs since 1970 UTC, or 0 if @id is no object ID
 */
gint64
weir_time_from_object_id (const char *id)
{
  gint64 seconds = 0;

  if (id == NULL || strlen (id) != 24 || strspn (id, "0123456789abcdefABCDEF") != 24)
    return 0;
  for (int i = 0; i < 8; i++)
    seconds = seconds * 16 + g_ascii_xdigit_value (id[i]);
  return seconds * SECOND;
}

/**
 * weir_time_to_iso:
 * @time: µs since 1970 UTC
 *
 * Writes a time as `2026-01-02T03:04:05.678Z`, with six digits of fraction if three cannot say it.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL for 0 and for what lies outside the years
 *   1 to 9999
 */
char *
weir_time_to_iso (gint64 time)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *second = NULL;
  gint64 fraction;

  if (time == 0 || !time_is_in_range (time))
    return NULL;

  fraction = ((time % SECOND) + SECOND) % SECOND;
  date = g_date_time_new_from_unix_utc ((time - fraction) / SECOND);
  /* Not g_date_time_format(): %Y is not padded to four digits everywhere. */
  second = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year (date),
                            g_date_time_get_month (date), g_date_time_get_day_of_month (date),
                            g_date_time_get_hour (date), g_date_time_get_minute (date),
                            g_date_time_get_second (date));
  if (fraction % 1000 == 0)
    return g_strdup_printf ("%s.%03dZ", second, (int) (fraction / 1000));
  return g_strdup_printf ("%s.%06dZ", second, (int) fraction);
}

/**
 * weir_duration_parse:
 * @text: (nullable): a whole number and a unit: `1000ms`, `90s`, `5m`, `2h`, `7d`
 * @duration: (out): the duration in µs; left alone if @text is not a duration
 *
 * Returns: whether @text is a duration that can be counted
 */
gboolean
weir_duration_parse (const char *text, gint64 *duration)
{
  guint64 number;
  char *unit;

  g_return_val_if_fail (duration != NULL, FALSE);

  if (text == NULL || !g_ascii_isdigit (*text))
    return FALSE;
  number = g_ascii_strtoull (text, &unit, 10);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i].name))
      {
        if (number > (guint64) (G_MAXINT64 / units[i].length))
          return FALSE;
        *duration = (gint64) number * units[i].length;
        return TRUE;
      }
  return FALSE;
}
