/* test-weir-histogram.c: binning
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-histogram.h"
#include "weir-time-scale.h"

static void
test_bins (void)
{
  g_autoptr (WeirHistogram) histogram = weir_histogram_new (1000, 100, 10, 2);
  gint64 start;
  gint64 end;

  weir_histogram_add (histogram, 1000, 0, 1);
  weir_histogram_add (histogram, 1099, 1, 2);
  weir_histogram_add (histogram, 1100, 0, 4);
  weir_histogram_add (histogram, 1999, 1, 8);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 0, 0), ==, 1);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 0, 1), ==, 2);
  g_assert_cmpuint (weir_histogram_get_bin_total (histogram, 0), ==, 3);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 1, 0), ==, 4);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 9, 1), ==, 8);
  g_assert_cmpuint (weir_histogram_find_highest (histogram), ==, 9);
  g_assert_cmpuint (weir_histogram_get_total (histogram), ==, 15);
  g_assert_cmpuint (weir_histogram_get_group_total (histogram, 0), ==, 5);
  g_assert_cmpint (weir_histogram_get_end (histogram), ==, 2000);

  weir_histogram_get_bin_span (histogram, 3, &start, &end);
  g_assert_cmpint (start, ==, 1300);
  g_assert_cmpint (end, ==, 1400);
}

static void
test_outside (void)
{
  g_autoptr (WeirHistogram) histogram = weir_histogram_new (1000, 100, 10, 2);

  weir_histogram_add (histogram, 999, 0, 1);
  weir_histogram_add (histogram, 2000, 0, 1);
  weir_histogram_add (histogram, G_MININT64, 0, 1);
  weir_histogram_add (histogram, G_MAXINT64, 0, 1);
  weir_histogram_add (histogram, 1500, 2, 1);
  g_assert_cmpuint (weir_histogram_get_total (histogram), ==, 0);
  g_assert_cmpuint (weir_histogram_find_highest (histogram), ==, 0);
}

static void
test_steps (void)
{
  const gint64 second = G_TIME_SPAN_SECOND;
  const gint64 minute = G_TIME_SPAN_MINUTE;

  g_assert_cmpint (weir_time_scale_choose_step (15 * minute, 240), ==, 4 * second);
  g_assert_cmpint (weir_time_scale_choose_step (60 * minute, 240), ==, 20 * second);
  g_assert_cmpint (weir_time_scale_choose_step (1, 100), ==, 1);
  g_assert_cmpint (weir_time_scale_choose_step (G_MAXINT64 / 2, 100), >, 0);
  for (gint64 span = 1; span < G_MAXINT64 / 4; span *= 3)
    g_assert_cmpint (span / weir_time_scale_choose_step (span, 50), <, 50);

  g_assert_cmpint (weir_time_scale_floor (1234567, 1000), ==, 1234000);
  g_assert_cmpint (weir_time_scale_floor (-1, 1000), ==, -1000);
}

/* Days begin at midnight of the local clock, in summer as in winter. */
static void
test_local_days (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const int months[] = { 1, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autoptr (GDateTime) noon = g_date_time_new (zone, 2025, months[i], 10, 12, 30, 0);
      g_autoptr (GDateTime) midnight = g_date_time_new (zone, 2025, months[i], 10, 0, 0, 0);
      g_autofree char *label = NULL;
      g_autofree char *span = NULL;

      gint64 found =
          weir_time_scale_floor (g_date_time_to_unix (noon) * G_USEC_PER_SEC, G_TIME_SPAN_DAY);
      g_assert_cmpint (found, ==, g_date_time_to_unix (midnight) * G_USEC_PER_SEC);
      label = weir_time_scale_dup_label (found + 90 * G_TIME_SPAN_MINUTE, G_TIME_SPAN_MINUTE);
      g_assert_cmpstr (label, ==, "01:30");
      span = weir_time_scale_dup_span (found, found + G_TIME_SPAN_MINUTE, G_TIME_SPAN_SECOND);
      g_assert_nonnull (strstr (span, "00:00:00 – 00:01:00"));
      g_assert_nonnull (strstr (span, "2025"));
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/histogram/bins", test_bins);
  g_test_add_func ("/histogram/outside", test_outside);
  g_test_add_func ("/time-scale/steps", test_steps);
  g_test_add_func ("/time-scale/local-days", test_local_days);

  return g_test_run ();
}
