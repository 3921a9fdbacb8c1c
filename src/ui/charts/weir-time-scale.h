/* weir-time-scale.h: round steps of time, for bars and axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All µs. A step is one that a clock or a calendar shows: 1 s, 5 min, 6 h, 1 day… */
gint64 weir_time_scale_choose_step (gint64 span, guint at_most);
gint64 weir_time_scale_floor (gint64 time, gint64 step);
char *weir_time_scale_dup_label (gint64 time, gint64 step);
/* what lies between two multiples of step: "14:00 – 14:05" */
char *weir_time_scale_dup_span (gint64 start, gint64 end, gint64 step);

G_END_DECLS
