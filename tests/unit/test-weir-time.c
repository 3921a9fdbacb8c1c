/* test-weir-time.c: times, durations and the clock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-test"

#include "weir-clock.h"
#include "weir-time.h"

#include <math.h>

static void
test_clock (void)
{
  gint64 real = weir_clock_now ();

  g_assert_cmpint (ABS (real - g_get_real_time ()), <, 60 * (gint64) G_USEC_PER_SEC);
  weir_clock_set_fake (1767323045678000);
  g_assert_cmpint (weir_clock_now (), ==, 1767323045678000);
  weir_clock_set_fake (0);
  g_assert_cmpint (weir_clock_now (), >=, real);
}

static void
test_parse (void)
{
  const struct
  {
    const char *text;
    gint64 time;
  } times[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1970-01-01T00:00:00.000001Z", 1 },
    { "1969-12-31T23:59:59.999999Z", -1 },
    { "2026-01-02T03:04:05.678Z", 1767323045678000 },
    { "2026-01-02t03:04:05.678z", 1767323045678000 },
    { "2026-01-02 03:04:05.678", 1767323045678000 },
    { "2026-01-02T03:04:05.678901234Z", 1767323045678901 },
    { "2026-01-02T03:04:05.6Z", 1767323045600000 },
    { "2026-01-02T03:04:05", 1767323045000000 },
    { "2026-01-02T05:04:05+02:00", 1767323045000000 },
    { "2026-01-02T05:04:05+0200", 1767323045000000 },
    { "2026-01-02 03:04:05+00", 1767323045000000 },
    { "2026-01-01T21:34:05-05:30", 1767323045000000 },
    { "2026-01-02T03:04:05-00:00", 1767323045000000 },
    { "2024-02-29T12:00:00Z", 1709208000000000 },
    { "2000-02-29T00:00:00Z", 951782400000000 },
    { "2016-12-31T23:59:60Z", 1483228800000000 },
    { "0001-01-01T00:00:00Z", -62135596800000000 },
    { "9999-12-31T23:59:59.999999Z", 253402300799999999 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 time = 7;

      g_test_message ("%s", times[i].text);
      g_assert_true (weir_time_parse (times[i].text, &time));
      g_assert_cmpint (time, ==, times[i].time);
    }
}

static void
test_parse_refused (void)
{
  const char *const texts[] = {
    "",
    "soon",
    "1767323045678",
    "2026-01-02",
    "2026-01-02T",
    "2026-01-02T03:04",
    "2026-01-02T03:04Z",
    "2024-06-31T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2024-00-10T00:00:00Z",
    "2024-13-10T00:00:00Z",
    "2024-01-00T00:00:00Z",
    "2024-01-32T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "2024-1-1T00:00:00Z",
    "2024-01-01T24:00:00Z",
    "2024-01-01T00:60:00Z",
    "2024-01-01T00:00:60Z",
    "2024-01-01T00:59:61Z",
    "2024-01-01T00:00:00.Z",
    "2024-01-01T00:00:00.1234567890Z",
    "2024-01-01T00:00:00,5Z",
    "2024-01-01T00:00:00ZZ",
    "2024-01-01T00:00:00Z ",
    " 2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00+",
    "2024-01-01T00:00:00+1",
    "2024-01-01T00:00:00+24:00",
    "2024-01-01T00:00:00+01:60",
    "2024-01-01T00:00:00+01:",
    "2024-01-01T00:00:00+01:0",
    "2024-01-01T00:00:00 UTC",
    "2024-01-01T00:00:00[Z]",
    "2024-01-01T-1:00:00Z",
    "2024-01-01_00:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "9999-12-31T23:59:60Z",
  };
  gint64 time = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_false (weir_time_parse (texts[i], &time));
    }
  g_assert_false (weir_time_parse ("\xff\xff\xff\xff-01-01T00:00:00Z", &time));
  g_assert_false (weir_time_parse (NULL, &time));
  g_assert_cmpint (time, ==, 7);
}

/* Every prefix of a time and every wrong byte in it is an answer, not a crash. */
static void
test_parse_spoilt (void)
{
  const char text[] = "2026-01-02T03:04:05.678901+02:00";
  gint64 time;

  for (gsize i = 0; i < sizeof text; i++)
    {
      g_autofree char *cut = g_strndup (text, i);

      weir_time_parse (cut, &time);
      for (int c = 1; c < 256; c++)
        {
          g_autofree char *spoilt = g_strdup (text);

          spoilt[MIN (i, sizeof text - 2)] = (char) c;
          weir_time_parse (spoilt, &time);
        }
    }
}

static void
test_iso (void)
{
  const struct
  {
    gint64 time;
    const char *text;
  } times[] = {
    { 0, NULL },
    { 1, "1970-01-01T00:00:00.000001Z" },
    { -1, "1969-12-31T23:59:59.999999Z" },
    { -1000, "1969-12-31T23:59:59.999Z" },
    { 1767323045678000, "2026-01-02T03:04:05.678Z" },
    { 1767323045678900, "2026-01-02T03:04:05.678900Z" },
    { 1767323045000000, "2026-01-02T03:04:05.000Z" },
    { -62135596800000000, "0001-01-01T00:00:00.000Z" },
    { -62135596800000001, NULL },
    { 253402300799999999, "9999-12-31T23:59:59.999999Z" },
    { 253402300800000000, NULL },
    { G_MAXINT64, NULL },
    { G_MININT64, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = weir_time_to_iso (times[i].time);

      g_assert_cmpstr (text, ==, times[i].text);
    }
}

/* The days are counted here and by GLib; both ways lead through four hundred years. */
static void
test_every_day (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (1801, 1, 1, 12, 0, 0);

  for (int i = 0; i < 146097; i++)
    {
      g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);
      g_autofree char *text = g_date_time_format (day, "%Y-%m-%dT%H:%M:%SZ");
      gint64 time;

      g_assert_true (weir_time_parse (text, &time));
      g_assert_cmpint (time / G_USEC_PER_SEC, ==, g_date_time_to_unix (day));
      g_date_time_unref (day);
      day = g_steal_pointer (&next);
    }
}

static void
test_milliseconds (void)
{
  g_assert_cmpint (weir_time_from_milliseconds (1767323045678), ==, 1767323045678000);
  g_assert_cmpint (weir_time_from_milliseconds (1767323045678.5), ==, 1767323045678500);
  g_assert_cmpint (weir_time_from_milliseconds (-1), ==, -1000);
  g_assert_cmpint (weir_time_from_milliseconds (0), ==, 0);
  g_assert_cmpint (weir_time_from_milliseconds ((double) NAN), ==, 0);
  g_assert_cmpint (weir_time_from_milliseconds ((double) INFINITY), ==, 0);
  g_assert_cmpint (weir_time_from_milliseconds ((double) -INFINITY), ==, 0);
  g_assert_cmpint (weir_time_from_milliseconds (1e300), ==, 0);
  g_assert_cmpint (weir_time_from_milliseconds (-1e300), ==, 0);
}

static void
test_object_id (void)
{
  g_assert_cmpint (weir_time_from_object_id ("6957352500000000000000ff"), ==, 1767322917000000);
  g_assert_cmpint (weir_time_from_object_id ("6957352500000000000000FF"), ==, 1767322917000000);
  g_assert_cmpint (weir_time_from_object_id ("ffffffff0000000000000000"), ==, 4294967295000000);
  g_assert_cmpint (weir_time_from_object_id ("6957352500000000000000f"), ==, 0);
  g_assert_cmpint (weir_time_from_object_id ("6957352500000000000000fff"), ==, 0);
  g_assert_cmpint (weir_time_from_object_id ("6957352500000000000000fg"), ==, 0);
  g_assert_cmpint (weir_time_from_object_id (""), ==, 0);
  g_assert_cmpint (weir_time_from_object_id (NULL), ==, 0);
}

static void
test_duration (void)
{
  const struct
  {
    const char *text;
    gint64 duration;
  } durations[] = {
    { "0s", 0 },
    { "1000ms", 1000000 },
    { "90s", 90000000 },
    { "5m", 300000000 },
    { "2h", 7200000000 },
    { "7d", 604800000000 },
    { "9223372036854775ms", 9223372036854775000 },
  };
  const char *const refused[] = {
    "",
    "s",
    "5",
    "5 s",
    " 5s",
    "5s ",
    "-5s",
    "+5s",
    "1.5h",
    "5S",
    "5min",
    "5mss",
    "1h30m",
    "9223372036854776ms",
    "99999999999999999999999999d",
    "106751992d",
    "0x5s",
    "５s",
  };
  gint64 duration;

  for (gsize i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_test_message ("%s", durations[i].text);
      g_assert_true (weir_duration_parse (durations[i].text, &duration));
      g_assert_cmpint (duration, ==, durations[i].duration);
    }
  duration = 7;
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_false (weir_duration_parse (refused[i], &duration));
    }
  g_assert_false (weir_duration_parse (NULL, &duration));
  g_assert_cmpint (duration, ==, 7);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weir-time/clock", test_clock);
  g_test_add_func ("/weir-time/parse", test_parse);
  g_test_add_func ("/weir-time/parse-refused", test_parse_refused);
  g_test_add_func ("/weir-time/parse-spoilt", test_parse_spoilt);
  g_test_add_func ("/weir-time/iso", test_iso);
  g_test_add_func ("/weir-time/every-day", test_every_day);
  g_test_add_func ("/weir-time/milliseconds", test_milliseconds);
  g_test_add_func ("/weir-time/object-id", test_object_id);
  g_test_add_func ("/weir-time/duration", test_duration);
  return g_test_run ();
}
