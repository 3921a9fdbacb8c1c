/* test-weir-histogram.c: binning
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-histogram.h"

static void
test_bins (void)
{
  g_autoptr (WeirHistogram) histogram = weir_histogram_new (1000, 2000, 10, 2);
  gint64 start;
  gint64 end;

  weir_histogram_add (histogram, 1000, 0, 1);
  weir_histogram_add (histogram, 1099, 1, 2);
  weir_histogram_add (histogram, 1100, 0, 4);
  weir_histogram_add (histogram, 2000, 1, 8);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 0, 0), ==, 1);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 0, 1), ==, 2);
  g_assert_cmpuint (weir_histogram_get_bin_total (histogram, 0), ==, 3);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 1, 0), ==, 4);
  g_assert_cmpuint (weir_histogram_get_count (histogram, 9, 1), ==, 8);
  g_assert_cmpuint (weir_histogram_get_highest (histogram), ==, 8);
  g_assert_cmpuint (weir_histogram_get_total (histogram), ==, 15);

  weir_histogram_get_bin_span (histogram, 3, &start, &end);
  g_assert_cmpint (start, ==, 1300);
  g_assert_cmpint (end, ==, 1400);
}

static void
test_outside (void)
{
  g_autoptr (WeirHistogram) histogram = weir_histogram_new (1000, 2000, 10, 2);

  weir_histogram_add (histogram, 999, 0, 1);
  weir_histogram_add (histogram, 2001, 0, 1);
  weir_histogram_add (histogram, G_MININT64, 0, 1);
  weir_histogram_add (histogram, G_MAXINT64, 0, 1);
  weir_histogram_add (histogram, 1500, 2, 1);
  g_assert_cmpuint (weir_histogram_get_total (histogram), ==, 0);
  g_assert_cmpuint (weir_histogram_get_highest (histogram), ==, 0);
}

/* A span of no length, and bins that do not divide it. */
static void
test_uneven (void)
{
  g_autoptr (WeirHistogram) instant = weir_histogram_new (5, 5, 3, 1);
  g_autoptr (WeirHistogram) uneven = weir_histogram_new (0, 10, 3, 1);
  gint64 start;
  gint64 end;

  weir_histogram_add (instant, 5, 0, 1);
  g_assert_cmpuint (weir_histogram_get_count (instant, 0, 0), ==, 1);

  for (int i = 0; i <= 10; i++)
    weir_histogram_add (uneven, i, 0, 1);
  g_assert_cmpuint (weir_histogram_get_count (uneven, 0, 0), ==, 4);
  g_assert_cmpuint (weir_histogram_get_count (uneven, 1, 0), ==, 4);
  g_assert_cmpuint (weir_histogram_get_count (uneven, 2, 0), ==, 3);
  weir_histogram_get_bin_span (uneven, 2, &start, &end);
  g_assert_cmpint (start, ==, 8);
  g_assert_cmpint (end, ==, 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/histogram/bins", test_bins);
  g_test_add_func ("/histogram/outside", test_outside);
  g_test_add_func ("/histogram/uneven", test_uneven);

  return g_test_run ();
}
