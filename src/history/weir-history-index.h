/* weir-history-index.h: an answer to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-facet.h"
#include "weir-history-numbers.h"

G_BEGIN_DECLS

/* Positions in time order, oldest first (equal times: in the order of arrival), without the events themselves.
 * Any thread, and the getters take no lock. Which events are in it never changes; one that is brought up to date in the
 * history has its new time and facet here too, until the next answer puts it in its place. */
#define WEIR_TYPE_HISTORY_INDEX (weir_history_index_get_type ())
G_DECLARE_FINAL_TYPE (WeirHistoryIndex, weir_history_index, WEIR, HISTORY_INDEX, GObject)

typedef struct
{
  const WeirFacet *facet;
  guint count;
} WeirFacetCount;

/* One event's place, for weir_history_index_new(). */
typedef struct
{
  gint64 time; /* occurred, µs */
  gint64 id;   /* number, growing with arrival */
  guint group; /* the account's number */
} WeirHistoryEntry;

/* an answer by itself, of no history: entries sorted by (time, id); accounts: number → WeirAccount */
WeirHistoryIndex *weir_history_index_new (GArray *entries, GHashTable *accounts);

guint weir_history_index_get_length (WeirHistoryIndex *self);
/* of how many events it is the answer: all that were in the history when it was made */
guint weir_history_index_get_n_asked (WeirHistoryIndex *self);
gint64 weir_history_index_get_id (WeirHistoryIndex *self,
                                  guint position); /* number, growing with arrival */
gint64 weir_history_index_get_time (WeirHistoryIndex *self, guint position); /* occurred, µs */
const WeirFacet *weir_history_index_get_facet (WeirHistoryIndex *self,
                                               guint position); /* nullable */
guint
weir_history_index_get_group (WeirHistoryIndex *self,
                              guint position); /* the account's number, for stacking in charts */
WeirAccount *weir_history_index_get_account (WeirHistoryIndex *self,
                                             guint group); /* transfer none, nullable */
/* binary search: the first position at or after the time */
guint weir_history_index_find_time (WeirHistoryIndex *self, gint64 time);
/* (element-type WeirFacetCount) of the positions [from, to), sorted by facet number; 1-3 ns an event */
GArray *weir_history_index_count_facets (WeirHistoryIndex *self, guint from, guint to);
/* (nullable) for people: what could not be looked at, so that matches may be missing */
const char *weir_history_index_get_warning (WeirHistoryIndex *self);

G_END_DECLS
