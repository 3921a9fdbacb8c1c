/* weir-account-card.c: how an account is doing, in one row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-account-card.h"

#include "weir-account-row.h"
#include "weir-error-text.h"
#include "weir-format.h"
#include "weir-quota-text.h"
#include "weir-registry.h"
#include "weir-sparkline.h"
#include "weir-tick.h"
#include "weir-width-bin.h"

#include <glib/gi18n-lib.h>

struct _WeirAccountCard
{
  AdwActionRow parent_instance;

  WeirSession *session;
  WeirActivityCache *activity;

  GtkImage *icon;
  WeirSparkline *sparkline;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (WeirAccountCard, weir_account_card, ADW_TYPE_ACTION_ROW)

/* What the slowest of its streams is at. */
static const char *
describe_streams (WeirSession *session)
{
  GPtrArray *followers = weir_session_get_followers (session);
  gboolean catching_up = FALSE;
  gboolean waiting = FALSE;

  if (weir_session_get_provider (session) == NULL)
    return NULL;
  if (followers->len == 0)
    return C_ ("state of an event stream", "no event feed");
  for (guint i = 0; i < followers->len; i++)
    {
      WeirFollowerState state = weir_follower_get_state (g_ptr_array_index (followers, i));

      catching_up |= state == WEIR_FOLLOWER_CATCHING_UP;
      waiting |= state == WEIR_FOLLOWER_WAITING || state == WEIR_FOLLOWER_STOPPED;
    }

  return waiting       ? C_ ("state of an event stream", "not following events")
         : catching_up ? C_ ("state of an event stream", "catching up")
                       : C_ ("state of an event stream", "following events");
}

static void
update (WeirAccountCard *self)
{
  WeirAccount *account = weir_session_get_account (self->session);
  const GError *error = weir_session_get_error (self->session);
  WeirAccountState state = weir_session_get_state (self->session);
  WeirAccountState judged = weir_error_text_judge_state (state, error);
  const WeirProviderInfo *info = weir_registry_find (account->provider);
  gint64 latency = weir_session_get_latency (self->session);
  gint64 next_try = weir_session_get_next_try (self->session);
  const char *streams = describe_streams (self->session);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *budget = NULL;
  WeirQuotaState quota;

  weir_format_append (text, info != NULL ? info->name : account->provider);
  weir_format_append (text, weir_error_text_describe_state (state, error));
  if (state == WEIR_ACCOUNT_ONLINE)
    {
      g_autofree char *answered = weir_format_duration (latency * 1000);

      weir_format_append (text, answered);
      if (streams != NULL)
        weir_format_append (text, streams);
    }
  else if (next_try > 0)
    {
      g_autofree char *when = weir_format_countdown (next_try);
      g_autofree char *next = NULL;

      /* Translators: %s is a countdown such as “in 8 s” */
      next = g_strdup_printf (_ ("next try %s"), when);
      weir_format_append (text, next);
    }
  if (account->read_only)
    weir_format_append (text, C_ ("state of an account", "read-only"));
  weir_quota_get_state (weir_quota_get_shared (account->uuid), &quota);
  budget = weir_quota_text_describe (&quota);
  if (budget != NULL)
    g_string_append_printf (text, "\n%s", budget);

  if (g_strcmp0 (text->str, adw_action_row_get_subtitle (ADW_ACTION_ROW (self))) == 0
      && g_strcmp0 (account->name, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self))) == 0)
    return;

  g_object_set (self, "title", account->name, "subtitle", text->str, "tooltip-text", text->str,
                NULL);
  gtk_image_set_from_icon_name (self->icon, weir_account_state_icon (judged));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon),
                              (const char *[]){ weir_account_state_css (judged), NULL });
}

static void
activity_changed_cb (WeirAccountCard *self)
{
  guint hours[WEIR_SPARKLINE_HOURS];
  guint16 counts[WEIR_SPARKLINE_HOURS];
  guint64 total = 0;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (weir_session_get_followers (self->session)->len == 0
      || !weir_activity_cache_sum (self->activity, weir_session_get_account (self->session), hours))
    {
      weir_sparkline_set_counts (self->sparkline, NULL);
      gtk_label_set_label (self->count, "");
      return;
    }

  for (guint i = 0; i < WEIR_SPARKLINE_HOURS; i++)
    {
      counts[i] = (guint16) MIN (hours[i], G_MAXUINT16);
      total += hours[i];
    }
  number = weir_format_number (total);
  /* Translators: a number of events in the last 24 hours, short */
  text = g_strdup_printf (_ ("%s / 24 h"), number);
  weir_sparkline_set_counts (self->sparkline, counts);
  gtk_label_set_label (self->count, text);
}

static void
tick_cb (WeirAccountCard *self)
{
  /* countdowns, and the streams, which come and go with the session's provider */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
weir_account_card_dispose (GObject *object)
{
  WeirAccountCard *self = WEIR_ACCOUNT_CARD (object);

  g_clear_object (&self->session);
  g_clear_object (&self->activity);

  G_OBJECT_CLASS (weir_account_card_parent_class)->dispose (object);
}

static void
weir_account_card_class_init (WeirAccountCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_account_card_dispose;
}

static void
weir_account_card_init (WeirAccountCard *self)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->sparkline = WEIR_SPARKLINE (weir_sparkline_new ());
  if (!weir_text_is_large ())
    gtk_widget_set_size_request (GTK_WIDGET (self->sparkline), 96, 24);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_width_chars (self->count, weir_text_is_large () ? -1 : 11);
  gtk_label_set_xalign (self->count, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (arrow, "dim-label");

  g_object_set (self, "use-markup", FALSE, "activatable", TRUE, "title-lines", 1, "subtitle-lines",
                2, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->sparkline));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->count));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
}

/**
 * weir_account_card_new:
 * @session: the account's session
 * @activity: knows its rates
 *
 * Returns: (transfer floating): a row that follows both
 */
GtkWidget *
weir_account_card_new (WeirSession *session, WeirActivityCache *activity)
{
  WeirAccountCard *self;

  g_return_val_if_fail (WEIR_IS_SESSION (session), NULL);
  g_return_val_if_fail (WEIR_IS_ACTIVITY_CACHE (activity), NULL);

  self = g_object_new (WEIR_TYPE_ACCOUNT_CARD, NULL);
  self->session = g_object_ref (session);
  self->activity = g_object_ref (activity);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activity, "changed", G_CALLBACK (activity_changed_cb), self,
                           G_CONNECT_SWAPPED);
  weir_tick_connect (self, G_CALLBACK (tick_cb));
  update (self);
  activity_changed_cb (self);

  return GTK_WIDGET (self);
}

/**
 * weir_account_card_get_session:
 * @self: a card
 *
 * Returns: (transfer none): the session of its account
 */
WeirSession *
weir_account_card_get_session (WeirAccountCard *self)
{
  g_return_val_if_fail (WEIR_IS_ACCOUNT_CARD (self), NULL);

  return self->session;
}
