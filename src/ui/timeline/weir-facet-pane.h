/* weir-facet-pane.h: what the answer is made of, beside it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-query-bar.h"

G_BEGIN_DECLS

/* The values of some fields with their counts in the present answer, at the side of what shows it. In a narrow window they lie
 * over it, and only when they are asked for. */
#define WEIR_TYPE_FACET_PANE (weir_facet_pane_get_type ())
G_DECLARE_FINAL_TYPE (WeirFacetPane, weir_facet_pane, WEIR, FACET_PANE, AdwBin)

GtkWidget *weir_facet_pane_new (WeirMonitor *monitor,
                                WeirTimelineModel *model,
                                WeirQueryBar *bar,
                                GtkWidget *content);
GtkWidget *weir_facet_pane_create_button (WeirFacetPane *self); /* shows and hides them */
/* "toggle-facets", for the page's action group */
void weir_facet_pane_add_actions (WeirFacetPane *self, GActionMap *actions);
void weir_facet_pane_set_width (WeirFacetPane *self, int width);
int weir_facet_pane_get_rest (WeirFacetPane *self, int width); /* what is left for the content */

G_END_DECLS
