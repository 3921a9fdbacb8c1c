/* weir-filter-bar.c: what narrows a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-filter-bar.h"

#include "weir-accessible.h"
#include "weir-drop-down.h"
#include "weir-format.h"
#include "weir-keys.h"
#include "weir-page.h"
#include "weir-width-bin.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MIN_WIDTH 320
/* px, besides the text: of the entry, of a drop-down, and between and around all of them */
#define AROUND_ENTRY 62
#define AROUND_CHOICE 62
#define SPACING 6
#define MARGINS 24
#define ROOM_FOR_COUNTS 280

typedef struct
{
  char *id;
  char *label;
  char *all;
  GPtrArray *values; /* (element-type utf8) without the first row, which is all */
  GtkStringList *labels;
  GtkDropDown *drop_down;
  char *wanted; /* (nullable) to be chosen once it is among the values */
} Choice;

struct _WeirFilterBar
{
  AdwBin parent_instance;

  GPtrArray *choices; /* (element-type Choice) */
  gboolean quiet;     /* something is being set from code */

  int width;
  GtkRevealer *revealer;
  GtkBox *box;
  GtkBox *drop_downs; /* in box, or where there is no room in more's popover */
  GtkMenuButton *more;
  GtkPopover *popover;
  GtkSearchEntry *entry;
  GtkLabel *counts;
  GtkWidget *clear;
};

enum
{
  PROP_0,
  PROP_REVEALED,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirFilterBar, weir_filter_bar, ADW_TYPE_BIN)

static void
free_choice (gpointer data)
{
  Choice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
  g_free (choice->all);
  g_ptr_array_unref (choice->values);
  g_object_unref (choice->labels);
  g_free (choice->wanted);
  g_free (choice);
}

static Choice *
find_choice (WeirFilterBar *self, const char *id)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = g_ptr_array_index (self->choices, i);

      if (g_str_equal (choice->id, id))
        return choice;
    }

  return NULL;
}

static const char *
get_chosen (Choice *choice)
{
  guint selected = gtk_drop_down_get_selected (choice->drop_down);

  if (selected == GTK_INVALID_LIST_POSITION || selected == 0 || selected > choice->values->len)
    return NULL;

  return g_ptr_array_index (choice->values, selected - 1);
}

static void
set_narrowing (gpointer widget, gboolean narrowing)
{
  if (narrowing)
    gtk_widget_add_css_class (widget, "narrowing");
  else
    gtk_widget_remove_css_class (widget, "narrowing");
}

static void
changed (WeirFilterBar *self)
{
  gboolean any = FALSE;

  if (self->quiet)
    return;

  gtk_widget_set_sensitive (self->clear, weir_filter_bar_is_active (self));
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = g_ptr_array_index (self->choices, i);

      /* somebody has made up their mind */
      if (get_chosen (choice) != NULL)
        g_clear_pointer (&choice->wanted, g_free);
      set_narrowing (choice->drop_down, get_chosen (choice) != NULL);
      any = any || get_chosen (choice) != NULL;
    }
  set_narrowing (self->more, any);
  g_signal_emit (self, signals[CHANGED], 0);
}

static int
measure_text (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

static int
measure_natural (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* px that are needed if the entry and all drop-downs are to say what they are for. What is chosen does not count: the
 * drop-down it was chosen in would go away. */
static int
measure_all (WeirFilterBar *self)
{
  g_autofree char *placeholder = NULL;
  int width;

  g_object_get (self->entry, "placeholder-text", &placeholder, NULL);
  width = MARGINS + AROUND_ENTRY + measure_text (GTK_WIDGET (self->entry), placeholder) + SPACING
          + measure_natural (self->clear) + SPACING + measure_natural (GTK_WIDGET (self->counts));

  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = g_ptr_array_index (self->choices, i);
      GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (choice->drop_down));

      if (gtk_widget_get_visible (GTK_WIDGET (choice->drop_down)))
        width += SPACING + AROUND_CHOICE + measure_text (button, choice->label);
    }

  return width;
}

/* Where the drop-downs fit beside the entry they stand there, else behind a button. */
static void
arrange (WeirFilterBar *self)
{
  gboolean was_inside = gtk_widget_get_visible (GTK_WIDGET (self->more));
  gboolean any = FALSE;
  gboolean inside;

  for (guint i = 0; i < self->choices->len; i++)
    any = any
          || gtk_widget_get_visible (
              GTK_WIDGET (((Choice *) g_ptr_array_index (self->choices, i))->drop_down));
  inside = self->width > 0 && any && self->width < weir_width_for_text (measure_all (self));
  if (inside == was_inside)
    return;

  g_object_ref (self->drop_downs);
  if (inside)
    {
      gtk_box_remove (self->box, GTK_WIDGET (self->drop_downs));
      gtk_popover_set_child (self->popover, GTK_WIDGET (self->drop_downs));
    }
  else
    {
      gtk_popover_set_child (self->popover, NULL);
      gtk_box_insert_child_after (self->box, GTK_WIDGET (self->drop_downs),
                                  GTK_WIDGET (self->entry));
    }
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->drop_downs),
                                  inside ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (GTK_WIDGET (self->more), inside);
  g_object_unref (self->drop_downs);
}

static void
width_changed_cb (WeirFilterBar *self, int width)
{
  self->width = width;
  gtk_widget_set_visible (GTK_WIDGET (self->counts), width >= ROOM_FOR_COUNTS);
  arrange (self);
}

static void
stop_search_cb (WeirFilterBar *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    g_object_set (self, "revealed", FALSE, NULL);
}

static void
weir_filter_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WeirFilterBar *self = WEIR_FILTER_BAR (object);

  switch (prop_id)
    {
    case PROP_REVEALED:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->revealer));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_filter_bar_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  WeirFilterBar *self = WEIR_FILTER_BAR (object);

  switch (prop_id)
    {
    case PROP_REVEALED:
      if (gtk_revealer_get_reveal_child (self->revealer) == g_value_get_boolean (value))
        return;
      gtk_revealer_set_reveal_child (self->revealer, g_value_get_boolean (value));
      g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
weir_filter_bar_dispose (GObject *object)
{
  WeirFilterBar *self = WEIR_FILTER_BAR (object);

  self->quiet = TRUE;
  g_clear_pointer (&self->choices, g_ptr_array_unref);

  G_OBJECT_CLASS (weir_filter_bar_parent_class)->dispose (object);
}

static void
weir_filter_bar_class_init (WeirFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = weir_filter_bar_dispose;
  object_class->get_property = weir_filter_bar_get_property;
  object_class->set_property = weir_filter_bar_set_property;

  properties[PROP_REVEALED] =
      g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_filter_bar_init (WeirFilterBar *self)
{
  GtkWidget *bin;

  self->choices = g_ptr_array_new_with_free_func (free_choice);

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 60);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (changed), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (weir_page_enter_around), NULL);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self);

  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  weir_keys_set_tooltip (self->clear, "page.clear-filters", _ ("Clear Filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Clear Filters"), -1);
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_sensitive (self->clear, FALSE);
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (weir_filter_bar_clear), self);

  self->counts = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "numeric");
  gtk_label_set_width_chars (self->counts, 9);
  gtk_label_set_xalign (self->counts, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->counts), TRUE);

  self->drop_downs = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->more = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->more, "weir-filter-symbolic");
  gtk_menu_button_set_popover (self->more, GTK_WIDGET (self->popover));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->more), _ ("Filters"));
  weir_accessible_set_name (GTK_WIDGET (self->more), _ ("Filters"));
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "weir-filter-bar");
  gtk_box_append (self->box, GTK_WIDGET (self->entry));
  gtk_box_append (self->box, GTK_WIDGET (self->drop_downs));
  gtk_box_append (self->box, GTK_WIDGET (self->more));
  gtk_box_append (self->box, self->clear);
  gtk_box_append (self->box, GTK_WIDGET (self->counts));

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  bin = weir_width_bin_new (GTK_WIDGET (self->box), MIN_WIDTH);
  g_signal_connect_swapped (bin, "width-changed", G_CALLBACK (width_changed_cb), self);
  gtk_revealer_set_child (self->revealer, bin);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * weir_filter_bar_new:
 * @placeholder: what the entry searches in: “Search subscriptions”
 *
 * Returns: (transfer floating): a bar with an entry and no drop-downs yet
 */
GtkWidget *
weir_filter_bar_new (const char *placeholder)
{
  WeirFilterBar *self = g_object_new (WEIR_TYPE_FILTER_BAR, NULL);

  g_object_set (self->entry, "placeholder-text", placeholder, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  placeholder, -1);

  return GTK_WIDGET (self);
}

/**
 * weir_filter_bar_add_choice:
 * @self: the bar
 * @id: its name in code
 * @label: what is chosen, for its tooltip and for screen readers: “Account”
 * @all: what it says when it narrows nothing: “All Accounts”
 */
void
weir_filter_bar_add_choice (WeirFilterBar *self, const char *id, const char *label, const char *all)
{
  Choice *choice;

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  choice = g_new0 (Choice, 1);
  choice->id = g_strdup (id);
  choice->label = g_strdup (label);
  choice->all = g_strdup (all);
  choice->values = g_ptr_array_new_with_free_func (g_free);
  choice->labels = gtk_string_list_new ((const char *[]){ all, NULL });
  choice->drop_down = weir_drop_down_new_filter (G_LIST_MODEL (choice->labels), label);
  weir_accessible_name_drop_down (choice->drop_down, label);
  gtk_widget_set_visible (GTK_WIDGET (choice->drop_down), FALSE);
  g_signal_connect_swapped (choice->drop_down, "notify::selected", G_CALLBACK (changed), self);
  gtk_box_append (self->drop_downs, GTK_WIDGET (choice->drop_down));
  g_ptr_array_add (self->choices, choice);
}

/**
 * weir_filter_bar_set_values:
 * @self: the bar
 * @id: which drop-down
 * @values: (element-type utf8): what can be chosen
 * @labels: (element-type utf8): how they are called, one for each value
 *
 * A choice stays on its value; if that is gone it narrows nothing any more. A drop-down with less than two values is
 * not shown, since it could not narrow anything.
 */
void
weir_filter_bar_set_values (WeirFilterBar *self,
                            const char *id,
                            GPtrArray *values,
                            GPtrArray *labels)
{
  Choice *choice;
  g_autofree char *kept = NULL;
  guint selected = 0;
  gboolean same;

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));
  g_return_if_fail (values->len == labels->len);

  choice = find_choice (self, id);
  g_return_if_fail (choice != NULL);

  same = values->len == choice->values->len;
  for (guint i = 0; same && i < values->len; i++)
    same = g_str_equal (g_ptr_array_index (values, i), g_ptr_array_index (choice->values, i))
           && g_str_equal (g_ptr_array_index (labels, i),
                           gtk_string_list_get_string (choice->labels, i + 1));
  if (same)
    return;

  kept = g_strdup (choice->wanted != NULL ? choice->wanted : get_chosen (choice));
  self->quiet = TRUE;
  g_ptr_array_set_size (choice->values, 0);
  gtk_string_list_splice (choice->labels, 1,
                          g_list_model_get_n_items (G_LIST_MODEL (choice->labels)) - 1, NULL);
  for (guint i = 0; i < values->len; i++)
    {
      g_ptr_array_add (choice->values, g_strdup (g_ptr_array_index (values, i)));
      gtk_string_list_append (choice->labels, g_ptr_array_index (labels, i));
      if (g_strcmp0 (kept, g_ptr_array_index (values, i)) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_selected (choice->drop_down, selected);
  gtk_widget_set_visible (GTK_WIDGET (choice->drop_down), values->len > 1 || selected > 0);
  self->quiet = FALSE;
  arrange (self);

  if ((kept != NULL && selected == 0 && choice->wanted == NULL)
      || (choice->wanted != NULL && selected > 0))
    changed (self);
}

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer user_data)
{
  GHashTable *labels = user_data;

  return g_utf8_collate (g_hash_table_lookup (labels, *(gpointer *) a),
                         g_hash_table_lookup (labels, *(gpointer *) b));
}

/**
 * weir_filter_bar_collect:
 * @self: the bar
 * @id: which drop-down
 * @items: (element-type GObject): what is to be narrowed
 * @get_value: an item's value; %NULL or empty is passed over
 * @get_label: how that is called (transfer full), asked once a value
 *
 * Like weir_filter_bar_set_values() with all values that occur, sorted by label.
 */
void
weir_filter_bar_collect (WeirFilterBar *self,
                         const char *id,
                         GPtrArray *items,
                         const char *(*get_value) (gpointer item),
                         char *(*get_label) (gpointer item))
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);
      const char *value = get_value (item);

      if (value == NULL || value[0] == '\0' || g_hash_table_contains (found, value))
        continue;
      g_hash_table_insert (found, (gpointer) value, get_label (item));
      g_ptr_array_add (values, (gpointer) value);
    }
  g_ptr_array_sort_with_data (values, compare_labels, found);
  for (guint i = 0; i < values->len; i++)
    g_ptr_array_add (labels, g_hash_table_lookup (found, g_ptr_array_index (values, i)));
  weir_filter_bar_set_values (self, id, values, labels);
}

/**
 * weir_filter_bar_get_choice:
 * @self: the bar
 * @id: which drop-down
 *
 * Returns: (nullable): the chosen value, %NULL for all
 */
const char *
weir_filter_bar_get_choice (WeirFilterBar *self, const char *id)
{
  Choice *choice;

  g_return_val_if_fail (WEIR_IS_FILTER_BAR (self), NULL);

  choice = find_choice (self, id);
  g_return_val_if_fail (choice != NULL, NULL);

  return get_chosen (choice);
}

/**
 * weir_filter_bar_choose:
 * @self: the bar
 * @id: which drop-down
 * @value: (nullable): one of its values, %NULL for all; an unknown one is all
 */
void
weir_filter_bar_choose (WeirFilterBar *self, const char *id, const char *value)
{
  Choice *choice;
  guint selected = 0;

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  choice = find_choice (self, id);
  g_return_if_fail (choice != NULL);

  for (guint i = 0; value != NULL && i < choice->values->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (choice->values, i), value))
        selected = i + 1;
    }
  gtk_drop_down_set_selected (choice->drop_down, selected);
}

/**
 * weir_filter_bar_get_text:
 * @self: the bar
 *
 * Returns: what is searched for, maybe empty
 */
const char *
weir_filter_bar_get_text (WeirFilterBar *self)
{
  g_return_val_if_fail (WEIR_IS_FILTER_BAR (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * weir_filter_bar_set_text:
 * @self: the bar
 * @text: what to search for
 *
 * Without the entry's delay.
 */
void
weir_filter_bar_set_text (WeirFilterBar *self, const char *text)
{
  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  changed (self);
}

/**
 * weir_filter_bar_focus:
 * @self: the bar
 */
void
weir_filter_bar_focus (WeirFilterBar *self)
{
  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * weir_filter_bar_is_active:
 * @self: the bar
 *
 * Returns: whether it narrows anything
 */
gboolean
weir_filter_bar_is_active (WeirFilterBar *self)
{
  g_return_val_if_fail (WEIR_IS_FILTER_BAR (self), FALSE);

  if (weir_filter_bar_get_text (self)[0] != '\0')
    return TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    {
      if (get_chosen (g_ptr_array_index (self->choices, i)) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * weir_filter_bar_clear:
 * @self: the bar
 *
 * Takes away all that narrows.
 */
void
weir_filter_bar_clear (WeirFilterBar *self)
{
  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = g_ptr_array_index (self->choices, i);

      g_clear_pointer (&choice->wanted, g_free);
      gtk_drop_down_set_selected (choice->drop_down, 0);
    }
  self->quiet = FALSE;
  changed (self);
}

/**
 * weir_filter_bar_save:
 * @self: the bar
 * @state: a dictionary
 *
 * Puts into @state what narrows.
 */
void
weir_filter_bar_save (WeirFilterBar *self, GVariantDict *state)
{
  const char *text = weir_filter_bar_get_text (self);
  GVariantBuilder choices;

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  if (*text != '\0')
    g_variant_dict_insert (state, "search", "s", text);
  g_variant_builder_init (&choices, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = g_ptr_array_index (self->choices, i);
      const char *value = choice->wanted != NULL ? choice->wanted : get_chosen (choice);

      if (value != NULL)
        g_variant_builder_add (&choices, "{ss}", choice->id, value);
    }
  g_variant_dict_insert_value (state, "choices", g_variant_builder_end (&choices));
}

/**
 * weir_filter_bar_restore:
 * @self: the bar
 * @state: of weir_filter_bar_save()
 */
void
weir_filter_bar_restore (WeirFilterBar *self, GVariantDict *state)
{
  g_autoptr (GVariant) choices =
      g_variant_dict_lookup_value (state, "choices", G_VARIANT_TYPE ("a{ss}"));
  const char *text;
  const char *id;
  const char *value;
  GVariantIter iter;

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  if (g_variant_dict_lookup (state, "search", "&s", &text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  if (choices == NULL)
    return;

  g_variant_iter_init (&iter, choices);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &value))
    {
      Choice *choice = find_choice (self, id);

      if (choice == NULL)
        continue;
      g_free (choice->wanted);
      choice->wanted = g_strdup (value);
      weir_filter_bar_choose (self, id, value);
    }
}

/**
 * weir_filter_bar_set_counts:
 * @self: the bar
 * @shown: how many rows there are
 * @total: how many there would be without filters
 */
void
weir_filter_bar_set_counts (WeirFilterBar *self, guint shown, guint total)
{
  g_autofree char *some = weir_format_number (shown);
  g_autofree char *all = weir_format_number (total);
  g_autofree char *text = NULL;

  g_return_if_fail (WEIR_IS_FILTER_BAR (self));

  /* Translators: how many of the rows pass the filters */
  text = g_strdup_printf (_ ("%s of %s"), some, all);
  gtk_label_set_label (self->counts, text);
}

/**
 * weir_filter_bar_get_counts:
 * @self: a filter bar
 *
 * Returns: what it says of how many rows pass: “3 of 12”
 */
const char *
weir_filter_bar_get_counts (WeirFilterBar *self)
{
  g_return_val_if_fail (WEIR_IS_FILTER_BAR (self), "");

  return gtk_label_get_label (self->counts);
}

/**
 * weir_filter_split_words:
 * @text: what was typed
 *
 * Returns: (transfer full): its words in the form that weir_filter_matches() takes
 */
char **
weir_filter_split_words (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0')
        g_strv_builder_add (builder, parts[i]);
    }

  return g_strv_builder_end (builder);
}

/**
 * weir_filter_matches:
 * @words: of weir_filter_split_words()
 * @folded: a text, case-folded
 *
 * Returns: whether each of the words is in the text
 */
gboolean
weir_filter_matches (const char *const *words, const char *folded)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}
