/* test-weir-zone.c: the time zone that times are read and shown in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-zone.h"

#define NOW (G_GINT64_CONSTANT (1773324191) * G_USEC_PER_SEC) /* 2026-03-12 14:03:11 UTC */

static void
assert_shown (gint64 time, const char *expected)
{
  g_autoptr (GDateTime) date = weir_zone_to_date (time);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d %H:%M:%S.%f %Z");

  g_assert_cmpstr (text, ==, expected);
}

static void
test_set (void)
{
  g_autofree char *local = weir_zone_dup_name ();
  g_autofree char *tokyo = NULL;
  g_autofree char *wrong = NULL;

  g_assert_cmpstr (local, ==, "local");
  g_assert_true (weir_zone_is_local ());
  assert_shown (NOW, "2026-03-12 14:03:11.000000 UTC");

  weir_zone_set ("Asia/Tokyo");
  tokyo = weir_zone_dup_name ();
  g_assert_cmpstr (tokyo, ==, "Asia/Tokyo");
  g_assert_false (weir_zone_is_local ());
  assert_shown (NOW + 42, "2026-03-12 23:03:11.000042 JST");
  assert_shown (-1, "1970-01-01 08:59:59.999999 JST");

  /* summer time has another name */
  weir_zone_set ("Europe/Berlin");
  assert_shown (NOW, "2026-03-12 15:03:11.000000 CET");
  assert_shown (NOW + 120 * G_TIME_SPAN_DAY, "2026-07-10 16:03:11.000000 CEST");

  /* what this machine does not have is not UTC under another name */
  weir_zone_set ("Nowhere/Land");
  wrong = weir_zone_dup_name ();
  g_assert_cmpstr (wrong, ==, "local");
  weir_zone_set (NULL);
  g_assert_true (weir_zone_is_local ());
  g_assert_null (weir_zone_to_date (G_MAXINT64));
}

static void
test_known (void)
{
  static const char *const known[] = { "local", "UTC", "Asia/Tokyo", "America/New_York" };
  static const char *const unknown[] = { "",          "Nowhere/Land",   "Tokyo",
                                         "../passwd", "/etc/localtime", "Europe/../UTC" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (weir_zone_is_known (known[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (weir_zone_is_known (unknown[i]));
  g_assert_false (weir_zone_is_known (NULL));
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) names = weir_zone_list ();

  g_assert_cmpuint (names->len, >, 200);
  g_assert_cmpstr (names->pdata[0], ==, "UTC");
  for (guint i = 0; i < names->len; i++)
    {
      g_assert_true (weir_zone_is_known (names->pdata[i]));
      if (i > 1)
        g_assert_cmpstr (names->pdata[i - 1], <, names->pdata[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zone/set", test_set);
  g_test_add_func ("/zone/known", test_known);
  g_test_add_func ("/zone/list", test_list);

  return g_test_run ();
}
