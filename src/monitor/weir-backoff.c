/* weir-backoff.c: how long to wait after a failure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-backoff.h"

#include "weir-clock.h"
#include "weir-provider.h"

#define FIRST 1000.0         /* ms */
#define LONGEST 60000.0      /* ms */
#define UNAUTHORIZED 60000.0 /* ms: a person has to do something first */
#define JITTER 0.2
#define MAX_DOUBLINGS 6
#define MAX_ASKED (24 * 60 * 60 * 1000) /* ms: a server's slip must not silence it for ever */

/**
 * weir_backoff_get_delay:
 * @attempts: how many failed in a row before this one
 * @error: (nullable): what failed; a provider's error may know how long the server wants to be left
 *   alone
 *
 * Returns: the milliseconds to wait before the next try
 */
guint
weir_backoff_get_delay (guint attempts, const GError *error)
{
  double delay = MIN (FIRST * (double) (1u << MIN (attempts, MAX_DOUBLINGS)), LONGEST);
  gint64 asked = 0;

  if (g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_UNAUTHORIZED))
    delay = UNAUTHORIZED;
  delay *= g_random_double_range (1 - JITTER, 1 + JITTER);
  if (error != NULL && error->domain == WEIR_PROVIDER_ERROR)
    asked = weir_provider_error_get_retry_after (error) / G_TIME_SPAN_MILLISECOND;

  return MAX ((guint) delay, (guint) CLAMP (asked, 0, MAX_ASKED));
}

/**
 * weir_backoff_get_rest:
 * @error: (nullable): what is waited for
 * @next_try: when the wait was to be over, µs
 *
 * Returns: the milliseconds that the server still wants to be left alone; 0 if it does not
 */
guint
weir_backoff_get_rest (const GError *error, gint64 next_try)
{
  gint64 rest = (next_try - weir_clock_now ()) / G_TIME_SPAN_MILLISECOND;

  if (!g_error_matches (error, WEIR_PROVIDER_ERROR, WEIR_PROVIDER_ERROR_THROTTLED))
    return 0;

  return (guint) CLAMP (rest, 0, MAX_ASKED);
}
