/* weir-text-attributes.h: parts of a row's text in another weight or colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* start, end: in bytes of the text */
void weir_text_attributes_add (PangoAttrList *list,
                               PangoAttribute *attribute, /* transfer full */
                               gsize start,
                               gsize end);
void weir_text_attributes_add_color (PangoAttrList *list,
                                     GtkWidget *widget,
                                     const char *name, /* nullable: none */
                                     gsize start,
                                     gsize end);

/* changed: swapped, the widget; the colours are others now */
void weir_text_attributes_watch (GtkWidget *widget, GCallback changed);

/* code is written from left to right in any language, and stands where texts stand */
void weir_text_set_code (GtkWidget *label, gboolean code);

G_END_DECLS
