/* weir-history-numbers.h: numbers of events in the order of time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-columns.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Some positions that follow each other. */
typedef struct
{
  guint position;
  guint count;
} WeirHistoryRun;

/* Immutable, any thread. A list made from another one shares all its chunks but those that differ, so
 * that to add a few events to a long list costs what they are, not what it is. */
typedef struct _WeirNumbers WeirNumbers;

/* of a plain array of them */
static inline guint32 *
weir_numbers_of_array (GArray *numbers)
{
  return (guint32 *) (gpointer) numbers->data;
}

WeirNumbers *weir_numbers_new (const guint32 *numbers, guint n_numbers);
WeirNumbers *weir_numbers_ref (WeirNumbers *self);
void weir_numbers_unref (WeirNumbers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirNumbers, weir_numbers_unref)

guint weir_numbers_get_length (WeirNumbers *self);
guint32 weir_numbers_get (WeirNumbers *self, guint position);
/* the numbers from a position on that lie side by side */
const guint32 *weir_numbers_get_piece (WeirNumbers *self, guint position, guint *n_numbers);
guint weir_numbers_find_time (WeirNumbers *self, const WeirColumns *columns, gint64 time);
gboolean weir_numbers_contains (WeirNumbers *self, const WeirColumns *columns, guint32 number);

/* sorted: in the order of time, none of them in the list; runs: (nullable) (element-type WeirHistoryRun) */
WeirNumbers *weir_numbers_merge (WeirNumbers *self,
                                 const WeirColumns *columns,
                                 const guint32 *sorted,
                                 guint n_sorted,
                                 GArray *runs);
WeirNumbers *weir_numbers_slice (WeirNumbers *self, guint from, guint to);
/* those of [from, to) whose facet is set in the table, and whose bit is set in the bits where there are any */
WeirNumbers *weir_numbers_filter (WeirNumbers *self,
                                  const WeirColumns *columns,
                                  guint from,
                                  guint to,
                                  const guint8 *facets,
                                  guint n_facets,
                                  const guint8 *bits,
                                  guint limit,
                                  GCancellable *cancellable);
/* without those that are sorted in @gone */
WeirNumbers *weir_numbers_remove (WeirNumbers *self,
                                  const WeirColumns *columns,
                                  const guint32 *gone,
                                  guint n_gone);
void weir_numbers_sort (guint32 *numbers, guint n_numbers, const WeirColumns *columns);

G_END_DECLS
