/* weir-query-bar.h: where a query is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-saved-views.h"
#include "weir-timeline-model.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

/* Signals: "query-changed": there is another query that can be asked; a text that is none keeps the last query, marks the word
 * that is wrong and says why. "view-recalled" (WeirSavedView *): after its query; the rest of it is the page's. "save-view": the
 * page shall call weir_query_bar_save_view(). */
#define WEIR_TYPE_QUERY_BAR (weir_query_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirQueryBar, weir_query_bar, WEIR, QUERY_BAR, AdwBin)

/* model: what answers; its counts are shown */
GtkWidget *weir_query_bar_new (WeirMonitor *monitor, WeirTimelineModel *model);
WeirQuery *weir_query_bar_get_query (WeirQueryBar *self); /* nullable: everything */
const char *weir_query_bar_get_text (WeirQueryBar *self); /* of that query */
void weir_query_bar_set_text (WeirQueryBar *self, const char *text);
void weir_query_bar_focus (WeirQueryBar *self);
/* "explain-query", "save-view", "saved-views", for the page's action group */
void weir_query_bar_add_actions (WeirQueryBar *self, GActionMap *actions);
/* a button before the menu at the end of the line */
void weir_query_bar_append (WeirQueryBar *self, GtkWidget *widget);
/* without the counts, which stand in the balance as well */
void weir_query_bar_set_narrow (WeirQueryBar *self, gboolean narrow);
/* stack: what the chart is stacked by, nullable */
void weir_query_bar_save_view (WeirQueryBar *self, const char *stack);

G_END_DECLS
