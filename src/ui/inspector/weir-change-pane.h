/* weir-change-pane.h: one change, in full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-change-list.h"

G_BEGIN_DECLS

/* Hidden while there is none. */
#define WEIR_TYPE_CHANGE_PANE (weir_change_pane_get_type ())
G_DECLARE_FINAL_TYPE (WeirChangePane, weir_change_pane, WEIR, CHANGE_PANE, AdwBin)

GtkWidget *weir_change_pane_new (void);
void weir_change_pane_set_change (WeirChangePane *self, WeirChange *change /* nullable */);

G_END_DECLS
