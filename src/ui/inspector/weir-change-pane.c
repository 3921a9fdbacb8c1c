/* weir-change-pane.c: one change, in full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-change-pane.h"

#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-text-attributes.h"

#include <glib/gi18n-lib.h>

/* What is longer is copied whole, but only said how long it is. */
#define MAX_SHOWN (4 * 1024)
#define MAX_PRETTY (1024 * 1024)

typedef struct
{
  GtkWidget *box;
  GtkLabel *text;
} Side;

struct _WeirChangePane
{
  AdwBin parent_instance;

  WeirChange *change; /* (nullable) */
  GtkLabel *path;
  Side before;
  Side after;
};

G_DEFINE_FINAL_TYPE (WeirChangePane, weir_change_pane, ADW_TYPE_BIN)

static char *
dup_value (WeirJson value)
{
  if (weir_json_get_type (value) == WEIR_JSON_STRING)
    return weir_json_dup_string (value);

  return value.length <= MAX_PRETTY ? weir_json_dup_pretty (value) : weir_json_dup_raw (value);
}

static void
set_side (Side *side, WeirJson value)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (side->box, weir_json_get_type (value) != WEIR_JSON_ABSENT);
  if (weir_json_get_type (value) == WEIR_JSON_ABSENT)
    return;

  text = value.length <= MAX_SHOWN ? dup_value (value) : weir_format_size (value.length);
  gtk_label_set_label (side->text, text);
}

static void
copy_path_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirChangePane *self = WEIR_CHANGE_PANE (widget);
  g_autofree char *path = NULL;

  if (self->change == NULL)
    return;

  path = weir_json_change_dup_path (weir_change_get (self->change));
  weir_copy (widget, path, _ ("Copied the path"));
}

static void
copy_value_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WeirChangePane *self = WEIR_CHANGE_PANE (widget);
  const WeirJsonChange *change;
  g_autofree char *text = NULL;

  if (self->change == NULL)
    return;

  change = weir_change_get (self->change);
  text = dup_value (g_str_equal (name, "change.copy-before") ? change->before : change->after);
  if (text != NULL)
    weir_copy (widget, text, _ ("Copied the value"));
}

static void
weir_change_pane_dispose (GObject *object)
{
  g_clear_object (&WEIR_CHANGE_PANE (object)->change);

  G_OBJECT_CLASS (weir_change_pane_parent_class)->dispose (object);
}

static void
weir_change_pane_class_init (WeirChangePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_change_pane_dispose;

  gtk_widget_class_install_action (widget_class, "change.copy-path", NULL, copy_path_cb);
  gtk_widget_class_install_action (widget_class, "change.copy-before", NULL, copy_value_cb);
  gtk_widget_class_install_action (widget_class, "change.copy-after", NULL, copy_value_cb);
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

static GtkLabel *
create_text (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  weir_text_set_code (label, TRUE);

  return GTK_LABEL (label);
}

static void
init_side (Side *side, GtkBox *box, const char *title, const char *copy, const char *action)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = gtk_label_new (title);

  side->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_add_css_class (heading, "dim-label");
  side->text = create_text ();
  gtk_label_set_wrap (side->text, TRUE);
  gtk_label_set_wrap_mode (side->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (side->text, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), create_button (copy, action));
  gtk_box_append (GTK_BOX (side->box), head);
  gtk_box_append (GTK_BOX (side->box), GTK_WIDGET (side->text));
  gtk_box_append (box, side->box);
}

static void
weir_change_pane_init (WeirChangePane *self)
{
  GtkWidget *pane = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->path = create_text ();
  gtk_label_set_ellipsize (self->path, PANGO_ELLIPSIZE_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->path), "dim-label");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->path));
  gtk_box_append (GTK_BOX (head), create_button (_ ("Copy Path"), "change.copy-path"));
  init_side (&self->before, GTK_BOX (sides), _ ("Before"), _ ("Copy Before"), "change.copy-before");
  init_side (&self->after, GTK_BOX (sides), _ ("After"), _ ("Copy After"), "change.copy-after");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), sides);

  gtk_widget_add_css_class (pane, "weir-value-pane");
  gtk_box_append (GTK_BOX (pane), head);
  gtk_box_append (GTK_BOX (pane), scroller);
  adw_bin_set_child (ADW_BIN (self), pane);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * weir_change_pane_new:
 *
 * Returns: (transfer floating): an empty pane
 */
GtkWidget *
weir_change_pane_new (void)
{
  return g_object_new (WEIR_TYPE_CHANGE_PANE, NULL);
}

/**
 * weir_change_pane_set_change:
 * @self: the pane
 * @change: (nullable): what to show
 */
void
weir_change_pane_set_change (WeirChangePane *self, WeirChange *change)
{
  const WeirJsonChange *shown;
  g_autofree char *path = NULL;

  g_return_if_fail (WEIR_IS_CHANGE_PANE (self));

  g_set_object (&self->change, change);
  gtk_widget_set_visible (GTK_WIDGET (self), change != NULL);
  if (change == NULL)
    return;

  shown = weir_change_get (change);
  path = weir_json_change_dup_path (shown);
  gtk_label_set_label (self->path, path);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->path), path);
  set_side (&self->before, shown->before);
  set_side (&self->after, shown->after);
}
