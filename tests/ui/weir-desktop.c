/* weir-desktop.c: what shows notifications, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "weir-desktop.h"

#define PORTALS "/org/freedesktop/portal/desktop"
#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"
#define STEP 100 /* ms */

struct _WeirDesktop
{
  GDBusConnection *connection;
  GMutex mutex; /* a filter runs in a thread of its own */
  gboolean background;
  GPtrArray *notes; /* (element-type WeirDesktopNote) as they came; none is freed before the end */
};

/* A test's server may be in this process. */
static void
sleep_while_serving (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
  while (g_get_monotonic_time () < end);
}

static void
note_free (gpointer data)
{
  WeirDesktopNote *note = data;

  g_free (note->title);
  g_free (note->body);
  g_strfreev (note->actions);
  g_free (note);
}

static void
close_note (WeirDesktop *self, guint id)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      WeirDesktopNote *note = self->notes->pdata[i];

      if (note->id == id)
        note->closed = TRUE;
    }
}

static guint
add_note (WeirDesktop *self, GVariant *body)
{
  WeirDesktopNote *note = g_new0 (WeirDesktopNote, 1);
  guint replaced;

  g_variant_get (body, "(&su&sss^asa{sv}i)", NULL, &replaced, NULL, &note->title, &note->body,
                 &note->actions, NULL, NULL);
  if (replaced != 0)
    close_note (self, replaced);
  note->id = replaced != 0 ? replaced : self->notes->len + 1;
  g_ptr_array_add (self->notes, note);

  return note->id;
}

static GVariant *
make_status (void)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "version", "u", 3u);
  g_variant_dict_insert (&dict, "available", "b", TRUE);
  g_variant_dict_insert (&dict, "metered", "b", FALSE);
  g_variant_dict_insert (&dict, "connectivity", "u", 4u);

  return g_variant_new ("(@a{sv})", g_variant_dict_end (&dict));
}

/* (transfer full) (nullable): what the portals answer; GLib asks for the network by them, too. */
static GVariant *
answer_portal (WeirDesktop *self, const char *member)
{
  static const char *const proxies[] = { "direct://", NULL };

  if (g_str_equal (member, "GetStatus") || g_str_equal (member, "GetAll"))
    return make_status ();
  if (g_str_equal (member, "CanReach"))
    return g_variant_new ("(b)", TRUE);
  if (g_str_equal (member, "Lookup"))
    return g_variant_new ("(^as)", proxies);
  if (!g_str_equal (member, "RequestBackground"))
    return NULL;

  g_mutex_lock (&self->mutex);
  self->background = TRUE;
  g_mutex_unlock (&self->mutex);

  return g_variant_new ("(o)", PORTALS "/request");
}

static GDBusMessage *
filter_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  WeirDesktop *self = data;
  g_autoptr (GDBusMessage) answer = NULL;
  GVariant *body;
  guint id;

  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL
      && g_strcmp0 (g_dbus_message_get_path (message), PORTALS) == 0)
    {
      GVariant *reply = answer_portal (self, g_dbus_message_get_member (message));

      if (reply == NULL)
        return message;
      answer = g_dbus_message_new_method_reply (message);
      g_dbus_message_set_body (answer, reply);
      g_dbus_connection_send_message (connection, answer, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL,
                                      NULL);
      g_object_unref (message);
      return NULL;
    }
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL
      || g_strcmp0 (g_dbus_message_get_interface (message), NAME) != 0)
    return message;

  answer = g_dbus_message_new_method_reply (message);
  body = g_dbus_message_get_body (message);
  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (g_dbus_message_get_member (message), "Notify") == 0)
    {
      g_dbus_message_set_body (answer, g_variant_new ("(u)", add_note (self, body)));
    }
  else if (g_strcmp0 (g_dbus_message_get_member (message), "CloseNotification") == 0)
    {
      g_variant_get (body, "(u)", &id);
      close_note (self, id);
    }
  g_mutex_unlock (&self->mutex);
  g_dbus_connection_send_message (connection, answer, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (message);

  return NULL;
}

static void
own_name (WeirDesktop *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", name, 4u), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

/**
 * weir_desktop_new:
 *
 * Returns: (transfer full): a desktop, which must be the only one
 */
WeirDesktop *
weir_desktop_new (void)
{
  WeirDesktop *self = g_new0 (WeirDesktop, 1);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (self->connection, filter_cb, self, NULL);
  own_name (self, NAME);
  own_name (self, "org.freedesktop.portal.Desktop");

  return self;
}

/**
 * weir_desktop_free:
 * @self: (transfer full): a desktop
 */
void
weir_desktop_free (WeirDesktop *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_ptr_array_unref (self->notes);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * weir_desktop_wait_background:
 * @self: a desktop
 * @seconds: for how long
 *
 * Returns: whether the portal was asked
 */
gboolean
weir_desktop_wait_background (WeirDesktop *self, guint seconds)
{
  gboolean background = FALSE;

  for (guint i = 0; !background && i <= seconds * 1000 / STEP; i++)
    {
      if (i > 0)
        sleep_while_serving (STEP);
      g_mutex_lock (&self->mutex);
      background = self->background;
      g_mutex_unlock (&self->mutex);
    }

  return background;
}

/**
 * weir_desktop_count:
 * @self: a desktop
 *
 * Returns: how many notifications were sent
 */
guint
weir_desktop_count (WeirDesktop *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->notes->len;
  g_mutex_unlock (&self->mutex);

  return n;
}

static const WeirDesktopNote *
find (WeirDesktop *self, const char *title)
{
  const WeirDesktopNote *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = self->notes->len; i > 0 && found == NULL; i--)
    {
      const WeirDesktopNote *note = self->notes->pdata[i - 1];

      if (g_pattern_match_simple (title, note->title))
        found = note;
    }
  g_mutex_unlock (&self->mutex);

  return found;
}

/**
 * weir_desktop_wait:
 * @self: a desktop
 * @title: a pattern
 * @seconds: for how long
 *
 * Returns: (transfer none) (nullable): the latest notification of that title
 */
const WeirDesktopNote *
weir_desktop_wait (WeirDesktop *self, const char *title, guint seconds)
{
  const WeirDesktopNote *note;

  for (guint i = 0; (note = find (self, title)) == NULL && i < seconds * 1000 / STEP; i++)
    sleep_while_serving (STEP);

  return note;
}

/**
 * weir_desktop_wait_closed:
 * @self: a desktop
 * @note: a notification
 * @seconds: for how long
 *
 * Returns: whether it was withdrawn, or another took its place
 */
gboolean
weir_desktop_wait_closed (WeirDesktop *self, const WeirDesktopNote *note, guint seconds)
{
  gboolean closed = FALSE;

  for (guint i = 0; !closed && i <= seconds * 1000 / STEP; i++)
    {
      if (i > 0)
        sleep_while_serving (STEP);
      g_mutex_lock (&self->mutex);
      closed = note->closed;
      g_mutex_unlock (&self->mutex);
    }

  return closed;
}

/**
 * weir_desktop_find_action:
 * @note: a notification
 * @label: of a button
 *
 * Returns: (transfer none) (nullable): the key of the action
 */
const char *
weir_desktop_find_action (const WeirDesktopNote *note, const char *label)
{
  for (guint i = 0; note->actions[i] != NULL && note->actions[i + 1] != NULL; i += 2)
    if (g_str_equal (note->actions[i + 1], label))
      return note->actions[i];

  return NULL;
}

/**
 * weir_desktop_press:
 * @self: a desktop
 * @note: a notification
 * @key: of its action; "default" is the notification itself
 *
 * As desktops do, the notification closes then.
 */
void
weir_desktop_press (WeirDesktop *self, const WeirDesktopNote *note, const char *key)
{
  g_assert_nonnull (key);
  g_mutex_lock (&self->mutex);
  close_note (self, note->id);
  g_mutex_unlock (&self->mutex);
  g_dbus_connection_emit_signal (self->connection, NULL, PATH, NAME, "ActionInvoked",
                                 g_variant_new ("(us)", note->id, key), NULL);
  g_dbus_connection_flush_sync (self->connection, NULL, NULL);
}
