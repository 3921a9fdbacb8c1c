/* weir-details-others.c: the attributes that Weir has no name for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-details-private.h"

/* More than these, and what is longer, is left to the tree of all attributes. */
#define MAX_OTHERS 60
#define MAX_DEPTH 4
#define MAX_LENGTH 2000

/* Copies of other records, shown with those, and what has a place of its own in the inspector. */
static const char *const elsewhere[] = {
  "user",
  "connection",
  "integration",
  "externalEventSubscription",
  "appEventSubscription",
  "appEventType",
  "error",
  "errors",
  "requestError",
  "schema",
  "links",
  "subscriptionRequest",
  "subscriptionResponse",
  NULL,
};

static gboolean
is_named (WeirJson key, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      if (weir_json_key_equal (key, *names))
        return TRUE;
    }

  return FALSE;
}

static void
add_members (WeirDetailGroup *group,
             WeirJson object,
             const char *prefix,
             guint depth,
             const char *const *shown,
             WeirJson known)
{
  WeirJsonIter iter;
  WeirJson key;
  WeirJson value;

  weir_json_iter_init (&iter, object);
  iter.known = known;
  while (group->details->len < MAX_OTHERS && weir_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;

      if (shown != NULL && (is_named (key, shown) || is_named (key, elsewhere)))
        continue;

      name = weir_json_dup_string (key);
      path = prefix != NULL ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name);
      switch (weir_json_get_type (value))
        {
        case WEIR_JSON_OBJECT:
          if (depth < MAX_DEPTH)
            add_members (group, value, path, depth + 1, NULL, known);
          break;

        case WEIR_JSON_STRING:
        case WEIR_JSON_NUMBER:
        case WEIR_JSON_BOOLEAN:
          if (value.length <= MAX_LENGTH)
            {
              g_autofree char *text = weir_json_dup_text (value);

              weir_details_add (group, WEIR_DETAIL_CODE, path, text);
            }
          break;

        case WEIR_JSON_ARRAY:
        case WEIR_JSON_NULL:
        case WEIR_JSON_ABSENT:
        default:
          break;
        }
    }
}

/**
 * weir_details_add_others:
 * @group: where to
 * @json: a record's JSON
 * @shown: (array zero-terminated=1): attributes that have a detail already
 * @known: a part of @json that may be long, and is one of them; absent if there is none
 *
 * Adds the remaining plain values, those inside objects by their path.
 */
void
weir_details_add_others (WeirDetailGroup *group,
                         WeirJson json,
                         const char *const *shown,
                         WeirJson known)
{
  add_members (group, json, NULL, 0, shown, known);
}
