/* weir-keep-page.h: how much of the history is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_KEEP_PAGE (weir_keep_page_get_type ())
G_DECLARE_FINAL_TYPE (WeirKeepPage, weir_keep_page, WEIR, KEEP_PAGE, AdwPreferencesPage)

GtkWidget *weir_keep_page_new (WeirMonitor *monitor);

G_END_DECLS
