/* weir-list-bin.h: around a list box that is one stop for Tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WEIR_TYPE_LIST_BIN (weir_list_bin_get_type ())
G_DECLARE_FINAL_TYPE (WeirListBin, weir_list_bin, WEIR, LIST_BIN, AdwBin)

GtkWidget *weir_list_bin_new (GtkListBox *list);

G_END_DECLS
