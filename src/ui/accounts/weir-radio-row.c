/* weir-radio-row.c: a row of a form that is one of several to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-radio-row.h"

#include "weir-accessible.h"

/* A list with such rows is one stop for Tab, at the chosen one. Arrow keys choose. */
struct _WeirRadioRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *check; /* is looked at and clicked, the row is what has the focus and is read */
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WeirRadioRow, weir_radio_row, ADW_TYPE_ACTION_ROW)

/* The focus is at the chosen row or at none: where it is, it chooses, also when the window gets it back. */
static void
toggled_cb (WeirRadioRow *self)
{
  gboolean active = weir_radio_row_get_active (self);
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *focused = list != NULL ? gtk_widget_get_focus_child (list) : NULL;

  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
      active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  if (active && focused != NULL && focused != GTK_WIDGET (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
entered_cb (WeirRadioRow *self)
{
  weir_radio_row_set_active (self, TRUE);
}

static void
press_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  weir_radio_row_set_active (WEIR_RADIO_ROW (widget), TRUE);
}

/* A list offers the focus to the row next to the one that has it, and leaves if that does not take it; one that
 * is entered offers it to its first or last. */
static gboolean
weir_radio_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *list = gtk_widget_get_parent (widget);

  if ((direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD) || list == NULL)
    return GTK_WIDGET_CLASS (weir_radio_row_parent_class)->focus (widget, direction);
  if (gtk_widget_get_focus_child (list) != NULL)
    return FALSE;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (WEIR_IS_RADIO_ROW (row) && weir_radio_row_get_active (WEIR_RADIO_ROW (row)))
      return gtk_widget_grab_focus (row);

  return gtk_widget_grab_focus (widget);
}

static void
weir_radio_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WeirRadioRow *self = WEIR_RADIO_ROW (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, weir_radio_row_get_active (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_radio_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WeirRadioRow *self = WEIR_RADIO_ROW (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      weir_radio_row_set_active (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_radio_row_class_init (WeirRadioRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = weir_radio_row_get_property;
  object_class->set_property = weir_radio_row_set_property;
  widget_class->focus = weir_radio_row_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO);
  /* what assistive technology can do with it */
  gtk_widget_class_install_action (widget_class, "radio.press", NULL, press_cb);

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
weir_radio_row_init (WeirRadioRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_can_focus (GTK_WIDGET (self->check), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  toggled_cb (self);

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * weir_radio_row_new:
 * @title: what is chosen
 * @subtitle: what that is
 * @group: (nullable): another row of the same list
 *
 * Its property “active” says whether it is the chosen one.
 *
 * Returns: (transfer floating): a row for a list
 */
GtkWidget *
weir_radio_row_new (const char *title, const char *subtitle, WeirRadioRow *group)
{
  WeirRadioRow *self =
      g_object_new (WEIR_TYPE_RADIO_ROW, "title", title, "subtitle", subtitle, NULL);

  if (group != NULL)
    gtk_check_button_set_group (self->check, group->check);
  weir_accessible_set_name (GTK_WIDGET (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);

  return GTK_WIDGET (self);
}

/**
 * weir_radio_row_get_active:
 * @self: a row
 *
 * Returns: whether it is the chosen one
 */
gboolean
weir_radio_row_get_active (WeirRadioRow *self)
{
  g_return_val_if_fail (WEIR_IS_RADIO_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

/**
 * weir_radio_row_set_active:
 * @self: a row
 * @active: whether it is the chosen one
 */
void
weir_radio_row_set_active (WeirRadioRow *self, gboolean active)
{
  g_return_if_fail (WEIR_IS_RADIO_ROW (self));

  gtk_check_button_set_active (self->check, active);
}
