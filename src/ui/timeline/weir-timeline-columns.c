/* weir-timeline-columns.c: what the timeline shows of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-columns.h"

#include "weir-event-summary.h"
#include "weir-format.h"
#include "weir-gap-text.h"
#include "weir-monitor-gaps.h"
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
  g_autofree char *clock = weir_format_moment (self->time);

  if (self->gap != NULL && self->gap->to == 0)
    /* Translators: where a span of time ends that has not ended */
    return g_strdup (C_ ("time", "until now"));
  if (self->late)
    /* Translators: a time below those that were known already when it came */
    return g_strdup_printf (_ ("↳ %s"), clock);
  if (self->event != NULL && self->event->time_source != WEIR_TIME_FROM_PROVIDER)
    /* Translators: a time that is not exactly known */
    return g_strdup_printf (_ ("≈ %s"), clock);

  return g_steal_pointer (&clock);
}

static const char *
describe_source (WeirEvent *event)
{
  switch (event->time_source)
    {
    case WEIR_TIME_FROM_PROVIDER:
      return _ ("As the provider gives it");

    case WEIR_TIME_FROM_ID:
      return _ ("From the event’s ID: the provider gives no time");

    case WEIR_TIME_FROM_SIGHT:
    default:
      return _ ("When Weir first saw it: the provider gives no time");
    }
}

/* (nullable) why a gap cannot be filled */
static const char *
find_obstacle (WeirGap *gap, gpointer monitor)
{
  const char *reason = NULL;

  weir_monitor_can_fill_gap (monitor, gap, &reason);

  return reason;
}

static char *
dup_gap_details (WeirGap *gap, gpointer monitor)
{
  g_autofree char *details = weir_gap_dup_details (gap, weir_gap_find_subscription (gap, monitor));
  const char *obstacle = find_obstacle (gap, monitor);

  return obstacle != NULL ? g_strdup_printf ("%s\n%s", details, obstacle)
                          : g_steal_pointer (&details);
}

static char *
time_tooltip (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);
  g_autofree char *absolute = weir_format_absolute (self->time);
  g_autofree char *relative = weir_format_relative (self->time);
  g_autoptr (GString) text = NULL;

  if (self->gap != NULL)
    return dup_gap_details (self->gap, user_data);

  text = g_string_new (NULL);
  g_string_append_printf (text, "%s\n%s", absolute, relative);
  if (self->event != NULL)
    g_string_append_printf (text, "\n%s", describe_source (self->event));
  if (self->late)
    {
      g_autofree char *seen =
          weir_format_absolute (self->event != NULL ? self->event->observed_at : 0);

      g_string_append_printf (text, "\n%s",
                              _ ("It came late: newer events of its stream were there already"));
      if (seen[0] != '\0')
        {
          g_string_append_c (text, '\n');
          /* Translators: %s is a date and time */
          g_string_append_printf (text, _ ("Received %s"), seen);
        }
    }

  return g_strdup (text->str);
}

static void
time_look (gpointer item, gpointer user_data, WeirCellLook *look)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  if (self->gap != NULL)
    look->row_css = "weir-gap";
  else if (self->late)
    look->css = "accent";
}

static char *
account_text (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  return self->account != NULL && self->gap == NULL ? g_strdup (self->account->name) : NULL;
}

static char *
kind_text (gpointer item, gpointer user_data)
{
  return get_event (item) != NULL ? weir_event_dup_kind_label (get_event (item)->kind) : NULL;
}

static char *
kind_span (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);
  g_autofree char *line = NULL;
  const char *obstacle;

  if (self->gap == NULL)
    return NULL;

  line = weir_gap_dup_line (self->gap, weir_gap_find_subscription (self->gap, user_data));
  obstacle = self->filling ? NULL : find_obstacle (self->gap, user_data);

  return obstacle != NULL ? weir_format_line (line, obstacle, NULL) : g_steal_pointer (&line);
}

static char *
kind_tooltip (gpointer item, gpointer user_data)
{
  if (WEIR_TIMELINE_ITEM (item)->gap != NULL)
    return dup_gap_details (WEIR_TIMELINE_ITEM (item)->gap, user_data);

  return get_event (item) != NULL ? g_strdup (get_event (item)->kind) : NULL;
}

static void
kind_look (gpointer item, gpointer user_data, WeirCellLook *look)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  if (self->gap != NULL)
    {
      look->icon_name = "weir-gap-symbolic";
      look->css = "warning";
      look->spinning = self->filling;
    }
  else if (self->event != NULL && self->event->unreadable)
    {
      look->icon_name = "dialog-warning-symbolic";
      look->css = "warning";
    }
  else if (self->event != NULL)
    {
      look->icon_name = weir_event_get_kind_icon (self->event->kind);
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

  return event != NULL && event->status != NULL
             ? weir_status_dup_label (WEIR_RECORD_EVENT, event->status)
             : NULL;
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
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  if (self->gap != NULL)
    return NULL;

  /* not loaded yet */
  return self->event != NULL ? weir_event_dup_summary (self->event) : g_strdup ("…");
}

static char *
summary_tooltip (gpointer item, gpointer user_data)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  return self->gap != NULL ? dup_gap_details (self->gap, user_data) : NULL;
}

/**
 * weir_timeline_columns_dup_fill:
 * @item: a #WeirTimelineItem
 * @monitor: a #WeirMonitor
 *
 * Returns: (transfer full) (nullable): what can be done about a gap now; %NULL if it is none, or cannot be filled
 */
char *
weir_timeline_columns_dup_fill (gpointer item, gpointer monitor)
{
  WeirTimelineItem *self = WEIR_TIMELINE_ITEM (item);

  if (self->gap == NULL || (!self->filling && find_obstacle (self->gap, monitor) != NULL))
    return NULL;

  return g_strdup (self->filling ? _ ("Cancel") : _ ("Fill Now"));
}

static void
fill_cb (gpointer item, gpointer user_data, GtkWidget *button)
{
  gtk_widget_activate_action (button, "page.fill-gap", "x", WEIR_TIMELINE_ITEM (item)->id);
}

static const WeirColumn columns[] = {
  { .id = "time",
    .title = N_ ("Time"),
    .flags = WEIR_COLUMN_LIVE | WEIR_COLUMN_CLOCK | WEIR_COLUMN_WHOLE,
    .min_chars = 11,
    .nat_chars = 20,
    .text = time_text,
    .tooltip = time_tooltip,
    .look = time_look },
  { .id = "kind",
    .title = N_ ("Kind"),
    .flags = WEIR_COLUMN_MAIN,
    .min_chars = 8,
    .nat_chars = 11,
    .text = kind_text,
    .tooltip = kind_tooltip,
    .look = kind_look,
    .span = kind_span },
  { .id = "account",
    .title = N_ ("Account"),
    .flags = WEIR_COLUMN_APART,
    .min_chars = 9,
    .nat_chars = 14,
    .hide_below = 620,
    .text = account_text },
  { .id = "collection",
    .title = N_ ("Collection"),
    .min_chars = 8,
    .nat_chars = 16,
    .hide_below = 400,
    .text = collection_text },
  { .id = "record",
    .title = N_ ("Record"),
    .min_chars = 8,
    .nat_chars = 18,
    .hide_below = 520,
    .text = record_text },
  { .id = "subscription",
    .title = N_ ("Subscription"),
    .min_chars = 8,
    .nat_chars = 18,
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
    .min_chars = 8,
    .nat_chars = 20,
    .hide_below = 240,
    .text = summary_text,
    .tooltip = summary_tooltip,
    .button = weir_timeline_columns_dup_fill,
    .press = fill_cb },
};

/**
 * weir_timeline_columns_get:
 * @n_columns: (out): their number
 *
 * Returns: (transfer none) (array length=n_columns): the columns; their functions want the monitor as user data
 */
const WeirColumn *
weir_timeline_columns_get (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);

  return columns;
}
