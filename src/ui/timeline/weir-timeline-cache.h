/* weir-timeline-cache.h: the timeline's rows that are wanted, loaded block by block
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event.h"
#include "weir-history.h"
#include "weir-row.h"

G_BEGIN_DECLS

/* Bounded by the number of rows and by the bytes of their events; what was used last is kept. */
#define WEIR_TYPE_TIMELINE_CACHE (weir_timeline_cache_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineCache, weir_timeline_cache, WEIR, TIMELINE_CACHE, GObject)

WeirTimelineCache *weir_timeline_cache_new (WeirHistory *history);
/* transfer full; made, and its event asked for, if it is not there */
WeirRow *weir_timeline_cache_get (WeirTimelineCache *self, WeirHistoryIndex *index, guint place);
/* an event that was loaded already, before its row is asked for */
void weir_timeline_cache_put (WeirTimelineCache *self,
                              WeirHistoryIndex *index,
                              guint place,
                              WeirEvent *event);
void weir_timeline_cache_renew (WeirTimelineCache *self); /* events that may have changed */
guint weir_timeline_cache_count (WeirTimelineCache *self);

G_END_DECLS
