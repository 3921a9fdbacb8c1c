/* weir-panes.h: going round the parts of a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean weir_pane_enter (GtkWidget *pane); /* where the focus was in it before */
void weir_panes_step (GtkWidget *const *panes, guint n_panes, gboolean forward);

/* before one is opened: whoever opened it can press the same key again */
gboolean weir_popover_close (GtkWidget *parent);
/* at the row of the view that has the focus, if one has it */
void weir_popover_point_at_row (GtkPopover *popover, GtkWidget *view);

G_END_DECLS
