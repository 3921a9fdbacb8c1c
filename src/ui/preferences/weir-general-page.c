/* weir-general-page.c: what holds for all accounts and pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-general-page.h"

#include "weir-accessible.h"
#include "weir-appearance.h"
#include "weir-choices.h"
#include "weir-drop-down.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-notify-group.h"
#include "weir-scroll.h"
#include "weir-zone-dialog.h"
#include "weir-zone.h"

#include <glib/gi18n-lib.h>

enum
{
  PROXY_SYSTEM,
  PROXY_NONE,
  PROXY_MANUAL,
};

struct _WeirGeneralPage
{
  AdwPreferencesPage parent_instance;

  WeirPreferences *preferences;
  gboolean quiet;    /* set by us */
  char *shown_proxy; /* (nullable) */
  WeirRefresh shown_refresh;

  AdwComboRow *density;
  AdwActionRow *zone;
  AdwComboRow *watched;
  AdwComboRow *unwatched;
  AdwComboRow *proxy;
  AdwEntryRow *address;
  GtkLabel *note; /* what is wrong with the address */
};

G_DEFINE_FINAL_TYPE (WeirGeneralPage, weir_general_page, ADW_TYPE_PREFERENCES_PAGE)

static const guint watched_seconds[] = { 5, 10, 30, 60, 300 };
static const guint unwatched_seconds[] = { 30, 60, 300, 900, 3600 };

static void
say_error (WeirGeneralPage *self, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *sentence = weir_error_text_dup_sentence (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (escaped));
}

/* The present one may be none of the usual. */
static void
fill_seconds (AdwComboRow *row, const guint *usual, guint n_usual, guint present)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (guint));
  guint selected = 0;

  for (guint i = 0; i < n_usual; i++)
    {
      if (present < usual[i] && (i == 0 || present > usual[i - 1]))
        g_array_append_val (seconds, present);
      g_array_append_val (seconds, usual[i]);
    }
  if (present > usual[n_usual - 1])
    g_array_append_val (seconds, present);

  for (guint i = 0; i < seconds->len; i++)
    {
      g_autofree char *interval = weir_format_interval (g_array_index (seconds, guint, i));
      /* Translators: %s is an interval such as “30 s”, “5 min” or “1 h” */
      g_autofree char *label = g_strdup_printf (_ ("Every %s"), interval);

      gtk_string_list_append (labels, label);
      if (g_array_index (seconds, guint, i) == present)
        selected = i;
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (row, selected);
  g_object_set_data_full (G_OBJECT (row), "weir-seconds", g_steal_pointer (&seconds),
                          (GDestroyNotify) g_array_unref);
}

static guint
get_seconds (AdwComboRow *row)
{
  GArray *seconds = g_object_get_data (G_OBJECT (row), "weir-seconds");

  return g_array_index (seconds, guint, MIN (adw_combo_row_get_selected (row), seconds->len - 1));
}

static void
show_note (WeirGeneralPage *self, const char *note)
{
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  if (note != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  weir_accessible_set_note (GTK_WIDGET (self->address), note, TRUE);
}

static void
show_proxy (WeirGeneralPage *self)
{
  g_autofree char *proxy = weir_choices_dup_proxy (self->preferences);
  guint selected;

  /* something else has changed: what somebody types meanwhile stays */
  if (g_strcmp0 (proxy, self->shown_proxy) == 0)
    return;

  g_free (self->shown_proxy);
  self->shown_proxy = g_strdup (proxy);
  selected = g_str_equal (proxy, WEIR_PROXY_SYSTEM) ? PROXY_SYSTEM
             : g_str_equal (proxy, WEIR_PROXY_NONE) ? PROXY_NONE
                                                    : PROXY_MANUAL;

  adw_combo_row_set_selected (self->proxy, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->address), selected == PROXY_MANUAL);
  if (selected == PROXY_MANUAL
      && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->address)), proxy) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->address), proxy);
}

static void
show_zone (WeirGeneralPage *self)
{
  g_autofree char *zone = weir_choices_dup_time_zone (self->preferences);
  g_autofree char *label = weir_zone_dialog_dup_label (zone);
  g_autofree char *escaped = g_markup_escape_text (label, -1);

  adw_action_row_set_subtitle (self->zone, escaped);
}

static void
show_all (WeirGeneralPage *self)
{
  WeirRefresh refresh;

  self->quiet = TRUE;
  weir_choices_get_refresh (self->preferences, &refresh);
  adw_combo_row_set_selected (self->density, weir_appearance_get_density ());
  if (refresh.watched != self->shown_refresh.watched)
    fill_seconds (self->watched, watched_seconds, G_N_ELEMENTS (watched_seconds), refresh.watched);
  if (refresh.unwatched != self->shown_refresh.unwatched)
    fill_seconds (self->unwatched, unwatched_seconds, G_N_ELEMENTS (unwatched_seconds),
                  refresh.unwatched);
  self->shown_refresh = refresh;
  show_zone (self);
  show_proxy (self);
  self->quiet = FALSE;
}

static void
density_cb (WeirGeneralPage *self)
{
  guint selected = adw_combo_row_get_selected (self->density);

  if (!self->quiet && selected < WEIR_N_DENSITIES)
    weir_appearance_set_density ((WeirDensity) selected);
}

static void
zone_chosen_cb (const char *zone, GtkWidget *parent)
{
  WeirGeneralPage *self = WEIR_GENERAL_PAGE (parent);
  g_autoptr (GError) error = NULL;

  weir_choices_set_time_zone (self->preferences, zone, &error);
  if (error != NULL)
    say_error (self, error);
  show_zone (self);
}

static void
zone_cb (WeirGeneralPage *self)
{
  g_autofree char *zone = weir_choices_dup_time_zone (self->preferences);

  weir_zone_dialog_present (GTK_WIDGET (self), zone, zone_chosen_cb);
}

static void
refresh_cb (WeirGeneralPage *self)
{
  WeirRefresh refresh;
  g_autoptr (GError) error = NULL;

  if (self->quiet)
    return;

  refresh = (WeirRefresh){ get_seconds (self->watched), get_seconds (self->unwatched) };
  weir_choices_set_refresh (self->preferences, &refresh, &error);
  if (error != NULL)
    say_error (self, error);
}

static void
set_proxy (WeirGeneralPage *self, const char *proxy)
{
  g_autoptr (GError) error = NULL;

  weir_choices_set_proxy (self->preferences, proxy, &error);
  if (g_error_matches (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID))
    show_note (self, error->message);
  else
    show_note (self, NULL);
  if (g_error_matches (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_FILE))
    say_error (self, error);
}

/* A manual one is used once it has an address. */
static void
proxy_cb (WeirGeneralPage *self)
{
  guint selected = adw_combo_row_get_selected (self->proxy);

  if (self->quiet)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->address), selected == PROXY_MANUAL);
  show_note (self, NULL);
  if (selected == PROXY_MANUAL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      weir_scroll_to (GTK_WIDGET (self->address));
    }
  else
    set_proxy (self, selected == PROXY_NONE ? WEIR_PROXY_NONE : WEIR_PROXY_SYSTEM);
}

static void
address_cb (WeirGeneralPage *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address))));

  set_proxy (self, text);
}

static void
weir_general_page_dispose (GObject *object)
{
  WeirGeneralPage *self = WEIR_GENERAL_PAGE (object);

  self->quiet = TRUE;
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->shown_proxy, g_free);

  G_OBJECT_CLASS (weir_general_page_parent_class)->dispose (object);
}

static void
weir_general_page_class_init (WeirGeneralPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_general_page_dispose;
}

static AdwComboRow *
create_combo (WeirGeneralPage *self,
              AdwPreferencesGroup *group,
              const char *title,
              const char *subtitle,
              const char *context,
              const char *const *labels,
              GCallback callback)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  weir_drop_down_fit_row (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (labels != NULL)
    {
      g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

      for (guint i = 0; labels[i] != NULL; i++)
        gtk_string_list_append (list, g_dpgettext2 (GETTEXT_PACKAGE, context, labels[i]));
      adw_combo_row_set_model (row, G_LIST_MODEL (list));
    }
  g_signal_connect_swapped (row, "notify::selected", callback, self);
  adw_preferences_group_add (group, GTK_WIDGET (row));

  return row;
}

static AdwPreferencesGroup *
add_group (WeirGeneralPage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  if (description != NULL)
    adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);

  return group;
}

static void
add_display (WeirGeneralPage *self)
{
  static const char *const densities[] = {
    /* Translators: how high the rows of lists are */
    NC_ ("density", "Compact"),
    /* Translators: how high the rows of lists are */
    NC_ ("density", "Standard"),
    /* Translators: how high the rows of lists are */
    NC_ ("density", "Comfortable"),
    NULL,
  };
  AdwPreferencesGroup *group = add_group (self, _ ("Display"), NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Change…"));

  self->density = create_combo (self, group, _ ("Density"), _ ("Height of the rows in lists"),
                                "density", densities, G_CALLBACK (density_cb));

  self->zone = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->zone), _ ("Time Zone"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Change Time Zone"));
  weir_accessible_set_name (button, _ ("Change Time Zone"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (zone_cb), self);
  /* the row is the stop */
  gtk_widget_set_can_focus (button, FALSE);
  adw_action_row_add_suffix (self->zone, button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->zone), TRUE);
  g_signal_connect_swapped (self->zone, "activated", G_CALLBACK (zone_cb), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->zone));
}

static void
add_refresh (WeirGeneralPage *self)
{
  AdwPreferencesGroup *group =
      /* Translators: the heading of a group of preferences, a noun */
      add_group (self, C_ ("preferences", "Refresh"),
                 _ ("How often the platforms’ lists are asked for. A platform that wants fewer "
                    "questions gets fewer, and running pulls are followed more closely."));

  self->watched = create_combo (self, group, _ ("While the Window Is Seen"), NULL, NULL, NULL,
                                G_CALLBACK (refresh_cb));
  self->unwatched = create_combo (self, group, _ ("In the Background"), NULL, NULL, NULL,
                                  G_CALLBACK (refresh_cb));
}

static void
add_network (WeirGeneralPage *self)
{
  static const char *const proxies[] = {
    /* Translators: which proxy is used: the one of the system’s settings */
    NC_ ("proxy", "As the System"),
    /* Translators: which proxy is used: none */
    NC_ ("proxy", "None"),
    /* Translators: which proxy is used: one of which the address is entered */
    NC_ ("proxy", "Manual"),
    NULL,
  };
  AdwPreferencesGroup *group =
      add_group (self, _ ("Network"),
                 _ ("Used for all accounts. This computer itself is always asked directly."));
  GtkEditable *delegate;

  self->proxy =
      create_combo (self, group, _ ("Proxy"), NULL, "proxy", proxies, G_CALLBACK (proxy_cb));

  self->address = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address), _ ("Proxy Address"));
  adw_entry_row_set_show_apply_button (self->address, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->address), FALSE);
  delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->address));
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Proxy Address"), -1);
  g_signal_connect_swapped (self->address, "apply", G_CALLBACK (address_cb), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->address));

  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_xalign (self->note, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->note), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->note), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->note), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  adw_preferences_group_add (group, GTK_WIDGET (self->note));
}

static void
weir_general_page_init (WeirGeneralPage *self)
{
  self->quiet = TRUE;
  add_display (self);
  add_refresh (self);
  self->quiet = FALSE;
}

/**
 * weir_general_page_new:
 * @preferences: where it is kept, but for what is the window's alone
 *
 * Returns: (transfer floating): a page that follows what others change, too
 */
GtkWidget *
weir_general_page_new (WeirPreferences *preferences)
{
  WeirGeneralPage *self;

  g_return_val_if_fail (WEIR_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (WEIR_TYPE_GENERAL_PAGE, "title", _ ("General"), "icon-name",
                       "preferences-system-symbolic", NULL);
  self->preferences = g_object_ref (preferences);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self),
                            ADW_PREFERENCES_GROUP (weir_notify_group_new (preferences)));
  add_network (self);
  show_all (self);
  g_signal_connect_object (preferences, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
