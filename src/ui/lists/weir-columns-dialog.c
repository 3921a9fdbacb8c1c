/* weir-columns-dialog.c: which columns a table shows, to be chosen
 *
 * What is chosen is seen at once, behind the dialog.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-columns-dialog.h"
#include "weir-accessible.h"

#include "weir-dialog-title.h"
#include "weir-help.h"

#include <glib/gi18n-lib.h>

struct _WeirColumnsDialog
{
  AdwWindow parent_instance;

  WeirColumnLayout *layout;
  GtkListBox *list;
  gboolean quiet; /* rows are being made */
};

G_DEFINE_FINAL_TYPE (WeirColumnsDialog, weir_columns_dialog, ADW_TYPE_WINDOW)

static void fill (WeirColumnsDialog *self);

static guint
get_position (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static void
toggled_cb (WeirColumnsDialog *self, GtkCheckButton *check)
{
  if (!self->quiet)
    weir_column_layout_set_shown (self->layout, get_position (GTK_WIDGET (check)),
                                  gtk_check_button_get_active (check));
}

/* Focus stays with the column that moves, so that it can be moved on. */
static gboolean
move (WeirColumnsDialog *self, guint from, int by)
{
  int to = (int) from + by;

  if (to < 0 || to >= (int) weir_column_layout_get_n_columns (self->layout))
    return FALSE;

  weir_column_layout_move (self->layout, from, (guint) to);
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, to)));

  return TRUE;
}

/* All rows are others then; the button that was pressed can be pressed again, as long as it goes on. */
static void
press (WeirColumnsDialog *self, GtkWidget *button, int by)
{
  const char *name = by < 0 ? "weir-up" : "weir-down";
  int to = (int) get_position (button) + by;
  GtkWidget *again;

  if (!move (self, (guint) (to - by), by))
    return;
  again = g_object_get_data (G_OBJECT (gtk_list_box_get_row_at_index (self->list, to)), name);
  if (gtk_widget_get_sensitive (again))
    gtk_widget_grab_focus (again);
}

static void
up_cb (WeirColumnsDialog *self, GtkWidget *button)
{
  press (self, button, -1);
}

static void
down_cb (WeirColumnsDialog *self, GtkWidget *button)
{
  press (self, button, 1);
}

static gboolean
move_key_cb (GtkWidget *widget, GVariant *by, gpointer user_data)
{
  WeirColumnsDialog *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return FALSE;

  return move (self, get_position (focus), g_variant_get_int32 (by));
}

static void
reset_cb (WeirColumnsDialog *self)
{
  weir_column_layout_reset (self->layout);
  fill (self);
}

static GtkWidget *
create_button (WeirColumnsDialog *self, const char *icon_name, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  weir_accessible_set_name (button, name);
  g_signal_connect_swapped (button, "clicked", callback, self);

  return button;
}

static GtkWidget *
create_row (WeirColumnsDialog *self, guint position)
{
  const WeirColumn *column = weir_column_layout_get_column (self->layout, position);
  guint n = weir_column_layout_get_n_columns (self->layout);
  const char *title = _ (column->title);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  /* Translators: %s is the title of a column */
  g_autofree char *up_name = g_strdup_printf (_ ("Move %s Up"), title);
  /* Translators: %s is the title of a column */
  g_autofree char *down_name = g_strdup_printf (_ ("Move %s Down"), title);
  GtkWidget *up;
  GtkWidget *down;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               weir_column_layout_get_shown (self->layout, position));
  /* a row without it would not say what it is of */
  if (column->flags & WEIR_COLUMN_MAIN)
    {
      gtk_widget_set_sensitive (check, FALSE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Always shown"));
    }
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);

  up = create_button (self, "go-up-symbolic", up_name, G_CALLBACK (up_cb));
  down = create_button (self, "go-down-symbolic", down_name, G_CALLBACK (down_cb));
  gtk_widget_set_sensitive (up, position > 0);
  gtk_widget_set_sensitive (down, position + 1 < n);
  g_object_set_data (G_OBJECT (row), "weir-up", up);
  g_object_set_data (G_OBJECT (row), "weir-down", down);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), up);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), down);

  return row;
}

static void
fill (WeirColumnsDialog *self)
{
  GtkListBoxRow *row;

  self->quiet = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < weir_column_layout_get_n_columns (self->layout); i++)
    gtk_list_box_append (self->list, create_row (self, i));
  self->quiet = FALSE;
}

static void
weir_columns_dialog_dispose (GObject *object)
{
  g_clear_object (&WEIR_COLUMNS_DIALOG (object)->layout);

  G_OBJECT_CLASS (weir_columns_dialog_parent_class)->dispose (object);
}

static void
weir_columns_dialog_class_init (WeirColumnsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_columns_dialog_dispose;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
add_key (GtkEventController *controller, guint key, int by, WeirColumnsDialog *self)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_ALT_MASK),
                                            gtk_callback_action_new (move_key_cb, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (by));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
weir_columns_dialog_init (WeirColumnsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *reset = gtk_button_new_with_mnemonic (_ ("_Reset"));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *hint = gtk_label_new (_ ("Alt+Up and Alt+Down move the column that has the focus."));
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 400, 520);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Columns"));
  weir_help_set_topic (GTK_WINDOW (self), "preferences");

  gtk_widget_set_tooltip_text (reset, _ ("All columns in their usual order and width"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reset"), -1);
  g_signal_connect_swapped (reset, "clicked", G_CALLBACK (reset_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), reset);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns"), -1);
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 12);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_set_margin_bottom (hint, 12);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (content), hint);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_Up, -1, self);
  add_key (keys, GDK_KEY_Down, 1, self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  weir_dialog_title_add (GTK_WINDOW (self), ADW_HEADER_BAR (header));
}

/**
 * weir_columns_dialog_present:
 * @table: the table, in a window
 * @layout: what is changed
 */
void
weir_columns_dialog_present (GtkWidget *table, WeirColumnLayout *layout)
{
  WeirColumnsDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (table));
  g_return_if_fail (WEIR_IS_COLUMN_LAYOUT (layout));

  self =
      g_object_new (WEIR_TYPE_COLUMNS_DIALOG, "transient-for", gtk_widget_get_root (table), NULL);
  self->layout = g_object_ref (layout);
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  gtk_window_present (GTK_WINDOW (self));
}
