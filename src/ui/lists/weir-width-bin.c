/* weir-width-bin.c: lets its child choose another shape when there is less room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libadwaita 1.2 has no breakpoints yet.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-width-bin.h"

#define USUAL_DPI (96 * PANGO_SCALE)
#define LARGE 125 /* % */

struct _WeirWidthBin
{
  GtkWidget parent_instance;

  GtkWidget *child;
  int min_width;
  int natural_width;
  gboolean wraps;
  int width;
  guint idle_id;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_MIN_WIDTH,
  PROP_NATURAL_WIDTH,
  N_PROPS
};

enum
{
  WIDTH_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirWidthBin, weir_width_bin, GTK_TYPE_WIDGET)

static gboolean
idle_cb (gpointer user_data)
{
  WeirWidthBin *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[WIDTH_CHANGED], 0, weir_width_for_text (self->width));

  return G_SOURCE_REMOVE;
}

/* Also where texts have become larger or smaller: the same width is another one to them. */
static void
tell (WeirWidthBin *self)
{
  if (self->width > 0 && self->idle_id == 0)
    self->idle_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, idle_cb, self, NULL);
}

static GtkSizeRequestMode
weir_width_bin_get_request_mode (GtkWidget *widget)
{
  return WEIR_WIDTH_BIN (widget)->wraps ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                        : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
weir_width_bin_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WeirWidthBin *self = WEIR_WIDTH_BIN (widget);
  int child_width = for_size;

  /* the child is not asked: a label that wraps would try hundreds of widths, to find one for a height */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->min_width;
      *natural = MAX (self->natural_width, self->min_width);
      return;
    }
  if (for_size >= 0)
    {
      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL,
                          NULL);
      child_width = MAX (child_width, for_size);
    }
  gtk_widget_measure (self->child, orientation, child_width, minimum, natural, NULL, NULL);
}

static void
weir_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WeirWidthBin *self = WEIR_WIDTH_BIN (widget);
  int minimum;

  /* until it has taken its other shape the child may need more: what does not fit is cut off for a frame */
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (self->child, MAX (width, minimum), height, baseline, NULL);

  if (self->width != width)
    {
      self->width = width;
      tell (self);
    }
}

static void
weir_width_bin_dispose (GObject *object)
{
  WeirWidthBin *self = WEIR_WIDTH_BIN (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (weir_width_bin_parent_class)->dispose (object);
}

static void
weir_width_bin_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WeirWidthBin *self = WEIR_WIDTH_BIN (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      self->child = g_value_get_object (value);
      if (self->child != NULL)
        gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      break;

    case PROP_MIN_WIDTH:
      self->min_width = g_value_get_int (value);
      break;

    case PROP_NATURAL_WIDTH:
      weir_width_bin_set_natural_width (self, g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_width_bin_class_init (WeirWidthBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_width_bin_dispose;
  G_OBJECT_CLASS (klass)->set_property = weir_width_bin_set_property;
  widget_class->get_request_mode = weir_width_bin_get_request_mode;
  widget_class->measure = weir_width_bin_measure;
  widget_class->size_allocate = weir_width_bin_size_allocate;

  properties[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MIN_WIDTH] =
      g_param_spec_int ("min-width", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NATURAL_WIDTH] =
      g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  signals[WIDTH_CHANGED] =
      g_signal_new ("width-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
weir_width_bin_init (WeirWidthBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi", G_CALLBACK (tell),
                           self, G_CONNECT_SWAPPED);
}

/**
 * weir_width_bin_new:
 * @child: what is shown
 * @min_width: the least width, in px, that it can do with in its smallest shape
 *
 * Returns: (transfer floating): the bin
 */
GtkWidget *
weir_width_bin_new (GtkWidget *child, int min_width)
{
  g_return_val_if_fail (GTK_IS_WIDGET (child), NULL);

  return g_object_new (WEIR_TYPE_WIDTH_BIN, "hexpand", TRUE, "child", child, "min-width", min_width,
                       NULL);
}

/**
 * weir_width_bin_set_natural_width:
 * @self: a bin
 * @width: what it asks for where there is room, in px
 */
void
weir_width_bin_set_natural_width (WeirWidthBin *self, int width)
{
  g_return_if_fail (WEIR_IS_WIDTH_BIN (self));

  if (self->natural_width == width)
    return;

  self->natural_width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * weir_width_bin_set_wraps:
 * @self: the bin
 * @wraps: whether the child is higher where it is narrower
 */
void
weir_width_bin_set_wraps (WeirWidthBin *self, gboolean wraps)
{
  g_return_if_fail (WEIR_IS_WIDTH_BIN (self));

  self->wraps = wraps;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * weir_width_for_text:
 * @width: a width in px
 *
 * Returns: the width in which texts of the usual size have as much room: half of it where somebody has them twice as large
 */
int
weir_width_for_text (int width)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);

  return dpi > USUAL_DPI ? (int) ((gint64) width * USUAL_DPI / dpi) : width;
}

/**
 * weir_width_from_text:
 * @width: a width in px that suits texts of the usual size
 *
 * Returns: the width in which larger texts have as much room, if somebody has those
 */
int
weir_width_from_text (int width)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);

  return dpi > USUAL_DPI ? (int) ((gint64) width * dpi / USUAL_DPI) : width;
}

/**
 * weir_text_is_large:
 *
 * Returns: whether texts are so large that what usually fits may not
 */
gboolean
weir_text_is_large (void)
{
  return weir_width_from_text (100) >= LARGE;
}

/**
 * weir_width_fit_line:
 * @line: parts beside each other
 * @width: the room that it has, px, in which texts have their usual size
 * @least: the width from which on they may be in one line, as @width is
 *
 * Has the parts stand below each other where they are not whole beside each other.
 */
void
weir_width_fit_line (GtkBox *line, int width, int least)
{
  int needed = 0;

  g_return_if_fail (GTK_IS_BOX (line));

  for (GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (line)); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    {
      int natural = 0;

      if (gtk_widget_get_visible (part))
        gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      needed += natural + gtk_box_get_spacing (line);
    }
  gtk_orientable_set_orientation (GTK_ORIENTABLE (line),
                                  width < MAX (least, weir_width_for_text (needed))
                                      ? GTK_ORIENTATION_VERTICAL
                                      : GTK_ORIENTATION_HORIZONTAL);
}
