/* weir-help.c: help without a network and without another program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window of its own that stays open beside the one it explains: its topics, a search in them, and the text of one.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-help.h"

#include "weir-help-text.h"
#include "weir-keys.h"
#include "weir-list-bin.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define TOPIC "weir-help-topic"
#define WIDTH 860
#define HEIGHT 640
#define SIDEBAR_WIDTH 220
#define TEXT_WIDTH 620

#define WEIR_TYPE_HELP_WINDOW (weir_help_window_get_type ())
G_DECLARE_FINAL_TYPE (WeirHelpWindow, weir_help_window, WEIR, HELP_WINDOW, AdwWindow)

struct _WeirHelpWindow
{
  AdwWindow parent_instance;

  char **words; /* of the search, case-folded */
  guint shown;
  GtkLabel *first; /* text of what is shown */

  AdwLeaflet *leaflet;
  GtkEditable *search;
  GtkListBox *list;
  GtkLabel *nothing; /* is found */
  GtkWidget *content;
  AdwWindowTitle *title;
  GtkScrolledWindow *scroller;
};

G_DEFINE_FINAL_TYPE (WeirHelpWindow, weir_help_window, ADW_TYPE_WINDOW)

static GtkWidget *
add_label (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return label;
}

/* A screen reader goes from heading to heading. */
static void
add_heading (GtkBox *box, const char *text, int level)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, level, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (label, level == 1 ? "title-1" : "title-4");
  gtk_widget_set_margin_top (label, level == 1 ? 0 : 12);
  gtk_box_append (box, label);
}

/* (nullable) */
static const char *
get_term (const WeirHelpBlock *block)
{
  if (block->term == NULL)
    return NULL;

  return block->context != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, block->context, block->term)
                                : _ (block->term);
}

/* Returns: (transfer none) (nullable): its text */
static GtkLabel *
add_block (GtkBox *box, const WeirHelpBlock *block)
{
  GtkBox *part;
  GtkLabel *text;

  if (block->text == NULL)
    {
      add_heading (box, get_term (block), 2);
      return NULL;
    }

  part = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  if (block->code != NULL)
    add_label (part, block->code, "weir-code");
  else if (block->term != NULL)
    add_label (part, get_term (block), "heading");
  /* what takes the focus can be read letter by letter, and is scrolled to */
  text = GTK_LABEL (add_label (part, _ (block->text), NULL));
  gtk_label_set_selectable (text, TRUE);
  gtk_box_append (box, GTK_WIDGET (part));

  return text;
}

static void
add_key (GtkBox *box, const WeirKey *key)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *accelerator = g_strjoinv (" ", (char **) key->keys);
  GtkWidget *keys = gtk_shortcut_label_new (accelerator);
  GtkWidget *label = gtk_label_new (weir_key_get_title (key));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), keys);
  gtk_box_append (box, row);
}

static void
add_keys (GtkBox *box, const WeirHelpTopic *topic)
{
  guint n_keys;
  const WeirKey *keys = weir_keys_get (&n_keys);

  add_heading (box, _ ("Keys"), 2);
  for (guint i = 0; topic->keys[i] != NULL; i++)
    for (guint j = 0; j < n_keys; j++)
      if (weir_key_is_told (&keys[j]) && g_str_equal (keys[j].group, topic->keys[i]))
        add_key (box, &keys[j]);
}

static void
show_topic (WeirHelpWindow *self, guint index)
{
  guint n_topics;
  const WeirHelpTopic *topic = &weir_help_topics (&n_topics)[index];
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  GtkWidget *clamp = adw_clamp_new ();

  self->shown = index;
  add_heading (box, _ (topic->title), 1);
  self->first = add_block (box, topic->blocks);
  for (const WeirHelpBlock *block = topic->blocks + 1; block->term != NULL || block->text != NULL;
       block++)
    add_block (box, block);
  add_keys (box, topic);

  gtk_widget_set_margin_top (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (box), 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), TEXT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (box));
  gtk_scrolled_window_set_child (self->scroller, clamp);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  adw_window_title_set_subtitle (self->title, _ (topic->title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (topic->title), -1);
}

/* All words of the search are somewhere in the topic. */
static gboolean
is_found (WeirHelpWindow *self, const WeirHelpTopic *topic)
{
  g_autoptr (GString) text = g_string_new (_ (topic->title));
  g_autofree char *folded = NULL;

  for (const WeirHelpBlock *block = topic->blocks; block->term != NULL || block->text != NULL;
       block++)
    g_string_append_printf (text, "\n%s\n%s\n%s", block->term != NULL ? get_term (block) : "",
                            block->code != NULL ? block->code : "",
                            block->text != NULL ? _ (block->text) : "");
  folded = g_utf8_casefold (text->str, -1);
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static GtkListBoxRow *
find_first (WeirHelpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row)))
      return row;

  return NULL;
}

static void
search_cb (WeirHelpWindow *self)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  guint n_topics;
  const WeirHelpTopic *topics = weir_help_topics (&n_topics);
  GtkListBoxRow *selected;

  g_strfreev (self->words);
  self->words = g_strsplit_set (folded, " \t", -1);
  /* what a list box filters out a screen reader would read */
  for (guint i = 0; i < n_topics; i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)),
                            is_found (self, &topics[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), find_first (self) == NULL);
  selected = gtk_list_box_get_selected_row (self->list);
  if ((selected == NULL || !gtk_widget_get_visible (GTK_WIDGET (selected)))
      && find_first (self) != NULL)
    gtk_list_box_select_row (self->list, find_first (self));
}

static void
search_done_cb (WeirHelpWindow *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row == NULL)
    return;

  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Not to the text, which is nearer. */
static gboolean
search_key_cb (WeirHelpWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  search_done_cb (self);

  return GDK_EVENT_STOP;
}

/* The first press gives up the search, the next the window. */
static void
stop_search_cb (WeirHelpWindow *self)
{
  if (gtk_editable_get_text (self->search)[0] != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
selected_cb (WeirHelpWindow *self, GtkListBoxRow *row)
{
  if (row != NULL && (guint) gtk_list_box_row_get_index (row) != self->shown)
    show_topic (self, (guint) gtk_list_box_row_get_index (row));
}

/* It may not be shown yet. A label that takes the focus chooses all of its text, and asks who had it before even if that
 * is gone: the text of another topic. */
static void
focus_text (WeirHelpWindow *self)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
  gtk_label_select_region (self->first, 0, 0);
}

/* On the topic, or where it is not beside its text on that: a row that gets hidden would hand the focus on to the next
 * one, and select it. */
static void
focus_topic (WeirHelpWindow *self)
{
  if (adw_leaflet_get_folded (self->leaflet)
      && adw_leaflet_get_visible_child (self->leaflet) == self->content)
    focus_text (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
}

static void
folded_cb (WeirHelpWindow *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    focus_topic (self);
}

static void
activated_cb (WeirHelpWindow *self, GtkListBoxRow *row)
{
  selected_cb (self, row);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  focus_text (self);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirHelpWindow *self = WEIR_HELP_WINDOW (widget);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  focus_topic (self);
}

static void
search_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirHelpWindow *self = WEIR_HELP_WINDOW (widget);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
weir_help_window_finalize (GObject *object)
{
  g_strfreev (WEIR_HELP_WINDOW (object)->words);

  G_OBJECT_CLASS (weir_help_window_parent_class)->finalize (object);
}

static void
weir_help_window_class_init (WeirHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = weir_help_window_finalize;

  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "help.close", NULL, close_cb);
  weir_keys_bind (widget_class, "help.");
}

static GtkWidget *
create_row (const WeirHelpTopic *topic)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (_ (topic->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (topic->title), -1);

  return row;
}

static GtkWidget *
create_sidebar (WeirHelpWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  guint n_topics;
  const WeirHelpTopic *topics = weir_help_topics (&n_topics);

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Help"), NULL));
  g_object_bind_property (self->leaflet, "folded", header, "show-end-title-buttons",
                          G_BINDING_SYNC_CREATE);

  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Search in the help"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search in the help"), -1);
  gtk_widget_set_margin_start (GTK_WIDGET (self->search), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self->search), 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self->search), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->search), 6);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_done_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);

  self->nothing = GTK_LABEL (gtk_label_new (_ ("Nothing found")));
  gtk_widget_add_css_class (GTK_WIDGET (self->nothing), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), FALSE);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Topics"), -1);
  for (guint i = 0; i < n_topics; i++)
    gtk_list_box_append (self->list, create_row (&topics[i]));
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), weir_list_bin_new (self->list));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (box, SIDEBAR_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nothing));
  gtk_box_append (GTK_BOX (box), scroller);

  return box;
}

static GtkWidget *
create_content (WeirHelpWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_ ("Help"), NULL));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  weir_keys_set_tooltip (back, "help.back", _ ("Topics"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "help.back");
  g_object_bind_property (self->leaflet, "folded", back, "visible", G_BINDING_SYNC_CREATE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_size_request (box, 340, -1);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scroller));

  return box;
}

/* Before a text takes it: a label’s cursor goes a letter on by Ctrl+F. */
static void
catch_search_key (WeirHelpWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (weir_keys_find ("help.search")->keys[0]),
                        gtk_named_action_new ("help.search")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
weir_help_window_init (WeirHelpWindow *self)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->shown = G_MAXUINT;
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  adw_leaflet_append (self->leaflet, create_sidebar (self));
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, separator), FALSE);
  self->content = create_content (self);
  adw_leaflet_append (self->leaflet, self->content);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->leaflet, "notify::visible-child", G_CALLBACK (folded_cb), self);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->leaflet));
  catch_search_key (self);
}

static gboolean
help_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  weir_help_present (GTK_WINDOW (widget), g_object_get_data (G_OBJECT (widget), TOPIC));

  return TRUE;
}

/**
 * weir_help_set_topic:
 * @window: a dialog
 * @topic: what it is about; not copied
 *
 * Has the dialog open the help on the same key as the main window does.
 */
void
weir_help_set_topic (GtkWindow *window, const char *topic)
{
  GtkEventController *controller;
  GtkShortcutTrigger *trigger;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (topic != NULL);

  g_object_set_data (G_OBJECT (window), TOPIC, (gpointer) topic);
  trigger = gtk_shortcut_trigger_parse_string (weir_keys_find ("app.help")->keys[0]);
  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (trigger, gtk_callback_action_new (help_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

/**
 * weir_help_present:
 * @parent: the window it explains
 * @topic: what is to be read
 *
 * There is one window of help; it is taken along.
 */
void
weir_help_present (GtkWindow *parent, const char *topic)
{
  static WeirHelpWindow *window;
  g_autoptr (GtkWindowGroup) group = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (topic != NULL);

  if (GTK_WINDOW (window) == parent)
    return;

  if (window == NULL)
    {
      window = g_object_new (WEIR_TYPE_HELP_WINDOW, "title", _ ("Help"), "default-width", WIDTH,
                             "default-height", HEIGHT, "destroy-with-parent", TRUE, NULL);
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
    }
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  /* a group of its own: what a dialog is modal for, it is not for its explanation */
  group = gtk_window_group_new ();
  gtk_window_group_add_window (group, GTK_WINDOW (window));

  gtk_editable_set_text (window->search, "");
  search_cb (window);
  row = gtk_list_box_get_row_at_index (window->list, (int) weir_help_find (topic));
  gtk_list_box_select_row (window->list, row);
  adw_leaflet_set_visible_child (window->leaflet, window->content);
  /* before it is shown: else the first text takes the focus for a moment, and stays chosen */
  focus_topic (window);
  gtk_window_present (GTK_WINDOW (window));
}
