/* weir-timeline-item.c: a place in the timeline, with its event once that is loaded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-item.h"

G_DEFINE_FINAL_TYPE (WeirTimelineItem, weir_timeline_item, G_TYPE_OBJECT)

static void
weir_timeline_item_finalize (GObject *object)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (object);

  g_clear_object (&self->account);
  g_clear_object (&self->event);
  g_clear_object (&self->gap);

  G_OBJECT_CLASS (weir_timeline_item_parent_class)->finalize (object);
}

static void
weir_timeline_item_class_init (WeirTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_timeline_item_finalize;
}

static void
weir_timeline_item_init (WeirTimelineItem *self)
{
}

/**
 * weir_timeline_item_new:
 * @id: the event's row id in the history
 * @time: when it occurred, µs
 * @account: (nullable): whose it is
 * @event: (nullable): the event, %NULL until it is loaded
 * @late: whether newer ones of its stream were there already when it came
 *
 * Returns: (transfer full): the item
 */
WeirTimelineItem *
weir_timeline_item_new (gint64 id,
                        gint64 time,
                        WeirAccount *account,
                        WeirEvent *event,
                        gboolean late)
{
  WeirTimelineItem *self = g_object_new (WEIR_TYPE_TIMELINE_ITEM, NULL);

  self->id = id;
  self->time = time;
  g_set_object (&self->account, account);
  g_set_object (&self->event, event);
  self->late = late;

  return self;
}

/**
 * weir_timeline_item_new_gap:
 * @gap: what may be missing
 * @filling: whether it is asked for now
 *
 * Returns: (transfer full): the item
 */
WeirTimelineItem *
weir_timeline_item_new_gap (WeirGap *gap, gboolean filling)
{
  WeirTimelineItem *self;

  g_return_val_if_fail (WEIR_IS_GAP (gap), NULL);

  self = weir_timeline_item_new (gap->id, gap->to, gap->account, NULL, FALSE);
  self->gap = g_object_ref (gap);
  self->filling = filling;

  return self;
}
