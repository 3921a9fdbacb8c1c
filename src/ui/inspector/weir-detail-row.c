/* weir-detail-row.c: a label and a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-detail-row.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-text-attributes.h"
#include "weir-tick.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

/* In bytes: so many have room on one line in 360 px, as code and beside a button, too. */
#define MAX_UNWRAPPED 32
#define MIN_WIDTH 80 /* px, of the value */

struct _WeirDetailRow
{
  GtkListBoxRow parent_instance;

  const WeirDetail *detail; /* not owned: the view's */
  const char *css;          /* the look's class that is set now */

  GtkLabel *label;
  GtkLabel *age; /* how long ago, how long from now */
  GtkImage *icon;
  GtkLabel *value;
  GtkWidget *copy;  /* (nullable): what leads to a page has nothing to copy */
  GtkWidget *arrow; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WeirDetailRow, weir_detail_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
is_link (WeirDetailType type)
{
  return type == WEIR_DETAIL_RECORD || type == WEIR_DETAIL_SEARCH || type == WEIR_DETAIL_URI;
}

static void
update_age (WeirDetailRow *self)
{
  g_autofree char *text = NULL;

  if (self->detail == NULL)
    return;

  if (self->detail->type == WEIR_DETAIL_TIME)
    text = weir_format_relative (self->detail->time);
  else if (self->detail->type == WEIR_DETAIL_DUE)
    text = weir_format_countdown (self->detail->time);
  else
    return;

  if (!g_str_equal (text, gtk_label_get_label (self->age)))
    gtk_label_set_label (self->age, text);
}

static void
tick_cb (WeirDetailRow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_age (self);
}

static void
copy_cb (WeirDetailRow *self)
{
  g_autofree char *said = NULL;

  if (self->detail == NULL)
    return;

  /* Translators: an attribute’s name, as in “Copied Connection” */
  said = g_strdup_printf (_ ("Copied %s"), self->detail->label);
  weir_copy (GTK_WIDGET (self), self->detail->id != NULL ? self->detail->id : self->detail->text,
             said);
}

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy_cb (WEIR_DETAIL_ROW (widget));
}

/* To find out how high a label that can wrap is takes its measure many times over, so only those can that need it. */
static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_wrap (label, weir_text_is_large () || strlen (text) > MAX_UNWRAPPED);
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

/* The value can be selected with the pointer, but Tab need not stop there, too: the row is read as a whole. */
static gboolean
weir_detail_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WeirDetailRow *self = WEIR_DETAIL_ROW (widget);
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;
  gboolean here = gtk_widget_is_focus (widget);
  gboolean has_copy = gtk_widget_get_visible (self->copy);

  if (direction == GTK_DIR_TAB_FORWARD && (here || inside))
    return here && has_copy && gtk_widget_grab_focus (self->copy);
  if (direction == GTK_DIR_TAB_BACKWARD && inside)
    return gtk_widget_grab_focus (widget);
  if (direction == GTK_DIR_TAB_BACKWARD && !here && has_copy)
    return gtk_widget_grab_focus (self->copy);

  return GTK_WIDGET_CLASS (weir_detail_row_parent_class)->focus (widget, direction);
}

static void
weir_detail_row_class_init (WeirDetailRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->focus = weir_detail_row_focus;
  gtk_widget_class_install_action (widget_class, "detail.copy", NULL, copy_action_cb);
  weir_keys_bind (widget_class, "detail.");
}

static void
weir_detail_row_init (WeirDetailRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *bin;

  gtk_widget_add_css_class (GTK_WIDGET (self), "weir-detail");

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  self->age = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->age), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->age), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->age), "numeric");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->age));

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
  self->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->value, 0);
  gtk_label_set_wrap_mode (self->value, PANGO_WRAP_WORD_CHAR);
  bin = weir_width_bin_new (GTK_WIDGET (self->value), MIN_WIDTH);
  weir_width_bin_set_wraps (WEIR_WIDTH_BIN (bin), TRUE);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (body), bin);

  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), body);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), column);

  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_add_css_class (self->copy, "weir-copy");
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (line), self->copy);

  self->arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  gtk_widget_add_css_class (self->arrow, "dim-label");
  gtk_box_append (GTK_BOX (line), self->arrow);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
}

/**
 * weir_detail_row_new:
 * @detail: what to show
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
weir_detail_row_new (const WeirDetail *detail)
{
  WeirDetailRow *self = g_object_new (WEIR_TYPE_DETAIL_ROW, NULL);

  weir_detail_row_set_detail (self, detail);

  return GTK_WIDGET (self);
}

/**
 * weir_detail_row_get_detail:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
const WeirDetail *
weir_detail_row_get_detail (WeirDetailRow *self)
{
  g_return_val_if_fail (WEIR_IS_DETAIL_ROW (self), NULL);

  return self->detail;
}

/**
 * weir_detail_row_set_detail:
 * @self: a row
 * @detail: what to show
 *
 * A text that stays the same is left alone, with what the reader has selected of it.
 */
void
weir_detail_row_set_detail (WeirDetailRow *self, const WeirDetail *detail)
{
  g_autofree char *name = NULL;
  g_autofree char *copy_name = NULL;
  WeirCellLook look;
  gboolean link;

  g_return_if_fail (WEIR_IS_DETAIL_ROW (self));
  g_return_if_fail (detail != NULL);

  self->detail = detail;
  look = detail->look;
  link = is_link (detail->type);
  set_text (self->label, detail->label);
  if (look.icon_name != NULL)
    gtk_image_set_from_icon_name (self->icon, look.icon_name);
  if (g_strcmp0 (look.css, self->css) != 0)
    {
      if (self->css != NULL)
        {
          gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->css);
          gtk_widget_remove_css_class (GTK_WIDGET (self->value), self->css);
        }
      if (look.css != NULL)
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->icon), look.css);
          gtk_widget_add_css_class (GTK_WIDGET (self->value), look.css);
        }
      self->css = g_intern_string (look.css);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->icon), look.icon_name != NULL);

  weir_text_set_code (GTK_WIDGET (self->value),
                      detail->type == WEIR_DETAIL_CODE || detail->type == WEIR_DETAIL_URI);
  set_text (self->value, detail->text);
  gtk_label_set_selectable (self->value, !link);

  gtk_widget_set_visible (GTK_WIDGET (self->age),
                          detail->type == WEIR_DETAIL_TIME || detail->type == WEIR_DETAIL_DUE);
  update_age (self);
  gtk_widget_set_visible (self->copy, detail->type != WEIR_DETAIL_SEARCH);
  gtk_widget_set_visible (self->arrow, link);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), link);

  /* Translators: the name of a button that copies an attribute’s value, such as “Copy Connection” */
  copy_name = g_strdup_printf (
      detail->type == WEIR_DETAIL_RECORD ? _ ("Copy %s ID") : _ ("Copy %s"), detail->label);
  gtk_widget_set_tooltip_text (self->copy, copy_name);
  weir_accessible_set_name (self->copy, copy_name);
  name = weir_format_labelled (detail->label, detail->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * weir_detail_row_set_busy:
 * @self: a row that leads somewhere
 * @busy: whether what it leads to is being fetched
 */
void
weir_detail_row_set_busy (WeirDetailRow *self, gboolean busy)
{
  g_return_if_fail (WEIR_IS_DETAIL_ROW (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self), !busy);
}
