/* weir-event-rows.c: events as a page brings them, without an object for each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-records"

#include "weir-event-rows.h"

#define FIRST_ROOM 64u
#define TEXTS_BLOCK (32 * 1024)

static WeirEventRow *
add_row (WeirEventRows *self)
{
  if (self->len == self->room)
    {
      self->room = MAX (self->room * 2, FIRST_ROOM);
      self->rows = g_renew (WeirEventRow, self->rows, self->room);
    }
  return &self->rows[self->len++];
}

/**
 * weir_event_rows_new:
 *
 * Returns: (transfer full): no events
 */
WeirEventRows *
weir_event_rows_new (void)
{
  WeirEventRows *self = g_new0 (WeirEventRows, 1);

  g_atomic_ref_count_init (&self->refs);
  return self;
}

/**
 * weir_event_rows_new_of:
 * @events: (element-type WeirEvent): events
 *
 * Returns: (transfer full): the same
 */
WeirEventRows *
weir_event_rows_new_of (GPtrArray *events)
{
  WeirEventRows *self = weir_event_rows_new ();

  for (guint i = 0; i < events->len; i++)
    weir_event_rows_add (self, g_object_ref (events->pdata[i]));
  return self;
}

/**
 * weir_event_rows_ref:
 * @self: events
 *
 * Returns: (transfer full): the same
 */
WeirEventRows *
weir_event_rows_ref (WeirEventRows *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * weir_event_rows_unref:
 * @self: (transfer full): events
 */
void
weir_event_rows_unref (WeirEventRows *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  weir_event_rows_clear (self);
  g_free (self->rows);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->packed, g_bytes_unref);
  g_free (self);
}

/**
 * weir_event_rows_clear:
 * @self: events that are being filled
 *
 * Takes all events out.
 */
void
weir_event_rows_clear (WeirEventRows *self)
{
  for (guint i = 0; i < self->len; i++)
    g_clear_object (&self->rows[i].event);
  self->len = 0;
}

/**
 * weir_event_rows_add:
 * @self: events that are being filled
 * @event: (transfer full): one more
 */
void
weir_event_rows_add (WeirEventRows *self, WeirEvent *event)
{
  WeirEventRow *row = add_row (self);

  weir_event_get_row (event, row);
  row->event = event;
}

/**
 * weir_event_rows_keep_bytes:
 * @self: events that are being filled, none of them from bytes yet
 * @bytes: what the next ones are views of
 */
void
weir_event_rows_keep_bytes (WeirEventRows *self, GBytes *bytes)
{
  g_return_if_fail (self->bytes == NULL);

  self->bytes = g_bytes_ref (bytes);
  self->texts = g_string_chunk_new (TEXTS_BLOCK);
}

/**
 * weir_event_rows_add_sequin:
 * @self: events that are being filled, with their bytes
 * @json: an event of `GET /v1/events` in them (`api/sequin-and-oracle.md A1`), which may be followed by something else
 * @observed_at: µs, when Weir first saw it
 * @error: return location for a %WEIR_RECORD_ERROR
 *
 * Returns: whether it was one; its row has its end
 */
gboolean
weir_event_rows_add_sequin (WeirEventRows *self, WeirJson json, gint64 observed_at, GError **error)
{
  WeirEventRow row = { 0 };

  g_return_val_if_fail (self->bytes != NULL, FALSE);

  if (!weir_event_read_sequin (json, observed_at, self->texts, &row, error))
    return FALSE;
  *add_row (self) = row;
  return TRUE;
}

/**
 * weir_event_rows_make_event:
 * @self: events
 * @account: whose they are
 * @position: which one
 *
 * Returns: (transfer full): the event
 */
WeirEvent *
weir_event_rows_make_event (WeirEventRows *self, WeirAccount *account, guint position)
{
  const WeirEventRow *row = &self->rows[position];

  if (row->event != NULL)
    return g_object_ref (row->event);
  /* what could be read once can be read again */
  return weir_event_new (account, row->stream, row->raw, row->observed_at, NULL);
}
