/* weir-sidebar.h: the pages and the accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-page.h"

G_BEGIN_DECLS

/* Signal "page-activated" (WeirPage *): a page's row was chosen.
 * Signal "page-selected" (WeirPage *): it was come by. */
#define WEIR_TYPE_SIDEBAR (weir_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (WeirSidebar, weir_sidebar, WEIR, SIDEBAR, AdwBin)

void weir_sidebar_add_page (WeirSidebar *self, WeirPage *page);
void weir_sidebar_select_page (WeirSidebar *self, WeirPage *page);
void weir_sidebar_set_monitor (WeirSidebar *self, WeirMonitor *monitor);
void weir_sidebar_focus (WeirSidebar *self);
void weir_sidebar_set_show_title_buttons (WeirSidebar *self, gboolean show);

G_END_DECLS
