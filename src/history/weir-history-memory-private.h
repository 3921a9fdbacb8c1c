/* weir-history-memory-private.h: the inside of what a history keeps in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-memory.h"

G_BEGIN_DECLS

typedef struct
{
  WeirPageInfo info;
  gboolean unclean; /* holds events that are gone */
} WeirMemoryPage;

/* Who still has numbers as they were then. */
typedef struct
{
  guint64 generation;
  guint n;
} WeirMemoryHolders;

struct _WeirMemory
{
  gatomicrefcount refs;
  WeirColumns *columns;
  WeirFacets *facets;

  GMutex
      update_lock; /* held while the file is read for news, and while the duplicates' table is used */
  gint64 revision; /* of the file: what is known of it */
  gint64 removals;
  GHashTable *account_texts; /* number → json, as read */
  GArray *counts;            /* guint: events of each facet */
  GArray *newest;            /* gint64: the newest time there ever was of each facet */
  GArray *noted;             /* guint32: see weir_memory_note_changes() */
  WeirDedupe *dedupe;        /* (nullable) */
  GArray *emptied;           /* guint32: blocks of columns with events that went */

  GMutex lock; /* of what follows; never held for longer than a copy takes */
  WeirNumbers *order;
  GArray *pages; /* WeirMemoryPage, by first */
  gint64 last_number;
  guint64 generation;
  GArray *holders; /* WeirMemoryHolders, by generation */
  guint64 n_changes;
  GArray *changes; /* guint32: the last of them */
  char *damage;    /* (nullable): what could not be read */
};

guint weir_memory_find_page (GArray *pages, guint32 number);
gboolean weir_memory_make_dedupe (WeirMemory *self, WeirDatabase *db, GError **error);
/* numbers: of one page, growing */
gboolean weir_memory_add_known (WeirMemory *self,
                                WeirStatement *select_details,
                                const WeirPageInfo *page,
                                const guint32 *numbers,
                                guint n_numbers,
                                GError **error);

G_END_DECLS
