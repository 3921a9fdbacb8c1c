/* weir-query-bar.h: where a query is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-query.h"

G_BEGIN_DECLS

/* Signal "query-changed": there is another query that can be asked. A text that is none keeps the last query, marks the word
 * that is wrong and says why. */
#define WEIR_TYPE_QUERY_BAR (weir_query_bar_get_type ())
G_DECLARE_FINAL_TYPE (WeirQueryBar, weir_query_bar, WEIR, QUERY_BAR, AdwBin)

GtkWidget *weir_query_bar_new (void);
WeirQuery *weir_query_bar_get_query (WeirQueryBar *self); /* nullable: everything */
void weir_query_bar_set_text (WeirQueryBar *self, const char *text);
void weir_query_bar_focus (WeirQueryBar *self);
void weir_query_bar_set_counts (WeirQueryBar *self, guint shown, guint total);

/* the word that makes text no query, in bytes; FALSE: it is one, or no word is to blame */
gboolean weir_query_find_wrong_word (const char *text, gsize *start, gsize *end);

G_END_DECLS
