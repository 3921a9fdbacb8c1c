/* weir-notify-group.c: preferences of notifications and of the background
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-notify-group.h"

#include "weir-choices.h"
#include "weir-drop-down.h"
#include "weir-error-text.h"
#include "weir-switch-row.h"

#include <glib/gi18n-lib.h>

struct _WeirNotifyGroup
{
  AdwPreferencesGroup parent_instance;

  WeirPreferences *preferences;
  gboolean quiet; /* set by us */

  AdwComboRow *notify;
  WeirSwitchRow *background;
};

G_DEFINE_FINAL_TYPE (WeirNotifyGroup, weir_notify_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say_error (WeirNotifyGroup *self, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *sentence = weir_error_text_dup_sentence (error);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (escaped));
}

static void
show_all (WeirNotifyGroup *self)
{
  self->quiet = TRUE;
  adw_combo_row_set_selected (self->notify, weir_choices_get_notify (self->preferences));
  weir_switch_row_set_active (self->background, weir_choices_get_background (self->preferences));
  self->quiet = FALSE;
}

static void
notify_cb (WeirNotifyGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->notify);
  g_autoptr (GError) error = NULL;

  if (self->quiet || selected > WEIR_NOTIFY_NOTHING)
    return;
  weir_choices_set_notify (self->preferences, (WeirNotify) selected, &error);
  if (error != NULL)
    say_error (self, error);
}

static void
background_cb (WeirNotifyGroup *self)
{
  g_autoptr (GError) error = NULL;

  if (self->quiet)
    return;
  weir_choices_set_background (self->preferences, weir_switch_row_get_active (self->background),
                               &error);
  if (error != NULL)
    say_error (self, error);
}

static void
weir_notify_group_dispose (GObject *object)
{
  WeirNotifyGroup *self = WEIR_NOTIFY_GROUP (object);

  self->quiet = TRUE;
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (weir_notify_group_parent_class)->dispose (object);
}

static void
weir_notify_group_class_init (WeirNotifyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_notify_group_dispose;
}

static void
weir_notify_group_init (WeirNotifyGroup *self)
{
  const char *labels[] = {
    /* Translators: what notifications are about: all that goes wrong, and that it is over */
    _ ("All Changes"),
    /* Translators: what notifications are about */
    _ ("Failures Only"),
    /* Translators: what notifications are about */
    _ ("Nothing"),
    NULL,
  };
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  self->quiet = TRUE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Notifications"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("All changes are also those for the better, pull runs that are "
         "overdue, new gaps, and streams that have fallen silent."));
  self->notify = ADW_COMBO_ROW (adw_combo_row_new ());
  weir_drop_down_fit_row (self->notify);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notify), _ ("Notify About"));
  adw_combo_row_set_model (self->notify, G_LIST_MODEL (list));
  g_signal_connect_swapped (self->notify, "notify::selected", G_CALLBACK (notify_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->notify));

  self->background = g_object_new (WEIR_TYPE_SWITCH_ROW, NULL);
  g_signal_connect_swapped (self->background, "notify::active", G_CALLBACK (background_cb), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->background),
                                 _ ("Keep Watching When the Window Is Closed"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->background),
                               _ ("Ctrl+Q, or Quit in the notification that says so, ends Weir"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->background));
}

/**
 * weir_notify_group_new:
 * @preferences: where it is kept
 *
 * Returns: (transfer floating): a group that follows what others change, too
 */
GtkWidget *
weir_notify_group_new (WeirPreferences *preferences)
{
  WeirNotifyGroup *self;

  g_return_val_if_fail (WEIR_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (WEIR_TYPE_NOTIFY_GROUP, NULL);
  self->preferences = g_object_ref (preferences);
  show_all (self);
  g_signal_connect_object (preferences, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
