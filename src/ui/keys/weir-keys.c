/* weir-keys.c: what is made of the table of keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PLAIN_TOOLTIP "weir-plain-tooltip"

/* The first key of an action, as a person reads it. */
static char *
dup_first_label (const char *action)
{
  const WeirKey *key = weir_keys_find (action);
  guint keyval;
  GdkModifierType modifiers;

  if (key == NULL || key->place == WEIR_KEY_MENU || key->keys[0] == NULL
      || !gtk_accelerator_parse (key->keys[0], &keyval, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (keyval, modifiers);
}

static void
append_shortcut (GString *xml, const WeirKey *key)
{
  g_autofree char *accelerator = g_strjoinv (" ", (char **) key->keys);
  g_autofree char *object = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
      "<property name='accelerator'>%s</property></object></child>",
      weir_key_get_title (key), accelerator);

  g_string_append (xml, object);
}

/**
 * weir_key_get_title:
 * @self: a key
 *
 * Returns: what it does, translated
 */
const char *
weir_key_get_title (const WeirKey *self)
{
  g_return_val_if_fail (self != NULL && self->title != NULL, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "shortcut window", self->title);
}

/**
 * weir_key_is_told:
 * @self: a key
 *
 * Returns: whether it has a line of its own in the shortcuts window and in the help
 */
gboolean
weir_key_is_told (const WeirKey *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->place <= WEIR_KEY_BUILT_IN && self->keys[0] != NULL;
}

/**
 * weir_keys_find:
 * @action: an action, with its target if it has one; or the name alone of one that has targets
 *
 * Returns: (nullable): its first line in the table
 */
const WeirKey *
weir_keys_find (const char *action)
{
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);
  gsize length;

  g_return_val_if_fail (action != NULL, NULL);

  length = strlen (action);
  for (guint i = 0; i < n_keys; i++)
    if (keys[i].action != NULL && g_str_has_prefix (keys[i].action, action)
        && (keys[i].action[length] == '\0' || keys[i].action[length] == '('))
      return &keys[i];

  return NULL;
}

/**
 * weir_keys_set_accels:
 * @application: the application
 *
 * Makes accelerators of the keys that work everywhere.
 */
void
weir_keys_set_accels (GtkApplication *application)
{
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < n_keys; i++)
    if (keys[i].place == WEIR_KEY_WINDOW)
      gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}

/**
 * weir_keys_bind:
 * @klass: a class of widgets
 * @prefix: how the actions' names begin: "json."; or all of one
 *
 * Binds the keys of actions that work where such a widget, or something in it, has the focus.
 */
void
weir_keys_bind (GtkWidgetClass *klass, const char *prefix)
{
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  g_return_if_fail (GTK_IS_WIDGET_CLASS (klass));
  g_return_if_fail (prefix != NULL);

  for (guint i = 0; i < n_keys; i++)
    {
      if (keys[i].place != WEIR_KEY_WIDGET || !g_str_has_prefix (keys[i].action, prefix))
        continue;
      for (guint j = 0; keys[i].keys[j] != NULL; j++)
        {
          guint keyval;
          GdkModifierType modifiers;

          if (gtk_accelerator_parse (keys[i].keys[j], &keyval, &modifiers))
            gtk_widget_class_add_binding_action (klass, keyval, modifiers, keys[i].action, NULL);
        }
    }
}

/**
 * weir_keys_set_tooltip:
 * @widget: a widget that does an action
 * @action: the action
 * @text: (nullable): what to say of it; %NULL for nothing
 *
 * Sets a tooltip that names the action's key, too; and tells assistive technology of the key.
 */
void
weir_keys_set_tooltip (GtkWidget *widget, const char *action, const char *text)
{
  g_autofree char *key = NULL;
  g_autofree char *tooltip = NULL;
  char *plain;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (action != NULL);

  key = dup_first_label (action);
  if (text != NULL && key != NULL)
    /* Translators: the tooltip of a button, then its key: “Inspector (F9)” */
    tooltip = g_strdup_printf (C_ ("tooltip", "%s (%s)"), text, key);
  else
    tooltip = g_strdup (text);

  /* @text may be what is kept there */
  plain = g_strdup (text);
  g_object_set_data_full (G_OBJECT (widget), PLAIN_TOOLTIP, plain, g_free);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) != 0)
    gtk_widget_set_tooltip_text (widget, tooltip);
  if (key != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                    key, -1);
}

/**
 * weir_keys_get_plain_tooltip:
 * @widget: a widget
 *
 * Returns: (nullable): what its tooltip says, without the key
 */
const char *
weir_keys_get_plain_tooltip (GtkWidget *widget)
{
  const char *plain;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  plain = g_object_get_data (G_OBJECT (widget), PLAIN_TOOLTIP);

  return plain != NULL ? plain : gtk_widget_get_tooltip_text (widget);
}

/**
 * weir_keys_append:
 * @menu: a menu
 * @label: the item's label
 * @action: what it does
 *
 * Appends an item. A menu finds accelerators by itself; of the keys that a widget binds it must be told.
 */
void
weir_keys_append (GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = NULL;
  const WeirKey *key;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (label != NULL && action != NULL);

  item = g_menu_item_new (label, action);
  key = weir_keys_find (action);
  if (key != NULL && key->place == WEIR_KEY_WIDGET)
    g_menu_item_set_attribute (item, "accel", "s", key->keys[0]);
  g_menu_append_item (menu, item);
}

/**
 * weir_keys_create_window:
 *
 * Returns: (transfer full): a window that tells all keys; not yet presented
 */
GtkWindow *
weir_keys_create_window (void)
{
  g_autoptr (GString) xml =
      g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                    "<property name='modal'>1</property>");
  /* A section each for what fits on one page of two columns: of more than one GTK 4.8 mixes the order. */
  static const char *const first_groups[] = { "general",   "subscriptions", "timeline", "errors",
                                              "inspector", "accounts",      NULL };
  const char *const *groups = weir_keys_get_groups ();
  g_autoptr (GtkBuilder) builder = NULL;
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *title = g_markup_escape_text (weir_keys_get_group_title (groups[i]), -1);
      gsize before;
      gsize empty;

      if (g_strv_contains (first_groups, groups[i]))
        g_string_append_printf (xml,
                                "%s<child><object class='GtkShortcutsSection'>"
                                "<property name='section-name'>%s</property>"
                                "<property name='title'>%s</property>"
                                "<property name='max-height'>18</property>",
                                i > 0 ? "</object></child>" : "", groups[i], title);
      before = xml->len;
      g_string_append_printf (xml,
                              "<child><object class='GtkShortcutsGroup'>"
                              "<property name='title'>%s</property>",
                              title);
      empty = xml->len;
      for (guint j = 0; j < n_keys; j++)
        if (weir_key_is_told (&keys[j]) && g_str_equal (keys[j].group, groups[i]))
          append_shortcut (xml, &keys[j]);
      if (xml->len == empty)
        g_string_truncate (xml, before);
      else
        g_string_append (xml, "</object></child>");
    }
  g_string_append (xml, "</object></child></object></interface>");

  builder = gtk_builder_new_from_string (xml->str, (gssize) xml->len);

  return g_object_ref (GTK_WINDOW (gtk_builder_get_object (builder, "window")));
}

/**
 * weir_keys_present:
 * @parent: the window it is over
 *
 * Shows all keys.
 */
void
weir_keys_present (GtkWindow *parent)
{
  g_autoptr (GtkWindow) window = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  window = weir_keys_create_window ();
  /* it has none, and a screen reader would read the name of its type */
  gtk_window_set_title (window, weir_key_get_title (weir_keys_find ("win.shortcuts")));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  weir_keys_present (GTK_WINDOW (widget));
}

/**
 * weir_keys_install_action:
 * @window_class: the class of #WeirWindow
 *
 * Has its action "win.shortcuts" show all keys.
 */
void
weir_keys_install_action (GtkWidgetClass *window_class)
{
  gtk_widget_class_install_action (window_class, "win.shortcuts", NULL, action_cb);
}
