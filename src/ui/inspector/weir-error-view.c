/* weir-error-view.c: an error from its leaf cause up the chain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-error-view.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-navigate.h"
#include "weir-text-attributes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A label lays out all of its text, so it gets no more than this; Copy has it all. */
#define MAX_SHOWN (32 * 1024)
/* Chains are as deep as a server likes. */
#define MAX_LEVELS 100

struct _WeirErrorView
{
  AdwBin parent_instance;

  WeirErrorData *error; /* (nullable) the outermost */

  GtkScrolledWindow *scroller;
  GtkLabel *leaf;
  GtkLabel *leaf_type;
  GtkLabel *heading;
  GtkListBox *levels;
};

G_DEFINE_FINAL_TYPE (WeirErrorView, weir_error_view, ADW_TYPE_BIN)

/* What came with an error, for reading: a string as its text, an array of strings as its lines, the rest as JSON. */
static char *
dup_readable (GBytes *bytes)
{
  WeirJson value;
  WeirJsonIter iter;
  WeirJson line;
  GString *lines;

  if (!weir_json_parse (bytes, &value, NULL))
    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (weir_json_get_type (value) == WEIR_JSON_STRING)
    return weir_json_dup_string (value);
  if (weir_json_get_type (value) != WEIR_JSON_ARRAY)
    return weir_json_dup_pretty (value);

  lines = g_string_new (NULL);
  weir_json_iter_init (&iter, value);
  while (weir_json_iter_next (&iter, NULL, &line))
    {
      g_autofree char *text = weir_json_get_type (line) == WEIR_JSON_STRING
                                  ? weir_json_dup_string (line)
                                  : weir_json_dup_pretty (line);

      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, text);
    }

  return g_string_free (lines, FALSE);
}

static void
copy_part_cb (GtkWidget *button, char *text)
{
  weir_copy (button, text, _ ("Copied"));
}

static void
copy_all_cb (WeirErrorView *self)
{
  g_autofree char *text = NULL;

  if (self->error == NULL)
    return;

  text = weir_error_data_to_text (self->error);
  weir_copy (GTK_WIDGET (self), text, _ ("Copied the error with all its causes"));
}

/* text: taken over */
static GtkWidget *
create_part (const char *title, char *text, gboolean code)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *value = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), title);
  gsize length = strlen (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "weir-copy");
  gtk_widget_set_tooltip_text (button, name);
  weir_accessible_set_name (button, name);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_part_cb), text,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), button);

  if (length > MAX_SHOWN)
    {
      g_autofree char *all = weir_format_size (length);
      g_autofree char *part = weir_format_size (MAX_SHOWN);
      g_autofree char *valid = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *beginning = g_strndup (text, MAX_SHOWN);

      valid = g_utf8_make_valid (beginning, -1);
      /* Translators: two sizes */
      shown = g_strdup_printf (_ ("%s…\n\n%s of %s are shown; Copy copies all."), valid, part, all);
      gtk_label_set_label (GTK_LABEL (value), shown);
    }
  else
    {
      gtk_label_set_label (GTK_LABEL (value), text);
    }
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  weir_text_set_code (value, code);

  gtk_widget_add_css_class (box, "weir-error-part");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), value);

  return box;
}

static void
add_part (AdwExpanderRow *row, const char *title, char *text, gboolean code)
{
  GtkWidget *part;

  if (text == NULL || text[0] == '\0')
    {
      g_free (text);
      return;
    }

  part = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (part), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (part), create_part (title, text, code));
  gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_expander_row_add_row (row, part);
}

static GtkWidget *
create_level (WeirErrorData *error, guint number, guint depth)
{
  GtkWidget *row = adw_expander_row_new ();
  const char *what = depth == 1        ? _ ("The error")
                     : number == 1     ? _ ("Outermost")
                     : number == depth ? _ ("Leaf cause")
                                       : _ ("Caused by");
  g_autofree char *title = NULL;

  /* Translators: a level of an error’s chain, its number, how many there are, and its type */
  title = error->type != NULL
              ? g_strdup_printf (_ ("%s (%u of %u) · %s"), what, number, depth, error->type)
              : g_strdup_printf (_ ("%s (%u of %u)"), what, number, depth);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), error->message);
  add_part (ADW_EXPANDER_ROW (row), _ ("Message"), g_strdup (error->message), FALSE);
  add_part (ADW_EXPANDER_ROW (row), _ ("Type"), g_strdup (error->type), TRUE);
  add_part (ADW_EXPANDER_ROW (row), _ ("Key"), g_strdup (error->key), TRUE);
  add_part (ADW_EXPANDER_ROW (row), _ ("Data"),
            error->data != NULL ? dup_readable (error->data) : NULL, TRUE);
  /* Translators: the call stack of an error */
  add_part (ADW_EXPANDER_ROW (row), _ ("Stack"),
            error->stack != NULL ? dup_readable (error->stack) : NULL, TRUE);
  add_part (ADW_EXPANDER_ROW (row), _ ("Logs"),
            error->logs != NULL ? dup_readable (error->logs) : NULL, TRUE);
  /* the leaf is what one looks for; the rest is there when it is asked for */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), number == depth);

  return row;
}

static void
weir_error_view_dispose (GObject *object)
{
  g_clear_object (&WEIR_ERROR_VIEW (object)->error);

  G_OBJECT_CLASS (weir_error_view_parent_class)->dispose (object);
}

static void
weir_error_view_class_init (WeirErrorViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_error_view_dispose;
}

static void
weir_error_view_init (WeirErrorView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy All"));

  self->leaf_type = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->leaf_type, 0);
  gtk_label_set_wrap (self->leaf_type, TRUE);
  gtk_label_set_wrap_mode (self->leaf_type, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->leaf_type, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->leaf_type), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->leaf_type), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->leaf_type), "caption-heading");
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_all_cb), self);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->leaf_type));
  gtk_box_append (GTK_BOX (head), copy);

  self->leaf = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->leaf, 0);
  gtk_label_set_wrap (self->leaf, TRUE);
  gtk_label_set_wrap_mode (self->leaf, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->leaf, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->leaf), "title-3");

  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->heading, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "weir-group-heading");
  self->levels = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->levels, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->levels), "boxed-list");

  gtk_widget_add_css_class (box, "weir-details");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->leaf));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->levels));

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
}

static gboolean
is_same (WeirErrorData *a, WeirErrorData *b)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (a == NULL || b == NULL)
    return a == b;

  one = weir_error_data_to_text (a);
  other = weir_error_data_to_text (b);

  return g_str_equal (one, other);
}

/**
 * weir_error_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_error_view_new (void)
{
  return g_object_new (WEIR_TYPE_ERROR_VIEW, NULL);
}

/**
 * weir_error_view_set_error:
 * @self: the view
 * @error: (nullable): the outermost error
 */
void
weir_error_view_set_error (WeirErrorView *self, WeirErrorData *error)
{
  GtkListBoxRow *row;
  WeirErrorData *leaf;
  g_autofree char *type = NULL;
  guint depth;
  guint number = 0;

  g_return_if_fail (WEIR_IS_ERROR_VIEW (self));

  if (is_same (self->error, error))
    return;

  g_set_object (&self->error, error);
  while ((row = gtk_list_box_get_row_at_index (self->levels, 0)) != NULL)
    gtk_list_box_remove (self->levels, GTK_WIDGET (row));
  if (error == NULL)
    return;

  leaf = weir_error_data_get_leaf (error);
  depth = weir_error_data_get_depth (error);
  gtk_label_set_label (self->leaf,
                       leaf->message[0] != '\0' ? leaf->message : _ ("The server gave no reason"));
  type = weir_format_line (leaf->type != NULL ? leaf->type : "", leaf->key != NULL ? leaf->key : "",
                           NULL);
  gtk_label_set_label (self->leaf_type, type);
  gtk_label_set_label (self->heading, depth > 1 ? _ ("Chain of Causes") : _ ("All About It"));
  for (WeirErrorData *level = error; level != NULL && number < MAX_LEVELS; level = level->caused_by)
    {
      number++;
      gtk_list_box_append (self->levels, create_level (level, number, depth));
    }
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
