/* weir-event-rows.h: events as a page brings them, without an object for each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event.h"

G_BEGIN_DECLS

/* What the history keeps of an event: views of what its WeirEventRows hold, or of a WeirEvent. */
typedef struct
{
  const char *stream; /* never NULL, as is id */
  const char *id;
  const char *kind; /* this and what follows: see WeirEvent */
  const char *collection;
  const char *record;
  const char *subscription;
  const char *connection;
  const char *tenant;
  const char *status;
  gint64 occurred_at;
  WeirTimeSource time_source;
  gint64 observed_at;
  gboolean unreadable;
  const char *reason; /* (nullable) why it is */
  WeirJson raw;
  WeirJson payload;
  WeirEvent *event; /* (nullable) what it is a view of */
} WeirEventRow;

/* Filled by whoever makes it and then never changed, so any thread may read it. Most pages are taken in and not looked
 * at: making an object of each event and freeing it would cost as much as all else that is done with it. */
typedef struct
{
  guint len;
  WeirEventRow *rows;
  GBytes *packed; /* (nullable) for the history: see weir_history_pack_async() */

  /*< private >*/
  gatomicrefcount refs;
  guint room;
  GStringChunk *texts;
  GBytes *bytes; /* (nullable) */
} WeirEventRows;

WeirEventRows *weir_event_rows_new (void);
WeirEventRows *weir_event_rows_new_of (GPtrArray *events); /* WeirEvent */
WeirEventRows *weir_event_rows_ref (WeirEventRows *self);
void weir_event_rows_unref (WeirEventRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirEventRows, weir_event_rows_unref)

void weir_event_rows_add (WeirEventRows *self, WeirEvent *event /* transfer full */);
void weir_event_rows_clear (WeirEventRows *self); /* its bytes stay */
void weir_event_rows_keep_bytes (WeirEventRows *self, GBytes *bytes);
/* json: in the bytes that are kept */
gboolean
weir_event_rows_add_sequin (WeirEventRows *self, WeirJson json, gint64 observed_at, GError **error);
/* transfer full, never NULL */
WeirEvent *weir_event_rows_make_event (WeirEventRows *self, WeirAccount *account, guint position);

/* weir-event.c */
void weir_event_get_row (WeirEvent *self, WeirEventRow *row);
gboolean weir_event_read_sequin (WeirJson json,
                                 gint64 observed_at,
                                 GStringChunk *texts,
                                 WeirEventRow *row,
                                 GError **error);

G_END_DECLS
