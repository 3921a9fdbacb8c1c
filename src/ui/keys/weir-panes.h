/* weir-panes.h: going round the parts of a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean weir_pane_enter (GtkWidget *pane); /* where the focus was in it before */
void weir_panes_step (GtkWidget *const *panes, guint n_panes, gboolean forward);

/* around a replacement of a list's rows: without, the focus goes to whatever is next in the window */
gboolean weir_focus_put_aside (GtkWidget *list); /* whether it was in there */
void weir_focus_bring_back (GtkWidget *list, guint position);

/* before one is opened: whoever opened it can press the same key again */
gboolean weir_popover_close (GtkWidget *parent);

G_END_DECLS
