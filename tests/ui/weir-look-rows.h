/* weir-look-rows.h: what a page's list has selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean weir_look_is_gap_selected (GtkSelectionModel *rows);

G_END_DECLS
