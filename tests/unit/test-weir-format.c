/* test-weir-format.c: times, durations and numbers as a person reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-appearance.h"
#include "weir-clock.h"
#include "weir-format.h"
#include "weir-time-scale.h"
#include "weir-zone.h"

#define NOW (G_GINT64_CONSTANT (1773324191) * G_USEC_PER_SEC) /* 2026-03-12 14:03:11 UTC */
#define S ((gint64) G_USEC_PER_SEC)

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_relative (void)
{
  assert_text (weir_format_relative (0), "");
  assert_text (weir_format_relative (NOW), "just now");
  assert_text (weir_format_relative (NOW - 12 * S), "12 s ago");
  assert_text (weir_format_relative (NOW - 59 * S), "59 s ago");
  assert_text (weir_format_relative (NOW - 60 * S), "1 min ago");
  assert_text (weir_format_relative (NOW - 3600 * S), "1 h ago");
  assert_text (weir_format_relative (NOW - 86400 * S), "1 day ago");
  assert_text (weir_format_relative (NOW - 400 * 86400 * S), "400 days ago");
  assert_text (weir_format_relative (NOW + 180 * S), "in 3 min");
  assert_text (weir_format_relative (NOW + 86400 * S), "in 1 day");
  assert_text (weir_format_relative (NOW + 50 * 3600 * S), "in 2 days");
}

static void
test_countdown (void)
{
  assert_text (weir_format_countdown (0), "");
  assert_text (weir_format_countdown (NOW), "now");
  /* a second that has begun counts */
  assert_text (weir_format_countdown (NOW + 1), "in 1 s");
  assert_text (weir_format_countdown (NOW + 8 * S), "in 8 s");
  assert_text (weir_format_countdown (NOW + 59 * S + 1), "in 1:00");
  assert_text (weir_format_countdown (NOW + 243 * S), "in 4:03");
  assert_text (weir_format_countdown (NOW + 2 * 3600 * S), "in 2 h");
  assert_text (weir_format_countdown (NOW - S / 2), "now");
  assert_text (weir_format_countdown (NOW - 125 * S), "2 min overdue");
  assert_text (weir_format_countdown (NOW + 3 * 86400 * S), "in 3 days");
  assert_text (weir_format_countdown (NOW - 86400 * S), "1 day overdue");
}

static void
test_clock (void)
{
  assert_text (weir_format_clock (0), "");
  assert_text (weir_format_clock (NOW - 60 * S), "14:02:11");
  assert_text (weir_format_clock (NOW - 86400 * S), "11 Mar, 14:03");
  assert_text (weir_format_clock (NOW - 365 * 86400 * S), "12 Mar 2025");
  assert_text (weir_format_absolute (NOW + 42000), "Thu 12 Mar 2026, 14:03:11.042 UTC");
  assert_text (weir_format_absolute (0), "");
  /* beyond what a calendar has */
  assert_text (weir_format_absolute (G_MAXINT64), "");
  assert_text (weir_format_window (0, 0), "");
  assert_text (weir_format_window (NOW - 60 * S, NOW), "14:02:11 – 14:03:11");
  assert_text (weir_format_window (NOW, 0), "14:03:11 – …");
}

static void
test_duration (void)
{
  assert_text (weir_format_duration (-1), "");
  assert_text (weir_format_duration (42 * 1000), "42 ms");
  assert_text (weir_format_duration (3400 * 1000), "3.4 s");
  assert_text (weir_format_duration (303 * S), "5 min 3 s");
  assert_text (weir_format_interval (-1), "");
  assert_text (weir_format_interval (0), "0 s");
  assert_text (weir_format_interval (300), "5 min");
  assert_text (weir_format_interval (10800), "3 h");
  assert_text (weir_format_interval (5400), "1 h 30 min");
  assert_text (weir_format_interval (3601), "1 h");
  assert_text (weir_format_interval (90000), "1 day 1 h");
}

static void
test_parts (void)
{
  assert_text (weir_format_percent (42), "42%");
  assert_text (weir_format_range ("a", "b"), "a – b");
  assert_text (weir_format_labelled ("a", "b"), "a: b");
  assert_text (weir_format_list (NULL, NULL), "");
  assert_text (weir_format_list ("a", NULL), "a");
  assert_text (weir_format_list ("a", "b", "c", NULL), "a, b, c");
  assert_text (weir_format_list ("", "a", "", "b", NULL), "a, b");
  assert_text (weir_format_list_add (NULL, "a"), "a");
  assert_text (weir_format_list_add ("a, b", "c"), "a, b, c");
  assert_text (weir_format_sentence ("It ended"), "It ended.");
  assert_text (weir_format_sentences ("One.", NULL), "One.");
  assert_text (weir_format_sentences ("One.", "Two."), "One. Two.");
}

/* The zone that was chosen, not the machine's. */
static void
test_zone (void)
{
  weir_zone_set ("Asia/Tokyo");
  assert_text (weir_format_clock (NOW), "23:03:11");
  assert_text (weir_format_absolute (NOW), "Thu 12 Mar 2026, 23:03:11.000 JST");
  /* today is another day there */
  assert_text (weir_format_moment (NOW + 3600 * S), "13 Mar 00:03:11");
  assert_text (weir_appearance_dup_zone_title ("Time"), "Time (JST)");
  assert_text (weir_appearance_dup_zone_note (), "Times in Asia/Tokyo");
  assert_text (weir_time_scale_dup_label (NOW, 3600 * S), "23:03");
  weir_zone_set (NULL);
  assert_text (weir_format_clock (NOW), "14:03:11");
  g_assert_null (weir_appearance_dup_zone_note ());
}

/* What is written from left to right draws nothing to its side. */
static void
test_line (void)
{
  assert_text (weir_format_line ("", NULL), "");
  assert_text (weir_format_line ("GET", "", "14:03:11", NULL), "GET · 14:03:11");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_text (weir_format_line ("GET", "", "14:03:11", NULL),
               "\u200f\u2068GET\u2069 · \u206814:03:11\u2069");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* An English line stands where one begins to read, beside those of the language. */
static void
test_directed (void)
{
  g_autofree char *same = weir_format_directed ("The credentials are refused.\nHub");
  g_autofree char *directed = NULL;

  g_assert_cmpstr (same, ==, "The credentials are refused.\nHub");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  directed = weir_format_directed ("Refused.\n\nHub");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (directed, ==, "\u200f\u2068Refused.\u2069\n\n\u200f\u2068Hub\u2069");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  weir_clock_set_fake (NOW);

  g_test_add_func ("/format/relative", test_relative);
  g_test_add_func ("/format/countdown", test_countdown);
  g_test_add_func ("/format/clock", test_clock);
  g_test_add_func ("/format/duration", test_duration);
  g_test_add_func ("/format/parts", test_parts);
  g_test_add_func ("/format/zone", test_zone);
  g_test_add_func ("/format/line", test_line);
  g_test_add_func ("/format/directed", test_directed);

  return g_test_run ();
}
