/* weir-navigate.h: what any part of the window may ask the window for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

void weir_navigate_to_page (GtkWidget *from, const char *page);
void weir_navigate_to_record (GtkWidget *from, WeirRecord *record);
void
weir_navigate_to_id (GtkWidget *from, WeirRecordKind kind, WeirAccount *account, const char *id);
void weir_navigate_to_search (GtkWidget *from, const char *page, const char *text);
/* adds a term to the page's query: data.path and its value, for example */
void
weir_navigate_add_term (GtkWidget *from, const char *page, const char *field, const char *value);
void weir_navigate_inspect (GtkWidget *from, gpointer object);
WeirRecord *weir_navigate_find_newest (WeirMonitor *monitor, WeirRecord *record);
void weir_toast (GtkWidget *from, const char *text);
void weir_toast_error (GtkWidget *from, const char *what, const GError *error);
void weir_copy (GtkWidget *from, const char *text, const char *what);

G_END_DECLS
