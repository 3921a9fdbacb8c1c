/* weir-attention-list.c: rows for what needs a hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-attention-list.h"

#include "weir-accessible.h"
#include "weir-format.h"
#include "weir-tick.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

struct _WeirAttentionList
{
  AdwBin parent_instance;

  GPtrArray *items; /* (element-type WeirAttention) all of them */
  GListStore *shown;
  guint limit;
  gboolean all; /* the user wants to see those beyond the limit */

  GtkListBox *list;
  GtkButton *more;
};

enum
{
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirAttentionList, weir_attention_list, ADW_TYPE_BIN)

static WeirAttention *
get_item (gpointer row)
{
  return g_object_get_data (row, "weir-attention");
}

static void
update_time (GtkWidget *row)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "weir-time");
  g_autofree char *text = weir_attention_dup_time (get_item (row));

  if (g_strcmp0 (text, gtk_label_get_label (label)) != 0)
    gtk_label_set_label (label, text);
}

static void
tick_cb (WeirAttentionList *self)
{
  GtkListBoxRow *row;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    update_time (GTK_WIDGET (row));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  WeirAttention *attention = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (attention->icon_name);
  GtkWidget *time = gtk_label_new (NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  const char *plain = attention->subtitle != NULL ? attention->subtitle : "";
  g_autofree char *absolute = weir_format_absolute (attention->at);
  g_autofree char *title = weir_format_directed (attention->title);
  g_autofree char *subtitle = weir_format_directed (plain);

  gtk_widget_add_css_class (icon, attention->css);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_widget_set_tooltip_text (time, absolute);

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, "title-lines", 3,
                "subtitle-lines", 4, "activatable", TRUE, NULL);
  /* two lines of it are to be seen anyway */
  if (weir_text_is_large () || g_utf8_strlen (attention->title, -1) > 40)
    gtk_widget_set_tooltip_text (row, attention->title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), time);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  weir_accessible_set_name (row, attention->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, plain,
                                  -1);

  g_object_set_data_full (G_OBJECT (row), "weir-attention", g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (row), "weir-time", time);
  update_time (row);

  return row;
}

static void
row_activated_cb (WeirAttentionList *self, GtkListBoxRow *row)
{
  g_autoptr (WeirAttention) item = g_object_ref (get_item (row));

  g_signal_emit (self, signals[ACTIVATE], 0, item);
}

/* Only rows that have changed are made anew, so that the focus stays. */
static void
update (WeirAttentionList *self)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  guint n = self->all ? self->items->len : MIN (self->items->len, self->limit);

  for (guint i = 0; i < n; i++)
    {
      WeirAttention *item = g_ptr_array_index (self->items, i);
      g_autoptr (WeirAttention) old = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (old == NULL)
        g_list_store_append (self->shown, item);
      else if (!weir_attention_equal (old, item))
        g_list_store_splice (self->shown, i, 1, (gpointer *) &item, 1);
    }
  if (n_shown > n)
    g_list_store_splice (self->shown, n, n_shown - n, NULL, 0);

  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->items->len > n);
  if (self->items->len > n)
    {
      guint rest = self->items->len - n;
      g_autofree char *label =
          g_strdup_printf (ngettext ("Show %u More", "Show %u More", rest), rest);

      gtk_button_set_label (self->more, label);
    }
}

static void
more_cb (WeirAttentionList *self)
{
  self->all = TRUE;
  update (self);
}

static void
weir_attention_list_dispose (GObject *object)
{
  WeirAttentionList *self = WEIR_ATTENTION_LIST (object);

  g_clear_object (&self->shown);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_attention_list_parent_class)->dispose (object);
}

static void
weir_attention_list_class_init (WeirAttentionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_attention_list_dispose;

  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, WEIR_TYPE_ATTENTION);
}

static void
weir_attention_list_init (WeirAttentionList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->items = g_ptr_array_new ();
  self->shown = g_list_store_new (WEIR_TYPE_ATTENTION);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, NULL, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);

  self->more = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "flat");
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  adw_bin_set_child (ADW_BIN (self), box);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
}

/**
 * weir_attention_list_new:
 * @limit: how many rows are shown before the user asks for more
 * @accessible_name: what the list is
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
weir_attention_list_new (guint limit, const char *accessible_name)
{
  WeirAttentionList *self = g_object_new (WEIR_TYPE_ATTENTION_LIST, NULL);

  self->limit = limit;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  accessible_name, -1);

  return GTK_WIDGET (self);
}

/**
 * weir_attention_list_set_items:
 * @self: the list
 * @items: (element-type WeirAttention): what to show, in this order
 */
void
weir_attention_list_set_items (WeirAttentionList *self, GPtrArray *items)
{
  g_return_if_fail (WEIR_IS_ATTENTION_LIST (self));
  g_return_if_fail (items != NULL);

  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  update (self);
}
