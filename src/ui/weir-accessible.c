/* weir-accessible.c: what GTK 4.8 forgets to tell assistive technology
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-accessible.h"

#include "weir-format.h"
#include "weir-keys.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* GTK_LIST_TAB_ITEM */
#define LIST_TAB_ITEM 1

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
    {
      GtkStackPage *page = gtk_stack_get_page (stack, child);

      if (gtk_stack_page_get_title (page) == NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, "",
                                        -1);
      set_hidden (child, child != visible);
    }
}

static void
flap_cb (AdwFlap *flap)
{
  GtkWidget *side = adw_flap_get_flap (flap);

  if (side != NULL)
    set_hidden (side, !adw_flap_get_reveal_flap (flap));
}

static void
revealed_cb (GtkRevealer *revealer)
{
  GtkWidget *child = gtk_revealer_get_child (revealer);

  if (child != NULL)
    set_hidden (child, !gtk_revealer_get_reveal_child (revealer));
}

static GtkWidget *
find_descendant (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : find_descendant (child, type);

  return found;
}

/* Where nothing else is there, GTK 4.8 hands out the type’s name: “GtkListItemWidget”. Later GTK names nothing so, and a
 * name that is set would hide what it finds by itself. */
static void
replace_type_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  GtkWidget *label;

  /* nothing but what is meant for tests tells what has been set; it works in any program */
  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      || (tooltip != NULL && !GTK_IS_IMAGE (widget)))
    return;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget"))
    {
      label = find_descendant (widget, GTK_TYPE_LABEL);
      if (label != NULL)
        gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                        NULL, -1);
      else
        gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
      return;
    }
  if (gtk_get_minor_version () >= 12)
    return;

  switch ((int) gtk_accessible_get_accessible_role (accessible))
    {
    case GTK_ACCESSIBLE_ROLE_BUTTON:
      /* the eye in a password entry is an image */
      if (GTK_IS_IMAGE (widget) && tooltip != NULL)
        gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
      break;

    case GTK_ACCESSIBLE_ROLE_IMG:
      gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      tooltip != NULL ? tooltip : "", -1);
      break;

    case GTK_ACCESSIBLE_ROLE_WIDGET:
    case GTK_ACCESSIBLE_ROLE_GENERIC:
    case GTK_ACCESSIBLE_ROLE_NONE:
    case GTK_ACCESSIBLE_ROLE_LABEL:
    case GTK_ACCESSIBLE_ROLE_LIST:
    case GTK_ACCESSIBLE_ROLE_MENU:
    case GTK_ACCESSIBLE_ROLE_RANGE:
    case GTK_ACCESSIBLE_ROLE_SCROLLBAR:
    case GTK_ACCESSIBLE_ROLE_TAB_LIST:
      gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
      break;

    default:
      break;
    }
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

/* Whoever made a button with an action need not think of its key. The toolkit’s own buttons have tooltips of their own. */
static void
tell_key (GtkWidget *widget)
{
  const char *action =
      GTK_IS_BUTTON (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;
  const char *label = action != NULL ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
  const char *tooltip = weir_keys_get_plain_tooltip (widget);
  gboolean is_label = g_object_get_data (G_OBJECT (widget), "weir-tooltip-is-label") != NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  if (action == NULL || g_str_has_prefix (action, "window.")
      || weir_keys_find (action) == NULL
      /* it says why */
      || (tooltip != NULL && !is_label && !gtk_widget_get_sensitive (widget)))
    return;

  if (tooltip == NULL || is_label)
    {
      parts = g_strsplit (label != NULL ? label : "", "_", -1);
      plain = g_strjoinv (gtk_button_get_use_underline (GTK_BUTTON (widget)) ? "" : "_", parts);
      g_object_set_data (G_OBJECT (widget), "weir-tooltip-is-label", widget);
      tooltip = plain;
    }
  if (tooltip[0] != '\0')
    weir_keys_set_tooltip (widget, action, tooltip);
}

/* A button that is only an icon is named by what its tooltip says. */
static void
name_icon_button (GtkWidget *widget)
{
  const char *tooltip = weir_keys_get_plain_tooltip (widget);
  gboolean is_icon = GTK_IS_MENU_BUTTON (widget)
                         ? gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)) != NULL
                         : GTK_IS_IMAGE (gtk_button_get_child (GTK_BUTTON (widget)));

  if (is_icon && tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
}

/* The list in a group is called what the group's title says, even if that is nothing. */
static void
name_group (AdwPreferencesGroup *group)
{
  const char *title = adw_preferences_group_get_title (group);
  GtkWidget *list = find_descendant (GTK_WIDGET (group), GTK_TYPE_LIST_BOX);

  if (list == NULL || (title != NULL && title[0] != '\0'))
    return;

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  replace_type_name (list);
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, GtkWidget *button)
{
  GtkStringObject *selected = gtk_drop_down_get_selected_item (drop_down);
  const char *name = g_object_get_data (G_OBJECT (button), "weir-name");
  g_autofree char *text = NULL;

  text = GTK_IS_STRING_OBJECT (selected)
             ? weir_format_labelled (name, gtk_string_object_get_string (selected))
             : g_strdup (name);
  weir_accessible_set_name (button, text);
}

/* A mnemonic's underscore is no part of the name. */
static void
name_without_mnemonic (GtkWidget *widget, const char *text)
{
  g_autoptr (GString) name = g_string_new (text);

  g_string_replace (name, "_", "", 0);
  weir_accessible_set_name (widget, name->str);
}

/* GTK 4.18 names an item of a menu by its label, of which it then finds no text. */
static void
name_menu_item (GtkWidget *widget)
{
  g_autofree char *text = NULL;

  g_object_get (widget, "text", &text, NULL);
  name_without_mnemonic (widget, text);
}

/* What is known of a popover while it is shown. */
typedef struct
{
  GtkPopover *popover;
  GtkWidget *root;
  GtkEventController *keys;
  GWeakRef before; /* where the focus was */
} Shown;

static void
shown_free (Shown *self)
{
  g_weak_ref_clear (&self->before);
  g_object_unref (self->root);
  g_free (self);
}

static gboolean
is_inside_popover (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL;
}

/* The focus goes back to where it was, unless somebody has moved it. */
static gboolean
give_back_cb (gpointer user_data)
{
  Shown *self = user_data;
  g_autoptr (GtkWidget) before = g_weak_ref_get (&self->before);
  GtkWidget *now = gtk_root_get_focus (GTK_ROOT (self->root));

  if (before != NULL && gtk_widget_get_mapped (before)
      && (now == NULL || !gtk_widget_get_mapped (now) || is_inside_popover (now)))
    gtk_widget_grab_focus (before);

  return G_SOURCE_REMOVE;
}

static void
popover_unmap_cb (GtkWidget *popover, Shown *self)
{
  g_signal_handlers_disconnect_by_func (popover, popover_unmap_cb, self);
  gtk_widget_remove_controller (self->root, self->keys);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, give_back_cb, self, (GDestroyNotify) shown_free);
}

/* Where nothing in it takes the focus, this does not come to the popover. */
static gboolean
popover_key_cb (Shown *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  gtk_popover_popdown (self->popover);

  return GDK_EVENT_STOP;
}

/* GTK 4.8 leaves the focus where it was when nothing in a popover takes it, and nowhere when a popover is closed. */
static void
enter_popover (GtkPopover *popover)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (popover));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  Shown *self;

  if (root == NULL || !gtk_popover_get_autohide (popover)
      || (focus != NULL && is_inside_popover (focus)))
    return;

  self = g_new0 (Shown, 1);
  self->popover = popover;
  self->root = GTK_WIDGET (g_object_ref (root));
  g_weak_ref_init (&self->before, focus);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->keys, "key-pressed", G_CALLBACK (popover_key_cb), self);
  gtk_widget_add_controller (self->root, self->keys);
  g_signal_connect (popover, "unmap", G_CALLBACK (popover_unmap_cb), self);
}

static gboolean
map_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  /* A button with a mnemonic is named by its text with the underscore and by its label: “_Save Save”. */
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget))
      && GTK_IS_LABEL (gtk_button_get_child (GTK_BUTTON (widget))))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  tell_key (widget);
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

  /* In a later GTK, Tab would come in at the first or the last row, and select that. */
  if (GTK_IS_LIST_VIEW (widget)
      && g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "tab-behavior") != NULL)
    g_object_set (widget, "tab-behavior", LIST_TAB_ITEM, NULL);
  if (GTK_IS_POPOVER (widget))
    enter_popover (GTK_POPOVER (widget));
  if (ADW_IS_FLAP (widget))
    {
      if (is_new (widget))
        g_signal_connect (widget, "notify::reveal-flap", G_CALLBACK (flap_cb), NULL);
      flap_cb (ADW_FLAP (widget));
    }
  /* else Enter on it is Save */
  if ((GTK_IS_LIST_BOX_ROW (widget) && !GTK_IS_EDITABLE (widget)) || GTK_IS_CHECK_BUTTON (widget))
    gtk_widget_set_receives_default (widget, TRUE);
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    name_menu_item (widget);
  if (GTK_IS_CHECK_BUTTON (widget) && gtk_check_button_get_use_underline (GTK_CHECK_BUTTON (widget))
      && gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)) != NULL)
    name_without_mnemonic (widget, gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)));
  /* of what it scrolls nothing takes the focus, so it would itself: a stop without a name */
  if (ADW_IS_STATUS_PAGE (widget) && find_descendant (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL)
    gtk_widget_set_focusable (find_descendant (widget, GTK_TYPE_SCROLLED_WINDOW), FALSE);
  if (ADW_IS_PREFERENCES_GROUP (widget))
    name_group (ADW_PREFERENCES_GROUP (widget));
  /* the row is an empty box to it, and only the row in the row has the title */
  if (ADW_IS_EXPANDER_ROW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)),
                                    -1);
  replace_type_name (widget);

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
 * Makes up for what GTK 4.8 forgets: buttons with mnemonics get their label as their name, check buttons can be
 * pressed, nothing is called by the name of its type, and what a stack, a revealer or a flap does not show is said to be hidden. To be called once, when
 * GTK is ready.
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

/**
 * weir_accessible_name_drop_down:
 * @drop_down: a list of strings to choose from
 * @name: what is chosen, translated; also its tooltip
 *
 * Names the list, and the button in it that has the focus by that and what is chosen now: “Status: Error”.
 */
void
weir_accessible_name_drop_down (GtkDropDown *drop_down, const char *name)
{
  GtkWidget *button;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (name != NULL);

  gtk_widget_set_tooltip_text (GTK_WIDGET (drop_down), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  button = find_descendant (GTK_WIDGET (drop_down), GTK_TYPE_TOGGLE_BUTTON);
  if (button == NULL)
    return;

  g_object_set_data_full (G_OBJECT (button), "weir-name", g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
  g_signal_connect_object (drop_down, "notify::selected-item", G_CALLBACK (selected_cb), button, 0);
  selected_cb (drop_down, NULL, button);
}

/**
 * weir_accessible_set_name:
 * @widget: a widget that may say by a relation what names it, as later libadwaita’s rows do by their title and later GTK’s
 *   buttons by their label
 * @name: its name, translated
 *
 * Names it, and by nothing else: of the two GTK takes the relation.
 */
void
weir_accessible_set_name (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_note (GtkAccessible *accessible, const char *text, gboolean is_error)
{
  gtk_accessible_update_state (
      accessible, GTK_ACCESSIBLE_STATE_INVALID,
      text != NULL && is_error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (text != NULL)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/**
 * weir_accessible_set_note:
 * @widget: an entry, or another row of a form
 * @text: (nullable): what is to be said of it, translated; %NULL: nothing is
 * @is_error: whether that is what is wrong with it
 *
 * Describes what has the focus when one writes: GTK’s relation to an error’s text does not come over AT-SPI. Of an entry
 * that is the entry; of a row it is the row with libadwaita 1.2, and the text inside of it later.
 */
void
weir_accessible_set_note (GtkWidget *widget, const char *text, gboolean is_error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  set_note (GTK_ACCESSIBLE (widget), text, is_error);
  if (GTK_IS_EDITABLE (widget) && !GTK_IS_ENTRY (widget))
    set_note (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (widget))), text, is_error);
}

/**
 * weir_accessible_name_table:
 * @view: a table that has all its columns
 * @name: what its rows are, translated
 */
void
weir_accessible_name_table (GtkColumnView *view, const char *name)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (name != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean is_list = GTK_IS_LIST_VIEW (child);

      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      is_list ? name : _ ("Column Titles"), -1);
      for (GtkWidget *title = is_list ? NULL : gtk_widget_get_first_child (child); title != NULL;
           title = gtk_widget_get_next_sibling (title))
        {
          GtkWidget *label = find_descendant (title, GTK_TYPE_LABEL);

          if (label != NULL)
            gtk_accessible_update_relation (GTK_ACCESSIBLE (title),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
        }
    }
}

/**
 * weir_accessible_name_row:
 * @child: the child of a #GtkListItem
 * @name: what the row says
 *
 * A row of GTK 4.8 has no name of its own.
 */
void
weir_accessible_name_row (GtkWidget *child, const char *name)
{
  GtkWidget *row;

  g_return_if_fail (GTK_IS_WIDGET (child));
  g_return_if_fail (name != NULL);

  row = gtk_widget_get_parent (child);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
