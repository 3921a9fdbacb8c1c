/* weir-change-rows.h: what changed, as a list that can be looked through
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "weir-change-list.h"

G_BEGIN_DECLS

/* Signal "selected" (WeirChange *, nullable). */
#define WEIR_TYPE_CHANGE_ROWS (weir_change_rows_get_type ())
G_DECLARE_FINAL_TYPE (WeirChangeRows, weir_change_rows, WEIR, CHANGE_ROWS, AdwBin)

GtkWidget *weir_change_rows_new (void);
void weir_change_rows_set_diff (WeirChangeRows *self, WeirJsonDiff *diff /* nullable */);

G_END_DECLS
