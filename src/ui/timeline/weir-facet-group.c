/* weir-facet-group.c: the values of one field, to be ticked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-facet-group.h"

#include "weir-event-summary.h"
#include "weir-facet-row.h"
#include "weir-format.h"
#include "weir-query-values.h"
#include "weir-registry.h"
#include "weir-status-look.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define N_FEW 6
#define N_MANY 50

struct _WeirFacetGroup
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  char *field;
  GPtrArray *
      shown; /* (element-type WeirQueryValue) in the order of the rows, those that are not shown behind */
  char *text; /* (nullable) of the query */
  gboolean many;

  GtkBox *rows;
  GtkLabel *rest;
  GtkButton *more;
};

enum
{
  SET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirFacetGroup, weir_facet_group, ADW_TYPE_BIN)

static void
free_value (gpointer data)
{
  WeirQueryValue *value = data;

  g_free (value->value);
  g_free (value);
}

static void
add_value (GPtrArray *values, const char *text, guint count)
{
  WeirQueryValue *value = g_new0 (WeirQueryValue, 1);

  value->value = g_strdup (text);
  value->count = count;
  g_ptr_array_add (values, value);
}

static WeirQueryValue *
find_value (GPtrArray *values, const char *text)
{
  for (guint i = 0; i < values->len; i++)
    {
      WeirQueryValue *value = values->pdata[i];

      if (g_str_equal (value->value, text))
        return value;
    }

  return NULL;
}

/* What the query asks for is there to be taken away, however rare it is. */
static void
add_terms (WeirFacetGroup *self, GPtrArray *values)
{
  g_autoptr (GArray) parts = weir_query_edit_split (self->text);

  for (guint i = 0; i < parts->len; i++)
    {
      const WeirQueryPart *part = &g_array_index (parts, WeirQueryPart, i);
      g_autofree char *field = weir_query_edit_dup_field (self->text, part);
      g_autofree char *text = weir_query_edit_dup_value (self->text, part);
      guint position;

      if (!g_str_equal (field, self->field) || text[0] == '\0')
        continue;
      for (position = 0; position < values->len; position++)
        {
          WeirQueryValue *value = values->pdata[position];
          g_autofree char *one = g_utf8_casefold (value->value, -1);
          g_autofree char *other = g_utf8_casefold (text, -1);

          if (g_str_equal (one, other))
            break;
        }
      if (position == values->len)
        add_value (values, text, 0);
      if (position >= N_FEW && !self->many)
        g_ptr_array_insert (values, 0, g_ptr_array_steal_index (values, position));
    }
}

static void
row_set_cb (WeirFacetGroup *self, WeirQueryTermState state, gboolean only, WeirFacetRow *row)
{
  g_autofree char *value = g_strdup (weir_facet_row_get_value (row));

  g_signal_emit (self, signals[SET], 0, value, state, only);
}

/* Of very many values not all can be listed, and that is told. */
static void
show_rest (WeirFacetGroup *self, guint n)
{
  gtk_widget_set_visible (GTK_WIDGET (self->rest), self->many && n < self->shown->len);
  if (self->many && n < self->shown->len)
    {
      g_autofree char *shown = weir_format_number (n);
      g_autofree char *all = weir_format_number (self->shown->len);
      /* Translators: %s are numbers */
      g_autofree char *text = g_strdup_printf (_ ("%s of %s are shown here."), shown, all);

      gtk_label_set_label (self->rest, text);
    }
}

/* (nullable) what a person calls a value: a name, or the word that the list of events has for it */
static char *
dup_word (WeirFacetGroup *self, const char *value)
{
  const WeirProviderInfo *info;
  g_autofree char *lower = NULL;

  if (g_str_equal (self->field, "kind"))
    return weir_event_dup_kind_label (value);
  if (g_str_equal (self->field, "status"))
    {
      lower = g_ascii_strdown (value, -1);
      return weir_status_dup_label (WEIR_RECORD_EVENT, lower);
    }
  if (g_str_equal (self->field, "provider"))
    {
      info = weir_registry_find (value);
      return g_strdup (info != NULL ? info->name : value);
    }

  return weir_query_values_dup_label (self->field, value, self->monitor);
}

/* Two platforms may have two words for the same: then the longer one is told, too. */
static char *
dup_label (WeirFacetGroup *self, const char *value)
{
  g_autofree char *word = dup_word (self, value);

  if (word == NULL)
    return g_strdup (value);

  for (guint i = 0; g_str_equal (self->field, "kind") && i < MIN (self->shown->len, N_MANY); i++)
    {
      const char *other = ((WeirQueryValue *) self->shown->pdata[i])->value;
      g_autofree char *other_word = strlen (other) < strlen (value) ? dup_word (self, other) : NULL;

      if (g_strcmp0 (word, other_word) == 0)
        return weir_format_line (word, value, NULL);
    }

  return g_steal_pointer (&word);
}

static void
show_rows (WeirFacetGroup *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
  guint n = MIN (self->shown->len, self->many ? N_MANY : N_FEW);
  guint n_asked = 0;

  for (guint i = 0; i < n; i++)
    {
      WeirQueryValue *value = self->shown->pdata[i];
      WeirQueryTermState state = weir_query_edit_get_state (self->text, self->field, value->value);
      g_autofree char *label = dup_label (self, value->value);

      if (row == NULL)
        {
          row = weir_facet_row_new ();
          g_signal_connect_swapped (row, "set", G_CALLBACK (row_set_cb), self);
          gtk_box_append (self->rows, row);
        }
      if (state != WEIR_QUERY_TERM_ABSENT)
        n_asked++;
      weir_facet_row_show (WEIR_FACET_ROW (row), value->value, label, value->count, state);
      row = gtk_widget_get_next_sibling (row);
    }
  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      gtk_box_remove (self->rows, row);
      row = next;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->more), self->shown->len > N_FEW);
  if (self->many)
    {
      /* Translators: a button: shows fewer values of a facet */
      gtk_button_set_label (self->more, _ ("Fewer"));
    }
  else
    {
      g_autofree char *number = weir_format_number (self->shown->len - n);
      /* Translators: %s is a number */
      g_autofree char *text = g_strdup_printf (_ ("%s More"), number);

      gtk_button_set_label (self->more, text);
    }
  show_rest (self, n);
  /* what all have alike narrows nothing */
  gtk_widget_set_visible (GTK_WIDGET (self), self->shown->len > 1 || n_asked > 0);
}

static void
more_cb (WeirFacetGroup *self)
{
  self->many = !self->many;
  show_rows (self);
}

/* Tab passes the values as one; the arrow keys go from one to the next. */
static gboolean
weir_facet_group_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WeirFacetGroup *self = WEIR_FACET_GROUP (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows)))
    {
      if (direction == GTK_DIR_TAB_BACKWARD)
        return FALSE;
      if (direction == GTK_DIR_TAB_FORWARD)
        return gtk_widget_get_visible (GTK_WIDGET (self->more))
               && gtk_widget_grab_focus (GTK_WIDGET (self->more));
    }

  return GTK_WIDGET_CLASS (weir_facet_group_parent_class)->focus (widget, direction);
}

/* A check button of GTK keeps the arrow keys for its group, which it has not got here. */
static gboolean
arrow_cb (GtkWidget *widget, GVariant *direction, gpointer unused)
{
  WeirFacetGroup *self = WEIR_FACET_GROUP (widget);
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->rows));

  if (row == NULL)
    return FALSE;

  row = g_variant_get_int32 (direction) == GTK_DIR_UP ? gtk_widget_get_prev_sibling (row)
                                                      : gtk_widget_get_next_sibling (row);

  return row != NULL && gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
weir_facet_group_dispose (GObject *object)
{
  WeirFacetGroup *self = WEIR_FACET_GROUP (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->field, g_free);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_facet_group_parent_class)->dispose (object);
}

static void
weir_facet_group_class_init (WeirFacetGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_facet_group_dispose;
  GTK_WIDGET_CLASS (klass)->focus = weir_facet_group_focus;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Up, 0, arrow_cb, "i", GTK_DIR_UP);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Down, 0, arrow_cb, "i",
                                GTK_DIR_DOWN);

  signals[SET] = g_signal_new ("set", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void
weir_facet_group_init (WeirFacetGroup *self)
{
  self->shown = g_ptr_array_new_with_free_func (free_value);
}

/**
 * weir_facet_group_new:
 * @monitor: knows the names of records
 * @field: a field's name
 * @title: what a person calls it
 *
 * Returns: (transfer floating): a group, hidden until there is something to choose from
 */
GtkWidget *
weir_facet_group_new (WeirMonitor *monitor, const char *field, const char *title)
{
  WeirFacetGroup *self = g_object_new (WEIR_TYPE_FACET_GROUP, "visible", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = gtk_label_new (title);

  self->monitor = g_object_ref (monitor);
  self->field = g_strdup (field);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "weir-facet-heading");
  gtk_box_append (GTK_BOX (box), heading);

  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rows));

  self->rest = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->rest, 0);
  gtk_label_set_wrap (self->rest, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rest), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->rest), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->rest), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rest));
  self->more = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "weir-facet-more");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));

  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}

/**
 * weir_facet_group_get_field:
 * @self: a group
 *
 * Returns: (transfer none): the field's name
 */
const char *
weir_facet_group_get_field (WeirFacetGroup *self)
{
  g_return_val_if_fail (WEIR_IS_FACET_GROUP (self), NULL);

  return self->field;
}

/**
 * weir_facet_group_update:
 * @self: a group
 * @values: (element-type WeirQueryValue): its values, the most frequent first
 * @text: of the query
 * @sort: %FALSE leaves each value in its place, so that nothing moves under the pointer
 */
void
weir_facet_group_update (WeirFacetGroup *self, GPtrArray *values, const char *text, gboolean sort)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (WEIR_IS_FACET_GROUP (self));
  g_return_if_fail (text != NULL);

  old = g_steal_pointer (&self->shown);
  self->shown = g_ptr_array_new_with_free_func (free_value);
  g_free (self->text);
  self->text = g_strdup (text);

  for (guint i = 0; !sort && i < MIN (old->len, N_MANY); i++)
    {
      const char *value = ((WeirQueryValue *) old->pdata[i])->value;
      WeirQueryValue *now = find_value (values, value);

      if (now != NULL)
        add_value (self->shown, now->value, now->count);
    }
  for (guint i = 0; i < values->len; i++)
    {
      WeirQueryValue *value = values->pdata[i];

      if (i >= N_MANY || find_value (self->shown, value->value) == NULL)
        add_value (self->shown, value->value, value->count);
    }
  add_terms (self, self->shown);
  show_rows (self);
}
