/* weir-notify-actions.c: what notifications lead to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-notify-actions.h"

#include "weir-connection.h"
#include "weir-navigate.h"
#include "weir-reconnect.h"

#include <glib/gi18n-lib.h>

static WeirWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (WEIR_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

/**
 * weir_notify_actions_open_window:
 * @application: the application
 *
 * Presents the window, made anew where it was closed.
 *
 * Returns: (transfer none) (nullable): the window; %NULL where there can be none
 */
WeirWindow *
weir_notify_actions_open_window (GtkApplication *application)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  g_application_activate (G_APPLICATION (application));

  return find_window (application);
}

/* What a notification is about may be gone by the time that somebody presses it. */
static WeirRecord *
find (WeirWindow *window, WeirRecordKind kind, const char *uuid, const char *id)
{
  WeirMonitor *monitor = weir_window_get_monitor (window);
  WeirAccount *account = weir_account_store_find_uuid (weir_monitor_get_store (monitor), uuid);

  return account != NULL
             ? weir_record_set_find (weir_monitor_get_records (monitor, kind), account, id)
             : NULL;
}

static void
say_gone (WeirWindow *window)
{
  weir_toast (GTK_WIDGET (window), _ ("What the notification was about is not in the list now"));
}

static void
show_record_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirWindow *window = weir_notify_actions_open_window (user_data);
  const char *uuid;
  const char *id;
  gint32 kind;
  WeirRecord *record;

  g_variant_get (parameter, "(i&s&s)", &kind, &uuid, &id);
  if (window == NULL
      || (kind != WEIR_RECORD_SUBSCRIPTION && kind != WEIR_RECORD_PULL
          && kind != WEIR_RECORD_CONNECTION))
    return;

  record = find (window, (WeirRecordKind) kind, uuid, id);
  if (record != NULL)
    weir_navigate_to_record (GTK_WIDGET (window), record);
  else
    say_gone (window);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WeirRecord) pull = weir_monitor_act_finish (WEIR_MONITOR (source), result, &error);

  if (pull == NULL)
    weir_toast_error (GTK_WIDGET (window), _ ("Pulling failed"), error);
  else
    weir_navigate_to_record (GTK_WIDGET (window), pull);
}

/* The run is shown: it is what comes of it. */
static void
pull_now_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirWindow *window = weir_notify_actions_open_window (user_data);
  const char *uuid;
  const char *id;
  const char *reason = NULL;
  WeirRecord *record;

  g_variant_get (parameter, "(&s&s)", &uuid, &id);
  if (window == NULL)
    return;

  record = find (window, WEIR_RECORD_SUBSCRIPTION, uuid, id);
  if (record == NULL)
    say_gone (window);
  else if (!weir_monitor_can (weir_window_get_monitor (window), WEIR_ACTION_PULL, record, &reason))
    weir_toast (GTK_WIDGET (window), reason != NULL ? reason : _ ("This cannot be done"));
  else
    weir_monitor_act_async (weir_window_get_monitor (window), WEIR_ACTION_PULL, record, NULL,
                            pulled_cb, g_object_ref (window));
}

static void
reconnect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WeirWindow *window = weir_notify_actions_open_window (user_data);
  const char *uuid;
  const char *id;
  WeirRecord *record;

  g_variant_get (parameter, "(&s&s)", &uuid, &id);
  if (window == NULL)
    return;

  record = find (window, WEIR_RECORD_CONNECTION, uuid, id);
  if (record == NULL)
    {
      say_gone (window);
      return;
    }
  weir_navigate_to_record (GTK_WIDGET (window), record);
  weir_reconnect_run (GTK_WIDGET (window), weir_window_get_monitor (window),
                      WEIR_CONNECTION (record));
}

/**
 * weir_notify_actions_add:
 * @application: the application
 *
 * Adds the actions to it.
 */
void
weir_notify_actions_add (GtkApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "show-record", .activate = show_record_cb, .parameter_type = "(iss)" },
    { .name = "pull-now", .activate = pull_now_cb, .parameter_type = "(ss)" },
    { .name = "reconnect", .activate = reconnect_cb, .parameter_type = "(ss)" },
  };

  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
}
