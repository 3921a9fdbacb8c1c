/* weir-limits.c: how much of an account's events is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-monitor"

#include "weir-limits.h"

#include "weir-json-writer.h"

#define MEMBER "historyLimits"
#define DEFAULT "default"
#define ACCOUNTS "accounts"

typedef struct
{
  const char *account;      /* (nullable) */
  const WeirLimits *limits; /* (nullable) */
} Change;

static gboolean
read_limits (WeirJson object, WeirLimits *limits)
{
  gint64 number;

  if (weir_json_get_type (object) != WEIR_JSON_OBJECT)
    return FALSE;

  if (weir_json_get_int (weir_json_get (object, "bytes"), &number) && number > 0)
    limits->bytes = MIN ((guint64) number, WEIR_LIMITS_MAX_BYTES);
  if (weir_json_get_int (weir_json_get (object, "days"), &number) && number > 0)
    limits->days = (guint) MIN (number, WEIR_LIMITS_MAX_DAYS);

  return TRUE;
}

static void
write_limits (WeirJsonWriter *writer, const char *key, const WeirLimits *limits)
{
  weir_json_writer_begin_object (writer, key);
  if (limits->bytes > 0)
    weir_json_writer_add_int (writer, "bytes", (gint64) limits->bytes);
  if (limits->days > 0)
    weir_json_writer_add_int (writer, "days", limits->days);
  weir_json_writer_end_object (writer);
}

static char *
change_limits (WeirJson old, gpointer user_data, GError **error)
{
  const Change *change = user_data;
  g_autoptr (WeirJsonWriter) writer = weir_json_writer_new ();
  WeirJson kept = weir_json_get (old, DEFAULT);
  WeirJsonIter iter;
  WeirJson key;
  WeirJson value;

  weir_json_writer_begin_object (writer, NULL);
  if (change->account == NULL && change->limits != NULL)
    write_limits (writer, DEFAULT, change->limits);
  else if (change->account != NULL && weir_json_is_set (kept))
    weir_json_writer_add_raw (writer, DEFAULT, kept);

  weir_json_writer_begin_object (writer, ACCOUNTS);
  weir_json_iter_init (&iter, weir_json_get (old, ACCOUNTS));
  while (weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *account = weir_json_dup_string (key);

      if (g_strcmp0 (account, change->account) != 0)
        weir_json_writer_add_raw (writer, account, value);
    }
  if (change->account != NULL && change->limits != NULL)
    write_limits (writer, change->account, change->limits);
  weir_json_writer_end_object (writer);
  weir_json_writer_end_object (writer);

  return weir_json_writer_end (g_steal_pointer (&writer));
}

/**
 * weir_limits_get:
 * @preferences: where they are kept
 * @account: (nullable): an account's uuid; %NULL for those that have no limits of their own
 * @limits: (out): what is kept
 *
 * Returns: whether @limits are its own, and not those of all others
 */
gboolean
weir_limits_get (WeirPreferences *preferences, const char *account, WeirLimits *limits)
{
  WeirJson all = weir_preferences_get (preferences, MEMBER);

  *limits = (WeirLimits){ 0 };
  if (account != NULL
      && read_limits (weir_json_get (weir_json_get (all, ACCOUNTS), account), limits))
    return TRUE;

  return read_limits (weir_json_get (all, DEFAULT), limits) && account == NULL;
}

/**
 * weir_limits_dup_all:
 * @preferences: where they are kept
 *
 * Returns: (transfer full): the limits of all accounts as text, equal as long as nobody changes them
 */
char *
weir_limits_dup_all (WeirPreferences *preferences)
{
  WeirJson all = weir_preferences_get (preferences, MEMBER);

  return g_strndup (weir_json_is_set (all) ? all.text : "", all.length);
}

/**
 * weir_limits_set:
 * @preferences: where they are kept
 * @account: (nullable): an account's uuid; %NULL for those that have no limits of their own
 * @limits: (nullable): what is to be kept; %NULL: as for all others, or everything
 * @error: return location for a #WeirPreferencesError
 *
 * Returns: %FALSE if they are as before
 */
gboolean
weir_limits_set (WeirPreferences *preferences,
                 const char *account,
                 const WeirLimits *limits,
                 GError **error)
{
  Change change = { account, limits };

  return weir_preferences_edit (preferences, MEMBER, change_limits, &change, error);
}
