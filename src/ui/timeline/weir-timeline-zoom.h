/* weir-timeline-zoom.h: a span of time, as a part of a query's text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-query.h"

G_BEGIN_DECLS

/* text: of a query, which is asked for [start, end) instead of the span that it has */
char *weir_timeline_zoom_dup_text (const char *text, gint64 start, gint64 end);
char *weir_timeline_zoom_dup_whole (const char *text); /* without a span */
/* µs; G_MININT64 and G_MAXINT64 where there is no bound. Returns whether there is one. */
gboolean weir_timeline_zoom_get_span (WeirQuery *query /* nullable */, gint64 *start, gint64 *end);
gboolean weir_timeline_zoom_moves (WeirQuery *query /* nullable */); /* as time goes by */

G_END_DECLS
