/* weir-text-attributes.c: parts of a row's text in another weight or colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-text-attributes.h"

#include <adwaita.h>

/**
 * weir_text_attributes_add:
 * @list: of a text
 * @attribute: (transfer full): what is different
 * @start: from where on, in bytes
 * @end: up to where
 */
void
weir_text_attributes_add (PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
  g_return_if_fail (list != NULL && attribute != NULL);

  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (list, attribute);
}

/**
 * weir_text_attributes_add_color:
 * @list: of a text
 * @widget: whose style has the colour
 * @name: (nullable): a colour of the theme; one that it does not have changes nothing
 * @start: from where on, in bytes
 * @end: up to where
 */
void
weir_text_attributes_add_color (PangoAttrList *list,
                                GtkWidget *widget,
                                const char *name,
                                gsize start,
                                gsize end)
{
  GdkRGBA color;

  g_return_if_fail (list != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (name == NULL
      || !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    return;

  weir_text_attributes_add (list,
                            pango_attr_foreground_new ((guint16) (color.red * G_MAXUINT16),
                                                       (guint16) (color.green * G_MAXUINT16),
                                                       (guint16) (color.blue * G_MAXUINT16)),
                            start, end);
}

/**
 * weir_text_attributes_watch:
 * @widget: a widget
 * @changed: is called, swapped, with @widget
 *
 * Attributes have the colours of when they were made. The style manager of the widget's display tells of others: the
 * default one does so before style sheets have them.
 */
void
weir_text_attributes_watch (GtkWidget *widget, GCallback changed)
{
  AdwStyleManager *manager;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_signal_connect_object (manager, "notify::dark", changed, widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", changed, widget, G_CONNECT_SWAPPED);
}

/**
 * weir_text_set_code:
 * @label: a label, or another widget with a text
 * @code: whether its text is code: a path, an ID, a query, JSON
 */
void
weir_text_set_code (GtkWidget *label, gboolean code)
{
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  g_return_if_fail (GTK_IS_WIDGET (label));

  if (code)
    gtk_widget_add_css_class (label, "weir-code");
  else
    gtk_widget_remove_css_class (label, "weir-code");
  gtk_widget_set_direction (label, code ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE);
  if (GTK_IS_LABEL (label))
    gtk_label_set_xalign (GTK_LABEL (label), code && rtl ? 1 : 0);
}
