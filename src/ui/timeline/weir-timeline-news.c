/* weir-timeline-news.c: says what came in where nobody looks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-timeline-news.h"

#include "weir-announce.h"
#include "weir-format.h"
#include "weir-keys.h"

#include <glib/gi18n-lib.h>

/* px */
#define MARGIN 12
#define TITLES 34 /* of the columns */

struct _WeirTimelineNews
{
  AdwBin parent_instance;

  WeirTimelineModel *model;
  WeirTimelineView *view;
  GtkRevealer *revealer;
  GtkButton *pill;
  guint64 n_before; /* rows before an update */
  guint64 n_unseen; /* rows that came in above what is seen */
  gboolean at_end;  /* the last row is seen */
};

G_DEFINE_FINAL_TYPE (WeirTimelineNews, weir_timeline_news, ADW_TYPE_BIN)

/* transfer full, nullable */
static char *
dup_text (guint64 n_held_back, guint64 n_unseen)
{
  g_autofree char *number = weir_format_number (n_held_back > 0 ? n_held_back : n_unseen);

  if (n_held_back > 0)
    /* Translators: %s is a number */
    return g_strdup_printf (
        ngettext ("%s new event held back", "%s new events held back", (gulong) n_held_back),
        number);
  if (n_unseen > 0)
    /* Translators: %s is a number */
    return g_strdup_printf (ngettext ("%s new event", "%s new events", (gulong) n_unseen), number);

  return NULL;
}

static void
update (WeirTimelineNews *self)
{
  g_autofree char *text = NULL;
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);
  if (weir_timeline_view_is_at_top (self->view))
    self->n_unseen = 0;
  text = dup_text (balance.held_back, self->n_unseen);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
  if (text != NULL && g_strcmp0 (text, gtk_button_get_label (self->pill)) != 0)
    gtk_button_set_label (self->pill, text);
  weir_announce (GTK_WIDGET (self), WEIR_ANNOUNCE_NEW, text);

  if (self->at_end == weir_timeline_view_is_at_end (self->view))
    return;
  self->at_end = !self->at_end;
  gtk_widget_queue_allocate (adw_bin_get_child (ADW_BIN (self)));
}

static void
about_to_update_cb (WeirTimelineNews *self)
{
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);
  self->n_before = balance.shown;
}

static void
updated_cb (WeirTimelineNews *self)
{
  WeirBalance balance;

  weir_timeline_model_get_balance (self->model, &balance);
  if (!weir_timeline_view_goes_on (self->view) && balance.shown > self->n_before
      && self->n_before > 0)
    self->n_unseen += balance.shown - self->n_before;
}

/* At the foot of the rows: at their head it would cover what is read first. From beneath it a row can be scrolled, but not
 * the last one. */
static gboolean
place_cb (WeirTimelineNews *self, GtkWidget *pill, GdkRectangle *place)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->view));
  int natural;

  gtk_widget_measure (pill, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  place->width = MIN (natural, width);
  gtk_widget_measure (pill, GTK_ORIENTATION_VERTICAL, place->width, NULL, &place->height, NULL,
                      NULL);
  place->x = (width - place->width) / 2;
  place->y = self->at_end
                 ? TITLES + MARGIN
                 : gtk_widget_get_height (GTK_WIDGET (self->view)) - place->height - MARGIN;
  place->y = MAX (place->y, 0);

  return TRUE;
}

static void
weir_timeline_news_dispose (GObject *object)
{
  WeirTimelineNews *self = WEIR_TIMELINE_NEWS (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (weir_timeline_news_parent_class)->dispose (object);
}

static void
weir_timeline_news_class_init (WeirTimelineNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_timeline_news_dispose;
}

static void
weir_timeline_news_init (WeirTimelineNews *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->pill = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->pill), "pill");
  gtk_widget_add_css_class (GTK_WIDGET (self->pill), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->pill), "weir-pill");
  weir_keys_set_tooltip (GTK_WIDGET (self->pill), "page.show-newest", _ ("Show the newest events"));
  g_signal_connect_swapped (self->pill, "clicked", G_CALLBACK (weir_timeline_news_show), self);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (self->pill));
  /* what is hidden must not be clicked */
  g_object_bind_property (self->revealer, "child-revealed", self->revealer, "can-target",
                          G_BINDING_SYNC_CREATE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->revealer));
  g_signal_connect_object (overlay, "get-child-position", G_CALLBACK (place_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), overlay);
}

/**
 * weir_timeline_news_new:
 * @model: the timeline
 * @view: its rows
 *
 * Returns: (transfer floating): @view, with a button over it while events came in above the rows
 *   that are seen, or wait to be shown
 */
GtkWidget *
weir_timeline_news_new (WeirTimelineModel *model, WeirTimelineView *view)
{
  WeirTimelineNews *self;

  g_return_val_if_fail (WEIR_IS_TIMELINE_MODEL (model), NULL);
  g_return_val_if_fail (WEIR_IS_TIMELINE_VIEW (view), NULL);

  self = g_object_new (WEIR_TYPE_TIMELINE_NEWS, NULL);
  self->model = g_object_ref (model);
  self->view = view;
  gtk_overlay_set_child (GTK_OVERLAY (adw_bin_get_child (ADW_BIN (self))), GTK_WIDGET (view));
  g_signal_connect_object (view, "scrolled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* after the view's own handlers, which were connected first */
  g_signal_connect_swapped (model, "about-to-update", G_CALLBACK (about_to_update_cb), self);
  g_signal_connect_swapped (model, "updated", G_CALLBACK (updated_cb), self);
  g_signal_connect_swapped (model, "changed", G_CALLBACK (update), self);

  return GTK_WIDGET (self);
}

/**
 * weir_timeline_news_forget:
 * @self: the news
 *
 * For rows that are others than before.
 */
void
weir_timeline_news_forget (WeirTimelineNews *self)
{
  g_return_if_fail (WEIR_IS_TIMELINE_NEWS (self));

  self->n_unseen = 0;
}

/**
 * weir_timeline_news_show:
 * @self: the news
 *
 * Brings in what waits, and shows the newest rows.
 */
void
weir_timeline_news_show (WeirTimelineNews *self)
{
  gboolean focused;

  g_return_if_fail (WEIR_IS_TIMELINE_NEWS (self));

  focused = gtk_widget_has_focus (GTK_WIDGET (self->pill));
  weir_timeline_model_bring_in (self->model);
  /* it goes away; where the rows have the focus it goes along to the top */
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  weir_timeline_view_scroll_to_top (self->view);
  self->n_unseen = 0;
  update (self);
}
