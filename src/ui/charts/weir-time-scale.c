/* weir-time-scale.c: round steps of time, for bars and axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-time-scale.h"

#include "weir-clock.h"
#include "weir-format.h"
#include "weir-zone.h"

#include <glib/gi18n-lib.h>

#define SECOND G_TIME_SPAN_SECOND
#define MINUTE G_TIME_SPAN_MINUTE
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static const gint64 steps[] = {
  1,           2,           5,           10,          20,          50,          100,
  200,         500,         1000,        2000,        5000,        10000,       20000,
  50000,       100000,      200000,      500000,      1 * SECOND,  2 * SECOND,  3 * SECOND,
  4 * SECOND,  5 * SECOND,  6 * SECOND,  10 * SECOND, 12 * SECOND, 15 * SECOND, 20 * SECOND,
  30 * SECOND, 1 * MINUTE,  2 * MINUTE,  3 * MINUTE,  4 * MINUTE,  5 * MINUTE,  6 * MINUTE,
  10 * MINUTE, 12 * MINUTE, 15 * MINUTE, 20 * MINUTE, 30 * MINUTE, 1 * HOUR,    2 * HOUR,
  3 * HOUR,    4 * HOUR,    6 * HOUR,    8 * HOUR,    12 * HOUR,   1 * DAY,     2 * DAY,
  3 * DAY,     4 * DAY,     7 * DAY,     14 * DAY,    28 * DAY,    56 * DAY,    91 * DAY,
  182 * DAY,   364 * DAY,   728 * DAY,   1820 * DAY,  3640 * DAY,  36400 * DAY,
};

/**
 * weir_time_scale_choose_step:
 * @span: what the steps cover, µs
 * @at_most: the number of steps, at least 1
 *
 * Returns: the shortest round step of which @at_most cover @span
 */
gint64
weir_time_scale_choose_step (gint64 span, guint at_most)
{
  g_return_val_if_fail (at_most > 0, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (span / steps[i] < at_most)
        return steps[i];
    }

  return span / at_most + 1;
}

/* How far the clock is ahead of UTC at a time, so that days begin at midnight. */
static gint64
get_offset (gint64 time)
{
  g_autoptr (GTimeZone) zone = weir_zone_dup ();
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time / SECOND);

  return interval >= 0 ? g_time_zone_get_offset (zone, interval) * SECOND : 0;
}

/**
 * weir_time_scale_floor:
 * @time: a time
 * @step: of weir_time_scale_choose_step()
 *
 * Returns: the last multiple of @step at or before @time, as a clock in the zone that was chosen counts
 */
gint64
weir_time_scale_floor (gint64 time, gint64 step)
{
  gint64 offset;
  gint64 local;
  gint64 rest;

  g_return_val_if_fail (step > 0, time);

  offset = step > MINUTE ? get_offset (time) : 0;
  local = time + offset;
  rest = local % step;

  return local - (rest < 0 ? rest + step : rest) - offset;
}

static char *
dup_clock (GDateTime *local, gint64 time, gint64 step)
{
  g_autofree char *clock = NULL;

  if (step >= MINUTE)
    /* Translators: a time of day below a chart, see g_date_time_format() */
    return g_date_time_format (local, _ ("%H:%M"));

  clock = g_date_time_format (local, _ ("%H:%M:%S"));
  if (step >= SECOND)
    return g_steal_pointer (&clock);

  /* Translators: a time to the second, its thousandths (three digits) */
  return g_strdup_printf (C_ ("time", "%s.%03d"), clock, (int) (time % SECOND / 1000));
}

static char *
dup_day (GDateTime *local)
{
  g_autoptr (GDateTime) now = weir_zone_to_date (weir_clock_now ());

  if (now != NULL && g_date_time_get_year (local) == g_date_time_get_year (now))
    /* Translators: a day below a chart, see g_date_time_format() */
    return g_date_time_format (local, _ ("%-e %b"));

  /* Translators: a date of another year, see g_date_time_format() */
  return g_date_time_format (local, _ ("%-e %b %Y"));
}

static char *
dup_day_and_clock (const char *day, const char *clock)
{
  /* Translators: a day, and a time of it */
  return g_strdup_printf (C_ ("date and time", "%s, %s"), day, clock);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/**
 * weir_time_scale_dup_label:
 * @time: a time on an axis
 * @step: between two labels
 *
 * Returns: (transfer full): the time as exactly as @step needs it; the day at midnight
 */
char *
weir_time_scale_dup_label (gint64 time, gint64 step)
{
  g_autoptr (GDateTime) local = weir_zone_to_date (time);

  if (local == NULL)
    return g_strdup ("");

  if (step >= 300 * DAY)
    return g_date_time_format (local, "%Y");
  if (step >= DAY
      || (g_date_time_get_hour (local) == 0 && g_date_time_get_minute (local) == 0
          && g_date_time_get_second (local) == 0 && time % SECOND == 0))
    return dup_day (local);

  return dup_clock (local, time, step);
}

/**
 * weir_time_scale_dup_span:
 * @start: a time
 * @end: a later one
 * @step: how exactly both are known
 *
 * Returns: (transfer full): both times, with the day unless it is today or the same
 */
char *
weir_time_scale_dup_span (gint64 start, gint64 end, gint64 step)
{
  g_autoptr (GDateTime) from = weir_zone_to_date (start);
  g_autoptr (GDateTime) to = weir_zone_to_date (end);
  g_autoptr (GDateTime) now = weir_zone_to_date (weir_clock_now ());
  g_autofree char *from_day = NULL;
  g_autofree char *to_day = NULL;
  g_autofree char *from_clock = NULL;
  g_autofree char *to_clock = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (from == NULL || to == NULL || now == NULL)
    return g_strdup ("");

  from_day = dup_day (from);
  to_day = dup_day (to);
  if (step >= DAY)
    return weir_format_range (from_day, to_day);

  from_clock = dup_clock (from, start, step);
  to_clock = dup_clock (to, end, step);
  if (is_same_day (from, now) && is_same_day (to, now))
    return weir_format_range (from_clock, to_clock);

  first = dup_day_and_clock (from_day, from_clock);
  if (is_same_day (from, to))
    return weir_format_range (first, to_clock);

  last = dup_day_and_clock (to_day, to_clock);

  return weir_format_range (first, last);
}
