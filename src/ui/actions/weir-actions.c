/* weir-actions.c: what can be done with records, wherever they are shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One record: at once, with a toast at the end; a deletion asks first. Many: through the bulk dialog.
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-actions.h"

#include "weir-alert.h"
#include "weir-bulk-dialog.h"
#include "weir-format.h"
#include "weir-keys.h"
#include "weir-navigate.h"
#include "weir-reconnect.h"
#include "weir-subscription.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *label; /* of buttons and menus, as in CLI.md */
  const char *done;  /* %s: the record's name */
} ActionText;

static const ActionText texts[] = {
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_SUBSCRIBE] = { N_ ("Subscribe"), N_ ("Subscribed “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_UNSUBSCRIBE] = { N_ ("Unsubscribe"), N_ ("Unsubscribed “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_RESUBSCRIBE] = { N_ ("Resubscribe"), N_ ("Resubscribed “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_PULL] = { N_ ("Pull Now"), N_ ("Pulling “%s”") },
  /* Translators: a subscription, whose name is %s, is set up at the platform, and then: it was */
  [WEIR_ACTION_SETUP] = { N_ ("Set Up"), N_ ("Set up “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_REFRESH_WEBHOOK] = { N_ ("Refresh Webhook"), N_ ("Refreshed the webhook of “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_PAUSE] = { N_ ("Pause Delivery"), N_ ("Paused the delivery of “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_CREATE] = { N_ ("Create"), N_ ("Created “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_UPDATE] = { N_ ("Save"), N_ ("Saved “%s”") },
  /* Translators: %s is the name of a subscription */
  [WEIR_ACTION_DELETE] = { N_ ("Delete"), N_ ("Deleted “%s”") },
  /* Translators: %s is the name of a connection */
  [WEIR_ACTION_TEST] = { N_ ("Test"), N_ ("The test of “%s” passed") },
  /* Translators: %s is the name of a connection */
  [WEIR_ACTION_REFRESH_CREDENTIALS] = { N_ ("Refresh Credentials"),
                                        N_ ("Refreshed the credentials of “%s”") },
  /* Translators: %s is the name of a connection */
  [WEIR_ACTION_RECONNECT] = { N_ ("Reconnect"), N_ ("Reconnecting “%s”") },
};

static GtkWindow *
get_window (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
show_bulk_cb (AdwToast *toast, WeirBulk *bulk)
{
  GtkWindow *window = g_object_get_data (G_OBJECT (toast), "weir-window");

  weir_bulk_dialog_present (window, bulk);
}

static void
show_record_cb (AdwToast *toast, WeirRecord *record)
{
  WeirWindow *window = g_object_get_data (G_OBJECT (toast), "weir-window");

  weir_navigate_to_record (GTK_WIDGET (window), record);
}

static void
add_toast (GtkWindow *window, const char *text, GCallback show, gpointer object)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, 6);
  if (show != NULL)
    {
      adw_toast_set_button_label (toast, _ ("_Show"));
      g_object_set_data (G_OBJECT (toast), "weir-window", window);
      g_signal_connect_data (toast, "button-clicked", show, g_object_ref (object),
                             (GClosureNotify) (void (*) (void)) g_object_unref, 0);
    }
  weir_window_add_toast (WEIR_WINDOW (window), toast);
}

/* The plan has ended: one record says itself what became of it, many are summed up. */
static void
finished_cb (WeirBulk *bulk, GtkWindow *window)
{
  GListModel *items = weir_bulk_get_items (bulk);
  g_autofree char *text = NULL;

  if (!WEIR_IS_WINDOW (window))
    return;

  if (g_list_model_get_n_items (items) == 1)
    {
      g_autoptr (WeirBulkItem) item = g_list_model_get_item (items, 0);
      const char *name = weir_record_get_name (item->record);
      const ActionText *action = &texts[weir_bulk_get_action (bulk)];

      if (item->state == WEIR_BULK_FAILED)
        {
          /* Translators: an action, a record's name, what went wrong */
          text = g_strdup_printf (_ ("%s “%s” failed: %s"), _ (action->label), name, item->message);
          add_toast (window, text, G_CALLBACK (show_record_cb), item->record);
        }
      else
        {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
          text = g_strdup_printf (_ (action->done), name);
#pragma GCC diagnostic pop
          if (WEIR_IS_PULL_RUN (item->answer))
            add_toast (window, text, G_CALLBACK (show_record_cb), item->answer);
          else
            add_toast (window, text, NULL, NULL);
        }
    }
  else
    {
      g_autofree char *summary = weir_bulk_dup_summary (bulk);

      text = weir_format_labelled (weir_actions_get_label (weir_bulk_get_action (bulk)), summary);
      add_toast (window, text, G_CALLBACK (show_bulk_cb), bulk);
    }
}

/* Somebody has closed the window meanwhile. */
static void
tell_finished_cb (WeirBulk *bulk)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *summary = NULL;

  if (!GTK_IS_APPLICATION (application)
      || gtk_application_get_windows (GTK_APPLICATION (application)) != NULL)
    return;

  summary = weir_bulk_dup_summary (bulk);
  notification = g_notification_new (weir_actions_get_label (weir_bulk_get_action (bulk)));
  g_notification_set_body (notification, summary);
  g_application_send_notification (application, "bulk", notification);
}

static WeirBulk *
plan (GtkWidget *from, WeirMonitor *monitor, WeirAction action, GPtrArray *records)
{
  WeirBulk *bulk = weir_bulk_new (monitor, action, records);
  GtkWindow *window = get_window (from);

  /* the toast belongs to the main window, also when a dialog asked */
  while (window != NULL && !WEIR_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window != NULL)
    g_signal_connect_object (bulk, "finished", G_CALLBACK (finished_cb), window, 0);
  g_signal_connect (bulk, "finished", G_CALLBACK (tell_finished_cb), NULL);

  return bulk;
}

static void
delete_response_cb (GtkWidget *dialog, const char *response, WeirBulk *bulk)
{
  if (g_str_equal (response, "delete"))
    weir_bulk_start (bulk);
}

static void
ask_to_delete (GtkWidget *from, WeirBulk *bulk, WeirRecord *record)
{
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”?"), weir_record_get_name (record));
  g_autofree char *body =
      g_strdup_printf (_ ("It is deleted at %s and its notifications end. This cannot be undone."),
                       weir_record_get_account (record)->name);
  GtkWidget *dialog = weir_alert_new (heading, body, _ ("_Cancel"));

  weir_alert_add_response (dialog, "delete", _ ("_Delete"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (delete_response_cb), g_object_ref (bulk),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  weir_alert_present (dialog, from);
}

/**
 * weir_actions_get_label:
 * @action: an action
 *
 * Returns: the label of its button: “Pull Now”
 */
const char *
weir_actions_get_label (WeirAction action)
{
  g_return_val_if_fail ((gsize) action < G_N_ELEMENTS (texts), "");

  return _ (texts[action].label);
}

/**
 * weir_actions_set_tooltip:
 * @button: a button
 * @name: the page's name of the action that it does
 * @action: the action
 * @reason: (nullable): why that cannot be done now
 *
 * Says why the button is insensitive, or what it does and with which key.
 */
void
weir_actions_set_tooltip (GtkWidget *button,
                          const char *name,
                          WeirAction action,
                          const char *reason)
{
  g_autofree char *full = g_strconcat ("page.", name, NULL);

  g_return_if_fail (GTK_IS_BUTTON (button));

  if (reason != NULL)
    gtk_widget_set_tooltip_text (button, reason);
  else
    weir_keys_set_tooltip (button, full, weir_actions_get_label (action));
}

static gboolean
is_one_of (const char *status, const char *const *words)
{
  g_autofree char *word = g_ascii_strdown (status != NULL ? status : "", -1);

  return g_strv_contains (words, word);
}

/* (nullable) why nothing would come of it. The request of an app event is sent again each time: it has no Resubscribe. */
static const char *
find_needless (WeirAction action, WeirRecord *record)
{
  static const char *const on[] = { "subscribed", "active", NULL };
  static const char *const off[] = { "unsubscribed", "inactive", "disabled", NULL };
  static const char *const paused[] = { "paused", NULL };
  WeirSubscription *subscription;

  if (!WEIR_IS_SUBSCRIPTION (record))
    return NULL;

  subscription = WEIR_SUBSCRIPTION (record);
  if (action == WEIR_ACTION_SUBSCRIBE && subscription->variant != WEIR_SUBSCRIPTION_APP_EVENT
      && is_one_of (subscription->status, on))
    return _ ("It is subscribed already.");
  if (action == WEIR_ACTION_UNSUBSCRIBE && is_one_of (subscription->status, off))
    return _ ("It is not subscribed.");
  if (action == WEIR_ACTION_PAUSE && is_one_of (subscription->status, paused))
    return _ ("Its delivery is paused already.");

  return NULL;
}

/**
 * weir_actions_can_one:
 * @monitor: knows
 * @action: an action
 * @record: with what
 * @reason: (out) (optional): why not, for a tooltip
 *
 * Returns: whether it can be done, and would change anything as far as is known
 */
gboolean
weir_actions_can_one (WeirMonitor *monitor,
                      WeirAction action,
                      WeirRecord *record,
                      const char **reason)
{
  const char *needless;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), FALSE);

  if (!weir_monitor_can (monitor, action, record, reason))
    return FALSE;

  needless = find_needless (action, record);
  if (needless != NULL && reason != NULL)
    *reason = needless;

  return needless == NULL;
}

/**
 * weir_actions_can:
 * @monitor: knows
 * @action: an action
 * @records: (element-type WeirRecord): with what; may be empty
 * @reason: (out) (optional): why not, for a tooltip
 *
 * Returns: whether it can be done with at least one of them
 */
gboolean
weir_actions_can (WeirMonitor *monitor, WeirAction action, GPtrArray *records, const char **reason)
{
  const char *first = NULL;

  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), FALSE);

  if (records->len == 0)
    first = _ ("Nothing is selected");
  for (guint i = 0; i < records->len; i++)
    {
      const char *why = NULL;

      if (weir_actions_can_one (monitor, action, g_ptr_array_index (records, i), &why))
        return TRUE;
      if (first == NULL)
        first = why;
    }
  if (reason != NULL)
    *reason = first;

  return FALSE;
}

/**
 * weir_actions_run:
 * @from: a widget of the window
 * @monitor: does it
 * @action: what
 * @records: (element-type WeirRecord): with what
 *
 * Does it with one record at once; with more after the user has seen what will happen.
 */
void
weir_actions_run (GtkWidget *from, WeirMonitor *monitor, WeirAction action, GPtrArray *records)
{
  g_autoptr (WeirBulk) bulk = NULL;
  const char *reason = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  if (!weir_actions_can (monitor, action, records, &reason))
    {
      /* a shortcut's key was pressed: the button would have been insensitive and said why */
      weir_toast (from, reason != NULL ? reason : _ ("This cannot be done"));
      return;
    }

  if (action == WEIR_ACTION_RECONNECT)
    {
      /* the user does it, in a browser; one at a time is enough for anybody */
      weir_reconnect_run (from, monitor, g_ptr_array_index (records, 0));
      return;
    }

  bulk = plan (from, monitor, action, records);
  if (records->len > 1)
    weir_bulk_dialog_present (get_window (from), bulk);
  else if (action == WEIR_ACTION_DELETE)
    ask_to_delete (from, bulk, g_ptr_array_index (records, 0));
  else
    weir_bulk_start (bulk);
}

/**
 * weir_actions_run_one:
 * @from: a widget of the window
 * @monitor: does it
 * @action: what
 * @record: with what
 *
 * Like weir_actions_run() with one record.
 */
void
weir_actions_run_one (GtkWidget *from, WeirMonitor *monitor, WeirAction action, WeirRecord *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, record);
  weir_actions_run (from, monitor, action, records);
}

/**
 * weir_actions_copy:
 * @from: a widget of the window
 * @records: (element-type WeirRecord): what to copy
 * @json: whether to copy all of each record, as the provider sent it, or only its id
 */
void
weir_actions_copy (GtkWidget *from, GPtrArray *records, gboolean json)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (GTK_IS_WIDGET (from));

  for (guint i = 0; i < records->len; i++)
    {
      WeirRecord *record = g_ptr_array_index (records, i);
      g_autofree char *pretty = json ? weir_json_dup_pretty (weir_record_get_json (record)) : NULL;

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, json ? pretty : weir_record_get_id (record));
    }
  weir_copy (from, text->str, json ? _ ("Copied as JSON") : _ ("ID copied"));
}

/**
 * weir_actions_refresh:
 * @monitor: has the accounts
 * @kind: a kind of record
 *
 * Asks every account for its records of that kind now.
 */
void
weir_actions_refresh (WeirMonitor *monitor, WeirRecordKind kind)
{
  GListModel *sessions;
  guint n;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  sessions = weir_monitor_get_sessions (monitor);
  n = g_list_model_get_n_items (sessions);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);

      weir_session_refresh (session, kind);
    }
}

/**
 * weir_actions_refresh_streams:
 * @monitor: has the accounts
 *
 * Asks every account's streams of events for news now, and tries again what waits.
 */
void
weir_actions_refresh_streams (WeirMonitor *monitor)
{
  GListModel *sessions;

  g_return_if_fail (WEIR_IS_MONITOR (monitor));

  sessions = weir_monitor_get_sessions (monitor);
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WeirSession) session = g_list_model_get_item (sessions, i);
      GPtrArray *followers = weir_session_get_followers (session);

      if (weir_session_get_state (session) != WEIR_ACCOUNT_ONLINE)
        weir_session_retry (session);
      for (guint j = 0; followers != NULL && j < followers->len; j++)
        {
          WeirFollower *follower = g_ptr_array_index (followers, j);

          if (weir_follower_get_state (follower) == WEIR_FOLLOWER_WAITING)
            weir_follower_retry (follower);
          else
            weir_follower_poke (follower);
        }
    }
}
