/* weir-switch-row.c: a row of a form that is on or off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-switch-row.h"

#include "weir-accessible.h"

struct _WeirSwitchRow
{
  AdwActionRow parent_instance;

  GtkSwitch *slider; /* is looked at and clicked, the row is what has the focus and is read */
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WeirSwitchRow, weir_switch_row, ADW_TYPE_ACTION_ROW)

static void
active_cb (WeirSwitchRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               weir_switch_row_get_active (self) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                 : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
title_cb (WeirSwitchRow *self)
{
  weir_accessible_set_name (GTK_WIDGET (self),
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
}

static void
press_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  WeirSwitchRow *self = WEIR_SWITCH_ROW (widget);

  weir_switch_row_set_active (self, !weir_switch_row_get_active (self));
}

static void
weir_switch_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WeirSwitchRow *self = WEIR_SWITCH_ROW (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, weir_switch_row_get_active (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_switch_row_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  WeirSwitchRow *self = WEIR_SWITCH_ROW (object);

  switch (prop_id)
    {
    case PROP_ACTIVE:
      weir_switch_row_set_active (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_switch_row_class_init (WeirSwitchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = weir_switch_row_get_property;
  object_class->set_property = weir_switch_row_set_property;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SWITCH);
  /* what assistive technology can do with it */
  gtk_widget_class_install_action (widget_class, "switch.press", NULL, press_cb);

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
weir_switch_row_init (WeirSwitchRow *self)
{
  self->slider = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_can_focus (GTK_WIDGET (self->slider), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self->slider), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->slider), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  g_signal_connect_swapped (self->slider, "notify::active", G_CALLBACK (active_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->slider));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->slider));
  g_signal_connect (self, "notify::title", G_CALLBACK (title_cb), NULL);
  active_cb (self);
}

/**
 * weir_switch_row_get_active:
 * @self: a row
 *
 * Returns: whether it is on
 */
gboolean
weir_switch_row_get_active (WeirSwitchRow *self)
{
  g_return_val_if_fail (WEIR_IS_SWITCH_ROW (self), FALSE);

  return gtk_switch_get_active (self->slider);
}

/**
 * weir_switch_row_set_active:
 * @self: a row
 * @active: whether it is to be on
 */
void
weir_switch_row_set_active (WeirSwitchRow *self, gboolean active)
{
  g_return_if_fail (WEIR_IS_SWITCH_ROW (self));

  gtk_switch_set_active (self->slider, active);
}
