/* weir-legend.c: the groups of a chart, in colours that are told apart by everybody
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-legend.h"

struct _WeirLegend
{
  GtkWidget parent_instance;

  char **names;
};

G_DEFINE_FINAL_TYPE (WeirLegend, weir_legend, GTK_TYPE_WIDGET)

/* They are told apart in the usual kinds of colour blindness, and each has 3 to 1 on light and on dark grounds. */
static const char *const colors[WEIR_PALETTE_SIZE] = {
  "#3584e4", "#b5830b", "#26a269", "#c64600", "#a04fbd", "#279aab", "#77767b",
};

static void
remove_children (WeirLegend *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
weir_legend_dispose (GObject *object)
{
  remove_children (WEIR_LEGEND (object));

  G_OBJECT_CLASS (weir_legend_parent_class)->dispose (object);
}

static void
weir_legend_finalize (GObject *object)
{
  g_strfreev (WEIR_LEGEND (object)->names);

  G_OBJECT_CLASS (weir_legend_parent_class)->finalize (object);
}

static void
weir_legend_class_init (WeirLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_legend_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_legend_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
weir_legend_init (WeirLegend *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              12);
}

static GtkWidget *
create_entry (const char *name, guint group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *swatch = gtk_label_new (NULL);
  g_autofree char *markup =
      g_strdup_printf ("<span foreground=\"%s\">■</span>", colors[group % WEIR_PALETTE_SIZE]);

  gtk_label_set_markup (GTK_LABEL (swatch), markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (swatch), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, name);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

/**
 * weir_palette_get:
 * @group: a group's number
 * @color: (out): its colour
 */
void
weir_palette_get (guint group, GdkRGBA *color)
{
  gdk_rgba_parse (color, colors[group % WEIR_PALETTE_SIZE]);
}

/**
 * weir_legend_new:
 *
 * Returns: (transfer floating): a legend of nothing
 */
GtkWidget *
weir_legend_new (void)
{
  return g_object_new (WEIR_TYPE_LEGEND, NULL);
}

/**
 * weir_legend_set_names:
 * @self: a legend
 * @names: (array zero-terminated=1): the groups' names, in their order; an empty one is left out
 */
void
weir_legend_set_names (WeirLegend *self, const char *const *names)
{
  g_return_if_fail (WEIR_IS_LEGEND (self));
  g_return_if_fail (names != NULL);

  if (self->names != NULL && g_strv_equal ((const char *const *) self->names, names))
    return;

  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  remove_children (self);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (names[i][0] != '\0')
        gtk_widget_set_parent (create_entry (names[i], i), GTK_WIDGET (self));
    }
}
