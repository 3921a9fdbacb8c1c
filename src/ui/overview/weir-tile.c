/* weir-tile.c: one number that sums something up, and leads to its page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-tile.h"

#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-sparkline.h"

#include <glib/gi18n-lib.h>

struct _WeirTile
{
  GtkButton parent_instance;

  char *page;
  char *title;
  GtkImage *icon;
  GtkLabel *caption;
  GtkLabel *number;
  GtkLabel *detail;
  WeirSparkline *sparkline;
};

G_DEFINE_FINAL_TYPE (WeirTile, weir_tile, GTK_TYPE_BUTTON)

static void
weir_tile_clicked (GtkButton *button)
{
  weir_navigate_to_page (GTK_WIDGET (button), WEIR_TILE (button)->page);
}

static void
weir_tile_finalize (GObject *object)
{
  WeirTile *self = WEIR_TILE (object);

  g_free (self->page);
  g_free (self->title);

  G_OBJECT_CLASS (weir_tile_parent_class)->finalize (object);
}

static void
weir_tile_class_init (WeirTileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_tile_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = weir_tile_clicked;
}

static GtkLabel *
add_label (GtkWidget *box, const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static void
weir_tile_init (WeirTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dim-label");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->icon));
  self->caption = add_label (head, "caption-heading");
  gtk_label_set_ellipsize (self->caption, PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "dim-label");
  gtk_box_append (GTK_BOX (box), head);

  self->number = add_label (middle, "title-1");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  gtk_label_set_ellipsize (self->number, PANGO_ELLIPSIZE_NONE);
  self->sparkline = WEIR_SPARKLINE (weir_sparkline_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->sparkline), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), FALSE);
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->sparkline));
  gtk_box_append (GTK_BOX (box), middle);

  self->detail = add_label (box, "caption");
  /* a second line rather than half a sentence */
  gtk_label_set_wrap (self->detail, TRUE);
  gtk_label_set_lines (self->detail, 2);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "weir-tile");
}

/**
 * weir_tile_new:
 * @title: what is counted
 * @icon_name: of the page
 * @page: the id of the page it leads to
 *
 * Returns: (transfer floating): a tile without a number
 */
GtkWidget *
weir_tile_new (const char *title, const char *icon_name, const char *page)
{
  WeirTile *self = g_object_new (WEIR_TYPE_TILE, NULL);

  self->title = g_strdup (title);
  self->page = g_strdup (page);
  gtk_label_set_label (self->caption, title);
  gtk_image_set_from_icon_name (self->icon, icon_name);

  return GTK_WIDGET (self);
}

/**
 * weir_tile_set:
 * @self: a tile
 * @number: the number, as text
 * @detail: what else there is to say in a few words
 * @css: (nullable): a style class for the detail
 */
void
weir_tile_set (WeirTile *self, const char *number, const char *detail, const char *css)
{
  g_autofree char *both = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (WEIR_IS_TILE (self));

  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_css_classes (GTK_WIDGET (self->detail),
                              (const char *[]){ "caption", css != NULL ? css : "dim-label", NULL });
  /* Translators: how many, and what is said of them: “46 alive, 9 with errors” */
  both = g_strdup_printf (C_ ("number on the overview", "%s %s"), number, detail);
  name = weir_format_labelled (self->title, both);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * weir_tile_set_hours:
 * @self: a tile
 * @hours: (array fixed-size=24): what there was in each of the last hours
 *
 * Shows them as a sparkline.
 */
void
weir_tile_set_hours (WeirTile *self, const guint hours[24])
{
  guint16 counts[WEIR_SPARKLINE_HOURS];

  g_return_if_fail (WEIR_IS_TILE (self));

  for (guint i = 0; i < WEIR_SPARKLINE_HOURS; i++)
    counts[i] = (guint16) MIN (hours[i], G_MAXUINT16);
  weir_sparkline_set_counts (self->sparkline, counts);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), TRUE);
}
