/* weir-background.h: watching goes on when the window is closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

/* Holds the application while the user wants that, and says so when the window is closed. */
#define WEIR_TYPE_BACKGROUND (weir_background_get_type ())
G_DECLARE_FINAL_TYPE (WeirBackground, weir_background, WEIR, BACKGROUND, GObject)

WeirBackground *weir_background_new (GtkApplication *application, WeirMonitor *monitor);
void weir_background_end (WeirBackground *self); /* the user quits */

G_END_DECLS
