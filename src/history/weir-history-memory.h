/* weir-history-memory.h: what a history keeps in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-dedupe.h"
#include "weir-history-facets.h"
#include "weir-history-numbers.h"
#include "weir-sqlite.h"

G_BEGIN_DECLS

/* A page without what is in it. Its events have the numbers [first, first + count). */
typedef struct
{
  guint32 first;
  guint32 count;
  gint64 oldest; /* µs; of what is not gone */
  gint64 newest;
  gint64 size; /* bytes in the file */
} WeirPageInfo;

/* More than any page has: a count beyond it is damage. */
#define WEIR_PAGE_MAX_COUNT 65536

typedef struct _WeirMemory WeirMemory;

/* What questions are put to: nothing of it changes. */
typedef struct
{
  WeirNumbers *order;
  guint n_events;     /* in it */
  gint64 last_number; /* of the newest event ever kept */
  guint64 generation; /* another one: events went, or have another time or account's name */
  guint64 n_changes;  /* events changed in their place up to then */
  WeirMemory *memory; /* (nullable) that keeps what it is about */
} WeirMemoryView;

WeirMemory *weir_memory_new (void);
WeirMemory *weir_memory_ref (WeirMemory *self);
void weir_memory_unref (WeirMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirMemory, weir_memory_unref)

/* any thread */
WeirColumns *weir_memory_get_columns (WeirMemory *self); /* transfer none */
WeirFacets *weir_memory_get_facets (WeirMemory *self);   /* transfer none */
guint64 weir_memory_get_n_events (WeirMemory *self);
void weir_memory_take_view (WeirMemory *self, WeirMemoryView *view);
void weir_memory_view_clear (WeirMemoryView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirMemoryView, weir_memory_view_clear)
/* for who keeps numbers of a view that is cleared */
void weir_memory_hold (WeirMemory *self, guint64 generation);
void weir_memory_let_go (WeirMemory *self, guint64 generation);
GArray *weir_memory_list_pages (WeirMemory *self); /* WeirPageInfo, by first */
GArray *weir_memory_list_unclean_pages (WeirMemory *self,
                                        guint max); /* guint32 first: they hold what is gone */
void weir_memory_leave_unclean (WeirMemory *self, guint32 first);
guint weir_memory_get_small_tail (WeirMemory *self, guint small, guint max, guint32 *first);
/* (element-type guint32) events that changed in their place since; NULL: too many to tell */
GArray *weir_memory_list_changes (WeirMemory *self, guint64 since);
guint *weir_memory_count_facets (WeirMemory *self, guint *n_facets); /* events of each */
char *weir_memory_dup_damage (WeirMemory *self);
gint64 weir_memory_get_stream_newest (WeirMemory *self, guint account_number, const char *stream);

/* reads what is newer in the file; on any lane */
gboolean
weir_memory_refresh (WeirMemory *self, WeirDatabase *db, gboolean *changed, GError **error);
/* of events that are gone, once nobody has their numbers any more; any thread but the main loop's */
void weir_memory_give_back (WeirMemory *self);
/* numbers whose bytes the next refresh will find changed: only who changed them knows */
void weir_memory_note_changes (WeirMemory *self, GArray *numbers);

/* the duplicates' table, made if it is not there; hold it while it is used */
WeirDedupe *weir_memory_lock_dedupe (WeirMemory *self, WeirDatabase *db, GError **error);
void weir_memory_unlock_dedupe (WeirMemory *self);
/* (element-type guint64) keys of events that are gone */
void weir_memory_forget_known (WeirMemory *self, GArray *keys);
guint weir_memory_find_account (WeirMemory *self, const char *uuid); /* 0: not there */

G_END_DECLS
