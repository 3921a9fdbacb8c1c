/* weir-wrap-layout.h: beside each other, and on as many lines as that takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WEIR_TYPE_WRAP_LAYOUT (weir_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (WeirWrapLayout, weir_wrap_layout, WEIR, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *weir_wrap_layout_new (int spacing); /* px, between two of a line */

G_END_DECLS
