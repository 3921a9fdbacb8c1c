/* weir-query-fields.c: what may stand before a colon
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-history"

#include "weir-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer than any field's name: what is longer is none of them, written wrongly. */
#define LONGEST_NAME 16
#define DISTANCE_MAX 2

static const WeirQueryFieldInfo FIELDS[] = {
  { WEIR_QUERY_ACCOUNT, "account:", N_ ("Name of the account"), "account:\"Demo Sequin\"" },
  { WEIR_QUERY_PROVIDER, "provider:", N_ ("Platform of the account"), "provider:membrane" },
  { WEIR_QUERY_KIND, "kind:", N_ ("What happened to the record"), "kind:created" },
  { WEIR_QUERY_COLLECTION, "collection:", N_ ("Kind of records the event is about"),
    "collection:stripe:customer" },
  { WEIR_QUERY_RECORD, "record:", N_ ("ID of the record at its source"), "record:cus_4211" },
  { WEIR_QUERY_SUBSCRIPTION,
    "sub:", N_ ("ID of the subscription, alone or as ACCOUNT/ID or SUBSCRIPTION/COLLECTION"),
    "sub:\"Demo Membrane/42\"" },
  { WEIR_QUERY_STATUS, "status:", N_ ("What the platform says of the event"), "status:error" },
  { WEIR_QUERY_AFTER, "after:",
    N_ ("At this time or later: a date, a date and time, how long ago, today or yesterday"),
    "after:2h" },
  { WEIR_QUERY_BEFORE, "before:", N_ ("Before this time"), "before:2026-01-31T18:00" },
  { WEIR_QUERY_STREAM, "stream:", N_ ("Stream it came by"), "stream:app-events" },
  { WEIR_QUERY_TENANT, "tenant:", N_ ("ID of the tenant"), "tenant:t1" },
  { WEIR_QUERY_CONNECTION, "connection:", N_ ("ID of the connection"), "connection:c1" },
  { WEIR_QUERY_ID, "id:", N_ ("ID of the event"), "id:evt_93" },
  { WEIR_QUERY_IS, "is:", N_ ("State of the event: late, unreadable or error"), "is:late" },
  { WEIR_QUERY_DATA, "data.", N_ ("A value in the payload, with : or with > >= < <= and a number"),
    "data.items.*.price>=9.5" },
  { WEIR_QUERY_WORD, NULL, NULL, NULL },
};

/* What people of other tools type. */
static const struct
{
  const char *name;
  WeirQueryField field;
} SYNONYMS[] = {
  { "type", WEIR_QUERY_KIND },         { "action", WEIR_QUERY_KIND },
  { "since", WEIR_QUERY_AFTER },       { "from", WEIR_QUERY_AFTER },
  { "time", WEIR_QUERY_AFTER },        { "date", WEIR_QUERY_AFTER },
  { "until", WEIR_QUERY_BEFORE },      { "to", WEIR_QUERY_BEFORE },
  { "sync", WEIR_QUERY_SUBSCRIPTION }, { "object", WEIR_QUERY_COLLECTION },
  { "payload", WEIR_QUERY_DATA },      { "state", WEIR_QUERY_STATUS },
};

static gsize
measure_name (const WeirQueryFieldInfo *info)
{
  return strlen (info->name) - 1;
}

static const WeirQueryFieldInfo *
get_info (WeirQueryField field)
{
  const WeirQueryFieldInfo *info = FIELDS;

  while (info->field != field)
    info++;
  return info;
}

/* How many letters must be changed, added or left out to make one of the other. */
static guint
measure_distance (const char *a, gsize a_length, const char *b, gsize b_length)
{
  guint row[LONGEST_NAME + 1];

  for (guint j = 0; j <= b_length; j++)
    row[j] = j;
  for (guint i = 1; i <= a_length; i++)
    {
      guint before = row[0];

      row[0] = i;
      for (guint j = 1; j <= b_length; j++)
        {
          guint kept = before + (g_ascii_tolower (a[i - 1]) != b[j - 1]);

          before = row[j];
          row[j] = MIN (kept, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[b_length];
}

/* weir_query_find_field:
 * @name: without its colon
 *
 * Returns: (nullable): the field of that name, whatever the case of its letters */
const WeirQueryFieldInfo *
weir_query_find_field (const char *name)
{
  for (const WeirQueryFieldInfo *info = FIELDS; info->name != NULL; info++)
    if (info->field != WEIR_QUERY_DATA && strlen (name) == measure_name (info)
        && g_ascii_strncasecmp (name, info->name, measure_name (info)) == 0)
      return info;
  return NULL;
}

/* weir_query_suggest_field:
 * @name: what is no field's name
 *
 * Returns: (nullable): the field that may have been meant: a name that it begins, or that begins it, a
 *   synonym, or the nearest one */
const WeirQueryFieldInfo *
weir_query_suggest_field (const char *name)
{
  gsize length = strlen (name);
  const WeirQueryFieldInfo *nearest = NULL;
  guint least = DISTANCE_MAX + 1;

  for (guint i = 0; i < G_N_ELEMENTS (SYNONYMS); i++)
    if (g_ascii_strcasecmp (name, SYNONYMS[i].name) == 0)
      return get_info (SYNONYMS[i].field);
  if (length < 2 || length > LONGEST_NAME)
    return NULL;

  for (const WeirQueryFieldInfo *info = FIELDS; info->name != NULL; info++)
    {
      gsize own = measure_name (info);
      gboolean begins =
          g_ascii_strncasecmp (name, info->name, MIN (length, own)) == 0 && MIN (length, own) > 2;
      guint distance = begins ? 0 : measure_distance (name, length, info->name, own);

      if (distance < least && distance < MIN (own, length))
        {
          nearest = info;
          least = distance;
        }
    }
  return nearest;
}

/**
 * weir_query_list_fields:
 *
 * Returns: (transfer none): all fields; the last one has a %NULL name
 */
const WeirQueryFieldInfo *
weir_query_list_fields (void)
{
  return FIELDS;
}

/* weir_query_is_state:
 *
 * Returns: whether is: knows @word */
gboolean
weir_query_is_state (const char *word)
{
  return g_ascii_strcasecmp (word, "late") == 0 || g_ascii_strcasecmp (word, "unreadable") == 0
         || g_ascii_strcasecmp (word, "error") == 0;
}
