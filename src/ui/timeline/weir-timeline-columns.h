/* weir-timeline-columns.h: what the timeline shows of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-table.h"

G_BEGIN_DECLS

/* For rows whose items are WeirTimelineItem; user data: none. */
const WeirColumn *weir_timeline_columns_get (guint *n_columns);
char *weir_timeline_columns_dup_fill (gpointer item, gpointer monitor); /* (nullable) of a gap */

G_END_DECLS
