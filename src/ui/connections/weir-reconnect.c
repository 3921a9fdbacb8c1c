/* weir-reconnect.c: lets the user sign in to a connection's application again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-reconnect.h"

#include "weir-navigate.h"

#include <glib/gi18n-lib.h>

/* The address to do so at comes from the server: that of the connection's client action, or of a connection request that
 * is made for this. It is opened in the browser; then the connection is asked for often, until it has healed or the
 * user seems to have given up. */
#define LOOK_INTERVAL 3        /* s */
#define LOOK_FOR (10 * 60 / 3) /* looks: ten minutes */

struct _WeirReconnect
{
  GObject parent_instance;

  GtkWidget *window; /* (nullable): it has been closed */
  WeirMonitor *monitor;
  WeirConnection *connection; /* as it was when the user asked */
  GCancellable *cancellable;
  guint look_id;
  guint looks;
};

G_DEFINE_FINAL_TYPE (WeirReconnect, weir_reconnect, G_TYPE_OBJECT)

static gboolean
has_healed (WeirReconnect *self, WeirConnection *now)
{
  if (weir_connection_needs_attention (now))
    return FALSE;

  /* one that was well before is done when the server has something new to say about it */
  return weir_connection_needs_attention (self->connection)
         || weir_record_changed (WEIR_RECORD (now), WEIR_RECORD (self->connection));
}

/* Lets go of the reference that the object has to itself while it watches. */
static void
stop (WeirReconnect *self)
{
  if (self->look_id == 0)
    return;

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_object_unref (self);
}

static void
record_changed_cb (WeirReconnect *self, WeirRecord *record)
{
  g_autofree char *text = NULL;

  if (!weir_record_same (record, WEIR_RECORD (self->connection))
      || !has_healed (self, WEIR_CONNECTION (record)))
    return;

  /* Translators: a connection's name */
  text = g_strdup_printf (_ ("“%s” is connected again"), weir_record_get_name (record));
  if (self->window != NULL)
    weir_toast (self->window, text);
  stop (self);
}

static gboolean
look_cb (gpointer user_data)
{
  WeirReconnect *self = user_data;
  WeirSession *session = weir_monitor_find_session (
      self->monitor, weir_record_get_account (WEIR_RECORD (self->connection)));

  if (session == NULL || self->window == NULL || ++self->looks > LOOK_FOR)
    stop (self);
  else
    weir_session_refresh (session, WEIR_RECORD_CONNECTION);

  return G_SOURCE_CONTINUE;
}

static void
watch (WeirReconnect *self)
{
  self->look_id = g_timeout_add_seconds (LOOK_INTERVAL, look_cb, g_object_ref (self));
  g_signal_connect_swapped (self->monitor, "record-changed", G_CALLBACK (record_changed_cb), self);
}

typedef struct
{
  WeirReconnect *reconnect;
  char *uri;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->reconnect);
  g_free (opening->uri);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    weir_toast (GTK_WIDGET (source), _ ("Continue in the browser; Weir watches the connection"));
  else
    weir_copy (GTK_WIDGET (source), opening->uri,
               _ ("No browser could be opened; the address was copied"));
}

static void
address_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WeirReconnect) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = weir_provider_reconnect_finish (WEIR_PROVIDER (source), result, &error);
  g_autofree char *scheme = uri != NULL ? g_uri_parse_scheme (uri) : NULL;

  if (self->window == NULL)
    return;
  if (uri == NULL)
    {
      weir_toast_error (self->window, _ ("Reconnecting failed"), error);
    }
  else if (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
    {
      /* a server's word must not start whatever program is registered for some scheme */
      weir_toast (self->window, _ ("The server named an address that is no web page"));
    }
  else
    {
      Opening *opening = g_new0 (Opening, 1);

      opening->reconnect = g_object_ref (self);
      opening->uri = g_strdup (uri);
      gtk_show_uri_full (GTK_WINDOW (self->window), uri, GDK_CURRENT_TIME, self->cancellable,
                         shown_cb, opening);
      watch (self);
    }
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  WeirReconnect *self = user_data;

  self->window = NULL;
  g_cancellable_cancel (self->cancellable);
}

static void
weir_reconnect_dispose (GObject *object)
{
  WeirReconnect *self = WEIR_RECONNECT (object);

  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone_cb, self);
  self->window = NULL;
  g_clear_object (&self->monitor);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (weir_reconnect_parent_class)->dispose (object);
}

static void
weir_reconnect_class_init (WeirReconnectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = weir_reconnect_dispose;
}

static void
weir_reconnect_init (WeirReconnect *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * weir_reconnect_run:
 * @from: a widget of the window
 * @monitor: has the connection's account
 * @connection: which one
 *
 * Opens the page on which the user can connect it again, and says when it is.
 */
void
weir_reconnect_run (GtkWidget *from, WeirMonitor *monitor, WeirConnection *connection)
{
  g_autoptr (WeirReconnect) self = NULL;
  WeirSession *session;
  const char *reason = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (WEIR_IS_MONITOR (monitor));
  g_return_if_fail (WEIR_IS_CONNECTION (connection));

  session = weir_monitor_find_session (monitor, weir_record_get_account (WEIR_RECORD (connection)));
  if (session == NULL || weir_session_get_provider (session) == NULL
      || !weir_monitor_can (monitor, WEIR_ACTION_RECONNECT, WEIR_RECORD (connection), &reason))
    {
      weir_toast (from, reason != NULL ? reason : _ ("This cannot be done"));
      return;
    }

  self = g_object_new (WEIR_TYPE_RECONNECT, NULL);
  self->window = GTK_WIDGET (gtk_widget_get_root (from));
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  self->monitor = g_object_ref (monitor);
  self->connection = g_object_ref (connection);
  weir_provider_reconnect_async (weir_session_get_provider (session), connection, self->cancellable,
                                 address_cb, g_object_ref (self));
}
