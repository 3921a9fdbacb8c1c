/* weir-change-rows.c: what changed, as a list that can be looked through
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-change-rows.h"

#include "weir-accessible.h"
#include "weir-scroll-proxy.h"
#include "weir-text-attributes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WeirChangeRows
{
  AdwBin parent_instance;

  GtkSingleSelection *selection;
  GtkWidget *list;
};

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirChangeRows, weir_change_rows, ADW_TYPE_BIN)

/* The mark says it; the colour only helps. */
static const char *const color_names[] = {
  [WEIR_JSON_CHANGE_INSIDE] = NULL,          [WEIR_JSON_CHANGE_ADDED] = "weir_success",
  [WEIR_JSON_CHANGE_REMOVED] = "weir_error", [WEIR_JSON_CHANGE_CHANGED] = "weir_warning",
  [WEIR_JSON_CHANGE_MOVED] = "weir_accent",
};

static void
setup_cb (WeirChangeRows *self, GtkListItem *item)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_direction (text, GTK_TEXT_DIR_LTR);
  /* in a higher place a text that is cut stands at its top */
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, text);
}

static void
bind_cb (WeirChangeRows *self, GtkListItem *item)
{
  WeirChange *change = gtk_list_item_get_item (item);
  GtkInscription *inscription = GTK_INSCRIPTION (gtk_list_item_get_child (item));
  const char *mark = weir_change_get_mark (change);
  g_autofree char *key = weir_change_dup_key (change);
  g_autofree char *value = weir_change_dup_text (change);
  g_autofree char *label = weir_change_dup_label (change);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  WeirJsonChangeKind kind = weir_change_get (change)->kind;
  gsize start;

  for (guint i = 0; i < weir_change_get_depth (change); i++)
    g_string_append (text, "  ");
  start = text->len;
  g_string_append (text, mark[0] != '\0' ? mark : " ");
  weir_text_attributes_add (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start,
                            text->len);
  weir_text_attributes_add_color (attributes, self->list, color_names[kind], start, text->len);
  g_string_append_printf (text, " %s  ", key);
  start = text->len;
  g_string_append (text, value);
  if (kind == WEIR_JSON_CHANGE_REMOVED)
    weir_text_attributes_add (attributes, pango_attr_strikethrough_new (TRUE), start, text->len);
  if (kind == WEIR_JSON_CHANGE_INSIDE)
    weir_text_attributes_add (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16 * 2 / 3),
                              start, text->len);
  else
    weir_text_attributes_add_color (attributes, self->list, color_names[kind], start, text->len);

  gtk_inscription_set_text (inscription, text->str);
  gtk_inscription_set_attributes (inscription, attributes);
  weir_accessible_name_row (GTK_WIDGET (inscription), label);
}

/* Also when the colours are others: the rows are made again. */
static void
set_factory (WeirChangeRows *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
}

static void
selected_cb (WeirChangeRows *self)
{
  g_signal_emit (self, signals[SELECTED], 0,
                 gtk_single_selection_get_selected_item (self->selection));
}

static void
weir_change_rows_dispose (GObject *object)
{
  WeirChangeRows *self = WEIR_CHANGE_ROWS (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (weir_change_rows_parent_class)->dispose (object);
}

static void
weir_change_rows_class_init (WeirChangeRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_change_rows_dispose;

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, WEIR_TYPE_CHANGE);
}

static void
weir_change_rows_init (WeirChangeRows *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb),
                            self);
  self->list = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), NULL);
  set_factory (self);
  weir_text_attributes_watch (GTK_WIDGET (self), G_CALLBACK (set_factory));
  gtk_widget_add_css_class (self->list, "weir-json");
  gtk_widget_add_css_class (self->list, "weir-changes");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Changes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  weir_scroll_proxy_fill (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/**
 * weir_change_rows_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
weir_change_rows_new (void)
{
  return g_object_new (WEIR_TYPE_CHANGE_ROWS, NULL);
}

/**
 * weir_change_rows_set_diff:
 * @self: the list
 * @diff: (nullable): what to show
 */
void
weir_change_rows_set_diff (WeirChangeRows *self, WeirJsonDiff *diff)
{
  g_autoptr (WeirChangeList) list = NULL;

  g_return_if_fail (WEIR_IS_CHANGE_ROWS (self));

  if (diff != NULL)
    list = weir_change_list_new (diff);
  /* first nothing: a list looks for the selected row among the new ones */
  gtk_single_selection_set_model (self->selection, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (list));
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  selected_cb (self);
}
