/* weir-list-frame.h: a table, or why there is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-filter-bar.h"
#include "weir-monitor.h"
#include "weir-table.h"

G_BEGIN_DECLS

/* A filter bar over a table, in whose place stands a page that says why when there are no rows: no account yet, loading,
 * nobody to be reached, nothing there, nothing that passes the filters. */
#define WEIR_TYPE_LIST_FRAME (weir_list_frame_get_type ())
G_DECLARE_FINAL_TYPE (WeirListFrame, weir_list_frame, WEIR, LIST_FRAME, AdwBin)

/* The texts are for "nothing there". */
GtkWidget *weir_list_frame_new (WeirMonitor *monitor,
                                WeirRecordKind kind,
                                WeirRecordList *list,
                                WeirFilterBar *filter,
                                GtkWidget *view,
                                const char *icon_name,
                                const char *title,
                                const char *description);
/* what is to be there only while there is an account; nullable */
void weir_list_frame_set_header (WeirListFrame *self, GtkWidget *header);
void weir_list_frame_update (WeirListFrame *self);

G_END_DECLS
