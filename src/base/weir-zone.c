/* weir-zone.c: the time zone that times are read and shown in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-base"

#include "weir-zone.h"

#include <string.h>

#define DATABASE "/usr/share/zoneinfo"

/* Read from worker threads too. Both NULL: the local one, which the system may change meanwhile. */
static char *zone_name;
static GTimeZone *zone;
G_LOCK_DEFINE_STATIC (zone);

/**
 * weir_zone_is_known:
 * @name: (nullable): a name
 *
 * Returns: whether it is "local", or the name of a zone that this machine has
 */
gboolean
weir_zone_is_known (const char *name)
{
  g_autoptr (GTimeZone) found = NULL;

  if (name == NULL || *name == '\0')
    return FALSE;
  if (g_str_equal (name, WEIR_ZONE_LOCAL))
    return TRUE;

  /* the database is a folder, and names are paths in it */
  if (*name == '/' || strstr (name, "..") != NULL)
    return FALSE;
  found = g_time_zone_new_identifier (name);

  return found != NULL;
}

/**
 * weir_zone_set:
 * @name: (nullable): "local" or a zone's name; one that this machine does not have counts as "local"
 */
void
weir_zone_set (const char *name)
{
  gboolean named = weir_zone_is_known (name) && !g_str_equal (name, WEIR_ZONE_LOCAL);

  G_LOCK (zone);
  g_clear_pointer (&zone, g_time_zone_unref);
  g_clear_pointer (&zone_name, g_free);
  if (named)
    {
      zone = g_time_zone_new_identifier (name);
      zone_name = g_strdup (name);
    }
  G_UNLOCK (zone);
}

/**
 * weir_zone_dup_name:
 *
 * Returns: (transfer full): what weir_zone_set() was given, if this machine has it, else "local"
 */
char *
weir_zone_dup_name (void)
{
  char *name;

  G_LOCK (zone);
  name = g_strdup (zone_name != NULL ? zone_name : WEIR_ZONE_LOCAL);
  G_UNLOCK (zone);

  return name;
}

/**
 * weir_zone_is_local:
 *
 * Returns: whether it is the system's own
 */
gboolean
weir_zone_is_local (void)
{
  gboolean local;

  G_LOCK (zone);
  local = zone == NULL;
  G_UNLOCK (zone);

  return local;
}

/**
 * weir_zone_dup:
 *
 * Returns: (transfer full): the zone
 */
GTimeZone *
weir_zone_dup (void)
{
  GTimeZone *copy;

  G_LOCK (zone);
  copy = zone != NULL ? g_time_zone_ref (zone) : NULL;
  G_UNLOCK (zone);

  return copy != NULL ? copy : g_time_zone_new_local ();
}

/**
 * weir_zone_to_date:
 * @time: µs since 1970 UTC
 *
 * Returns: (transfer full) (nullable): the time to the microsecond, as a clock in the zone shows it
 */
GDateTime *
weir_zone_to_date (gint64 time)
{
  gint64 fraction = ((time % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  g_autoptr (GTimeZone) own = weir_zone_dup ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((time - fraction) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, own) : NULL;

  return there != NULL ? g_date_time_add (there, fraction) : NULL;
}

/**
 * weir_zone_dup_abbreviation:
 * @time: µs since 1970 UTC: summer time has another one
 *
 * Returns: (transfer full): how a clock in the zone calls it: “CET”, “UTC”, “+03”
 */
char *
weir_zone_dup_abbreviation (gint64 time)
{
  g_autoptr (GDateTime) date = weir_zone_to_date (time);

  return g_strdup (date != NULL ? g_date_time_get_timezone_abbreviation (date) : "");
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* tzdata's own list for people: a line has codes of countries, a place, a name, maybe a comment. */
static gboolean
read_list (GPtrArray *names, const char *file)
{
  g_autofree char *path = g_build_filename (DATABASE, file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = NULL;

      if (lines[i][0] == '#')
        continue;
      fields = g_strsplit (lines[i], "\t", -1);
      if (g_strv_length (fields) >= 3)
        g_ptr_array_add (names, g_strdup (g_strchomp (fields[2])));
    }

  return TRUE;
}

/**
 * weir_zone_list:
 *
 * Returns: (transfer full) (element-type utf8): "UTC" and every zone that the time zone database lists, sorted
 */
GPtrArray *
weir_zone_list (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  if (!read_list (names, "zone1970.tab"))
    read_list (names, "zone.tab");
  g_ptr_array_sort (names, compare);
  g_ptr_array_insert (names, 0, g_strdup ("UTC"));

  return names;
}
