/* weir-digest-bar.c: what happened while nobody looked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-digest-bar.h"

#include "weir-accessible.h"
#include "weir-changes-popover.h"
#include "weir-clock.h"
#include "weir-format.h"
#include "weir-tick.h"

#include <glib/gi18n-lib.h>

/* A shorter absence is none. */
#define ABSENCE (5 * G_TIME_SPAN_MINUTE)
/* Between two times that it is written down that somebody looks: a disk is not to be woken often. */
#define SAVE_INTERVAL (3 * G_TIME_SPAN_MINUTE)

enum
{
  EVENTS,
  ERRORS,
  STATE_CHANGES,
  GAPS,
  N_PARTS
};

struct _WeirDigestBar
{
  AdwBin parent_instance;

  WeirMonitor *monitor;
  gint64 seen_at;  /* µs; when somebody last looked; 0: not known */
  gint64 saved_at; /* µs */
  gint64 from;     /* of the absence that is told of, µs; 0: none */
  gint64 to;
  gboolean dirty;            /* more came of that time since it was counted */
  GCancellable *cancellable; /* (nullable) */

  GtkRevealer *revealer;
  GtkBox *box;
  GtkLabel *title;
  GtkWidget *buttons[N_PARTS];
};

static guint signals[N_PARTS];

G_DEFINE_FINAL_TYPE (WeirDigestBar, weir_digest_bar, ADW_TYPE_BIN)

static char *
dup_label (guint part, guint count)
{
  g_autofree char *number = weir_format_number (count);

  switch (part)
    {
    case EVENTS:
      return g_strdup_printf (ngettext ("%s event", "%s events", count), number);

    case ERRORS:
      return g_strdup_printf (ngettext ("%s error", "%s errors", count), number);

    case STATE_CHANGES:
      return g_strdup_printf (ngettext ("%s state change", "%s state changes", count), number);

    case GAPS:
    default:
      return g_strdup_printf (ngettext ("%s gap", "%s gaps", count), number);
    }
}

static void
show_digest (WeirDigestBar *self, const WeirDigest *digest)
{
  const guint counts[N_PARTS] = { digest->n_events, digest->n_errors, digest->n_state_changes,
                                  digest->n_gaps };
  g_autofree char *since = weir_format_clock (digest->from);
  /* Translators: %s is a time */
  g_autofree char *title = g_strdup_printf (_ ("While you were away (since %s):"), since);

  gtk_label_set_label (self->title, title);
  for (guint i = 0; i < N_PARTS; i++)
    {
      g_autofree char *label = dup_label (i, counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      /* that there was nothing at all is news, that there was no trouble goes without saying */
      gtk_widget_set_visible (self->buttons[i], i == EVENTS || counts[i] > 0);
      gtk_widget_set_sensitive (self->buttons[i], counts[i] > 0);
    }
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirDigestBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree WeirDigest *digest = weir_digest_make_finish (WEIR_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (digest != NULL && self->from != 0)
    show_digest (self, digest);
  else if (error != NULL)
    g_debug ("No digest: %s", error->message);
}

static void
make (WeirDigestBar *self)
{
  if (self->cancellable != NULL)
    return;

  self->dirty = FALSE;
  self->cancellable = g_cancellable_new ();
  weir_digest_make_async (weir_monitor_get_history (self->monitor), self->from, self->to,
                          self->cancellable, made_cb, g_object_ref (self));
}

static void
save (WeirDigestBar *self)
{
  g_autoptr (GError) error = NULL;

  self->saved_at = self->seen_at;
  if (!weir_digest_set_last_seen (weir_monitor_get_preferences (self->monitor), self->seen_at,
                                  &error)
      && error != NULL)
    g_debug ("%s", error->message);
}

/* Whether there is a window; it may show another page. */
static gboolean
is_looked_at (WeirDigestBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_get_mapped (GTK_WIDGET (root));
}

static void
tick_cb (WeirDigestBar *self)
{
  gint64 now = weir_clock_now ();

  if (self->monitor == NULL || !is_looked_at (self))
    return;

  if (self->seen_at == 0)
    self->seen_at = weir_digest_get_last_seen (weir_monitor_get_preferences (self->monitor));
  if (self->seen_at != 0 && now - self->seen_at > ABSENCE)
    {
      self->from = self->seen_at;
      self->to = now;
      self->dirty = TRUE;
    }
  self->seen_at = now;
  if (now - self->saved_at > SAVE_INTERVAL || now < self->saved_at)
    {
      self->saved_at = now;
      weir_digest_note_seen (weir_monitor_get_preferences (self->monitor), now);
    }
  /* what was missed comes in by and by */
  if (self->from != 0 && self->dirty)
    make (self);
}

static void
changed_cb (WeirDigestBar *self)
{
  self->dirty = TRUE;
}

static void
dismiss_cb (WeirDigestBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->from = 0;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
clicked_cb (WeirDigestBar *self, GtkWidget *button)
{
  for (guint i = 0; i < N_PARTS; i++)
    {
      if (self->buttons[i] != button)
        continue;
      if (i == STATE_CHANGES)
        weir_changes_popover_show (button, weir_monitor_get_history (self->monitor), self->from,
                                   self->to);
      else
        g_signal_emit (self, signals[i], 0, self->from, self->to);
    }
}

static void
weir_digest_bar_dispose (GObject *object)
{
  WeirDigestBar *self = WEIR_DIGEST_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (weir_monitor_get_history (self->monitor), self);
      if (self->seen_at > self->saved_at)
        save (self);
    }
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_digest_bar_parent_class)->dispose (object);
}

static void
weir_digest_bar_class_init (WeirDigestBarClass *klass)
{
  static const char *const names[N_PARTS] = {
    [EVENTS] = "events", [ERRORS] = "errors", [GAPS] = "gaps"
  };

  G_OBJECT_CLASS (klass)->dispose = weir_digest_bar_dispose;
  for (guint i = 0; i < N_PARTS; i++)
    {
      if (names[i] != NULL)
        signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
    }
}

static void
weir_digest_bar_init (WeirDigestBar *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *parts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  for (guint i = 0; i < N_PARTS; i++)
    {
      self->buttons[i] = gtk_button_new_with_label ("");
      gtk_widget_add_css_class (self->buttons[i], "flat");
      gtk_widget_add_css_class (self->buttons[i], i == ERRORS ? "error" : "weir-digest-part");
      g_signal_connect_swapped (self->buttons[i], "clicked", G_CALLBACK (clicked_cb), self);
      gtk_box_append (GTK_BOX (parts), self->buttons[i]);
    }
  /* what has no room is scrolled to */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), parts);
  gtk_widget_set_hexpand (scroller, TRUE);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_set_hexpand (GTK_WIDGET (self->box), TRUE);
  gtk_box_append (self->box, GTK_WIDGET (self->title));
  gtk_box_append (self->box, scroller);

  gtk_widget_set_tooltip_text (close, _ ("Dismiss"));
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  weir_accessible_set_name (close, _ ("Dismiss"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (dismiss_cb), self);
  gtk_widget_add_css_class (line, "weir-digest");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (line), close);

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, line);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * weir_digest_bar_new:
 * @monitor: has the history, and knows when somebody last looked
 *
 * Returns: (transfer floating): a bar that shows itself when there is something to tell
 */
GtkWidget *
weir_digest_bar_new (WeirMonitor *monitor)
{
  WeirDigestBar *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_DIGEST_BAR, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_swapped (weir_monitor_get_history (monitor), "changed", G_CALLBACK (changed_cb),
                            self);
  g_signal_connect_swapped (weir_monitor_get_history (monitor), "gaps-changed",
                            G_CALLBACK (changed_cb), self);
  weir_tick_connect (self, G_CALLBACK (tick_cb));

  return GTK_WIDGET (self);
}

/**
 * weir_digest_bar_set_narrow:
 * @self: the bar
 * @narrow: whether the numbers stand below the title
 */
void
weir_digest_bar_set_narrow (WeirDigestBar *self, gboolean narrow)
{
  g_return_if_fail (WEIR_IS_DIGEST_BAR (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, narrow ? 0 : 6);
}
