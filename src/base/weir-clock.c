/* weir-clock.c: the one place that asks what time it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-clock.h"

/* Read from worker threads too, hence atomic. */
static _Atomic gint64 fake_now;

/**
 * weir_clock_now:
 *
 * Returns: the time now, in µs since 1970 UTC, or the fake time of a test
 */
gint64
weir_clock_now (void)
{
  gint64 fake = fake_now;

  return fake != 0 ? fake : g_get_real_time ();
}

/**
 * weir_clock_set_fake:
 * @now: a time in µs since 1970 UTC, or 0 to return to the real clock
 *
 * Stops the clock at @now, for tests.
 */
void
weir_clock_set_fake (gint64 now)
{
  fake_now = now;
}
