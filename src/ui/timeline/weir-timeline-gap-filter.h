/* weir-timeline-gap-filter.h: which gaps matter to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-gap.h"
#include "weir-query.h"

G_BEGIN_DECLS

void weir_timeline_filter_gaps (GPtrArray *gaps, WeirQuery *query /* nullable */);

G_END_DECLS
