/* weir-drift-text.c: schema drift as a person reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-drift-text.h"

#include "weir-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * weir_drift_text_what:
 * @drift: a drift
 *
 * Returns: (transfer full): what became of the field
 */
char *
weir_drift_text_what (WeirDrift *drift)
{
  switch (drift->change)
    {
    case WEIR_DRIFT_APPEARED:
      /* Translators: a field of events; %s is its type, such as “string” */
      return g_strdup_printf (_ ("Appeared, as %s"), drift->after);
    case WEIR_DRIFT_VANISHED:
      /* Translators: a field of events; %s was its type, such as “string” */
      return g_strdup_printf (_ ("Vanished, was %s"), drift->before);
    case WEIR_DRIFT_TYPE:
      /* Translators: a field of events; its types before and after, such as “number” and “string” */
      return g_strdup_printf (_ ("Changed type, from %s to %s"), drift->before, drift->after);
    case WEIR_DRIFT_NONE:
    default:
      return g_strdup ("");
    }
}

/**
 * weir_drift_text_where:
 * @drift: a drift
 *
 * Returns: (transfer full): in which events
 */
char *
weir_drift_text_where (WeirDrift *drift)
{
  const char *collection = *drift->collection != '\0'
                               ? drift->collection
                               /* Translators: stands where the name of a collection is not known */
                               : C_ ("collection", "events");
  g_autofree char *both =
      weir_format_list (collection, *drift->kind != '\0' ? drift->kind : NULL, NULL);

  return weir_format_line (both, drift->account->name, NULL);
}

/**
 * weir_drift_text_when:
 * @drift: a drift
 *
 * Returns: (transfer full): since when, and in how many events now and before
 */
char *
weir_drift_text_when (WeirDrift *drift)
{
  g_autofree char *since = weir_format_clock (drift->since);
  g_autofree char *events = weir_format_number (drift->events);
  g_autofree char *before = weir_format_number (drift->events_before);
  g_autofree char *percent = weir_format_percent ((int) lround (drift->share * 100));
  g_autofree char *percent_before = weir_format_percent ((int) lround (drift->share_before * 100));

  if (drift->change == WEIR_DRIFT_VANISHED)
    /* Translators: a time; numbers of events; a percentage */
    return g_strdup_printf (_ ("Last seen %s, in none of %s events since; in %s of %s before"),
                            since, events, percent_before, before);
  if (drift->change == WEIR_DRIFT_TYPE)
    /* Translators: a time; a percentage; numbers of events */
    return g_strdup_printf (_ ("Since %s, in %s of %s events; never in %s before"), since, percent,
                            events, before);

  /* Translators: a time; a percentage; numbers of events */
  return g_strdup_printf (_ ("Since %s, in %s of %s events; in none of %s before"), since, percent,
                          events, before);
}

/**
 * weir_drift_text_icon:
 * @drift: a drift
 *
 * Returns: (transfer none): an icon's name
 */
const char *
weir_drift_text_icon (WeirDrift *drift)
{
  return drift->change == WEIR_DRIFT_APPEARED   ? "list-add-symbolic"
         : drift->change == WEIR_DRIFT_VANISHED ? "list-remove-symbolic"
                                                : "object-flip-horizontal-symbolic";
}
