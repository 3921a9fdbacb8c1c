/* weir-accessible.c: what GTK 4.8 forgets to tell assistive technology
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-accessible.h"

static void
visible_child_cb (GtkStack *stack)
{
  GtkWidget *visible = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != visible, -1);
}

/* A screen reader would read all children of a stack. */
static void
follow_stack (GtkStack *stack)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("weir-accessible-stack");
  if (g_object_get_qdata (G_OBJECT (stack), quark) == NULL)
    {
      g_object_set_qdata (G_OBJECT (stack), quark, stack);
      g_signal_connect (stack, "notify::visible-child", G_CALLBACK (visible_child_cb), NULL);
    }
  visible_child_cb (stack);
}

static gboolean
map_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  /* A button with a mnemonic is named by its text with the underscore and by its label: “_Save Save”. */
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget))
      && GTK_IS_LABEL (gtk_button_get_child (GTK_BUTTON (widget))))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  else if (GTK_IS_STACK (widget))
    follow_stack (GTK_STACK (widget));

  return TRUE;
}

/**
 * weir_accessible_init:
 *
 * Makes up for what GTK 4.8 forgets: buttons with mnemonics get their label as their name, and the children of a stack
 * that are not shown are said to be hidden. To be called once, when GTK is ready.
 */
void
weir_accessible_init (void)
{
  gpointer klass = g_type_class_ref (GTK_TYPE_WIDGET);

  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, map_hook, NULL, NULL);
  g_type_class_unref (klass);
}
