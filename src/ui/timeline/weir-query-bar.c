/* weir-query-bar.c: where a query is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-query-bar.h"

#include "weir-accessible.h"
#include "weir-announce.h"
#include "weir-format.h"
#include "weir-keys.h"
#include "weir-query-entry.h"
#include "weir-query-edit.h"
#include "weir-query-values.h"
#include "weir-views-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A pause in the typing; and one in which the word that is being typed is not called wrong. */
#define DELAY_MS 250
#define PATIENCE_MS 1200

struct _WeirQueryBar
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirTimelineModel *model;
  WeirQuery *query; /* (nullable) */
  guint delay_id;
  guint problem_id;
  GError *problem_error; /* (nullable) to be shown */
  char *hint;     /* (nullable) to be shown: it is a query, but hardly the one that is meant */
  gsize position; /* of the word that either is about, bytes */
  gsize length;
  gint64 asked_at; /* monotonic µs; 0: the answer is there */
  gint64 duration; /* µs, of the last answer; -1: none was measured */

  WeirQueryEntry *entry;
  GtkBox *line;
  GtkLabel *counts;
  GtkMenuButton *views;
  GtkRevealer *revealer;
  GtkLabel *problem;
  GtkLabel *note; /* below it */
  GtkPopover *explanation;
  GtkLabel *reading;
  GtkLabel *timing;
};

enum
{
  QUERY_CHANGED,
  VIEW_RECALLED,
  SAVE_VIEW,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirQueryBar, weir_query_bar, ADW_TYPE_BIN)

/* What is wrong, or may be; an entry says it of itself, too. */
static void
show_problem (WeirQueryBar *self)
{
  gboolean is_error = self->problem_error != NULL;
  const char *message = is_error ? self->problem_error->message : self->hint;
  gboolean was_shown = gtk_revealer_get_reveal_child (self->revealer);

  gtk_revealer_set_reveal_child (self->revealer, message != NULL);
  /* they are of the query before, too */
  gtk_widget_set_opacity (GTK_WIDGET (self->counts), is_error ? 0 : 1);
  if (message == NULL && !was_shown)
    return;

  weir_query_entry_set_problem (self->entry, message, is_error, self->position,
                                self->position + self->length);
  weir_announce (GTK_WIDGET (self), WEIR_ANNOUNCE_RESULTS, message);
  if (message == NULL)
    return;

  gtk_label_set_label (self->problem, message);
  gtk_widget_set_css_classes (GTK_WIDGET (self->problem),
                              (const char *[]){ "caption", is_error ? "error" : "warning", NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->note), is_error);
}

static gboolean
problem_cb (gpointer user_data)
{
  WeirQueryBar *self = user_data;

  /* who is choosing from the list will go on */
  if (weir_query_entry_is_completing (self->entry))
    return G_SOURCE_CONTINUE;

  self->problem_id = 0;
  show_problem (self);

  return G_SOURCE_REMOVE;
}

/* A word that is being typed is not wrong yet. error: (transfer full) (nullable) */
static void
set_problem (WeirQueryBar *self, GError *error, WeirQuery *query, gboolean typing)
{
  gsize cursor = weir_query_entry_get_cursor (self->entry);

  g_clear_handle_id (&self->problem_id, g_source_remove);
  g_clear_error (&self->problem_error);
  g_clear_pointer (&self->hint, g_free);
  self->position = self->length = 0;
  self->problem_error = error;
  if (error != NULL)
    weir_query_error_get_span (error, &self->position, &self->length);
  else if (query != NULL)
    self->hint = weir_query_dup_hint (query, &self->position, &self->length);

  if (typing && cursor > self->position && cursor <= self->position + self->length)
    self->problem_id = g_timeout_add (PATIENCE_MS, problem_cb, self);
  else
    show_problem (self);
}

/* found: a number as text */
static char *
dup_share (const char *found, guint64 n_total)
{
  g_autofree char *total = weir_format_number (n_total);

  return g_strdup_printf (ngettext ("%s of %s event", "%s of %s events", (gulong) n_total), found,
                          total);
}

static void
explain (WeirQueryBar *self)
{
  g_autoptr (WeirQuery) everything = self->query == NULL ? weir_query_new ("", NULL) : NULL;
  g_autofree char *reading = weir_query_dup_explanation (
      self->query != NULL ? self->query : everything, weir_query_values_dup_label, self->monitor);
  g_autofree char *found = NULL;
  guint64 n_total = weir_timeline_model_get_total (self->model);
  g_autofree char *total = weir_format_number (n_total);
  WeirBalance balance;
  g_autofree char *text = NULL;

  /* the answer that is there is one to another query */
  gtk_widget_set_visible (GTK_WIDGET (self->timing), self->problem_error == NULL);
  if (self->problem_error != NULL)
    {
      gtk_label_set_label (self->reading, self->problem_error->message);
      return;
    }

  weir_timeline_model_get_balance (self->model, &balance);
  found = weir_format_number (balance.shown + balance.held_back);
  if (self->hint != NULL)
    {
      g_autofree char *lines = g_strconcat (reading, "\n", self->hint, NULL);

      gtk_label_set_label (self->reading, lines);
    }
  else
    gtk_label_set_label (self->reading, reading);
  if (self->duration >= 0)
    {
      g_autofree char *duration = weir_format_duration (self->duration);

      /* Translators: two numbers, and how long it took: 12 of 4 000 events, found in 3 ms */
      text = g_strdup_printf (ngettext ("%s of %s event, answered in %s",
                                        "%s of %s events, answered in %s", (gulong) n_total),
                              found, total, duration);
    }
  else
    {
      text = dup_share (found, n_total);
    }
  gtk_label_set_label (self->timing, text);
}

static void
apply (WeirQueryBar *self, gboolean typing)
{
  const char *text = weir_query_entry_get_text (self->entry);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (WeirQuery) query = NULL;
  GError *error = NULL;

  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (trimmed[0] != '\0')
    query = weir_query_new (text, &error);
  set_problem (self, error, query, typing);
  if (error != NULL)
    return;

  if (query == self->query
      || (query != NULL && self->query != NULL
          && g_str_equal (weir_query_get_text (query), weir_query_get_text (self->query))))
    return;

  g_set_object (&self->query, query);
  self->asked_at = g_get_monotonic_time ();
  self->duration = -1;
  weir_announce (GTK_WIDGET (self), WEIR_ANNOUNCE_RESULTS, NULL);
  g_signal_emit (self, signals[QUERY_CHANGED], 0);
}

static gboolean
delay_cb (gpointer user_data)
{
  WeirQueryBar *self = user_data;

  self->delay_id = 0;
  apply (self, TRUE);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (WeirQueryBar *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (DELAY_MS, delay_cb, self);
}

/* Only what somebody meant to ask is worth to be asked again. */
static void
remember (WeirQueryBar *self)
{
  WeirPreferences *preferences = weir_monitor_get_preferences (self->monitor);
  g_autofree char *text = g_strstrip (g_strdup (weir_query_bar_get_text (self)));
  g_auto (GStrv) recent = weir_recent_queries_list (preferences);

  if (text[0] == '\0' || g_strcmp0 (recent[0], text) == 0)
    return;
  weir_recent_queries_add (preferences, text);
}

static void
activate_cb (WeirQueryBar *self)
{
  apply (self, FALSE);
  remember (self);
}

static void
entered_cb (WeirQueryBar *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
model_changed_cb (WeirQueryBar *self)
{
  g_autofree char *part = NULL;
  g_autofree char *all = weir_format_number (weir_timeline_model_get_total (self->model));
  g_autofree char *text = NULL;
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);
  part = weir_format_number (balance.shown);
  /* Translators: how many of how many are shown */
  text = g_strdup_printf (_ ("%s of %s"), part, all);
  gtk_label_set_label (self->counts, text);
  weir_query_entry_set_index (self->entry, weir_timeline_model_get_index (self->model));
  if (self->asked_at != 0 && !weir_timeline_model_is_loading (self->model)
      && !weir_timeline_model_is_partial (self->model))
    {
      g_autofree char *found = weir_format_number (balance.shown + balance.held_back);
      g_autofree char *events = dup_share (found, weir_timeline_model_get_total (self->model));
      g_autofree char *sentence = weir_format_sentence (events);
      g_autofree char *told =
          self->hint != NULL ? weir_format_sentences (sentence, self->hint) : g_strdup (events);

      self->duration = g_get_monotonic_time () - self->asked_at;
      self->asked_at = 0;
      /* that something is wrong has been told since */
      if (self->problem_error == NULL)
        weir_announce (GTK_WIDGET (self), WEIR_ANNOUNCE_RESULTS, told);
    }
  if (gtk_widget_get_visible (GTK_WIDGET (self->explanation)))
    explain (self);
}

static void
view_chosen_cb (WeirQueryBar *self, const WeirSavedView *view)
{
  weir_query_bar_set_text (self, view->query);
  g_signal_emit (self, signals[VIEW_RECALLED], 0, view);
}

static void
explain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirQueryBar *self = user_data;
  /* below the middle of the bar, so that it hangs over nothing but the page */
  GdkRectangle place = { 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self)) };

  apply (self, FALSE);
  explain (self);
  gtk_popover_set_pointing_to (self->explanation, &place);
  gtk_popover_popup (self->explanation);
}

static void
save_view_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirQueryBar *self = user_data;

  apply (self, FALSE);
  g_signal_emit (self, signals[SAVE_VIEW], 0);
}

static void
save_clicked_cb (WeirQueryBar *self)
{
  save_view_cb (NULL, NULL, self);
}

static void
saved_views_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (WEIR_QUERY_BAR (user_data)->views);
}

static void
weir_query_bar_dispose (GObject *object)
{
  WeirQueryBar *self = WEIR_QUERY_BAR (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_handle_id (&self->problem_id, g_source_remove);
  g_clear_error (&self->problem_error);
  g_clear_pointer (&self->hint, g_free);
  if (self->explanation != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->explanation));
  self->explanation = NULL;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->query);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_query_bar_parent_class)->dispose (object);
}

static void
weir_query_bar_class_init (WeirQueryBarClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = weir_query_bar_dispose;

  signals[QUERY_CHANGED] =
      g_signal_new ("query-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[VIEW_RECALLED] = g_signal_new ("view-recalled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAVE_VIEW] =
      g_signal_new ("save-view", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkLabel *
create_text (GtkBox *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

static void
create_explanation (WeirQueryBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkLabel *heading = create_text (GTK_BOX (box), "heading");

  gtk_label_set_label (heading, _ ("How the Query Is Read"));
  self->reading = create_text (GTK_BOX (box), "body");
  self->timing = create_text (GTK_BOX (box), "dim-label");
  gtk_widget_add_css_class (box, "weir-explanation");

  self->explanation = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->explanation, box);
  gtk_popover_set_position (self->explanation, GTK_POS_BOTTOM);
  gtk_widget_set_parent (GTK_WIDGET (self->explanation), GTK_WIDGET (self));
}

static void
weir_query_bar_init (WeirQueryBar *self)
{
  self->duration = -1;
}

static GtkWidget *
create_menu (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Export…"), "page.export");
  g_menu_append (menu, _ ("_Save View…"), "page.save-view");
  g_menu_append (menu, _ ("_How the Query Is Read"), "page.explain-query");
  g_menu_append (menu, _ ("Schema _Drift"), "win.schema-drift");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Timeline Menu"));
  weir_accessible_set_name (button, _ ("Timeline Menu"));
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static void
create_parts (WeirQueryBar *self)
{
  GtkWidget *problem = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *popover = weir_views_popover_new (weir_monitor_get_preferences (self->monitor));

  self->entry = WEIR_QUERY_ENTRY (weir_query_entry_new (self->monitor));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (self->entry, "left", G_CALLBACK (remember), self);

  self->counts = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_margin_start (GTK_WIDGET (self->counts), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self->counts), 6);
  gtk_label_set_xalign (self->counts, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->counts), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "numeric");

  self->views = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->views, "user-bookmarks-symbolic");
  gtk_menu_button_set_popover (self->views, popover);
  weir_keys_set_tooltip (GTK_WIDGET (self->views), "page.saved-views",
                         _ ("Saved Views and Recent Queries"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->views), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Saved Views"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->views), "flat");
  g_signal_connect_swapped (popover, "view-chosen", G_CALLBACK (view_chosen_cb), self);
  g_signal_connect_swapped (popover, "query-chosen", G_CALLBACK (weir_query_bar_set_text), self);
  g_signal_connect_swapped (popover, "save", G_CALLBACK (save_clicked_cb), self);

  self->line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3));
  gtk_box_append (self->line, GTK_WIDGET (self->entry));
  gtk_box_append (self->line, GTK_WIDGET (self->counts));
  gtk_box_append (self->line, GTK_WIDGET (self->views));
  gtk_box_append (self->line, create_menu ());

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_widget_add_css_class (box, "weir-filter-bar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->revealer));
  gtk_widget_set_margin_top (problem, 6);
  self->problem = create_text (GTK_BOX (problem), "caption");
  gtk_label_set_max_width_chars (self->problem, -1);
  /* they stay while somebody writes: nothing is gained by taking them away */
  self->note = create_text (GTK_BOX (problem), "caption");
  gtk_label_set_max_width_chars (self->note, -1);
  gtk_label_set_label (self->note, _ ("The rows are still those of the query before."));
  gtk_revealer_set_child (self->revealer, problem);
  adw_bin_set_child (ADW_BIN (self), box);
  create_explanation (self);
}

/**
 * weir_query_bar_new:
 * @monitor: has the history, the names of records and the preferences
 * @model: what answers the query
 *
 * Returns: (transfer floating): an empty query bar
 */
GtkWidget *
weir_query_bar_new (WeirMonitor *monitor, WeirTimelineModel *model)
{
  WeirQueryBar *self = g_object_new (WEIR_TYPE_QUERY_BAR, NULL);

  self->monitor = g_object_ref (monitor);
  self->model = g_object_ref (model);
  create_parts (self);
  g_signal_connect_swapped (model, "changed", G_CALLBACK (model_changed_cb), self);
  model_changed_cb (self);

  return GTK_WIDGET (self);
}

/**
 * weir_query_bar_get_query:
 * @self: the bar
 *
 * Returns: (transfer none) (nullable): the last query that was one; %NULL asks for everything
 */
WeirQuery *
weir_query_bar_get_query (WeirQueryBar *self)
{
  g_return_val_if_fail (WEIR_IS_QUERY_BAR (self), NULL);

  return self->query;
}

/**
 * weir_query_bar_get_text:
 * @self: the bar
 *
 * Returns: (transfer none): the text of the last query that was one
 */
const char *
weir_query_bar_get_text (WeirQueryBar *self)
{
  g_return_val_if_fail (WEIR_IS_QUERY_BAR (self), "");

  return self->query != NULL ? weir_query_get_text (self->query) : "";
}

/**
 * weir_query_bar_set_text:
 * @self: the bar
 * @text: a query
 *
 * Writes and asks it.
 */
void
weir_query_bar_set_text (WeirQueryBar *self, const char *text)
{
  g_return_if_fail (WEIR_IS_QUERY_BAR (self));
  g_return_if_fail (text != NULL);

  weir_query_entry_set_text (self->entry, text);
  apply (self, FALSE);
}

/**
 * weir_query_bar_focus:
 * @self: the bar
 */
void
weir_query_bar_focus (WeirQueryBar *self)
{
  g_return_if_fail (WEIR_IS_QUERY_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * weir_query_bar_add_actions:
 * @self: the bar
 * @actions: the page's
 */
void
weir_query_bar_add_actions (WeirQueryBar *self, GActionMap *actions)
{
  static const GActionEntry entries[] = {
    { .name = "explain-query", .activate = explain_cb },
    { .name = "save-view", .activate = save_view_cb },
    { .name = "saved-views", .activate = saved_views_cb },
  };

  g_return_if_fail (WEIR_IS_QUERY_BAR (self));

  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
}

/**
 * weir_query_bar_append:
 * @self: the bar
 * @widget: a button for the end of the line, before its menu
 */
void
weir_query_bar_append (WeirQueryBar *self, GtkWidget *widget)
{
  g_return_if_fail (WEIR_IS_QUERY_BAR (self));

  gtk_box_insert_child_after (self->line, widget, GTK_WIDGET (self->views));
}

/**
 * weir_query_bar_save_view:
 * @self: the bar
 * @stack: (nullable): what the chart is stacked by
 *
 * Asks for a name, and saves the query and the rest under it.
 */
void
weir_query_bar_save_view (WeirQueryBar *self, const char *stack)
{
  g_return_if_fail (WEIR_IS_QUERY_BAR (self));

  weir_views_popover_save (GTK_WIDGET (self), weir_monitor_get_preferences (self->monitor),
                           weir_saved_view_new ("", weir_query_bar_get_text (self), stack));
}

/**
 * weir_query_bar_set_narrow:
 * @self: the bar
 * @narrow: whether there is little room
 */
void
weir_query_bar_set_narrow (WeirQueryBar *self, gboolean narrow)
{
  g_return_if_fail (WEIR_IS_QUERY_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->counts), !narrow);
}
