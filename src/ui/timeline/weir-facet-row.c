/* weir-facet-row.c: a value that can be ticked, with its count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-facet-row.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-keys.h"

#include <glib/gi18n-lib.h>

struct _WeirFacetRow
{
  AdwBin parent_instance;

  char *value;
  WeirQueryTermState state;
  gboolean quiet; /* the tick is set by us */

  GtkCheckButton *check;
  GtkLabel *label;
  GtkLabel *count;
  GtkWidget *menu; /* (nullable) made when it is first asked for */
};

enum
{
  SET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirFacetRow, weir_facet_row, ADW_TYPE_BIN)

static void
want (WeirFacetRow *self, WeirQueryTermState state, gboolean only)
{
  g_signal_emit (self, signals[SET], 0, state, only);
}

static void
show_state (WeirFacetRow *self)
{
  PangoAttrList *attributes = NULL;

  self->quiet = TRUE;
  gtk_check_button_set_active (self->check, self->state == WEIR_QUERY_TERM_ASKED);
  gtk_check_button_set_inconsistent (self->check, self->state == WEIR_QUERY_TERM_NEGATED);
  self->quiet = FALSE;

  if (self->state == WEIR_QUERY_TERM_NEGATED)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
    }
  gtk_label_set_attributes (self->label, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

static void
toggled_cb (WeirFacetRow *self)
{
  if (self->quiet)
    return;

  /* what the query says is what is ticked, not the click */
  want (self,
        self->state == WEIR_QUERY_TERM_ABSENT ? WEIR_QUERY_TERM_ASKED : WEIR_QUERY_TERM_ABSENT,
        FALSE);
  show_state (self);
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirFacetRow *self = WEIR_FACET_ROW (widget);

  if (g_str_equal (name, "facet.only"))
    want (self, WEIR_QUERY_TERM_ASKED, TRUE);
  else if (g_str_equal (name, "facet.exclude"))
    want (self, WEIR_QUERY_TERM_NEGATED, FALSE);
  else
    want (self, WEIR_QUERY_TERM_ABSENT, FALSE);
}

static void
show_menu (WeirFacetRow *self, double x, double y)
{
  GdkRectangle place = { (int) x, (int) y, 1, 1 };

  if (self->menu == NULL)
    {
      g_autoptr (GMenu) model = g_menu_new ();

      /* Translators: a value of a facet is the only one that the query asks for */
      g_menu_append (model, _ ("Only This"), "facet.only");
      g_menu_append (model, _ ("Exclude"), "facet.exclude");
      /* Translators: a value of a facet is taken out of the query */
      g_menu_append (model, _ ("Do Not Ask for It"), "facet.clear");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "facet.clear",
                                 self->state != WEIR_QUERY_TERM_ABSENT);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, WeirFacetRow *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (button == GDK_BUTTON_SECONDARY)
    show_menu (self, x, y);
  else if (button == GDK_BUTTON_PRIMARY && (state & GDK_CONTROL_MASK) != 0)
    want (self,
          self->state == WEIR_QUERY_TERM_NEGATED ? WEIR_QUERY_TERM_ABSENT : WEIR_QUERY_TERM_NEGATED,
          FALSE);
  else
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_menu (WEIR_FACET_ROW (widget), 24, gtk_widget_get_height (widget));
}

static void
weir_facet_row_dispose (GObject *object)
{
  WeirFacetRow *self = WEIR_FACET_ROW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (weir_facet_row_parent_class)->dispose (object);
}

static void
weir_facet_row_finalize (GObject *object)
{
  g_free (WEIR_FACET_ROW (object)->value);

  G_OBJECT_CLASS (weir_facet_row_parent_class)->finalize (object);
}

static void
weir_facet_row_class_init (WeirFacetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_facet_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_facet_row_finalize;

  signals[SET] = g_signal_new ("set", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "facet.only", NULL, action_cb);
  gtk_widget_class_install_action (widget_class, "facet.exclude", NULL, action_cb);
  gtk_widget_class_install_action (widget_class, "facet.clear", NULL, action_cb);
  gtk_widget_class_install_action (widget_class, "facet.menu", NULL, menu_action_cb);
  weir_keys_bind (widget_class, "facet.");
}

static void
weir_facet_row_init (WeirFacetRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkGesture *click = gtk_gesture_click_new ();

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));

  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_check_button_set_child (self->check, box);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (toggled_cb), self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_css_class (GTK_WIDGET (self), "weir-facet");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->check));
}

/**
 * weir_facet_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
weir_facet_row_new (void)
{
  return g_object_new (WEIR_TYPE_FACET_ROW, NULL);
}

/**
 * weir_facet_row_show:
 * @self: a row
 * @value: a value
 * @label: what a person calls it
 * @count: how many events have it
 * @state: whether the query asks for it
 */
void
weir_facet_row_show (WeirFacetRow *self,
                     const char *value,
                     const char *label,
                     guint count,
                     WeirQueryTermState state)
{
  g_autofree char *number = weir_format_number (count);
  g_autofree char *name = NULL;
  g_autofree char *both = g_strconcat (label, "\n", value, NULL);
  g_autofree char *tooltip = NULL;

  g_return_if_fail (WEIR_IS_FACET_ROW (self));

  if (g_strcmp0 (self->value, value) != 0)
    {
      g_free (self->value);
      self->value = g_strdup (value);
    }
  self->state = state;
  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->count, number);
  show_state (self);

  /* Translators: a value, and a number */
  name =
      g_strdup_printf (state == WEIR_QUERY_TERM_NEGATED
                           ? ngettext ("%s, excluded, %s event", "%s, excluded, %s events", count)
                           : ngettext ("%s, %s event", "%s, %s events", count),
                       label, number);
  weir_accessible_set_name (GTK_WIDGET (self->check), name);
  /* Translators: a value; what stands behind it is how to leave it out */
  tooltip =
      g_strdup_printf (_ ("%s\nCtrl+click excludes it"), g_str_equal (label, value) ? label : both);
  /* a new one has the display asked where the pointer is */
  if (g_strcmp0 (tooltip, gtk_widget_get_tooltip_text (GTK_WIDGET (self))) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
}

/**
 * weir_facet_row_get_value:
 * @self: a row
 *
 * Returns: (transfer none): its value
 */
const char *
weir_facet_row_get_value (WeirFacetRow *self)
{
  g_return_val_if_fail (WEIR_IS_FACET_ROW (self), NULL);

  return self->value;
}
