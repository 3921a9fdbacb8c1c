/* weir-window-size.c: a window is as it was left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-window-size.h"

#include "weir-page.h"
#include "weir-settings.h"
#include "weir-width-bin.h"

/* In px: beneath this there is no room for all of a page's buttons. */
#define NARROW_BELOW 960
/* Nor for any but the most needed beside the title: they move to the foot. */
#define FOOT_BELOW 560
/* Nor beside each other there. */
#define STACKED_BELOW 300

/* In px: what stands around them in the bar. */
#define BESIDE_BUTTONS 12
#define SPACING 6
/* As in style.css. */
#define AROUND_LABEL 20
/* The style class of those that may go. */
#define SPARE_CLASS "weir-spare"

/* In px: with less for the pages the sidebar goes; as in weir-window.ui. */
#define MIN_CONTENT 640

/**
 * weir_window_size_keep:
 * @window: a window that is about to close
 * @page: (nullable): the page that it shows
 * @inspector: whether it is to have an inspector
 *
 * Notes them with the window's size for the next one.
 */
void
weir_window_size_keep (GtkWindow *window, const char *page, gboolean inspector)
{
  GSettings *settings = weir_settings_get ();
  int width;
  int height;

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  g_settings_set_boolean (settings, "inspector-visible", inspector);
  if (page != NULL)
    g_settings_set_string (settings, "sidebar-page", page);
}

/**
 * weir_window_size_bring_back:
 * @window: a window that is not shown yet
 * @inspector: (out): whether it is to have an inspector
 *
 * Gives it the size of the last one.
 *
 * Returns: (transfer full) (nullable): the page that was shown
 */
char *
weir_window_size_bring_back (GtkWindow *window, gboolean *inspector)
{
  GSettings *settings = weir_settings_get ();

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  *inspector = TRUE;
  if (settings == NULL)
    return NULL;

  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
  *inspector = g_settings_get_boolean (settings, "inspector-visible");

  return g_settings_get_string (settings, "sidebar-page");
}

/**
 * weir_window_size_fold_pages:
 * @stack: the pages of a window
 * @width: the window's width in pixels
 *
 * Tells the pages whether they are in a narrow window.
 */
void
weir_window_size_fold_pages (AdwViewStack *stack, int width)
{
  g_return_if_fail (ADW_IS_VIEW_STACK (stack));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    weir_page_set_narrow (WEIR_PAGE (child), weir_width_for_text (width) < NARROW_BELOW);
}

/**
 * weir_window_size_tell_pages:
 * @window: a window that is not shown yet
 * @sidebar: what stands beside its pages
 * @stack: its pages
 *
 * Tells the pages how wide they will be, so that nothing is seen to change its shape when the window is laid out.
 */
void
weir_window_size_tell_pages (GtkWindow *window, GtkWidget *sidebar, AdwViewStack *stack)
{
  int width;
  int height;
  int beside;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (GTK_IS_WIDGET (sidebar));
  g_return_if_fail (ADW_IS_VIEW_STACK (stack));

  gtk_window_get_default_size (window, &width, &height);
  if (width <= 0 || gtk_window_is_maximized (window))
    return;

  weir_window_size_fold_pages (stack, width);
  gtk_widget_measure (sidebar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &beside, NULL, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    weir_page_set_room (
        WEIR_PAGE (child),
        weir_width_for_text (width - beside >= MIN_CONTENT ? width - beside : width));
}

/**
 * weir_window_size_move_buttons:
 * @header: the header bar of a window
 * @foot: a bar at its foot, not visible while it is empty
 * @width: the window's width in pixels
 * @start: what stands at the start
 * @end: what stands at the end
 * @before_end: what stands before that
 *
 * Beside the title there is no room for the buttons in a narrow window: they stand at the foot.
 */
void
weir_window_size_move_buttons (AdwHeaderBar *header,
                               GtkBox *foot,
                               int width,
                               GtkWidget *start,
                               GtkWidget *end,
                               GtkWidget *before_end)
{
  GtkWidget *moved[] = { start, before_end, end };
  int room = weir_width_for_text (width);
  /* the sidebar has large texts, too */
  gboolean to_foot = room < (room < width ? NARROW_BELOW : FOOT_BELOW);

  g_return_if_fail (ADW_IS_HEADER_BAR (header));
  g_return_if_fail (GTK_IS_BOX (foot));

  if (gtk_widget_get_visible (GTK_WIDGET (foot)) == to_foot)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      g_object_ref (moved[i]);
      if (to_foot)
        adw_header_bar_remove (header, moved[i]);
      else
        gtk_box_remove (foot, moved[i]);
      gtk_widget_set_valign (moved[i], to_foot ? GTK_ALIGN_END : GTK_ALIGN_FILL);
    }
  gtk_widget_set_hexpand (start, to_foot);
  gtk_widget_set_halign (start, to_foot ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  if (to_foot)
    {
      for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
        gtk_box_append (foot, moved[i]);
    }
  else
    {
      adw_header_bar_pack_start (header, start);
      adw_header_bar_pack_end (header, end);
      adw_header_bar_pack_end (header, before_end);
    }
  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    g_object_unref (moved[i]);
  gtk_widget_set_visible (GTK_WIDGET (foot), to_foot);
}

/**
 * weir_window_size_mark_spare:
 * @button: one of a page's for the header bar
 *
 * What it does can be done elsewhere too: it gives way where there is little room.
 */
void
weir_window_size_mark_spare (GtkWidget *button)
{
  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_widget_add_css_class (button, SPARE_CLASS);
}

/* With those that have given way, which have no size. */
static int
measure_buttons (GtkWidget *buttons)
{
  int needed = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean gone = !gtk_widget_get_visible (child) && GTK_IS_BUTTON (child);
      int width;

      gtk_widget_measure (gone ? gtk_button_get_child (GTK_BUTTON (child)) : child,
                          GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
      needed += width + (gone ? AROUND_LABEL : 0) + SPACING;
    }

  return needed;
}

/* Whether the title stays in the middle beside @buttons. */
static gboolean
leaves_title_alone (GtkWidget *buttons)
{
  GtkWidget *bar = gtk_widget_get_ancestor (buttons, ADW_TYPE_HEADER_BAR);
  GtkWidget *title;
  int wanted;

  if (bar == NULL || gtk_widget_get_width (bar) == 0)
    return TRUE;

  title = adw_header_bar_get_title_widget (ADW_HEADER_BAR (bar));
  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);

  return measure_buttons (buttons) + BESIDE_BUTTONS + wanted / 2 <= gtk_widget_get_width (bar) / 2;
}

/**
 * weir_window_size_stack_buttons:
 * @header: has what a page has for the header bar
 * @foot: where that may stand
 * @width: the window's width in pixels
 *
 * Large texts leave no room at the foot for all buttons beside each other, and many buttons none for the title in the
 * middle of the bar.
 */
void
weir_window_size_stack_buttons (AdwBin *header, GtkBox *foot, int width)
{
  GtkWidget *buttons;
  gboolean stacked;
  gboolean spare;

  g_return_if_fail (ADW_IS_BIN (header));
  g_return_if_fail (GTK_IS_BOX (foot));

  buttons = adw_bin_get_child (header);
  stacked =
      gtk_widget_get_visible (GTK_WIDGET (foot)) && weir_width_for_text (width) < STACKED_BELOW;
  if (!GTK_IS_BOX (buttons))
    return;

  gtk_widget_add_css_class (buttons, "weir-page-buttons");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (buttons),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  spare = weir_width_for_text (width) >= NARROW_BELOW && leaves_title_alone (buttons);
  for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, SPARE_CLASS))
      gtk_widget_set_visible (child, spare);
}
