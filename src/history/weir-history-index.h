/* weir-history-index.h: an answer to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-account.h"

G_BEGIN_DECLS

/* Positions in time order, oldest first (equal times: in the order of arrival), without the events themselves.
 * Immutable, any thread. */
#define WEIR_TYPE_HISTORY_INDEX (weir_history_index_get_type ())
G_DECLARE_FINAL_TYPE (WeirHistoryIndex, weir_history_index, WEIR, HISTORY_INDEX, GObject)

/* One event's place. */
typedef struct
{
  gint64 time; /* occurred, µs */
  gint64 id;   /* row id, growing with arrival */
  guint group; /* the account's number */
} WeirHistoryEntry;

/* for the history only: entries sorted by (time, id); accounts: number → WeirAccount */
WeirHistoryIndex *weir_history_index_new (GArray *entries, GHashTable *accounts);

guint weir_history_index_get_length (WeirHistoryIndex *self);
gint64 weir_history_index_get_id (WeirHistoryIndex *self,
                                  guint position); /* row id, growing with arrival */
gint64 weir_history_index_get_time (WeirHistoryIndex *self, guint position); /* occurred, µs */
guint
weir_history_index_get_group (WeirHistoryIndex *self,
                              guint position); /* the account's number, for stacking in charts */
WeirAccount *weir_history_index_get_account (WeirHistoryIndex *self,
                                             guint group); /* transfer none, nullable */
/* binary search: the first position at or after the time */
guint weir_history_index_find_time (WeirHistoryIndex *self, gint64 time);

G_END_DECLS
