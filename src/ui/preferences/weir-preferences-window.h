/* weir-preferences-window.h: what can be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-monitor.h"

G_BEGIN_DECLS

#define WEIR_TYPE_PREFERENCES_WINDOW (weir_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (WeirPreferencesWindow,
                      weir_preferences_window,
                      WEIR,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

void weir_preferences_window_install_action (GtkWidgetClass *window_class);
void weir_preferences_window_present (GtkWindow *parent, WeirMonitor *monitor);

G_END_DECLS
