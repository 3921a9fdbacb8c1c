/* weir-choices.c: what was chosen for all accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-choices.h"

#include "weir-http-proxy.h"
#include "weir-json-writer.h"
#include "weir-zone.h"

#include <glib/gi18n-lib.h>

#define TIME_ZONE "timeZone"
#define PROXY "proxy"
#define REFRESH "refresh"
#define NOTIFY "notify"
#define BACKGROUND "background"

static const char *const notify_words[] = {
  [WEIR_NOTIFY_ALL] = "all",
  [WEIR_NOTIFY_FAILURES] = "failures",
  [WEIR_NOTIFY_NOTHING] = "nothing",
};

static char *
write_text (WeirJson old, gpointer user_data, GError **error)
{
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_add_string (writer, NULL, user_data);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

static char *
write_flag (WeirJson old, gpointer user_data, GError **error)
{
  return g_strdup (GPOINTER_TO_INT (user_data) ? "true" : "false");
}

static char *
write_refresh (WeirJson old, gpointer user_data, GError **error)
{
  const WeirRefresh *refresh = user_data;
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();

  weir_json_writer_begin_object (writer, NULL);
  weir_json_writer_add_int (writer, "watched", refresh->watched);
  weir_json_writer_add_int (writer, "unwatched", refresh->unwatched);
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

static guint
read_seconds (WeirJson object, const char *member, guint usual)
{
  gint64 seconds;

  if (!weir_json_get_int (weir_json_get (object, member), &seconds))
    return usual;

  return (guint) CLAMP (seconds, WEIR_REFRESH_MIN, WEIR_REFRESH_MAX);
}

/**
 * weir_choices_dup_time_zone:
 * @preferences: where it is kept
 *
 * Returns: (transfer full): the name of a zone that this machine has, or "local"
 */
char *
weir_choices_dup_time_zone (WeirPreferences *preferences)
{
  g_autofree char *zone = weir_json_dup_string (weir_preferences_get (preferences, TIME_ZONE));

  return weir_zone_is_known (zone) ? g_steal_pointer (&zone) : g_strdup (WEIR_ZONE_LOCAL);
}

/**
 * weir_choices_set_time_zone:
 * @preferences: where it is kept
 * @zone: "local" or a zone's name
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is as before
 */
gboolean
weir_choices_set_time_zone (WeirPreferences *preferences, const char *zone, GError **error)
{
  g_return_val_if_fail (zone != NULL, FALSE);

  if (!weir_zone_is_known (zone))
    {
      g_set_error (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID,
                   _ ("There is no time zone “%s”"), zone);
      return FALSE;
    }

  return weir_preferences_edit (preferences, TIME_ZONE, write_text, (gpointer) zone, error);
}

/**
 * weir_choices_dup_proxy:
 * @preferences: where it is kept
 *
 * Returns: (transfer full): %WEIR_PROXY_SYSTEM, %WEIR_PROXY_NONE or an address that can be one
 */
char *
weir_choices_dup_proxy (WeirPreferences *preferences)
{
  g_autofree char *proxy = weir_json_dup_string (weir_preferences_get (preferences, PROXY));

  if (proxy != NULL
      && (g_str_equal (proxy, WEIR_PROXY_NONE) || weir_http_proxy_check (proxy, NULL)))
    return g_steal_pointer (&proxy);

  return g_strdup (WEIR_PROXY_SYSTEM);
}

/**
 * weir_choices_set_proxy:
 * @preferences: where it is kept
 * @proxy: %WEIR_PROXY_SYSTEM, %WEIR_PROXY_NONE or an address
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is as before
 */
gboolean
weir_choices_set_proxy (WeirPreferences *preferences, const char *proxy, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (proxy != NULL, FALSE);

  if (!g_str_equal (proxy, WEIR_PROXY_SYSTEM) && !g_str_equal (proxy, WEIR_PROXY_NONE)
      && !weir_http_proxy_check (proxy, &local_error))
    {
      g_set_error_literal (error, WEIR_PREFERENCES_ERROR, WEIR_PREFERENCES_ERROR_INVALID,
                           local_error->message);
      return FALSE;
    }

  return weir_preferences_edit (preferences, PROXY, write_text, (gpointer) proxy, error);
}

/**
 * weir_choices_get_refresh:
 * @preferences: where it is kept
 * @refresh: (out): how often, within the limits
 */
void
weir_choices_get_refresh (WeirPreferences *preferences, WeirRefresh *refresh)
{
  WeirJson object = weir_preferences_get (preferences, REFRESH);

  refresh->watched = read_seconds (object, "watched", WEIR_REFRESH_WATCHED);
  refresh->unwatched = read_seconds (object, "unwatched", WEIR_REFRESH_UNWATCHED);
}

/**
 * weir_choices_set_refresh:
 * @preferences: where it is kept
 * @refresh: how often
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is as before
 */
gboolean
weir_choices_set_refresh (WeirPreferences *preferences, const WeirRefresh *refresh, GError **error)
{
  g_return_val_if_fail (refresh != NULL, FALSE);

  return weir_preferences_edit (preferences, REFRESH, write_refresh, (gpointer) refresh, error);
}

/**
 * weir_choices_get_notify:
 * @preferences: where it is kept
 *
 * Returns: what is told by notifications: all, unless told
 */
WeirNotify
weir_choices_get_notify (WeirPreferences *preferences)
{
  g_autofree char *word = weir_json_dup_string (weir_preferences_get (preferences, NOTIFY));

  for (guint i = 0; i < G_N_ELEMENTS (notify_words); i++)
    if (g_strcmp0 (word, notify_words[i]) == 0)
      return (WeirNotify) i;

  return WEIR_NOTIFY_ALL;
}

/**
 * weir_choices_set_notify:
 * @preferences: where it is kept
 * @notify: what is to be told
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is as before
 */
gboolean
weir_choices_set_notify (WeirPreferences *preferences, WeirNotify notify, GError **error)
{
  g_return_val_if_fail (notify < G_N_ELEMENTS (notify_words), FALSE);

  return weir_preferences_edit (preferences, NOTIFY, write_text, (gpointer) notify_words[notify],
                                error);
}

/**
 * weir_choices_get_background:
 * @preferences: where it is kept
 *
 * Returns: whether the application goes on without a window
 */
gboolean
weir_choices_get_background (WeirPreferences *preferences)
{
  return weir_json_get_boolean (weir_preferences_get (preferences, BACKGROUND));
}

/**
 * weir_choices_set_background:
 * @preferences: where it is kept
 * @background: whether the application is to go on without a window
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if it is as before
 */
gboolean
weir_choices_set_background (WeirPreferences *preferences, gboolean background, GError **error)
{
  return weir_preferences_edit (preferences, BACKGROUND, write_flag, GINT_TO_POINTER (background),
                                error);
}

/**
 * weir_choices_apply:
 * @preferences: where they are kept
 *
 * Has the whole process use the zone and the proxy.
 *
 * Returns: whether the proxy is another one now; who is connected goes on without it until it connects anew
 */
gboolean
weir_choices_apply (WeirPreferences *preferences)
{
  g_autofree char *zone = weir_choices_dup_time_zone (preferences);
  g_autofree char *proxy = weir_choices_dup_proxy (preferences);

  weir_zone_set (zone);

  return weir_http_proxy_set (g_str_equal (proxy, WEIR_PROXY_SYSTEM) ? NULL
                              : g_str_equal (proxy, WEIR_PROXY_NONE) ? ""
                                                                     : proxy);
}
