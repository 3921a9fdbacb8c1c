/* weir-timeline-item.h: a place in the timeline, with its event once that is loaded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event.h"
#include "weir-gap.h"

G_BEGIN_DECLS

#define WEIR_TYPE_TIMELINE_ITEM (weir_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (WeirTimelineItem, weir_timeline_item, WEIR, TIMELINE_ITEM, GObject)

/* Immutable. */
struct _WeirTimelineItem
{
  GObject parent_instance;

  gint64 id;            /* number in the history; of a gap: its own */
  gint64 time;          /* µs */
  WeirAccount *account; /* (nullable) */
  WeirEvent *event;     /* NULL: not loaded yet, or a gap */
  gboolean late;        /* it came when newer ones of its stream were there already */
  WeirGap *gap;         /* (nullable) what may be missing here */
  gboolean filling;     /* the gap */
};

WeirTimelineItem *weir_timeline_item_new (gint64 id,
                                          gint64 time,
                                          WeirAccount *account,
                                          WeirEvent *event,
                                          gboolean late);
WeirTimelineItem *weir_timeline_item_new_gap (WeirGap *gap, gboolean filling);

G_END_DECLS
