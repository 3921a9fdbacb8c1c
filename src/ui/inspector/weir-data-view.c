/* weir-data-view.c: what came, as a tree and as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-data-view.h"

#include "weir-accessible.h"
#include "weir-drop-down.h"
#include "weir-event.h"
#include "weir-json-view.h"
#include "weir-navigate.h"
#include "weir-subscription.h"
#include "weir-text-view.h"

#include <glib/gi18n-lib.h>

/* A part of a record that is worth looking at by itself. */
typedef struct
{
  const char *label; /* translated */
  WeirJson value;
  const char *xml; /* (nullable) then text, and no tree */
} Part;

#define MAX_PARTS 6

struct _WeirDataView
{
  AdwBin parent_instance;

  WeirRecord *record; /* (nullable) */
  Part parts[MAX_PARTS];
  guint n_parts;
  gboolean filling;
  const char *chosen; /* (nullable) the label of the part the reader chose last */
  gboolean wants_raw; /* text, chosen by the reader */
  gboolean stale;     /* nothing is shown while nobody looks */
  gboolean fresh;     /* another record than the one shown */

  GtkSearchBar *search_bar;
  GtkEditable *search;
  GtkDropDown *part;
  GtkBox *bar;
  GtkWidget *switcher;
  GtkStack *stack;
  WeirJsonView *tree;
  WeirTextView *raw;
};

G_DEFINE_FINAL_TYPE (WeirDataView, weir_data_view, ADW_TYPE_BIN)

static void
add_part (WeirDataView *self, const char *label, WeirJson value)
{
  if (!weir_json_is_set (value))
    return;

  self->parts[self->n_parts++] = (Part){ label, value, NULL };
}

static void
collect_parts (WeirDataView *self)
{
  WeirJson json = weir_record_get_json (self->record);

  self->n_parts = 0;
  if (WEIR_IS_EVENT (self->record))
    {
      add_part (self, _ ("Payload"), WEIR_EVENT (self->record)->payload);
    }
  else if (WEIR_IS_SUBSCRIPTION (self->record))
    {
      WeirSubscription *subscription = WEIR_SUBSCRIPTION (self->record);

      if (subscription->object_shape_xml != NULL)
        self->parts[self->n_parts++] =
            (Part){ _ ("Object Shape (XML)"), json, subscription->object_shape_xml };
      if (subscription->variant == WEIR_SUBSCRIPTION_APP_EVENT)
        {
          add_part (self, _ ("Subscription Request"), weir_json_get (json, "subscriptionRequest"));
          add_part (self, _ ("Subscription Response"),
                    weir_json_get (json, "subscriptionResponse"));
          add_part (self, _ ("Schema"), weir_json_get (json, "schema"));
          if (!weir_json_is_set (weir_json_get (json, "schema")))
            add_part (self, _ ("Schema"), weir_json_pointer (json, "/appEventType/schema", NULL));
        }
    }
  self->parts[self->n_parts++] = (Part){ _ ("All Attributes"), json, NULL };
}

static void
show_part (WeirDataView *self, gboolean keep)
{
  guint selected = gtk_drop_down_get_selected (self->part);
  g_autofree char *name = NULL;
  Part *part;
  gboolean raw;

  if (self->record == NULL || selected >= self->n_parts)
    return;

  part = &self->parts[selected];
  gtk_widget_set_visible (self->switcher, part->xml == NULL);
  raw = part->xml != NULL || self->wants_raw;
  self->filling = TRUE;
  gtk_stack_set_visible_child_name (self->stack, raw ? "raw" : "tree");
  self->filling = FALSE;
  name = g_strdup_printf ("%s.%s", weir_record_get_id (self->record),
                          part->xml != NULL ? "xml" : "json");
  g_strdelimit (name, "/\\:", '-');
  if (part->xml != NULL)
    {
      weir_text_view_set_text (self->raw, part->xml, "xml", name);
    }
  else if (raw)
    {
      weir_text_view_set_json (self->raw, weir_record_get_raw (self->record), part->value, name);
    }
  else
    {
      weir_json_view_set_is_payload (
          self->tree, WEIR_IS_EVENT (self->record)
                          && part->value.text == WEIR_EVENT (self->record)->payload.text);
      weir_json_view_set_json (self->tree, weir_record_get_raw (self->record), part->value, keep);
    }
}

/* Called when there is something to show and when somebody looks. */
static void
refresh (WeirDataView *self)
{
  if (!self->stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->stale = FALSE;
  show_part (self, !self->fresh);
  self->fresh = FALSE;
}

static void
selected_cb (WeirDataView *self)
{
  guint selected = gtk_drop_down_get_selected (self->part);

  if (self->filling || selected >= self->n_parts)
    return;

  self->chosen = self->parts[selected].label;
  show_part (self, FALSE);
}

static void
mode_cb (WeirDataView *self)
{
  if (self->filling)
    return;

  self->wants_raw = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "raw") == 0;
  show_part (self, TRUE);
}

static void
search (WeirDataView *self, gboolean backward)
{
  const char *text = gtk_editable_get_text (self->search);

  gtk_widget_remove_css_class (GTK_WIDGET (self->search), "error");
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "raw") == 0)
    weir_text_view_search (self->raw, text, backward);
  else
    weir_json_view_search (self->tree, text);
}

static void
next_cb (WeirDataView *self)
{
  search (self, FALSE);
}

static void
previous_cb (WeirDataView *self)
{
  search (self, TRUE);
}

static void
not_found_cb (WeirDataView *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->search), "error");
  weir_toast (GTK_WIDGET (self), _ ("It is not in here"));
}

static void
weir_data_view_dispose (GObject *object)
{
  WeirDataView *self = WEIR_DATA_VIEW (object);

  g_clear_object (&self->record);
  self->n_parts = 0;

  G_OBJECT_CLASS (weir_data_view_parent_class)->dispose (object);
}

static void
weir_data_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_data_view_parent_class)->map (widget);
  refresh (WEIR_DATA_VIEW (widget));
}

static void
weir_data_view_class_init (WeirDataViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_data_view_dispose;
  GTK_WIDGET_CLASS (klass)->map = weir_data_view_map;
}

static GtkWidget *
create_search_button (WeirDataView *self)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "system-search-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Search in the Data"));
  weir_accessible_set_name (button, _ ("Search in the Data"));
  g_object_bind_property (self->search_bar, "search-mode-enabled", button, "active",
                          G_BINDING_BIDIRECTIONAL);

  return button;
}

static void
weir_data_view_init (WeirDataView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bar = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->part = weir_drop_down_new (NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->part), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->part), GTK_ALIGN_START);
  weir_accessible_name_drop_down (self->part, _ ("Part to Show"));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->tree = WEIR_JSON_VIEW (weir_json_view_new ());
  self->raw = WEIR_TEXT_VIEW (weir_text_view_new ());
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->tree), "tree", _ ("Tree"));
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->raw), "raw", _ ("Raw"));
  self->switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), self->stack);
  g_signal_connect_swapped (self->part, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (mode_cb), self);

  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text to Search For"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->search, "next-match", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->search, "previous-match", G_CALLBACK (previous_cb), self);
  g_signal_connect_swapped (self->tree, "not-found", G_CALLBACK (not_found_cb), self);
  g_signal_connect_swapped (self->raw, "not-found", G_CALLBACK (not_found_cb), self);
  self->search_bar = GTK_SEARCH_BAR (gtk_search_bar_new ());
  gtk_search_bar_set_child (self->search_bar, GTK_WIDGET (self->search));
  gtk_search_bar_connect_entry (self->search_bar, self->search);

  gtk_widget_add_css_class (GTK_WIDGET (self->bar), "weir-data-bar");
  gtk_box_append (self->bar, GTK_WIDGET (self->part));
  gtk_box_append (GTK_BOX (tools), create_search_button (self));
  gtk_box_append (GTK_BOX (tools), self->switcher);
  gtk_box_append (self->bar, tools);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search_bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_data_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
weir_data_view_new (void)
{
  return g_object_new (WEIR_TYPE_DATA_VIEW, NULL);
}

/**
 * weir_data_view_set_record:
 * @self: the view
 * @record: (nullable): what to show; a newer version keeps what is open
 */
void
weir_data_view_set_record (WeirDataView *self, WeirRecord *record)
{
  g_autoptr (GtkStringList) labels = NULL;
  guint selected = 0;
  gboolean same;

  g_return_if_fail (WEIR_IS_DATA_VIEW (self));

  if (self->record == record)
    return;

  same = record != NULL && self->record != NULL && weir_record_same (self->record, record);
  if (same && !weir_record_changed (self->record, record))
    return;

  self->fresh = self->fresh || !same;
  self->stale = TRUE;
  g_set_object (&self->record, record);
  self->n_parts = 0;
  if (record == NULL)
    {
      weir_json_view_set_json (self->tree, NULL, (WeirJson){ NULL, 0 }, FALSE);
      return;
    }

  collect_parts (self);
  labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->n_parts; i++)
    {
      gtk_string_list_append (labels, self->parts[i].label);
      if (g_strcmp0 (self->parts[i].label, self->chosen) == 0)
        selected = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->part, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->part, selected);
  self->filling = FALSE;
  refresh (self);
}

/**
 * weir_data_view_set_narrow:
 * @self: the view
 * @narrow: whether its tools do not fit beside each other
 */
void
weir_data_view_set_narrow (WeirDataView *self, gboolean narrow)
{
  g_return_if_fail (WEIR_IS_DATA_VIEW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

/**
 * weir_data_view_focus_search:
 * @self: the view
 *
 * Opens the search in what is shown.
 */
void
weir_data_view_focus_search (WeirDataView *self)
{
  g_return_if_fail (WEIR_IS_DATA_VIEW (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
