/* weir-clock.h: the one place that asks what time it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All times inside Weir are microseconds since 1970 UTC in a gint64; 0 means "not known". */
gint64 weir_clock_now (void);
void weir_clock_set_fake (gint64 now);
/* µs that the machine has slept since it was started: what its boot time is ahead of its monotonic one */
gint64 weir_clock_get_slept (void);
void weir_clock_add_fake_sleep (gint64 microseconds);

G_END_DECLS
