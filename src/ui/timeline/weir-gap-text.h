/* weir-gap-text.h: a gap in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-gap.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

char *weir_gap_dup_span (WeirGap *self); /* "17:40:02 – 18:02:11" */
/* (nullable) the name of the subscription that it is of, or its id */
const char *weir_gap_find_subscription (WeirGap *self, WeirMonitor *monitor);
/* subscription (nullable): the name of the one that it is of */
char *weir_gap_dup_title (WeirGap *self, const char *subscription); /* how long, and where */
char *weir_gap_dup_line (WeirGap *self,
                         const char *subscription); /* how long and why, in one line */
char *weir_gap_dup_details (WeirGap *self,
                            const char *subscription); /* all that is known of it, in some lines */

G_END_DECLS
