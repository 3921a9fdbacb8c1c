/* weir-silence-text.c: what is said of a stream that is silent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-silence-text.h"

#include "weir-clock.h"
#include "weir-format.h"

#include <glib/gi18n-lib.h>

static char *
dup_span (const WeirQuiet *quiet)
{
  return weir_format_interval ((weir_clock_now () - quiet->since) / G_USEC_PER_SEC);
}

/**
 * weir_silence_text_short:
 * @quiet: since when
 *
 * Returns: (transfer full): for how long it has been quiet
 */
char *
weir_silence_text_short (const WeirQuiet *quiet)
{
  g_autofree char *span = dup_span (quiet);

  /* Translators: of a stream of events; %s is a span such as “3 h” */
  return g_strdup_printf (_ ("Quiet for %s"), span);
}

/**
 * weir_silence_text_long:
 * @quiet: since when
 *
 * Returns: (transfer full): the same, and what would be usual
 */
char *
weir_silence_text_long (const WeirQuiet *quiet)
{
  g_autofree char *span = dup_span (quiet);
  g_autofree char *usual = weir_format_interval (MAX (quiet->usual / G_USEC_PER_SEC, 1));

  /* Translators: of a stream of events; both are spans, such as “3 h” and “5 min” */
  return g_strdup_printf (_ ("Quiet for %s; usually there is an event every %s"), span, usual);
}
