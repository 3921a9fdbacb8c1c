/* weir-drop-down.h: a drop-down that can be narrower than what is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkDropDown *weir_drop_down_new (GListModel *strings);
GtkDropDown *weir_drop_down_new_filter (GListModel *strings, const char *label);
void weir_drop_down_fit_row (AdwComboRow *row);

G_END_DECLS
