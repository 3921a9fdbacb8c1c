/* weir-query-entry.h: an entry that knows the language of queries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Completes names of fields and their values while one types. Signals "changed": by typing or by a choice; "activate": Enter, or
 * cleared; "entered": Enter once more, after that: on to the rows; "left": the focus went elsewhere. */
#define WEIR_TYPE_QUERY_ENTRY (weir_query_entry_get_type ())
G_DECLARE_FINAL_TYPE (WeirQueryEntry, weir_query_entry, WEIR, QUERY_ENTRY, AdwBin)

GtkWidget *weir_query_entry_new (WeirMonitor *monitor);
const char *weir_query_entry_get_text (WeirQueryEntry *self);
void weir_query_entry_set_text (WeirQueryEntry *self, const char *text); /* no signal */
gsize weir_query_entry_get_cursor (WeirQueryEntry *self);                /* bytes */
gboolean weir_query_entry_is_completing (WeirQueryEntry *self);
/* nullable: the answer that payloads are taken from */
void weir_query_entry_set_index (WeirQueryEntry *self, WeirHistoryIndex *index);
/* message NULL: all is well; start and end: of the word to blame, bytes, both 0 if there is none */
void weir_query_entry_set_problem (WeirQueryEntry *self,
                                   const char *message,
                                   gboolean is_error,
                                   gsize start,
                                   gsize end);

G_END_DECLS
