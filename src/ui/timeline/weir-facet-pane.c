/* weir-facet-pane.c: what the answer is made of, beside it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-facet-pane.h"

#include "weir-accessible.h"
#include "weir-facet-group.h"
#include "weir-keys.h"
#include "weir-query-values.h"
#include "weir-settings.h"

#include <glib/gi18n-lib.h>

/* In px. */
#define WIDTH 216
/* In less room for all they lie over what is beside them. */
#define MIN_TOGETHER 700

/* Between two counts: a second is enough for a reader; and no more than a tenth of a worker's time is spent on them. */
#define INTERVAL_US (500 * 1000)
#define SHARE 10

static const struct
{
  const char *field;
  const char *title;
} FACETS[] = {
  { "account", N_ ("Account") },
  { "provider", N_ ("Provider") },
  { "kind", N_ ("Kind") },
  { "status", N_ ("Status") },
  { "collection", N_ ("Collection") },
  { "sub", N_ ("Subscription") },
};

struct _WeirFacetPane
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  WeirTimelineModel *model;
  WeirQueryBar *bar;
  GCancellable *cancellable; /* (nullable) of the count that runs */
  gint64 counted_at;         /* monotonic, when the last count began */
  gint64 duration;           /* of it */
  gboolean dirty;            /* something changed since */
  guint refresh_id;
  char *text;      /* (nullable) of the query that is shown */
  gboolean wanted; /* as the user left it while there was room for it */
  gboolean updating;

  AdwFlap *flap;
  WeirFacetGroup *groups[G_N_ELEMENTS (FACETS)];
};

G_DEFINE_FINAL_TYPE (WeirFacetPane, weir_facet_pane, ADW_TYPE_BIN)

static void schedule (WeirFacetPane *self, gboolean now);

static gboolean
is_seen (WeirFacetPane *self)
{
  return adw_flap_get_reveal_flap (self->flap) && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirFacetPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) counts = weir_query_values_count_finish (result, &error);
  const char *text;
  gboolean sort;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  self->duration = g_get_monotonic_time () - self->counted_at;
  if (counts != NULL)
    {
      text = weir_query_bar_get_text (self->bar);
      sort = g_strcmp0 (text, self->text) != 0;
      g_free (self->text);
      self->text = g_strdup (text);
      for (gsize i = 0; i < G_N_ELEMENTS (FACETS); i++)
        weir_facet_group_update (self->groups[i], g_hash_table_lookup (counts, FACETS[i].field),
                                 self->text, sort);
    }
  if (self->dirty)
    schedule (self, FALSE);
}

static void
refresh (WeirFacetPane *self)
{
  const char *fields[G_N_ELEMENTS (FACETS) + 1] = { NULL };
  WeirHistoryIndex *index = weir_timeline_model_is_loading (self->model)
                                ? NULL
                                : weir_timeline_model_get_index (self->model);

  for (gsize i = 0; i < G_N_ELEMENTS (FACETS); i++)
    fields[i] = FACETS[i].field;
  self->dirty = FALSE;
  self->counted_at = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  weir_query_values_count_async (weir_monitor_get_history (self->monitor),
                                 weir_query_bar_get_text (self->bar), index, fields,
                                 self->cancellable, count_cb, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer user_data)
{
  WeirFacetPane *self = user_data;

  self->refresh_id = 0;
  if (is_seen (self))
    refresh (self);

  return G_SOURCE_REMOVE;
}

/* now: the query is another one, so what is counted for the last one is of no use */
static void
schedule (WeirFacetPane *self, gboolean now)
{
  gint64 wait;

  self->dirty = TRUE;
  if (!is_seen (self))
    return;
  /* the first rows come alone, and are not all that is counted */
  if (self->counted_at == 0
      && (weir_timeline_model_is_loading (self->model)
          || weir_timeline_model_is_partial (self->model)))
    return;
  if (now)
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      g_clear_handle_id (&self->refresh_id, g_source_remove);
    }
  if (self->cancellable != NULL || self->refresh_id != 0)
    return;

  wait = self->counted_at + MAX (INTERVAL_US, SHARE * self->duration) - g_get_monotonic_time ();
  self->refresh_id =
      g_timeout_add (now ? 0 : (guint) CLAMP (wait / 1000, 0, 60 * 1000), refresh_cb, self);
}

static void
model_changed_cb (WeirFacetPane *self)
{
  schedule (self, FALSE);
}

static void
query_changed_cb (WeirFacetPane *self)
{
  schedule (self, TRUE);
}

static void
mapped_cb (WeirFacetPane *self)
{
  if (self->dirty)
    schedule (self, TRUE);
}

static void
set_cb (WeirFacetPane *self,
        const char *value,
        WeirQueryTermState state,
        gboolean only,
        WeirFacetGroup *group)
{
  const char *field = weir_facet_group_get_field (group);
  g_autofree char *base =
      only ? weir_query_edit_remove_field (weir_query_bar_get_text (self->bar), field)
           : g_strdup (weir_query_bar_get_text (self->bar));
  g_autofree char *text = weir_query_edit_set_state (base, field, value, state);

  weir_query_bar_set_text (self->bar, text);
}

/* Folded, they cover what they are about. */
static void
folded_cb (WeirFacetPane *self)
{
  self->updating = TRUE;
  adw_flap_set_reveal_flap (self->flap, self->wanted && !adw_flap_get_folded (self->flap));
  self->updating = FALSE;
}

static void
reveal_cb (WeirFacetPane *self)
{
  GSettings *settings = weir_settings_get ();

  if (!self->updating && !adw_flap_get_folded (self->flap))
    {
      self->wanted = adw_flap_get_reveal_flap (self->flap);
      if (settings != NULL)
        g_settings_set_boolean (settings, "facets-visible", self->wanted);
    }
  if (self->dirty)
    schedule (self, TRUE);
}

static void
toggle_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AdwFlap *flap = WEIR_FACET_PANE (user_data)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
weir_facet_pane_dispose (GObject *object)
{
  WeirFacetPane *self = WEIR_FACET_PANE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->bar != NULL)
    g_signal_handlers_disconnect_by_data (self->bar, self);
  g_clear_object (&self->model);
  g_clear_object (&self->bar);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (weir_facet_pane_parent_class)->dispose (object);
}

static void
weir_facet_pane_class_init (WeirFacetPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_facet_pane_dispose;
}

static GtkWidget *
create_list (WeirFacetPane *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (FACETS); i++)
    {
      GtkWidget *group = weir_facet_group_new (self->monitor, FACETS[i].field, _ (FACETS[i].title));

      self->groups[i] = WEIR_FACET_GROUP (group);
      g_signal_connect_swapped (group, "set", G_CALLBACK (set_cb), self);
      gtk_box_append (GTK_BOX (box), group);
    }
  gtk_widget_add_css_class (box, "weir-facets");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_widget_add_css_class (scroller, "background");

  return scroller;
}

static void
weir_facet_pane_init (WeirFacetPane *self)
{
  GSettings *settings = weir_settings_get ();

  self->dirty = TRUE;
  self->wanted = settings == NULL || g_settings_get_boolean (settings, "facets-visible");
}

/**
 * weir_facet_pane_new:
 * @monitor: has the history and the names of records
 * @model: what answers the query
 * @bar: where the query is written
 * @content: what shows the answer
 *
 * Returns: (transfer floating): @content with the facets at its side
 */
GtkWidget *
weir_facet_pane_new (WeirMonitor *monitor,
                     WeirTimelineModel *model,
                     WeirQueryBar *bar,
                     GtkWidget *content)
{
  WeirFacetPane *self = g_object_new (WEIR_TYPE_FACET_PANE, NULL);

  self->monitor = g_object_ref (monitor);
  self->model = g_object_ref (model);
  self->bar = g_object_ref (bar);

  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_fold_policy (self->flap, ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_locked (self->flap, TRUE);
  adw_flap_set_swipe_to_open (self->flap, FALSE);
  adw_flap_set_swipe_to_close (self->flap, FALSE);
  adw_flap_set_flap (self->flap, create_list (self));
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (self->flap, content);
  adw_flap_set_reveal_flap (self->flap, self->wanted);
  g_signal_connect_swapped (self->flap, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self);
  gtk_widget_set_vexpand (GTK_WIDGET (self->flap), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->flap));

  g_signal_connect_swapped (model, "changed", G_CALLBACK (model_changed_cb), self);
  g_signal_connect_object (weir_monitor_get_recorder (monitor), "named",
                           G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (bar, "query-changed", G_CALLBACK (query_changed_cb), self);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);

  return GTK_WIDGET (self);
}

/**
 * weir_facet_pane_create_button:
 * @self: the pane
 *
 * Returns: (transfer floating): a button that shows and hides the facets
 */
GtkWidget *
weir_facet_pane_create_button (WeirFacetPane *self)
{
  GtkWidget *button = gtk_toggle_button_new ();

  g_return_val_if_fail (WEIR_IS_FACET_PANE (self), NULL);

  gtk_button_set_icon_name (GTK_BUTTON (button), "weir-filter-symbolic");
  gtk_widget_add_css_class (button, "flat");
  weir_keys_set_tooltip (button, "page.toggle-facets", _ ("Facets"));
  weir_accessible_set_name (button, _ ("Facets"));
  g_object_bind_property (self->flap, "reveal-flap", button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  return button;
}

/**
 * weir_facet_pane_add_actions:
 * @self: the pane
 * @actions: the page's
 */
void
weir_facet_pane_add_actions (WeirFacetPane *self, GActionMap *actions)
{
  static const GActionEntry entries[] = {
    { .name = "toggle-facets", .activate = toggle_cb },
  };

  g_return_if_fail (WEIR_IS_FACET_PANE (self));

  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
}

/**
 * weir_facet_pane_set_width:
 * @self: a pane
 * @width: what there is room for, px
 */
void
weir_facet_pane_set_width (WeirFacetPane *self, int width)
{
  g_return_if_fail (WEIR_IS_FACET_PANE (self));

  adw_flap_set_fold_policy (self->flap, width < MIN_TOGETHER ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                             : ADW_FLAP_FOLD_POLICY_NEVER);
}

/**
 * weir_facet_pane_get_rest:
 * @self: a pane
 * @width: what there is room for, px
 *
 * Returns: what of it is left for the content
 */
int
weir_facet_pane_get_rest (WeirFacetPane *self, int width)
{
  g_return_val_if_fail (WEIR_IS_FACET_PANE (self), width);

  return width >= MIN_TOGETHER && self->wanted ? width - WIDTH : width;
}
