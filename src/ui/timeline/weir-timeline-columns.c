/* weir-timeline-columns.c: what the timeline shows of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-columns.h"

#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-status-look.h"
#include "weir-timeline-item.h"

#include <glib/gi18n-lib.h>

static WeirEvent *
get_event (gpointer item)
{
  return WEIR_TIMELINE_ITEM (item)->event;
}

static char *
time_text (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);
  g_autofree char *clock = weir_format_clock (self->time);

  if (self->event != NULL && self->event->time_source != WEIR_TIME_FROM_PROVIDER)
    /* Translators: a time that is not exactly known */
    return g_strdup_printf (_ ("≈ %s"), clock);

  return g_steal_pointer (&clock);
}

static char *
time_tooltip (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);
  g_autofree char *absolute = weir_format_absolute (self->time);
  g_autofree char *relative = weir_format_relative (self->time);
  const char *source = NULL;

  if (self->event != NULL && self->event->time_source == WEIR_TIME_FROM_ID)
    source = _ ("From the event’s ID: the provider gives no time");
  else if (self->event != NULL && self->event->time_source == WEIR_TIME_FROM_SIGHT)
    source = _ ("When Weir first saw it: the provider gives no time");

  if (source != NULL)
    return g_strdup_printf ("%s\n%s\n%s", absolute, relative, source);

  return g_strdup_printf ("%s\n%s", absolute, relative);
}

static char *
account_text (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  return self->account != NULL ? g_strdup (self->account->name) : NULL;
}

static char *
kind_text (gpointer item, gpointer user_data)
{
  return get_event (item) != NULL ? weir_event_dup_kind_label (get_event (item)->kind) : NULL;
}

static char *
kind_tooltip (gpointer item, gpointer user_data)
{
  return get_event (item) != NULL ? g_strdup (get_event (item)->kind) : NULL;
}

static void
kind_look (gpointer item, gpointer user_data, WeirCellLook *look)
{
  if (get_event (item) != NULL && get_event (item)->unreadable)
    {
      look->icon_name = "dialog-warning-symbolic";
      look->css = "warning";
    }
  else if (get_event (item) != NULL)
    {
      look->icon_name = weir_event_get_kind_icon (get_event (item)->kind);
    }
}

static char *
collection_text (gpointer item, gpointer user_data)
{
  return get_event (item) != NULL ? g_strdup (get_event (item)->collection) : NULL;
}

static char *
record_text (gpointer item, gpointer user_data)
{
  return get_event (item) != NULL ? g_strdup (get_event (item)->record) : NULL;
}

static char *
subscription_text (gpointer item, gpointer user_data)
{
  WeirEvent *event = get_event (item);

  if (event == NULL)
    return NULL;

  return g_strdup (event->subscription_name != NULL ? event->subscription_name
                                                    : event->subscription);
}

static char *
status_text (gpointer item, gpointer user_data)
{
  WeirEvent *event = get_event (item);

  return event != NULL && event->status != NULL ? weir_status_dup_label (event->status) : NULL;
}

static char *
status_tooltip (gpointer item, gpointer user_data)
{
  WeirEvent *event = get_event (item);

  return event != NULL && event->error != NULL
             ? g_strdup (weir_error_data_get_leaf (event->error)->message)
             : NULL;
}

static void
status_look (gpointer item, gpointer user_data, WeirCellLook *look)
{
  WeirEvent *event = get_event (item);

  if (event != NULL && event->status != NULL)
    weir_status_look (event->status, look);
}

static char *
summary_text (gpointer item, gpointer user_data)
{
  /* not loaded yet */
  return get_event (item) != NULL ? weir_event_dup_summary (get_event (item)) : g_strdup ("…");
}

static const WeirColumn columns[] = {
  { .id = "time",
    .title = N_ ("Time"),
    .flags = WEIR_COLUMN_LIVE,
    .min_chars = 9,
    .nat_chars = 10,
    .text = time_text,
    .tooltip = time_tooltip },
  { .id = "kind",
    .title = N_ ("Kind"),
    .min_chars = 8,
    .nat_chars = 11,
    .text = kind_text,
    .tooltip = kind_tooltip,
    .look = kind_look },
  { .id = "account",
    .title = N_ ("Account"),
    .min_chars = 9,
    .nat_chars = 14,
    .hide_below = 620,
    .text = account_text },
  { .id = "collection",
    .title = N_ ("Collection"),
    .min_chars = 8,
    .nat_chars = 12,
    .text = collection_text },
  { .id = "record",
    .title = N_ ("Record"),
    .min_chars = 8,
    .nat_chars = 14,
    .hide_below = 520,
    .text = record_text },
  { .id = "subscription",
    .title = N_ ("Subscription"),
    .min_chars = 8,
    .nat_chars = 14,
    .hide_below = 900,
    .text = subscription_text },
  { .id = "status",
    .title = N_ ("Status"),
    .min_chars = 8,
    .nat_chars = 8,
    .hide_below = 780,
    .text = status_text,
    .tooltip = status_tooltip,
    .look = status_look },
  { .id = "payload",
    .title = N_ ("Payload"),
    .flags = WEIR_COLUMN_EXPAND | WEIR_COLUMN_DIM,
    .min_chars = 14,
    .nat_chars = 20,
    .text = summary_text },
};

/**
 * weir_timeline_columns_get:
 * @n_columns: (out): their number
 *
 * Returns: (transfer none) (array length=n_columns): the columns
 */
const WeirColumn *
weir_timeline_columns_get (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}
