/* weir-background.c: watching goes on when the window is closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-background.h"

#include "weir-choices.h"
#include "weir-window.h"

#include <glib/gi18n-lib.h>

#define ID "background"

struct _WeirBackground
{
  GObject parent_instance;

  GtkApplication *application; /* not owned: it owns us */
  WeirMonitor *monitor;
  GCancellable *cancellable;
  gboolean held;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (WeirBackground, weir_background, G_TYPE_OBJECT)

/* As GTK decides whether to ask portals. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS)
         || g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0;
}

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Nobody was told that Weir runs in the background: %s", error->message);
}

/* The system then knows why it runs, and lets the user forbid it; there is nothing to do about the answer, which is
 * why it is not waited for. */
static void
ask_portal (WeirBackground *self)
{
  GDBusConnection *connection =
      g_application_get_dbus_connection (G_APPLICATION (self->application));
  GVariantDict options;

  if (connection == NULL || !is_sandboxed ())
    return;

  g_variant_dict_init (&options, NULL);
  /* Translators: why the program runs without a window, for the system to show */
  g_variant_dict_insert (&options, "reason", "s", _ ("Weir goes on watching event subscriptions."));
  g_variant_dict_insert (&options, "autostart", "b", FALSE);
  g_dbus_connection_call (
      connection, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
      "org.freedesktop.portal.Background", "RequestBackground",
      g_variant_new ("(s@a{sv})", "", g_variant_dict_end (&options)), G_VARIANT_TYPE ("(o)"),
      G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, requested_cb, NULL);
}

/* Without a window this is where Weir can be ended. */
static void
tell (WeirBackground *self)
{
  g_autoptr (GNotification) notification = g_notification_new (_ ("Weir goes on watching"));

  g_notification_set_body (notification,
                           _ ("Open it again to see its window. To end it, press Quit here, or "
                              "Ctrl+Q in the window."));
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_notification_set_default_action (notification, "app.open");
  g_notification_add_button (notification, _ ("Quit"), "app.quit");
  g_application_send_notification (G_APPLICATION (self->application), ID, notification);
}

static void
update_hold (WeirBackground *self)
{
  gboolean hold = self->monitor != NULL && !self->ended
                  && weir_choices_get_background (weir_monitor_get_preferences (self->monitor));

  if (hold == self->held)
    return;

  self->held = hold;
  if (hold)
    g_application_hold (G_APPLICATION (self->application));
  else
    g_application_release (G_APPLICATION (self->application));
}

static void
window_added_cb (WeirBackground *self, GtkWindow *window)
{
  if (!WEIR_IS_WINDOW (window))
    return;

  /* it was quit, but started again before what it waited for had ended */
  self->ended = FALSE;
  update_hold (self);
  weir_monitor_set_watched (self->monitor, TRUE);
  g_application_withdraw_notification (G_APPLICATION (self->application), ID);
}

static void
window_removed_cb (WeirBackground *self, GtkWindow *window)
{
  if (!WEIR_IS_WINDOW (window))
    return;

  weir_monitor_set_watched (self->monitor, FALSE);
  if (self->held)
    {
      tell (self);
      ask_portal (self);
    }
}

static void
weir_background_dispose (GObject *object)
{
  WeirBackground *self = WEIR_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (weir_background_parent_class)->dispose (object);
}

static void
weir_background_finalize (GObject *object)
{
  g_object_unref (WEIR_BACKGROUND (object)->cancellable);

  G_OBJECT_CLASS (weir_background_parent_class)->finalize (object);
}

static void
weir_background_class_init (WeirBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_background_dispose;
  G_OBJECT_CLASS (klass)->finalize = weir_background_finalize;
}

static void
weir_background_init (WeirBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_background_new:
 * @application: is held, has the actions "app.open" and "app.quit", and outlives the object
 * @monitor: is told whether somebody looks on, and has the preferences
 *
 * Returns: (transfer full): what follows the preferences
 */
WeirBackground *
weir_background_new (GtkApplication *application, WeirMonitor *monitor)
{
  WeirBackground *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WEIR_IS_MONITOR (monitor), NULL);

  self = g_object_new (WEIR_TYPE_BACKGROUND, NULL);
  self->application = application;
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (weir_monitor_get_preferences (monitor), "changed",
                           G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  update_hold (self);

  return self;
}

/**
 * weir_background_end:
 * @self: the object
 *
 * Lets the application end with its window, whatever was chosen.
 */
void
weir_background_end (WeirBackground *self)
{
  g_return_if_fail (WEIR_IS_BACKGROUND (self));

  self->ended = TRUE;
  g_application_withdraw_notification (G_APPLICATION (self->application), ID);
  update_hold (self);
}
