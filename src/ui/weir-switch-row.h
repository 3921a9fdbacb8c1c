/* weir-switch-row.h: a row of a form that is on or off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* libadwaita has one since 1.4. Its property “active” is what is chosen. */
#define WEIR_TYPE_SWITCH_ROW (weir_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirSwitchRow, weir_switch_row, WEIR, SWITCH_ROW, AdwActionRow)

gboolean weir_switch_row_get_active (WeirSwitchRow *self);
void weir_switch_row_set_active (WeirSwitchRow *self, gboolean active);

G_END_DECLS
