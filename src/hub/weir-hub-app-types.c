/* weir-hub-app-types.c: app event types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"

/* What a caller may set; everything else is the hub's. */
static const char *const settable[] = {
  "name",   "key",           "description",     "uuid", "meta", "subscribeRequest", "example",
  "schema", "userIdFormula", "tenantIdFormula", NULL,
};

static const WeirHubFilter filters[] = { { NULL, NULL } };

static gboolean
check_body (WeirHubMembrane *self, WeirHubContext *context, WeirJson body, const char *id)
{
  g_autofree char *key = weir_json_dup_string (weir_json_get (body, "key"));
  g_autoptr (WeirHubQuery) query = NULL;
  g_autoptr (WeirHubDocument) other = NULL;

  if (!weir_hub_membrane_check_body (context, body))
    return FALSE;
  if (key == NULL)
    return TRUE;
  query = weir_hub_query_new (WEIR_HUB_APP_EVENT_TYPE);
  weir_hub_query_add_equal (query, "key", key);
  weir_hub_query_add_absent (query, "archivedAt");
  other = weir_hub_store_find (self->store, query);
  if (other == NULL || g_strcmp0 (other->id, id) == 0)
    return TRUE;
  weir_hub_membrane_refuse (context, SOUP_STATUS_CONFLICT, "bad_request", "already_exists",
                            "There is an app event type with this key already");
  return FALSE;
}

static void
add_revision (WeirHubMembrane *self, WeirJsonWriter *writer)
{
  g_autofree char *revision = weir_hub_store_new_uuid (self->store);

  weir_json_writer_add_string (writer, "revision", revision);
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
}

static void
revise_and_reply (WeirHubMembrane *self,
                  WeirHubContext *context,
                  const char *id,
                  WeirJsonWriter *patch)
{
  add_revision (self, patch);
  weir_hub_membrane_merge_and_reply (self, context, WEIR_HUB_APP_EVENT_TYPE, id, patch);
}

/* Types are the workspace's: a tenant looks but does not touch. */
static gboolean
check_admin (WeirHubContext *context)
{
  if (context->tenant == NULL)
    return TRUE;
  weir_hub_membrane_refuse (context, SOUP_STATUS_FORBIDDEN, "bad_request", "access_denied",
                            "Only an administrator may change app event types");
  return FALSE;
}

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_list (user_data, context, WEIR_HUB_APP_EVENT_TYPE, filters);
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_reply_one (user_data, context, WEIR_HUB_APP_EVENT_TYPE);
}

static void
schema_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) type =
      weir_hub_membrane_get (user_data, context, WEIR_HUB_APP_EVENT_TYPE, context->ids[0]);

  if (type == NULL)
    return;
  if (weir_hub_document_has (type, "schema"))
    weir_hub_context_reply_json (context, SOUP_STATUS_OK,
                                 weir_json_dup_raw (weir_json_get (type->json, "schema")));
  else
    weir_hub_context_reply_json (context, SOUP_STATUS_OK, g_strdup ("{}"));
}

static void
create_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  WeirJson body;
  WeirJsonWriter *writer;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *webhook = NULL;
  g_autofree char *text = NULL;

  if (!check_admin (context) || !weir_hub_context_get_json (context, &body)
      || !check_body (self, context, body, NULL))
    return;
  name = weir_json_dup_string (weir_json_get (body, "name"));
  key = weir_json_dup_string (weir_json_get (body, "key"));
  if (name == NULL || key == NULL)
    {
      weir_hub_membrane_refuse_request (context, "key and name are required");
      return;
    }

  id = weir_hub_store_new_id (self->store, 0);
  uuid = weir_hub_store_new_uuid (self->store);
  webhook = weir_hub_store_new_uuid (self->store);
  writer = weir_hub_json_begin ();
  weir_json_writer_add_string (writer, "id", id);
  weir_hub_membrane_add_settable (writer, body, settable);
  if (!weir_json_is_set (weir_json_get (body, "uuid")))
    weir_json_writer_add_string (writer, "uuid", uuid);
  weir_json_writer_add_string (writer, "webhookKey", webhook);
  weir_json_writer_add_string (writer, "state", "READY");
  weir_json_writer_add_boolean (writer, "isReadOnly", FALSE);
  weir_json_writer_add_boolean (writer, "isDeactivated", FALSE);
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  add_revision (self, writer);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  weir_hub_store_put (self->store, WEIR_HUB_APP_EVENT_TYPE, id, text, 0, NULL);
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_APP_EVENT_TYPE, id);
}

static void
update_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) type = NULL;
  WeirJson body;
  WeirJsonWriter *writer;

  if (!check_admin (context) || !weir_hub_context_get_json (context, &body))
    return;
  type = weir_hub_membrane_get (self, context, WEIR_HUB_APP_EVENT_TYPE, context->ids[0]);
  if (type == NULL || !check_body (self, context, body, type->id))
    return;
  if (weir_hub_document_has (type, "archivedAt"))
    {
      weir_hub_membrane_refuse_request (context, "An archived element cannot be changed");
      return;
    }
  writer = weir_hub_json_begin ();
  weir_hub_membrane_add_settable (writer, body, settable);
  revise_and_reply (self, context, type->id, writer);
}

static void
set_archived (WeirHubContext *context, WeirHubMembrane *self, gboolean archived)
{
  g_autoptr (WeirHubDocument) type = NULL;
  WeirJsonWriter *writer;

  if (!check_admin (context))
    return;
  type = weir_hub_membrane_get (self, context, WEIR_HUB_APP_EVENT_TYPE, context->ids[0]);
  if (type == NULL)
    return;
  writer = weir_hub_json_begin ();
  if (archived)
    weir_json_writer_add_time (writer, "archivedAt", weir_clock_now ());
  else
    weir_json_writer_add_null (writer, "archivedAt");
  revise_and_reply (self, context, type->id, writer);
}

static void
delete_cb (WeirHubContext *context, gpointer user_data)
{
  set_archived (context, user_data, TRUE);
}

static void
restore_cb (WeirHubContext *context, gpointer user_data)
{
  set_archived (context, user_data, FALSE);
}

/**
 * weir_hub_membrane_add_app_types:
 * @self: the face
 *
 * Adds the routes of app event types (api/membrane.md §2.5).
 */
void
weir_hub_membrane_add_app_types (WeirHubMembrane *self)
{
  weir_hub_membrane_route (self, "GET", "/app-event-types", list_cb);
  weir_hub_membrane_route (self, "POST", "/app-event-types", create_cb);
  weir_hub_membrane_route (self, "GET", "/app-event-types/{id}", get_cb);
  weir_hub_membrane_route (self, "PUT", "/app-event-types/{id}", update_cb);
  weir_hub_membrane_route (self, "PATCH", "/app-event-types/{id}", update_cb);
  weir_hub_membrane_route (self, "DELETE", "/app-event-types/{id}", delete_cb);
  weir_hub_membrane_route (self, "POST", "/app-event-types/{id}/restore", restore_cb);
  weir_hub_membrane_route (self, "GET", "/app-event-types/{id}/schema", schema_cb);
}
