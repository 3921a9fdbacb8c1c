/* weir-history-pages.h: pages of events in the history's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event-rows.h"
#include "weir-history-blob.h"
#include "weir-history-memory.h"

G_BEGIN_DECLS

#define WEIR_PAGE_MAX_EVENTS 512u
#define WEIR_PAGE_MAX_BYTES (1024u * 1024u)

/* The events [first, first + columns->len), one after the other. */
typedef struct
{
  guint32 first;
  GArray *columns; /* WeirPageColumn */
  GArray *details; /* WeirPageDetail */
  char *raw;
  gsize raw_length;
  gsize raw_room;
  GBytes *packed; /* (nullable) raw, if it was compressed already: then raw itself is not needed */
} WeirPage;

WeirPage *weir_page_new (guint32 first);
void weir_page_free (WeirPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirPage, weir_page_free)
/* detail: its start is set here */
void weir_page_add (WeirPage *self,
                    WeirPageColumn column,
                    const WeirPageDetail *detail,
                    const char *raw);
void weir_page_add_event (WeirPage *self,
                          WeirPageColumn column,
                          guint64 id_hash,
                          const WeirEventRow *event);
void weir_page_add_slot (WeirPage *self, const WeirPage *from, guint slot); /* copies an event */
void weir_page_add_gone (WeirPage *self);
const char *weir_page_get_raw (const WeirPage *self, guint slot, gsize *length);
/* (nullable): none if it is gone */
WeirEvent *weir_page_make_event (const WeirPage *self, WeirMemory *memory, guint slot);

gboolean weir_page_write (const WeirPage *self, WeirDatabase *db, gint64 revision, GError **error);
gboolean weir_page_get_next_revision (WeirDatabase *db, gint64 *revision, GError **error);
gboolean weir_page_delete (WeirDatabase *db, guint32 first, GError **error);

/* Reads pages and keeps the last one. Good for one thread, and for as long as nothing is written. */
typedef struct _WeirPageReader WeirPageReader;

WeirPageReader *weir_page_reader_new (WeirDatabase *db, GError **error);
void weir_page_reader_free (WeirPageReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirPageReader, weir_page_reader_free)
/* page: (out) (nullable) (transfer none): that with an event, until the next is read; damaged: an error */
gboolean
weir_page_reader_read (WeirPageReader *self, guint32 number, const WeirPage **page, GError **error);

G_END_DECLS
