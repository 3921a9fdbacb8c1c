/* weir-look-check.c: what is wrong with how a window looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From inside: only there can be seen which text was cut, and where everything is.
 */

#define G_LOG_DOMAIN "weir-look"

#include "weir-look-check.h"

#include <adwaita.h>

/* px that roundings may take */
#define SLACK 1.5f
#define FAR 100000.f
/* px of a window with room for all that a page has, beside the title */
#define WIDE 1200

typedef struct
{
  GtkWidget *root;
  GPtrArray *faults;
  gboolean rtl;
} Check;

static gboolean
is_a (gpointer widget, const char *type)
{
  GType wanted = g_type_from_name (type);

  return wanted != G_TYPE_INVALID && g_type_is_a (G_OBJECT_TYPE (widget), wanted);
}

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget)
         && gtk_widget_get_opacity (widget) > 0.01 && gtk_widget_get_width (widget) > 0
         && gtk_widget_get_height (widget) > 0;
}

/* A popover is a window of its own. */
static gboolean
is_own_window (GtkWidget *widget)
{
  return GTK_IS_NATIVE (widget);
}

/**
 * weir_look_get_text:
 * @widget: a widget
 *
 * Returns: (nullable): what it says itself
 */
const char *
weir_look_get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (GTK_IS_IMAGE (widget))
    return gtk_image_get_icon_name (GTK_IMAGE (widget));
  if (GTK_IS_TEXT (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));

  return NULL;
}

static const char *
find_text (GtkWidget *widget)
{
  const char *text = weir_look_get_text (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && (text == NULL || text[0] == '\0');
       child = gtk_widget_get_next_sibling (child))
    text = is_own_window (child) ? NULL : find_text (child);

  return text;
}

/**
 * weir_look_describe:
 * @widget: a widget
 *
 * Returns: (transfer full): “Pause” GtkLabel < GtkButton < AdwBin < WeirPage
 */
char *
weir_look_describe (GtkWidget *widget)
{
  const char *text = find_text (widget);
  GString *line = g_string_new (NULL);
  GtkWidget *next = gtk_widget_get_parent (widget);

  g_string_append_printf (line, "“%.60s” %s", text != NULL ? text : "",
                          G_OBJECT_TYPE_NAME (widget));
  for (guint i = 0; next != NULL && i < 6; i++, next = gtk_widget_get_parent (next))
    {
      g_string_append_printf (line, " < %s", G_OBJECT_TYPE_NAME (next));
      if (g_str_has_prefix (G_OBJECT_TYPE_NAME (next), "Weir"))
        break;
    }

  return g_string_free (line, FALSE);
}

G_GNUC_PRINTF (3, 4)
static void
add_fault (Check *self, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *what = NULL;
  g_autofree char *who = weir_look_describe (widget);
  va_list list;

  va_start (list, format);
  what = g_strdup_vprintf (format, list);
  va_end (list);
  g_ptr_array_add (self->faults, g_strdup_printf ("%s: %s", what, who));
}

static gboolean
get_bounds (Check *self, GtkWidget *widget, graphene_rect_t *bounds)
{
  return gtk_widget_compute_bounds (widget, self->root, bounds);
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  for (guint i = 0; widget != NULL && i < 5; i++, widget = gtk_widget_get_parent (widget))
    {
      if (gtk_widget_get_has_tooltip (widget))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_in (GtkWidget *widget, const char *type)
{
  while (widget != NULL && !is_a (widget, type))
    widget = gtk_widget_get_parent (widget);

  return widget != NULL;
}

/* Words of Weir's own, which somebody has to read to know what to do; the others are data, as long as they like. */
static gboolean
has_to_be_whole (GtkWidget *label)
{
  static const char *const types[] = {
    "GtkButton",       "GtkModelButton",   "AdwWindowTitle",
    "AdwViewSwitcher", "GtkStackSwitcher", "GtkColumnViewTitle"
  };
  static const char *const classes[] = { "heading", "title-1",         "title-2",   "title-3",
                                         "title-4", "caption-heading", "weir-badge" };
  GtkWidget *widget = label;

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (gtk_widget_has_css_class (label, classes[i]))
        return TRUE;
    }
  /* what is chosen there may be the name of something */
  if (is_in (widget, "GtkDropDown") || is_in (widget, "AdwComboRow"))
    return FALSE;
  for (guint i = 0; widget != NULL && i < 5; i++, widget = gtk_widget_get_parent (widget))
    {
      for (gsize j = 0; j < G_N_ELEMENTS (types); j++)
        {
          if (is_a (widget, types[j]))
            return TRUE;
        }
    }

  return FALSE;
}

/* Lines that can be scrolled, opened or selected to be seen whole. */
static gboolean
is_code (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (gtk_widget_has_css_class (widget, "weir-json")
          || gtk_widget_has_css_class (widget, "weir-lines"))
        return TRUE;
    }

  return FALSE;
}

/* The servers' other words can be of any length. */
static gboolean
is_known_state (GtkWidget *cell)
{
  return gtk_widget_has_css_class (cell, "success") || gtk_widget_has_css_class (cell, "warning")
         || gtk_widget_has_css_class (cell, "accent");
}

static void
check_label (Check *self, GtkWidget *widget)
{
  GtkLabel *label = GTK_LABEL (widget);
  PangoLayout *layout = gtk_label_get_layout (label);
  int width;
  int height;

  if (gtk_label_get_text (label)[0] == '\0')
    return;
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    add_fault (self, widget, "no font has these characters");
  if (pango_layout_is_ellipsized (layout))
    {
      /* a dialog's title stands between its buttons; and a list shows whole what was chosen from it */
      if (is_in (widget, "AdwComboRow") || is_in (widget, "GtkText")
          || (is_in (widget, "AdwHeaderBar") && !is_a (self->root, "WeirWindow")
              && gtk_widget_get_width (self->root) < 500))
        return;
      if (has_to_be_whole (widget))
        add_fault (self, widget, "cut short");
      else if (!has_tooltip (widget) && !is_code (widget))
        add_fault (self, widget, "cut short without a tooltip");
      return;
    }
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (widget) + 1)
    add_fault (self, widget, "wider than its room (%d > %d)", width, gtk_widget_get_width (widget));
  if (height > gtk_widget_get_height (widget) + 1)
    add_fault (self, widget, "higher than its room (%d > %d)", height,
               gtk_widget_get_height (widget));
}

/* A cell. What it says is in a tooltip when it is cut, but a state has to be readable in place. */
static void
check_inscription (Check *self, GtkWidget *widget)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *first = gtk_widget_get_first_child (parent);
  g_autoptr (PangoLayout) layout = NULL;
  int width;
  int height;

  if (text == NULL || text[0] == '\0')
    return;
  layout = gtk_widget_create_pango_layout (widget, text);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    add_fault (self, widget, "no font has these characters");
  if (height > gtk_widget_get_height (widget) + 1)
    add_fault (self, widget, "higher than its room (%d > %d)", height,
               gtk_widget_get_height (widget));
  if (width <= gtk_widget_get_width (widget) + 1)
    return;
  if (is_known_state (parent) || GTK_IS_SPINNER (first)
      || gtk_widget_has_css_class (widget, "numeric"))
    add_fault (self, widget, "a state or a number is cut short (%d > %d)", width,
               gtk_widget_get_width (widget));
  else if (!has_tooltip (widget) && !is_code (widget))
    add_fault (self, widget, "cut short without a tooltip");
}

/* Icons that point somewhere have to point the other way. */
static void
check_image (Check *self, GtkWidget *widget)
{
  static const char *const directed[] = { "go-previous",    "go-next",      "pan-start",
                                          "pan-end",        "sidebar-show", "go-first",
                                          "go-last",        "edit-undo",    "edit-redo",
                                          "media-seek",     "media-skip",   "format-indent",
                                          "system-log-out", "mail-reply",   "mail-forward" };
  const char *name = gtk_image_get_icon_name (GTK_IMAGE (widget));
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autofree char *other = NULL;

  if (name == NULL)
    return;
  if (!gtk_icon_theme_has_icon (theme, name))
    add_fault (self, widget, "there is no such icon");
  if (!self->rtl)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (directed); i++)
    {
      if (!g_str_has_prefix (name, directed[i]))
        continue;
      other = g_strconcat (name, "-rtl", NULL);
      if (gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL
          || !gtk_icon_theme_has_icon (theme, other))
        add_fault (self, widget, "the icon points the wrong way");
      return;
    }
}

/* Code is written from left to right wherever it stands. */
static void
check_code (Check *self, GtkWidget *widget)
{
  if (!self->rtl || weir_look_get_text (widget) == NULL)
    return;
  for (GtkWidget *next = widget; next != NULL; next = gtk_widget_get_parent (next))
    {
      if ((gtk_widget_has_css_class (next, "weir-json")
           || gtk_widget_has_css_class (next, "weir-lines")
           || gtk_widget_has_css_class (next, "weir-code")
           || gtk_widget_has_css_class (next, "monospace"))
          && (GTK_IS_LABEL (widget) || GTK_IS_INSCRIPTION (widget))
          && gtk_widget_get_direction (widget) != GTK_TEXT_DIR_LTR)
        {
          add_fault (self, widget, "code from right to left");
          return;
        }
    }
}

/* In a box from right to left the first is the rightmost. */
static void
check_order (Check *self, GtkWidget *widget)
{
  graphene_rect_t before = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  gboolean any = FALSE;

  if (!self->rtl || !GTK_IS_BOX (widget) || gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL
      || gtk_orientable_get_orientation (GTK_ORIENTABLE (widget)) != GTK_ORIENTATION_HORIZONTAL)
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (!is_seen (child) || is_own_window (child) || !get_bounds (self, child, &bounds))
        continue;
      if (any && bounds.origin.x > before.origin.x + SLACK)
        add_fault (self, child, "not mirrored");
      before = bounds;
      any = TRUE;
    }
}

/* Those whose children lie over each other on purpose, or that move them. */
static gboolean
may_overlap (GtkWidget *widget)
{
  static const char *const types[] = {
    "GtkOverlay",    "GtkStack",   "AdwToastOverlay",   "AdwFlap",         "AdwLeaflet",
    "GtkRange",      "GtkSwitch",  "GtkScrolledWindow", "GtkPaned",        "GtkTextView",
    "GtkEntry",      "GtkText",    "AdwViewStack",      "GtkProgressBar",  "GtkGizmo",
    "GtkLevelBar",   "GtkWindow",  "AdwGizmo",          "AdwIndicatorBin", "GtkListBase",
    "GtkColumnView", "GtkExpander"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (is_a (widget, types[i]))
        return TRUE;
    }

  return FALSE;
}

static void
check_overlaps (Check *self, GtkWidget *widget)
{
  if (may_overlap (widget))
    return;

  for (GtkWidget *one = gtk_widget_get_first_child (widget); one != NULL;
       one = gtk_widget_get_next_sibling (one))
    {
      graphene_rect_t a;

      if (!is_seen (one) || is_own_window (one) || !get_bounds (self, one, &a))
        continue;
      for (GtkWidget *other = gtk_widget_get_next_sibling (one); other != NULL;
           other = gtk_widget_get_next_sibling (other))
        {
          graphene_rect_t b;
          graphene_rect_t both;
          g_autofree char *name = NULL;

          if (!is_seen (other) || is_own_window (other) || !get_bounds (self, other, &b)
              || !graphene_rect_intersection (&a, &b, &both) || both.size.width <= SLACK
              || both.size.height <= SLACK)
            continue;
          name = weir_look_describe (other);
          add_fault (self, one, "%.0f×%.0f px lie over %s", both.size.width, both.size.height,
                     name);
        }
    }
}

/* What has a meaning of its own; boxes around it may be larger than what can be seen. */
static gboolean
is_content (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_INSCRIPTION (widget) || GTK_IS_IMAGE (widget)
         || GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_TEXT (widget)
         || GTK_IS_SPINNER (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)
         || GTK_IS_DROP_DOWN (widget);
}

static void
check_inside (Check *self, GtkWidget *widget, const graphene_rect_t *clip)
{
  graphene_rect_t bounds;
  float left;
  float right;
  float top;
  float bottom;

  if (!is_content (widget) || !get_bounds (self, widget, &bounds))
    return;
  left = clip->origin.x - bounds.origin.x;
  right = bounds.origin.x + bounds.size.width - clip->origin.x - clip->size.width;
  top = clip->origin.y - bounds.origin.y;
  bottom = bounds.origin.y + bounds.size.height - clip->origin.y - clip->size.height;
  if (left > SLACK || right > SLACK)
    add_fault (self, widget, "cut off by %.0f px at the %s", MAX (left, right),
               left > right ? "left" : "right");
  if (top > SLACK || bottom > SLACK)
    add_fault (self, widget, "cut off by %.0f px at the %s", MAX (top, bottom),
               top > bottom ? "top" : "bottom");
}

/* What is in a scrolled window can be reached, if not seen; but nobody wants to scroll sideways to read. */
static void
clip_to_scrolled (Check *self, GtkWidget *widget, graphene_rect_t *clip)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (widget);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (scrolled);
  GtkWidget *child = gtk_scrolled_window_get_child (scrolled);
  GtkPolicyType hpolicy;
  GtkPolicyType vpolicy;
  graphene_rect_t bounds;

  gtk_scrolled_window_get_policy (scrolled, &hpolicy, &vpolicy);
  if (!get_bounds (self, widget, &bounds))
    return;
  graphene_rect_intersection (clip, &bounds, clip);
  if (vpolicy != GTK_POLICY_NEVER)
    {
      clip->origin.y = -FAR;
      clip->size.height = 2 * FAR;
    }
  if (gtk_adjustment_get_upper (across)
      > gtk_adjustment_get_lower (across) + gtk_adjustment_get_page_size (across) + SLACK)
    {
      gboolean code = GTK_IS_TEXT_VIEW (child) || gtk_widget_has_css_class (child, "weir-lines")
                      || gtk_widget_has_css_class (child, "weir-json");

      clip->origin.x = -FAR;
      clip->size.width = 2 * FAR;
      if (hpolicy != GTK_POLICY_EXTERNAL && !code)
        add_fault (self, widget, "%.0f px wide in %.0f: scrolls sideways",
                   gtk_adjustment_get_upper (across), gtk_adjustment_get_page_size (across));
    }
}

/* The page's buttons leave the title where it belongs; a narrow window has no room for that. */
static void
check_title (Check *self, GtkWidget *widget)
{
  GtkWidget *title = adw_header_bar_get_title_widget (ADW_HEADER_BAR (widget));
  graphene_rect_t bounds;
  float off;

  if (title == NULL || !is_seen (title) || !gtk_widget_compute_bounds (title, widget, &bounds))
    return;
  off = bounds.origin.x + bounds.size.width / 2 - (float) gtk_widget_get_width (widget) / 2;
  if (ABS (off) > 2)
    add_fault (self, title, "%.0f px off the middle", off);
}

/* A bin that is as narrow as it likes, whatever is in it. */
static void
check_bin (Check *self, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  g_autofree char *who = NULL;
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= gtk_widget_get_width (widget) + 1)
    return;
  who = weir_look_describe (weir_look_find_widest (child));
  add_fault (self, child, "%d px wide in %d because of %s", minimum, gtk_widget_get_width (widget),
             who);
}

static void
check_widget (Check *self, GtkWidget *widget, graphene_rect_t clip)
{
  if (!is_seen (widget))
    return;

  check_inside (self, widget, &clip);
  if (GTK_IS_LABEL (widget))
    check_label (self, widget);
  else if (GTK_IS_INSCRIPTION (widget))
    check_inscription (self, widget);
  else if (GTK_IS_IMAGE (widget))
    check_image (self, widget);
  if (is_a (widget, "WeirWidthBin"))
    check_bin (self, widget);
  if (ADW_IS_HEADER_BAR (widget) && is_a (self->root, "WeirWindow")
      && gtk_widget_get_width (self->root) >= WIDE)
    check_title (self, widget);
  check_code (self, widget);
  check_order (self, widget);
  check_overlaps (self, widget);

  if (GTK_IS_SCROLLED_WINDOW (widget))
    {
      clip_to_scrolled (self, widget, &clip);
    }
  else if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && !GTK_IS_SCROLLABLE (widget)
           && !is_a (widget, "GtkColumnView"))
    {
      graphene_rect_t bounds;

      if (get_bounds (self, widget, &bounds))
        graphene_rect_intersection (&clip, &bounds, &clip);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!is_own_window (child))
        check_widget (self, child, clip);
    }
}

/**
 * weir_look_check_layout:
 * @root: a window or a popover, mapped
 * @faults: (element-type utf8): what is found is added here
 *
 * Looks for what is cut, covered, outside or not mirrored.
 */
void
weir_look_check_layout (GtkWidget *root, GPtrArray *faults)
{
  Check check = { root, faults, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL };
  graphene_rect_t clip = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (root),
                                             (float) gtk_widget_get_height (root));

  g_return_if_fail (GTK_IS_NATIVE (root));

  check_widget (&check, root, clip);
}

/**
 * weir_look_take_picture:
 * @root: a window or a popover
 *
 * Returns: (transfer full) (nullable): what it looks like, once it has been drawn
 */
GdkTexture *
weir_look_take_picture (GtkWidget *root)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (root);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (root);
  int height = gtk_widget_get_height (root);

  g_return_val_if_fail (GTK_IS_NATIVE (root), NULL);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;

  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (root)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
find (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (!is_seen (widget))
    return;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!is_own_window (child))
        find (child, type, found);
    }
}

/**
 * weir_look_find:
 * @root: a widget
 * @type: a class of widgets
 *
 * Returns: (transfer full) (element-type GtkWidget): those of them that can be seen
 */
GPtrArray *
weir_look_find (GtkWidget *root, GType type)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  find (root, type, found);

  return found;
}

/**
 * weir_look_find_widest:
 * @root: a widget
 *
 * Returns: (transfer none): the innermost widget in it that needs the most room
 */
GtkWidget *
weir_look_find_widest (GtkWidget *root)
{
  GtkWidget *widest = NULL;
  int most = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      if (width > most)
        {
          most = width;
          widest = child;
        }
    }

  return widest != NULL ? weir_look_find_widest (widest) : root;
}

/**
 * weir_look_find_first:
 * @root: a widget
 * @type: a class of widgets
 *
 * Returns: (transfer none) (nullable): the first of them that can be seen
 */
GtkWidget *
weir_look_find_first (GtkWidget *root, GType type)
{
  g_autoptr (GPtrArray) found = weir_look_find (root, type);

  return found->len > 0 ? found->pdata[0] : NULL;
}
