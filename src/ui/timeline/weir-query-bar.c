/* weir-query-bar.c: where a query is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-query-bar.h"

#include "weir-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A pause in the typing. */
#define DELAY_MS 250

struct _WeirQueryBar
{
  AdwBin parent_instance;

  WeirQuery *query; /* (nullable) */
  guint delay_id;

  GtkEntry *entry;
  GtkLabel *counts;
  GtkRevealer *revealer;
  GtkLabel *problem;
};

enum
{
  QUERY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WeirQueryBar, weir_query_bar, ADW_TYPE_BIN)

static void
mark (WeirQueryBar *self, gsize start, gsize end)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  underline->start_index = (guint) start;
  underline->end_index = (guint) end;
  pango_attr_list_insert (attributes, underline);
  gtk_entry_set_attributes (self->entry, attributes);
  pango_attr_list_unref (attributes);
}

static void
show_problem (WeirQueryBar *self, const char *text, const GError *error)
{
  gsize start;
  gsize end;

  gtk_revealer_set_reveal_child (self->revealer, error != NULL);
  gtk_entry_set_attributes (self->entry, NULL);
  if (error == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
      return;
    }

  gtk_label_set_label (self->problem, error->message);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (weir_query_find_wrong_word (text, &start, &end))
    mark (self, start, end);
}

static void
apply (WeirQueryBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirQuery) query = NULL;
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  g_clear_handle_id (&self->delay_id, g_source_remove);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     text[0] != '\0' ? "edit-clear-symbolic" : NULL);
  if (trimmed[0] != '\0')
    {
      query = weir_query_new (text, &error);
      show_problem (self, text, error);
      if (query == NULL)
        return;
    }
  else
    {
      show_problem (self, text, NULL);
    }

  if (query == self->query
      || (query != NULL && self->query != NULL
          && g_str_equal (weir_query_get_text (query), weir_query_get_text (self->query))))
    return;

  g_set_object (&self->query, query);
  g_signal_emit (self, signals[QUERY_CHANGED], 0);
}

static gboolean
delay_cb (gpointer user_data)
{
  WeirQueryBar *self = user_data;

  self->delay_id = 0;
  apply (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (WeirQueryBar *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (DELAY_MS, delay_cb, self);
}

static void
icon_cb (WeirQueryBar *self, GtkEntryIconPosition position)
{
  if (position == GTK_ENTRY_ICON_SECONDARY)
    weir_query_bar_set_text (self, "");
}

static gboolean
key_cb (WeirQueryBar *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape || gtk_entry_get_text_length (self->entry) == 0)
    return GDK_EVENT_PROPAGATE;

  weir_query_bar_set_text (self, "");

  return GDK_EVENT_STOP;
}

static void
weir_query_bar_dispose (GObject *object)
{
  WeirQueryBar *self = WEIR_QUERY_BAR (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (weir_query_bar_parent_class)->dispose (object);
}

static void
weir_query_bar_class_init (WeirQueryBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_query_bar_dispose;

  signals[QUERY_CHANGED] = g_signal_new ("query-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
weir_query_bar_init (WeirQueryBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_PRIMARY, "system-search-symbolic");
  gtk_entry_set_icon_activatable (self->entry, GTK_ENTRY_ICON_PRIMARY, FALSE);
  gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY, _ ("Clear the Query"));
  gtk_entry_set_placeholder_text (self->entry,
                                  _ ("Query, such as kind:updated collection:contact"));
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (self->entry),
      _ ("Words are looked for in the payload; account:, provider:, kind:, collection: and sub: "
         "look in their field. Quotes keep blanks together."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Query"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (apply), self);
  g_signal_connect_swapped (self->entry, "icon-release", G_CALLBACK (icon_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);

  self->counts = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->counts));

  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->problem, 0);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "caption");
  gtk_widget_set_margin_top (GTK_WIDGET (self->problem), 6);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (self->problem));

  gtk_widget_add_css_class (box, "weir-filter-bar");
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->revealer));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * weir_query_bar_new:
 *
 * Returns: (transfer floating): an empty query bar
 */
GtkWidget *
weir_query_bar_new (void)
{
  return g_object_new (WEIR_TYPE_QUERY_BAR, NULL);
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

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  apply (self);
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
 * weir_query_bar_set_counts:
 * @self: the bar
 * @shown: the number of events that are shown
 * @total: the number of events that there are
 */
void
weir_query_bar_set_counts (WeirQueryBar *self, guint shown, guint total)
{
  g_autofree char *part = weir_format_number (shown);
  g_autofree char *all = weir_format_number (total);
  g_autofree char *text = NULL;

  g_return_if_fail (WEIR_IS_QUERY_BAR (self));

  /* Translators: how many of how many are shown */
  text = g_strdup_printf (_ ("%s of %s"), part, all);
  gtk_label_set_label (self->counts, text);
}

/**
 * weir_query_find_wrong_word:
 * @text: what was written
 * @start: (out): where the word begins, bytes
 * @end: (out): where it ends
 *
 * The language says what is wrong at which character, for people. The word is the last one of the shortest beginning that
 * is wrong in the same way.
 *
 * Returns: whether a word is to blame
 */
gboolean
weir_query_find_wrong_word (const char *text, gsize *start, gsize *end)
{
  g_autoptr (GError) whole = NULL;
  g_autoptr (WeirQuery) query = NULL;
  gsize length;
  gsize word = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  length = strlen (text);
  query = weir_query_new (text, &whole);
  if (query != NULL)
    return FALSE;

  for (gsize i = 0; i <= length; i++)
    {
      if (i < length && !g_ascii_isspace (text[i]))
        continue;

      if (i > word)
        {
          g_autofree char *beginning = g_strndup (text, i);
          g_autoptr (GError) error = NULL;
          g_autoptr (WeirQuery) part = weir_query_new (beginning, &error);

          if (error != NULL && g_str_equal (error->message, whole->message))
            {
              *start = word;
              *end = i;
              return TRUE;
            }
        }
      word = i + 1;
    }

  return FALSE;
}
