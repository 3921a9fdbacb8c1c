/* weir-line-view.c: JSON of any length as lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text view lays out all of its text: 30 MB of it stop the window for seconds. Here only the rows that can be seen are
 * ever made.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-line-view.h"

#include "weir-accessible.h"
#include "weir-keys.h"
#include "weir-line-model.h"
#include "weir-navigate.h"
#include "weir-scroll-proxy.h"

#include <glib/gi18n-lib.h>

/* What goes to the clipboard at once; more is saved to a file. */
#define MAX_COPY (16 * 1024 * 1024)

struct _WeirLineView
{
  AdwBin parent_instance;

  WeirLineModel *model;      /* (nullable) */
  guint n_digits;            /* of the last line's number */
  guint n_chars;             /* of the longest row */
  PangoAttrList *attributes; /* (nullable) of each row: the number is faint */

  GtkWidget *list;
  GtkScrolledWindow *scroller;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (WeirLineView, weir_line_view, ADW_TYPE_BIN)

/* One widget a row, number and text in one: two hundred rows are made at once. */
static void
setup_cb (WeirLineView *self, GtkListItem *item)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  /* the text's beginning is on the left in any language */
  gtk_widget_set_direction (text, GTK_TEXT_DIR_LTR);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), self->n_chars);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (text), PANGO_WRAP_CHAR);
  gtk_inscription_set_attributes (GTK_INSCRIPTION (text), self->attributes);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, text);
}

static void
bind_cb (WeirLineView *self, GtkListItem *item)
{
  WeirLine *line = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  g_autofree char *text = g_strdup_printf (
      "%*u  %s", (int) self->n_digits, weir_line_get_number (line) + 1, weir_line_get_text (line));

  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  weir_accessible_name_row (child, weir_line_get_text (line));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirLineView *self = WEIR_LINE_VIEW (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  guint first;
  guint count;

  if (self->model == NULL || !weir_line_model_get_selected (self->model, &first, &count))
    return;

  if (!weir_json_lines_append (weir_line_model_get_lines (self->model), first, count, MAX_COPY,
                               text))
    {
      weir_toast (widget, _ ("That is too much for the clipboard: save it instead"));
      return;
    }
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  weir_copy (widget, text->str, count == 1 ? _ ("Copied the line") : _ ("Copied the lines"));
}

static void
select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirLineView *self = WEIR_LINE_VIEW (widget);

  if (self->model != NULL)
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->model));
}

static void
menu_cb (WeirLineView *self, int n_press, double x, double y)
{
  GdkRectangle place = { (int) x, (int) y, 1, 1 };

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static GtkListItemFactory *
create_factory (WeirLineView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);

  return factory;
}

static void
weir_line_view_dispose (GObject *object)
{
  WeirLineView *self = WEIR_LINE_VIEW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->model);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);

  G_OBJECT_CLASS (weir_line_view_parent_class)->dispose (object);
}

static void
weir_line_view_class_init (WeirLineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_line_view_dispose;

  gtk_widget_class_install_action (widget_class, "lines.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "lines.select-all", NULL, select_all_cb);
  weir_keys_bind (widget_class, "lines.");
}

static void
weir_line_view_init (WeirLineView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->list = gtk_list_view_new (NULL, NULL);
  gtk_widget_add_css_class (self->list, "weir-lines");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Raw Text"), -1);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  weir_scroll_proxy_fill (self->scroller, self->list);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));

  g_menu_append (menu, _ ("_Copy Lines"), "lines.copy");
  g_menu_append (menu, _ ("Select _All"), "lines.select-all");
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (menu_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * weir_line_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_line_view_new (void)
{
  return g_object_new (WEIR_TYPE_LINE_VIEW, NULL);
}

/**
 * weir_line_view_set_lines:
 * @self: the view
 * @lines: (nullable): what to show from the top
 */
void
weir_line_view_set_lines (WeirLineView *self, WeirJsonLines *lines)
{
  g_autoptr (GtkListItemFactory) factory = NULL;
  PangoAttribute *faint;

  g_return_if_fail (WEIR_IS_LINE_VIEW (self));

  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), NULL);
  g_clear_object (&self->model);
  if (lines == NULL)
    return;

  self->n_digits = 1;
  for (guint n = weir_json_lines_get_length (lines); n >= 10; n /= 10)
    self->n_digits++;
  self->n_chars =
      self->n_digits + 3 + (guint) MIN (weir_json_lines_get_longest (lines), WEIR_LINE_MAX_BYTES);
  faint = pango_attr_foreground_alpha_new (G_MAXUINT16 * 2 / 3);
  faint->end_index = self->n_digits;
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  self->attributes = pango_attr_list_new ();
  pango_attr_list_insert (self->attributes, faint);
  self->model = weir_line_model_new (lines);
  /* rows are as wide as these lines need */
  factory = create_factory (self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->model));
  gtk_adjustment_set_value (gtk_scrolled_window_get_hadjustment (self->scroller), 0);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * weir_line_view_get_line:
 * @self: the view
 *
 * Returns: the first selected line, from 0 on, or G_MAXUINT
 */
guint
weir_line_view_get_line (WeirLineView *self)
{
  guint first;
  guint count;

  g_return_val_if_fail (WEIR_IS_LINE_VIEW (self), G_MAXUINT);

  if (self->model == NULL || !weir_line_model_get_selected (self->model, &first, &count))
    return G_MAXUINT;

  return first;
}

/**
 * weir_line_view_show_line:
 * @self: the view
 * @line: from 0 on
 *
 * Selects the line and scrolls to it.
 */
void
weir_line_view_show_line (WeirLineView *self, guint line)
{
  g_return_if_fail (WEIR_IS_LINE_VIEW (self));

  if (self->model == NULL || line >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), line, TRUE);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", line);
}
