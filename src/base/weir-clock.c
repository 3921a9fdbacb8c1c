/* weir-clock.c: the one place that asks what time it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-clock.h"

#include <time.h>

/* Read from worker threads too, hence atomic. */
static _Atomic gint64 fake_now;
static _Atomic gint64 fake_sleep;

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

static gint64
read_clock (clockid_t clock)
{
  struct timespec time = { 0 };

  clock_gettime (clock, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/**
 * weir_clock_get_slept:
 *
 * Returns: how long the machine has slept since it was started, µs
 */
gint64
weir_clock_get_slept (void)
{
  gint64 monotonic = read_clock (CLOCK_MONOTONIC);

  return read_clock (CLOCK_BOOTTIME) - monotonic + fake_sleep;
}

/**
 * weir_clock_add_fake_sleep:
 * @microseconds: as if the machine had slept so much more, for tests
 */
void
weir_clock_add_fake_sleep (gint64 microseconds)
{
  fake_sleep += microseconds;
}
