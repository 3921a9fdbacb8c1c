/* weir-state-row.c: one change of a state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-state-row.h"

#include "weir-format.h"
#include "weir-state-text.h"

struct _WeirStateRow
{
  GtkListBoxRow parent_instance;

  WeirStateChange *change;
  GtkBox *column;
};

G_DEFINE_FINAL_TYPE (WeirStateRow, weir_state_row, GTK_TYPE_LIST_BOX_ROW)

/* GTK 4.8 lets assistive technology do nothing but actions of the class. */
static void
press_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
weir_state_row_finalize (GObject *object)
{
  g_clear_object (&WEIR_STATE_ROW (object)->change);

  G_OBJECT_CLASS (weir_state_row_parent_class)->finalize (object);
}

static void
weir_state_row_class_init (WeirStateRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = weir_state_row_finalize;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "row.press", NULL, press_cb);
}

static void
weir_state_row_init (WeirStateRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "weir-detail");
}

static GtkWidget *
create_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, css);
    }

  return label;
}

static GtkWidget *
create_icon (WeirStateChange *change)
{
  WeirCellLook look;
  GtkWidget *icon;

  weir_state_text_look (change, &look);
  icon = gtk_image_new_from_icon_name (look.icon_name);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  if (look.css != NULL)
    gtk_widget_add_css_class (icon, look.css);

  return icon;
}

static GtkWidget *
create_head (WeirStateChange *change, const char *title, const char *time)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title_label = create_label (title, NULL);
  GtkWidget *time_label = create_label (time, "dim-label");
  g_autofree char *absolute = weir_format_absolute (change->at);

  gtk_widget_set_hexpand (title_label, TRUE);
  gtk_label_set_wrap (GTK_LABEL (time_label), FALSE);
  gtk_widget_set_valign (time_label, GTK_ALIGN_START);
  gtk_widget_add_css_class (time_label, "numeric");
  gtk_widget_set_tooltip_text (time_label, absolute);
  gtk_box_append (GTK_BOX (head), title_label);
  gtk_box_append (GTK_BOX (head), time_label);

  return head;
}

/* The error can be selected where a click on it leads nowhere. */
static void
fill (WeirStateRow *self, const char *title, const char *of, const char *time)
{
  WeirStateChange *change = self->change;
  g_autofree char *note = weir_state_text_note (change);

  gtk_box_append (self->column, create_head (change, of != NULL ? of : title, time));
  if (of != NULL)
    gtk_box_append (self->column, create_label (title, NULL));
  if (change->error != NULL)
    {
      GtkWidget *error = create_label (change->error, "error");

      gtk_label_set_selectable (GTK_LABEL (error), of == NULL);
      gtk_box_append (self->column, error);
    }
  if (note != NULL)
    gtk_box_append (self->column, create_label (note, "dim-label"));
}

/**
 * weir_state_row_new:
 * @change: what it shows
 * @around: (nullable): the change of another record that it is told with
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
weir_state_row_new (WeirStateChange *change, WeirStateChange *around)
{
  WeirStateRow *self;
  GtkWidget *line;
  const char *of;
  g_autofree char *title = NULL;
  g_autofree char *time = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (WEIR_IS_STATE_CHANGE (change), NULL);

  self = g_object_new (WEIR_TYPE_STATE_ROW, NULL);
  self->change = g_object_ref (change);
  of = around != NULL ? change->name : NULL;
  title = around != NULL ? weir_state_text_title_of (change) : weir_state_text_title (change);
  time =
      around != NULL ? weir_state_text_distance (change, around) : weir_format_clock (change->at);

  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_widget_set_hexpand (GTK_WIDGET (self->column), TRUE);
  gtk_box_append (GTK_BOX (line), create_icon (change));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->column));
  if (around != NULL)
    gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("go-next-symbolic"));
  fill (self, title, of, time);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), around != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.press", around != NULL);
  name = of != NULL ? weir_format_list (of, title, time, change->error, NULL)
                    : weir_format_list (title, time, change->error, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return GTK_WIDGET (self);
}

/**
 * weir_state_row_get_change:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
WeirStateChange *
weir_state_row_get_change (WeirStateRow *self)
{
  g_return_val_if_fail (WEIR_IS_STATE_ROW (self), NULL);

  return self->change;
}
