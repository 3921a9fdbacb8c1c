/* weir-window-size.h: a window is as it was left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void weir_window_size_keep (GtkWindow *window, const char *page, gboolean inspector);
char *weir_window_size_bring_back (GtkWindow *window, gboolean *inspector);
void weir_window_size_fold_pages (AdwViewStack *stack, int width);
void weir_window_size_tell_pages (GtkWindow *window, GtkWidget *sidebar, AdwViewStack *stack);
void weir_window_size_move_buttons (AdwHeaderBar *header,
                                    GtkBox *foot,
                                    int width,
                                    GtkWidget *start,
                                    GtkWidget *end,
                                    GtkWidget *before_end);
void weir_window_size_mark_spare (GtkWidget *button);
void weir_window_size_stack_buttons (AdwBin *header, GtkBox *foot, int width);

G_END_DECLS
