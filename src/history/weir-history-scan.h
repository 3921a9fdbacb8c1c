/* weir-history-scan.h: the bytes of events looked at, for queries that need them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-history-pages.h"
#include "weir-query-match.h"

G_BEGIN_DECLS

/* What events are asked for, so far as memory can tell. */
typedef struct
{
  WeirMemory *memory;
  const WeirQueryMatch *match;
  guint8 *facets; /* which are wanted */
  guint n_facets;
  gint64 from; /* occurred in [from, to), µs */
  gint64 to;
} WeirScan;

void weir_scan_init (WeirScan *self, WeirMemory *memory, const WeirQueryMatch *match);
void weir_scan_clear (WeirScan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirScan, weir_scan_clear)

gboolean weir_scan_needs_bytes (const WeirScan *self);
/* whether memory does not rule the event out */
gboolean weir_scan_wants (const WeirScan *self, guint32 number);

/* Sets the bit of each event up to last_number that is as asked; with a limit at least of the newest so many.
 * warning: (nullable) what could not be looked at */
gboolean weir_scan_all (const WeirScan *self,
                        WeirDatabase *db,
                        guint limit,
                        guint8 *bits,
                        gint64 last_number,
                        char **warning,
                        GCancellable *cancellable,
                        GError **error);
/* leaves those of the numbers, which grow, that are as asked */
gboolean weir_scan_some (const WeirScan *self,
                         WeirDatabase *db,
                         GArray *numbers,
                         char **warning,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
