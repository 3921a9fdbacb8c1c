/* weir-row-menu.h: what can be done with a table's rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-table.h"

G_BEGIN_DECLS

GtkWidget *
weir_row_menu_new (const WeirColumn *columns, guint n_columns, GMenuModel *model, GMenuModel *last);

G_END_DECLS
