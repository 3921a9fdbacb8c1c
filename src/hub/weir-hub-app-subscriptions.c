/* weir-hub-app-subscriptions.c: app event subscriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-hub"

#include "weir-hub-membrane.h"

#include <string.h>

#include "weir-clock.h"
#include "weir-hub-app-request.h"

static const WeirHubFilter filters[] = {
  { "id", "id" },
  { "appEventTypeId", "appEventTypeId" },
  { "instanceKey", "instanceKey" },
  { NULL, NULL },
};

static const char *const settable[] = {
  "name", "key", "description", "meta", "subscriptionRequest", "schema", NULL,
};

static WeirHubDocument *
find_type (WeirHubMembrane *self, WeirHubContext *context)
{
  const char *id = weir_hub_context_get_query (context, "appEventTypeId");

  if (id == NULL)
    id = weir_hub_context_get_query (context, "appEventTypeKey");
  return id != NULL ? weir_hub_membrane_get (self, context, WEIR_HUB_APP_EVENT_TYPE, id) : NULL;
}

static char *
get_customer (WeirHubMembrane *self, WeirHubContext *context)
{
  const char *user = weir_hub_context_get_query (context, "userId");
  g_autoptr (WeirHubDocument) customer = NULL;

  if (context->tenant != NULL)
    return g_strdup (context->tenant);
  customer = weir_hub_store_get (self->store, WEIR_HUB_CUSTOMER, user);
  if (customer != NULL)
    return g_strdup (user);
  return weir_hub_membrane_ensure_customer (self->store,
                                            user != NULL ? user : WEIR_HUB_DEFAULT_TENANT, NULL);
}

static WeirHubDocument *
find_instance (WeirHubMembrane *self,
               WeirHubContext *context,
               WeirHubDocument *type,
               const char *customer)
{
  g_autoptr (WeirHubQuery) query = weir_hub_query_new (WEIR_HUB_APP_EVENT_SUBSCRIPTION);
  const char *instance = weir_hub_context_get_query (context, "instanceKey");

  weir_hub_query_add_equal (query, "appEventTypeId", type->id);
  weir_hub_query_add_equal (query, "userId", customer);
  if (instance != NULL)
    weir_hub_query_add_equal (query, "instanceKey", instance);
  else
    weir_hub_query_add_absent (query, "instanceKey");
  weir_hub_query_add_absent (query, "archivedAt");
  return weir_hub_store_find (self->store, query);
}

/* The one that path (plural form) or selector (singular form) names. NULL: answered already. */
static WeirHubDocument *
find_selected (WeirHubMembrane *self, WeirHubContext *context)
{
  const char *id = context->ids[0];
  const char *create = weir_hub_context_get_query (context, "autoCreate");
  g_autoptr (WeirHubDocument) type = NULL;
  g_autoptr (WeirHubDocument) found = NULL;
  g_autofree char *customer = NULL;

  if (id == NULL)
    id = weir_hub_context_get_query (context, "id");
  if (id != NULL)
    return weir_hub_membrane_get (self, context, WEIR_HUB_APP_EVENT_SUBSCRIPTION, id);

  type = find_type (self, context);
  if (type == NULL)
    {
      if (!context->answered)
        weir_hub_membrane_refuse_request (context, "An id or an app event type is required");
      return NULL;
    }
  customer = get_customer (self, context);
  found = find_instance (self, context, type, customer);
  if (found == NULL && (g_strcmp0 (create, "true") == 0 || g_strcmp0 (create, "1") == 0))
    found = weir_hub_membrane_make_app_subscription (
        self, type, customer, weir_hub_context_get_query (context, "instanceKey"),
        (WeirJson){ NULL, 0 });
  if (found == NULL)
    weir_hub_membrane_refuse_not_found (context, "App event subscription");
  return g_steal_pointer (&found);
}

static void
list_cb (WeirHubContext *context, gpointer user_data)
{
  weir_hub_membrane_list (user_data, context, WEIR_HUB_APP_EVENT_SUBSCRIPTION, filters);
}

static void
get_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = find_selected (user_data, context);

  if (subscription != NULL)
    weir_hub_membrane_reply_element (user_data, context, WEIR_HUB_APP_EVENT_SUBSCRIPTION,
                                     subscription->id);
}

static void
schema_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = find_selected (user_data, context);

  if (subscription == NULL)
    return;
  if (weir_hub_document_has (subscription, "schema"))
    weir_hub_context_reply_json (context, SOUP_STATUS_OK,
                                 weir_json_dup_raw (weir_json_get (subscription->json, "schema")));
  else
    weir_hub_context_reply_json (context, SOUP_STATUS_OK, g_strdup ("{}"));
}

static void
create_cb (WeirHubContext *context, gpointer user_data)
{
  WeirHubMembrane *self = user_data;
  g_autoptr (WeirHubDocument) type = NULL;
  g_autoptr (WeirHubDocument) subscription = NULL;
  g_autofree char *customer = NULL;
  WeirJson body;

  if (!weir_hub_context_get_json (context, &body) || !weir_hub_membrane_check_body (context, body))
    return;
  type = find_type (self, context);
  if (type == NULL)
    {
      if (!context->answered)
        weir_hub_membrane_refuse_request (context, "An app event type is required");
      return;
    }
  customer = get_customer (self, context);
  subscription = find_instance (self, context, type, customer);
  if (subscription != NULL)
    {
      weir_hub_membrane_refuse (context, SOUP_STATUS_CONFLICT, "bad_request", "already_exists",
                                "There is such a subscription already");
      return;
    }
  subscription = weir_hub_membrane_make_app_subscription (
      self, type, customer, weir_hub_context_get_query (context, "instanceKey"), body);
  weir_hub_membrane_reply_element (self, context, WEIR_HUB_APP_EVENT_SUBSCRIPTION,
                                   subscription != NULL ? subscription->id : NULL);
}

static void
revise_and_reply (WeirHubMembrane *self,
                  WeirHubContext *context,
                  const char *id,
                  WeirJsonWriter *patch)
{
  g_autofree char *revision = weir_hub_store_new_uuid (self->store);

  weir_json_writer_add_string (patch, "revision", revision);
  weir_json_writer_add_time (patch, "updatedAt", weir_clock_now ());
  weir_hub_membrane_merge_and_reply (self, context, WEIR_HUB_APP_EVENT_SUBSCRIPTION, id, patch);
}

static void
update_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = NULL;
  WeirJsonWriter *writer;
  WeirJson body;

  if (!weir_hub_context_get_json (context, &body) || !weir_hub_membrane_check_body (context, body))
    return;
  subscription = find_selected (user_data, context);
  if (subscription == NULL)
    return;
  if (weir_hub_document_has (subscription, "archivedAt"))
    {
      weir_hub_membrane_refuse_request (context, "An archived element cannot be changed");
      return;
    }
  writer = weir_hub_json_begin ();

  weir_hub_membrane_add_settable (writer, body, settable);
  revise_and_reply (user_data, context, subscription->id, writer);
}

static void
delete_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = find_selected (user_data, context);
  WeirJsonWriter *writer;

  if (subscription == NULL)
    return;
  writer = weir_hub_json_begin ();

  weir_json_writer_add_time (writer, "archivedAt", weir_clock_now ());
  weir_json_writer_add_boolean (writer, "isSubscribed", FALSE);
  revise_and_reply (user_data, context, subscription->id, writer);
}

static void
subscribe_cb (WeirHubContext *context, gpointer user_data)
{
  g_autoptr (WeirHubDocument) subscription = find_selected (user_data, context);

  if (subscription == NULL)
    return;
  if (weir_hub_document_has (subscription, "archivedAt"))
    weir_hub_membrane_refuse_request (context, "The subscription is archived");
  else
    weir_hub_app_request_send (user_data, context, subscription);
}

/**
 * weir_hub_membrane_make_app_subscription:
 * @self: the face
 * @type: its app event type
 * @customer: id of the customer
 * @instance_key: (nullable): its key among the customer's
 * @body: what the caller sets, or absent
 *
 * Returns: (transfer full) (nullable): a subscription that is not subscribed yet; %NULL if it could
 *   not be kept
 */
WeirHubDocument *
weir_hub_membrane_make_app_subscription (WeirHubMembrane *self,
                                         WeirHubDocument *type,
                                         const char *customer,
                                         const char *instance_key,
                                         WeirJson body)
{
  g_autofree char *id = weir_hub_store_new_id (self->store, 0);
  g_autofree char *uuid = weir_hub_store_new_uuid (self->store);
  g_autofree char *revision = weir_hub_store_new_uuid (self->store);
  g_autofree char *webhook = weir_hub_store_new_uuid (self->store);
  g_autofree char *base = NULL;
  g_autofree char *text = NULL;
  WeirJson request = weir_json_get (type->json, "subscribeRequest");
  WeirJson schema = weir_json_get (type->json, "schema");
  WeirJsonWriter *writer = weir_hub_json_begin ();

  weir_json_writer_add_string (writer, "id", id);
  weir_json_writer_add_raw (writer, "name", weir_json_get (type->json, "name"));
  weir_json_writer_add_string (writer, "uuid", uuid);
  weir_json_writer_add_string (writer, "revision", revision);
  weir_json_writer_add_string (writer, "userId", customer);
  weir_json_writer_add_string (writer, "tenantId", customer);
  weir_json_writer_add_string (writer, "appEventTypeId", type->id);
  if (instance_key != NULL)
    weir_json_writer_add_string (writer, "instanceKey", instance_key);
  weir_json_writer_add_boolean (writer, "isSubscribed", FALSE);
  if (weir_json_is_set (request))
    weir_json_writer_add_raw (writer, "subscriptionRequest", request);
  else
    weir_hub_json_add_text (writer, "subscriptionRequest", "{\"uri\":\"\"}");
  if (weir_json_is_set (schema))
    weir_json_writer_add_raw (writer, "schema", schema);
  weir_json_writer_add_string (writer, "state", "READY");
  weir_json_writer_add_boolean (writer, "isDeactivated", FALSE);
  weir_json_writer_add_boolean (writer, "isReadOnly", FALSE);
  weir_json_writer_add_time (writer, "createdAt", weir_clock_now ());
  weir_json_writer_add_time (writer, "updatedAt", weir_clock_now ());
  weir_json_writer_add_string (writer, "_webhookKey", webhook);
  weir_json_writer_end_object (writer);
  base = weir_json_writer_end (writer);

  writer = weir_hub_json_begin ();

  weir_hub_membrane_add_settable (writer, body, settable);
  weir_json_writer_end_object (writer);
  text = weir_json_writer_end (writer);
  {
    g_autofree char *whole =
        weir_hub_json_merge (weir_hub_json_view (base), weir_hub_json_view (text));

    weir_hub_store_put (self->store, WEIR_HUB_APP_EVENT_SUBSCRIPTION, id, whole, 0, NULL);
  }
  return weir_hub_store_get (self->store, WEIR_HUB_APP_EVENT_SUBSCRIPTION, id);
}

/**
 * weir_hub_membrane_add_app_subscriptions:
 * @self: the face
 *
 * Adds the routes of app event subscriptions in both forms (api/membrane.md §2.5, §7).
 */
void
weir_hub_membrane_add_app_subscriptions (WeirHubMembrane *self)
{
  static const struct
  {
    const char *method;
    const char *rest;
    WeirHubHandler handler;
  } routes[] = {
    { "GET", "", get_cb },           { "PUT", "", update_cb },
    { "PATCH", "", update_cb },      { "DELETE", "", delete_cb },
    { "GET", "/schema", schema_cb }, { "POST", "/subscribe", subscribe_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *plural = g_strconcat ("/app-event-subscriptions/{id}", routes[i].rest, NULL);
      g_autofree char *singular = g_strconcat ("/app-event-subscription", routes[i].rest, NULL);

      weir_hub_membrane_route (self, routes[i].method, plural, routes[i].handler);
      weir_hub_membrane_route (self, routes[i].method, singular, routes[i].handler);
    }
  weir_hub_membrane_route (self, "GET", "/app-event-subscriptions", list_cb);
  weir_hub_membrane_route (self, "POST", "/app-event-subscription", create_cb);
}
