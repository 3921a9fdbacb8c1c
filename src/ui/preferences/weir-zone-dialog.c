/* weir-zone-dialog.c: a time zone, to be chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-zone-dialog.h"

#include "weir-accessible.h"
#include "weir-clock.h"
#include "weir-format.h"
#include "weir-help.h"
#include "weir-zone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WeirZoneDialog
{
  AdwWindow parent_instance;

  GtkWidget *parent; /* weak */
  WeirZoneChosen chosen;
  char *words; /* (nullable) of the search, case-folded */

  GtkSearchEntry *entry;
  GtkFilter *filter;
  GtkSingleSelection *selection;
  GtkWidget *view;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (WeirZoneDialog, weir_zone_dialog, ADW_TYPE_WINDOW)

/* The time there now, and how far it is from UTC. */
static char *
dup_clock (const char *zone)
{
  g_autoptr (GTimeZone) there = g_str_equal (zone, WEIR_ZONE_LOCAL)
                                    ? g_time_zone_new_local ()
                                    : g_time_zone_new_identifier (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (weir_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = there != NULL ? g_date_time_to_timezone (utc, there) : NULL;

  /* Translators: a time of day, then how far it is from UTC, see g_date_time_format() */
  return now != NULL ? g_date_time_format (now, _ ("%H:%M, UTC%:z")) : g_strdup ("");
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *clock = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (clock, "dim-label");
  gtk_widget_add_css_class (clock, "numeric");
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), clock);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  const char *zone = gtk_string_object_get_string (gtk_list_item_get_item (list_item));
  g_autofree char *label = weir_zone_dialog_dup_label (zone);
  g_autofree char *clock = dup_clock (zone);
  g_autofree char *name = weir_format_list (label, clock, NULL);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), label);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), clock);
  weir_accessible_name_row (box, name);
}

/* A name is a path of places: "new york" is in "America/New_York". */
static gboolean
match_cb (gpointer item, gpointer user_data)
{
  WeirZoneDialog *self = user_data;
  g_autofree char *label = NULL;
  g_autofree char *folded = NULL;

  if (self->words == NULL || *self->words == '\0')
    return TRUE;

  label = weir_zone_dialog_dup_label (gtk_string_object_get_string (item));
  folded = g_utf8_casefold (label, -1);

  return strstr (folded, self->words) != NULL;
}

static void
search_cb (WeirZoneDialog *self)
{
  g_autofree char *text =
      g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))), "_", ' ');
  guint n;

  g_free (self->words);
  self->words = g_utf8_casefold (g_strstrip (text), -1);
  /* of rows that go among others without widgets, GTK 4.8 would take the wrong ones away */
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view), NULL);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
  if (n > 0 && *self->words != '\0')
    gtk_single_selection_set_selected (self->selection, 0);
}

static void
choose (WeirZoneDialog *self, guint position)
{
  g_autoptr (GtkStringObject) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  if (self->parent != NULL)
    self->chosen (gtk_string_object_get_string (item), self->parent);
  gtk_window_close (GTK_WINDOW (self));
}

/* Enter in the entry takes the first that was found. */
static void
entry_activate_cb (WeirZoneDialog *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static void
activate_cb (WeirZoneDialog *self, guint position)
{
  choose (self, position);
}

static void
weir_zone_dialog_dispose (GObject *object)
{
  WeirZoneDialog *self = WEIR_ZONE_DIALOG (object);

  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->filter);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (weir_zone_dialog_parent_class)->dispose (object);
}

static void
weir_zone_dialog_class_init (WeirZoneDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_zone_dialog_dispose;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GListModel *
create_model (void)
{
  GtkStringList *zones = gtk_string_list_new ((const char *const[]){ WEIR_ZONE_LOCAL, NULL });
  g_autoptr (GPtrArray) names = weir_zone_list ();

  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (zones, names->pdata[i]);

  return G_LIST_MODEL (zones);
}

static GtkWidget *
create_list (WeirZoneDialog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *none = adw_status_page_new ();

  self->filter = g_object_ref (GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL)));
  self->selection = gtk_single_selection_new (
      G_LIST_MODEL (gtk_filter_list_model_new (create_model (), self->filter)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Time Zones"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _ ("No Such Time Zone"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none),
                                   _ ("Search for a large city of the zone, or for a continent."));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_stack_add_named (self->stack, none, "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);

  return GTK_WIDGET (self->stack);
}

static void
weir_zone_dialog_init (WeirZoneDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 560);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Time Zone"));
  weir_help_set_topic (GTK_WINDOW (self), "preferences");

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_search_entry_set_search_delay (self->entry, 0);
  g_object_set (self->entry, "placeholder-text", _ ("Search time zones"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search time zones"), -1);
  gtk_widget_set_margin_start (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->entry), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->entry), 12);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), create_list (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * weir_zone_dialog_present:
 * @parent: a widget in a window
 * @zone: what is chosen now
 * @chosen: told when another one is, while @parent lives
 */
void
weir_zone_dialog_present (GtkWidget *parent, const char *zone, WeirZoneChosen chosen)
{
  WeirZoneDialog *self;
  GListModel *model;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (zone != NULL);

  self = g_object_new (WEIR_TYPE_ZONE_DIALOG, "transient-for", gtk_widget_get_root (parent), NULL);
  g_set_weak_pointer (&self->parent, parent);
  self->chosen = chosen;
  model = G_LIST_MODEL (self->selection);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), zone))
        {
          gtk_single_selection_set_selected (self->selection, i);
          gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", i);
        }
    }
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * weir_zone_dialog_dup_label:
 * @zone: "local" or a zone's name
 *
 * Returns: (transfer full): how a person reads it
 */
char *
weir_zone_dialog_dup_label (const char *zone)
{
  g_return_val_if_fail (zone != NULL, NULL);

  if (g_str_equal (zone, WEIR_ZONE_LOCAL))
    /* Translators: a time zone: the one of this computer */
    return g_strdup (C_ ("time zone", "This Computer’s"));

  return g_strdelimit (g_strdup (zone), "_", ' ');
}
