/* weir-place.h: where somebody was in a table of records, from one start to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-monitor.h"
#include "weir-table.h"

G_BEGIN_DECLS

/* Records come by and by after a start: what was selected, and what was on top, is looked for whenever the list was
 * updated, until it is found, somebody selects something, or too much time has gone by. */
typedef struct _WeirPlace WeirPlace;

void weir_place_save (WeirTable *table, WeirRecordList *list, GVariantDict *state);
WeirPlace *weir_place_restore (WeirMonitor *monitor, WeirRecordKind kind, GVariantDict *state);
/* FALSE: there is nothing more to look for */
gboolean weir_place_look (WeirPlace *self, WeirTable *table, WeirRecordList *list);
void weir_place_free (WeirPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WeirPlace, weir_place_free)

G_END_DECLS
