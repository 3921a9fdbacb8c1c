/* weir-scroll.h: brings a part of a dialog into view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void weir_scroll_to (GtkWidget *widget);
void weir_scroll_follow_focus (GtkWindow *window);

G_END_DECLS
