/* weir-history-intern.h: the facets of events found, or kept where they are new
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-event-rows.h"
#include "weir-history-memory.h"

G_BEGIN_DECLS

/* Within one transaction. */
typedef struct
{
  WeirMemory *memory;
  WeirDatabase *db;
  GHashTable *added; /* WeirFacet → itself: memory learns of them after the commit */
} WeirIntern;

void weir_intern_init (WeirIntern *self, WeirMemory *memory, WeirDatabase *db);
void weir_intern_clear (WeirIntern *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WeirIntern, weir_intern_clear)
gboolean weir_intern_find (WeirIntern *self,
                           const WeirEventRow *event,
                           guint account_number,
                           WeirFacetFlags late,
                           guint32 *number,
                           GError **error);

G_END_DECLS
