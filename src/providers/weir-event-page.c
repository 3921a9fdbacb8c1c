/* weir-event-page.c: one page of a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-providers"

#include "weir-provider.h"

G_DEFINE_FINAL_TYPE (WeirEventPage, weir_event_page, G_TYPE_OBJECT)

static void
weir_event_page_finalize (GObject *object)
{
  WeirEventPage *self = WEIR_EVENT_PAGE (object);

  g_free (self->stream);
  g_free (self->asked_with);
  g_free (self->next_cursor);
  g_free (self->known_cursor);
  g_free (self->warning);
  weir_event_rows_unref (self->events);
  G_OBJECT_CLASS (weir_event_page_parent_class)->finalize (object);
}

static void
weir_event_page_class_init (WeirEventPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_event_page_finalize;
}

static void
weir_event_page_init (WeirEventPage *self)
{
  self->events = weir_event_rows_new ();
}

/**
 * weir_event_page_new:
 * @asked_with: (nullable): the cursor the page was asked with
 *
 * Returns: (transfer full): a page with no events in it yet
 */
WeirEventPage *
weir_event_page_new (const char *stream, const char *asked_with)
{
  WeirEventPage *self = g_object_new (WEIR_TYPE_EVENT_PAGE, NULL);

  self->stream = g_strdup (stream);
  self->asked_with = g_strdup (asked_with);
  return self;
}
