/* weir-hub-membrane-edit.c: changing Membrane elements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-clock.h"
#include "weir-hub-membrane.h"

/**
 * weir_hub_membrane_merge:
 * @self: the face
 * @type: type of the element
 * @id: its id
 * @patch: (transfer full): within the object of members to replace; a null removes one
 * @error: return location for an error of weir_hub_store_merge()
 *
 * Returns: whether the element is changed
 */
gboolean
weir_hub_membrane_merge (WeirHubMembrane *self,
                         const char *type,
                         const char *id,
                         WeirJsonWriter *patch,
                         GError **error)
{
  g_autofree char *text = NULL;

  weir_json_writer_end_object (patch);
  text = weir_json_writer_end (patch);
  return weir_hub_store_merge (self->store, type, id, text, error);
}

/**
 * weir_hub_membrane_merge_and_reply:
 * @self: the face
 * @context: a request without an answer yet
 * @type: type of the element
 * @id: its id
 * @patch: (transfer full): as for weir_hub_membrane_merge()
 *
 * Answers with the element as it is when the change is on the disk.
 */
void
weir_hub_membrane_merge_and_reply (WeirHubMembrane *self,
                                   WeirHubContext *context,
                                   const char *type,
                                   const char *id,
                                   WeirJsonWriter *patch)
{
  g_autoptr (GError) error = NULL;

  if (weir_hub_membrane_merge (self, type, id, patch, &error))
    weir_hub_membrane_reply_element (self, context, type, id);
  else
    weir_hub_membrane_refuse (context, SOUP_STATUS_INTERNAL_SERVER_ERROR, "internal", NULL,
                              error->message);
}

/**
 * weir_hub_membrane_check_body:
 * @context: a request without an answer yet
 * @body: what a caller sent to change an element
 *
 * A member of the wrong type would make an element that no client can read any more.
 *
 * Returns: whether to go on; %FALSE after having answered 400
 */
gboolean
weir_hub_membrane_check_body (WeirHubContext *context, WeirJson body)
{
  static const struct
  {
    const char *member;
    WeirJsonType type;
    gboolean required; /* null, which removes a member, is refused */
  } members[] = {
    { "name", WEIR_JSON_STRING, TRUE },
    { "key", WEIR_JSON_STRING, FALSE },
    { "description", WEIR_JSON_STRING, FALSE },
    { "uuid", WEIR_JSON_STRING, FALSE },
    { "instanceKey", WEIR_JSON_STRING, FALSE },
    { "authOptionKey", WEIR_JSON_STRING, FALSE },
    { "meta", WEIR_JSON_OBJECT, FALSE },
    { "fields", WEIR_JSON_OBJECT, FALSE },
    { "schema", WEIR_JSON_OBJECT, FALSE },
    { "subscribeRequest", WEIR_JSON_OBJECT, FALSE },
    { "subscriptionRequest", WEIR_JSON_OBJECT, TRUE },
  };

  if (weir_json_is_set (body) && weir_json_get_type (body) != WEIR_JSON_OBJECT)
    {
      weir_hub_membrane_refuse_request (context, "The body must be a JSON object");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      WeirJsonType type = weir_json_get_type (weir_json_get (body, members[i].member));
      g_autofree char *message = NULL;

      if (type == WEIR_JSON_ABSENT || type == members[i].type
          || (type == WEIR_JSON_NULL && !members[i].required))
        continue;
      message = g_strdup_printf ("%s must be %s", members[i].member,
                                 members[i].type == WEIR_JSON_STRING ? "a string" : "an object");
      weir_hub_membrane_refuse_request (context, message);
      return FALSE;
    }
  return TRUE;
}

/**
 * weir_hub_membrane_add_settable:
 * @patch: within the object of members to replace
 * @body: what a caller sent
 * @names: the members a caller may set, ending with %NULL
 *
 * Takes over what @body has of @names, nulls too.
 */
void
weir_hub_membrane_add_settable (WeirJsonWriter *patch, WeirJson body, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      WeirJson value = weir_json_get (body, names[i]);

      if (weir_json_get_type (value) != WEIR_JSON_ABSENT)
        weir_json_writer_add_raw (patch, names[i], value);
    }
}

/**
 * weir_hub_membrane_archive_subscription:
 * @self: the face
 * @id: id of an external event subscription
 *
 * It is not pulled any more, and does not show unless archived ones are asked for.
 */
void
weir_hub_membrane_archive_subscription (WeirHubMembrane *self, const char *id)
{
  WeirJsonWriter *patch = weir_hub_json_begin ();

  weir_json_writer_add_time (patch, "archivedAt", weir_clock_now ());
  weir_json_writer_add_string (patch, "status", "unsubscribed");
  weir_json_writer_add_null (patch, "nextPullEventsTimestamp");
  weir_hub_membrane_merge (self, WEIR_HUB_EVENT_SUBSCRIPTION, id, patch, NULL);
}

/**
 * weir_hub_membrane_archive_connection:
 * @self: the face
 * @id: id of a connection
 */
void
weir_hub_membrane_archive_connection (WeirHubMembrane *self, const char *id)
{
  WeirJsonWriter *patch = weir_hub_json_begin ();

  weir_json_writer_add_time (patch, "archivedAt", weir_clock_now ());
  weir_json_writer_add_time (patch, "updatedAt", weir_clock_now ());
  weir_json_writer_add_boolean (patch, "connected", FALSE);
  weir_hub_membrane_merge (self, WEIR_HUB_CONNECTION, id, patch, NULL);
}
