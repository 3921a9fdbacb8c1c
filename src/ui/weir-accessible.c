/* weir-accessible.c: what GTK 4.8 forgets to tell assistive technology
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-accessible.h"

#include <adwaita.h>

static void
set_hidden (GtkWidget *widget, gboolean hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static void
visible_child_cb (GtkStack *stack)
{
  GtkWidget *visible = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_hidden (child, child != visible);
}

static void
revealed_cb (GtkRevealer *revealer)
{
  GtkWidget *child = gtk_revealer_get_child (revealer);

  if (child != NULL)
    set_hidden (child, !gtk_revealer_get_reveal_child (revealer));
}

static void
flap_cb (AdwFlap *flap)
{
  GtkWidget *child = adw_flap_get_flap (flap);

  if (child != NULL)
    set_hidden (child, !adw_flap_get_reveal_flap (flap));
}

/* TRUE the first time it is asked about a widget. */
static gboolean
is_new (GtkWidget *widget)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("weir-accessible");
  if (g_object_get_qdata (G_OBJECT (widget), quark) != NULL)
    return FALSE;

  g_object_set_qdata (G_OBJECT (widget), quark, widget);

  return TRUE;
}

/* A button that is only an icon is named by what its tooltip says. */
static void
name_icon_button (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  gboolean is_icon = GTK_IS_MENU_BUTTON (widget)
                         ? gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)) != NULL
                         : GTK_IS_IMAGE (gtk_button_get_child (GTK_BUTTON (widget)));

  if (is_icon && tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
}

static gboolean
map_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  /* A button with a mnemonic is named by its text with the underscore and by its label: “_Save Save”. */
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget))
      && GTK_IS_LABEL (gtk_button_get_child (GTK_BUTTON (widget))))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    name_icon_button (widget);
  /* A screen reader would read all children of a stack, and what is not revealed. */
  if (GTK_IS_STACK (widget))
    {
      if (is_new (widget))
        g_signal_connect (widget, "notify::visible-child", G_CALLBACK (visible_child_cb), NULL);
      visible_child_cb (GTK_STACK (widget));
    }
  if (GTK_IS_REVEALER (widget))
    {
      if (is_new (widget))
        g_signal_connect (widget, "notify::reveal-child", G_CALLBACK (revealed_cb), NULL);
      revealed_cb (GTK_REVEALER (widget));
    }
  if (ADW_IS_FLAP (widget))
    {
      if (is_new (widget))
        g_signal_connect (widget, "notify::reveal-flap", G_CALLBACK (flap_cb), NULL);
      flap_cb (ADW_FLAP (widget));
    }

  return TRUE;
}

static void
press_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

/**
 * weir_accessible_init:
 *
 * Makes up for what GTK 4.8 forgets: buttons with mnemonics get their label as their name, check buttons can be pressed, and what a stack, a
 * revealer or a flap does not show is said to be hidden. To be called once, when GTK is ready.
 */
void
weir_accessible_init (void)
{
  gpointer klass = g_type_class_ref (GTK_TYPE_WIDGET);

  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, map_hook, NULL, NULL);
  g_type_class_unref (klass);

  /* the actions of a widget's class are what assistive technology can do with it, and a check button has none */
  klass = g_type_class_ref (GTK_TYPE_CHECK_BUTTON);
  gtk_widget_class_install_action (klass, "check.press", NULL, press_cb);
  g_type_class_unref (klass);
}
