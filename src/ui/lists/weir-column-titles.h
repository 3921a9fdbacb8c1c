/* weir-column-titles.h: what stands above the columns of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "weir-table.h"

G_BEGIN_DECLS

/* titles with the zone where they need one; the menu of all titles, whose action is "table.columns" */
void weir_column_set_titles (const WeirColumn *columns, GPtrArray *views);
GMenuModel *weir_column_create_menu (void);
int weir_column_title_measure (GtkWidget *title, GtkColumnViewColumn *view); /* px */

G_END_DECLS
