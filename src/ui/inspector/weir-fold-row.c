/* weir-fold-row.c: a row of a list box that opens to show the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hundreds of them stand in a list, so what is inside is made when it is opened.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-fold-row.h"

#include "weir-text-attributes.h"

typedef struct
{
  GtkBox *box;
  GtkImage *arrow;
  GtkRevealer *revealer; /* (nullable) until it is opened */
} WeirFoldRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WeirFoldRow, weir_fold_row, GTK_TYPE_LIST_BOX_ROW)

static WeirFoldRowPrivate *
get_private (WeirFoldRow *self)
{
  return weir_fold_row_get_instance_private (self);
}

static GtkRevealer *
create_body (WeirFoldRow *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkRevealer *revealer = GTK_REVEALER (gtk_revealer_new ());

  gtk_widget_add_css_class (body, "weir-fold-body");
  WEIR_FOLD_ROW_GET_CLASS (self)->fill (self, GTK_BOX (body));
  gtk_revealer_set_child (revealer, body);

  return revealer;
}

static void
weir_fold_row_class_init (WeirFoldRowClass *klass)
{
}

static void
weir_fold_row_init (WeirFoldRow *self)
{
  WeirFoldRowPrivate *priv = get_private (self);

  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  priv->arrow = GTK_IMAGE (gtk_image_new_from_icon_name ("pan-end-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (priv->box));
}

/**
 * weir_fold_row_set_head:
 * @self: a row that has none yet
 * @head: (transfer floating): a horizontal box, which gets the arrow
 * @name: what the row is called aloud
 */
void
weir_fold_row_set_head (WeirFoldRow *self, GtkWidget *head, const char *name)
{
  WeirFoldRowPrivate *priv;

  g_return_if_fail (WEIR_IS_FOLD_ROW (self));
  g_return_if_fail (GTK_IS_BOX (head));
  g_return_if_fail (name != NULL);

  priv = get_private (self);
  gtk_widget_add_css_class (head, "weir-fold-head");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (priv->arrow));
  gtk_box_append (priv->box, head);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * weir_fold_row_is_open:
 * @self: a row
 *
 * Returns: whether it shows what is inside
 */
gboolean
weir_fold_row_is_open (WeirFoldRow *self)
{
  WeirFoldRowPrivate *priv;

  g_return_val_if_fail (WEIR_IS_FOLD_ROW (self), FALSE);

  priv = get_private (self);

  return priv->revealer != NULL && gtk_revealer_get_reveal_child (priv->revealer);
}

/**
 * weir_fold_row_toggle:
 * @self: a row
 *
 * Shows or hides what is inside.
 */
void
weir_fold_row_toggle (WeirFoldRow *self)
{
  WeirFoldRowPrivate *priv;
  gboolean open;

  g_return_if_fail (WEIR_IS_FOLD_ROW (self));

  priv = get_private (self);
  if (priv->revealer == NULL)
    {
      priv->revealer = create_body (self);
      gtk_box_append (priv->box, GTK_WIDGET (priv->revealer));
    }
  open = !gtk_revealer_get_reveal_child (priv->revealer);
  gtk_revealer_set_reveal_child (priv->revealer, open);
  gtk_image_set_from_icon_name (priv->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

/**
 * weir_fold_row_add_text:
 * @body: what a row is filled with
 * @title: (nullable): what the text is
 * @text: (nullable): without one nothing is added
 * @code: whether it is for machines
 *
 * Adds a text that can be selected.
 */
void
weir_fold_row_add_text (GtkBox *body, const char *title, const char *text, gboolean code)
{
  GtkWidget *label;
  GtkWidget *value;

  g_return_if_fail (GTK_IS_BOX (body));

  if (text == NULL || text[0] == '\0')
    return;

  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  value = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  if (code)
    weir_text_set_code (value, TRUE);
  gtk_box_append (body, label);
  gtk_box_append (body, value);
}
