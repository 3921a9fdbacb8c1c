/* weir-window.h: sidebar, pages and inspector
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-application.h"
#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_WINDOW (weir_window_get_type ())
G_DECLARE_FINAL_TYPE (WeirWindow, weir_window, WEIR, WINDOW, AdwApplicationWindow)

WeirWindow *weir_window_new (WeirApplication *application, WeirMonitor *monitor);
/* presents it, but for a moment waits for what is to be seen on its page */
void weir_window_open (WeirWindow *self);
WeirMonitor *weir_window_get_monitor (WeirWindow *self);

/* Called through weir-navigate. */
void weir_window_show_page (WeirWindow *self, const char *id);
void weir_window_show_record (WeirWindow *self, WeirRecord *record);
void weir_window_search (WeirWindow *self, const char *page, const char *text);
void
weir_window_add_term (WeirWindow *self, const char *page, const char *field, const char *value);
void weir_window_inspect (WeirWindow *self, gpointer object, gboolean open);
void weir_window_add_toast (WeirWindow *self, AdwToast *toast);

const char *weir_window_get_page_id (WeirWindow *self);

G_END_DECLS
