/* weir-json-view.c: JSON as a tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-json-view.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-json-node.h"
#include "weir-json-search.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-panes.h"
#include "weir-query-edit.h"
#include "weir-scroll-proxy.h"
#include "weir-text-attributes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is opened again in a newer version; a tree with more open than this has been opened by machine. */
#define MAX_OPEN 2000
/* Text in the pane below; more is in the raw view. */
#define MAX_SHOWN (16 * 1024)
/* A longer value is nothing to look for. */
#define MAX_TERM 500

struct _WeirJsonView
{
  AdwBin parent_instance;

  GBytes *bytes; /* (nullable) */
  WeirJson value;
  gboolean is_payload;    /* of an event: a query can ask for it */
  GtkTreeListModel *tree; /* (nullable) not owned: the selection's */
  GtkSingleSelection *selection;
  GCancellable *cancellable; /* (nullable) of a search */

  GtkWidget *list;
  GtkScrolledWindow *scroller;
  GtkWidget *menu;
  GtkWidget *pane; /* the selected value */
  GtkLabel *path;
  GtkLabel *text;
};

enum
{
  NOT_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirJsonView, weir_json_view, ADW_TYPE_BIN)

/* The colour of the theme for each type. The value's own form tells it as well: quotes, digits, brackets. */
static const char *const color_names[] = {
  [WEIR_JSON_NULL] = NULL,
  [WEIR_JSON_BOOLEAN] = "weir_purple",
  [WEIR_JSON_NUMBER] = "weir_accent",
  [WEIR_JSON_STRING] = "weir_success",
  [WEIR_JSON_ARRAY] = NULL,
  [WEIR_JSON_OBJECT] = NULL,
};

static GListModel *
create_children_cb (gpointer item, gpointer user_data)
{
  return weir_json_node_create_children (item);
}

static WeirJsonNode *
dup_selected (WeirJsonView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  return row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
}

/* One widget for key and value: two hundred rows are made at once. */
static void
setup_cb (WeirJsonView *self, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_direction (text, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (expander, GTK_TEXT_DIR_LTR);
  /* in a higher place a text that is cut stands at its top */
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), text);
  gtk_list_item_set_child (item, expander);
}

static PangoAttrList *
create_attributes (WeirJsonView *self, WeirJsonType type, gsize key, gsize end)
{
  PangoAttrList *list = pango_attr_list_new ();

  weir_text_attributes_add (list, pango_attr_weight_new (PANGO_WEIGHT_MEDIUM), 0, key);
  if (color_names[type] == NULL)
    weir_text_attributes_add (list, pango_attr_foreground_alpha_new (G_MAXUINT16 * 2 / 3), key,
                              end);
  else
    weir_text_attributes_add_color (list, self->list, color_names[type], key, end);

  return list;
}

static void
bind_cb (WeirJsonView *self, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  g_autoptr (WeirJsonNode) node = gtk_tree_list_row_get_item (row);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkInscription *inscription = GTK_INSCRIPTION (gtk_tree_expander_get_child (expander));
  g_autofree char *name = weir_json_node_dup_key (node);
  g_autofree char *summary = weir_json_node_dup_summary (node);
  g_autofree char *text = g_strdup_printf ("%s  %s", name, summary);
  g_autofree char *label = weir_format_labelled (name, summary);
  g_autoptr (PangoAttrList) attributes = NULL;

  attributes = create_attributes (self, weir_json_get_type (weir_json_node_get_value (node)),
                                  strlen (name), strlen (text));
  gtk_tree_expander_set_list_row (expander, row);
  /* its arrow, too */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (expander)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_direction (child, GTK_TEXT_DIR_LTR);
  gtk_inscription_set_text (inscription, text);
  gtk_inscription_set_attributes (inscription, attributes);
  weir_accessible_name_row (GTK_WIDGET (expander), label);
}

static void
unbind_cb (WeirJsonView *self, GtkListItem *item)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
}

/* Also when the colours are others: the rows are made again. */
static void
set_factory (WeirJsonView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
}

static void
copy_value_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (WeirJsonNode) node = dup_selected (WEIR_JSON_VIEW (widget));
  g_autofree char *text = NULL;

  if (node == NULL)
    return;

  text = weir_json_node_dup_copy (node);
  weir_copy (widget, text, _ ("Copied the value"));
}

static void
copy_path_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (WeirJsonNode) node = dup_selected (WEIR_JSON_VIEW (widget));
  g_autofree char *path = NULL;

  if (node == NULL)
    return;

  path = weir_json_node_dup_path (node);
  weir_copy (widget, path, _ ("Copied the path"));
}

/* The field and the value of a query's term that asks for the selected value. */
static char *
dup_selected_term (WeirJsonView *self, char **value)
{
  g_autoptr (WeirJsonNode) node = dup_selected (self);
  char *field = node != NULL && self->is_payload ? weir_json_node_dup_term (node) : NULL;

  *value = NULL;
  if (field == NULL)
    return NULL;
  if (weir_json_node_get_value (node).length > MAX_TERM)
    {
      g_free (field);
      return NULL;
    }
  *value = weir_json_node_dup_copy (node);

  return field;
}

static void
copy_term_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *value = NULL;
  g_autofree char *field = dup_selected_term (WEIR_JSON_VIEW (widget), &value);
  g_autofree char *term = NULL;

  if (field == NULL)
    return;

  term = weir_query_edit_dup_term (field, value, FALSE);
  weir_copy (widget, term, _ ("Copied as query term"));
}

static void
filter_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *value = NULL;
  g_autofree char *field = dup_selected_term (WEIR_JSON_VIEW (widget), &value);

  if (field != NULL)
    weir_navigate_add_term (widget, "timeline", field, value);
}

/* What cannot be asked for has no term. */
static void
update_actions (WeirJsonView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (WeirJsonNode) node = dup_selected (self);
  g_autofree char *value = NULL;
  g_autofree char *field = dup_selected_term (self, &value);

  gtk_widget_action_set_enabled (widget, "json.copy-value", node != NULL);
  gtk_widget_action_set_enabled (widget, "json.copy-path", node != NULL);
  gtk_widget_action_set_enabled (widget, "json.copy-term", field != NULL);
  gtk_widget_action_set_enabled (widget, "json.filter", field != NULL);
}

static void
selected_cb (WeirJsonView *self)
{
  g_autoptr (WeirJsonNode) node = dup_selected (self);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->pane, node != NULL);
  update_actions (self);
  if (node == NULL)
    return;

  path = weir_json_node_dup_path (node);
  if (weir_json_node_is_container (node) || weir_json_node_get_value (node).length > MAX_SHOWN)
    text = weir_json_node_dup_summary (node);
  else
    text = weir_json_node_dup_copy (node);
  gtk_label_set_label (self->path, path);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->path), path);
  gtk_label_set_label (self->text, text);
}

static void
popup_menu (WeirJsonView *self, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirJsonView *self = WEIR_JSON_VIEW (widget);

  weir_popover_point_at_row (GTK_POPOVER (self->menu), self->list);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* One gesture for all rows: one each would make them slower to make. */
static void
pressed_cb (WeirJsonView *self, int n_press, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (self->list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *expander =
      picked != NULL ? gtk_widget_get_ancestor (picked, GTK_TYPE_TREE_EXPANDER) : NULL;
  GtkTreeListRow *row;
  double view_x;
  double view_y;

  /* the row around it */
  if (expander == NULL && picked != NULL
      && GTK_IS_TREE_EXPANDER (gtk_widget_get_first_child (picked)))
    expander = gtk_widget_get_first_child (picked);
  if (expander == NULL)
    return;

  row = gtk_tree_expander_get_list_row (GTK_TREE_EXPANDER (expander));
  gtk_single_selection_set_selected (self->selection, gtk_tree_list_row_get_position (row));
  gtk_widget_translate_coordinates (self->list, GTK_WIDGET (self), x, y, &view_x, &view_y);
  popup_menu (self, view_x, view_y);
}

static void
activate_cb (WeirJsonView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->tree), position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* The list itself would move the focus about inside of the row. */
static gboolean
key_cb (WeirJsonView *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (row == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Right)
    {
      gtk_tree_list_row_set_expanded (row, TRUE);
      return GDK_EVENT_STOP;
    }
  if (keyval != GDK_KEY_Left)
    return GDK_EVENT_PROPAGATE;

  parent = gtk_tree_list_row_get_parent (row);
  if (gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, FALSE);
    }
  else if (parent != NULL)
    {
      guint position = gtk_tree_list_row_get_position (parent);

      gtk_single_selection_set_selected (self->selection, position);
      gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
    }

  return GDK_EVENT_STOP;
}

static GHashTable *
collect_open (WeirJsonView *self)
{
  GHashTable *open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = self->tree != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->tree)) : 0;

  for (guint i = 0; i < MIN (n, MAX_OPEN); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);

      if (gtk_tree_list_row_get_expanded (row))
        {
          g_autoptr (WeirJsonNode) node = gtk_tree_list_row_get_item (row);

          g_hash_table_add (open, weir_json_node_dup_path (node));
        }
    }

  return open;
}

static void
open_again (WeirJsonView *self, GHashTable *open, const char *selected)
{
  if (g_hash_table_size (open) == 0 && selected == NULL)
    return;

  /* the list grows as rows open */
  for (guint i = 0; i < MIN (g_list_model_get_n_items (G_LIST_MODEL (self->tree)), MAX_OPEN); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      g_autoptr (WeirJsonNode) node = gtk_tree_list_row_get_item (row);
      g_autofree char *path = weir_json_node_dup_path (node);

      if (g_hash_table_contains (open, path))
        gtk_tree_list_row_set_expanded (row, TRUE);
      if (g_strcmp0 (path, selected) == 0)
        gtk_single_selection_set_selected (self->selection, i);
    }
}

static void
weir_json_view_dispose (GObject *object)
{
  WeirJsonView *self = WEIR_JSON_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  self->tree = NULL;
  g_clear_pointer (&self->bytes, g_bytes_unref);

  G_OBJECT_CLASS (weir_json_view_parent_class)->dispose (object);
}

static void
weir_json_view_class_init (WeirJsonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_json_view_dispose;

  signals[NOT_FOUND] = g_signal_new ("not-found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "json.copy-value", NULL, copy_value_cb);
  gtk_widget_class_install_action (widget_class, "json.copy-path", NULL, copy_path_cb);
  gtk_widget_class_install_action (widget_class, "json.copy-term", NULL, copy_term_cb);
  gtk_widget_class_install_action (widget_class, "json.filter", NULL, filter_cb);
  gtk_widget_class_install_action (widget_class, "json.menu", NULL, menu_cb);
  weir_keys_bind (widget_class, "json.");
}

static GtkWidget *
create_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption-heading");

  return button;
}

static GtkWidget *
create_pane (WeirJsonView *self)
{
  GtkWidget *pane = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->path = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->path, 0);
  gtk_label_set_ellipsize (self->path, PANGO_ELLIPSIZE_START);
  gtk_widget_set_hexpand (GTK_WIDGET (self->path), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->path), "caption");
  weir_text_set_code (GTK_WIDGET (self->path), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->path), "dim-label");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->path));
  gtk_box_append (GTK_BOX (head), create_button (_ ("Copy Value"), "json.copy-value"));
  gtk_box_append (GTK_BOX (head), create_button (_ ("Copy Path"), "json.copy-path"));
  /* Translators: a button: what is under the cursor becomes the query */
  gtk_box_append (GTK_BOX (head), create_button (_ ("Filter"), "json.filter"));

  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_yalign (self->text, 0);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->text, TRUE);
  weir_text_set_code (GTK_WIDGET (self->text), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 140);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->text));

  gtk_widget_add_css_class (pane, "weir-value-pane");
  gtk_box_append (GTK_BOX (pane), head);
  gtk_box_append (GTK_BOX (pane), scroller);
  gtk_widget_set_visible (pane, FALSE);

  return pane;
}

static GtkWidget *
create_menu (WeirJsonView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) filter = g_menu_new ();
  GtkWidget *popover;

  weir_keys_append (copy, _ ("Copy _Value"), "json.copy-value");
  weir_keys_append (copy, _ ("Copy _Path"), "json.copy-path");
  weir_keys_append (copy, _ ("Copy as _Query Term"), "json.copy-term");
  weir_keys_append (filter, _ ("_Filter by This Value"), "json.filter");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (filter));
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));

  return popover;
}

static void
weir_json_view_init (WeirJsonView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb),
                            self);
  self->list = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), NULL);
  set_factory (self);
  weir_text_attributes_watch (GTK_WIDGET (self), G_CALLBACK (set_factory));
  gtk_widget_add_css_class (self->list, "weir-json");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Attributes"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->list, keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (click));

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  weir_scroll_proxy_fill (self->scroller, self->list);
  self->pane = create_pane (self);
  self->menu = create_menu (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scroller));
  gtk_box_append (GTK_BOX (box), self->pane);
  adw_bin_set_child (ADW_BIN (self), box);
  update_actions (self);
}

/**
 * weir_json_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_json_view_new (void)
{
  return g_object_new (WEIR_TYPE_JSON_VIEW, NULL);
}

/**
 * weir_json_view_set_json:
 * @self: the view
 * @bytes: (nullable): what holds the value; %NULL shows nothing
 * @value: a value inside @bytes
 * @keep: whether it is a newer version of what is shown: what is open, selected and scrolled to stays so
 */
void
weir_json_view_set_json (WeirJsonView *self, GBytes *bytes, WeirJson value, gboolean keep)
{
  g_autoptr (GHashTable) open = NULL;
  g_autoptr (WeirJsonNode) root = NULL;
  g_autofree char *selected = NULL;
  GListModel *children;
  double scrolled;

  g_return_if_fail (WEIR_IS_JSON_VIEW (self));

  if (self->bytes != NULL && bytes != NULL && value.length == self->value.length
      && (value.text == self->value.text
          || memcmp (value.text, self->value.text, value.length) == 0))
    return;

  scrolled = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  if (keep)
    {
      g_autoptr (WeirJsonNode) node = dup_selected (self);

      open = collect_open (self);
      selected = node != NULL ? weir_json_node_dup_path (node) : NULL;
    }

  g_cancellable_cancel (self->cancellable);
  gtk_single_selection_set_model (self->selection, NULL);
  self->tree = NULL;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->value = value;
  if (bytes == NULL)
    return;

  self->bytes = g_bytes_ref (bytes);
  root = weir_json_node_new (bytes, value);
  children = weir_json_node_create_children (root);
  if (children == NULL)
    {
      /* a lone value is its own only row */
      GListStore *store = g_list_store_new (WEIR_TYPE_JSON_NODE);

      g_list_store_append (store, root);
      children = G_LIST_MODEL (store);
    }
  self->tree = gtk_tree_list_model_new (children, FALSE, FALSE, create_children_cb, NULL, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->tree));
  g_object_unref (self->tree);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  if (keep)
    open_again (self, open, selected);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller),
                            keep ? scrolled : 0);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirJsonView) self = user_data;
  g_autoptr (GError) error = NULL;
  int position = weir_json_search_finish (GTK_TREE_LIST_MODEL (source), result, &error);

  if (error != NULL || self->tree != GTK_TREE_LIST_MODEL (source))
    return;
  if (position < 0)
    {
      g_signal_emit (self, signals[NOT_FOUND], 0);
      return;
    }

  gtk_single_selection_set_selected (self->selection, (guint) position);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", (guint) position);
}

/**
 * weir_json_view_search:
 * @self: the view
 * @text: what to look for in names and values
 *
 * Opens the tree at the next place that has it, or emits "not-found".
 */
void
weir_json_view_search (WeirJsonView *self, const char *text)
{
  g_autoptr (WeirJsonNode) node = NULL;
  const char *from = NULL;

  g_return_if_fail (WEIR_IS_JSON_VIEW (self));
  g_return_if_fail (text != NULL);

  if (self->tree == NULL || *text == '\0')
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  node = dup_selected (self);
  /* what is inside of the selected one is still to be looked through */
  if (node != NULL)
    from = weir_json_node_is_container (node) ? weir_json_node_get_value (node).text
                                              : weir_json_node_get_end (node);
  weir_json_search_async (self->tree, self->bytes, self->value, text, from, self->cancellable,
                          searched_cb, g_object_ref (self));
}

/**
 * weir_json_view_set_is_payload:
 * @self: the view
 * @is_payload: whether what is shown is an event's payload, which queries can ask for
 */
void
weir_json_view_set_is_payload (WeirJsonView *self, gboolean is_payload)
{
  g_return_if_fail (WEIR_IS_JSON_VIEW (self));

  self->is_payload = is_payload;
  update_actions (self);
}
