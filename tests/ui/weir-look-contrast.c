/* weir-look-contrast.c: which texts are hard to read where they stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-look"

#include "weir-look-check.h"

#include <adwaita.h>
#include <math.h>

typedef struct
{
  GtkWidget *root;
  GPtrArray *faults;
  double wanted;
  GdkRGBA ground; /* of the text that is looked at */
} Check;

static double
get_light (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * get_light (color->red) + 0.7152 * get_light (color->green)
         + 0.0722 * get_light (color->blue);
}

/**
 * weir_look_get_contrast:
 * @one: a colour
 * @other: another
 *
 * Returns: the contrast ratio as WCAG 2.1 defines it, from 1 to 21
 */
double
weir_look_get_contrast (const GdkRGBA *one, const GdkRGBA *other)
{
  double a = get_luminance (one);
  double b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* The colour that most of the picture has behind the widget. */
static gboolean
get_ground (const guchar *pixels,
            int width,
            int height,
            const graphene_rect_t *bounds,
            GdkRGBA *ground)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  guint most = 0;

  for (int y = MAX (0, (int) bounds->origin.y);
       y < MIN (height, (int) (bounds->origin.y + bounds->size.height)); y++)
    {
      for (int x = MAX (0, (int) bounds->origin.x);
           x < MIN (width, (int) (bounds->origin.x + bounds->size.width)); x++)
        {
          guint32 pixel = *(const guint32 *) (pixels + 4 * ((gsize) y * (gsize) width + (gsize) x));
          gpointer known = GUINT_TO_POINTER (pixel);

          g_hash_table_insert (
              counts, known,
              GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, known)) + 1));
        }
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint32 pixel = GPOINTER_TO_UINT (key);

      if (GPOINTER_TO_UINT (value) <= most)
        continue;
      most = GPOINTER_TO_UINT (value);
      /* CAIRO_FORMAT_ARGB32 */
      *ground = (GdkRGBA){ (float) ((pixel >> 16) & 0xff) / 255,
                           (float) ((pixel >> 8) & 0xff) / 255, (float) (pixel & 0xff) / 255, 1 };
    }

  return most > 0;
}

/* What the theme has dimmed, or in its accent colour: the same in all programs, and its own style for high contrast. */
static gboolean
is_of_the_theme (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "dim-label")
         || gtk_widget_has_css_class (widget, "subtitle")
         || gtk_widget_has_css_class (widget, "suggested-action")
         || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkColumnViewTitle")
         || g_str_equal (gtk_widget_get_css_name (widget), "accelerator")
         || g_str_equal (gtk_widget_get_css_name (widget), "placeholder");
}

/* Beneath a pane that lies over it, darkened. */
static gboolean
is_covered (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && ADW_IS_FLAP (parent) && adw_flap_get_folded (ADW_FLAP (parent))
         && adw_flap_get_reveal_flap (ADW_FLAP (parent))
         && adw_flap_get_content (ADW_FLAP (parent)) == widget;
}

static void
check_color (Check *self, GtkWidget *widget, const GdkRGBA *color, double opacity)
{
  const GdkRGBA *ground = &self->ground;
  GdkRGBA seen = { .alpha = 1 };
  double contrast;

  opacity *= color->alpha;
  seen.red = (float) (color->red * opacity + ground->red * (1 - opacity));
  seen.green = (float) (color->green * opacity + ground->green * (1 - opacity));
  seen.blue = (float) (color->blue * opacity + ground->blue * (1 - opacity));
  contrast = weir_look_get_contrast (&seen, ground);
  if (contrast < self->wanted)
    {
      g_autofree char *front = gdk_rgba_to_string (&seen);
      g_autofree char *back = gdk_rgba_to_string (ground);
      g_autofree char *who = weir_look_describe (widget);

      g_ptr_array_add (self->faults, g_strdup_printf ("contrast %.2f of %s on %s: %s", contrast,
                                                      front, back, who));
    }
}

/* Parts of a text that have a colour of their own. */
static void
check_attributes (Check *self, GtkWidget *widget, const GdkRGBA *color, double opacity)
{
  PangoAttrList *list = GTK_IS_INSCRIPTION (widget)
                            ? gtk_inscription_get_attributes (GTK_INSCRIPTION (widget))
                            : NULL;
  PangoAttrIterator *iter;

  if (list == NULL)
    return;

  iter = pango_attr_list_get_iterator (list);
  do
    {
      PangoAttrColor *front =
          (PangoAttrColor *) pango_attr_iterator_get (iter, PANGO_ATTR_FOREGROUND);
      PangoAttrInt *alpha =
          (PangoAttrInt *) pango_attr_iterator_get (iter, PANGO_ATTR_FOREGROUND_ALPHA);
      GdkRGBA part = *color;

      if (front != NULL)
        part = (GdkRGBA){ (float) front->color.red / G_MAXUINT16,
                          (float) front->color.green / G_MAXUINT16,
                          (float) front->color.blue / G_MAXUINT16, 1 };
      if (alpha != NULL)
        part.alpha = (float) alpha->value / G_MAXUINT16;
      if (front != NULL || alpha != NULL)
        check_color (self, widget, &part, opacity);
    }
  while (pango_attr_iterator_next (iter));
  pango_attr_iterator_destroy (iter);
}

static void
check_contrast_of (Check *self, GtkWidget *widget, const guchar *pixels, int width, int height)
{
  const char *text = GTK_IS_IMAGE (widget) ? NULL : weir_look_get_text (widget);
  graphene_rect_t bounds;
  graphene_rect_t clip;
  GdkRGBA color;
  double opacity = 1;

  if (text == NULL || text[0] == '\0' || !gtk_widget_is_sensitive (widget)
      || !gtk_widget_compute_bounds (widget, self->root, &bounds)
      || !get_ground (pixels, width, height, &bounds, &self->ground))
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (GtkWidget *next = widget; next != NULL; next = gtk_widget_get_parent (next))
    {
      opacity *= gtk_widget_get_opacity (next);
      if (is_of_the_theme (next) || is_covered (next))
        return;
      /* beneath something else, or half of it */
      if (GTK_IS_SCROLLED_WINDOW (next) && gtk_widget_compute_bounds (next, self->root, &clip)
          && !graphene_rect_contains_rect (&clip, &bounds))
        return;
    }
  check_color (self, widget, &color, opacity);
  check_attributes (self, widget, &color, opacity);
}

/**
 * weir_look_check_contrast:
 * @root: a window or a popover
 * @texture: a picture of it
 * @contrast: the least ratio for texts
 * @faults: (element-type utf8): what is found is added here
 *
 * Compares the colour of each text with what is behind it. What is not sensitive is exempt, and so are the theme's own dim
 * labels.
 */
void
weir_look_check_contrast (GtkWidget *root, GdkTexture *texture, double contrast, GPtrArray *faults)
{
  Check check = { .root = root, .faults = faults, .wanted = contrast };
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guchar *pixels = g_malloc (4 * (gsize) width * (gsize) height);
  g_autoptr (GPtrArray) widgets = weir_look_find (root, GTK_TYPE_WIDGET);

  gdk_texture_download (texture, pixels, 4 * (gsize) width);
  for (guint i = 0; i < widgets->len; i++)
    check_contrast_of (&check, widgets->pdata[i], pixels, width, height);
}
