/* weir-wrap-layout.c: beside each other, and on as many lines as that takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GtkFlowBox puts them in columns, and takes them for rows of a list that have the focus.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-wrap-layout.h"

struct _WeirWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (WeirWrapLayout, weir_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
get_natural (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int natural;

  gtk_widget_measure (child, orientation, for_size, NULL, &natural, NULL, NULL);

  return natural;
}

/* Returns: the height of all lines; @allocate: puts the children there, too */
static int
lay_out (WeirWrapLayout *self, GtkWidget *widget, int width, gboolean allocate)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int line = 0; /* its height */
  int x = 0;
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;

      if (!gtk_widget_should_layout (child))
        continue;

      place.width = MIN (get_natural (child, GTK_ORIENTATION_HORIZONTAL, -1), width);
      place.height = get_natural (child, GTK_ORIENTATION_VERTICAL, place.width);
      if (x > 0 && x + place.width > width)
        {
          y += line;
          line = x = 0;
        }
      place.x = rtl ? width - x - place.width : x;
      place.y = y;
      if (allocate)
        gtk_widget_size_allocate (child, &place, -1);
      x += place.width + self->spacing;
      line = MAX (line, place.height);
    }

  return y + line;
}

static GtkSizeRequestMode
weir_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
weir_wrap_layout_measure (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  WeirWrapLayout *self = WEIR_WRAP_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = lay_out (self, widget, for_size < 0 ? G_MAXINT : for_size, FALSE);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? self->spacing : 0);
    }
}

static void
weir_wrap_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget *widget,
                           int width,
                           int height,
                           int baseline)
{
  lay_out (WEIR_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
weir_wrap_layout_class_init (WeirWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = weir_wrap_layout_get_request_mode;
  manager_class->measure = weir_wrap_layout_measure;
  manager_class->allocate = weir_wrap_layout_allocate;
}

static void
weir_wrap_layout_init (WeirWrapLayout *self)
{
}

/**
 * weir_wrap_layout_new:
 * @spacing: px between two children of a line
 *
 * Returns: (transfer full): a layout in which each child has its natural width, and a new line begins where there is no
 *   room for that
 */
GtkLayoutManager *
weir_wrap_layout_new (int spacing)
{
  WeirWrapLayout *self = g_object_new (WEIR_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;

  return GTK_LAYOUT_MANAGER (self);
}
