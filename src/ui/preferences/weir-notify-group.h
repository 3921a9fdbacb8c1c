/* weir-notify-group.h: preferences of notifications and of the background
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-preferences.h"

G_BEGIN_DECLS

#define WEIR_TYPE_NOTIFY_GROUP (weir_notify_group_get_type ())
G_DECLARE_FINAL_TYPE (WeirNotifyGroup, weir_notify_group, WEIR, NOTIFY_GROUP, AdwPreferencesGroup)

GtkWidget *weir_notify_group_new (WeirPreferences *preferences);

G_END_DECLS
