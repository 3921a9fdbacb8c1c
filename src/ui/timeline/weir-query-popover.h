/* weir-query-popover.h: the list of what may come next in a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-query-completion.h"

G_BEGIN_DECLS

/* Stands below an entry that keeps the focus and says which row is selected. Signal "chosen": a row was clicked. */
#define WEIR_TYPE_QUERY_POPOVER (weir_query_popover_get_type ())
G_DECLARE_FINAL_TYPE (WeirQueryPopover, weir_query_popover, WEIR, QUERY_POPOVER, GtkPopover)

GtkWidget *weir_query_popover_new (void);
/* candidates: none of them hides it; place: of the word, in the parent */
void weir_query_popover_set_candidates (WeirQueryPopover *self,
                                        GPtrArray *candidates,
                                        const GdkRectangle *place);
const WeirQueryCandidate *
weir_query_popover_get_selected (WeirQueryPopover *self); /* nullable: none */
const WeirQueryCandidate *weir_query_popover_get_first (WeirQueryPopover *self); /* nullable */
void weir_query_popover_move (WeirQueryPopover *self, int step);
GtkWidget *weir_query_popover_get_row (WeirQueryPopover *self); /* nullable: the selected one */

G_END_DECLS
