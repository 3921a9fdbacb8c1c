/* weir-feed-bar.c: how each account's events are being fetched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-feed-bar.h"

#include "weir-clock.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-tick.h"
#include "weir-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _WeirFeedBar
{
  GtkWidget parent_instance;

  GListModel *sessions;
};

G_DEFINE_FINAL_TYPE (WeirFeedBar, weir_feed_bar, GTK_TYPE_WIDGET)

/* What an account's feed is doing: the worst of its streams. */
typedef struct
{
  const char *icon_name;
  const char *css; /* (nullable) */
  char *text;
  char *tooltip; /* (nullable) */
  gboolean place_lost;
} Feed;

static void
clear_feed (Feed *feed)
{
  g_free (feed->text);
  g_free (feed->tooltip);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Feed, clear_feed)

static WeirFollower *
find_worst (GPtrArray *followers)
{
  static const int rank[] = { [WEIR_FOLLOWER_STOPPED] = 2,
                              [WEIR_FOLLOWER_CATCHING_UP] = 1,
                              [WEIR_FOLLOWER_FOLLOWING] = 0,
                              [WEIR_FOLLOWER_WAITING] = 3 };
  WeirFollower *worst = NULL;

  for (guint i = 0; i < followers->len; i++)
    {
      WeirFollower *follower = g_ptr_array_index (followers, i);

      if (worst == NULL
          || rank[weir_follower_get_state (follower)] > rank[weir_follower_get_state (worst)])
        worst = follower;
    }

  return worst;
}

static char *
describe_catching_up (WeirFollowerNote note, const char *number)
{
  switch (note)
    {
    case WEIR_FOLLOWER_NOTE_SLEEP:
      /* Translators: %s is a number of events */
      return g_strdup_printf (_ ("Catching up after sleep, %s received"), number);
    case WEIR_FOLLOWER_NOTE_NETWORK:
      /* Translators: %s is a number of events */
      return g_strdup_printf (_ ("Network is back, catching up, %s received"), number);
    case WEIR_FOLLOWER_NOTE_NONE:
    default:
      /* Translators: %s is a number of events */
      return g_strdup_printf (_ ("Catching up, %s received"), number);
    }
}

/* What is told of it, and since when it is so. */
static char *
add_since (WeirFollower *follower, char *text)
{
  gint64 since = weir_follower_get_since (follower);
  g_autofree char *first = text;
  g_autofree char *time = since != 0 ? weir_format_clock (since) : NULL;

  if (time == NULL)
    return g_steal_pointer (&first);
  /* Translators: the first %s is a sentence, the second a time */
  return g_strdup_printf (_ ("%s\nSo since %s"), first, time);
}

static void
describe_follower (WeirFollower *follower, guint64 received, Feed *feed)
{
  const GError *error = weir_follower_get_error (follower);
  const char *warning = weir_follower_get_warning (follower);
  g_autofree char *number = weir_format_number (received);

  switch (weir_follower_get_state (follower))
    {
    case WEIR_FOLLOWER_FOLLOWING:
      feed->icon_name = "weir-state-online-symbolic";
      feed->css = "success";
      feed->text = g_strdup (C_ ("state of an event stream", "Following"));
      break;

    case WEIR_FOLLOWER_CATCHING_UP:
      feed->icon_name = "weir-running-symbolic";
      feed->css = "accent";
      feed->text = describe_catching_up (weir_follower_get_note (follower), number);
      break;

    case WEIR_FOLLOWER_WAITING:
      {
        gint64 next_try = weir_follower_get_next_try (follower);
        g_autofree char *when = weir_format_countdown (next_try > weir_clock_now () ? next_try : 0);

        feed->icon_name = "weir-state-offline-symbolic";
        feed->css = "warning";
        /* Translators: %s is a countdown such as “in 8 s” */
        feed->text = when[0] != '\0' ? g_strdup_printf (_ ("Tries again %s"), when)
                                     : g_strdup (C_ ("state of an event stream", "Waiting"));
        break;
      }

    case WEIR_FOLLOWER_STOPPED:
    default:
      feed->icon_name = "weir-state-unknown-symbolic";
      feed->css = "dim-label";
      feed->text = g_strdup (C_ ("state of an event stream", "Not fetching"));
      break;
    }

  feed->place_lost = weir_follower_is_place_lost (follower);
  if (error != NULL)
    feed->tooltip = weir_error_text_dup_sentence (error);
  else if (warning != NULL)
    feed->tooltip = g_strdup (warning);
  else
    feed->tooltip =
        g_strdup_printf (ngettext ("%s event received since Weir was started",
                                   "%s events received since Weir was started", (gulong) received),
                         number);
  feed->tooltip = add_since (follower, feed->tooltip);
}

static void
describe (WeirSession *session, Feed *feed)
{
  GPtrArray *followers = weir_session_get_followers (session);
  WeirProvider *provider = weir_session_get_provider (session);
  WeirFollower *worst = followers != NULL ? find_worst (followers) : NULL;
  const char *reason = NULL;
  guint64 received = 0;

  if (provider != NULL && !weir_provider_lists (provider, WEIR_RECORD_EVENT, &reason))
    {
      feed->icon_name = "action-unavailable-symbolic";
      feed->css = "dim-label";
      feed->text = g_strdup (_ ("No event feed"));
      feed->tooltip = g_strdup (reason);
      return;
    }
  if (worst == NULL)
    {
      const GError *error = weir_session_get_error (session);

      feed->icon_name = "weir-state-unknown-symbolic";
      feed->css = "dim-label";
      feed->text =
          g_strdup (weir_error_text_describe_state (weir_session_get_state (session), error));
      feed->tooltip = error != NULL ? weir_error_text_dup_sentence (error) : NULL;
      return;
    }

  for (guint i = 0; i < followers->len; i++)
    received += weir_follower_get_received (g_ptr_array_index (followers, i));
  describe_follower (worst, received, feed);
}

static void
update_chip (GtkWidget *chip)
{
  WeirSession *session = g_object_get_data (G_OBJECT (chip), "weir-session");
  GtkWidget *icon = gtk_widget_get_first_child (chip);
  GtkWidget *name = gtk_widget_get_next_sibling (icon);
  GtkWidget *state = gtk_widget_get_next_sibling (name);
  const char *css = g_object_get_data (G_OBJECT (chip), "weir-css");
  GtkWidget *restart = gtk_widget_get_next_sibling (state);
  g_auto (Feed) feed = { NULL, NULL, NULL, NULL, FALSE };
  g_autofree char *tooltip = NULL;

  describe (session, &feed);
  tooltip =
      g_strjoin ("\n", weir_session_get_account (session)->name, feed.text, feed.tooltip, NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), feed.icon_name);
  gtk_label_set_label (GTK_LABEL (name), weir_session_get_account (session)->name);
  gtk_label_set_label (GTK_LABEL (state), feed.text);
  if (g_strcmp0 (tooltip, gtk_widget_get_tooltip_text (chip)) != 0)
    gtk_widget_set_tooltip_text (chip, tooltip);
  gtk_widget_set_visible (restart, feed.place_lost);
  if (css != feed.css)
    {
      if (css != NULL)
        gtk_widget_remove_css_class (icon, css);
      if (feed.css != NULL)
        gtk_widget_add_css_class (icon, feed.css);
      g_object_set_data (G_OBJECT (chip), "weir-css", (gpointer) feed.css);
    }
}

static void
update_all (WeirFeedBar *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    update_chip (chip);
}

static void
restart_cb (GtkWidget *button)
{
  GtkWidget *chip = gtk_widget_get_parent (button);
  WeirSession *session = g_object_get_data (G_OBJECT (chip), "weir-session");
  GPtrArray *followers = weir_session_get_followers (session);

  for (guint i = 0; followers != NULL && i < followers->len; i++)
    if (weir_follower_is_place_lost (followers->pdata[i]))
      weir_follower_restart (followers->pdata[i]);
  update_chip (chip);
}

static GtkWidget *
create_chip (WeirSession *session)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *state = gtk_label_new (NULL);
  GtkWidget *restart = gtk_button_new_with_mnemonic (_ ("_Start Again"));

  gtk_widget_add_css_class (restart, "weir-feed-restart");
  gtk_widget_set_tooltip_text (
      restart, _ ("Fetch the stream from its beginning; events that are known are not kept twice"));
  g_signal_connect (restart, "clicked", G_CALLBACK (restart_cb), NULL);
  /* all of it is in the tooltip */
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (state), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_add_css_class (state, "numeric");
  gtk_box_append (GTK_BOX (chip), gtk_image_new ());
  gtk_box_append (GTK_BOX (chip), name);
  gtk_box_append (GTK_BOX (chip), state);
  gtk_box_append (GTK_BOX (chip), restart);
  g_object_set_data_full (G_OBJECT (chip), "weir-session", g_object_ref (session), g_object_unref);
  update_chip (chip);

  return chip;
}

static void
remove_chips (WeirFeedBar *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (chip);
}

static void
sessions_changed_cb (WeirFeedBar *self)
{
  remove_chips (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (self->sessions, i);

      gtk_widget_set_parent (create_chip (session), GTK_WIDGET (self));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (self->sessions) > 0);
}

static void
weir_feed_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (weir_feed_bar_parent_class)->map (widget);
  update_all (WEIR_FEED_BAR (widget));
}

static void
weir_feed_bar_dispose (GObject *object)
{
  WeirFeedBar *self = WEIR_FEED_BAR (object);

  if (self->sessions != NULL)
    g_signal_handlers_disconnect_by_data (self->sessions, self);
  g_clear_object (&self->sessions);
  remove_chips (self);

  G_OBJECT_CLASS (weir_feed_bar_parent_class)->dispose (object);
}

static void
weir_feed_bar_class_init (WeirFeedBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_feed_bar_dispose;
  GTK_WIDGET_CLASS (klass)->map = weir_feed_bar_map;
}

static void
weir_feed_bar_init (WeirFeedBar *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "weir-feed-bar");
  gtk_widget_set_layout_manager (GTK_WIDGET (self), weir_wrap_layout_new (18));
}

/**
 * weir_feed_bar_new:
 * @monitor: has the accounts
 *
 * Returns: (transfer floating): a line that says what each account's feed is doing
 */
GtkWidget *
weir_feed_bar_new (WeirMonitor *monitor)
{
  WeirFeedBar *self;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_FEED_BAR, NULL);
  self->sessions = g_object_ref (weir_monitor_get_sessions (monitor));
  g_signal_connect_swapped (self->sessions, "items-changed", G_CALLBACK (sessions_changed_cb),
                            self);
  sessions_changed_cb (self);
  /* states, countdowns and counts change all the time */
  weir_tick_connect (self, G_CALLBACK (update_all));

  return GTK_WIDGET (self);
}
