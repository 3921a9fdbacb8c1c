/* weir-look-check.h: what is wrong with how a window looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds a sentence to faults (char *) for each. */
void weir_look_check_layout (GtkWidget *root, GPtrArray *faults);
/* texture: a picture of root; contrast: the least that a text has to have to what is behind it */
void
weir_look_check_contrast (GtkWidget *root, GdkTexture *texture, double contrast, GPtrArray *faults);
double weir_look_get_contrast (const GdkRGBA *one, const GdkRGBA *other);
GdkTexture *weir_look_take_picture (GtkWidget *root); /* transfer full; a window or a popover */

/* what can be seen: root itself and what is in it, but not in its popovers */
GPtrArray *weir_look_find (GtkWidget *root, GType type); /* transfer full, of GtkWidget */
GtkWidget *weir_look_find_widest (GtkWidget *root);      /* what keeps it from being narrower */
char *weir_look_describe (GtkWidget *widget);
const char *weir_look_get_text (GtkWidget *widget); /* nullable */
GtkWidget *weir_look_find_first (GtkWidget *root, GType type);

G_END_DECLS
