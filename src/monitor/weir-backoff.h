/* weir-backoff.h: how long to wait after a failure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ms: 1 s, doubled with each failure in a row up to 60 s, give or take a fifth so that not all come
 * at once; never less than what the server asked for. */
guint weir_backoff_get_delay (guint attempts, const GError *error);

/* ms: what is left of a pause that the server asked for; 0 if it did not, or it is over. For whoever was woken
 * meanwhile: timers do not count the time that the machine slept. */
guint weir_backoff_get_rest (const GError *error, gint64 next_try);

G_END_DECLS
