/* weir-drop-down.c: a drop-down that can be narrower than what is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkDropDown's own takes as much room as its text needs, which large texts may not leave.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-drop-down.h"

#include "weir-column-fit.h"

/* of what is chosen, and of what can be */
#define CHOSEN_CHARS 13
#define LIST_CHARS 24
#define MAX_LIST_CHARS 36

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (list_item));

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
}

/* What is chosen may be as long as it likes: it is cut, and the button does not grow. But what narrows nothing says what
 * the button is for, and that is to be read. */
static void
fit_filter (GtkWidget *inscription, const char *label)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (inscription));
  /* a button has bold letters, which a widget that was not drawn yet knows nothing of */
  guint needed = (weir_text_count_chars (inscription, label) * 6 + 4) / 5;
  gboolean chosen = g_strcmp0 (text, label) != 0;

  g_object_set (inscription, "min-chars", chosen ? MIN (needed, CHOSEN_CHARS) : needed, "nat-chars",
                chosen ? MAX (needed, CHOSEN_CHARS) : needed, NULL);
}

static void
setup_filter_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const char *label)
{
  GtkWidget *inscription =
      g_object_new (GTK_TYPE_INSCRIPTION, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, "nat-lines",
                    1, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  /* only there it has the button's font */
  g_signal_connect_data (inscription, "map", G_CALLBACK (fit_filter), g_strdup (label),
                         (GClosureNotify) g_free, 0);
  gtk_list_item_set_child (list_item, inscription);
}

/* Of five that begin with “All” not much would be left beside each other. */
static void
bind_filter_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const char *label)
{
  GtkWidget *inscription = gtk_list_item_get_child (list_item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (list_item));

  if (gtk_list_item_get_position (list_item) == 0)
    text = label;
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_widget_set_tooltip_text (inscription, text);
  fit_filter (inscription, label);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), LIST_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_LIST_CHARS);
  gtk_list_item_set_child (list_item, label);
}

static GtkListItemFactory *
create_factory (GCallback setup, GCallback bind, const char *label)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_data (factory, "setup", setup, g_strdup (label), (GClosureNotify) g_free, 0);
  g_signal_connect_data (factory, "bind", bind, g_strdup (label), (GClosureNotify) g_free, 0);

  return factory;
}

/**
 * weir_drop_down_new:
 * @strings: (nullable) (transfer full): what can be chosen, a #GtkStringList
 *
 * Returns: (transfer floating): a drop-down that cuts what is chosen where there is no room for it
 */
GtkDropDown *
weir_drop_down_new (GListModel *strings)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (gtk_drop_down_new (strings, NULL));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  /* its list stays as it is */
  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, factory);
  g_object_unref (factory);

  return drop_down;
}

/**
 * weir_drop_down_new_filter:
 * @strings: what can be chosen, of which the first is everything
 * @label: what is chosen: “Account”
 *
 * Returns: (transfer floating): a drop-down that says what it is for until something is chosen in it
 */
GtkDropDown *
weir_drop_down_new_filter (GListModel *strings, const char *label)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (strings), NULL));
  g_autoptr (GtkListItemFactory) button =
      create_factory (G_CALLBACK (setup_filter_cb), G_CALLBACK (bind_filter_cb), label);
  g_autoptr (GtkListItemFactory) rows =
      create_factory (G_CALLBACK (setup_row_cb), G_CALLBACK (bind_cb), label);

  gtk_drop_down_set_factory (drop_down, button);
  gtk_drop_down_set_list_factory (drop_down, rows);

  return drop_down;
}

static void
check_cb (GtkListItem *list_item, GParamSpec *pspec, AdwComboRow *row)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  gpointer item = gtk_list_item_get_item (list_item);

  if (box != NULL && item != NULL)
    gtk_widget_set_opacity (gtk_widget_get_last_child (box),
                            item == adw_combo_row_get_selected_item (row) ? 1 : 0);
}

static void
setup_choice_cb (AdwComboRow *row, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_LIST_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (list_item, box);
  g_signal_connect_object (row, "notify::selected-item", G_CALLBACK (check_cb), list_item,
                           G_CONNECT_SWAPPED);
}

static void
bind_choice_cb (AdwComboRow *row, GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (list_item));

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), text);
  check_cb (list_item, NULL, row);
}

/**
 * weir_drop_down_fit_row:
 * @row: a row to choose one of some strings in
 *
 * Its list cuts them at 20 letters, however much room there is.
 */
void
weir_drop_down_fit_row (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (ADW_IS_COMBO_ROW (row));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_choice_cb), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_choice_cb), row, G_CONNECT_SWAPPED);
  adw_combo_row_set_list_factory (row, factory);
}
