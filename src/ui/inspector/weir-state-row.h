/* weir-state-row.h: one change of a state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "weir-state-change.h"

G_BEGIN_DECLS

#define WEIR_TYPE_STATE_ROW (weir_state_row_get_type ())
G_DECLARE_FINAL_TYPE (WeirStateRow, weir_state_row, WEIR, STATE_ROW, GtkListBoxRow)

/* around (nullable): the change of another record that it is told with: then it says whose it is and leads there */
GtkWidget *weir_state_row_new (WeirStateChange *change, WeirStateChange *around);
WeirStateChange *weir_state_row_get_change (WeirStateRow *self);

G_END_DECLS
